"""What the words directly before a list of names say of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from geo.phrases.slots import WINDOW
from geo.phrases.words import left_behind
from geo.precision import AREAS

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from geo.model import Place, Relation, Resolution
    from geo.phrases.slots import Group
    from geo.phrases.words import Words

POINTS = ("settlement", "feature", "facility", "")  # kinds of which one may say "between A and B"
CENTRE = "C"


class Cue(NamedTuple):
    """What the words before or after a list of names say of all of them."""

    relation: Relation
    start: int
    end: int
    reason: str
    literal: bool = True
    distance_km: float | None = None
    bearing: str = ""
    part: tuple[str, ...] = ()
    origin: bool = False
    measured: bool = False
    describes: int | None = None


class CueReader(NamedTuple):
    """Turns matches of the table's rows into cues."""

    words: Words
    resolutions: tuple[Resolution, ...]
    places: Mapping[str, Place]

    def points(self, text: str) -> tuple[str, ...]:
        """Give the compass points that a text names, in its order."""
        return tuple(self.words.bearings[w] for w in self.words.bearing.findall(text))

    def cue(self, row: str, match: re.Match[str], group: Group) -> Cue | None:
        """Give the cue of a row of the table before a list of names; None where it is none."""
        text = match[0]
        points = self.points(text)
        base = Cue("in", match.start(), group.end, f'"{text.strip()}"')
        wide = self._any(group, AREAS)
        if row == "origin":
            reason = base.reason + ": where something comes from"
            left = left_behind(match.string, match.start())
            return base if left else base._replace(literal=False, origin=True, reason=reason)
        if self._names_it(row, text, points, group):
            return None
        if row in ("distance", "within", "few", "travel"):
            return self._measured(row, base._replace(measured=True), text, wide=wide)
        if row in ("between", "halfway", "road"):
            return self._between(base, row, group)
        if row == "bearing" or (row == "countryside" and not self._areas(group)):
            return on_sides(base, points)
        relation = self._relation(row, group)
        return base._replace(
            relation=relation,
            literal=not (row == "outside" and wide),
            part=points if relation in ("part-of", "outskirts") else (),
        )

    def unsited(self, text: str, start: int) -> bool:
        """Read "who lives", "they fled", "a doctor in a village" before "20 km from X"."""
        return bool(self.words.unsited.search(text, max(0, start - WINDOW), start))

    def _relation(self, row: str, group: Group) -> Relation:
        """Give the relation that a row of the table means for these names."""
        if row in ("along-line", "water"):
            # one goes along a river or a ridge; "across X" and "up X" are in X
            return "along-line" if self._any(group, ("feature",)) else "in"
        if row == "coast":
            # the sea off a country is as near to saying where as the country is
            return "in" if self._any(group, AREAS) else "near"
        own: dict[str, Relation] = {
            "outside": "near", "countryside": "part-of", "part-adjective": "part-of"
        }  # fmt: skip
        return own.get(row) or cast("Relation", row)

    def _areas(self, group: Group) -> bool:
        """Tell whether a name's place on record is an area: the text may only call it one."""
        held = (self.places.get(self.resolutions[i].place_id) for i in group.members)
        return any(place is not None and place.kind in AREAS for place in held)

    def _any(self, group: Group, kinds: tuple[str, ...]) -> bool:
        return any(self.resolutions[i].kind in kinds for i in group.members)

    def _names_it(self, row: str, text: str, points: tuple[str, ...], group: Group) -> bool:
        """Tell where a side is no part: "the centre of district X", "the eastern X province"."""
        if row == "part-adjective":
            return bool(group.generic and self.words.article.search(text))
        if row == "part-of" and all(
            self.resolutions[i].kind == "settlement" for i in group.members
        ):
            return False  # "the centre of X" is no other place where X is a town
        begins = row == "bearing" or self.words.article.match(text)
        return points == (CENTRE,) and bool(begins)

    def _measured(self, row: str, base: Cue, text: str, *, wide: bool) -> Cue:
        """Read a distance in figures, as a limit ("within"), in vague words or in hours."""
        if row == "travel":
            reason = base.reason + ": a time of travel is no distance"
            return base._replace(relation="distance", literal=False, reason=reason)
        points = self.points(text)
        if row == "few":
            # a few kilometres are near; with a side, they are on that side
            return on_sides(base, points) if points else base._replace(
                relation="near", literal=not wide
            )  # fmt: skip
        if self.words.inside.search(text):
            return base  # "10 km inside X" is in X; from which of its edges is not said
        made = self.distance(base, text)
        return made if row == "distance" else made._replace(relation="near", bearing="")

    def distance(self, base: Cue, text: str) -> Cue:
        """Kilometres from "5-10km north-west of"; the mean of two figures."""
        kilometres = self.kilometres(text)
        if kilometres is None:
            reason = base.reason + ": far from it, no figure"
            return base._replace(relation="distance", literal=False, reason=reason)
        points = tuple(p for p in self.points(text) if p != CENTRE)
        return base._replace(
            relation="distance", distance_km=kilometres, bearing=points[0] if points else ""
        )

    def kilometres(self, text: str) -> float | None:
        """Give the figure of a distance, the mean of two; None where there is none."""
        found = self.words.figures.search(text)
        if found is None:
            return None
        figures = [
            self.words.numbers.get(f) or float(f.replace(",", ""))
            for f in (found["low"], found["high"])
            if f
        ]
        return round(sum(figures) / len(figures) * self.words.units[found["unit"]], 3)

    def _between(self, base: Cue, row: str, group: Group) -> Cue | None:
        kinds = {self.resolutions[i].kind for i in group.members}
        if len(group.members) < 2:
            # "between A and the border": beside A is all that is known
            return base._replace(relation="near") if kinds & set(POINTS) and row != "road" else None
        if row != "road" and not kinds & set(POINTS):
            return base._replace(
                literal=False, reason=base.reason + ": parties, not a stretch of land"
            )
        return base._replace(relation="between", part=(CENTRE,) if row == "halfway" else ())


def on_sides(base: Cue, points: tuple[str, ...]) -> Cue:
    """Give a side, or the several of "north and east of"."""
    sides = tuple(dict.fromkeys(points))
    return base._replace(relation="bearing", bearing=sides[0], part=sides if len(sides) > 1 else ())
