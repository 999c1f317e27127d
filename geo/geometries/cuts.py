"""Thirds of lines and areas, and stretches of lines, cut on an equal-area map around them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely
import shapely.ops

from geo.geometries.geodesy import LocalMap, degrees_of

if TYPE_CHECKING:
    import numpy as np
    from shapely.geometry.base import BaseGeometry

HALVINGS = 40  # the cut is found to a millionth of a metre
FAR_M = 3e7  # beyond every map


def around(shape: BaseGeometry) -> LocalMap:
    """Give the equal-area map centred on the middle of a shape; parts cut at 180 are one."""
    west, south, east, north = shape.bounds
    if east - west > 180:  # it lies on both sides of the antimeridian
        shape = shapely.transform(shape, _shifted)
        west, south, east, north = shape.bounds
    return LocalMap.at(lat=(south + north) / 2, lon=((west + east) / 2 + 180) % 360 - 180)


def _shifted(pairs: np.ndarray) -> np.ndarray:
    """Count longitudes from 0 to 360."""
    pairs = pairs.copy()
    pairs[:, 0] %= 360
    return pairs


def area_part(shape: BaseGeometry, points: tuple[str, ...], *, share: float) -> BaseGeometry:
    """Give the outer ``share`` of an area's extent on each side named; "C" is what lies between."""
    flat = around(shape)
    area = flat.flat(shape)
    parts = [_middle(area, share) if p == "C" else _outer(area, p, share) for p in points]
    return flat.back(_only(shapely.union_all(parts), "Polygon"))


def line_part(shape: BaseGeometry, points: tuple[str, ...], *, share: float) -> BaseGeometry:
    """Give the ``share`` of a line's length that lies farthest on each side named.

    The whole line where it runs across the side, so that no end of it is the one meant.
    """
    flat = around(shape)
    line = shapely.line_merge(flat.flat(shape))
    parts = [_middle_of_line(line, share) if p == "C" else _end(line, p, share) for p in points]
    return flat.back(_only(shapely.union_all(parts), "LineString"))


def line_beside(line: BaseGeometry, area: BaseGeometry, *, metres: float) -> BaseGeometry | None:
    """Give the stretch of a line in an area or that near to it; None where it has none."""
    flat = around(area)
    found = _only(flat.flat(line).intersection(flat.flat(area).buffer(metres)), "LineString")
    return None if found.is_empty else flat.back(shapely.line_merge(found))


def grown(area: BaseGeometry, *, metres: float) -> BaseGeometry:
    """Give an area with a margin of that width."""
    flat = around(area)
    return flat.back(flat.flat(area).buffer(metres))


def middle_of(line: BaseGeometry) -> tuple[float, float]:
    """Give lat and lon of the point halfway along the longest part of a line."""
    flat = around(line)
    part = max(shapely.get_parts(shapely.line_merge(flat.flat(line))), key=lambda p: p.length)
    spot = flat.back(part.interpolate(0.5, normalized=True))
    return spot.y, (spot.x + 180) % 360 - 180


def _beyond(point: str, at: float) -> BaseGeometry:
    """Give the half of the map that lies farther than ``at`` on one side of its centre."""
    angle = math.radians(degrees_of(point))
    x, y = math.sin(angle), math.cos(angle)
    corners = ((at, -FAR_M), (FAR_M, -FAR_M), (FAR_M, FAR_M), (at, FAR_M))
    return shapely.Polygon([(a * x - b * y, a * y + b * x) for a, b in corners])


def _reach(shape: BaseGeometry, point: str) -> tuple[float, float]:
    """Give how far a shape reaches back and forth on one side of the map's centre."""
    angle = math.radians(degrees_of(point))
    pairs = shapely.get_coordinates(shape)
    along = pairs[:, 0] * math.sin(angle) + pairs[:, 1] * math.cos(angle)
    return float(along.min()), float(along.max())


def _outer(area: BaseGeometry, point: str, share: float) -> BaseGeometry:
    low, high = _reach(area, point)
    return area.intersection(_beyond(point, high - (high - low) * share))


def _middle(area: BaseGeometry, share: float) -> BaseGeometry:
    """Give what lies in the middle both ways, or between two ends where nothing does."""
    upright = area
    for point in ("N", "S"):
        upright = upright.difference(_outer(area, point, share))
    both = upright
    for point in ("E", "W"):
        both = both.difference(_outer(area, point, share))
    return upright if both.is_empty else both


def _end(line: BaseGeometry, point: str, share: float) -> BaseGeometry:
    """Move a cut over the line until the part beyond it has the right length."""
    low, high = _reach(line, point)
    wanted = line.length * share
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if line.intersection(_beyond(point, middle)).length >= wanted:
            low = middle
        else:
            high = middle
    found = line.intersection(_beyond(point, low))
    return line if found.length > 2 * wanted else found


def _middle_of_line(line: BaseGeometry, share: float) -> BaseGeometry:
    part = max(shapely.get_parts(line), key=lambda p: p.length)
    return shapely.ops.substring(part, (1 - share) / 2, (1 + share) / 2, normalized=True)


def _only(shape: BaseGeometry, kind: str) -> BaseGeometry:
    """Give the parts of one type: a cut may leave points and edges behind."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == kind]
    return shapely.union_all(parts)
