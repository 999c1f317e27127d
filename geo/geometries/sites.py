"""The place of an event as drawing sees it, and its lines and areas on record."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, Protocol

import shapely
from shapely.geometry import shape as from_geojson

from geo.precision import AREAS, precision_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from geo.model import EventPlace, Place, Shape

LONG = ("feature", "facility", "line")  # kinds whose course may be on record


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

    @property
    def outline(self) -> BaseGeometry | None:
        """The area or line that sides and distances are counted from; None for a mere point."""
        if self.spot.shape_id:
            return dated(self.atlas, self.spot.shape_id, "line", self.on)
        return outline_of(self.atlas, self.place, self.on)

    def say(self, key: str, **values: object) -> str:
        """Give a choice in words."""
        line = self.atlas.places.get(self.spot.shape_id)
        named = {
            "place": self.spot.place,
            "line": line.label if line else "",
            "word": self.place.feature.word if self.place else "place",
        }
        return precision_table().choices[key].format(**{**named, **values})


def dated(atlas: Atlas, place_id: str, kind: str, on: dt.date | None) -> BaseGeometry | None:
    """Give the line or area of a place on a day, all pieces of it; the latest of several."""
    found = [s for s in atlas.shapes(place_id, on=on) if s.kind == kind] if place_id else []
    if not found:
        return None
    days = max(_days(s) for s in found)
    pieces = [from_geojson(s.geometry) for s in found if _days(s) == days]
    return shapely.union_all([shapely.make_valid(p) for p in pieces])


def outline_of(atlas: Atlas, place: Place | None, on: dt.date | None) -> BaseGeometry | None:
    """Give the area of a wide place, or the course or area of a feature; None for a mere point."""
    if place is None or place.kind not in (*AREAS, *LONG):
        return None
    course = dated(atlas, place.id, "line", on) if place.kind in LONG else None
    return dated(atlas, place.id, "area", on) if course is None else course


def _days(shape: Shape) -> tuple[dt.date, dt.date]:
    """Give the last and first day of a shape; pieces of one line or area share both."""
    return shape.end or dt.date.max, shape.start or dt.date.min
