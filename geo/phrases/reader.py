"""Reads one sentence: which words place which of its names, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from geo.model import PlacePhrase, Relation, Resolution
from geo.phrases.cues import CENTRE, POINTS, Cue, CueReader, on_sides
from geo.phrases.lines import Atlas, LineFinder, line_phrases
from geo.phrases.on_lines import LineReader
from geo.phrases.slots import WINDOW, Coded, Group, groups
from geo.precision import AREAS

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from geo.phrases.words import Words

SIZES = ("facility", "feature", "settlement", "district", "province", "region", "country", "macro")
NAMELESS = ("distance", "bearing", "near", "around", "outskirts", "direction", "part-of")
ASIDE = ("distance", "bearing", "near")  # relations that may say where another place is
NEARER_KM = 50  # so far from a town is nearer than "in the province of X"
UNPLACED = ("metonym", "dateline")


class SentenceReader:
    """Reads one sentence."""

    def __init__(
        self,
        coded: Coded,
        words: Words,
        resolutions: tuple[Resolution, ...],
        finder: LineFinder,
        atlas: Atlas,
    ) -> None:
        """Find the names' lists and the lines."""
        self.coded = coded
        self.words = words
        self.resolutions = resolutions
        self.finder = finder
        self.atlas = atlas
        self.groups = groups(coded, words)
        self.cues = CueReader(words, resolutions, atlas.places)
        self._cues: dict[Group, Cue | None] = {}
        self.lines = line_phrases(coded, self.groups, words, finder.parties)

    def read(self) -> tuple[PlacePhrase, ...]:
        """Give the phrases of the sentence, lines first."""
        found = list(self._named())
        for match in self.words.bare.finditer(self.coded.text) if found else ():
            self._away(match, found)
        return tuple(found)

    def _away(self, match: re.Match[str], found: list[PlacePhrase]) -> None:
        """Read "heard in X 5-10 km north-west": counted from the last name before it.

        Between commas it says where X itself is: "In X, 500 km to the south, a drone hit ...".
        """
        before = [g for g in self.groups if g.tail <= match.start() and not g.bracketed]
        aside = before and self.coded.text[before[-1].tail : match.start()].strip() in {",", "("}
        anchor = before[-1].members if before and not aside else ()
        for at, phrase in enumerate(found):
            if (
                len(anchor) == 1
                and phrase.anchors == anchor
                and phrase.relation in ("in", "part-of")
            ):
                reason = f'{phrase.reason}; "{match[0]}"'
                cue = self.cues.distance(Cue("in", 0, 0, reason), match[0])
                found[at] = msgspec.structs.replace(
                    phrase,
                    relation="distance",
                    end=self.coded.span(*match.span())[1],
                    distance_km=cue.distance_km,
                    bearing=cue.bearing,
                    part=(),
                    reason=reason,
                )

    def _named(self) -> Iterable[PlacePhrase]:
        taken: set[int] = set()
        on_lines = LineReader(
            self.coded, self.words, self.resolutions, self.finder, self.groups, self.cues
        )
        for line in self.lines:
            made = on_lines.read(line)
            if made:
                taken |= {*line.sides, *line.where}
                yield made
        previous: tuple[Group, Cue] | None = None  # the last list
        outer: Cue | None = None  # what places the last list that holds no other
        for at, group in enumerate(self.groups):
            if taken >= set(group.members):
                continue
            chained = self._chain(at)
            if chained:
                taken |= {p.anchors[0] for p in chained}
                yield from chained
                continue
            following = self.groups[at + 1] if at + 1 < len(self.groups) else None
            pair = self._pair(group, following)
            if pair:
                taken |= set(pair.anchors)
                yield pair
                continue
            cue = self._alias(group, previous) or self._cue(group, previous, outer)
            holds = self._contains(group.members[0])
            yield from self._each(group, cue, outer if holds else None, taken)
            previous = (group, cue)
            outer = outer if holds or group.bracketed else cue
        yield from self._again()

    # -- names -----------------------------------------------------------------------------------

    def _each(
        self, group: Group, cue: Cue, outer: Cue | None, taken: set[int]
    ) -> Iterable[PlacePhrase]:
        """Give the cue for each name of a list.

        "A, B in district X and C in Y": C goes with A and B, so behind a name that holds those
        before it the ``outer`` cue goes on.
        """
        for number, index in enumerate(group.members):
            resolution = self.resolutions[index]
            on = outer if outer and number else cue
            if index in taken or (on.relation == "in" and resolution.role in UNPLACED):
                continue
            start = group.start if on is outer else min(cue.start, group.start)
            begin, stop = self.coded.span(start, max(cue.end, group.end))
            yield PlacePhrase(
                relation=on.relation,
                anchors=(index,),
                start=begin,
                end=stop,
                distance_km=on.distance_km,
                bearing=on.bearing,
                part=on.part,
                generic="" if on is outer else group.generic,
                literal=on.literal and not self._contains(index),
                reason=on.reason,
                describes=None if on is outer else on.describes,
            )

    def _cue(self, group: Group, previous: tuple[Group, Cue] | None, outer: Cue | None) -> Cue:
        """Give the words after the list, else before it, else plain "in"."""
        best = self._after(group) or self._before(group)
        if best is None:
            return Cue("in", group.start, group.end, "named without a preposition")
        repeats = outer is not None and outer.relation == best.relation
        repeats = repeats and not group.bracketed
        if previous and best.literal and not repeats and self._describes(group, best, previous[0]):
            described = previous[0].members[-1]
            if best.relation in ASIDE and self._narrows(
                group.members[0], described, best.distance_km
            ):
                reason = best.reason + ": says where in the place before it"
                return best._replace(reason=reason, describes=described)
            reason = best.reason + ": says where the name before it is"
            return best._replace(literal=False, reason=reason, describes=described)
        if best.literal and best.relation in ASIDE:
            return self._stated(best)
        return best

    def _stated(self, cue: Cue) -> Cue:
        """Tell "the stronghold near X", of a town named before, and "20 km from X" of a person."""
        known = self.words.known.search(self.coded.text, max(0, cue.start - WINDOW), cue.start)
        before = self.coded.starts[known.start()] if known else 0
        told = self.finder.last_of(("settlement",), before)
        if told is not None:
            reason = cue.reason + ": says where the place named before is"
            return cue._replace(literal=False, reason=reason, describes=told)
        spoken = self.words.spoken.match(self.coded.text, cue.end)
        if cue.measured and (spoken or self.cues.unsited(self.coded.text, cue.start)):
            reason = cue.reason + ": where somebody is or goes, or something is heard"
            return cue._replace(literal=False, reason=reason)
        return cue

    def _before(self, group: Group) -> Cue | None:
        if group not in self._cues:
            self._cues[group] = self._find_before(group)
        return self._cues[group]

    def _find_before(self, group: Group) -> Cue | None:
        floor = max(
            0, group.start - WINDOW, *(a + 1 for a, _ in self.coded.slots if a < group.start)
        )
        reach = self.words.reach(self.coded.text, floor, group.start)
        first = self.words.any_left.search(self.coded.text, reach, group.start)
        if first is None:
            return None
        # What begins first says most. Only where it is no cue after all, the others are asked.
        row = int((first.lastgroup or "c0")[1:])
        if cue := self.cues.cue(self.words.left[row].relation, first, group):
            return cue
        best: Cue | None = None
        for relation, pattern in self.words.left:
            match = pattern.search(self.coded.text, floor, group.start)
            if match and (best is None or match.start() < best.start):
                best = self.cues.cue(relation, match, group) or best
        return best

    def _after(self, group: Group) -> Cue | None:
        """Words behind the name: its outskirts, its northern part, the X direction."""
        for relation, pattern in self.words.right:
            match = pattern.match(self.coded.text, group.tail)
            if match:
                points = self.cues.points(match[0])
                reason = f'"{match[0].strip()}"'
                cue = Cue(cast("Relation", relation), group.start, match.end(), reason, part=points)
                if relation != "bearing":
                    return cue
                whole = any(self.resolutions[i].kind in AREAS for i in group.members)
                return cue._replace(relation="part-of") if whole else on_sides(cue, points)
        return None

    def _describes(self, group: Group, cue: Cue, before: Group) -> bool:
        """Whether the words say where the name just before them is: "A (17 km north of X)"."""
        gap = self.coded.text[before.tail : cue.start].replace(")", "")
        if group.bracketed:
            return self.coded.text[cue.start - 1 : cue.start] == "(" or cue.relation != "in"
        own = self.words.tail.match(gap)
        rest = gap[own.end() :] if own else gap
        if cue.relation in ASIDE and before.at[-1] < group.at[0]:
            return rest.strip() in ("", ",") or bool(self.words.lying.fullmatch(rest))
        return False

    def _narrows(self, inner: int, outer: int, stated: float | None) -> bool:
        """Tell whether "in X, 20 km from Y" says where in X.

        Y is in X, or X is a sea, or an area so wide that the distance is the nearer fact.
        """
        place = self.atlas.places.get(self.resolutions[inner].place_id)
        wide = self.resolutions[outer]
        if place is None or not wide.place_id:
            return False
        parents = self.atlas.parents(place, on=self.finder.article.published)
        near = wide.kind in ("province", "region") and stated is not None and stated <= NEARER_KM
        sea = wide.kind == "feature" and wide.lat is None
        return near or sea or any(p.id == wide.place_id for p in parents)

    def _contains(self, index: int) -> bool:
        """Whether a nearer name stands directly before an area that it lies in: "A in X"."""
        if self.resolutions[index].kind not in AREAS:
            return False
        at = {i: a for a, i in self.coded.slots}[index]
        nearer = [(a, i) for a, i in self.coded.slots if a < at]
        if not nearer:
            return False
        gap = self.coded.text[nearer[-1][0] + 1 : at]
        inner = self.resolutions[nearer[-1][1]]
        if not self.words.container.fullmatch(gap):
            return False
        return self._smaller(inner, self.resolutions[index], sure="," not in gap)

    def _smaller(self, inner: Resolution, outer: Resolution, *, sure: bool) -> bool:
        """Whether ``outer`` holds ``inner``; by kind alone where the words leave no doubt."""
        place = self.atlas.places.get(inner.place_id)
        if place is not None and outer.place_id:
            parents = self.atlas.parents(place, on=self.finder.article.published)
            if any(p.id == outer.place_id for p in parents):
                return True
        if not sure:
            return False
        size = {kind: rank for rank, kind in enumerate(SIZES)}
        return size.get(inner.kind, 0) < size.get(outer.kind, 0)

    def _alias(self, group: Group, previous: tuple[Group, Cue] | None) -> Cue | None:
        """Give the cue of the name before a bracket that holds a second name of it."""
        if not group.bracketed or previous is None:
            return None
        opened = self.coded.text.rfind("(", 0, group.at[0])
        if self._before(group) or opened < previous[0].tail or opened - previous[0].end > 1:
            return None
        return previous[1]

    def _pair(self, group: Group, following: Group | None) -> PlacePhrase | None:
        """Read "between A and B", "the A-B road", "from A to B" as one phrase of two names."""
        cue = self._before(group)
        if cue and cue.relation == "between" and len(group.members) > 1:
            return self._between_phrase(group.members, cue.start, group.end, cue)
        if following is None or not self._pointlike(group, following):
            return None
        text, pair = self.coded.text, (group.members[-1], following.members[0])
        gap = text[group.tail : following.start]
        road = self.words.road_after.match(text, following.tail)
        if gap == "-" and road:
            reason = f'"{road[0].strip()}" between them'
            return self._between_phrase(pair, group.start, road.end(), Cue("between", 0, 0, reason))
        named = text[group.end : following.start]
        opened = self.words.road_before.search(text, max(0, group.start - WINDOW), group.start)
        if opened and self.words.pair_with.fullmatch(named):
            reason = f'"{opened[0].strip()}" and "{named.strip()}"'
            return self._between_phrase(
                pair, opened.start(), following.end, Cue("between", 0, 0, reason)
            )
        moving = cue and self.words.under_way.search(text, max(0, cue.start - WINDOW), cue.start)
        if cue and (cue.origin or moving) and self.words.pair_from.fullmatch(named):
            reason = cue.reason.partition(":")[0] + f' and "{named.strip()}"'
            half = self.words.halfway_on.search(text, max(0, cue.start - WINDOW), cue.start)
            part = (CENTRE,) if half else ()
            begins = half.start() if half else cue.start
            return self._between_phrase(
                pair, begins, following.end, Cue("between", 0, 0, reason, part=part)
            )
        return None

    def _chain(self, at: int) -> list[PlacePhrase]:
        """Read "the A-B-C triangle": somewhere near each of three or more; else nothing."""
        text, last = self.coded.text, at
        while last + 1 < len(self.groups) and (
            text[self.groups[last].tail : self.groups[last + 1].start] == "-"
        ):
            last += 1
        word = self.words.chain.match(text, self.groups[last].tail)
        if last - at < 2 or word is None:
            return []
        begin, stop = self.coded.span(self.groups[at].start, word.end())
        return [
            PlacePhrase(
                relation="near", anchors=(index,), start=begin, end=stop,
                reason=f'"{word[0].strip()}" between several places',
            )
            for group in self.groups[at : last + 1]
            for index in group.members
        ]  # fmt: skip

    def _pointlike(self, *found: Group) -> bool:
        return all(self.resolutions[i].kind in POINTS for g in found for i in g.members)

    def _between_phrase(
        self, anchors: tuple[int, ...], start: int, end: int, cue: Cue
    ) -> PlacePhrase:
        begin, stop = self.coded.span(start, end)
        return PlacePhrase(
            relation="between",
            anchors=anchors,
            start=begin,
            end=stop,
            part=cue.part,
            reason=cue.reason,
        )

    def _again(self) -> Iterable[PlacePhrase]:
        """Words such as "300 km from the enclave": the place last named that is one."""
        for match in self.words.again.finditer(self.coded.text):
            if any(g.start <= match.start() < g.end for g in self.groups):
                continue
            word = self.words.generic[match["generic"]]
            kinds = self.words.again_kinds.get(word, [])
            index = self.finder.last_of(kinds, self.coded.span(*match.span())[0])
            if index is None or not self._is_a(word, index):
                continue
            end = match.end()
            cue = self._before(Group((index,), (end,), match.start(), end, end))
            if cue and cue.relation in NAMELESS:
                begin, stop = self.coded.span(cue.start, match.end())
                yield PlacePhrase(
                    relation=cue.relation,
                    anchors=(index,),
                    start=begin,
                    end=stop,
                    distance_km=cue.distance_km,
                    bearing=cue.bearing,
                    part=cue.part,
                    generic=word,
                    literal=cue.literal,
                    reason=f'{cue.reason}; "{match[0]}" is {self.resolutions[index].label}',
                )

    def _is_a(self, word: str, index: int) -> bool:
        """Tell whether a place may be called a village, town or so; wider words are not checked."""
        place = self.atlas.places.get(self.resolutions[index].place_id)
        if place is None or place.kind != "settlement":
            return True
        own = self.words.generic.get(place.feature.word.lower(), "")
        return own == word or {own, word} <= {"city", "town"}
