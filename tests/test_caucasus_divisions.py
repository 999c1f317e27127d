"""Divisions with their days, man-made places and lines of the caucasus pack."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.articles import article_from_document
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.lookup.distances import haversine_km
from geo.mentions import find_mentions
from geo.phrases import place_phrases
from geo.places import resolve_places
from geo.roles import assign_roles

if TYPE_CHECKING:
    from geo.model import Belonging, Place

ROOT = Path(__file__).parents[1]
OBLAST = "nagorno-karabakh-autonomous-oblast"
# What a note says where no source gives a first day.
REASONS = ("Not dated", "first day is not", "Separated from", "Replaced", "Not among")
TIED = ("point is that of", "whose point is given")
# Lists that hold settlements and divisions only: no page about a facility.
NO_PAGES = {"wof", "wof-communities", "wof-raions"}
FIRST, LAST = dt.date.min, dt.date.max


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer("caucasus", "world")


@cache
def places() -> dict[str, Place]:
    gaz = gazetteer()
    return {i: p for i, p in gaz.places.items() if gaz.pack_of(i) == "caucasus"}


def divisions() -> list[Place]:
    return [
        place
        for place in places().values()
        if place.kind in {"district", "province"} or place.feature.code == "RGNE"
    ]


def built() -> list[Place]:
    """Facilities, and lines that are no border: roads, railways, pipelines."""
    return [
        place
        for place in places().values()
        if place.kind == "facility" or (place.kind == "line" and place.feature.class_ != "L")
    ]


def span(dated: Place | Belonging) -> tuple[dt.date, dt.date]:
    return dated.start or FIRST, dated.end or LAST


def parents_on(ident: str, day: dt.date) -> set[str]:
    found = places()[ident].de_jure
    return {b.parent for b in found if span(b)[0] <= day <= span(b)[1]}


def divisions_in(parent: str, day: dt.date) -> set[str]:
    return {p.id for p in divisions() if parent in parents_on(p.id, day)}


def names_of(line: Place) -> str:
    return " ".join([line.feature.word, *(n.text for n in line.names)]).lower()


def border_words() -> list[str]:
    table = json.loads((ROOT / "geo/tables/en/phrases.json").read_text(encoding="utf-8"))
    return [word for words in table["lines"].values() for word in words]


@pytest.mark.parametrize("place", divisions(), ids=lambda p: p.id)
def test_a_division_has_a_first_day_or_says_why_not(place: Place) -> None:
    assert place.start or any(reason in place.note for reason in REASONS), place.note


@pytest.mark.parametrize("place", divisions(), ids=lambda p: p.id)
def test_parents_exist_on_every_day_of_the_child(place: Place) -> None:
    for belonging in place.de_jure:
        start, end = span(belonging)
        first, last = span(place)
        assert first <= start <= end <= last or belonging.start is None
        parent = gazetteer().places[belonging.parent]
        born, gone = span(parent)
        assert end <= gone or belonging.end is None
        assert born <= start or (belonging.start is None and "Not dated" in place.note), parent.id


@pytest.mark.parametrize("place", divisions(), ids=lambda p: p.id)
def test_a_division_has_one_parent_a_day(place: Place) -> None:
    periods = sorted(span(b) for b in place.de_jure)
    for (_, ended), (began, _) in pairwise(periods):
        assert ended <= began


@pytest.mark.parametrize("place", divisions(), ids=lambda p: p.id)
def test_names_of_a_division_lie_within_its_life(place: Place) -> None:
    for name in place.names:
        assert name.start is None or place.start is None or place.start <= name.start
        assert name.end is None or place.end is None or name.end <= place.end


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(1920, 1, 1), set()),
        (dt.date(1964, 1, 1), {"asgaran", "hadrut", "mardakert", "martuni"}),
        (dt.date(1989, 1, 1), {"asgaran", "hadrut", "mardakert", "martuni", "shusha"}),
        (dt.date(1992, 1, 1), set()),
    ],
)
def test_districts_of_the_oblast(day: dt.date, expected: set[str]) -> None:
    ids = {
        "asgaran": "asgaran-district-nkao", "hadrut": "hadrut-district-nkao",
        "mardakert": "agdere-district", "martuni": "martuni-district-nkao",
        "shusha": "shusha-district",
    }  # fmt: skip
    assert divisions_in(OBLAST, day) == {ids[name] for name in expected}


@pytest.mark.parametrize(
    ("ident", "day", "existed"),
    [
        ("shaumyanovsk-district", "1990-06-01", True),
        ("shaumyanovsk-district", "1991-06-01", False),
        ("agstafa-district", "1950-01-01", True), ("agstafa-district", "1975-01-01", False),
        ("agstafa-district", "2020-07-12", True), ("siyazan-district", "1991-01-01", False),
        ("agdere-district", "2020-10-01", False), ("agdere-district", "2024-01-01", True),
        ("khojaly-district", "1991-01-01", False), ("khojaly-district", "1992-02-26", True),
        ("kangarli-district", "2003-01-01", False), ("sadarak-district", "1989-01-01", False),
        ("tavush-province", "1994-01-01", False), ("ijevan-district", "1994-01-01", True),
        ("ijevan-district", "2020-01-01", False), ("goris-community", "2015-01-01", False),
        ("east-zangezur-economic-region", "2021-01-01", False),
    ],
)  # fmt: skip
def test_divisions_that_came_and_went(ident: str, day: str, existed: bool) -> None:  # noqa: FBT001 - a table
    assert bool(parents_on(ident, dt.date.fromisoformat(day))) is existed


def test_provinces_of_armenia_follow_its_districts() -> None:
    before, after = dt.date(1995, 4, 10), dt.date(1995, 4, 13)
    assert {places()[i].kind for i in divisions_in("armenia", before)} == {"district"}
    assert len(divisions_in("armenia", before)) >= 15
    assert {places()[i].kind for i in divisions_in("armenia", after)} == {"province"}
    assert len(divisions_in("armenia", after)) == 10


def test_communities_lie_in_the_provinces_along_the_border() -> None:
    found = [p for p in divisions() if p.feature.word == "community"]
    assert len(found) >= 15
    assert {b.parent for p in found for b in p.de_jure} == {
        "ararat-province", "gegharkunik-province", "syunik-province", "tavush-province",
        "vayots-dzor-province",
    }  # fmt: skip


def test_de_facto_provinces_have_a_holder_with_dates() -> None:
    found = [p for p in divisions() if p.feature.word == "de facto province"]
    assert len(found) == 7
    for place in found:
        for held in place.de_facto:
            assert held.holder
            assert held.end == place.end is not None
            assert held.start == place.start
            assert held.start or "first day" in place.note


def test_no_de_facto_authority_is_a_parent() -> None:
    actors = gazetteer().actors
    for place in divisions():
        for belonging in place.de_jure:
            held = actors.get(belonging.parent)
            assert held is None or held.kind == "state"


@pytest.mark.parametrize("place", built(), ids=lambda p: p.id)
def test_what_is_built_has_a_page_or_a_file(place: Place) -> None:
    (files,) = [f for f in gazetteer().files if f.pack.id == "caucasus"]
    sources = {source.id: source for source in files.sources}
    cited = {cite.source for cite in place.location.sources} - NO_PAGES
    assert cited
    assert any(sources[source].url for source in cited)


def test_a_point_taken_from_another_place_is_no_more_exact_than_that_place() -> None:
    tied = 0
    for place in places().values():
        if place.kind not in {"district", "facility", "line"}:
            continue
        if not any(words in place.note for words in TIED):
            continue
        spot = place.location
        bases = [
            other
            for other in places().values()
            if other.kind in {"settlement", "region", "feature"}
            and not any(words in other.note for words in TIED)
            and (other.location.lat, other.location.lon) == (spot.lat, spot.lon)
        ]
        tied += bool(bases)
        for base in bases:
            assert spot.accuracy_m >= base.location.accuracy_m, place.id
        assert spot.kind == "representative", place.id
        assert place.certainty != "certain", place.id
    assert tied >= 50


def test_points_of_two_lists_agree_or_the_note_says_so() -> None:
    compared = 0
    for place in [*built(), *divisions()]:
        spot = place.location
        for seen in spot.compared:
            km = haversine_km(lat=spot.lat, lon=spot.lon, to_lat=seen.lat, to_lon=seen.lon)
            compared += 1
            if km * 1000 > spot.accuracy_m:
                assert place.certainty != "certain", place.id
                assert "disagree" in place.note or "seat" in place.note, place.id
    assert compared >= 15


def test_only_borders_and_lines_of_contact_answer_to_words_for_them() -> None:
    lines = [p for p in places().values() if p.kind == "line"]
    assert len(lines) >= 15
    for line in lines:
        said = any(word in names_of(line) for word in border_words())
        assert said is (line.feature.word in {"border", "line of contact"}), line.id
        assert len(line.borders) == 2 or not said, line.id


def lines_read(text: str, published: str) -> set[str]:
    """Give the ids of the lines that a report's phrases rest on."""
    document = {"doc_id": "one", "text": text, "published": published}
    article, gaz = article_from_document(document), gazetteer()
    resolved = resolve_places(article, find_mentions(article, gaz), gaz)
    phrases = place_phrases(article, assign_roles(article, resolved, gaz), gazetteer=gaz)
    return {phrase.line for phrase in phrases if phrase.line}


@pytest.mark.parametrize(
    "text",
    [
        "Armenia and Azerbaijan said fighting went on at the northern section of the border.",
        "Clashes broke out in Tavush and Tovuz. Shells fell along the Armenia-Azerbaijan border.",
        "Iran watched. Armenia and Azerbaijan exchanged fire on their border near Tovuz.",
        "Shots were fired from the Goris-Kapan road at the border of Armenia and Azerbaijan.",
    ],
)
def test_a_border_in_a_report_is_still_the_whole_border(text: str) -> None:
    assert lines_read(text, "2020-07-14") == {"armenia-azerbaijan-border"}


@pytest.mark.parametrize(
    ("day", "line"), [("2020-10-05", "line-of-contact"), ("2022-03-25", "line-of-contact-2020")]
)
def test_the_line_of_contact_is_that_of_the_day(day: str, line: str) -> None:
    text = "Nagorno-Karabakh and Azerbaijan reported fire along the line of contact near Askeran."
    assert lines_read(text, day) == {line}


def test_no_road_takes_the_names_of_its_ends() -> None:
    text = "Traffic stopped on the Goris-Kapan road."
    article = article_from_document({"doc_id": "one", "text": text, "published": "2021-08-26"})
    found = {m.text for m in find_mentions(article, gazetteer())}
    assert {"Goris", "Kapan"} <= found
