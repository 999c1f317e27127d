"""The reference lists: Who's On First, GeoNames' towns and Natural Earth's populated places."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from caucasus_names import community_key, listed_names, script_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Json = dict[str, Any]

# Metres to a degree of latitude; longitude is scaled at the middle of the theatre.
M_PER_DEG = 111_320.0
MIDDLE_LAT = 40.0
# A community's point is the middle of its land: it may be this far from its village.
COMMUNITY_KM = 4.0
# The same point to a few metres is no second survey but a copy.
COPIED_KM = 0.02
# Natural Earth says of some towns that it took them from GeoNames: those are one source.
FROM_GEONAMES = "from GeoNames"
# One source; and the best that is claimed where two agree.
ACCURACY_ALONE_M = 2000
ACCURACY_AGREED_M = 1000


def read_jsonl(path: Path) -> Iterator[Json]:
    """Live records of one Who's On First file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if not record["deprecated"] and not record["superseded_by"] and record["name"]:
                yield record


def km(a: Json, b: Json) -> float:
    """Distance of two records, flat-earth, good to 1 % in the theatre."""
    dy = (a["lat"] - b["lat"]) * M_PER_DEG
    dx = (a["lon"] - b["lon"]) * M_PER_DEG * math.cos(math.radians(MIDDLE_LAT))
    return math.hypot(dx, dy) / 1000


class Reference:
    """The lists, and what they say about one record."""

    def __init__(self, folder: Path) -> None:
        """Read every list of the folder."""
        rows = [r for c in ("AM", "AZ") for r in read_jsonl(folder / f"wof_{c}.jsonl")]
        self.by_id = {str(r["wof_id"]): r for r in rows}
        self.localities = [r for r in rows if r["placetype"] == "locality"]
        self.communities = [r for r in rows if r["placetype"] == "localadmin"]
        self.cities = dict(read_cities(folder))
        self.natural_earth = dict(read_natural_earth(folder))

    def seconded(self, record: Json) -> Json | None:
        """The Armenian community (another list) that has the same name close by."""
        if record["country"] != "AM":
            return None
        keys = {community_key(t) for _, t in listed_names(record) if script_of(t) == "Latn"}
        near = [c for c in self.communities if km(c, record) < COMMUNITY_KM]
        near = [c for c in near if community_key(c["name"]) in keys]
        return min(near, key=lambda c: km(c, record), default=None)

    def sightings(self, record: Json) -> list[Json]:
        """Points of lists that do not repeat Who's On First's, as ``Sighting`` records."""
        found = []
        if community := self.seconded(record):
            found.append(sighting(community, "wof-communities", community["wof_id"]))
        other = self.natural_earth.get(record["geonameid"])
        if other:
            found.append(sighting(other, "natural-earth-places", other["name"]))
        return [seen for seen in found if km(seen, record) > COPIED_KM]


def agreement(here: Json, compared: Iterable[Json]) -> tuple[list[Json], int, bool]:
    """The points that agree with a place's own, its accuracy in metres, and whether all agree."""
    far = {json.dumps(seen): km(seen, here) * 1000 for seen in compared}
    near = [json.loads(seen) for seen, metres in far.items() if metres <= ACCURACY_ALONE_M]
    if not near:
        return [], ACCURACY_ALONE_M, False
    furthest = max(metres for metres in far.values() if metres <= ACCURACY_ALONE_M)
    accuracy = max(ACCURACY_AGREED_M, 100 * math.ceil(furthest / 100))
    return near, accuracy, len(near) == len(far)


def sighting(spot: Json, source: str, record: object) -> Json:
    """A ``Sighting`` of a point in another list."""
    cite = {"source": source, "record": str(record)}
    return {"lat": round(spot["lat"], 5), "lon": round(spot["lon"], 5), "source": cite}


def read_cities(folder: Path) -> Iterator[tuple[int, Json]]:
    """GeoNames id -> feature code, population and point."""
    for country in ("AM", "AZ"):
        path = folder / f"cities500_2023_{country}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            point = {"lat": float(cells[4]), "lon": float(cells[5])}
            yield int(cells[0]), {"code": cells[7], "population": int(cells[14] or 0), **point}


def read_natural_earth(folder: Path) -> Iterator[tuple[int, Json]]:
    """GeoNames id -> name and point of Natural Earth's own populated places."""
    path = folder / "ne_10m_populated_places_am_az.geojson"
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        facts = feature["properties"]
        if FROM_GEONAMES in (facts["DIFFNOTE"] or ""):
            continue
        lon, lat = feature["geometry"]["coordinates"]
        yield int(facts["GEONAMEID"] or 0), {"name": facts["NAME"], "lat": lat, "lon": lon}
