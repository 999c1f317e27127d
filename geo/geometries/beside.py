"""What lies beside an area or a line: margins, bands at a distance, and those of one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.geometries import cuts, geodesy
from geo.precision import precision_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

SMOOTH_M = 50  # an outline may be that much simpler before it is swept
ARC_STEPS = 8  # a sweep's arc of 45 degrees has chords that lie 0.1 % inside it


def band(shape: BaseGeometry, *, inner_m: float, outer_m: float) -> BaseGeometry:
    """Give all that lies between two distances from an area's edge, outside it, or from a line."""
    flat = cuts.around(shape)
    whole = cuts.flattened(flat, shape)
    return flat.back(whole.buffer(outer_m).difference(whole.buffer(inner_m)))


def on_sides(
    shape: BaseGeometry, points: Iterable[str], *, half: float, inner_m: float, outer_m: float
) -> BaseGeometry:
    """Give what lies on these sides of an area or a line, between two distances from its edge.

    Each spot of it is reached from the shape by going at most ``outer_m`` within ``half`` degrees
    of the side's bearing: a wedge laid at every spot of the edge. Of an area, only what lies as far
    out as its part on that side: what is beside its flanks is on no side of it.
    """
    flat = cuts.around(shape)
    whole = shapely.make_valid(cuts.flattened(flat, shape).simplify(SMOOTH_M))
    share = precision_table().shares["part"]
    swept = []
    for point in points:
        azimuth = geodesy.degrees_of(point)
        side = _swept(whole, azimuth=azimuth, half=half, metres=outer_m)
        swept.append(side & cuts.outer(whole, point, share) if whole.area > 0 else side)
    taken = whole.buffer(inner_m) if inner_m > 0 else whole
    left = shapely.union_all(swept).difference(taken)
    parts = [p for p in shapely.get_parts(left) if p.geom_type == "Polygon"]
    return flat.back(shapely.union_all(parts))


def nearest(
    one: BaseGeometry, two: BaseGeometry
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Give lat and lon of the spot of each that is nearest to the other; None where they meet."""
    flat = cuts.around(one)
    a, b = cuts.flattened(flat, one), cuts.flattened(flat, two)
    if a.intersects(b):
        return None
    (x, y), (to_x, to_y) = flat.inverse(shapely.get_coordinates(shapely.shortest_line(a, b)))
    return (float(y), float(x)), (float(to_y), float(to_x))


def _swept(shape: BaseGeometry, *, azimuth: float, half: float, metres: float) -> BaseGeometry:
    """Give a shape's edge with a wedge at every spot of it; the wedge is convex, so is each piece.

    The sum of a stretch and a convex wedge is the hull of the wedges at its two ends.
    """
    turns = np.radians(azimuth - half + 2 * half * np.arange(ARC_STEPS + 1) / ARC_STEPS)
    wedge = metres * np.column_stack([np.sin(turns), np.cos(turns)])
    wedge = np.vstack([[0.0, 0.0], wedge])
    pieces = []
    for line in _lines(shape):
        spots = shapely.get_coordinates(line)
        ends = np.stack([spots[:-1], spots[1:]], axis=1)
        corners = (ends[:, :, None, :] + wedge[None, None, :, :]).reshape(len(ends), -1, 2)
        pieces.extend(shapely.convex_hull([shapely.MultiPoint(c) for c in corners]))
    return shapely.union_all(pieces)


def _lines(shape: BaseGeometry) -> list[BaseGeometry]:
    """Give a line's parts, or the rings of an area."""
    edge = shape.boundary if shape.area > 0 else shape
    return [p for p in shapely.get_parts(edge) if p.length > 0]
