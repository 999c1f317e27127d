"""Count what is in gazetteer packs: places by kind, names by script, status and user.

A pack is the id of one that came with clashmap, or a folder. Without any, all that came with it.

Examples:
  clashmap gazetteer stats
  clashmap gazetteer stats my-theatre/ --json

"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from geo.terminal import out, safe

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "packs", nargs="*", metavar="PACK", help="id of a bundled pack, or a folder"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: Namespace) -> int:
    """Print the counts of each pack."""
    from geo.gazetteer import available_packs, load_gazetteer

    gazetteer = load_gazetteer(*(args.packs or available_packs()))
    for pack in gazetteer.packs:
        places = [p for p in gazetteer.places.values() if gazetteer.pack_of(p.id) == pack.id]
        names = [name for place in places for name in place.names]
        tables: dict[str, Counter[str]] = {
            "kind": Counter(place.kind for place in places),
            "certainty": Counter(place.certainty for place in places),
            "script": Counter(name.script for name in names),
            "status": Counter(name.status for name in names),
            "user": Counter(name.user or "nobody in particular" for name in names),
            "names per place": Counter(str(len(place.names)) for place in places),
        }
        if args.json:
            whole = {"pack": pack.id, "places": len(places), "names": len(names)}
            out(json.dumps({**whole, **tables}, sort_keys=True))
            continue
        out(f"{safe(pack.id)}: {safe(pack.title)}: {len(places)} places, {len(names)} names")
        for what, table in tables.items():
            rows = sorted(table.items(), key=lambda row: (-row[1], row[0]))
            out(f"  {what}: " + ", ".join(f"{safe(key)} {count}" for key, count in rows))
    return 0
