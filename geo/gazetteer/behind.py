"""Packs with the list of the world behind them: places that a text names and no pack has.

Such a place is fetched when a text needs it, as a record like any other, with the id
``geonames-NUMBER``. What is fetched changes nothing for other texts: names are looked for in the
packs alone, and the world is asked name by name (``Behind.beyond``).
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Literal, cast

from geo.folding import name_key
from geo.gazetteer import Gazetteer
from geo.lookup.answers import WORLD_LIST
from geo.lookup.world_scripts import script_of
from geo.model import Belonging, Cite, FeatureType, Location, Name, Place, Source

if TYPE_CHECKING:
    from geo.lookup.world import World
    from geo.lookup.world_answers import WorldAnswer
    from geo.model import PlaceKind

    Key = tuple[str, ...]
    PointKind = Literal["site", "centroid", "representative"]

# Of the places of a name, those with most people: no text means the hundredth Springfield.
_MOST_PLACES = 60
# As in the pack ``world``: a built-up square kilometre of a large city holds about so many people.
_PEOPLE_PER_KM2 = 5000


def is_world_id(place_id: str) -> bool:
    """Tell whether an id is one of the list of the world, and of no pack."""
    return place_id.startswith(f"{WORLD_LIST}-")


class Behind(Gazetteer):
    """The gazetteer ``base``, and behind its names those of ``world``."""

    def __init__(self, base: Gazetteer, world: World) -> None:
        super().__init__(base.files)
        self._world, self.world = world, _source(world)
        self.sources = {**base.sources, WORLD_LIST: self.world}
        self.places = self._known = dict(base.places)
        # Whatever is looked for by name or shape is looked for in the packs.
        self.name_index, self._shapes = base.name_index, base._shapes  # noqa: SLF001
        self._forms_by_key = base._forms_by_key  # noqa: SLF001
        self._asked: dict[Key, tuple[tuple[str, ...], bool]] = {}
        self._held: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        self._divisions: dict[str, str] = {}
        for place in base.places.values():
            for index, authority in (
                (self._held, "geonames"),
                (self._countries, "iso3166-1"),
                (self._divisions, "iso3166-2"),
            ):
                if authority in place.concordances:
                    index.setdefault(place.concordances[authority], place.id)

    def beyond(self, key: Key, *, main: bool = False) -> tuple[str, ...]:
        """Give the ids of the places of a name in the world, of most people first.

        Those that are only called so beside their main name are left out where ``main`` is true,
        or where it is the main name of others. A place that a pack holds has its id there.
        """
        if key not in self._asked:
            answers = self._world.find(" ".join(key))
            named = [answer for answer in answers if name_key(answer.label) == key]
            chosen = (named or answers)[:_MOST_PLACES]
            ids = tuple(dict.fromkeys(self._fetched(answer) for answer in chosen))
            self._asked[key] = ids, bool(named)
        ids, is_main = self._asked[key]
        return ids if is_main or not main else ()

    def _fetched(self, answer: WorldAnswer) -> str:
        held = self._held.get(str(answer.number), answer.id)
        if held not in self._known:
            self._known[held] = self._place(answer)
        return held

    def _place(self, answer: WorldAnswer) -> Place:
        cite = Cite(source=WORLD_LIST, record=str(answer.number))
        class_, _, code = answer.code.partition(".")
        country, division, _ = answer.admin
        parents = [self._countries.get(country, "")]
        # Some countries' divisions have the letters of ISO 3166-2 in GeoNames; numbers are others.
        if division.isalpha():
            parents.insert(0, self._divisions.get(f"{country}-{division}", ""))
        location = Location(
            lat=answer.lat,
            lon=answer.lon,
            accuracy_m=answer.accuracy_m,
            kind=cast("PointKind", answer.location_kind),
            sources=(cite,),
        )
        return Place(
            id=answer.id,
            kind=cast("PlaceKind", answer.kind),
            feature=FeatureType(class_=class_, code=code, word=answer.word),
            location=location,
            names=tuple(
                Name(
                    text=text,
                    language="und",
                    script=script_of(text),
                    status="alternate",
                    source=cite,
                )
                for text in dict.fromkeys((answer.label, answer.matched))
            ),
            label=answer.label,
            extent_m=round(sqrt(answer.population / _PEOPLE_PER_KM2) * 10) * 100,
            de_jure=tuple(Belonging(source=cite, parent=parent) for parent in parents if parent)[
                :1
            ],
            concordances={"geonames": str(answer.number)},
            certainty="likely",
        )

    def pack_of(self, place_id: str) -> str:
        """Give the id of the pack that a place comes from, ``geonames`` for one of the world."""
        return self._pack_of.get(place_id, WORLD_LIST)


def _source(world: World) -> Source:
    """What the indexes say of themselves."""
    facts = world.facts()
    return Source(
        id=WORLD_LIST,
        citation="GeoNames: " + "; ".join(dict.fromkeys(fact["files"] for fact in facts)),
        licence=" and ".join(dict.fromkeys(fact["licence"] for fact in facts)),
        credit="GeoNames (geonames.org)",
        url="https://www.geonames.org/",
    )
