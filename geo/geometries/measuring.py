"""A distance that an article states, held against the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.geometries import cuts, geodesy
from geo.geometries.sites import Atlas, dated
from geo.model import Place, Problem
from geo.precision import kilometres, precision_table

if TYPE_CHECKING:
    import datetime as dt

    from shapely.geometry.base import BaseGeometry


def check_distance(
    site: Place,
    anchor: Place,
    stated_km: float,
    *,
    gazetteer: Atlas,
    on: dt.date | None = None,
    where: str = "",
) -> Problem | None:
    """Give a Problem where ``site`` cannot lie ``stated_km`` from ``anchor``; None where it can.

    "From X" may be counted from its edge or from its middle, to any point of the site, and a
    quarter more or less still agrees.
    """
    low, high = extremes(site, anchor, gazetteer=gazetteer, on=on)
    share = precision_table().shares["ring"]
    if low * (1 - share) <= stated_km * 1000 <= high * (1 + share):
        return None
    words = precision_table().distance_contradicted
    key = "message" if kilometres(low) != kilometres(high) else "message_one"
    return Problem(
        code="distance-contradicted",
        message=words[key].format(
            stated=f"{stated_km:g}",
            anchor=anchor.label,
            site=site.label,
            low=kilometres(round(low, -3)),
            high=kilometres(round(high, -3)),
        ),
        where=where,
        remedy=words["remedy"],
        severity="note",
    )


def extremes(
    site: Place, anchor: Place, *, gazetteer: Atlas, on: dt.date | None = None
) -> tuple[float, float]:
    """Give the least distance in metres from the anchor's edge and the greatest from its middle."""
    one, two = _extent(site, gazetteer, on), _extent(anchor, gazetteer, on)
    flat = cuts.around(two)
    a, b = flat.flat(one), flat.flat(two)
    low = 0.0
    if not a.intersects(b):
        nearest = shapely.shortest_line(a, b)
        (x, y), (to_x, to_y) = flat.inverse(shapely.get_coordinates(nearest))
        low = geodesy.metres_between(lat=y, lon=x, to_lat=to_y, to_lon=to_x)
    spot = anchor.location
    high = max(
        geodesy.metres_between(lat=y, lon=x, to_lat=spot.lat, to_lon=spot.lon)
        for x, y in flat.inverse(shapely.get_coordinates(shapely.convex_hull(a)))
    )
    return low, high


def _extent(place: Place, gazetteer: Atlas, on: dt.date | None) -> BaseGeometry:
    """Give a place's outline, else a circle as wide as it or as the doubt about its point."""
    area = dated(gazetteer, place.id, "area", on)
    if area is not None:
        return area
    spot = place.location
    metres = max(place.extent_m, spot.accuracy_m, 1)
    return geodesy.circle(lat=spot.lat, lon=spot.lon, radius_m=metres)
