"""The JSON Schemas: as committed, sound, and true of what clashmap writes."""

import io
import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from geo import files, outputs, rows
from geo.articles import article_from_document, read_articles
from geo.cli import main
from geo.model import Problem
from geo.pipeline import build
from geo.schemas import MAP, meanings, schema, schemas, written
from geo.schemas import main as write_schemas

ROOT = Path(__file__).parents[1]
TINY = str(ROOT / "tests" / "data" / "tiny")
FOLDER = ROOT / "geo" / "schemas"
FILES = (
    rows.EventRow, rows.PlaceRow, rows.ClaimRow, rows.FigureRow,
    outputs.ParsedLine, outputs.ParsedToponym, outputs.ParsedEvent, outputs.ParsedPlace,
    outputs.Report, outputs.ReportArticle, Problem,
)  # fmt: skip


def errors(name, value):
    """What the schema of this name finds wrong with a value."""
    validator = Draft202012Validator(schema(name), format_checker=FormatChecker())
    return [f"{e.json_path}: {e.message}" for e in validator.iter_errors(value)]


@pytest.fixture(scope="module")
def built():
    """The build of the seeds."""
    articles, problems = read_articles([ROOT / "seeds"])
    return build(articles, problems=problems)


def test_committed_is_what_the_records_give():
    made = {f"{name}.json": written(value) for name, value in schemas().items()}
    assert {p.name: p.read_text(encoding="utf-8") for p in FOLDER.iterdir()} == made
    assert write_schemas(["--check"]) == 0


@pytest.mark.parametrize("name", schemas())
def test_each_is_a_sound_schema(name):
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("record", FILES, ids=lambda record: record.__name__)
def test_every_field_of_a_file_has_a_meaning(record):
    assert list(meanings()[record.__name__]) == list(record.__struct_encode_fields__)


def test_no_meaning_is_left_over():
    assert set(meanings()) == {record.__name__ for record in FILES}


def test_map_geojson_is_valid(built):
    document = json.loads(built.files["map.geojson"])
    assert len(document["features"]) > 10
    assert errors(MAP, document) == []


def test_events_are_valid(built, tmp_path):
    (tmp_path / "map.geojson").write_bytes(built.files["map.geojson"])
    from geo.stored import read_events

    lines = files.jsonl(read_events(tmp_path / "map.geojson")).splitlines()
    assert len(lines) > 10
    for line in lines:
        assert errors("EventRow", json.loads(line)) == []


def test_report_is_valid(built):
    assert errors("Report", json.loads(built.files["report.json"])) == []


def test_a_report_of_refusals_is_valid():
    article = article_from_document({"doc_id": "a", "text": "Fighting broke out near Qwertyville."})
    problem = Problem(code="x", message="y", severity="error")
    report = json.loads(build([article], problems=(problem,)).files["report.json"])
    assert report["refused"]
    assert errors("Report", report) == []


@pytest.mark.parametrize("why", [[], ["--why"]])
def test_parsed_lines_are_valid(capsys, monkeypatch, why):
    text = (ROOT / "seeds/caucasus/2020-09-30-china-daily-escalation.md").read_text("utf-8")
    lines = [
        json.dumps({"doc_id": "seed", "text": text, "published": "2020-09-30"}),
        json.dumps({"doc_id": "unknown", "text": "Shelling was reported in Qwertyville."}),
        "not JSON",
    ]
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()), encoding="utf-8")
    )
    assert main(["parse", "--jsonl", "-", *why]) == 1
    parsed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["doc_id"] for line in parsed] == ["seed", "unknown", ""]
    assert parsed[0]["events"]
    assert "error" in parsed[2]
    for line in parsed:
        assert errors("ParsedLine", line) == []


@pytest.mark.parametrize("pack", ["caucasus", "world"])
def test_packs_are_valid(pack):
    folder = ROOT / "gazetteer" / pack
    for name, record in (("actors", "Actor"), ("sources", "Source")):
        listed = json.loads((folder / f"{name}.json").read_text("utf-8"))
        assert listed
        for entry in listed:
            assert errors(record, entry) == []
    assert errors("Pack", json.loads((folder / "pack.json").read_text("utf-8"))) == []
    places = json.loads((folder / "places.geojson").read_text("utf-8"))["features"]
    for feature in places[:50]:
        lon, lat = feature["geometry"]["coordinates"]
        place = {**feature["properties"], "id": feature["id"]}
        place["location"] = {**place["location"], "lat": lat, "lon": lon}
        assert errors("Place", place) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"type": "picnic"}, "$.type"),
        ({"date_start": "yesterday"}, "$.date_start"),
        ({"toll": 3}, "$"),
        ({"places": [{"place": "x"}]}, "$.places[0]"),
    ],
)
def test_wrong_events_are_found(built, change, where):
    feature = json.loads(built.files["map.geojson"])["features"][0]
    row = {k: v for k, v in feature["properties"].items() if k in meanings()["EventRow"]}
    assert errors("EventRow", {**row, "places": []}) == []
    found = errors("EventRow", {**row, "places": [], **change})
    assert any(error.startswith(where) for error in found)
