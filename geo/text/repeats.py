"""Blocks that a web page prints twice: captions, and pull-quotes out of a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.text.lines import Line, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A shorter sentence may well be said twice on purpose ("No casualties were reported.").
COPIED_WORDS = 8
# A shorter line without final stop is a heading that happens to use words of the text.
QUOTED_WORDS = 6
# Longer lines are no pull-quotes.
QUOTE_LIMIT = 60
# A pull-quote is looked for where its first words stand, at no more than so many places.
PLACES_TRIED = 4

_CREDIT = re.compile(r"[(\[][^()\[\]]{1,120}[)\]]\W{0,2}\Z")


def repeats(text: str, candidates: Sequence[Line | None]) -> tuple[int, ...]:
    """Indexes of the blocks to leave out: every word of each stands in another candidate.

    Of equal blocks (a bracketed credit at the end apart) the longest is kept, which has the
    credit or the final stop; a line without final stop goes if a paragraph contains it.
    """
    words = [_words(text, line) for line in candidates]
    found = set(_copies(words, candidates))
    found.update(_quotes(words, candidates))
    return tuple(sorted(found))


def _words(text: str, line: Line | None) -> tuple[str, ...]:
    if line is None:
        return ()
    credit = _CREDIT.search(line.tail)
    return tuple(words_of(text[line.start : line.end - (len(credit[0]) if credit else 0)]))


def _copies(words: Sequence[tuple[str, ...]], candidates: Sequence[Line | None]) -> Iterator[int]:
    groups: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for index, (block, line) in enumerate(zip(words, candidates, strict=True)):
        if line is not None and len(block) >= COPIED_WORDS and not line.is_item:
            groups.setdefault(block, []).append((line.end - line.start, -index))
    for copies in groups.values():
        best = max(copies)
        yield from (-index for length, index in copies if (length, index) != best)


def _quotes(words: Sequence[tuple[str, ...]], candidates: Sequence[Line | None]) -> Iterator[int]:
    quotes = {
        index: words[index]
        for index, line in enumerate(candidates)
        if line is not None
        and not (line.finished or line.runs_on or line.is_item)
        and QUOTED_WORDS <= len(words[index]) <= QUOTE_LIMIT
    }
    wanted = {quote[:QUOTED_WORDS]: list[tuple[int, int]]() for quote in quotes.values()}
    for index, block in enumerate(words if wanted else ()):
        for at in range(len(block) - QUOTED_WORDS + 1):
            places = wanted.get(block[at : at + QUOTED_WORDS])
            if places is not None and len(places) < PLACES_TRIED:
                places.append((index, at))
    for index, quote in quotes.items():
        for host, at in wanted[quote[:QUOTED_WORDS]]:
            longer = len(words[host]) > len(quote)
            if longer and words[host][at : at + len(quote)] == quote:
                yield index
                break
