"""The outlines that one page draws: the finest set that covers its events, cut to the view."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo.leaflet.geometry import DEPTH, tidy_geometry
from geo.wording import NAME_MAX, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Box = tuple[float, float, float, float]
"""West, south, east, north."""
Line = list[list[float]]

OUTLINE_STEPS = 1000
"""Outlines are packed in thousandths of a degree, about 100 m: finer than they were simplified."""

STEPS_ACROSS = 1500
"""Vertices closer than this share of the view's width fall on one pixel of a wide screen."""

SPECK = 6
"""Rings smaller than this many steps would be dots on the widest view."""

LEAST_MARGIN, MARGIN = 1.5, 0.6
"""Degrees, and share of the events' extent, that stay drawn around the events."""

_LAYERS = {"land", "border", "disputed-border", "province", "district", "water", "river"}
_AREAS = {"Polygon", "MultiPolygon"}


def outlines_on_page(
    outlines: Iterable[Mapping[str, Any]], points: Sequence[tuple[float, float]]
) -> tuple[list[dict[str, Any]], Box | None]:
    """Packed rows of the outlines to draw, with ids of their sources, and the box they fill.

    ``points`` are (lat, lon). The files of several packs may follow one another, each sorted by
    id: one file is taken whole, the smallest that holds all points, else the largest. Mixing two
    would draw each border twice.
    """
    files = [(box, file) for file in _files(outlines) if (box := _box_of_all(file)) is not None]
    if not files:
        return [], None
    files.sort(key=lambda pair: (pair[0][2] - pair[0][0]) * (pair[0][3] - pair[0][1]))
    box, chosen = next(
        (pair for pair in files if all(_holds(pair[0], lat, lon) for lat, lon in points)), files[-1]
    )
    if points:
        box = _view(points, box)
    step = (box[2] - box[0]) / STEPS_ACROSS
    rows = [_row(properties, geometry, box, step) for properties, geometry in chosen]
    return [row for row in rows if row["lines"]], box


def _files(
    outlines: Iterable[Mapping[str, Any]],
) -> list[list[tuple[Mapping[str, Any], dict[str, Any]]]]:
    """The drawable features in runs of rising ids: each run is one file."""
    runs: list[list[tuple[Mapping[str, Any], dict[str, Any]]]] = []
    last = ""
    for feature in outlines:
        properties = feature.get("properties") or {}
        geometry = tidy_geometry(feature.get("geometry"))
        if geometry is None or properties.get("layer") not in _LAYERS:
            continue
        if DEPTH[geometry["type"]] == 0 or geometry["type"] == "MultiPoint":
            continue
        key = str(properties.get("id") or feature.get("id") or "")
        if not runs or key < last:
            runs.append([])
        runs[-1].append((properties, geometry))
        last = key
    return runs


def _parts(geometry: Mapping[str, Any]) -> list[list[Line]]:
    """Polygons as lists of rings; lines as lists of one line."""
    coordinates = geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        return list(coordinates)
    if geometry["type"] == "Polygon":
        return [coordinates]
    return [
        [line] for line in (coordinates if geometry["type"].startswith("Multi") else [coordinates])
    ]


def _box_of_all(file: Iterable[tuple[Mapping[str, Any], dict[str, Any]]]) -> Box | None:
    points = [p for _, g in file for part in _parts(g) for line in part for p in line]
    if not points:
        return None
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return min(lons), min(lats), max(lons), max(lats)


def _holds(box: Box, lat: float, lon: float) -> bool:
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def _view(points: Sequence[tuple[float, float]], box: Box) -> Box:
    """The events' extent with a margin, inside the file's box."""
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    margin = max(LEAST_MARGIN, MARGIN * max(max(lats) - min(lats), max(lons) - min(lons)))
    wide = 2 * margin  # screens are wider than high
    return (
        max(box[0], min(lons) - wide),
        max(box[1], min(lats) - margin),
        min(box[2], max(lons) + wide),
        min(box[3], max(lats) + margin),
    )


def _row(
    properties: Mapping[str, Any], geometry: Mapping[str, Any], box: Box, step: float
) -> dict[str, Any]:
    area = geometry["type"] in _AREAS
    cut = _cut_ring if area else _cut_line
    parts = [[piece for line in part for piece in cut(line, box)] for part in _parts(geometry)]
    if area:
        parts = [[ring for ring in part if _extent(ring) >= SPECK * step] for part in parts]
    row: dict[str, Any] = {
        "layer": properties["layer"],
        "source": str(properties.get("source", "")),
        "area": area,
        "lines": [[_packed(_thinned(piece, step)) for piece in part] for part in parts if part],
    }
    for key in ("name", "country", "from", "to"):
        if properties.get(key):
            row[key] = shown(str(properties[key]), NAME_MAX)
    return row


def _cut_ring(ring: Line, box: Box) -> list[Line]:
    """The ring inside the box (Sutherland and Hodgman: one side of the box after the other)."""
    for axis, bound, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        kept: Line = []
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            a_in, b_in = sign * (a[axis] - bound) >= 0, sign * (b[axis] - bound) >= 0
            if a_in:
                kept.append(a)
            if a_in != b_in:
                share = (bound - a[axis]) / (b[axis] - a[axis])
                kept.append([a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])])
        ring = kept
    return [[*ring, ring[0]]] if len(ring) > 2 else []


def _cut_line(line: Line, box: Box) -> list[Line]:
    """The stretches of the line near the box: a segment stays where its own box touches it."""
    pieces: list[Line] = []
    for a, b in pairwise(line):
        if (
            max(a[0], b[0]) < box[0]
            or min(a[0], b[0]) > box[2]
            or max(a[1], b[1]) < box[1]
            or min(a[1], b[1]) > box[3]
        ):
            continue
        if not pieces or pieces[-1][-1] is not a:
            pieces.append([a])
        pieces[-1].append(b)
    return pieces


def _extent(ring: Line) -> float:
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    return max(max(lons) - min(lons), max(lats) - min(lats))


def _thinned(line: Line, step: float) -> Line:
    """The line without vertices closer than ``step`` degrees to the last one kept."""
    kept = line[:1]
    for point in line[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= step:
            kept.append(point)
    return [*kept, line[-1]]


def _packed(line: Line) -> list[int]:
    """First point, then steps, as integers, longitude before latitude."""
    packed: list[int] = []
    last = (0, 0)
    for lon, lat in line:
        here = (round(lon * OUTLINE_STEPS), round(lat * OUTLINE_STEPS))
        if packed and here == last:
            continue
        packed += [here[0] - last[0], here[1] - last[1]]
        last = here
    return packed
