"""The look-up index: answers, cache, damage, two at once."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import GazetteerError
from geo.gazetteer import load_gazetteer
from geo.lookup.index import Index, open_index
from geo.lookup.index_build import build_index, index_digest, obtain
from geo.lookup.suggestions import deletion_hashes, is_one_edit

ROOT = Path(__file__).parents[1]


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache of this test alone."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return folder / "clashmap"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """An index of both invented packs."""
    data = ROOT / "tests" / "data"
    path = tmp_path_factory.mktemp("index") / "tiny.sqlite"
    build_index([data / "tiny", data / "tinyworld"], path)
    return Index(str(path))


@pytest.fixture
def pack(tmp_path, tiny_folder):
    """A copy of the invented pack, to change."""
    folder = tmp_path / "pack"
    shutil.copytree(tiny_folder, folder)
    return folder


def test_it_answers_as_the_gazetteer_does(tiny, tiny_gazetteer):
    for place in tiny_gazetteer.places.values():
        for name in place.names:
            expected = [match.place.id for match in tiny_gazetteer.find(name.text)]
            assert [answer.id for answer in tiny.find(name.text)] == expected


def test_an_answer_has_all_that_the_record_has(tiny):
    (karsk,) = tiny.find("Карск", on="2000-01-01")
    assert tiny.complete(karsk, on="2000-01-01") is karsk
    assert (karsk.lat, karsk.lon, karsk.accuracy_m, karsk.location_kind) == (
        49.92, -30.42, 500, "centroid",
    )  # fmt: skip
    assert [form.text for form in karsk.forms] == [
        "Kärsk", "Karavand", "Карск", "Կարսկ", "Oldfield", "Karsc",
    ]  # fmt: skip
    assert karsk.forms[1].user == "Sudria"
    assert (karsk.forms[4].start, karsk.forms[4].end) == ("1930-01-01", "1991-12-31")
    assert karsk.parents == ("Greyfen", "Norland")
    held = [(h.label, h.start, h.end) for h in karsk.holdings if h.what == "de facto"]
    assert held == [("Sudria", "1994-05-12", "2020-11-10"), ("Norland", "2020-11-10", "")]
    assert karsk.reasons == ("exact name", "exonym name", "town", "valid on 2000-01-01")
    assert karsk.links == "geonames:1"
    assert karsk.sources == "invented: Invented for the tests of clashmap (CC0-1.0)"


def test_reasons_say_what_a_name_was_on_the_day(tiny):
    assert "not valid on 2000-01-01" in tiny.find("Oldfield", on="2000-01-01")[0].reasons
    assert "valid on 1950-01-01" in tiny.find("Oldfield", on="1950-01-01")[0].reasons


def test_nearer_places_come_first(tiny):
    north = tiny.find("Milford", near=(51, -31))
    assert [a.id for a in north] == ["milford-north", "milford-south", "farland-milford"]
    far = tiny.find("Milford", near=(40, 10))
    assert far[0].id == "farland-milford"
    assert "70 km from the point given" in far[0].reasons[-1]


def test_a_town_decides_over_the_district_around_it_and_not_over_a_namesake(tiny, tmp_path):
    assert [answer.id for answer in tiny.find("Tarn")] == ["tarn", "farland-tarn", "tarn-district"]
    assert not tiny.decided(tiny.find("Tarn"))
    assert not tiny.decided([])
    build_index([ROOT / "tests" / "data" / "tiny"], tmp_path / "one.sqlite")
    one = Index(str(tmp_path / "one.sqlite"))
    assert [answer.id for answer in one.find("Tarn")] == ["tarn", "tarn-district"]
    assert one.decided(one.find("Tarn"))
    assert not one.decided(one.find("Milford"))


def test_place_by_id(tiny):
    assert tiny.place("karsk").label == "Kärsk / Karavand"
    assert tiny.place("nowhere") is None
    assert tiny.place("\ud800") is None


def test_near_is_sorted_and_bounded(tiny, tiny_gazetteer):
    found = tiny.near(lat=49.9, lon=-30.5, km=30)
    expected = tiny_gazetteer.near(lat=49.9, lon=-30.5, km=30)
    assert [(a.id, a.km) for a in found] == [(n.place.id, n.km) for n in expected]
    assert [a.km for a in found] == sorted(a.km for a in found)
    assert len(tiny.near(lat=49.9, lon=-30.5, km=30, limit=2)) == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Kask", "Kärsk"), ("Vardne", "Varden"), ("Soköll", "Sokol"), ("Farhavn", "Farhaven"),
     ("Ellis", "Ellis Airfield"), ("Separation", "Line of Separation"),
     ("Faarhavven", "Farhaven"), ("Сокола", "Сокол")],
)  # fmt: skip
def test_what_may_have_been_meant(tiny, typed, meant):
    assert tiny.find(typed) == []
    assert meant in tiny.suggest(typed)


def test_a_name_is_suggested_in_the_script_that_was_typed(tiny):
    assert "Сокол" not in tiny.suggest("Sokola")
    assert "Sokol" not in tiny.suggest("Сокола")


def test_nothing_like_it_gives_no_suggestion(tiny):
    assert tiny.suggest("Zyxwvut") == []
    assert tiny.suggest("") == []
    assert tiny.suggest("%") == []
    assert tiny.suggest("A" * 100_000) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("abc", "abc", True), ("abc", "abd", True), ("abc", "ab", True), ("abc", "acb", True),
     ("abc", "xabc", True), ("abc", "cba", False), ("abc", "a", False), ("", "a", True),
     ("abcd", "abdce", False), ("ab", "ba", True)],
)  # fmt: skip
def test_one_edit(one, other, expected):
    assert is_one_edit(one, other) is is_one_edit(other, one) is expected
    # A swap of neighbours shares a form too: "acb" and "abc" without their "b" are one.
    assert bool(deletion_hashes(one) & deletion_hashes(other)) or not expected


def test_it_is_made_once_and_found_again(cache, pack):
    first = open_index([str(pack)])
    made = Path(first.path).stat().st_ctime_ns
    second = open_index([str(pack)])
    assert second.path == first.path
    assert Path(first.path).parent == cache
    assert Path(second.path).stat().st_ctime_ns == made


def test_a_changed_pack_makes_it_again(cache, pack):
    first = open_index([str(pack)])
    text = (pack / "places.geojson").read_text(encoding="utf-8")
    (pack / "places.geojson").write_text(text.replace("Varden", "Wurden"), encoding="utf-8")
    second = open_index([str(pack)])
    assert second.digest != first.digest
    assert [a.id for a in second.find("Wurden")] == ["varden"]
    assert second.find("Värden")


def damage_start(path):
    path.write_bytes(b"rubbish" * 1000)


def damage_end(path):
    path.write_bytes(path.read_bytes()[:5000])


def empty(path):
    path.write_bytes(b"")


def forge(path):
    """A sound file that says something else."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE places SET lat = 0")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("damage", [damage_start, damage_end, empty, forge, Path.unlink])
def test_a_damaged_or_changed_index_is_made_again(cache, pack, damage):
    damage(Path(open_index([str(pack)]).path))
    index = open_index([str(pack)])
    assert index.find("Varden")[0].lat == 50.8


def test_damage_behind_the_same_size_and_time_is_noticed_in_use(cache, pack, capsys):
    path = Path(open_index([str(pack)]).path)
    kept = path.stat()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)  # the first page, with the schema, stays whole
    path.write_bytes(data)
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert [a.id for a in open_index([str(pack)]).find("Varden")] == ["varden"]
    assert "damaged; it is made again" in capsys.readouterr().err
    assert [a.id for a in open_index([str(pack)]).find("Varden")] == ["varden"]
    assert capsys.readouterr().err == ""


def test_an_index_of_another_version_is_refused(tmp_path):
    path = tmp_path / "old.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE meta (key, value)")
    connection.commit()
    connection.close()
    with pytest.raises(GazetteerError, match="another version"):
        Index(str(path))


def test_a_cache_that_cannot_be_written_gives_way_to_a_temporary_folder(
    tmp_path, monkeypatch, pack, cache, capsys
):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    index = open_index([str(pack)])
    assert index.find("Varden")
    assert Path(index.path).parent == tmp_path / f"clashmap-{os.getuid()}"
    assert "nothing can be kept in" in capsys.readouterr().err
    assert open_index([str(pack)]).path == index.path


def test_a_strangers_temporary_folder_is_not_used(tmp_path, monkeypatch):
    from geo.lookup.cache import temporary_folder

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / f"clashmap-{os.getuid()}").mkdir(mode=0o777)
    (tmp_path / f"clashmap-{os.getuid()}").chmod(0o777)
    folder = Path(temporary_folder())
    assert folder.name != f"clashmap-{os.getuid()}"
    assert folder.stat().st_mode & 0o077 == 0


def test_an_index_made_before_is_used_where_it_fits(cache, pack, tmp_path, monkeypatch):
    prebuilt = tmp_path / "lookup.sqlite"
    monkeypatch.setattr("geo.lookup.index_build.PREBUILT", prebuilt)
    build_index([pack], prebuilt)
    assert open_index([str(pack)]).path == str(prebuilt)
    text = (pack / "places.geojson").read_text(encoding="utf-8")
    (pack / "places.geojson").write_text(text.replace("Varden", "Wurden"), encoding="utf-8")
    assert open_index([str(pack)]).path != str(prebuilt)


def test_an_index_made_before_needs_no_cache(pack, tmp_path, monkeypatch):
    prebuilt, blocked = tmp_path / "lookup.sqlite", tmp_path / "file"
    build_index([pack], prebuilt)
    blocked.write_text("no folder")
    monkeypatch.setattr("geo.lookup.index_build.PREBUILT", prebuilt)
    monkeypatch.setattr("geo.lookup.index_build.cache_folder", lambda: str(blocked / "a"))
    monkeypatch.setattr("geo.lookup.index_build.temporary_folder", lambda: str(blocked / "b"))
    assert obtain((str(pack),), "stamp") == str(prebuilt)


def test_two_processes_at_once_make_one_sound_index(tmp_path, tiny_folder):
    code = (
        "import sys; from geo.lookup.index import open_index;"
        f"i = open_index([{str(tiny_folder)!r}]); print(i.find('Varden')[0].id, i.path)"
    )
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = {process.communicate(timeout=60)[0] for process in running}
    assert [process.returncode for process in running] == [0, 0, 0]
    (answer,) = answers
    assert answer.startswith("varden ")
    left = sorted(path.name.split("-")[0] for path in (tmp_path / "clashmap").iterdir())
    assert left == ["lookup", "stamp"]


def test_the_same_packs_give_the_same_bytes(tmp_path, tiny_folder):
    build_index([tiny_folder], tmp_path / "one")
    build_index([tiny_folder], tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_old_indexes_do_not_pile_up(cache, pack):
    text = (pack / "places.geojson").read_text(encoding="utf-8")
    for number in range(10):
        changed = text.replace("Varden", f"Varden{number}")
        (pack / "places.geojson").write_text(changed, encoding="utf-8")
        index = open_index([str(pack)])
    kept = list(cache.glob("lookup-*.sqlite"))
    assert len(kept) == 8
    assert Path(index.path) in kept


def test_a_monstrous_name_in_a_pack_takes_no_monstrous_time(pack, tmp_path):
    text = (pack / "places.geojson").read_text(encoding="utf-8")
    (pack / "places.geojson").write_text(text.replace("Varden", "V" * 50_000), encoding="utf-8")
    build_index([pack], tmp_path / "index.sqlite")
    assert Index(str(tmp_path / "index.sqlite")).find("v" * 50_000)[0].id == "varden"


def test_records_left_out_are_told_once(cache, pack, capsys):
    text = (pack / "places.geojson").read_text(encoding="utf-8")
    broken = text.replace('"kind": "facility"', '"kind": "planet"')
    (pack / "places.geojson").write_text(broken, encoding="utf-8")
    assert open_index([str(pack)]).find("Varden")
    assert "1 broken records of the packs are left out" in capsys.readouterr().err
    assert open_index([str(pack)]).find("Varden")
    assert capsys.readouterr().err == ""


def test_no_pack_at_all_is_told(monkeypatch):
    monkeypatch.setattr("geo.lookup.index.available_packs", tuple)
    with pytest.raises(GazetteerError, match="no gazetteer pack"):
        open_index()


def test_digest_covers_packs_and_code(tiny_folder, pack, monkeypatch):
    digest = index_digest(load_gazetteer(tiny_folder))
    assert digest == index_digest(load_gazetteer(pack))
    monkeypatch.setattr("geo.lookup.index_build.MAKERS", ("folding.py",))
    assert digest != index_digest(load_gazetteer(pack))


def test_a_failed_build_leaves_nothing(tmp_path, monkeypatch, pack):
    monkeypatch.setattr("geo.lookup.index_build._fill", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build_index([pack], tmp_path / "index.sqlite")
    assert not list(tmp_path.glob("index*"))


def test_nowhere_to_write_is_told(monkeypatch, tmp_path, pack):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setattr("geo.lookup.index_build.cache_folder", lambda: str(blocked / "a"))
    monkeypatch.setattr("geo.lookup.index_build.temporary_folder", lambda: str(blocked / "b"))
    with pytest.raises(GazetteerError, match="XDG_CACHE_HOME"):
        obtain((str(pack),), "stamp")


def test_a_place_is_found_by_what_other_gazetteers_call_it(tiny):
    (found,) = tiny.ask("geonames:1")
    assert found.id in {answer.id for answer in tiny.ask(f"id:{found.id}")}
    assert found.how == "id"
    assert [answer.id for answer in tiny.ask("id:geonames:1")] == [found.id]
    for text in ("geonames:", "geonames:11", ":1", ":", "geonames:1 wikidata", "Q1", "Q"):
        assert tiny.ask(text) == []
