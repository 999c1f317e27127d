"""The geopy geocoder, held to what geopy's own geocoders do.

geopy's test base class is not in its wheel, so its contract is stated here: keyword-only options,
``exactly_one``, None for nothing, a list otherwise, ``raw`` a plain dict, its own exceptions, and
work inside ``RateLimiter``, ``with`` and pandas.
"""

import datetime as dt
import inspect
import json
import pickle
import warnings

import pandas as pd
import pytest
from geopy.distance import distance
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim, Photon
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.geocoder import CuratedGazetteer

POINT = (49.93, -30.43)


@pytest.fixture
def geocoder(tiny_gazetteer):
    """A geocoder of the invented packs."""
    return CuratedGazetteer(tiny_gazetteer)


# -- the contract ----------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["geocode", "reverse"])
@pytest.mark.parametrize("peer", [Nominatim, Photon])
def test_options_are_geopys(method, peer):
    ours = inspect.signature(getattr(CuratedGazetteer, method)).parameters
    theirs = inspect.signature(getattr(peer, method)).parameters
    assert list(ours)[:2] == list(theirs)[:2] == ["self", "query"]
    for name in ("exactly_one", "timeout"):
        assert ours[name].kind is theirs[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert ours[name].default == theirs[name].default


def test_it_is_a_geopy_geocoder(geocoder):
    assert isinstance(geocoder, Geocoder)
    with geocoder as same:
        assert same is geocoder
    assert CuratedGazetteer(geocoder._gazetteer, timeout=3).timeout == 3


@pytest.mark.parametrize("timeout", [None, 0, 0.001, 60])
def test_a_timeout_is_taken_and_nothing_is_waited_for(geocoder, timeout):
    assert geocoder.geocode("Varden", timeout=timeout).raw["place_id"] == "varden"
    assert geocoder.reverse(POINT, timeout=timeout).raw["place_id"] == "karsk"


def test_one_many_or_none(geocoder):
    assert isinstance(geocoder.geocode("Milford"), Location)
    found = geocoder.geocode("Milford", exactly_one=False)
    assert [location.raw["place_id"] for location in found] == [
        "milford-north", "milford-south", "farland-milford",
    ]  # fmt: skip
    assert all(isinstance(location, Location) for location in found)
    assert len(geocoder.geocode("Milford", exactly_one=False, limit=2)) == 2
    assert len(geocoder.geocode("Varden", exactly_one=False)) == 1
    for nothing in ("Nowhere", "", " ", "?!", "V" * 100_000, "\ud800"):
        assert geocoder.geocode(nothing) is None
        assert geocoder.geocode(nothing, exactly_one=False) is None


def test_a_location_is_geopys(geocoder):
    location = geocoder.geocode("Карск")
    address, (lat, lon) = location
    assert (address, lat, lon) == ("Kärsk / Karavand", 49.92, -30.42)
    assert (location.latitude, location.longitude, location.altitude) == (49.92, -30.42, 0.0)
    assert repr(location) == "Location(Kärsk / Karavand, (49.92, -30.42, 0.0))"
    assert location == geocoder.geocode("Карск") != geocoder.geocode("Varden")
    assert distance(location.point, POINT).km < 2


def test_raw_is_plain_and_holds_the_record(geocoder):
    location = geocoder.geocode("karsk", on=dt.date(2000, 1, 1))
    raw = location.raw
    assert json.loads(json.dumps(raw)) == raw
    assert (raw["place_id"], raw["how"], raw["decided"]) == ("karsk", "id", True)
    assert raw["candidates"] == ["karsk"]
    assert "valid on 2000-01-01" in raw["reasons"]
    assert (raw["location"]["accuracy_m"], raw["certainty"]) == (500, "certain")
    assert raw["location"]["sources"] == [{"source": "invented", "record": "karsk"}]
    assert raw["de_facto"][0] == {
        "source": {"source": "invented"}, "holder": "sudria", "from": "1994-05-12",
        "to": "2020-11-10",
    }  # fmt: skip
    assert location.place.id == "karsk"
    copy = pickle.loads(pickle.dumps(location))  # noqa: S301 - our own
    assert (copy, copy.place) == (location, location.place)


@pytest.mark.parametrize(
    "query", [None, 5, float("nan"), {"city": "Varden"}, ["Varden"], b"Varden"]
)
def test_what_is_no_query_is_geopys_error(geocoder, query):
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)


@pytest.mark.parametrize(
    "query", [POINT, list(POINT), "49.93, -30.43", "49.93 -30.43", Point(*POINT), (*POINT, 300.0)]
)
def test_reverse_takes_points_as_geopy_does(geocoder, query):
    location = geocoder.reverse(query)
    assert location.raw["place_id"] == "karsk"
    assert location.raw["km"] == pytest.approx(1.32, abs=0.01)
    found = geocoder.reverse(query, exactly_one=False)
    assert [near.raw["km"] for near in found] == sorted(near.raw["km"] for near in found)
    assert len(found) > 2
    assert len(geocoder.reverse(query, exactly_one=False, limit=2)) == 2


@pytest.mark.parametrize("query", [(91, 0), (float("nan"), 0), "rubbish", (1,), "91, 0", "nan, 1"])
def test_what_is_no_point_of_the_earth_is_a_value_error(geocoder, query):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(ValueError):  # noqa: PT011 - geopy's words
            Nominatim(user_agent="test").reverse(query)
    with pytest.raises(ValueError):  # noqa: PT011
        geocoder.reverse(query)


@pytest.mark.parametrize("query", [None, "", (), {}, b"1,2", {1, 2}])
def test_what_is_no_point_at_all_is_geopys_error(geocoder, query):
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse(query)


def test_nothing_near_is_none(geocoder):
    assert geocoder.reverse((0, 0)) is None
    assert geocoder.reverse((0, 0), exactly_one=False) is None
    assert geocoder.reverse(POINT, km=0.5) is None


def test_a_negative_limit_is_refused(geocoder):
    with pytest.raises(GeocoderQueryError, match="-1"):
        geocoder.geocode("Milford", exactly_one=False, limit=-1)


def test_rate_limiter_and_pandas(geocoder):
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    frame = pd.DataFrame({"name": ["Varden", "Nowhere", "Карск"]})
    located = frame["name"].apply(geocode)
    assert [place and place.raw["place_id"] for place in located] == ["varden", None, "karsk"]
    points = located.apply(lambda location: tuple(location.point) if location else None)
    assert points.tolist() == [(50.8, -31.4, 0.0), None, (49.92, -30.42, 0.0)]
    reverse = RateLimiter(geocoder.reverse, min_delay_seconds=0)
    assert reverse(POINT).raw["place_id"] == "karsk"


# -- what only ours has ----------------------------------------------------------------------------


def test_whether_anything_decides_is_told(geocoder):
    raw = geocoder.geocode("Milford").raw
    assert raw["decided"] is False
    assert raw["candidates"] == ["milford-north", "milford-south", "farland-milford"]
    near = geocoder.geocode("Milford", near="40.4, 10.4").raw
    assert (near["place_id"], near["decided"]) == ("farland-milford", True)
    assert geocoder.geocode("Milford", near=Point(50.5, -31)).raw["place_id"] == "milford-north"


def test_a_day_counts(geocoder):
    assert "not valid on 2000-01-01" in geocoder.geocode(
        "Oldfield", on=dt.date(2000, 1, 1)
    ).raw["reasons"]  # fmt: skip
