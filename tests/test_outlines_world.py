"""The committed outlines of the world: every country once, contested borders not plain."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
import shapely

WORLD = Path(__file__).parents[1] / "gazetteer" / "world"


@cache
def rows():
    return json.loads((WORLD / "outlines.geojson").read_text(encoding="utf-8"))["features"]


def drawn(layer):
    return {
        row["id"]: shapely.from_geojson(json.dumps(row["geometry"]))
        for row in rows()
        if row["properties"]["layer"] == layer
    }


def test_world_has_every_country_once():
    land = [r["properties"] for r in rows() if r["properties"]["layer"] == "land"]
    slugs = [row["country"] for row in land if "country" in row]
    assert len(slugs) == len(set(slugs)) == 239
    assert {"armenia", "azerbaijan", "ivory-coast", "kyrgyzstan", "tajikistan", "ukraine"} <= set(
        slugs
    )
    assert not any("." in row["name"] for row in land)


@pytest.mark.parametrize(
    ("country", "lon", "lat"),
    [("am", 44.5, 40.2), ("ua", 30.5, 50.4), ("kg", 74.6, 42.8), ("ml", -3, 17), ("br", -50, -10)],
)
def test_world_puts_points_in_their_country(country, lon, lat):
    land = drawn("land")
    holders = [i for i, area in land.items() if area.contains(shapely.Point(lon, lat))]
    assert holders == [f"land-{country}"]


def test_contested_borders_of_the_world_are_not_plain():
    plain = drawn("border")["border-all"]
    for lon, lat in [(33.9, 46.1), (39.9, 48.5), (-11, 27.67), (35.0, 32.4), (21.0, 43.0)]:
        box = shapely.Point(lon, lat).buffer(0.4)
        dashed = shapely.union_all(list(drawn("disputed-border").values()))
        assert dashed.intersects(box), (lon, lat)
        assert not plain.intersects(shapely.Point(lon, lat).buffer(0.2)), (lon, lat)


def test_sources_are_listed():
    known = {row["id"] for row in json.loads((WORLD / "sources.json").read_text("utf-8"))}
    assert {row["properties"]["source"] for row in rows()} <= known


def test_neighbours_meet_without_wide_slivers():
    lands = list(drawn("land").values())
    overlap = sum(shapely.area(lands)) - shapely.union_all(lands).area
    assert overlap < 0.25, (
        "square degrees in the whole world, from the finer grid of small countries"
    )


def test_no_line_that_ended_is_drawn_without_its_dates():
    names = {row["properties"].get("name", "") for row in rows()}
    assert not [name for name in names if any(ch.isdigit() for ch in name)]
