"""Shapes as GeoJSON geometries by RFC 7946, the same on every machine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

DIGITS = 5  # about one metre
KINDS = {"Polygon": 2, "MultiPolygon": 2, "LineString": 1, "MultiLineString": 1, "Point": 0}


def geojson(shape: BaseGeometry) -> Mapping[str, Any] | None:
    """Give a valid geometry, cut at the antimeridian, outer rings anticlockwise; None if empty."""
    cut = _within_bounds(shape)
    with np.errstate(divide="ignore"):  # told of a coordinate next to 0, which is rounded to it
        whole = shapely.set_precision(shapely.make_valid(cut), 10**-DIGITS)
    highest = max((KINDS.get(p.geom_type, -1) for p in shapely.get_parts(whole)), default=-1)
    parts = [p for p in shapely.get_parts(whole) if KINDS.get(p.geom_type, -1) == highest]
    if all(p.is_empty for p in parts):
        return None  # nothing of it is left at about a metre
    found = shapely.union_all(parts)
    if highest == 1:
        found = shapely.line_merge(found)
    ordered = shapely.orient_polygons(shapely.normalize(found))
    return {
        "type": ordered.geom_type,
        "coordinates": _rounded(shapely.geometry.mapping(ordered)["coordinates"]),
    }


def _within_bounds(shape: BaseGeometry) -> BaseGeometry:
    """Bring every longitude between -180 and 180, in parts where a shape crosses the line."""
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return shape
    parts = []
    for turn in range(math.floor((west + 180) / 360), math.floor((east + 180) / 360) + 1):
        box = shapely.box(turn * 360 - 180, -90, turn * 360 + 180, 90)
        part = shape.intersection(box)
        parts.append(shapely.transform(part, lambda pairs, turn=turn: pairs - [turn * 360, 0]))
    return shapely.union_all(parts)


def _rounded(value: Any) -> Any:  # noqa: ANN401
    """Give lists for tuples, numbers with five decimals and no minus zero."""
    if isinstance(value, (tuple, list)):
        return [_rounded(v) for v in value]
    return round(value, DIGITS) + 0.0
