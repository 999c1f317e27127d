"""Packs in memory: places with their names, shapes, actors and sources.

A pack is a folder (see DESIGN.md). Packs are given in order of priority: the theatre first, the
world after it. A record that breaks its form is left out and told in ``Gazetteer.problems``; the
rest is used.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from geo.errors import UnknownPlace
from geo.folding import name_key
from geo.gazetteer.matching import Match, NameTable, valid_on
from geo.gazetteer.name_index import (
    ActorEntry,
    KeyedForm,
    NameEntry,
    actor_index,
    is_abbreviation,
    name_index,
)
from geo.gazetteer.packs import PackFiles, read_pack
from geo.lookup.bundled import available_packs, pack_folder
from geo.lookup.distances import box, haversine_km

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from geo.gazetteer.misspelt import Speller, Suggestion
    from geo.gazetteer.place_keys import PlaceKey
    from geo.model import Actor, Belonging, Pack, Place, Problem, Shape, Source

    # First and last day of a period; None is open.
    _Days = tuple[dt.date | None, dt.date | None]

__all__ = [
    "Gazetteer",
    "Match",
    "NameEntry",
    "Nearby",
    "available_packs",
    "is_abbreviation",
    "load_gazetteer",
    "parent_id",
    "valid_on",
]

_R = TypeVar("_R", "Actor", "Source")

# A chain of parents longer than this is a circle that the checks report.
_MAX_PARENTS = 12
# Articles of many days ask for the parents of the same few places.
_MEMO_LIMIT = 100_000
_SUGGESTIONS = 3


class Nearby(NamedTuple):
    """A place and its distance from the point asked for."""

    place: Place
    km: float


class Gazetteer:
    """The places of one or more packs. Built once, then only read.

    ``world`` is the list of the world behind the packs as a source; None where there is none.
    """

    world: Source | None = None

    def __init__(self, packs: Iterable[PackFiles]) -> None:
        self.files = tuple(packs)
        self.packs: tuple[Pack, ...] = tuple(files.pack for files in self.files)
        problems = [problem for files in self.files for problem in files.problems]
        self.places: Mapping[str, Place] = self._merge(problems)
        self.actors: Mapping[str, Actor] = _first(a for f in self.files for a in f.actors)
        self.sources: Mapping[str, Source] = _first(s for f in self.files for s in f.sources)
        self.problems: tuple[Problem, ...] = tuple(problems)
        self._chains: dict[tuple[str, dt.date | None], tuple[Place | None, tuple[Place, ...]]] = {}

    def _merge(self, problems: list[Problem]) -> Mapping[str, Place]:
        """All places by id in order of priority; an id seen before keeps its first place."""
        places: dict[str, Place] = {}
        self._pack_of: dict[str, str] = {}
        self._files_of: dict[str, PackFiles] = {}
        for files in self.files:
            for place in files.places:
                if place.id in places:
                    if not _same_place(place, places[place.id]):
                        problems.append(_duplicate(place, files.pack.id, self._pack_of[place.id]))
                    continue
                places[place.id] = place
                self._pack_of[place.id] = files.pack.id
                self._files_of[place.id] = files
        return places

    def place(self, place_id: str) -> Place:
        """Give the place of this id; raise UnknownPlace with the nearest ids.

        >>> gazetteer = load_gazetteer("world")
        >>> gazetteer.place("kyiv").label
        'Kyiv'
        """
        try:
            return self.places[place_id]
        except KeyError:
            import difflib

            near = difflib.get_close_matches(place_id, self.places, _SUGGESTIONS)
            hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
            raise UnknownPlace(f"no place has the id {place_id!r}{hint}") from None

    def pack_of(self, place_id: str) -> str:
        """Give the id of the pack that a place comes from."""
        self.place(place_id)
        return self._pack_of[place_id]

    def find(self, name: str, *, on: dt.date | None = None) -> tuple[Match, ...]:
        """Give the places of this name, best first; ``on`` ranks names not valid that day lower.

        Case, marks and script do not matter. All places of the name are given, also where one is
        the likeliest by far: ``geo.gazetteer.naming`` tells whether something decides.

        >>> gazetteer = load_gazetteer("world")
        >>> [(match.place.id, match.name.text, match.how) for match in gazetteer.find("КИЇВ")]
        [('kyiv', 'Київ', 'folded')]
        """
        return self._names.find(name, on=on)

    @cached_property
    def _names(self) -> NameTable:
        return NameTable(self._forms_by_key, self._pack_of)

    def suggest(self, names: Iterable[str], *, edits: int = 2) -> Iterator[tuple[Suggestion, ...]]:
        """Yield for each name what it may have meant: all names that are the fewest edits away.

        Complete up to ``edits``, at most 2; empty where nothing is as near. Never an answer.

        >>> gazetteer = load_gazetteer("world")
        >>> [names[0].name for names in gazetteer.suggest(["Kyjiv", "Warsav"])]
        ['Kyiv', 'Warsaw']
        """
        return (self._speller.suggest(name, edits=edits) for name in names)

    @cached_property
    def _speller(self) -> Speller:
        from geo.gazetteer.misspelt import Speller

        return Speller(self._forms_by_key)

    @cached_property
    def name_index(self) -> Mapping[str, tuple[NameEntry, ...]]:
        """First word key -> the names that begin with it, longest first."""
        return name_index(self._forms_by_key)

    def forms(self, key: tuple[str, ...]) -> tuple[KeyedForm, ...]:
        """Give the places and names that the keys of a name's words mean, and how they match."""
        return self._forms_by_key.get(key, ())

    @cached_property
    def _forms_by_key(self) -> Mapping[tuple[str, ...], tuple[KeyedForm, ...]]:
        forms: dict[tuple[str, ...], list[KeyedForm]] = {}
        for place in self.places.values():
            for key, n, how in self.keys_of(place):
                forms.setdefault(key, []).append((place, place.names[n], how))
        return {key: tuple(found) for key, found in forms.items()}

    def keys_of(self, place: Place) -> tuple[PlaceKey, ...]:
        """Give every key that means a place, the number of the name behind it, and how."""
        return self._files_of[place.id].keys[place.id]

    def beyond(self, key: tuple[str, ...], *, main: bool = False) -> tuple[str, ...]:
        """Give the ids of places that no pack has by this name; there are none behind packs alone.

        ``geo.gazetteer.behind`` has the list of the world there.
        """
        del key, main
        return ()

    @cached_property
    def actor_index(self) -> Mapping[str, tuple[ActorEntry, ...]]:
        """First word key -> names and adjectives of actors that begin with it, longest first."""
        return actor_index(self.actors.values())

    @cached_property
    def actor_names(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Word keys of nouns and adjectives -> ids of the actors that they mean."""
        ids: dict[tuple[str, ...], dict[str, None]] = {}
        for actor in self.actors.values():
            for form in actor.names + actor.adjectives:
                if key := name_key(form):
                    ids.setdefault(key, {})[actor.id] = None
        return {key: tuple(actors) for key, actors in ids.items()}

    def parents(self, place: Place, on: dt.date | None = None) -> tuple[Place, ...]:
        """Give the chain of de jure parents, nearest first, as of a date (None: the latest)."""
        known, chain = self._chains.get((place.id, on), (None, ()))
        if known is not place:
            if len(self._chains) >= _MEMO_LIMIT:
                self._chains.clear()
            chain = tuple(self._above(place, on))
            self._chains[place.id, on] = place, chain
        return chain

    def _above(self, place: Place, on: dt.date | None) -> list[Place]:
        chain: list[Place] = []
        seen = {place.id}
        while len(chain) < _MAX_PARENTS:
            parent = self.places.get(parent_id(place, on))
            if parent is None or parent.id in seen:
                break
            seen.add(parent.id)
            chain.append(parent)
            place = parent
        return chain

    def within(
        self, place_id: str, *, on: dt.date | None = None, de_facto: bool = True
    ) -> tuple[Place, ...]:
        """Give every place that records count into this one on a day, at any depth, sorted by id.

        ``on`` None takes what was so on any one day. ``de_facto`` counts also what those who held a
        place counted it into; without it, de jure statements alone. The place itself is not given.

        >>> gazetteer = load_gazetteer("world")
        >>> "kyiv" in [place.id for place in gazetteer.within("ukraine")]
        True
        """
        self.place(place_id)
        stack: list[tuple[str, _Days]] = [(place_id, (on, on))]
        seen = set(stack)
        while stack:
            area, days = stack.pop()
            for child, stated, is_de_facto in self._children.get(area, ()):
                overlap = _overlap(days, stated)
                if overlap is None or (is_de_facto and not de_facto) or child == place_id:
                    continue
                if (child, overlap) not in seen:
                    seen.add((child, overlap))
                    stack.append((child, overlap))
        inside = {child for child, _ in seen} - {place_id}
        return tuple(self.places[child] for child in sorted(inside))

    @cached_property
    def _children(self) -> Mapping[str, tuple[tuple[str, Belonging, bool], ...]]:
        """Parent -> (place, the statement, whether it is a de facto one)."""
        children: dict[str, list[tuple[str, Belonging, bool]]] = {}
        for place in self.places.values():
            for stated, is_de_facto in ((place.de_jure, False), (place.de_facto, True)):
                for belonging in stated:
                    if belonging.parent:
                        entry = place.id, belonging, is_de_facto
                        children.setdefault(belonging.parent, []).append(entry)
        return {parent: tuple(entries) for parent, entries in children.items()}

    def near(
        self, *, lat: float, lon: float, km: float = 25.0, limit: int | None = None
    ) -> tuple[Nearby, ...]:
        """Give the places within ``km`` of a point, nearest first, measured on a sphere.

        >>> gazetteer = load_gazetteer("world")
        >>> [(near.place.id, round(near.km)) for near in gazetteer.near(lat=50.4, lon=30.5, km=10)]
        [('kyiv', 6)]
        """
        around = box(lat=lat, lon=lon, km=km)
        found = []
        for place in self.places.values():
            spot = place.location
            if around.holds(lat=spot.lat, lon=spot.lon):
                distance = haversine_km(lat=lat, lon=lon, to_lat=spot.lat, to_lon=spot.lon)
                if distance <= km:
                    found.append(Nearby(place, distance))
        return tuple(sorted(found, key=lambda near: (near.km, near.place.id))[:limit])

    def called(self, place_id: str) -> Place | None:
        """Give the place of an id, or of one of another gazetteer: "wikidata:Q90", "Q90" alone.

        None where there is none.
        """
        if place_id[:1] in {"Q", "q"} and place_id[1:].isdecimal():
            place_id = f"wikidata:Q{place_id[1:]}"
        return self.places.get(place_id) or self._linked.get(place_id)

    @cached_property
    def _linked(self) -> Mapping[str, Place]:
        """Authority and id there, with a colon between -> the place."""
        return {
            f"{authority}:{value}": place
            for place in reversed(list(self.places.values()))
            for authority, value in place.concordances.items()
        }

    def shapes(self, place_id: str, *, on: dt.date | None = None) -> tuple[Shape, ...]:
        """Give the lines and areas of a place valid on a date (None: all)."""
        return tuple(
            shape for shape in self._shapes.get(place_id, ()) if on is None or valid_on(shape, on)
        )

    @cached_property
    def _shapes(self) -> Mapping[str, tuple[Shape, ...]]:
        shapes: dict[str, list[Shape]] = {}
        for files in self.files:
            for shape in files.shapes:
                shapes.setdefault(shape.place, []).append(shape)
        return {place: tuple(found) for place, found in shapes.items()}

    @property
    def all_shapes(self) -> tuple[Shape, ...]:
        """Every line and area, in the order of the packs."""
        return tuple(shape for files in self.files for shape in files.shapes)

    def sources_of(self, pack_id: str) -> Mapping[str, Source]:
        """Give the sources that records of one pack may cite."""
        return {s.id: s for f in self.files if f.pack.id == pack_id for s in f.sources}

    def outlines(self) -> Iterator[tuple[str, bytes]]:
        """Yield pack id and bytes of each display outline file, for drawing only."""
        for files in self.files:
            path = files.folder / "outlines.geojson"
            if path.is_file():
                yield files.pack.id, path.read_bytes()

    @cached_property
    def digest(self) -> str:
        """Give the SHA-256 over names and bytes of the packs' files."""
        total = hashlib.sha256()
        for files in self.files:
            total.update(f"{files.pack.id} {files.digest}\n".encode())
        return total.hexdigest()


def _same_place(one: Place, other: Place) -> bool:
    """Tell whether two packs describe one place: a theatre may hold a capital of the world pack."""
    return any(
        value and other.concordances.get(authority) == value
        for authority, value in one.concordances.items()
    )


def _duplicate(place: Place, pack: str, known: str) -> Problem:
    from geo.model import Problem

    return Problem(
        code="duplicate-id",
        message=f"{place.id!r} is already a place of pack {known!r}; this one is left out",
        where=f"{pack}/places.geojson",
        remedy="give one of the two another id",
        severity="error",
    )


def load_gazetteer(*packs: str | Path) -> Gazetteer:
    """Read packs, given as ids of bundled packs or as folders, the first with priority."""
    folders = dict.fromkeys(pack_folder(pack) for pack in packs)
    return Gazetteer(read_pack(Path(folder)) for folder in folders)


def _first(records: Iterable[_R]) -> Mapping[str, _R]:
    """Give records by id; where packs share an id, the first pack's."""
    by_id: dict[str, _R] = {}
    for record in records:
        by_id.setdefault(record.id, record)
    return by_id


def _overlap(days: _Days, stated: Belonging) -> _Days | None:
    """First and last day of a period on which a statement held too; None where there is none."""
    start = max(filter(None, (days[0], stated.start)), default=None)
    end = min(filter(None, (days[1], stated.end)), default=None)
    return None if start and end and start > end else (start, end)


def parent_id(place: Place, on: dt.date | None) -> str:
    """Id of the parent on a date; without one, of the statement that holds longest."""
    import datetime as dt

    stated = [b for b in place.de_jure if b.parent]
    if on is not None:
        stated = [b for b in stated if valid_on(b, on)]
    stated.sort(key=lambda b: b.end or dt.date.max, reverse=True)
    return stated[0].parent if stated else ""
