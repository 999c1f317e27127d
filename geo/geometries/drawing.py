"""What is drawn for each precision class."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, Protocol

import shapely
from shapely.geometry import shape as from_geojson

from geo.geometries import cuts, geodesy
from geo.geometries.output import geojson
from geo.model import Event, EventPlace, Feature, Place, Shape
from geo.precision import AREAS, kilometres, precision_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shapely.geometry.base import BaseGeometry

FAR_RING_KM = 5000  # a ring of that size says nothing


class Atlas(Protocol):
    """What is asked of a gazetteer."""

    @property
    def places(self) -> Mapping[str, Place]:
        """Every place by its id."""

    def shapes(self, place_id: str, *, on: dt.date | None = None) -> tuple[Shape, ...]:
        """Give the lines and areas of a place valid on a day."""


class Drawing(NamedTuple):
    """A shape in degrees, its representative point, and our readings in words."""

    shape: BaseGeometry | None
    lat: float | None
    lon: float | None
    choices: tuple[str, ...] = ()


class Site(NamedTuple):
    """All that the drawing of one place of an event rests on."""

    spot: EventPlace
    place: Place | None
    other: Place | None
    on: dt.date | None
    atlas: Atlas

    @property
    def lat(self) -> float:
        """Of the named place; only asked where it has a point."""
        return self.spot.lat if self.spot.lat is not None else 0.0

    @property
    def lon(self) -> float:
        """Of the named place; only asked where it has a point."""
        return self.spot.lon if self.spot.lon is not None else 0.0

    @property
    def kind(self) -> str:
        """Kind of the named place; "" where it is not on record."""
        return self.place.kind if self.place else ""

    @property
    def area(self) -> BaseGeometry | None:
        """The outline of the named place on the day."""
        return dated(self.atlas, self.spot.place_id, "area", self.on)

    def say(self, key: str, **values: object) -> str:
        """Give a choice in words."""
        named = {
            "place": self.spot.place,
            "word": self.place.feature.word if self.place else "place",
        }
        return precision_table().choices[key].format(**{**named, **values})


def draw(event: Event, place: EventPlace, gazetteer: Atlas) -> Feature:
    """Give the Feature of one place of an event; its id is the event's with the place's number."""
    site = Site(
        place,
        gazetteer.places.get(place.place_id),
        gazetteer.places.get(place.other_place_id),
        event.date_start or event.date_end,
        gazetteer,
    )
    drawn = _drawing(site)
    number = next((n for n, p in enumerate(event.places, 1) if p is place), 0) or (
        event.places.index(place) + 1 if place in event.places else 1
    )
    ucdp, acled = codes(place, site.place, site.other)
    return Feature(
        id=f"{event.id}-{number}",
        event_id=event.id,
        place=place,
        geometry=None if drawn.shape is None else geojson(drawn.shape),
        lat=None if drawn.lat is None else round(drawn.lat, 5),
        lon=None if drawn.lon is None else round(drawn.lon, 5),
        ucdp_where_prec=ucdp,
        acled_geo_precision=acled,
        choices=drawn.choices,
    )


def codes(place: EventPlace, named: Place | None, other: Place | None) -> tuple[int, int]:
    """Give UCDP's where_prec and ACLED's geo_precision."""
    table = precision_table()
    base = table.classes[place.precision]
    apart = (place.distance_km or 0) * 1000
    if place.precision == "between" and named and other:
        a, b = named.location, other.location
        apart = geodesy.metres_between(lat=a.lat, lon=a.lon, to_lat=b.lat, to_lon=b.lon)
    if apart > table.far.over_m and place.precision in ("between", "distance", "bearing"):
        return table.far.ucdp_where_prec, table.far.acled_geo_precision
    if place.precision == "district" and named and named.kind == "province":
        return base.ucdp_where_prec, table.province_acled_geo_precision
    return base.ucdp_where_prec, base.acled_geo_precision


def dated(atlas: Atlas, place_id: str, kind: str, on: dt.date | None) -> BaseGeometry | None:
    """Give the line or area of a place on a day, all pieces of it; the latest of several."""
    found = [s for s in atlas.shapes(place_id, on=on) if s.kind == kind] if place_id else []
    if not found:
        return None
    days = max(_days(s) for s in found)
    pieces = [from_geojson(s.geometry) for s in found if _days(s) == days]
    return shapely.union_all([shapely.make_valid(p) for p in pieces])


def _days(shape: Shape) -> tuple[dt.date, dt.date]:
    """Give the last and first day of a shape; pieces of one line or area share both."""
    return shape.end or dt.date.max, shape.start or dt.date.min


# -- by class ------------------------------------------------------------------------------------


def _drawing(site: Site) -> Drawing:
    spot = site.spot
    if spot.precision in ("none", "country"):
        point = (None, None) if spot.precision == "none" else (spot.lat, spot.lon)
        return Drawing(None, *point, (site.say(spot.precision),))
    drawn = BY_CLASS[spot.precision](site)
    if drawn is None:
        return Drawing(None, None, None, (site.say("no_point"),))
    if drawn.shape is not None and drawn.shape.is_empty:
        return drawn._replace(shape=None)
    return drawn


def _needs_point(
    maker: Callable[[Site], Drawing],
) -> Callable[[Site], Drawing | None]:
    """Give nothing for a place without a point."""

    def run(site: Site) -> Drawing | None:
        return None if site.spot.lat is None or site.spot.lon is None else maker(site)

    return run


def _disc(site: Site, metres: float, *choices: str) -> Drawing:
    shape = geodesy.circle(lat=site.lat, lon=site.lon, radius_m=metres)
    return Drawing(shape, site.lat, site.lon, choices)


def _exact(site: Site) -> Drawing:
    return Drawing(shapely.Point(site.lon, site.lat), site.lat, site.lon)


def _settlement(site: Site) -> Drawing:
    extent = site.place.extent_m if site.place else 0
    metres = extent or precision_table().metres["settlement"]
    words = site.say("extent" if extent else "no_extent", km=kilometres(metres))
    return _part(site, _disc(site, metres, words))


def _near(site: Site) -> Drawing:
    table = precision_table()
    relation = site.spot.relation if site.spot.relation in table.metres else "near"
    metres = table.metres[relation]
    if site.kind in AREAS:
        return _beside(site, metres, relation)
    extent = site.place.extent_m if site.place else 0
    metres = min(max(metres, extent), table.metres["near_cap"])
    return _disc(site, metres, site.say("radius", km=kilometres(metres), relation=relation))


def _direction(site: Site) -> Drawing:
    metres = precision_table().metres["direction"]
    if site.kind in AREAS:
        return _beside(site, metres, "direction")
    return _disc(site, metres, site.say("direction", km=kilometres(metres)))


def _beside(site: Site, metres: float, relation: str) -> Drawing:
    """Draw an area with a margin: no disc round the middle of a district is near the district."""
    area = site.area
    if area is None:
        return _district(site)
    words = site.say("beside_area", km=kilometres(metres), relation=relation)
    return Drawing(cuts.grown(area, metres=metres), site.lat, site.lon, (words,))


def _bearing(site: Site) -> Drawing:
    table = precision_table()
    half = table.degrees["wedge_half"]
    if site.spot.distance_km:
        return _ring(site)
    if site.spot.bearing not in geodesy.COMPASS:
        return _direction(site)
    azimuth = geodesy.degrees_of(site.spot.bearing)
    length = table.metres["wedge"]
    shape = geodesy.sector(
        lat=site.lat, lon=site.lon, azimuth=azimuth, half=half, inner_m=0, outer_m=length
    )
    middle = geodesy.point_at(lat=site.lat, lon=site.lon, azimuth=azimuth, metres=length / 2)
    words = site.say("wedge", km=kilometres(length), degrees=f"{half:g}")
    return Drawing(shape, *middle, (words,))


def _ring(site: Site) -> Drawing:
    table = precision_table()
    stated = site.spot.distance_km
    if not stated or stated < 0 or stated > FAR_RING_KM:
        key = "no_figure" if not stated or stated < 0 else "far_figure"
        return Drawing(None, site.lat, site.lon, (site.say(key, stated=f"{stated or 0:g}"),))
    share, metres = table.shares["ring"], stated * 1000
    inner, outer = metres * (1 - share), metres * (1 + share)
    if site.spot.bearing not in geodesy.COMPASS:
        shape = geodesy.ring(lat=site.lat, lon=site.lon, inner_m=inner, outer_m=outer)
        return Drawing(shape, site.lat, site.lon, (site.say("ring", stated=f"{stated:g}"),))
    azimuth, half = geodesy.degrees_of(site.spot.bearing), table.degrees["wedge_half"]
    shape = geodesy.sector(
        lat=site.lat, lon=site.lon, azimuth=azimuth, half=half, inner_m=inner, outer_m=outer
    )
    middle = geodesy.point_at(lat=site.lat, lon=site.lon, azimuth=azimuth, metres=metres)
    return Drawing(shape, *middle, (site.say("arc", stated=f"{stated:g}", degrees=f"{half:g}"),))


def _between(site: Site) -> Drawing:
    metres = precision_table().metres["between"]
    if site.other is None:
        return _disc(site, metres, site.say("no_other", km=kilometres(metres)))
    there = site.other.location
    ends = {"lat": site.lat, "lon": site.lon, "to_lat": there.lat, "to_lon": there.lon}
    shape = geodesy.corridor(**ends, half_width_m=metres)
    return Drawing(shape, *geodesy.midpoint(**ends), (site.say("corridor", km=kilometres(metres)),))


def _district(site: Site) -> Drawing:
    area = site.area
    if area is not None:
        lat, lon = site.lat, site.lon
        if not area.covers(shapely.Point(lon, lat)):
            inside = area.representative_point()
            lat, lon = inside.y, inside.x
        return _part(site, Drawing(area, lat, lon))
    table = precision_table()
    metres = table.metres.get(site.kind, table.metres["district"])
    return _part(site, _disc(site, metres, site.say("no_outline", km=kilometres(metres))))


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
    "near": _needs_point(_near),
    "direction": _needs_point(_direction),
    "bearing": _needs_point(_bearing),
    "distance": _needs_point(_ring),
    "between": _needs_point(_between),
    "district": _needs_point(_district),
    "region": _needs_point(_district),
    "border": _line,
    "line": _line,
}
