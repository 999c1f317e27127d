"""The sentences of one article read for events."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from geo.claims import Attributor, claims_on, to_claim
from geo.events.actors import country_of, find_cast
from geo.events.casualties import find_tolls
from geo.events.denials import give_denials
from geo.events.drafts import Draft, clusters, finish
from geo.events.losses import Losses
from geo.events.merging import merge
from geo.events.sites import SiteFinder
from geo.events.timing import Timing
from geo.events.triggers import find_triggers, is_generic, main_type, points_back
from geo.lexicon import table
from geo.text.repeats import COPIED_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.events.actors import ActorRef
    from geo.events.casualties import Toll
    from geo.events.sites import Site
    from geo.events.triggers import Trigger
    from geo.gazetteer import Gazetteer
    from geo.model import Article, Claim, Event, PlacePhrase, Resolution, Sentence

# These tell nothing: of another story, of nothing, or of what the text tells anyway.
_NO_STORY = frozenset({"link", "footer"})
_SILENT = _NO_STORY | {"repeat", "header"}
_HEADS = frozenset({"heading", "title"})
_AREAS = frozenset({"district", "province", "region"})
# What a generic word ("hit", "the raid") may take over from the event before it.
_MEANS = frozenset({"shelling/artillery", "air/drone strike", "missile strike"})
_NO_ACTOR = re.compile(r"[-‑]\w|\s(?:border|frontier|airspace)\b")
# "X's defence minister, in a statement, said": a speaker stands this close before the verb.
SPEAKER_REACH = 80
# A sentence that follows this closely may tell more of the event before it.
NEAR = 2


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('triggers')[name])})\b")


@cache
def _told_before() -> re.Pattern[str]:
    """Match what stands before an act that another follows, a few words between."""
    before = "|".join(table("triggers")["after_others"])
    return re.compile(rf"\b(?:{before})\s(?:[\w-]+\s){{0,3}}$")


class EventReader:
    """Reads the events of one article, sentence by sentence."""

    def __init__(
        self,
        article: Article,
        resolutions: Sequence[Resolution],
        phrases: Sequence[PlacePhrase],
        gazetteer: Gazetteer,
    ) -> None:
        """Read what every sentence says of parties, speakers, days, places and acts."""
        self.article = article
        self.gazetteer = gazetteer
        self.cast = find_cast(article, resolutions, gazetteer)
        self.attributions = Attributor(
            article, self.cast, gazetteer, country=country_of(resolutions, gazetteer)
        ).read()
        self.timing = Timing(article, self.attributions)
        self.losses = Losses(article, self.cast, self.attributions, gazetteer)
        self.sites = SiteFinder(article, resolutions, phrases, gazetteer)
        self.triggers = tuple(
            ()
            if s.kind in _NO_STORY
            else find_triggers(article.text[s.start : s.end], self.sites.spans(s))
            for s in article.sentences
        )
        self.main = self._main_site()
        self.drafts: list[Draft] = []
        self.told_at: dict[str, Draft] = {}
        self.said: set[tuple[str, ...]] = set()

    def read(self) -> tuple[Event, ...]:
        """All events, in the order of the text."""
        for sentence in self.article.sentences:
            triggers = self.triggers[sentence.index]
            if sentence.kind in _SILENT or not triggers:
                continue
            if self._is_copy(sentence):
                self._mention_again(self.sites.own(sentence))
                continue
            if any(t.real for t in triggers):
                self._sentence(sentence, triggers)
            self._negations(sentence)
        for sentence in self.article.sentences:
            if sentence.kind in _HEADS or (
                sentence.kind in _SILENT and self.triggers[sentence.index]
            ):
                self._mention_again(self.sites.own(sentence))
        give_denials(self.attributions, self.drafts, self.article.sentences)
        # A rumour that is only denied, and that nobody named has claimed, is no event.
        told = [d for d in self.drafts if d.labels("asserts") or not d.only_denied]
        return finish(self.article, merge(told))

    def _is_copy(self, sentence: Sentence) -> bool:
        """Whether the text said the same word for word before: its losses are no further ones."""
        if sentence.kind in _HEADS:
            return False
        words = tuple(self.article.text[sentence.start : sentence.end].split())
        if words in self.said:
            return True
        if len(words) >= COPIED_WORDS:
            self.said.add(words)
        return False

    def _main_site(self) -> Site | None:
        """The site that most sentences with an act name: where the rest of the text is set."""
        votes: Counter[str] = Counter()
        first: dict[str, Site] = {}
        for sentence, triggers in zip(self.article.sentences, self.triggers, strict=True):
            acts = any(t.real and t.strength == "act" for t in triggers)
            if sentence.kind in _SILENT:
                continue
            if not acts and not (triggers and sentence.kind == "caption"):
                continue
            if self.timing.past(sentence):
                continue
            for site in self.sites.own(sentence):
                if site.wide:
                    continue
                key = site.place.place_id or site.place.place
                # Heads say what a text is about; what is told of nowhere else fits an area better.
                head = 2 if sentence.kind in _HEADS else 1
                votes[key] += head * (3 if site.kind in _AREAS else 2)
                first.setdefault(key, site)
        if not votes:
            return None
        return first[max(votes, key=lambda key: (votes[key], -first[key].start))]

    # -- a sentence --------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence, triggers: tuple[Trigger, ...]) -> None:
        tolls = find_tolls(self.article.text[sentence.start : sentence.end])
        made = []
        for group, sites in clusters(self.article, sentence, triggers, self.sites.own(sentence)):
            if sites and self._tells(sentence, group) and not self._again(sentence, group, sites):
                made.append(self._draft(sentence, group, sites))
            elif any(t.strength == "act" for t in group):
                self._mention_again(sites)
        if made:
            self.losses.give(sentence, made, tolls)
            for draft in made:
                self._tell(draft)
            return
        acts = tuple(t for t in triggers if t.real and t.strength != "state")
        told = any(not self._before_others(sentence, t) for t in acts)
        if told and sentence.kind not in _HEADS:
            self._without_site(sentence, acts, tolls)

    def _tell(self, draft: Draft) -> None:
        """Add a draft, and note which was told last of each of its places."""
        self.drafts.append(draft)
        self.told_at.update(dict.fromkeys(draft.places, draft))

    def _before_others(self, sentence: Sentence, trigger: Trigger) -> bool:
        """Whether an act is only told to have come before another: "follows two bombings"."""
        left = self.article.text[sentence.start : sentence.start + trigger.start]
        return bool(_told_before().search(left))

    def _mention_again(self, sites: list[Site]) -> None:
        """Note where the text only comes back to what it told of a place before."""
        for site in sites:
            key = site.place.place_id or site.place.place
            told = self.told_at.get(key)
            if told is not None:
                told.again.append(site)

    def _negations(self, sentence: Sentence) -> None:
        """Read "X said that it had not shelled Y": X denies what others may say of Y."""
        # What one says did not happen is what others may say did.
        negated = tuple(
            dataclasses.replace(trigger, real=True)
            for trigger in self.triggers[sentence.index]
            if trigger.negated and trigger.strength == "act"
        )
        if not negated:
            return
        for group, sites in clusters(self.article, sentence, negated, self.sites.own(sentence)):
            draft = self._draft(sentence, group, sites) if sites else None
            if draft is not None and draft.labels("asserts"):
                draft.claims = [
                    msgspec.structs.replace(claim, stance="denies") for claim in draft.claims
                ]
                draft.only_denied = True
                self._tell(draft)

    def _tells(self, sentence: Sentence, group: tuple[Trigger, ...]) -> bool:
        """Whether triggers tell an event, and do not only mention one that was told before."""
        if not any(t.strength == "act" for t in group):
            return any(t.strength == "toll" for t in group) or self.timing.past(sentence)
        if any(t.strength == "toll" or not t.definite for t in group if t.strength != "state"):
            return True
        return bool(self.timing.own_days(sentence) or self._goes_on(sentence) or not self.drafts)

    def _again(self, sentence: Sentence, group: tuple[Trigger, ...], sites: list[Site]) -> bool:
        """Whether the clashes "on the border of A and B", "300 km from C" were told before."""
        text = self.article.text[sentence.start : sentence.end].lower()
        return (
            bool(self.drafts)
            and all(site.vague for site in sites)
            and all(points_back(text, t.start) for t in group if t.strength == "act")
            and not self.timing.own_days(sentence)
        )

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence tells that something began or went on."""
        return bool(_words("goes_on").search(self.article.text, sentence.start, sentence.end))

    def _without_site(
        self, sentence: Sentence, acts: tuple[Trigger, ...], tolls: tuple[Toll, ...]
    ) -> None:
        """A sentence that names no site: more of the event before it, or one more at its place."""
        only_tolls = all(t.strength == "toll" for t in acts)
        days = self.timing.event_days(sentence, acts)
        if self._whole_war(sentence) or (
            only_tolls and not days and self.timing.counts_years(sentence)
        ):
            return
        previous = self.drafts[-1] if self.drafts else None
        near = previous is not None and sentence.index - previous.sentence.index <= NEAR
        if previous is not None and near and not days and self._continues(sentence, acts, previous):
            self.losses.give(sentence, [previous], tolls)
            self._answer(sentence, previous)
            return
        anew = any(not t.definite for t in acts) or self._goes_on(sentence)
        dated = bool(self.timing.own_days(sentence)) and anew and not only_tolls
        source = self._place_before(sentence, previous if near else None)
        if only_tolls and previous is not None and self._counts_all(sentence, acts, previous):
            source = self.main
        if source is None or not (tolls or dated) or self.sites.elsewhere(sentence):
            return
        line = self.sites.line_phrase(sentence)
        site = self.sites.at_line(line, source) if line else self.sites.plain(source)
        for group, losses in self.losses.by_speaker(sentence, acts, tolls):
            draft = self._draft(sentence, group, [site])
            draft.reasons.append(
                "the sentence names no place; it is the place that the article is about"
            )
            self.losses.give(sentence, [draft], losses)
            self._tell(draft)

    def _counts_all(self, sentence: Sentence, acts: tuple[Trigger, ...], previous: Draft) -> bool:
        """Whether a state gives its losses after another spoke: of all, if the text has an area."""
        claims = self._said(sentence, acts)
        said = {claim.claimant for claim in claims if claim.claimant_id}
        area = self.main is not None and self.main.kind in _AREAS
        return area and bool(said) and not said & previous.labels("asserts")

    def _said(self, sentence: Sentence, acts: tuple[Trigger, ...]) -> tuple[Claim, ...]:
        """The claims on the acts of a sentence."""
        start, end = sentence.start + acts[0].start, sentence.start + acts[-1].end
        return claims_on(start, end, self.attributions[sentence.index], self.article.sentences)

    def _whole_war(self, sentence: Sentence) -> bool:
        """Whether a sentence counts what a war has cost: no event of these days."""
        return bool(_words("whole_war").search(self.article.text, sentence.start, sentence.end))

    def _place_before(self, sentence: Sentence, previous: Draft | None) -> Site | None:
        """The one place of the event before in the same block, else what the text is about."""
        # "denied these reports but confirmed fighting": not at the places of what is denied.
        answers = any(a.backward for a in self.attributions[sentence.index])
        if previous is None or answers or len(previous.sites) != 1:
            return self.main
        same_block = previous.sentence.segment == sentence.segment
        return previous.sites[0] if same_block else self.main

    def _continues(self, sentence: Sentence, acts: tuple[Trigger, ...], previous: Draft) -> bool:
        """Whether a sentence without place and date tells more of the event before it."""
        follows = sentence.segment == previous.sentence.segment
        follows = follows and sentence.index - previous.sentence.index == 1
        claims = self._said(sentence, acts)
        same_voice = {c.claimant for c in claims} <= previous.labels("asserts")
        answers = any(a.answers for a in self.attributions[sentence.index])
        if any(t.definite for t in acts if t.strength == "act"):
            return same_voice or answers
        return follows and same_voice and all(t.strength == "toll" for t in acts)

    def _answer(self, sentence: Sentence, previous: Draft) -> None:
        """Give "X confirmed the strike", "X accused Y of the attack" to the event before it."""
        for attribution in self.attributions[sentence.index]:
            if attribution.answers and attribution.stance == "asserts":
                spoken = previous.labels("asserts") | previous.labels("denies")
                previous.claims += [
                    to_claim(attribution, claimant, self.article.sentences)
                    for claimant in attribution.claimants
                    if claimant.label not in spoken
                ]

    # -- a draft -----------------------------------------------------------------------------------

    def _draft(self, sentence: Sentence, triggers: tuple[Trigger, ...], sites: list[Site]) -> Draft:
        draft = Draft(sentence, main_type(triggers), triggers, sites)
        draft.heading = sentence.kind in _HEADS
        self.timing.date(draft, self.drafts)
        end = sentence.start + triggers[0].end
        found = self.attributions[sentence.index]
        draft.claims = list(claims_on(draft.start, end, found, self.article.sentences))
        draft.only_denied = any(claim.stance == "denies" for claim in draft.claims)
        draft.actors = self._actors(sentence)
        previous = self.drafts[-1] if self.drafts else None
        follows = previous is not None and previous.sentence.segment == sentence.segment
        if previous is not None and follows and is_generic(triggers) and previous.type in _MEANS:
            draft.type = previous.type
        return draft

    def _actors(self, sentence: Sentence) -> tuple[str, ...]:
        """Parties named in the sentence, in its order."""
        refs = [
            r for r in self.cast.between(sentence.start, sentence.end) if self._acts(r, sentence)
        ]
        known = [self.gazetteer.actors.get(ref.actor) for ref in refs]
        parties = ("state", "de facto authority", "armed group")
        return tuple(dict.fromkeys(a.label for a in known if a is not None and a.kind in parties))

    def _acts(self, ref: ActorRef, sentence: Sentence) -> bool:
        """Whether a party acts or suffers: not "X-made", "the X border", nor a mere speaker."""
        if _NO_ACTOR.match(self.article.text, ref.end):
            return False
        return not any(
            ref.end <= a.verb_start <= ref.end + SPEAKER_REACH
            and any(claimant.actor == ref.actor for claimant in a.claimants)
            for a in self.attributions[sentence.index]
        )
