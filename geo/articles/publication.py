"""The day an article was published, as far as the article itself tells it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from geo.text.calendar_words import FoundDate, absolute_dates, calendar
from geo.text.table import text_table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from geo.model import Segment

# A dateline ("(Nairobi, December 10, 2021) – ") ends within so many characters.
DATELINE_REACH = 80

_DATELINE_END = re.compile(r"(?:,?\s*\(?[A-Z][A-Za-z/ ]{1,30}\))?\s{0,2}[)\]:—–-]")


def publication_date(
    text: str, segments: Iterable[Segment]
) -> tuple[dt.date | None, Literal["header", "inferred", ""]]:
    """The date and its basis; (None, "") where the text does not settle it.

    "Published: ..." above or below the body comes first, then a date line that does not say
    "Updated". Failing both, a text that reckons by weekdays or "today" is taken to be of the
    latest full date in its title, captions, dateline and lines such as "as of May 3, 2021": the
    news is not older than its picture.
    """
    blocks = tuple(segments)
    heads = [text[block.start : block.end] for block in blocks if block.kind == "header"]
    for labelled in (True, False):
        for head in heads:
            date = _header_date(head, labelled=labelled)
            if date:
                return date, "header"
    if not _relative().search(text):
        return None, ""
    dates = list(_hints(text, blocks))
    return (max(dates), "inferred") if dates else (None, "")


def _header_date(head: str, *, labelled: bool) -> dt.date | None:
    """First date behind "Published", or with ``labelled`` False behind no label at all."""
    dates = absolute_dates(head)
    for found in dates:
        labels = list(_labels().finditer(head, 0, found.start))
        kind = labels[-1].lastgroup if labels else None
        if kind == ("published" if labelled else None):
            date = found.date or _completed(found, dates)
            if date:
                return date
    return None


def _completed(found: FoundDate, others: Iterable[FoundDate]) -> dt.date | None:
    """A date without year takes the year that brings it closest to a full date beside it."""
    if found.day is None:
        return None
    full = [other.date for other in others if other.date]
    if not full:
        return None
    years = (full[0].year - 1, full[0].year, full[0].year + 1)
    days = [_in_year(found, year) for year in years]
    return min((day for day in days if day), key=lambda day: abs(day - full[0]), default=None)


def _in_year(found: FoundDate, year: int) -> dt.date | None:
    try:
        return FoundDate(
            start=found.start, end=found.end, month=found.month, day=found.day, year=year
        ).date
    except ValueError:
        return None


def _hints(text: str, blocks: Iterable[Segment]) -> Iterator[dt.date]:
    first = True
    for block in blocks:
        body = text[block.start : block.end]
        if block.kind == "header" and not _updated().search(body):
            yield from (d.date for d in absolute_dates(body) if d.date)
        elif block.kind in {"caption", "title"}:
            archived = block.kind == "caption" and _archive().search(body)
            yield from (d.date for d in absolute_dates(body) if d.date and not archived)
        elif block.kind == "paragraph" and first:
            first = False
            for found in absolute_dates(body[:DATELINE_REACH]):
                if found.date and _DATELINE_END.match(body, found.end):
                    yield found.date


@cache
def _labels() -> re.Pattern[str]:
    table = text_table()
    published = "|".join(map(re.escape, table.published_labels))
    others = "|".join(
        map(re.escape, (*table.updated_labels, *table.header_phrases, *table.header_openers))
    )
    return re.compile(rf"\b(?:(?P<updated>{others})|(?P<published>{published}))\b", re.IGNORECASE)


@cache
def _updated() -> re.Pattern[str]:
    words = "|".join(map(re.escape, text_table().updated_labels))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _relative() -> re.Pattern[str]:
    days = [forms[0] for forms in calendar().weekdays]
    words = "|".join(map(re.escape, (*days, *text_table().relative_days)))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _archive() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(text_table().archive_words)))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
