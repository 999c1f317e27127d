"""Circles, rings, wedges and corridors in true metres on the ellipsoid, and local flat maps.

Shapes are in degrees with longitudes that run on beyond 180 where a shape crosses the
antimeridian; ``output`` cuts them there. A shape round a pole is closed over the pole.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from pyproj import Geod, Transformer

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
CIRCLE_POINTS = 96  # the chord lies 0.05 % inside the circle
ARC_POINTS = 25
SEGMENT_M = 10_000  # straight edges of a local map are bent back at least this often
COMPASS = (
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
    "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW",
)  # fmt: skip

Pairs = Sequence[tuple[float, float]]


def degrees_of(point: str) -> float:
    """Give the azimuth of a compass point of sixteen."""
    return COMPASS.index(point) * 360 / len(COMPASS)


def _arc(
    lat: float, lon: float, radius_m: float, azimuths: Iterable[float]
) -> list[tuple[float, float]]:
    """Give the points at one distance from a centre, as [lon, lat]."""
    azimuth = np.array(list(azimuths))
    same = np.ones(len(azimuth))
    lons, lats, _ = GEOD.fwd(lon * same, lat * same, azimuth, radius_m * same)
    return [(float(x), float(y)) for x, y in zip(lons, lats, strict=True)]


def circle(*, lat: float, lon: float, radius_m: float) -> BaseGeometry:
    """Give a geodesic disc."""
    start = 0 if lat >= 0 else 180  # over the pole: the seam of a disc round it is opposite
    step = 360 / CIRCLE_POINTS
    return _polygon(_arc(lat, lon, radius_m, (start + step * n for n in range(CIRCLE_POINTS))), lon)


def ring(*, lat: float, lon: float, inner_m: float, outer_m: float) -> BaseGeometry:
    """Give the band between two distances from a point."""
    return circle(lat=lat, lon=lon, radius_m=outer_m).difference(
        circle(lat=lat, lon=lon, radius_m=inner_m)
    )


def sector(
    *, lat: float, lon: float, azimuth: float, half: float, inner_m: float, outer_m: float
) -> BaseGeometry:
    """Give a wedge with its apex at the point (``inner_m`` 0), or a band of an arc."""
    azimuths = [azimuth - half + 2 * half * n / (ARC_POINTS - 1) for n in range(ARC_POINTS)]
    edge = _arc(lat, lon, outer_m, azimuths)
    back = _arc(lat, lon, inner_m, azimuths[::-1]) if inner_m > 0 else [(lon, lat)]
    return _polygon([*edge, *back], lon)


def point_at(*, lat: float, lon: float, azimuth: float, metres: float) -> tuple[float, float]:
    """Give lat and lon of the point that far away on that side."""
    ((x, y),) = _arc(lat, lon, metres, [azimuth])
    return y, x


def metres_between(*, lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Give the geodesic distance."""
    return way(lat=lat, lon=lon, to_lat=to_lat, to_lon=to_lon)[1]


def way(*, lat: float, lon: float, to_lat: float, to_lon: float) -> tuple[float, float]:
    """Give the azimuth at which the geodesic sets out, and its length in metres."""
    azimuth, _, metres = GEOD.inv(lon, lat, to_lon, to_lat)
    return float(azimuth), float(metres)


def point_along(
    share: float, *, lat: float, lon: float, to_lat: float, to_lon: float
) -> tuple[float, float]:
    """Give lat and lon of the point that share of the way along the geodesic."""
    azimuth, metres = way(lat=lat, lon=lon, to_lat=to_lat, to_lon=to_lon)
    return point_at(lat=lat, lon=lon, azimuth=azimuth, metres=metres * share)


def corridor(
    *, lat: float, lon: float, to_lat: float, to_lon: float, half_width_m: float
) -> BaseGeometry:
    """Give the band on both sides of the geodesic between two points, with round ends."""
    _, _, metres = GEOD.inv(lon, lat, to_lon, to_lat)
    steps = max(1, math.ceil(metres / SEGMENT_M))
    inner = GEOD.npts(lon, lat, to_lon, to_lat, steps - 1) if steps > 1 else []
    middle = point_along(0.5, lat=lat, lon=lon, to_lat=to_lat, to_lon=to_lon)
    flat = LocalMap.at(lat=middle[0], lon=middle[1])
    way = [(lon, lat), *inner, (to_lon, to_lat)]
    line = shapely.LineString(flat.forward(np.array(way)))
    if line.length == 0:
        return circle(lat=lat, lon=lon, radius_m=half_width_m)
    return flat.back(line.buffer(half_width_m))


class LocalMap(NamedTuple):
    """An equal-area map centred on a point, in metres; near the centre distances are true too."""

    lon: float
    forward: Callable[[np.ndarray], np.ndarray]
    inverse: Callable[[np.ndarray], np.ndarray]

    @classmethod
    def at(cls, *, lat: float, lon: float) -> LocalMap:
        """Give the map centred there."""
        crs = f"+proj=laea +lat_0={lat!r} +lon_0={lon!r} +datum=WGS84 +units=m"
        there = Transformer.from_crs("OGC:CRS84", crs, always_xy=True)
        back = Transformer.from_crs(crs, "OGC:CRS84", always_xy=True)
        return cls(lon, _of_arrays(there), _of_arrays(back))

    def near(self, shape: BaseGeometry) -> BaseGeometry:
        """Give a shape in degrees with its longitudes within half a turn of the centre."""

        def run_on(pairs: np.ndarray) -> np.ndarray:
            turned = self.lon + (pairs[:, 0] - self.lon + 180) % 360 - 180
            return np.column_stack([turned, pairs[:, 1]])

        west, _, east, _ = shape.bounds
        if self.lon - 180 < west and east < self.lon + 180:
            return shape
        return shapely.make_valid(shapely.union_all(shapely.transform(shape, run_on)))

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        """Give a shape in degrees on this map."""
        return shapely.make_valid(shapely.transform(shape, self.forward))

    def back(self, shape: BaseGeometry) -> BaseGeometry:
        """Give a shape on this map in degrees, with its straight edges bent as they should be."""
        dense = shapely.segmentize(shape, SEGMENT_M)
        parts = []
        for part in shapely.get_parts(dense):
            if part.geom_type == "Polygon":
                made = _polygon(self._degrees(part.exterior), self.lon)
                for hole in part.interiors:
                    made = made.difference(_polygon(self._degrees(hole), self.lon))
                parts.append(made)
            elif part.geom_type == "LineString":
                parts.append(shapely.LineString(_run_on(self._degrees(part), self.lon)))
            else:
                parts.append(shapely.transform(part, self.inverse))
        return shapely.union_all(parts)

    def _degrees(self, line: BaseGeometry) -> list[tuple[float, float]]:
        return [(float(x), float(y)) for x, y in self.inverse(shapely.get_coordinates(line))]


def _of_arrays(transformer: Transformer) -> Callable[[np.ndarray], np.ndarray]:
    def run(pairs: np.ndarray) -> np.ndarray:
        return np.column_stack(transformer.transform(pairs[:, 0], pairs[:, 1]))

    return run


def _run_on(pairs: Pairs, near_lon: float) -> list[tuple[float, float]]:
    """Give points whose longitudes never jump by more than half a turn."""
    made = []
    last = near_lon
    for x, y in pairs:
        last += (x - last + 180) % 360 - 180
        made.append((last, y))
    return made


def _polygon(pairs: Pairs, near_lon: float) -> BaseGeometry:
    """Give a valid polygon; one that goes round a pole is closed over the pole."""
    points = _run_on(pairs, near_lon)
    first, last = points[0], points[-1]
    turn = last[0] + ((first[0] - last[0] + 180) % 360 - 180) - first[0]
    if abs(turn) > 180:
        pole = math.copysign(90.0, sum(y for _, y in points))
        end = first[0] + turn
        points += [(end, first[1]), (end, pole), (first[0], pole)]
        # the whole turn is counted so that the shape's centre is in the middle of it
        shift = 360 * round((near_lon - (first[0] + end) / 2) / 360)
        points = [(x + shift, y) for x, y in points]
    return shapely.make_valid(shapely.Polygon(points))
