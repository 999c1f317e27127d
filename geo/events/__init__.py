"""Events of one article: what happened, where, when, who says so, and the losses as told.

A sentence reports an event where a word of armed action stands beside a place that may be a site.
A sentence without a place of its own tells more of the event before it, or, with a date or a toll,
one more event at the place that the article is about. One place, one day, one type and the same
claimants are one event, however often the article tells it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.claims import DENIAL_REACH, Attribution, Attributor, claims_on, to_claim
from geo.events.actors import Cast, find_cast
from geo.events.casualties import Toll, find_tolls
from geo.events.dates import DateLine, DateRef, read_dates
from geo.events.sites import Site, SiteFinder
from geo.events.triggers import Trigger, find_triggers, is_generic, main_type
from geo.model import (
    Article,
    Claim,
    Event,
    EventPlace,
    EventType,
    Figure,
    PlacePhrase,
    Resolution,
    Sentence,
)

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_SILENT = frozenset({"link", "footer", "repeat", "header"})
_GOES_ON = re.compile(
    r"\b(?:began|begun|started|broke\s+out|broken\s+out|erupted|continu\w+|went\s+on|going\s+on|resumed|rag(?:ed|ing)|lasted|spread|intensified|escalated)\b"
)
_AREAS = frozenset({"district", "province", "region"})
_MEANS = frozenset({"shelling/artillery", "air/drone strike", "missile strike"})
_WHOLE_WAR = re.compile(
    r"\b(?:war|conflict|insurgency|unrest)\b[^.;]{0,60}\b(?:has|have|had)\s+(?:\w+\s+)?(?:killed|claimed|cost|left)\b"
)
_HEADS = frozenset({"heading", "title"})


@dataclass(slots=True)
class Draft:
    """An event in the making."""

    sentence: Sentence
    type: EventType
    triggers: tuple[Trigger, ...]
    sites: list[Site]
    first: dt.date | None = None
    last: dt.date | None = None
    date_text: str | None = None
    date_rule: str = ""
    claims: list[Claim] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    background: bool = False
    heading: bool = False
    inherited: bool = False
    only_denied: bool = False
    actors: tuple[str, ...] = ()
    reasons: list[str] = field(default_factory=list)

    @property
    def places(self) -> frozenset[str]:
        """What tells one event's places from another's."""
        return frozenset(site.place.place_id or site.place.place for site in self.sites)

    def labels(self, stance: str) -> frozenset[str]:
        """Who asserts, or who denies."""
        return frozenset(claim.claimant for claim in self.claims if claim.stance == stance)


class EventReader:
    """Reads the events of one article, sentence by sentence."""

    def __init__(
        self,
        article: Article,
        resolutions: Sequence[Resolution],
        phrases: Sequence[PlacePhrase],
        gazetteer: Gazetteer,
    ) -> None:
        self.article = article
        self.gazetteer = gazetteer
        self.cast: Cast = find_cast(article, resolutions, gazetteer)
        self.attributions = Attributor(article, self.cast, dict(gazetteer.actors)).read()
        self.dates: tuple[DateLine, ...] = read_dates(article)
        self.sites = SiteFinder(article, resolutions, phrases, gazetteer)
        self.triggers = tuple(
            () if s.kind in _SILENT else find_triggers(article.text[s.start : s.end])
            for s in article.sentences
        )
        self.main = self._main_site()
        self.drafts: list[Draft] = []

    # -- the place that the article is about -----------------------------------------------------

    def _main_site(self) -> Site | None:
        """The site that most sentences with a trigger name; the smaller, the earlier, wins a tie."""
        votes: Counter[str] = Counter()
        first: dict[str, Site] = {}
        for sentence, triggers in zip(self.article.sentences, self.triggers, strict=True):
            acts = any(t.real and t.strength == "act" for t in triggers)
            if not acts and not (triggers and sentence.kind == "caption"):
                continue
            if self._past(sentence):
                continue
            for site in self.sites.own(sentence):
                if site.wide:
                    continue
                key = site.place.place_id or site.place.place
                # Heads say what a text is about; what is told of nowhere else fits an area better.
                votes[key] += (2 if sentence.kind in _HEADS else 1) * (
                    3 if site.kind in _AREAS else 2
                )
                first.setdefault(key, site)
        if not votes:
            return None
        best = max(votes, key=lambda key: (votes[key], -first[key].place.start))
        return first[best]

    # -- sentences -------------------------------------------------------------------------------

    def read(self) -> tuple[Event, ...]:
        """All events, in the order of the text."""
        for sentence in self.article.sentences:
            triggers = tuple(t for t in self.triggers[sentence.index] if t.real)
            if triggers:
                self._sentence(sentence, triggers)
        self._denials()
        # A rumour that is only denied, and that nobody named has claimed, is no event.
        self.drafts = [d for d in self.drafts if d.labels("asserts") or not d.only_denied]
        return finish(self.article, merge(self.drafts))

    def _sentence(self, sentence: Sentence, triggers: tuple[Trigger, ...]) -> None:
        text = self.article.text[sentence.start : sentence.end]
        tolls = find_tolls(text)
        clusters = _clusters(sentence, triggers, self.sites.own(sentence))
        made: list[Draft] = []
        for group, sites in clusters:
            if sites and self._tells(sentence, group):
                made.append(self._draft(sentence, group, sites))
        if not made:
            self._without_site(sentence, triggers, tolls)
            return
        self._give_tolls(sentence, made, tolls)
        self.drafts.extend(made)

    def _tells(self, sentence: Sentence, group: tuple[Trigger, ...]) -> bool:
        """Whether triggers tell an event, and do not only mention one that was told before."""
        acts = [t for t in group if t.strength == "act"]
        if not acts:
            return any(t.strength == "toll" for t in group) or self._past(sentence)
        if any(t.strength == "toll" or not t.definite for t in group if t.strength != "state"):
            return True
        if any(
            ref.first and not self._of_statement(sentence, ref)
            for ref in self.dates[sentence.index].refs
        ):
            return True
        return (
            bool(_GOES_ON.search(self.article.text, sentence.start, sentence.end))
            or not self.drafts
        )

    def _past(self, sentence: Sentence) -> bool:
        return any(ref.past and not self._compares(ref) for ref in self.dates[sentence.index].refs)

    def _without_site(
        self, sentence: Sentence, triggers: tuple[Trigger, ...], tolls: tuple[Toll, ...]
    ) -> None:
        """A sentence that names no site: more of the event before it, or one more at its place."""
        acts = tuple(t for t in triggers if t.strength != "state")
        if not acts or sentence.kind in _HEADS:
            return
        refs = self._event_dates(sentence, acts)
        if (
            all(t.strength == "toll" for t in acts)
            and not refs
            and any(
                r.past or (not r.first and self._compares(r))
                for r in self.dates[sentence.index].refs
            )
        ):
            return  # "40,000 people since 1984"
        if _WHOLE_WAR.search(self.article.text, sentence.start, sentence.end):
            return  # "the war has killed 6,000": no event of these days
        previous = self.drafts[-1] if self.drafts else None
        near = previous is not None and sentence.index - previous.sentence.index <= 2
        if previous is not None and near and not refs and self._continues(sentence, acts, previous):
            self._give_tolls(sentence, [previous], tolls)
            self._answer(sentence, previous)
            return
        own = [ref for ref in refs if not self._of_statement(sentence, ref)]
        if not tolls and not (
            own
            and (
                any(not t.definite for t in acts)
                or _GOES_ON.search(self.article.text, sentence.start, sentence.end)
            )
        ):
            return
        line = self.sites.line_phrase(sentence)
        source = self.main
        answers = any(a.backward for a in self.attributions[sentence.index])
        # "denied these reports but confirmed fighting": not at the places of what is denied.
        if (
            near
            and not answers
            and previous is not None
            and len(previous.sites) == 1
            and previous.sentence.segment == sentence.segment
        ):
            source = previous.sites[0]
        if source is None:
            return
        site = self.sites.on_line(source, line) if line else self.sites.plain(source)
        if all(t.strength == "toll" for t in acts) and not tolls:
            return
        for group, losses in self._by_speaker(sentence, acts, tolls):
            draft = self._draft(sentence, group, [site])
            draft.inherited = True
            draft.reasons.append(
                "the sentence names no place; it is the place that the article is about"
            )
            self._give_tolls(sentence, [draft], losses)
            self.drafts.append(draft)

    def _by_speaker(
        self, sentence: Sentence, triggers: tuple[Trigger, ...], tolls: tuple[Toll, ...]
    ) -> list[tuple[tuple[Trigger, ...], tuple[Toll, ...]]]:
        """Losses told by different speakers in one sentence are told apart: "A said ..., and B said ..."."""
        if len(tolls) < 2 or any(t.strength != "toll" for t in triggers):
            return [(triggers, tolls)]

        def speaker(start: int, end: int) -> frozenset[str]:
            found = claims_on(
                sentence.start + start,
                sentence.start + end,
                self.attributions[sentence.index],
                self.article.sentences,
            )
            return frozenset(claim.claimant for claim in found)

        groups: dict[frozenset[str], tuple[list[Trigger], list[Toll]]] = {}
        for trigger in triggers:
            groups.setdefault(speaker(trigger.start, trigger.end), ([], []))[0].append(trigger)
        for toll in tolls:
            groups.setdefault(speaker(toll.start, toll.end), ([], []))[1].append(toll)
        if len(groups) == 1 or any(not acts or not losses for acts, losses in groups.values()):
            return [(triggers, tolls)]
        return [(tuple(acts), tuple(losses)) for acts, losses in groups.values()]

    def _continues(self, sentence: Sentence, acts: tuple[Trigger, ...], previous: Draft) -> bool:
        """Whether a sentence without place and date tells more of the event before it."""
        definite = any(t.definite for t in acts if t.strength == "act")
        same_block = (
            sentence.segment == previous.sentence.segment
            and sentence.index - previous.sentence.index == 1
        )
        claims = claims_on(
            sentence.start, sentence.end, self.attributions[sentence.index], self.article.sentences
        )
        same_voice = {c.claimant for c in claims} <= previous.labels("asserts")
        return definite or (same_block and same_voice and all(t.strength == "toll" for t in acts))

    def _answer(self, sentence: Sentence, previous: Draft) -> None:
        """ "X confirmed the strike", "X accused Y of the attack": X asserts the event before it."""
        for attribution in self.attributions[sentence.index]:
            if attribution.answers and attribution.stance == "asserts":
                for claimant in attribution.claimants:
                    if claimant.label not in previous.labels("asserts") | previous.labels("denies"):
                        previous.claims.append(
                            to_claim(attribution, claimant, self.article.sentences)
                        )

    # -- one draft -------------------------------------------------------------------------------

    def _draft(self, sentence: Sentence, triggers: tuple[Trigger, ...], sites: list[Site]) -> Draft:
        draft = Draft(sentence, main_type(triggers), triggers, sites)
        draft.heading = sentence.kind in _HEADS
        self._date(draft)
        anchor = sentence.start + triggers[0].start, sentence.start + triggers[0].end
        draft.claims = list(
            claims_on(*anchor, self.attributions[sentence.index], self.article.sentences)
        )
        draft.only_denied = any(claim.stance == "denies" for claim in draft.claims)
        draft.actors = self._actors(sentence)
        previous = self.drafts[-1] if self.drafts else None
        if (
            previous is not None
            and is_generic(triggers)
            and previous.sentence.segment == sentence.segment
            and previous.type in _MEANS
        ):
            draft.type = previous.type
        return draft

    def _actors(self, sentence: Sentence) -> tuple[str, ...]:
        """Parties named in the sentence, in its order."""
        found: dict[str, None] = {}
        for ref in self.cast.between(sentence.start, sentence.end):
            actor = self.gazetteer.actors.get(ref.actor)
            if actor and actor.kind in ("state", "de facto authority", "armed group"):
                found[actor.label] = None
        return tuple(found)

    def _event_dates(self, sentence: Sentence, triggers: tuple[Trigger, ...]) -> list[DateRef]:
        """Days that date what happened; the day of a statement only dates acts that have no other."""
        refs = [ref for ref in self.dates[sentence.index].refs if ref.first]
        own = [ref for ref in refs if not self._of_statement(sentence, ref)]
        if own or all(t.strength == "toll" for t in triggers):
            return own
        return refs

    def _of_statement(self, sentence: Sentence, ref: DateRef) -> bool:
        """ "said on Monday": the day stands next to the verb of speech."""
        for attribution in self.attributions[sentence.index]:
            between = self.article.text[attribution.verb_end : ref.start]
            if attribution.verb_end <= ref.start and re.fullmatch(
                r"\s*(?:(?:in a statement|earlier|late)\s*)?(?:on|early|late)?\s*(?:on\s*)?",
                between,
            ):
                return True
        return False

    def _date(self, draft: Draft) -> None:
        sentence, text = draft.sentence, self.article.text
        refs = self._event_dates(sentence, draft.triggers)
        anchor = sentence.start + draft.triggers[0].start
        site = draft.sites[0].place.start if draft.sites else anchor
        if refs:
            low, high = self._clause(draft)
            inside = [r for r in refs if low <= r.start < high]
            if not inside and all(t.strength == "toll" for t in draft.triggers):
                return  # another clause's day does not date this one's losses
            inside = inside or refs
            ref = min(inside, key=lambda r: min(abs(r.start - anchor), abs(r.start - site)))
            draft.first, draft.last = ref.first, ref.last
            draft.date_text, draft.date_rule = text[ref.start : ref.end], ref.rule
            reference = self.dates[sentence.index].reference
            if ref.since and reference and ref.first and reference >= ref.first:
                draft.last = self._statement_day(sentence) or reference
                draft.date_rule += "; since then, up to the day spoken from"
            return
        line = self.dates[sentence.index]
        past = next((r for r in line.refs if r.past and not self._compares(r)), None)
        if past:
            draft.background = True
            draft.date_text, draft.date_rule = text[past.start : past.end], past.rule
            return
        partial = next((r for r in line.refs if not r.first and not self._compares(r)), None)
        if partial:
            draft.date_text, draft.date_rule = text[partial.start : partial.end], partial.rule
            return
        if (
            any(t.strength == "act" for t in draft.triggers)
            and self._present(sentence)
            and line.reference
        ):
            draft.first = draft.last = line.reference
            draft.date_rule = "told in the present: the day spoken from"
            return
        self._carry(draft)

    def _clause(self, draft: Draft) -> tuple[int, int]:
        """The stretch of the sentence round a draft's triggers, up to clauses with other dates."""
        text, sentence = self.article.text, draft.sentence
        low, high = sentence.start, sentence.end
        first, last = (
            sentence.start + draft.triggers[0].start,
            sentence.start + draft.triggers[-1].end,
        )
        for boundary in re.finditer(
            r";|,\s(?:and|but|while|By|On|by|on)\s|,\s(?=[A-Z][a-z]+ \d)",
            text[sentence.start : sentence.end],
        ):
            at = sentence.start + boundary.start()
            if at < first:
                low = at
            elif at >= last:
                high = at
                break
        return low, high

    def _statement_day(self, sentence: Sentence) -> dt.date | None:
        days = [
            r.first
            for r in self.dates[sentence.index].refs
            if r.first and self._of_statement(sentence, r)
        ]
        return days[0] if days else None

    def _compares(self, ref: DateRef) -> bool:
        """ "the heaviest since 2016" compares, it does not date."""
        return bool(
            re.search(
                r"\b(?:since|than)\s+(?:the\s+)?$",
                self.article.text[max(0, ref.start - 16) : ref.start],
            )
        )

    def _present(self, sentence: Sentence) -> bool:
        text = self.article.text[sentence.start : sentence.end]
        return bool(
            re.search(
                r"\b(?:is|are)\s+(?:\w+\s+)?(?:striking|shelling|bombing|attacking|advancing|fighting|firing|under way|going on|taking place|continuing)\b",
                text,
            )
        )

    def _carry(self, draft: Draft) -> None:
        """A date carries over from the sentence before, not across another date or "later"."""
        index = draft.sentence.index
        text = self.article.text[draft.sentence.start : draft.sentence.end]
        if re.match(
            r"\s*(?:later|then|afterwards|subsequently|earlier|previously|meanwhile)\b",
            text,
            re.IGNORECASE,
        ):
            return
        for previous in reversed(self.drafts):
            if not 0 < index - previous.sentence.index <= 2:
                break
            if previous.first and not previous.background and previous.first == previous.last:
                draft.first, draft.last = previous.first, previous.last
                draft.date_rule = "carried over from the sentence before"
                return

    # -- losses ----------------------------------------------------------------------------------

    def _give_tolls(self, sentence: Sentence, drafts: list[Draft], tolls: tuple[Toll, ...]) -> None:
        for toll in tolls:
            draft = min(
                drafts,
                key=lambda d: min((abs(t.start - toll.start) for t in d.triggers), default=0),
            )
            claims = claims_on(
                sentence.start + toll.start,
                sentence.start + toll.end,
                self.attributions[sentence.index],
                self.article.sentences,
            )
            side = next(
                (
                    r
                    for r in self.cast.between(
                        sentence.start + toll.who[0], sentence.start + toll.who[1]
                    )
                ),
                None,
            )
            claimed = tuple(c.claimant for c in claims if c.stance == "asserts")
            own = re.search(
                r"\b(?:its|their|our)\b",
                self.article.text[sentence.start + toll.who[0] : sentence.start + toll.who[1]],
            )
            label = (
                self.gazetteer.actors[side.actor].label
                if side and side.actor in self.gazetteer.actors
                else ""
            )
            draft.figures.append(
                Figure(
                    killed=toll.number if toll.harm == "killed" else None,
                    wounded=toll.number if toll.harm == "wounded" else None,
                    side=label or (claimed[0] if own and claimed else ""),
                    kind=toll.kind,
                    bound=toll.bound,
                    claimed_by=claimed,
                    date_start=draft.first,
                    date_end=draft.last,
                    start=sentence.start + toll.start,
                    end=sentence.start + toll.end,
                )
            )
            if claims and not draft.claims:
                draft.claims = list(claims)
        for draft in drafts:
            if draft.figures and all(t.strength == "toll" for t in draft.triggers):
                kinds = {figure.kind for figure in draft.figures}
                draft.type = "violence against civilians" if kinds == {"civilian"} else "battle"

    # -- denials ---------------------------------------------------------------------------------

    def _denials(self) -> None:
        for found in self.attributions:
            for attribution in found:
                if attribution.stance == "denies":
                    self._deny(attribution)

    def _deny(self, attribution: Attribution) -> None:
        """Give a denial to the events that it covers: those that others claimed just before it."""
        who = {claimant.label for claimant in attribution.claimants}
        reach = [
            d
            for d in self.drafts
            if 0 <= attribution.sentence - d.sentence.index <= DENIAL_REACH
            and d.sentence.start + d.triggers[0].start < attribution.verb_start
            and not d.labels("asserts") & who
            and not d.labels("denies") & who
        ]
        own = [
            d
            for d in self.drafts
            if d.sentence.index == attribution.sentence
            and attribution.start <= d.sentence.start + d.triggers[0].start < attribution.end
        ]
        if not attribution.backward and own:
            for draft in own:
                for target in reach:
                    if (
                        target.places == draft.places
                        and target is not draft
                        and target.labels("asserts")
                    ):
                        self._add_denial(target, attribution)
            return
        claimed = [d for d in reach if d.labels("asserts")]
        if not attribution.several:
            # "denied responsibility", "issued a denial": an answer to what was told last.
            near = (
                claimed
                if claimed and attribution.sentence - claimed[-1].sentence.index <= 1
                else reach
            )
            last = near[-1].sentence.index if near else -1
            claimed = [
                d for d in near if d.sentence.index == last and attribution.sentence - last <= 2
            ]
        for target in claimed:
            self._add_denial(target, attribution)

    def _add_denial(self, draft: Draft, attribution: Attribution) -> None:
        for claimant in attribution.claimants:
            claim = to_claim(attribution, claimant, self.article.sentences)
            draft.claims.append(
                Claim(
                    stance="denies",
                    claimant=claim.claimant,
                    claimant_id=claim.claimant_id,
                    hedge="",
                    start=claim.start,
                    end=claim.end,
                )
            )


def _clusters(
    sentence: Sentence, triggers: tuple[Trigger, ...], sites: list[Site]
) -> list[tuple[tuple[Trigger, ...], list[Site]]]:
    """Triggers with the sites that they govern: a site belongs to the last trigger before it."""
    owner: dict[int, list[Site]] = {}
    strong = [i for i, t in enumerate(triggers) if t.strength != "state"] or list(
        range(len(triggers))
    )
    for site in sites:
        position = site.start - sentence.start
        before = [i for i in strong if triggers[i].start < position]
        owner.setdefault(before[-1] if before else strong[0], []).append(site)
    groups: list[tuple[tuple[Trigger, ...], list[Site]]] = []
    pending: list[Trigger] = []
    for index, trigger in enumerate(triggers):
        pending.append(trigger)
        if index in owner:
            groups.append((tuple(pending), owner[index]))
            pending = []
    if pending:
        if groups:
            group, where = groups[-1]
            groups[-1] = (group + tuple(pending), where)
        else:
            groups.append((tuple(pending), []))
    return groups


def merge(drafts: list[Draft]) -> list[Draft]:
    """One place, one day, one type, the same claimants and deniers: one event."""
    out: list[Draft] = []
    for draft in drafts:
        twin = next((other for other in out if _same(other, draft)), None)
        if twin is None:
            out.append(draft)
            continue
        if twin.first is None:
            twin.first, twin.last, twin.date_text, twin.date_rule = (
                draft.first,
                draft.last,
                draft.date_text,
                draft.date_rule,
            )
        twin.figures.extend(draft.figures)
        if twin.heading and not draft.heading:
            twin.sentence, twin.triggers, twin.sites, twin.heading = (
                draft.sentence,
                draft.triggers,
                draft.sites,
                False,
            )
        twin.actors = tuple(dict.fromkeys(twin.actors + draft.actors))
    return out


def _same(a: Draft, b: Draft) -> bool:
    if a.places != b.places or a.background != b.background:
        return False
    if a.heading or b.heading:
        return True
    if (
        a.type != b.type
        or a.labels("asserts") != b.labels("asserts")
        or a.labels("denies") != b.labels("denies")
    ):
        return False
    if a.figures and b.figures and a.labels("asserts"):
        return (
            False  # two figures of one speaker are two things said; the article's own are one toll
        )
    return (a.first, a.last) == (b.first, b.last) or a.first is None or b.first is None


def finish(article: Article, drafts: list[Draft]) -> tuple[Event, ...]:
    """Records of the drafts, with ids that hang on article, first place and evidence sentence."""
    events: list[Event] = []
    seen: Counter[str] = Counter()
    for draft in drafts:
        sentence = draft.sentence
        evidence = " ".join(article.text[sentence.start : sentence.end].split())
        first = draft.sites[0].place
        base = hashlib.sha256(
            f"{article.id}\n{first.place_id or first.place}\n{evidence}".encode()
        ).hexdigest()[:10]
        seen[base] += 1
        events.append(
            Event(
                id=f"ev-{base}" + (f"-{seen[base]}" if seen[base] > 1 else ""),
                article_id=article.id,
                type=draft.type,
                places=tuple(site.place for site in draft.sites),
                start=sentence.start,
                end=sentence.end,
                trigger_start=sentence.start + draft.triggers[0].start,
                trigger_end=sentence.start + draft.triggers[0].end,
                date_start=draft.first,
                date_end=draft.last,
                date_text=draft.date_text,
                date_rule=draft.date_rule,
                actors=draft.actors,
                claims=tuple(draft.claims),
                figures=tuple(draft.figures),
                deaths=_total(draft, "killed"),
                wounded=_total(draft, "wounded"),
                background=draft.background,
                reasons=tuple(draft.reasons),
            )
        )
    return tuple(events)


def _total(draft: Draft, harm: str) -> int | None:
    """Figures that one source gives side by side, added up; None where speakers differ."""
    rows = [f for f in draft.figures if getattr(f, harm) is not None]
    if not rows or len({row.claimed_by for row in rows}) > 1:
        return None
    sentences = {(row.start, row.end) for row in rows}
    return sum(getattr(row, harm) for row in rows) if len(sentences) == len(rows) else None


def extract_events(
    article: Article,
    resolutions: Sequence[Resolution],
    phrases: Sequence[PlacePhrase],
    gazetteer: Gazetteer,
) -> tuple[Event, ...]:
    """The events of an article that has been read up to its places."""
    return EventReader(article, resolutions, phrases, gazetteer).read()
