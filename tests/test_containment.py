"""What lies in what: ``--in`` of the command line and ``Gazetteer.within`` say the same."""

import datetime as dt
import json
import shutil

import pytest

from geo.gazetteer import available_packs, load_gazetteer
from geo.lookup.containment import path_up, reason_in
from geo.lookup.index import Index
from geo.lookup.index_build import write_index

DAYS = (None, dt.date(1950, 1, 1), dt.date(2000, 1, 1), dt.date(2024, 6, 1))


def indexed(gazetteer, folder):
    write_index(gazetteer, folder / "index.sqlite")
    return Index(str(folder / "index.sqlite"))


@pytest.fixture(scope="module")
def disputed(tmp_path_factory):
    """The invented pack, with a town that another side counted into a province of its own."""
    folder = tmp_path_factory.mktemp("pack") / "tiny"
    shutil.copytree("tests/data/tiny", folder)
    path = folder / "places.geojson"
    document = json.loads(path.read_text("utf-8"))
    places = {place["id"]: place for place in document["features"]}
    places["karsk"]["properties"]["de_facto"] = [
        {"holder": "sudria", "parent": "tarn-district", "source": {"source": "invented"},
         "from": "1994-05-12", "to": "2020-11-10"}
    ]  # fmt: skip
    places["tarn-district"]["properties"]["de_facto"] = [
        {"holder": "sudria", "source": {"source": "invented"}, "from": "1993-01-01"}
    ]
    path.write_text(json.dumps(document), "utf-8")
    gazetteer = load_gazetteer(folder)
    return gazetteer, indexed(gazetteer, folder)


def up(index, place, area, on=""):
    path = path_up(place, (area,), index.holdings, on)
    return reason_in(path) if path else ""


def test_de_jure_goes_before_de_facto_and_both_say_so(disputed):
    _, index = disputed
    assert up(index, "karsk", "norland") == "in Norland (de jure)"
    said = "in Tarn district (de facto, 1994-05-12 to 2020-11-10)"
    assert up(index, "karsk", "tarn-district") == said
    assert up(index, "karsk", "sudria") == ""
    assert up(index, "karsk", "karsk") == ""


def test_statements_that_never_held_together_make_no_chain(tmp_path):
    """A village of a district until 1930, the district of a province from 1991 only."""
    shutil.copytree("tests/data/tiny", tmp_path / "tiny")
    path = tmp_path / "tiny" / "places.geojson"
    document = json.loads(path.read_text("utf-8"))
    places = {place["id"]: place["properties"] for place in document["features"]}
    source = {"source": "invented"}
    places["tarn"]["de_jure"] = [{"parent": "tarn-district", "to": "1930-12-31", "source": source}]
    places["tarn-district"]["de_jure"] = [
        {"parent": "greyfen", "from": "1991-01-01", "source": source},
        {"parent": "norland", "from": "1920-01-01", "to": "1990-12-31", "source": source},
    ]
    places["greyfen"]["de_jure"] = []
    path.write_text(json.dumps(document), "utf-8")
    gazetteer = load_gazetteer(tmp_path / "tiny")
    index = indexed(gazetteer, tmp_path)
    assert up(index, "tarn", "greyfen") == ""
    assert "tarn" not in ids(gazetteer.within("greyfen"))
    assert up(index, "tarn", "norland") == "in Norland (de jure, 1920-01-01 to 1930-12-31)"
    assert "tarn" in ids(gazetteer.within("norland"))


def test_only_what_was_so_on_the_day(disputed):
    gazetteer, index = disputed
    assert up(index, "karsk", "tarn-district", "2000-01-01")
    assert not up(index, "karsk", "tarn-district", "2021-01-01")
    inside = {day: "karsk" in ids(gazetteer.within("tarn-district", on=day)) for day in DAYS}
    assert list(inside.values()) == [True, False, True, False]
    assert "karsk" not in ids(gazetteer.within("tarn-district", de_facto=False))
    assert "tarn" in ids(gazetteer.within("tarn-district", de_facto=False))


def test_the_index_keeps_both_halves_of_a_de_facto_statement(disputed):
    _, index = disputed
    stated = [(h.what, h.other, h.label, h.dates) for h in index.holdings("karsk")]
    assert stated == [
        ("de jure", "greyfen", "Greyfen", ""),
        ("de facto", "sudria", "Sudria", "1994-05-12 to 2020-11-10"),
        ("de facto in", "tarn-district", "Tarn district", "1994-05-12 to 2020-11-10"),
    ]


def test_holders_of_what_a_place_lies_in_stand_in_where_none_is_stated(disputed):
    _, index = disputed
    tarn = index.complete(index.place("tarn"))
    assert [(label, held.label) for label, held in tarn.holdings_above] == [
        ("Tarn district", "Sudria")
    ]
    assert index.complete(index.place("karsk")).holdings_above == ()


def test_a_circle_of_parents_ends(tmp_path):
    shutil.copytree("tests/data/tiny", tmp_path / "tiny")
    path = tmp_path / "tiny" / "places.geojson"
    document = json.loads(path.read_text("utf-8"))
    (norland,) = [place for place in document["features"] if place["id"] == "norland"]
    norland["properties"]["de_jure"] = [{"parent": "greyfen", "source": {"source": "invented"}}]
    path.write_text(json.dumps(document), "utf-8")
    gazetteer = load_gazetteer(tmp_path / "tiny")
    index = indexed(gazetteer, tmp_path)
    assert up(index, "karsk", "norland") == "in Norland (de jure)"
    assert up(index, "karsk", "sudria") == ""
    assert "karsk" in ids(gazetteer.within("norland"))
    assert index.complete(index.place("karsk")).parents == ("Greyfen", "Norland")


@pytest.fixture(scope="module")
def bundled(tmp_path_factory):
    """Every bundled pack."""
    gazetteer = load_gazetteer(*available_packs())
    return gazetteer, indexed(gazetteer, tmp_path_factory.mktemp("bundled"))


@pytest.mark.parametrize("on", DAYS)
def test_every_place_of_the_packs_is_in_the_same_areas_both_ways(bundled, on):
    gazetteer, index = bundled
    day = on.isoformat() if on else ""
    areas = [p.id for p in gazetteer.places.values() if p.kind in {"district", "province"}][::9]
    for area in areas:
        inside = set(ids(gazetteer.within(area, on=on)))
        for place in inside | set(list(gazetteer.places)[::40]):
            assert bool(path_up(place, (area,), index.holdings, day)) == (place in inside)


def ids(places):
    return [place.id for place in places]
