"""Who says it and who denies it: the attributions of each sentence.

An attribution is a claimant, a stance and the stretch of text that it covers. "X said that ...",
"according to X, ...", "..., X said" cover their sentence up to the next one who speaks; "X denied
those reports" covers what was reported just before and is resolved by ``attach_denials``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from geo.events.actors import ActorRef, Cast
from geo.lexicon import any_of, table
from geo.model import Actor, Article, Claim, Sentence

# Where the subject of a verb of speech may begin: after these, another clause starts.
_CLAUSE = re.compile(
    r"[;:“”\"]|,\s+(?:and|but|while|whereas|although|though)\s|\s(?:but|while|whereas)\s|[.!?]\s"
)
# "..., X said", "..., X said on Monday, as ...": what stands before is what was said.
_CLOSING = re.compile(
    r"[\s”\"]*(?:(?:on|in|told|earlier|late|early|to)\b(?:(?!\bthat\b)[^,;.]){0,50}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?\s*(?:[.,;]|$)"
)
_SEVERAL = re.compile(
    r"\s*(?:(?:all|any|the|these|those|such|both)\s+)*(?:of\s+)?(?:reports|claims|allegations|accusations|charges|statements|them)\b"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$")
_AUXILIARIES = re.compile(
    r"\s+(?:also|had|has|have|earlier|later|then|again|further|did|does|now|however)\b.*$"
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|He|She|They)(?:\s+(?:also|had|has|have|earlier|later|then|again|further))*\s*$|^\s*It(?:\s+(?:also|had|has))*\s*$"
)
# After a quotation "said the ministry in a statement on Monday" ends the sentence.
WORDS_OF_A_CLOSE = 8
# A denial looks back over so many sentences for "those reports".
DENIAL_REACH = 4


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who speaks: the id of a known actor, or only the words ("residents")."""

    actor: str
    label: str
    kind: str = ""


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


@cache
def _speech() -> re.Pattern[str]:
    words = table("speech")
    return re.compile(
        # Verbs stand in lower case: "States" in "United States" says nothing.
        rf"\b(?:(?P<according>(?i:{any_of(words['according'])}))|(?P<issued>{any_of(words['issued'])})|(?P<denies>{any_of(words['denies'])})"
        rf"|(?:issued\s+a\s+(?P<denial>denial))|(?P<asserts>{any_of(words['asserts'])}))\b"
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){any_of(table('speech')[name])}(?![\w-])", re.IGNORECASE)


@cache
def _institution() -> re.Pattern[str]:
    """ "the army", "the defence ministry", "authorities" right before a verb of speech."""
    return re.compile(
        rf"(?:^|[\s,])(?:the\s+|The\s+)?(?:{any_of(table('speech')['institutions'])})(?:\s+(?:spokes\w+|statement|source))?(?:\s+(?:also|had|has|have|later))*\s*$",
        re.IGNORECASE,
    )


@cache
def _false_words() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:called|calls|branded|is|are|as|was|were)\s+(?:[^.;]{{0,60}}?\b)??{any_of(table('speech')['called_false'])}\b",
        re.IGNORECASE,
    )


class Attributor:
    """Finds the attributions of an article, sentence by sentence, remembering who spoke last."""

    def __init__(self, article: Article, cast: Cast, actors: Mapping[str, Actor]) -> None:
        """``cast`` are the parties that the article names."""
        self.article = article
        self.cast = cast
        self.actors = actors
        self.last: tuple[Claimant, ...] = ()
        self.issuer = self._issuer()

    def read(self) -> tuple[tuple[Attribution, ...], ...]:
        """The attributions of each sentence, in the order of the sentences."""
        out: list[tuple[Attribution, ...]] = []
        for sentence in self.article.sentences:
            if sentence.kind in ("link", "footer", "header"):
                out.append(())
                continue
            found = self._sentence(sentence)
            if not found and self._inside_quote(sentence) and self.last:
                found = [
                    Attribution(
                        self.last,
                        "asserts",
                        sentence.start,
                        sentence.end,
                        sentence.start,
                        sentence.start,
                        sentence.index,
                    )
                ]
            if not found and self.issuer:
                found = [
                    Attribution(
                        (self.issuer,),
                        "asserts",
                        sentence.start,
                        sentence.end,
                        sentence.start,
                        sentence.start,
                        sentence.index,
                    )
                ]
            out.append(tuple(found))
        return tuple(out)

    # -- who issues the text -----------------------------------------------------------------------

    def _issuer(self) -> Claimant | None:
        """The body that issues a text written in the first person ("our units"), else None."""
        body = re.sub(r"[“\"][^“”\"]{0,600}[”\"]", " ", self.article.text)
        if not _pattern("first_person").search(body):
            return None
        head = [
            s for s in self.article.segments if s.kind in ("header", "title", "byline", "heading")
        ][:4]
        for segment in head:
            refs = self.cast.between(segment.start, segment.end)
            if refs:
                return self._claimant(refs[0].actor)
        counts: dict[str, int] = {}
        return self._claimant(max(counts, key=counts.__getitem__)) if counts else None

    def _claimant(self, actor: str) -> Claimant:
        known = self.actors.get(actor)
        return Claimant(actor, known.label if known else actor, known.kind if known else "")

    # -- one sentence ------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> list[Attribution]:
        text = self.article.text[sentence.start : sentence.end]
        found: list[Attribution] = []
        cursor = 0
        matches = list(_speech().finditer(text))
        for index, match in enumerate(matches):
            following = matches[index + 1] if index + 1 < len(matches) else None
            made = self._attribution(sentence, text, match, cursor, following)
            if made is None:
                continue
            found.append(made)
            cursor = match.end()
            # An agency that passes words on is not whom "they said" means next.
            if made.claimants and any(claimant.kind != "media" for claimant in made.claimants):
                self.last = made.claimants
        found = _bounded(found, sentence, text)
        denial = _false_words().search(text)
        if denial and found and found[-1].stance == "asserts":
            found[-1] = replace(found[-1], stance="denies", backward=True)
        return found

    def _attribution(
        self,
        sentence: Sentence,
        text: str,
        match: re.Match[str],
        cursor: int,
        following: re.Match[str] | None,
    ) -> Attribution | None:
        stance: Literal["asserts", "denies"] = (
            "denies" if match["denies"] or match["denial"] else "asserts"
        )
        if match["issued"]:
            # "In this photo issued by the ministry ...": the ministry shows all that it shows.
            claimants = self._who(
                sentence, text, match.end(), self._noun_phrase_end(text, match.end())
            )
            start, stop_at = 0, len(text)
        elif match["according"]:
            stop = re.search(r"[,;]", text[match.end() :])
            end = match.end() + stop.start() if stop else len(text)
            claimants = self._who(sentence, text, match.end(), end)
            # "..., according to X": it covers what stands before; else what follows.
            back = match.start() > 0 and bool(text[: match.start()].strip())
            start, stop_at = (cursor, match.start()) if back else (end, len(text))
        else:
            if _PASSIVE.search(text, max(0, match.start() - 12), match.start()):
                return None  # "was reported", "being claimed": nobody is named
            closing = (
                bool(_CLOSING.match(text, match.end())) and "," in text[cursor : match.start()]
            )
            left, claimants = self._subject(sentence, text, cursor, match.start(), closing=closing)
            quoted = bool(re.search(r"[,”\"]\s*$", text[: match.start()]))
            follows = (
                self._after_verb(sentence, text, match.end()) if quoted or not claimants else ()
            )
            if (
                follows
                and quoted
                and (
                    len(text[match.end() :].split()) <= WORDS_OF_A_CLOSE
                    or not claimants
                    or re.search(r"[”\"]\s*$", text[: match.start()])
                )
            ):
                # "...," said the ministry: it covers what stands before.
                claimants, start, stop_at = follows, cursor, match.start()
            elif closing and claimants:
                start, stop_at = cursor, left if left > cursor else match.start()
            else:
                start, stop_at = match.end(), len(text)
        if not claimants:
            return None
        hedge = _pattern("hedges").search(text)
        backward = stance == "denies" and bool(match["denial"] or self._denies_reports(text, match))
        several = backward and bool(_SEVERAL.match(text, match.end()))
        return Attribution(
            claimants,
            stance,
            sentence.start + start,
            sentence.start + stop_at,
            sentence.start + match.start(),
            sentence.start + match.end(),
            sentence.index,
            hedge[0] if hedge else "",
            backward,
            several,
            bool(_pattern("answers").match(text, match.start())),
        )

    @staticmethod
    def _denies_reports(text: str, match: re.Match[str]) -> bool:
        """Whether the object is what was reported before ("those reports", "this", nothing)."""
        after = text[match.end() :]
        rest = re.match(
            rf"\s*(?:$|[.,;]|(?:(?:all|any|the|these|those|such|its|having)\s+)*(?:of\s+)?(?:that\s+)?{any_of(table('speech')['reports'])}\b(?!\s+(?:its|their|his|that|Azer)))",
            after,
            re.IGNORECASE,
        )
        return rest is not None

    def _subject(
        self, sentence: Sentence, text: str, cursor: int, verb: int, *, closing: bool
    ) -> tuple[int, tuple[Claimant, ...]]:
        """Where the subject of a verb of speech begins, and who it is."""
        start = cursor
        for boundary in _CLAUSE.finditer(text, cursor, verb):
            start = boundary.end()
        if closing:
            # "..., ministry spokesman Jan Holm said on Monday": look behind the last comma first.
            comma = text.rfind(",", start, verb)
            while comma > start:
                claimants = self._who(sentence, text, comma + 1, verb)
                if claimants:
                    return comma + 1, claimants
                comma = text.rfind(",", start, comma)
        again = text[start:verb].strip(" ,;").lower().split()
        if cursor and (not again or again[-1] in table("speech")["subjects_again"]):
            return start, self.last
        return start, self._who(sentence, text, start, verb)

    @staticmethod
    def _noun_phrase_end(text: str, start: int) -> int:
        """Where a name that begins at ``start`` ends: before the first word in lower case after it."""
        match = re.match(r"\s*(?:the\s+)?(?:[A-Z][\w’'-]*\s*(?:of\s+|for\s+)?)+", text[start:])
        return start + match.end() if match else min(len(text), start + 40)

    def _after_verb(self, sentence: Sentence, text: str, verb: int) -> tuple[Claimant, ...]:
        """The speaker in "said the ministry"."""
        tail = text[verb:]
        if not re.match(r"\s+(?:the\s+|a\s+)?\w", tail):
            return ()
        stop = re.search(r"[,;.:]|\s(?:that|in|on|as|and)\s", tail)
        return self._who(sentence, text, verb, verb + (stop.start() if stop else len(tail)))

    def _who(self, sentence: Sentence, text: str, start: int, end: int) -> tuple[Claimant, ...]:
        """The speakers named in ``text[start:end]`` of a sentence."""
        part = text[start:end]
        if _PRONOUN.search(part):
            return self.last
        refs = [
            r
            for r in self.cast.between(sentence.start + start, sentence.start + end)
            if self._speaks(r, sentence.start + start)
        ]
        body = _institution().search(part)
        if body and not [
            r for r in refs if r.end + len("'s") >= sentence.start + start + body.start()
        ]:
            # "the army said" names no party: the state that spoke last, or that the text is about.
            return self._state()
        both = _pattern("both").search(part)
        if both and len(part[both.end() :].split()) <= 4:
            return self._both(sentence, refs)
        if refs:
            media = [r for r in refs[1:3] if self._kind(r.actor) == "media"]
            if (
                refs[0].adjective
                and media
                and "," not in self.article.text[refs[0].end : media[0].start]
            ):
                refs = media  # "the Russian news agency Tass": the agency speaks
            joined = [refs[0]]
            for ref in refs[1:]:
                between = self.article.text[joined[-1].end : ref.start]
                if (
                    re.fullmatch(r"(?:['’]s)?[\w\s]{0,24}\s(?:and|,)\s(?:the\s)?", between)
                    and ref.actor != joined[-1].actor
                ):
                    joined.append(ref)
            return tuple(self._claimant(ref.actor) for ref in _unique(joined))
        person = [
            self.cast.people[w] for w in re.findall(r"[A-Z][\w’-]+", part) if w in self.cast.people
        ]
        if person:
            return (self._claimant(person[0]),)
        words = part.strip(' ,“”"')
        if _pattern("anaphora").fullmatch(_AUXILIARIES.sub("", words)):
            return self.last
        speaker = None
        for speaker in _pattern("speakers").finditer(part):
            pass
        if speaker and len(part[speaker.end() :].split()) <= WORDS_OF_A_CLOSE:
            return (Claimant("", _speaker_label(part, speaker)),)
        name = re.match(r"(?:[A-Z][\w’'-]+\s){1,3}[A-Z][\w’-]+", words)
        return (Claimant("", name[0], "person"),) if name else ()

    def _state(self) -> tuple[Claimant, ...]:
        if self.last and self.last[0].kind == "state":
            return self.last
        counts = Counter(ref.actor for ref in self.cast.refs if self._kind(ref.actor) == "state")
        best = counts.most_common(1)
        if best and best[0][1] * 2 >= counts.total():
            return (self._claimant(best[0][0]),)
        return ()

    def _speaks(self, ref: ActorRef, start: int) -> bool:
        """Whether the named party can be the subject: not "X-backed", "against X", "over X"."""
        text = self.article.text
        if re.match(r"-\w", text[ref.end : ref.end + 2]):
            return False
        before = text[max(start, ref.start - 24) : ref.start]
        return not re.search(
            r"\b(?:against|over|towards?|near|from|between|attack on|fighting with|war with|to)\s+(?:the\s+)?$",
            before,
        )

    def _both(self, sentence: Sentence, refs: Sequence[ActorRef]) -> tuple[Claimant, ...]:
        """The two parties of "both sides": those of the sentence, else the last two before it."""
        pool = list(refs) + self.cast.between(sentence.start, sentence.end)
        parties = [r for r in _unique(pool) if self._is_party(r.actor)]
        for ref in reversed(self.cast.between(0, sentence.start)):
            if len(parties) >= 2:
                break
            if self._is_party(ref.actor) and all(ref.actor != p.actor for p in parties):
                parties.append(ref)
        return tuple(sorted((self._claimant(r.actor) for r in parties[:2]), key=lambda c: c.label))

    def _is_party(self, actor: str) -> bool:
        return self._kind(actor) in ("state", "de facto authority", "armed group")

    def _kind(self, actor: str) -> str:
        known = self.actors.get(actor)
        return known.kind if known else ""

    def _inside_quote(self, sentence: Sentence) -> bool:
        """Whether the sentence stands inside a quotation that began before it."""
        segment = self.article.segments[sentence.segment]
        before = self.article.text[segment.start : sentence.start]
        opened = before.count("“") - before.count("”")
        straight = before.count('"') % 2
        return opened > 0 or straight == 1


def _unique(refs: Iterable[ActorRef]) -> list[ActorRef]:
    seen: dict[str, ActorRef] = {}
    for ref in refs:
        seen.setdefault(ref.actor, ref)
    return list(seen.values())


def _speaker_label(part: str, speaker: re.Match[str]) -> str:
    """ "a source at the hospital" -> its head with the word before it that tells more."""
    before = re.findall(r"[\w'’-]+", part[: speaker.start()])[-1:]
    plain = (
        before
        and before[0].lower()
        not in ("a", "an", "the", "some", "several", "that", "one", "and", "many", "other")
        and before[0].isalpha()
        and not before[0].lower().endswith("day")
    )
    return f"{before[0]} {speaker[0]}" if plain else speaker[0]


def _bounded(found: list[Attribution], sentence: Sentence, text: str) -> list[Attribution]:
    """Each stretch ends where the clause of the next speaker begins."""
    out: list[Attribution] = []
    for index, item in enumerate(found):
        later = [other for other in found[index + 1 :] if other.verb_start > item.verb_end]
        if later and item.end > later[0].verb_start and later[0].start >= later[0].verb_start:
            cut = item.verb_end - sentence.start
            stop = later[0].verb_start - sentence.start
            boundary = None
            for boundary in re.finditer(r",?\s(?:and|but|while|whereas)\s|[;,]", text[cut:stop]):
                pass
            item = replace(
                item, end=sentence.start + (cut + boundary.start() if boundary else stop)
            )
        out.append(item)
    return out


def claims_on(
    start: int, end: int, attributions: Iterable[Attribution], sentences: Sequence[Sentence]
) -> tuple[Claim, ...]:
    """The claims of those whose stretch covers the middle of ``text[start:end]``."""
    middle = (start + end) // 2
    out: dict[tuple[str, str], Claim] = {}
    covering = [a for a in attributions if a.start <= middle < a.end and not a.backward]
    # The narrowest stretch speaks: "X said that Y had announced ..." is Y's claim told by X.
    covering.sort(key=lambda a: a.end - a.start)
    named = [a for a in covering if any(c.kind != "media" for c in a.claimants)] or covering
    for attribution in named[:1]:
        for claimant in attribution.claimants:
            out.setdefault(
                (attribution.stance, claimant.label), to_claim(attribution, claimant, sentences)
            )
    return tuple(out.values())


def to_claim(attribution: Attribution, claimant: Claimant, sentences: Sequence[Sentence]) -> Claim:
    """The claim of one claimant; its span is the whole sentence, so no second half is lost."""
    sentence = sentences[attribution.sentence]
    return Claim(
        stance=attribution.stance,
        claimant=claimant.label,
        claimant_id=claimant.actor,
        hedge=attribution.hedge,
        start=sentence.start,
        end=sentence.end,
    )
