"""Score the reading of articles against annotated ones, and hold the floors that are pinned.

    make quality
    python tools/quality [--dev DIR] [--sets articles,lgl] [--errors FILE] [--json]
    python tools/quality --pin            raise the floors to what is measured now
    python tools/quality --pin --lower    also lower them, for a change that is worth it

DIR holds the annotated articles, the corpora and their scorers; they are never part of this
repository. Where it is absent nothing is scored, and that is said. Exit code 1: a figure fell below
its floor, or the corpus is not the one that the floors were pinned on.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import figures
import floors
import lone
import misses
import systems

from geo.lookup.world import open_world

ROOT = Path(__file__).parents[2]
DEV = ROOT.parent / "shared" / "dev"


def main() -> int:
    """Measure, print, compare with the floors; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--dev", type=Path, default=DEV, help="folder of the annotated articles")
    parser.add_argument("--sets", default="", help=f"some of {','.join(figures.SETS)}")
    parser.add_argument("--errors", type=Path, help="write every miss with its sentence and rule")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--pin", action="store_true", help="raise the floors to today's figures")
    parser.add_argument("--lower", action="store_true", help="with --pin: lower them too")
    parser.add_argument("--off", default="", help=argparse.SUPPRESS)  # rules, for lone.py
    args = parser.parse_args()
    lone.switch_off(filter(None, args.off.split(",")))
    if not args.dev.is_dir():
        print(f"quality: {args.dev} is absent: NOTHING WAS SCORED", file=sys.stderr)
        return 0
    if open_world() is None:
        print(
            "quality: no list of the world (extra `world`): places are those of packs alone",
            file=sys.stderr,
        )
    chosen = tuple(filter(None, args.sets.split(","))) or figures.SETS
    if unknown := set(chosen) - set(figures.SETS):
        parser.error(f"no set {', '.join(sorted(unknown))}; there are {', '.join(figures.SETS)}")
    measured = [figures.measure(args.dev, name) for name in chosen]
    values = {key: value for scored in measured for key, value in scored.floored().items()}
    digests = {scored.name: scored.digest for scored in measured}
    if args.json:
        print(json.dumps({"figures": values, "digests": digests}, indent=1, sort_keys=True))
    else:
        print("\n\n".join(figures.shown(scored) for scored in measured))
        for scored in measured:
            if scored.name == figures.ARTICLES:
                print("\n" + _without_lone(scored, args.dev))
    if args.errors:
        found = misses.report(measured)
        args.errors.write_text(found, encoding="utf-8")
        print(f"\n{found.count(chr(10))} lines of misses: {args.errors}", file=sys.stderr)
    if args.pin:
        told = floors.pin(values, digests, lower=args.lower)
    else:
        told = floors.breaches(values, digests)
    print("\n".join(f"quality: {line}" for line in told), file=sys.stderr)
    return int(bool(told) and not args.pin)


def _without_lone(articles: figures.Scored, dev: Path) -> str:
    texts = [text.reading.article.text for text in articles.texts]
    off = lone.lone(texts, lambda number: systems.read_again(articles.texts[number].reading))
    held = articles.floored()
    return lone.shown(off, held, lone.figures_without(off, dev))


if __name__ == "__main__":
    sys.exit(main())
