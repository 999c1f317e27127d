"""Names cut short behind a town: "Xville, Mo.", where "Mo." alone would be a word or a surname."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.mentions.surroundings import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.gazetteer import Gazetteer
    from geo.mentions import Found
    from geo.mentions.surroundings import Surroundings

REASON = "a name of the gazetteer, cut short behind another name"
# What stands behind a name that lost its point: "Xville, Mo, where".
_ENDINGS = frozenset((",", ")", ";", "\n", ""))


@lru_cache(maxsize=4)
def _shortened(gazetteer: Gazetteer) -> Mapping[str, tuple[str, ...]]:
    """Give the keys of names that are cut short, with the ids of all places of each."""
    return {
        entry.key[0]: entry.places
        for entries in gazetteer.name_index.values()
        for entry in entries
        if entry.shortened
    }


def short_forms(
    found: Iterable[Found], around: Surroundings, gazetteer: Gazetteer
) -> Iterable[Found]:
    """Yield each name cut short that stands directly behind a capitalised word and a comma.

    Without its point it counts only behind a name of the gazetteer and where a clause ends.
    """
    from geo.mentions import Found

    known = _shortened(gazetteer)
    ends_of_names = {name.last for name in found} if known else set()
    for at, key in enumerate(around.keys):
        if key not in known or not around.capital[at] or around.gap(at) != ", ":
            continue
        before = around.word(at - 1, of=at)
        if not before.isalpha() or not around.capital[at - 1]:
            continue
        end = around.ends[at]
        after = HIDDEN.sub("", around.text[end : end + 2])[:1]
        if after == "." or (after in _ENDINGS and at in ends_of_names):
            yield Found(at, at + 1, known[key], REASON)
