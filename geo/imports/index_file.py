"""Rows of places -> an index of the world, whole or not at all.

What an index is made from is in it again: places with all their names. So one that older code made
is made anew out of itself, without the dump.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from geo.folding import whole_key
from geo.imports.features import feature
from geo.lookup.cache import INDEX_TIME_NS
from geo.lookup.world_cache import FORMAT, MAKERS
from geo.lookup.world_cells import CELL_SQL, pack_ids
from geo.lookup.world_forms import WIKIDATA, read_forms, write_forms
from geo.terminal import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geo.lookup.world_forms import Named

# The number of a place is its id in GeoNames. Degrees are in world_cells.SCALE.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE sources (number INTEGER PRIMARY KEY, citation TEXT);
CREATE TABLE features (
    number INTEGER PRIMARY KEY, code TEXT, word TEXT, kind TEXT, accuracy_m INTEGER, point TEXT
);
CREATE TABLE areas (number INTEGER PRIMARY KEY, country TEXT, admin1 TEXT, admin2 TEXT);
CREATE TABLE admin (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
CREATE TABLE places (
    id INTEGER PRIMARY KEY, name TEXT, lat INTEGER, lon INTEGER, area INTEGER, feature INTEGER,
    population INTEGER, source INTEGER, forms TEXT
);
"""
# n is 0 for the name of the place, else which of its other names has the key.
_FOUND_BY = """
CREATE TABLE names (key TEXT, place INTEGER, n INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE cells (cell INTEGER PRIMARY KEY, places BLOB);
"""
# The sorter takes as much at a time: what fits the processor's cache is sorted a third faster.
_CACHE_KB = 8_000
# Batches of names on their way; a step of the bar.
_STEP = 50_000
_DIVISIONS = "('A.ADM1', 'A.ADM2', 'A.PCLI', 'A.PCLD', 'A.PCLF', 'A.PCLS')"


def makers_digest() -> str:
    """Give the SHA-256 of the code that an index rests on."""
    total = hashlib.sha256(FORMAT.encode())
    for name in MAKERS:
        path = Path(__file__).parents[1] / name
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()


def write_index(rows: Path, target: Path, *, meta: Mapping[str, str]) -> None:
    """Write the index of the tables in ``rows`` (staged, or an older index) to ``target``.

    ``meta`` is added to what is known of the rows.
    """
    part = Path(f"{target}.{os.getpid()}.part")
    work = Path(f"{part}.names")
    _remove(part, work)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            # Nobody reads the file before it is whole, so a journal would protect nothing.
            connection.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
                f"PRAGMA cache_size = -{_CACHE_KB};" + TABLES + _FOUND_BY
            )
            connection.execute("ATTACH ? AS rows", (str(rows),))
            connection.execute("BEGIN")
            _copy(connection)
            connection.execute("COMMIT")
            connection.execute("DETACH rows")
            connection.execute("ATTACH ? AS work", (str(work),))
            connection.executescript(
                "PRAGMA work.journal_mode = OFF; PRAGMA work.synchronous = OFF"
            )
            connection.execute("CREATE TABLE work.names (key TEXT, place INTEGER, n INTEGER)")
            connection.execute("BEGIN")
            _write_names(connection)
            _write_cells(connection)
            _write_divisions(connection)
            counts = {
                what: str(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608
                for what in ("places", "names")
            }
            known = {**meta, **counts, "format": FORMAT, "makers": makers_digest()}
            connection.executemany(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)", sorted(known.items())
            )
            connection.execute("COMMIT")
        # A fixed time: two processes that make the same file at once agree on its stamp.
        os.utime(part, ns=(INDEX_TIME_NS, INDEX_TIME_NS))
        part.replace(target)
    finally:
        _remove(part, work)


def merge_alternates(staged: sqlite3.Connection) -> int:
    """Add the staged alternate names to their places; give how many had no place.

    A name that was there already takes language and marks; the order of names stays.
    """
    if not staged.execute("SELECT 1 FROM alternates LIMIT 1").fetchone():
        return 0
    strangers = 0
    sql = (
        "SELECT a.place, a.line, p.name, p.forms FROM alternates a LEFT JOIN places p"
        " ON p.id = a.place ORDER BY a.place, a.rowid"
    )
    changed: list[tuple[str, int]] = []
    total = staged.execute("SELECT count(*) FROM alternates").fetchone()[0]
    lines = progress(staged.execute(sql), total=total, label="joining names to places")
    for place, group in groupby(lines, key=itemgetter(0)):
        known = list(group)
        name, forms = known[0][2:]
        if name is None:
            strangers += len(known)
            continue
        merged = _merged(name, read_forms(forms), (line for _, line, _, _ in known))
        changed.append((write_forms(merged), place))
        if len(changed) >= _STEP:
            staged.executemany("UPDATE places SET forms = ? WHERE id = ?", changed)
            changed.clear()
    staged.executemany("UPDATE places SET forms = ? WHERE id = ?", changed)
    staged.execute("DELETE FROM alternates")
    staged.commit()
    return strangers


def _merged(name: str, forms: list[Named], lines: Iterable[str]) -> Iterator[Named]:
    """Yield the forms a place has, told more of, then the new ones."""
    told: dict[str, list[Named]] = {}
    for line in lines:
        (form,) = read_forms("\n" + line)
        told.setdefault(form[0], []).append(form)
    for form in forms:
        more = told.pop(form[0], [])
        # A bare name says nothing that the told one does not.
        yield from dict.fromkeys(more if more and not any(form[1:]) else [form, *more])
    for text, more in told.items():
        # The name of the place itself, of which nothing is told.
        if text != name or any(any(form[1:]) for form in more):
            yield from dict.fromkeys(more)


def _copy(connection: sqlite3.Connection) -> None:
    for table in ("sources", "areas", "admin"):
        connection.execute(f"INSERT INTO {table} SELECT * FROM rows.{table}")  # noqa: S608
    connection.execute("INSERT INTO meta SELECT * FROM rows.meta WHERE key <> 'staging'")
    codes = connection.execute("SELECT number, code FROM rows.features ORDER BY number").fetchall()
    connection.executemany(
        "INSERT INTO features VALUES (?, ?, ?, ?, ?, ?)",
        # Of what has no class there is no code either.
        ((number, code, *feature(code.strip("."))[1:]) for number, code in codes),
    )
    # Like to like, without a condition: SQLite copies the cells as they are.
    connection.execute("INSERT INTO places SELECT * FROM rows.places")


def _write_names(connection: sqlite3.Connection) -> None:
    total = connection.execute("SELECT count(*) FROM places").fetchone()[0]
    rows = connection.execute("SELECT id, name, forms FROM places")
    batches = progress(
        iter(lambda: rows.fetchmany(_STEP), []), total=-(-total // _STEP), label="folding names"
    )
    for batch in batches:
        connection.executemany("INSERT INTO work.names VALUES (?, ?, ?)", _keys(batch))
    connection.execute("INSERT INTO names SELECT key, place, n FROM work.names ORDER BY key, place")


def _keys(places: Iterable[tuple[int, str, str]]) -> list[tuple[str, int, int]]:
    """Give the keys of the names of places, each once a place."""
    found: list[tuple[str, int, int]] = []
    take, fold = found.append, whole_key
    for place, name, forms in places:
        own = fold(name)
        if own:
            take((own, place, 0))
        if not forms:
            continue
        seen = {own, ""}
        if forms[0] == "\n":
            texts = ["" if form[1] == WIKIDATA else form[0] for form in read_forms(forms)]
        else:
            texts = forms.split(",")
        for n, text in enumerate(texts, 1):
            key = fold(text)
            if key not in seen:
                seen.add(key)
                take((key, place, n))
    return found


def _write_cells(connection: sqlite3.Connection) -> None:
    rows = connection.execute(f"SELECT {CELL_SQL}, id FROM places ORDER BY 1, 2")  # noqa: S608
    connection.executemany(
        "INSERT INTO cells VALUES (?, ?)",
        (
            (cell, pack_ids([number for _, number in group]))
            for cell, group in groupby(rows, key=itemgetter(0))
        ),
    )


def _write_divisions(connection: sqlite3.Connection) -> None:
    """Name the divisions that the files of codes left unnamed, by the places that they are."""
    connection.execute(
        "INSERT OR IGNORE INTO admin SELECT CASE f.code"  # noqa: S608 - a constant
        " WHEN 'A.ADM1' THEN a.country || '.' || a.admin1"
        " WHEN 'A.ADM2' THEN a.country || '.' || a.admin1 || '.' || a.admin2"
        " ELSE a.country END, p.name"
        " FROM places p JOIN features f ON f.number = p.feature JOIN areas a ON a.number = p.area"
        f" WHERE f.code IN {_DIVISIONS} AND a.country <> ''"
        " AND (f.code NOT LIKE 'A.ADM%' OR a.admin1 <> '')"
        " AND (f.code <> 'A.ADM2' OR a.admin2 <> '') ORDER BY p.id"
    )


def _remove(*paths: Path) -> None:
    for path in paths:
        for ending in ("", "-journal"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
