"""Names in five megabytes of text: the scanner of ``geo.mentions``, and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import invented
from peers import automaton_of, automaton_spans, flashtext_of, peer
from rows import Row, Task, as_fast_as, missing, timed

from geo.folding import words
from geo.gazetteer import load_gazetteer
from geo.mentions import name_scanner

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from peers import Span

SIZE = 5_000_000
ROUNDS = 3
# Every run of words of the text is looked up for the oracle.
ORACLE_SIZE = 400_000
MOST_WORDS = 3
FLASHTEXT, AUTOMATON = 2.0, 0.4


def rows(folder: Path) -> list[Row]:
    """Milliseconds a megabyte, 39,000 names; the spans are those of a search for every name."""
    gazetteer = load_gazetteer(str(folder))
    names = [form.text for place in gazetteer.places.values() for form in place.names]
    text = invented.text(names, size=SIZE)
    scanner = name_scanner(gazetteer)
    part = text[: text.rindex(" ", 0, ORACLE_SIZE)]
    spans = [(hit.start, hit.end) for hit in scanner.longest(part)]
    wanted = list(oracle(part, dict.fromkeys(names)))
    exact = len(set(spans) & set(wanted)) / len(set(spans) | set(wanted))
    own = Task("scanner: 39,000 names, 5 MB", lambda: scanner.longest(text), SIZE / 1e6)
    tasks = [own]
    if peer("flashtext"):
        processor = flashtext_of(names)
        tasks.append(
            Task(
                "flashtext",
                lambda: processor.extract_keywords(text, span_info=True),
                SIZE / 1e6,
            )
        )
    if peer("ahocorasick_rs"):
        automaton = automaton_of(names)
        tasks.append(Task("ahocorasick_rs", lambda: automaton_spans(automaton, text), SIZE / 1e6))
    row, *others = timed(tasks, rounds=ROUNDS, unit="ms")
    found = [Row("  spans as by a search for every name", len(spans), len(spans), "spans", exact,
                 f"{len(wanted)} wanted").at_least(1)]  # fmt: skip
    for name, goal in (("flashtext", FLASHTEXT), ("ahocorasick_rs", AUTOMATON)):
        other = next((o for o in others if o.what == name), None)
        if other:
            found += [other._replace(beside="", ratio=0.0), as_fast_as(row, other).at_least(goal)]
        else:
            found.append(missing(row.what, name, f">= {goal}"))
    return found


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
