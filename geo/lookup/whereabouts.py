"""What a point belongs to: by the outlines of areas, and by the record of the nearest settlement.

Outlines are coarse, so a point as near to an edge as an outline is exact belongs to either side.
The record of a settlement is a statement of its own. Both are told, and whether they disagree.
"""

from __future__ import annotations

from geo.lookup.answers import DE_JURE, HELD, holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from geo.lookup.answers import Answer, Holding
    from geo.lookup.areas import Area
    from geo.lookup.index import Index

# From the smallest area to the largest; a settlement's own outline is that of a city.
LEVELS = ("settlement", "district", "province", "region", "country")
# Levels by which outlines and records are compared.
_COMPARED = ("district", "province")
# A settlement farther off says nothing about a point.
FARTHEST_KM = 25.0


class Parent:
    """A place that something belongs to, and the statement by which it does."""

    __slots__ = ("answer", "stated")

    def __init__(self, answer: Answer, stated: Holding) -> None:
        """Take the two."""
        self.answer, self.stated = answer, stated


class Whereabouts:
    """The answer: areas of each level, what is above them, the nearest settlement, who held what.

    ``areas``: kind -> those that the point may lie in, the one it is in first; small kinds first.
    ``places`` are their records and ``above`` the de jure chains of these. ``agrees`` is None where
    outlines or records say nothing that could be compared. ``holders`` are (label of the place that
    it is said of, statement).
    """

    __slots__ = ("above", "agrees", "areas", "holders", "nearest", "nearest_above", "places")

    def __init__(self, index: Index, *, lat: float, lon: float, on: str) -> None:
        """Ask the index about a point on an ISO date; '' takes what was so at any time."""
        found = index.areas(lat=lat, lon=lon, on=on)
        found.sort(
            key=lambda area: (_level(area.kind), not area.inside, area.edge_km, area.outline)
        )
        self.areas: dict[str, list[Area]] = {}
        for area in found:
            self.areas.setdefault(area.kind, []).append(area)
        near = index.near(lat=lat, lon=lon, km=FARTHEST_KM, kinds=("settlement",))
        there = [answer for answer in near if holds(answer.start, answer.end, on)]
        self.nearest = index.complete(there[0], on=on) if there else None
        self.nearest_above = _parents(index, self.nearest.id, on) if self.nearest else []
        inside = [area for area in found if area.inside] or found
        found_places = (index.place(area.place) for area in inside)
        self.places = {answer.id: answer for answer in found_places if answer}
        self.above = {area.place: _parents(index, area.place, on) for area in inside}
        self.agrees = self._compared()
        self.holders = self._held(index, on)

    def _compared(self) -> bool | None:
        stated = {parent.answer.kind: parent.answer.id for parent in reversed(self.nearest_above)}
        for kind in _COMPARED:
            outlined = {area.place for area in self.areas.get(kind, ())}
            if kind in stated and outlined:
                return stated[kind] in outlined
        return None

    def _held(self, index: Index, on: str) -> list[tuple[str, Holding]]:
        places = [self.nearest] if self.nearest else []
        places += [parent.answer for parent in self.nearest_above]
        places += self.places.values()
        places += [parent.answer for parents in self.above.values() for parent in parents]
        held: list[tuple[str, Holding]] = []
        for answer in {answer.id: answer for answer in places}.values():
            held += [
                (answer.label, stated)
                for stated in index.holdings(answer.id)
                if stated.what == HELD and stated.holds(on)
            ]
        return held


def _parents(index: Index, place_id: str, on: str) -> list[Parent]:
    """Give the de jure chain as places; what is no place of these packs ends it."""
    parents = []
    for stated in index.above(place_id, on):
        answer = index.place(stated.other)
        if answer is None or stated.what != DE_JURE:
            break
        parents.append(Parent(index.complete(answer, on=on), stated))
    return parents


def _level(kind: str) -> int:
    return LEVELS.index(kind) if kind in LEVELS else len(LEVELS)
