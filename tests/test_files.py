"""Rows to bytes and bytes to disk."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
import os
import signal
from pathlib import Path

import geopandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import contents, save
from shapely.geometry import shape
from shapely.geometry.polygon import orient

from geo.articles import read_articles
from geo.errors import InputError, StaleOutput, UnknownFormat
from geo.files import (
    CSV_COLUMNS,
    WRITERS,
    check_all,
    csv_cell,
    geojson,
    table,
    write_all,
    writer_for,
)
from geo.gazetteer import load_gazetteer
from geo.pipeline import build, draw_all, read
from geo.rows import ClaimRow, EventRow, FigureRow, PlaceRow, event_rows
from geo.stored import read_events

ROOT = Path(__file__).parents[1]
HOSTILE = '=HYPERLINK("http://x","click");\r\n\t-2+3'
FIGURE = FigureRow(
    killed=3,
    wounded=None,
    side="Sudria",
    kind="military",
    bound="at least",
    claimed_by=("Norland", "Sudria"),
    date_start=dt.date(2021, 5, 4),
    date_end=None,
    sentence=HOSTILE,
)
PLACE = PlaceRow(
    place="Osk",
    place_id="osk",
    relation="near",
    precision="near",
    geometry={"type": "Point", "coordinates": [-70.5, -33.25]},
    representative_point=(-70.5, -33.25),
    ucdp_where_prec=2,
    acled_geo_precision=2,
    start=3,
    end=6,
)
EVENT = EventRow(
    event_id="ev-1",
    type="battle",
    date_start=dt.date(2021, 5, 4),
    date_end=dt.date(2021, 5, 5),
    date_text="Tuesday",
    date_rule="the latest such day",
    actors=("Norland", "Sudria"),
    claimed_by=("Sudria",),
    denied_by=("Norland",),
    claims=(ClaimRow(stance="asserts", claimant="Sudria", sentence=HOSTILE),),
    figures=(FIGURE,),
    background=False,
    reviewed=False,
    evidence_text=HOSTILE,
    evidence_start=7,
    evidence_end=99,
    text_kind="original",
    article_id="a-1",
    article_sha256="00",
    publisher="@Times",
    published=None,
    source_title="Ждём “news”; 新聞 😀",
    source_url="",
    places=(PLACE,),
)
ROWS = (EVENT,)


def cells(data, encoding):
    (row,) = csv.DictReader(io.StringIO(data.decode(encoding), newline=""))
    return row


def stripped(cell):
    """What the documentation tells programs to do with the cells of the default table."""
    bare = cell.lstrip("'")
    runs = bare[:1] in {"\t", "\r"} or bare.lstrip(" \t\r\n\xa0\u3000\ufeff")[:1] in set(
        "=+-@＝＋－＠"
    )
    return cell[1:] if cell[:1] == "'" and runs and bare else cell


@pytest.fixture(scope="module")
def seeds():
    """Every event of the project's own articles, with what is drawn."""
    articles, _ = read_articles([ROOT / "seeds"])
    gazetteer = load_gazetteer("caucasus", "world")
    readings = tuple(read(article, gazetteer) for article in articles)
    return event_rows(readings, draw_all(readings, gazetteer))


# -- CSV -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(1)", "\t=1+1", "\r=1+1", "\tplain", "\rplain", " =1", "\n=1"),
        *("＝1+1", "＋1", "－1", "＠A", "\xa0=1", "'=1", "''-1", "\x01=1", "\x00\t1", "="),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_defused(text):
    cell = csv_cell(text, raw=False)
    assert cell.startswith("'")
    assert csv_cell(text, raw=True) == text


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "'quoted'", "4. May", "ev-1", "(=1)"])
def test_other_text_is_left_alone(text):
    assert csv_cell(text, raw=False) == csv_cell(text, raw=True) == text


@given(st.text() | st.text(alphabet="=+-@＝＋－＠'\t\r\n \xa0\u3000\ufeffa1"))
def test_one_mark_taken_away_gives_the_text_again(text):
    cell = csv_cell(text, raw=False)
    clean = "".join(char for char in text if char >= " " or char in "\t\n\r")
    assert stripped(cell) == clean
    assert cell in {clean, f"'{clean}"}
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
    assert cell[:1] not in {"\t", "\r"}
    assert csv_cell(text, raw=True) == text


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_stay_numbers(number):
    assert csv_cell(number, raw=False) == csv_cell(number, raw=True) == number


def test_no_numeric_cell_is_prefixed_and_no_point_begins_with_a_sign():
    row = cells(table(ROWS), "utf-8-sig")
    assert (row["evidence_start"], row["evidence_end"]) == ("7", "99")
    assert row["representative_points"] == "POINT (-70.5 -33.25)"


def test_the_table_for_spreadsheets():
    data = table(ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    head, _, rest = text.partition("\r\n")
    assert head == ",".join(f'"{name}"' for name in CSV_COLUMNS)
    assert rest.endswith('"\r\n')
    row = cells(data, "utf-8-sig")
    assert row["evidence_text"] == f"'{HOSTILE}"
    assert (row["publisher"], row["published"]) == ("'@Times", "")
    assert row["source_title"] == EVENT.source_title
    assert row["actors"] == "Norland; Sudria"
    assert row["figures"] == "at least 3 killed (Sudria military) according to Norland and Sudria"


def test_the_raw_table_is_exact():
    data = table(ROWS, raw=True)
    assert not data.startswith(b"\xef\xbb\xbf")
    row = cells(data, "utf-8")
    assert (row["evidence_text"], row["publisher"]) == (HOSTILE, "@Times")
    assert json.loads(row["actors"]) == ["Norland", "Sudria"]
    (figure,) = json.loads(row["figures"])
    assert (figure["killed"], figure["wounded"], figure["sentence"]) == (3, None, HOSTILE)
    safe = cells(table(ROWS), "utf-8-sig")
    for name in ("evidence_text", "publisher", "source_title", "event_id", "date_rule"):
        assert stripped(safe[name]) == row[name]


def test_one_row_an_event_also_without_a_place(seeds):
    assert any(len(row.places) > 1 for row in seeds)
    text = table(seeds).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["event_id"] for row in rows] == [row.event_id for row in seeds]
    assert len({row.event_id for row in seeds}) == len(seeds)


def test_tolls_stand_in_lists_only(seeds):
    """A single number a row would be added up over speakers who disagree."""
    harm = {"deaths", "killed", "wounded", "fatalities", "casualties"}
    assert not harm & {word for name in CSV_COLUMNS for word in name.split("_")}
    features = json.loads(geojson(seeds))["features"]
    assert any(feature["properties"]["figures"] for feature in features)
    for feature in features:
        assert not harm & set(feature["properties"])
        assert isinstance(feature["properties"]["figures"], list)


# -- GeoJSON -------------------------------------------------------------------------------------


def positions(value):
    if isinstance(value[0], int | float):
        yield value
    else:
        for part in value:
            yield from positions(part)


def test_geojson_is_rfc_7946(seeds):
    document = json.loads(geojson(seeds))
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    features = document["features"]
    assert len(features) == sum(max(1, len(row.places)) for row in seeds)
    assert len({feature["id"] for feature in features}) == len(features)
    kinds = set()
    for feature in features:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert feature["id"].startswith(f"{feature['properties']['event_id']}-p")
        geometry = feature["geometry"]
        if geometry is None:
            continue
        kinds.add(geometry["type"])
        for lon, lat in positions(geometry["coordinates"]):
            assert 40 < lon < 52  # the seeds tell of the South Caucasus, so the order shows
            assert 37 < lat < 44
        drawn = shape(geometry)
        assert drawn.is_valid
        for polygon in getattr(drawn, "geoms", [drawn]):
            if polygon.geom_type == "Polygon":  # exterior rings run counterclockwise
                assert orient(polygon, 1.0).equals_exact(polygon, 0)
    assert len(kinds) > 1


def test_field_names_are_those_of_parse_but_for_the_sentence(seeds):
    document = json.loads(geojson(seeds))
    properties = document["features"][0]["properties"]
    shared = {"type", "date_start", "date_end", "date_text", "actors", "claimed_by", "denied_by"}
    shared |= {"evidence_start", "evidence_end", "background", "place", "place_id", "relation"}
    shared |= {"precision", "start", "end", "shape_id"}
    assert properties.keys() >= shared | {"evidence_text", "event_id", "representative_point"}
    assert not properties.keys() & {"evidence", "title", "description", "popupContent", "name"}


def test_an_event_without_a_place_is_a_feature_without_geometry():
    from msgspec.structs import replace

    (feature,) = json.loads(geojson((replace(EVENT, places=()),)))["features"]
    assert (feature["id"], feature["geometry"]) == ("ev-1-p1", None)
    assert "place" not in feature["properties"]


def test_no_number_that_json_does_not_have():
    from msgspec.structs import replace

    place = replace(PLACE, representative_point=(math.nan, 1.0))
    with pytest.raises(ValueError, match="not JSON compliant"):
        geojson((replace(EVENT, places=(place,)),))


def test_geopandas_reads_it(seeds, tmp_path):
    frame = geopandas.read_file(save(tmp_path / "map.geojson", geojson(seeds)))
    features = json.loads(geojson(seeds))["features"]
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == len(features)
    assert set(features[0]["properties"]) <= set(frame.columns)
    assert list(frame["evidence_text"]) == [f["properties"]["evidence_text"] for f in features]
    for geometry, feature in zip(frame.geometry, features, strict=True):
        if feature["geometry"] is None:
            assert geometry is None
        else:
            assert geometry.equals_exact(shape(feature["geometry"]), 0)
    assert frame["figures"].map(lambda value: isinstance(value, list)).all()


@pytest.mark.parametrize("suffix", [".geojson", ".jsonl"])
def test_what_is_written_is_read_again(seeds, tmp_path, suffix):
    rows = (*seeds, *ROWS)
    path = save(tmp_path / f"events{suffix}", WRITERS[suffix](rows))
    assert read_events(path) == rows


def test_the_writer_follows_the_suffix():
    assert writer_for(Path("A.CSV")) is table
    with pytest.raises(
        UnknownFormat, match=r"'.xlsx' files; end the name in .csv, .geojson, .jsonl"
    ):
        writer_for(Path("a.xlsx"))
    with pytest.raises(UnknownFormat, match="names without a suffix"):
        writer_for(Path("a"))


def test_two_builds_in_one_process_are_equal():
    articles, _ = read_articles([ROOT / "seeds"])
    assert build(articles).files == build(articles).files


# -- to disk -------------------------------------------------------------------------------------

OLD = {"a.txt": b"old a", "b.txt": b"old b"}
NEW = {"a.txt": b"new a", "b.txt": b"new b"}


@pytest.fixture
def folder(tmp_path):
    """A folder that holds the old files."""
    write_all(tmp_path / "out", OLD)
    return tmp_path / "out"


def test_files_are_written_and_replaced(folder):
    assert contents(folder) == OLD
    assert (folder / "a.txt").stat().st_mode & 0o444 == 0o444
    write_all(folder, NEW)
    assert contents(folder) == NEW


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_stop_while_staging_changes_nothing(folder, monkeypatch, error):
    calls = []

    def sync(_):
        calls.append(1)
        if len(calls) == 2:
            raise error

    monkeypatch.setattr(os, "fsync", sync)
    expected = InputError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected) as caught:
        write_all(folder, NEW)
    assert contents(folder) == OLD
    if expected is InputError:
        assert "make room on the disk" in str(caught.value)


def test_ctrl_c_while_replacing_waits_until_all_are_replaced(folder, monkeypatch):
    replace = Path.replace

    def interrupted(self, target):
        os.kill(os.getpid(), signal.SIGINT)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all(folder, NEW)
    assert contents(folder) == NEW


def test_a_folder_in_the_place_of_a_file(tmp_path):
    (tmp_path / "b.txt").mkdir()
    save(tmp_path / "a.txt", b"old a")
    with pytest.raises(InputError, match=r"b\.txt is a folder"):
        write_all(tmp_path, NEW)
    assert (tmp_path / "a.txt").read_bytes() == b"old a"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_a_link_is_replaced_and_not_followed(tmp_path):
    outside = save(tmp_path / "outside.txt", b"mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").symlink_to(outside)
    write_all(tmp_path / "out", NEW)
    assert outside.read_bytes() == b"mine"
    assert contents(tmp_path / "out") == NEW


def test_stale_files_are_named(folder):
    check_all(folder, OLD)
    (folder / "a.txt").unlink()
    with pytest.raises(StaleOutput, match=r"out of date: a.txt, b.txt; run"):
        check_all(folder, NEW)
    with pytest.raises(StaleOutput, match=r"out of date: a\.txt; run"):
        check_all(folder, OLD)
