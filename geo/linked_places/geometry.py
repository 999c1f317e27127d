"""The geometry of a Feature of Linked Places: a point, what others saw, and shapes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from geo.gazetteer.geometry_checks import geometry_fault
from geo.linked_places.vocabulary import OWN
from geo.linked_places.when import read_when

if TYPE_CHECKING:
    from geo.linked_places.drafts import Draft

Json = dict[str, Any]
_KINDS = {
    "LineString": "line", "MultiLineString": "line", "Polygon": "area", "MultiPolygon": "area",
}  # fmt: skip
# Depth of well-known text that GeoJSON has too.
_WKT = re.compile(
    r"\s*(?:SRID=4326;)?\s*((?:MULTI)?(?:POINT|LINESTRING|POLYGON))\s*([(\d].*)", re.DOTALL
)
_NAMES = {
    "POINT": "Point", "LINESTRING": "LineString", "MULTILINESTRING": "MultiLineString",
    "POLYGON": "Polygon", "MULTIPOLYGON": "MultiPolygon",
}  # fmt: skip
_PAIR = re.compile(r"(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s+(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)")
_DECIMALS = 5
# What stands in a geometry of LPF beside its coordinates.
_BESIDE = frozenset({"citations", "when", "certainty", "geo_wkt", "geowkt", "source"})
# A shape of somebody whose accuracy is not told.
_ASSUMED_SHAPE_M = 5_000


def read_geometry(geometry: object, draft: Draft) -> Json:
    """Give the point with lat, lon and what stands beside it; its shapes go to the draft.

    ValueError where there is no point: a place without a position can be drawn nowhere.
    """
    parts = list(_parts(geometry))
    points = [part for part in parts if part.get("type") == "Point"]
    shapes = [part for part in parts if part.get("type") in _KINDS]
    for number, part in enumerate(shapes, 1):
        _read_shape(part, number, draft)
    if not points and draft.shapes:
        middle = _middle(draft.shapes[0]["geometry"])
        points = [{"type": "Point", "coordinates": middle, "citations": shapes[0].get("citations")}]
    if not points:
        raise ValueError("it has no geometry that says where it is")
    first, *others = points
    lat, lon = _position(first)
    sightings = []
    for other in others:
        its_lat, its_lon = _position(other)
        cite = draft.cites(other)[0]
        sightings.append({"lat": its_lat, "lon": its_lon, "source": cite})
    return {**first, "lat": lat, "lon": lon, **({"compared": sightings} if sightings else {})}


def _parts(geometry: object) -> list[Json]:
    if not isinstance(geometry, dict):
        return []
    if geometry.get("type") != "GeometryCollection":
        return [_with_coordinates(geometry)]
    parts = geometry.get("geometries")
    return [_with_coordinates(p) for p in parts if isinstance(p, dict)] if parts else []


def _with_coordinates(part: Json) -> Json:
    """Read well-known text where it stands in place of coordinates."""
    text = part.get("geowkt") or part.get("geo_wkt")
    if "coordinates" in part or not isinstance(text, str):
        return part
    return {**part, **read_wkt(text)}


def read_wkt(text: str) -> Json:
    """Give well-known text as a GeoJSON geometry; ValueError where it is none that we draw."""
    found = _WKT.fullmatch(text)
    if not found or found[1] not in _NAMES:
        raise ValueError(f"its well-known text {text[:60]!r} is no point, line or polygon")
    nested = _PAIR.sub(r"[\1,\2]", found[2]).replace("(", "[").replace(")", "]")
    try:
        coordinates = json.loads(nested)
    except ValueError as error:
        raise ValueError(f"its well-known text {text[:60]!r} is broken") from error
    kind = _NAMES[found[1]]
    return {"type": kind, "coordinates": coordinates[0] if kind == "Point" else coordinates}


def _position(part: Json) -> tuple[float, float]:
    at = part.get("coordinates")
    if not isinstance(at, list) or len(at) < 2 or not all(_is_number(number) for number in at[:2]):
        raise ValueError(f"its point {str(at)[:60]} is no [lon, lat]")
    lon, lat = at[:2]
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"lat {lat} lon {lon} is off the Earth")
    return round(lat, _DECIMALS), round(lon, _DECIMALS)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _read_shape(part: Json, number: int, draft: Draft) -> None:
    kind = _KINDS[part["type"]]
    # A shape of ours comes back as it was, with whatever its geometry holds.
    geometry = {k: v for k, v in part.items() if k not in _BESIDE and not k.startswith(OWN)}
    if f"{OWN}id" not in part:
        geometry = {"type": part["type"], "coordinates": _flat(part.get("coordinates"))}
        if fault := geometry_fault(geometry, kind=kind):
            draft.lost("shape", fault)
            return
    start, end = read_when(part.get("when"))
    days = {key: day for key, day in (("from", start), ("to", end)) if day}
    shape = {
        "id": part.get(f"{OWN}id", ""),
        "number": number,
        "kind": kind,
        "label": part.get(f"{OWN}label", draft.title),
        "geometry": geometry,
        "accuracy_m": part.get(f"{OWN}accuracy_m", _ASSUMED_SHAPE_M),
        "sources": draft.cites(part),
        "note": part.get(f"{OWN}note", ""),
        **days,
    }
    draft.shapes.append(shape)


def _flat(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Coordinates rounded as in our packs, without heights."""
    if isinstance(value, list):
        if len(value) > 2 and all(map(_is_number, value)):
            value = value[:2]
        return [_flat(part) for part in value]
    return round(value, _DECIMALS) if isinstance(value, float) else value


def _middle(geometry: Json) -> list[float]:
    """A point that stands for a shape: of the middle of its box the nearest position of it."""
    positions: list[list[float]] = []
    stack = [geometry["coordinates"]]
    while stack:
        value = stack.pop()
        if value and not isinstance(value[0], list):
            positions.append(value)
        else:
            stack += value
    west, east = min(p[0] for p in positions), max(p[0] for p in positions)
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    lon, lat = (west + east) / 2, (south + north) / 2
    if _KINDS[geometry["type"]] == "area":
        return [lon, lat]
    return min(positions, key=lambda p: ((p[0] - lon) ** 2 + (p[1] - lat) ** 2, p))
