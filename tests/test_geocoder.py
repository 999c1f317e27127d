"""The geopy geocoder."""

import datetime as dt

import pytest
from geopy.distance import distance
from geopy.geocoders.base import Geocoder

from geo.geocoder import CuratedGazetteer


@pytest.fixture
def geocoder(tiny_gazetteer):
    """A geocoder of the invented packs."""
    return CuratedGazetteer(tiny_gazetteer)


def test_it_is_a_geopy_geocoder(geocoder):
    assert isinstance(geocoder, Geocoder)


def test_geocode_gives_the_place_and_its_record(geocoder):
    location = geocoder.geocode("Карск")
    assert (location.latitude, location.longitude) == (49.92, -30.42)
    assert location.address == "Kärsk / Karavand"
    assert location.raw.id == "karsk"


def test_geocode_all_and_none(geocoder):
    found = geocoder.geocode("Milford", exactly_one=False, on=dt.date(2020, 1, 1))
    assert [location.raw.id for location in found] == [
        "milford-north", "milford-south", "farland-milford",
    ]  # fmt: skip
    assert geocoder.geocode("Nowhere") is None
    assert geocoder.geocode("Nowhere", exactly_one=False) is None


def test_reverse(geocoder):
    point = (49.93, -30.43)
    location = geocoder.reverse(point)
    assert location.raw.id == "karsk"
    assert distance(point, location.point).km < 2
    assert len(geocoder.reverse("49.93, -30.43", exactly_one=False)) > 1
    assert geocoder.reverse((0, 0)) is None
