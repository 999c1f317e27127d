"""Distances: on a sphere for ranking and searching, on the ellipsoid for answers."""

from __future__ import annotations

from math import asin, atan, atan2, cos, degrees, hypot, pi, radians, sin, sqrt, tan

from geo.errors import InputError

# Mean radius of the Earth after IUGG (R1). On it a distance is at most 0.6 % off the ellipsoid's.
EARTH_RADIUS_KM = 6371.0088
ELLIPSOID = "WGS 84"
# Sixteen winds, each 22.5 degrees wide.
WINDS = (
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
    "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW",
)  # fmt: skip
# The foot of a perpendicular is found once a step is shorter than this.
_STEP_KM = 1e-6
_MAX_STEPS = 20

TYPE_CHECKING = False
if TYPE_CHECKING:
    Ends = tuple[float, float]  # (lat, lon)


class Box:
    """Bounds of latitude and longitude; ``west`` is larger than ``east`` across the date line."""

    __slots__ = ("east", "north", "south", "west")

    def __init__(self, *, west: float, south: float, east: float, north: float) -> None:
        self.west, self.south, self.east, self.north = west, south, east, north

    def holds(self, *, lat: float, lon: float) -> bool:
        """Tell whether a point lies inside or on the bounds."""
        if not self.south <= lat <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= lon <= self.east
        return lon >= self.west or lon <= self.east


def check_point(*, lat: float, lon: float) -> None:
    """Raise InputError where no point of the Earth has these coordinates; NaN is none."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        turned = -90 <= lon <= 90 and -180 <= lat <= 180
        hint = f"; did you mean lat {lon}, lon {lat}?" if turned else ""
        raise InputError(f"lat {lat}, lon {lon} is off the Earth{hint}")


def box(*, lat: float, lon: float, km: float) -> Box:
    """Give bounds that hold every point within ``km``; all longitudes where a pole is within.

    InputError where the point is none or ``km`` is no distance.
    """
    check_point(lat=lat, lon=lon)
    if not km >= 0:
        raise InputError(f"{km} km is no distance")
    angle = min(km / EARTH_RADIUS_KM, pi)
    high = degrees(angle) + 1e-9
    south, north = lat - high, lat + high
    if south <= -90 or north >= 90:
        return Box(west=-180, south=max(south, -90), east=180, north=min(north, 90))
    wide = degrees(asin(min(1.0, sin(angle) / cos(radians(lat))))) + 1e-9
    if wide >= 180:
        return Box(west=-180, south=south, east=180, north=north)
    return Box(west=_wrap(lon - wide), south=south, east=_wrap(lon + wide), north=north)


def haversine_km(*, lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Give the great-circle distance on a sphere."""
    phi, to_phi = radians(lat), radians(to_lat)
    h = sin((to_phi - phi) / 2) ** 2 + cos(phi) * cos(to_phi) * sin(radians(to_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, h)))


def geodesic(*, lat: float, lon: float, to_lat: float, to_lon: float) -> tuple[float, float]:
    """Give kilometres and initial bearing (degrees from north) on the WGS 84 ellipsoid."""
    from geographiclib.geodesic import Geodesic

    line = Geodesic.WGS84.Inverse(
        lat, lon, to_lat, to_lon, outmask=Geodesic.DISTANCE | Geodesic.AZIMUTH
    )
    # Twice, because a bearing a hair west of north rounds to 360 at first.
    return line["s12"] / 1000, line["azi1"] % 360 % 360


def wind(bearing: float) -> str:
    """Give the nearest of sixteen winds for degrees from north."""
    return WINDS[round(bearing / 22.5) % 16]


def sphere_bearing(*, lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Give the initial bearing of the great circle on a sphere, degrees from north."""
    phi, to_phi, turn = radians(lat), radians(to_lat), radians(to_lon - lon)
    east = sin(turn) * cos(to_phi)
    north = cos(phi) * sin(to_phi) - sin(phi) * cos(to_phi) * cos(turn)
    return degrees(atan2(east, north)) % 360 % 360


def off_great_circle_km(*, lat: float, lon: float, start: Ends, end: Ends) -> float:
    """Give how far a point is from the great circle through two others, (lat, lon), on a sphere."""
    there = haversine_km(lat=start[0], lon=start[1], to_lat=lat, to_lon=lon) / EARTH_RADIUS_KM
    to_point = sphere_bearing(lat=start[0], lon=start[1], to_lat=lat, to_lon=lon)
    along = sphere_bearing(lat=start[0], lon=start[1], to_lat=end[0], to_lon=end[1])
    return abs(asin(sin(there) * sin(radians(to_point - along)))) * EARTH_RADIUS_KM


class Course:
    """The geodesic from one point to another on the WGS 84 ellipsoid, and what lies beside it."""

    def __init__(self, *, lat: float, lon: float, to_lat: float, to_lon: float) -> None:
        from geographiclib.geodesic import Geodesic

        self._earth = Geodesic.WGS84
        self._line = self._earth.InverseLine(lat, lon, to_lat, to_lon)
        self.km: float = self._line.s13 / 1000

    def at(self, km: float) -> tuple[float, float]:
        """Give the latitude and longitude so far along."""
        spot = self._line.Position(km * 1000)
        return spot["lat2"], spot["lon2"]

    def project(self, *, lat: float, lon: float, start_km: float = 0.0) -> tuple[float, float]:
        """Give how far along the foot of the perpendicular lies, and how far off: right is above 0.

        ``start_km`` is a guess of the former.
        """
        along, off = start_km, 0.0
        for _ in range(_MAX_STEPS):
            foot = self._line.Position(along * 1000)
            way = self._earth.Inverse(foot["lat2"], foot["lon2"], lat, lon)
            km, turn = way["s12"] / 1000, radians(way["azi1"] - foot["azi2"])
            # The leg of a right-angled triangle on the sphere: exact enough to step by.
            step = EARTH_RADIUS_KM * atan(tan(min(km, 9000) / EARTH_RADIUS_KM) * cos(turn))
            along, off = along + step, km * sin(turn)
            if abs(step) < _STEP_KM:
                break
        return along, off


def segment_km(
    *, lat: float, lon: float, start: tuple[float, float], end: tuple[float, float]
) -> float:
    """Give the distance of a point from a short straight edge; its ends are (lon, lat).

    Measured on a plane that touches the sphere at the point: good for some tens of kilometres.
    """
    wide = EARTH_RADIUS_KM * radians(1.0)
    ax, ay = _wrap(start[0] - lon) * cos(radians(lat)) * wide, (start[1] - lat) * wide
    bx, by = _wrap(end[0] - lon) * cos(radians(lat)) * wide, (end[1] - lat) * wide
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    part = max(0.0, min(1.0, -(ax * dx + ay * dy) / length)) if length else 0.0
    return hypot(ax + part * dx, ay + part * dy)


def _wrap(lon: float) -> float:
    return (lon + 180) % 360 - 180
