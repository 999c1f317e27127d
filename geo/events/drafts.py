"""Events in the making: triggers with their sites, joined where they tell the same."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.events.sites import Site
from geo.events.triggers import Trigger
from geo.model import Article, Claim, Event, EventType, Figure, Sentence, Span
from geo.precision import AREAS

if TYPE_CHECKING:
    import datetime as dt


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
    again: list[Site] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Offset of its first trigger in the article."""
        return self.sentence.start + self.triggers[0].start

    @property
    def places(self) -> frozenset[str]:
        """What tells one event's places from another's."""
        return frozenset(site.place.place_id or site.place.place for site in self.sites)

    def labels(self, stance: str) -> frozenset[str]:
        """Who asserts, or who denies."""
        return frozenset(claim.claimant for claim in self.claims if claim.stance == stance)


# A new clause: what stands before it is not where its acts happened.
_CLAUSE = re.compile(r"[;:]\s|,\s(?:and|but|while|whereas)\s")
# A district may be a quarter of a town as well as what holds villages.
_LARGE = frozenset(AREAS) - {"district"}
# "the A district and the village of B"; a comma alone parts a place from what holds it.
_AND = re.compile(
    r"(?:\s[a-z]+)?(?:,\s[^,;]{3,50},)?,?\s(?:and|or|as well as)\s(?:[a-z-]+\s){0,5}"
    r"|\s[a-z]+\sof\s(?:[a-z-]+\s){0,3}"
)
Cluster = tuple[tuple[Trigger, ...], list[Site]]


def clusters(
    article: Article, sentence: Sentence, triggers: tuple[Trigger, ...], sites: list[Site]
) -> list[Cluster]:
    """Triggers with the sites that they govern, clause after clause parted by semicolons."""
    text = article.text[sentence.start : sentence.end]
    out: list[Cluster] = []
    start = 0
    for stop in [*(match.start() for match in re.finditer(r";\s", text)), len(text) + 1]:
        group = tuple(t for t in triggers if start <= t.start < stop)
        if any(t.real for t in group):
            inside = [s for s in sites if start <= s.start - sentence.start < stop]
            out += _governed(text, sentence, group, inside)
        start = stop
    return [(group, _most_specific(text, sentence, where)) for group, where in out]


def _most_specific(text: str, sentence: Sentence, sites: list[Site]) -> list[Site]:
    """Of a province and a spot told of one act the spot is meant, unless both are listed."""
    spots = [site for site in sites if site.kind not in _LARGE]
    if not spots or len(spots) == len(sites):
        return sites
    kept = []
    for at, site in enumerate(sites):
        beside = [*sites[max(at - 1, 0) : at], *sites[at + 1 : at + 2]]
        if site.kind not in _LARGE or any(_listed(text, sentence, site, other) for other in beside):
            kept.append(site)
    return kept


def _listed(text: str, sentence: Sentence, one: Site, other: Site) -> bool:
    first, second = sorted((one, other), key=lambda site: site.start)
    between = text[first.end - sentence.start : second.start - sentence.start]
    return bool(_AND.fullmatch(between))


def _governed(
    text: str, sentence: Sentence, triggers: tuple[Trigger, ...], sites: list[Site]
) -> list[Cluster]:
    """A site belongs to the last trigger before it; before all, to the first of its clause.

    What belongs to a trigger that is not real is no site.
    """
    owner: dict[int, list[Site]] = {}
    unreal = [t.start for t in triggers if not t.real and t.strength == "act"]
    triggers = tuple(t for t in triggers if t.real)
    strong = [i for i, t in enumerate(triggers) if t.strength != "state"]
    strong = strong or list(range(len(triggers)))
    for site in sites:
        position = site.start - sentence.start
        before = [i for i in strong if triggers[i].start < position]
        last = triggers[before[-1]].start if before else -1
        if any(last < start < position for start in unreal):
            continue  # where something may happen, or did not
        first = triggers[strong[0]].start
        if not before and len(sites) > 1 and _CLAUSE.search(text, position, first):
            continue
        owner.setdefault(before[-1] if before else strong[0], []).append(site)
    groups: list[Cluster] = []
    pending: list[Trigger] = []
    for index, trigger in enumerate(triggers):
        pending.append(trigger)
        if index in owner:
            groups.append((tuple(pending), owner[index]))
            pending = []
    if pending and groups:
        group, where = groups[-1]
        groups[-1] = (group + tuple(pending), where)
    elif pending:
        groups.append((tuple(pending), []))
    return groups


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
                retold=_retold(draft),
                reasons=tuple(draft.reasons),
            )
        )
    return tuple(events)


def _retold(draft: Draft) -> tuple[Span, ...]:
    own = {(site.start, site.end) for site in draft.sites}
    spans = {(site.start, site.end) for site in draft.again} - own
    return tuple(Span(start=start, end=end) for start, end in sorted(spans))


def _total(draft: Draft, harm: str) -> int | None:
    """Figures that one source gives side by side, added up; None where speakers differ."""
    rows = [f for f in draft.figures if getattr(f, harm) is not None]
    if not rows or len({row.claimed_by for row in rows}) > 1:
        return None
    sentences = {(row.start, row.end) for row in rows}
    return sum(getattr(row, harm) for row in rows) if len(sentences) == len(rows) else None
