"""The geometry steps behind the committed outlines, on drawings small enough to check by eye."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import shapely

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from outline_geometry import (
    chained,
    collection,
    cut_off,
    feature,
    finished,
    reaching,
    shared_edges,
)

LEFT = shapely.from_wkt("POLYGON ((0 0, 1 0, 1 1, 1 2, 0 2, 0 0))")
RIGHT_LOW = shapely.from_wkt("POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))")
RIGHT_HIGH = shapely.from_wkt("POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1))")


def test_shared_edges_tell_borders_from_inner_lines_and_coasts():
    found = shared_edges([LEFT, RIGHT_LOW, RIGHT_HIGH], ["l", "r", "r"])
    assert sorted(found) == [("l",), ("l", "r"), ("r",), ("r", "r")]
    assert found["l", "r"].equals(shapely.from_wkt("LINESTRING (1 0, 1 1, 1 2)"))
    assert found["r", "r"].equals(shapely.from_wkt("LINESTRING (1 1, 2 1)"))
    assert found["l", "r"].geom_type == "LineString"


def test_chained_turns_pieces_round_and_refuses_a_wide_gap():
    pieces = [
        shapely.LineString([(2, 0), (3, 0)]),
        shapely.LineString([(1.001, 0), (0, 0)]),
        shapely.LineString([(1, 0), (2, 0)]),
    ]
    line = chained(pieces, first=(0, 0), gap=0.01)
    assert shapely.get_coordinates(line).tolist() == [[0, 0], [1.001, 0], [1, 0], [2, 0], [3, 0]]
    with pytest.raises(ValueError, match=r"a gap of 0\.0010 degrees"):
        chained(pieces, first=(0, 0), gap=0.0001)


def test_a_line_that_reaches_both_sides_cuts_an_area_in_two():
    line = reaching(shapely.LineString([(0.1, 1.5), (0.9, 1.5)]), LEFT.boundary)
    assert shapely.get_coordinates(line)[[0, -1]].tolist() == [[0, 1.5], [1, 1.5]]
    assert cut_off(LEFT, line, (0.5, 0.5)).area == pytest.approx(1.5)
    assert cut_off(LEFT, line, (0.5, 1.9)).area == pytest.approx(0.5)
    with pytest.raises(ValueError, match="does not part the area"):
        cut_off(LEFT, line, (5, 5))


def test_finished_turns_rings_and_refuses_what_rounding_breaks():
    clockwise = shapely.from_wkt("POLYGON ((0 0, 0 2.004, 2 2, 2 0, 0 0))")
    done = finished(clockwise, digits=2)
    assert done.exterior.is_ccw
    assert done.bounds == (0, 0, 2, 2)
    bow = shapely.from_wkt("POLYGON ((0 0, 4 0, 4 4, 2.04 0.04, 1.96 0.04, 0 4, 0 0))")
    with pytest.raises(ValueError, match="rounding to 1 decimals breaks a geometry"):
        finished(bow, digits=1)


def test_collection_is_sorted_and_refuses_an_id_twice():
    one, two = (feature({"id": i, "name": ""}, shapely.Point(1, 2)) for i in "ab")
    text = collection([two, one])
    assert [row["id"] for row in json.loads(text)["features"]] == ["a", "b"]
    assert "name" not in one["properties"]
    with pytest.raises(ValueError, match=r"the same id twice: \['a'\]"):
        collection([one, two, one])
