"""A column of a table looked up, and what broken tables get."""

import csv
import io
import json
import subprocess
import sys

import pytest
from running import COMMAND, ROOT, environment

from geo.cli import main

PACKS = ["--pack", str(ROOT / "tests/data/tiny"), "--pack", str(ROOT / "tests/data/tinyworld")]
TABLE = """\
id,place,lat,n
1,Varden,40.1,-5
2,Карск,x,=1+1
3,Milford,,
4,Vardne,,
5,,,
6,id:milford-south,,
"""


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def look_up(tmp_path, capsys):
    """Look the column ``place`` of a table up: code, rows by column, stderr."""

    def run(table, *options, column="place", delimiter=","):
        path = tmp_path / "table.csv"
        path.write_bytes(table if isinstance(table, bytes) else table.encode())
        code = main(["lookup", "--column", column, str(path), *options, *PACKS])
        out, err = capsys.readouterr()
        rows = list(csv.DictReader(io.StringIO(out, newline=""), delimiter=delimiter))
        return code, rows, err

    return run


def test_every_row_comes_back_with_its_place_or_the_reason(look_up):
    code, rows, err = look_up(TABLE)
    assert code == 1
    assert [row["id"] for row in rows] == list("123456")
    assert [row["how"] for row in rows] == [
        "exact", "exact", "ambiguous", "unknown", "empty", "id",
    ]  # fmt: skip
    assert [row["place_id"] for row in rows] == ["varden", "karsk", "", "", "", "milford-south"]
    first = rows[0]
    assert (first["clashmap_lat"], first["lon"], first["accuracy_m"]) == ("50.8", "-31.4", "500")
    assert (first["label"], first["certainty"], first["lat"]) == ("Varden", "certain", "40.1")
    assert rows[2]["candidates"] == "milford-north; milford-south; farland-milford"
    assert "3 places are called 'Milford' and nothing decides" in rows[2]["reason"]
    assert "did you mean Varden" in rows[3]["reason"]
    assert err == "clashmap: 3 of 6 rows have a place; 1 ambiguous, 1 empty, 1 unknown\n"


def test_a_table_without_doubts_gives_0(look_up):
    code, rows, err = look_up("place\nVarden\n\nSokol\n")
    assert code == 0
    assert [row["place_id"] for row in rows] == ["varden", "sokol"]
    assert err == "clashmap: 2 of 2 rows have a place\n"
    assert look_up("place\n")[:2] == (0, [])


def test_cells_are_harmless_in_a_spreadsheet_and_raw_ones_exact(look_up):
    rows = look_up(TABLE)[1]
    assert [row["n"] for row in rows[:2]] == ["-5", "'=1+1"]
    rows = look_up(TABLE, "--raw")[1]
    assert [row["n"] for row in rows[:2]] == ["-5", "=1+1"]


def test_day_point_area_and_script_count(look_up):
    table = "place\nMilford\n"
    assert look_up(table, "--near=50.5,-31")[1][0]["place_id"] == "milford-north"
    code, (row,), _ = look_up(table, "--in", "Sudria", "--script", "Cyrl")
    assert (code, row["place_id"], row["name_Cyrl"]) == (0, "milford-south", "Мильфорд")
    assert "in Sudria (de jure)" in row["reason"]
    (row,) = look_up("place\nVarden\n", "--in", "Sudria")[1]
    assert row["reason"] == (
        "no place is called 'Varden' in Sudria; elsewhere: varden (Varden, capital)"
    )
    assert (
        "not valid on 2000-01-01" in look_up("place\nOldfield\n", "--on=2000-01-01")[1][0]["reason"]
    )


def test_json_gives_one_object_a_row(tmp_path, capsys):
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    main(["lookup", "--column", "place", str(tmp_path / "t.csv"), "--json", *PACKS])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0]["place_id"] == "varden"
    assert (rows[1]["n"], rows[1]["clashmap_lat"]) == ("=1+1", 49.92)
    assert (rows[2]["place_id"], len(rows[2]["candidates"])) == (None, 3)


@pytest.mark.parametrize(
    ("table", "delimiter"),
    [("x\tplace\n1\tVarden\n", "\t"), ("x;place\n1,5;Varden\n", ";"),
     ("x, Place \n1,Varden\n", ","), ('"x\ny",place\n1,Varden\n', ","),
     ("\ufeffplace,x\r\nVarden,1\r\n", ","), ("place\nVarden", ","),
     ("place,x\nVarden,1\n".encode("utf-16"), ",")],
)  # fmt: skip
def test_tables_of_every_make(look_up, table, delimiter):
    code, (row,), _ = look_up(table, delimiter=delimiter)
    assert (code, row["place_id"]) == (0, "varden")


def test_ragged_rows_are_kept_and_told(look_up):
    code, rows, _ = look_up("x,place,y\n1,Varden\n2,Sokol,a,b,c\n3\n")
    assert code == 1
    assert [row["place_id"] for row in rows] == ["varden", "sokol", ""]
    assert rows[0]["reason"].endswith("cells: 2 in the row, 3 in the header")
    assert rows[1][None] == ["b", "c"]
    assert rows[2]["how"] == "empty"


def test_bytes_of_another_encoding_come_back_as_they_were(tmp_path):
    table = "place,x\nKärsk,1\nVarden,é\n".encode("latin-1")
    done = subprocess.run(
        [*COMMAND, "lookup", "--column", "place", *PACKS], input=table, capture_output=True,
        env=environment(), check=False,
    )  # fmt: skip
    assert done.returncode == 1
    rows = done.stdout.splitlines()
    assert rows[1].startswith(b"K\xe4rsk,1,,")
    assert b"give --encoding" in rows[1]
    assert rows[2].startswith(b"Varden,\xe9,varden,")
    done = subprocess.run(
        [*COMMAND, "lookup", "--column", "place", "--encoding", "latin-1", *PACKS], input=table,
        capture_output=True, env=environment(), check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Kärsk,1,karsk," in done.stdout.decode()


def test_a_quotation_mark_that_is_never_closed_is_told(look_up, monkeypatch):
    code, rows, _ = look_up('place\nVarden\n"Sokol\nOsk\n')
    assert (code, rows[0]["place_id"]) == (1, "varden")
    assert "is a quotation mark missing?" in rows[1]["reason"]
    monkeypatch.setattr("geo.commands.table.LONGEST_CELL", 50)
    code, rows, err = look_up('place\nVarden\n"Sokol\n' + "Osk\n" * 50)
    assert (code, [row["place_id"] for row in rows]) == (2, ["varden"])
    assert "look for a quotation mark that is never closed" in err


@pytest.mark.parametrize(
    ("table", "options", "said"),
    [
        ("a,b\n1,2\n", [], "no column is called 'place'; there are: a, b"),
        ("", [], "is empty: it has no header"),
        ("\n", [], "is empty: it has no header"),
        ("place,place\n1,2\n", [], "two columns are called 'place'"),
        ("place\n".encode("utf-16-le"), [], "give --encoding, as in --encoding utf-16"),
        ("place\nVarden\n", ["--encoding", "klingon"], "no encoding is called 'klingon'"),
        ("pl\xe4ce\n".encode("latin-1"), ["--encoding", "ascii"], "no column is called 'place'"),
        ("place\n1\n", ["--in", "Vardne"], "no place is called 'Vardne'; did you mean Varden"),
    ],
)  # fmt: skip
def test_tables_that_cannot_be_used(look_up, table, options, said):
    code, rows, err = look_up(table, *options)
    assert code == (1 if "--in" in options else 2)
    assert rows == []
    assert said in err


def test_a_file_that_is_not_there_and_a_folder(tmp_path, capsys):
    for path, said in ((tmp_path, "Is a directory"), (tmp_path / "none.csv", "No such file")):
        assert main(["lookup", "--column", "place", str(path), *PACKS]) == 2
        assert said in capsys.readouterr().err
    assert main(["lookup", "--column", "place", "a.csv", "b.csv", *PACKS]) == 2
    assert "takes one table, not 2" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["Var\x00den", "\x1b[2JVarden", "V" * 100_000, "=HYPERLINK(1)"])
def test_hostile_names(look_up, name):
    code, (row,), err = look_up(f"place\n{name}\n")
    assert (code, row["how"]) == (1, "unknown")
    assert "\x1b" not in "".join(row.values()) + err
    assert "\x00" not in "".join(row.values())
    assert len(row["reason"]) < 300
    assert not row["place"].startswith("=")


def test_rows_are_written_while_others_are_still_to_come():
    """A long table is never held whole: the first row is out before the last has been given."""
    process = subprocess.Popen(
        [*COMMAND, "lookup", "--column", "place", *PACKS],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(),
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(
        b"place\n" + b"Varden\n" * 300
    )  # more than a block of output, less than a pipe holds
    process.stdin.flush()
    assert process.stdout.readline().startswith(b"place,place_id,")
    assert process.stdout.readline().startswith(b"Varden,varden,")
    process.stdin.write(b"Sokol\n")
    process.stdin.close()
    with process.stdout as rest:  # `communicate` would not see what `readline` has read ahead
        out = rest.read()
    assert process.wait(timeout=60) == 0
    assert out.count(b"\n") == 300
    assert out.splitlines()[-1].startswith(b"Sokol,sokol,")


def test_a_long_table_takes_little_memory(tmp_path):
    long = tmp_path / "long.csv"
    long.write_text("place,x\n" + f"Varden,{'x' * 2_000}\n" * 3_000, encoding="utf-8")
    (tmp_path / "short.csv").write_text("place,x\nVarden,1\n", encoding="utf-8")
    code = (
        "import resource, sys; from geo.cli import main\n"
        f"words = {['lookup', '--column', 'place', *PACKS]!r}\n"
        "main([*words, 'short.csv'])\n"
        "low = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "main([*words, 'long.csv'])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - low, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(),
        cwd=tmp_path, check=True,
    )  # fmt: skip
    assert done.stdout.count("\n") == 2 + 3_001
    assert int(done.stderr.splitlines()[-1]) < 4_000  # kilobytes; the table has 6,000
