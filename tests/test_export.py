"""``clashmap export``: any format out of what a build wrote, and nothing lost on the way."""

from __future__ import annotations

import csv
import io
import json

import pytest
from running import ARTICLE, TINY, clashmap, contents, save

STRANGE = ARTICLE.replace("Example Times", "=Example; Times")


@pytest.fixture(scope="module")
def maps(tmp_path_factory):
    """What a build wrote."""
    folder = tmp_path_factory.mktemp("maps")
    article = save(folder / "a.md", STRANGE)
    assert clashmap("build", article, "-o", folder / "out", *TINY).returncode == 0
    return folder / "out"


def export(source, target, *words):
    result = clashmap("export", source, "--to", target, *words)
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
    return target.read_bytes()


def test_geojson_to_geojson_is_the_same_file(maps, tmp_path):
    assert export(maps / "map.geojson", tmp_path / "b.geojson") == contents(maps)["map.geojson"]


def test_by_way_of_json_lines_the_table_is_the_same(maps, tmp_path):
    lines = export(maps / "map.geojson", tmp_path / "events.jsonl")
    count = len(lines.splitlines())
    assert all(json.loads(line)["event_id"] for line in lines.splitlines())
    assert (
        export(tmp_path / "events.jsonl", tmp_path / "events.csv") == contents(maps)["events.csv"]
    )
    assert (
        export(tmp_path / "events.jsonl", tmp_path / "x.geojson") == contents(maps)["map.geojson"]
    )
    result = clashmap("export", tmp_path / "events.jsonl", "--to", tmp_path / "deep" / "e.jsonl")
    assert result.stderr == f"clashmap: {count} events in {tmp_path / 'deep' / 'e.jsonl'}\n"
    assert (tmp_path / "deep" / "e.jsonl").read_bytes() == lines


def test_raw_is_exact_and_the_default_is_defused(maps, tmp_path):
    raw = export(maps / "map.geojson", tmp_path / "raw.csv", "--raw").decode()
    first = next(csv.DictReader(io.StringIO(raw, newline="")))
    assert first["publisher"] == "=Example; Times"
    safe = export(maps / "map.geojson", tmp_path / "safe.csv").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(safe, newline="")))["publisher"] == "'=Example; Times"


@pytest.mark.parametrize(("name", "kind"), [("a.xlsx", "'.xlsx' files"), ("a", "without a suffix")])
def test_an_unknown_suffix_names_the_known_ones(maps, tmp_path, name, kind):
    result = clashmap("export", maps / "map.geojson", "--to", tmp_path / name)
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert kind in line
    assert line.endswith("end the name in .csv, .geojson, .jsonl")
    assert not (tmp_path / name).exists()


def feature(**changes):
    return json.dumps({"type": "FeatureCollection", "features": [{"properties": changes}]})


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.geojson", b"", "truncated"),
        ("a.geojson", b"{broken", "malformed"),
        ("a.geojson", b"\xff\xfe\x00", "malformed"),
        ("a.geojson", b"[]", "does not hold events"),
        ("a.geojson", b"7", "does not hold events"),
        ("a.geojson", b'{"type": "FeatureCollection"}', "'features' is missing"),
        ("a.geojson", feature(name="a café").encode(), "'event_id' is missing"),
        ("a.geojson", feature(event_id="ev-1").encode(), "missing required field"),
        ("a.geojson", b'{"a":' * 100_000, "does not hold events"),
        ("a.jsonl", b'{"event_id": "ev-1"}', "line 1: "),
        ("a.jsonl", b"\n\n{broken\n", "line 3: "),
        ("a.csv", b"event_id\n", "events are not read from '.csv' files"),
        ("a.geojson", None, "cannot be read (No such file or directory)"),
    ],
)
def test_a_broken_file_is_refused_in_one_line(tmp_path, name, content, said):
    if content is not None:
        save(tmp_path / name, content)
    result = clashmap("export", tmp_path / name, "--to", tmp_path / "out.csv")
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"clashmap: error: {tmp_path / name}: ")
    assert said in line
    assert "; build it again" in line or "; give a map.geojson" in line
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_is_no_file_of_events(maps, tmp_path):
    result = clashmap("export", maps, "--to", tmp_path / "a.csv")
    assert result.returncode == 2
    assert "give a map.geojson or events.jsonl" in result.stderr
