"""How deeply a pack treats each side. The sides are those that ``pack.json`` names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Cite, Place


class Side(NamedTuple):
    """Counts of one side.

    ``places`` belong de jure, through whatever chain, to its country; ``names`` and ``sources`` are
    theirs. ``names_used`` are the names of any place whose user it is. ``with_all_users`` of its
    places have a name of every side, ``second_source`` a second source for their point.
    """

    id: str
    label: str
    places: int
    names: int
    names_used: int
    sources: int
    with_all_users: int
    second_source: int

    @property
    def names_per_place(self) -> float:
        """Names of a place on average; 0 without places."""
        return self.names / self.places if self.places else 0.0

    def share(self, count: int) -> float:
        """Give a count as a share of its places; 0 without places."""
        return count / self.places if self.places else 0.0


class _Named(NamedTuple):
    """Sides by id: their label, the words that names give as their user, and country -> side."""

    labels: dict[str, str]
    users: dict[str, frozenset[str]]
    territory: dict[str, str]


def sides(gazetteer: Gazetteer, files: PackFiles) -> tuple[Side, ...]:
    """Give the sides of a pack in the order of ``parties``; countries of no party come after."""
    named = _named(gazetteer, files)
    owned: dict[str, list[Place]] = {side: [] for side in named.labels}
    for place in files.places:
        chain = (place, *gazetteer.parents(place))
        side = next((named.territory[p.id] for p in chain if p.id in named.territory), "")
        if side:
            owned[side].append(place)
    used = Counter(name.user for place in files.places for name in place.names)
    parties = [named.users[party] for party in files.pack.parties]
    return tuple(
        Side(
            id=side,
            label=named.labels[side],
            places=len(places),
            names=sum(len(place.names) for place in places),
            names_used=sum(used[user] for user in named.users[side]),
            sources=len({cite.source for place in places for cite in _cited(place)}),
            with_all_users=sum(_named_by_all(place, parties) for place in places),
            second_source=sum(map(has_second_source, places)),
        )
        for side, places in owned.items()
    )


def _named(gazetteer: Gazetteer, files: PackFiles) -> _Named:
    found = _Named({}, {}, {})
    countries = set(files.pack.countries)
    for party in files.pack.parties:
        actor = gazetteer.actors.get(party)
        found.labels[party] = actor.label if actor else party
        found.users[party] = frozenset((party, *((actor.label, *actor.names) if actor else ())))
        if actor and actor.place in countries:
            found.territory[actor.place] = party
    for country in sorted(countries - found.territory.keys()):
        known = gazetteer.places.get(country)
        found.territory[country] = country
        found.labels[country] = known.label if known else country
        found.users[country] = frozenset({country, found.labels[country]})
    return found


def _named_by_all(place: Place, parties: list[frozenset[str]]) -> bool:
    used = {name.user for name in place.names}
    return all(used & users for users in parties)


def has_second_source(place: Place) -> bool:
    """Tell whether a second source gives the point of a place, or a point to compare it with."""
    cited = {cite.source for cite in place.location.sources}
    return len(cited | {seen.source.source for seen in place.location.compared}) > 1


def _cited(place: Place) -> Iterable[Cite]:
    yield from place.location.sources
    yield from (seen.source for seen in place.location.compared)
    yield from (name.source for name in place.names)
    yield from (stated.source for stated in place.de_jure + place.de_facto)
