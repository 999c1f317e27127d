"""Whole names in a text: all that match, then the longest of those that overlap.

One expression visits the words that begin with a capital, and only they are folded, word by word:
so offsets are those of the text as given, whatever folding does to the length of a word, and a
longer name never hides one inside it that matches where it does not. A name may begin with a small
article or point of the compass in lower case ("the X", "north X") if its last word has a capital.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from geo.folding import fold, word_pattern, word_rest
from geo.folding_table import APOSTROPHES, INVISIBLE, MARKS
from geo.mentions.surroundings import HIDDEN, is_capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

V = TypeVar("V")

# Within a name: spaces, a line break that wraps it, hyphens and the points of "U.S.".
_INSIDE = frozenset(" \t\n\u00a0\u2009-\u2010\u2011.\u2019'‘`")
_LONGEST_GAP = 3
# Between the keys of a name: no key has a line break in it.
_BETWEEN = "\n"
# More different words than these are noise, and are looked at again.
_MEMO_LIMIT = 200_000
# No name that begins in lower case is longer.
_LOOK_BACK = 200
_ALONE = 1 << 1
# What mostly stands before a word, and is no part of one.
_PARTING = frozenset(' \n"(-/,.')
_START = itemgetter(0)


class Hit(NamedTuple, Generic[V]):
    """``text[start:end]``, so many words, is a name; ``value`` is what was given for it."""

    start: int
    end: int
    words: int
    value: V


class _Route(NamedTuple):
    """The key of a word; bit n of ``begins``: it begins names of n words; ``ends``: their words."""

    key: str
    begins: int
    ends: tuple[int, ...]


class Scanner(Generic[V]):
    """Names to find, each with a value. Built once, then only read."""

    def __init__(
        self,
        names: Iterable[tuple[tuple[str, ...], V]],
        *,
        capitals: Iterable[tuple[tuple[str, ...], V]] = (),
        small: frozenset[str] = frozenset(),
    ) -> None:
        """Take names as word keys. ``capitals`` hold, before ``names``, for words in capitals.

        ``small`` are keys of words that may begin a name in lower case.
        """
        self._small = small
        self._begins: dict[str, int] = {}
        self._ends: dict[str, set[int]] = {}
        self._names = self._table(names)
        self._capitals = self._table(capitals)
        self._routes = _Routes(self)

    def _table(self, names: Iterable[tuple[tuple[str, ...], V]]) -> dict[str, V]:
        table: dict[str, V] = {}
        for keys, value in names:
            table[_BETWEEN.join(keys)] = value
            if len(keys) > 1:
                self._begins[keys[0]] = self._begins.get(keys[0], 0) | 1 << len(keys)
                if keys[0] in self._small:
                    self._ends.setdefault(keys[-1], set()).add(len(keys))
        return table

    def route(self, word: str) -> _Route | None:
        """Say what a word as written can begin or end; None: nothing, or it has no capital."""
        if not is_capital(word[0]):
            return None
        key = fold(word)
        begins = self._begins.get(key, 0)
        if key in self._names or key in self._capitals:
            begins |= _ALONE
        ends = tuple(sorted(self._ends.get(key, ())))
        return _Route(key, begins, ends) if begins or ends else None

    def longest(self, text: str) -> list[Hit[V]]:
        """Give the names in a text, in order; of those that overlap the longest, then earliest."""
        kept: list[Hit[V]] = []
        cluster: list[Hit[V]] = []
        end = 0
        for hit in sorted(self.matches(text), key=_START):
            if hit.start >= end:
                kept += _chosen(cluster) if len(cluster) > 1 else cluster
                cluster = []
            cluster.append(hit)
            end = max(end, hit.end)
        return kept + _chosen(cluster)

    def matches(self, text: str) -> list[Hit[V]]:
        """Give each name that stands in the text, overlapping ones included."""
        routes, values, shouted = self._routes, self._names, bool(self._capitals)
        hidden = not text.isascii() and HIDDEN.search(text) is not None
        found: list[Hit[V]] = []
        known = 0
        for match in _capital_pattern().finditer(text):
            route = routes[match.group()]
            if route is None:
                continue
            start, end = match.span()
            if start and text[start - 1] not in _PARTING and not _begins_word(text, start, known):
                continue
            known = end
            key, begins, ends = route
            if begins == _ALONE and not shouted:
                found.append(Hit(start, end, 1, values[key]))
            elif begins:
                found += self._forward(text, match, route, hidden=hidden)
            if ends:
                found += self._backward(text, match, route, hidden=hidden)
        return found

    def _value(self, key: str, words: list[str]) -> V | None:
        if self._capitals and key in self._capitals and all(word.isupper() for word in words):
            return self._capitals[key]
        return self._names.get(key)

    def _forward(
        self, text: str, match: re.Match[str], route: _Route, *, hidden: bool
    ) -> Iterator[Hit[V]]:
        """Yield the names that begin with a word that has a capital."""
        key, begins = route.key, route.begins
        start, end = match.span()
        words = [match.group()]
        while True:
            if begins >> len(words) & 1:
                value = self._value(key, words)
                if value is not None:
                    yield Hit(start, end, len(words), value)
            following = begins >> len(words) > 1 and word_pattern().search(text, end)
            if not following or not _joined(text[end : following.start()], hidden=hidden):
                return
            words.append(following.group())
            key += _BETWEEN + fold(words[-1])
            end = following.end()

    def _backward(
        self, text: str, match: re.Match[str], route: _Route, *, hidden: bool
    ) -> Iterator[Hit[V]]:
        """Yield the names that end with a word that has a capital and begin with a small one."""
        since = max(0, match.start() - _LOOK_BACK)
        if since:
            parted = _parting_pattern().search(text, since, match.start())
            since = parted.end() if parted else match.start()
        found = [*word_pattern().finditer(text, since, match.start()), match]
        for count in route.ends:
            name = found[-count:]
            first = name[0].group()
            if len(name) < count or is_capital(first[0]) or fold(first) not in self._small:
                continue
            words = [word.group() for word in name]
            gaps = (text[a.end() : b.start()] for a, b in pairwise(name))
            value = self._value(_BETWEEN.join(map(fold, words)), words)
            if value is not None and all(_joined(gap, hidden=hidden) for gap in gaps):
                yield Hit(name[0].start(), match.end(), count, value)


class _Routes(dict[str, _Route | None]):
    """Word as written -> what it can begin or end."""

    def __init__(self, scanner: Scanner[V]) -> None:
        self._find = scanner.route

    def __missing__(self, word: str) -> _Route | None:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        self[word] = route = self._find(word)
        return route


def _joined(gap: str, *, hidden: bool) -> bool:
    if gap == " ":
        return True
    if hidden:
        gap = HIDDEN.sub("", gap)
    return len(gap) <= _LONGEST_GAP and _INSIDE.issuperset(gap) and gap.count("\n") <= 1


def _chosen(cluster: list[Hit[V]]) -> list[Hit[V]]:
    """Give of names that overlap those with most words, the earlier of equals, in order."""
    if len(cluster) < 2:
        return cluster
    offset = cluster[0].start
    taken = bytearray(max(hit.end for hit in cluster) - offset)
    kept = []
    for hit in sorted(cluster, key=lambda hit: (-hit.words, hit.start)):
        start, end = hit.start - offset, hit.end - offset
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(hit)
    return sorted(kept, key=_START)


_JOINER = MARKS + INVISIBLE + APOSTROPHES


@cache
def _capital_pattern() -> re.Pattern[str]:
    """Match a word from an ASCII capital or any letter beyond ASCII at its beginning.

    What comes before is looked at after the first letter: so the search may skip to a capital.
    """
    return re.compile(rf"[A-Z\x80-\U0010ffff](?<=[^\W_])(?<![^\W_].){word_rest()}")


@cache
def _parting_pattern() -> re.Pattern[str]:
    """Match what is part of no word, wherever it stands."""
    return re.compile(rf"[^\w{_JOINER}]")


@cache
def _joiner_pattern() -> re.Pattern[str]:
    return re.compile(f"[{_JOINER}]")


def _begins_word(text: str, start: int, known: int) -> bool:
    """Say whether a word begins at ``start``; one ends at ``known``, or before.

    It may have begun before an apostrophe or a mark: "d'Xville", but "'Xville'".
    """
    joiner = _joiner_pattern()
    if not joiner.match(text, start - 1):
        return True
    begin = start
    while begin > known and (text[begin - 1].isalnum() or joiner.match(text, begin - 1)):
        begin -= 1
    found = (word.start() for word in word_pattern().finditer(text, begin))
    return next((at for at in found if at >= start), -1) == start
