"""Print every place of a name, the likeliest first, with the reasons.

A name may be in any spelling or script: case, accents and apostrophes do not matter. Several places
of one name are all shown. Exit code 1: a name was not found, or --one and nothing decides.

Examples:
  clashmap lookup Київ
  clashmap lookup "Saint Petersburg" --on 1950-01-01
  clashmap lookup Paarl --near=-33.9,18.4 --one
  cut -f2 table.tsv | clashmap lookup - --json

"""

from __future__ import annotations

import sys

from geo.lookup.index import Index, open_index
from geo.options import Option, Positional, count, day, point
from geo.terminal import out, safe, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

    from geo.options import Arguments

DEFAULT_LIMIT = 10

PACK = Option("--pack", "ID_OR_DIR", "look in this pack only; may be given again", repeated=True)
JSON = Option("--json", "", "one JSON object a line")
POSITIONALS = (Positional("names", 'a name; "-" reads one a line from stdin', many=True),)
OPTIONS = (
    Option("--on", "DATE", "rank what is valid on this day first", convert=day),
    Option("--near", "LAT,LON", "rank what is nearer to this point first", convert=point),
    Option(
        "--limit", "N", f"show at most N places a name (default {DEFAULT_LIMIT})",
        convert=count, default=DEFAULT_LIMIT,
    ),
    Option("--one", "", "print one place, and only if something decides between several"),
    JSON,
    PACK,
)  # fmt: skip


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.options import declare

    declare(parser, POSITIONALS, OPTIONS)


def run(args: Namespace | Arguments) -> int:
    """Look each name up; give 1 if one is missing or undecided."""
    index = open_index(args.pack)
    many = len(args.names) > 1 or "-" in args.names
    results = [_one_name(index, name, args, heading=many) for name in _names(args.names)]
    return 0 if results and all(results) else 1


def _names(given: Iterable[str]) -> Iterator[str]:
    for name in given:
        if name == "-":
            lines = (line.strip() for line in sys.stdin)
            yield from (line for line in lines if line)
        else:
            yield name


def _one_name(index: Index, name: str, args: Namespace | Arguments, *, heading: bool) -> bool:
    on = args.on or ""
    found = index.find(name, on=on, near=args.near)
    if not found:
        _miss(index, name, as_json=args.json)
        return False
    decided = index.decided(found, on=on)
    shown = found[:1] if args.one and decided else found[: args.limit]
    if heading and not args.json:
        out(f"{safe(name)}:")
    for answer in shown:
        index.complete(answer, on=on)
        if args.json:
            from geo.commands.show import as_json

            out(as_json(answer, query=name, on=on))
        else:
            from geo.commands.show import describe

            out("\n".join(describe(answer, on=on)))
    if len(found) > len(shown) and not (args.one and decided):
        say(f"clashmap: {len(found) - len(shown)} more places of that name; see --limit")
    if args.one and not decided:
        say(f"clashmap: {len(found)} places are called {name!r} and nothing decides;"
            " --on, --near or --pack may")  # fmt: skip
    return decided or not args.one


def _miss(index: Index, name: str, *, as_json: bool) -> None:
    near = index.suggest(name)
    if as_json:
        from json import dumps

        out(dumps({"query": name, "id": None, "did_you_mean": near}))
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    say(f"clashmap: no place is called {name!r}{hint}")
