"""When an event happened: which of a sentence's days dates it, and by which rule."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geo.events.dates import DateRef, read_dates
from geo.lexicon import any_of, table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from geo.claims import Attribution
    from geo.events.drafts import Draft
    from geo.events.triggers import Trigger
    from geo.model import Article, Sentence

# A date carries over to the next sentence, and over one that says nothing of it.
CARRY_REACH = 2
_OF_STATEMENT = re.compile(
    r"\s*(?:(?:in a statement|earlier|late)\s*)?(?:on|early|late)?\s*(?:on\s*)?"
)
_COMPARES = re.compile(r"\b(?:since|than)\s+(?:the\s+)?$")
# Clauses that may have a day of their own: "; ", ", and ", ", By 3 October".
_BOUNDARY = re.compile(r";|,\s(?:and|but|while|By|On|by|on)\s|,\s(?=[A-Z][a-z]+ \d)")


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(table('dates')[name])}\b")


@cache
def _going_on() -> re.Pattern[str]:
    return re.compile(rf"\b(?:is|are)\s+(?:\w+\s+)?{any_of(table('dates')['going_on'])}\b")


class Timing:
    """The days that an article's sentences tell."""

    def __init__(self, article: Article, attributions: Sequence[Iterable[Attribution]]) -> None:
        """``attributions`` of each sentence: the day of a statement is none of an event."""
        self.article = article
        self.attributions = attributions
        self.lines = read_dates(article)

    def past(self, sentence: Sentence) -> bool:
        """Whether a sentence tells of an earlier year or month."""
        return any(ref.past and not self._compares(ref) for ref in self.lines[sentence.index].refs)

    def counts_years(self, sentence: Sentence) -> bool:
        """Whether a sentence reaches back over years: "40,000 people since 1984"."""
        refs = self.lines[sentence.index].refs
        return any(ref.past or (not ref.first and self._compares(ref)) for ref in refs)

    def own_days(self, sentence: Sentence) -> list[DateRef]:
        """Days that are not those of a statement."""
        refs = self.lines[sentence.index].refs
        return [ref for ref in refs if ref.first and not self._of_statement(sentence, ref)]

    def event_days(self, sentence: Sentence, triggers: tuple[Trigger, ...]) -> list[DateRef]:
        """Days that date what happened; the day of a statement only where there is no other."""
        own = self.own_days(sentence)
        if own or all(t.strength == "toll" for t in triggers):
            return own
        return [ref for ref in self.lines[sentence.index].refs if ref.first]

    def date(self, draft: Draft, drafts: Sequence[Draft]) -> None:
        """Date a draft; ``drafts`` are those told before it, whose day may carry over."""
        line, text = self.lines[draft.sentence.index], self.article.text
        days = self.event_days(draft.sentence, draft.triggers)
        vague = [ref for ref in line.refs if not ref.first and not self._compares(ref)]
        past = next((ref for ref in vague if ref.past), None)
        told = past or next(iter(vague), None)
        # "broke off relations on Sunday over an ambush last month": a time binds to its own verb.
        if days and not (told and self._nearer(draft, told, days)):
            self._from_days(draft, days)
        elif told:
            draft.background = past is not None
            draft.date_text, draft.date_rule = text[told.start : told.end], told.rule
        elif line.reference and self._present(draft):
            draft.first = draft.last = line.reference
            draft.date_rule = "told in the present: the day spoken from"
        else:
            self._carry(draft, drafts)
            if draft.first is None and line.headed and line.reference:
                draft.first = draft.last = line.reference
                draft.date_rule = f"undated news under the heading of {line.reference}"

    def _nearer(self, draft: Draft, told: DateRef, days: list[DateRef]) -> bool:
        """Whether a vague time stands right behind the trigger, and every day before it."""
        last = draft.sentence.start + draft.triggers[-1].end
        return told.start > last and all(day.end <= draft.start for day in days)

    def _from_days(self, draft: Draft, days: list[DateRef]) -> None:
        """Take the day nearest to the trigger or the place, of its own clause if it has one."""
        low, high = self._clause(draft)
        inside = [ref for ref in days if low <= ref.start < high]
        if not inside and all(t.strength == "toll" for t in draft.triggers):
            return  # another clause's day does not date this one's losses
        site = draft.sites[0].start if draft.sites else draft.start
        ref = min(
            inside or days, key=lambda r: min(abs(r.start - draft.start), abs(r.start - site))
        )
        draft.first, draft.last = ref.first, ref.last
        draft.date_text = self.article.text[ref.start : ref.end]
        draft.date_rule = ref.rule
        reference = self.lines[draft.sentence.index].reference
        if ref.since and reference and ref.first and reference >= ref.first:
            draft.last = self._statement_day(draft.sentence) or reference
            draft.date_rule += "; since then, up to the day spoken from"

    def _clause(self, draft: Draft) -> tuple[int, int]:
        """The stretch of the sentence round a draft's triggers, up to clauses with other days."""
        sentence = draft.sentence
        low, high = sentence.start, sentence.end
        last = sentence.start + draft.triggers[-1].end
        for boundary in _BOUNDARY.finditer(self.article.text, sentence.start, sentence.end):
            if boundary.start() < draft.start:
                low = boundary.start()
            elif boundary.start() >= last:
                high = boundary.start()
                break
        return low, high

    def _of_statement(self, sentence: Sentence, ref: DateRef) -> bool:
        """Whether the day stands next to a verb of speech: "said on Monday"."""
        for attribution in self.attributions[sentence.index]:
            between = self.article.text[attribution.verb_end : ref.start]
            if attribution.verb_end <= ref.start and _OF_STATEMENT.fullmatch(between):
                return True
        return False

    def _statement_day(self, sentence: Sentence) -> dt.date | None:
        refs = self.lines[sentence.index].refs
        return next((r.first for r in refs if r.first and self._of_statement(sentence, r)), None)

    def _compares(self, ref: DateRef) -> bool:
        """Whether the year compares and does not date: "the heaviest since 2016"."""
        return bool(_COMPARES.search(self.article.text[max(0, ref.start - 16) : ref.start]))

    def _present(self, draft: Draft) -> bool:
        """Whether the sentence tells an act as going on: "are shelling"."""
        sentence = draft.sentence
        acts = any(t.strength == "act" for t in draft.triggers)
        return acts and bool(_going_on().search(self.article.text[sentence.start : sentence.end]))

    def _carry(self, draft: Draft, drafts: Sequence[Draft]) -> None:
        """A date carries over from the sentence before, not across another date or "later"."""
        start = self.article.text[draft.sentence.start : draft.sentence.end].lstrip().lower()
        if _words("breaks").match(start):
            return
        for previous in reversed(drafts):
            if not 0 < draft.sentence.index - previous.sentence.index <= CARRY_REACH:
                return
            if previous.first and not previous.background and previous.first == previous.last:
                draft.first, draft.last = previous.first, previous.last
                draft.date_rule = "carried over from the sentence before"
                return
