"""Whatever the place and the figure: shapes hold, touch or keep away as their words say."""

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import shape

from tests.test_geometries import (
    Book,
    a_place,
    a_shape,
    drawn,
    in_bounds,
    km,
    line,
    orientation_is_right,
)

GEOD = Geod(ellps="WGS84")
LAT = st.floats(-89, 89)
LON = st.floats(-180, 180)
SIDES = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
SIDE = st.sampled_from(SIDES)
# from a street's length to an ocean's width
FIGURE = st.one_of(st.floats(0.2, 2), st.floats(2, 200), st.floats(200, 5000))
MODEST = st.one_of(st.floats(1, 20), st.floats(20, 400))
ROUNDING_KM = 0.002  # five decimals of a degree


def well_formed(geometry):
    """The geometry, which is valid, not empty, finite, in bounds and right-handed."""
    made = shape(geometry)
    assert made.is_valid
    assert not made.is_empty
    assert all(math.isfinite(v) for pair in shapely.get_coordinates(made) for v in pair)
    assert in_bounds(geometry)
    if "Polygon" in geometry["type"]:
        assert orientation_is_right(geometry)
    return made


def uncut(made):
    """Corners of a shape, as lat and lon, that are no cut at the antimeridian or a pole."""
    pairs = shapely.get_coordinates(made)
    return [(y, x) for x, y in pairs if abs(abs(x) - 180) > 1e-9 and abs(y) < 90]


def touches(made, lat, lon):
    """Whether a spot is on a shape, on either side of the antimeridian."""
    spots = [shapely.Point(lon + turn, lat) for turn in (-360, 0, 360)]
    return min(made.distance(spot) for spot in spots) < 1e-4


def an_area(lat, lon, half_high, half_wide):
    """A box in degrees as a pack would hold it: cut in two at the antimeridian."""
    west, east = lon - half_wide, lon + half_wide
    whole = shapely.box(west, lat - half_high, east, lat + half_high)
    parts = [
        shapely.transform(
            whole.intersection(shapely.box(360 * turn - 180, -90, 360 * turn + 180, 90)),
            lambda pairs, turn=turn: pairs - [360 * turn, 0],
        )
        for turn in (-1, 0, 1)
    ]
    return shapely.union_all([p for p in parts if p.area > 0])


def a_region(lat, lon, half_high, half_wide):
    at = a_place("h", "region", lat=lat, lon=lon)
    area = an_area(lat, lon, half_high, half_wide)
    return at, area, Book([at], [a_shape("h", "area", shapely.geometry.mapping(area))])


REGION = {
    "lat": st.floats(-80, 80), "lon": LON, "half_high": st.floats(0.02, 1.5),
    "half_wide": st.floats(0.02, 1.5),
}  # fmt: skip


STEP = 0.02  # degrees between the spots of an edge that are measured to
SPARSE = 5  # every so many corners of a shape are measured: 20 of a disc of 96


def away_km(held, made):
    """Kilometres from corners of a shape to the nearest of many spots of what it is about."""
    edge = shapely.get_coordinates(shapely.segmentize(held, STEP))
    if held.geom_type == "MultiPolygon":  # the cut is no edge
        _, south, _, north = held.bounds
        inner = (edge[:, 1] > south) & (edge[:, 1] < north)
        edge = edge[(abs(abs(edge[:, 0]) - 180) > 1e-9) | ~inner]
    count = len(edge)
    for lat, lon in uncut(made)[::SPARSE]:
        metres = GEOD.inv([lon] * count, [lat] * count, edge[:, 0], edge[:, 1])[2]
        yield min(metres) / 1000


def at_most(figure):
    """What a distance may measure to spots: half a step aside of the nearest at the worst."""
    return math.hypot(figure * 1.005 + ROUNDING_KM, STEP / 2 * 111.7) + 0.001


@settings(max_examples=30, deadline=None)
@given(LAT, LON, FIGURE)
def test_within_holds_its_anchor_and_reaches_as_far_as_stated(lat, lon, stated):
    at = a_place("h", lat=lat, lon=lon, extent_m=100)
    feature = drawn(at, Book([at]), relation="near", precision="near", distance_km=stated)
    made = well_formed(feature.geometry)
    assert touches(made, lat, lon)
    for y, x in uncut(made):
        assert km(y, x, to=at) == pytest.approx(stated, rel=1e-3, abs=ROUNDING_KM)


@settings(max_examples=30, deadline=None)
@given(LAT, LON, FIGURE, st.sampled_from(["", *SIDES]))
def test_rings_and_arcs_are_at_the_stated_distance(lat, lon, stated, side):
    at = a_place("h", lat=lat, lon=lon)
    feature = drawn(
        at, Book([at]), relation="distance", precision="distance", distance_km=stated, bearing=side
    )
    for y, x in uncut(well_formed(feature.geometry)):
        away = km(y, x, to=at)
        assert 0.75 * stated - ROUNDING_KM - 1e-3 * stated < away
        assert away < 1.25 * stated + ROUNDING_KM + 1e-3 * stated


@settings(max_examples=30, deadline=None)
@given(LAT, LON, st.lists(SIDE, min_size=1, max_size=3, unique=True), st.booleans())
def test_wedges_touch_their_anchor_and_reach_no_farther(lat, lon, sides, outskirts):
    at = a_place("h", lat=lat, lon=lon)
    words = {"relation": "outskirts", "precision": "near"} if outskirts else {
        "relation": "bearing", "precision": "bearing", "bearing": sides[0]
    }  # fmt: skip
    feature = drawn(at, Book([at]), part=tuple(sides), **words)
    made = well_formed(feature.geometry)
    assert touches(made, lat, lon)
    reach = 6 if outskirts else 25
    assert max(km(y, x, to=at) for y, x in uncut(made)) < reach + 0.02


@settings(max_examples=25, deadline=None)
@given(st.floats(-80, 80), LON, st.floats(-2, 2), st.floats(-2, 2))
def test_halfway_lies_in_the_strip_and_away_from_both_ends(lat, lon, up, right):
    a = a_place("a", lat=lat, lon=lon)
    b = a_place("z", lat=lat + up, lon=(lon + right + 180) % 360 - 180)
    words = {"relation": "between", "precision": "between", "other_place_id": "z"}
    strip = drawn(a, Book([a, b]), **words)
    middle = drawn(a, Book([a, b]), part=("C",), **words)
    whole, made = well_formed(strip.geometry), well_formed(middle.geometry)
    assert whole.buffer(1e-3).covers(made)
    apart = km(b.location.lat, b.location.lon, to=a)
    for y, x in uncut(made):
        assert min(km(y, x, to=a), km(y, x, to=b)) > apart / 3 - 5.1


@settings(max_examples=20, deadline=None)
@given(st.fixed_dictionaries(REGION), MODEST)
def test_a_margin_holds_its_area_and_reaches_as_far_as_stated(box_of, stated):
    at, area, book = a_region(**box_of)
    feature = drawn(at, book, relation="near", precision="region", distance_km=stated)
    made = well_formed(feature.geometry)
    assert made.buffer(1e-4).covers(area)
    assert touches(made, at.location.lat, at.location.lon)
    assert max(away_km(area, made)) < at_most(stated) + 0.05  # simpler by 50 m


@settings(max_examples=20, deadline=None)
@given(st.fixed_dictionaries(REGION), MODEST)
def test_a_band_is_at_the_stated_distance_from_its_area(box_of, stated):
    at, area, book = a_region(**box_of)
    feature = drawn(at, book, relation="distance", precision="distance", distance_km=stated)
    made = well_formed(feature.geometry)
    assert not made.intersects(area)
    away = list(away_km(area, made))
    assert min(away) > 0.745 * stated - ROUNDING_KM
    assert max(away) < at_most(1.25 * stated)


@settings(max_examples=20, deadline=None)
@given(st.fixed_dictionaries(REGION), SIDE)
def test_a_side_touches_its_area_and_lies_outside_it(box_of, side):
    at, area, book = a_region(**box_of)
    feature = drawn(at, book, relation="bearing", precision="bearing", bearing=side)
    made = well_formed(feature.geometry)
    assert made.distance(area) < 2e-3  # the outline is swept 50 m simpler
    assert made.intersection(area).area < 0.01 * area.area
    assert max(away_km(area, made)) < at_most(25)


@settings(max_examples=20, deadline=None)
@given(st.fixed_dictionaries(REGION), st.sampled_from([*SIDES, "C"]))
def test_a_part_lies_within_its_area_and_holds_its_own_point(box_of, side):
    at, area, book = a_region(**box_of)
    feature = drawn(at, book, relation="part-of", precision="region", part=(side,))
    made = well_formed(feature.geometry)
    assert area.buffer(1e-4).covers(made)
    assert 0 < made.area < 0.6 * area.area
    assert touches(made, feature.lat, feature.lon)


@settings(max_examples=20, deadline=None)
@given(st.floats(-75, 75), LON, st.floats(0.1, 2), st.floats(0.1, 2), MODEST)
def test_beside_a_line_on_both_sides(lat, lon, up, right, stated):
    course = [(lon, lat), (lon + right, lat + up)]
    turned = [((x + 180) % 360 - 180, y) for x, y in course]
    if abs(turned[0][0] - turned[1][0]) > 180:
        turned = course  # a pack writes a line that crosses as one that runs on
    river = a_place("r", "feature", lat=lat, lon=lon)
    book = Book([river], [a_shape("r", "line", line(*turned))])
    band = drawn(river, book, relation="distance", precision="distance", distance_km=stated)
    made = well_formed(band.geometry)
    held = shapely.LineString(turned)
    away = list(away_km(held, made))
    assert min(away) > 0.745 * stated - ROUNDING_KM
    assert max(away) < at_most(1.25 * stated)
    margin = well_formed(drawn(river, book, relation="near", precision="near").geometry)
    assert all(touches(margin, y, (x + 180) % 360 - 180) for x, y in held.coords)


@settings(max_examples=15, deadline=None)
@given(st.fixed_dictionaries(REGION), SIDE, MODEST, st.booleans())
def test_the_same_words_give_the_same_shape(box_of, side, stated, distance):
    at, _, book = a_region(**box_of)
    words = {"relation": "bearing", "precision": "bearing", "bearing": side}
    if distance:
        words |= {"relation": "distance", "precision": "distance", "distance_km": stated}
    assert drawn(at, book, **words) == drawn(at, book, **words)
