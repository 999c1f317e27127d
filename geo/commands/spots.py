"""A point of the Earth as a user gives it: LAT,LON or LAT LON, the id of a place, or its name."""

from __future__ import annotations

from geo.commands.asking import places_called, suggestions
from geo.errors import AmbiguousPlace, InputError, UnknownPlace
from geo.folding import name_key
from geo.lookup.ranking import ID_MARK
from geo.lookup.verdicts import shown
from geo.options import coordinates, looks_like_degrees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.lookup.answers import Answer
    from geo.lookup.index import Index

# Candidates named in an error; `clashmap lookup` shows all.
_NAMED = 10


class Spot:
    """A point, and the place that it stands for; a point given as such has none."""

    __slots__ = ("label", "lat", "lon", "place")

    def __init__(self, *, lat: float, lon: float, place: Answer | None = None) -> None:
        """Take the point."""
        self.lat, self.lon, self.place = lat, lon, place
        self.label = place.label if place else f"{lat:g}, {lon:g}"

    def as_dict(self) -> dict[str, object]:
        """Give what JSON output tells of it."""
        place = self.place
        if place is None:
            return {
                "id": "",
                "label": self.label,
                "lat": self.lat,
                "lon": self.lon,
                "accuracy_m": 0,
            }
        from geo.commands.show import brief

        return brief(place)


def read_spot(
    index: Index, words: Sequence[str], *, on: str = "", packs: Sequence[str] = ()
) -> Spot:
    """Give the point that words mean; raise where it is no place or several.

    Two numbers are a point, together in one word or not; other words are one name.
    """
    text = " ".join(word.strip() for word in words)
    numbers = text.replace(",", " ").split()
    if len(numbers) > 1 and all(looks_like_degrees(number) for number in numbers):
        if len(numbers) > 2:
            raise InputError(f"{text!r} is not LAT LON, two numbers as in 40.18 44.51")
        try:
            lat, lon = coordinates(*numbers)
        except ValueError as error:
            raise InputError(str(error)) from None
        return Spot(lat=lat, lon=lon)
    if len(numbers) == 1 and looks_like_degrees(text.strip(",")):
        raise InputError(f"{text!r} is not LAT LON, two numbers as in 40.18 44.51")
    place = named(index, text, on=on, packs=packs)
    return Spot(lat=place.lat, lon=place.lon, place=place)


def named(index: Index, text: str, *, on: str = "", packs: Sequence[str] = ()) -> Answer:
    """Give the one place of a name or an id, complete; raise where there is none, or several."""
    found = places_called(index, text, packs, on=on)
    if not found:
        near = suggestions(index, text, packs)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UnknownPlace(f"no place is called {shown(text)}{hint}")
    if not index.decided(found, on=on):
        listed = "; ".join(
            f"{_unmistakable(a.id, text)} ({a.label}, {a.word})" for a in found[:_NAMED]
        )
        raise AmbiguousPlace(f"{len(found)} places are called {shown(text)}; give an id: {listed}")
    return index.complete(found[0], on=on)


def _unmistakable(place_id: str, text: str) -> str:
    """The id, marked as one where it reads like the name that was given."""
    return ID_MARK + place_id if name_key(place_id) == name_key(text) else place_id
