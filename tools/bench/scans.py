"""Names in five megabytes of text: the scanner of ``geo.mentions``, and others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import invented
from peers import automaton_of, automaton_spans, flashtext_of, peer
from rows import Row, Task, as_fast_as, missing, timed

from geo.folding import words
from geo.gazetteer import load_gazetteer
from geo.mentions import name_scanner

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from peers import Span

SIZE = 5_000_000
ROUNDS = 7
# Every run of words of the text is looked up for the oracle.
ORACLE_SIZE = 400_000
MOST_WORDS = 3
# The least speed beside that of each library.
GOALS = {"flashtext": 2.0, "ahocorasick_rs": 0.4}


def rows(folder: Path) -> list[Row]:
    """Milliseconds a megabyte, 39,000 names; the spans are those of a search for every name."""
    gazetteer = load_gazetteer(str(folder))
    names = [form.text for place in gazetteer.places.values() for form in place.names]
    text = invented.text(names, size=SIZE)
    scanner = name_scanner(gazetteer)
    part = text[: text.rindex(" ", 0, ORACLE_SIZE)]
    spans = {(start, end) for start, end, _, _ in scanner.longest(part)}
    wanted = set(oracle(part, dict.fromkeys(names)))
    same = Row("spans as by a search for every name", len(spans), len(spans), "spans",
               len(spans & wanted) / len(spans | wanted), f"{len(wanted)} wanted")  # fmt: skip
    found = [same.at_least(1)]
    own = Task("scanner: 39,000 names, 5 MB", lambda: scanner.longest(text), SIZE / 1e6)
    for name, goal in GOALS.items():
        if not peer(name):
            found.append(missing(own.what, name, f">= {goal}"))
            continue
        other = Task(name, _of(name, names, text), SIZE / 1e6)
        beside, row = timed((other, own), rounds=ROUNDS, unit="ms")
        found += [beside, as_fast_as(row, beside).at_least(goal)]
    return found


def _of(name: str, names: Sequence[str], text: str) -> Callable[[], object]:
    """Give what scans the text with another library."""
    if name == "flashtext":
        return partial(flashtext_of(names).extract_keywords, text, span_info=True)
    return partial(automaton_spans, automaton_of(names), text)


def oracle(text: str, names: Collection[str]) -> Iterator[Span]:
    """Yield the spans of names that are spelt like this, the longest of those that overlap."""
    found = list(words(text))
    at = 0
    while at < len(found):
        for count in range(MOST_WORDS, 0, -1):
            last = found[at : at + count][-1]
            if text[found[at].start : last.end] in names:
                yield found[at].start, last.end
                at += count
                break
        else:
            at += 1
