"""Runs of capitalised words: what may be an unknown name, before anything says that it is one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geo.mentions import Found
from geo.text.calendar_words import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.mentions.unlisted_reader import Reader

# Between the words of one name; the marks after a hyphen write the first letter of "Al-‘Ayn".
JOINS = frozenset(
    (" ", "\u00a0", "-", "\u2010", "\u2011", "'", "’", "-'", "-‘", "-’", "-ʿ", "-ʾ", "-`")
)
# Articles of other languages that are also English words: they open no name in lower case, and
# these stand inside one only where a hyphen joins them ("Zorv as-Mird", but "Sunday at Zorv").
_NEVER_OPEN = frozenset(("a", "an", "as", "at", "do"))
_ENGLISH = frozenset(("a", "an", "as", "at"))
# Words that a point shortens, before the rest of a name.
_SHORT = frozenset(("ft", "mt", "st", "ste"))
# "Zorv-i-Mird", "Zorv-ye Mird"
_LONGEST_LINK = 3
# "Zorv II"
_NUMERAL = frozenset("ivx")
# "the Zorv-to-Mird road", "Zorv-and-Mird"
_NO_LINKS = frozenset(
    ("and", "by", "for", "led", "not", "off", "on", "or", "ran", "run", "to", "up")
)
HYPHENS = frozenset(("-", "\u2010", "\u2011"))


def capitalised(reader: Reader) -> Iterable[Found]:
    """Yield runs of capitalised words that no known name covers, "al-" and the like included."""
    around, articles = reader.around, reader.generics["articles"]
    at, total = 0, len(around)
    opening = articles - _NEVER_OPEN
    while at < total:
        if not around.capital[at] and around.keys[at] not in opening:
            at += 1
            continue
        starts = around.capital[at] or (
            around.keys[at] in articles
            and at + 1 < total
            and around.capital[at + 1]
            and around.gap(at + 1) in JOINS
        )
        if not starts or reader.taken[at] or around.of_sentence[at] < 0:
            at += 1
            continue
        last = _run_end(at, reader)
        yield Found(at, last, (), "")
        at = last


def _run_end(at: int, reader: Reader) -> int:
    """Give the end of the run of capitalised words that begins with word ``at``."""
    around = reader.around
    opens = around.opens_sentence(at) and around.keys[at] in reader.bodies["functions"]
    if opens and (around.gap(at + 1) not in JOINS or around.gap(at + 1).isspace()):
        return at + 1  # "In Xville", "The Xville"
    last = at + 1
    filed = around.files_report(at)
    while around.word(last, of=at) and _joined(last, at, reader) and not reader.taken[last]:
        if filed and not around.is_acronym(last):
            break
        if around.capital[last] and not _tells_time(last, reader):
            numeral = _NUMERAL.issuperset(around.keys[last])
            if around.is_acronym(last) and not around.is_acronym(last - 1) and not numeral:
                break  # "Zorv LGA", "Zorv TV"
            last += 1
        elif more := _small_inside(last, at, reader):
            last += more
        else:
            break
    return last


def _joined(last: int, at: int, reader: Reader) -> bool:
    """Say whether a word may belong to the name before it: also after the point of "Mt. X"."""
    gap = reader.around.gap(last)
    return gap in JOINS or (gap == ". " and last == at + 1 and reader.around.keys[at] in _SHORT)


def _small_inside(last: int, at: int, reader: Reader) -> int:
    """Give how many words a name goes on with small ones: "Zorv el Mird", "Zorv-i-Mird" are 2."""
    around = reader.around
    for small in (1, 2):
        key, after = around.keys[last + small - 1], last + small
        before, behind = around.gap(after - 1), around.gap(after)
        joined = before in HYPHENS and len(key) <= _LONGEST_LINK and key.isalpha()
        joined = joined and key not in _NO_LINKS
        hyphened = joined or (key in reader.generics["articles"] and behind[:1] in HYPHENS)
        article = key in reader.generics["articles"] and key not in _ENGLISH
        if not (hyphened or article) or before not in JOINS or not around.word(after, of=at):
            return 0
        if behind in JOINS and around.capital[after] and not reader.taken[after]:
            return small + 1
    return 0


def _tells_time(at: int, reader: Reader) -> bool:
    """Say whether a word is a weekday, or a month before its day: "in Xville Tuesday"."""
    key = reader.around.keys[at]
    if key in _weekdays():
        return True
    return key in reader.frames["months"] and reader.around.word(at + 1, of=at)[:1].isdigit()


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(form.casefold() for forms in calendar().weekdays for form in forms) - {"sun"}
