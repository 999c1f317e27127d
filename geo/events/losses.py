"""Figures of losses given to the events that they belong to, each with who says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.claims import Attribution, claims_on
from geo.model import Claim, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.events.actors import Cast
    from geo.events.casualties import Toll
    from geo.events.drafts import Draft
    from geo.events.triggers import Trigger
    from geo.gazetteer import Gazetteer
    from geo.model import Article, Sentence

_OWN = re.compile(r"\b(?:its|their|our)\b")
Group = tuple[tuple["Trigger", ...], tuple["Toll", ...]]


class Losses:
    """Who lost whom, as the sentences of one article tell it."""

    def __init__(
        self,
        article: Article,
        cast: Cast,
        attributions: Sequence[Iterable[Attribution]],
        gazetteer: Gazetteer,
    ) -> None:
        """``attributions`` are those of each sentence."""
        self.article = article
        self.cast = cast
        self.attributions = attributions
        self.gazetteer = gazetteer

    def give(self, sentence: Sentence, drafts: list[Draft], tolls: tuple[Toll, ...]) -> None:
        """Give each figure to the draft whose trigger stands nearest to it."""
        for toll in tolls:
            draft = min(drafts, key=lambda d: self._apart(sentence, toll, d))
            claims = self._claims(sentence, toll.start, toll.end)
            draft.figures.append(self._figure(sentence, toll, draft, claims))
            if claims and not draft.claims:
                draft.claims = list(claims)
        for draft in drafts:
            if draft.figures and all(t.strength == "toll" for t in draft.triggers):
                kinds = {figure.kind for figure in draft.figures}
                draft.type = "violence against civilians" if kinds == {"civilian"} else "battle"

    def _apart(self, sentence: Sentence, toll: Toll, draft: Draft) -> tuple[bool, int]:
        """How far a figure stands from a draft's triggers; across a semicolon is farther."""
        if draft.sentence.index != sentence.index:
            return False, 0
        near = min(draft.triggers, key=lambda t: abs(t.start - toll.start))
        low, high = sorted((near.start, toll.start))
        between = self.article.text[sentence.start + low : sentence.start + high]
        return ";" in between, abs(near.start - toll.start)

    def by_speaker(
        self, sentence: Sentence, triggers: tuple[Trigger, ...], tolls: tuple[Toll, ...]
    ) -> list[Group]:
        """Losses that different speakers tell in one sentence, told apart: "A said 7, and B 4"."""
        if len(tolls) < 2 or any(t.strength != "toll" for t in triggers):
            return [(triggers, tolls)]
        groups: dict[frozenset[str], tuple[list[Trigger], list[Toll]]] = {}
        for trigger in triggers:
            who = self._speakers(sentence, trigger.start, trigger.end)
            groups.setdefault(who, ([], []))[0].append(trigger)
        for toll in tolls:
            who = self._speakers(sentence, toll.start, toll.end)
            groups.setdefault(who, ([], []))[1].append(toll)
        if len(groups) == 1 or any(not acts or not losses for acts, losses in groups.values()):
            return [(triggers, tolls)]
        return [(tuple(acts), tuple(losses)) for acts, losses in groups.values()]

    def _claims(self, sentence: Sentence, start: int, end: int) -> tuple[Claim, ...]:
        return claims_on(
            sentence.start + start,
            sentence.start + end,
            self.attributions[sentence.index],
            self.article.sentences,
        )

    def _speakers(self, sentence: Sentence, start: int, end: int) -> frozenset[str]:
        return frozenset(claim.claimant for claim in self._claims(sentence, start, end))

    def _figure(
        self, sentence: Sentence, toll: Toll, draft: Draft, claims: tuple[Claim, ...]
    ) -> Figure:
        start, end = sentence.start + toll.who[0], sentence.start + toll.who[1]
        claimed = tuple(c.claimant for c in claims if c.stance == "asserts")
        named = next(iter(self.cast.between(start, end)), None)
        actor = self.gazetteer.actors.get(named.actor) if named else None
        # "seven of its troops": the speaker's own.
        own = claimed[0] if claimed and _OWN.search(self.article.text, start, end) else ""
        return Figure(
            killed=toll.number if toll.harm == "killed" else None,
            wounded=toll.number if toll.harm == "wounded" else None,
            side=actor.label if actor else own,
            kind=toll.kind,
            bound=toll.bound,
            claimed_by=claimed,
            date_start=draft.first,
            date_end=draft.last,
            start=sentence.start + toll.start,
            end=sentence.start + toll.end,
        )
