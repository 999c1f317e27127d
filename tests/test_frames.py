"""Events as a GeoDataFrame, and back."""

import datetime as dt
import json
from pathlib import Path

import geopandas
import pandas as pd
import pytest

from geo.articles import article_from_document
from geo.errors import InputError
from geo.files import geojson, jsonl
from geo.frames import from_frame, from_geojson, to_frame
from geo.pipeline import build
from geo.stored import read_events

DATA = Path(__file__).parent / "data"
PACKS = (str(DATA / "tiny"), str(DATA / "tinyworld"))
TEXT = (
    "Norland said on Tuesday that its forces shelled Varden and the town of Kärsk, killing three "
    "soldiers. Sudria denied the report.\n\n"
    "On 4 May 2020 fighting broke out in the mountains, officials said.\n"
)


@pytest.fixture(scope="module")
def built():
    """A build of one invented report."""
    article = article_from_document(
        {"doc_id": "a", "text": TEXT, "published": "2020-05-06", "publisher": "The Post"}
    )
    return build([article], packs=PACKS)


@pytest.fixture(scope="module")
def rows(built, tmp_path_factory):
    """The events that the build wrote."""
    path = tmp_path_factory.mktemp("built") / "map.geojson"
    path.write_bytes(built.files["map.geojson"])
    return read_events(path)


def test_a_build_has_a_row_for_each_feature(built):
    features = json.loads(built.files["map.geojson"])["features"]
    frame = to_frame(built)
    assert len(features) >= 2
    assert isinstance(frame, geopandas.GeoDataFrame)
    assert list(frame.index) == [feature["id"] for feature in features]
    assert frame.crs.to_epsg() == 4326
    for feature, (_, row) in zip(features, frame.iterrows(), strict=True):
        assert row["event_id"] == feature["properties"]["event_id"]
        assert row["claims"] == feature["properties"]["claims"]
        assert row.geometry.geom_type == feature["geometry"]["type"]


def test_dates_are_times(built):
    frame = to_frame(built)
    assert pd.api.types.is_datetime64_any_dtype(frame["date_start"])
    assert frame["date_start"].iloc[0].date() == dt.date(2020, 5, 5)


def test_a_frame_gives_the_events_again(rows):
    assert from_frame(to_frame(rows)) == rows


def test_a_frame_in_another_projection_comes_back_in_degrees(rows):
    back = from_frame(to_frame(rows).to_crs("EPSG:3857"))
    assert [row.event_id for row in back] == [row.event_id for row in rows]
    for one, other in zip(back, rows, strict=True):
        lon, lat = one.places[0].geometry["coordinates"][0][0]
        assert other.places[0].geometry["coordinates"][0][0] == pytest.approx([lon, lat], abs=1e-6)


def test_a_filtered_and_corrected_frame_keeps_the_rest(rows):
    frame = to_frame(rows)
    frame = frame[frame["event_id"] == rows[0].event_id].assign(reviewed=True)
    (row,) = from_frame(frame)
    assert (row.event_id, row.reviewed, row.claims) == (rows[0].event_id, True, rows[0].claims)


def test_an_event_without_a_place_is_kept(rows):
    import msgspec

    bare = msgspec.structs.replace(rows[0], event_id="bare", places=())
    frame = to_frame((*rows, bare))
    assert frame["geometry"].isna().iloc[-1]
    assert from_frame(frame)[-1] == bare
    assert from_frame(to_frame([bare])) == (bare,)


def test_files_are_read(rows, tmp_path):
    for name, write in (("map.geojson", geojson), ("events.jsonl", jsonl)):
        (tmp_path / name).write_bytes(write(rows))
        assert from_frame(from_geojson(tmp_path / name)) == rows
    with pytest.raises(InputError, match=r"nowhere\.geojson"):
        from_geojson(tmp_path / "nowhere.geojson")


def test_no_events_give_an_empty_frame():
    frame = to_frame([])
    assert (len(frame), frame.crs.to_epsg()) == (0, 4326)
    assert from_frame(frame) == ()


def test_a_frame_of_something_else_is_refused(rows):
    with pytest.raises(InputError, match="event_id"):
        from_frame(to_frame(rows).drop(columns="event_id"))
    with pytest.raises(InputError, match="type"):
        from_frame(to_frame(rows).assign(type="picnic"))
