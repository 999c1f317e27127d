"""Absolute dates as English text writes them, and the names of months and weekdays."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

from geo.model import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

# Years that a news text may name as a date; "May 5, 1000 soldiers" is a number of soldiers.
YEARS = range(1800, 2200)


class Calendar(Record, frozen=True, kw_only=True):
    """Names of the months from January and of the weekdays from Monday, longest form first."""

    about: str
    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]


class FoundDate(Record, frozen=True, kw_only=True):
    """``text[start:end]`` is a date. ``year`` or ``day`` is None where the words leave it open."""

    start: int
    end: int
    month: int
    year: int | None = None
    day: int | None = None

    @property
    def date(self) -> dt.date | None:
        """The day itself, or None where a part is missing."""
        if self.year is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day)


@cache
def calendar() -> Calendar:
    """The English calendar table."""
    raw = resources.files("geo").joinpath("tables/en/calendar.json").read_bytes()
    return msgspec.json.decode(raw, type=Calendar)


def absolute_dates(text: str) -> tuple[FoundDate, ...]:
    """Dates that name a month, in the order of the text, none inside another.

    "July 14, 2020", "14 July 2020", "Sept. 29", "the 3rd of May", "May 2021", "2020-07-14" and
    "14.07.2020" (day first, as dots are used) are read; "12/07/2020" is not: its order is unknown.
    """
    found = sorted(
        (date for pattern in _patterns() for date in _matches(text, pattern)),
        key=lambda date: (date.start, -date.end),
    )
    kept: list[FoundDate] = []
    for date in found:
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return tuple(kept)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = [form for forms in calendar().months for form in forms]
    names += [name.upper() for name in names]
    month = rf"(?P<month>{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})\b\.?"
    gap = r"(?:[^\S\r\n]{1,3}|\r?\n)"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    year = r"(?P<year>(?:1[89]|2[01])\d\d)(?![\w]|[.:]\d)"
    return tuple(
        re.compile(source)
        for source in (
            rf"(?<!\w){month}{gap}{day}(?![\w]|[.:]\d)(?:,?{gap}{year})?",
            rf"(?<![\w.:,]){day}{gap}(?:of{gap})?{month}(?:,?{gap}{year})?(?!\w)",
            rf"(?<!\w){month},?{gap}(?:of{gap})?{year}",
            r"(?<![\w/-])(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\w/-])",
            r"(?<![\w.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\w|\.\d)",
            r"(?<![\w/-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?=T\d\d:)",
        )
    )


@cache
def _month_numbers() -> dict[str, int]:
    return {
        form.casefold(): number
        for number, forms in enumerate(calendar().months, start=1)
        for form in forms
    }


def _matches(text: str, pattern: re.Pattern[str]) -> Iterator[FoundDate]:
    for match in pattern.finditer(text):
        parts = match.groupdict()
        word = parts["month"]
        month = int(word) if word.isdecimal() else _month_numbers()[word.casefold()]
        year = int(parts["year"]) if parts.get("year") else None
        day = int(parts["day"]) if parts.get("day") else None
        if not _possible(year, month, day):
            continue
        yield FoundDate(start=match.start(), end=match.end(), month=month, year=year, day=day)


def _possible(year: int | None, month: int, day: int | None) -> bool:
    if year is not None and year not in YEARS:
        return False
    try:
        # 2000 stands in for an unknown year because it has a 29 February.
        dt.date(year or 2000, month, day or 1)
    except ValueError:
        return False
    return day != 0
