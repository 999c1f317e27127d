"""Geometry steps of ``make_outlines``: chains of lines, shared edges, rounding, GeoJSON text.

Every step keeps neighbours together: a vertex that two areas share is moved the same way in both.
Coordinates are degrees WGS 84 in the order of GeoJSON, ``[lon, lat]``.
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

Vertex = tuple[float, float]
Edge = tuple[Vertex, Vertex]


def cleaned(areas: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the areas as a valid coverage: no overlaps, no hair-wide gaps, common vertices."""
    # The packages round coordinates; 1e-5 degrees is 1 m, and a gap under 1e-3 is no real land.
    return list(shapely.coverage_clean(list(areas), snapping_distance=1e-5, gap_width=1e-3))


def simplified(
    areas: Sequence[BaseGeometry], *, tolerance: float, digits: int
) -> list[BaseGeometry]:
    """Return the coverage with fewer vertices, rounded, exteriors counter-clockwise (RFC 7946)."""
    fewer = shapely.coverage_simplify(list(areas), tolerance)
    return [finished(area, digits=digits) for area in fewer]


def finished(geometry: BaseGeometry, *, digits: int) -> BaseGeometry:
    """Return the geometry rounded, with no vertex twice in a row and rings as RFC 7946 wants."""
    geometry = shapely.remove_repeated_points(
        shapely.transform(geometry, lambda xy: np.round(xy, digits))
    )
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        parts = [p for p in shapely.get_parts(geometry) if p.area > 0]
        geometry = shapely.orient_polygons(shapely.multipolygons(parts))
        geometry = shapely.normalize(geometry)  # fixed order of parts and first vertices
        geometry = shapely.orient_polygons(geometry)  # normalize turns rings clockwise
        if len(parts) == 1:
            geometry = geometry.geoms[0]
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        raise ValueError(f"rounding to {digits} decimals breaks a geometry: {reason}; use more")
    return geometry


def shared_edges(
    areas: Sequence[BaseGeometry], owners: Sequence[str]
) -> dict[tuple[str, ...], BaseGeometry]:
    """Return, for each set of owners, the lines on which exactly their areas meet.

    ``("a",)`` is what "a" shares with nobody, ``("a", "a")`` what divides two areas of "a".
    """
    found: dict[Edge, list[str]] = {}
    for area, owner in zip(areas, owners, strict=True):
        for edge in _edges(area):
            found.setdefault(edge, []).append(owner)
    grouped: dict[tuple[str, ...], list[Edge]] = {}
    for edge, names in found.items():
        grouped.setdefault(tuple(sorted(names)), []).append(edge)
    return {key: merged(shapely.linestrings(edges)) for key, edges in sorted(grouped.items())}


def _edges(area: BaseGeometry) -> Iterable[Edge]:
    """Yield each side of each ring, its lesser vertex first."""
    for ring in shapely.get_rings(shapely.get_parts(area)):
        vertices = [(float(x), float(y)) for x, y in shapely.get_coordinates(ring)]
        for one, two in itertools.pairwise(vertices):
            yield (one, two) if one < two else (two, one)


def merged(lines: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the lines joined where exactly two meet, as one line or several in fixed order."""
    return shapely.normalize(shapely.line_merge(shapely.multilinestrings(list(lines))))


def chained(lines: Iterable[BaseGeometry], *, first: Vertex, gap: float) -> BaseGeometry:
    """Return one line through all the lines, beginning near ``first``.

    Each next piece is the one that begins or ends nearest to where the last one stopped. A step
    wider than ``gap`` degrees is an error: the source has changed and a person must look.
    """
    left = [shapely.get_coordinates(line) for line in lines]
    path = [np.asarray(first)]
    while left:
        here = path[-1]
        ends = [
            (float(np.hypot(*(piece[end] - here))), index, end)
            for index, piece in enumerate(left)
            for end in (0, -1)
        ]
        step, index, end = min(ends)
        if len(path) > 1 and step > gap:
            raise ValueError(f"a gap of {step:.4f} degrees after {here.tolist()}; allowed: {gap}")
        piece = left.pop(index)
        path.extend(piece if end == 0 else piece[::-1])
    return shapely.remove_repeated_points(shapely.linestrings(np.array(path[1:])))


def reaching(line: BaseGeometry, outer: BaseGeometry) -> BaseGeometry:
    """Return the line with both ends moved on to the nearest point of ``outer``."""
    xy = shapely.get_coordinates(line)
    ends = [
        shapely.get_coordinates(shapely.shortest_line(shapely.Point(p), outer))[-1:]
        for p in (xy[0], xy[-1])
    ]
    return shapely.remove_repeated_points(shapely.linestrings(np.vstack([ends[0], xy, ends[1]])))


def cut_off(area: BaseGeometry, line: BaseGeometry, inside: Vertex) -> BaseGeometry:
    """Return the part of ``area`` on the side of ``line`` where the point ``inside`` lies."""
    rings = shapely.union_all([area.boundary, line], grid_size=1e-7)
    for face in shapely.get_parts(shapely.polygonize([rings])):
        if face.contains(shapely.Point(inside)):
            return face
    raise ValueError(f"the line does not part the area round {inside}")


def feature(properties: Mapping[str, Any], geometry: BaseGeometry) -> dict[str, Any]:
    """Return a GeoJSON Feature; its ``id`` is taken from the properties."""
    return {
        "type": "Feature",
        "id": properties["id"],
        "properties": {key: value for key, value in properties.items() if value not in ("", None)},
        "geometry": json.loads(shapely.to_geojson(geometry)),
    }


def collection(features: Iterable[Mapping[str, Any]]) -> str:
    """Return the text of a FeatureCollection, one Feature a line, sorted by id."""
    rows = sorted(features, key=lambda one: str(one["id"]))
    ids = [str(row["id"]) for row in rows]
    if len(set(ids)) < len(ids):
        twice = sorted({i for i in ids if ids.count(i) > 1})
        raise ValueError(f"the same id twice: {twice}")
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
