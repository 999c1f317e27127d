"""A geopy ``Geocoder`` that answers from curated packs: offline, dated, with the record behind it.

The only importer of geopy.

>>> from geo.gazetteer import load_gazetteer
>>> geocoder = CuratedGazetteer(load_gazetteer("world"))
>>> geocoder.geocode("Київ")
Location(Kyiv, (50.45466, 30.5238, 0.0))
>>> geocoder.reverse("50.4, 30.5").raw["place_id"]
'kyiv'
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import msgspec
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.gazetteer.naming import Question, choices, is_settled
from geo.lookup.verdicts import shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from geo.gazetteer import Gazetteer
    from geo.model import Place

    PointLike: TypeAlias = Point | str | Sequence[float]

DEFAULT_KM = 25.0
_R = TypeVar("_R")


class CuratedLocation(Location):  # type: ignore[misc]
    """A geopy ``Location`` with the ``Place`` behind it; ``raw`` is the same as a plain dict."""

    __slots__ = ("_place",)

    def __init__(self, place: Place, raw: dict[str, object]) -> None:
        """Take the place, and what ``raw`` is to hold beside its record."""
        spot = place.location
        # Through JSON, so that ``raw`` is what a service would have sent.
        fields = msgspec.json.decode(msgspec.json.encode(place))
        record = {"place_id": place.id, **raw, **fields, "certainty": place.certainty}
        super().__init__(place.label, Point(spot.lat, spot.lon), record)
        self._place = place

    @property
    def place(self) -> Place:
        """The record."""
        return self._place

    def __getstate__(self) -> tuple[object, ...]:
        return (*super().__getstate__(), self._place)

    def __setstate__(self, state: tuple[object, object, object, Place]) -> None:
        super().__setstate__(state[:-1])
        self._place = state[-1]


class CuratedGazetteer(Geocoder):  # type: ignore[misc]
    """Geocodes with a ``Gazetteer``; never uses the network.

    ``timeout`` is taken where geopy's own take it, and never needed.
    """

    def __init__(self, gazetteer: Gazetteer, *, timeout: object = DEFAULT_SENTINEL) -> None:
        """Take the packs to answer from."""
        super().__init__(timeout=timeout)
        self._gazetteer = gazetteer

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        limit: int | None = None,
        on: dt.date | None = None,
        near: PointLike | None = None,
    ) -> Location | list[Location] | None:
        """Give the best place of a name or an id, or all, best first; None where there is none.

        ``exactly_one`` gives the first in rank even where others bear the name: its ``raw`` has
        ``decided``, which tells whether anything speaks for it, and the ids of all in
        ``candidates``. ``on`` is a day; ``near`` a point that the place is near to.
        """
        del timeout
        if not isinstance(query, str):
            raise GeocoderQueryError(f"a query is the name of a place, not {query!r}")
        where = None if near is None else _point(near)
        asked = Question(on, (where.latitude, where.longitude) if where else None)
        found = choices(self._gazetteer, query, asked)
        beside = {
            "query": query,
            "decided": is_settled(self._gazetteer, found, on),
            "candidates": [choice.id for choice in found],
        }
        answers = (
            CuratedLocation(
                choice.place,
                {**beside, "matched": choice.matched, "how": choice.how,
                 "reasons": list(choice.reasons)},
            )
            for choice in _some(found, exactly_one=exactly_one, limit=limit)
        )  # fmt: skip
        return _given(answers, exactly_one=exactly_one)

    def reverse(
        self,
        query: PointLike,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        limit: int | None = None,
        km: float = DEFAULT_KM,
    ) -> Location | list[Location] | None:
        """Give the nearest place within ``km`` of a point, or all, nearest first; None: none is.

        As with geopy's own, ValueError where numbers or text are no point of the Earth.
        """
        del timeout
        where = _point(query)
        near = self._gazetteer.near(lat=where.latitude, lon=where.longitude, km=km)
        answers = (
            CuratedLocation(found.place, {"km": found.km})
            for found in _some(near, exactly_one=exactly_one, limit=limit)
        )
        return _given(answers, exactly_one=exactly_one)


def _point(query: PointLike) -> Point:
    """Give a point; geopy takes None and an empty list for the middle of the Atlantic."""
    if isinstance(query, Point):
        return query
    if not isinstance(query, str | Sequence) or isinstance(query, bytes) or not query:
        raise GeocoderQueryError(f"{shown(str(query))} is not a point: (lat, lon), text or a Point")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what is wrong is in the error too
        return Point(query)


def _some(found: tuple[_R, ...], *, exactly_one: bool, limit: int | None) -> tuple[_R, ...]:
    if limit is not None and limit < 0:
        raise GeocoderQueryError(f"a limit is a number of places, not {limit}")
    return found[: 1 if exactly_one else limit or None]


def _given(answers: Iterable[Location], *, exactly_one: bool) -> Location | list[Location] | None:
    listed = list(answers)
    return listed[0] if listed and exactly_one else listed or None
