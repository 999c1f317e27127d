"""The words of an article with what stands between them: what rules about names look at.

Rules ask for the word before or after a name and never see across a sentence; so all of them stay
linear in the length of the text, however long a word or a line is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.folding import words
from geo.folding_table import INVISIBLE

if TYPE_CHECKING:
    from geo.model import Article, SegmentKind, Sentence

# A sentence with at least this share of its longer words capitalised is set like a headline.
_TITLE_SHARE = 0.7
_LONGER = 4


class Surroundings:
    """Words of one article: ``keys`` (folded), ``capital``, and the sentence that each is in."""

    __slots__ = (
        "_gaps", "_styles", "capital", "ends", "keys", "of_sentence", "ranges", "sentences",
        "starts", "text",
    )  # fmt: skip

    def __init__(self, text: str, sentences: tuple[Sentence, ...]) -> None:
        """Split ``text`` into words and say of each which sentence holds it (-1: none)."""
        self.text = text
        self.sentences = sentences
        found = list(words(text))
        self.starts = [word[0] for word in found]
        self.ends = [word[1] for word in found]
        self.keys = [word[2] for word in found]
        self.capital = [_capital[text[start]] for start in self.starts]
        between = [text[end:start] for end, start in zip(self.ends, self.starts[1:], strict=False)]
        if not text.isascii() and HIDDEN.search(text):
            between = [HIDDEN.sub("", gap) for gap in between]
        self._gaps = ["\n", *between, "\n"]
        self.of_sentence = [-1] * len(found)
        self.ranges: list[range] = []
        for index, sentence in enumerate(sentences):
            first = bisect_left(self.starts, sentence.start)
            last = bisect_left(self.starts, sentence.end)
            self.of_sentence[first:last] = [index] * (last - first)
            self.ranges.append(range(first, last))
        self._styles: dict[int, str] = {}

    def __len__(self) -> int:
        """Count the words."""
        return len(self.keys)

    def word(self, at: int, *, of: int) -> str:
        """Give the key of word ``at`` if it stands in the same sentence as word ``of``, else ''."""
        if 0 <= at < len(self.keys) and self.of_sentence[at] == self.of_sentence[of]:
            return self.keys[at]
        return ""

    def gap(self, at: int) -> str:
        """Give what stands before word ``at``, back to the last one; at the edges a line break."""
        return self._gaps[at] if 0 < at < len(self._gaps) else "\n"

    def raw(self, at: int) -> str:
        """Give word ``at`` as written."""
        return self.text[self.starts[at] : self.ends[at]]

    def at(self, offset: int) -> int:
        """Give the index of the first word that ends after ``offset``."""
        return bisect_right(self.ends, offset)

    def opens_sentence(self, at: int) -> bool:
        """Say whether a word begins a sentence, a quotation or a line: its capital says little."""
        if at == 0 or self.of_sentence[at - 1] != self.of_sentence[at]:
            return True
        return not _BREAKS.isdisjoint(self.gap(at))

    def opens_line(self, at: int) -> bool:
        """Say whether word ``at`` is the first of its line."""
        return at == 0 or "\n" in self.gap(at)

    def files_report(self, at: int) -> bool:
        """Say whether words in capitals that open a plain line lead up to word ``at``.

        "XVILLE Troops fired", "XVILLE/YVILLE, Zland Eight soldiers": where a report was filed.
        """
        if not self.is_acronym(at) and self.gap(at) != ", ":
            return False
        for _ in range(_LONGEST_FILED):
            if self.opens_line(at):
                break
            if self.gap(at) not in _FILED_GAPS or not self.capital[at]:
                return False
            at -= 1
        else:
            return False
        return self.is_acronym(at) and self.ends[at] - self.starts[at] >= _SHORTEST_SHOUT

    def beside(self, at: int) -> range:
        """Give all words of the sentence that word ``at`` stands in."""
        index = self.of_sentence[at]
        return self.ranges[index] if index >= 0 else range(0)

    def set_as(self, at: int) -> str:
        """Say how the sentence of word ``at`` is set: "plain", "title" or "capitals"."""
        index = self.of_sentence[at]
        if index < 0:
            return "plain"
        if index not in self._styles:
            sentence = self.sentences[index]
            self._styles[index] = _style(self.text[sentence.start : sentence.end], sentence.kind)
        return self._styles[index]

    def is_acronym(self, at: int) -> bool:
        """Say whether word ``at`` is in capitals, in a sentence that is not."""
        raw = self.raw(at)
        return len(raw) > 1 and raw.isupper() and self.set_as(at) != "capitals"


# Marks of direction, joiners and soft hyphens: a reader does not see them.
HIDDEN = re.compile(f"[{INVISIBLE}]+")
_FILED_GAPS = frozenset((" ", ", ", "/", " / "))
_SHORTEST_SHOUT = 3
# Words of "XVILLE/YVILLE, Zland": more of them are no dateline.
_LONGEST_FILED = 8
_HEADLINES = frozenset(("title", "heading", "link"))
_BREAKS = frozenset('.:!?\n"“”«»•')


def is_capital(character: str) -> bool:
    """Accept capitals, and letters of scripts without case."""
    return character.isupper() or (character.isalpha() and not character.islower())


class _Capitals(dict[str, bool]):
    def __missing__(self, character: str) -> bool:
        self[character] = found = is_capital(character)
        return found


_capital = _Capitals()


def _style(sentence: str, kind: SegmentKind) -> str:
    longer = [w for w in sentence.split() if len(w) >= _LONGER and w.isalpha()]
    if not longer:
        letters = [c for c in sentence if c.isalpha()]
        return "capitals" if len(letters) > 1 and all(c.isupper() for c in letters) else "plain"
    if sentence.isupper() or all(w.isupper() for w in longer):
        return "capitals"
    if kind not in _HEADLINES and sentence.rstrip("\"'”’)").endswith((".", "!", "?")):
        return "plain"
    capital = sum(1 for w in longer if is_capital(w[0]))
    return "title" if len(longer) >= _LONGER and capital >= _TITLE_SHARE * len(longer) else "plain"


@lru_cache(maxsize=4)
def _surroundings(text: str, sentences: tuple[Sentence, ...]) -> Surroundings:
    return Surroundings(text, sentences)


def surroundings(article: Article) -> Surroundings:
    """Give the words of an article; the stages that read one article in turn share them."""
    return _surroundings(article.text, article.sentences)
