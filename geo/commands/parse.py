"""Read articles and print the place names, their roles, and the events with who says so.

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
    from collections.abc import Iterable, Iterator

    from geo.model import Article, Event, Figure, Problem, Reading

PACK_HELP = (
    "use this gazetteer pack; may be given again (default: chosen from what the articles name)"
)


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
        help=PACK_HELP,
    )


def run(args: Namespace) -> int:
    """Print what was read; give 1 if anything was refused."""
    from geo.errors import InputError
    from geo.pipeline import gazetteer_of

    packs = with_world(args.pack)
    if bool(args.jsonl) == bool(args.files):
        raise InputError(
            "give article files, or --jsonl DOCS, not both; `clashmap parse --help` shows examples"
        )
    code = tell(gazetteer_of(*packs).problems) if packs else 0
    return max(code, _documents(args, packs) if args.jsonl else _files(args, packs))


def with_world(packs: Iterable[str]) -> tuple[str, ...]:
    """The packs asked for, with the world behind them; none where none was asked for."""
    from geo.lookup.bundled import WORLD

    asked = tuple(packs)
    return (*asked, WORLD) if asked and WORLD not in asked else asked


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
    return tell(problems)


def _read(article: Article, packs: tuple[str, ...]) -> Reading:
    from geo.pipeline import gazetteer_for, read

    return read(article, gazetteer_for(article, packs=packs))


def _documents(args: Namespace, packs: tuple[str, ...]) -> int:
    """One line out for each line in, in order; a bad line is told and gives an empty reading."""
    import json

    from geo.articles import article_from_document
    from geo.errors import GeoError
    from geo.parsed import document

    code = 0
    for number, line in enumerate(_lines(args.jsonl), 1):
        if not line.strip():
            continue
        doc_id: str | int = ""
        try:
            fields = json.loads(line)
            doc_id = _doc_id(fields)
            reading = _read(article_from_document(fields), packs)
            _print_json(document(reading, why=args.why) | ({"doc_id": doc_id} if doc_id else {}))
        except (ValueError, RecursionError, GeoError) as error:
            problem = _bad_line(error, f"{args.jsonl}:{number}")
            code = max(code, tell([problem]))
            said = problem.message
            _print_json({"doc_id": doc_id, "toponyms": [], "events": [], "error": said})
        # Whoever feeds documents through a pipe may wait for the answer to this one.
        sys.stdout.flush()
    return code


def _lines(name: str) -> Iterator[bytes]:
    """The lines of a file or of stdin, one after another; InputError if it cannot be opened."""
    from geo.errors import InputError

    if name == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield from file
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}",
            where=name,
            remedy="give a file of documents, one JSON object a line, or - for stdin",
        ) from error


def _doc_id(fields: object) -> str | int:
    """The document's id as it was given; '' where it has none that can be given back."""
    value = fields.get("doc_id", "") if isinstance(fields, dict) else ""
    return value if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _bad_line(error: Exception, where: str) -> Problem:
    from geo.errors import InputError
    from geo.model import Problem

    code, message, remedy = "json", f"is not a JSON document: {error}", ""
    if isinstance(error, InputError):
        code, message, remedy = error.code, error.message, error.remedy
    return Problem(
        code=code,
        message=message,
        where=where,
        remedy=remedy or 'write {"doc_id": ..., "text": ...} on one line, in UTF-8',
        severity="error",
    )


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
    places = _where(reading, event) or "no place given"
    background = " (earlier history)" if event.background else ""
    out(safe(f"  {event.id}  {event.type}, {when}, {places}{background}"))
    for claim in event.claims:
        out(safe(f"            {claim.claimant} {claim.stance}"))
    if not event.claims:
        out("            the article's own voice")
    for figure in event.figures:
        out(safe(f"            {_figure(figure)}"))
    out(safe(f"            | {reading.article.text[event.start : event.end]}"))
    if why:
        for reason in filter(None, (event.date_rule, *event.reasons)):
            out(safe(f"            {reason}"))


def _where(reading: Reading, event: Event) -> str:
    """In words: "in the direction of Karsk and Tarn"; neighbours in the same words share them."""
    from geo.wording import listing, place_pattern

    labels = {r.place_id: r.label for r in reading.resolutions if r.place_id}
    rows: dict[str, list[str]] = {}
    for place in event.places:
        names = rows.setdefault(place_pattern(place), [])
        other = labels.get(place.other_place_id) if place.relation == "between" else None
        names += [place.place, *filter(None, [other])]
    return ", ".join(
        pattern.replace("{}", listing(dict.fromkeys(names))) for pattern, names in rows.items()
    )


def _figure(figure: Figure) -> str:
    counts = f"{figure.killed} killed" if figure.killed is not None else f"{figure.wounded} wounded"
    by = ", ".join(figure.claimed_by) or "the article"
    words = (figure.bound, counts, figure.side, figure.kind)
    return f"{' '.join(filter(None, words))}, says {by}"


def tell(problems: Iterable[Problem]) -> int:
    """Say each problem in one line on stderr; give the exit code, that notes do not change."""
    code = 0
    for problem in problems:
        said = ": ".join(filter(None, (problem.severity, problem.where, problem.message)))
        say(f"clashmap: {said}; {problem.remedy}" if problem.remedy else f"clashmap: {said}")
        code = code if problem.severity == "note" else 1
    return code
