"""Where a point lies as to the areas of a pack, in pure Python and good to a hundred metres.

Edges of shapes are taken as straight in a plane around the point: at the size of a district that
errs by less than any boundary of ours is known.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.lookup.distances import haversine_km

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.gazetteer import Gazetteer
    from geo.model import Place

    Position = tuple[float, float]
    Ring = list[Position]

# District lines of the usual sources are wrong by as much beside their own seats.
TOLERANCE_KM = 3.0
# An area without a shape is known by the radius of a circle as large as it. The ends of one four
# times as long as wide are twice as far off, and its point need not be its middle.
REACH = 3.0
_KM_PER_DEGREE = 111.2  # of latitude, on the sphere that haversine_km measures on


def beyond_parent_km(gazetteer: Gazetteer, place: Place, parent: Place) -> float:
    """Give how far a place lies outside a parent, all accuracies and tolerances granted; else 0."""
    spot, own = place.location, place.location.accuracy_m / 1000
    areas = [shape for shape in gazetteer.shapes(parent.id) if shape.kind == "area"]
    if areas:
        return min(
            max(
                0.0,
                outside_km(shape.geometry, lat=spot.lat, lon=spot.lon)
                - own
                - max(TOLERANCE_KM, shape.accuracy_m / 1000),
            )
            for shape in areas
        )
    if not parent.extent_m:
        return 0.0
    middle = parent.location
    reach = (REACH * parent.extent_m + middle.accuracy_m) / 1000 + own + TOLERANCE_KM
    away = haversine_km(lat=spot.lat, lon=spot.lon, to_lat=middle.lat, to_lon=middle.lon)
    return max(0.0, away - reach)


def outside_km(geometry: Mapping[str, object], *, lat: float, lon: float) -> float:
    """Give kilometres from a point to a Polygon or MultiPolygon; 0 inside."""
    nearest, inside = math.inf, False
    for ring in _rings(geometry):
        plane = [_flat(x, y, lat=lat, lon=lon) for x, y in ring]
        for start, end in pairwise(plane):
            nearest = min(nearest, _to_edge(start, end))
            if (start[1] > 0) != (end[1] > 0):
                crossing = start[0] - start[1] * (end[0] - start[0]) / (end[1] - start[1])
                # Every ring counts, holes too: a point in a hole is crossed twice.
                inside ^= crossing > 0
    return 0.0 if inside else nearest


def _rings(geometry: Mapping[str, object]) -> Iterator[Ring]:
    coordinates = geometry.get("coordinates")
    polygons = coordinates if geometry.get("type") == "MultiPolygon" else [coordinates]
    for polygon in polygons if isinstance(polygons, list) else ():
        yield from polygon


def _flat(x: float, y: float, *, lat: float, lon: float) -> Position:
    """Kilometres east and north of the point."""
    east = (x - lon + 180) % 360 - 180
    return east * _KM_PER_DEGREE * math.cos(math.radians(lat)), (y - lat) * _KM_PER_DEGREE


def _to_edge(start: Position, end: Position) -> float:
    """Distance of the origin from a straight edge."""
    across, up = end[0] - start[0], end[1] - start[1]
    square = across * across + up * up
    part = -(start[0] * across + start[1] * up) / square if square else 0.0
    part = min(1.0, max(0.0, part))
    return math.hypot(start[0] + part * across, start[1] + part * up)
