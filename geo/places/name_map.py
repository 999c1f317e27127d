"""Where the names of a text may lie: what of its places keeps company with which."""

from __future__ import annotations

from collections import defaultdict
from math import cos, floor, radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.model import Place

    Key = tuple[str, ...]
    Cell = tuple[int, int]

# Side of a cell in degrees of latitude, some 80 km; neighbours lie in the same or the next one.
_CELL = 0.75
_SPREAD = frozenset(("country", "macro", "line"))


class NameMap:
    """Cells of the Earth, and which of a text's names have a place in each.

    A name of forty places lies near anything: each of them counts for one in forty.
    """

    def __init__(self, places: Mapping[Key, Iterable[Place]]) -> None:
        """Take what each name may mean."""
        self._cells: dict[Cell, dict[Key, float]] = defaultdict(dict)
        for key, candidates in places.items():
            spots = [place for place in candidates if place.kind not in _SPREAD]
            for place in spots:
                self._cells[_cell(place)][key] = 1 / len(spots)

    def about(self, place: Place, *, besides: Key) -> float:
        """Give how many other names lie about a place, each by its share of places there."""
        y, x = _cell(place)
        shares: dict[Key, float] = {}
        for cell in ((row, column) for row in (y - 1, y, y + 1) for column in (x - 1, x, x + 1)):
            for key, share in self._cells.get(cell, {}).items():
                shares[key] = max(share, shares.get(key, 0.0))
        shares.pop(besides, None)
        return sum(shares.values())


def _cell(place: Place) -> Cell:
    spot = place.location
    wide = _CELL / max(0.1, cos(radians(round(spot.lat))))
    return floor(spot.lat / _CELL), floor(spot.lon / wide)
