"""How fast clashmap is, beside something bare or another library measured in the same run.

    make bench                                   one table: ratios, goals, whether they are met
    .venv/bin/python tools/bench/run.py --json
    .venv/bin/python tools/bench/run.py --million       also with a million names: some minutes
    .venv/bin/python tools/bench/run.py --only typos    one part

Nothing is asserted: a machine that does other things too slows both sides of a ratio, mostly alike.
Rounds are interleaved, ratios are of medians, and the best round is told beside them. Names are all
different, and nothing remembers an answer. Packages to compare with are no dependency: ``make
bench`` installs them, and a comparison that needs one that is absent says so.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import cold
import invented
import million
import reading
import rows
import scans
import typos
import warm

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one JSON list")
    parser.add_argument("--million", action="store_true", help="also with a million names")
    with tempfile.TemporaryDirectory(prefix="clashmap-bench-") as name:
        folder = Path(name)
        pack = invented.pack(folder / "pack")
        parts: dict[str, Callable[[], list[rows.Row]]] = {
            "cold": lambda: cold.rows(ROOT, folder),
            "warm": lambda: warm.lookups(folder),
            "typos": lambda: typos.rows(pack),
            "scans": lambda: scans.rows(pack),
            "million": lambda: million.rows(folder),
            "loading": lambda: warm.loading(pack),
            "reading": lambda: reading.articles_read(ROOT),
            "page": lambda: reading.page(ROOT, folder),
        }
        parser.add_argument("--only", choices=parts, help="measure one part")
        args = parser.parse_args()
        chosen = [args.only] if args.only else [p for p in parts if p != "million" or args.million]
        if not args.json:
            print(rows.HEADING)
        found: list[rows.Row] = []
        for part in chosen:
            measured = parts[part]()
            found += measured
            if not args.json:
                print("\n".join(map(rows.shown, measured)), flush=True)
    if args.json:
        print(json.dumps([row._asdict() for row in found], indent=1, ensure_ascii=False))
        return
    goals = [row.met for row in found if row.goal]
    print(f"{goals.count(True)} goals met, {goals.count(False)} not, {goals.count(None)} untold")


if __name__ == "__main__":
    main()
