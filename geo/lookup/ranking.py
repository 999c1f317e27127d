"""How places of one name are ordered, and the reasons in words.

One place for the rule, so that the look-up index and the gazetteer in memory answer alike.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Protocol, TypeVar

    class Ranked(Protocol):
        """A place with its rank."""

        @property
        def rank(self) -> Rank:
            """What it is sorted by."""

    _R = TypeVar("_R", bound=Ranked)

# A name in use by those who administer the place comes before what outsiders or the past call it.
STATUSES = ("official", "de facto", "exonym", "romanised", "alternate", "former", "misspelling")
# Who gives a bare name means the town before the district named after it.
KINDS = (
    "country",
    "settlement",
    "region",
    "province",
    "district",
    "facility",
    "feature",
    "line",
    "macro",
)
# As it was written, in other letters or marks, as the press writes a name of another language.
HOWS = {
    "exact": "exact name",
    "folded": "same name in other letters",
    "label": "our label",
    "romanised": "as the press writes that name",
}
_HOW_ORDER = {how: place for place, how in enumerate(HOWS)}
# Says that what follows is an id, where that reads like the name of several places.
ID_MARK = "id:"
_STATUS_ORDER = {status: place for place, status in enumerate(STATUSES)}
_KIND_ORDER = {kind: place for place, kind in enumerate(KINDS)}
# With a point given: the nearest decides alone if the next is this many times as far away.
_CLEARLY_NEARER = 2.0
_SAME_SPOT_KM = 5.0
_AREAS = frozenset(("province", "district", "region"))

Rank = tuple[int, int, float, int, int, int, int]
NO_RANK: Rank = (0, 0, 0.0, 0, 0, 0, 0)
# Metres: a settlement that reaches as far is a town (rule 9 of gazetteer/README.md).
_TOWN_REACHES_M = 3_000


def name_rank(
    *,
    how: str,
    valid: bool,
    status: str,
    kind: str,
    extent_m: int = 0,
    km: float | None = None,
) -> Rank:
    """Give a key to sort by, best first; ``km`` is the distance from where the user looks.

    ``how`` the name matched is a key of ``HOWS``. A bare name means the town or country, whatever a
    list says of the name's status for a village that has it too.
    """
    large = kind == "country" or (kind == "settlement" and extent_m >= _TOWN_REACHES_M)
    return (
        0 if valid else 1,
        1 if status == "misspelling" else 0,
        km or 0.0,
        _HOW_ORDER[how],
        0 if large else 1,
        _STATUS_ORDER.get(status, len(STATUSES)),
        _KIND_ORDER.get(kind, len(KINDS)),
    )


def decides(best: Rank, second: Rank) -> bool:
    """Tell whether the better of two is the answer, and not only the first of a list.

    Being valid on the day, being no misspelling and being much nearer decide. Letter case, status
    and kind order a list but do not tell which place somebody meant.
    """
    if best[:2] != second[:2]:
        return True
    return second[2] > max(_CLEARLY_NEARER * best[2], _SAME_SPOT_KM)


def settled(found: Sequence[_R], is_area_around: Callable[[_R, _R], bool]) -> bool:
    """Tell whether the first of the places of a name is the answer; of none, none is.

    ``is_area_around`` takes a rival and the first: an area around a town of its name is no rival.
    """
    rivals = (rival for rival in found[1:] if not is_area_around(rival, found[0]))
    second = next(rivals, None)
    return bool(found) and (second is None or decides(found[0].rank, second.rank))


def is_area_around(
    area: str, *, town: str, reaches: bool, chain: Iterable[str], above: Iterable[str]
) -> bool:
    """Tell whether a place is the area around a town of the same name: who says it means the town.

    ``area`` and ``town`` are their kinds; ``reaches`` says that the town is no further from the
    area's point than the area extends. ``chain`` are the ids of the area and its parents, ``above``
    those of the town's parents: packs often leave out what lies between a town and its country.
    """
    if town != "settlement" or area not in _AREAS:
        return False
    own, over = tuple(chain), tuple(above)
    return own[0] in over or (reaches and own[-1:] == over[-1:])


def reasons(
    *,
    how: str,
    valid: bool | None,
    status: str,
    word: str,
    km: float | None = None,
    on: str = "",
) -> tuple[str, ...]:
    """Say in words what the rank rests on; ``valid`` None: no day was asked for."""
    said = [HOWS[how], f"{status} name", word]
    if valid is not None:
        said.append(f"valid on {on}" if valid else f"not valid on {on}")
    if km is not None:
        said.append(f"{km:.0f} km from the point given")
    return tuple(said)
