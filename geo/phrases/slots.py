"""A sentence with its place names replaced by one character each, and the lists they stand in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geo.folding_table import INVISIBLE
from geo.phrases.words import LINE_SLOT, SLOT, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.model import Article, Resolution, Sentence

BRACKET = 100  # longest bracket that may stand between a name and the next of its list
WINDOW = 110  # characters looked at on either side of a name: no phrase is longer
BRACKETS = re.compile(rf" ?\([^()]{{0,{BRACKET}}}\)")
# Quotes and hyphens, all white space, and the characters that stand for names.
PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-"}
    | {char: " " for char in map(chr, range(0x3001)) if char.isspace()}
    | {SLOT: " ", LINE_SLOT: " "}
)
# Marks of direction and joiners, which a reader does not see.
_HIDDEN = re.compile(f"[{INVISIBLE}]")


class Coded(NamedTuple):
    """``text`` is in lower case with slots for names; ``slots`` are (place in text, resolution)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    slots: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the article's text that ``text[start:end]`` stands for."""
        return self.starts[start], self.ends[end - 1]

    def inside(self, start: int, end: int) -> tuple[int, ...]:
        """Indexes of the resolutions whose slots lie in ``text[start:end]``."""
        return tuple(index for at, index in self.slots if start <= at < end)


class Group(NamedTuple):
    """Names that share the words before them: "the villages of A, B and C".

    ``start`` is where the words that belong to the first name begin, ``end`` where those of the
    last one end; ``tail`` is the end of the last name itself.
    """

    members: tuple[int, ...]
    at: tuple[int, ...]
    start: int
    end: int
    tail: int
    generic: str = ""
    bracketed: bool = False


def encode(
    article: Article, sentence: Sentence, resolutions: Iterable[tuple[int, Resolution]]
) -> Coded:
    """Give the sentence with a slot for each name."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    slots: list[tuple[int, int]] = []
    at = sentence.start
    for index, resolution in resolutions:
        mention = resolution.mention
        if mention.start < at:
            continue  # a name inside a name
        _copy(article.text, at, mention.start, (text, starts, ends))
        slots.append((len(starts), index))
        text.append(LINE_SLOT if resolution.kind == "line" else SLOT)
        starts.append(mention.start)
        ends.append(mention.end)
        at = mention.end
    _copy(article.text, at, sentence.end, (text, starts, ends))
    return Coded("".join(text), tuple(starts), tuple(ends), tuple(slots))


def _copy(source: str, start: int, end: int, into: tuple[list[str], list[int], list[int]]) -> None:
    """Append ``source[start:end]`` in lower case, with plain quotes, hyphens and spaces."""
    piece = source[start:end]
    lower = piece.lower()
    if len(lower) == len(piece) and not _HIDDEN.search(piece):
        into[0].append(lower.translate(PLAIN))
        into[1].extend(range(start, end))
        into[2].extend(range(start + 1, end + 1))
        return
    for at, char in enumerate(piece, start):
        if _HIDDEN.match(char):
            continue
        lower = char.lower() if len(char.lower()) == 1 else char  # "İ" grows
        into[0].append(lower.translate(PLAIN))
        into[1].append(at)
        into[2].append(at + 1)


def groups(coded: Coded, words: Words) -> tuple[Group, ...]:
    """Give the lists of names of a sentence in order; every slot is in exactly one of them."""
    found: list[Group] = []
    outer = -1  # where the last list outside brackets stands in ``found``
    for at, index in coded.slots:
        if coded.text[at] == LINE_SLOT:
            continue
        one = _single(coded, words, at, index)
        if one.bracketed:
            found.append(one)
        elif outer >= 0 and _joined(coded, words, found[outer], one):
            last = found[outer]
            found[outer] = last._replace(
                members=(*last.members, index),
                at=(*last.at, at),
                end=one.end,
                tail=one.tail,
                generic=last.generic or one.generic,
            )
        else:
            outer = len(found)
            found.append(one)
    return tuple(found)


def _single(coded: Coded, words: Words, at: int, index: int) -> Group:
    floor = max(0, at - WINDOW)
    before = coded.text[floor:at]
    lead = words.lead.search(before)
    start = floor + lead.start() if lead else at
    tail = words.tail.match(coded.text, at + 1, at + 1 + WINDOW)
    end = tail.end() if tail else at + 1
    word = (tail and tail["generic"]) or (lead and lead["generic"]) or ""
    if tail and tail["bracket"] and SLOT in tail["bracket"]:
        end = tail.start("bracket")  # the name in the bracket is its own group
    return Group(
        members=(index,),
        at=(at,),
        start=start,
        end=end,
        tail=at + 1,
        generic=words.generic.get(word or "", ""),
        bracketed=before.rfind("(") > before.rfind(")"),
    )


def _joined(coded: Coded, words: Words, last: Group, one: Group) -> bool:
    """Whether only a comma, "and" or the like, and perhaps a bracket, stands between them."""
    bracket = BRACKETS.match(coded.text, last.end)
    gap = coded.text[bracket.end() if bracket else last.end : one.start]
    return bool(words.joiner.fullmatch(gap))
