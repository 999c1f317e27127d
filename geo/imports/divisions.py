"""Lines of countryInfo, admin1CodesASCII and admin2Codes -> codes and names of divisions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.imports.blocks import CUT_OFF, OVERLONG
from geo.imports.dumps import COLUMNS, COUNTRIES
from geo.imports.names import BadName, clean_name
from geo.imports.places import BadLine, Rejected

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

_CODE = re.compile(r"[A-Z]{2}(?:\.[^.\s]{1,80}){0,2}")
_COUNTRY_NAME = 4

Row = tuple[str, str]


class DivisionLines:
    """Reads the lines of one file."""

    def __init__(self, title: str, *, kind: str, countries: Container[str] = ()) -> None:
        self._title, self._kind, self._countries = title, kind, countries
        self.rejected: list[Rejected] = []
        self.left_out = 0
        self.latest = ""

    def rows(self, lines: Sequence[str], *, first: int, cut: bool = False) -> list[Row]:
        """Give code and name: ``AM``, ``AM.10``, ``AM.10.123``."""
        found: list[Row] = []
        (width,) = COLUMNS[self._kind]
        for number, line in enumerate(lines, first):
            if line.startswith("#") or (self._kind == COUNTRIES and not line.strip()):
                continue
            columns = line.split("\t")
            last = cut and number - first == len(lines) - 1
            try:
                if line == OVERLONG:
                    raise BadLine("a line of more than a megabyte")  # noqa: TRY301
                if len(columns) != width:
                    what = f"{CUT_OFF}: " if last else ""
                    raise BadLine(f"{what}{len(columns)} columns, not {width}")  # noqa: TRY301
                code = columns[0]
                if not _CODE.fullmatch(code):
                    raise BadLine(f"{code[:20]!r} is no code of a division")  # noqa: TRY301
                name = clean_name(columns[_COUNTRY_NAME if self._kind == COUNTRIES else 1])
            except (BadLine, BadName) as error:
                self.rejected.append(Rejected(self._title, number, str(error), line))
                continue
            if self._countries and code[:2] not in self._countries:
                self.left_out += 1
            else:
                found.append((code, name))
        return found
