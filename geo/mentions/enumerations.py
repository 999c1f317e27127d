"""Lists of names: "A, B and C", "A as well as B", "in X district and Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.mentions.surroundings import Surroundings

_HEADS = frozenset(("and", "or", "as", "nor", "itself"))
_LINKS = _HEADS | {"well", "in", "near", "also", "then", "the", "from", "both"}
_CLOSING = frozenset(("and", "or", "nor"))
_LONGEST = 3


def list_heads(
    around: Surroundings, spans: Sequence[tuple[int, int]], *, parted: Callable[[int], bool]
) -> list[int]:
    """Give for each name the index of the first name of its list, itself where it stands alone.

    ``spans`` are word ranges in order; ``parted(at)`` ends a list before name ``at``. Commas alone
    make no list: "A, B" may be a town and its country.
    """
    heads: list[int] = []
    run: list[int] = []
    for at, (first, _) in enumerate(spans):
        if not (at and linked(around, spans[at - 1][1], first) and not parted(at)):
            _close(run, heads, spans, around)
            run = []
        run.append(at)
    _close(run, heads, spans, around)
    return heads


def _close(
    run: list[int], heads: list[int], spans: Sequence[tuple[int, int]], around: Surroundings
) -> None:
    first = spans[run[0]][0] if run else 0
    between = bool(run) and around.word(first - 1, of=first) == "between"
    closed = between or any(closes(around, spans[at][0]) for at in run[1:])
    heads.extend([run[0]] * len(run) if closed else run)


def linked(around: Surroundings, left_last: int, right_first: int) -> bool:
    """Say whether a list goes on from the word before ``left_last`` to word ``right_first``."""
    if right_first - left_last > _LONGEST or not around.word(left_last - 1, of=right_first):
        return False
    gaps = "".join(around.gap(at) for at in range(left_last, right_first + 1))
    if gaps.removeprefix(".").strip(", \u00a0"):  # the point of "U.S." ends no sentence
        return False
    keys = around.keys[left_last:right_first]
    if not keys:
        return "," in gaps
    generics = word_lists("generics")
    if keys[0] in generics["district"] or keys[0] in generics["province"]:
        keys = keys[1:]
    return bool(keys) and keys[0] in _HEADS and _LINKS.issuperset(keys)


def closes(around: Surroundings, first: int) -> bool:
    """Say whether "and" or "or" stands before word ``first``, which then is a list's last."""
    for step in range(1, _LONGEST + 1):
        word = around.word(first - step, of=first)
        if word in _CLOSING:
            return True
        if word not in _LINKS:
            return step == 1 and around.word(first - 2, of=first) in _CLOSING
    return False
