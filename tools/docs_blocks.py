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
from geo.layers import event_types
from geo.lookup.bundled import available_packs
from geo.precision import kilometres, precision_table
from geo.rows import EventRow
from geo.schemas import MAP, meanings, schema

ROOT = Path(__file__).parents[1]
PACKS = available_packs()
EXAMPLES = "\nExamples:\n"
# Cited for facts only: named in sources.json, not credited one by one.
FACTS_ONLY = "copyright of the publisher"
TITLES = {
    "ClaimRow": "An entry of `claims`:",
    "FigureRow": "An entry of `figures`:",
    "Report": "The whole file:",
    "ReportArticle": "An entry of `articles`:",
    "ParsedLine": "A line:",
    "ParsedToponym": "An entry of `toponyms`:",
    "ParsedEvent": "An entry of `events`:",
    "ParsedPlace": "An entry of an event's `places`:",
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


def _words() -> dict[str, dict[str, str]]:
    path = ROOT / "tools" / "docs_words.json"
    said: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return said


# -- tables ----------------------------------------------------------------------------------------


def markdown_table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """Give a table in Markdown."""
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
    return markdown_table(("pack", "covers", "places", "names"), rows)


def _event_types() -> str:
    rows: list[tuple[object, ...]] = [
        (f"`{row['id']}`", row["label"], row["description"]) for row in event_types()
    ]
    return markdown_table(("type", "on the page", "what it covers"), rows)


def _precision() -> str:
    table, drawn = precision_table(), _words()["drawn"]
    km = {name: kilometres(metres) for name, metres in table.metres.items()}
    rows: list[tuple[object, ...]] = [
        (
            f"`{name}`", known.label, drawn[name].format_map(km),
            known.ucdp_where_prec or "-", known.acled_geo_precision or "-",
        )
        for name, known in table.classes.items()
    ]  # fmt: skip
    return markdown_table(
        ("class", "in words", "drawn as", "UCDP `where_prec`", "ACLED `geo_precision`"), rows
    )


def _formats() -> str:
    said = _words()["formats"]
    return markdown_table(
        ("suffix", "what"), [(f"`{suffix}`", said[suffix]) for suffix in files.WRITERS]
    )


# -- data dictionary -------------------------------------------------------------------------------


def _fields(name: str, of: str = "") -> str:
    """The fields of a record; ``of`` is the schema that defines it."""
    record = schema(of or name)["$defs"][name]
    rows = [
        (f"`{field}`", _type(about), meanings()[name][field])
        for field, about in record["properties"].items()
    ]
    return f"\n{TITLES[name]}\n\n" + markdown_table(("field", "type", "meaning"), [*rows])


def _map_fields() -> str:
    properties = schema(MAP)["properties"]["features"]["items"]["properties"]["properties"]
    of_event = [name for name in EventRow.__struct_fields__ if name != "places"]
    rows: list[tuple[object, ...]] = [
        (
            f"`{field}`",
            _type(about),
            "event" if field in of_event else "place",
            about["description"],
        )
        for field, about in properties["properties"].items()
    ]
    return markdown_table(("property", "type", "of the", "meaning"), rows)


def _columns() -> str:
    head = next(csv.reader(io.StringIO(files.table((), raw=True).decode())))
    special = json.loads((ROOT / "geo" / "tables" / "fields.json").read_text("utf-8"))["csv"]
    event, place = meanings()["EventRow"], meanings()["PlaceRow"]
    rows: list[tuple[object, ...]] = [
        (f"`{name}`", special.get(name) or event.get(name) or place[name]) for name in head
    ]
    return markdown_table(("column", "meaning"), rows)


def _type(about: dict[str, Any]) -> str:
    """A schema's type in words."""
    if "anyOf" in about:
        return " or ".join(dict.fromkeys(_type(part) for part in about["anyOf"]))
    kind = str(about.get("type", "object" if "$ref" in about else "string"))
    if kind == "array":
        return "list of numbers" if "prefixItems" in about else f"list of {_type(about['items'])}s"
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
    return f"### clashmap {name}: {what}\n\n{about.strip()}\n{shown}\n" + markdown_table(
        ("argument", "meaning"), [*rows]
    )


def _usage(action: Any) -> str:  # noqa: ANN401 - argparse's Action, by attribute
    choices = "|".join(action.choices or ())
    metavar = action.metavar or choices or action.dest.upper()
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
            f"- {_credited(s)} Licence: {_stop(s['licence'])}\n" for s in sources if s not in cited
        ]
        if cited:
            what = f"{len(cited)} reports and pages, cited for facts and names only"
            out.append(f"\n<details><summary>{what}</summary>\n\n")
            out += [f"- {_stop(s['citation'])}\n" for s in cited]
            out.append("\n</details>\n")
    return "".join(out)


def _credited(source: dict[str, str]) -> str:
    """Credit and citation; the credit alone says nothing new where the citation holds it."""
    credit, citation = source.get("credit", ""), _stop(source["citation"])
    return citation if credit in citation else f"{_stop(credit)} {citation}"


def _stop(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."
