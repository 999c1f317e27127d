"""What speaks for one place of the list of the world among all places of its name.

The list knows nothing of use: a name of it is held by a city and by twenty hamlets. The rules of
``geo.places.rules`` apply as to any place; these add how large it is and what else of the text lies
about it, where places of the list are among the candidates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.lookup.distances import haversine_km

if TYPE_CHECKING:
    from geo.model import Place
    from geo.places.context import Context

    Told = tuple[float, str] | None

# Sides of the built-up area, metres -> points: a million people, a hundred thousand, ten thousand.
_MILLION, _HUNDRED_THOUSAND, _TEN_THOUSAND = 14_000, 4_400, 1_400
_SIZES = ((_MILLION, 1.5), (_HUNDRED_THOUSAND, 1.0), (_TEN_THOUSAND, 0.5))
_THE_ONE = 0.5
# What a pack has is what news means by the name, unless the text says otherwise.
_CURATED = {"country": 3.0, "province": 3.0, "region": 3.0}
_CURATED_TOWN = 1.0
# Points for each other name about, and at most.
_TOGETHER, _MOST_TOGETHER, _LEAST_TOGETHER = 2.0, 2.5, 0.2
# Nearer than this to another place of the text, or with so much of another name about it, a place
# has to do with the text.
_NEAR_KM, _COMPANY = 250.0, 0.3
_SAME_SPOT_KM = 15.0
_STATES = frozenset(("country", "macro"))


def size(at: int, place: Place, context: Context) -> Told:
    """Tell how large a town is."""
    if place.kind != "settlement" or not context.has_world(at):
        return None
    points = next((points for side, points in _SIZES if place.extent_m >= side), 0.0)
    if points and _is_the_one(at, place, context):
        return points + _THE_ONE, "a large town, and no other of its name is a tenth as large"
    return (points, "a large town") if points else None


def curated(at: int, place: Place, context: Context) -> Told:
    """Put what a pack has before what only the list of the world has."""
    if not context.has_world(at) or context.is_of_the_world(place):
        return None
    return _CURATED.get(place.kind, _CURATED_TOWN), "a pack has it"


def together(at: int, place: Place, context: Context) -> Told:
    """Tell how many other names of the text have a place about here."""
    if not context.has_world(at) or place.kind not in {"settlement", "district", "facility"}:
        return None
    points = _TOGETHER * context.name_map.about(place, besides=context.key(at))
    if points < _LEAST_TOGETHER:
        return None
    return round(min(_MOST_TOGETHER, points), 1), "other names of the text have places near it"


def is_baseless(at: int, place: Place, context: Context) -> str:
    """Say that only a name and a country speak for a place of the list of the world, else "".

    What does speak for it: it is a large town or dwarfs all others of its name, lies in an area
    that the text names, or near another place of it; where the text has no place at all to be near
    to, the country must do.
    """
    own = context.key(at)
    areas = (p for p in context.chain(place) if context.gazetteer.places[p].kind not in _STATES)
    nearest = context.nearest_anchor(place)
    if (
        not context.is_of_the_world(place)
        or place.extent_m >= _HUNDRED_THOUSAND
        or (_is_the_one(at, place, context) and not _has_company(place, own, context))
        or any(context.named.get(area, set()) - {own} for area in areas)
        or context.name_map.about(place, besides=own) >= _COMPANY
        or (nearest is not None and nearest[0] <= _NEAR_KM)
        or (nearest is None and context.speaks_of(context.chain(place), besides=own)[0])
    ):
        return ""
    return "the list of the world has one, and nothing in the text leads there"


def _has_company(place: Place, own: tuple[str, ...], context: Context) -> bool:
    """Say whether the text has other places of the same country: then one far off is unlikely."""
    country = context.chain(place)[-1:]
    return any(
        other.id != place.id and context.chain(other)[-1:] == country
        for other in context.anchors.values()
        if context.named.get(other.id, set()) - {own}
    )


def is_same_spot(one: Place, other: Place, context: Context) -> bool:
    """Say whether the list of the world has what a pack has too, under a number of its own."""
    listed = context.is_of_the_world(one) or context.is_of_the_world(other)
    spot, to = one.location, other.location
    return (
        listed
        and haversine_km(lat=spot.lat, lon=spot.lon, to_lat=to.lat, to_lon=to.lon) <= _SAME_SPOT_KM
    )


def _is_the_one(at: int, place: Place, context: Context) -> bool:
    """Say whether a town dwarfs all others of its name: a tenth of its people is a third across."""
    others = (other for other in context.mentions[at].candidates if other != place.id)
    largest = max((context.gazetteer.places[other].extent_m for other in others), default=0)
    return place.extent_m >= _TEN_THOUSAND and largest * 3 <= place.extent_m
