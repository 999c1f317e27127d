"""Lay out an empty pack for a bounding box: a new theatre, without code.

DIR must not exist. It gets every file of a pack. --from gives lists in GeoNames' format (a
country's file from its download page, such as AT.txt); what lies in the box goes into
candidates.geojson, to be confirmed. Without --from the world index is asked, if there is one.
Candidates are no places until `clashmap gazetteer confirm` moves them, or you do.

Examples:
  clashmap gazetteer new my-theatre --bbox 10.5,46.2,12.5,47.1 --countries AT,IT --from AT.txt
  clashmap gazetteer new my-theatre --bbox 10.5,46.2,12.5,47.1 --title "The border of A and B"

"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.terminal import out, safe, say

if TYPE_CHECKING:
    import datetime as dt
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from geo.gazetteer.candidates import Box, Row
    from geo.model import Problem

# More than anybody confirms: the box is too large for one theatre.
MOST_CANDIDATES = 20_000


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that does not exist yet")
    parser.add_argument(
        "--bbox", required=True, metavar="WEST,SOUTH,EAST,NORTH", help="the area, in degrees"
    )
    parser.add_argument("--id", metavar="ID", help="id of the pack (otherwise the folder's name)")
    parser.add_argument("--title", default="", metavar="TEXT", help="what people call the area")
    parser.add_argument(
        "--countries", default="", metavar="AT,IT", help="the states, by code, id or name"
    )
    parser.add_argument(
        "--from", nargs="+", default=[], type=Path, metavar="FILE", dest="lists",
        help="lists in GeoNames' format, .txt or .zip, to take candidates from",
    )  # fmt: skip


def run(args: Namespace) -> int:
    """Write the folder whole, or nothing; 1 where lines of a list were left out."""
    from geo.gazetteer import load_gazetteer
    from geo.gazetteer.candidates import candidates
    from geo.gazetteer.new_pack import pack_files, plan, read_bbox
    from geo.lookup.bundled import WORLD

    folder: Path = args.folder
    bbox = read_bbox(args.bbox)
    world = load_gazetteer(WORLD)
    codes = [code.strip() for code in args.countries.split(",") if code.strip()]
    planned = plan(
        name=args.id or folder.resolve().name,
        title=args.title,
        bbox=bbox,
        countries=codes,
        world=world,
    )
    _refuse_existing(folder)
    problems: list[Problem] = []
    rows, retrieved = _rows(args.lists, bbox, problems) if args.lists else _of_the_world(bbox)
    by_code = {
        place.concordances.get("iso3166-1", ""): place.id
        for place in world.places.values()
        if place.kind == "country"
    }
    found = candidates(rows, countries=by_code, taken=world.places)
    _write(folder, pack_files(planned, found, retrieved=retrieved))
    for problem in problems:
        say(safe(f"clashmap: {problem.where}: {problem.message}"))
    _tell(folder, len(found))
    return 1 if problems else 0


def _rows(
    lists: list[Path], bbox: Box, problems: list[Problem]
) -> tuple[list[Row], dt.date | None]:
    """Give what lies in the box, and the day of the newest list."""
    from geo.gazetteer.candidates import geonames_rows

    rows: list[Row] = []
    for path in lists:
        rows += _not_too_many(geonames_rows(path, bbox, problems), MOST_CANDIDATES - len(rows))
    return rows, max(_day(path.stat().st_mtime) for path in lists)


def _of_the_world(bbox: Box) -> tuple[list[Row], dt.date | None]:
    """Give what the index of the world has in the box; nothing where there is no index."""
    from geo.gazetteer.candidates import world_rows
    from geo.lookup.world import open_world

    world = open_world()
    if world is None:
        return [], None
    rows = _not_too_many(world_rows(world, bbox), MOST_CANDIDATES)
    # The time of change of an index is fixed, so that equal ones are equal: the inode's is not.
    return rows, max(_day(Path(path).stat().st_ctime) for path in world.paths)


def _not_too_many(rows: Iterable[Row], most: int) -> list[Row]:
    found = list(islice(rows, most + 1))
    if len(found) > most:
        raise InputError(
            f"more than {MOST_CANDIDATES:,} places lie in the box",
            where="--bbox",
            remedy="give a smaller one: a theatre is some hundred kilometres wide",
        )
    return found


def _day(seconds: float) -> dt.date:
    """The day of a time of a file."""
    import datetime as dt

    return dt.datetime.fromtimestamp(seconds, dt.UTC).date()


def _refuse_existing(folder: Path) -> None:
    if folder.exists() or folder.is_symlink():
        raise InputError(
            "is there already; nothing was written",
            where=str(folder),
            remedy="give the name of a folder that does not exist yet",
        )


def _write(folder: Path, contents: dict[str, bytes]) -> None:
    from geo.files import write_all

    # Made anew and not merely used: whoever makes it in the meantime keeps what is theirs.
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        _refuse_existing(folder)
    except OSError as error:
        raise InputError(
            f"cannot be made ({error.strerror}); nothing was written",
            where=str(folder),
            remedy="choose another folder",
        ) from error
    try:
        write_all(folder, contents)
    except BaseException:
        folder.rmdir()
        raise


def _tell(folder: Path, count: int) -> None:
    where = safe(str(folder))
    out(where)
    say(f"clashmap: a new pack with {count:,} candidates and no places")
    if count:
        say(f"  next: look at each line of {where}/candidates.geojson; then")
        say(f"    clashmap gazetteer confirm {where} ID...                 it is right")
        say(f'    clashmap gazetteer confirm {where} ID... --refuse "WHY"  it stays out')
    else:
        say(f"  next: add places to {where}/places.geojson as CONTRIBUTING.md shows")
    say(f"  then: clashmap gazetteer check {where}")
