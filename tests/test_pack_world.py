"""The world pack: every record of it, and what must be in it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import msgspec
import pytest

from geo.model import Actor, Pack, Place, Source

PACK = Path(__file__).parents[1] / "gazetteer" / "world"
SCRIPTS = {
    "Arab": "ARABIC",
    "Armn": "ARMENIAN",
    "Cyrl": "CYRILLIC",
    "Geor": "GEORGIAN",
    "Grek": "GREEK",
    "Hebr": "HEBREW",
    "Latn": "LATIN",
}
MAX_BYTES = 4_200_000
# Members from every continent, the two observers, Kosovo and Taiwan.
SAMPLE = """
afghanistan albania algeria argentina armenia australia azerbaijan bangladesh belgium brazil
burkina-faso cameroon canada chad chile china colombia cuba cyprus czechia
democratic-republic-of-the-congo egypt eritrea eswatini ethiopia fiji france georgia germany
ghana haiti india indonesia iran iraq ireland israel italy ivory-coast japan jordan kazakhstan
kenya kosovo kuwait kyrgyzstan lebanon libya mali mexico moldova montenegro morocco mozambique
myanmar nepal netherlands new-zealand niger nigeria north-korea north-macedonia norway pakistan
palau palestine papua-new-guinea peru philippines poland qatar republic-of-the-congo romania
russia rwanda samoa saudi-arabia senegal serbia sierra-leone singapore somalia south-africa
south-korea south-sudan spain sri-lanka sudan sweden switzerland syria taiwan tajikistan
thailand east-timor turkey turkmenistan tuvalu uganda ukraine united-arab-emirates
united-kingdom united-states uzbekistan vatican-city venezuela vietnam yemen zambia zimbabwe
"""


def read(name):
    return (PACK / name).read_text(encoding="utf-8")


FEATURES = json.loads(read("places.geojson"))["features"]
ACTOR_ROWS = json.loads(read("actors.json"))


def as_place(feature):
    lon, lat = feature["geometry"]["coordinates"]
    properties = feature["properties"]
    location = properties["location"] | {"lat": lat, "lon": lon}
    row = properties | {"id": feature["id"], "location": location}
    return msgspec.convert(row, Place)


def places():
    return {feature["id"]: as_place(feature) for feature in FEATURES}


PLACES = places()
ACTORS = {row["id"]: msgspec.convert(row, Actor) for row in ACTOR_ROWS}
SOURCES = {row["id"]: msgspec.convert(row, Source) for row in json.loads(read("sources.json"))}
COUNTRIES = [place for place in PLACES.values() if place.kind == "country"]


def ids(records):
    return [record.id for record in records]


def text_script(text):
    """The one script of the letters, by their Unicode names; a set where there are several."""
    found = {
        unicodedata.name(letter).partition(" ")[0]
        for letter in text
        if letter.isalpha() and not unicodedata.name(letter).startswith("MODIFIER")
    }
    return found.pop() if len(found) == 1 else found


@pytest.mark.parametrize("place", PLACES.values(), ids=ids(PLACES.values()))
def test_place(place):
    assert place.label
    assert place.names
    assert place.names[0].language == "en"
    assert -90 <= place.location.lat <= 90
    assert -180 <= place.location.lon <= 180
    # The middle of nothing lies at 0, 0: so do places of a package without a point.
    assert abs(place.location.lat) + abs(place.location.lon) > 0.5
    assert place.location.accuracy_m >= 500
    assert place.location.sources
    for name in place.names:
        assert name.text == " ".join(name.text.split())
        assert text_script(name.text) == SCRIPTS[name.script], name
        assert name.source.source in SOURCES
    cites = (*place.location.sources, *(b.source for b in (*place.de_jure, *place.de_facto)))
    assert {cite.source for cite in cites} <= set(SOURCES)
    assert {belonging.parent for belonging in place.de_jure} <= {c.id for c in COUNTRIES}
    pairs = [(name.text, name.language) for name in place.names]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("country", COUNTRIES, ids=ids(COUNTRIES))
def test_country_has_capital_and_actor(country):
    capitals = [
        place.id
        for place in PLACES.values()
        if place.feature.code == "PPLC" and country.id in {b.parent for b in place.de_jure}
    ]
    assert len(capitals) == 1 or country.note
    actor = ACTORS[country.id]
    assert actor.kind == "state"
    assert actor.place == country.id
    assert actor.label == country.label
    assert actor.adjectives
    assert set(capitals) <= set(actor.seats)


@pytest.mark.parametrize("actor", ACTORS.values(), ids=ids(ACTORS.values()))
def test_actor(actor):
    assert actor.names
    assert len(actor.names) == len(set(actor.names))
    assert len(actor.adjectives) == len(set(actor.adjectives))
    assert actor.sources
    assert {cite.source for cite in actor.sources} <= set(SOURCES)
    assert {*actor.seats, *filter(None, [actor.place])} <= set(PLACES)
    assert not actor.group or actor.group in ACTORS


def test_names_of_armed_groups_are_neutral():
    judging = {"terrorist", "terrorists", "rebel", "separatist", "separatists", "extremist"}
    for actor in ACTORS.values():
        words = {
            word.lower()
            for text in (actor.label, actor.note, *actor.names)
            for word in text.split()
        }
        assert not words & judging, actor.id


def test_ids_are_unique_and_sources_used():
    assert len(PLACES) == len(FEATURES)
    assert len(ACTORS) == len(ACTOR_ROWS)
    cited = {c.source for p in PLACES.values() for c in p.location.sources}
    cited |= {n.source.source for p in PLACES.values() for n in p.names}
    cited |= {b.source.source for p in PLACES.values() for b in p.de_jure}
    cited |= {c.source for a in ACTORS.values() for c in a.sources}
    outlines = json.loads((PACK / "outlines.geojson").read_text(encoding="utf-8"))["features"]
    cited |= {outline["properties"]["source"] for outline in outlines}
    assert cited == set(SOURCES)


def test_members_of_the_united_nations():
    # 193 members, two observers, Kosovo and Taiwan are wanted; the rest are territories.
    assert len(COUNTRIES) >= 197
    assert not set(SAMPLE.split()) - {country.id for country in COUNTRIES}


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("U.S.", "united-states"),
        ("Britain", "united-kingdom"),
        ("UAE", "united-arab-emirates"),
        ("DR Congo", "democratic-republic-of-the-congo"),
        ("Türkiye", "turkey"),
        ("Burma", "myanmar"),
        ("Côte d'Ivoire", "ivory-coast"),
        ("Czech Republic", "czechia"),
        ("Kiev", "kyiv"),
        ("Ереван", "yerevan"),
        ("Բաքու", "baku"),
        ("Bakü", "baku"),
        ("Ermənistan", "armenia"),
        ("Ադրբեջան", "azerbaijan"),
        ("Idlib", "idlib"),
        ("Idlib", "idlib-governorate"),
        ("Deir al-Zor", "deir-ez-zor"),
        ("Gaza", "gaza-strip"),
        ("Mideast", "middle-east"),
        ("Donbass", "donbas"),
        ("Iraqi Kurdistan", "kurdistan-region"),
        ("Sisaket", "sisaket-province"),
        ("Oddar Meanchey", "oddar-meanchey-province"),
        ("Cabo Delgado", "cabo-delgado-province"),
        ("Hunan", "hunan-province"),
        ("Queensland", "queensland"),
        ("Bavaria", "bavaria"),
        ("County Sligo", "county-sligo"),
        ("N.C.", "north-carolina"),
        ("Ont.", "ontario"),
    ],
)
def test_news_forms(name, id_):
    assert name in {form.text for form in PLACES[id_].names}


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Mary", "mary-region"),
        ("Tak", "tak-province"),
        ("Acre", "acre-state"),
        ("Florida", "florida-department"),
        ("Coast", "pwani-region"),
    ],
)
def test_words_and_homonyms_need_the_word_for_their_kind(name, id_):
    assert name not in {form.text for form in PLACES[id_].names}
    assert len(PLACES[id_].names) >= 1


@pytest.mark.parametrize(
    ("id_", "lat", "lon", "km"),
    [
        ("yerevan", 40.2, 44.5, 20),
        ("baku", 40.4, 49.9, 20),
        ("makiivka", 48.05, 37.97, 20),
        ("zaporizhzhia", 47.85, 35.12, 20),
        ("kashmir", 34.5, 76.0, 200),
        ("donetsk-oblast", 48.1, 37.8, 100),
        ("ituri-province", 1.9, 29.9, 150),
        ("west-bank", 32.0, 35.3, 30),
        ("somalia", 4.0, 45.5, 400),
        ("black-sea", 43.3, 34.4, 100),
    ],
)
def test_points(id_, lat, lon, km):
    point = PLACES[id_].location
    assert abs(point.lat - lat) * 111 < km
    assert abs(point.lon - lon) * 111 < km


def test_two_claimants_are_treated_alike():
    assert not PLACES["jerusalem"].de_jure
    assert PLACES["jerusalem"].note
    assert PLACES["israel"].note
    assert PLACES["palestine"].note
    wanted = {"az", "hy", "ru", "tr", "ka", "fa", "uk", "ar", "fr", "es", "ky", "tg"}
    for id_ in ("armenia", "azerbaijan", "russia", "ukraine", "israel", "india", "pakistan"):
        assert wanted <= {name.language for name in PLACES[id_].names}


def test_formatting_is_canonical():
    def lines(rows):
        ordered = sorted(rows, key=lambda row: row["id"])
        return ",\n".join(json.dumps(row, ensure_ascii=False) for row in ordered)

    text = read("places.geojson")
    head = '{"type": "FeatureCollection", "features": [\n'
    assert text == f"{head}{lines(FEATURES)}\n]}}\n"
    for name in ("actors.json", "sources.json"):
        assert read(name) == f"[\n{lines(json.loads(read(name)))}\n]\n"
    for feature in FEATURES:
        assert all(round(value, 5) == value for value in feature["geometry"]["coordinates"])
        record = msgspec.to_builtins(as_place(feature))
        assert list(record) == ["id", *feature["properties"]], "empty fields are left out"
    assert b"\r" not in (PACK / "places.geojson").read_bytes()


def test_pack():
    pack = msgspec.json.decode(read("pack.json"), type=Pack)
    assert pack.id == "world"
    assert pack.bbox == (-180, -90, 180, 90)
    assert len(read("places.geojson").encode()) < MAX_BYTES
