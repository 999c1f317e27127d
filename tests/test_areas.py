"""Where a point lies as to an area, beside shapely and pyproj, which the gazetteer leaves alone."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Point, Polygon
from shapely.ops import nearest_points

from geo.gazetteer.areas import REACH, TOLERANCE_KM, beyond_parent_km, outside_km

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
HOLE = [[0.4, 0.4], [0.6, 0.4], [0.6, 0.6], [0.4, 0.6], [0.4, 0.4]]
WITH_HOLE = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
TWO = {
    "type": "MultiPolygon",
    "coordinates": [[SQUARE, HOLE], [[[3, 0], [4, 0], [4, 1], [3, 0]]]],
}
GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize(
    ("lat", "lon", "km"),
    [
        (0.2, 0.2, 0), (0.5, 0.2, 0), (0.5, 0.5, 11.1), (0.5, 1.1, 11.1), (-1, 0.5, 111.2),
        (-1, -1, 157.3), (0.2, 3.5, 0), (0.5, 2.9, 47.2),
    ],
)  # fmt: skip
def test_inside_is_nought_and_outside_is_measured(lat, lon, km):
    geometry = TWO if lon > 2 else WITH_HOLE
    assert outside_km(geometry, lat=lat, lon=lon) == pytest.approx(km, abs=0.15)


def test_an_area_across_the_date_line():
    geometry = {
        "type": "MultiPolygon",
        "coordinates": [
            [[[179, 0], [180, 0], [180, 1], [179, 1], [179, 0]]],
            [[[-180, 0], [-179, 0], [-179, 1], [-180, 1], [-180, 0]]],
        ],
    }
    assert outside_km(geometry, lat=0.5, lon=179.5) == 0
    assert outside_km(geometry, lat=0.5, lon=-179.5) == 0
    assert outside_km(geometry, lat=0.5, lon=-178.9) == pytest.approx(11.1, abs=0.1)


@given(
    at=st.tuples(st.floats(44, 48), st.floats(38, 42)),
    ring=st.lists(
        st.tuples(st.floats(45, 47), st.floats(39, 41)), min_size=3, max_size=7, unique=True
    ),
)
def test_it_agrees_with_shapely(at, ring):
    """Within a hundred metres and two parts in a hundred, at the size of a district."""
    area = Polygon(ring)
    assume(area.is_valid and area.area > 1e-6)
    lon, lat = at
    closed = [list(position) for position in (*ring, ring[0])]
    found = outside_km({"type": "Polygon", "coordinates": [closed]}, lat=lat, lon=lon)
    near = nearest_points(area, Point(lon, lat))[0]
    metres = GEOD.inv(lon, lat, near.x, near.y)[2]
    # Shapely takes degrees for a plane, so what is nearest to it may be a little farther.
    assert found <= metres / 1000 * 1.02 + 0.1
    if area.buffer(1e-9).contains(Point(lon, lat)):
        assert found <= 0.1
    else:
        assert found > metres / 1000 * 0.7 - 0.1


def test_all_tolerances_are_granted_before_a_place_is_outside(tiny_gazetteer):
    greyfen, tarn = tiny_gazetteer.place("greyfen"), tiny_gazetteer.place("tarn")
    (area,) = (s for s in tiny_gazetteer.shapes("greyfen") if s.kind == "area")
    spot = tarn.location
    away = outside_km(area.geometry, lat=spot.lat, lon=spot.lon)
    granted = spot.accuracy_m / 1000 + max(TOLERANCE_KM, area.accuracy_m / 1000)
    beyond = beyond_parent_km(tiny_gazetteer, tarn, greyfen)
    assert beyond == pytest.approx(away - granted)
    assert beyond > 0
    assert beyond_parent_km(tiny_gazetteer, tiny_gazetteer.place("karsk"), greyfen) == 0


def test_without_a_shape_the_extent_tells(tiny_gazetteer):
    town, sokol = tiny_gazetteer.place("varden"), tiny_gazetteer.place("sokol")
    spot, middle = sokol.location, town.location
    km = GEOD.inv(spot.lon, spot.lat, middle.lon, middle.lat)[2] / 1000
    granted = (REACH * town.extent_m + middle.accuracy_m + spot.accuracy_m) / 1000
    beyond = beyond_parent_km(tiny_gazetteer, sokol, town)
    assert beyond == pytest.approx(km - granted - TOLERANCE_KM, rel=0.01)
    line = tiny_gazetteer.place("norland-sudria-border")
    assert not tiny_gazetteer.shapes("varden")
    assert not line.extent_m
    assert beyond_parent_km(tiny_gazetteer, sokol, line) == 0
