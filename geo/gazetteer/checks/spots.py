"""Where places are said to lie, and whether two records are one place."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from geo.folding import name_key
from geo.gazetteer.areas import beyond_parent_km
from geo.gazetteer.checks.telling import error, warning
from geo.gazetteer.geometry_checks import geometry_fault
from geo.lookup.distances import haversine_km

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Place, Problem

# Two villages of one name lie farther apart than their centres are known.
SAME_SPOT_KM = 2.0
# The point of an area or a line only stands for it, and its accuracy says so.
_ON_A_SPOT = frozenset({"settlement", "facility", "feature"})


def spots(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Points lie inside the pack's box; countries and macro-regions may reach beyond it."""
    west, south, east, north = files.pack.bbox
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        where, remedy = f"{files.pack.id}/pack.json", "give west, south, east, north in degrees"
        yield error("box", where, f"{files.pack.bbox} is no box on the Earth", remedy)
    for place in files.places:
        where, spot = f"{files.pack.id}/place {place.id}", place.location
        inside = west <= spot.lon <= east and south <= spot.lat <= north
        if not inside and place.kind not in {"country", "macro"}:
            message = f"lat {spot.lat} lon {spot.lon} is outside {files.pack.bbox}"
            remedy = "coordinates are [lon, lat]; correct them, or bbox in pack.json"
            yield error("outside-box", where, message, remedy)
        if spot.accuracy_m <= 0 or place.extent_m < 0:
            message = "accuracy_m is above 0 and extent_m not below it"
            yield error("accuracy", where, message, "give both in metres")
        if not spot.sources:
            yield error("no-source", where, "its point has no source", "cite who gives its point")
    del gazetteer


def sightings(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """``certain`` means that a second source gives the point and none puts it elsewhere."""
    for place in files.places:
        where, spot = f"{files.pack.id}/place {place.id}", place.location
        for seen in spot.compared:
            if not (-90 <= seen.lat <= 90 and -180 <= seen.lon <= 180):
                message = f"{seen.source.source} puts it at lat {seen.lat} lon {seen.lon}"
                yield error("off-the-earth", where, message, "coordinates are degrees")
            elif place.certainty == "certain":
                off = haversine_km(lat=spot.lat, lon=spot.lon, to_lat=seen.lat, to_lon=seen.lon)
                if off * 1000 > spot.accuracy_m:
                    yield error(
                        "disagreement",
                        where,
                        f"{seen.source.source} puts it {off:.1f} km away, farther than its"
                        f" accuracy of {spot.accuracy_m:,} m, and it is said to be certain",
                        "lower its certainty, or correct its point or accuracy_m",
                    )
        cited = {cite.source for cite in spot.sources} | {s.source.source for s in spot.compared}
        if place.certainty == "certain" and len(cited) == 1 and place.kind in _ON_A_SPOT:
            yield warning(
                "one-source",
                where,
                "said to be certain, with one source for its point",
                "cite a second, independent one, or say 'likely'",
            )
    del gazetteer


def near_parents(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """A place lies in what it is said to belong to, tolerances granted; else its note says why."""
    broken = {s.place for s in gazetteer.all_shapes if geometry_fault(s.geometry, kind=s.kind)}
    for place in files.places:
        for stated in place.de_jure:
            parent = gazetteer.places.get(stated.parent)
            if parent is None or place.note or place.kind in {"line", "macro"}:
                continue
            if parent.id in broken:
                continue
            if far := beyond_parent_km(gazetteer, place, parent):
                yield warning(
                    "outside-parent",
                    f"{files.pack.id}/place {place.id}",
                    f"it lies {far:.1f} km outside {parent.id}, beyond all tolerances",
                    "correct its point or its parent, or say in its note what is disputed",
                )


def duplicates(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """One place is one record: no two have one concordance, or one name on one spot."""
    by_record: dict[tuple[str, str], list[Place]] = defaultdict(list)
    by_name: dict[tuple[str, ...], dict[str, Place]] = defaultdict(dict)
    for place in files.places:
        if place.superseded_by:
            continue
        for authority, record in place.concordances.items():
            by_record[authority, record].append(place)
        if place.kind == "settlement":
            for name in place.names:
                by_name[name_key(name.text)][place.id] = place
    for (authority, record), held in sorted(by_record.items()):
        if len(held) > 1:
            where = f"{files.pack.id}/place {held[0].id}"
            others = ", ".join(place.id for place in held[1:])
            message = f"it and {others} are both {authority} {record}"
            remedy = "keep the concordance on one; the other is superseded by it or another place"
            yield error("duplicate-concordance", where, message, remedy)
    yield from _same_spot(by_name, files.pack.id)
    del gazetteer


def _same_spot(by_name: dict[tuple[str, ...], dict[str, Place]], pack: str) -> Iterator[Problem]:
    told: set[tuple[str, str]] = set()
    for key in sorted(by_name):
        for one, other in combinations(by_name[key].values(), 2):
            a, b = one.location, other.location
            km = haversine_km(lat=a.lat, lon=a.lon, to_lat=b.lat, to_lon=b.lon)
            if km > SAME_SPOT_KM or (one.id, other.id) in told or (one.note and other.note):
                continue
            told.add((one.id, other.id))
            yield warning(
                "same-name-near",
                f"{pack}/place {one.id}",
                f"{other.id} has the name {' '.join(key)!r} too and lies {km:.1f} km away",
                "if both exist, say in the notes of both how they differ; else supersede one",
            )
