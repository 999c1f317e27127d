"""Look up the names in a column of a table and write the table with what was found.

Rows are read and written one by one, so that a table may be of any length. A row that is short,
long or not in the encoding is kept and told.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from geo.commands.asking import areas_called, places_called
from geo.commands.show import Wish
from geo.errors import InputError
from geo.files import csv_cell
from geo.lookup.index import Index, open_index
from geo.lookup.verdicts import UNKNOWN, Verdict, listed, verdict
from geo.options import looks_like_degrees
from geo.terminal import out, safe, say

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from geo.options import Arguments

ADDED = (
    "place_id", "label", "lat", "lon", "accuracy_m", "certainty", "how", "candidates", "reason",
)  # fmt: skip
# Before the name of an added column where the table has one of that name.
PREFIX = "clashmap_"
DELIMITERS = (",", "\t", ";")
# Longer than any cell that holds a name; a quotation mark that is never closed ends here.
LONGEST_CELL = 1_000_000
# Distinct names whose answers are kept: tables repeat theirs, and memory has an end.
_KEPT = 50_000
# Names that resemble an unknown one cost milliseconds; past so many it is no slip of the pen.
_SUGGESTED = 500
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_FIRST_BYTES = 4

Cells = dict[str, object]


def look_up_column(args: Namespace | Arguments) -> int:
    """Write the table; give 1 if a row has no place."""
    if len(args.names) > 1:
        raise InputError(f"--column takes one table, not {len(args.names)}")
    path = args.names[0] if args.names else "-"
    with _opened(path, encoding=args.encoding) as file:
        table = Table(file, where="stdin" if path == "-" else path)
        number = table.choose(args.column)
        finder = Finder(open_index(args.pack), args)
        writer = Writer(table, args, finder.columns)
        counts: dict[str, int] = {}
        for row in table.rows():
            cells, how = finder.found(row, number, width=len(table.header))
            counts[how] = counts.get(how, 0) + 1
            writer.write(row, cells)
    found, total = counts.pop("", 0), sum(counts.values())
    total += found
    missing = ", ".join(f"{counts[how]} {how}" for how in sorted(counts))
    say(f"clashmap: {found} of {total} rows have a place" + (f"; {missing}" if missing else ""))
    return 0 if found == total else 1


@contextlib.contextmanager
def _opened(path: str, *, encoding: str | None) -> Iterator[TextIO]:
    """Open a table as text; '-' is stdin."""
    try:
        binary = _stdin() if path == "-" else Path(path).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=path) from error
    start = binary.peek(_FIRST_BYTES) if hasattr(binary, "peek") else b""
    found = next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8")
    try:
        # Bytes that are no UTF-8 come back as they were; what they stand for nobody knows.
        text = io.TextIOWrapper(
            binary, encoding=encoding or found, errors="surrogateescape", newline=""
        )
    except LookupError:
        binary.close()
        raise InputError(f"no encoding is called {encoding!r}") from None
    try:
        yield text
    finally:
        if path == "-":
            text.detach()
        else:
            text.close()


class Table:
    """A table with a header, to be read once from its beginning."""

    def __init__(self, file: TextIO, *, where: str) -> None:
        """Read the header; ``where`` is for messages."""
        self._file, self.where = file, where
        csv.field_size_limit(LONGEST_CELL)
        self._first = self._line()
        # A heading in quotation marks may have several lines.
        while self._first.count('"') % 2 and len(self._first) < LONGEST_CELL:
            if not (more := self._line()):
                break
            self._first += more
        if not self._first.strip():
            raise InputError("is empty: it has no header", where=self.where)
        self.delimiter = DELIMITERS[0]
        self.header: list[str] = []

    def choose(self, column: str) -> int:
        """Take the delimiter by which the header has this column; give the column's number."""
        read = [(mark, _split(self._first, mark)) for mark in DELIMITERS]
        self.delimiter, self.header = max(read, key=lambda entry: len(entry[1]))
        for same in (lambda name: name == column, lambda name: _plain(name) == _plain(column)):
            for mark, header in read:
                numbers = [number for number, name in enumerate(header) if same(name)]
                if len(numbers) > 1:
                    raise InputError(f"two columns are called {column!r}", where=self.where)
                if numbers:
                    self.delimiter, self.header = mark, header
                    return numbers[0]
        if "\0" in self._first:
            raise InputError(
                "is no text, or text of another encoding", where=self.where,
                remedy="give --encoding, as in --encoding utf-16",
            )  # fmt: skip
        known = ", ".join(name[:40] for name in self.header[:40])
        raise InputError(f"no column is called {column!r}; there are: {known}", where=self.where)

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows below the header; empty lines are no rows."""
        reader = csv.reader(self._file, delimiter=self.delimiter)
        try:
            yield from (row for row in reader if row)
        except csv.Error as error:
            raise InputError(
                f"line {reader.line_num + 1} cannot be read ({error}); the rows above are written",
                where=self.where, remedy="look for a quotation mark that is never closed",
            ) from error  # fmt: skip
        except UnicodeError as error:
            raise self._wrong(error) from error

    def _line(self) -> str:
        try:
            return self._file.readline(LONGEST_CELL)
        except UnicodeError as error:
            raise self._wrong(error) from error

    def _wrong(self, error: UnicodeError) -> InputError:
        return InputError(f"cannot be read as text: {error}", where=self.where,
                          remedy="give its --encoding")  # fmt: skip


class Finder:
    """Finds the place of a row."""

    def __init__(self, index: Index, args: Namespace | Arguments) -> None:
        self._index, self._args, self._on = index, args, args.on or ""
        self._inside = areas_called(index, getattr(args, "in"), args.pack)
        self._in = getattr(args, "in")
        self._wish = Wish(on=self._on, script=args.script or "")
        self._known: dict[str, tuple[Cells, str]] = {}
        self._suggested = 0
        self.columns = (*ADDED, *([f"name_{args.script}"] if args.script else []))

    def found(self, row: list[str], number: int, *, width: int) -> tuple[Cells, str]:
        """Give the added cells of a row, and '' or why it has no place."""
        name = row[number].strip() if number < len(row) else ""
        if not name.isascii() and any("\ud800" <= char <= "\udfff" for char in name):
            reason = "the name is not in the table's encoding; give --encoding"
            return {"how": "unreadable", "reason": reason}, "unreadable"
        known = self._known.get(name)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[name] = self._look_up(name)
        if len(row) == width:
            return known
        cells, how = known
        told = f"cells: {len(row)} in the row, {width} in the header"
        return {**cells, "reason": f"{cells['reason']}; {told}"}, how

    def _look_up(self, name: str) -> tuple[Cells, str]:
        index, on, packs, near = self._index, self._on, self._args.pack, self._args.near
        found = (
            places_called(index, name, packs, on=on, near=near, inside=self._inside) if name else []
        )
        decided = index.decided(found, on=on)
        suggest = None if self._inside or self._suggested >= _SUGGESTED else index.suggest
        made = verdict(name, found, decided=decided, suggest=suggest)
        self._suggested += made.how == UNKNOWN
        cells = _cells(made)
        if not made.place_id:
            if self._inside and made.how == UNKNOWN:
                others = places_called(index, name, packs, on=on)
                elsewhere = f"; elsewhere: {listed(others)}" if others else ""
                cells["reason"] = f"{cells['reason']} in {self._in}{elsewhere}"
            if "\n" in name:
                told = "the cell has several lines: is a quotation mark missing?"
                cells["reason"] = f"{cells['reason']}; {told}"
            return cells, made.how
        best = index.complete(found[0], on=on)
        cells |= {
            "label": best.label, "lat": best.lat, "lon": best.lon, "accuracy_m": best.accuracy_m,
            "certainty": best.certainty,
        }  # fmt: skip
        doubts = [seen for seen in best.compared if best.disagrees(seen)]
        cells["reason"] = "; ".join(
            [
                made.reason,
                *(f"{seen.source} puts it {seen.km:.1f} km {seen.wind}" for seen in doubts),
            ]
        )
        if self._wish.script:
            cells[f"name_{self._wish.script}"] = self._wish.name(best)
        return cells, ""


class Writer:
    """Writes rows with their added cells to stdout, as CSV or as JSON lines."""

    def __init__(self, table: Table, args: Namespace | Arguments, added: tuple[str, ...]) -> None:
        self._raw, self._json, self._header, self._added = args.raw, args.json, table.header, added
        taken = {_plain(name) for name in table.header}
        self._names = [PREFIX + name if name in taken else name for name in added]
        self._shown = sys.stdout.isatty()
        if not self._shown and isinstance(sys.stdout, io.TextIOWrapper):
            # Bytes that could not be read are written as they were.
            sys.stdout.reconfigure(errors="surrogateescape")
        self._csv = csv.writer(sys.stdout, delimiter=table.delimiter, lineterminator="\n")
        if not self._json:
            self._csv.writerow([self._cell(name) for name in (*table.header, *self._names)])

    def write(self, row: list[str], cells: Cells) -> None:
        """Write a row; cells beyond the header go behind the added ones."""
        width = len(self._header)
        added = [cells.get(name) for name in self._added]
        if self._json:
            from json import dumps

            own: Cells = dict(zip(self._header, row, strict=False))
            if len(row) > width:
                own["beyond the header"] = row[width:]
            out(dumps({**own, **dict(zip(self._names, added, strict=True))}))
            return
        padded = [*row[:width], *[""] * (width - len(row))]
        cells_out = [*padded, *added, *row[width:]]
        self._csv.writerow([self._cell(cell) for cell in cells_out])

    def _cell(self, value: object) -> object:
        """The cell as a spreadsheet may have it, numbers left alone, and as a terminal may."""
        if not isinstance(value, str):
            value = csv_cell(value, raw=False) if isinstance(value, tuple) else value
        elif not self._raw and not looks_like_degrees(value):
            value = csv_cell(value, raw=False)
        return safe(value) if self._shown and isinstance(value, str) else value


def _cells(made: Verdict) -> Cells:
    return {
        "place_id": made.place_id or None, "how": made.how, "candidates": made.candidates,
        "reason": made.reason,
    }  # fmt: skip


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _plain(name: str) -> str:
    return name.strip().casefold()


def _stdin() -> BinaryIO:
    """The bytes of stdin; a stand-in without bytes gives its text's."""
    binary: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    return binary or io.BufferedReader(io.BytesIO(sys.stdin.read().encode()))
