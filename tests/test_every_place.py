"""Every place of every bundled pack, one case each: it is found, and it lies where it says."""

from __future__ import annotations

from functools import cache

import pytest

from geo.gazetteer import available_packs, load_gazetteer
from geo.gazetteer.areas import beyond_parent_km
from geo.gazetteer.checks.wording import label_parts
from geo.lookup.index import Index
from geo.lookup.index_build import write_index

# A chain of parents ends in a country; places of these kinds need none.
ON_THEIR_OWN = {"country", "macro", "line", "region", "feature"}
# Points that stand for a country of far islands are nobody's error.
FAR_ISLANDS = "country"


@cache
def gazetteer():
    """All bundled packs together, as a look-up has them."""
    return load_gazetteer(*available_packs())


@pytest.fixture(scope="session")
def index(tmp_path_factory):
    """The look-up index of the same packs, made anew."""
    path = tmp_path_factory.mktemp("index") / "every.sqlite"
    write_index(gazetteer(), path)
    opened = Index(str(path))
    yield opened
    opened.close()


@pytest.mark.parametrize("place_id", sorted(gazetteer().places))
def test_place(index, place_id):
    known = gazetteer()
    place = known.place(place_id)
    answer = index.place(place_id)
    assert answer is not None
    assert (answer.lat, answer.lon) == (place.location.lat, place.location.lon)
    assert (answer.accuracy_m, answer.certainty) == (place.location.accuracy_m, place.certainty)
    for name in place.names:
        ways = how_found(index, name.text, place_id)
        # A misspelling of one form may be another's folded form, which is the better match.
        exact = ways == ("exact", "exact")
        assert exact or (name.status == "misspelling" and all(ways)), name.text
    ways = [how_found(index, part, place_id) for part in (place.label, *label_parts(place.label))]
    assert any(map(all, ways)), place.label
    chain = known.parents(place)
    if place.kind not in ON_THEIR_OWN and not place.note:
        assert chain, "it lies in nothing and no note says why"
        assert chain[-1].kind in {"country", "macro"}, "its parents end short of a country"
    west, south, east, north = next(
        pack.bbox for pack in known.packs if pack.id == known.pack_of(place_id)
    )
    if place.kind not in {"country", "macro"}:
        assert west <= place.location.lon <= east
        assert south <= place.location.lat <= north
    if chain and not place.note and chain[0].kind != FAR_ISLANDS:
        assert beyond_parent_km(known, place, chain[0]) == 0


def how_found(index, text, place_id):
    """How both ways of looking a name up give the place: "exact", "folded" or ""."""
    match = next((m for m in gazetteer().find(text) if m.place.id == place_id), None)
    answer = next((a for a in index.find(text) if a.id == place_id), None)
    answered = "" if answer is None else "exact" if answer.matched == text else "folded"
    return match.how if match else "", answered
