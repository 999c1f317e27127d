"""Dates of a pack: none ends before it begins, and none contradicts another."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import TYPE_CHECKING

from geo.gazetteer.checks.telling import error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Belonging, Place, Problem

_Day = dt.date | None
_IN_ONE = frozenset({"settlement", "district", "province"})


def dates(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Nothing ends before it begins."""
    for place in files.places:
        dated: list[tuple[str, _Day, _Day]] = [("the place", place.start, place.end)]
        dated += [(f"name {n.text[:80]!r}", n.start, n.end) for n in place.names]
        dated += [(f"parent {b.parent}", b.start, b.end) for b in place.de_jure]
        dated += [(f"holder {b.holder}", b.start, b.end) for b in place.de_facto]
        yield from _backwards(f"{files.pack.id}/place {place.id}", dated)
    for shape in files.shapes:
        where = f"{files.pack.id}/shape {shape.id}"
        yield from _backwards(where, [("the shape", shape.start, shape.end)])
    del gazetteer


def _backwards(where: str, dated: list[tuple[str, _Day, _Day]]) -> Iterator[Problem]:
    for what, start, end in dated:
        if start and end and start > end:
            message = f"{what} is from {start} to {end}"
            yield error("dates-backwards", where, message, "correct one of the two days")


def days_of_parents(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """What a place belongs to exists on the days of the statement, as far as days are known."""
    for place in files.places:
        for stated in place.de_jure + place.de_facto:
            parent = gazetteer.places.get(stated.parent)
            if parent is None:
                continue
            if fault := _outlives(stated, place, parent):
                where = f"{files.pack.id}/place {place.id}"
                remedy = "date the statement (from, to), and state what it belonged to otherwise"
                yield error("parent-days", where, fault, remedy)


def _outlives(stated: Belonging, place: Place, parent: Place) -> str:
    """Say in what a statement outlives the parent it names, or ''; an unknown day is no fault."""
    if stated.start and parent.start and stated.start < parent.start:
        return f"it lies in {parent.id} from {stated.start}, which begins on {parent.start}"
    end = stated.end or place.end
    if parent.end and (end is None or end > parent.end):
        until = end or "today"
        return f"it lies in {parent.id} until {until}, which ended on {parent.end}"
    return ""


def one_at_a_time(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """On one day a place has one parent (or one that holds the other), and one holder."""
    for place in files.places:
        where = f"{files.pack.id}/place {place.id}"
        # A river, a road or a lake lies in several at once.
        stated = place.de_jure if place.kind in _IN_ONE else ()
        for one, other in combinations(stated, 2):
            if _overlap(one, other) and not _above(gazetteer, one.parent, other.parent):
                yield error(
                    "parents-overlap",
                    where,
                    f"it lies in {one.parent} and in {other.parent} on the same days",
                    "date both statements; two systems of division are told one after the other",
                )
        for one, other in combinations(place.de_facto, 2):
            if one.holder != other.holder and _overlap(one, other) and not place.note:
                yield warning(
                    "holders-overlap",
                    where,
                    f"{one.holder} and {other.holder} hold it on the same days",
                    "date both statements, or say in its note how they hold it",
                )


def _overlap(one: Belonging, other: Belonging) -> bool:
    """Tell whether statements share a day; one may begin on the day that the other ends."""
    first, last = dt.date.min, dt.date.max
    return (one.start or first) < (other.end or last) and (other.start or first) < (one.end or last)


def _above(gazetteer: Gazetteer, one: str, other: str) -> bool:
    """Tell whether of two places one holds the other, on whatever day, or both are one."""
    if one == other:
        return True
    return any(
        top in gazetteer.places and low in {place.id for place in gazetteer.within(top)}
        for top, low in ((one, other), (other, one))
    )
