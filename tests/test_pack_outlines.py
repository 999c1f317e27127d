"""The script that makes shapes and outlines of a border pack, and what it made."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import geopandas
import pytest
import shapely

ROOT = Path(__file__).parents[1]
TABLES = sorted((ROOT / "tools" / "outline_packs").glob("*.json"))
TABLE = {
    "read_box": [0, 0, 4, 2],
    "draw_box": [0, 0, 4, 2],
    "countries": {"AAA": ["aland", "Aland"], "BBB": ["beland", "Beland"]},
    "around": [],
    "accuracy_m": 5000,
    "units": {"AAA-1": ["west-aland", "West Aland"]},
    "unit_note": "As drawn.",
    "border": {
        "place": "the-border", "between": ["AAA", "BBB"], "label": "Aland–Beland border",
        "rings": "the-border-exclaves", "rings_label": "Exclaves", "rings_note": "One ring.",
    },
    "lakes": {"a-lake": ["A Lake", "aland", 0.5, 0.5]},
    "rivers": {"a-river": ["A River", [7]]},
}  # fmt: skip


@pytest.fixture(scope="module")
def tool():
    """The script, imported as it is run: with its own folder on the path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(ROOT / "tools"), *sys.path])
        import make_pack_outlines

        yield make_pack_outlines


@pytest.fixture(scope="module")
def units():
    """Two provinces of Aland in the west, Beland in the east, an exclave of Beland in Aland."""
    ring = shapely.box(1.2, 0.8, 1.4, 1.0)
    areas = [
        shapely.box(0, 0, 1, 2),
        shapely.box(1, 0, 2, 2) - ring,
        shapely.union_all([shapely.box(2, 0, 4, 2), ring]),
    ]
    return geopandas.GeoDataFrame(
        {"adm0_a3": ["AAA", "AAA", "BBB"]},
        geometry=areas,
        index=["AAA-1", "AAA-2", "BBB-1"],
        crs=4326,
    )


def test_the_border_is_the_common_edge_and_its_rings(tool, units):
    made = {one["id"]: one for one in tool.shapes(units, TABLE)}
    assert set(made) == {"west-aland", "the-border", "the-border-exclaves"}
    line = shapely.from_geojson(json.dumps(made["the-border"]["geometry"]))
    assert line.equals(shapely.LineString([(2, 0), (2, 2)]))
    ring = made["the-border-exclaves"]
    assert shapely.from_geojson(json.dumps(ring["geometry"])).length == pytest.approx(0.8)
    assert ring["properties"]["place"] == "the-border"
    assert ring["properties"]["note"] == "One ring. As drawn."
    area = shapely.from_geojson(json.dumps(made["west-aland"]["geometry"]))
    assert area.equals(shapely.box(0, 0, 1, 2))


def test_both_states_are_drawn_alike(tool, units):
    lake = geopandas.GeoDataFrame(geometry=[shapely.box(0.2, 0.2, 0.8, 0.8)], crs=4326)
    river = geopandas.GeoDataFrame(
        {"rivernum": [7, 8]},
        geometry=[shapely.LineString([(0, 1), (9, 1)]), shapely.LineString([(0, 0), (1, 1)])],
        crs=4326,
    )
    made = {one["id"]: one for one in tool.outlines(units, (lake, river), TABLE)}
    assert set(made) == {
        "land-aland", "land-beland", "border-aland-beland", "province-aland", "water-a-lake",
        "river-a-river",
    }  # fmt: skip
    assert made["land-aland"]["properties"]["country"] == "aland"
    assert made["border-aland-beland"]["properties"]["name"] == "Aland–Beland"
    # Cut to the box that is drawn.
    assert shapely.from_geojson(json.dumps(made["river-a-river"]["geometry"])).bounds[2] == 4


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_what_was_made_is_what_the_table_says(path):
    table = json.loads(path.read_text("utf-8"))
    folder = ROOT / "gazetteer" / path.stem
    shapes = json.loads((folder / "shapes.geojson").read_text("utf-8"))["features"]
    wanted = dict(table["units"].values())
    wanted[table["border"]["place"]] = table["border"]["label"]
    found = {one["id"]: one["properties"] for one in shapes}
    assert {id_: found[id_]["label"] for id_ in wanted} == wanted
    assert {p["accuracy_m"] for p in found.values()} == {table["accuracy_m"]}
    assert all(p["note"].endswith(table["unit_note"]) for p in found.values())
    west, south, east, north = table["draw_box"]
    for one in json.loads((folder / "outlines.geojson").read_text("utf-8"))["features"]:
        bounds = shapely.from_geojson(json.dumps(one["geometry"])).bounds
        assert west <= bounds[0] <= bounds[2] <= east
        assert south <= bounds[1] <= bounds[3] <= north
