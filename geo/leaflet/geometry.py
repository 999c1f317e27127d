"""GeoJSON as the page takes it: rounded, and refused where it does not lie on the globe."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

AREA_DECIMALS = 4
"""Event areas are rounded to about 10 m, below the width of their lines at every zoom."""

DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}


def tidy_geometry(geometry: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The geometry with rounded coordinates, or None where it cannot be drawn as it is."""
    if geometry is None or geometry.get("type") not in DEPTH:
        return None
    rounded = _rounded(geometry.get("coordinates"), DEPTH[geometry["type"]])
    return None if rounded is None else {"type": geometry["type"], "coordinates": rounded}


def _rounded(value: Any, depth: int) -> Any:  # noqa: ANN401 - nested lists of any depth
    """The coordinates rounded; None where any of them is not a position on the globe."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return None
    if depth:
        parts = [_rounded(part, depth - 1) for part in value]
        return None if not parts or any(part is None for part in parts) else parts
    if len(value) < 2 or not all(isinstance(n, int | float) for n in value[:2]):
        return None
    lon, lat = value[:2]
    if not (math.isfinite(lon) and math.isfinite(lat)) or abs(lon) > 180 or abs(lat) > 90:
        return None
    return [round(lon, AREA_DECIMALS) + 0.0, round(lat, AREA_DECIMALS) + 0.0]
