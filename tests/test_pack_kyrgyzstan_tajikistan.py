"""The pack of the Kyrgyzstan-Tajikistan border: every place, its traps, and a text read with it."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from geo.articles import read_articles
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.checks import check_packs
from geo.lookup.distances import haversine_km
from geo.pipeline import build, packs_for, read_all

PACK = "kyrgyzstan-tajikistan"
FOLDER = Path(__file__).parents[1] / "gazetteer" / PACK
STATES = {"kyrgyzstan": "Kyrgyzstan", "tajikistan": "Tajikistan"}
IDS = [f["id"] for f in json.loads((FOLDER / "places.geojson").read_text("utf-8"))["features"]]
# Language -> letters that it does not have.
LETTERS = {"ky": "ҷқғҳӯӣҶҚҒҲӮӢ", "ru": "өүңҷқғҳӯӣ", "tg": "өүңӨҮҢ"}
OTHER = {"ky": "Tajikistan", "tg": "Kyrgyzstan"}


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer(PACK, "world")


def ours():
    return [gazetteer().place(id_) for id_ in IDS]


def km(one, other):
    a, b = gazetteer().place(one).location, gazetteer().place(other).location
    return haversine_km(lat=a.lat, lon=a.lon, to_lat=b.lat, to_lon=b.lon)


def found(name):
    return {match.place.id for match in gazetteer().find(name) if match.place.id in set(IDS)}


def state(place):
    chain = [place.id, *(parent.id for parent in gazetteer().parents(place))]
    return next((id_ for id_ in chain if id_ in STATES), "")


# -- the whole -------------------------------------------------------------------------------------


def test_the_pack_is_clean():
    problems = check_packs(gazetteer(), only=[PACK])
    assert [p for p in problems if p.severity != "note"] == []


def test_it_covers_the_theatre():
    kinds = Counter(place.kind for place in ours())
    assert kinds["settlement"] >= 80
    assert kinds["district"] >= 9
    assert kinds["line"] == 1
    states = Counter(state(place) for place in ours())
    assert min(states["kyrgyzstan"], states["tajikistan"]) >= 40


@pytest.mark.parametrize("id_", IDS)
def test_a_place(id_):
    place = gazetteer().place(id_)
    assert gazetteer().pack_of(id_) == PACK
    assert place.names
    assert place.location.sources
    assert place.kind == "line" or place.extent_m > 0
    # What belongs to neither state is disputed, shared, or a third state's.
    if state(place) not in STATES:
        assert id_ in {
            "golovnoy-water-intake", "isfara-river", "kyrgyzstan-tajikistan-border",
            "ravon", "shohimardon", "sokh-exclave", "tort-kocho",
        }  # fmt: skip
    for name in place.names:
        # A letter that an alphabet has for itself is not written by the neighbour's language.
        for language, letters in LETTERS.items():
            assert name.language != language or not set(name.text) & set(letters)
        assert name.user in {*STATES.values(), "Uzbekistan", ""}
        assert name.status != "official" or name.user != OTHER.get(name.language)
    sightings = [
        haversine_km(
            lat=place.location.lat, lon=place.location.lon, to_lat=seen.lat, to_lon=seen.lon
        )
        for seen in place.location.compared
    ]
    if place.certainty == "certain":
        assert place.kind == "province" or min(sightings) * 1000 <= place.location.accuracy_m
    if sightings and min(sightings) * 1000 > place.location.accuracy_m:
        assert place.note


def test_uncertain_places_say_why():
    uncertain = [place for place in ours() if place.certainty == "uncertain"]
    assert uncertain
    assert [place.id for place in uncertain if not place.note] == []


def test_villages_lie_by_their_districts():
    """No farther from the middle of the district than half as far again as it reaches."""
    for place in ours():
        parents = gazetteer().parents(place)
        if place.kind == "settlement" and parents and parents[0].kind == "district":
            reach = 1.5 * (parents[0].extent_m + parents[0].location.accuracy_m) / 1000
            assert km(place.id, parents[0].id) <= reach, place.id


def test_no_place_is_also_a_refusal():
    (files, _) = gazetteer().files
    refused = {refusal.source.record for refusal in files.refusals}
    assert refused
    assert all(refusal.reason for refusal in files.refusals)
    assert refused & {place.concordances.get("wof") for place in ours()} == set()


# -- names -----------------------------------------------------------------------------------------

NAMES = [
    ("Ак-Сай", "ak-sai"), ("Aksay", "ak-sai"), ("Ак-Татыр", "ak-tatyr"), ("Batkent", "batken"),
    ("Баткен облусу", "batken-region"), ("Чоркӯҳ", "chorkuh"), ("Чорку", "chorkuh"),
    ("Chorku", "chorkuh"), ("Khodjai-Alo", "khojai-alo"), ("Хоҷаи Аъло", "khojai-alo"),
    ("Лаккон", "lakkon"), ("Овчиқалъача", "ovchi-qalacha"), ("Ovchi-Kalacha", "ovchi-qalacha"),
    ("Паскы-Арык", "pasky-aryk"), ("Самаркандек", "samarkandyk"), ("Сурх", "surkh"),
    ("Vorukh enclave", "vorukh-exclave"), ("Ворух", "vorukh"),
    ("Histevarz", "khistevarz"), ("Кистакуз", "khistevarz"), ("Razzakov", "isfana"),
    ("Golovnoi", "golovnoy-water-intake"),
    ("Kyrgyz-Tajik border", "kyrgyzstan-tajikistan-border"),
    ("Bahri Tochik Reservoir", "kayrakkum-reservoir"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "id_"), NAMES)
def test_a_name_of_either_side_finds_its_place(name, id_):
    assert id_ in found(name)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Dostuk", {"dostuk-batken", "dostuk-leilek"}),
        ("Kok-Tash", {"kok-tash-batken", "kok-tash-leilek"}),
        ("Bulak-Bashy", {"bulak-bashy-batken", "bulak-bashy-leilek", "bulak-bashy-town"}),
        ("Kara-Bulak", {"kara-bulak-batken", "kara-bulak-leilek"}),
        ("Korgon", {"korgon-batken", "korgon-leilek"}),
    ],
)
def test_homonyms_are_places_of_their_own(name, ids):
    assert ids <= found(name)
    assert all(km(a, b) > 5 for a in ids for b in ids if a != b)


@pytest.mark.parametrize("name", ["International", "Kim", "Moskva", "Rabat", "Boston", "Frunze"])
def test_a_name_that_means_something_else_in_news_is_out(name):
    assert found(name) == set()


def test_town_and_district_are_two():
    for town, district in [("isfara", "isfara-district"), ("konibodom", "konibodom-district")]:
        assert gazetteer().place(town).kind == "settlement"
        assert gazetteer().parents(gazetteer().place(town))[0].id == district


def test_a_place_of_the_world_pack_keeps_its_id():
    for id_ in ("batken", "batken-region", "isfara", "khujand", "sughd-region"):
        assert gazetteer().pack_of(id_) == PACK
    assert gazetteer().problems == ()


def test_what_each_side_claims_belongs_to_neither():
    assert gazetteer().place("tort-kocho").de_jure == ()
    intake = gazetteer().place("golovnoy-water-intake")
    assert intake.de_jure == ()
    assert km("golovnoy-water-intake", "khojai-alo") < 3
    assert km("golovnoy-water-intake", "kok-tash-batken") < 3


# -- shapes ----------------------------------------------------------------------------------------


def test_border_and_provinces_are_drawn():
    assert {s.id for s in gazetteer().shapes("kyrgyzstan-tajikistan-border")} == {
        "kyrgyzstan-tajikistan-border", "kyrgyzstan-tajikistan-border-exclaves",
    }  # fmt: skip
    for province in ("batken-region", "sughd-region"):
        (shape,) = gazetteer().shapes(province)
        assert shape.kind == "area"
        assert "had not been agreed" in shape.note


# -- a text read with it ---------------------------------------------------------------------------

REPORT = """---
title: Border guards trade fire
publisher: The Valley Wire
published: 2022-09-16
---

Kyrgyzstan said Tajik forces shelled the village of Ak-Sai early on Friday and fired mortars at a \
post near Kok-Tash in Batken region. Tajikistan denied it.

The Border Troops of Tajikistan said that Khojai Alo and Surkh had been shelled.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("articles") / "report.md"
    path.write_text(REPORT, "utf-8")
    (article,), problems = read_articles([path])
    assert problems == ()
    return article


def test_the_pack_is_chosen_by_what_a_text_names(report):
    assert packs_for(report) == (PACK, "world")


def test_places_and_both_parties_are_found(report):
    (reading,), _ = read_all([report])
    resolved = {r.mention.text: r.place_id for r in reading.resolutions if r.place_id}
    assert resolved["Ak-Sai"] == "ak-sai"
    assert resolved["Kok-Tash"] == "kok-tash-batken"
    assert resolved["Khojai Alo"] == "khojai-alo"
    assert resolved["Surkh"] == "surkh"
    claims = {
        (p.place_id, c.claimant_id) for e in reading.events for p in e.places for c in e.claims
    }
    assert ("ak-sai", "kyrgyzstan") in claims
    assert ("ak-sai", "tajikistan") in claims
    assert ("khojai-alo", "tajikistan-border-troops") in claims
    assert {a.group for a in gazetteer().actors.values() if a.id == "tajikistan-border-troops"} == {
        "tajikistan"
    }


def test_the_page_is_of_this_theatre(report):
    made = build([report])
    assert "Reported clashes: Kyrgyzstan–Tajikistan border, 2022" in made.files["map.html"].decode()
    assert b'"ak-sai"' in made.files["map.geojson"]
