"""``clashmap parse``: one answer a document, with offsets into the text exactly as it was given."""

from __future__ import annotations

import json
import subprocess
import threading
import unicodedata
from typing import get_args

import pytest
from running import ARTICLE, COMMAND, STORY, TINY, clashmap, environment, save

from geo.model import EventType, Precision, Relation, Role

TOPONYM = {"start", "end", "text", "place", "place_id", "lat", "lon", "role", "precision"}
EVENT = {
    *("id", "type", "date_start", "date_end", "date_text", "places", "actors", "claimed_by"),
    *("denied_by", "deaths", "wounded", "evidence", "evidence_start", "evidence_end"),
    *("trigger_start", "trigger_end", "background"),
}
PLACE = {"place", "place_id", "lat", "lon", "relation", "precision", "start", "end"}
NFD = unicodedata.normalize("NFD", "The army shelled Kärsk. Its général said so in Zürich.")
TEXTS = {
    "plain": STORY,
    "crlf": STORY.replace("\n", "\r\n"),
    "nfd": f"{NFD}\n{STORY}",
    "astral": f"😀😀 𝔘nder fire 👩‍👩‍👧: {STORY}",
    "mark": f"\ufeff{STORY}",
    "blanks": f"\n\n \t{STORY}\u2028\x85\u00a0",
    "emptiness": "",
    "controls": f"\x1b[31m{STORY}\x00\x07\u202e",
    "unknown": "Norland said that its forces had shelled the village of Zyxwvutia on May 3, 2021.",
    "russian": "Министерство сообщило, что сёла обстреляны, но это не так, говорят военные.",
    "last": f"Last of all. {STORY}",
}
REFUSED = {"emptiness", "russian"}


@pytest.fixture(scope="module")
def answers():
    """Exit code, answers by document and stderr of one batch from stdin."""
    lines = [
        json.dumps({"doc_id": key, "text": text, "published": "2021-05-06"})
        for key, text in TEXTS.items()
    ]
    lines.insert(2, "")
    result = clashmap("parse", "--jsonl", "-", "--why", *TINY, given="\n".join(lines))
    read = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.stdout.isascii()
    assert [answer["doc_id"] for answer in read] == list(TEXTS)
    return result, {answer["doc_id"]: answer for answer in read}


def test_what_could_not_be_read_is_said_and_answered_all_the_same(answers):
    result, read = answers
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert [line.split(": ")[2] for line in lines] == ["-:8", "-:11"]
    for key in REFUSED:
        assert read[key]["toponyms"] == read[key]["events"] == []
        assert read[key]["error"]
    assert "'ru' (Russian)" in read["russian"]["error"]


@pytest.mark.parametrize("key", [key for key in TEXTS if key not in REFUSED])
def test_offsets_and_words_are_those_of_the_contract(answers, key):
    text, answer = TEXTS[key], answers[1][key]
    assert "error" not in answer
    assert answer["toponyms"]
    for toponym in answer["toponyms"]:
        assert toponym.keys() >= TOPONYM
        assert text[toponym["start"] : toponym["end"]] == toponym["text"]
        assert toponym["role"] in get_args(Role)
        assert toponym["precision"] in get_args(Precision)
        assert (toponym["place_id"] is None) <= (toponym["lat"] is toponym["lon"] is None)
    assert answer["events"]
    for event in answer["events"]:
        assert event.keys() >= EVENT
        assert event["type"] in get_args(EventType)
        assert text[event["evidence_start"] : event["evidence_end"]] == event["evidence"]
        within = event["evidence_start"], event["trigger_start"], event["evidence_end"]
        assert list(within) == sorted(within)
        assert event["trigger_start"] < event["trigger_end"]
        for place in event["places"]:
            assert place.keys() >= PLACE
            assert place["relation"] in get_args(Relation)
            assert place["precision"] in get_args(Precision)
            assert 0 <= place["start"] < place["end"] <= len(text)
    sites = {(p["start"], p["end"]) for event in answer["events"] for p in event["places"]}
    marked = {(t["start"], t["end"]) for t in answer["toponyms"] if t["role"] == "event_site"}
    assert marked <= sites


def test_line_ends_and_marks_in_front_shift_offsets_and_nothing_else(answers):
    def told(key, shift):
        return [
            (t["text"], t["start"] - shift, t["role"], t["place_id"])
            for t in answers[1][key]["toponyms"]
            if t["start"] < len(STORY.splitlines()[0]) + shift
        ]

    plain = told("plain", 0)
    assert len(plain) >= 2
    assert told("crlf", 0) == plain
    assert told("mark", 1) == plain
    assert told("last", len("Last of all. "))[: len(plain)] == plain


def test_a_place_that_no_gazetteer_holds_is_still_given(answers):
    answer = answers[1]["unknown"]
    (toponym,) = (t for t in answer["toponyms"] if t["text"] == "Zyxwvutia")
    assert (toponym["place_id"], toponym["lat"], toponym["lon"]) == (None, None, None)
    (place,) = (p for e in answer["events"] for p in e["places"] if p["place"] == "Zyxwvutia")
    assert (place["place_id"], place["lat"], place["lon"]) == (None, None, None)
    assert TEXTS["unknown"][place["start"] : place["end"]] == "Zyxwvutia"


def test_why_gives_reasons_and_without_it_there_are_none(answers, tmp_path):
    answer = answers[1]["plain"]
    assert all(toponym["why"]["role"] for toponym in answer["toponyms"])
    assert any(toponym["why"]["place"] for toponym in answer["toponyms"])
    assert all(event["why"]["date"] for event in answer["events"] if event["date_start"])
    assert any(
        claim["stance"] == "denies"
        for event in answer["events"]
        for claim in event["why"]["claims"]
    )
    result = clashmap("parse", "--json", save(tmp_path / "a.md"), *TINY)
    assert result.returncode == 0
    assert '"why"' not in result.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{broken", "is not a JSON document"),
        (b'{"doc_id": "a", "text": "\xff"}', "is not a JSON document"),
        (b"[" * 100_000, "is not a JSON document"),
        (b"7", "a field 'text'"),
        (b'{"doc_id": "a", "text": ["x"]}', "a field 'text'"),
        (b'{"doc_id": "a", "text": "half \\ud800 of a character"}', "half a character"),
    ],
)
def test_a_bad_line_is_answered_and_loses_no_other(tmp_path, line, said):
    good = json.dumps({"doc_id": 7, "text": STORY}).encode()
    path = save(tmp_path / "docs.jsonl", line + b"\n" + good + b"\r\n")
    result = clashmap("parse", "--jsonl", path, *TINY)
    assert result.returncode == 1
    (told,) = result.stderr.splitlines()
    assert told.startswith(f"clashmap: error: {path}:1: ")
    assert said in told
    first, second = map(json.loads, result.stdout.splitlines())
    assert said in first["error"]
    assert (second["doc_id"], bool(second["events"])) == (7, True)


def test_a_document_without_an_id_is_named_by_its_text(tmp_path):
    path = save(tmp_path / "docs.jsonl", json.dumps({"text": STORY}))
    result = clashmap("parse", "--jsonl", path, *TINY)
    assert result.returncode == 0
    assert json.loads(result.stdout)["doc_id"].startswith("article-")


@pytest.mark.parametrize("words", [(), ("--jsonl", "x.jsonl", "a.txt"), ("--jsonl", "x.jsonl")])
def test_wrong_use_is_said_in_one_line(tmp_path, words):
    result = clashmap("parse", *words, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("clashmap: error: ")


def test_answers_come_while_documents_are_still_given():
    """A batch of any length passes through: each answer leaves before the next text is read."""
    with subprocess.Popen(
        [*COMMAND, "parse", "--jsonl", "-", *TINY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    ) as process:
        limit = threading.Timer(60, process.kill)  # an answer held back would be waited for forever
        limit.start()
        for number in range(3):
            document = {"doc_id": str(number), "text": f"Day {number}. {STORY}"}
            process.stdin.write(json.dumps(document).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["doc_id"] == str(number)
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait(60) == 0
        limit.cancel()


def test_for_people_it_prints_places_roles_events_and_who_says_so(tmp_path):
    hostile = ARTICLE.replace("Example Times", "Example \x1b[31m Times")
    result = clashmap("parse", save(tmp_path / "a.md", hostile), "--why", *TINY)
    assert result.returncode == 0
    assert "\x1b" not in result.stdout
    for said in ("event_site", "osk", "Sudria asserts", "Norland denies", "3 killed", "| Sudria"):
        assert said in result.stdout
    bare = clashmap("parse", tmp_path / "a.md", *TINY)
    assert len(bare.stdout.splitlines()) < len(result.stdout.splitlines())


def test_places_of_an_event_are_told_in_words(tmp_path):
    text = "Norland said its forces attacked in the direction of Karsk and Tarn on May 3, 2021."
    article = save(tmp_path / "a.txt", f"{text} Fighting between Sokol and Zyxwvutia killed three.")
    told = clashmap("parse", article, *TINY).stdout
    assert ", in the direction of Kärsk / Karavand and Tarn\n" in told
    assert ", between Sokol and Zyxwvutia\n" in told
