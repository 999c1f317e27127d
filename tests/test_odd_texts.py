"""Texts that no editor would send, through the commands: each ends, and with a clear result."""

from __future__ import annotations

import json
import shutil
import unicodedata
from itertools import cycle, islice
from typing import NamedTuple

import pytest
from running import TINY, WRITTEN, clashmap, contents, save

FACT = (
    "Norland said that Sudrian forces had shelled Varden on 5 May 2021 and killed three soldiers."
)
DENIAL = "Sudria denied it. The road to Sokol was closed by the army on Friday, officials said."
NAMES = ("Varden", "Sokol", "Tarn", "Milford", "Osk")
# Names of a pack that would be something else to a regular expression.
PATTERNS = ("(a+)+b", "[X", "X.*", "\\1", "Z+ (?P<n>")
MANY = 5_000


class Odd(NamedTuple):
    """A text, how often which name is read in it, and how many events."""

    text: str | bytes
    named: dict[str, int]
    events: int


def many(names, joiner, number=MANY):
    return joiner.join(islice(cycle(names), number))


ODD = {
    "no places": Odd("The two sides met for hours. " * 50 + "Nobody was killed.", {}, 0),
    "only places": Odd(f"{many(NAMES, ', ')}.", dict.fromkeys(NAMES, MANY // 5), 0),
    "only places in one sentence": Odd(many(NAMES, " ", 1000), dict.fromkeys(NAMES, 200), 0),
    "a thousand copies": Odd(f"{FACT} " * 1000, {"Norland": 1000, "Varden": 1000}, 1),
    "a hundred lines": Odd(f"{FACT}\n\n" * 100, {"Norland": 100, "Varden": 100}, 1),
    "no space": Odd(f"{FACT} {'a' * 100_000} {'A' * 100_000}", {"Norland": 1, "Varden": 1}, 1),
    "a long sentence": Odd(
        f"{FACT[:-1]}{' and then' * 50_000} at Tarn.", {"Norland": 1, "Varden": 1, "Tarn": 1}, 1
    ),
    "capitals": Odd(
        f"{FACT} {' '.join('Wxyz'[: 2 + n % 3] + 'bcd'[n % 3] for n in range(50_000))}",
        {"Norland": 1, "Varden": 1},
        1,
    ),
    "quotes and brackets": Odd(
        f"{FACT}{'“' * 9_999}{DENIAL}{'(' * 9_999}{DENIAL}{chr(34) * 9_999}",
        {"Norland": 1, "Varden": 1, "Sudria": 2, "Sokol": 2},
        1,
    ),
    "decomposed": Odd(
        unicodedata.normalize("NFD", FACT.replace("Varden", "Värden")), {"Norland": 1}, 1
    ),
    "no-break spaces": Odd(FACT.replace(" ", "\u00a0"), {"Norland": 1, "Varden": 1}, 1),
    "zero width": Odd(FACT.replace("Varden", "Var\u200bden"), {"Norland": 1, "Var\u200bden": 1}, 1),
    "HTML": Odd(
        f'<p class="a">{FACT.replace("Varden", "<a href=http://x.example/?b=1&amp;c>Varden</a>")}'
        "</p><br/>&nbsp;<script>alert('X')</script>",
        {"Norland": 1, "Varden": 1},
        1,
    ),
    "Markdown": Odd(
        f"# News\n\n**{FACT.replace('Varden', '[Varden](http://x.example/y)')}**",
        {"Norland": 1, "Varden": 1},
        1,
    ),
    "wiki": Odd(
        f"'''News''' {{{{cite|url=http://x}}}}\n{FACT.replace('Varden', '[[Varden]]<ref>A</ref>')}",
        {"Norland": 1, "Varden": 1},
        1,
    ),
    "UTF-16": Odd(FACT.encode("utf-16"), {"Norland": 1, "Varden": 1}, 1),
}  # fmt: skip
# Bytes that are no text, and what the line about each must say.
REFUSED = {
    "latin inside": (f"{FACT}\n".encode() + b"Z\xfcrich was quiet.", "not UTF-8: byte 0xfc"),
    "UTF-16 without a mark": (FACT.encode("utf-16-le"), "zero byte"),
    "UTF-16 the other way": (FACT.encode("utf-16-be"), "zero byte"),
    "a zero byte": (FACT.replace(" on ", "\0on\0").encode(), "zero byte"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    for name, content in {**{k: odd.text for k, odd in ODD.items()}, **REFUSED}.items():
        save(folder / f"{name}.txt", content[0] if isinstance(content, tuple) else content)
    return folder


@pytest.fixture(scope="module")
def parsed(folder):
    """All of them parsed at once, and the answers by their files."""
    result = clashmap("parse", folder, "--json", *TINY)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    names = sorted(ODD, key="{}.txt".format)
    assert len(answers) == len(names)
    return result, dict(zip(names, answers, strict=True))


@pytest.mark.parametrize("name", ODD)
def test_an_odd_text_is_read_as_far_as_it_is_news(parsed, name):
    answer = parsed[1][name]
    texts = [toponym["text"] for toponym in answer["toponyms"]]
    for place, times in ODD[name].named.items():
        assert texts.count(place) == times
    if not ODD[name].named:
        assert texts == []
    assert len(answer["events"]) == ODD[name].events
    for event in answer["events"]:
        assert [place["place"] for place in event["places"]] == ["Varden"]
        assert (event["date_start"], event["deaths"]) == ("2021-05-05", 3)
        assert event["claimed_by"] == ["Norland"]


@pytest.mark.parametrize("name", REFUSED)
def test_bytes_that_are_no_text_are_refused_with_the_remedy(parsed, name):
    result, _ = parsed
    assert result.returncode == 1
    (line,) = (one for one in result.stderr.splitlines() if f"/{name}.txt: " in one)
    assert line.startswith("clashmap: error: ")
    assert REFUSED[name][1] in line
    assert "UTF-8" in line


def test_all_odd_texts_are_built_together(folder, tmp_path):
    result = clashmap("build", folder, "-o", tmp_path / "out", *TINY)
    assert result.returncode == 1
    events = sum(odd.events for odd in ODD.values())
    said = f"clashmap: {len(ODD)} articles, {events} events, {len(REFUSED)} refused"
    assert said in result.stderr
    assert sorted(contents(tmp_path / "out")) == list(WRITTEN)
    features = json.loads((tmp_path / "out" / "map.geojson").read_text("utf-8"))["features"]
    assert len(features) == events
    assert {feature["properties"]["place"] for feature in features} == {"Varden"}
    assert b"<script>alert(" not in (tmp_path / "out" / "map.html").read_bytes()


@pytest.fixture
def patterned(tmp_path):
    """A pack with towns whose names are regular expressions."""
    shutil.copytree(TINY[1], tmp_path / "pack")
    file = tmp_path / "pack" / "places.geojson"
    document = json.loads(file.read_text("utf-8"))
    sokol = next(f for f in document["features"] if f["id"] == "sokol")
    for number, name in enumerate(PATTERNS):
        form = {**sokol["properties"]["names"][0], "text": name}
        known = {**sokol["properties"], "label": name, "names": [form], "concordances": {}}
        lon, lat = sokol["geometry"]["coordinates"]
        spot = {"type": "Point", "coordinates": [lon + number / 10, lat]}
        town = {**sokol, "id": f"town-{number}", "properties": known, "geometry": spot}
        document["features"].append(town)
    save(file, json.dumps(document))
    return tmp_path / "pack"


def test_names_that_are_regular_expressions_are_names(patterned, tmp_path):
    lines = [f"Sudria shelled the town of {name} on 6 May 2021." for name in PATTERNS]
    article = save(tmp_path / "a.txt", "\n".join((FACT, *lines, "XXX aaaaaaaaaaaab X1 Z")))
    result = clashmap("parse", article, "--json", "--pack", patterned)
    assert result.returncode == 0
    assert result.stderr == ""
    answer = json.loads(result.stdout)
    read = {(t["text"], t["place_id"]) for t in answer["toponyms"]}
    assert ("Varden", "varden") in read
    # Only letters and digits tell names apart: "[X" and "X.*" are two towns called X.
    assert {place for text, place in read if text == "X"} <= {"town-1", "town-2"}
    assert {text for text, _ in read} <= {"Norland", "Sudria", "Varden", "X"}
    assert "Varden" in {p["place"] for e in answer["events"] for p in e["places"]}
    built = clashmap("build", article, "-o", tmp_path / "out", "--pack", patterned)
    assert built.returncode == 0
    assert sorted(contents(tmp_path / "out")) == list(WRITTEN)
    asked = clashmap("lookup", *PATTERNS, "--pack", patterned)
    assert "Traceback" not in asked.stderr
