"""A new pack laid out for a bounding box, and candidates confirmed or refused."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cli import main
from geo.errors import GazetteerError, InputError
from geo.gazetteer import load_gazetteer
from geo.gazetteer.candidates import (
    FILE,
    TOLD,
    Row,
    candidates,
    collection,
    feature_line,
    geonames_rows,
    kinds,
    waiting,
)
from geo.gazetteer.checks import check_packs
from geo.gazetteer.new_pack import read_bbox
from geo.gazetteer.packs import read_pack
from geo.lookup.bundled import pack_folder

BOX = "-10,40,10,60"
VILLAGE = ("11", "Kärsk", "Karsk", "Карск,KRS,http://x,Kar\u202esk,Karsk Кар", 50.5, 3.25)


@pytest.fixture(scope="module")
def world_files():
    """The world pack, read once for all tests."""
    return read_pack(Path(pack_folder("world")))


@pytest.fixture(autouse=True)
def world_is_read_once(monkeypatch, world_files):
    monkeypatch.setattr(
        "geo.gazetteer.read_pack",
        lambda folder: world_files if folder == world_files.folder else read_pack(folder),
    )


def line(id_, name, plain, names, lat, lon, *, code="P.PPL", country="FR", people="0"):
    class_, feature = code.split(".")
    cells = [id_, name, plain, names, lat, lon, class_, feature, country, *[""] * 5, people]
    return "\t".join([*map(str, cells), "", "", "Etc/UTC", "2026-01-01"])


def listed(path, *lines):
    path.write_text("".join(f"{row}\n" for row in lines), "utf-8")
    return str(path)


def new(folder, *more, box=BOX):
    return main(["gazetteer", "new", str(folder), "--bbox", box, *more])


def problems(folder):
    gazetteer = load_gazetteer(folder, "world")
    return [p for p in check_packs(gazetteer, only=[gazetteer.packs[0].id]) if p.code != "balance"]


def features(path):
    return {f["id"]: f for f in json.loads(path.read_text("utf-8"))["features"]}


# -- what is laid out ------------------------------------------------------------------------------


def test_an_empty_pack_is_whole_and_clean(tmp_path, capsys):
    folder = tmp_path / "two-lands"
    assert new(folder, "--countries", "NL,BE", "--title", "The border of two lands") == 0
    said = capsys.readouterr()
    assert said.out == f"{folder}\n"
    assert f"clashmap gazetteer check {folder}" in said.err
    assert sorted(p.name for p in folder.iterdir()) == [
        "PROVENANCE.md", "README.md", "actors.json", "pack.json", "places.geojson",
        "refusals.json", "sources.json", "wanted.md",
    ]  # fmt: skip
    gazetteer = load_gazetteer(folder, "world")
    pack = gazetteer.packs[0]
    assert (pack.id, pack.title, pack.bbox) == (
        "two-lands", "The border of two lands", (-10.0, 40.0, 10.0, 60.0)
    )  # fmt: skip
    assert pack.countries == pack.parties == ("belgium", "netherlands")
    assert problems(folder) == []


@pytest.mark.parametrize("countries", ["BE,NL", "netherlands, belgium", "Belgium,The Netherlands"])
def test_countries_are_given_by_code_id_or_name(tmp_path, countries):
    assert new(tmp_path / "a", "--countries", countries) == 0
    assert load_gazetteer(tmp_path / "a").packs[0].countries == ("belgium", "netherlands")


def test_a_box_may_begin_with_a_minus(tmp_path):
    assert main(["gazetteer", "new", str(tmp_path / "a"), "--bbox", "-0.5,1,2,3"]) == 0


# -- candidates ------------------------------------------------------------------------------------


def test_candidates_have_the_form_of_places_and_are_none(tmp_path, capsys):
    folder = tmp_path / "land"
    rows = listed(
        tmp_path / "FR.txt",
        line(*VILLAGE),
        line("12", "Far", "Far", "", 61, 3),  # outside the box
        line("13", "Hotel", "Hotel", "", 50, 3, code="S.HTL"),  # no candidate
    )
    assert new(folder, "--from", rows) == 0
    assert "1 candidates and no places" in capsys.readouterr().err
    (feature,) = features(folder / FILE).values()
    assert feature["id"] == "karsk"
    assert feature["geometry"]["coordinates"] == [3.25, 50.5]
    properties = feature["properties"]
    assert properties["certainty"] == "uncertain"
    assert properties["concordances"] == {"geonames": "11"}
    assert properties["de_jure"][0]["parent"] == "france"
    # No codes, links, hidden marks or names of two scripts.
    assert [n["text"] for n in properties["names"]] == ["Kärsk", "Karsk", "Карск"]
    assert [n["script"] for n in properties["names"]] == ["Latn", "Latn", "Cyrl"]
    gazetteer = load_gazetteer(folder)
    assert gazetteer.places == {}
    assert gazetteer.find("Karsk") == ()
    told = {p.code: p.message for p in problems(folder)}
    assert set(told) == {"candidates-waiting", "unused-source"}
    assert told["candidates-waiting"].endswith(": 1")


def test_every_candidate_would_be_a_clean_place(tmp_path):
    """Each code of the table becomes a record that the checks accept."""
    folder = tmp_path / "land"
    codes = sorted(kinds()["codes"])
    rows = [
        line(str(n), f"Name {n}", f"Name {n}", "", 50 + n / 100, 3, code=code)
        for n, code in enumerate(codes, 1)
    ]
    assert new(folder, "--from", listed(tmp_path / "a.txt", *rows)) == 0
    ids = sorted(features(folder / FILE))
    assert len(ids) == len(codes)
    assert main(["gazetteer", "confirm", str(folder), *ids]) == 0
    assert problems(folder) == []
    assert {p.feature.code for p in load_gazetteer(folder).places.values()} == {
        code.partition(".")[2] for code in codes
    }


class WorldOfTwo:
    """As much of an index of the world as is asked."""

    def __init__(self, path):
        self.paths = (str(path),)

    def near(self, *, lat, lon, km):
        assert (lat, lon) == (50, 0)
        assert km > 1_300  # to the farthest corner, which is a southern one
        inside = SimpleNamespace(
            number=11, label="Kärsk", lat=50.5, lon=3.25, code="P.PPL", country="FR", population=9
        )
        yield inside
        yield SimpleNamespace(**vars(inside) | {"number": 12, "lat": 61})
        yield SimpleNamespace(**vars(inside) | {"number": 13, "code": "S.HTL"})

    def complete(self, answer):
        return SimpleNamespace(**vars(answer), forms=(SimpleNamespace(text="Карск"),))


def test_without_a_list_the_index_of_the_world_is_asked(tmp_path, monkeypatch):
    index = tmp_path / "world.sqlite"
    index.touch()
    monkeypatch.setattr("geo.lookup.world.open_world", lambda: WorldOfTwo(index))
    assert new(tmp_path / "land") == 0
    (feature,) = features(tmp_path / "land" / FILE).values()
    assert feature["id"] == "karsk"
    assert feature["properties"]["label"] == "Karsk"
    assert [n["text"] for n in feature["properties"]["names"]] == ["Kärsk", "Карск"]
    (source,) = json.loads((tmp_path / "land" / "sources.json").read_text("utf-8"))
    made = dt.datetime.fromtimestamp(index.stat().st_ctime, dt.UTC)
    assert source["retrieved"] == made.date().isoformat()


def test_no_index_gives_no_candidates(tmp_path):
    assert new(tmp_path / "land") == 0
    assert not (tmp_path / "land" / FILE).exists()


def row(id_, plain, *, country="FR", people=0):
    return Row(id_, plain, plain, (), 50.0, 3.0, "P.PPL", country, people)


def test_ids_differ_and_are_nobody_elses():
    world = load_gazetteer("world").places
    twins = [
        row("1", "Karsk"),
        row("2", "Karsk"),
        row("3", "Paris"),
        row("4", "!!"),
        row("4", "!!"),
    ]
    found = candidates([*twins], countries={}, taken=world)
    assert [p.id for p in found] == ["karsk-1", "karsk-2", "paris-3"]
    # The same place of another pack keeps its id.
    paris = world["paris"].concordances["geonames"]
    (same,) = candidates([row(paris, "Paris")], countries={}, taken=world)
    assert same.id == "paris"


@pytest.mark.parametrize(("people", "word"), [(0, "village"), (20_000, "town"), (300_000, "city")])
def test_a_large_settlement_is_a_town(people, word):
    (place,) = candidates([row("1", "Karsk", people=people)], countries={}, taken={})
    assert place.feature.word == word


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=5))
def test_no_name_of_a_list_breaks_a_pack(name, others):
    found = candidates(
        [Row("7", name, name, tuple(others), 50.0, 3.0, "P.PPL", "FR")], countries={}, taken={}
    )
    for place in found:
        assert "\n" not in feature_line(place)
        assert all(n.text.isprintable() for n in place.names)
        assert json.loads(collection([feature_line(place)]))["features"][0]["id"] == place.id


# -- bad lists -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("11\tKarsk", "2 columns instead of 19"),
        (line("11", "A", "A", "", 91, 3), "lat 91 lon 3 is off the Earth"),
        (line("11", "A", "A", "", "nan", 3), "off the Earth"),
        (line("11", "A", "A", "", "north", 3), "'north', '3' is no latitude, longitude"),
        (line("x1", "A", "A", "", 50, 3), "'x1' is no GeoNames id"),
        (line("11", "A" * 220_000, "A", "", 50, 3), "characters on one line"),
    ],
)  # fmt: skip
def test_a_broken_line_is_told_and_the_rest_is_used(tmp_path, capsys, bad, why):
    path = listed(tmp_path / "a.txt", bad, "", line(*VILLAGE))
    assert new(tmp_path / "land", "--from", path) == 1
    said = capsys.readouterr().err
    assert f"{path}:1: " in said
    assert why in said
    assert list(features(tmp_path / "land" / FILE)) == ["karsk"]


def test_many_broken_lines_are_counted(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(line(*VILLAGE).encode() + b"\n" + b"\xff no list\n" * (TOLD + 5))
    found = []
    assert len(list(geonames_rows(path, (-180, -90, 180, 90), found))) == 1
    assert len(found) == TOLD + 1
    assert found[-1].message.startswith(f"{TOLD + 5} lines were left out")


def test_a_list_that_is_not_there_leaves_no_folder(tmp_path, capsys):
    assert new(tmp_path / "land", "--from", str(tmp_path / "none.txt")) == 2
    assert "none.txt: cannot be read (No such file" in capsys.readouterr().err
    assert not (tmp_path / "land").exists()


def test_too_large_a_box_is_refused(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("geo.commands.gazetteer.new.MOST_CANDIDATES", 1)
    path = listed(tmp_path / "a.txt", line(*VILLAGE), line("12", "B", "B", "", 50, 3))
    assert new(tmp_path / "land", "--from", path) == 2
    assert "more than 1 places lie in the box; give a smaller one" in capsys.readouterr().err
    assert not (tmp_path / "land").exists()


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_nothing_is_overwritten(tmp_path, capsys, kind):
    target = tmp_path / "mine"
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.write_text("mine")
    else:
        target.symlink_to(tmp_path / "nowhere")
    assert new(target) == 2
    assert "is there already; nothing was written" in capsys.readouterr().err
    assert not (target / "pack.json").exists()


@pytest.mark.parametrize(
    "box", ["", "1,2,3", "a,b,c,d", "1,2,3,4,5", "200,1,201,2", "1,1,1,2", "2,1,1,2", "nan,1,2,3"]
)
def test_a_wrong_box_is_told(box):
    with pytest.raises(InputError, match=r"--bbox .*give --bbox WEST,SOUTH,EAST,NORTH"):
        read_bbox(box)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--id", "Two Lands"], "an id has small letters"),
        (["--countries", "XX"], "--countries 'XX': no country"),
    ],
)
def test_wrong_words_are_told(tmp_path, capsys, more, why):
    assert new(tmp_path / "a", *more) == 2
    assert why in capsys.readouterr().err
    assert not (tmp_path / "a").exists()


def test_a_full_disk_leaves_no_folder(tmp_path, monkeypatch):
    def full(folder, contents):
        raise InputError("cannot be written (No space left on device)")

    monkeypatch.setattr("geo.files.write_all", full)
    assert new(tmp_path / "land") == 2
    assert not (tmp_path / "land").exists()


# -- confirming ------------------------------------------------------------------------------------


@pytest.fixture
def theatre(tmp_path):
    folder = tmp_path / "land"
    rows = [line(str(n), f"Name {n}", f"Name {n}", "", 50, 3 + n / 100) for n in (3, 1, 2)]
    assert new(folder, "--from", listed(tmp_path / "a.txt", *rows)) == 0
    return folder


def confirm(folder, *words):
    return main(["gazetteer", "confirm", str(folder), *words])


def test_a_confirmed_candidate_is_a_place(theatre, capsys):
    before = (theatre / FILE).read_text("utf-8").split("\n")
    assert confirm(theatre, "name-2") == 0
    assert "1 confirmed, 2 waiting" in capsys.readouterr().err
    assert confirm(theatre, "name-1") == 0
    # The line itself is moved, and the files keep their form.
    after = (theatre / "places.geojson").read_text("utf-8").split("\n")
    assert [text.rstrip(",") for text in after[1:3]] == [text.rstrip(",") for text in before[1:3]]
    assert waiting(theatre) == ("name-3",)
    assert set(load_gazetteer(theatre).places) == {"name-1", "name-2"}
    assert {p.code for p in problems(theatre)} == {"candidates-waiting"}


def test_a_refused_candidate_is_kept_with_the_reason(theatre, capsys):
    assert confirm(theatre, "name-1", "name-3", "--refuse", "in no report") == 0
    assert "2 refused, 1 waiting" in capsys.readouterr().err
    files = load_gazetteer(theatre).files[0]
    assert [(r.id, r.name, r.lat, r.lon, r.reason) for r in files.refusals] == [
        ("name-1", "Name 1", 50, 3.01, "in no report"),
        ("name-3", "Name 3", 50, 3.03, "in no report"),
    ]
    assert files.places == ()
    assert {p.code for p in problems(theatre)} == {"candidates-waiting"}


def test_a_wrong_id_moves_nothing(theatre, capsys):
    before = {p.name: p.read_bytes() for p in theatre.iterdir()}
    assert confirm(theatre, "name-1", "nam-2") == 2
    assert "no candidate has the id 'nam-2'; did you mean name-2" in capsys.readouterr().err
    assert {p.name: p.read_bytes() for p in theatre.iterdir()} == before


def test_a_place_is_not_confirmed_twice(theatre, capsys):
    copy = (theatre / FILE).read_bytes()
    assert confirm(theatre, "name-1") == 0
    (theatre / FILE).write_bytes(copy)
    assert confirm(theatre, "name-1") == 2
    assert "'name-1' is a place already" in capsys.readouterr().err


@pytest.mark.parametrize("broken", ["{", "[]", '{"features": 3}'])
def test_a_broken_file_of_candidates_is_told(theatre, broken):
    (theatre / FILE).write_text(broken)
    with pytest.raises(GazetteerError, match=r"candidates\.geojson: cannot be read"):
        waiting(theatre)
    assert "malformed-record" in {p.code for p in problems(theatre)}
    assert confirm(theatre, "name-1") == 2


def test_places_on_one_line_are_not_moved_about(theatre, capsys):
    assert confirm(theatre, "name-1", "name-2") == 0
    path = theatre / "places.geojson"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8"))), "utf-8")
    assert confirm(theatre, "name-3") == 2
    assert "with one Feature a line" in capsys.readouterr().err
