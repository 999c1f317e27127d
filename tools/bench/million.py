"""A million names, each library in a process of its own, so that its memory is its own."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import invented
from peers import automaton_of, automaton_spans, flashtext_of, peer, symspell_of
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne
from rows import Row, as_fast_as, missing

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


def rows() -> list[Row]:
    """Milliseconds a megabyte or a query, and the megabytes that a library takes for the names."""
    found = _compared(SCANS, "scanner", speed={"flashtext": 2.5, "ahocorasick_rs": 0.4},
                      memory={"flashtext": 0.4})  # fmt: skip
    return found + _compared(TYPOS, "nearest", speed={"extractOne, OSA": 4.0},
                             memory={"symspellpy": 0.3})  # fmt: skip


def _compared(
    libraries: dict[str, Library], own: str, *, speed: dict[str, float], memory: dict[str, float]
) -> list[Row]:
    context = multiprocessing.get_context("spawn")
    measured: dict[str, tuple[Row, Row]] = {}
    for name, library in libraries.items():
        if not library.package or peer(library.package):
            with context.Pool(1) as pool:
                measured[name] = pool.apply(_measured, (name,))
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


def _measured(name: str) -> tuple[Row, Row]:
    """Give time and memory of one library; in a process of its own."""
    library = {**SCANS, **TYPOS}[name]
    names = invented.names(NAMES)
    if name in SCANS:
        inputs, each = [invented.text(names, size=SIZE)], SIZE / 1e6
    else:
        names = sorted(set(map(whole_key, names)))
        inputs = list(invented.misspelt(names, count=library.queries, edits=(1, 2)))
        each = float(len(inputs))
    before = _megabytes()
    made = library.make(names)
    megabytes = _megabytes() - before
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for one in inputs:
            library.use(made, one)
        seconds.append((time.process_time() - start) * 1e3 / each)
    seconds.sort()
    return (
        Row(name, seconds[ROUNDS // 2], seconds[0], "ms"),
        Row(f"{name}: memory", megabytes, megabytes, "MB"),
    )


def _megabytes() -> float:
    """Give the memory of this process now, as Linux tells it."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) / PAGES_A_MEGABYTE
