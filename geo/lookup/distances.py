"""Distances: on a sphere for ranking and searching, on the ellipsoid for answers."""

from __future__ import annotations

from math import asin, cos, degrees, radians, sin, sqrt

# Mean radius of the Earth after IUGG (R1). On it a distance is at most 0.6 % off the ellipsoid's.
EARTH_RADIUS_KM = 6371.0088
ELLIPSOID = "WGS 84"


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


def box(*, lat: float, lon: float, km: float) -> Box:
    """Give bounds that hold every point within ``km``; all longitudes where a pole is within."""
    angle = km / EARTH_RADIUS_KM
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


def _wrap(lon: float) -> float:
    return (lon + 180) % 360 - 180
