"""Lines of a dump of places -> staged rows. Everything that is wrong with a line is told.

The common line is read without a second look; whatever is not plain about one sends it to
``_carefully``, which gives the row after all or the reason why there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from geo.folding import whole_key
from geo.imports.blocks import CUT_OFF, OVERLONG
from geo.imports.dumps import COLUMNS, PLACES
from geo.imports.names import LONGEST, BadName, clean_name
from geo.lookup.world_cells import SCALE
from geo.lookup.world_forms import write_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    Number = Callable[..., int]

WIDTH = COLUMNS[PLACES][0]
# GeoNames numbers from 1; four bytes hold what SQLite and the grid keep.
LARGEST_ID = 2**31 - 1
# More than ever lived on Earth together.
_LARGEST_POPULATION = 10**11
_DATE = len("2000-01-01")
# Columns that are read, and the tabs in what is left as one.
_NEEDED = 15
_REST = WIDTH - 1 - _NEEDED

Row = tuple[int, str, int, int, int, int, int, int, str]


class Rejected(NamedTuple):
    """A line or a name that was left out. ``line`` counts from 1."""

    file: str
    line: int
    reason: str
    text: str


class BadLine(ValueError):
    """A line is left out; the message says why."""


class PlaceLines:
    """Reads the lines of one dump.

    ``areas`` and ``features`` are numbered as they are met: by (country, admin1, admin2), and by
    (class, code). ``numbered`` gives the number of one that was not met before.
    """

    def __init__(
        self,
        title: str,
        *,
        source: int,
        areas: dict[tuple[str, str, str], int],
        features: dict[tuple[str, str], int],
        numbered: Number,
        countries: Container[str] = (),
    ) -> None:
        self._title, self._source, self._countries = title, source, countries
        self._areas, self._features, self._numbered = areas, features, numbered
        self.rejected: list[Rejected] = []
        self.left_out = 0
        # Of the lines read slowly, and of all.
        self._changed = self.latest = ""

    def rows(self, lines: Sequence[str], *, first: int, cut: bool = False) -> list[Row]:
        """Give the rows of lines, the first of which has the number ``first``.

        ``cut`` says that the last line has no end, so that it may not be all there.
        """
        found: list[Row] = []
        take = found.append
        areas, features, source, countries = (
            self._areas, self._features, self._source, self._countries,
        )  # fmt: skip
        latest, split = self.latest, str.split
        for number, line in enumerate(lines[: len(lines) - cut], first):
            try:
                (
                    id_, name, plain, others, lat, lon, class_, code, country, _, admin1, admin2,
                    _, _, population, rest,
                ) = split(line, "\t", _NEEDED)  # fmt: skip
                numbers = id_ + lat + lon + population
                key, y, x = int(id_), float(lat), float(lon)
                people = int(population) if population else 0
                area = areas[country, admin1, admin2]
                kind = features[class_, code]
            except (ValueError, KeyError):
                self._slowly(number, line, take)
                continue
            if countries and country not in countries:
                self.left_out += 1
                continue
            if (
                not -90.0 <= y <= 90.0
                or not -180.0 <= x <= 180.0
                or not 0 < key <= LARGEST_ID
                or not 0 <= people <= _LARGEST_POPULATION
                or not numbers.isascii()
                or "_" in numbers
                or rest.count("\t") != _REST
                or not name.isprintable()
                or not 0 < len(name) <= LONGEST
                or name[0] == " "
                or name[-1] == " "
                or (others and (len(others) > LONGEST or not others.isprintable()))
                or (plain != name and not (plain.isprintable() and len(plain) <= LONGEST))
            ):
                self._slowly(number, line, take)
                continue
            if others or plain != name:
                others = _others(name, plain, others)
            if rest[-_DATE:] > latest:  # noqa: PLR1730 - max() takes as long as five of these lines
                latest = rest[-_DATE:]
            take(
                (key, name, round(y * SCALE), round(x * SCALE), area, kind, people, source, others)
            )
        if cut and lines:
            self._slowly(first + len(lines) - 1, lines[-1], take, cut=True)
        self.latest = max(latest, self._changed)
        return found

    def reject(self, line: int, reason: str, text: str) -> None:
        """Put a line or name among what was left out."""
        self.rejected.append(Rejected(self._title, line, reason, text))

    def _slowly(
        self, number: int, line: str, take: Callable[[Row], None], *, cut: bool = False
    ) -> None:
        if not line and not cut:
            self.reject(number, "an empty line", line)
            return
        try:
            row = self._carefully(number, line, cut=cut)
        except (BadLine, BadName) as error:
            self.reject(number, str(error), line)
            return
        if row is None:
            self.left_out += 1
        else:
            self._changed = max(self._changed, line[-_DATE:])
            take(row)

    def _carefully(self, number: int, line: str, *, cut: bool) -> Row | None:
        if line == OVERLONG:
            raise BadLine("a line of more than a megabyte")
        columns = line.split("\t")
        if len(columns) != WIDTH:
            raise BadLine(
                f"{CUT_OFF}: {len(columns)} of {WIDTH} columns"
                if cut
                else f"{len(columns)} columns, not {WIDTH}"
            )
        if cut and len(columns[-1]) != _DATE:
            raise BadLine(f"{CUT_OFF}: the last column is not whole")
        id_, name, plain, others, lat, lon, class_, code, country = columns[:9]
        key = _whole(id_, "id", at_least=1, at_most=LARGEST_ID)
        people = _whole(columns[14] or "0", "population", at_most=_LARGEST_POPULATION)
        y, x = _degrees(lat, "latitude", 90), _degrees(lon, "longitude", 180)
        area = self._area(country, columns[10], columns[11])
        kind = self._feature(class_, code)
        if self._countries and country not in self._countries:
            return None
        name = self._name(number, name, plain)
        kept = []
        for other in filter(None, others.split(",")):
            try:
                kept.append(clean_name(other))
            except BadName as error:
                self.reject(number, f"{error}, among the other names of {key}", other)
        plain = plain if plain.isprintable() and len(plain) <= LONGEST else ""
        forms = _others(name, plain or name, ",".join(kept))
        return (
            key,
            name,
            round(y * SCALE),
            round(x * SCALE),
            area,
            kind,
            people,
            self._source,
            forms,
        )

    def _name(self, number: int, name: str, plain: str) -> str:
        """Give the name, or the ASCII one beside it where the name cannot be shown."""
        try:
            return clean_name(name)
        except BadName as error:
            if not plain or plain == name:
                raise
            instead = clean_name(plain)
            self.reject(number, f"{error}; the place is kept as {instead!r}", name)
            return instead

    def _area(self, country: str, admin1: str, admin2: str) -> int:
        if country and not (len(country) == 2 and country.isascii() and country.isupper()):
            raise BadLine(f"{country[:20]!r} is no code of a country")
        for code, longest in ((admin1, 20), (admin2, 80)):
            if len(code) > longest or not code.isprintable():
                raise BadLine(f"{code[:20]!r} is no code of a division")
        return self._areas.get((country, admin1, admin2)) or self._numbered(country, admin1, admin2)

    def _feature(self, class_: str, code: str) -> int:
        known = self._features.get((class_, code))
        if known:
            return known
        if len(class_) > 1 or (class_ and class_ not in "AHLPRSTUV"):
            raise BadLine(f"{class_[:20]!r} is no feature class")
        if code and not (len(code) <= 10 and code.isascii() and code.isalnum()):
            raise BadLine(f"{code[:20]!r} is no feature code")
        return self._numbered(class_, code)


def _others(name: str, plain: str, others: str) -> str:
    """Give the other names without the name itself; the ASCII form where no name folds to it."""
    if not others and "," not in plain:
        return "" if _folds_to(plain, name) else plain
    parts = dict.fromkeys(others.split(","))
    if plain != name and plain and plain not in parts and not _folds_to(plain, name):
        parts[plain] = None
    parts.pop(name, None)
    parts.pop("", None)
    if "," in plain and plain in parts:
        return write_forms((part, "", "", "", "") for part in parts)
    return ",".join(parts)


def _folds_to(plain: str, name: str) -> bool:
    """Tell whether two forms have one key; that only marks part them is seen without folding."""
    if len(plain) == len(name):
        bare = normalize("NFD", name.replace("’", "'")).encode("ascii", "ignore")
        if bare == plain.encode("utf-8", "replace"):
            return True
    return whole_key(plain) == whole_key(name)


def _whole(text: str, what: str, *, at_least: int = 0, at_most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 12):
        raise BadLine(f"the {what} {text[:20]!r} is no number")
    if not at_least <= int(text) <= at_most:
        raise BadLine(f"the {what} {text[:20]} is out of range")
    return int(text)


def _degrees(text: str, what: str, most: int) -> float:
    try:
        value = float(text if text.isascii() and "_" not in text else "")
    except ValueError:
        raise BadLine(f"the {what} {text[:20]!r} is no number") from None
    if not -most <= value <= most:
        raise BadLine(f"the {what} {text[:20]} is not between -{most} and {most}")
    return value
