"""What is drawn about a place: near it, on sides of it, at distances from it, between two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.geometries import beside, cuts, geodesy
from geo.geometries.sites import Drawing, Site, outline_of
from geo.precision import AREAS, kilometres, precision_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.model import Place

FAR_RING_KM = 5000  # a ring of that size says nothing
FAR_BAND_KM = 1000  # a flat map is true to 0.3 % so far round an area or a line


def disc(site: Site, metres: float, *choices: str) -> Drawing:
    """Give a disc round the named place."""
    shape = geodesy.circle(lat=site.lat, lon=site.lon, radius_m=metres)
    return Drawing(shape, site.lat, site.lon, choices)


def near(site: Site) -> Drawing:
    """Give a disc of a radius stated or ours, or an area or a line with a margin of it."""
    table, stated = precision_table(), site.spot.distance_km
    relation = site.spot.relation if site.spot.relation in table.metres else "near"
    extent = site.place.extent_m if site.place else 0
    wide = _wide(site)
    if stated:
        if stated < 0 or stated > (FAR_BAND_KM if wide else FAR_RING_KM):
            return _too_far(site, stated)
        words = site.say("stated", stated=kilometres(stated * 1000))
        if wide:
            return _beside(site, wide, stated * 1000, words)
        return disc(site, max(stated * 1000, extent), words)
    if wide:
        metres = table.metres[relation]
        words = site.say(_beside_key(site), km=kilometres(metres), relation=relation)
        return _beside(site, wide, metres, words)
    metres = min(max(table.metres[relation], extent), table.metres["near_cap"])
    if relation == "outskirts" and site.spot.part:
        return _outskirts(site, metres)
    return disc(site, metres, site.say("radius", km=kilometres(metres), relation=relation))


def _outskirts(site: Site, metres: float) -> Drawing:
    """Draw the outskirts on the sides named."""
    table = precision_table()
    half = table.degrees["outskirts_half"]
    sides = [p for p in site.spot.part if p in geodesy.COMPASS]
    radius = site.say("radius", km=kilometres(metres), relation="outskirts")
    if not sides:
        return disc(site, metres, radius)
    words = (
        site.say("side_outskirts", degrees=f"{half:g}", side=table.adjectives[p]) for p in sides
    )
    return _wedges(site, sides, half, (0, metres))._replace(choices=(radius, *words))


def direction(site: Site) -> Drawing:
    """Give a disc or a margin: no side is given, so none is drawn."""
    metres = precision_table().metres["direction"]
    wide = _wide(site)
    if wide:
        words = site.say(_beside_key(site), km=kilometres(metres), relation="direction")
        return _beside(site, wide, metres, words)
    return disc(site, metres, site.say("direction", km=kilometres(metres)))


def _beside_key(site: Site) -> str:
    """Give the words for a margin: of the line that is drawn, of an area, or of a river."""
    if site.spot.shape_id:
        return "beside_course"
    return "beside_area" if site.kind in AREAS else "beside_line"


def _counted(site: Site) -> str:
    return site.say("from_line" if site.spot.shape_id else "from_edge")


def _wide(site: Site) -> Drawing | None:
    """Give the outline or course that sides and distances are counted from; None for a point."""
    shape = site.outline
    if shape is not None:
        return Drawing(shape, *inside(site, shape))
    return circle_for_area(site) if site.kind in AREAS else None


def inside(site: Site, shape: BaseGeometry) -> tuple[float, float]:
    """Give the point of a place where it lies on its shape, else one that does."""
    if shape.area == 0:
        return cuts.middle_of(shape)
    if site.spot.lat is not None and shape.covers(shapely.Point(site.lon, site.lat)):
        return site.lat, site.lon
    inside = shape.representative_point()
    return inside.y, (inside.x + 180) % 360 - 180


def circle_for_area(site: Site) -> Drawing:
    """Draw a circle for an area without an outline; a country or more has none either."""
    table = precision_table()
    if site.kind in ("country", "macro"):
        return Drawing(None, site.spot.lat, site.spot.lon, (site.say("too_wide"),))
    metres = table.metres.get(site.kind, table.metres["district"])
    return disc(site, metres, site.say("no_outline", km=kilometres(metres)))


def _beside(site: Site, wide: Drawing, metres: float, *words: str) -> Drawing:
    """Draw an area with a margin: no disc round the middle of a district is near the district."""
    if wide.shape is None or site.outline is None:
        return wide  # a circle that stands for the area is wide enough
    return wide._replace(shape=cuts.grown(wide.shape, metres=metres), choices=words)


def _wedges(site: Site, sides: Sequence[str], half: float, reach: tuple[float, float]) -> Drawing:
    """Draw wedges at a point, or the bands of arcs, between two distances from it."""
    inner, outer = reach
    azimuths = [geodesy.degrees_of(side) for side in sides]
    shapes = [
        geodesy.sector(
            lat=site.lat, lon=site.lon, azimuth=azimuth, half=half, inner_m=inner, outer_m=outer
        )
        for azimuth in azimuths
    ]
    middle = geodesy.point_at(
        lat=site.lat, lon=site.lon, azimuth=azimuths[0], metres=(inner + outer) / 2
    )
    return Drawing(shapely.union_all(shapes), *middle)


def _on_sides(site: Site, sides: Sequence[str], reach: tuple[float, float], *words: str) -> Drawing:
    """Draw what lies on sides of a place, counted from its edge where that is on record."""
    half = precision_table().degrees["wedge_half"]
    wide = _wide(site)
    if wide is None:
        return _wedges(site, sides, half, reach)._replace(choices=words)
    if wide.shape is None:
        return wide
    shape = beside.on_sides(wide.shape, sides, half=half, inner_m=reach[0], outer_m=reach[1])
    inside = shape.representative_point()
    choices = (*words, *(wide.choices or (_counted(site),)))
    return Drawing(shape, inside.y, (inside.x + 180) % 360 - 180, choices)


def bearing(site: Site) -> Drawing:
    """Give wedges on the sides named, or all that lies on that side of an area or a line."""
    table = precision_table()
    if site.spot.distance_km:
        return ring(site)
    sides = [s for s in site.spot.part or (site.spot.bearing,) if s in geodesy.COMPASS]
    if not sides:
        return direction(site)
    half, length = table.degrees["wedge_half"], table.metres["wedge"]
    words = site.say("wedge", km=kilometres(length), degrees=f"{half:g}")
    return _on_sides(site, sides, (0, length), words)


def _too_far(site: Site, stated: float) -> Drawing:
    key = "no_figure" if stated <= 0 else "far_figure"
    return Drawing(
        None, site.spot.lat, site.spot.lon, (site.say(key, stated=kilometres(stated * 1000)),)
    )


def ring(site: Site) -> Drawing:
    """Give a ring at the distance stated, or the arc of it on the side named."""
    table = precision_table()
    stated, wide = site.spot.distance_km or 0, _wide(site)
    if stated <= 0 or stated > (FAR_BAND_KM if wide else FAR_RING_KM):
        return _too_far(site, stated)
    share, metres = table.shares["ring"], stated * 1000
    inner, outer = metres * (1 - share), metres * (1 + share)
    if site.spot.bearing in geodesy.COMPASS:
        half = f"{table.degrees['wedge_half']:g}"
        words = site.say("arc", stated=kilometres(stated * 1000), degrees=half)
        return _on_sides(site, [site.spot.bearing], (inner, outer), words)
    words = site.say("ring", stated=kilometres(stated * 1000))
    if wide is None:
        shape = geodesy.ring(lat=site.lat, lon=site.lon, inner_m=inner, outer_m=outer)
        return Drawing(shape, site.lat, site.lon, (words,))
    if wide.shape is None:
        return wide
    shape = beside.band(wide.shape, inner_m=inner, outer_m=outer)
    return wide._replace(shape=shape, choices=(words, *(wide.choices or (_counted(site),))))


def between(site: Site) -> Drawing:
    """Give the strip from one place to the other, or the middle third of it."""
    table = precision_table()
    metres = table.metres["between"]
    if site.other is None:
        alone = site.say("no_other", km=kilometres(metres))
        wide = None if site.spot.lat is not None else _wide(site)
        return _beside(site, wide, metres, alone) if wide else disc(site, metres, alone)
    if {site.kind, site.other.kind} & {"country", "macro"}:
        return Drawing(None, site.spot.lat, site.spot.lon, (site.say("wide_ends"),))
    ends = _ends(site, site.other)
    middle = geodesy.point_along(0.5, **ends)
    words: tuple[str, ...] = (site.say("corridor", km=kilometres(metres)),)
    if site.spot.part == ("C",):
        start, stop = (geodesy.point_along(s, **ends) for s in (1 / 3, 2 / 3))
        ends = {"lat": start[0], "lon": start[1], "to_lat": stop[0], "to_lon": stop[1]}
        words += (site.say("halfway"),)
    return Drawing(geodesy.corridor(**ends, half_width_m=metres), *middle, words)


def _ends(site: Site, other: Place) -> dict[str, float]:
    """Give the two ends of a strip: points, or where outlines or courses come nearest."""
    there = other.location
    one, two = site.outline, outline_of(site.atlas, other, site.on)
    # a river has a course and no point
    here = inside(site, one) if site.spot.lat is None and one is not None else (site.lat, site.lon)
    spots = (here, (there.lat, there.lon))
    if one is not None or two is not None:
        one = shapely.Point(site.lon, site.lat) if one is None else one
        two = shapely.Point(there.lon, there.lat) if two is None else two
        spots = beside.nearest(one, two) or spots
    (lat, lon), (to_lat, to_lon) = spots
    return {"lat": lat, "lon": lon, "to_lat": to_lat, "to_lon": to_lon}
