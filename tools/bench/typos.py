"""Misspelt names: the nearest of all names within two edits, for many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invented import misspelt
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne
from rows import Row, Task, as_fast_as, timed

from geo.gazetteer import available_packs, load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.gazetteer import Gazetteer

ROUNDS = 5
QUERIES = 2000
# The peer looks at every name for each of them.
PEER_QUERIES = 40
KINDS = (("one or two edits", (1, 2), 5), ("one edit", (1,), 50))


def rows(invented: Path) -> list[Row]:
    """Microseconds a misspelt name, for the packs' names and for 39,000 made-up ones."""
    found = []
    for what, packs in (("packs", available_packs()), ("39,000 names", (str(invented),))):
        gazetteer = load_gazetteer(*packs)
        keys = sorted(
            {
                " ".join(key)
                for place in gazetteer.places.values()
                for key, _, _ in gazetteer.keys_of(place)
            }
        )
        for kind, edits, goal in KINDS:
            queries = list(misspelt(keys, count=QUERIES, edits=edits))
            found += compared(f"{what}, {kind}", queries, keys, gazetteer=gazetteer, goal=goal)
    return found


def compared(
    what: str, queries: Sequence[str], keys: Sequence[str], *, gazetteer: Gazetteer, goal: float
) -> list[Row]:
    """Time the queries, and compare the least distances with those of the peer, all of them."""
    few = queries[:PEER_QUERIES]

    def extract_one() -> list[int | None]:
        best = (extractOne(q, keys, scorer=OSA.distance, score_cutoff=2) for q in few)
        return [int(found[1]) if found else None for found in best]

    ours = [found[0].edits if found else None for found in gazetteer.suggest(few)]
    equal = sum(a == b for a, b in zip(ours, extract_one(), strict=True))
    peer_row, row = timed(
        (
            Task("extractOne, OSA", extract_one, len(few)),
            Task(f"suggest: {what}", lambda: [*gazetteer.suggest(queries)], len(queries)),
        ),
        rounds=ROUNDS,
        unit="µs",
    )
    recall = Row("  as near as by comparing all", equal, equal, "names", equal / len(few),
                 f"{len(few)} compared").at_least(1)  # fmt: skip
    return [peer_row, as_fast_as(row, peer_row).at_least(goal), recall]
