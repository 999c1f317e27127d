"""Whole names in a text: all that match, then the longest of those that overlap.

One expression visits the words that begin with a capital, and only they are folded, word by word:
so offsets are those of the text as given, whatever folding does to the length of a word, and a
longer name never hides one inside it that matches where it does not. A name may begin with a small
article or point of the compass in lower case ("the X", "north X") if its last word has a capital.
"""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from geo.folding import fold, word_pattern, word_rest
from geo.folding_table import APOSTROPHES, INVISIBLE, MARKS
from geo.mentions.surroundings import HIDDEN, is_capital

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

V = TypeVar("V")

# Within a name: spaces, a line break that wraps it, hyphens and the points of "U.S.".
_INSIDE = frozenset(" \t\n\u00a0\u2009-\u2010\u2011.\u2019'‘`")
_LONGEST_GAP = 3
# Between the keys of a name: no key has a line break in it.
_BETWEEN = "\n"
# More different words than these are noise, and are looked at again.
_MEMO_LIMIT = 200_000
# No word of a name is longer.
_LONGEST_WORD = 200
_ALONE = 1 << 1
# What mostly stands before a word, and is no part of one.
_PARTING = frozenset(' \n"(-/,.')


# (start, end, words, value): ``text[start:end]``, so many words, is a name; the value is what was
# given for it. Bare tuples: a long text has tens of thousands of them.
Hit = tuple[int, int, int, V]


class _Route(NamedTuple, Generic[V]):
    """The key of a word; its value, if it alone is a name in any letters.

    Bit n of ``begins``: else it may begin names of n words; ``ends``: names that begin with a small
    word may end with it.
    """

    key: str
    value: V | None
    begins: int
    ends: bool


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
        self._endings: set[str] = set()
        self._names = self._table(names)
        self._capitals = self._table(capitals)
        self._routes: dict[str, _Route[V] | None] = _Routes(self.route)

    def _table(self, names: Iterable[tuple[tuple[str, ...], V]]) -> dict[str, V]:
        table: dict[str, V] = {}
        for keys, value in names:
            first = keys[0]
            table[_BETWEEN.join(keys)] = value
            if len(keys) > 1:
                self._begins[first] = self._begins.get(first, 0) | 1 << len(keys)
                if first in self._small:
                    parts = range(len(keys))
                    self._endings.update(_BETWEEN.join(keys[part:]) for part in parts)
        return table

    def route(self, word: str) -> _Route[V] | None:
        """Say what a word as written can begin or end; None: nothing, or it has no capital."""
        if not is_capital(word[0]):
            return None
        key = fold(word)
        value = self._names.get(key) if key not in self._capitals else None
        begins = self._begins.get(key, 0) | (_ALONE if key in self._capitals else 0)
        ends = key in self._endings
        known = value is not None or begins or ends
        return _Route(key, value, begins, ends) if known else None

    def longest(self, text: str) -> list[Hit[V]]:
        """Give the names in a text, in order; of those that overlap the longest, then earliest."""
        kept: list[Hit[V]] = []
        first = end = 0  # of the names in ``kept`` that overlap one another, and may the next
        for hit in sorted(self.matches(text), key=itemgetter(0)):
            if hit[0] >= end:
                if len(kept) - first > 1:
                    kept[first:] = _chosen(kept[first:])
                first, end = len(kept), hit[1]
            elif hit[1] > end:
                end = hit[1]
            kept.append(hit)
        kept[first:] = _chosen(kept[first:])
        return kept

    def matches(self, text: str) -> list[Hit[V]]:
        """Give each name that stands in the text, overlapping ones included."""
        routes = self._routes
        hidden = not text.isascii() and HIDDEN.search(text) is not None
        found: list[Hit[V]] = []
        known = 0
        for match in _capital_pattern(plain=text.isascii()).finditer(text):
            route = routes[match.group()]
            if route is None:
                continue
            start, end = match.span()
            if start and text[start - 1] not in _PARTING and not _begins_word(text, start, known):
                continue
            known = end
            _, value, begins, ends = route
            if value is not None:
                found.append((start, end, 1, value))
            if begins:
                self._forward(text, match, route, hidden=hidden, found=found)
            if ends:
                self._backward(text, match, route, hidden=hidden, found=found)
        return found

    def _value(self, key: str, written: str) -> V | None:
        if key in self._capitals and all(map(str.isupper, word_pattern().findall(written))):
            return self._capitals[key]
        return self._names.get(key)

    def _forward(
        self,
        text: str,
        match: re.Match[str],
        route: _Route[V],
        *,
        hidden: bool,
        found: list[Hit[V]],
    ) -> None:
        """Add the names that begin with a word that has a capital."""
        key, _, begins, _ = route
        start, end = match.span()
        count, names, search = 1, self._names, word_pattern().search
        while True:
            if begins >> count & 1:
                value = self._value(key, text[start:end]) if self._capitals else names.get(key)
                if value is not None:
                    found.append((start, end, count, value))
            count += 1
            following = search(text, end) if begins >> count else None
            if following is None:
                return
            at, last = following.span()
            if text[end:at] != " " and not _joined(text[end:at], hidden=hidden):
                return
            key += _BETWEEN + fold(text[at:last])
            end = last

    def _backward(
        self,
        text: str,
        match: re.Match[str],
        route: _Route[V],
        *,
        hidden: bool,
        found: list[Hit[V]],
    ) -> None:
        """Add the names that end with a word that has a capital and begin with a small one."""
        key, start, end = route.key, match.start(), match.end()
        count, edge = 1, start
        while edge:
            # From space to space, or line to line: no word has one in it.
            lowest = max(0, edge - _LONGEST_WORD)
            begin = text.rfind(" ", lowest, edge - 1) + 1
            begin = max(begin, text.rfind("\n", begin or lowest, edge - 1) + 1)
            if not begin and lowest:
                return
            for word in reversed(list(word_pattern().finditer(text, begin, edge))):
                first = fold(word.group())
                key = first + _BETWEEN + key
                if key not in self._endings:
                    return
                if not _joined(text[word.end() : start], hidden=hidden):
                    return
                count, start = count + 1, word.start()
                if first in self._small and not is_capital(text[start]):
                    value = self._value(key, text[start:end])
                    if value is not None:
                        found.append((start, end, count, value))
            edge = begin


class _Routes(dict[str, V]):
    """What a function gives for each word, remembered."""

    def __init__(self, find: Callable[[str], V]) -> None:
        self._find = find

    def __missing__(self, word: str) -> V:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        self[word] = route = self._find(word)
        return route


def _joined(gap: str, *, hidden: bool) -> bool:
    if hidden:
        gap = HIDDEN.sub("", gap)
    return len(gap) <= _LONGEST_GAP and _INSIDE.issuperset(gap) and gap.count("\n") <= 1


def _chosen(cluster: list[Hit[V]]) -> list[Hit[V]]:
    """Give of names that overlap those with most words, the earlier of equals, in order."""
    if len(cluster) < 2:
        return cluster
    offset = cluster[0][0]
    taken = bytearray(max(end for _, end, _, _ in cluster) - offset)
    kept = []
    for hit in sorted(cluster, key=lambda hit: (-hit[2], hit[0])):
        start, end = hit[0] - offset, hit[1] - offset
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(hit)
    return sorted(kept, key=itemgetter(0))


_JOINER = MARKS + INVISIBLE + APOSTROPHES


@cache
def _capital_pattern(*, plain: bool) -> re.Pattern[str]:
    """Match a word from an ASCII capital, or any letter beyond ASCII, at its beginning.

    What comes before is looked at after the first letter: so the search may skip to a capital.
    """
    begin = r"[A-Z](?<![A-Za-z0-9].)" if plain else r"[A-Z\x80-\U0010ffff](?<=[^\W_])(?<![^\W_].)"
    return re.compile(begin + word_rest())


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
