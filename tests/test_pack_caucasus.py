"""The curated caucasus pack: every place, the traps of the area, and both sides alike."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.model import Actor, Belonging, Cite, Pack, Place, Source

FOLDER = Path(__file__).parents[1] / "gazetteer" / "caucasus"
# Countries and capitals are in the world pack; these are the ones that this pack may point to.
COUNTRIES = {"armenia", "azerbaijan", "georgia", "iran", "russia", "turkey"}
CAPITALS = {"baku", "yerevan"}
SCRIPTS = {"Latn": "LATIN", "Cyrl": "CYRILLIC", "Armn": "ARMENIAN", "Arab": "ARABIC"}
AZERBAIJAN, ARMENIA = "Azerbaijan", "Armenia"
DE_FACTO = "de facto Nagorno-Karabakh authorities"
# Azerbaijani districts of which the de facto authorities held a part.
KARABAKH_DISTRICTS = {
    "agdam-district", "fuzuli-district", "gubadli-district", "jabrayil-district",
    "kalbajar-district", "khojaly-district", "khojavend-district", "lachin-district",
    "shusha-district", "tartar-district", "zangilan-district",
}  # fmt: skip

TEXT = (FOLDER / "places.geojson").read_text(encoding="utf-8")
FEATURES: list[dict[str, Any]] = json.loads(TEXT)["features"]
IDS = [feature["id"] for feature in FEATURES]


def read(feature: dict[str, Any]) -> Place:
    lon, lat = feature["geometry"]["coordinates"]
    properties = dict(feature["properties"])
    properties["location"] = {**properties["location"], "lat": lat, "lon": lon}
    return msgspec.convert({**properties, "id": feature["id"]}, Place)


@cache
def places() -> dict[str, Place]:
    return {feature["id"]: read(feature) for feature in FEATURES}


@cache
def sources() -> dict[str, Source]:
    raw = (FOLDER / "sources.json").read_bytes()
    return {source.id: source for source in msgspec.json.decode(raw, type=list[Source])}


@cache
def actors() -> dict[str, Actor]:
    raw = (FOLDER / "actors.json").read_bytes()
    return {actor.id: actor for actor in msgspec.json.decode(raw, type=list[Actor])}


@cache
def pack() -> Pack:
    return msgspec.json.decode((FOLDER / "pack.json").read_bytes(), type=Pack)


def cites(place: Place) -> list[Cite]:
    belongings = (*place.de_jure, *place.de_facto)
    found = [*place.location.sources, *(n.source for n in place.names)]
    found += [seen.source for seen in place.location.compared]
    return found + [b.source for b in belongings]


def km(place: Place, *, lat: float, lon: float) -> float:
    north = (place.location.lat - lat) * 111.32
    east = (place.location.lon - lon) * 111.32 * math.cos(math.radians(40))
    return math.hypot(north, east)


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer("caucasus")


def named(text: str) -> set[str]:
    return {match.place.id for match in gazetteer().find(text)}


def parents(place: Place) -> set[str]:
    return {b.parent for b in place.de_jure}


@pytest.mark.parametrize("feature", FEATURES, ids=IDS)
def test_place(feature: dict[str, Any]) -> None:
    place = read(feature)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", place.id)
    west, south, east, north = pack().bbox
    assert west <= place.location.lon <= east
    assert south <= place.location.lat <= north
    assert place.label
    assert place.label == place.label.strip()
    assert 50 <= place.location.accuracy_m <= 300_000
    assert place.names
    assert place.location.sources
    assert {c.source for c in cites(place)} <= set(sources())
    assert place.start is None or place.end is None or place.start <= place.end
    for belonging in (*place.de_jure, *place.de_facto):
        check_belonging(place, belonging)
    for name in place.names:
        assert name.text
        assert name.text == unicodedata.normalize("NFC", name.text.strip())
        letters = {unicodedata.name(c).split()[0] for c in name.text if c.isalpha()}
        assert letters == {SCRIPTS[name.script]}, name.text
        assert name.start is None or name.end is None or name.start <= name.end
    texts = [(n.text, n.language, n.user) for n in place.names]
    assert len(texts) == len(set(texts))
    seconds = len(place.location.sources) + len(place.location.compared)
    assert place.certainty != "certain" or seconds > 1


def check_belonging(place: Place, belonging: Belonging) -> None:
    assert belonging.parent or belonging.holder
    assert belonging.parent in places() or belonging.parent in COUNTRIES | {""}
    assert belonging.parent != place.id
    assert belonging.holder in actors() or belonging.holder in COUNTRIES | {""}
    assert belonging.start is None or belonging.end is None or belonging.start <= belonging.end


def test_ids_are_unique_and_sorted() -> None:
    assert sorted(set(IDS)) == IDS
    assert not set(IDS) & (COUNTRIES | CAPITALS)


def test_one_feature_a_line_and_rounded_points() -> None:
    written = TEXT.splitlines()
    assert written[0] == '{"type": "FeatureCollection", "features": ['
    assert written[-1] == "]}"
    assert len(written) == len(FEATURES) + 2
    for feature in FEATURES:
        for number in feature["geometry"]["coordinates"]:
            assert round(number, 5) == number


def test_no_chain_of_parents_is_a_ring() -> None:
    for start in places():
        seen: set[str] = set()
        current = start
        while current in places() and places()[current].de_jure:
            assert current not in seen, start
            seen.add(current)
            current = places()[current].de_jure[0].parent


def test_every_source_is_used_and_none_is_missing() -> None:
    used = {c.source for place in places().values() for c in cites(place)}
    used |= {c.source for actor in actors().values() for c in actor.sources}
    assert used <= set(sources())
    # Shapes and outlines cite too; whether they do so rightly is tested beside them.
    others = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted(FOLDER.iterdir())
        if path.suffix in (".geojson", ".md")
    )
    for source in set(sources()) - used:
        assert source in others, source


def test_actors_point_to_places() -> None:
    for actor in actors().values():
        assert actor.place in places() or actor.place == ""
        assert set(actor.seats) <= set(places())
        assert actor.group in actors() or actor.group in COUNTRIES | {""}
        assert actor.sources
    assert not COUNTRIES & set(actors())


@pytest.mark.parametrize(
    ("ident", "lat", "lon"),
    [
        ("agdam", 39.991, 46.927), ("agdam-tovuz", 40.905, 45.556),
        ("fuzuli", 39.601, 47.145), ("fuzuli-village-shamkir", 40.821, 46.132),
        ("tovuz", 40.992, 45.628), ("tavush-village", 40.918, 45.405), ("berd", 40.881, 45.389),
        ("lachin", 39.638, 46.546), ("stepanakert", 39.815, 46.752),
        ("martuni", 40.140, 45.302), ("khojavend", 39.795, 47.113),
        ("movses", 40.900, 45.489), ("madagiz", 40.326, 46.751), ("talish", 40.384, 46.743),
    ],
)  # fmt: skip
def test_traps_are_separate_places_at_the_right_point(ident: str, lat: float, lon: float) -> None:
    assert km(places()[ident], lat=lat, lon=lon) < 2


@pytest.mark.parametrize(
    ("text", "idents"),
    [
        ("Tovuz", {"tovuz", "tovuz-district", "tavush-village", "berd"}),
        ("Tavush", {"tavush-village", "tavush-province"}),
        ("Agdam", {"agdam", "agdam-tovuz", "agdam-district"}),
        ("Fuzuli", {"fuzuli", "fuzuli-district", "fuzuli-village-shamkir"}),
        ("Martuni", {"martuni", "khojavend", "martuni-province"}),
        ("Gandzak", {"ganja", "gandzak-gegharkunik"}),
        ("Fizuli", {"fuzuli", "fuzuli-district"}), ("Varanda", {"fuzuli"}),
        ("Agdere", {"martakert", "agdere-district"}), ("Mardakert", {"martakert"}),
        ("Terter", {"tartar", "tartar-district"}), ("Tərtər", {"tartar", "tartar-district"}),
        ("Dashkesan", {"dashkasan-district"}), ("Khankendi", {"stepanakert"}),
        ("Shushi", {"shusha"}), ("Mataghis", {"madagiz"}), ("Sugovushan", {"madagiz"}),
        ("Gadrut", {"hadrut"}), ("Karvachar", {"kalbajar"}), ("Kelbajar", {"kalbajar"}),
        ("Berdzor", {"lachin"}), ("Gyandzha", {"ganja"}), ("Mingechaur", {"mingachevir"}),
        ("Artsakh", {"nagorno-karabakh"}), ("Upper Karabakh", {"nagorno-karabakh"}),
        ("Republic of Nagorno-Karabakh", {"nagorno-karabakh"}), ("Araks", {"aras"}),
        ("line of contact", {"line-of-contact"}), ("contact line", {"line-of-contact"}),
        ("Armenia-Azerbaijan border", {"armenia-azerbaijan-border"}),
    ],
)  # fmt: skip
def test_a_name_leads_to_its_places(text: str, idents: set[str]) -> None:
    assert idents <= named(text)


def test_town_and_district_of_one_name_are_two_places() -> None:
    assert sum(p.feature.word == "district" for p in places().values()) == 67
    for seat in ("fuzuli", "tartar", "tovuz", "jabrayil", "kalbajar", "shusha"):
        assert places()[seat].kind == "settlement"
        assert f"{seat}-district" in parents(places()[seat])


def test_first_level_divisions_of_both_states() -> None:
    armenian = {i for i, p in places().items() if p.kind == "province" and "armenia" in parents(p)}
    assert len(armenian) == 10
    autonomous = [p for p in places().values() if "nakhchivan-autonomous-republic" in parents(p)]
    assert sum(p.kind == "district" for p in autonomous) == 7
    for city in ("ganja", "mingachevir", "naftalan", "shirvan", "stepanakert", "sumgait"):
        assert "azerbaijan" in parents(places()[city])


def test_de_facto_provinces_are_dated_and_lie_in_azerbaijan() -> None:
    found = [p for p in places().values() if p.feature.word == "de facto province"]
    assert len(found) == 7
    for province in found:
        assert province.end is not None
        assert parents(province) == {"azerbaijan"}
        assert [b.holder for b in province.de_facto] == ["nagorno-karabakh"]


def test_lines_tell_what_they_separate() -> None:
    lines = {i: set(p.borders) for i, p in places().items() if p.kind == "line"}
    assert lines["armenia-azerbaijan-border"] == {"armenia", "azerbaijan"}
    assert lines["line-of-contact"] == {"azerbaijan", "nagorno-karabakh"}
    assert all(len(sides) in (0, 2) for sides in lines.values())


def test_a_pair_label_is_in_alphabetical_order() -> None:
    pairs = [p.label.split(" / ") for p in places().values() if " / " in p.label]
    assert len(pairs) >= 20
    for pair in pairs:
        assert pair == sorted(pair)


def test_names_of_both_sides_in_the_karabakh_area(capsys: pytest.CaptureFixture[str]) -> None:
    users: Counter[str] = Counter()
    for place in places().values():
        if place.kind == "settlement" and parents(place) & KARABAKH_DISTRICTS:
            users.update(n.user for n in place.names if n.user)
    with capsys.disabled():
        print(f"\nnames by user in the Karabakh area: {dict(sorted(users.items()))}")  # noqa: T201
    assert 0.5 < (users[ARMENIA] + users[DE_FACTO]) / users[AZERBAIJAN] < 2


def test_both_banks_of_the_northern_border_are_covered() -> None:
    across = {"tovuz-district", "gazakh-district", "agstafa-district"}
    tavush = sum("tavush-province" in parents(p) for p in places().values())
    opposite = sum(bool(parents(p) & across) for p in places().values())
    # Every village is in: Tavush has 63 settlements of today, Tovuz district alone has more.
    assert tavush >= 63
    assert opposite >= 150


def test_words_that_belong_to_a_speaker_are_not_ours() -> None:
    loaded = re.compile(r"\b(terroris|occup|liberat|separatis|regime|puppet)", re.IGNORECASE)
    for place in places().values():
        assert not loaded.search(f"{place.note} {place.label}"), place.id
    for actor in actors().values():
        assert not loaded.search(f"{actor.note} {actor.label}"), actor.id


def test_pack_record() -> None:
    assert pack().id == FOLDER.name
    assert list(pack().parties) == sorted(pack().parties)
    assert set(pack().languages) <= {n.language for p in places().values() for n in p.names}
