"""Both sides alike: what the sides of a pack are given, against each other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from geo.gazetteer.balance import Side, sides
from geo.gazetteer.checks.telling import note, warning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Problem

# Shares of a handful of places jump with every record.
_FEWEST_PLACES = 20


class Measure(NamedTuple):
    """Something counted for each side, and how far the sides may differ before it is told.

    ``floor`` is what the side with the most has at least: below it the ratio says nothing.
    """

    what: str
    of: Callable[[Side], float]
    ratio: float
    reason: str
    floor: float = 0.0


MEASURES = (
    Measure(
        "places",
        lambda side: side.places,
        4.0,
        "sides differ in size, but not so much where a theatre is drawn around a front",
    ),
    Measure(
        "names used",
        lambda side: side.names_used,
        2.0,
        "the names of one side would be found in reports, those of the other missed",
    ),
    Measure(
        "names a place",
        lambda side: side.names_per_place,
        1.5,
        "places of one side would be recognised in more spellings than those of the other",
    ),
    Measure(
        "share of places with a name of every side",
        lambda side: side.share(side.with_all_users),
        2.0,
        "what one side calls the other's places would be known, and not the reverse",
        floor=0.05,
    ),
    Measure(
        "share of places with a second source",
        lambda side: side.share(side.second_source),
        2.0,
        "places of one side would be drawn on weaker evidence",
        floor=0.05,
    ),
)


def balance(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Warn where one side is given much more than another; the counts are told in any case."""
    counts = Counter(name.user for place in files.places for name in place.names if name.user)
    if counts:
        said = ", ".join(f"{user}: {count}" for user, count in sorted(counts.items()))
        yield note("balance", files.pack.id, f"names by user: {said}")
    compared = [side for side in sides(gazetteer, files) if side.id in files.pack.parties]
    if len(compared) < 2 or min(side.places for side in compared) < _FEWEST_PLACES:
        return
    for measure in MEASURES:
        ordered = sorted(compared, key=lambda side: (-measure.of(side), side.id))
        most, least = ordered[0], ordered[-1]
        reached = measure.of(most) >= measure.floor
        if reached and measure.of(most) > measure.ratio * measure.of(least):
            yield warning(
                "unbalanced",
                files.pack.id,
                f"{measure.what}: {most.label} {measure.of(most):.3g}, {least.label}"
                f" {measure.of(least):.3g}; more than {measure.ratio:g} to 1, and"
                f" {measure.reason}",
                f"find sources for {least.label}; take nothing away from {most.label}",
            )
