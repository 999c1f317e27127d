"""The bench: what it invents, how it judges, and that it runs; how fast it is, nobody tests."""

import json
import subprocess
import sys

import pytest
from rapidfuzz.distance import OSA
from running import ROOT, environment

from geo.gazetteer import load_gazetteer

TOOL = ROOT / "tools" / "bench"


@pytest.fixture(autouse=True)
def bench(monkeypatch):
    """The modules of the bench can be imported as the bench does."""
    monkeypatch.syspath_prepend(str(TOOL))


def test_a_goal_is_met_by_the_ratio():
    import rows

    row = rows.Row("x", 10.0, 9.0, "ms", 2.5, "y")
    assert row.at_most(2.5).met
    assert not row.at_most(2.4).met
    assert row.at_least(2.5).met
    assert not row.at_least(2.6).met
    assert rows.Row("memory", 12.0, 12.0, "MB").at_most(16).met
    assert not rows.Row("memory", 17.0, 17.0, "MB").at_most(16).met
    assert "NOT MET" in rows.shown(row.at_least(3))
    peer = rows.Row("y", 40.0, 40.0, "ms")
    assert rows.as_fast_as(row, peer).ratio == 4


def test_a_missing_library_is_told_loudly():
    import rows

    row = rows.missing("scanner", "flashtext", ">= 2")
    assert row.met is None
    assert "flashtext: NOT INSTALLED, not measured; goal >= 2" in rows.shown(row)


def test_rounds_are_interleaved():
    import rows

    order = []
    ticks = iter(range(100))
    tasks = (
        rows.Task("a", lambda: order.append("a")),
        rows.Task("b", lambda: order.append("b"), 2),
    )
    a, b = rows.timed(tasks, rounds=3, unit="ms", clock=lambda: next(ticks))
    assert order == ["a", "b"] * 3
    assert (a.median, a.ratio, b.median, b.ratio) == (1000, 1, 500, 0.5)


def test_what_is_invented_is_the_same_at_every_run_and_sound(tmp_path):
    import invented

    names = invented.names(2000)
    assert names == invented.names(2000)
    assert len(set(names)) == 2000
    assert 0.3 < sum(" " in name or "-" in name for name in names) / 2000 < 0.5
    text = invented.text(names, size=20_000)
    assert text == invented.text(names, size=20_000)
    assert len(text) == 20_000
    typed = list(invented.misspelt(["karabel"], count=50, edits=(1, 2)))
    assert typed == list(invented.misspelt(["karabel"], count=50, edits=(1, 2)))
    assert all(OSA.distance(key, "karabel") <= 1 + number % 2 for number, key in enumerate(typed))
    gazetteer = load_gazetteer(invented.pack(tmp_path / "pack"))
    assert gazetteer.problems == ()
    assert len(gazetteer.places) == invented.PLACES
    assert sum(len(place.names) for place in gazetteer.places.values()) == invented.NAMES


def test_the_oracle_of_scans_finds_whole_and_longest_names():
    import scans

    text = "Upper Kara and Kara's Karabel"
    found = scans.oracle(text, {"Kara", "Upper Kara", "bel"})
    assert [text[start:end] for start, end in found] == ["Upper Kara", "Kara"]


def test_it_runs(tmp_path):
    result = subprocess.run(
        [sys.executable, str(TOOL / "run.py"), "--only", "warm", "--json"],
        env=environment(XDG_CACHE_HOME=str(tmp_path)),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    rows = json.loads(result.stdout)
    assert [row["goal"] for row in rows] == ["", ">= 0.8", ">= 0.8"]
    assert all(row["median"] > 0 for row in rows)
