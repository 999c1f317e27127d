"""Every key that means a place: of its names, of the ways the press writes them, of its label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.folding import name_key
from geo.gazetteer.spellings import spelling_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geo.model import Pack, Place

# The keys of the words, the number of the name behind them, and how they match it.
PlaceKey = tuple[tuple[str, ...], int, str]
# Between the names of two users in a label.
_LABEL_JOIN = " / "


def keys_of_pack(places: Iterable[Place], pack: Pack) -> Mapping[str, tuple[PlaceKey, ...]]:
    """Give place id -> every key that means the place, in the order of its names."""
    everyday = frozenset(map(name_key, pack.everyday))
    return {place.id: tuple(_keys(place, pack, everyday)) for place in places}


def _keys(place: Place, pack: Pack, everyday: frozenset[tuple[str, ...]]) -> Iterator[PlaceKey]:
    seen = set()
    for n, form in enumerate(place.names):
        if key := name_key(form.text):
            seen.add(key)
            yield key, n, "folded"
        for key in spelling_keys(form, pack.languages):
            if key not in everyday:
                seen.add(key)
                yield key, n, "romanised"
    # A label is our heading and no attested name, but who reads it will look it up.
    for part in place.label.split(_LABEL_JOIN):
        if (key := name_key(part)) and key not in seen:
            yield key, 0, "label"
