import datetime as dt
import json
import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Actor, Claim, EventPlace, Figure, Pack, Shape
from geo.leaflet.data import PageInput, data_json, page_data, place_words
from geo.leaflet.geometry import tidy_geometry
from geo.leaflet.outlines import outlines_on_page
from geo.leaflet.parties import HUES, THIRD, THIRD_HUE, VOICE, VOICE_HUE, Parties
from geo.leaflet.words import (
    NAME_MAX,
    TITLE_MAX,
    date_span,
    degrees,
    figure_text,
    location_pattern,
    place_pattern,
    safe_url,
    shown,
    words,
)  # fmt: skip
from tests.hostile import HOSTILE
from tests.page_fixture import CITE, outlines, page

replace = msgspec.structs.replace
DAY = dt.date(2031, 9, 29)


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
    loaded = {"terrorist", "occupied", "liberated", "martyr", "aggression", "provocation", "heroic",
              "enemy", "regime", "separatist", "attacked", "innocent"}  # fmt: skip
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


def test_missing_outline_is_said():
    place = EventPlace(place="Lomra", place_id="lomra", lat=1.0, lon=2.0, relation="in",
                       precision="district", start=0, end=5)  # fmt: skip
    assert location_pattern(place, drawn=False).endswith("Outline not available.")
    assert not location_pattern(place, drawn=True).endswith("Outline not available.")


@pytest.mark.parametrize(
    ("fields", "where", "token"),
    [
        ({"relation": "bearing", "bearing": "NE"}, "north-east of {}", "NE of {}"),
        ({"relation": "bearing", "bearing": "E", "distance_km": 20.0}, "20 km east of {}", "20 km E of {}"),
        ({"relation": "distance", "distance_km": 17.5}, "17.5 km from {}", "17.5 km from {}"),
        ({"relation": "outskirts"}, "on the outskirts of {}", "Outskirts of {}"),
        ({"relation": "part-of", "part": ("N", "S")}, "in the northern and southern part of {}", None),
        ({"relation": "section-of-border"}, "on a section of the border, {}", "Border section, {}"),
    ],
)  # fmt: skip
def test_words_of_a_place(fields, where, token):
    place = EventPlace(
        place="X", place_id="x", lat=0.0, lon=0.0, precision="near", start=0, end=1, **fields
    )
    assert place_pattern(place) == where
    assert token is None or place_pattern(place, table="token").lower() == token.lower()


def test_a_name_with_braces_is_no_slot():
    shape = Shape(
        id="l",
        place="x",
        kind="line",
        label="line {} of {km}",
        geometry={},
        accuracy_m=1,
        sources=(CITE,),
    )
    place = EventPlace(
        place="X",
        place_id="x",
        lat=0.0,
        lon=0.0,
        precision="line",
        start=0,
        end=1,
        relation="along-line",
    )
    assert place_pattern(place, shape) == "along line () of (km), {}"


def mirrored(value):
    """The same JSON with the two invented parties exchanged in every string."""
    text = json.dumps(value, ensure_ascii=False)
    for a, b in (("Ardova", "\x01"), ("Belmar", "Ardova"), ("\x01", "Belmar"),
                 ("ardova", "\x01"), ("belmar", "ardova"), ("\x01", "belmar")):  # fmt: skip
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


ACTORS = (
    Actor(id="front", label="Front", kind="armed group", group="rebels"),
    Actor(id="rebels", label="Rebels", kind="de facto authority"),
    Actor(id="b-army", label="B army", kind="armed group", group="b"),
    Actor(id="b", label="B", kind="state"),
    Actor(id="a", label="A", kind="state"),
    Actor(id="c", label="C", kind="state"),
    Actor(id="loop", label="Loop", kind="body", group="loop"),
    Actor(id="watch", label="Watch", kind="observer"),
)


def told(*speakers, acting=()):
    """One event that these speak of and those act in."""
    claims = tuple(
        Claim(stance="asserts", claimant=s, claimant_id=s, start=0, end=1) for s in speakers
    )
    event = page().readings[0].events[0]
    return (replace(event, claims=claims, actors=acting),)


def test_parties_that_a_pack_names():
    packs = (Pack(id="p", title="p", bbox=(0, 0, 1, 1), licence="x", parties=("b", "a", "gone")),)
    parties = Parties(ACTORS, packs, told("b-army", "watch", "c", "front", "loop", acting=("C",)))
    said = {
        key: parties.group(Claim(stance="asserts", claimant="?", claimant_id=key, start=0, end=1))
        for key in ("a", "b", "b-army", "c", "watch", "loop", "front", "", "unheard-of")
    }
    third = dict.fromkeys(("c", "watch", "loop", "", "unheard-of"), THIRD)
    assert said == {"a": "a", "b": "b", "b-army": "b", "front": "rebels"} | third
    rows = {row["id"]: row for row in parties.rows()}
    assert list(rows) == ["a", "b", "rebels", THIRD, VOICE]
    assert rows["b"]["members"] == ["B", "B army"]
    assert rows["rebels"]["label"] == "Rebels"
    assert [rows[key]["hue"] for key in ("a", "b", "rebels")] == list(HUES[:3])
    assert parties.ordered([VOICE, "b", THIRD, "b", "a"]) == ["a", "b", THIRD, VOICE]
    assert parties.both(["a", "b"])
    assert not parties.both(["a", "rebels"])


def test_parties_where_no_pack_names_any():
    parties = Parties(ACTORS, (), told("c", "a", "watch", acting=("C", "B")))
    # c speaks and acts; a only comments; b acts without a word
    assert [row["id"] for row in parties.rows()] == ["c", THIRD, VOICE]


# -- colours -----------------------------------------------------------------------------------


def linear(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(rgb):
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(a, b):
    high, low = sorted((luminance(linear(a)), luminance(linear(b))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(rgb):
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in matrix]
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
         for v in (xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089)]  # fmt: skip
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


MACHADO = {  # severity 1.0, Machado, Oliveira and Fernandes 2009
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip


def seen(colour, kind):
    rgb = linear(colour)
    return lab(
        [min(1, max(0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in MACHADO[kind]]
    )


def test_the_two_party_hues_weigh_the_same_and_stay_apart():
    first, second = HUES[:2]
    assert abs(lab(linear(first))[0] - lab(linear(second))[0]) <= 2
    for kind in MACHADO:
        assert math.dist(seen(first, kind), seen(second, kind)) >= 30, kind


@pytest.mark.parametrize("hue", [*HUES, THIRD_HUE, VOICE_HUE])
def test_hues_are_legible_on_every_ground(hue):
    for ground in ("#ffffff", "#faf8f3", "#efece4", "#dfe8ec"):
        assert contrast(hue, ground) >= 3
    assert contrast(hue, "#ffffff") >= 4.5  # chips write in it


# -- text, addresses, numbers ------------------------------------------------------------------


@given(st.text() | st.sampled_from(HOSTILE))
def test_shown_text_is_clean_and_block_is_safe(text):
    out = shown(text)
    out.encode()
    assert shown(out) == out
    assert not [c for c in out if c < " " or "\x7f" <= c <= "\x9f" or c == "\ufeff"]
    assert len(shown(text, NAME_MAX)) <= NAME_MAX
    block = data_json({"x": text.encode(errors="replace").decode()})
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block)["x"] == text.encode(errors="replace").decode()


def test_long_text_is_capped_with_a_mark():
    assert shown("A" * 500, TITLE_MAX) == "A" * (TITLE_MAX - 1) + "…"


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1#z", "http://a.example:8080/", "https://аррӏе.com/"]
)
def test_good_addresses(url):
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    ["", "javascript:X()", " JaVaScRiPt:X()", "java\nscript:X()", "data:text/html,x", "vbscript:X()",
     "file:///etc/passwd", "blob:x", "//evil.example/a", "https://good.example@evil.example/",
     "https://", "http:", "https://[::1", "https://a.example/\x00", "https://a.example/ b",
     'https://a.example/"onload=', "https://a.example\\@evil.example", "ftp://a.example/"],
)  # fmt: skip
def test_bad_addresses(url):
    assert safe_url(url) == ""


def test_places_off_the_globe_are_not_points():
    assert degrees(40.12345, -0.00001) == (
        40.1235 if round(40.12345, 4) == 40.1235 else 40.1234,
        0.0,
    )
    for lat, lon in ((math.nan, 1.0), (1.0, math.inf), (91.0, 1.0), (1.0, 181.0), (None, 1.0)):
        assert degrees(lat, lon) is None


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


def test_dates_and_figures():
    assert date_span(DAY, DAY) == "29 September 2031"
    assert date_span(dt.date(2031, 7, 24), dt.date(2031, 7, 26)) == "24 to 26 July 2031"
    assert date_span(dt.date(2031, 7, 24), DAY, short=True) == "24 July 2031 to 29 Sept 2031"
    assert date_span(None, None) == "Date not given"
    figure = Figure(killed=5, wounded=2, side="Belmar", kind="military", bound="at least",
                    claimed_by=("Ardova", "Joint Monitors"), start=0, end=1)  # fmt: skip
    assert figure_text(figure) == (
        "At least 5 killed, at least 2 wounded (Belmar, military), according to Ardova and Joint Monitors"
    )
    assert figure_text(Figure(killed=1, start=0, end=1)) == "1 killed, in the report’s own words"


# -- outlines ----------------------------------------------------------------------------------


def unpacked(line):
    points, lon, lat = [], 0, 0
    for n in range(0, len(line), 2):
        lon, lat = lon + line[n], lat + line[n + 1]
        points.append((lon / 1000, lat / 1000))
    return points


def square(name, west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "id": name, "properties": {"id": name, "layer": "land", "name": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip


def test_outlines_of_the_finest_file_that_holds_the_events():
    near, far = square("land-near", 0, 0, 10, 10), square("land-far", -90, -60, 90, 60)
    rows, box = outlines_on_page((near, far), [(5, 5)])
    assert [row["name"] for row in rows] == ["land-near"]
    assert box == (2.0, 3.5, 8.0, 6.5)
    rows, box = outlines_on_page((near, far), [(5, 5), (20, 20)])
    assert [row["name"] for row in rows] == ["land-far"]
    assert outlines_on_page((near, far), [])[1] == (0, 0, 10, 10)
    assert outlines_on_page((), [(1, 1)]) == ([], None)


def test_outlines_are_cut_to_the_view():
    rows, box = outlines_on_page((square("land-far", -90, -60, 90, 60),), [(0, 0)])
    ring = unpacked(rows[0]["lines"][0][0])
    assert {(-3.0, -1.5), (3.0, -1.5), (3.0, 1.5), (-3.0, 1.5)} == set(ring)
    assert box == (-3.0, -1.5, 3.0, 1.5)


def test_outlines_keep_layers_names_and_dates():
    rows, _ = outlines_on_page(outlines(), [])
    line = next(row for row in rows if row["layer"] == "disputed-border")
    assert (line["name"], line["from"], line["area"]) == ("Separation line", "2011-05-02", False)
    assert unpacked(line["lines"][0][0])[0] == pytest.approx((-149.42, 39.3))
    assert {row["layer"] for row in rows} == {
        "land", "border", "disputed-border", "province", "district", "water", "river",
    }  # fmt: skip


def test_only_sources_that_the_page_rests_on_are_credited():
    full = page()
    spare = replace(full.sources[0], id="spare", citation="Unused atlas")
    block = page_data(replace(full, sources=(*full.sources, spare)))
    assert [source["citation"] for source in block["sources"]] == [full.sources[0].citation]
    line = {**outlines()[0], "properties": {**outlines()[0]["properties"], "source": "spare"}}
    only = page_data(PageInput(title="x", outlines=(line,), sources=(spare,)))
    assert [source["citation"] for source in only["sources"]] == ["Unused atlas"]


def test_foreign_outlines_are_left_out():
    odd = {
        "properties": {"layer": "missile-range"},
        "geometry": {"type": "Point", "coordinates": [1, 1]},
    }
    assert (
        page_data(PageInput(title="x", outlines=(odd, {"geometry": None, "properties": None})))[
            "outlines"
        ]
        == []
    )
