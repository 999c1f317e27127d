"""Check gazetteer packs against every rule.

A pack is the id of one that came with clashmap, or a folder. Without any, all that came with it.
All problems are told at once, each with where it is, what to do and, in brackets, its code; of
many that are alike the first few.
Exit code 1: a rule is broken by an error; warnings and notes are only told.

Examples:
  clashmap gazetteer check
  clashmap gazetteer check my-theatre/ --all
  clashmap gazetteer check my-theatre/ --json

"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from geo.terminal import out, safe, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from geo.model import Problem

# Problems of one code that are printed for each pack: a thousand of a kind hide the others.
_SHOWN = {"error": 20, "warning": 5, "note": 5}


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "packs", nargs="*", metavar="PACK", help="id of a bundled pack, or a folder"
    )
    parser.add_argument("--all", action="store_true", help="every problem, however many are alike")
    parser.add_argument("--json", action="store_true", help="one JSON object a line: every problem")


def run(args: Namespace) -> int:
    """Check the packs that were named; the world pack is there to be referred to."""
    from geo.gazetteer import available_packs, load_gazetteer
    from geo.gazetteer.checks import check_packs
    from geo.lookup.bundled import WORLD

    bundled = available_packs()
    packs = args.packs or bundled
    # A theatre refers to the countries of the world pack.
    context = [WORLD] if WORLD in bundled else []
    gazetteer = load_gazetteer(*packs, *context)
    checked = gazetteer.packs[: len(set(packs))]
    problems = check_packs(gazetteer, only=[pack.id for pack in checked])
    if args.json:
        for problem in problems:
            # Every field, also one that holds its default.
            out(json.dumps({name: getattr(problem, name) for name in problem.__struct_fields__}))
    else:
        _print(problems, whole=args.all)
    counts = Counter(problem.severity for problem in problems)
    say(
        f"clashmap: {', '.join(pack.id for pack in checked)}:"
        f" {counts['error']} errors, {counts['warning']} warnings, {counts['note']} notes"
    )
    return 1 if counts["error"] else 0


def _print(problems: Iterable[Problem], *, whole: bool) -> None:
    """One line a problem; of those that are alike, the first few."""
    told: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        kind = problem.severity, problem.where.partition("/")[0], problem.code
        told[kind] += 1
        if whole or told[kind] <= _SHOWN[problem.severity]:
            remedy = f"; {problem.remedy}" if problem.remedy else ""
            line = f"{problem.severity}: {problem.where}: {problem.message}{remedy}"
            out(safe(f"{line} [{problem.code}]"))
    for (severity, pack, code), times in told.items():
        if (rest := times - _SHOWN[severity]) > 0 and not whole:
            more = f"{severity}: {pack}: {rest} more of this kind; --all tells each"
            out(safe(f"{more} [{code}]"))
