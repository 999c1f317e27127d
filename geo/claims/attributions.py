"""The attributions of each sentence: who speaks, and for which stretch of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from geo.claims.speakers import WORDS_OF_A_CLOSE, Claimant, Speakers, last_match
from geo.claims.words import (
    BEFORE_VERB,
    CLAUSE,
    CLOSING,
    CLOSING_TOLD,
    PASSIVE,
    QUOTED,
    SEVERAL,
    called_false,
    denied_before,
    speech,
    words_of,
)
from geo.lexicon import table

if TYPE_CHECKING:
    from geo.events.actors import Cast
    from geo.gazetteer import Gazetteer
    from geo.model import Article, Sentence

_SILENT = ("link", "footer", "header")
# "Sudria: troops entered ...": a headline's speaker is no longer than this.
HEADLINE_SPEAKER = 40
_HEADLINE = re.compile(rf"[^:.,;]{{2,{HEADLINE_SPEAKER}}}:\s")
_NEW_CLAUSE = re.compile(r",?\s(?:and|but|while|whereas)\s|[;,]")
_NAME = re.compile(r"\s*(?:the\s+)?(?:[A-Z][\w’'-]*\s*(?:of\s+|for\s+)?)+")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Claimants, stance and the stretch ``text[start:end]`` that they answer for.

    ``backward``: a denial of what stands before it ("denied those reports"), ``several``: of more
    than one report. ``answers``: the verb takes a stand on something told before ("confirmed").
    """

    claimants: tuple[Claimant, ...]
    stance: Literal["asserts", "denies"]
    start: int
    end: int
    verb_start: int
    verb_end: int
    sentence: int
    hedge: str = ""
    backward: bool = False
    several: bool = False
    answers: bool = False


class _Said(NamedTuple):
    """Who speaks, and the stretch of the sentence that is theirs."""

    claimants: tuple[Claimant, ...]
    start: int
    end: int


class Attributor:
    """Finds the attributions of an article, sentence by sentence."""

    def __init__(
        self, article: Article, cast: Cast, gazetteer: Gazetteer, *, country: str = ""
    ) -> None:
        """``cast`` are the parties that the article names, ``country`` the actor of its places."""
        self.article = article
        self.speakers = Speakers(article, cast, gazetteer.actors, country=country)
        self.issuer = self.speakers.issuer(gazetteer.actor_index)

    def read(self) -> tuple[tuple[Attribution, ...], ...]:
        """The attributions of each sentence, in the order of the sentences."""
        out: list[tuple[Attribution, ...]] = []
        quoted = _inside_quotes(self.article)
        for sentence in self.article.sentences:
            found = [] if sentence.kind in _SILENT else self._sentence(sentence)
            if not found and sentence.kind not in _SILENT:
                if self.speakers.last and quoted[sentence.index]:
                    found = [_whole(sentence, self.speakers.last)]
                elif self.issuer:
                    found = [_whole(sentence, (self.issuer,))]
            out.append(tuple(found))
        return tuple(out)

    # -- one sentence ------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> list[Attribution]:
        text = self.article.text[sentence.start : sentence.end]
        found: list[Attribution] = []
        cursor = 0
        headline = self._headline(sentence, text)
        if headline:
            found.append(headline)
        for match in speech().finditer(text):
            made = self._attribution(sentence, text, match, cursor)
            if made is not None:
                found.append(made)
                cursor = match.end()
                self.speakers.spoke(made.claimants)
        found = _bounded(found, sentence, text)
        if found and found[-1].stance == "asserts" and called_false().search(text):
            found[-1] = replace(found[-1], stance="denies", backward=True)
        return found

    def _headline(self, sentence: Sentence, text: str) -> Attribution | None:
        """Read "Sudria: troops entered ...": a party and a colon open the sentence."""
        match = _HEADLINE.match(text)
        if not match:
            return None
        end = sentence.start + match.end()
        refs = self.speakers.cast.between(sentence.start, end)
        if not refs or refs[0].start != sentence.start or refs[0].adjective:
            return None
        claimants = (self.speakers.claimant(refs[0].actor),)
        self.speakers.spoke(claimants)
        return Attribution(
            claimants, "asserts", end, sentence.end, sentence.start, end, sentence.index
        )

    def _attribution(
        self, sentence: Sentence, text: str, match: re.Match[str], cursor: int
    ) -> Attribution | None:
        if match["issued"]:
            said = self._issued(sentence, text, match)
        elif match["according"]:
            said = self._according(sentence, text, match, cursor)
        elif PASSIVE.search(text, max(0, match.start() - 12), match.start()):
            return None  # "was reported", "being claimed": nobody is named
        else:
            said = self._verb(sentence, text, match, cursor)
        if not said.claimants:
            return None
        denies = bool(match["denies"] or match["denial"])
        backward = denies and bool(match["denial"] or denied_before().match(text, match.end()))
        hedge = words_of("hedges").search(text)
        return Attribution(
            claimants=said.claimants,
            stance="denies" if denies else "asserts",
            start=sentence.start + said.start,
            end=sentence.start + said.end,
            verb_start=sentence.start + match.start(),
            verb_end=sentence.start + match.end(),
            sentence=sentence.index,
            hedge=hedge[0] if hedge else "",
            backward=backward,
            several=backward and bool(SEVERAL.match(text, match.end())),
            answers=bool(words_of("answers").match(text, match.start())),
        )

    def _who(
        self, sentence: Sentence, start: int, end: int, *, plain: bool = False
    ) -> tuple[Claimant, ...]:
        return self.speakers.named(
            sentence, sentence.start + start, sentence.start + end, plain=plain
        )

    def _issued(self, sentence: Sentence, text: str, match: re.Match[str]) -> _Said:
        """Read "in this photo issued by the ministry": the ministry shows all that it shows."""
        name = _NAME.match(text, match.end())
        end = name.end() if name else min(len(text), match.end() + HEADLINE_SPEAKER)
        return _Said(self._who(sentence, match.end(), end), 0, len(text))

    def _according(self, sentence: Sentence, text: str, match: re.Match[str], cursor: int) -> _Said:
        """Read "according to X, ..." for what follows, "..., according to X" for what precedes."""
        stop = re.compile(r"[,;]").search(text, match.end())
        end = stop.start() if stop else len(text)
        claimants = self._who(sentence, match.end(), end, plain=True)
        if text[: match.start()].strip():
            return _Said(claimants, cursor, match.start())
        return _Said(claimants, end, len(text))

    def _verb(self, sentence: Sentence, text: str, match: re.Match[str], cursor: int) -> _Said:
        """Read "X said that ...", "..., X said" and "...," said X."""
        plain = match[0] in table("speech")["plain"]
        closing = "," in text[cursor : match.start()] and bool(CLOSING.match(text, match.end()))
        if match[0] == "told" and BEFORE_VERB.search(
            text[cursor : match.start()].rsplit(" ", 4)[0]
        ):
            closing = closing or bool(CLOSING_TOLD.match(text, match.end()))
        left, claimants, again = self._subject(
            sentence, text, (cursor, match.start()), closing=closing, plain=plain
        )
        before = text[: match.start()]
        if not again and (BEFORE_VERB.search(before) or not claimants):
            follows = self._after_verb(sentence, text, match.end())
            short = len(text[match.end() :].split()) <= WORDS_OF_A_CLOSE
            if (
                follows
                and BEFORE_VERB.search(before)
                and (short or not claimants or QUOTED.search(before))
            ):
                return _Said(follows, cursor, match.start())
        if closing and claimants:
            return _Said(claimants, cursor, left if left > cursor else match.start())
        return _Said(claimants, match.end(), len(text))

    def _subject(
        self, sentence: Sentence, text: str, span: tuple[int, int], *, closing: bool, plain: bool
    ) -> tuple[int, tuple[Claimant, ...], bool]:
        """Where the subject of a verb of speech begins, who it is, and whether it spoke before."""
        cursor, verb = span
        start = cursor
        for boundary in CLAUSE.finditer(text, cursor, verb):
            start = boundary.end()
        if closing:
            # "..., ministry spokesman Jan Holm said on Monday": look behind the last comma first.
            comma = text.rfind(",", start, verb)
            while comma > start:
                claimants = self._who(sentence, comma + 1, verb, plain=plain)
                if claimants:
                    return comma + 1, claimants, False
                comma = text.rfind(",", start, comma)
        tail = text[start:verb].rsplit(",", 1)
        again = tail[-1].strip(" ;").lower().split()
        if cursor and (not again or again[-1] in table("speech")["subjects_again"]):
            # "denies firing, says tanks entered", "denied it but confirmed": the subject stays.
            return start, self.speakers.last, True
        return start, self._who(sentence, start, verb, plain=plain), False

    def _after_verb(self, sentence: Sentence, text: str, verb: int) -> tuple[Claimant, ...]:
        """The speaker in "said the ministry"."""
        tail = text[verb:]
        if not re.match(r"\s+(?:the\s+|a\s+)?\w", tail):
            return ()
        stop = re.search(r"[,;.:]|\s(?:that|in|on|as|and)\s", tail)
        return self._who(sentence, verb, verb + (stop.start() if stop else len(tail)))


def _inside_quotes(article: Article) -> list[bool]:
    """Whether each sentence stands inside a quotation of its block that began before it."""
    found: list[bool] = []
    opened = closed = plain = 0
    at, segment = 0, -1
    for sentence in article.sentences:
        if sentence.segment != segment:
            segment, opened, closed, plain = sentence.segment, 0, 0, 0
            at = article.segments[segment].start
        opened += article.text.count("“", at, sentence.start)
        closed += article.text.count("”", at, sentence.start)
        plain += article.text.count('"', at, sentence.start)
        at = sentence.start
        found.append(opened > closed or plain % 2 == 1)
    return found


def _whole(sentence: Sentence, claimants: tuple[Claimant, ...]) -> Attribution:
    """A whole sentence that somebody speaks."""
    at = sentence.start
    return Attribution(claimants, "asserts", at, sentence.end, at, at, sentence.index)


def _bounded(found: list[Attribution], sentence: Sentence, text: str) -> list[Attribution]:
    """Each stretch ends where the clause of the next speaker begins."""
    out: list[Attribution] = []
    for index, item in enumerate(found):
        later = next((o for o in found[index + 1 :] if o.verb_start > item.verb_end), None)
        if later and item.end > later.verb_start and later.start >= later.verb_start:
            cut, stop = item.verb_end - sentence.start, later.verb_start - sentence.start
            boundary = last_match(_NEW_CLAUSE, text[cut:stop])
            end = cut + boundary.start() if boundary else stop
            out.append(replace(item, end=sentence.start + end))
        else:
            out.append(item)
    return out
