"""Dates of an article's sentences: which days the words mean, and by which rule.

Weekdays mean the latest such day not after the reference day, which is the day of publication
or the day that a heading or dateline gives for what follows it. A month or a year alone keeps its
words and gets no days: no guesses.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.events.date_patterns import date_expressions
from geo.lexicon import table

if TYPE_CHECKING:
    from geo.model import Article, Sentence

ONE_DAY = dt.timedelta(days=1)
# A heading that is little more than a date ("Wednesday, August 3") dates what follows it.
DATE_HEADING_WORDS = 6


@dataclass(frozen=True, slots=True)
class DateRef:
    """A date expression: its span, its first and last day (None: not settled), and its rule.

    ``past`` is True where the words point to an earlier year or month: older history.
    ``since`` is True for the start of a period that lasts until the reference day.
    """

    start: int
    end: int
    first: dt.date | None
    last: dt.date | None
    rule: str
    past: bool = False
    since: bool = False


@dataclass(frozen=True, slots=True)
class DateLine:
    """The date expressions of one sentence, and the day that it speaks from.

    ``headed``: a heading above gives that day to all that stands under it.
    """

    reference: dt.date | None
    refs: tuple[DateRef, ...]
    headed: bool = False


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


class _Clock:
    """What the words read so far say about the day that is spoken of."""

    def __init__(self, article: Article) -> None:
        self.published = article.published
        self.reference = article.published
        self.mentioned: dt.date | None = None
        years = re.findall(r"\b((?:19|20)\d\d)\b", article.title)
        self.year = int(years[-1]) if years else None

    def full(self, month: int, day: int, year: int | None) -> dt.date | None:
        """The day; without a year, the latest not after the reference, or of the text's year."""
        if year:
            return _date(year, month, day)
        if self.reference:
            found = _date(self.reference.year, month, day)
            # News also announces: a date up to two months ahead stays in the same year.
            if found and found > self.reference + dt.timedelta(days=60):
                found = _date(self.reference.year - 1, month, day)
            return found
        known = self.mentioned.year if self.mentioned else self.year
        return _date(known, month, day) if known else None

    def weekday(self, number: int, *, before: bool = False) -> dt.date | None:
        """The latest such weekday not after the reference day (``before``: not the day itself)."""
        if not self.reference:
            return None
        back = (self.reference.weekday() - number) % 7
        return self.reference - dt.timedelta(days=back or (7 if before else 0))


_Found = tuple[dt.date | None, dt.date | None, str, bool]
_Reader = Callable[[_Clock, re.Match[str]], _Found | None]


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _month(word: str) -> int:
    return int(table("dates")["months"][word.lower()])


def _number(word: str) -> int:
    numbers: dict[str, int] = table("dates")["numbers"]
    return int(word) if word.isdigit() else numbers[word.lower()]


def _read_iso(_: _Clock, match: re.Match[str]) -> _Found | None:
    day = _date(int(match["year"]), int(match["mm"]), int(match["dd"]))
    return (day, day, "a full date", False) if day else None


def _read_day(clock: _Clock, match: re.Match[str]) -> _Found | None:
    if _group(match, "month"):
        year = _group(match, "year")
        day = clock.full(_month(match["month"]), int(match["day"]), int(year) if year else None)
        rule = (
            "a full date"
            if year
            else "day and month; the year follows from the publication or the text"
        )
    else:
        near = clock.mentioned or clock.reference
        day = _date(near.year, near.month, int(match["day"])) if near else None
        rule = "a day of the month last spoken of"
    if not day:
        return None
    if _group(match, "night"):
        return day, day + ONE_DAY, "a night runs into the next day", False
    return day, day, rule, False


def _read_span(clock: _Clock, match: re.Match[str]) -> _Found | None:
    if not _group(match, "month"):
        near = clock.mentioned or clock.reference
        first = _date(near.year, near.month, int(match["day"])) if near else None
        last = _date(near.year, near.month, int(match["day2"])) if near else None
    else:
        year = _group(match, "year2") or _group(match, "year")
        number = int(year) if year else None
        month2 = _group(match, "month2")
        first = clock.full(_month(match["month"]), int(match["day"]), number)
        last = clock.full(_month(month2 or match["month"]), int(match["day2"]), number)
    if not first or not last or first > last:
        return None
    return first, last, "from the first day named to the last", False


def _read_month(clock: _Clock, match: re.Match[str]) -> _Found | None:
    """A month without a day: no days, and history unless it is the month spoken from."""
    word = match["month"]
    year = _group(match, "year")
    # "may" and "march" are verbs too: a bare month is a month only with a capital.
    if not year and not word[0].isupper():
        return None
    near = clock.reference
    same = bool(near and near.month == _month(word) and (not year or int(year) == near.year))
    return None, None, "a month alone settles no day", bool(near) and not same


def _read_year(clock: _Clock, match: re.Match[str]) -> _Found | None:
    year = int(match["year"])
    past = bool(_group(match, "decade")) or bool(clock.reference and year < clock.reference.year)
    return None, None, "a year alone settles no day", past


def _read_weekday(clock: _Clock, match: re.Match[str]) -> _Found | None:
    number = table("dates")["weekdays"][match["weekday"].lower()]
    day = clock.weekday(number, before=bool(_group(match, "last")))
    return (day, day, _from_reference("the latest such weekday", clock), False) if day else None


def _read_weeknight(clock: _Clock, match: re.Match[str]) -> _Found | None:
    number = table("dates")["weekdays"][match["weekday"].lower()]
    day = clock.weekday(number)
    return (
        (day, day + ONE_DAY, _from_reference("a night runs into the next day", clock), False)
        if day
        else None
    )


def _read_weekspan(clock: _Clock, match: re.Match[str]) -> _Found | None:
    days = table("dates")["weekdays"]
    last = clock.weekday(days[match["weekday2"].lower()])
    if not last:
        return None
    first = last - dt.timedelta(days=(last.weekday() - days[match["weekday"].lower()]) % 7)
    return first, last, _from_reference("from weekday to weekday", clock), False


def _from_reference(rule: str, clock: _Clock) -> str:
    return f"{rule}, seen from {clock.reference}"


def _shift(base: dt.date | None, days: int, *, rule: str) -> _Found | None:
    day = base + dt.timedelta(days=days) if base else None
    return (day, day, rule, False) if day else None


def _read_count(clock: _Clock, match: re.Match[str], sign: int) -> _Found | None:
    days = _number(match["count"]) * (7 if match["unit"].lower().startswith("week") else 1)
    base = clock.mentioned or clock.reference
    return _shift(base, sign * days, rule="counted from the day last spoken of")


def _read_ago(clock: _Clock, match: re.Match[str]) -> _Found | None:
    unit = match["unit"].lower()
    if unit.startswith(("year", "month")) or not match["count"]:
        return None, None, "a time ago without a day", unit.startswith(("year", "month"))
    days = _number(match["count"]) * (7 if unit.startswith("week") else 1)
    return _shift(clock.reference, -days, rule=_from_reference("counted back", clock))


def _read_fordays(clock: _Clock, match: re.Match[str]) -> _Found | None:
    ordinal = _group(match, "ordinal")
    count = table("dates")["ordinals"][ordinal.lower()] if ordinal else _number(match["count"])
    if not clock.reference:
        return None
    first = clock.reference - dt.timedelta(days=count - 1)
    return (
        first,
        clock.reference,
        _from_reference(f"{count} days up to the day spoken from", clock),
        False,
    )


def _read_lastnight(clock: _Clock, _: re.Match[str]) -> _Found | None:
    day = clock.reference
    return (
        (day - ONE_DAY, day, _from_reference("the night before the day spoken from", clock), False)
        if day
        else None
    )


_READERS: dict[str, _Reader] = {
    "iso": _read_iso,
    "day": _read_day,
    "span": _read_span,
    "month": _read_month,
    "season": lambda _c, _m: (None, None, "a season settles no day", True),
    "year": _read_year,
    "weekday": _read_weekday,
    "weeknight": _read_weeknight,
    "weekspan": _read_weekspan,
    "before": lambda c, m: _read_count(c, m, -1),
    "later": lambda c, m: _read_count(c, m, 1),
    "ago": _read_ago,
    "nextday": lambda c, _: _shift(c.mentioned, 1, rule="the day after the day last spoken of"),
    "sameday": lambda c, _: _shift(c.mentioned or c.reference, 0, rule="the day last spoken of"),
    "daybefore": lambda c, _: _shift(
        c.mentioned or c.reference, -1, rule="the day before the day last spoken of"
    ),
    "fordays": _read_fordays,
    "nthday": _read_fordays,
    "pastday": _read_lastnight,
    "lastnight": _read_lastnight,
    "today": lambda c, _: _shift(c.reference, 0, rule=_from_reference("the day spoken from", c)),
    "yesterday": lambda c, _: _shift(c.reference, -1, rule=_from_reference("the day before", c)),
    "longago": lambda _c, _m: (None, None, "a time ago without a day", True),
}


_SINCE = re.compile(r"\b(?:since|starting\s+from)\b[^.;]{0,60}$", re.IGNORECASE)


def read_dates(article: Article) -> tuple[DateLine, ...]:
    """The dates of each sentence of an article, in the order of its sentences."""
    clock = _Clock(article)
    headed = False
    lines: list[DateLine] = []
    for sentence in article.sentences:
        text = article.text[sentence.start : sentence.end]
        dateline = _DATELINE.match(text)
        refs: list[DateRef] = []
        for name, match in date_expressions(text):
            found = _READERS[name](clock, match)
            if not found:
                continue
            first, last, rule, past = found
            since = bool(first) and first == last and bool(_SINCE.search(text[: match.start()]))
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if not (dateline and match.end() <= dateline.end()):
                refs.append(DateRef(start, end, first, last, rule, past, since))
            if first and name not in ("today", "yesterday", "lastnight"):
                clock.mentioned = last
            if first and dateline and match.end() <= dateline.end():
                clock.reference = first  # "VARDEN, March 5: ...": the rest speaks from that day
        heading = _heading_date(sentence, text, refs)
        if heading:
            clock.reference = clock.mentioned = heading
            headed = sentence.kind in ("heading", "title")
        lines.append(DateLine(clock.reference, tuple(refs), headed))
    return tuple(lines)


_DATELINE = re.compile(r"^[A-Z][A-Z .'-]+,\s+[^:]{3,20}:")


def _heading_date(sentence: Sentence, text: str, refs: list[DateRef]) -> dt.date | None:
    """The day that a heading sets for what follows it ("Wednesday, August 3")."""
    if sentence.kind not in ("heading", "title", "header", "byline"):
        return None
    days = [ref.first for ref in refs if ref.first and ref.first == ref.last]
    return days[-1] if days and len(text.split()) <= DATE_HEADING_WORDS else None
