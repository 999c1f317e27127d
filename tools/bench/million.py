"""A million names, each library in a process of its own, so that its memory is its own."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import invented
import msgspec
from peers import automaton_of, automaton_spans, flashtext_of, peer, symspell_of
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne
from rows import Row, Task, as_fast_as, missing, timed

from geo.folding import name_key, whole_key
from geo.lookup.nearest import NearestKeys
from geo.mentions.scan import Scanner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NAMES = 1_000_000
SIZE = 5_000_000
QUERIES = 300
# The peer that compares all takes a fifth of a second for each.
PEER_QUERIES = 10
ROUNDS = 3
PAGES_A_MEGABYTE = 256


class Library(NamedTuple):
    """``make`` takes the names; ``use`` takes what was made and one text or query."""

    make: Callable[[Sequence[str]], Any]
    use: Callable[[Any, str], object]
    package: str = ""
    queries: int = QUERIES


SCANS = {
    "scanner": Library(
        lambda names: Scanner((name_key(name), name) for name in names),
        lambda scanner, text: scanner.longest(text),
    ),
    "flashtext": Library(
        flashtext_of, lambda made, text: made.extract_keywords(text, span_info=True), "flashtext"
    ),
    "ahocorasick_rs": Library(automaton_of, automaton_spans, "ahocorasick_rs"),
}
TYPOS = {
    "nearest": Library(NearestKeys, lambda made, query: made.nearest(query)),
    "extractOne, OSA": Library(
        lambda names: names,
        lambda names, query: extractOne(query, names, scorer=OSA.distance, score_cutoff=2),
        queries=PEER_QUERIES,
    ),
    "symspellpy": Library(
        symspell_of,
        lambda made, query: made.lookup(query, peer("symspellpy").Verbosity.TOP, 2),
        "symspellpy",
    ),
}


def rows(folder: Path) -> list[Row]:
    """Milliseconds a megabyte or a query, and the megabytes that a library takes for the names."""
    # Made here: what is left over from making them would be counted as a library's memory, or
    # lent to it.
    names = invented.names(NAMES)
    keys = sorted(set(map(whole_key, names)))
    queries = list(invented.misspelt(keys, count=QUERIES, edits=(1, 2)))
    scanned = folder / "scanned.json", folder / "text.json"
    typed = folder / "typed.json", folder / "queries.json"
    for path, content in zip(
        (*scanned, *typed), (names, [invented.text(names, size=SIZE)], keys, queries), strict=True
    ):
        path.write_bytes(msgspec.json.encode(content))
    return [
        *_compared(_measured(SCANS, scanned), speed={"flashtext": 2.5, "ahocorasick_rs": 0.4},
                   memory={"flashtext": 0.4}),
        *_compared(_measured(TYPOS, typed), speed={"extractOne, OSA": 4.0},
                   memory={"symspellpy": 0.3}),
    ]  # fmt: skip


def _measured(
    libraries: dict[str, Library], paths: tuple[Path, Path]
) -> dict[str, tuple[Row, Row]]:
    """Give time and memory of each library that is installed, our own first."""
    measured = {}
    for name, library in libraries.items():
        if not library.package or peer(library.package):
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
                measured[name] = process.submit(_measure, name, *paths).result()
    return measured


def _compared(
    measured: dict[str, tuple[Row, Row]], *, speed: dict[str, float], memory: dict[str, float]
) -> list[Row]:
    own = next(iter(measured))
    found = [row for pair in measured.values() for row in pair]
    for number, goals in enumerate((speed, memory)):
        for other, goal in goals.items():
            row = measured[own][number]
            if other not in measured:
                found.append(missing(row.what, other, f"{goal:g}"))
            elif number:
                ratio = row.median / measured[other][1].median
                against = row._replace(ratio=ratio, beside=measured[other][1].what)
                found.append(against.at_most(goal))
            else:
                found.append(as_fast_as(row, measured[other][0]).at_least(goal))
    return found


def _measure(name: str, names_in: Path, inputs_in: Path) -> tuple[Row, Row]:
    """Give time and memory of one library; in a process of its own."""
    library = {**SCANS, **TYPOS}[name]
    names = msgspec.json.decode(names_in.read_bytes(), type=list[str])
    inputs = msgspec.json.decode(inputs_in.read_bytes(), type=list[str])[: library.queries]
    each = SIZE / 1e6 if name in SCANS else len(inputs)
    before = _megabytes()
    made = library.make(names)
    megabytes = _megabytes() - before
    (row,) = timed(
        (Task(name, lambda: [library.use(made, one) for one in inputs], each),),
        rounds=ROUNDS,
        unit="ms",
    )
    return (
        row._replace(ratio=0.0, beside=""),
        Row(f"{name}: memory", megabytes, megabytes, "MB"),
    )


def _megabytes() -> float:
    """Give the memory of this process now, as Linux tells it."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) / PAGES_A_MEGABYTE
