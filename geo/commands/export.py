"""Write events in the format that a file name asks for: .geojson, .csv or .jsonl.

EVENTS is a map.geojson or an events.jsonl that clashmap wrote.

Examples:
  clashmap export maps/map.geojson --to events.csv
  clashmap export maps/map.geojson --to exact.csv --raw

"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.terminal import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "events", metavar="EVENTS", help="a map.geojson or events.jsonl that clashmap wrote"
    )
    parser.add_argument(
        "--to", required=True, metavar="FILE", help="what to write; the suffix tells the format"
    )
    parser.add_argument(
        "--raw",
        action="store_true",
        help="CSV with the exact text, for programs; the default defuses spreadsheet formulas",
    )


def run(args: Namespace) -> int:
    """Write the file."""
    from geo.files import write_all, writer_for
    from geo.stored import read_events

    target = Path(args.to)
    writer = writer_for(target)
    rows = read_events(Path(args.events))
    write_all(target.parent, {target.name: writer(rows, raw=args.raw)})
    say(f"clashmap: {len(rows)} events in {target}")
    return 0
