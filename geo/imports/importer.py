"""Dumps of GeoNames -> an index of the world in the user's cache."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import GazetteerError
from geo.imports import alternates, divisions, places
from geo.imports.blocks import BLOCK, UNREADABLE, blocks
from geo.imports.collector import seldom_collected
from geo.imports.dumps import ALTERNATES, PLACES, Dump, in_order, recognise
from geo.imports.finish import Outcome, finish
from geo.imports.index_file import makers_digest
from geo.imports.locks import locked
from geo.imports.obtain import listed_sets
from geo.imports.staging import Progress, Staging
from geo.lookup.cache import cache_folder
from geo.lookup.world_cache import FORMAT, REGISTRY
from geo.terminal import progress, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.imports.blocks import Block
    from geo.lookup.world_cache import Listed

    Reader = places.PlaceLines | alternates.AlternateLines | divisions.DivisionLines

# Ids of places to choose names by: more would not be worth their memory.
_MOST_IDS = 500_000
_STAGING, _LOCK = "world-import.staging", "world-import.lock"


def import_dumps(paths: Iterable[Path], *, countries: Iterable[str] = ()) -> Outcome:
    """Read dumps into an index, which then answers before older ones; give what came of it.

    Files of names or codes alone are added to the last import. An import that was interrupted goes
    on where it stopped when it is given the same files; a file that has changed begins anew.
    """
    dumps, refused = _recognised(paths)
    wanted = frozenset(countries)
    folder = Path(cache_folder())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise GazetteerError(
            f"cannot be made ({error.strerror})", where=str(folder), remedy="set XDG_CACHE_HOME"
        ) from error
    base = None if any(dump.kind == PLACES for dump in dumps) else _last_import()
    identity = hashlib.sha256(
        "\n".join(
            (
                FORMAT,
                makers_digest(),
                base.digest if base else "",
                *sorted(wanted),
                *(dump.identity for dump in dumps),
            )
        ).encode()
    ).hexdigest()
    with locked(folder / _LOCK, seconds=0) as held, seldom_collected():
        if not held:
            raise GazetteerError(
                "another import is at work", where=str(folder), remedy="wait for its end"
            )
        staging = Staging(folder / _STAGING, identity=identity)
        if staging.resumed:
            say("clashmap: going on with the import that was interrupted")
        elif staging.begun_anew:
            say("clashmap: other or changed files than those of an import that was interrupted;"
                " begun anew")  # fmt: skip
        try:
            if base and not staging.count("sources"):
                _take_over(staging, Path(base.path))
            for number, dump in enumerate(dumps, staging.first_number()):
                _read(staging, number, dump, wanted)
            outcome = finish(staging, dumps, identity=identity, base=base, countries=wanted)
            return outcome._replace(refused=refused)
        except (sqlite3.Error, OSError) as error:
            raise GazetteerError(
                f"the import cannot go on ({error})",
                where=str(folder),
                remedy="is the disk full? give the same files again to go on from here",
            ) from error
        finally:
            staging.close()


def _recognised(paths: Iterable[Path]) -> tuple[list[Dump], tuple[str, ...]]:
    """Give what is to be read, and what is said of files that cannot be; raise if none can be."""
    found: list[Dump] = []
    refused: list[GazetteerError] = []
    for path in paths:
        try:
            found += recognise(path)
        except GazetteerError as error:
            refused.append(error)
    if refused and not found:
        raise refused[0]
    return in_order(found), tuple(map(str, refused))


def _last_import() -> Listed:
    for entry in listed_sets():
        if entry.set_id != REGISTRY:
            return entry
    raise GazetteerError(
        "these files hold no places of their own, and none were imported before",
        remedy="give the dump of the places as well, such as allCountries.zip",
    )


def _take_over(staging: Staging, base: Path) -> None:
    """Begin with the rows of an index."""
    connection = staging.connection
    connection.execute("ATTACH ? AS base", (str(base),))
    for table in ("sources", "features", "areas", "admin", "places"):
        connection.execute(f"INSERT INTO {table} SELECT * FROM base.{table}")  # noqa: S608
    connection.execute("INSERT OR IGNORE INTO meta SELECT key, value FROM base.meta"
                       " WHERE key = 'files'")  # fmt: skip
    connection.commit()
    connection.execute("DETACH base")


def _read(staging: Staging, number: int, dump: Dump, countries: frozenset[str]) -> None:
    """Read a dump from where it was left."""
    done = staging.progress(number)
    if done.done:
        return
    reader = _reader(staging, number, dump, countries)
    staging.add_source(number, "")
    steps = progress(
        blocks(dump.path, dump.member, start=done.at),
        total=max(1, (dump.size - done.at) // BLOCK),
        label=dump.title,
    )
    for block in steps:
        _take(staging, number, dump, reader, block, done)
    done.done = 1
    staging.commit(number, done, ())


def _reader(staging: Staging, number: int, dump: Dump, countries: frozenset[str]) -> Reader:
    if dump.kind == PLACES:
        return places.PlaceLines(
            dump.title,
            source=number,
            areas=staging.areas,
            features=staging.features,
            numbered=staging.numbered,
            countries=countries,
        )
    if dump.kind == ALTERNATES:
        return alternates.AlternateLines(dump.title, places=staging.place_ids(most=_MOST_IDS))
    return divisions.DivisionLines(dump.title, kind=dump.kind, countries=countries)


def _take(
    staging: Staging, number: int, dump: Dump, reader: Reader, block: Block, done: Progress
) -> None:
    first = done.lines + 1
    rows = reader.rows(block.lines, first=first, cut=not block.ended)
    taken = len(rows)
    if isinstance(reader, places.PlaceLines):
        taken -= _add_places(staging, reader, rows, block.lines, first)
    elif isinstance(reader, alternates.AlternateLines):
        staging.add_alternates(rows)  # type: ignore[arg-type]
    else:
        staging.add_divisions(rows)  # type: ignore[arg-type]
    if block.fault:
        reader.rejected.append(
            places.Rejected(
                dump.title, first + len(block.lines), f"{UNREADABLE}: {block.fault}", ""
            )
        )
    done.at, done.lines = block.end, done.lines + len(block.lines)
    done.taken += taken
    done.left_out += reader.left_out
    done.latest = max(done.latest, reader.latest)
    staging.commit(number, done, reader.rejected)
    reader.rejected, reader.left_out = [], 0


def _add_places(
    staging: Staging,
    reader: places.PlaceLines,
    rows: Sequence[tuple[object, ...]],
    lines: Sequence[str],
    first: int,
) -> int:
    """Give how many rows were there before: in the same file an error, in an earlier one none."""
    refused = staging.add_places(rows)
    if not refused:
        return 0
    at: dict[str, list[int]] = {}
    for position, line in enumerate(lines):
        at.setdefault(line.partition("\t")[0].removeprefix("\ufeff"), []).append(position)
    seen: set[object] = set()
    for row, same in ((rows[position], same) for position, same in refused):
        if not same:
            reader.left_out += 1
            continue
        where = at.get(str(row[0]), [0])
        again = where[1] if len(where) > 1 and row[0] not in seen else where[-1]
        seen.add(row[0])
        reader.reject(first + again, f"the id {row[0]} was there before", lines[again])
    return len(refused)
