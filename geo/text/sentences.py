"""Sentence spans inside segments, in one pass over the text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geo.folding_table import INVISIBLE
from geo.model import Segment, Sentence
from geo.text.calendar_words import calendar
from geo.text.table import text_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# No abbreviation is longer; looking further back would make long words cost more than once.
WORD_REACH = 24
# A credit after the last full stop ("(AP)", "(PHOTO / MINISTRY VIA AP)") is no longer than this.
CREDIT_REACH = 100
# A name and the verb behind it: "... at all?" Defence Minister Smith asked.
SPEAKER_REACH = 80
SPEAKER_WORDS = 5
# No sentence of a report is longer; what reads sentences may take time that grows with its square.
LONGEST = 2000
# Quotes, brackets and dashes with their spaces before the first letter of a sentence.
OPENING_REACH = 5

_OPENING = re.compile(rf"[\"'“‘«„(\[—–\s{INVISIBLE}-]")
# Stops with closing quotes and note marks ("[12]") behind them, or a bullet inside a line.
_END = re.compile(
    rf"(?P<stops>[.!?…]+)[\"'”’»)\]{INVISIBLE}]*(?:\[\w{{1,4}}\])*|(?<=\s)[•▪‣◦](?=\s)"
)
_STOPS = ".,;:!?…"
_SPACE = re.compile(r"\s*")
_LAST_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\Z")
_NEXT_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_WORD_IN_TITLE_CASE = re.compile(r"(?:A|I|[A-Z][a-z]+)\b")
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")


def sentences(text: str, segments: Iterable[Segment]) -> tuple[Sentence, ...]:
    """Sentences of all segments in order; together they hold every non-space character of each.

    A full stop ends a sentence unless it belongs to an abbreviation, an initial, a number or a
    list mark, or goes on in lower case; closing quotes stay with it. Semicolons never end one.
    What would be longer than ``LONGEST`` is cut at the last space before that, else at that length.
    """
    found: list[Sentence] = []
    for number, segment in enumerate(segments):
        for start, end in _bounded(text, _spans(text, segment)):
            found.append(
                Sentence(start=start, end=end, index=len(found), segment=number, kind=segment.kind)
            )
    return tuple(found)


def _bounded(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for begin, end in spans:
        start = begin
        while end - start > LONGEST:
            limit = start + LONGEST
            # A space at the limit itself ends a word just in time.
            cut = next((at for at in range(limit, start, -1) if text[at].isspace()), limit)
            stop = cut
            while text[stop - 1].isspace():
                stop -= 1
            yield start, stop
            start = _skip_space(text, cut, end)
        yield start, end


def _spans(text: str, segment: Segment) -> Iterator[tuple[int, int]]:
    start, end = segment.start, segment.end
    for mark in _END.finditer(text, start, end):
        if mark["stops"] is None:
            cut, following = mark.start(), mark.start()
        else:
            cut = mark.end()
            following = _skip_space(text, cut, end)
            if following >= end or not _ends(text, mark, segment, following):
                continue
        stop = cut
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            yield start, stop
        start = following
    if start < end:
        yield start, end


def _skip_space(text: str, position: int, end: int) -> int:
    match = _SPACE.match(text, position, end)
    return match.end() if match else position


def _ends(text: str, mark: re.Match[str], segment: Segment, following: int) -> bool:
    """Whether a sentence ends at ``mark``, more text of the segment standing at ``following``."""
    if following == mark.end():
        return _glued(text, mark, segment)
    lead = _first_letter(text, following, segment.end)
    letter = text[lead : min(lead + 1, segment.end)]
    if (
        not letter
        or letter.islower()
        or letter in _STOPS
        or _is_credit(text, following, segment.end)
    ):
        return False
    before = text[max(segment.start, mark.start() - WORD_REACH) : mark.start()]
    if mark["stops"].startswith(("…", "..")):
        # " … " leaves words out; "word…" may end a sentence.
        return bool(before) and not before[-1].isspace()
    word = _LAST_WORD.search(before)
    if word is None or mark["stops"] != ".":
        return mark[0] == mark["stops"] or not _names_speaker(text[lead : lead + SPEAKER_REACH])
    if mark.start() - len(word[0]) <= segment.start + 1 and len(word[0]) <= 2:
        # "1." or "(a." at the beginning of a block counts an item.
        return not (word[0].isdecimal() or len(word[0]) == 1)
    after = _NEXT_WORD.match(text, lead, min(segment.end, lead + WORD_REACH))
    return _full_stop(word[0], after[0] if after else "", text[lead : lead + 2 * WORD_REACH])


def _names_speaker(rest: str) -> bool:
    """Whether a name and a verb of speech follow, as behind a quoted question."""
    words = rest.split()
    for index, word in enumerate(words[: SPEAKER_WORDS + 1]):
        if word.rstrip(".,:") in text_table().speech_verbs:
            return index > 0 and words[0].casefold() not in text_table().starters
        if not word[0].isupper():
            return False
    return False


def _first_letter(text: str, position: int, end: int) -> int:
    """Where the next sentence would begin behind its opening quotes, brackets or dashes."""
    limit = min(end, position + OPENING_REACH)
    while position < limit and _OPENING.match(text, position):
        position += 1
    return position


def _full_stop(word: str, after: str, rest: str) -> bool:
    """Whether the stop behind ``word`` ends a sentence that ``after`` (its ``rest``) follows."""
    table, lower = text_table(), word.casefold()
    if lower in table.never_end:
        return False
    if lower in table.before_number:
        return not after[:1].isdigit()
    if lower in table.hours:
        words = rest.split(maxsplit=2)
        time_of_place = len(words) > 1 and words[1].startswith("time")
        zone = after.casefold() in table.zones or after in _calendar_forms() or time_of_place
        return not (zone or after[:1].isdigit())
    short = word in _calendar_abbreviations() or lower in table.may_end
    if short or (_LETTERS_WITH_STOPS.match(word) and word[:1].isupper()):
        return after.casefold() in table.starters
    return True


@cache
def _calendar_forms() -> frozenset[str]:
    table = calendar()
    return frozenset(form for forms in (*table.months, *table.weekdays) for form in forms)


@cache
def _calendar_abbreviations() -> frozenset[str]:
    table = calendar()
    return frozenset(form for forms in (*table.months, *table.weekdays) for form in forms[1:])


def _glued(text: str, mark: re.Match[str], segment: Segment) -> bool:
    """Whether a space was lost behind a full stop: "leave.The", but not "U.S.A" or "site.Com/x"."""
    position = mark.start()
    if mark[0] != "." or position + 2 >= segment.end or position - 2 < segment.start:
        return False
    before = text[max(segment.start, position - WORD_REACH) : position].split()[-1:]
    behind = text[position + 1 : position + WORD_REACH].split()[:1]
    if any(char in "./@:" for word in (*before, *behind) for char in word[:-1]):
        return False
    return text[position - 2 : position].islower() and bool(_WORD_IN_TITLE_CASE.match(behind[0]))


def _is_credit(text: str, opening: int, end: int) -> bool:
    """Whether a bracket is the last thing of the segment and holds no sentence of its own."""
    if text[opening] != "(" or text[end - 1] != ")" or end - opening > CREDIT_REACH:
        return False
    inside = text[opening + 1 : end - 1]
    return ")" not in inside and not inside.rstrip("\"'”’ ").endswith((".", "!", "?"))
