"""How the words around a name place things: "20 km east of X", "the northern part of X"."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from geo.phrases.lines import Atlas, LineFinder
from geo.phrases.reader import SentenceReader
from geo.phrases.slots import encode
from geo.phrases.words import load_words

if TYPE_CHECKING:
    from geo.model import Article, PlacePhrase, Resolution

__all__ = ["Atlas", "place_phrases"]


def place_phrases(
    article: Article, resolutions: tuple[Resolution, ...], *, gazetteer: Atlas
) -> tuple[PlacePhrase, ...]:
    """One phrase for each name that is meant as a place, one for each line, in the text's order.

    ``literal`` is False where the words put nothing at the name: an origin ("from X"), the
    container of a nearer name ("A in X"), or a description of another ("A, 3 km from X").
    """
    words = load_words(article.language)
    finder = LineFinder(article, resolutions, gazetteer, words)
    order = sorted(range(len(resolutions)), key=lambda i: resolutions[i].mention.start)
    starts = [resolutions[i].mention.start for i in order]
    found: list[PlacePhrase] = []
    for sentence in article.sentences:
        low = bisect.bisect_left(starts, sentence.start)
        high = bisect.bisect_left(starts, sentence.end)
        inside = [
            (i, resolutions[i])
            for i in order[low:high]
            if resolutions[i].mention.end <= sentence.end
        ]
        coded = encode(article, sentence, inside)
        found += SentenceReader(coded, words, resolutions, finder, gazetteer).read()
    return tuple(sorted(found, key=lambda p: (p.start, p.end, p.anchors)))
