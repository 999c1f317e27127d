"""One article as the frames of unknown names see it: its words, known names and word lists."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.gazetteer import Gazetteer
    from geo.mentions import Found
    from geo.mentions.surroundings import Surroundings


@cache
def kind_words() -> frozenset[str]:
    """Give the words that, at its end, make a name that of a place."""
    generics = word_lists("generics")
    kinds = ("administrative", "feature", "facility", "streets")
    return frozenset().union(*(generics[kind] for kind in kinds))


class Reader:
    """One article's words, the names that are already known, and the lists that rules consult."""

    def __init__(self, known: Sequence[Found], around: Surroundings, gazetteer: Gazetteer) -> None:
        """Mark the words that known names cover."""
        self.around = around
        self.gazetteer = gazetteer
        self.known = {name.first: name for name in known}
        self.known_before = {name.last: name for name in known}
        self.taken = bytearray(len(around))
        self.take(known)
        self.generics = word_lists("generics")
        self.bodies = word_lists("organisations")
        self.frames = word_lists("frames")
        self.uses = Counter(around.keys)
        self._places_of: dict[str, list[int]] = {}

    def where(self, key: str) -> list[int]:
        """Give the numbers of all words with a key."""
        if not self._places_of:
            for at, other in enumerate(self.around.keys):
                self._places_of.setdefault(other, []).append(at)
        return self._places_of.get(key, [])

    def take(self, names: Sequence[Found]) -> None:
        """Keep the words of names from becoming new ones."""
        for name in names:
            self.taken[name.first : name.last] = b"\1" * (name.last - name.first)

    def before(self, first: int, step: int = 1) -> str:
        """Give a word before word ``first``, "" outside its sentence."""
        return self.around.word(first - step, of=first)

    def after(self, name: Found, step: int = 0) -> str:
        """Give a word after a name, "" outside its sentence."""
        return self.around.word(name.last + step, of=name.first)

    def close(self, at: int) -> bool:
        """Say whether only a space stands before word ``at``."""
        return self.around.gap(at) in {" ", "\u00a0"}
