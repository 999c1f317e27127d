"""Lines that a sentence speaks of, with or without a name: "their border", "the front line"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from geo.phrases.slots import WINDOW, Coded, Group
from geo.phrases.words import LINE_SLOT, Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from geo.model import Actor, Article, Place, Resolution, Segment

# Characters in which a sentence has named those whom "their" means.
SPOKEN = 200
UNNAMED = 10**7  # characters that a side costs which the article never names
SITED = ("settlement", "district", "province", "region", "feature", "facility")


class Atlas(Protocol):
    """What is asked of a gazetteer."""

    @property
    def places(self) -> Mapping[str, Place]:
        """Every place by its id."""

    def __hash__(self) -> int:
        """Give what tells it from other gazetteers."""

    @property
    def actors(self) -> Mapping[str, Actor]:
        """Every actor by its id."""

    def parents(self, place: Place, on: dt.date | None = None) -> Iterable[Place]:
        """Give the chain of places that hold it, nearest first."""


class LinePhrase(NamedTuple):
    """A line as the text has it; ``start``/``end`` and ``at`` are places in the coded sentence."""

    start: int
    end: int
    at: int
    word: str
    kind: str
    sides: tuple[int, ...]
    parties: tuple[str, ...]
    where: tuple[int, ...]
    parts: tuple[str, ...]
    section: bool
    side: bool
    cue: str
    slot: int


def line_phrases(
    coded: Coded, found: tuple[Group, ...], words: Words, parties: dict[str, str]
) -> tuple[LinePhrase, ...]:
    """Give the lines of a sentence; ``parties`` maps parties' adjectives to their places."""
    return tuple(_read(coded, found, words, parties, m) for m in words.line.finditer(coded.text))


def _read(
    coded: Coded,
    found: tuple[Group, ...],
    words: Words,
    parties: dict[str, str],
    match: re.Match[str],
) -> LinePhrase:
    text, start, end = coded.text, match.start("line"), match.end("line")
    sides: list[int] = []
    where: list[int] = []
    named: list[str] = []
    parts: tuple[str, ...] = ()
    lead = words.line_lead.search(text, max(0, start - WINDOW), start)
    if lead:
        if lead["sides"]:
            sides += coded.inside(lead.start("sides"), lead.end("sides"))
            named += _named(lead["sides"], parties)
        if not lead["sides"] or sides or named:
            start = lead.start()
    section = words.section.search(text, max(0, start - WINDOW), start)
    if section and _of_nobody(section["pair"] or "", parties):
        section = None
    if section:
        start = section.start()
        where += coded.inside(section.start(), section.end())
        named += _named(section["pair"] or "", parties)
        parts = tuple(words.bearings[w] for w in words.bearing.findall(section["part"] or ""))
    end, two, after = _after(coded, found, words, end)
    if two:
        sides += after
    else:
        where += after
    return LinePhrase(
        start=_cue_start(text, start, words),
        end=end,
        at=match.start("line"),
        word=match["line"],
        kind=words.line_kinds.get(match["line"], ""),
        sides=tuple(sides),
        parties=tuple(named),
        where=tuple(where),
        parts=parts,
        section=section is not None and any(section[g] for g in ("one", "part", "owner", "pair")),
        side=section is not None and section["word"] == "side",
        cue=text[_cue_start(text, start, words) : start].strip(),
        slot=next((i for at, i in coded.slots if at == match.start("line")), -1)
        if match["line"] == LINE_SLOT
        else -1,
    )


def _cue_start(text: str, start: int, words: Words) -> int:
    """Where "along", "on", "near" before the line begins; ``start`` itself without one."""
    for pattern in (words.line_cue, words.line_elsewhere):
        cue = pattern.search(text, max(0, start - WINDOW), start)
        if cue:
            return cue.start()
    return start


def _after(
    coded: Coded, found: tuple[Group, ...], words: Words, end: int
) -> tuple[int, bool, tuple[int, ...]]:
    """Give what follows a line: "between A and B" (its sides) or "in C" (where on it)."""
    parties = words.line_parties.match(coded.text, end)
    if parties:
        return parties.end(), True, ()
    for group in found:
        if group.start <= end:
            continue
        gap = coded.text[end : group.start]
        if words.line_between.fullmatch(gap):
            return group.end, True, group.members
        if words.line_where.fullmatch(gap):
            return group.end, False, group.members
        break
    return end, False, ()


def _named(text: str, parties: dict[str, str]) -> tuple[str, ...]:
    return tuple(parties[w] for w in re.findall(r"[^\W\d_]+", text) if w in parties)


def _of_nobody(word: str, parties: dict[str, str]) -> bool:
    """Tell that one word before "side of the border" is no party's: "the other side"."""
    return bool(word) and "-" not in word and word not in parties


@lru_cache(maxsize=4)
def party_words(atlas: Atlas) -> dict[str, str]:
    """Adjectives and names of parties in lower case, each with the id of the party's place."""
    return {
        word.lower(): actor.place
        for actor in atlas.actors.values()
        if actor.place
        for word in (*actor.adjectives, *actor.names)
    }


@lru_cache(maxsize=4)
def _all_lines(atlas: Atlas) -> tuple[Place, ...]:
    return tuple(sorted((p for p in atlas.places.values() if p.kind == "line"), key=lambda p: p.id))


class LineFinder:
    """Finds the line place that a phrase means, by the two places that it separates."""

    def __init__(
        self, article: Article, resolutions: tuple[Resolution, ...], atlas: Atlas, words: Words
    ) -> None:
        """Keep what lines are looked for in: most articles speak of none."""
        self.article = article
        self.resolutions = resolutions
        self.parties = party_words(atlas)
        self._atlas = atlas
        self._kinds = words.line_kinds

    @cached_property
    def _lines(self) -> tuple[Place, ...]:
        return tuple(p for p in _all_lines(self._atlas) if _valid(p, self.article.published))

    @cached_property
    def _said(self) -> Mapping[str, list[int]]:
        """Where the article names each place or party, by name or by adjective, in order."""
        said = [(r.mention.start, r.place_id) for r in self.resolutions if r.place_id]
        if self.parties:
            known = self.parties
            said += [
                (m.start(), known[m[0].lower()])
                for m in re.finditer(r"[^\W\d_]{3,30}", self.article.text)
                if m[0].lower() in known
            ]
        spots: dict[str, list[int]] = {}
        for start, place_id in sorted(said):
            spots.setdefault(place_id, []).append(start)
        return spots

    @cached_property
    def _order(self) -> list[int]:
        """Indexes of the names in the order of the text."""
        return sorted(range(len(self.resolutions)), key=lambda i: self.resolutions[i].mention.start)

    def _from(self, order: list[int], at: int) -> int:
        """How many of the names in ``order`` begin before ``at``."""
        return bisect_left(order, at, key=lambda i: self.resolutions[i].mention.start)

    @cached_property
    def _by_place(self) -> Mapping[str, list[int]]:
        return self._by(lambda resolution: resolution.place_id)

    @cached_property
    def _by_kind(self) -> Mapping[str, list[int]]:
        return self._by(lambda resolution: resolution.kind if resolution.role != "dateline" else "")

    def _by(self, trait: Callable[[Resolution], str]) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i in self._order:
            found.setdefault(trait(self.resolutions[i]), []).append(i)
        return found

    def find(self, phrase: LinePhrase, at: int) -> Place | None:
        """Give the line meant at offset ``at``; None where nothing in the article decides."""
        if phrase.slot >= 0:
            return self._atlas.places.get(self.resolutions[phrase.slot].place_id)
        if phrase.kind == "contact":
            # "the front line" in a place that no contact line touches is its border
            return self._best(phrase, at, "contact") or self._best(phrase, at, "border")
        return self._best(phrase, at, phrase.kind)

    def _best(self, phrase: LinePhrase, at: int, kind: str) -> Place | None:
        """Give the line of one kind whose two sides the words, or the text just before, name."""
        given = {*(self.resolutions[i].place_id for i in phrase.sides), *phrase.parties} - {""}
        best: tuple[int, str] | None = None
        chosen: Place | None = None
        for line in self._lines:
            if kind not in self._kinds_of(line) or not given <= set(_sides(line)):
                continue
            if not self._touches(line, phrase.where):
                continue
            far = 0 if len(given) == 2 else self._how_far(line, at, both=kind == "border")
            if far is not None and (best is None or (far, line.id) < best):
                best, chosen = (far, line.id), line
        return chosen

    def _touches(self, line: Place, where: tuple[int, ...]) -> bool:
        """Tell whether the places that the text puts the line in lie on a side of it."""
        for index in where:
            place = self._atlas.places.get(self.resolutions[index].place_id)
            if place is not None:
                parents = tuple(self._atlas.parents(place, on=self.article.published))
                around = {place.id, *(p.id for p in parents)}
                if parents and not around & set(_sides(line)):
                    return False
        return True

    def _kinds_of(self, line: Place) -> frozenset[str]:
        """Tell "border" or "contact", by the words in its names and by what it separates."""
        names = " ".join(n.text.lower() for n in line.names) + " " + line.feature.word.lower()
        return frozenset(kind for word, kind in self._kinds.items() if word in names)

    def _how_far(self, line: Place, at: int, *, both: bool) -> int | None:
        """Characters back to the farther of its two sides' last mentions; later ones cost more.

        None where the article does not name both sides, or not even one.
        """
        worst = unnamed = 0
        sides = _sides(line)
        for side in sides:
            spots = self._said.get(side, [])
            unnamed += not spots
            here = bisect_right(spots, at)
            around = spots[max(here - 1, 0) : here + 1]
            nearest = min((at - s if s <= at else 10 * (s - at) for s in around), default=UNNAMED)
            worst = max(worst, nearest)
        return None if unnamed == len(sides) or (both and unnamed) else worst

    def anchors(self, phrase: LinePhrase, line: Place | None, at: int) -> tuple[int, ...]:
        """Give the named places that a line phrase rests on; () where nothing tells."""
        if phrase.where:
            near = tuple(i for i in phrase.where if self.resolutions[i].kind != "country")
            return near or phrase.where
        if named := phrase.sides or self._heading(at):
            return named
        sides = [
            self._atlas.places[s] for s in (_sides(line) if line else ()) if s in self._atlas.places
        ]
        if line is None and phrase.kind == "border" and not phrase.parties:
            return self._between_whom(at)
        small = [s.id for s in sides if s.kind != "country"] or [s.id for s in sides]
        nearest = [self._nearest(s, at) for s in small]
        return tuple(sorted({i for i in nearest if i is not None})) or (
            (phrase.slot,) if phrase.slot >= 0 else ()
        )

    def _between_whom(self, at: int) -> tuple[int, ...]:
        """Read "Xish and Yish troops fired along their border": a name of either state, if any.

        No record has that border, so the first of the two states stands for it.
        """
        spoken = []
        for place_id, spots in self._said.items():
            place, before = self._atlas.places.get(place_id), bisect_right(spots, at)
            if place and place.kind == "country" and before and at - spots[before - 1] <= SPOKEN:
                spoken.append((spots[before - 1], place_id))
        if len(spoken) != 2:
            return ()
        named = (self._nearest(place_id, at) for _, place_id in sorted(spoken))
        return tuple(index for index in named if index is not None)[:1]

    def _nearest(self, place_id: str, at: int) -> int | None:
        """Give the mention of a place nearest before ``at``, else the first after it."""
        named = self._by_place.get(place_id, [])
        return named[max(self._from(named, at + 1) - 1, 0)] if named else None

    def last_of(self, kinds: Iterable[str], at: int) -> int | None:
        """Give the last name before ``at`` of a place of one of the kinds."""
        spots = []
        for kind in set(kinds) - {""}:
            named = self._by_kind.get(kind, [])
            before = bisect_right(named, at, key=lambda i: self.resolutions[i].mention.end)
            spots += named[max(before - 1, 0) : before]
        return max(spots, key=lambda i: self.resolutions[i].mention.start, default=None)

    def _heading(self, at: int) -> tuple[int, ...]:
        """Places below country level in the heading that the text at ``at`` stands under."""
        above = bisect_right(self._headings, at, key=lambda segment: segment.end)
        if not above:
            return ()
        heading = self._headings[above - 1]
        low, high = (self._from(self._order, edge) for edge in (heading.start, heading.end))
        return tuple(
            i
            for i in self._order[low:high]
            if self.resolutions[i].kind in SITED
            and self.resolutions[i].role not in ("metonym", "dateline")
        )

    @cached_property
    def _headings(self) -> tuple[Segment, ...]:
        return tuple(s for s in self.article.segments if s.kind == "heading")


def _sides(line: Place) -> tuple[str, ...]:
    """Give the places that a line separates, or that it lies in where no two are on record."""
    return line.borders or tuple(sorted({b.parent for b in line.de_jure if b.parent}))


def _valid(place: Place, on: dt.date | None) -> bool:
    return on is None or (
        (place.start is None or place.start <= on) and (place.end is None or on <= place.end)
    )
