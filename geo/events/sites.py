"""Where a sentence may place an event: names that may be sites, and how words relate to them."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from geo.model import (
    Article,
    EventPlace,
    Place,
    PlacePhrase,
    Precision,
    Relation,
    Resolution,
    Sentence,
)
from geo.precision import AREAS, TOLD, precision_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.gazetteer import Gazetteer

# Too wide to say where something happened while anything smaller is named.
_WIDE = frozenset({"country", "macro"})
# What may hold what when one name follows another after a comma or "in".
_SIZE = {
    "settlement": 1,
    "facility": 1,
    "feature": 1,
    "district": 2,
    "province": 3,
    "region": 3,
    "country": 4,
    "macro": 5,
}
_WITHIN = re.compile(
    r",\s+(?:in\s+)?(?:(?:the|a|an)\s+(?:[\w-]+\s+){0,4}(?:of\s+(?:the\s+)?)?)?|\s+in\s+(?:the\s+)?(?:[\w-]+\s+){0,2}"
)


# "X on Y's outskirts", "X in the suburbs of Y", "X in the north of Y".
_EDGES = frozenset({"outskirts", "part-of"})
_ON_ITS_EDGE = re.compile(r",?\s(?:on|in|at)\s(?:the\s)?(?:[a-z-]+\s){0,3}(?:of\s)?(?:the\s)?")
# "In X province, ...": what follows in the sentence lies in it.
_OPENS = re.compile(
    r"\W*(?:In|Across|Throughout|Inside)\s(?:the\s)?(?:[\w-]+\s){0,4}(?:of\s)?(?:the\s)?"
)
# "North of X, ...", "Near X, ...": the same of a spot.
_OPENS_BESIDE = re.compile(
    r"\W*(?:(?:Elsewhere|Further|Just)?,?\s?(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)[a-z-]*\sof"
    r"|Near|Outside|Around|Not\sfar\sfrom)\s(?:the\s)?(?:[\w-]+\s){0,3}(?:of\s)?(?:the\s)?"
)
# A clause of its own behind "since", no date: "since the siege of".
_SINCE = re.compile(
    r"\bsince\s(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?!(?:[A-Z][a-z]+|early|late|mid)\s\d)"
    r"(?:[\w’'-]+\s){2,}[^,;]*$"
)
_LARGE = frozenset({"district", "province", "region"})
# "near Nasir": a name after a word of place, months and weekdays aside.
_NAMED_PLACE = re.compile(
    r"\b(?:near|outside|around|at|towards?)\s+(?:the\s+(?:town|village|city)\s+of\s+)?"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)([A-Z][\w’'-]+)"
)


_ROADS = re.compile(r"\b(?:road|highway|motorway|railway|route)\b")
_DISTRICTS = ("district", "province", "region")
_LINES = ("along-line", "section-of-border")
# Precision classes of what is on or beside a line.
_ON_LINES: dict[Relation, Precision] = {
    "section-of-border": "border", "distance": "distance", "near": "near", "bearing": "bearing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """A place that an event may rest on; ``start``/``end`` span mention number ``index``."""

    place: EventPlace
    start: int
    end: int
    kind: str
    index: int

    @property
    def wide(self) -> bool:
        """A country or more."""
        return self.kind in _WIDE

    @property
    def vague(self) -> bool:
        """On a border of states, or a distance from somewhere on no side of it."""
        if self.place.relation == "distance":
            return not self.place.bearing
        return self.wide and self.place.precision in ("line", "border")


def other_end(place: EventPlace, resolutions: Iterable[Resolution]) -> Resolution | None:
    """The second name of "between A and B": the mention of B nearest to A; None without one."""
    if not place.other_place_id or place.relation != "between":
        return None
    named = (r for r in resolutions if r.place_id == place.other_place_id)
    return min(named, key=lambda r: abs(r.mention.start - place.start), default=None)


_IN_TOWN = re.compile(r"(?:\s[a-z-]+){1,2}\s(?:of|in)\s(?:the\s(?:[a-z]+\s)?(?:of\s)?)?")


class SiteFinder:
    """Gives the sites of each sentence of an article."""

    def __init__(
        self,
        article: Article,
        resolutions: Sequence[Resolution],
        phrases: Sequence[PlacePhrase],
        gazetteer: Gazetteer,
    ) -> None:
        self.article = article
        self.resolutions = resolutions
        self.gazetteer = gazetteer
        self.order = sorted(range(len(resolutions)), key=lambda i: resolutions[i].mention.start)
        self.sentence_starts = [sentence.start for sentence in article.sentences]
        self.starts = [resolutions[i].mention.start for i in self.order]
        self.narrow = any(
            r.may_be_site and r.place_id and r.kind not in _WIDE and r.kind != "line"
            for r in resolutions
        )
        self.by_anchor: dict[int, PlacePhrase] = {}
        self.lines: list[PlacePhrase] = []
        self._own: dict[int, list[Site]] = {}
        # "A, 20 km south of B": how A is told, by its name as written
        self.told: dict[str, PlacePhrase] = {}
        for phrase in phrases:
            if phrase.describes is not None and not phrase.line:
                self.told.setdefault(resolutions[phrase.describes].mention.text, phrase)
            if phrase.line or self._is_theirs(phrase):
                self.lines.append(phrase)
                continue
            for anchor in phrase.anchors:
                self.by_anchor.setdefault(anchor, phrase)

    def _is_theirs(self, phrase: PlacePhrase) -> bool:
        """Whether a border not on record rests on names that stand elsewhere: "their border"."""
        names = [self.resolutions[i].mention for i in phrase.anchors]
        beside = any(n.start < phrase.end and phrase.start < n.end for n in names)
        return phrase.generic == "border" and bool(names) and not beside

    def spans(self, sentence: Sentence) -> list[tuple[int, int]]:
        """The spans of the names of places in a sentence, counted from its start."""
        low, high = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
        return [
            (r.mention.start - sentence.start, r.mention.end - sentence.start)
            for r in (self.resolutions[i] for i in self.order[low:high])
            if r.may_be_site and r.role not in ("metonym", "dateline") and r.kind not in _WIDE
        ]

    def own(self, sentence: Sentence) -> list[Site]:
        """The sites that a sentence names itself, in text order."""
        if sentence.index not in self._own:
            self._own[sentence.index] = self._own_of(sentence)
        return self._own[sentence.index]

    def _own_of(self, sentence: Sentence) -> list[Site]:
        found: list[Site] = []
        weak: list[Site] = []
        stretches: set[int] = set()  # phrases of two names that one of them has given already
        low, high = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
        for index in self.order[low:high]:
            resolution = self.resolutions[index]
            phrase = self.by_anchor.get(index)
            if not resolution.may_be_site or resolution.role in ("metonym", "dateline"):
                continue
            if resolution.kind == "line" or (phrase and not phrase.literal):
                continue
            if phrase and phrase.relation == "distance" and not resolution.place_id:
                continue  # neither where it happened nor a place to count from
            if resolution.kind in _WIDE and not self._wide_site(phrase):
                continue
            site = self._site(index, phrase)
            border = resolution.kind in _WIDE and site.place.relation in _LINES
            if phrase and (border or (site.place.other_place_id and resolution.place_id)):
                if phrase.start in stretches:
                    continue
                stretches.add(phrase.start)
            (weak if self._is_weak(phrase) else found).append(site)
        found = self._without_containers(found) or self._without_containers(weak)
        line = self.line_phrase(sentence)
        return self._with_line(found, line) if line else found

    def _is_weak(self, phrase: PlacePhrase | None) -> bool:
        """Whether words say little beside any other place: a border unknown, "the road to X"."""
        if phrase is None:
            return False
        if phrase.relation == "direction":
            return bool(_ROADS.search(self.article.text, phrase.start, phrase.end))
        return phrase.relation in _LINES and phrase.generic in ("border", "contact")

    def _wide_site(self, phrase: PlacePhrase | None) -> bool:
        """A country is a site where a part of it is named, or where nothing smaller is."""
        if phrase is None or phrase.relation not in ("in", "part-of", *_LINES):
            return False
        if phrase.relation in _LINES:
            return True  # a border that is not on record; all the same it says where
        return bool(phrase.part) or not self.narrow

    def line_phrase(self, sentence: Sentence) -> PlacePhrase | None:
        """The line that the sentence speaks of ("the northern section of their border"), if any."""
        first = bisect_left(self.lines, sentence.start, key=lambda phrase: phrase.start)
        for phrase in itertools.islice(self.lines, first, None):
            if phrase.start >= sentence.end:
                break
            if phrase.literal:
                return phrase
        return None

    def elsewhere(self, sentence: Sentence) -> bool:
        """Whether a sentence without a site of its own names some place: it tells of no other."""
        low, high = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
        inside = [self.resolutions[i] for i in self.order[low:high]]
        named = [r for r in inside if r.role == "other_literal" and r.kind != "line"]
        if any(not r.place_id or r.kind == "country" for r in named if r.may_be_site):
            return True
        covered = {at for r in inside for at in range(r.mention.start, r.mention.end)}
        found = _NAMED_PLACE.finditer(self.article.text, sentence.start, sentence.end)
        return any(match.start(1) not in covered for match in found)

    def at_line(self, phrase: PlacePhrase, source: Site) -> Site:
        """A stretch of a line near ``source``; of one not on record only whose it is is known."""
        owner = source if phrase.line else self._site(phrase.anchors[0], None)
        return self.on_line(owner, phrase)

    def plain(self, site: Site) -> Site:
        """The named place itself, for what the text tells without saying how it lies to it."""
        return self._site(site.index, None)

    def on_line(self, site: Site, phrase: PlacePhrase) -> Site:
        """The site as a stretch of a line: the named place stays, the line is what is drawn."""
        place = EventPlace(
            place=site.place.place,
            place_id=site.place.place_id,
            lat=site.place.lat,
            lon=site.place.lon,
            relation=phrase.relation,
            precision=_ON_LINES.get(phrase.relation, "line"),
            start=site.place.start,
            end=site.place.end,
            shape_id=phrase.line,
            distance_km=phrase.distance_km,
            bearing=phrase.bearing,
            part=phrase.part,
        )
        return Site(place, site.start, site.end, site.kind, site.index)

    def _site(self, index: int, phrase: PlacePhrase | None) -> Site:
        resolution = self.resolutions[index]
        mention = resolution.mention
        relation: Relation = phrase.relation if phrase else "in"
        known = self.gazetteer.places.get(resolution.place_id)
        other = ""
        if phrase and relation == "between" and len(phrase.anchors) == 2:
            other = next((self.resolutions[i].place_id for i in phrase.anchors if i != index), "")
        place = EventPlace(
            place=resolution.label or mention.text,
            place_id=resolution.place_id,
            lat=resolution.lat,
            lon=resolution.lon,
            relation=relation,
            precision=self._precision(relation, resolution, known),
            start=mention.start,
            end=mention.end,
            distance_km=phrase.distance_km if phrase else None,
            bearing=phrase.bearing if phrase else "",
            part=phrase.part if phrase else (),
            other_place_id=other,
        )
        if not resolution.place_id and relation != "between":
            place = self._told(place, index)
        return Site(place, mention.start, mention.end, resolution.kind, index)

    def _told(self, place: EventPlace, index: int) -> EventPlace:
        """A place that no gazetteer holds, where the text says that it lies: "20 km south of B"."""
        phrase = self.told.get(self.resolutions[index].mention.text)
        if phrase is None:
            return self._told_in(place, index)
        anchor = self.gazetteer.places.get(self.resolutions[phrase.anchors[0]].place_id)
        precision = precision_of(phrase.relation, anchor) if anchor else "none"
        if anchor is None or precision not in TOLD:
            return place
        return msgspec.structs.replace(
            place,
            precision=precision,
            other_place_id=anchor.id,
            distance_km=phrase.distance_km,
            bearing=phrase.bearing,
        )

    @staticmethod
    def _precision(relation: Relation, resolution: Resolution, known: Place | None) -> Precision:
        if known is None:
            return "none"
        if relation == "in" and resolution.kind in AREAS and known.kind not in AREAS:
            return "district"  # "the Alpha district" where only the town Alpha has a record
        return precision_of(relation, known)

    def _told_in(self, place: EventPlace, index: int) -> EventPlace:
        """A place that no gazetteer holds, in the district that the text puts it in: "A in B"."""
        at = self.order.index(index) + 1
        if at == len(self.order):
            return place
        outer, phrase = self.resolutions[self.order[at]], self.by_anchor.get(self.order[at])
        known = self.gazetteer.places.get(outer.place_id)
        gap = self.article.text[place.end : outer.mention.start]
        if known is None or phrase is None:
            return place
        named = phrase.generic in _DISTRICTS or re.search(r"\bin\b", gap)
        inside = known.kind in _DISTRICTS and named and _WITHIN.fullmatch(gap)
        inside = inside or (known.kind == "settlement" and _IN_TOWN.fullmatch(gap))
        edge = phrase.relation in _EDGES and _ON_ITS_EDGE.fullmatch(gap)
        if not inside and not edge:
            return place
        return msgspec.structs.replace(
            place,
            precision=precision_of(phrase.relation if edge else "in", known),
            other_place_id=known.id,
            part=phrase.part if edge else (),
        )

    def _without_containers(self, sites: list[Site]) -> list[Site]:
        """Of "Port Sud, the Republic of Inland, Sudria" only the innermost is a site."""
        outer: set[str] = set()
        sites = self._before_since(sites)
        if self._opened_by_area(sites):
            outer.add(sites[0].place.place_id or sites[0].place.place)
        for inner, site in itertools.pairwise(sites):
            between = self.article.text[inner.end : site.start]
            larger = _SIZE.get(inner.kind or "settlement", 0) < _SIZE.get(site.kind, 0)
            if (larger and _WITHIN.fullmatch(between)) or (
                site.place.relation in _EDGES and _ON_ITS_EDGE.fullmatch(between)
            ):
                outer.add(site.place.place_id)
        for site in sites:
            place = self.gazetteer.places.get(site.place.place_id)
            if place:
                outer.update(
                    parent.id for parent in self.gazetteer.parents(place, on=self.article.published)
                )
                # Who held it counts as well: the text may name either authority's area around it.
                holders = (self.gazetteer.actors.get(held.holder) for held in place.de_facto)
                outer.update(actor.place for actor in holders if actor and actor.place != place.id)
        kept = [s for s in sites if (s.place.place_id or s.place.place) not in outer]
        narrow = [site for site in kept if not site.wide]
        return narrow or kept

    def _opened_by_area(self, sites: list[Site]) -> bool:
        """Whether a sentence opens with an area and then names spots: "In X province, at Y".

        "North of X, ... at Y" is the same, whatever X is: Y lies there.
        """
        if len(sites) < 2 or not any(site.kind not in _LARGE | _WIDE for site in sites[1:]):
            return False
        at = bisect_left(self.sentence_starts, sites[0].start + 1) - 1
        opening = _OPENS if sites[0].kind in _LARGE else _OPENS_BESIDE
        text, end = self.article.text, sites[0].end
        commas = text.startswith(",", end) or sites[0].kind in _LARGE
        return commas and bool(opening.fullmatch(text, self.sentence_starts[at], sites[0].start))

    def _before_since(self, sites: list[Site]) -> list[Site]:
        """Leave out what stands in "since the war broke out in X" behind another site."""
        for at in range(1, len(sites)):
            between = self.article.text[sites[at - 1].end : sites[at].start]
            if _SINCE.search(between):
                return sites[:at]
        return sites

    def _with_line(self, sites: list[Site], line: PlacePhrase) -> list[Site]:
        """A line takes the place of the named area that it borders, or of its own anchors."""
        record = self.gazetteer.places.get(line.line)
        sides = set(record.borders) if record else set()
        for position, site in enumerate(sites):
            if site.place.place_id in sides:
                return [*sites[:position], self.on_line(site, line), *sites[position + 1 :]]
        if sites:
            return sites
        anchors = [i for i in line.anchors if self.resolutions[i].kind not in _WIDE]
        if not anchors:
            named = [i for i in self.order if self.resolutions[i].place_id in sides]
            narrow = [i for i in named if self.resolutions[i].kind not in _WIDE]
            # a border of two states is one line: it rests on the one named first
            anchors = narrow[:1] or [*line.anchors, *named][:1]
        return [self.on_line(self._site(i, None), line) for i in anchors]
