"""What is wrong with a GeoJSON geometry of a shape, found without a geometry library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Nesting of coordinates: a LineString is a list of positions, a Polygon a list of rings of them.
_DEPTHS = {
    "line": {"LineString": 1, "MultiLineString": 2},
    "area": {"Polygon": 2, "MultiPolygon": 3},
}
_FEWEST = {"line": 2, "area": 4}


def geometry_fault(geometry: Mapping[str, object], *, kind: str) -> str:
    """Say what is wrong, or give ''. ``kind`` is "line" or "area"."""
    type_ = geometry.get("type")
    depths = _DEPTHS[kind]
    if not isinstance(type_, str) or type_ not in depths:
        return f"the geometry of {_article(kind)} is {' or '.join(depths)}, not {type_!r}"
    return _fault(geometry.get("coordinates"), depths[type_], kind)


def _fault(value: object, depth: int, kind: str) -> str:
    if not isinstance(value, list) or not value:
        return "its coordinates are empty or no list"
    if depth > 1:
        return next(filter(None, (_fault(part, depth - 1, kind) for part in value)), "")
    for position in value:
        if not _is_position(position):
            return f"{str(position)[:60]} is no [lon, lat] on the Earth"
    if len(value) < _FEWEST[kind]:
        return f"a part has {len(value)} positions; {_article(kind)} needs {_FEWEST[kind]}"
    if kind == "area" and value[0] != value[-1]:
        return "a ring does not end where it begins"
    return ""


def _is_position(position: object) -> bool:
    if not isinstance(position, list) or len(position) != 2:
        return False
    if any(isinstance(part, bool) or not isinstance(part, (int, float)) for part in position):
        return False
    lon, lat = position
    return bool(-180 <= lon <= 180 and -90 <= lat <= 90)


def _article(kind: str) -> str:
    return f"an {kind}" if kind == "area" else f"a {kind}"
