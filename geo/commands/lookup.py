"""Print every place of a name, the likeliest first, with the reasons.

A name may be in any spelling or script: case, accents and apostrophes do not matter. The id of a
place does as well as a name; "id:" before it says that no name is meant. Several places of one name
are all shown, each with its sources, accuracy and certainty.

With --column the names are those of a column of a table (CSV or TSV, with a header), and the table
is written again with more columns: place_id, label, lat, lon, accuracy_m, certainty, how,
candidates, reason. A name that several places bear stays without a place unless something decides.

The curated packs of the theatres come first, then countries and capitals, then the world: where
no pack holds a name, GeoNames is asked, with what `clashmap gazetteer import` took in, else with
the set of the extra clashmap[world], which is indexed once. CLASHMAP_WORLD=off leaves it out, and
so does --pack.

Ids are those that answers begin with, and those that they have under "also" (geonames:703448).

Exit code 1: a name was not found, or --one or --column was given and nothing decides.

Examples:
  clashmap lookup Київ
  clashmap lookup "Saint Petersburg" --on 1950-01-01
  clashmap lookup Paarl --near=-33.9,18.4 --one
  clashmap lookup Springfield --in Illinois
  clashmap lookup --column place events.csv > resolved.csv
  cut -f2 table.tsv | clashmap lookup - --json

"""

from __future__ import annotations

import sys

from geo.commands.asking import areas_called, hint, places_called, suggestions
from geo.errors import InputError
from geo.lookup.index import Index, open_index
from geo.options import Option, Positional, count, day, point, script
from geo.terminal import out, safe, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

    from geo.lookup.answers import Answer
    from geo.options import Arguments

DEFAULT_LIMIT = 10

PACK = Option("--pack", "ID_OR_DIR", "look in this pack only; may be given again", repeated=True)
JSON = Option("--json", "", "one JSON object a line")
ON = Option("--on", "DATE", "what was so on this day first, the rest marked", convert=day)
POSITIONALS = (
    Positional(
        "names", 'a name or an id; "-" reads one a line from stdin', many=True, least=0
    ),
)  # fmt: skip
OPTIONS = (
    ON,
    Option("--near", "LAT,LON", "rank what is nearer to this point first", convert=point),
    Option("--in", "PLACE", "only what lies in this place, de jure or de facto (on the day)"),
    Option("--script", "CODE", "names of this script first: Latn, Cyrl, Armn ...", convert=script),
    Option(
        "--limit", "N", f"show at most N places a name (default {DEFAULT_LIMIT})",
        convert=count, default=DEFAULT_LIMIT,
    ),
    Option("--one", "", "print one place, and only if something decides between several"),
    Option("--column", "COLUMN", "the names are in this column of a table: a file, or stdin"),
    Option("--encoding", "NAME", "of the table (default UTF-8, or what its first bytes say)"),
    Option("--raw", "", "leave the table's cells as they are, even what a spreadsheet would run"),
    JSON,
    PACK,
)  # fmt: skip


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.options import declare

    declare(parser, POSITIONALS, OPTIONS)


def run(args: Namespace | Arguments) -> int:
    """Look each name up; give 1 if one is missing or undecided."""
    if args.column is not None:
        from geo.commands.table import look_up_column

        return look_up_column(args)
    if not args.names:
        raise InputError("the following arguments are required: NAME; or give --column and a table")
    index = open_index(args.pack)
    inside = areas_called(index, getattr(args, "in"), args.pack)
    many = len(args.names) > 1 or "-" in args.names
    answered = [_answer(index, name, args, inside, heading=many) for name in _names(args.names)]
    return 0 if answered and all(answered) else 1


def _names(given: Iterable[str]) -> Iterator[str]:
    for name in given:
        if name == "-":
            lines = (line.strip() for line in sys.stdin)
            yield from (line for line in lines if line)
        else:
            yield name


def _answer(
    index: Index, name: str, args: Namespace | Arguments, inside: tuple[str, ...], *, heading: bool
) -> bool:
    """Print what a name means; tell whether that is what was asked for."""
    on = args.on or ""
    found = places_called(index, name, args.pack, on=on, near=args.near, inside=inside)
    if not found:
        _miss(index, name, args, asked_inside=bool(inside))
        return False
    decided = index.decided(found, on=on)
    if heading and not args.json:
        out(f"{safe(name)}:")
    shown = found[:1] if args.one and decided else found[: args.limit]
    for number, answer in enumerate(shown, 1):
        _print(index.complete(answer, on=on), name, args, (number, len(found), decided))
    if len(found) > len(shown) and not (args.one and decided):
        say(f"clashmap: {len(found) - len(shown)} more places of that name; see --limit")
    if args.one and not decided:
        say(f"clashmap: {len(found)} places are called {name!r} and nothing decides;"
            " --on, --near, --in, --pack or an id may")  # fmt: skip
    return decided or not args.one


def _print(
    answer: Answer, name: str, args: Namespace | Arguments, place: tuple[int, int, bool]
) -> None:
    from geo.commands.show import Wish, as_json, describe

    wish = Wish(on=args.on or "", script=args.script or "")
    if args.json:
        number, of, decided = place
        out(as_json(answer, wish, query=name, number=number, of=of, decided=decided))
    else:
        out("\n".join(describe(answer, wish)))


def _miss(index: Index, name: str, args: Namespace | Arguments, *, asked_inside: bool) -> None:
    from geo.lookup.verdicts import listed, shown

    packs = args.pack
    elsewhere = places_called(index, name, packs, on=args.on or "") if asked_inside else []
    near = [] if elsewhere else suggestions(index, name, packs)
    if args.json:
        from json import dumps

        out(dumps({"query": name, "id": None, "did_you_mean": near}))
    if elsewhere:
        where = getattr(args, "in")
        say(
            f"clashmap: no place in {where} is called {shown(name)}; elsewhere: {listed(elsewhere)}"
        )
        return
    say(f"clashmap: no place is called {shown(name)}{hint(index, name, packs, near)}")
