"""Read articles and write map.html, map.geojson, events.csv and report.json into a folder.

Exit code 1: something was quarantined (the rest is written), or with --check the folder is stale.

Examples:
  clashmap build articles/ -o maps/
  clashmap build one.txt two.html -o out/ --title "Clashes on the northern border"
  clashmap build articles/ -o maps/ --check
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.commands.parse import _tell
from geo.terminal import progress, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="article files (.txt .md .html .jsonl) or folders",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        required=True,
        help="folder to write into; made if it is not there",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail if DIR does not hold what would be written",
    )
    parser.add_argument(
        "--title", default="", help="the page's title (default: from the pack and the dates)"
    )
    parser.add_argument(
        "--pack",
        action="append",
        default=[],
        metavar="ID_OR_DIR",
        help="use this gazetteer pack; may be given again (default: chosen from what the articles name)",
    )


def run(args: Namespace) -> int:
    """Build; give 1 if anything was refused."""
    from geo.articles import read_articles
    from geo.files import check_all, write_all
    from geo.pipeline import WORLD, build

    packs = tuple(args.pack)
    if packs and WORLD not in packs:
        packs = (*packs, WORLD)
    articles, problems = read_articles(Path(name) for name in args.inputs)
    result = build(
        articles,
        problems=problems,
        packs=packs,
        title=args.title,
        progress=lambda items, total, label: progress(items, total=total, label=label),
    )
    folder = Path(args.output)
    if args.check:
        check_all(folder, result.files)
        say(f"clashmap: {folder} is up to date")
    else:
        write_all(folder, result.files)
        events = sum(len(reading.events) for reading in result.readings)
        say(f"clashmap: {len(articles)} articles, {events} events, {len(problems)} refused")
        say(f"clashmap: open {folder / 'map.html'}")
    return _tell(problems)
