"""A new pack for a bounding box, as bytes of its files; the command writes them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from geo.errors import GazetteerError, InputError
from geo.gazetteer.candidates import FILE, SOURCE, collection, feature_line
from geo.gazetteer.checks import MAX_ID
from geo.model import Pack

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.candidates import Box
    from geo.model import Place

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CORNERS = 4
LICENCE = "CC BY 4.0"
# Every list that candidates come from cites this: one line fewer to write for each that is kept.
GEONAMES = {
    "id": SOURCE,
    "citation": "GeoNames; record: GeoNames id",
    "licence": "CC BY 4.0",
    "credit": "GeoNames (geonames.org), CC BY 4.0",
    "url": "https://www.geonames.org/",
}
README = """\
# The pack `{id}`

{title}: {box}.

Names and divisions here imply no opinion on the legal status of any place or on any border.

What is in it, how far it goes, and what is known to be missing: to be written.
"""
PROVENANCE = """\
# Where the data comes from

One paragraph for each file that was made by a script or taken from a list: which file of which
package or page, which steps, and how exact the outcome is. Nothing yet.
"""
WANTED = """\
# Wanted

Names that reports use and that no opened source could place or confirm. None is in the pack.

| name | why | what was searched |
|---|---|---|
"""


class Plan(NamedTuple):
    """What a new pack is to be."""

    id: str
    title: str
    bbox: Box
    countries: tuple[str, ...]
    parties: tuple[str, ...]


def read_bbox(text: str) -> Box:
    """Give WEST,SOUTH,EAST,NORTH; InputError says what is wrong with it."""
    remedy = "give --bbox WEST,SOUTH,EAST,NORTH in degrees, such as --bbox 10.5,46.2,12.5,47.1"
    try:
        corners = tuple(float(part) for part in text.split(","))
    except ValueError:
        corners = ()
    if len(corners) != CORNERS:
        raise InputError("it is not four numbers", where=f"--bbox {text.strip()!r}", remedy=remedy)
    west, south, east, north = corners
    where = f"--bbox {text.strip()!r}"
    if not (
        -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90
    ):
        raise InputError("a corner is off the Earth", where=where, remedy=remedy)
    if west >= east or south >= north:
        raise InputError(
            "west is not west of east, or south not south of north", where=where, remedy=remedy
        )
    return (west, south, east, north)


def plan(*, name: str, title: str, bbox: Box, countries: Iterable[str], world: Gazetteer) -> Plan:
    """Say what the pack will be; InputError for an id or a country that cannot be used."""
    if len(name) > MAX_ID or not SLUG.fullmatch(name):
        raise InputError(
            "an id has small letters a-z, digits and single '-' only",
            where=f"id {name[:MAX_ID]!r}",
            remedy="give another with --id",
        )
    found = tuple(sorted(_country(country, world) for country in dict.fromkeys(countries)))
    parties = tuple(a.id for a in world.actors.values() if a.kind == "state" and a.place in found)
    return Plan(name, title or name.replace("-", " ").title(), bbox, found, tuple(sorted(parties)))


def _country(text: str, world: Gazetteer) -> str:
    """Id of a country given by its code, id or name."""
    for place in world.places.values():
        codes = (place.id, place.concordances.get("iso3166-1", "").casefold())
        if place.kind == "country" and text.casefold() in codes:
            return place.id
    for match in world.find(text):
        if match.place.kind == "country":
            return match.place.id
    raise GazetteerError(
        "no country of the world pack has this code, id or name",
        where=f"--countries {text!r}",
        remedy="give codes of two letters (ISO 3166-1) with commas between them",
    )


def pack_files(
    plan: Plan, candidates: Iterable[Place], *, retrieved: dt.date | None
) -> dict[str, bytes]:
    """Give the files of the new pack by name. ``retrieved``: when the list was read, if one was."""
    pack = Pack(
        id=plan.id,
        title=plan.title,
        bbox=plan.bbox,
        licence=LICENCE,
        countries=plan.countries,
        parties=plan.parties,
        languages=("en",),
        note="Names and divisions imply no opinion on the status of any territory.",
    )
    lines = tuple(feature_line(place) for place in candidates)
    sources = [{**GEONAMES, "retrieved": retrieved.isoformat()}] if lines and retrieved else []
    west, south, east, north = plan.bbox
    box = f"{west:g} to {east:g} degrees east, {south:g} to {north:g} degrees north"
    files = {
        "pack.json": _json(msgspec.to_builtins(pack)),
        "places.geojson": collection(()),
        "sources.json": _json(sources),
        "actors.json": _json([]),
        "refusals.json": _json([]),
        "wanted.md": WANTED.encode(),
        "PROVENANCE.md": PROVENANCE.encode(),
        "README.md": README.format(id=plan.id, title=plan.title, box=box).encode(),
    }
    return files | ({FILE: collection(lines)} if lines else {})


def _json(value: object) -> bytes:
    if isinstance(value, list):  # one record a line
        lines = [json.dumps(record, ensure_ascii=False) for record in value]
        return ("[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n").encode()
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
