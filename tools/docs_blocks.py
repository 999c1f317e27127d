"""What the README takes from the code and the data: one function a block."""

from __future__ import annotations

import csv
import io
import json
import re
from argparse import SUPPRESS, ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from geo import files
from geo.cli import COMMANDS
from geo.geometries.table import kilometres, precision_table
from geo.layers import event_types
from geo.rows import EventRow
from geo.schemas import MAP, meanings, schema

ROOT = Path(__file__).parents[1]
PACKS = ("caucasus", "world")
EXAMPLES = "\nExamples:\n"
# Cited for facts only: named in sources.json, not credited one by one.
FACTS_ONLY = "copyright of the publisher"
FORMATS = {
    ".geojson": "GeoJSON (RFC 7946): a Feature for each place of each event",
    ".csv": "a table: a row for each event. For spreadsheets: UTF-8 with BOM, CRLF, formulas defused; with `--raw` the exact text for programs",
    ".jsonl": "JSON Lines: an event a line, with all its places",
}
# {NAME} is the number of that name in tables/precision.json, in kilometres.
DRAWN = {
    "exact": "a point",
    "settlement": "a round mark, and a circle as large as the settlement ({settlement} km where that is not on record)",
    "near": "a circle of {near} km around it ({outskirts} km for outskirts)",
    "direction": "a ring of {direction} km with ticks that point inwards: no side, no distance is invented",
    "bearing": "a wedge of up to {wedge} km, or an arc at the stated distance",
    "district": "its outline, or the part of it that is named; a circle of {district} km ({province} km for a province) where no outline is on record",
    "border": "the line or the section of it that is named, as the pack has it for that day",
    "line": "the line, as the pack has it for that day",
    "region": "its outline for that day, or a circle of {region} km",
    "distance": "a ring, a quarter wider and narrower than the stated distance",
    "between": "a strip, {between} km to each side of the straight way",
    "country": "nothing; it is listed",
    "none": "nothing; it is listed",
}


def blocks() -> dict[str, str]:
    """Name -> Markdown of every generated block."""
    return {
        "packs": _packs(),
        "event types": _event_types(),
        "precision": _precision(),
        "formats": _formats(),
        "events.csv": _columns(),
        "map.geojson": _map_fields(),
        "claims and figures": _fields("ClaimRow", "EventRow") + _fields("FigureRow", "EventRow"),
        "report.json": _fields("Report") + _fields("ReportArticle", "Report"),
        "parse --jsonl": "".join(
            _fields(name, "ParsedLine")
            for name in ("ParsedLine", "ParsedToponym", "ParsedEvent", "ParsedPlace")
        ),
        "commands": "\n".join(_command(name) for name in COMMANDS),
        "credits": _credits(),
    }


# -- tables ----------------------------------------------------------------------------------------


def _table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    cells = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(_cell(c) for c in row) + " |\n" for row in cells)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def _packs() -> str:
    rows: list[tuple[object, ...]] = []
    for pack in PACKS:
        folder = ROOT / "gazetteer" / pack
        title = json.loads((folder / "pack.json").read_text(encoding="utf-8"))["title"]
        places = json.loads((folder / "places.geojson").read_text(encoding="utf-8"))["features"]
        names = sum(len(place["properties"]["names"]) for place in places)
        rows.append((f"`{pack}`", title, f"{len(places):,}", f"{names:,}"))
    return _table(("pack", "covers", "places", "names"), rows)


def _event_types() -> str:
    rows: list[tuple[object, ...]] = [
        (f"`{row['id']}`", row["label"], row["description"]) for row in event_types()
    ]
    return _table(("type", "on the page", "what it covers"), rows)


def _precision() -> str:
    table = precision_table()
    km = {name: kilometres(metres) for name, metres in table.metres.items()}
    rows: list[tuple[object, ...]] = [
        (
            f"`{name}`", known.label, DRAWN[name].format_map(km),
            known.ucdp_where_prec or "-", known.acled_geo_precision or "-",
        )
        for name, known in table.classes.items()
    ]  # fmt: skip
    return _table(
        ("class", "in words", "drawn as", "UCDP `where_prec`", "ACLED `geo_precision`"), rows
    )


def _formats() -> str:
    return _table(("suffix", "what"), [(f"`{suffix}`", FORMATS[suffix]) for suffix in files.WRITERS])


# -- data dictionary -------------------------------------------------------------------------------


def _fields(name: str, of: str = "") -> str:
    """The fields of a record; ``of`` is the schema that defines it."""
    record = schema(of or name)["$defs"][name]
    rows = [
        (f"`{field}`", _type(about), meanings()[name][field])
        for field, about in record["properties"].items()
    ]
    return f"\n{_title(name)}\n\n" + _table(("field", "type", "meaning"), [*rows])


def _title(name: str) -> str:
    return {
        "ClaimRow": "An entry of `claims`:",
        "FigureRow": "An entry of `figures`:",
        "Report": "The whole file:",
        "ReportArticle": "An entry of `articles`:",
        "ParsedLine": "A line:",
        "ParsedToponym": "An entry of `toponyms`:",
        "ParsedEvent": "An entry of `events`:",
        "ParsedPlace": "An entry of an event's `places`:",
    }[name]


def _map_fields() -> str:
    properties = schema(MAP)["properties"]["features"]["items"]["properties"]["properties"]
    of_event = [name for name in EventRow.__struct_fields__ if name != "places"]
    rows: list[tuple[object, ...]] = [
        (f"`{field}`", _type(about), "event" if field in of_event else "place", about["description"])
        for field, about in properties["properties"].items()
    ]
    return _table(("property", "type", "of the", "meaning"), rows)


def _columns() -> str:
    head = next(csv.reader(io.StringIO(files.table((), raw=True).decode())))
    special = json.loads((ROOT / "geo" / "tables" / "fields.json").read_text("utf-8"))["csv"]
    event, place = meanings()["EventRow"], meanings()["PlaceRow"]
    rows: list[tuple[object, ...]] = [
        (f"`{name}`", special.get(name) or event.get(name) or place[name]) for name in head
    ]
    return _table(("column", "meaning"), rows)


def _type(about: dict[str, Any]) -> str:
    """A schema's type in words."""
    if "$ref" in about:
        return "object"
    if "anyOf" in about:
        return " or ".join(dict.fromkeys(_type(part) for part in about["anyOf"]))
    if "enum" in about:
        return "text"
    kind = about.get("type", "text")
    if kind == "array" and "prefixItems" in about:
        return "list of numbers"
    if kind == "array":
        return "list of " + {"text": "texts", "object": "objects"}[_type(about["items"])]
    if kind == "string":
        return "date" if about.get("format") == "date" else "text"
    return {"integer": "whole number", "boolean": "true or false"}.get(kind, kind)


# -- commands --------------------------------------------------------------------------------------


def _command(name: str) -> str:
    module_name, what = COMMANDS[name]
    module = import_module(module_name)
    parser = ArgumentParser(prog=f"clashmap {name}", description=module.__doc__, add_help=False)
    module.configure(parser)
    about, _, examples = (parser.description or "").strip().partition(EXAMPLES)
    about = re.sub(r"``+", "`", about)
    rows = [
        (f"`{_usage(action)}`", action.help)
        # argparse keeps what was declared nowhere else, and its help text changes with Python.
        for action in parser._actions  # noqa: SLF001
        if action.help != SUPPRESS
    ]
    shown = f"\n```sh\n{_dedent(examples)}\n```\n" if examples.strip() else ""
    return f"### clashmap {name}: {what}\n\n{about.strip()}\n{shown}\n" + _table(
        ("argument", "meaning"), [*rows]
    )


def _usage(action: Any) -> str:  # noqa: ANN401 - argparse's Action, by attribute
    metavar = action.metavar or ("|".join(action.choices) if action.choices else action.dest)
    if not action.option_strings:
        return f"{metavar}..." if action.nargs in ("+", "*") else str(metavar)
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {metavar}"


def _dedent(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


# -- credits ---------------------------------------------------------------------------------------


def _credits() -> str:
    out = []
    for pack in PACKS:
        path = ROOT / "gazetteer" / pack / "sources.json"
        sources = json.loads(path.read_text(encoding="utf-8"))
        cited = [s for s in sources if s["licence"].startswith(FACTS_ONLY)]
        out.append(f"\nPack `{pack}`:\n\n")
        out += [
            f"- {' '.join(filter(None, (_stop(s.get('credit', '')), _stop(s['citation']))))}"
            f" Licence: {s['licence']}.\n"
            for s in sources
            if s not in cited
        ]
        if cited:
            out.append(f"\n<details><summary>{len(cited)} reports and pages cited for facts or names only (copyright of their publishers)</summary>\n\n")  # fmt: skip
            out += [f"- {_stop(s['citation'])}\n" for s in cited]
            out.append("\n</details>\n")
    return "".join(out)


def _stop(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."
