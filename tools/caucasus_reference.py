"""The reference lists, and what they say about a point."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from caucasus_names import cite, community_key, wof_names
from shapely import transform
from shapely.geometry import Point, shape
from shapely.ops import unary_union

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

Json = dict[str, Any]

# Metres to a degree of latitude; longitude is scaled at the middle of the theatre.
M_PER_DEG = 111_320.0
MIDDLE_LAT = 40.0
# A second list agrees when it is within this distance of the first (villages are small, but a
# community's point is the middle of its land).
AGREE_KM = 4.0


def read_jsonl(path: Path) -> Iterator[Json]:
    """Live records of one Who's On First file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if not record["deprecated"] and not record["superseded_by"]:
                yield record


def km(a: Json, b: Json) -> float:
    """Distance of two records, flat-earth, good to 1 % in the theatre."""
    dy = (a["lat"] - b["lat"]) * M_PER_DEG
    dx = (a["lon"] - b["lon"]) * M_PER_DEG * math.cos(math.radians(MIDDLE_LAT))
    return math.hypot(dx, dy) / 1000


def flat(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry in metres on the same flat earth."""
    scale = M_PER_DEG * math.cos(math.radians(MIDDLE_LAT))
    return transform(geometry, lambda points: points * (scale, M_PER_DEG))


class Reference:
    """The reference lists, and what they say about a point."""

    def __init__(self, folder: Path, selection: Json) -> None:
        """Read every list of the folder."""
        rows = [r for c in ("AM", "AZ") for r in read_jsonl(folder / f"wof_{c}.jsonl")]
        self.by_id = {r["wof_id"]: r for r in rows}
        self.localities = [r for r in rows if r["placetype"] == "locality"]
        self.communities = [r for r in rows if r["placetype"] == "localadmin"]
        self.seats = dict(read_cities(folder))
        countries = read_shapes(folder / "ne_10m_admin_0_am_az.geojson", "ISO_A2")
        self.border = flat(countries["AM"].boundary).intersection(
            flat(countries["AZ"].boundary).buffer(1500)
        )
        disputed = read_shapes(folder / "ne_10m_disputed_areas_caucasus.geojson", "BRK_A3")
        self.karabakh = flat(disputed["B38"])
        self.divisions = {
            key: flat(value)
            for country in ("azerbaijan", "armenia")
            for key, value in read_shapes(
                folder / f"ne_admin1_{country}_superset.geojson", "ISO"
            ).items()
        }
        self.never = tuple(selection["never"])
        self.parents = {d["wof"]: d["id"] for d in selection["divisions"] if d.get("wof")}
        self.parents |= {int(k): v for k, v in selection["region_settlements"].items()}
        self.by_iso = {d["iso"]: d["id"] for d in selection["divisions"] if d.get("iso")}

    def place_of(self, record: Json) -> BaseGeometry:
        """The record's point on the flat earth."""
        return flat(Point(record["lon"], record["lat"]))

    def in_karabakh(self, record: Json) -> bool:
        """True in the area that the de facto authorities held from 1994 to 2020."""
        return bool(self.karabakh.contains(self.place_of(record)))

    def parent(self, record: Json) -> Json | None:
        """The first-level division: Who's On First's, else Natural Earth's polygon."""
        region = record["hierarchy"][0].get("region_id") if record["hierarchy"] else None
        if region in self.parents:
            return {"parent": self.parents[region], "source": cite("wof", record["wof_id"])}
        spot = self.place_of(record)
        for iso in sorted(self.divisions):
            if iso in self.by_iso and self.divisions[iso].contains(spot):
                return {"parent": self.by_iso[iso], "source": cite("natural-earth-admin1", iso)}
        return None

    def seconded(self, record: Json) -> Json | None:
        """The Armenian community (another list) that has the same name close by."""
        if record["country"] != "AM":
            return None
        keys = {community_key(n["text"]) for n in wof_names(record) if n["script"] == "Latn"}
        near = [c for c in self.communities if km(c, record) < AGREE_KM]
        near = [c for c in near if community_key(c["name"]) in keys]
        return min(near, key=lambda c: km(c, record), default=None)


def read_shapes(path: Path, key: str) -> dict[str, BaseGeometry]:
    """Geometries of a GeoJSON by one property; equal keys are merged."""
    parts: dict[str, list[BaseGeometry]] = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        parts.setdefault(feature["properties"][key], []).append(shape(feature["geometry"]))
    return {k: unary_union([g.buffer(0) for g in v]) for k, v in parts.items()}


def read_cities(folder: Path) -> Iterator[tuple[int, Json]]:
    """GeoNames id -> feature code and population."""
    for country in ("AM", "AZ"):
        path = folder / f"cities500_2023_{country}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            yield int(cells[0]), {"code": cells[7], "population": int(cells[14] or 0)}
