"""The end of an import: staged rows -> an index that is asked, and what came of it all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geo.errors import GazetteerError
from geo.imports.blocks import CUT_OFF, UNREADABLE
from geo.imports.dumps import PLACES
from geo.imports.index_file import merge_alternates, write_index
from geo.imports.obtain import enlist, entry_of, index_path, listed_sets
from geo.imports.rejected import write_rejected
from geo.lookup.world import World
from geo.terminal import say

if TYPE_CHECKING:
    from pathlib import Path

    from geo.imports.dumps import Dump
    from geo.imports.staging import Staging
    from geo.lookup.world_cache import Listed

LICENCE = "CC-BY-4.0"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST_SHOWN = 20


class Outcome(NamedTuple):
    """What came of an import. ``rejected`` counts lines and names; ``report`` lists them.

    ``shown`` are the first of them: file, line, reason. ``refused`` says which files were none.
    """

    set_id: str
    places: int
    names: int
    rejected: int
    left_out: int
    shown: tuple[tuple[str, int, str], ...] = ()
    report: str = ""
    refused: tuple[str, ...] = ()


def finish(
    staging: Staging,
    dumps: list[Dump],
    *,
    identity: str,
    base: Listed | None,
    countries: frozenset[str],
) -> Outcome:
    """Write the index of what was staged, put it at the head of the list, and say what came of it.

    ``identity`` names the index; ``base`` is the import that the dumps are added to.
    """
    say(f"clashmap: {staging.count('places')} places read; writing the index")
    _cite(staging, dumps)
    strangers = merge_alternates(staging.connection)
    connection = staging.connection
    left_out = connection.execute("SELECT coalesce(sum(left_out), 0) FROM progress").fetchone()[0]
    set_id = base.set_id if base else _set_id(dumps, countries)
    _keep_what_is_whole(staging, set_id)
    if not staging.count("places"):
        wrong = connection.execute("SELECT file, line, reason FROM rejected LIMIT 1").fetchone()
        staging.remove()
        raise GazetteerError(
            "no place was read" + (f" ({wrong[0]}:{wrong[1]}: {wrong[2]})" if wrong else ""),
            where=", ".join(dump.title for dump in dumps),
            remedy="are these the right files, and the right countries?",
        )
    files = " ".join(
        dict.fromkeys(
            [*(row[0] for row in connection.execute("SELECT value FROM meta WHERE key='files'"))]
            + [dump.title for dump in dumps]
        )
    )
    path = index_path(staging.path.parent, identity)
    report = path.with_suffix(".rejected.tsv")
    rejected = write_rejected(connection, report)
    shown = connection.execute(
        "SELECT file, line, reason FROM rejected ORDER BY rowid LIMIT ?", (_FIRST_SHOWN,)
    ).fetchall()
    staging.close()
    meta = {"set": set_id, "files": files, "licence": LICENCE, "rejected": str(rejected)}
    write_index(staging.path, path, meta=meta)
    whole = base.whole if base else any(dump.holds_the_world for dump in dumps) and not countries
    entry = entry_of(path, set_id=set_id, whole=whole)
    enlist(entry)
    staging.remove()
    found = _counts(path)
    return Outcome(
        set_id,
        *found,
        rejected,
        left_out + strangers,
        tuple(shown),
        str(report) if rejected else "",
    )


def _keep_what_is_whole(staging: Staging, set_id: str) -> None:
    """Raise GazetteerError where files that are cut off would replace an earlier import."""
    fault = staging.connection.execute(
        "SELECT file, line, reason FROM rejected WHERE reason LIKE ? OR reason LIKE ?",
        (f"{CUT_OFF}%", f"{UNREADABLE}%"),
    ).fetchone()
    if fault and set_id in {entry.set_id for entry in listed_sets()}:
        staging.remove()
        file, line, reason = fault
        raise GazetteerError(
            f"{reason}; the earlier import of {set_id} is kept",
            where=f"{file}:{line}",
            remedy=f"fetch the file again, or --remove {set_id} first to do with what there is",
        )


def _cite(staging: Staging, dumps: list[Dump]) -> None:
    """Name the files that places are from, with the day of the latest change in each."""
    for number, dump in enumerate(dumps, staging.first_number()):
        latest = staging.progress(number).latest
        of = f", changes up to {latest}" if _DAY.fullmatch(latest) else ""
        staging.add_source(number, f"geonames: GeoNames, {dump.title}{of} ({LICENCE})")
    staging.connection.commit()


def _set_id(dumps: list[Dump], countries: frozenset[str]) -> str:
    stems = [re.sub(r"[^\w.-]+", "-", d.stem)[:60] for d in dumps if d.kind == PLACES]
    chosen = f":{','.join(sorted(countries))}" if countries else ""
    return "+".join(dict.fromkeys(stems)) + chosen


def _counts(path: Path) -> tuple[int, int]:
    world = World([str(path)])
    (facts,) = world.facts()
    world.close()
    return int(facts["places"]), int(facts["names"])
