"""What each block of a news text is, and the sentences in it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geo.model import Segment, SegmentKind
from geo.text.calendar_words import absolute_dates, calendar
from geo.text.lines import Line, lines, words_of
from geo.text.repeats import repeats
from geo.text.sentences import sentences
from geo.text.table import text_table

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["segments", "sentences"]

# Title, byline and date line stand within this many lines of the top.
HEAD_LINES = 8
# Bylines, credits and agency lines stand within this many lines of the end.
TAIL_LINES = 4
# The first finished line of so many words is where the body begins.
BODY_WORDS = 8
TITLE_WORDS = range(2, 26)
BYLINE_WORDS = 12
HEADING_WORDS = 10
SHOUTED_HEADING_WORDS = 14
HEADER_WORDS = 22
# Words behind such a date, as in "Last updated 21:30, May 3, 2021. Newest entries first."
LABEL_REMARK_WORDS = 4
LINK_WORDS = 30
FOOTER_WORDS = 30
LABELLED_FOOTER_WORDS = 12
CAPTION_WORDS = 70
PLAIN_CAPTION_WORDS = 45
CREDIT_WORDS = 12
# Words of a date line besides the date: a town and a country.
PLACE_WORDS = 2
# Where this share of the long lines ends with a full stop, one that does not is a caption.
FINISHED_SHARE = 0.6

_MARKDOWN = re.compile(r"#{1,6}\s")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
_ONLY_LINK = re.compile(r"(?:\[[^\]\n]*\]\()?https?://\S+\Z")
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\Z")
_CREDIT = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]]\W{0,2}\Z")


def segments(text: str, *, title: str = "") -> tuple[Segment, ...]:
    """Every line with something on it as a block, in order; hand-wrapped lines count as one.

    - link: begins with "READ MORE:" or another label of that kind, or is a bare address.
    - footer: an agency's or desk's credit in brackets, "... contributed to this report", an
      address for mail, "Source: ..." near the end.
    - header: above the body, a line of the page ("Published: ...", "PDF View") or a place and date.
    - byline: above the body, "By" and names.
    - title: above the body, the first line that is none of these and no sentence.
    - caption: begins as captions do, ends with a photographer's credit, or is a long line
      without a final stop in a text whose long lines have one.
    - repeat: word for word another block, or a pull-quote out of one; of two copies the one
      with a credit or final stop is kept as what it is.
    - heading: a short line without final stop before a longer one.
    - paragraph: everything else. When in doubt a block is a paragraph, so that it is read.
    """
    found = lines(text)
    body = _body(found)
    kinds = [_own_kind(text, found, index, body) for index in range(len(found))]
    _mark_days(found, kinds, body)
    _mark_title(found, kinds, body, words_of(title))
    _mark_captions(found, kinds)
    for index in repeats(
        text, [_repeatable(k, line) for k, line in zip(kinds, found, strict=True)]
    ):
        kinds[index] = "repeat"
    _mark_headings(found, kinds)
    return tuple(
        Segment(start=line.start, end=line.end, kind=kind or "paragraph")
        for line, kind in zip(found, kinds, strict=True)
    )


def _body(found: Sequence[Line]) -> int:
    """Index of the first line of the body; 0 where the text has no sentence at all."""
    for index, line in enumerate(found[:HEAD_LINES]):
        if line.finished and line.words >= BODY_WORDS and not _is_header(found, index):
            return index
    return HEAD_LINES if any(line.finished for line in found[HEAD_LINES:]) else 0


def _own_kind(text: str, found: Sequence[Line], index: int, body: int) -> SegmentKind | None:
    """The kind that a line shows by its own words and its distance from either end."""
    line = found[index]
    last = index >= len(found) - TAIL_LINES
    if _is_link(line):
        return "link"
    if _is_footer(text, line, last=last and index > body):
        return "footer"
    if (index < body or last) and _is_header(found, index):
        return "header"
    if index < body and _is_byline(line):
        return "byline"
    if _is_caption(line):
        return "caption"
    return None


def _mark_days(found: Sequence[Line], kinds: list[SegmentKind | None], body: int) -> None:
    """One date line above the body belongs to the page; several are the days of a live blog."""
    days = [
        index for index, kind in enumerate(kinds) if kind is None and _is_date_line(found[index])
    ]
    for index in days:
        kinds[index] = "header" if len(days) == 1 and index < body else "heading"


def _is_link(line: Line) -> bool:
    if line.words > LINK_WORDS:
        return False
    head = line.head.lstrip("([*_>»▶ ")
    if _ONLY_LINK.match(head) or line.head.casefold() == "advertisement":
        return True
    label = _label(head, text_table().link_labels)
    if label:
        # A label in capitals is the page speaking; "Related: he said so." may be the author.
        return label.isupper() or not line.finished
    lower = head.casefold()
    return not line.finished and lower.startswith(text_table().link_openers)


def _label(head: str, labels: Sequence[str]) -> str:
    """The label before a colon at the beginning, as written, or nothing."""
    before, mark, _ = head[:60].partition(":")
    bare = before.strip("*_ ")
    return bare if mark and bare.casefold() in labels else ""


def _is_footer(text: str, line: Line, *, last: bool) -> bool:
    table = text_table()
    if line.words > FOOTER_WORDS:
        return False
    inner = line.head.strip("([*_ ").casefold()
    whole = text[line.start : line.end].strip("([*_)] .").casefold()
    if inner.startswith(table.footer_openers) and (line.head[0] in "([" or last):
        return line.head[0] in "([" or not line.finished or "editing by" in inner
    if whole.endswith(table.footer_endings):
        return True
    if _MAIL.match(text, line.start, line.end):
        return True
    if not last or line.words > LABELLED_FOOTER_WORDS:
        return False
    labelled = _label(line.head.lstrip("(["), table.footer_labels) or line.head.startswith("©")
    openers = tuple(f"{label} " for label in table.footer_labels if " " in label)
    return bool(labelled) or whole in table.agencies or whole.startswith(openers)


def _is_header(found: Sequence[Line], index: int) -> bool:
    line, table = found[index], text_table()
    lower = line.head.casefold()
    if line.words > HEADER_WORDS:
        return False
    if lower.rstrip(". ") in table.page_furniture:
        return True
    dates = absolute_dates(line.head)
    if not dates:
        return False
    if _is_labelled(lower, dates[0].start):
        behind = words_of(line.head[dates[-1].end :])
        return not line.finished or len(behind) <= LABEL_REMARK_WORDS
    # Under a title only: elsewhere "As of 3 May ten people had been killed" is news.
    if index == 0 or line.gap or found[index - 1].finished:
        return False
    return lower.startswith(table.header_openers) or (
        not line.finished and any(phrase in lower for phrase in table.header_phrases)
    )


def _is_labelled(lower: str, date: int) -> bool:
    """Whether nothing but hours and weekdays stands between "Published" and the date."""
    table = text_table()
    labels = (*table.published_labels, *table.updated_labels)
    label = next((label for label in labels if lower.startswith(label)), None)
    if label is None:
        return False
    allowed = {"on", "at", "of", *table.zones, *table.hours, *_weekdays()}
    between = words_of(lower[len(label) : date])
    return all(word in allowed or not word.isalpha() for word in between)


def _is_date_line(line: Line) -> bool:
    """Whether a line is a date with at most a weekday, an hour and a place: "Baku, May 3, 2016"."""
    if line.words > HEADING_WORDS or line.finished or line.is_item or _NUMBERED.match(line.head):
        return False
    dates = absolute_dates(line.head)
    if len(dates) != 1:
        return False
    rest = line.head[: dates[0].start] + " " + line.head[dates[0].end :]
    others = [word for word in words_of(rest) if word.isalpha() and word not in _weekdays()]
    return len(others) <= PLACE_WORDS


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(form.casefold() for forms in calendar().weekdays for form in forms)


def _is_byline(line: Line) -> bool:
    if line.words > BYLINE_WORDS or line.finished or line.runs_on:
        return False
    opener = next((o for o in text_table().byline_openers if line.head.startswith(f"{o} ")), "")
    rest = line.head[len(opener) :].strip()
    return bool(opener) and (opener.startswith("From") or rest[:1].isupper())


def _is_caption(line: Line) -> bool:
    table = text_table()
    if line.words > CAPTION_WORDS:
        return False
    if line.head.casefold().startswith(table.caption_openers):
        return True
    credit = _CREDIT.search(line.tail)
    if credit is None or credit.start() == 0:
        return False
    inside = words_of(credit[1])
    return len(inside) <= CREDIT_WORDS and any(word in table.credit_words for word in inside)


def _mark_title(
    found: Sequence[Line], kinds: list[SegmentKind | None], body: int, title: list[str]
) -> None:
    """Mark the line that repeats the known title, or the first free one above the body."""
    for index, line in enumerate(found[:HEAD_LINES]):
        if title and kinds[index] is None and words_of(line.head) == title:
            kinds[index] = "title"
            return
    for index, line in enumerate(found[:body]):
        if kinds[index] is not None:
            continue
        plain = not (line.finished or line.runs_on or line.is_item or _NUMBERED.match(line.head))
        if plain and line.words in TITLE_WORDS:
            kinds[index] = "title"
        return


def _mark_captions(found: Sequence[Line], kinds: list[SegmentKind | None]) -> None:
    long = [line for line in found if line.words >= HEADING_WORDS]
    if sum(line.finished for line in long) < FINISHED_SHARE * len(long):
        return
    for index, line in enumerate(found[:-1]):
        marked = _MARKDOWN.match(line.head)
        whole = not (marked or line.finished or line.runs_on or line.is_item or line.shouts)
        if kinds[index] is None and whole and HEADING_WORDS < line.words <= PLAIN_CAPTION_WORDS:
            kinds[index] = "caption"


def _repeatable(kind: SegmentKind | None, line: Line) -> Line | None:
    return line if kind in {None, "caption"} else None


def _mark_headings(found: Sequence[Line], kinds: list[SegmentKind | None]) -> None:
    in_list = False
    for index, line in enumerate(found[:-1]):
        if kinds[index] is None and _MARKDOWN.match(line.head):
            kinds[index] = "heading"
        if kinds[index] is not None or line.finished or line.runs_on or line.is_item:
            in_list = False
            continue
        limit = SHOUTED_HEADING_WORDS if line.shouts else HEADING_WORDS
        fits = line.words <= limit + bool(_NUMBERED.match(line.head))
        after = found[index + 1]
        leads = after.is_item or after.words > HEADING_WORDS
        leads = leads or (after.finished and after.words >= BODY_WORDS)
        # Behind another line without final stop it is an item of a list of headlines.
        if fits and (line.shouts or (leads and not in_list)):
            kinds[index] = "heading"
        in_list = kinds[index] is None
