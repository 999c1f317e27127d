"""Thirds of lines and areas, and stretches of lines, cut on an equal-area map around them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
import shapely.ops

from geo.geometries.geodesy import COMPASS, LocalMap, degrees_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FAR_M = 3e7  # beyond every map
ACROSS = 0.1  # a line ten times as wide as it is high has no northern end
SMALL_PIECE = 0.1  # a border's enclaves are no end of it
BESIDE_M = 100  # how near to a piece of a line its own course lies
HALVINGS = 30  # the cut is found to a few centimetres
MARGIN_M = 1000  # a mask reaches that far beyond what it is laid on
DENSE_DEGREES = 0.1  # an edge is straight in degrees; so many bends keep it so on a map
SMOOTH_M = 50  # a margin's outline may be that much simpler


def around(shape: BaseGeometry) -> LocalMap:
    """Give the equal-area map centred on the middle of a shape; parts cut at 180 are one."""
    west, south, east, north = shape.bounds
    if east - west > 180:  # it lies on both sides of the antimeridian
        west, _, east, _ = shapely.transform(shape, _shifted).bounds
    return LocalMap.at(lat=(south + north) / 2, lon=((west + east) / 2 + 180) % 360 - 180)


def _shifted(pairs: np.ndarray) -> np.ndarray:
    """Count longitudes from 0 to 360."""
    return np.column_stack([pairs[:, 0] % 360, pairs[:, 1]])


def flattened(flat: LocalMap, shape: BaseGeometry) -> BaseGeometry:
    """Give a shape in degrees on the map; parts cut at 180 are joined before, as the same line."""
    return flat.flat(shapely.segmentize(flat.near(shape), DENSE_DEGREES))


def _whole(shape: BaseGeometry) -> BaseGeometry:
    """Give a box that holds all of a shape, also where the shape has no width."""
    west, south, east, north = shape.bounds
    return shapely.box(west - MARGIN_M, south - MARGIN_M, east + MARGIN_M, north + MARGIN_M)


def area_part(shape: BaseGeometry, points: tuple[str, ...], *, share: float) -> BaseGeometry:
    """Give the outer ``share`` of an area's extent on each side named; "C" is what lies between."""
    flat = around(shape)
    area = flattened(flat, shape)
    whole = _whole(area)
    parts = []
    for point in points:
        mask = _middle(area, whole, share) if point == "C" else outer(area, point, share)
        parts.append(_only(flat.near(shape).intersection(flat.back(whole & mask)), "Polygon"))
    return shapely.union_all(parts)


def line_part(shape: BaseGeometry, points: tuple[str, ...], *, share: float) -> BaseGeometry:
    """Give the ``share`` of a line's length that lies farthest on each side named.

    The whole line where it runs across the side, so that no end of it is the one meant.
    """
    flat = around(shape)
    line = shapely.line_merge(flattened(flat, shape))
    whole = _whole(line)
    parts = []
    for point in points:
        if point == "C":
            parts.append(flat.back(_middle_of_line(line, share)))
            continue
        piece, mask = _end(line, point, share)
        found = flat.near(shape) & flat.back(whole & mask)
        # what the cut leaves of other pieces is not at that end
        beside = flat.back(whole & piece.buffer(BESIDE_M))
        parts.append(_only(found & beside, "LineString"))
    return shapely.union_all(parts)


def line_beside(line: BaseGeometry, area: BaseGeometry, *, metres: float) -> BaseGeometry | None:
    """Give the stretch of a line in an area or that near to it; None where it has none."""
    flat = around(area)
    mask = flat.back(flattened(flat, area).buffer(metres))
    found = _only(flat.near(line).intersection(mask), "LineString")
    return None if found.is_empty else found


def grown(area: BaseGeometry, *, metres: float) -> BaseGeometry:
    """Give an area with a margin of that width."""
    flat = around(area)
    return flat.back(flattened(flat, area).buffer(metres).simplify(SMOOTH_M)).union(flat.near(area))


def middle_of(line: BaseGeometry) -> tuple[float, float]:
    """Give lat and lon of the point halfway along the longest part of a line."""
    flat = around(line)
    parts = shapely.get_parts(shapely.line_merge(flattened(flat, line)))
    part = max(parts, key=lambda p: p.length)
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


def outer(area: BaseGeometry, point: str, share: float) -> BaseGeometry:
    """Give the half of the map that holds the outer share of an area's extent on one side."""
    low, high = _reach(area, point)
    return _beyond(point, high - (high - low) * share)


def _middle(area: BaseGeometry, whole: BaseGeometry, share: float) -> BaseGeometry:
    """Give what is in the middle both ways, or between two ends where nothing of the area is."""
    across = whole - outer(area, "N", share) - outer(area, "S", share)
    both = across - outer(area, "E", share) - outer(area, "W", share)
    return both if both.intersects(area) else across


def _end(line: BaseGeometry, point: str, share: float) -> tuple[BaseGeometry, BaseGeometry]:
    """Give the piece of a line that reaches farthest, and the half of the map beyond the cut.

    The cut moves over the piece until what lies beyond it has the right length.
    """
    wanted = line.length * share
    long = [p for p in shapely.get_parts(line) if p.length >= SMALL_PIECE * line.length]
    line = max(long, key=lambda p: _reach(p, point)[1], default=line)
    low, high = _reach(line, point)
    sideways = _reach(line, COMPASS[(COMPASS.index(point) + len(COMPASS) // 4) % len(COMPASS)])
    if high - low < ACROSS * (sideways[1] - sideways[0]):
        return line, _beyond(point, -FAR_M)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if line.intersection(_beyond(point, middle)).length >= wanted:
            low = middle
        else:
            high = middle
    return line, _beyond(point, low)


def _middle_of_line(line: BaseGeometry, share: float) -> BaseGeometry:
    part = max(shapely.get_parts(line), key=lambda p: p.length)
    return shapely.ops.substring(part, (1 - share) / 2, (1 + share) / 2, normalized=True)


def _only(shape: BaseGeometry, kind: str) -> BaseGeometry:
    """Give the parts of one type: a cut may leave points and edges behind."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == kind]
    return shapely.union_all(parts)
