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
from geo.frames import from_frame, from_geojson, resolve, to_frame
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


# -- names -----------------------------------------------------------------------------------------

COLUMNS = [
    "geometry", "place_id", "label", "matched", "how", "candidates", "certainty", "accuracy_m",
    "reason",
]  # fmt: skip


def test_names_become_places_with_their_index_kept(tiny_gazetteer):
    names = pd.Series(
        ["Varden", "Milford", "Карск", None, "Nowhere", "Varden", float("nan"), "milford-south", 5],
        index=[f"row {number}" for number in range(9)],
    )
    frame = resolve(names, tiny_gazetteer)
    assert isinstance(frame, geopandas.GeoDataFrame)
    assert list(frame.columns) == COLUMNS
    assert frame.crs.to_epsg() == 4326
    assert frame.index.equals(names.index)
    assert frame["how"].tolist() == [
        "exact", "ambiguous", "exact", "empty", "unknown", "exact", "empty", "id", "unknown",
    ]  # fmt: skip
    assert frame["place_id"].dropna().to_dict() == {
        "row 0": "varden", "row 2": "karsk", "row 5": "varden", "row 7": "milford-south",
    }  # fmt: skip
    assert [point is None for point in frame.geometry] == frame["place_id"].isna().tolist()
    point = frame.geometry["row 2"]
    assert (point.x, point.y) == (-30.42, 49.92)
    karsk = frame.loc["row 2"]
    assert (karsk["matched"], karsk["certainty"], karsk["accuracy_m"]) == ("Карск", "certain", 500)
    assert frame["accuracy_m"].dtype == "Int64"
    assert frame["candidates"]["row 1"] == "milford-north; milford-south; farland-milford"
    assert "nothing decides" in frame["reason"]["row 1"]


def test_a_day_and_a_point_decide(tiny_gazetteer):
    frame = resolve(["Milford"], tiny_gazetteer, near=(50.5, -31))
    assert frame["place_id"].tolist() == ["milford-north"]
    frame = resolve(["Oldfield"], tiny_gazetteer, on=dt.date(2000, 1, 1))
    assert "not valid on 2000-01-01" in frame["reason"][0]


def test_a_distinct_name_is_looked_up_once(tiny_gazetteer, monkeypatch):
    asked = []
    find = type(tiny_gazetteer).find
    monkeypatch.setattr(
        type(tiny_gazetteer), "find",
        lambda self, name, **more: asked.append(name) or find(self, name, **more),
    )  # fmt: skip
    assert len(resolve(["Varden", "Sokol"] * 500, tiny_gazetteer)) == 1000
    assert asked == ["Varden", "Sokol"]


def test_names_joined_to_their_table_can_be_written(tiny_gazetteer, tmp_path):
    table = pd.DataFrame({"place": ["Varden", "Nowhere"], "n": [1, 2]}, index=[7, 7])
    joined = geopandas.GeoDataFrame(
        pd.concat([table, resolve(table["place"], tiny_gazetteer)], axis=1), crs="EPSG:4326"
    )
    joined.to_file(tmp_path / "joined.gpkg")
    back = geopandas.read_file(tmp_path / "joined.gpkg")
    assert back["place_id"].fillna("").tolist() == ["varden", ""]


@pytest.mark.parametrize("nothing", [[], pd.Series([], dtype=str)])
def test_no_names_give_an_empty_frame(tiny_gazetteer, nothing):
    frame = resolve(nothing, tiny_gazetteer)
    assert (len(frame), list(frame.columns)) == (0, COLUMNS)
    assert frame.crs.to_epsg() == 4326
