import pytest

from geo.leaflet.data import PageInput, page_data
from geo.leaflet.outlines import outlines_on_page
from tests.page_world import outlines


def unpacked(line):
    points, lon, lat = [], 0, 0
    for n in range(0, len(line), 2):
        lon, lat = lon + line[n], lat + line[n + 1]
        points.append((lon / 1000, lat / 1000))
    return points


def square(name, west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "id": name,
        "properties": {"id": name, "layer": "land", "name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_outlines_of_the_finest_file_that_holds_the_events():
    near, far = square("land-near", 0, 0, 10, 10), square("land-far", -90, -60, 90, 60)
    rows, box = outlines_on_page((near, far), [(5, 5)])
    assert [row["name"] for row in rows] == ["land-near"]
    assert box == (2.0, 3.5, 8.0, 6.5)
    rows, box = outlines_on_page((near, far), [(5, 5), (20, 20)])
    assert [row["name"] for row in rows] == ["land-far"]
    assert outlines_on_page((near, far), [])[1] == (0, 0, 10, 10)
    assert outlines_on_page((), [(1, 1)]) == ([], None)


def test_outlines_are_cut_to_the_view():
    rows, box = outlines_on_page((square("land-far", -90, -60, 90, 60),), [(0, 0)])
    ring = unpacked(rows[0]["lines"][0][0])
    assert {(-3.0, -1.5), (3.0, -1.5), (3.0, 1.5), (-3.0, 1.5)} == set(ring)
    assert box == (-3.0, -1.5, 3.0, 1.5)


def test_outlines_keep_layers_names_and_dates():
    rows, _ = outlines_on_page(outlines(), [])
    line = next(row for row in rows if row["layer"] == "disputed-border")
    assert (line["name"], line["from"], line["area"]) == ("Separation line", "2011-05-02", False)
    assert unpacked(line["lines"][0][0])[0] == pytest.approx((-149.42, 39.3))
    assert {row["layer"] for row in rows} == {
        "land",
        "border",
        "disputed-border",
        "province",
        "district",
        "water",
        "river",
    }


def test_foreign_outlines_are_left_out():
    odd = {
        "properties": {"layer": "missile-range"},
        "geometry": {"type": "Point", "coordinates": [1, 1]},
    }
    assert (
        page_data(PageInput(title="x", outlines=(odd, {"geometry": None, "properties": None})))[
            "outlines"
        ]
        == []
    )
