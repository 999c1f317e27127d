"""Check gazetteer packs against every rule, or count what is in them.

A pack is the id of one that came with clashmap, or a folder. Without any, all that came with it.
Exit code 1: a rule is broken by an error; warnings and notes are only told.

Examples:
  clashmap gazetteer check
  clashmap gazetteer check my-theatre/ --json
  clashmap gazetteer stats

"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from geo.terminal import out, safe, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from geo.gazetteer import Gazetteer


def configure(parser: ArgumentParser) -> None:
    """Declare the two actions."""
    parser.add_argument("action", choices=("check", "stats"), help="what to do")
    parser.add_argument(
        "packs", nargs="*", metavar="PACK", help="id of a bundled pack, or a folder"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: Namespace) -> int:
    """Read the packs together and do what is asked."""
    from geo.gazetteer import available_packs, load_gazetteer
    from geo.lookup.bundled import WORLD

    bundled = available_packs()
    packs = args.packs or bundled
    # A theatre refers to the countries of the world pack.
    context = [WORLD] if WORLD in bundled and args.action == "check" else []
    gazetteer = load_gazetteer(*packs, *context)
    if args.action == "stats":
        return _stats(gazetteer, as_json=args.json)
    return _check(gazetteer, len(set(packs)), as_json=args.json)


def _check(gazetteer: Gazetteer, count: int, *, as_json: bool) -> int:
    """Check the first ``count`` packs; those after them are there to be referred to."""
    import msgspec

    from geo.gazetteer.checks import check_packs

    checked = gazetteer.packs[:count]
    problems = check_packs(gazetteer, only=[pack.id for pack in checked])
    for problem in problems:
        if as_json:
            out(json.dumps(msgspec.to_builtins(problem)))
        else:
            remedy = f"; {problem.remedy}" if problem.remedy else ""
            line = f"{problem.severity}: {problem.where}: {problem.message}{remedy}"
            out(safe(f"{line} [{problem.code}]"))
    counts = Counter(problem.severity for problem in problems)
    say(
        f"clashmap: {', '.join(pack.id for pack in checked)}:"
        f" {counts['error']} errors, {counts['warning']} warnings, {counts['note']} notes"
    )
    return 1 if counts["error"] else 0


def _stats(gazetteer: Gazetteer, *, as_json: bool) -> int:
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
        if as_json:
            whole = {"pack": pack.id, "places": len(places), "names": len(names)}
            out(json.dumps({**whole, **tables}, sort_keys=True))
            continue
        out(f"{safe(pack.id)}: {safe(pack.title)}: {len(places)} places, {len(names)} names")
        for what, table in tables.items():
            rows = sorted(table.items(), key=lambda row: (-row[1], row[0]))
            out(f"  {what}: " + ", ".join(f"{safe(key)} {count}" for key, count in rows))
    return 0
