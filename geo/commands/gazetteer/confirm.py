"""Confirm candidates of a pack: move their lines into places.geojson.

Do this for each candidate that you have looked at: its point, its names and who uses which. A
confirmed place keeps `certainty: uncertain` until you say better in its line. --refuse moves
candidates into refusals.json instead, with your reason.

Examples:
  clashmap gazetteer confirm my-theatre name-of-a-village name-of-another
  clashmap gazetteer confirm my-theatre name-of-a-ruin --refuse "abandoned, in no report"

"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.terminal import safe, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of a pack")
    parser.add_argument("ids", nargs="+", metavar="ID", help="ids of candidates")
    parser.add_argument("--refuse", default="", metavar="WHY", help="leave them out, and say why")


def run(args: Namespace) -> int:
    """Move the lines: all of them, or none."""
    from geo.files import write_all
    from geo.gazetteer.candidates import waiting
    from geo.gazetteer.confirming import confirmed, refused
    from geo.lookup.bundled import pack_folder

    folder = Path(pack_folder(args.folder))
    if args.refuse:
        write_all(folder, refused(folder, args.ids, args.refuse))
    else:
        write_all(folder, confirmed(folder, args.ids))
    what = "refused" if args.refuse else "confirmed"
    count, rest = len(set(args.ids)), len(waiting(folder))
    say(safe(f"clashmap: {folder}: {count} {what}, {rest} waiting"))
    return 0
