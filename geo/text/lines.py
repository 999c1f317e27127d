"""Lines of a text and what can be seen of each by itself, for telling what the blocks are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Longer lines than this are paragraphs on one line, so the text is not wrapped by hand.
WRAP_WIDTH = 120
# Shorter lines are items of a list.
LEAST_WRAP_WIDTH = 40
# A text counts as wrapped when so many lines without final stop have a line below them, and
# this share of them was full.
WRAP_PAIRS = 4
WRAP_SHARE = 0.6
# Words are counted up to here: more only says "long".
COUNTED_WORDS = 80
# What rules about the beginning or end of a line look at.
EDGE = 240

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W_]+(?:[.,:'’/-][^\W_]+)*")
_CLOSERS = "\"'”’»)]* \t"


@dataclass(frozen=True, slots=True)
class Line:
    """``text[start:end]`` without surrounding space; ``gap``: behind an empty line."""

    start: int
    end: int
    gap: bool
    head: str
    tail: str
    words: int

    @property
    def finished(self) -> bool:
        """Whether it ends like a sentence."""
        return self.tail.rstrip(_CLOSERS).endswith((".", "!", "?", "…"))

    @property
    def runs_on(self) -> bool:
        """Whether it leads into what follows or is one of several items."""
        return self.tail.endswith((":", ";", ","))

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list with a bullet or dash."""
        return self.head.startswith(("•", "▪", "‣", "◦", "- ", "– ", "— ", "* ", "+ "))

    @property
    def shouts(self) -> bool:
        """Whether all its letters are capitals."""
        return self.head.isupper()


def lines(text: str) -> tuple[Line, ...]:
    """All lines with something on them; lines that were only wrapped are put together."""
    found: list[Line] = []
    behind = 0
    for match in _LINE.finditer(text):
        start, end = _strip(text, match.start(), match.end())
        if start == end:
            continue
        breaks = islice(_BREAK.finditer(text, behind, start), 2)
        found.append(_line(text, start, end, gap=len(list(breaks)) > 1))
        behind = end
    width = _wrap_width(text, found)
    return tuple(_joined(text, found, width)) if width else tuple(found)


def words_of(text: str) -> list[str]:
    """Words in lower case, for comparing blocks."""
    return [word.casefold() for word in _WORD.findall(text)]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _line(text: str, start: int, end: int, *, gap: bool) -> Line:
    words = sum(1 for _ in islice(_WORD.finditer(text, start, end), COUNTED_WORDS))
    head = text[start : min(end, start + EDGE)]
    return Line(start, end, gap, head, text[max(start, end - EDGE) : end], words)


def _wrap_width(text: str, found: Sequence[Line]) -> int:
    """The column at which lines were broken by hand, or 0 where they were not."""
    width = max((line.end - line.start for line in found if line.words > 1), default=0)
    pairs = [(one, two) for one, two in pairwise(found) if not (two.gap or one.finished)]
    if not LEAST_WRAP_WIDTH <= width <= WRAP_WIDTH or len(pairs) < WRAP_PAIRS:
        return 0
    full = sum(_is_full(text, one, two, width) for one, two in pairs)
    return width if full >= WRAP_SHARE * len(pairs) else 0


def _is_full(text: str, one: Line, two: Line, width: int) -> bool:
    """Whether the first word of ``two`` would not have fitted behind ``one``."""
    first = text[two.start : min(two.end, two.start + width)].split(None, 1)[0]
    return one.end - one.start + 1 + len(first) > width


def _joined(text: str, found: Sequence[Line], width: int) -> Iterator[Line]:
    start, gap = found[0].start, found[0].gap
    for one, two in pairwise(found):
        goes_on = not one.finished and two.head[0].islower()
        if two.gap or two.is_item or not (goes_on or _is_full(text, one, two, width)):
            yield _line(text, start, one.end, gap=gap)
            start, gap = two.start, two.gap
    yield _line(text, start, found[-1].end, gap=gap)
