"""What the rules that weigh candidates know about an article: its names, lists and other places."""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property
from math import cos, radians
from typing import TYPE_CHECKING, Literal

from geo.lookup.answers import WORLD_LIST
from geo.lookup.distances import haversine_km
from geo.lookup.ranking import is_area_around
from geo.mentions.enumerations import list_heads
from geo.mentions.surroundings import surroundings
from geo.places.name_map import NameMap
from geo.wordlists import word_lists

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from geo.gazetteer import Gazetteer
    from geo.model import Article, Mention, Place, PlaceKind

# Rivers, straits, seas, valleys: GeoNames codes of features that no single point stands for.
_POINTLESS_CODES = frozenset(
    ("STM", "STMS", "STRT", "SEA", "OCN", "GULF", "VAL", "VALS", "CNL", "CHN", "DSRT")
)
_KINDS_OF_STATE = frozenset(("country", "macro"))
# No text needs more: each candidate is measured against each of these.
# "A in the neighbouring mountainous province of X"
_FURTHEST = 5
_MOST_ANCHORS = 60
CAPITALS = frozenset(("PPLC", "PPLG"))
# The gazetteers state no population; a built-up area of this length holds millions.
_GREAT_CITY_M = 20_000
# Further than this from all else a place has nothing to do with the rest of a text.
FAR_KM = 1500.0


def pointless(place: Place) -> bool:
    """Say whether a point would say more than the name does: macro-regions, lines, rivers."""
    return place.kind in {"macro", "line"} or place.feature.code in _POINTLESS_CODES


Key = tuple[str, ...]


class Context:
    """One article's names, what they may mean, and what has been chosen so far."""

    def __init__(
        self, article: Article, mentions: tuple[Mention, ...], gazetteer: Gazetteer
    ) -> None:
        """Count what the text names without doubt: countries, parents, places and packs."""
        self.gazetteer = gazetteer
        self.published: dt.date | None = article.published
        self.around = surroundings(article)
        self.mentions = mentions
        self.first = [self.around.at(mention.start) for mention in mentions]
        self.last = [self.around.at(mention.end - 1) + 1 for mention in mentions]
        spans = list(zip(self.first, self.last, strict=True))
        self.lists = list_heads(self.around, spans, parted=lambda _: False)
        self.members: dict[int, list[int]] = {}
        for at, head in enumerate(self.lists):
            self.members.setdefault(head, []).append(at)
        self.chosen: dict[int, str] = {}
        self.kinds: dict[int, tuple[str, str]] = {}
        self._between: dict[int, list[str] | None] = {}
        self.meant: dict[tuple[str, ...], str] = {}
        self.general: dict[tuple[str, tuple[str, ...]], list[tuple[float, str]]] = {}
        self._chains: dict[str, tuple[str, ...]] = {}
        self.named: dict[str, set[tuple[str, ...]]] = {}
        self.countries: Counter[str] = Counter()
        self._shown_by: dict[Key, Counter[str]] = {}
        self.packs: dict[str, set[Key]] = {}
        self.anchors: dict[str, Place] = {}
        self._survey()

    def _survey(self) -> None:
        """Count countries, packs and places by the name that shows them."""
        for at, mention in enumerate(self.mentions):
            key = self.key(at)
            places = [self.gazetteer.places[place] for place in mention.candidates]
            for place in places:
                self.named.setdefault(place.id, set()).add(key)
            held = [place for place in places if not self.is_of_the_world(place)]
            if not held:
                self._of_one_country(key, places)
            places = held or places
            states = [place for place in places if place.kind == "country"]
            for place in states or (places if len(places) == 1 else ()):
                self.packs.setdefault(self.gazetteer.pack_of(place.id), set()).add(key)
                for country in (place.id,) if states else self.chain(place)[-1:]:
                    self._show(country, key)
                if place.kind not in _KINDS_OF_STATE and len(self.anchors) < _MOST_ANCHORS:
                    self.anchors[place.id] = place
        for country, adjective in self._parties():
            self._show(country, adjective)
        self._shown = self.countries.total()

    def _of_one_country(self, key: Key, places: list[Place]) -> None:
        """Count a country that has all places of a name, though nobody knows which is meant."""
        countries = {country for place in places for country in self.chain(place)[-1:]}
        if len(places) > 1 and len(countries) == 1:
            self._show(countries.pop(), key)

    @cached_property
    def name_map(self) -> NameMap:
        """Where the names of the text may lie."""
        may_mean = {self.key(at): mention.candidates for at, mention in enumerate(self.mentions)}
        places = self.gazetteer.places
        return NameMap({key: [places[id_] for id_ in ids] for key, ids in may_mean.items()})

    def has_world(self, at: int) -> bool:
        """Say whether places of the list of the world are candidates for a mention."""
        last = self.mentions[at].candidates[-1:]
        return bool(last) and self.gazetteer.pack_of(last[0]) == WORLD_LIST

    def is_of_the_world(self, place: Place) -> bool:
        """Say whether a place is one of the list of the world, which no pack has."""
        return self.gazetteer.pack_of(place.id) == WORLD_LIST

    def _show(self, country: str, key: Key) -> None:
        self.countries[country] += 1
        self._shown_by.setdefault(key, Counter())[country] += 1

    def _parties(self) -> list[tuple[str, Key]]:
        """Give the places of the parties whose one-word names or adjectives the text uses."""
        names = self.gazetteer.actor_names
        return [
            (place, (key,))
            for key in dict.fromkeys(self.around.keys)
            for actor in names.get((key,), ())
            if (place := self.gazetteer.actors[actor].place)
        ]

    def speaks_of(self, countries: Iterable[str], *, besides: Key) -> tuple[int, int]:
        """Give how often names other than ``besides`` show these countries, and any country."""
        own = self._shown_by.get(besides, Counter())
        ours = sum(self.countries[country] - own[country] for country in dict.fromkeys(countries))
        return ours, self._shown - own.total()

    def in_theatre(self, place: Place, *, besides: Key) -> bool:
        """Say whether other names show a country or party of the theatre of a place."""
        home = self.gazetteer.pack_of(place.id)
        pack = next((pack for pack in self.gazetteer.packs if pack.id == home), None)
        return (
            pack is not None
            and self.speaks_of((*pack.countries, *pack.parties), besides=besides)[0] > 0
        )

    def chain(self, place: Place) -> tuple[str, ...]:
        """Give the ids of a place's parents, nearest first."""
        if place.id not in self._chains:
            parents = self.gazetteer.parents(place, self.published)
            self._chains[place.id] = tuple([parent.id for parent in parents])
        return self._chains[place.id]

    def chose(self, at: int, place_id: str) -> None:
        """Keep what a mention was found to mean, for those after it."""
        if place_id:
            self.chosen[at] = place_id
            self.meant[self.key(at)] = place_id

    def key(self, at: int) -> tuple[str, ...]:
        """Give the word keys of a mention."""
        return tuple(self.around.keys[self.first[at] : self.last[at]])

    def between(self, at: int) -> list[str] | None:
        """Give the words between a mention and the one before, None across a sentence or mark."""
        if at not in self._between:
            self._between[at] = self._words_between(at)
        return self._between[at]

    def _words_between(self, at: int) -> list[str] | None:
        if at == 0 or at >= len(self.mentions) or not self.word(self.last[at - 1] - 1, at):
            return None
        words = range(self.last[at - 1], self.first[at])
        if len(words) > _FURTHEST or any(
            self.around.gap(word).strip(" ,(\u00a0") for word in (*words, self.first[at])
        ):
            return None
        return [self.around.keys[word] for word in words]

    def word(self, at: int, mention: int) -> str:
        """Give the key of word ``at`` if it is in the sentence of a mention."""
        return self.around.word(at, of=self.first[mention])

    def is_area_around(self, area: Place, town: Place) -> bool:
        """Say whether an area of a name holds the town of the same name."""
        spot, to = area.location, town.location
        km = haversine_km(lat=spot.lat, lon=spot.lon, to_lat=to.lat, to_lon=to.lon)
        return is_area_around(
            area.kind,
            town=town.kind,
            reaches=km * 1000 <= area.extent_m,
            chain=(area.id, *self.chain(area)),
            above=self.chain(town),
        )

    def is_stray(self, at: int, place: Place) -> str:
        """Tell how far a town lies from all that other names show, in a country they do not.

        Capitals and great cities are spoken of anywhere; of a town only its name is known to fit.
        """
        own = self.key(at)
        chain = self.chain(place)
        known = place.feature.code in CAPITALS or place.extent_m >= _GREAT_CITY_M
        if place.kind != "settlement" or known or not chain:
            return ""
        held = {place.id, *chain, *(dated.holder for dated in place.de_facto)}
        ours, total = self.speaks_of(held, besides=own)
        if ours or not total or self.in_theatre(place, besides=own):
            return ""
        shown = [self.gazetteer.places[country] for country in self.countries]
        others = [other for other in (*self.anchors.values(), *shown) if other.id not in held]
        nearest = self._nearest(place, others)
        if nearest is None or nearest[0] <= FAR_KM:
            return ""
        return f"{place.label} is {nearest[0]:.0f} km from all else and in a country not named"

    def nearest_anchor(self, place: Place) -> tuple[float, Place] | None:
        """Give the nearest other place that the text names without doubt, and how far it is."""
        return self._nearest(place, self.anchors.values())

    def _nearest(self, place: Place, to_others: Iterable[Place]) -> tuple[float, Place] | None:
        others = [other for other in to_others if other.id != place.id]
        if not others:
            return None
        spot = place.location
        shrink = cos(radians(spot.lat))
        # Flat and in degrees: enough to tell which is nearest, and cheap.
        nearest = min(
            others,
            key=lambda other: (
                (other.location.lat - spot.lat) ** 2
                + (shrink * ((other.location.lon - spot.lon + 180) % 360 - 180)) ** 2
            ),
        )
        to = nearest.location
        return haversine_km(lat=spot.lat, lon=spot.lon, to_lat=to.lat, to_lon=to.lon), nearest


def kind_words(at: int, context: Context) -> tuple[str, str]:
    """Give the word for the kind that the text puts before a name (or its list) and after it."""
    if at not in context.kinds:
        context.kinds[at] = _kind_words(at, context)
    return context.kinds[at]


def _kind_words(at: int, context: Context) -> tuple[str, str]:
    generics = word_lists("generics")
    known = _known_kinds()
    head = context.first[context.lists[at]]
    before = _before(head, at, context)
    if not before and head != context.first[at]:
        before = _before(context.first[at], at, context)
    last = context.last[at]
    inside = context.word(last - 1, at) if last - context.first[at] > 1 else ""
    after = context.word(last, at) if context.around.gap(last) in {" ", "\u00a0", "\n"} else ""
    if inside in known:
        after = inside
    elif after not in known or (after in generics["settlement"] and _names_next(at, context)):
        after = _shared_kind(at, context)
    first = context.word(context.first[at], at)
    if last - context.first[at] > 1 and first in generics["before_feature"]:
        after = after or first
    return before, after


def _shared_kind(at: int, context: Context) -> str:
    """Read "X, Y and Z provinces": a plural after a list tells what each of it is."""
    tail = context.members[context.lists[at]][-1]
    if tail == at or context.around.gap(context.last[tail]) not in {" ", "\u00a0"}:
        return ""
    word = context.word(context.last[tail], at)
    return word[:-1] if word.endswith("s") and word[:-1] in _known_kinds() else ""


def _names_next(at: int, context: Context) -> bool:
    """Read "the X town of Y": the word is Y's kind; "X village of Y district" tells that of X."""
    last = context.last[at]
    following = at + 1
    if context.word(last + 1, at) != "of" or following >= len(context.mentions):
        return False
    if context.first[following] != last + 2:
        return False
    generics = word_lists("generics")
    areas = generics["district"] | generics["province"]
    if context.word(context.last[following], at) in areas:
        return False
    if context.word(context.last[following] - 1, at) in areas:
        return False
    places = [context.gazetteer.places[place] for place in context.mentions[following].candidates]
    return not places or any(place.kind == "settlement" for place in places)


def _before(first: int, at: int, context: Context) -> str:
    """Read "the town of X", "villages X": the word for the kind, through "of" and "capital"."""
    if context.around.gap(first).strip() not in {"", "“", '"'}:
        return ""
    word = context.word(first - 1, at)
    if word == "of":
        word = context.word(first - 2, at)
    if word == "capital" and context.word(first - 2, at) in {"provincial", "regional", "district"}:
        return "city"
    known = _known_kinds()
    return word if word in known else ""


@cache
def _known_kinds() -> frozenset[str]:
    generics = word_lists("generics")
    kinds = ("settlement", "district", "province", "region", "country", "feature", "facility")
    return frozenset().union(*(generics[kind] for kind in kinds))


_STATED: tuple[PlaceKind, ...] = (
    "settlement", "district", "province", "feature", "facility", "country",
)  # fmt: skip


def text_kind(at: int, context: Context) -> PlaceKind | Literal[""]:
    """Give the kind that the words beside a name state, "" where they state none."""
    generics = word_lists("generics")
    before, after = kind_words(at, context)
    for word in (after, before):
        for kind in _STATED:
            if word and word in generics[kind]:
                return kind
    return ""
