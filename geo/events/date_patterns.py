"""The shapes of date expressions in English, with the words of ``tables/en/dates.json``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geo.lexicon import any_of, lowered, table

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(word that must be there, name of the reader, pattern), the longest forms first."""
    words = table("dates")
    months, weekdays = any_of(words["months"]), any_of(words["weekdays"])
    number, ordinal = any_of(words["numbers"]), any_of(words["ordinals"])
    seasons = any_of(words["seasons"])
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
        ("digits", "iso", r"(?P<year>(?:19|20)\d\d)-(?P<mm>[01]\d)-(?P<dd>[0-3]\d)"),
        (
            "month",
            "span",
            rf"{night}?{day}\s+{month}{year}{to}{early}{day2}\s+(?P<month2>{months})\b{year2}",
        ),
        ("month", "span", rf"{night}?{day}{to}{day2}\s+{month}{year}"),
        ("month", "span", rf"{month}\s+{day}{to}(?:(?P<month2>{months})\s+)?{day2}(?!\d|:){year}"),
        ("month", "day", rf"{night}?{day}\s+(?:of\s+)?{month}{year}"),
        ("month", "day", rf"{night}?{month}\s+(?:the\s+)?{day}(?!\d|:\d){year}"),
        (
            "month",
            "month",
            rf"(?:(?:early|mid|late)[\s-]+)?{month}(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)|\s+(?P<lastyear>last\s+year))?",
        ),
        (
            "ordinal",
            "span",
            r"the\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)\s+(?:to|until|and)\s+the\s+(?P<day2>[0-3]?\d)(?:st|nd|rd|th)",
        ),
        ("ordinal", "day", r"on\s+the\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)\b"),
        ("season", "season", rf"(?:{seasons})\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)"),
        (
            "weekday",
            "weekspan",
            rf"(?:from|between)\s+{weekday}\s+(?:to|and|until|through)\s+(?P<weekday2>{weekdays})\b",
        ),
        (
            "weekday",
            "weeknight",
            rf"(?:(?:throughout|through|during|over)\s+)?(?:the\s+)?(?:night|overnight)\s+(?:on|of|from)\s+{weekday}",
        ),
        ("weekday", "weeknight", rf"{weekday}\s+night"),
        (
            "weekday",
            "weekspan",
            rf"{weekday}\s+(?:(?:and|which|that|had|have)\s+)*(?:continued|lasted|went\s+on|extended|spilled)?\s*(?:in|un)to?\s+(?P<weekday2>{weekdays})\b",
        ),
        ("weekday", "weekday", rf"(?P<last>last\s+)?{weekday}"),
        ("span", "before", rf"{count}(?P<unit>days?|weeks?)\s+(?:before|earlier)"),
        ("span", "later", rf"{count}(?P<unit>days?|weeks?)\s+later"),
        (
            "span",
            "ago",
            rf"(?:{count}|(?:several|some|many)\s+)(?P<unit>days?|weeks?|months?|years?)\s+ago",
        ),
        ("span", "nextday", r"(?:on\s+)?(?:the\s+)?(?:next|following)\s+day|the\s+day\s+after"),
        (
            "span",
            "sameday",
            r"(?:on\s+)?the\s+same\s+(?:day|morning|evening|afternoon)|that\s+(?:day|morning|evening|afternoon)|in\s+the\s+(?:early\s+)?(?:morning|evening|afternoon)",
        ),
        ("span", "daybefore", r"(?:the\s+)?(?:day\s+before|previous\s+day)"),
        (
            "span",
            "fordays",
            rf"for\s+(?:the\s+(?:past|last)\s+)?{count}(?:straight\s+|consecutive\s+)?days",
        ),
        (
            "span",
            "nthday",
            rf"(?:for\s+)?(?:the|a|its|their)\s+(?P<ordinal>{ordinal})\s+(?:straight\s+|consecutive\s+)?day",
        ),
        ("span", "pastday", r"(?:during|over|in)\s+the\s+(?:past|last)\s+(?:day|24\s+hours)"),
        (
            "span",
            "lastnight",
            r"last\s+night|overnight|(?:throughout|during|in|through)\s+the\s+night",
        ),
        (
            "span",
            "today",
            r"today|this\s+(?:morning|afternoon|evening)|tonight",
        ),
        ("span", "yesterday", r"yesterday"),
        (
            "span",
            "longago",
            r"last\s+(?:year|month)|earlier\s+this\s+(?:year|month)|in\s+recent\s+(?:weeks|months|years)|decades\s+ago",
        ),
        (
            "digits",
            "year",
            r"(?P<year>(?:19|20)\d\d)(?P<decade>s)?(?![\d-]|\s+(?:people|soldiers|troops|civilians|families))",
        ),
    )
    return tuple(
        (need, name, re.compile(rf"(?<![\w-])(?:{shape})(?!\w)", re.IGNORECASE))
        for need, name, shape in shapes
    )


@cache
def _anchors() -> re.Pattern[str]:
    """One pass that tells which kinds of date words a sentence holds at all."""
    words = table("dates")
    return re.compile(
        rf"\b(?:(?P<month>{any_of(words['months'])})|(?P<weekday>{any_of(words['weekdays'])})"
        rf"|(?P<season>{any_of(words['seasons'])})|(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th))|(?P<digits>(?:19|20)\d\ds?)"
        r"|(?P<span>days?|weeks?|months?|years?|decades|night|overnight|morning|today|tonight|yesterday|afternoon|evening|hours))(?!\w)",
    )


def date_expressions(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Non-overlapping date expressions of one sentence in text order, earlier patterns first."""
    kinds = {match.lastgroup for match in _anchors().finditer(lowered(text))}
    if not kinds:
        return
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, str, re.Match[str]]] = []
    for need, name, pattern in _patterns():
        if need not in kinds:
            continue
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                found.append((match.start(), name, match))
    for _, name, match in sorted(found, key=lambda item: item[0]):
        yield name, match
