"""Read articles and write map.html, map.geojson, events.csv and report.json into a folder.

Exit code 1: something was quarantined (the rest is written), or with --check the folder is stale.

Examples:
  clashmap build articles/ -o maps/
  clashmap build one.txt two.html -o out/ --title "Clashes on the northern border"
  clashmap build articles/ -o maps/ --check

"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from geo.commands.parse import PACK_HELP, tell, with_world
from geo.terminal import progress, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from geo.model import Article, Problem
    from geo.pipeline import Build

FILES = ("map.html", "map.geojson", "events.csv", "report.json")


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
        help=PACK_HELP,
    )


def run(args: Namespace) -> int:
    """Build; give 1 if anything was refused."""
    from geo.articles import read_articles, undated
    from geo.articles.folders import portable
    from geo.files import check_all, write_all
    from geo.pipeline import build

    # Any order of the same files gives the same map.
    paths = sorted({Path(name) for name in args.inputs}, key=lambda path: (path.name, str(path)))
    folder = Path(args.output)
    # Where the map lies among the articles, it is not read as one of them.
    articles, problems = read_articles(paths, besides=[folder / name for name in FILES])
    problems = (*problems, *undated(articles))
    if not articles:
        tell(problems)
        say("clashmap: no article could be read; nothing was written")
        return 1
    result = build(
        sorted(articles, key=_age),
        problems=tuple(portable(problem, paths) for problem in problems),
        packs=with_world(args.pack),
        title=args.title,
        progress=lambda items, total, label: progress(items, total=total, label=label),
    )
    # Those of the pack and the reading stand behind those of the files.
    later = [p for p in result.problems[len(problems) :] if p.severity != "note"]
    told = (*problems, *later)
    code = tell(told)
    if args.check:
        check_all(folder, result.files)
        say(f"clashmap: {folder} is up to date")
        return code
    write_all(folder, result.files)
    say(f"clashmap: {_summary(result, told)}")
    say(f"clashmap: open {folder / 'map.html'}")
    return code


def _age(article: Article) -> tuple[dt.date, str]:
    return article.published or dt.date.max, article.id


def _summary(result: Build, told: tuple[Problem, ...]) -> str:
    events = sum(len(reading.events) for reading in result.readings)
    names = {
        problem.message
        for reading in result.readings
        for problem in reading.problems
        if problem.code in {"unknown-place", "ambiguous-place"}
    }
    severities = Counter(problem.severity for problem in told)
    words = [_count(len(result.readings), "article"), _count(events, "event")]
    words.append(f"{severities['error']} refused")
    if severities["warning"]:
        words.append(_count(severities["warning"], "warning"))
    if names:
        words.append(f"{_count(len(names), 'place name')} not resolved (listed in report.json)")
    return ", ".join(words)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
