import json
import math

import msgspec
import pytest

from geo.leaflet.data import PageInput, data_json, page_data, place_words
from geo.leaflet.geometry import tidy_geometry
from geo.wording import (
    words,
)
from tests.page_fixture import page
from tests.page_world import outlines

replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def data():
    return page_data(page())


def title(event, data):
    return f"{event['what']} {place_words(event, data['places'])}"


def test_titles_are_made_here_and_never_copied(data):
    titles = [title(event, data) for event in data["events"]]
    assert titles[3] == "Fighting reported in the direction of Sarn and Hadj / Khadzhi"
    assert titles[10] == "Shelling reported on the northern section of the border, Tavin"
    assert titles[12] == "Fighting reported along the separation line, Upper Keld"
    assert titles[13] == "Violence against civilians reported between Velm and Marek"
    assert titles[15] == "Missile strike reported at Stone Bridge at Arl"
    assert titles[17] == "Fighting reported somewhere: no place given"
    headlines = {word.lower() for r in page().readings for word in r.article.title.split()}
    assert not headlines & {"fighting", "shelling"}
    assert not [t for t in titles if "rages" in t or "blame" in t]


def test_wording_of_titles_takes_no_side():
    loaded = {
        "terrorist",
        "occupied",
        "liberated",
        "martyr",
        "aggression",
        "provocation",
        "heroic",
        "enemy",
        "regime",
        "separatist",
        "attacked",
        "innocent",
    }
    text = json.dumps(words(), ensure_ascii=False).lower()
    assert not [word for word in loaded if word in text]
    assert all(label.endswith("reported") for _, label in words()["types"].values())


def test_states_of_agreement(data):
    found = {event["id"]: event["state"] for event in data["events"]}
    article = "ev_mainland-daily-20310930_"
    assert found[article + "00"] == "both"
    assert found[article + "01"] == "contradicted"
    assert found[article + "05"] == "several"
    assert found[article + "06"] == "one"
    assert found[article + "09"] == "voice"


def test_claims_carry_their_own_whole_sentence(data):
    event = data["events"][1]
    asserts, denies = event["claims"]
    assert data["texts"][denies["said"]["text"]] == (
        "Belmar denied those reports but confirmed fighting through the night around Velm."
    )
    assert asserts["said"]["text"] != denies["said"]["text"]
    start, end = denies["said"]["span"]
    assert page().readings[0].article.text[start:end].startswith("Belmar denied")
    before, after = denies["said"]["around"]
    assert data["texts"][before].startswith("The Ardova defence")
    assert data["texts"][after].startswith("Belmar's army")


def test_digest_has_no_offsets_and_only_used_sentences_leave(data):
    digest = [event for event in data["events"] if data["articles"][event["a"]]["digest"]]
    assert digest
    assert not [c for event in digest for c in event["claims"] if "span" in c["said"]]
    assert not [event for event in digest if "span" in event["evidence"]]
    original = page().readings[0]
    few = replace(original, events=original.events[9:10])
    block = data_json(page_data(replace(page(), readings=(few,))))
    assert "Shelling was heard 12 km from Dol." in block
    assert "Rockets struck Tirna" not in block  # the article as a whole is not republished


def test_precision_classes_say_and_draw_what_they_are(data):
    rows = {(place["class"]): place for event in data["events"] for place in event["places"]}
    assert set(rows) == set(words()["precisions"])
    for kind, row in rows.items():
        drawn = kind not in {"country", "none"}
        assert ("lat" in row) is drawn, kind
        assert ("area" in row) is drawn, kind
    assert "no side" in rows["direction"]["location"]
    assert "Not drawn as a point" in rows["region"]["location"]
    assert rows["near"]["choices"] == ["Radius 10 km is our reading of “near”."]
    unheard = data["events"][20]["places"][0]
    assert unheard["location"] == "No gazetteer in use holds {}, so nothing is drawn."


def test_areas_and_sentences_are_stored_once(data):
    assert len(data["areas"]) == len({json.dumps(area) for area in data["areas"]})
    osk = {
        p["area"]
        for e in data["events"]
        for p in e["places"]
        if data["places"][p["p"][0]]["id"] == "osk"
    }
    assert len(osk) == 1
    assert len(data["texts"]) == len(set(data["texts"]))


def mirrored(value):
    """The same JSON with the two invented parties exchanged in every string."""
    text = json.dumps(value, ensure_ascii=False)
    for a, b in (
        ("Ardova", "\x01"),
        ("Belmar", "Ardova"),
        ("\x01", "Belmar"),
        ("ardova", "\x01"),
        ("belmar", "ardova"),
        ("\x01", "belmar"),
    ):
        text = text.replace(json.dumps(a)[1:-1], json.dumps(b)[1:-1])
    return json.loads(text)


def test_mirror(data):
    other = page_data(page(swapped=True))
    order = [party["id"] for party in other["parties"]]
    hues = {party["id"]: party["hue"] for party in other["parties"]}
    assert hues == {
        party["id"]: party["hue"] for party in data["parties"]
    }  # by sorted id, not by role
    for event, twin in zip(data["events"], other["events"], strict=True):
        for key in ("by", "deny"):
            assert sorted(mirrored(event[key]), key=order.index) == twin[key]
        for key in ("what", "state", "stateText", "date", "type", "figures"):
            assert mirrored(event[key]) == twin[key], key
        claims = [(mirrored(c["who"]), mirrored(c["group"]), c["stance"]) for c in event["claims"]]
        assert claims == [(c["who"], c["group"], c["stance"]) for c in twin["claims"]]
        said = [mirrored(data["texts"][c["said"]["text"]]) for c in event["claims"]]
        assert said == [other["texts"][c["said"]["text"]] for c in twin["claims"]]


def test_bad_geometry_is_refused_and_the_event_stays():
    full = page()
    features = tuple(
        replace(
            f,
            geometry={"type": "Polygon", "coordinates": [[[math.nan, 91], ["a", 3]]]},
            lat=math.nan,
            lon=181.0,
        )
        for f in full.layers[0].features
    )
    data = page_data(replace(full, layers=(replace(full.layers[0], features=features),)))
    assert len(data["events"]) == 27
    assert data["areas"] == []
    data_json(data)
    for bad in (
        None,
        {},
        {"type": "Circle"},
        {"type": "Point", "coordinates": "12"},
        {"type": "Polygon", "coordinates": []},
    ):
        assert tidy_geometry(bad) is None


def test_only_sources_that_the_page_rests_on_are_credited():
    full = page()
    spare = replace(full.sources[0], id="spare", citation="Unused atlas")
    block = page_data(replace(full, sources=(*full.sources, spare)))
    assert [source["citation"] for source in block["sources"]] == [full.sources[0].citation]
    line = {**outlines()[0], "properties": {**outlines()[0]["properties"], "source": "spare"}}
    only = page_data(PageInput(title="x", outlines=(line,), sources=(spare,)))
    assert [source["citation"] for source in only["sources"]] == ["Unused atlas"]
