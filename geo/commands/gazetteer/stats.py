"""Count what is in gazetteer packs, and show how its sides are treated against each other.

Places by kind and certainty; names by script, status and user; and for the parties and countries
of pack.json the balance: how many places belong to each de jure, with how many names and sources,
and what share of them has a name of every side and a second source for its point.

A pack is the id of one that came with clashmap, or a folder. Without any, all that came with it.

Examples:
  clashmap gazetteer stats
  clashmap gazetteer stats my-theatre/ --json

"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from geo.terminal import out, safe

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from geo.gazetteer.balance import Side
    from geo.gazetteer.packs import PackFiles

_HEAD = (
    *("side", "places", "names", "names a place", "names used"),
    *("sources", "every side's name", "second source"),
)


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "packs", nargs="*", metavar="PACK", help="id of a bundled pack, or a folder"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: Namespace) -> int:
    """Print the counts of each pack; the world pack is there to be referred to."""
    from geo.gazetteer import available_packs, load_gazetteer
    from geo.gazetteer.balance import sides
    from geo.lookup.bundled import WORLD

    bundled = available_packs()
    packs = args.packs or bundled
    context = [WORLD] if WORLD in bundled else []
    gazetteer = load_gazetteer(*packs, *context)
    for files in gazetteer.files[: len(set(packs))]:
        tables, compared = _tables(files), sides(gazetteer, files)
        whole = {
            "pack": files.pack.id,
            "places": len(files.places),
            "names": sum(len(place.names) for place in files.places),
            "shapes": len(files.shapes),
            "sources": len(files.sources),
            "refusals": len(files.refusals),
        }
        if args.json:
            balance = [_side(side) for side in compared]
            out(json.dumps({**whole, **tables, "balance": balance}, sort_keys=True))
            continue
        counts = ", ".join(f"{count:,} {what}" for what, count in list(whole.items())[1:])
        out(f"{safe(files.pack.id)}: {safe(files.pack.title)}: {counts}")
        for what, table in tables.items():
            rows = sorted(table.items(), key=lambda row: (-row[1], row[0]))
            out(f"  {what}: " + ", ".join(f"{safe(key)} {count:,}" for key, count in rows))
        _print_balance(compared)
    return 0


def _tables(files: PackFiles) -> dict[str, Counter[str]]:
    names = [name for place in files.places for name in place.names]
    return {
        "kind": Counter(place.kind for place in files.places),
        "certainty": Counter(place.certainty for place in files.places),
        "script": Counter(name.script for name in names),
        "status": Counter(name.status for name in names),
        "user": Counter(name.user or "nobody in particular" for name in names),
        "names per place": Counter(str(len(place.names)) for place in files.places),
    }


def _side(side: Side) -> dict[str, Any]:
    """A side for JSON; shares run from 0 to 1."""
    return {
        "side": side.id,
        "label": side.label,
        "places": side.places,
        "names": side.names,
        "names_per_place": round(side.names_per_place, 2),
        "names_used": side.names_used,
        "sources": side.sources,
        "with_name_of_every_side": round(side.share(side.with_all_users), 3),
        "with_second_source": round(side.share(side.second_source), 3),
    }


def _print_balance(compared: Iterable[Side]) -> None:
    rows = [
        (
            safe(side.label), f"{side.places:,}", f"{side.names:,}", f"{side.names_per_place:.1f}",
            f"{side.names_used:,}", f"{side.sources:,}", f"{side.share(side.with_all_users):.0%}",
            f"{side.share(side.second_source):.0%}",
        )
        for side in compared
    ]  # fmt: skip
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    for row in (_HEAD, *rows):
        first, *rest = (
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        out("  " + "  ".join((first, *rest)))
