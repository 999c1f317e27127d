"""The gate on reading: floors hold, only a deliberate flag lowers them, and misses are told."""

import json
import subprocess
import sys
from importlib import import_module
from types import SimpleNamespace

import pytest
from running import ROOT

TOOL = ROOT / "tools" / "quality"
DIGESTS = {"articles": "d1"}


@pytest.fixture
def gate(tmp_path):
    """The modules of the tool, with floors of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TOOL))
        floors = import_module("floors")
        patch.setattr(floors, "PATH", tmp_path / "floors.json")
        yield floors, import_module("figures"), import_module("misses"), import_module("systems")


def test_a_figure_below_its_floor_is_told(gate):
    floors, *_ = gate
    floors.pin({"articles: roles": 0.9}, DIGESTS, lower=False)
    assert floors.breaches({"articles: roles": 0.9}, DIGESTS) == []
    assert floors.breaches({"articles: roles": 0.95}, DIGESTS) == []
    (told,) = floors.breaches({"articles: roles": 0.8999}, DIGESTS)
    assert "0.8999, below its floor of 0.9000" in told
    (told,) = floors.breaches({}, DIGESTS)
    assert "articles: roles is 0.0000" in told


def test_a_set_that_was_not_scored_is_not_held(gate):
    floors, *_ = gate
    floors.pin({"articles: roles": 0.9}, DIGESTS, lower=False)
    assert floors.breaches({}, {}) == []


def test_another_corpus_is_told(gate):
    floors, *_ = gate
    floors.pin({"articles: roles": 0.9}, DIGESTS, lower=False)
    (told,) = floors.breaches({"articles: roles": 0.9}, {"articles": "d2"})
    assert "not the corpus that the floors were pinned on" in told


def test_only_a_deliberate_flag_lowers_a_floor(gate):
    floors, *_ = gate
    floors.pin({"articles: roles": 0.9, "articles: sites": 0.5}, DIGESTS, lower=False)
    told = floors.pin({"articles: roles": 0.8, "articles: sites": 0.6}, DIGESTS, lower=False)
    assert told[0].startswith("articles: roles: stays at 0.9000")
    assert floors.pinned()["floors"] == {"articles: roles": 0.9, "articles: sites": 0.6}
    told = floors.pin({"articles: roles": 0.8}, DIGESTS, lower=True)
    assert told[0] == "articles: roles: lowered from 0.9000 to 0.8000"
    assert floors.pinned()["floors"]["articles: roles"] == 0.8


STORY = "OSK, 6 May (AP) - Sudria said on Thursday that shells hit Osk. Zembla is calm."


def test_misses_name_the_sentence_and_the_rule(gate, tiny_folder):
    _, figures, misses, systems = gate
    reading = systems.reading_of({"doc_id": "a", "text": STORY})
    line = systems.ours(reading)
    gold = {
        "text": STORY,
        "toponyms": [{"start": 0, "end": 3, "text": "OSK", "role": "dateline", "lat": None},
                     {"start": 63, "end": 69, "text": "Zembla", "role": "other_literal",
                      "lat": 1.0, "lon": 1.0, "place": "Zembla"}],
    }  # fmt: skip
    text = figures.Text("a", gold, reading, line)
    scored = figures.Scored("articles", "d", (text,), (), {})
    rows = [row.split("\t") for row in misses.report([scored]).splitlines()]
    assert all(row[:2] == ["articles", "a"] for row in rows)
    assert any(row[3] == "Zembla" and row[-1] == "Zembla is calm." for row in rows)


def test_most_populous(gate):
    *_, systems = gate

    class Towns:
        def find(self, name):
            found = {"Osk": [(1, 5, 10.0), (2, 900, 20.0)]}.get(name, [])
            return [SimpleNamespace(number=n, population=p, lat=y, lon=y) for n, p, y in found]

    line = {
        "toponyms": [
            {"text": "Osk", "kind": "settlement", "lat": 1.0, "lon": 1.0},
            {"text": "Norland", "kind": "country", "lat": 2.0, "lon": 2.0},
            {"text": "Tarn", "kind": "district", "lat": 3.0, "lon": 3.0},
        ]
    }
    made = systems.most_populous(line, Towns())
    assert [toponym["lat"] for toponym in made["toponyms"]] == [20.0, 2.0, None]
    assert [toponym["lat"] for toponym in line["toponyms"]] == [1.0, 2.0, 3.0]


def test_every_name_a_site(gate):
    *_, systems = gate
    line = {"toponyms": [{"place": "A", "role": "metonym"}, {"place": "A", "role": "dateline"}],
            "events": []}  # fmt: skip
    made = systems.every_name_a_site(line)
    assert [toponym["role"] for toponym in made["toponyms"]] == ["event_site"] * 2
    assert [event["places"] for event in made["events"]] == [["A"]]


def test_nothing_to_score_is_said_loudly(tmp_path):
    done = subprocess.run(
        [sys.executable, str(TOOL), "--dev", str(tmp_path / "absent")],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0
    assert "NOTHING WAS SCORED" in done.stderr


def test_every_set_has_floors():
    floors = json.loads((TOOL / "floors.json").read_text("utf-8"))
    sets = {key.partition(":")[0] for key in floors["floors"]}
    assert sets == set(floors["digests"]) == {
        "articles", "event-location", "lgl", "trnews", "tudloc"
    }  # fmt: skip
    assert all(0 < value <= 1 for value in floors["floors"].values())


def test_what_fires_in_one_text_is_found_and_taken_out(gate):
    lone = import_module("lone")
    texts = ["shells hit the town", "troops fired; shells fell"]
    assert lone._texts_with("shells?", texts) == 2
    assert lone._texts_with("troops", texts) == 1
    assert lone._texts_with("shell", texts) == 0  # whole words only
    table = {
        "about": "troops",
        "list": ["troops", "shells"],
        "rows": [["in", "troops"], ["on", "x"]],
        "single": ["troops"],
    }
    assert list(lone._entries(table)) == ["troops", "shells", "troops", "x", "troops"]
    left = lone._without(table, ("troops",))
    assert left["list"] == ["shells"]
    assert left["rows"] == [["on", "x"]]
    assert left["about"] == "troops"
    assert left["single"] == ["\ue00f"]


def test_a_rule_that_answers_in_one_text_is_found_and_switched_off(gate):
    *_, systems = gate
    lone = import_module("lone")
    texts = ("Norland said on Tuesday that it was calm near Osk.", "Sudria denied it.")
    readings = [systems.reading_of({"doc_id": str(n), "text": t}) for n, t in enumerate(texts)]
    found = lone._lone_rules(2, lambda number: systems.read_again(readings[number]))
    assert all(len(name.split(":")) == 3 for name in found)
    roles = import_module("geo.roles")
    kept = roles.NO_SITE_RULES
    try:
        lone.switch_off([f"geo.roles:NO_SITE_RULES:{kept[0].__name__}"])
        assert kept[1:] == roles.NO_SITE_RULES
    finally:
        roles.NO_SITE_RULES = kept
