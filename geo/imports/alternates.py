"""Lines of alternateNamesV2 -> staged names with language, marks and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.imports.blocks import CUT_OFF, OVERLONG
from geo.imports.dumps import ALTERNATES, COLUMNS
from geo.imports.names import BadName, clean_name
from geo.imports.places import LARGEST_ID, BadLine, Rejected
from geo.lookup.world_forms import COLLOQUIAL, HISTORIC, PREFERRED, SHORT, WIKIDATA

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

WIDTHS = COLUMNS[ALTERNATES]
# Codes in the place of a language that name no name: pages, post codes, codes of other lists, and
# how to pronounce a name. Codes of airports are none either.
NO_NAMES = frozenset(
    ("link", "post", "unlc", "iata", "icao", "faac", "tcid", "phon", "nfm", "uicn", "wmo")
)
_MARKS = (PREFERRED, SHORT, COLLOQUIAL, HISTORIC)
_WIKIDATA = re.compile(r"Q\d{1,12}")
_LANGUAGE = re.compile(r"[A-Za-z0-9_-]{0,7}")
_DAY = re.compile(r"(\d{4})(?:-?(\d\d)-?(\d\d))?")

Row = tuple[int, str]


class AlternateLines:
    """Reads the lines of one file. ``places`` are the ids whose names are wanted; empty: all."""

    def __init__(self, title: str, *, places: Container[int] = ()) -> None:
        self._title, self._places = title, places
        self.rejected: list[Rejected] = []
        self.left_out = 0
        self.latest = ""

    def rows(self, lines: Sequence[str], *, first: int, cut: bool = False) -> list[Row]:
        """Give place and line of ``geo.lookup.world_forms`` for each name."""
        found: list[Row] = []
        for number, line in enumerate(lines, first):
            columns = line.split("\t")
            # The last columns are mostly empty, so a line without its end tells nothing.
            cut_here = cut and number - first == len(lines) - 1
            if len(columns) not in WIDTHS or cut_here:
                self._reject(number, line, len(columns), cut=cut_here)
                continue
            try:
                row = self._row(columns)
            except (BadLine, BadName) as error:
                self.rejected.append(Rejected(self._title, number, str(error), line))
                continue
            if row is None:
                self.left_out += 1
            else:
                found.append(row)
        return found

    def _row(self, columns: list[str]) -> Row | None:
        language, name = columns[2], columns[3]
        if language in NO_NAMES:
            return None
        id_ = columns[1]
        if not (id_.isascii() and id_.isdecimal() and 0 < int(id_) <= LARGEST_ID):
            raise BadLine(f"the id {id_[:20]!r} of the place is no number")
        place = int(id_)
        if self._places and place not in self._places:
            return None
        if language == WIKIDATA:
            # An address in a few lines of GeoNames ends with the number.
            wanted = name.rpartition("/")[2]
            return (place, f"{wanted}\t{WIKIDATA}") if _WIKIDATA.fullmatch(wanted) else None
        if not _LANGUAGE.fullmatch(language):
            raise BadLine(f"{language[:20]!r} is no code of a language")
        name = clean_name(name)
        marks = "".join(m for m, on in zip(_MARKS, columns[4:8], strict=False) if on == "1")
        dates = [_day(text, last=last) for last, text in enumerate(columns[8:10])]
        return place, "\t".join((name, language, marks, *dates)).rstrip("\t")

    def _reject(self, number: int, line: str, width: int, *, cut: bool) -> None:
        if line == OVERLONG:
            reason = "a line of more than a megabyte"
        elif cut:
            reason = f"{CUT_OFF}: the last line has no end"
        elif not line:
            reason = "an empty line"
        else:
            reason = f"{width} columns, not {' or '.join(map(str, WIDTHS))}"
        self.rejected.append(Rejected(self._title, number, reason, line))


def _day(text: str, *, last: int) -> str:
    """Give an ISO date; a bare year is its first or ``last`` day, words are nothing."""
    found = _DAY.fullmatch(text.strip()) if text else None
    if not found:
        return ""
    year, month, day = found.groups()
    if month and not ("01" <= month <= "12" and "01" <= day <= "31"):
        return ""
    return f"{year}-{month}-{day}" if month else f"{year}-{'12-31' if last else '01-01'}"
