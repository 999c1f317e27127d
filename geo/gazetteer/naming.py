"""Which place of the gazetteer in memory a name or an id means, by the rules of the look-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.gazetteer import Gazetteer, Match, parent_id, valid_on
from geo.lookup.distances import check_point, haversine_km
from geo.lookup.ranking import ID_MARK, NO_RANK, Rank, is_area_around, name_rank, reasons, settled
from geo.lookup.verdicts import Verdict, verdict

if TYPE_CHECKING:
    import datetime as dt

    from geo.model import Place


class Choice(NamedTuple):
    """A place of a name, with its rank and the reasons for it; ``how`` as in ``Verdict``."""

    place: Place
    how: str
    matched: str
    rank: Rank
    reasons: tuple[str, ...]

    @property
    def id(self) -> str:
        """Id of the place."""
        return self.place.id

    @property
    def label(self) -> str:
        """Label of the place."""
        return self.place.label

    @property
    def word(self) -> str:
        """What the place is."""
        return self.place.feature.word


class Question(NamedTuple):
    """What is known beside the name: a day, and a point (lat, lon) that the places are near to."""

    on: dt.date | None = None
    near: tuple[float, float] | None = None


def choices(gazetteer: Gazetteer, name: str, asked: Question) -> tuple[Choice, ...]:
    """Give the places of a name or an id, best first: the id's own place before its namesakes.

    After "id:" stands an id and nothing else. The id may be that of another gazetteer.
    """
    if asked.near:
        check_point(lat=asked.near[0], lon=asked.near[1])
    matches = () if name.startswith(ID_MARK) else gazetteer.find(name, on=asked.on)
    found = [_choice(match, asked) for match in matches]
    if own := gazetteer.called(name.removeprefix(ID_MARK)):
        known = next((choice for choice in found if choice.id == own.id), None)
        found = [choice for choice in found if choice.id != own.id]
        found.insert(0, _identified(own, known, asked))
    # The sort is stable: among equals the order of packs and of records stays.
    return tuple(sorted(found, key=lambda choice: choice.rank))


def resolve_name(gazetteer: Gazetteer, name: str, asked: Question) -> Verdict:
    """Give what a name comes to; a place only if something decides between several."""
    found = choices(gazetteer, name, asked)
    return verdict(name, found, decided=is_settled(gazetteer, found, asked.on))


def is_settled(gazetteer: Gazetteer, found: tuple[Choice, ...], on: dt.date | None) -> bool:
    """Tell whether the first of the places of a name is the answer."""

    def is_around(area: Choice, town: Choice) -> bool:
        spot, centre = town.place.location, area.place.location
        km = haversine_km(lat=centre.lat, lon=centre.lon, to_lat=spot.lat, to_lon=spot.lon)
        return is_area_around(
            area.place.kind,
            town=town.place.kind,
            reaches=km * 1000 <= area.place.extent_m,
            chain=(area.id, *_above(gazetteer, area.place, on)),
            above=_above(gazetteer, town.place, on),
        )

    return settled(found, is_around)


def _choice(match: Match, asked: Question) -> Choice:
    place, form = match.place, match.name
    km, on = _km(place, asked), asked.on
    valid = on is None or (valid_on(form, on) and valid_on(place, on))
    standing = valid and not place.superseded_by
    rank = name_rank(
        how=match.how, valid=standing, status=form.status, kind=place.kind,
        extent_m=place.extent_m, km=km,
    )  # fmt: skip
    said = reasons(
        how=match.how, valid=valid if on else None, status=form.status, word=place.feature.word,
        km=km, on=on.isoformat() if on else "",
    )  # fmt: skip
    if place.superseded_by:
        said += (f"superseded by {place.superseded_by}",)
    return Choice(place, match.how, form.text, rank, said)


def _identified(place: Place, known: Choice | None, asked: Question) -> Choice:
    valid = asked.on is None or valid_on(place, asked.on)
    rank = (0 if valid else 1, 0, _km(place, asked) or 0.0, *NO_RANK[3:])
    said = known.reasons if known else (place.feature.word,)
    return Choice(place, "id", known.matched if known else place.id, rank, ("its id", *said))


def _km(place: Place, asked: Question) -> float | None:
    if asked.near is None:
        return None
    lat, lon = asked.near
    spot = place.location
    return haversine_km(lat=lat, lon=lon, to_lat=spot.lat, to_lon=spot.lon)


def _above(gazetteer: Gazetteer, place: Place, on: dt.date | None) -> tuple[str, ...]:
    """Ids of the chain of de jure parents, the last of which need be no place of these packs."""
    chain = (place, *gazetteer.parents(place, on))
    last = parent_id(chain[-1], on)
    known = tuple(parent.id for parent in chain[1:])
    return (*known, last) if last and last not in gazetteer.places else known
