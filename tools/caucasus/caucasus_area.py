"""The area in which the pack holds every settlement, and the district or province of a point."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from caucasus_names import cite, community_key, listed_names, script_of
from shapely import transform
from shapely.geometry import Point, shape
from shapely.ops import unary_union

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

Json = dict[str, Any]

# Settlements by province, {"PLACE-ID-province": ["NAME", ...]}; used where the folder has it.
SETTLEMENTS = "armenia_settlements.json"
M_PER_DEG = 111_320.0
LON_SCALE = math.cos(math.radians(40.0))
# "Within about 20 km of the whole border."
BORDER_M = 20_000
# Outlines are up to 2 km wrong, and more in the mountains; nearer than this both may be right.
TOLERANCE_M = 3_000
OBLAST_AND_AROUND = (
    "agdam-district", "fuzuli-district", "gubadli-district", "jabrayil-district",
    "kalbajar-district", "khojaly-district", "khojavend-district", "lachin-district",
    "shusha-district", "tartar-district", "zangilan-district", "shusha", "stepanakert",
    "nagorno-karabakh",
)  # fmt: skip
NAKHCHIVAN = (
    "babek-district", "julfa-district", "kangarli-district", "ordubad-district",
    "sadarak-district", "shahbuz-district", "sharur-district", "nakhchivan",
    "nakhchivan-autonomous-republic",
)  # fmt: skip
BORDER = "armenia-azerbaijan-border"
# Districts that passed on one day as a whole, so the day is that of each village.
HANDED_OVER = ("agdam-district", "kalbajar-district")


def flat(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry in metres on a flat earth."""
    return transform(geometry, lambda points: points * (M_PER_DEG * LON_SCALE, M_PER_DEG))


def spot_of(record: Json) -> BaseGeometry:
    """The record's point on the flat earth."""
    return flat(Point(record["lon"], record["lat"]))


class Area:
    """Outlines of the pack, and what they say about a record of Who's On First."""

    def __init__(self, folder: Path, places: dict[str, Json], reference: Path) -> None:
        """Read the outlines of a pack; ``places`` are its features by id."""
        outlines = json.loads((folder / "shapes.geojson").read_text(encoding="utf-8"))["features"]
        by_place: dict[str, list[BaseGeometry]] = {}
        self.by_shape = {f["id"]: flat(shape(f["geometry"])) for f in outlines}
        for outline in outlines:
            by_place.setdefault(outline["properties"]["place"], []).append(
                self.by_shape[outline["id"]]
            )
        self.places = places
        path = reference / SETTLEMENTS
        listed = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        self.listed = {
            p: {community_key(n): n for n in listed[p]} for p in listed if p.endswith("-province")
        }
        self.outline = {place: unary_union(parts) for place, parts in by_place.items()}
        self.border = self.outline[BORDER]
        self.whole = unary_union(
            [self.outline[p] for p in OBLAST_AND_AROUND + NAKHCHIVAN if p in self.outline]
        )
        self.divisions = sorted(p for p in self.outline if self.country(p))
        self.regions = {
            int(f["properties"]["concordances"]["wof"]): place
            for place, f in places.items()
            if f["properties"]["kind"] in ("district", "province")
            and f["properties"].get("concordances", {}).get("wof")
        }

    def country(self, place: str) -> str:
        """AM or AZ for a first-level division with an outline, else nothing."""
        feature = self.places.get(place)
        if feature is None or place in ("nagorno-karabakh", "nakhchivan-autonomous-republic"):
            return ""
        facts = feature["properties"]
        iso = str(facts.get("concordances", {}).get("iso3166-2", ""))
        return iso[:2] if facts["kind"] in ("district", "province", "settlement") else ""

    def region(self, record: Json) -> str:
        """The division that Who's On First names, if the pack has it."""
        hierarchy = record["hierarchy"][0] if record["hierarchy"] else {}
        return self.regions.get(hierarchy.get("region_id") or 0, "")

    def holds(self, record: Json) -> bool:
        """True where every settlement is wanted."""
        spot = spot_of(record)
        listed = self.region(record) in OBLAST_AND_AROUND + NAKHCHIVAN
        return bool(listed or self.whole.contains(spot) or self.border.distance(spot) <= BORDER_M)

    def parent(self, record: Json) -> tuple[Json | None, str]:
        """De jure parent with its source, and a note where list and outlines disagree."""
        spot, listed = spot_of(record), self.region(record)
        listed = listed if self.country(listed) == record["country"] else ""
        mine = [d for d in self.divisions if self.country(d) == record["country"]]
        drawn = min(mine, key=lambda d: (self.outline[d].distance(spot), d))
        if self.outline[drawn].distance(spot) > TOLERANCE_M:
            drawn = ""
        by_name = [d for d in mine if self._lists(d, record)]
        by_name = [d for d in by_name if self.outline[d].distance(spot) <= TOLERANCE_M]
        if len(by_name) == 1 and by_name[0] != listed:
            return {"parent": by_name[0], "source": cite("armenia-settlements")}, ""
        near = listed in self.outline and self.outline[listed].distance(spot) <= TOLERANCE_M
        if listed and (near or not drawn):
            return {"parent": listed, "source": cite("wof", record["wof_id"])}, ""
        if not drawn:
            return None, ""
        iso = self.places[drawn]["properties"]["concordances"]["iso3166-2"]
        parent = {"parent": drawn, "source": cite("ne-admin1-10m", iso)}
        if not listed:
            return parent, ""
        one, other = (self.places[p]["properties"]["label"] for p in (drawn, listed))
        return parent, f"By outline in {one}; Who's On First says {other}."

    def _lists(self, province: str, record: Json) -> bool:
        """True where the list of a province's settlements has the record's name."""
        keys = {community_key(t) for _, t in listed_names(record) if script_of(t) == "Latn"}
        return bool(keys & self.listed.get(province, {}).keys())

    def is_listed(self, record: Json) -> bool | None:
        """True where a province here lists the name; None where none here has a list."""
        spot = spot_of(record)
        near = [p for p in self.listed if self.outline[p].distance(spot) <= TOLERANCE_M]
        return any(self._lists(p, record) for p in near) if near else None

    def in_karabakh(self, record: Json) -> bool:
        """True in the former oblast or the area that the de facto authorities held."""
        return bool(self.outline["nagorno-karabakh"].contains(spot_of(record)))

    def is_abroad(self, record: Json) -> bool:
        """True where no outline of the record's own country comes near."""
        spot = spot_of(record)
        mine = (d for d in self.divisions if self.country(d) == record["country"])
        return all(self.outline[d].distance(spot) > TOLERANCE_M for d in mine)

    def held(self, record: Json, parent: str) -> list[Json]:
        """Who held the place, where its whole district passed on one day."""
        spot = spot_of(record)
        if parent not in HANDED_OVER:
            return []
        inside = self.by_shape["nagorno-karabakh-1994-2020"]
        front = self.by_shape["line-of-contact"]
        oblast = self.by_shape["nagorno-karabakh-1923-1991"]
        sure = front.distance(spot) > TOLERANCE_M
        if not (inside.contains(spot) and sure and oblast.distance(spot) > TOLERANCE_M):
            return []
        return [dict(stated) for stated in self.places[parent]["properties"]["de_facto"]]
