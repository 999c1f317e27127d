"""Names that several places share: a look-up by such a name gives every one of them."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.folding import name_key
from geo.gazetteer import Gazetteer, load_gazetteer

if TYPE_CHECKING:
    from geo.model import Place

LISTED = Path(__file__).parents[1].parent / "shared" / "reference" / "geonames_homonyms_am_az.csv"
# Names that the list gives to a place of which GeoNames' own record of 2023 has no such name, and
# one that is the name of a region.
SLIPS = {"ajar", "ganca", "khachmas", "хачмас", "zangezur"}
# So many shared names the pack held when this was written; more are welcome.
PAIRS_LISTED = 28
PAIRS_ACROSS = 8
PAIRS_OWN = 400
ACROSS_OWN = 100


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer("caucasus", "world")


def found(text: str) -> set[str]:
    return {match.place.id for match in gazetteer().find(text)}


def ours() -> list[Place]:
    return [p for p in gazetteer().places.values() if gazetteer().pack_of(p.id) == "caucasus"]


def country(place: str) -> str:
    return gazetteer().parents(gazetteer().place(place))[-1].id


@cache
def listed() -> dict[str, list[str]]:
    """Folded name -> ids of the places that the pack holds, where it holds two or more."""
    if not LISTED.is_file():
        return {}
    ids = {p.concordances["geonames"]: p.id for p in ours() if "geonames" in p.concordances}
    held: dict[str, list[str]] = defaultdict(list)
    with LISTED.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["geonameid"] in ids:
                held[row["key"]].append(ids[row["geonameid"]])
    return {key: there for key, there in held.items() if len(there) > 1 and key not in SLIPS}


@cache
def shared_names() -> dict[str, set[str]]:
    """Attested name -> ids of the settlements that have it, where two or more do."""
    held: dict[tuple[str, ...], tuple[str, set[str]]] = {}
    for place in ours():
        if place.kind == "settlement":
            for name in place.names:
                held.setdefault(name_key(name.text), (name.text, set()))[1].add(place.id)
    return {text: ids for text, ids in held.values() if len(ids) > 1}


@pytest.mark.skipif(not LISTED.is_file(), reason="the list of homonyms is not here")
@pytest.mark.parametrize("key", sorted(listed()))
def test_every_listed_pair_is_found(key: str) -> None:
    assert set(listed()[key]) <= found(key)


@pytest.mark.skipif(not LISTED.is_file(), reason="the list of homonyms is not here")
def test_the_pack_holds_the_listed_pairs() -> None:
    across = [key for key, ids in listed().items() if len({country(i) for i in ids}) > 1]
    assert len(listed()) >= PAIRS_LISTED
    assert len(across) >= PAIRS_ACROSS


def test_every_shared_name_gives_all_its_places() -> None:
    for text, ids in shared_names().items():
        assert ids <= found(text), text


def test_names_shared_across_the_border_are_many_and_all_found() -> None:
    across = {t for t, ids in shared_names().items() if len({country(i) for i in ids}) > 1}
    assert len(shared_names()) >= PAIRS_OWN
    assert len(across) >= ACROSS_OWN
    for text in across:
        assert {country(i) for i in found(text)} >= {"armenia", "azerbaijan"}, text


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Tovuz", {"tovuz", "tavush-village", "berd"}),
        ("Martuni", {"martuni", "khojavend"}),
        ("Norashen", {"norashen", "norashen-julfa", "sharur"}),
        ("Chinari", {"chinari", "nerkin-shen"}),
        ("Hartashen", {"akhullu", "hartashen-syunik"}),
        ("Gandzak", {"gandzak-gegharkunik", "ganja"}),
        ("Vank", {"chinarli-khojavend", "vang", "vank-syunik"}),
        ("Yenikend", {"yenikand-agstafa", "yenikand-tovuz", "yenikend"}),
    ],
)
def test_names_of_both_sides_of_the_front(text: str, ids: set[str]) -> None:
    assert ids <= found(text)


def test_settlements_of_one_official_name_are_apart() -> None:
    """Two records nearer than a village is wide are one village twice."""
    official: dict[str, list[str]] = defaultdict(list)
    for place in ours():
        if place.kind == "settlement" and not place.superseded_by:
            for text in {n.text for n in place.names if n.status == "official"}:
                official[text].append(place.id)
    for text, ids in official.items():
        for one, other in combinations(ids, 2):
            spot = gazetteer().place(one).location
            near = gazetteer().near(lat=spot.lat, lon=spot.lon, km=1.5)
            assert other not in {n.place.id for n in near}, (text, one, other)
