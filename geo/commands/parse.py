"""Read articles and print the place names, their roles, and the events with who says and who denies.

Exit code 1: something was quarantined; the rest is printed.

Examples:
  clashmap parse seeds/ --why
  clashmap parse article.txt --json
  clashmap parse --jsonl documents.jsonl > read.jsonl
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.terminal import bold, out, progress, safe, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from geo.model import Event, Problem, Reading


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="article files or folders")
    parser.add_argument(
        "--jsonl", metavar="DOCS", help="a file of documents, one JSON object a line; - is stdin"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a text")
    parser.add_argument("--why", action="store_true", help="tell the reasons")
    parser.add_argument(
        "--pack",
        action="append",
        default=[],
        metavar="ID_OR_DIR",
        help="use this gazetteer pack; may be given again (default: chosen per text from what it names)",
    )


def run(args: Namespace) -> int:
    """Print what was read; give 1 if anything was refused."""
    from geo.errors import InputError
    from geo.pipeline import WORLD

    packs = tuple(args.pack)
    if packs and WORLD not in packs:
        packs = (*packs, WORLD)
    if bool(args.jsonl) == bool(args.files):
        raise InputError(
            "give article files, or --jsonl DOCS, not both; `clashmap parse --help` shows examples"
        )
    return _documents(args, packs) if args.jsonl else _files(args, packs)


def _files(args: Namespace, packs: tuple[str, ...]) -> int:
    from geo.articles import read_articles
    from geo.parsed import document

    articles, problems = read_articles(Path(name) for name in args.files)
    for article in progress(articles, total=len(articles), label="reading"):
        reading = _read(article, packs)
        if args.json:
            _print_json(document(reading, why=args.why))
        else:
            _print(reading, why=args.why)
    return _tell(problems)


def _read(article, packs):  # type: ignore[no-untyped-def]
    from geo.pipeline import gazetteer_of, packs_for, read

    return read(article, gazetteer_of(*(packs or packs_for(article))))


def _documents(args: Namespace, packs: tuple[str, ...]) -> int:
    """One line out for each line in, in order; a bad line is told and gives an empty reading."""
    import json

    from geo.articles import article_from_document
    from geo.errors import GeoError
    from geo.model import Problem
    from geo.parsed import document

    stream = sys.stdin if args.jsonl == "-" else None
    lines = stream if stream else Path(args.jsonl).read_text(encoding="utf-8").split("\n")
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        doc_id = ""
        try:
            fields = json.loads(line)
            doc_id = str(fields.get("doc_id", "")) if isinstance(fields, dict) else ""
            article = article_from_document(fields)
            _print_json(document(_read(article, packs), doc_id=doc_id, why=args.why))
        except (ValueError, GeoError) as error:
            problems.append(
                Problem(
                    code="bad-document",
                    message=str(error),
                    where=f"{args.jsonl} line {number}",
                    remedy='give {"doc_id", "text"} with the text in a language that has rules',
                )
            )
            _print_json({"doc_id": doc_id, "toponyms": [], "events": [], "error": str(error)})
    return _tell(problems)


def _print_json(value: object) -> None:
    import json

    out(json.dumps(value, ensure_ascii=True, allow_nan=False))


def _print(reading: Reading, *, why: bool) -> None:
    article = reading.article
    head = ", ".join(
        filter(None, (article.publisher, str(article.published or "no date"), article.title))
    )
    out(bold(safe(f"{article.id}: {head}")))
    out("  place names")
    for r in reading.resolutions:
        point = (
            f"{r.lat:.4f} {r.lon:.4f}" if r.lat is not None and r.lon is not None else "no point"
        )
        where = f"{r.label} [{r.place_id}] {point}" if r.place_id else r.status
        out(safe(f"  {r.mention.start:6d}  {r.role:13} {r.mention.text} -> {where}"))
        if why:
            for reason in filter(None, (r.role_reason, *r.reasons)):
                out(safe(f"            {reason}"))
            for rival in r.rivals:
                out(safe(f"            not {rival.place_id}: {'; '.join(rival.reasons)}"))
    out("  events")
    for event in reading.events:
        _print_event(reading, event, why=why)
    for problem in reading.problems:
        out(safe(f"  note: {problem.message} ({problem.where})"))
    out()


def _print_event(reading: Reading, event: Event, *, why: bool) -> None:
    when = "undated" if not event.date_start else str(event.date_start)
    if event.date_end and event.date_end != event.date_start:
        when += f" to {event.date_end}"
    places = ", ".join(f"{p.relation} {p.place}" for p in event.places) or "no place given"
    background = " (earlier history)" if event.background else ""
    out(safe(f"  {event.id}  {event.type}, {when}, {places}{background}"))
    for claim in event.claims:
        out(safe(f"            {claim.claimant} {claim.stance}"))
    if not event.claims:
        out("            the article's own voice")
    for figure in event.figures:
        counts = (
            f"{figure.killed} killed" if figure.killed is not None else f"{figure.wounded} wounded"
        )
        by = ", ".join(figure.claimed_by) or "the article"
        out(
            safe(
                f"            {figure.bound} {counts} {figure.side} {figure.kind}, says {by}".replace(
                    "  ", " "
                )
            )
        )
    out(safe(f"            | {reading.article.text[event.start : event.end]}"))
    if why:
        for reason in filter(None, (event.date_rule, *event.reasons)):
            out(safe(f"            {reason}"))


def _tell(problems: tuple[Problem, ...] | list[Problem]) -> int:
    """Say each refusal on stderr; give the exit code."""
    for problem in problems:
        say(f"clashmap: {problem.severity}: {problem.where}: {problem.message}; {problem.remedy}")
    return 1 if any(problem.severity != "note" for problem in problems) else 0
