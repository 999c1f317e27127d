"""Print the places around a point, nearest first. Distances are measured on a sphere.

Exit code 1: there is none.

Examples:
  clashmap near 48.86 2.35
  clashmap near -33.9 18.4 --km 100 --limit 5

"""

from __future__ import annotations

from geo.commands.lookup import JSON, PACK
from geo.lookup.index import open_index
from geo.options import Option, Positional, count, kilometres, latitude, longitude
from geo.terminal import out, safe, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from geo.options import Arguments

DEFAULT_KM = 25.0
DEFAULT_LIMIT = 10

POSITIONALS = (
    Positional("lat", "degrees north, below nought in the south", convert=latitude),
    Positional("lon", "degrees east, below nought in the west", convert=longitude),
)
OPTIONS = (
    Option(
        "--km", "N", f"how far around (default {DEFAULT_KM:g})",
        convert=kilometres, default=DEFAULT_KM,
    ),
    Option(
        "--limit", "N", f"show at most N places (default {DEFAULT_LIMIT})",
        convert=count, default=DEFAULT_LIMIT,
    ),
    JSON,
    PACK,
)  # fmt: skip


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.options import declare

    declare(parser, POSITIONALS, OPTIONS)


def run(args: Namespace | Arguments) -> int:
    """Print one line a place; give 1 if there is none."""
    index = open_index(args.pack)
    found = index.near(lat=args.lat, lon=args.lon, km=args.km, limit=args.limit)
    for answer in found:
        if args.json:
            from geo.commands.show import as_json

            out(as_json(index.complete(answer)))
        else:
            what = f"{safe(answer.label)} ({safe(answer.word)})"
            out(f"{answer.km:9.1f} km  {what}  {safe(answer.id)}")
    if not found:
        say(f"clashmap: no place within {args.km:g} km of {args.lat:g}, {args.lon:g}; try --km")
    return 0 if found else 1
