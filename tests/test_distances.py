"""Distances on the sphere and on the ellipsoid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.lookup.distances import box, geodesic, haversine_km

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
