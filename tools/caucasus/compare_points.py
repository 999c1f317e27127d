r"""Put the points of independent lists beside the points of a pack's settlements.

    PYTHONPATH=. python tools/caucasus/compare_points.py gazetteer/caucasus \
        --known REFERENCE/cities500_2023_AM.txt REFERENCE/cities500_2023_AZ.txt \
                REFERENCE/wof_AM.jsonl REFERENCE/wof_AZ.jsonl \
        --list table tools/caucasus/caucasus_points.tsv \
        --list simplemaps CITIES.json

Run again after places were added: what is there already stays, what is new is compared. With the
same pack and the same files nothing changes the second time. Without ``--known`` it refuses,
because a list that repeats GeoNames is no second source; only ``caucasus_points.tsv`` (points read
by hand on pages) is in the repository, the other files are named in ``sources.json``.

A spot of a list is a place of the pack if somebody said so (column ``place``), else if a folded
name of either side is the same, within 10 km, in the same country, and neither has a second
candidate. Two sources within 2 km agree: the place is ``certain``, within the distance or 1 km, and
the second source is named among those of its point. One that is farther off is written down, and
the place is ``likely`` at most; over 5 km a note says so. An ``uncertain`` place stays so.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from point_sources import READERS, REPEAT_M, Known, Spot, is_repeated, keys_of, metres

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Json = dict[str, Any]

NAMESAKE_M = 10_000
AGREE_M = 2000
TOLD_M = 5000
# How far off a point may be that nothing confirms; the middle of a community's land more.
ALONE_M = {"centroid": 3000}
ACCURACY_AGREED_M = 1000
COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
TOLD = re.compile(r" ?Another source has it \d+ km to the [a-z-]+\.")
HEAD, TAIL = '{"type": "FeatureCollection", "features": [', "]}"


class Comparison:
    """The settlements of a pack, found by id and by name, and what was done to them."""

    def __init__(self, features: Iterable[Json]) -> None:
        """Index the settlements by every folded name."""
        every = {feature["id"]: feature for feature in features}
        self.places = {i: f for i, f in every.items() if f["properties"]["kind"] == "settlement"}
        self.country = {ident: _country(ident, every) for ident in self.places}
        self.done: Counter[str] = Counter()
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for ident, feature in self.places.items():
            for key in keys_of(name["text"] for name in feature["properties"]["names"]):
                self._by_key[key].append(ident)

    def match(self, spots: Iterable[Spot]) -> Iterator[tuple[str, Spot]]:
        """Yield each place with the one spot of a list that is it, and no other."""
        found: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        for spot in spots:
            places = self._places_of(spot)
            self.done[f"{spot.source}: {('no place', 'matched')[len(places) == 1]}"] += 1
            if len(places) == 1:
                found[places.pop(), spot.source].append(spot)
        for (ident, source), rivals in sorted(found.items()):
            chosen = [spot for spot in rivals if spot.place == ident] or rivals
            if len(chosen) > 1:
                self.done[f"{source}: two candidates"] += 1
            elif metres(here(self.places[ident]), (chosen[0].lat, chosen[0].lon)) < REPEAT_M:
                # The place's own point was taken from there.
                self.done[f"{source}: is the place's own point"] += 1
            else:
                yield ident, chosen[0]

    def _places_of(self, spot: Spot) -> set[str]:
        if spot.place in self.places:
            return {spot.place}
        return {
            ident
            for key in keys_of(spot.names)
            for ident in self._by_key.get(key, ())
            if self.country[ident] == spot.country
            and metres(here(self.places[ident]), (spot.lat, spot.lon)) <= NAMESAKE_M
        }

    def add(self, ident: str, spot: Spot) -> None:
        """Put a point beside a place's own, or in place of an older one of the same record."""
        location = self.places[ident]["properties"]["location"]
        cite = {"source": spot.source} | ({"record": spot.record} if spot.record else {})
        sighting = {"lat": round(spot.lat, 5), "lon": round(spot.lon, 5), "source": cite}
        others = [seen for seen in location.get("compared", ()) if seen["source"] != cite]
        location["compared"] = sorted([*others, sighting], key=lambda s: json.dumps(s["source"]))


def drop_repeated(feature: Json) -> Json:
    """Take out the points that are the place's own again; gives the location."""
    location: Json = feature["properties"]["location"]
    seen = location.get("compared", [])
    location["compared"] = [s for s in seen if metres(here(feature), point(s)) >= REPEAT_M]
    return location


def conclude(feature: Json) -> str:
    """Say what the compared points leave of accuracy and certainty; gives "agreed" or not."""
    facts = feature["properties"]
    location = facts["location"]
    if facts.get("certainty") == "uncertain":
        return "uncertain"
    off = {json.dumps(seen): metres(here(feature), point(seen)) for seen in location["compared"]}
    near = [seen for seen in location["compared"] if off[json.dumps(seen)] <= AGREE_M]
    agreeing = [seen["source"] for seen in near]
    told = [seen["source"] for seen in location["compared"]]
    own, *others = location["sources"]
    others = [cite for cite in others if cite not in told]
    location["sources"] = [own, *others, *(cite for cite in agreeing if cite != own)]
    location["accuracy_m"] = ALONE_M.get(location["kind"], AGREE_M)
    if near:
        furthest = max(off[json.dumps(seen)] for seen in near)
        location["accuracy_m"] = max(ACCURACY_AGREED_M, 100 * math.ceil(furthest / 100))
    agreed = len(near) == len(told)
    _set_certainty(facts, "certain" if agreed else "likely")
    farthest = max(location["compared"], key=lambda seen: off[json.dumps(seen)])
    far = off[json.dumps(farthest)] > TOLD_M
    _tell(facts, here(feature), point(farthest) if far else None)
    return "agreed" if agreed else "disagreed"


def _set_certainty(facts: Json, certainty: str) -> None:
    """Write the certainty in the record's fixed form: left out where it is the default."""
    note = facts.pop("note", None)
    facts.pop("certainty", None)
    if certainty != "certain":
        facts["certainty"] = certainty
    if note:
        facts["note"] = note


def _tell(facts: Json, own: tuple[float, float], other: tuple[float, float] | None) -> None:
    """Say in the note where a point over 5 km away lies; take out what was said before."""
    note = TOLD.sub("", facts.pop("note", "")).strip()
    if other:
        distance = round(metres(own, other) / 1000)
        east = (other[1] - own[1]) * math.cos(math.radians(own[0]))
        bearing = math.degrees(math.atan2(east, other[0] - own[0])) % 360
        way = COMPASS[round(bearing / 45) % 8]
        note = f"{note} Another source has it {distance} km to the {way}.".strip()
    if note:
        facts["note"] = note


def here(feature: Json) -> tuple[float, float]:
    """Where a feature's point is: ``(lat, lon)``."""
    lon, lat = feature["geometry"]["coordinates"]
    return lat, lon


def point(sighting: Json) -> tuple[float, float]:
    """Where a source puts a place: ``(lat, lon)``."""
    return sighting["lat"], sighting["lon"]


def _country(ident: str, every: dict[str, Json]) -> str:
    """Give the country that a place is de jure in: the end of its line of parents."""
    seen: set[str] = set()
    while ident in every and ident not in seen:
        seen.add(ident)
        belongings = every[ident]["properties"].get("de_jure", ())
        ident = next((b["parent"] for b in belongings if b.get("parent")), "")
    return ident


def independent(spots: Iterable[Spot], known: Known, done: Counter[str]) -> Iterator[Spot]:
    """Yield the spots that no point of GeoNames accounts for."""
    for spot in spots:
        if is_repeated(spot, known):
            done[f"{spot.source}: repeats GeoNames"] += 1
        else:
            yield spot


def compare(pack: Path, known: Known, lists: Iterable[tuple[str, Path]]) -> Counter[str]:
    """Compare a pack with lists, write it, and count what was done."""
    path = pack / "places.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    comparison = Comparison(features)
    for form, source in lists:
        spots = independent(READERS[form](source), known, comparison.done)
        for ident, spot in comparison.match(spots):
            comparison.add(ident, spot)
    for feature in comparison.places.values():
        # Points that somebody else put there are judged by the same rule.
        if drop_repeated(feature)["compared"]:
            comparison.done[conclude(feature)] += 1
        else:
            del feature["properties"]["location"]["compared"]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    path.write_text(f"{HEAD}\n{lines}\n{TAIL}\n", encoding="utf-8", newline="\n")
    return comparison.done


def main() -> None:
    """Compare as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("pack", type=Path)
    parser.add_argument("--known", type=Path, nargs="+", required=True)
    parser.add_argument("--list", nargs=2, action="append", required=True, dest="lists")
    options = parser.parse_args()
    lists = [(form, Path(path)) for form, path in options.lists]
    for what, count in sorted(compare(options.pack, Known(options.known), lists).items()):
        print(f"{count:5}  {what}")


if __name__ == "__main__":
    main()
