"""Second sources of settlements' points: what the pack says, and the script that adds them."""

from __future__ import annotations

import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "tools" / "caucasus"))

from compare_points import compare, conclude
from point_sources import REPEAT_M, Known, degrees, metres, read_table

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "gazetteer" / "caucasus"
# A degree of latitude in metres, for points due north of each other.
DEGREE_M = 111_195


@cache
def settlements() -> dict[str, dict[str, Any]]:
    text = (FOLDER / "places.geojson").read_text(encoding="utf-8")
    every = {feature["id"]: feature for feature in json.loads(text)["features"]}
    return {i: f for i, f in every.items() if f["properties"]["kind"] == "settlement"}


def family(source: str) -> str:
    """Editions and pages of one work are one source; Who's On First's points are GeoNames'."""
    if source == "wof-communities":
        return source
    return {"wof": "geonames"}.get(source, source.split("-", maxsplit=1)[0])


def own(feature: dict[str, Any]) -> tuple[float, float]:
    lon, lat = feature["geometry"]["coordinates"]
    return lat, lon


def sightings(feature: dict[str, Any]) -> list[tuple[str, float]]:
    seen = feature["properties"]["location"].get("compared", ())
    return [(s["source"]["source"], metres(own(feature), (s["lat"], s["lon"]))) for s in seen]


def families(feature: dict[str, Any]) -> set[str]:
    location = feature["properties"]["location"]
    cited = [cite["source"] for cite in location["sources"]]
    return {family(source) for source in [*cited, *(name for name, _ in sightings(feature))]}


# -- the pack ----------------------------------------------------------------------------------


def test_a_second_point_is_not_the_first_again() -> None:
    checked = 0
    for ident, feature in settlements().items():
        for source, off in sightings(feature):
            checked += 1
            assert off >= REPEAT_M, (ident, source)
            assert len(families(feature)) > 1, (ident, source)
    assert checked >= 120


def test_certain_means_that_two_sources_agree_and_none_is_elsewhere() -> None:
    checked = 0
    for ident, feature in settlements().items():
        facts = feature["properties"]
        if facts.get("certainty", "certain") == "certain":
            checked += 1
            assert len(families(feature)) > 1, ident
            assert all(off <= facts["location"]["accuracy_m"] for _, off in sightings(feature)), (
                ident
            )
    assert checked >= 200


def test_a_disagreement_stands_in_the_record_and_over_5_km_in_the_note() -> None:
    apart = {
        ident: max(off for _, off in sightings(feature))
        for ident, feature in settlements().items()
        if any(off > 2000 for _, off in sightings(feature))
    }
    assert len(apart) >= 3
    for ident, off in apart.items():
        facts = settlements()[ident]["properties"]
        assert facts.get("certainty") in ("likely", "uncertain"), ident
        assert (off <= 5000) or "km" in facts.get("note", ""), ident


def test_the_share_with_a_second_source(capsys: pytest.CaptureFixture[str]) -> None:
    second = Counter(len(families(feature)) > 1 for feature in settlements().values())
    compared = sum(bool(sightings(feature)) for feature in settlements().values())
    share = second[True] / second.total()
    with capsys.disabled():
        print(  # noqa: T201
            f"\nsettlements: {second.total()}, with a second source {second[True]} ({share:.0%}),"
            f" with its point {compared}"
        )
    assert second[True] > 200


def test_points_read_by_hand_are_used_and_stand_on_the_earth() -> None:
    spots = list(read_table(ROOT / "tools" / "caucasus" / "caucasus_points.tsv"))
    used = {
        (ident, seen["source"]["record"], seen["lat"], seen["lon"])
        for ident, feature in settlements().items()
        for seen in feature["properties"]["location"].get("compared", ())
    }
    told = {(s.place, s.record, round(s.lat, 5), round(s.lon, 5)) for s in spots}
    assert all(38 < spot.lat < 42 and 43 < spot.lon < 49 for spot in spots)
    assert len(used & told) >= 50


# -- the script --------------------------------------------------------------------------------


def place(ident: str, lat: float, **facts: Any) -> dict[str, Any]:
    name = {"language": "az", "script": "Latn", "status": "official", "source": {"source": "wof"}}
    properties = {
        "kind": "settlement",
        "location": {"accuracy_m": 2000, "kind": "site", "sources": [{"source": "wof"}]},
        "names": [name | {"text": text} for text in facts.pop("names", [ident.title()])],
        "de_jure": [{"source": {"source": "wof"}, "parent": facts.pop("parent", "azerbaijan")}],
        "certainty": "likely",
    }
    point = {"type": "Point", "coordinates": [46.0, lat]}
    return {"type": "Feature", "id": ident, "geometry": point, "properties": properties | facts}


def run(tmp_path: Path, features: list[dict[str, Any]], rows: list[str]) -> dict[str, Any]:
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    text = f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'
    (tmp_path / "places.geojson").write_text(text, encoding="utf-8")
    table = tmp_path / "points.tsv"
    head = "place\tcountry\tnames\tlat\tlon\tsource\trecord"
    table.write_text("\n".join(["# why", head, *rows]) + "\n", encoding="utf-8")
    geonames = tmp_path / "cities.txt"
    geonames.write_text("1\tA\tA\t\t40.5\t46.0\tP\n", encoding="utf-8")
    done = compare(tmp_path, Known([geonames]), [("table", table)])
    written = json.loads((tmp_path / "places.geojson").read_text(encoding="utf-8"))["features"]
    return {"done": done} | {feature["id"]: feature["properties"] for feature in written}


def test_a_point_that_agrees_makes_a_place_certain(tmp_path: Path) -> None:
    found = run(tmp_path, [place("yasar", 40.0)], ["\tazerbaijan\tYaşar\t40 00 36\t46\tosm\tn1"])
    location = found["yasar"]["location"]
    assert "certainty" not in found["yasar"]
    assert location["compared"] == [
        {"lat": 40.01, "lon": 46.0, "source": {"source": "osm", "record": "n1"}}
    ]
    assert location["sources"][1] == {"source": "osm", "record": "n1"}
    # 0.01 degrees are 1,112 m.
    assert location["accuracy_m"] == 1200
    assert found["done"]["agreed"] == 1


def test_running_again_changes_nothing_and_keeps_older_points(tmp_path: Path) -> None:
    old = {"lat": 40.001, "lon": 46.0, "source": {"source": "simplemaps", "record": "7"}}
    first = place("yasar", 40.0)
    first["properties"]["location"]["compared"] = [old]
    rows = ["\tazerbaijan\tYasar\t40.002\t46\tosm\tn1"]
    run(tmp_path, [first], rows)
    once = (tmp_path / "places.geojson").read_bytes()
    run(tmp_path, json.loads(once)["features"], rows)
    assert (tmp_path / "places.geojson").read_bytes() == once
    seen = json.loads(once)["features"][0]["properties"]["location"]["compared"]
    assert {s["source"]["source"] for s in seen} == {"osm", "simplemaps"}


@pytest.mark.parametrize(
    ("lat", "certainty", "note"),
    [
        ("40.03", "likely", ""),
        ("40.06", "likely", "Another source has it 7 km to the north."),
        ("39.95", "likely", "Another source has it 6 km to the south."),
    ],
)
def test_a_point_elsewhere_is_told(tmp_path: Path, lat: str, certainty: str, note: str) -> None:
    found = run(tmp_path, [place("yasar", 40.0)], [f"\tazerbaijan\tYasar\t{lat}\t46\tosm\tn1"])
    assert found["yasar"]["certainty"] == certainty
    assert found["yasar"].get("note", "") == note
    assert found["yasar"]["location"]["accuracy_m"] == 2000
    assert len(found["yasar"]["location"]["compared"]) == 1
    assert found["yasar"]["location"]["sources"] == [{"source": "wof"}]


def test_a_certain_place_is_so_no_longer_when_a_point_is_elsewhere(tmp_path: Path) -> None:
    feature = place("yasar", 40.0, note="A town.")
    del feature["properties"]["certainty"]
    found = run(tmp_path, [feature], ["yasar\tazerbaijan\tX\t40.06\t46\tosm\tn1"])
    assert found["yasar"]["certainty"] == "likely"
    assert found["yasar"]["note"] == "A town. Another source has it 7 km to the north."


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("\tarmenia\tYasar\t40.001\t46\tosm\tn1", "another country"),
        ("\tazerbaijan\tYasar\t40.2\t46\tosm\tn1", "over 10 km away"),
        ("\tazerbaijan\tBasar\t40.001\t46\tosm\tn1", "another name"),
        ("\tazerbaijan\tYasar\t40.0001\t46\tosm\tn1", "the place's own point"),
    ],
)
def test_what_is_not_a_second_point_of_a_place(tmp_path: Path, row: str, why: str) -> None:
    found = run(tmp_path, [place("yasar", 40.0)], [row])
    assert "compared" not in found["yasar"]["location"], why
    assert found["yasar"]["certainty"] == "likely"


def test_two_candidates_are_none(tmp_path: Path) -> None:
    twins = [place("yasar", 40.0), place("yasar-two", 40.05, names=["Yasar"])]
    row = "\tazerbaijan\tYasar\t40.002\t46\tosm\tn1"
    found = run(tmp_path, twins, [row])
    assert found["done"]["osm: no place"] == 1
    pair = [row, "\tazerbaijan\tYaşar\t40.003\t46\tosm\tn2"]
    found = run(tmp_path, [place("yasar", 40.0)], pair)
    assert found["done"]["osm: two candidates"] == 1
    assert "compared" not in found["yasar"]["location"]


def test_an_id_decides_between_namesakes(tmp_path: Path) -> None:
    twins = [place("yasar", 40.0), place("yasar-two", 40.05, names=["Yasar"])]
    found = run(tmp_path, twins, ["yasar-two\tazerbaijan\tYasar\t40.052\t46\tosm\tn1"])
    assert "compared" in found["yasar-two"]["location"]
    assert "compared" not in found["yasar"]["location"]


def test_a_list_that_repeats_geonames_is_no_second_source(tmp_path: Path) -> None:
    # The known point is at 40.5; a second of arc away is the same point, rounded.
    row = "\tazerbaijan\tYasar\t40.50025\t46\tosm\tn1"
    found = run(tmp_path, [place("yasar", 40.51)], [row])
    assert found["done"] == {"osm: repeats GeoNames": 1}
    assert "compared" not in found["yasar"]["location"]


def test_an_uncertain_place_stays_so(tmp_path: Path) -> None:
    feature = place("yasar", 40.0, certainty="uncertain", note="The point is that of the valley.")
    found = run(tmp_path, [feature], ["\tazerbaijan\tYasar\t40.002\t46\tosm\tn1"])
    assert found["yasar"]["certainty"] == "uncertain"
    assert found["yasar"]["note"] == "The point is that of the valley."
    assert len(found["yasar"]["location"]["compared"]) == 1


def test_a_note_on_a_point_elsewhere_goes_when_the_point_does() -> None:
    feature = place("yasar", 40.0, note="Old. Another source has it 9 km to the south-west.")
    near = {"lat": 40.002, "lon": 46.0, "source": {"source": "osm", "record": "n1"}}
    feature["properties"]["location"]["compared"] = [near]
    assert conclude(feature) == "agreed"
    assert feature["properties"]["note"] == "Old."


def test_known_points_are_localities_and_not_communities(tmp_path: Path) -> None:
    rows = [
        {"placetype": "locality", "lat": 40.5, "lon": 46.0},
        {"placetype": "localadmin", "lat": 40.6, "lon": 46.0},
    ]
    path = tmp_path / "wof.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    table = tmp_path / "points.tsv"
    lines = [f"\tazerbaijan\tA\t{lat}\t46\tosm\tn" for lat in (40.5, 40.6)]
    head = "place\tcountry\tnames\tlat\tlon\tsource\trecord"
    table.write_text("\n".join([head, *lines]), encoding="utf-8")
    known = Known([path])
    assert [bool(list(known.near(spot))) for spot in read_table(table)] == [True, False]


@given(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59))
def test_degrees_of_a_page(whole: int, minutes: int, seconds: int) -> None:
    found = degrees(f"{whole} {minutes:02} {seconds:02}")
    assert found == pytest.approx(whole + (minutes * 60 + seconds) / 3600)
    assert degrees(f"{found}") == found


@given(st.floats(-80, 79), st.floats(0, 0.5), st.floats(-179, 179))
def test_metres_due_north_and_back(lat: float, north: float, lon: float) -> None:
    there = metres((lat, lon), (lat + north, lon))
    assert there == pytest.approx(north * DEGREE_M, abs=1)
    assert there == pytest.approx(metres((lat + north, lon), (lat, lon)))
