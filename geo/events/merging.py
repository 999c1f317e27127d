"""Drafts that tell the same are joined: one place, day and type, the same who say or deny it."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from geo.events.drafts import Draft


def merge(drafts: list[Draft]) -> list[Draft]:
    """One place, one day, one type, the same claimants and deniers: one event."""
    out: list[Draft] = []
    first_at: dict[Hashable, int] = {}
    shelves = _Shelves()
    for draft in drafts:
        where = draft.places, draft.background
        first = first_at.setdefault(where, len(out))
        # Whatever a heading tells of a place is what comes first there.
        if first < len(out) and (draft.heading or out[first].heading):
            at: int | None = first
        else:
            at = shelves.first(draft)
        if at is None:
            shelves.put(draft, len(out))
            out.append(draft)
        else:
            shelves.take(out[at], at)
            _join(out[at], draft)
            shelves.put(out[at], at)
    return out


def _join(twin: Draft, draft: Draft) -> None:
    if twin.first is None:
        twin.first, twin.last = draft.first, draft.last
        twin.date_text, twin.date_rule = draft.date_text, draft.date_rule
    twin.figures.extend(draft.figures)
    twin.again += draft.sites + draft.again
    if twin.heading and not draft.heading:
        twin.again += twin.sites
        twin.sentence, twin.triggers, twin.sites = draft.sentence, draft.triggers, draft.sites
        twin.heading = False
    twin.actors = tuple(dict.fromkeys(twin.actors + draft.actors))


class _Shelves:
    """Numbers of drafts by all that must be the same in two that tell one event.

    A long text may tell of thousands at one place: to compare each with each takes too long.
    """

    def __init__(self) -> None:
        self._shelves: dict[Hashable, list[int]] = {}

    def put(self, draft: Draft, number: int) -> None:
        for shelf in _shelves_of(draft):
            insort(self._shelves.setdefault(shelf, []), number)

    def take(self, draft: Draft, number: int) -> None:
        for shelf in _shelves_of(draft):
            numbers = self._shelves[shelf]
            del numbers[bisect_left(numbers, number)]

    def first(self, draft: Draft) -> int | None:
        """Give the first draft that tells the same; one without a day may be of any."""
        kind = _kind(draft)
        # Two figures of one speaker are two things said; the article's own are one toll.
        apart = draft.figures and draft.labels("asserts")
        days = (_days(draft), (None, None)) if draft.first else ("any",)
        shelves = (
            self._shelves.get((kind, day, counted))
            for counted in ((False,) if apart else (False, True))
            for day in days
        )
        return min((numbers[0] for numbers in shelves if numbers), default=None)


def _shelves_of(draft: Draft) -> Iterator[Hashable]:
    """Where a draft is looked for: under its days and under any, counting losses or not."""
    kind, counted = _kind(draft), bool(draft.figures)
    yield kind, _days(draft), counted
    yield kind, "any", counted


def _kind(draft: Draft) -> Hashable:
    says, denies = draft.labels("asserts"), draft.labels("denies")
    return draft.places, draft.background, draft.type, says, denies


def _days(draft: Draft) -> Hashable:
    return draft.first, draft.last
