"""What is drawn for each precision class."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
import shapely

from geo.geometries import about, cuts, geodesy
from geo.geometries.output import geojson
from geo.geometries.sites import Atlas, Drawing, Site, dated
from geo.model import Event, EventPlace, Feature, Place
from geo.precision import BESIDE, TOLD, kilometres, precision_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.model import Relation


def draw(event: Event, place: EventPlace, gazetteer: Atlas) -> Feature:
    """Give the Feature of one place of an event; its id is the event's with the place's number."""
    spot = _stand_in(place, gazetteer)
    site = Site(
        spot,
        gazetteer.places.get(spot.place_id),
        gazetteer.places.get(spot.other_place_id),
        event.date_start or event.date_end,
        gazetteer,
    )
    drawn = _drawing(site)
    number = next((n for n, p in enumerate(event.places, 1) if p is place), 0) or (
        event.places.index(place) + 1 if place in event.places else 1
    )
    if spot is not place:
        key = "told" if place.precision in TOLD else "told_in"
        words = precision_table().choices[key].format(place=place.place, anchor=spot.place)
        drawn = drawn._replace(choices=(words, *drawn.choices))
    ucdp, acled = codes(spot, site.place, site.other)
    geometry = None if drawn.shape is None else geojson(drawn.shape)
    unseen = (site.say("too_small"),) if geometry is None and drawn.shape is not None else ()
    return Feature(
        id=f"{event.id}-{number}",
        event_id=event.id,
        place=place,
        geometry=geometry,
        lat=None if drawn.lat is None else round(drawn.lat, 5),
        lon=None if drawn.lon is None else round(drawn.lon, 5),
        ucdp_where_prec=ucdp,
        acled_geo_precision=acled,
        choices=(*drawn.choices, *unseen),
    )


def _stand_in(place: EventPlace, gazetteer: Atlas) -> EventPlace:
    """Give the known place that an unknown one is told by, with the words that tell it."""
    anchor = gazetteer.places.get(place.other_place_id)
    if place.place_id or anchor is None or place.precision == "none":
        return place
    plain = place.precision if place.precision in TOLD else "in"
    relation = {"near": "outskirts", "in": "part-of"}.get(plain, plain) if place.part else plain
    return msgspec.structs.replace(
        place,
        place=anchor.label,
        place_id=anchor.id,
        lat=anchor.location.lat,
        lon=anchor.location.lon,
        relation=cast("Relation", relation),
        other_place_id="",
    )


def codes(place: EventPlace, named: Place | None, other: Place | None) -> tuple[int, int]:
    """Give UCDP's where_prec and ACLED's geo_precision."""
    table = precision_table()
    base = table.classes[place.precision]
    apart = (place.distance_km or 0) * 1000
    if place.precision == "between" and named and other:
        a, b = named.location, other.location
        apart = geodesy.metres_between(lat=a.lat, lon=a.lon, to_lat=b.lat, to_lon=b.lon)
    if apart > table.far.over_m and place.precision in ("between", "distance", "bearing", "near"):
        return table.far.ucdp_where_prec, table.far.acled_geo_precision
    if place.shape_id and place.relation in ("near", "distance", "bearing"):
        line = table.classes["line"]  # beside a line is as long as the line
        return line.ucdp_where_prec, line.acled_geo_precision
    if place.precision == "district" and named and named.kind == "province":
        return base.ucdp_where_prec, table.province_acled_geo_precision
    return base.ucdp_where_prec, base.acled_geo_precision


# -- by class ------------------------------------------------------------------------------------


def _drawing(site: Site) -> Drawing:
    spot = site.spot
    if spot.precision in ("none", "country"):
        point = (None, None) if spot.precision == "none" else (spot.lat, spot.lon)
        return Drawing(None, *point, (site.say(spot.precision),))
    beside = spot.shape_id and spot.precision in ("near", "distance", "bearing")
    if beside and site.outline is None:
        return _without_line(site)  # nothing to count from
    drawn = BY_CLASS[spot.precision](site)
    if drawn is None:
        return Drawing(None, None, None, (site.say("no_point"),))
    if drawn.shape is not None and drawn.shape.is_empty:
        return drawn._replace(shape=None)
    return drawn


def _needs_point(
    maker: Callable[[Site], Drawing],
) -> Callable[[Site], Drawing | None]:
    """Give nothing for a place without a point and without an outline or a course."""

    def run(site: Site) -> Drawing | None:
        located = site.spot.lat is not None and site.spot.lon is not None
        return maker(site) if located or site.outline is not None else None

    return run


def _exact(site: Site) -> Drawing:
    return Drawing(shapely.Point(site.lon, site.lat), site.lat, site.lon)


def _settlement(site: Site) -> Drawing:
    extent = site.place.extent_m if site.place else 0
    metres = extent or precision_table().metres["settlement"]
    words = site.say("extent" if extent else "no_extent", km=kilometres(metres))
    return _part(site, about.disc(site, metres, words))


def _district(site: Site) -> Drawing:
    if site.spot.relation in BESIDE:
        return about.near(site)
    area = site.area
    if area is None:
        return _part(site, about.circle_for_area(site))
    return _part(site, Drawing(area, *about.inside(site, area)))


def _part(site: Site, whole: Drawing) -> Drawing:
    """Draw the part of an area that the text names, if it names one."""
    points = site.spot.part
    if site.spot.relation != "part-of" or not points or whole.shape is None:
        return whole
    table = precision_table()
    shape = cuts.area_part(whole.shape, points, share=table.shares["part"])
    if shape.is_empty:
        return whole
    inside = shape.representative_point()
    words = tuple(
        site.say("centre") if p == "C" else site.say("part", side=table.adjectives[p])
        for p in points
    )
    return Drawing(shape, inside.y, (inside.x + 180) % 360 - 180, (*whole.choices, *words))


def _line(site: Site) -> Drawing:
    """Draw the dated line, the section of it that is named, or the stretch in the place named."""
    table = precision_table()
    line = dated(site.atlas, site.spot.shape_id or site.spot.place_id, "line", site.on)
    if line is None:
        return _without_line(site)
    if site.spot.part:
        cut = cuts.line_part(line, site.spot.part, share=table.shares["part"])
        words = tuple(
            site.say("middle") if p == "C" else site.say("section", side=table.adjectives[p])
            for p in site.spot.part
        )
        return Drawing(cut, *cuts.middle_of(cut), words)
    record = site.atlas.places.get(site.spot.shape_id)
    area = None if record is None or site.spot.place_id in record.borders else site.area
    if area is not None:
        near = cuts.line_beside(line, area, metres=table.metres["beside_area"])
        if near is not None:
            return Drawing(near, *cuts.middle_of(near), (site.say("line_in"),))
    return Drawing(line, *cuts.middle_of(line), (site.say("whole_line"),))


def _without_line(site: Site) -> Drawing:
    """Draw the outline of the area named for a line whose course is not on record."""
    area = site.area if site.kind in ("district", "province", "region") else None
    if area is None:
        return Drawing(None, site.spot.lat, site.spot.lon, (site.say("no_line"),))
    return Drawing(area, site.spot.lat, site.spot.lon, (site.say("area_for_line"),))


BY_CLASS: dict[str, Callable[[Site], Drawing | None]] = {
    "exact": _needs_point(_exact),
    "settlement": _needs_point(_settlement),
    "near": _needs_point(about.near),
    "direction": _needs_point(about.direction),
    "bearing": _needs_point(about.bearing),
    "distance": _needs_point(about.ring),
    "between": _needs_point(about.between),
    "district": _needs_point(_district),
    "region": _needs_point(_district),
    "border": _line,
    "line": _line,
}
