import datetime as dt
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.leaflet.data import data_json
from geo.model import EventPlace, Figure, Shape
from geo.wording import (
    NAME_MAX,
    TITLE_MAX,
    date_span,
    degrees,
    figure_text,
    location_pattern,
    place_pattern,
    safe_url,
    shown,
)
from tests.hostile import HOSTILE
from tests.page_world import CITE

DAY = dt.date(2031, 9, 29)


def test_missing_outline_is_said():
    place = EventPlace(
        place="Lomra",
        place_id="lomra",
        lat=1.0,
        lon=2.0,
        relation="in",
        precision="district",
        start=0,
        end=5,
    )
    assert location_pattern(place, drawn=False).endswith("Outline not available.")
    assert not location_pattern(place, drawn=True).endswith("Outline not available.")


@pytest.mark.parametrize(
    ("fields", "where", "token"),
    [
        ({"relation": "bearing", "bearing": "NE"}, "north-east of {}", "NE of {}"),
        (
            {"relation": "bearing", "bearing": "E", "distance_km": 20.0},
            "20 km east of {}",
            "20 km E of {}",
        ),
        ({"relation": "distance", "distance_km": 17.5}, "17.5 km from {}", "17.5 km from {}"),
        ({"relation": "outskirts"}, "on the outskirts of {}", "Outskirts of {}"),
        (
            {"relation": "part-of", "part": ("N", "S")},
            "in the northern and southern part of {}",
            None,
        ),
        ({"relation": "section-of-border"}, "on a section of the border, {}", "Border section, {}"),
    ],
)
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
    [
        "",
        "javascript:X()",
        " JaVaScRiPt:X()",
        "java\nscript:X()",
        "data:text/html,x",
        "vbscript:X()",
        "file:///etc/passwd",
        "blob:x",
        "//evil.example/a",
        "https://good.example@evil.example/",
        "https://",
        "http:",
        "https://[::1",
        "https://a.example/\x00",
        "https://a.example/ b",
        'https://a.example/"onload=',
        "https://a.example\\@evil.example",
        "ftp://a.example/",
    ],
)
def test_bad_addresses(url):
    assert safe_url(url) == ""


def test_places_off_the_globe_are_not_points():
    assert degrees(40.12345, -0.00001) == (
        40.1235 if round(40.12345, 4) == 40.1235 else 40.1234,
        0.0,
    )
    for lat, lon in ((math.nan, 1.0), (1.0, math.inf), (91.0, 1.0), (1.0, 181.0), (None, 1.0)):
        assert degrees(lat, lon) is None


def test_dates_and_figures():
    assert date_span(DAY, DAY) == "29 September 2031"
    assert date_span(dt.date(2031, 7, 24), dt.date(2031, 7, 26)) == "24 to 26 July 2031"
    assert date_span(dt.date(2031, 7, 24), DAY, short=True) == "24 July 2031 to 29 Sept 2031"
    assert date_span(None, None) == "Date not given"
    figure = Figure(
        killed=5,
        wounded=2,
        side="Belmar",
        kind="military",
        bound="at least",
        claimed_by=("Ardova", "Joint Monitors"),
        start=0,
        end=1,
    )
    assert figure_text(figure) == (
        "At least 5 killed, at least 2 wounded (Belmar, military), "
        "according to Ardova and Joint Monitors"
    )
    assert figure_text(Figure(killed=1, start=0, end=1)) == "1 killed, in the report’s own words"
