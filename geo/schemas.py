"""JSON Schemas of the records and of every JSON file that clashmap writes.

    python -m geo.schemas [--check]

writes them to ``geo/schemas/``, from where ``schema(name)`` reads them.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from geo import model, outputs, rows

DIALECT = "https://json-schema.org/draft/2020-12/schema"
RECORDS = (
    model.Article, model.Place, model.Name, model.Shape, model.Actor, model.Source, model.Pack,
    model.Mention, model.Resolution, model.Event, model.Claim, model.Figure, model.EventPlace,
    model.Feature, model.Layer, model.Problem, model.Reading,
    rows.EventRow, rows.PlaceRow, rows.ClaimRow, rows.FigureRow,
    outputs.ParsedLine, outputs.Report,
)  # fmt: skip
MAP = "MapGeojson"
# ``rows.plain`` writes every field, the empty ones too.
WRITTEN_WHOLE = frozenset({"EventRow", "PlaceRow", "ClaimRow", "FigureRow"})

Schema = dict[str, Any]


def schema(name: str) -> Schema:
    """The JSON Schema of this name, as it came with the package."""
    text = (files("geo") / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    found: Schema = json.loads(text)
    return found


def meanings() -> dict[str, dict[str, str]]:
    """Record -> field -> what it means, for the records that files are made of."""
    text = (files("geo") / "tables" / "fields.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)["records"]
    return found


def schemas() -> dict[str, Schema]:
    """Every schema by name, made from the records."""
    made = {record.__name__: _described(msgspec.json.schema(record)) for record in RECORDS}
    made[MAP] = _map(made["EventRow"])
    return {name: {"$schema": DIALECT, **made[name]} for name in sorted(made)}


def _described(made: Schema) -> Schema:
    said = meanings()
    for name, record in made["$defs"].items():
        for field, about in record.get("properties", {}).items():
            if meaning := said.get(name, {}).get(field):
                about["description"] = meaning
            if field == "geometry":
                about.update(_geometry(about))
        if name in WRITTEN_WHOLE:
            record["required"] = list(record["properties"])
    return made


def _geometry(about: Schema) -> Schema:
    """A GeoJSON geometry where the record says only that it is an object."""
    shape = {
        "type": "object",
        "properties": {
            "type": {
                "enum": [
                    "GeometryCollection", "LineString", "MultiLineString", "MultiPoint",
                    "MultiPolygon", "Point", "Polygon",
                ]
            },
            "coordinates": {"type": "array"},
            "geometries": {"type": "array"},
        },
        "required": ["type"],
    }  # fmt: skip
    return {"anyOf": [shape, {"type": "null"}]} if "anyOf" in about else shape


def _map(event: Schema) -> Schema:
    """``map.geojson``: a Feature has the fields of an event and of one of its places."""
    records = event["$defs"]
    of_event = {k: v for k, v in records["EventRow"]["properties"].items() if k != "places"}
    of_place = {k: v for k, v in records["PlaceRow"]["properties"].items() if k != "geometry"}
    properties = {
        "type": "object",
        "properties": of_event | of_place,
        "required": list(of_event),
        # An event that names no place has none of a place's fields.
        "dependentRequired": {"place": list(of_place)},
        "additionalProperties": False,
    }
    feature = {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": records["PlaceRow"]["properties"]["geometry"],
            "properties": properties,
        },
        "required": ["type", "id", "geometry", "properties"],
        "additionalProperties": False,
    }
    return {
        "title": MAP,
        "description": "map.geojson: a Feature for each place of each event.",
        "type": "object",
        "properties": {
            "type": {"const": "FeatureCollection"},
            "note": {"type": "string"},
            "features": {"type": "array", "items": feature},
        },
        "required": ["type", "note", "features"],
        "additionalProperties": False,
        "$defs": {name: records[name] for name in ("ClaimRow", "FigureRow")},
    }


def written(made: Schema) -> str:
    """The text of a schema's file."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def main(argv: list[str]) -> int:
    """Write the files; with ``--check`` write nothing and give 1 where one is out of date."""
    folder = Path(__file__).parent / "schemas"
    wanted = {f"{name}.json": written(made) for name, made in schemas().items()}
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    if "--check" in argv:
        for name in sorted(wanted.keys() | found.keys()):
            if wanted.get(name) != found.get(name):
                sys.stderr.write(f"{name} is out of date; run python -m geo.schemas\n")
        return int(wanted != found)
    folder.mkdir(exist_ok=True)
    for name in found.keys() - wanted.keys():
        (folder / name).unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
