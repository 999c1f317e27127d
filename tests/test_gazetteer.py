"""Packs in memory."""

import datetime as dt
import doctest
import json
import shutil
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo.frames
import geo.gazetteer
import geo.geocoder
from geo.errors import GazetteerError, InputError, UnknownPlace
from geo.gazetteer import is_abbreviation, load_gazetteer
from geo.gazetteer.naming import Question, resolve_name
from geo.lookup.index import Index
from geo.lookup.index_build import write_index

DAY_1950 = dt.date(1950, 1, 1)
DAY_2000 = dt.date(2000, 1, 1)


def ids(matches):
    return [match.place.id for match in matches]


def test_theatre_comes_before_the_world(tiny_gazetteer):
    found = tiny_gazetteer.find("Milford")
    assert ids(found) == ["milford-north", "milford-south", "farland-milford"]
    assert [match.pack for match in found] == ["tiny", "tiny", "tinyworld"]


def test_town_before_the_district_of_its_name(tiny_gazetteer):
    assert ids(tiny_gazetteer.find("Tarn"))[0] == "tarn"
    assert "tarn-district" in ids(tiny_gazetteer.find("Tarn"))


@pytest.mark.parametrize("name", ["Карск", "ԿԱՐՍԿ", "karsk", "KÄRSK", "Ka\u0308rsk", "Oldfield"])
def test_every_spelling_finds_the_place(tiny_gazetteer, name):
    assert ids(tiny_gazetteer.find(name)) == ["karsk"]


def test_how_a_name_was_found(tiny_gazetteer):
    assert tiny_gazetteer.find("Kärsk")[0].how == "exact"
    folded = tiny_gazetteer.find("karsk")[0]
    assert (folded.how, folded.name.text) == ("folded", "Kärsk")


def test_nothing_is_found_for_nothing(tiny_gazetteer):
    assert tiny_gazetteer.find("Nowhere") == ()
    assert tiny_gazetteer.find("") == ()
    assert tiny_gazetteer.find("?!") == ()


def test_a_name_not_valid_on_the_day_ranks_last(tmp_path, tiny_folder):
    folder = tmp_path / "pack"
    shutil.copytree(tiny_folder, folder)
    edit(folder, "milford-north", lambda p: p["names"][0].update({"to": "1990-01-01"}))
    gazetteer = load_gazetteer(folder)
    assert ids(gazetteer.find("Milford", on=DAY_1950)) == ["milford-north", "milford-south"]
    assert ids(gazetteer.find("Milford", on=DAY_2000)) == ["milford-south", "milford-north"]


@given(st.data())
def test_finding_is_blind_to_case_and_composition(tiny_gazetteer, data):
    place = data.draw(st.sampled_from(sorted(tiny_gazetteer.places)))
    name = data.draw(st.sampled_from(tiny_gazetteer.place(place).names)).text
    change = data.draw(
        st.sampled_from(
            [str.upper, str.lower, str.title, lambda s: unicodedata.normalize("NFD", s), str]
        )
    )
    assert place in ids(tiny_gazetteer.find(change(name)))


def test_name_index_has_the_longest_first(tiny_gazetteer):
    entries = tiny_gazetteer.name_index["tarn"]
    assert [entry.key for entry in entries] == [("tarn", "district"), ("tarn",)]
    assert entries[1].places == ("tarn", "tarn-district", "farland-tarn")


def test_abbreviations_are_for_capitals_only(tiny_gazetteer):
    assert [(e.places, e.capitals) for e in tiny_gazetteer.name_index["fl"]] == [
        (("fl-village",), False),
        (("farland",), True),
    ]
    assert tiny_gazetteer.name_index["nrl"][0].capitals


def test_words_cut_short_are_told_apart(tiny_gazetteer):
    assert [(e.places, e.shortened) for e in tiny_gazetteer.name_index["miss"]] == [
        (("missia",), True)
    ]
    assert not any(entry.shortened for entry in tiny_gazetteer.name_index["n"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [("US", True), ("U.S.", True), ("США", True), ("Us", False), ("U", False), ("TASHKENT", False),
     ("LA PAZ", False), ("北京", False)],
)  # fmt: skip
def test_what_is_an_abbreviation(name, expected):
    assert is_abbreviation(name) is expected


def test_every_name_can_be_matched(tiny_gazetteer):
    from geo.folding import name_key

    for place in tiny_gazetteer.places.values():
        for name in place.names:
            key = name_key(name.text)
            entries = tiny_gazetteer.name_index[key[0]]
            assert any(entry.key == key and place.id in entry.places for entry in entries)


def test_unknown_id_is_told_with_the_nearest(tiny_gazetteer):
    with pytest.raises(UnknownPlace, match="did you mean 'karsk'"):
        tiny_gazetteer.place("karsc")
    with pytest.raises(UnknownPlace):
        tiny_gazetteer.pack_of("")


def test_parents_and_what_is_within(tiny_gazetteer):
    karsk = tiny_gazetteer.place("karsk")
    assert [p.id for p in tiny_gazetteer.parents(karsk)] == ["greyfen", "norland"]
    assert "karsk" in [p.id for p in tiny_gazetteer.within("norland")]
    assert tiny_gazetteer.within("karsk") == ()


def test_a_circle_of_parents_ends(tmp_path, tiny_folder):
    folder = tmp_path / "pack"
    shutil.copytree(tiny_folder, folder)
    circle = [{"parent": "karsk", "source": {"source": "invented"}}]
    edit(folder, "greyfen", lambda p: p.update(de_jure=circle))
    gazetteer = load_gazetteer(folder)
    assert [p.id for p in gazetteer.parents(gazetteer.place("karsk"))] == ["greyfen"]
    assert {p.id for p in gazetteer.within("greyfen")} >= {"karsk"}


def test_near(tiny_gazetteer):
    near = tiny_gazetteer.near(lat=49.92, lon=-30.42, km=12, limit=2)
    assert [n.place.id for n in near] == ["karsk", "ellis-airfield"]
    assert near[0].km == 0
    assert tiny_gazetteer.near(lat=0, lon=0, km=5) == ()


def test_shapes_of_the_day(tiny_gazetteer):
    assert len(tiny_gazetteer.shapes("line-of-separation", on=DAY_2000)) == 1
    assert tiny_gazetteer.shapes("line-of-separation", on=DAY_1950) == ()
    assert len(tiny_gazetteer.shapes("line-of-separation")) == 1
    assert tiny_gazetteer.shapes("karsk") == ()


def test_actors_by_noun_and_adjective(tiny_gazetteer):
    assert tiny_gazetteer.actor_names["norlandic",] == ("norland",)
    assert tiny_gazetteer.actor_names["border", "monitoring", "mission"] == ("border-mission",)


def test_actors_and_sources_of_the_first_pack_come_first(tmp_path, tiny_folder):
    folder = tmp_path / "pack"
    shutil.copytree(tiny_folder, folder)
    text = (folder / "actors.json").read_text(encoding="utf-8")
    (folder / "actors.json").write_text(text.replace('"BMM"', '"Norland"'), encoding="utf-8")
    gazetteer = load_gazetteer(tiny_folder, folder, tiny_folder.parent / "tinyworld")
    assert list(gazetteer.actors) == [
        "border-mission", "greyfen-authority", "norland", "sudria", "farland",
    ]  # fmt: skip
    assert "BMM" in gazetteer.actors["border-mission"].names
    assert list(gazetteer.sources_of("tinyworld")) == ["invented-world"]
    assert list(gazetteer.sources) == ["invented", "invented-world"]


def test_digest_follows_the_bytes(tmp_path, tiny_folder, tiny_gazetteer):
    assert load_gazetteer(tiny_folder).digest == load_gazetteer(str(tiny_folder)).digest
    folder = tmp_path / "pack"
    shutil.copytree(tiny_folder, folder)
    same = load_gazetteer(folder).digest
    assert same == load_gazetteer(tiny_folder).digest != tiny_gazetteer.digest
    edit(folder, "karsk", lambda p: p.update(note="changed"))
    assert load_gazetteer(folder).digest != same


def test_an_id_of_two_packs_keeps_the_first(tmp_path, tiny_folder):
    folder = tmp_path / "other"
    shutil.copytree(tiny_folder, folder)
    gazetteer = load_gazetteer(tiny_folder, folder)
    assert {problem.code for problem in gazetteer.problems} == {"duplicate-id"}
    assert len(gazetteer.places) == 16


def test_a_pack_that_is_none_is_told(tmp_path):
    with pytest.raises(GazetteerError, match=r"no pack\.json"):
        load_gazetteer(tmp_path)
    with pytest.raises(GazetteerError, match="no pack 'atlantis'"):
        load_gazetteer("atlantis")
    (tmp_path / "pack.json").write_text("{")
    with pytest.raises(GazetteerError, match="cannot be used"):
        load_gazetteer(tmp_path)


MALFORMED = {
    "no feature": lambda f: f.update(type="Thing"),
    "no point": lambda f: f.update(
        geometry={"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    ),
    "no geometry": lambda f: f.update(geometry=None),
    "three coordinates": lambda f: f["geometry"].update(coordinates=[1, 2, 3]),
    "text coordinates": lambda f: f["geometry"].update(coordinates=["1", "2"]),
    "off the Earth": lambda f: f["geometry"].update(coordinates=[0, 91]),
    "unknown field": lambda f: f["properties"].update(colour="red"),
    "missing field": lambda f: f["properties"].pop("label"),
    "no location": lambda f: f["properties"].pop("location"),
    "no names": lambda f: f["properties"].update(names=[]),
    "bad date": lambda f: f["properties"].update({"from": "yesterday"}),
    "bad kind": lambda f: f["properties"].update(kind="planet"),
    "no properties": lambda f: f.pop("properties"),
    "properties no object": lambda f: f.update(properties=[1]),
    "id no text": lambda f: f.update(id=[1]),
    "no id": lambda f: f.pop("id"),
}


@pytest.mark.parametrize("fault", MALFORMED)
def test_a_malformed_record_is_left_out_and_told(tmp_path, tiny_folder, fault):
    folder = tmp_path / "pack"
    shutil.copytree(tiny_folder, folder)
    path = folder / "places.geojson"
    document = json.loads(path.read_text(encoding="utf-8"))
    record = next(f for f in document["features"] if f["id"] == "osk")
    MALFORMED[fault](record)
    path.write_text(json.dumps(document), encoding="utf-8")
    gazetteer = load_gazetteer(folder)
    (problem,) = gazetteer.problems
    assert problem.severity == "error"
    assert problem.where.startswith("tiny/places.geojson record")
    assert len(gazetteer.places) == 15


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "3", '{"features": 1}', "[" * 100_000, "\xff\xfe"]
)
def test_an_unreadable_file_does_not_lose_the_others(tmp_path, tiny_folder, text):
    folder = tmp_path / "pack"
    shutil.copytree(tiny_folder, folder)
    (folder / "places.geojson").write_text(text, encoding="latin-1")
    (folder / "sources.json").write_text("{}")
    gazetteer = load_gazetteer(folder)
    assert {problem.where.split(" ")[0] for problem in gazetteer.problems} == {
        "tiny/places.geojson",
        "tiny/sources.json",
    }
    assert gazetteer.places == {}
    assert len(gazetteer.actors) == 4


def edit(folder, place_id, change):
    """Change the properties of one place in a copied pack."""
    path = folder / "places.geojson"
    document = json.loads(path.read_text(encoding="utf-8"))
    change(next(f for f in document["features"] if f["id"] == place_id)["properties"])
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize("lat", [91, float("nan")])
def test_what_is_no_point_of_the_earth_is_refused(tiny_gazetteer, lat):
    with pytest.raises(InputError, match="off the Earth"):
        tiny_gazetteer.near(lat=lat, lon=0)
    with pytest.raises(InputError, match="off the Earth"):
        resolve_name(tiny_gazetteer, "Varden", Question(near=(lat, 0)))


def test_the_examples_of_the_docstrings_are_true():
    for module in (geo.gazetteer, geo.geocoder, geo.frames):
        failed, tried = doctest.testmod(module)
        assert (failed, tried > 1) == (0, True)


def test_a_superseded_place_goes_last_and_reading_means_its_successor(tmp_path, tiny_folder):
    folder = tmp_path / "pack"
    shutil.copytree(tiny_folder, folder)
    edit(folder, "milford-north", lambda p: p.update({"superseded_by": "milford-south"}))
    gazetteer = load_gazetteer(folder)
    assert ids(gazetteer.find("Milford")) == ["milford-south", "milford-north"]
    write_index(gazetteer, tmp_path / "index.sqlite")
    index = Index(str(tmp_path / "index.sqlite"))
    answers = index.find("Milford")
    assert [answer.id for answer in answers] == ["milford-south", "milford-north"]
    assert answers[1].reasons[-1] == "superseded by milford-south"
    assert index.decided(answers)
    index.close()
    assert gazetteer.place("milford-north").superseded_by == "milford-south"
    named = {place for entry in gazetteer.name_index["milford"] for place in entry.places}
    assert named == {"milford-south"}
