"""The commands, as a user meets them."""

import io
import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import __version__
from geo.cli import COMMANDS, main
from geo.commands import between, distance, lookup, near, which
from geo.options import declare, read_plainly, shield_coordinates

ROOT = Path(__file__).parents[1]
TINY = str(ROOT / "tests" / "data" / "tiny")
PACKS = ["--pack", TINY, "--pack", str(ROOT / "tests" / "data" / "tinyworld")]


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory):
    """One cache for the tests of this file, the user's left alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def run(capsys, *argv):
    """Run a command; give the exit code, stdout and stderr."""
    try:
        code = main(argv)
    except SystemExit as stop:  # argparse
        code = stop.code
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_lookup_shows_every_place_with_reasons(capsys):
    code, out, err = run(capsys, "lookup", "Milford", *PACKS)
    assert code == 0
    heads = [line.split("  ")[0] for line in out.splitlines() if not line.startswith(" ")]
    assert heads == ["milford-north", "milford-south", "farland-milford"]
    assert "(exact name, official name, town)" in out
    assert err == ""


def test_lookup_tells_all_about_a_place(capsys):
    _, out, _ = run(capsys, "lookup", "karsk", "--on", "2000-01-01", *PACKS)
    for said in (
        "karsk  Kärsk / Karavand: matched Kärsk (its id, same name in other letters, official",
        "valid on 2000-01-01)",
        "49.92000, -30.42000 (centroid, within 500 m); certain; extends about 3 km",
        "Karavand  (de facto, used by Sudria; sud, Latn)",
        "Oldfield  (former; en, Latn, 1930-01-01 to 1991-12-31)  not valid on 2000-01-01",
        "Greyfen > Norland (de jure, 2000-01-01)",
        "Sudria, 1994-05-12 to 2020-11-10  [invented]",
        "Norland, from 2020-11-10  [invented]  not on 2000-01-01",
        "geonames:1",
        "invented: Invented for the tests of clashmap (CC0-1.0)",
    ):
        assert said in out


def test_lookup_of_a_miss_asks_and_fails(capsys):
    code, out, err = run(capsys, "lookup", "Kask", *PACKS)
    assert (code, out) == (1, "")
    assert err == "clashmap: no place is called 'Kask'; did you mean Kärsk?\n"


def test_lookup_of_many_names_fails_if_one_is_missing(capsys):
    code, out, _ = run(capsys, "lookup", "Varden", "Zyxwvut", *PACKS)
    assert code == 1
    assert out.startswith("Varden:\nvarden  ")


def test_lookup_reads_names_from_stdin(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("Varden\n\n  Sokol \n"))
    code, out, _ = run(capsys, "lookup", "-", "--json", *PACKS)
    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["varden", "sokol"]


def test_lookup_of_an_empty_stdin_finds_nothing(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run(capsys, "lookup", "-", *PACKS)[:2] == (1, "")


def test_lookup_json_is_ascii_and_one_object_a_line(capsys):
    code, out, _ = run(capsys, "lookup", "Карск", "Kask", "--json", *PACKS)
    assert code == 1
    assert out.isascii()
    found, missing = map(json.loads, out.splitlines())
    assert (found["query"], found["id"], found["matched"]) == ("Карск", "karsk", "Карск")
    assert found["concordances"] == {"geonames": "1"}
    assert found["names"][4] == {
        "text": "Oldfield", "language": "en", "script": "Latn", "status": "former",
        "start": "1930-01-01", "end": "1991-12-31", "source": "invented",
    }  # fmt: skip
    assert missing == {"query": "Kask", "id": None, "did_you_mean": ["Kärsk"]}


@pytest.mark.parametrize(
    ("argv", "code", "ids"),
    [
        (["Varden", "--one"], 0, ["varden"]),
        (["Milford", "--one"], 1, ["milford-north", "milford-south", "farland-milford"]),
        (["Milford", "--one", "--near", "40.4,10.4"], 0, ["farland-milford"]),
        (["Milford", "--one", "--near=50.5,-31"], 0, ["milford-north"]),
        (
            ["Milford", "--one", "--near", "-33.9,18.4"],
            1,
            ["farland-milford", "milford-south", "milford-north"],
        ),
        (["Milford", "--limit", "1"], 0, ["milford-north"]),
    ],
)  # fmt: skip
def test_lookup_of_one(capsys, argv, code, ids):
    got, out, _ = run(capsys, "lookup", *argv, "--json", *PACKS)
    assert got == code
    assert [json.loads(line)["id"] for line in out.splitlines()] == ids


def test_near(capsys):
    code, out, _ = run(capsys, "near", "49.9", "-30.4", "--km", "8", "--pack", TINY)
    assert code == 0
    assert out.splitlines()[0] == (
        "      2.6 km NNW Kärsk / Karavand (town)  karsk  [within 500 m; certain; invented karsk]"
    )
    code, out, err = run(capsys, "near", "-80", "-170", "--pack", TINY)
    assert (code, out) == (1, "")
    assert "no place within 25 km of -80, -170" in err


def test_near_json(capsys):
    _, out, _ = run(capsys, "near", "49.9", "-30.4", "--limit", "1", "--json", "--pack", TINY)
    assert json.loads(out)["km"] == pytest.approx(2.65, abs=0.01)


def test_distance(capsys):
    code, out, _ = run(capsys, "distance", "0,0", "0,1", "--pack", TINY)
    assert code == 0
    # One degree of the equator of WGS 84: 2 pi 6378.137 km / 360.
    assert out.startswith("111.3 km E (90 degrees) from 0, 0 to 0, 1; geodesic on WGS 84")
    code, out, _ = run(capsys, "distance", "karsk", "-33.9,18.4", "--json", *PACKS)
    answer = json.loads(out)
    assert (answer["from"]["id"], answer["to"]["lat"]) == ("karsk", -33.9)
    assert answer["ellipsoid"] == "WGS 84"


def test_distance_from_an_ambiguous_name_lists_the_ids(capsys):
    code, out, err = run(capsys, "distance", "Milford", "karsk", *PACKS)
    assert (code, out) == (1, "")
    assert "give an id: milford-north (Milford, town); milford-south" in err
    assert run(capsys, "distance", "milford-south", "karsk", *PACKS)[0] == 0


def test_distance_from_an_unknown_name(capsys):
    code, _, err = run(capsys, "distance", "Kask", "karsk", *PACKS)
    assert code == 1
    assert err == "clashmap: error: no place is called 'Kask'; did you mean Kärsk?\n"


def test_gazetteer_check_and_stats(capsys, tmp_path):
    world = str(ROOT / "tests" / "data" / "tinyworld")
    code, out, err = run(capsys, "gazetteer", "check", TINY, world)
    assert code == 0
    assert "0 errors" in err
    code, out, _ = run(capsys, "gazetteer", "check", TINY, "--json")
    assert {json.loads(line)["severity"] for line in out.splitlines()} == {"note"}
    code, out, _ = run(capsys, "gazetteer", "stats", TINY)
    assert "tiny: Two invented countries in the Atlantic: 16 places" in out
    (tmp_path / "pack.json").write_text((ROOT / "tests/data/tiny/pack.json").read_text())
    code, out, _ = run(capsys, "gazetteer", "check", str(tmp_path))
    assert code == 1
    assert "error: tiny/pack.json: its country 'norland' does not exist" in out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["lokup"], "did you mean `clashmap lookup`?"),
        (["zzz"], "`clashmap --help` lists them"),
        (["lookup"], "the following arguments are required: NAME"),
        (["lookup", "x", "--on", "yesterday"], "'yesterday' is not a date such as 2020-09-27"),
        (["lookup", "x", "--near", "91,0"], "'91' is not a latitude between -90 and 90"),
        (["lookup", "x", "--near", "1"], "is not LAT,LON"),
        (["lookup", "x", "--limit", "0"], "'0' is not a whole number above 0"),
        (["lookup", "x", "--limit", "²"], "is not a whole number above 0"),
        (["lookup", "x", "--frob"], "unrecognized arguments: --frob"),
        (["lookup", "x", "--pack", "atlantis"], "no pack 'atlantis'"),
        (["near", "1", "nan"], "'nan' is not a longitude"),
        (["near", "1", "2", "--km", "1e999"], "is not a number of kilometres above 0"),
        (["near", "1", "2", "3"], "'1 2 3' is not LAT LON, two numbers as in 40.18 44.51"),
        (["near", "1"], "'1' is not LAT LON"),
        (["near", "nan", "nan"], "'nan' is not a latitude between -90 and 90"),
        (["near", "100", "40"], "between -90 and 90; did you mean LAT LON, 40 100?"),
        (["near", "1", "2", "--kind", "vilage"], "no place is of the kind 'vilage'"),
        (["near"], "required: WHERE"),
        (["which", "40,181"], "'181' is not a longitude between -180 and 180"),
        (["lookup", "x", "--near", "120,40"], "did you mean LAT LON, 40 120?"),
        (["lookup", "x", "--script", "Cyrillic"], "such as Latn or Cyrl"),
        (["between", "1,2", "1,2"], "are one spot: nothing lies between"),
        (["between", "1,2", "91,2"], "is not a latitude"),
        (["distance", "x"], "required: TO"),
    ],
)
def test_wrong_use_is_told_with_code_2(capsys, argv, said):
    code, out, err = run(capsys, *argv)
    assert (code, out) == (2, "")
    assert said in err


def test_help_lists_every_command_and_option(capsys):
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(f"\n  {name} " in out for name in COMMANDS)
    code, out, _ = run(capsys)
    assert (code, "usage:" in out) == (2, True)
    for name, module in (
        ("lookup", lookup), ("near", near), ("distance", distance), ("between", between),
        ("which", which),
    ):  # fmt: skip
        code, out, _ = run(capsys, name, "--help")
        assert code == 0
        assert all(option.flag in out for option in module.OPTIONS)


def test_version_is_the_packages(capsys):
    assert run(capsys, "--version") == (0, f"clashmap {__version__}\n", "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_module(name):
    module = import_module(COMMANDS[name][0])
    module.configure(ArgumentParser())
    assert callable(module.run)
    assert module.__doc__


def test_hostile_names_do_not_reach_the_terminal(capsys):
    _, out, err = run(capsys, "lookup", "\x1b]0;pwned\x07Varden\x1b[2J", "\x9b31m", *PACKS)
    assert "\x1b" not in out + err
    assert "\x9b" not in out + err


def test_undecodable_names_are_no_crash(capsys):
    code, out, err = run(capsys, "lookup", "Var\udcffden", "\ud800", *PACKS)
    assert code == 1
    (out + err).encode("utf-8")
    assert run(capsys, "distance", "\udcff", "karsk", *PACKS)[0] == 1


def test_names_in_another_encoding_are_misses():
    result = subprocess.run(
        [sys.executable, "-m", "geo", "lookup", "-", "--pack", TINY],
        input="Kärsk\nVarden\n".encode("latin-1"),
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert result.returncode == 1
    assert result.stdout.startswith(b"Varden:\nvarden  ")
    assert b"Traceback" not in result.stderr


def test_interrupt_gives_130(capsys, monkeypatch):
    def interrupt(args):
        raise KeyboardInterrupt

    monkeypatch.setattr(lookup, "run", interrupt)
    code, _, err = run(capsys, "lookup", "x")
    assert code == 130
    assert err.count("\n") == 1


def test_a_reader_that_leaves_is_no_error():
    command = f"{sys.executable} -m geo lookup {'Milford ' * 3000} --pack {TINY} | head -1"
    result = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.stdout == "Milford:\n"
    assert result.stderr == ""


@pytest.mark.parametrize(
    "argv",
    [["lookup", "Varden"], ["lookup", "Värdne"], ["lookup", "Milford", "--near", "1,2", "--json"],
     ["near", "50", "-31"], ["distance", "karsk", "varden"], ["between", "karsk", "varden"],
     ["which", "50.3,-30.9"], ["lookup", "Varden", "--in", "Norland", "--script", "Latn"]],
)  # fmt: skip
def test_a_lookup_imports_nothing_heavy(argv):
    """In a fresh process with the index made: no third-party package but geographiclib."""
    code = (
        "import sys\nfrom geo.cli import main\n"
        f"main({argv!r} + {['--pack', TINY]!r})\n"
        "heavy = {'geopandas', 'folium', 'geopy', 'shapely', 'pandas', 'numpy', 'msgspec',"
        " 'pyproj', 'rapidfuzz', 'rich', 'argparse', 'typing', 'pathlib', 'dataclasses',"
        " 'sqlite3'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    main(["lookup", "Varden", "--pack", TINY])  # makes the index
    command = [sys.executable, "-S", "-c", code]
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{_folder_of('geographiclib')}"}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=ROOT)
    assert result.stderr.splitlines()[-1:] == ["[]"], result.stderr


def _folder_of(package):
    return Path(__import__(package).__file__).parents[1]


WORDS = st.sampled_from(
    ["Varden", "-", "x y", "--on", "2020-01-01", "--on=2020-01-01", "--near=1,2", "--near", "1,2",
     "--limit", "3", "--limit=0", "--one", "--one=1", "--json", "--pack", "p", "--lim", "-h", "--",
     "-5", "", "--near=-33.9,18.4", "-33.9,18.4", "--frob",
     "--in", "--in=x", "--raw", "--script=latn", "--script", "--km=3", "--kind=a", "--column=c"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=6), st.sampled_from([lookup, near, distance, between, which]))
def test_the_quick_reading_of_arguments_is_argparses(argv, module):
    argv = shield_coordinates(argv)
    plain = read_plainly(argv, module.POSITIONALS, module.OPTIONS)
    if plain is None:
        return
    parser = ArgumentParser()
    declare(parser, module.POSITIONALS, module.OPTIONS)
    assert vars(parser.parse_intermixed_args(argv)) == vars(plain)
