"""The nearest of many keys, for many misspelt ones at a time: complete up to two edits.

An edit is an insertion, a deletion, a change, or a swap of neighbours, each letter edited once at
most ("optimal string alignment"). A key is cut in thirds. Two edits leave one of them whole, unless
a swap sits astride a cut, and what a swap makes of a third is known; so a table of thirds gives few
candidates, and all that are near are among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_EDITS = 2

_Third = dict[str, list[str]]


class Nearest(NamedTuple):
    """The keys, sorted, that are the fewest edits away; none: nothing is near enough."""

    keys: tuple[str, ...]
    edits: int


class NearestKeys:
    """Keys to compare with. Built once, then only read."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_length: dict[int, tuple[_Third, _Third, _Third]] = {}
        for key in keys:
            size = len(key)
            thirds = self._by_length.setdefault(size, ({}, {}, {}))
            one, two = _cuts(size)
            for table, part in zip(thirds, (key[:one], key[one:two], key[two:]), strict=True):
                table.setdefault(part, []).append(key)

    def nearest(self, key: str, *, edits: int = MOST_EDITS) -> Nearest:
        """Give the keys that are the fewest edits away, at most ``edits``, which is 0, 1 or 2."""
        candidates = (self._unedited, self._one_edit, self._two_edits)
        for most in range(edits + 1):
            choices = candidates[most](key)
            near = extract(key, choices, scorer=OSA.distance, score_cutoff=most, limit=None)
            if near:
                return Nearest(tuple(sorted({choice for choice, _, _ in near})), most)
        return Nearest((), 0)

    def _unedited(self, key: str) -> list[str]:
        thirds = self._by_length.get(len(key))
        return thirds[0].get(key[: _cuts(len(key))[0]], []) if thirds else []

    def _one_edit(self, key: str) -> list[str]:
        """One edit, even a swap astride a cut, leaves the first or the last third whole."""
        found: list[str] = []
        for size in range(len(key) - 1, len(key) + 2):
            if thirds := self._by_length.get(size):
                one, two = _cuts(size)
                found += thirds[0].get(key[:one], ())
                found += thirds[2].get(key[len(key) - size + two :], ())
        return found

    def _two_edits(self, key: str) -> list[str]:
        found: list[str] = []
        for size in range(len(key) - 2, len(key) + 3):
            if thirds := self._by_length.get(size):
                first, middle, last = thirds
                longer = len(key) - size
                one, two = _cuts(size)
                found += first.get(key[:one], ())
                found += last.get(key[two + longer :], ())
                # The edits before the middle third shift it, those after it the rest.
                for shift in _SHIFTS[longer]:
                    found += middle.get(key[one + shift : two + shift], ())
                if abs(longer) < 2:
                    # A swap astride a cut spoils two thirds, the other edit may spoil the last.
                    found += first.get(key[: one - 1] + key[one : one + 1], ())
                    at = two + longer
                    found += last.get(key[at - 1 : at] + key[at + 1 :], ())
        return found


# Letters that the key is longer by -> shifts of its middle with which at most two edits make that.
_SHIFTS = {
    longer: tuple(s for s in range(-2, 3) if abs(s) + abs(longer - s) <= MOST_EDITS)
    for longer in range(-2, 3)
}


def _cuts(size: int) -> tuple[int, int]:
    return size // 3, size - size // 3
