"""A geopy ``Geocoder`` that answers from curated packs: offline, dated, with the record behind it.

The only importer of geopy. ``location.raw`` is the whole ``Place``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

if TYPE_CHECKING:
    import datetime as dt

    from geo.gazetteer import Gazetteer
    from geo.model import Place

DEFAULT_KM = 25.0


class CuratedGazetteer(Geocoder):  # type: ignore[misc]
    """Geocodes with a ``Gazetteer``; never uses the network."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take the packs to answer from."""
        super().__init__()
        self._gazetteer = gazetteer

    def geocode(
        self, query: str, *, exactly_one: bool = True, on: dt.date | None = None
    ) -> Location | list[Location] | None:
        """Give the best place of a name, or all, best first; None where there is none.

        ``exactly_one`` gives the first in rank even where others bear the name; ask for all to see.
        """
        found = [_location(match.place) for match in self._gazetteer.find(query, on=on)]
        return _some(found, exactly_one=exactly_one)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        km: float = DEFAULT_KM,
    ) -> Location | list[Location] | None:
        """Give the nearest place within ``km`` of a point (lat, lon), or all of them."""
        point = Point(query)
        near = self._gazetteer.near(lat=point.latitude, lon=point.longitude, km=km)
        return _some([_location(n.place) for n in near], exactly_one=exactly_one)


def _some(found: list[Location], *, exactly_one: bool) -> Location | list[Location] | None:
    if not found:
        return None
    return found[0] if exactly_one else found


def _location(place: Place) -> Location:
    return Location(place.label, Point(place.location.lat, place.location.lon), place)
