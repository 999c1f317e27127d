"""Who a stretch of text names as the speaker."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.claims.words import AUXILIARIES, NO_SUBJECT, PRONOUN, institution, words_of
from geo.folding import words
from geo.lexicon import any_of, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.events.actors import ActorRef, Cast
    from geo.gazetteer.name_index import ActorEntry
    from geo.model import Actor, Article, Sentence

PARTIES = frozenset({"state", "de facto authority", "armed group"})
# "a source at the hospital in the town": a speaker's noun and the verb stand no further apart.
WORDS_OF_A_CLOSE = 8
# A text that names two states about alike leaves "the army" without a state.
HOME_SHARE = 0.6
# Longer subjects are clauses, and no speaker.
WORDS_OF_A_NAME = 7
_CAPITAL_NAME = re.compile(r"(?:[A-Z][\w’'-]+\s){1,3}[A-Z][\w’-]+")
_LINK = re.compile(r"(?:['’]s)?[\w\s]{0,24}\s(?:and|,)\s(?:the\s)?")
_END_OF_SENTENCE = re.compile(r"(?<!\.\w)\.$")  # not the point of "U.S."
_ARTICLE = re.compile(
    r"^(?:(?:and|but|while|as|when|where|after|on|in)\s+)*(?:the|a|an)\s+", re.IGNORECASE
)


# "Its border service", "its defence ministry": a body of the party just spoken of.
_OWN_BODY = re.compile(
    r"\W*(?:(?:and|but|while)\s)?(?:[Ii]ts|[Tt]heir)\s(?:[\w-]+\s){0,4}?"
    r"(?:ministry|ministries|army|military|government|service|forces?|spokes\w+|officials?|minister"
    r"|president|guards?|command|staff|leader|leadership|police|troops|navy|embassy|envoy)\b"
)
# Two words or more: of one, as in "Xland MOD", it is not known what it is.
_REST_OF_NAME = re.compile(r"(?: [A-Z][\w’'-]+){2,5}")
_PLACED = re.compile(r"(?:In|On|At|After|During|From|Near)\s")


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who speaks: the id of a known actor, or only the words ("residents")."""

    actor: str
    label: str
    kind: str = ""


class Speakers:
    """Finds speakers, and remembers who spoke last."""

    def __init__(
        self, article: Article, cast: Cast, actors: Mapping[str, Actor], *, country: str = ""
    ) -> None:
        """``cast`` are the parties that the article names, ``country`` the actor of its places."""
        self.article = article
        self.cast = cast
        self.actors = actors
        self.last: tuple[Claimant, ...] = ()
        self.parties = Counter(ref.actor for ref in cast.refs if self.kind(ref.actor) in PARTIES)
        self.home = self._home(country)

    def spoke(self, claimants: tuple[Claimant, ...]) -> None:
        """Remember who spoke; an agency that passes words on is not whom "they said" means next."""
        if any(claimant.kind != "media" for claimant in claimants):
            self.last = claimants

    def claimant(self, actor: str) -> Claimant:
        """The claimant that an actor is."""
        known = self.actors.get(actor)
        return Claimant(actor, known.label if known else actor, known.kind if known else "")

    def _home(self, country: str) -> str:
        """The state whose "army" needs no name: the places are its own, and most parties are it."""
        states = {actor: n for actor, n in self.parties.items() if self.kind(actor) == "state"}
        share = states.get(country, 0) / max(1, sum(states.values()))
        return country if share >= HOME_SHARE else ""

    def kind(self, actor: str) -> str:
        """What kind of actor an id is; "" for none."""
        known = self.actors.get(actor)
        return known.kind if known else ""

    def issuer(self, index: Mapping[str, tuple[ActorEntry, ...]]) -> Claimant | None:
        """The body that issues a text written in the first person ("our units"), else None."""
        body = re.sub(r"[“\"][^“”\"]{0,600}[”\"]", " ", self.article.text)
        if not words_of("first_person").search(body):
            return None
        for word in words(self.article.publisher):
            for keys, actor, _, _ in index.get(word.key, ()):
                if keys == (word.key,) and self.kind(actor) in PARTIES:
                    return self.claimant(actor)
        heads = ("header", "title", "byline", "heading")
        for segment in [s for s in self.article.segments if s.kind in heads][:4]:
            refs = self.cast.between(segment.start, segment.end)
            if refs:
                return self.claimant(refs[0].actor)
        return None

    # -- in a stretch of text ----------------------------------------------------------------------

    def named(
        self, sentence: Sentence, start: int, end: int, *, plain: bool
    ) -> tuple[Claimant, ...]:
        """The speakers in ``text[start:end]`` of the article, right before or after their verb.

        ``plain``: the verb is one of plain saying, so that any noun before it may be a speaker.
        """
        part = self.article.text[start:end]
        refs = [ref for ref in self.cast.between(start, end) if self._speaks(ref, start)]
        owner = () if refs or not _OWN_BODY.match(part) else self._owner_before(sentence)
        if PRONOUN.search(part) or owner:
            return owner or self.last
        body = institution().search(part)
        if body and not refs_of(refs, start + body.start(), self.article.text):
            return self._institution(part, body)
        both = words_of("both").search(part)
        if both and len(part[both.end() :].split()) <= 4:
            return self._both(sentence, refs)
        if refs:
            other = self._other_body(refs[0], end)
            return (Claimant("", other, "body"),) if other else self._parties(refs)
        people = [
            self.cast.people[w] for w in re.findall(r"[A-Z][\w’-]+", part) if w in self.cast.people
        ]
        if people:
            return (self.claimant(people[0]),)
        return self._in_words(part, plain=plain)

    def _other_body(self, ref: ActorRef, end: int) -> str:
        """The name of a body that only begins with a state's: "the Xland Doctors Network"."""
        rest = _REST_OF_NAME.match(self.article.text, ref.end, end)
        if ref.adjective or not rest or self.kind(ref.actor) != "state":
            return ""
        own = words_of("heads").search(rest[0].lower())
        return "" if own else self.article.text[ref.start : rest.end()]

    def _parties(self, refs: list[ActorRef]) -> tuple[Claimant, ...]:
        """The party named first, with those joined to it."""
        media = [ref for ref in refs[1:3] if self.kind(ref.actor) == "media"]
        if (
            refs[0].adjective
            and media
            and "," not in self.article.text[refs[0].end : media[0].start]
        ):
            refs = media  # "the Russian news agency Tass": the agency speaks
        joined = [refs[0]]
        for ref in refs[1:]:
            between = self.article.text[joined[-1].end : ref.start]
            if _LINK.fullmatch(between) and ref.actor != joined[-1].actor:
                joined.append(ref)
        return tuple(self.claimant(ref.actor) for ref in unique(joined))

    def _owner_before(self, sentence: Sentence) -> tuple[Claimant, ...]:
        """The party of "its ministry": who spoke last, or whom the sentence before names."""
        before = self.article.sentences[max(sentence.index - 1, 0)]
        refs = [
            ref
            for ref in self.cast.between(before.start, sentence.end)
            if self.kind(ref.actor) in PARTIES
        ]
        named = {ref.actor for ref in refs}
        if self.last and self.last[0].actor in named:
            return self.last[:1]
        plain = [ref for ref in refs if not ref.adjective] or refs
        return (self.claimant(plain[0].actor),) if plain else ()

    def _institution(self, part: str, body: re.Match[str]) -> tuple[Claimant, ...]:
        """A bare "the army" is the state that spoke last, if the text is about it; else words."""
        before = part[: body.start()].rsplit(",", 1)[-1].split()[-3:]
        if any(w[:1].isupper() or w.endswith(("'s", "’s")) for w in before):
            return self._words(part)  # "Westland's health ministry", "the U.N. refugee agency"
        last = self.last[0] if self.last and self.last[0].kind == "state" else None
        word = body["body"].lower().split()[-1]
        if last and (word == "ministry" or last.actor == self.home):
            return self.last
        if self.home and not last:
            return (self.claimant(self.home),)
        return (Claimant("", body["body"].lower()),)

    def _in_words(self, part: str, *, plain: bool) -> tuple[Claimant, ...]:
        """Speakers known by their words only: "residents", "the opposition", a person's name."""
        text = part.strip(' ,“”"')
        bare = AUXILIARIES.sub("", text)
        if words_of("anaphora").fullmatch(bare):
            return self.last
        if words_of("groups").fullmatch(bare):
            group = self.last and self.last[0].kind == "armed group"
            return self.last if group else (Claimant("", _ARTICLE.sub("", bare).lower()),)
        speaker = last_match(words_of("speakers"), part)
        if speaker and (phrase := self._words(part)):
            return phrase  # "KNDF deputy commander Marwi", "local residents"
        if speaker and len(part[speaker.end() :].split()) <= WORDS_OF_A_CLOSE:
            return (Claimant("", _speaker_label(part, speaker)),)
        name = _CAPITAL_NAME.match(text)
        if name:
            return (Claimant("", name[0], "person"),)
        return self._words(part) if plain else ()

    def _words(self, part: str) -> tuple[Claimant, ...]:
        """The noun phrase itself, where it is short enough to be one."""
        phrase = AUXILIARIES.sub("", part.rsplit(",", 1)[-1].strip(' ,“”"'))
        if _PLACED.match(phrase) and " the " in phrase:
            phrase = phrase.rsplit(" the ", 1)[-1]  # "In the north the alliance said"
        phrase = _END_OF_SENTENCE.sub("", _ARTICLE.sub("", phrase))
        inside = phrase.split()
        generic = table("speech")["generic_subjects"]
        if not 0 < len(inside) <= WORDS_OF_A_NAME or any(c.isdigit() for c in phrase):
            return ()
        if not generic_free(inside, table("speech")["clause_words"]):
            return ()
        if inside[0].lower() in generic or inside[-1].lower() in generic or len(phrase) < 3:
            return ()
        return (Claimant("", phrase),)

    def _speaks(self, ref: ActorRef, start: int) -> bool:
        """Whether the named party can be the subject: not "X-backed", "against X", "over X"."""
        text = self.article.text
        if re.match(r"[-‑]\w", text[ref.end : ref.end + 2]):
            return bool(_run().match(text[ref.end : ref.end + 20]))
        return not NO_SUBJECT.search(text[max(start, ref.start - 24) : ref.start])

    def _both(self, sentence: Sentence, refs: Sequence[ActorRef]) -> tuple[Claimant, ...]:
        """The two parties of "both sides": those named with it, else those the text is about."""
        named = [ref for ref in unique(refs) if self.kind(ref.actor) in PARTIES]
        often = [
            actor for actor, n in self.parties.most_common(2) if n > 1 or len(self.parties) == 2
        ]
        inside = unique(self.cast.between(sentence.start, sentence.end))
        if len(named) < 2 and len(often) == 2:
            pair = often
        else:
            pair = [r.actor for r in (*named, *inside) if self.kind(r.actor) in PARTIES]
        found = [self.claimant(actor) for actor in dict.fromkeys(pair)][:2]
        return tuple(sorted(found, key=lambda claimant: claimant.label))


@cache
def _run() -> re.Pattern[str]:
    """Match what makes "X-run" or "X-led" one that speaks."""
    return re.compile(rf"[-‑]{any_of(table('speech')['runs'])}\b")


def generic_free(words_inside: list[str], clause_words: list[str]) -> bool:
    """Whether words make a noun phrase: a verb or a relative among them makes a clause."""
    return not any(word.lower() in clause_words for word in words_inside)


def refs_of(refs: list[ActorRef], body: int, text: str) -> list[ActorRef]:
    """The parties whose institution stands at ``body``: "Sudrian army", "Sudria's ministry"."""
    return [
        r
        for r in refs
        if r.end >= body or ("," not in text[r.end : body] and _owner(text[r.end : body]))
    ]


def _owner(between: str) -> bool:
    """Whether only an owner's mark and a few small words stand between a party and its body."""
    return bool(re.fullmatch(r"(?:['’]s?|[-‑]\w+)?\s*(?:[\w-]+\s+){0,3}", between))


def last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match of a pattern in a text."""
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def unique(refs: Iterable[ActorRef]) -> list[ActorRef]:
    """The first reference to each actor."""
    seen: dict[str, ActorRef] = {}
    for ref in refs:
        seen.setdefault(ref.actor, ref)
    return list(seen.values())


def _speaker_label(part: str, speaker: re.Match[str]) -> str:
    """Cut "a source at the hospital" to its head, with the word before it where that tells more."""
    before = re.findall(r"[\w'’-]+", part[: speaker.start()])[-1:]
    small = {"a", "an", "the", "some", "several", "that", "one", "and", "many", "other", "but"}
    tells = before and before[0].lower() not in small and before[0].isalpha()
    if not tells or before[0].lower().endswith("day"):
        return speaker[0]
    return f"{before[0]} {speaker[0]}"
