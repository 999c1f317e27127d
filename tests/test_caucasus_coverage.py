"""Every settlement of the area is in the caucasus pack, or refused with a reason."""

from __future__ import annotations

import json
import math
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from geo.gazetteer import Gazetteer, load_gazetteer

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT.parent / "shared" / "reference"
FOLDER = ROOT / "gazetteer" / "caucasus"
# The share of the area's records that the pack holds or refuses, and how many there are at least.
FLOOR = 1.0
RECORDS = 2_700
HELD = 1_800
# What a refusal may say before its colon.
REASONS = {
    "Abandoned", "Duplicate", "No settlement", "No settlement in other lists", "No usable name",
    "Railway halt", "Wrong country",
}  # fmt: skip
SEATS = {"PPLA", "PPLA2"}
# Capitals stand in the world pack.
CAPITALS = {"587084", "616052"}
SETTLEMENTS = 1_900
COUNTRY_OF = {"Armenia": "armenia", "Azerbaijan": "azerbaijan"}

needs_lists = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference lists are not here")


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer("caucasus", "world")


@cache
def refusals() -> list[dict[str, Any]]:
    raw = (FOLDER / "refusals.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(raw)
    return found


@pytest.fixture(scope="module")
def decider() -> Any:
    """What tools/caucasus/curate_caucasus.py decides with, over the pack as it stands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools" / "caucasus"))
        import curate_caucasus

        features, refused = curate_caucasus.read_pack()
        yield curate_caucasus.decider_of(REFERENCE, features, refused)


@needs_lists
def test_every_record_of_the_area_is_held_or_refused(decider: Any) -> None:
    held, refused, neither = decider.coverage()
    assert held + refused + neither >= RECORDS
    assert held >= HELD
    assert (held + refused) / (held + refused + neither) >= FLOOR


@needs_lists
def test_the_area_reaches_where_it_should(decider: Any) -> None:
    def holds(lat: float, lon: float) -> bool:
        record = {"lat": lat, "lon": lon, "hierarchy": [], "country": "AZ"}
        return bool(decider.area.holds(record))

    assert holds(40.881, 45.389)  # Berd
    assert holds(39.209, 45.412)  # Nakhchivan
    assert holds(40.640, 45.526)  # Artsvashen, an exclave
    assert holds(39.815, 46.752)  # Stepanakert
    assert holds(39.140, 48.000) is False  # the Talysh mountains
    assert holds(40.789, 43.847) is False  # Gyumri


@needs_lists
def test_every_seat_is_held() -> None:
    held = {p.concordances.get("geonames") for p in gazetteer().places.values()}
    for country in ("AM", "AZ"):
        path = REFERENCE / f"cities500_2023_{country}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if cells[7] in SEATS and cells[0] not in CAPITALS:
                assert cells[0] in held, cells[1]


def test_refusals_say_why() -> None:
    ids = [refusal["id"] for refusal in refusals()]
    assert ids == sorted(set(ids))
    assert {refusal["reason"].split(":")[0] for refusal in refusals()} <= REASONS
    for refusal in refusals():
        assert refusal["name"].strip()
        assert len(refusal["reason"].split(":", 1)[1].strip()) > 3, refusal


def test_what_is_refused_is_not_held() -> None:
    held = {p.concordances.get("wof") for p in gazetteer().places.values()}
    for refusal in refusals():
        assert refusal["source"]["record"] not in held, refusal


def test_a_duplicate_is_of_a_place_that_is_there() -> None:
    for refusal in refusals():
        if refusal["reason"].startswith("Duplicate: "):
            twin = gazetteer().place(refusal["reason"].split()[1])
            north = (twin.location.lat - refusal["lat"]) * 111.32
            east = (twin.location.lon - refusal["lon"]) * 111.32 * math.cos(math.radians(40))
            assert math.hypot(north, east) < 7, refusal


def test_a_settlement_lies_in_the_country_whose_name_is_official() -> None:
    checked = 0
    for place in gazetteer().places.values():
        users = {n.user for n in place.names if n.status == "official"} & set(COUNTRY_OF)
        if place.kind == "settlement" and len(users) == 1:
            chain = [parent.id for parent in gazetteer().parents(place)]
            assert COUNTRY_OF[users.pop()] in chain, place.id
            checked += 1
    assert checked > SETTLEMENTS * 0.8


def test_points_of_second_sources_bear_out_what_is_certain() -> None:
    for place in gazetteer().places.values():
        spot = place.location
        for seen in spot.compared:
            north = (spot.lat - seen.lat) * 111_320
            east = (spot.lon - seen.lon) * 111_320 * math.cos(math.radians(spot.lat))
            far = math.hypot(north, east) > spot.accuracy_m * 1.02
            assert not (far and place.certainty == "certain"), place.id


def test_counts() -> None:
    ours = [p for p in gazetteer().places.values() if gazetteer().pack_of(p.id) == "caucasus"]
    settlements = [p for p in ours if p.kind == "settlement"]
    assert len(settlements) >= SETTLEMENTS
    users = Counter(n.user for p in settlements for n in p.names if n.user in COUNTRY_OF)
    assert 0.5 < users["Armenia"] / users["Azerbaijan"] < 2


def test_no_name_from_the_lists_is_an_everyday_word() -> None:
    chosen = json.loads(
        (ROOT / "tools" / "caucasus" / "caucasus_selection.json").read_text(encoding="utf-8")
    )
    for place in gazetteer().places.values():
        if gazetteer().pack_of(place.id) == "caucasus" and place.kind == "settlement":
            listed = {n.text for n in place.names if n.source.source == "wof"}
            assert not listed & set(chosen["never"]), place.id


@needs_lists
def test_a_second_run_of_the_script_finds_nothing(decider: Any) -> None:
    assert decider.candidates() == []
