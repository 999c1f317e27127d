"""Where a sentence puts something on a line, or beside one: "along the border", "20 km from it"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from geo.model import PlacePhrase
from geo.phrases.cues import Cue, CueReader
from geo.phrases.slots import WINDOW, Coded, Group
from geo.phrases.words import SLOT

if TYPE_CHECKING:
    import re

    from geo.model import Relation, Resolution
    from geo.phrases.lines import LineFinder, LinePhrase
    from geo.phrases.words import Words

NEAR_KM = 10  # what "near" is taken for
BEHIND = (" ", ", ", " (")  # what stands between a name and the words that say where it is


class LineReader(NamedTuple):
    """Gives the phrases of a sentence's lines."""

    coded: Coded
    words: Words
    resolutions: tuple[Resolution, ...]
    finder: LineFinder
    groups: tuple[Group, ...]
    cues: CueReader

    def read(self, line: LinePhrase) -> PlacePhrase | None:
        """Give a phrase for a line that something is placed on; None where it is only mentioned."""
        text = self.coded.text
        elsewhere = self.words.line_elsewhere.search(line.cue + " ")
        event = self.words.line_event.match(text, line.at + len(line.word))
        if not (line.cue or line.section or line.slot >= 0 or event or line.sides or line.where):
            return None
        away = self.words.line_away.search(text, max(0, line.start - WINDOW), line.start)
        begins = away.start() if away else line.start
        start, end = self.coded.span(begins, line.end)
        place = self.finder.find(line, start)
        spoken = text[begins : line.end].replace(SLOT, "…")
        # directly behind a name the words say where that name is: "A on the border with B"
        holder = [g for g in self.groups if g.end < begins and self._behind(text[g.end : begins])]
        sides = place.borders if place else ()
        # "in X, 10 km from its border with Y" says where in X
        within = bool(holder) and self.resolutions[holder[-1].members[-1]].place_id in sides
        behind = bool(line.cue) and any(g.end == begins - 1 for g in self.groups)
        sided = line.side and line.parts
        along: Relation = "section-of-border" if line.section and not line.side else "along-line"
        phrase = PlacePhrase(
            relation="bearing" if sided else along,
            anchors=self.finder.anchors(line, place, start),
            start=start,
            end=end,
            bearing=line.parts[0] if sided else "",
            part=() if sided else line.parts,
            line=place.id if place else "",
            generic=line.kind,
            literal=bool(line.cue or line.section or event) and not elsewhere and not behind,
            reason=f'"{spoken}"' + ("" if place else ": which line is not known"),
        )
        return self._off_line(phrase, away, holder, within=within) if away else phrase

    def _behind(self, gap: str) -> bool:
        """Tell whether what follows a name so closely says where it is: "A, which lies"."""
        return gap in BEHIND or bool(self.words.lying.fullmatch(gap))

    def _off_line(
        self, line: PlacePhrase, away: re.Match[str], holder: list[Group], *, within: bool
    ) -> PlacePhrase:
        """Read "20 km from the border": beside the line, where what stands before it is not."""
        cue = self.cues.distance(Cue("in", 0, 0, line.reason), away[0])
        free = within or not holder
        free = free and not self.cues.unsited(self.coded.text, away.start())
        if not line.line:
            # nothing to count from: what is near a border is on it, as far as is known
            near = cue.distance_km is not None and cue.distance_km <= NEAR_KM
            return msgspec.structs.replace(line, literal=near and free)
        points = self.cues.points(away[0])
        relation: Relation = "bearing" if points else "near"
        if cue.distance_km and not self.words.limit.match(away[0]):
            relation = "distance"
        return msgspec.structs.replace(
            line,
            relation=relation,
            literal=free,
            distance_km=cue.distance_km,
            bearing=points[0] if points else "",
            part=(),
            reason=line.reason + ": beside the line, not on it",
            describes=holder[-1].members[-1] if holder else None,
        )
