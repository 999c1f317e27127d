"""GeoJSON made small and safe for the page: event areas rounded, outlines packed into integers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from geo.page_words import NAME_MAX, shown

OUTLINE_STEPS = 1000
"""Outlines are packed in thousandths of a degree, about 100 m: finer than they were simplified."""

AREA_DECIMALS = 4
"""Event areas are rounded to about 10 m, below the width of their lines at every zoom."""

_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2,
          "MultiPolygon": 3}
_LAYERS = {"land", "border", "disputed-border", "province", "district", "water", "river"}


def within_globe(bbox: Sequence[float]) -> bool:
    """Whether the four numbers west, south, east, north are finite degrees in order."""
    west, south, east, north = bbox
    return (
        all(math.isfinite(value) for value in bbox)
        and -180 <= west <= east <= 180
        and -90 <= south <= north <= 90
    )


def tidy_geometry(geometry: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The geometry with rounded coordinates, or None where it cannot be drawn as it is."""
    if geometry is None or geometry.get("type") not in _DEPTH:
        return None
    rounded = _rounded(geometry.get("coordinates"), _DEPTH[geometry["type"]])
    return None if rounded is None else {"type": geometry["type"], "coordinates": rounded}


def packed_outline(feature: Mapping[str, Any]) -> dict[str, Any] | None:
    """Layer, name, country, dates and lines of an outline, or None where it is not one of ours.

    Each line is one list of integers: first point, then steps, longitude before latitude.
    """
    properties = feature.get("properties") or {}
    geometry = tidy_geometry(feature.get("geometry"))
    if geometry is None or properties.get("layer") not in _LAYERS:
        return None
    depth = _DEPTH[geometry["type"]]
    if depth == 0 or geometry["type"] == "MultiPoint":
        return None
    coordinates = geometry["coordinates"]
    parts = {1: [[coordinates]], 2: [coordinates], 3: coordinates}[depth]
    row: dict[str, Any] = {
        "layer": properties["layer"],
        "area": geometry["type"].endswith("Polygon"),
        "lines": [[_packed(line) for line in part] for part in parts],
    }
    for key in ("name", "country", "from", "to"):
        if properties.get(key):
            row[key] = shown(str(properties[key]), NAME_MAX)
    return row


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


def _packed(line: Sequence[Sequence[float]]) -> list[int]:
    packed: list[int] = []
    last = (0, 0)
    for lon, lat in line:
        here = (round(lon * OUTLINE_STEPS), round(lat * OUTLINE_STEPS))
        if packed and here == last:
            continue
        packed += [here[0] - last[0], here[1] - last[1]]
        last = here
    return packed
