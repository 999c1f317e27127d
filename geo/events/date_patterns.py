"""The shapes of date expressions in English, with the words of ``tables/en/dates.json``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geo.lexicon import any_of, lowered, table

if TYPE_CHECKING:
    from collections.abc import Iterator


# What stands for a figure that may be a year, or a day of a month, among the words of a sentence.
YEAR, ORDINAL = "#year", "#ordinal"


@cache
def _patterns() -> tuple[tuple[frozenset[str], str, re.Pattern[str]], ...]:
    """(words of which one must be there, name of the reader, pattern), the longest forms first."""
    words = table("dates")
    months, weekdays = any_of(words["months"]), any_of(words["weekdays"])
    number, ordinal = any_of(words["numbers"]), any_of(words["ordinals"])
    seasons = any_of(words["seasons"])
    in_month, on_weekday = " ".join(words["months"]), " ".join(words["weekdays"])
    month = rf"(?P<month>{months})\b\.?"
    day, day2 = (rf"(?P<{name}>[0-3]?\d)(?:st|nd|rd|th)?" for name in ("day", "day2"))
    year = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    year2 = r"(?:,?\s+(?P<year2>(?:19|20)\d\d))?"
    night = r"(?P<night>(?:the\s+)?(?:early\s+hours|night)\s+(?:of|on|to)\s+)"
    to = r"\s*(?:-|–|—|\bto\b|\band\b|\buntil\b|\bthrough\b)\s*"
    early = r"(?:(?:early\s+)?(?:morning|hours)\s+of\s+)?"
    weekday = rf"(?P<weekday>{weekdays})\b(?:['’]s)?"
    count = rf"(?P<count>{number}|\d{{1,3}})\s+"
    shapes = (
        (YEAR, "iso", r"(?P<year>(?:19|20)\d\d)-(?P<mm>[01]\d)-(?P<dd>[0-3]\d)"),
        (
            in_month,
            "span",
            rf"{night}?{day}\s+{month}{year}{to}{early}{day2}\s+(?P<month2>{months})\b{year2}",
        ),
        (in_month, "span", rf"{night}?{day}{to}{day2}\s+{month}{year}"),
        (in_month, "span", rf"{month}\s+{day}{to}(?:(?P<month2>{months})\s+)?{day2}(?!\d|:){year}"),
        (in_month, "day", rf"{night}?{day}\s+(?:of\s+)?{month}{year}"),
        (in_month, "day", rf"{night}?{month}\s+(?:the\s+)?{day}(?!\d|:\d){year}"),
        (
            in_month,
            "month",
            rf"(?:(?:early|mid|late)[\s-]+)?{month}(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)|\s+(?P<lastyear>last\s+year))?",
        ),
        (
            ORDINAL,
            "span",
            r"the\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)\s+(?:to|until|and)\s+the\s+(?P<day2>[0-3]?\d)(?:st|nd|rd|th)",
        ),
        (ORDINAL, "day", r"on\s+the\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)\b"),
        (
            " ".join(words["seasons"]),
            "season",
            rf"(?:{seasons})\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)",
        ),
        (
            on_weekday,
            "weekspan",
            rf"(?:from|between)\s+{weekday}\s+(?:to|and|until|through)\s+(?P<weekday2>{weekdays})\b",
        ),
        (
            on_weekday,
            "weeknight",
            rf"(?:(?:throughout|through|during|over)\s+)?(?:the\s+)?(?:night|overnight)\s+(?:on|of|from)\s+{weekday}",
        ),
        (on_weekday, "weeknight", rf"{weekday}\s+night"),
        (
            on_weekday,
            "weekspan",
            rf"{weekday}\s+(?:(?:and|which|that|had|have)\s+)*(?:continued|lasted|went\s+on|extended|spilled)?\s*(?:in|un)to?\s+(?P<weekday2>{weekdays})\b",
        ),
        (on_weekday, "weekday", rf"(?P<last>last\s+)?{weekday}"),
        ("before earlier", "before", rf"{count}(?P<unit>days?|weeks?)\s+(?:before|earlier)"),
        ("later", "later", rf"{count}(?P<unit>days?|weeks?)\s+later"),
        (
            "ago",
            "ago",
            rf"(?:{count}|(?:several|some|many)\s+)(?P<unit>days?|weeks?|months?|years?)\s+ago",
        ),
        ("day", "nextday", r"(?:on\s+)?(?:the\s+)?(?:next|following)\s+day|the\s+day\s+after"),
        (
            "day morning evening afternoon",
            "sameday",
            r"(?:on\s+)?the\s+same\s+(?:day|morning|evening|afternoon)|that\s+(?:day|morning|evening|afternoon)|in\s+the\s+(?:early\s+)?(?:morning|evening|afternoon)",
        ),
        ("day", "daybefore", r"(?:the\s+)?(?:day\s+before|previous\s+day)"),
        (
            "days",
            "fordays",
            rf"for\s+(?:the\s+(?:past|last)\s+)?{count}(?:straight\s+|consecutive\s+)?days",
        ),
        (
            "day",
            "nthday",
            rf"(?:for\s+)?(?:the|a|its|their)\s+(?P<ordinal>{ordinal})\s+(?:straight\s+|consecutive\s+)?day",
        ),
        ("day hours", "pastday", r"(?:during|over|in)\s+the\s+(?:past|last)\s+(?:day|24\s+hours)"),
        (
            "night overnight",
            "lastnight",
            r"last\s+night|overnight|(?:throughout|during|in|through)\s+the\s+night",
        ),
        (
            "today morning afternoon evening tonight",
            "today",
            r"today|this\s+(?:morning|afternoon|evening)|tonight",
        ),
        ("yesterday", "yesterday", r"yesterday"),
        (
            "year month weeks months years decades",
            "longago",
            r"last\s+(?:year|month)|earlier\s+this\s+(?:year|month)|in\s+recent\s+(?:weeks|months|years)|decades\s+ago",
        ),
        (
            YEAR,
            "year",
            r"(?P<year>(?:19|20)\d\d)(?P<decade>s)?(?![\d-]|\s+(?:people|soldiers|troops|civilians|families))",
        ),
    )
    return tuple(
        (
            frozenset(needed.split()),
            name,
            re.compile(rf"(?<![\w-])(?:{shape})(?!\w)", re.IGNORECASE),
        )
        for needed, name, shape in shapes
    )


_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\b(?:19|20)\d\ds?(?!\w)")
_ORDINAL = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)(?!\w)")


def _words(text: str) -> set[str]:
    """The words of a sentence in lower case, with a mark each for years and for ordinals."""
    lower = lowered(text)
    words = set(_WORD.findall(lower))
    if _YEAR.search(lower):
        words.add(YEAR)
    if _ORDINAL.search(lower):
        words.add(ORDINAL)
    return words


def date_expressions(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Non-overlapping date expressions of one sentence in text order, earlier patterns first."""
    words = _words(text)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, str, re.Match[str]]] = []
    for needed, name, pattern in _patterns():
        if needed.isdisjoint(words):
            continue
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                found.append((match.start(), name, match))
    for _, name, match in sorted(found, key=lambda item: item[0]):
        yield name, match
