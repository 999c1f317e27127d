"""Every rule about packs. All problems are told at once; nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.gazetteer.checks.balance import balance
from geo.gazetteer.checks.dates import dates, days_of_parents, one_at_a_time
from geo.gazetteer.checks.files import candidates, formatting, refusals, shapes
from geo.gazetteer.checks.names import names, texts
from geo.gazetteer.checks.references import circles, ids, links, parents, successors
from geo.gazetteer.checks.sources import credits_, sources
from geo.gazetteer.checks.spots import duplicates, near_parents, sightings, spots
from geo.gazetteer.checks.wording import labels, neutral_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.checks.telling import Rule
    from geo.model import Problem

RULES: tuple[Rule, ...] = (
    ids, links, circles, parents, successors, spots, sightings, near_parents, duplicates,
    dates, days_of_parents, one_at_a_time, sources, credits_, names, texts, labels, neutral_words,
    shapes, refusals, candidates, formatting, balance,
)  # fmt: skip


def check_packs(gazetteer: Gazetteer, *, only: Iterable[str] = ()) -> tuple[Problem, ...]:
    """Give everything that breaks a rule, pack by pack; what was left out at reading comes first.

    ``only`` names the packs to check; the others are there to be referred to.
    """
    found = list(gazetteer.problems)
    wanted = set(only) or {pack.id for pack in gazetteer.packs}
    for files in gazetteer.files:
        if files.pack.id in wanted:
            for rule in RULES:
                found += rule(gazetteer, files)
    return tuple(found)
