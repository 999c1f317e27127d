"""Distances on the sphere and on the ellipsoid, and what lies beside a line."""

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.lookup.distances import (
    Course,
    box,
    geodesic,
    haversine_km,
    off_great_circle_km,
    segment_km,
    sphere_bearing,
    wind,
)

LAT = st.floats(-90, 90)
LON = st.floats(-180, 180)


@given(LAT, LON, st.floats(0.1, 15_000), LAT, LON)
def test_a_box_holds_all_that_is_within(lat, lon, km, to_lat, to_lon):
    if haversine_km(lat=lat, lon=lon, to_lat=to_lat, to_lon=to_lon) <= km:
        assert box(lat=lat, lon=lon, km=km).holds(lat=to_lat, lon=to_lon)


def test_a_box_is_no_wider_than_it_must_be():
    around = box(lat=40, lon=45, km=10)
    assert not around.holds(lat=40, lon=45.2)
    assert not around.holds(lat=40.2, lon=45)


@pytest.mark.parametrize(
    ("lat", "lon", "km", "said"),
    [(91, 0, 1, "lat 91, lon 0 is off the Earth; did you mean lat 0, lon 91?"),
     (float("nan"), 0, 1, "lat nan, lon 0 is off the Earth"), (91, 181, 1, "off the Earth"),
     (0, float("inf"), 1, "off the Earth"), (0, 0, -1, "-1 km is no distance"),
     (0, 0, float("nan"), "nan km is no distance")],
)  # fmt: skip
def test_what_is_no_point_or_distance_is_refused(lat, lon, km, said):
    with pytest.raises(InputError) as raised:
        box(lat=lat, lon=lon, km=km)
    assert said in str(raised.value)


def test_any_distance_beyond_the_antipodes_is_everywhere():
    assert box(lat=10, lon=20, km=float("inf")).holds(lat=-10, lon=-160)


def test_a_box_across_the_date_line():
    around = box(lat=0, lon=179.9, km=50)
    assert around.holds(lat=0, lon=-179.9)
    assert not around.holds(lat=0, lon=0)


@given(LAT, LON, LAT, LON)
def test_sphere_and_ellipsoid_differ_by_less_than_a_hundredth(lat, lon, to_lat, to_lon):
    sphere = haversine_km(lat=lat, lon=lon, to_lat=to_lat, to_lon=to_lon)
    ellipsoid, bearing = geodesic(lat=lat, lon=lon, to_lat=to_lat, to_lon=to_lon)
    assert sphere == pytest.approx(ellipsoid, rel=0.006, abs=0.001)
    assert 0 <= bearing < 360


def test_the_meridian_quadrant():
    # 10,001.966 km: the length that defines the ellipsoid's quarter meridian, WGS 84.
    km, bearing = geodesic(lat=0, lon=0, to_lat=90, to_lon=0)
    assert km == pytest.approx(10_001.9657, abs=0.001)
    assert bearing == 0


@pytest.mark.parametrize(
    ("bearing", "name"),
    [(0, "N"), (11.2, "N"), (11.3, "NNE"), (90, "E"), (180, "S"), (270, "W"), (348.8, "N"),
     (359.9, "N")],
)  # fmt: skip
def test_winds(bearing, name):
    assert wind(bearing) == name


@given(st.floats(-80, 80), LON, st.floats(-80, 80), LON)
def test_bearings_on_the_sphere_are_nearly_those_of_the_ellipsoid(lat, lon, to_lat, to_lon):
    km, bearing = geodesic(lat=lat, lon=lon, to_lat=to_lat, to_lon=to_lon)
    assume(1 < km < 15_000)
    turn = sphere_bearing(lat=lat, lon=lon, to_lat=to_lat, to_lon=to_lon) - bearing
    assert abs((turn + 180) % 360 - 180) < 0.6


@given(
    st.floats(-75, 75), LON, st.floats(0, 359), st.floats(5, 3000), st.floats(0.01, 0.99),
    st.floats(-40, 40),
)  # fmt: skip
def test_the_foot_on_a_line_is_found_again(lat, lon, azimuth, km, part, off):
    """A point set so far along and so far off, measured, lies there."""
    earth = Geodesic.WGS84
    end = earth.Direct(lat, lon, azimuth, km * 1000)
    course = Course(lat=lat, lon=lon, to_lat=end["lat2"], to_lon=end["lon2"])
    foot = earth.Direct(lat, lon, azimuth, km * 1000 * part)
    point = earth.Direct(foot["lat2"], foot["lon2"], foot["azi2"] + 90, off * 1000)
    spot = {"lat": point["lat2"], "lon": point["lon2"]}
    along, beside = course.project(**spot)
    assert (course.km, along, beside) == pytest.approx((km, km * part, off), abs=0.001)
    slack = 0.006 * (km + abs(off))  # as far as the sphere is off
    start, there = (lat, lon), (end["lat2"], end["lon2"])
    assert off_great_circle_km(**spot, start=start, end=there) <= abs(off) + slack


def test_a_line_knows_its_points():
    course = Course(lat=0, lon=0, to_lat=0, to_lon=1)
    assert course.at(course.km / 2) == pytest.approx((0, 0.5))
    assert course.project(lat=0.1, lon=0.5)[1] < 0  # north of a line to the east is on its left


@given(
    st.floats(-60, 60), LON, st.floats(-0.2, 0.2), st.floats(-0.2, 0.2), st.floats(-0.2, 0.2),
    st.floats(-0.2, 0.2),
)  # fmt: skip
def test_the_distance_of_an_edge_is_that_of_its_nearest_point(lat, lon, ax, ay, bx, by):
    def point(part):
        return {
            "to_lat": lat + ay + part * (by - ay),
            "to_lon": lon + ax + part * (bx - ax),
        }

    nearest = min(haversine_km(lat=lat, lon=lon, **point(i / 200)) for i in range(201))
    measured = segment_km(lat=lat, lon=lon, start=(lon + ax, lat + ay), end=(lon + bx, lat + by))
    assert measured == pytest.approx(nearest, rel=0.02, abs=0.3)


def test_an_edge_across_the_date_line():
    assert segment_km(lat=0, lon=179.99, start=(-179.99, -1), end=(-179.99, 1)) == pytest.approx(
        2.2, abs=0.05
    )
