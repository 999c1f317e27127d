"""Where a point lies as to the areas of a pack."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.lookup.areas import holds_point
from geo.lookup.distances import haversine_km, segment_km

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
    rings = list(_rings(geometry))
    if holds_point(rings, lat=lat, lon=lon):
        return 0.0
    return min(
        (
            segment_km(lat=lat, lon=lon, start=start, end=end)
            for ring in rings
            for start, end in pairwise(ring)
        ),
        default=math.inf,
    )


def _rings(geometry: Mapping[str, object]) -> Iterator[Ring]:
    coordinates = geometry.get("coordinates")
    polygons = coordinates if geometry.get("type") == "MultiPolygon" else [coordinates]
    for polygon in polygons if isinstance(polygons, list) else ():
        yield from polygon
