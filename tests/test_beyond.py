"""The list of the world behind the packs, as reading uses it."""

from __future__ import annotations

import json

import pytest
from running import clashmap as run
from running import save
from world_dumps import dump, line

from geo.articles import article_from_document
from geo.gazetteer import load_gazetteer
from geo.gazetteer.behind import Behind, is_world_id
from geo.imports.importer import import_dumps
from geo.lookup.world import open_world
from geo.pipeline import read, reading_gazetteer

# Made-up towns of a real country, for the countries of the pack stand before them.
TOWNS = (
    line(1, "Zorvik", lat="60.0", lon="10.0", country="NO", population="20000"),
    line(2, "Zorvik", lat="69.0", lon="18.0", country="NO", population="300"),
    line(3, "Zorvik", lat="46.0", lon="26.0", country="RO", population="900"),
    line(4, "Quillsund", lat="60.1", lon="10.2", country="NO", population="800"),
    line(5, "Quillsund", lat="69.1", lon="18.2", country="NO", population="700"),
    line(6, "Tessa", lat="60.2", lon="10.1", country="NO", others="Quarrick"),
    line(7, "Berlin", lat="39.8", lon="-89.9", country="US", admin1="IL", population="12000"),
    line(8, "Berlin", lat="39.7", lon="-89.8", country="US", admin1="IL", population="150"),
    line(9, "Harrowmere", lat="39.9", lon="-89.7", country="US", admin1="IL", population="4000"),
    line(10, "Norway", lat="44.2", lon="-70.5", country="US", admin1="ME", population="5000"),
    line(11, "Geneva", lat="42.9", lon="-77.0", country="US", admin1="NY", population="13000"),
    line(12, "Geneva", lat="41.9", lon="-88.3", country="US", admin1="IL", population="21000"),
    line(13, "Putrajaya", lat="2.935", lon="101.691", country="MY", population="50000"),
    line(703448, "Kiev by another name", lat="50.45", lon="30.52", country="UA"),
)


@pytest.fixture
def behind(monkeypatch, tmp_path):
    """The pack ``world`` and the towns behind it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("CLASHMAP_WORLD")
    for module in ("geo.lookup.world_cache", "geo.imports.obtain"):
        monkeypatch.setattr(f"{module}.registry_file", lambda: "")
    import_dumps([dump(tmp_path / "towns.txt", *TOWNS)])
    return Behind(load_gazetteer("world"), open_world())


def said(text, gazetteer):
    """What each name of a text was found to mean."""
    reading = read(article_from_document({"doc_id": "x", "text": text}), gazetteer)
    return {r.mention.text: r for r in reading.resolutions}


def ids(text, gazetteer):
    return {name: found.place_id for name, found in said(text, gazetteer).items()}


# -- what is fetched -------------------------------------------------------------------------------


def test_places_of_a_name_come_with_most_people_first(behind):
    assert behind.beyond(("zorvik",)) == ("geonames-1", "geonames-3", "geonames-2")
    assert behind.beyond(("nowhere",)) == ()


def test_a_place_is_a_record_like_any_other_and_says_how_little_is_known(behind):
    behind.beyond(("harrowmere",))
    place = behind.place("geonames-9")
    assert (place.kind, place.certainty, place.location.accuracy_m) == (
        "settlement",
        "likely",
        2000,
    )
    assert {name.status for name in place.names} == {"alternate"}
    assert [parent.id for parent in behind.parents(place)] == ["illinois", "united-states"]
    assert behind.sources[place.location.sources[0].source].licence
    assert behind.pack_of("geonames-9") == "geonames"
    assert is_world_id(place.id)
    assert not is_world_id("kyiv")


def test_a_place_that_a_pack_holds_keeps_its_id(behind):
    assert behind.beyond(("kiev", "by", "another", "name")) == ("kyiv",)


def test_another_name_counts_only_where_it_is_nobodys_main_name(behind):
    assert behind.beyond(("quarrick",)) == ("geonames-6",)
    assert behind.beyond(("quarrick",), main=True) == ()


def test_packs_alone_have_nothing_behind_them():
    assert load_gazetteer("world").beyond(("zorvik",)) == ()


def test_what_one_text_fetched_is_no_name_for_the_next(behind):
    behind.beyond(("zorvik",))
    assert behind.find("Zorvik") == ()
    assert "zorvik" not in behind.name_index


# -- which of them is meant ------------------------------------------------------------------------


def test_the_town_in_the_country_of_the_text_is_meant(behind):
    text = "Rebels stormed the town of Zorvik in Norway on Monday."
    found = said(text, behind)["Zorvik"]
    assert (found.place_id, found.lat, found.status) == ("geonames-1", 60.0, "resolved")
    assert any("large town" in reason for reason in found.reasons)
    assert {rival.place_id for rival in found.rivals} == {"geonames-2", "geonames-3"}


def test_names_of_a_text_that_lie_together_are_meant(behind):
    text = "Shells fell in Quillsund, and guns were heard near Zorvik and near Tessa in Norway."
    assert ids(text, behind)["Quillsund"] == "geonames-4"


def test_a_small_place_far_from_all_else_is_refused(behind):
    text = "Rebels stormed the village of Harrowmere near Oslo in Norway."
    found = said(text, behind)["Harrowmere"]
    assert (found.place_id, found.status) == ("", "unknown")


def test_what_packs_have_is_left_where_nothing_leads_to_its_namesake(behind):
    text = "Rebels stormed Zorvik in Norway, the United States said. They met in Warsaw and Geneva."
    assert ids(text, behind)["Geneva"] == "geneva"


def test_what_the_world_lists_on_the_spot_of_a_packs_place_is_no_rival(behind):
    found = said("They met in Putrajaya in Malaysia.", behind)["Putrajaya"]
    assert (found.place_id, found.status) == ("putrajaya", "resolved")
    assert [rival.place_id for rival in found.rivals] == ["geonames-13"]


def test_a_country_and_a_capital_mean_themselves(behind):
    text = "Berlin and Norway condemned the attack on Oslo."
    assert ids(text, behind) == {"Berlin": "berlin", "Norway": "norway", "Oslo": "oslo"}


def test_after_an_area_that_does_not_hold_the_capital_its_namesake_is_meant(behind):
    text = "A man was shot in Berlin, Illinois, on Monday. People of Berlin are in shock."
    assert ids(text, behind)["Berlin"] == "geonames-7"


@pytest.mark.parametrize(
    "text",
    [
        "Zorvik police said that two men were killed in Norway.",
        "In Norway, a Zorvik man was shot.",
        "Ann Halder, 31, of Zorvik, was hurt in Norway.",
        "A man from Zorvik was hurt in Norway.",
        "Two men were killed at home: one came to Zorvik, Norway, last year.",
    ],
)
def test_with_the_list_a_weaker_frame_is_enough(behind, text):
    assert ids(text, behind)["Zorvik"] == "geonames-1"
    assert "Zorvik" not in said(text, load_gazetteer("world"))


@pytest.mark.parametrize(
    "text",
    [
        "Ann Zorvik met the minister in Norway. Zorvik residents are her family, she said.",
        "The Zorvik rocket was tested in Norway.",
        "Zorvik said that Norway would help.",
    ],
)
def test_a_name_alone_is_none_though_the_list_has_it(behind, text):
    assert "Zorvik" not in said(text, behind)


# -- through the commands --------------------------------------------------------------------------


@pytest.fixture
def imported(tmp_path):
    """Settings under which commands find the towns."""
    settings = {"CLASHMAP_WORLD": "on", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = run("gazetteer", "import", dump(tmp_path / "towns.txt", *TOWNS), **settings)
    assert done.returncode == 0, done.stderr
    return settings


def test_a_map_names_the_list_it_rests_on(tmp_path, imported):
    save(
        tmp_path / "a.txt",
        "Rebels shelled the town of Zorvik in Norway on 3 May 2021, killing two.",
    )
    done = run("build", tmp_path / "a.txt", "-o", tmp_path / "maps", **imported)
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "maps" / "report.json").read_text("utf-8"))
    assert report["world"]["credit"] == "GeoNames (geonames.org)"
    assert "GeoNames: towns.txt" in (tmp_path / "maps" / "map.html").read_text("utf-8")
    (feature,) = json.loads((tmp_path / "maps" / "map.geojson").read_text("utf-8"))["features"]
    assert feature["properties"]["place_id"] == "geonames-1"


def test_where_no_place_of_it_is_needed_the_list_changes_no_byte(tmp_path, imported):
    save(tmp_path / "a.txt", "Rebels shelled Oslo on 3 May 2021, killing two, Berlin said.")
    for name, settings in (("with", imported), ("without", {"CLASHMAP_WORLD": "off"})):
        done = run("build", tmp_path / "a.txt", "-o", tmp_path / name, **settings)
        assert done.returncode == 0, done.stderr
    for path in (tmp_path / "with").iterdir():
        assert path.read_bytes() == (tmp_path / "without" / path.name).read_bytes()


def test_off_is_off(monkeypatch):
    monkeypatch.setenv("CLASHMAP_WORLD", "off")
    assert reading_gazetteer("world").world is None
