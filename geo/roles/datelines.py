"""Rules that say where a report was filed, or where its author sits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.roles.context import Setting

_BYLINE_REACH = 16
# "Xville/Yville, Zland (AGENCY) -": names and what parts them; a line that opens with more is none.
_NAME = r"[^\W\d_][\w’'.-]*(?:\s[^\W\d_][\w’'.-]*){0,3}"
_PLACES = rf"{_NAME}(?:(?:/|,\s|\sand\s){_NAME}){{0,4}}"
_DATED = r"(?:[,;]\s[^\n:(–—]{0,16}\d[^\n:(–—]{0,16}?)?"
_BRACKETS = r"(?:\s*[({\[](?P<agency>[^)}\]\n]{2,40})[)}\]])?"
_STOP = r"(?P<stop>\s*:\s|\s*[_–—]+\s*|\s+-+\s+|\s{2,}|\s)"
_FILED = re.compile(rf"(?P<places>{_PLACES}){_DATED}{_BRACKETS}{_STOP}(?=[^\W\d_]|[\"“‘'\d])")
_BRACKETED = re.compile(rf"\((?P<places>{_PLACES})\)\s*[-–—:]?\s*(?=[^\W\d_a-z])")
_SMALL = frozenset(("and", "of", "de", "del", "la", "al", "el", "the"))
# A dateline without an agency stands no further down than this.
_LEADS = 2
# Two marks or blanks end a dateline: one blank is only the next word.
_SHORTEST_STOP = 2


def _in_dateline(at: int, setting: Setting) -> str:
    """Read "Xville, Zland (AGENCY) - Troops ...", "(Xville) Troops", "Xville: Troops"."""
    start = setting.names[at].mention.start
    line = setting.line_of(start)
    if line not in setting.filed:
        setting.filed[line] = _filed_until(at, line, setting)
    return "the report begins with it" if start < setting.filed[line] else ""


def _filed_until(at: int, line: int, setting: Setting) -> int:
    """Give the offset where a dateline that opens a line ends; that of the line where none does."""
    if setting.segment(at) != "paragraph":
        return line
    text = setting.article.text
    bracketed = _BRACKETED.match(text, line)
    match = bracketed or _FILED.match(text, line)
    if not match or not _capitals(match["places"]):
        return line
    inside = setting.named_in(line, match.end("places"))
    filed = bracketed or (
        bool(inside)
        and _opens(line, setting.names[inside[0]].mention.start, match, setting)
        and (_agency(match, setting) if match["agency"] else _plain(inside, match, setting))
    )
    return match.end() if filed else line


def _opens(line: int, first: int, match: re.Match[str], setting: Setting) -> bool:
    """Say whether the first known name opens its line, but for unknown ones; not "In Xville -"."""
    unknown = setting.article.text[line:first]
    parted = unknown.rstrip().endswith((",", "/", "-"))
    return not unknown or parted or bool(unknown.isupper() and match["agency"])


def _agency(match: re.Match[str], setting: Setting) -> bool:
    """Say whether brackets hold an agency, not another name of the place."""
    named = setting.named_in(*match.span("agency"))
    return not named and _capitals(match["agency"])


def _plain(inside: range, match: re.Match[str], setting: Setting) -> bool:
    """Say whether names before a dash or a colon, without an agency, are where it was filed."""
    stop, last = match["stop"], setting.names[inside[-1]]
    line = setting.line_of(last.mention.start)
    if len(stop) < _SHORTEST_STOP or last.mention.end != match.end("places"):
        return False
    if not _leads(line, setting):
        return False
    if stop.strip() and setting.names[inside[0]].kind == "settlement":
        return ":" not in stop or _sits(inside[0], setting)
    return len(inside) > 1 and last.kind in {"country", "region"}


def _sits(at: int, setting: Setting) -> bool:
    """Say whether a report may be filed at a name before a colon: a capital, or in capitals."""
    sentence = setting.article.sentences[setting.around.of_sentence[setting.first[at]]]
    told = setting.article.text[sentence.start : sentence.end].rstrip("\"'”’)").endswith((".", "!"))
    return told and (setting.is_capital(at) or setting.around.is_acronym(setting.first[at]))


def _capitals(names: str) -> bool:
    return all(
        word[0].isupper() or word.lower() in _SMALL or word[:3].lower() == "al-"
        for word in re.findall(r"[^\W\d_][\w’'-]*", names)
    )


def _leads(line: int, setting: Setting) -> bool:
    """Say whether a line is among the first paragraphs of an article."""
    paragraphs = [s.start for s in setting.article.segments if s.kind == "paragraph"]
    return line <= paragraphs[:_LEADS][-1] if paragraphs else False


def _opens_report(at: int, setting: Setting) -> str:
    """Read "XVILLE Troops ...", "XVILLE, May 5 -", "(Xville, December 10)", "Xville, June 4"."""
    around, first = setting.around, setting.first[at]
    last, gap = setting.last[at], setting.gap_after(at)
    goes_on = gap != " " or (last < len(around) and around.capital[last])
    if around.files_report(first) and goes_on and not gap.startswith((":", ".", "\n")):
        return "the report begins with it"
    if not around.opens_line(first):
        return ""
    after = setting.own_after(at)
    months = word_lists("frames")["months"]
    dated = after in months or (after.isdigit() and setting.own_after(at, 1) in months)
    if gap == ", " and dated:
        return "place and date of the report"
    if around.is_acronym(first) and gap.strip(" ") in {"-", "–", "—", "("}:
        return "the report begins with it"
    return ""


def _byline(at: int, setting: Setting) -> str:
    """Read "By A B in X", "(Reporting by A B in X)", "From our correspondent in X"."""
    word, *_ = setting.government(at)
    if word != "in":
        return ""
    first = setting.first[at]
    if "\n" in setting.gap_after(at) and _opens_byline(first, at, setting):
        return "where its author sits"
    before = [setting.word(first - step, at) for step in range(1, _BYLINE_REACH)]
    if setting.segment(at) in {"byline", "footer"}:
        return "where its author sits"
    if any(word in {"reporting", "writing", "editing"} for word in before) and "by" in before:
        return "where its author sits"
    return ""


def _opens_byline(first: int, at: int, setting: Setting) -> bool:
    """Say whether the line begins with "By" or "From our" not far before."""
    for word in range(first - 1, max(first - _BYLINE_REACH, -1), -1):
        if setting.around.opens_line(word):
            opening = setting.word(word, at), setting.word(word + 1, at)
            return opening[0] == "by" or opening == ("from", "our")
    return False


DATELINE_RULES: tuple[Callable[[int, Setting], str], ...] = (_opens_report, _byline, _in_dateline)
