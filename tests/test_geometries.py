"""Shapes are where the words put them, valid, and the same every time."""

import datetime as dt

import msgspec
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import shape

from geo.geometries import check_distance, draw
from geo.model import (
    Cite,
    Event,
    EventPlace,
    FeatureType,
    Location,
    Name,
    Place,
    Shape,
)  # fmt: skip
from geo.precision import precision_of, precision_table

GEOD = Geod(ellps="WGS84")
CITE = Cite(source="invented")
DAY = dt.date(2020, 7, 1)
# One degree of longitude at the equator, and of latitude near it, in kilometres.
EQUATOR_KM, MERIDIAN_KM = 111.32, 110.57


def a_place(place_id, kind="settlement", *, lat=0.0, lon=0.0, accuracy_m=500, **more):
    return Place(
        id=place_id,
        kind=kind,
        feature=FeatureType(class_="P", code="PPL", word=kind),
        location=Location(lat=lat, lon=lon, accuracy_m=accuracy_m, kind="site", sources=(CITE,)),
        names=(
            Name(
                text=place_id.title(), language="en", script="Latn", status="official", source=CITE
            ),
        ),
        label=place_id.title(),
        **more,
    )


def a_shape(place_id, kind, geometry, *, start=None, end=None, number=1):
    return Shape(
        id=f"{place_id}-{number}", place=place_id, kind=kind, label=place_id, geometry=geometry,
        accuracy_m=100, sources=(CITE,), start=start, end=end,
    )  # fmt: skip


def box(west, south, east, north):
    return shapely.geometry.mapping(shapely.box(west, south, east, north))


def line(*pairs):
    return {"type": "LineString", "coordinates": [list(p) for p in pairs]}


class Book:
    """The part of a gazetteer that drawing asks for."""

    def __init__(self, places=(), shapes=()):
        self.places = {p.id: p for p in places}
        self._shapes = tuple(shapes)

    def shapes(self, place_id, *, on=None):
        return tuple(
            s for s in self._shapes
            if s.place == place_id
            and (on is None or ((s.start or on) <= on <= (s.end or on)))
        )  # fmt: skip


def an_event(*places, on=DAY):
    return Event(
        id="e1", article_id="a", type="battle", places=places, start=0, end=9,
        trigger_start=0, trigger_end=3, date_start=on, date_end=on,
    )  # fmt: skip


def drawn(place, book, *, relation="in", precision="settlement", on=DAY, **more):
    where = EventPlace(
        place=place.label, place_id=place.id, lat=place.location.lat, lon=place.location.lon,
        relation=relation, precision=precision, start=0, end=5, **more,
    )  # fmt: skip
    return draw(an_event(where, on=on), where, book)


def km(feature_or_lat, lon=None, *, to):
    lat, lon = (feature_or_lat.lat, feature_or_lat.lon) if lon is None else (feature_or_lat, lon)
    return GEOD.inv(lon, lat, to.location.lon, to.location.lat)[2] / 1000


def area_km2(geometry):
    return abs(GEOD.geometry_area_perimeter(shape(geometry))[0]) / 1e6


X = a_place("x", lat=40.0, lon=45.0, extent_m=2000)
DISTRICT = a_place("d", "district", lat=0.5, lon=0.5)
SQUARE = a_shape("d", "area", box(0, 0, 1, 1))
BORDER = a_place("b", "line", lat=0.0, lon=0.0, borders=("left", "right"))
MERIDIAN = a_shape("b", "line", line((0, 0), (0, 3)))


def test_exact_is_the_point_itself():
    feature = drawn(X, Book([X]), precision="exact")
    assert feature.geometry == {"type": "Point", "coordinates": [45.0, 40.0]}
    assert (feature.ucdp_where_prec, feature.acled_geo_precision) == (1, 1)
    assert feature.id == "e1-1"


def test_settlement_is_a_circle_of_its_extent():
    feature = drawn(X, Book([X]))
    # a disc of 2 km: pi * 4 square kilometres
    assert area_km2(feature.geometry) == pytest.approx(12.566, rel=0.01)
    assert "2 km is the extent of X" in feature.choices[0]


def test_settlement_without_extent_says_that_the_radius_is_ours():
    y = a_place("y", lat=40.0, lon=45.0)
    feature = drawn(y, Book([y]))
    assert area_km2(feature.geometry) == pytest.approx(28.27, rel=0.01)
    assert "3 km is ours" in feature.choices[0]


@pytest.mark.parametrize(
    ("relation", "radius"), [("near", 10), ("around", 10), ("outskirts", 6), ("in", 10)]
)
def test_near_is_a_disc(relation, radius):
    feature = drawn(X, Book([X]), relation=relation, precision="near")
    assert area_km2(feature.geometry) == pytest.approx(3.14159 * radius**2, rel=0.01)
    assert (feature.ucdp_where_prec, feature.acled_geo_precision) == (2, 2)
    assert f"Radius {radius} km" in feature.choices[0]


def test_near_a_large_city_is_capped():
    city = a_place("c", lat=40.0, lon=45.0, extent_m=60_000)
    feature = drawn(city, Book([city]), relation="near", precision="near")
    assert area_km2(feature.geometry) == pytest.approx(3.14159 * 25**2, rel=0.01)


def test_direction_is_a_disc_of_16_km_without_a_side():
    feature = drawn(X, Book([X]), relation="direction", precision="direction")
    assert area_km2(feature.geometry) == pytest.approx(3.14159 * 16**2, rel=0.01)
    centre = shape(feature.geometry).centroid
    assert km(centre.y, centre.x, to=X) < 0.1


def test_direction_of_a_district_is_the_district_with_a_margin():
    feature = drawn(
        DISTRICT, Book([DISTRICT], [SQUARE]), relation="direction", precision="direction"
    )
    west, south, east, north = shape(feature.geometry).bounds
    assert west == pytest.approx(-16 / EQUATOR_KM, abs=0.002)
    assert north == pytest.approx(1 + 16 / MERIDIAN_KM, abs=0.002)
    assert (east, south) == (
        pytest.approx(1 - west, abs=0.002),
        pytest.approx(1 - north, abs=0.002),
    )


@pytest.mark.parametrize(
    ("bearing", "inside", "outside"),
    [("N", (0.1, 0), (-0.1, 0)), ("E", (0, 0.1), (0, -0.1)), ("SW", (-0.1, -0.1), (-0.1, 0.1))],
)
def test_bearing_is_a_wedge_from_the_place(bearing, inside, outside):
    at = a_place("w", lat=0.0, lon=20.0)
    feature = drawn(at, Book([at]), relation="bearing", precision="bearing", bearing=bearing)
    wedge = shape(feature.geometry)
    assert wedge.covers(shapely.Point(20 + inside[1], inside[0]))
    assert not wedge.covers(shapely.Point(20 + outside[1], outside[0]))
    assert wedge.distance(shapely.Point(20, 0)) < 1e-4
    # an eighth of a disc of 25 km
    assert area_km2(feature.geometry) == pytest.approx(3.14159 * 25**2 / 8, rel=0.01)
    assert km(feature, to=at) == pytest.approx(12.5, rel=0.01)


def test_bearing_with_a_distance_is_a_band_of_an_arc():
    feature = drawn(
        X, Book([X]), relation="distance", precision="bearing", bearing="E", distance_km=20.0
    )
    # an eighth of the ring between 15 and 25 km
    assert area_km2(feature.geometry) == pytest.approx(3.14159 * (25**2 - 15**2) / 8, rel=0.01)
    assert feature.lon > X.location.lon
    assert km(feature, to=X) == pytest.approx(20, rel=0.001)
    assert not shape(feature.geometry).covers(shapely.Point(45, 40))


@pytest.mark.parametrize("bearing", ["", "C", "up"])
def test_a_side_that_is_none_is_not_invented(bearing):
    feature = drawn(X, Book([X]), relation="bearing", precision="bearing", bearing=bearing)
    assert area_km2(feature.geometry) == pytest.approx(3.14159 * 16**2, rel=0.01)


def test_distance_is_a_ring_a_quarter_to_each_side():
    feature = drawn(X, Book([X]), relation="distance", precision="distance", distance_km=17.0)
    ring = shape(feature.geometry)
    assert area_km2(feature.geometry) == pytest.approx(3.14159 * (21.25**2 - 12.75**2), rel=0.01)
    assert not ring.covers(shapely.Point(45, 40))
    assert ring.covers(shapely.Point(45, 40 + 17 / 111.03))
    assert (feature.ucdp_where_prec, feature.acled_geo_precision) == (2, 2)
    assert "17 km and no side" in feature.choices[0]


def test_a_far_distance_has_the_codes_of_a_larger_area():
    feature = drawn(X, Book([X]), relation="distance", precision="distance", distance_km=75.0)
    assert (feature.ucdp_where_prec, feature.acled_geo_precision) == (5, 3)


@pytest.mark.parametrize("stated", [None, 0.0, -3.0, 9000.0])
def test_a_distance_without_a_sensible_figure_is_not_drawn(stated):
    feature = drawn(X, Book([X]), relation="distance", precision="distance", distance_km=stated)
    assert feature.geometry is None
    assert feature.choices


def test_between_is_a_corridor():
    a, b = a_place("a", lat=0.0, lon=10.0), a_place("z", lat=0.0, lon=10.4)
    feature = drawn(a, Book([a, b]), relation="between", precision="between", other_place_id="z")
    # 44.5 km long and 10 km wide, with two half discs of 5 km
    assert area_km2(feature.geometry) == pytest.approx(0.4 * EQUATOR_KM * 10 + 78.54, rel=0.01)
    assert (feature.lat, feature.lon) == (pytest.approx(0, abs=1e-4), pytest.approx(10.2, abs=1e-4))
    assert (feature.ucdp_where_prec, feature.acled_geo_precision) == (5, 3)


def test_between_near_places_and_with_an_unknown_second():
    a, b = a_place("a", lat=0.0, lon=10.0), a_place("z", lat=0.0, lon=10.1)
    near = drawn(a, Book([a, b]), relation="between", precision="between", other_place_id="z")
    assert near.ucdp_where_prec == 2
    alone = drawn(a, Book([a]), relation="between", precision="between", other_place_id="?")
    assert area_km2(alone.geometry) == pytest.approx(78.54, rel=0.01)
    assert "Only one of the two" in alone.choices[0]


def test_district_is_the_outline_of_the_day():
    old = a_shape("d", "area", box(0, 0, 2, 2), end=dt.date(2019, 12, 31), number=2)
    new = a_shape("d", "area", box(0, 0, 1, 1), start=dt.date(2020, 1, 1))
    book = Book([DISTRICT], [old, new])
    assert shape(drawn(DISTRICT, book, precision="district").geometry).bounds == (0, 0, 1, 1)
    then = drawn(DISTRICT, book, precision="district", on=dt.date(2018, 1, 1))
    assert shape(then.geometry).bounds == (0, 0, 2, 2)
    assert (then.ucdp_where_prec, then.acled_geo_precision) == (4, 2)


@pytest.mark.parametrize(("kind", "radius"), [("district", 15), ("province", 40), ("region", 60)])
def test_without_an_outline_a_circle_and_words(kind, radius):
    area = a_place("n", kind, lat=0.0, lon=0.0)
    feature = drawn(area, Book([area]), precision="region" if kind == "region" else "district")
    assert area_km2(feature.geometry) == pytest.approx(3.14159 * radius**2, rel=0.01)
    assert "Outline not available" in feature.choices[0]


def test_a_province_is_larger_to_acled():
    area = a_place("p", "province")
    assert drawn(area, Book([area]), precision="district").acled_geo_precision == 3


@pytest.mark.parametrize(
    ("parts", "west", "south", "east", "north"),
    [
        (("N",), 0, 2 / 3, 1, 1),
        (("S",), 0, 0, 1, 1 / 3),
        (("E",), 2 / 3, 0, 1, 1),
        (("C",), 1 / 3, 1 / 3, 2 / 3, 2 / 3),
        (("N", "S"), 0, 0, 1, 1),
    ],
)
def test_part_of_an_area_is_its_outer_third(parts, west, south, east, north):
    feature = drawn(
        DISTRICT, Book([DISTRICT], [SQUARE]), relation="part-of", precision="region", part=parts
    )
    assert shape(feature.geometry).bounds == pytest.approx((west, south, east, north), abs=0.005)
    assert len(feature.choices) == len(parts)
    if len(parts) == 2:
        assert feature.geometry["type"] == "MultiPolygon"
        assert not shape(feature.geometry).covers(shapely.Point(0.5, 0.5))
    assert shape(feature.geometry).covers(shapely.Point(feature.lon, feature.lat))


def test_section_of_a_border_is_the_third_at_that_end():
    feature = drawn(
        DISTRICT, Book([DISTRICT, BORDER], [MERIDIAN]),
        relation="section-of-border", precision="border", shape_id="b", part=("N",),
    )  # fmt: skip
    section = shape(feature.geometry)
    assert feature.geometry["type"] == "LineString"
    assert section.bounds == pytest.approx((0, 2, 0, 3), abs=0.01)
    assert feature.lat == pytest.approx(2.5, abs=0.01)
    assert "outer third of the line's length" in feature.choices[0]
    assert (feature.ucdp_where_prec, feature.acled_geo_precision) == (5, 3)


def test_a_line_recorded_in_pieces_is_drawn_from_all_of_them():
    more = a_shape("b", "line", line((1, 0), (1, 3)), number=2)
    side = a_place("left", "country")
    feature = drawn(side, Book([side, BORDER], [MERIDIAN, more]), precision="line", shape_id="b")
    assert shape(feature.geometry).bounds == (0, 0, 1, 3)


@pytest.mark.parametrize(
    ("second", "south"),
    [
        # a third of 3 degrees is the whole northern piece
        ([[1, 2], [1, 3]], 2),
        # a third of 6 degrees in the piece that reaches farthest, none of the other
        ([[1, 0], [1, 4]], 2),
    ],
)
def test_a_section_of_a_line_in_two_pieces_is_in_the_one_that_reaches_farthest(second, south):
    two = {"type": "MultiLineString", "coordinates": [[[0, 0], [0, 2]], second]}
    feature = drawn(
        DISTRICT, Book([BORDER], [a_shape("b", "line", two)]),
        relation="section-of-border", precision="border", shape_id="b", part=("N",),
    )  # fmt: skip
    assert shape(feature.geometry).bounds == pytest.approx((1, south, 1, second[1][1]), abs=0.01)


def test_a_line_that_runs_across_the_side_is_drawn_whole():
    across = a_shape("b", "line", line((0, 0), (3, 0)))
    feature = drawn(
        DISTRICT, Book([BORDER], [across]),
        relation="section-of-border", precision="border", shape_id="b", part=("N",),
    )  # fmt: skip
    assert shape(feature.geometry).bounds == pytest.approx((0, 0, 3, 0), abs=0.01)


def test_central_section_is_the_middle_third():
    feature = drawn(
        DISTRICT, Book([BORDER], [MERIDIAN]),
        relation="section-of-border", precision="border", shape_id="b", part=("C",),
    )  # fmt: skip
    assert shape(feature.geometry).bounds == pytest.approx((0, 1, 0, 2), abs=0.01)


def test_a_line_named_with_an_area_is_drawn_in_that_area():
    feature = drawn(
        DISTRICT, Book([DISTRICT, BORDER], [SQUARE, MERIDIAN]),
        relation="along-line", precision="line", shape_id="b",
    )  # fmt: skip
    _, south, _, north = shape(feature.geometry).bounds
    assert (south, north) == (0, pytest.approx(1 + 5 / MERIDIAN_KM, abs=0.005))


def test_a_line_without_a_named_end_is_drawn_whole():
    side = a_place("left", "country")
    feature = drawn(side, Book([side, BORDER], [MERIDIAN]), precision="line", shape_id="b")
    assert shape(feature.geometry).bounds == (0, 0, 0, 3)


def test_a_line_that_is_not_on_record():
    feature = drawn(DISTRICT, Book([DISTRICT], [SQUARE]), precision="border", shape_id="b")
    assert shape(feature.geometry).bounds == (0, 0, 1, 1)
    assert "not on record" in feature.choices[0]
    land = a_place("left", "country")
    assert drawn(land, Book([land]), precision="border", shape_id="b").geometry is None


def test_countries_and_nothing_are_not_drawn():
    land = a_place("left", "country", lat=1.0, lon=2.0)
    feature = drawn(land, Book([land]), precision="country")
    assert (feature.geometry, feature.lat, feature.ucdp_where_prec) == (None, 1.0, 6)
    nothing = drawn(X, Book(), precision="none")
    assert (nothing.geometry, nothing.lat, nothing.ucdp_where_prec) == (None, None, 0)
    assert nothing.choices


def test_no_point_means_nothing_drawn():
    where = EventPlace(
        place="Q",
        place_id="q",
        lat=None,
        lon=None,
        relation="in",
        precision="settlement",
        start=0,
        end=1,
    )
    feature = draw(an_event(where), where, Book())
    assert feature.geometry is None
    assert "No sensible point" in feature.choices[0]


def test_ids_number_the_places_of_an_event():
    first, second = (
        EventPlace(
            place="X",
            place_id="x",
            lat=40.0,
            lon=45.0,
            relation="in",
            precision="settlement",
            start=s,
            end=9,
        )
        for s in (0, 3)
    )
    event = an_event(first, second)
    assert [draw(event, p, Book([X])).id for p in event.places] == ["e1-1", "e1-2"]


def test_every_class_of_the_model_has_a_row():
    from typing import get_args

    from geo.model import Precision

    assert set(precision_table().classes) == set(get_args(Precision))


@pytest.mark.parametrize(
    ("relation", "kind", "accuracy", "expected"),
    [
        ("in", "settlement", 500, "settlement"), ("in", "district", 500, "district"),
        ("in", "province", 500, "district"), ("in", "region", 500, "region"),
        ("in", "country", 500, "country"), ("in", "facility", 500, "exact"),
        ("in", "feature", 5000, "near"), ("near", "settlement", 500, "near"),
        ("near", "district", 500, "district"), ("direction", "district", 500, "direction"),
        ("along-line", "line", 500, "line"), ("section-of-border", "line", 500, "border"),
        ("between", "settlement", 500, "between"), ("distance", "region", 500, "distance"),
        ("part-of", "region", 500, "region"), ("outskirts", "settlement", 500, "near"),
        ("part-of", "country", 500, "region"), ("near", "country", 500, "country"),
        ("bearing", "country", 500, "country"), ("distance", "country", 500, "country"),
        ("around", "region", 500, "region"), ("near", "feature", 500, "near"),
    ],
)  # fmt: skip
def test_precision_of(relation, kind, accuracy, expected):
    assert precision_of(relation, a_place("k", kind, accuracy_m=accuracy)) == expected


@pytest.mark.parametrize(
    ("relation", "kind", "precision"),
    [("part-of", "country", "region"), ("in", "macro", "region"), ("near", "macro", "region")],
)
def test_what_is_too_wide_is_not_drawn_without_its_outline(relation, kind, precision):
    land = a_place("l", kind)
    feature = drawn(land, Book([land]), relation=relation, precision=precision, part=("N",))
    assert feature.geometry is None
    assert "too wide" in feature.choices[0]


def test_between_a_town_and_a_country_there_is_no_strip():
    town, land = a_place("t"), a_place("l", "country", lat=1.0)
    feature = drawn(
        town, Book([town, land]), relation="between", precision="between", other_place_id="l"
    )
    assert feature.geometry is None
    assert "country" in feature.choices[0]


def test_between_a_town_and_a_district_goes_to_its_edge():
    town = a_place("t", lat=0.5, lon=2.0)
    feature = drawn(
        town, Book([town, DISTRICT], [SQUARE]),
        relation="between", precision="between", other_place_id="d",
    )  # fmt: skip
    # one degree of longitude from the square's edge, 10 km wide, with round ends
    assert area_km2(feature.geometry) == pytest.approx(EQUATOR_KM * 10 + 78.54, rel=0.01)
    assert feature.lon == pytest.approx(1.5, abs=0.01)


@pytest.mark.parametrize("other", ["t", ""])
def test_between_a_town_and_its_own_river_is_drawn_where_they_are(other):
    town, river = a_place("t", lat=40.0, lon=45.0), a_place("r", "feature", lat=40.0, lon=45.1)
    book = Book([town, river], [a_shape("r", "line", line((44.9, 40), (45.1, 40)))])
    spot = EventPlace(
        place="R", place_id="r", lat=None, lon=None, relation="between", precision="between",
        start=0, end=1, other_place_id=other,
    )  # fmt: skip
    bounds = shape(draw(an_event(spot), spot, book).geometry).bounds
    assert bounds == pytest.approx((44.9, 40, 45.1, 40), abs=0.11)


def test_a_river_without_a_course_is_not_measured_to():
    river = a_place("r", "feature", accuracy_m=20_000)
    river = msgspec.structs.replace(
        river, feature=FeatureType(class_="H", code="STM", word="river")
    )
    site = a_place("s", lat=3.0)
    assert check_distance(site, river, 5, gazetteer=Book([site, river])) is None
    course = a_shape("r", "line", line((-1, 0), (1, 0)))
    assert check_distance(site, river, 5, gazetteer=Book([site, river], [course])) is not None


def test_a_region_without_an_outline_is_not_measured_to():
    # its name may stand for its chief town
    region, site = a_place("r", "region"), a_place("s", lat=3.0)
    assert check_distance(site, region, 5, gazetteer=Book([site, region])) is None


def test_stated_distance_that_the_map_contradicts():
    # the square reaches 1 degree east, the site is 1 degree of longitude (111 km) from its edge;
    # the town's own 3 km to either side are ours
    site = a_place("s", lat=0.5, lon=2.0)
    book = Book([site, DISTRICT], [SQUARE])
    problem = check_distance(site, DISTRICT, 300, gazetteer=book, where="text 5")
    assert problem.code == "distance-contradicted"
    assert "300 km from D" in problem.message
    assert "S lies 108 to 170 km" in problem.message
    assert problem.where == "text 5"


@pytest.mark.parametrize("stated", [90, 111, 150, 200])
def test_stated_distance_that_agrees(stated):
    site = a_place("s", lat=0.5, lon=2.0)
    book = Book([site, DISTRICT], [SQUARE])
    assert check_distance(site, DISTRICT, stated, gazetteer=book) is None


def test_touching_places_are_no_distance_apart():
    inside = a_place("s", lat=0.5, lon=0.5)
    book = Book([inside, DISTRICT], [SQUARE])
    assert check_distance(inside, DISTRICT, 40, gazetteer=book) is not None


# -- whatever the place --------------------------------------------------------------------------

LAT = st.floats(-89.5, 89.5)
LON = st.floats(-180, 180)
POINTS = st.sampled_from(["N", "NE", "E", "SE", "S", "SW", "W", "NW"])


def orientation_is_right(geometry):
    polygons = (
        [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    )
    return all(
        shapely.LinearRing(rings[0]).is_ccw
        and not any(shapely.LinearRing(r).is_ccw for r in rings[1:])
        for rings in polygons
    )


def in_bounds(geometry):
    west, south, east, north = shape(geometry).bounds
    return west >= -180 and east <= 180 and south >= -90 and north <= 90


@settings(max_examples=25, deadline=None)
@given(LAT, LON, st.sampled_from(["settlement", "near", "direction"]))
def test_discs_hold_their_anchor(lat, lon, precision):
    at = a_place("h", lat=lat, lon=lon)
    feature = drawn(at, Book([at]), relation="near", precision=precision)
    assert shape(feature.geometry).is_valid
    assert shape(feature.geometry).distance(shapely.Point(lon, lat)) < 1e-4
    assert orientation_is_right(feature.geometry)
    assert in_bounds(feature.geometry)
    assert feature == drawn(at, Book([at]), relation="near", precision=precision)


@settings(max_examples=25, deadline=None)
@given(LAT, LON, st.floats(2, 900))
def test_every_corner_of_a_ring_is_at_the_stated_distance(lat, lon, stated):
    at = a_place("h", lat=lat, lon=lon)
    feature = drawn(at, Book([at]), relation="distance", precision="distance", distance_km=stated)
    geometry = shape(feature.geometry)
    assert geometry.is_valid
    assert in_bounds(feature.geometry)
    assert orientation_is_right(feature.geometry)
    for x, y in shapely.get_coordinates(geometry):
        if abs(abs(x) - 180) < 1e-9 or abs(y) == 90:
            continue  # a corner where the shape was cut
        assert 0.74 * stated < km(y, x, to=at) < 1.26 * stated


@settings(max_examples=25, deadline=None)
@given(st.floats(-85, 85), LON, POINTS)
def test_a_wedge_touches_its_anchor_and_reaches_25_km(lat, lon, bearing):
    at = a_place("h", lat=lat, lon=lon)
    feature = drawn(at, Book([at]), relation="bearing", precision="bearing", bearing=bearing)
    geometry = shape(feature.geometry)
    assert geometry.distance(shapely.Point(lon, lat)) < 1e-4 or abs(lon) > 179.99
    assert max(km(y, x, to=at) for x, y in shapely.get_coordinates(geometry)) < 25.1
    assert geometry.is_valid
    assert in_bounds(feature.geometry)


@settings(max_examples=15, deadline=None)
@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(0.1, 4), st.floats(0.1, 4), POINTS)
def test_a_part_lies_in_its_area(lat, lon, width, height, point):
    at = a_place("h", "region", lat=lat, lon=lon)
    whole = a_shape("h", "area", box(lon - width, lat - height, lon + width, lat + height))
    feature = drawn(at, Book([at], [whole]), relation="part-of", precision="region", part=(point,))
    part, area = shape(feature.geometry), shape(whole.geometry)
    assert part.is_valid
    assert area.buffer(1e-4).covers(part)
    assert 0 < part.area < 0.6 * area.area


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=3, max_size=8, unique=True),
    POINTS,
)
def test_a_section_lies_on_its_line(pairs, point):
    course = a_shape("b", "line", line(*pairs))
    feature = drawn(
        DISTRICT, Book([BORDER], [course]),
        relation="section-of-border", precision="border", shape_id="b", part=(point,),
    )  # fmt: skip
    section, whole = shape(feature.geometry), shape(course.geometry)
    assert whole.buffer(1e-4).covers(section)
    assert section.length <= whole.length * 1.01


@settings(max_examples=15, deadline=None)
@given(st.floats(-80, 80), LON, st.floats(-2, 2), st.floats(-2, 2))
def test_a_corridor_holds_both_ends(lat, lon, up, right):
    a = a_place("a", lat=lat, lon=lon)
    b = a_place("z", lat=lat + up, lon=(lon + right + 180) % 360 - 180)
    feature = drawn(a, Book([a, b]), relation="between", precision="between", other_place_id="z")
    geometry = shape(feature.geometry)
    assert geometry.is_valid
    assert in_bounds(feature.geometry)
    for place in (a, b):
        assert geometry.distance(shapely.Point(place.location.lon, place.location.lat)) < 1e-3


# -- beside a line, and what is too small ---------------------------------------------------------

COUNTRY = a_place("left", "country", lat=1.0, lon=-3.0)
BESIDE = [
    ("near", "near", {}), ("near", "near", {"distance_km": 5.0}),
    ("distance", "distance", {"distance_km": 20.0}),
    ("distance", "distance", {"distance_km": 20.0, "bearing": "E"}),
    ("bearing", "bearing", {"bearing": "W"}),
]  # fmt: skip


@pytest.mark.parametrize(("relation", "precision", "more"), BESIDE)
def test_beside_a_border_is_counted_from_the_line_and_says_so(relation, precision, more):
    book = Book([COUNTRY, BORDER], [MERIDIAN])
    feature = drawn(
        COUNTRY, book, relation=relation, precision=precision, shape_id="b", **more
    )  # fmt: skip
    west, _, east, _ = shape(feature.geometry).bounds
    # along the meridian 0 a degree of longitude is 111 km
    reach = {"near": more.get("distance_km", 10), "bearing": 25, "distance": 25}[relation] / 111
    assert max(-west, east) == pytest.approx(reach, rel=0.02)
    assert (west < -0.01) == (more.get("bearing") != "E")
    assert (east > 0.01) == (more.get("bearing") != "W")
    assert (feature.ucdp_where_prec, feature.acled_geo_precision) == (5, 3)
    assert "B" in " ".join(feature.choices) or "distance_km" in more


@pytest.mark.parametrize(("relation", "precision", "more"), BESIDE)
def test_beside_a_border_without_a_course_nothing_is_counted(relation, precision, more):
    where = {"relation": relation, "precision": precision, "shape_id": "b", **more}
    feature = drawn(COUNTRY, Book([COUNTRY, BORDER]), **where)
    assert feature.geometry is None
    assert feature.choices == ("The course of the line is not on record, so it is not drawn.",)
    feature = drawn(DISTRICT, Book([DISTRICT, BORDER], [SQUARE]), **where)
    assert area_km2(feature.geometry) == pytest.approx(area_km2(box(0, 0, 1, 1)), rel=0.01)
    assert "drawn instead" in feature.choices[0]


@pytest.mark.parametrize(
    ("relation", "more"), [("in", {}), ("part-of", {"part": ("N",)}), ("part-of", {"part": ("C",)})]
)
@pytest.mark.parametrize("lon", [10.0, 180.0])
def test_an_outline_of_less_than_a_metre_is_not_drawn_and_says_so(relation, more, lon):
    speck = a_place("d", "district", lat=40.0, lon=lon)
    west, east = lon - 2e-6, lon - 1e-6
    outline = a_shape("d", "area", box(west, 40.0, east, 40.000001))
    feature = drawn(
        speck, Book([speck], [outline]), relation=relation, precision="district", **more
    )
    assert feature.geometry is None
    assert "smaller than a metre" in feature.choices[-1]
