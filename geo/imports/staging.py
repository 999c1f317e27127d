"""The rows of dumps on their way into an index.

They are committed block by block, so an import that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import GazetteerError
from geo.imports.features import feature
from geo.imports.index_file import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.imports.places import Rejected

FORMAT = "clashmap staging 1"
_SCHEMA = f"""
{TABLES}
CREATE TABLE alternates (place INTEGER, line TEXT);
CREATE TABLE rejected (file TEXT, line INTEGER, reason TEXT, text TEXT);
CREATE TABLE progress (
    number INTEGER PRIMARY KEY, at INTEGER, lines INTEGER, taken INTEGER, left_out INTEGER,
    latest TEXT, done INTEGER
);
"""
# Of a line that was left out, enough to find it by.
_TEXT = 200
# Hostile codes must not fill the memory: GeoNames has some 50,000 areas and 700 features.
_MOST_AREAS, _MOST_FEATURES = 500_000, 5_000
_CACHE_KB = 32_000


class Progress:
    """How far a dump has been read: bytes and lines; ``taken`` rows, ``latest`` change of one."""

    __slots__ = ("at", "done", "latest", "left_out", "lines", "taken")

    def __init__(self, row: tuple[int, int, int, int, str, int]) -> None:
        self.at, self.lines, self.taken, self.left_out, self.latest, self.done = row

    def row(self) -> tuple[int, int, int, int, str, int]:
        """Give the columns."""
        return self.at, self.lines, self.taken, self.left_out, self.latest, self.done


class Staging:
    """A database of rows that were read and not yet indexed."""

    def __init__(self, path: Path, *, identity: str) -> None:
        """Open it; a file that belongs to another import, or is damaged, begins anew."""
        self.path = path
        self.resumed = False
        self.begun_anew = False
        if path.exists() and not self._belongs(identity):
            self.begun_anew = True
            self.remove()
        self.connection = _connect(path)
        if not self.resumed:
            self.connection.executescript(_SCHEMA)
            self.connection.execute("INSERT INTO meta VALUES ('staging', ?)", (FORMAT + identity,))
            self.connection.commit()
        self.areas: dict[tuple[str, str, str], int] = {
            (country, admin1, admin2): number
            for number, country, admin1, admin2 in self.connection.execute("SELECT * FROM areas")
        }
        self.features: dict[tuple[str, str], int] = {}
        for number, code in self.connection.execute("SELECT number, code FROM features"):
            class_, _, rest = code.partition(".")
            self.features[class_, rest] = number

    def _belongs(self, identity: str) -> bool:
        try:
            connection = _connect(self.path)
            try:
                row = connection.execute("SELECT value FROM meta WHERE key = 'staging'").fetchone()
                whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            finally:
                connection.close()
        except sqlite3.Error:
            return False
        self.resumed = bool(row) and row[0] == FORMAT + identity and whole
        return self.resumed

    def numbered(self, *code: str) -> int:
        """Give the number of an area (three codes) or a feature (class and code) not yet met.

        Past a number that no true dump comes near, the second-level division is left out, and a
        feature is of no class.
        """
        if len(code) == 2:
            if len(self.features) >= _MOST_FEATURES:
                code = ("", "")
            known = self.features.setdefault((code[0], code[1]), len(self.features) + 1)
            meaning = feature(f"{code[0]}.{code[1]}".strip("."))
            self.connection.execute(
                "INSERT OR IGNORE INTO features VALUES (?, ?, ?, ?, ?, ?)",
                (known, f"{code[0]}.{code[1]}", *meaning[1:]),
            )
            return known
        country, admin1, admin2 = code
        if len(self.areas) >= _MOST_AREAS:
            admin1 = admin2 = ""
        number = self.areas.setdefault((country, admin1, admin2), len(self.areas) + 1)
        self.connection.execute(
            "INSERT OR IGNORE INTO areas VALUES (?, ?, ?, ?)", (number, country, admin1, admin2)
        )
        return number

    def first_number(self) -> int:
        """Give the number of the first file: those of an older index come before, and are done."""
        sql = (
            "SELECT coalesce(max(number), 0) + 1 FROM sources WHERE number NOT IN"
            " (SELECT number FROM progress)"
        )
        return int(self.connection.execute(sql).fetchone()[0])

    def progress(self, number: int) -> Progress:
        """Give how far the dump of a number was read."""
        sql = "SELECT at, lines, taken, left_out, latest, done FROM progress WHERE number = ?"
        return Progress(self.connection.execute(sql, (number,)).fetchone() or (0, 0, 0, 0, "", 0))

    def commit(self, number: int, progress: Progress, rejected: Iterable[Rejected]) -> None:
        """Keep what was read of the dump of a number up to here."""
        self.connection.executemany(
            "INSERT INTO rejected VALUES (?, ?, ?, ?)",
            ((r.file, r.line, r.reason, _storable(r.text[:_TEXT])) for r in rejected),
        )
        self.connection.execute(
            "INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, *progress.row()),
        )
        self.connection.commit()

    def add_source(self, number: int, title: str) -> None:
        """Name the file that places of a number are from."""
        self.connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (number, title))

    def add_places(self, rows: Sequence[tuple[object, ...]]) -> list[tuple[int, bool]]:
        """Add places; give positions of rows whose id was there, and whether from the same file."""
        sql = "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        cursor = self.connection.cursor()
        # Else the savepoint would be a transaction of its own, and its end a commit.
        if not self.connection.in_transaction:
            cursor.execute("BEGIN")
        cursor.execute("SAVEPOINT block")
        try:
            cursor.executemany(sql, rows)
        except sqlite3.IntegrityError:
            cursor.execute("ROLLBACK TO block")
        else:
            cursor.execute("RELEASE block")
            return []
        refused = []
        for position, row in enumerate(rows):
            try:
                cursor.execute(sql, row)
            except sqlite3.IntegrityError:
                other = cursor.execute("SELECT source FROM places WHERE id = ?", row[:1]).fetchone()
                refused.append((position, other[0] == row[7]))
        cursor.execute("RELEASE block")
        return refused

    def add_alternates(self, rows: Sequence[tuple[int, str]]) -> None:
        """Add names of places that may come later."""
        self.connection.executemany("INSERT INTO alternates VALUES (?, ?)", rows)

    def add_divisions(self, rows: Sequence[tuple[str, str]]) -> None:
        """Add names of countries and divisions; the first of a code stays."""
        self.connection.executemany("INSERT OR IGNORE INTO admin VALUES (?, ?)", rows)

    def place_ids(self, *, most: int) -> set[int]:
        """Give the ids of the places, or none if there are more than ``most``."""
        rows = self.connection.execute("SELECT id FROM places LIMIT ?", (most + 1,)).fetchall()
        return {row[0] for row in rows} if len(rows) <= most else set()

    def count(self, what: str) -> int:
        """Give how many rows a table has."""
        return int(self.connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608

    def close(self) -> None:
        """Close the file and leave it."""
        self.connection.close()

    def remove(self) -> None:
        """Delete the file and what SQLite keeps beside it."""
        if connection := getattr(self, "connection", None):
            connection.close()
        for ending in ("", "-journal", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path)
        # A process that is killed loses its last block. After a loss of power the check at the next
        # start finds what is damaged.
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
    except sqlite3.DatabaseError as error:
        if path.exists() and "not a database" in str(error):
            raise
        raise GazetteerError(f"cannot be written ({error})", where=str(path)) from error
    return connection


def _storable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
