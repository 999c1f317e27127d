"""Phrases as news writes them, from the sentence to the shape: each against a hand-computed one.

``data/place_phrases.json`` has a row a phrase: a made-up sentence over two invented countries, the
relation and class that it should be read as, the codes of UCDP and ACLED, the shape in words, and
what the map should say of it. The figures of a shape (area, length, centre, bearing) come from
plane formulas below, in kilometres around the shape itself. Over the 150 km at stake the plane is
true to about 1 %; shapes are held to 1 or 2 % of it, and to 3 % where an outline is simplified or
the cut of a part is slanted.
"""

import datetime as dt
import functools
import itertools
import json
import math
import shutil
from pathlib import Path
from typing import get_args

import pytest
import shapely
from shapely.geometry import shape as from_geojson

from geo.articles import article_from_text
from geo.gazetteer import load_gazetteer
from geo.geometries import draw
from geo.mentions import find_mentions
from geo.model import Event, EventPlace, Relation
from geo.parsed import document
from geo.phrases import place_phrases
from geo.pipeline import read
from geo.places import resolve_places
from geo.precision import precision_of, precision_table
from geo.roles import assign_roles
from geo.wording import location_pattern, place_pattern

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[1].parent / "shared"
ROWS = json.loads((DATA / "place_phrases.json").read_text("utf-8"))
READ = [r for r in ROWS if r["shape"][0] != "refused"]
DRAWN = [r for r in READ if r["shape"][0] != "nothing"]
PUBLISHED = dt.date(2019, 5, 6)  # the line of separation of the invented countries still stands
CITE = {"source": "invented"}
COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


# -- the invented countries, with a mountain, a lake and the course of their river ----------------


def more(place_id, code, word, lon, lat):
    return {
        "type": "Feature", "id": place_id, "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "kind": "feature", "feature": {"class": "T", "code": code, "word": word},
            "location": {"accuracy_m": 500, "kind": "site", "sources": [CITE]},
            "names": [{"text": place_id.title().replace("-", " "), "language": "en",
                       "script": "Latn", "status": "official", "source": CITE}],
            "label": place_id.title().replace("-", " "),
        },
    }  # fmt: skip


COURSE = {
    "type": "Feature", "id": "osk-course",
    "geometry": {
        "type": "LineString", "coordinates": [[-31.0, 49.9], [-30.6, 49.7], [-30.2, 49.5]],
    },
    "properties": {"place": "osk", "kind": "line", "label": "Osk", "accuracy_m": 500,
                   "sources": [CITE]},
}  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packs") / "tiny"
    shutil.copytree(DATA / "tiny", folder)
    added = {
        "places.geojson": [more("mount-hale", "MT", "mountain", -30.7, 50.15),
                           more("lake-bly", "LK", "lake", -30.9, 50.7)],
        "shapes.geojson": [COURSE],
    }  # fmt: skip
    for name, features in added.items():
        held = json.loads((folder / name).read_text("utf-8"))
        held["features"] = sorted([*held["features"], *features], key=lambda f: f["id"])
        (folder / name).write_text(json.dumps(held), "utf-8")
    return load_gazetteer(folder)


def phrases_of(row, book):
    """All phrases of a row's sentence and the resolutions that they rest on."""
    article = article_from_text(row["sentence"], published=PUBLISHED)
    names = assign_roles(article, resolve_places(article, find_mentions(article, book), book), book)
    return place_phrases(article, names, gazetteer=book), names


def phrase_of(row, book):
    """The phrase of a row: the line that its sentence speaks of, else the first that places."""
    found, names = phrases_of(row, book)
    return ([p for p in found if p.line] or [p for p in found if p.literal])[0], names


def placed(row, book):
    """The place of an event that rests on the phrase of a row."""
    phrase, names = phrase_of(row, book)
    first = names[phrase.anchors[0]]
    place = book.places[first.place_id]
    precision = precision_of(phrase.relation, book.places[phrase.line] if phrase.line else place)
    return EventPlace(
        place=first.label, place_id=first.place_id, lat=first.lat, lon=first.lon,
        relation=phrase.relation, precision=precision, start=0, end=1, shape_id=phrase.line,
        distance_km=phrase.distance_km, bearing=phrase.bearing, part=phrase.part,
        other_place_id=names[phrase.anchors[1]].place_id
        if phrase.relation == "between" else "",
    )  # fmt: skip


@functools.cache
def event_on(place):
    return Event(
        id="e", article_id="a", type="battle", places=(place,), start=0, end=1, trigger_start=0,
        trigger_end=1, date_start=PUBLISHED, date_end=PUBLISHED,
    )  # fmt: skip


def feature_of(row, book):
    place = placed(row, book)
    return draw(event_on(place), place, book)


def named(row):
    return row["phrase"]


# -- what is read, coded and said -----------------------------------------------------------------


def test_there_are_sixty_phrases_and_each_stands_once():
    assert len({r["phrase"] for r in ROWS}) == len({r["sentence"] for r in ROWS}) == len(ROWS)
    assert len(DRAWN) >= 60


def test_every_relation_has_a_phrase():
    assert {r["relation"] for r in DRAWN} == set(get_args(Relation))


def test_every_class_has_a_phrase():
    assert {r["class"] for r in ROWS} == set(precision_table().classes)


@pytest.mark.parametrize("row", READ, ids=named)
def test_a_phrase_is_read_as_its_row_says(row, book):
    phrase, _ = phrase_of(row, book)
    assert phrase.relation == row["relation"]
    assert phrase.reason


@pytest.mark.parametrize("row", [r for r in ROWS if r not in READ], ids=named)
def test_what_says_no_place_is_refused(row, book):
    assert [p for p in phrases_of(row, book)[0] if p.literal] == []


@pytest.mark.parametrize("row", READ, ids=named)
def test_class_codes_and_words(row, book):
    feature = feature_of(row, book)
    place = feature.place
    assert place.precision == row["class"]
    assert (feature.ucdp_where_prec, feature.acled_geo_precision) == (row["ucdp"], row["acled"])
    line = next((s for s in book.shapes(place.shape_id) if s.kind == "line"), None)
    assert place_pattern(place, line) == row["says"]
    words = [place_pattern(place, line, table="token"), location_pattern(place, drawn=True)]
    assert all(w and "?" not in w and not set(w.replace("{}", "")) & set("{}") for w in words)
    assert words[1][0].isupper()
    assert words[1].endswith(".")
    for choice in feature.choices:
        assert choice[0].isupper() or choice[0].isdigit()
        assert choice.endswith(".")


@pytest.mark.parametrize("row", DRAWN, ids=named)
def test_an_event_rests_on_the_same_place(row, book):
    want = placed(row, book)
    article = article_from_text(row["sentence"], published=PUBLISHED)
    made = [place for event in read(article, book).events for place in event.places]
    assert (want.relation, want.precision, want.place_id, want.shape_id) in [
        (p.relation, p.precision, p.place_id, p.shape_id) for p in made
    ]


# -- what no gazetteer holds, and the article tells where it lies ---------------------------------


def events_of(text, book):
    return read(article_from_text(text, published=PUBLISHED), book).events


@pytest.mark.parametrize(
    ("words", "precision", "check"),
    [
        ("Abtuk, 12 km south of Karsk", "distance", ["arc", "karsk", "S", 12]),
        ("Abtuk, about 30 kilometres (19 miles) from Karsk", "distance", ["ring", "karsk", 30]),
        ("Abtuk, a small village that lies just north of Karsk", "bearing",
         ["wedge", "karsk", ["N"], 25, 22.5]),
        ("Abtuk near Karsk", "near", ["disc", "karsk", 10]),
    ],
)  # fmt: skip
def test_an_unknown_place_is_drawn_where_the_article_says_that_it_lies(
    words, precision, check, book
):
    (event,) = events_of(f"Norlandic forces shelled {words}, on Monday.", book)
    (place,) = event.places
    assert (place.place, place.place_id, place.lat, place.lon) == ("Abtuk", "", None, None)
    assert (place.relation, place.precision, place.other_place_id) == ("in", precision, "karsk")
    feature = draw(event, place, book)
    assert "no gazetteer" in feature.choices[0]
    assert "Kärsk" in feature.choices[0]
    kind, *figures = check
    globals()[f"check_{kind}"](feature, book, *figures)
    assert "it is drawn where the report says" in location_pattern(place, drawn=True)


@pytest.mark.parametrize(
    ("words", "precision", "check"),
    [
        ("the village of Abtuk in the Tarn District", "district", ["area", "tarn-district-area"]),
        ("Abtuk, in the restive region of Greyfen,", "region", ["area", "greyfen-area"]),
        ("the Abtuk quarter of Sokol", "settlement", ["disc", "sokol", 8]),
        ("the Abtuk camp on the southern edge of Sokol", "near", ["wedge", "sokol", ["S"], 8, 45]),
    ],
)
def test_an_unknown_place_is_drawn_as_what_the_article_puts_it_in(words, precision, check, book):
    (event,) = events_of(f"Norlandic forces shelled {words} on Monday.", book)
    (place,) = event.places
    assert place.place.startswith("Abtuk")
    assert (place.place_id, place.relation, place.precision) == ("", "in", precision)
    feature = draw(event, place, book)
    assert "no gazetteer" in feature.choices[0]
    kind, *figures = check
    globals()[f"check_{kind}"](feature, book, *figures)


def test_an_unknown_place_of_a_list_is_in_none_of_the_others(book):
    (event,) = events_of("Norlandic forces shelled Abtuk, Karsk and Tarn on Monday.", book)
    assert [(p.place, p.place_id, p.other_place_id) for p in event.places] == [
        ("Abtuk", "", ""), (event.places[1].place, "karsk", ""), ("Tarn", "tarn", "")
    ]  # fmt: skip


def test_an_unknown_place_stays_where_it_was_told(book):
    told = "Norlandic forces shelled Abtuk, 12 km south of Karsk, on Monday."
    first, second = events_of(f"{told} On Tuesday they shelled Abtuk again.", book)
    assert draw(first, first.places[0], book).geometry == draw(
        second, second.places[0], book
    ).geometry  # fmt: skip


@pytest.mark.parametrize(
    "words", ["Abtuk", "Abtuk, 12 km south of Emsk", "Abtuk, near the border with Sudria"]
)
def test_an_unknown_place_that_nothing_known_tells_is_not_drawn(words, book):
    (event,) = events_of(f"Norlandic forces shelled {words}, on Monday.", book)
    feature = draw(event, event.places[0], book)
    assert (feature.geometry, feature.lat) == (None, None)


def test_a_known_place_stays_its_own_spot(book):
    (event,) = events_of("Norlandic forces shelled Tarn, 50 km from Karsk, on Monday.", book)
    assert (event.places[0].place_id, event.places[0].other_place_id) == ("tarn", "")


# -- what is no place of an event -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "An analyst in Sokol, 300 km from Varden, said the army had shelled Tarn on Monday.",
        "A resident of a village 20 km from Sokol said that shelling had hit Tarn on Monday.",
        "The army shelled Tarn on Monday and thousands fled 20 km from Karsk.",
        "People fled across the border from Milford after the army shelled Tarn on Monday.",
        "Rockets flew across the border from Sokol after the army shelled Tarn on Monday.",
        "The shelling of Tarn on Monday was heard 30 km from Sokol.",
        "The army shelled Tarn, which lies 50 km from Karsk, on Monday.",
        "Tarn, a town of 20,000 people about 150 km north of Sokol, was shelled on Monday.",
        "He lives 10 km from Sokol and lost his son when Tarn was shelled on Monday.",
        "The army shelled Tarn on Monday and opened the road to Karsk to aid convoys.",
        "Trucks carried shells along the road from Sokol after the army shelled Tarn on Monday.",
        "Hundreds were evacuated 50 km from Sokol after rebels attacked Tarn on Monday.",
        "The army shelled Tarn on Monday and later withdrew 20 km from the border with Sudria.",
    ],
)
def test_where_somebody_is_or_goes_is_no_site(text, book):
    assert {p.place_id for e in events_of(text, book) for p in e.places} == {"tarn"}


@pytest.mark.parametrize(
    "words",
    [
        "12 km west of the town of Karsk, on the road to Sokol,",
        "12 km west of Karsk, near the border with Oz,",
    ],
)
def test_a_road_and_an_unknown_border_say_little_beside_a_nearer_place(words, book):
    (event,) = events_of(f"Rebels ambushed a patrol {words} on Monday.", book)
    assert [(p.place_id, p.relation) for p in event.places] == [("karsk", "distance")]


def test_between_two_is_one_place_and_both_names_are_sites(book):
    text = "Norlandic forces shelled positions between Karsk and Tarn on Monday."
    reading = read(article_from_text(text, published=PUBLISHED), book)
    (event,) = reading.events
    assert [(p.place_id, p.other_place_id) for p in event.places] == [("karsk", "tarn")]
    assert [r.role for r in reading.resolutions] == ["event_site", "event_site"]
    rows = document(reading)["events"][0]["places"]
    assert [(r["place_id"], text[r["start"] : r["end"]], r["relation"]) for r in rows] == [
        ("karsk", "Karsk", "between"), ("tarn", "Tarn", "between")
    ]  # fmt: skip


def test_the_clashes_on_a_border_are_those_told_before(book):
    told = "Norlandic forces shelled Tarn on Monday."
    said = "{} voiced concern about the clashes on the Norland-Sudria border."
    assert len(events_of(f"{told} {said.format('Monitors')}", book)) == 1
    assert (
        len(events_of("New clashes broke out on the Norland-Sudria border on Monday.", book)) == 1
    )


def test_a_border_that_is_not_on_record_is_told_and_not_drawn(book):
    (event,) = events_of("Rebels attacked a post on the border between Sudria and Oz.", book)
    (place,) = event.places
    assert (place.place_id, place.relation, place.precision) == ("sudria", "along-line", "line")
    feature = draw(event, place, book)
    assert feature.geometry is None
    assert "not on record" in feature.choices[0]


# -- distances and sides, against the map ---------------------------------------------------------

# By the plane formulas below: Upper Greyfen lies 8.3 km from Karsk at 37 degrees, Tarn 54.5 km at
# 321; Karsk lies 17 km from the border, Dal'mara 22 km from the river and 18 from Greyfen's edge.
# Towns are 3 km wide to every side where no extent is on record, and a quarter is always allowed.
TOO_FAR = ["distance-contradicted"]
WRONG_SIDE = ["side-contradicted"]


@pytest.mark.parametrize(
    ("words", "codes", "said"),
    [
        ("Upper Greyfen, 8 km north-east of Karsk", [], ""),
        ("Upper Greyfen, 8 km north of Karsk", [], ""),
        ("Upper Greyfen, 40 km north of Karsk", TOO_FAR, "40 km from Kärsk"),
        ("Upper Greyfen, 8 km south-west of Karsk", WRONG_SIDE, "lies north-east of it"),
        ("Upper Greyfen, south-west of Karsk", WRONG_SIDE, "says south-west of Kärsk"),
        ("Karsk, 20 km from the border with Sudria", [], ""),
        ("Karsk, 60 km from the border with Sudria", TOO_FAR, "lies 14 to 20 km from it"),
        ("the town of Tarn (within 3 km of Karsk)", TOO_FAR, "within 3 km of Kärsk"),
        ("the town of Tarn (within 90 km of Karsk)", [], ""),
        ("Dal'mara, 15 km from Greyfen", [], ""),
        ("Dal'mara, 120 km from Greyfen", TOO_FAR, "120 km from Greyfen"),
        ("Dal'mara, 22 km from the Osk", [], ""),
        ("Dal'mara, 5 km from the Osk", TOO_FAR, "19 to 25 km"),
        ("positions 400 km north of Karsk", [], ""),  # nothing else is said to be there
    ],
)
def test_what_is_stated_of_a_named_place_is_held_against_the_map(words, codes, said, book):
    text = f"Norlandic forces shelled {words}, on Monday."
    problems = read(article_from_text(text, published=PUBLISHED), book).problems
    found = [p for p in problems if p.code.endswith("-contradicted")]
    assert [p.code for p in found] == codes
    for problem in found:
        assert said in problem.message
        assert "allowed" in problem.remedy
        assert int(problem.where.rpartition(" ")[2]) > text.index(words)


def test_a_distance_without_a_side_is_of_what_was_told_before(book):
    told = "Norlandic forces shelled Karsk on Monday. The clashes occurred some {} km from Tarn."
    for figure, count in ((300, 1), (50, 0)):
        article = article_from_text(told.format(figure), published=PUBLISHED)
        found = [p for p in read(article, book).problems if p.code == "distance-contradicted"]
        assert len(found) == count


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("Troops attacked a base in Greyfen, 300 km from Upper Greyfen, on Monday.",
         ("greyfen", "in", ""), "on the map Greyfen lies 0 to 32 km"),
        ("Norlandic forces shelled camps in Sudria, 500 km from the border with Norland.",
         ("sudria", "in", ""), "on the map Sudria lies 0 to 174 km"),
        ("Norlandic forces shelled camps on the Norland-Sudria border, 300 km from Karsk.",
         ("norland", "along-line", "norland-sudria-border"), "lies 14 to 88 km"),
    ],
)  # fmt: skip
def test_no_shape_is_drawn_from_a_contradicted_distance(text, place, said, book):
    reading = read(article_from_text(text, published=PUBLISHED), book)
    (problem,) = [p for p in reading.problems if p.code == "distance-contradicted"]
    assert said in problem.message
    (found,) = [p for e in reading.events for p in e.places]
    assert (found.place_id, found.relation, found.shape_id) == place
    assert found.distance_km is None


def test_a_distance_in_an_area_that_agrees_is_drawn(book):
    text = "Troops attacked a base in Greyfen, 5 km from Upper Greyfen, on Monday."
    reading = read(article_from_text(text, published=PUBLISHED), book)
    assert [p for p in reading.problems if p.code.endswith("contradicted")] == []
    (found,) = [p for e in reading.events for p in e.places]
    assert (found.place_id, found.relation, found.distance_km) == ("upper-greyfen", "distance", 5)


def test_a_distance_that_places_an_event_of_its_own_is_not_of_the_one_before(book):
    text = "Norlandic forces shelled Karsk on Monday. Troops clashed on Tuesday 90 km from Tarn."
    reading = read(article_from_text(text, published=PUBLISHED), book)
    assert [p.code for p in reading.problems] == []
    assert [p.distance_km for e in reading.events for p in e.places] == [None, 90]


# -- the codes, against the cross-walk -------------------------------------------------------------

CODES = {
    "exact": (1, 1), "settlement": (1, 1), "near": (2, 2), "direction": (2, 2), "bearing": (2, 2),
    "distance": (2, 2), "between": (2, 3), "district": (4, 2), "border": (5, 3), "line": (5, 3),
    "region": (5, 3), "country": (6, 3), "none": (0, 0),
}  # fmt: skip
# The first words of a row of the cross-walk, and the classes that it is about.
CROSS_WALK = {
    '"in ': ("settlement", "exact"),
    '"near"': ("near",),
    '"north of X"': ("bearing",),
    '"towards X"': ("direction",),
    '"17 km from X"': ("distance",),
    '"Terter district"': ("district",),
    '"between A and B"': ("between",),
    '"the border"': ("border", "line"),
    '"Nagorno': ("region",),
    '"Azerbaijan" only': ("country",),
}


def test_codes_of_every_class():
    table = precision_table().classes
    assert {k: (c.ucdp_where_prec, c.acled_geo_precision) for k, c in table.items()} == CODES
    far = precision_table().far
    assert (far.over_m, far.ucdp_where_prec, far.acled_geo_precision) == (25_000, 5, 3)


@pytest.mark.skipif(not (SHARED / "FEATURES.md").is_file(), reason="the cross-walk is not here")
def test_codes_are_those_of_the_cross_walk():
    lines = (SHARED / "FEATURES.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if '"' in line]
    rows = [row for row in rows if len(row) == 4]
    seen = set()
    for start, classes in CROSS_WALK.items():
        (row,) = [r for r in rows if r[0].startswith(start)]
        for name in classes:
            ucdp, acled = CODES[name]
            # "2 up to 25 km; else 5", "5 if over 25 km apart", "2 or 3": all codes that it allows
            assert str(ucdp) in row[2] or "if over" in row[2], (name, row)
            assert str(acled) in row[3], (name, row)
            seen.add(name)
    assert seen == set(CODES) - {"none"}


# -- plane geometry by hand ------------------------------------------------------------------------


class Plane:
    """Kilometres east and north of a point, the globe taken flat there."""

    def __init__(self, lat, lon):
        """Lay the plane at the point; metres of a degree by the series of the ellipsoid."""
        r = math.radians(lat)
        self.lat, self.lon = lat, lon
        self.north = (111132.954 - 559.822 * math.cos(2 * r) + 1.175 * math.cos(4 * r)) / 1000
        self.east = (111412.84 * math.cos(r) - 93.5 * math.cos(3 * r)) / 1000

    def of(self, pairs):
        return [((x - self.lon) * self.east, (y - self.lat) * self.north) for x, y in pairs]


def shoelace(points):
    turned = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(a * d - c * b for (a, b), (c, d) in turned)) / 2


def length(points):
    return sum(math.dist(a, b) for a, b in itertools.pairwise(points))


def area_of(geometry, plane):
    """Square kilometres of polygons, by the shoelace formula."""
    total = 0.0
    for polygon in shapely.get_parts(from_geojson(geometry)):
        total += shoelace(plane.of(polygon.exterior.coords[:-1]))
        total -= sum(shoelace(plane.of(hole.coords[:-1])) for hole in polygon.interiors)
    return total


def corners(geometry, plane):
    return plane.of(shapely.get_coordinates(from_geojson(geometry)).tolist())


def heading(point):
    """The compass bearing of a point of the plane, in degrees."""
    return math.degrees(math.atan2(point[0], point[1])) % 360


def unit(side):
    angle = math.radians(45 * COMPASS.index(side))
    return math.sin(angle), math.cos(angle)


def reach(points, way):
    return [x * way[0] + y * way[1] for x, y in points]


def sector(side, radius, half):
    """A wedge with its apex at 0, 0."""
    middle = 45 * COMPASS.index(side)
    turns = [math.radians(middle - half + half * n / 50) for n in range(101)]
    return [(0.0, 0.0), *((radius * math.sin(t), radius * math.cos(t)) for t in turns)]


def clipped(points, way, least):
    """The part of a convex polygon at least so far on one side (Sutherland and Hodgman)."""
    made = []
    for a, b in zip(points, [*points[1:], points[0]], strict=True):
        p, q = (reach([c], way)[0] - least for c in (a, b))
        if p >= 0:
            made.append(a)
        if p * q < 0:
            t = p / (p - q)
            made.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
    return made


def swept(ring, wedge):
    """What a convex wedge covers when its apex goes over a convex area: the hull of all sums."""
    sums = [(a + c, b + d) for a, b in ring for c, d in wedge]
    return list(shapely.MultiPoint(sums).convex_hull.exterior.coords)[:-1]


@functools.cache
def tiny_shape(shape_id):
    held = json.loads((DATA / "tiny" / "shapes.geojson").read_text("utf-8"))["features"]
    (found,) = [f for f in [*held, COURSE] if f["id"] == shape_id]
    pairs = found["geometry"]["coordinates"]
    pairs = pairs[0][:-1] if found["geometry"]["type"] == "Polygon" else pairs
    west, east = min(x for x, _ in pairs), max(x for x, _ in pairs)
    south, north = min(y for _, y in pairs), max(y for _, y in pairs)
    plane = Plane((south + north) / 2, (west + east) / 2)
    points = plane.of(pairs)
    closed = itertools.pairwise([*points, points[0]])
    turned = sum(a * d - c * b for (a, b), (c, d) in closed)
    return plane, points if turned > 0 else points[::-1]


# -- what each shape must be -----------------------------------------------------------------------


def at(book, place_id):
    spot = book.places[place_id].location
    return Plane(spot.lat, spot.lon)


def check_point(feature, book, place_id):
    spot = book.places[place_id].location
    assert feature.geometry == {"type": "Point", "coordinates": [spot.lon, spot.lat]}


def check_disc(feature, book, place_id, radius):
    plane = at(book, place_id)
    found = corners(feature.geometry, plane)
    assert [math.hypot(*p) for p in found] == pytest.approx([radius] * len(found), rel=0.01)
    assert area_of(feature.geometry, plane) == pytest.approx(math.pi * radius**2, rel=0.01)
    assert (feature.lat, feature.lon) == (plane.lat, plane.lon)


def check_disc_third(feature, book, place_id, radius, side):
    # a cap as high as a third of the disc
    plane, height = at(book, place_id), 2 * radius / 3
    cap = radius**2 * math.acos((radius - height) / radius)
    cap -= (radius - height) * math.sqrt(2 * radius * height - height**2)
    assert area_of(feature.geometry, plane) == pytest.approx(cap, rel=0.02)
    ways = reach(corners(feature.geometry, plane), unit(side))
    assert min(ways) == pytest.approx(radius / 3, abs=0.05)
    assert max(ways) == pytest.approx(radius, abs=0.05)


def check_disc_middle(feature, book, place_id, radius):
    # the square in the middle lies whole in the disc: its corner is at 0.47 of the radius
    plane = at(book, place_id)
    assert area_of(feature.geometry, plane) == pytest.approx((2 * radius / 3) ** 2, rel=0.02)
    assert max(map(math.hypot, *zip(*corners(feature.geometry, plane), strict=True))) < radius


def check_wedge(feature, book, place_id, sides, radius, half):
    plane = at(book, place_id)
    found = corners(feature.geometry, plane)
    far = [p for p in found if math.hypot(*p) > 0.01]
    assert min(math.hypot(*p) for p in found) < 0.01  # the apex is the place itself
    assert max(math.hypot(*p) for p in far) == pytest.approx(radius, rel=0.01)
    wanted = len(sides) * 2 * half / 360 * math.pi * radius**2
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.01)
    for p in far:
        off = [abs((heading(p) - 45 * COMPASS.index(s) + 180) % 360 - 180) for s in sides]
        assert min(off) < half + 0.5


def check_arc(feature, book, place_id, side, stated):
    plane, low, high = at(book, place_id), 0.75 * stated, 1.25 * stated
    found = corners(feature.geometry, plane)
    assert all(low * 0.99 < math.hypot(*p) < high * 1.01 for p in found)
    middle = 45 * COMPASS.index(side)
    assert all(abs((heading(p) - middle + 180) % 360 - 180) < 23.5 for p in found)
    wanted = math.pi * (high**2 - low**2) / 8
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.02)
    spot = plane.of([(feature.lon, feature.lat)])[0]
    assert math.hypot(*spot) == pytest.approx(stated, rel=0.01)


def check_ring(feature, book, place_id, stated):
    plane, low, high = at(book, place_id), 0.75 * stated, 1.25 * stated
    away = sorted(math.hypot(*p) for p in corners(feature.geometry, plane))
    assert (away[0], away[-1]) == (pytest.approx(low, rel=0.01), pytest.approx(high, rel=0.01))
    wanted = math.pi * (high**2 - low**2)
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.01)


def check_strip(feature, book, one, two, half_width, share=1.0):
    a, b = book.places[one].location, book.places[two].location
    plane = Plane((a.lat + b.lat) / 2, (a.lon + b.lon) / 2)
    way = share * length(plane.of([(a.lon, a.lat), (b.lon, b.lat)]))
    wanted = 2 * half_width * way + math.pi * half_width**2
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.02)
    away = max(math.hypot(*p) for p in corners(feature.geometry, plane))
    assert away == pytest.approx(way / 2 + half_width, rel=0.02)
    assert math.hypot(*plane.of([(feature.lon, feature.lat)])[0]) < 0.5


def check_half_strip(feature, book, one, two, half_width):
    check_strip(feature, book, one, two, half_width, share=1 / 3)


def check_area(feature, _, shape_id):
    plane, ring = tiny_shape(shape_id)
    assert area_of(feature.geometry, plane) == pytest.approx(shoelace(ring), rel=0.001)


def check_margin(feature, _, shape_id, metres):
    # all within r of a convex area: A + P r + pi r squared (Steiner)
    plane, ring = tiny_shape(shape_id)
    wanted = shoelace(ring) + length([*ring, ring[0]]) * metres + math.pi * metres**2
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.02)


def check_band(feature, _, shape_id, stated):
    plane, ring = tiny_shape(shape_id)
    low, high = 0.75 * stated, 1.25 * stated
    wanted = length([*ring, ring[0]]) * (high - low) + math.pi * (high**2 - low**2)
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.02)


def check_side(feature, _, shape_id, side, metres):
    plane, ring = tiny_shape(shape_id)
    ways = reach(ring, unit(side))
    cut = max(ways) - (max(ways) - min(ways)) / 3  # beside the flanks is on no side
    covered = clipped(swept(ring, sector(side, metres, 22.5)), unit(side), cut)
    wanted = shoelace(covered) - shoelace(clipped(ring, unit(side), cut))
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.03)
    area = shapely.Polygon(ring)
    assert shapely.Polygon(corners(feature.geometry, plane)).distance(area) < 0.1


def check_side_band(feature, _, shape_id, side, stated):
    plane, ring = tiny_shape(shape_id)
    area, found = shapely.Polygon(ring), corners(feature.geometry, plane)
    low, high = 0.75 * stated, 1.25 * stated
    assert all(low * 0.97 < area.distance(shapely.Point(p)) < high * 1.03 for p in found)
    # it goes as far beyond the area's last spot on that side as the distance says
    last = max(reach(ring, unit(side)))
    assert max(reach(found, unit(side))) == pytest.approx(last + high, rel=0.02)


def check_line_margin(feature, _, shape_id, metres):
    plane, course = tiny_shape(shape_id)
    wanted = 2 * metres * length(course) + math.pi * metres**2
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.02)


def check_line_side(feature, _, shape_id, side, metres):
    # a wedge swept along a straight line: the wedge, and the line times its width across the line
    plane, course = tiny_shape(shape_id)
    (a, b), (c, d) = course[0], course[-1]
    across = ((d - b) / math.dist((a, b), (c, d)), (a - c) / math.dist((a, b), (c, d)))
    wedge = sector(side, metres, 22.5)
    wide = max(reach(wedge, across)) - min(reach(wedge, across))
    wanted = shoelace(wedge) + length(course) * wide
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.03)


def check_line_side_band(feature, _, shape_id, side, stated):
    plane, course = tiny_shape(shape_id)
    line, found = shapely.LineString(course), corners(feature.geometry, plane)
    low, high = 0.75 * stated, 1.25 * stated
    assert all(low * 0.97 < line.distance(shapely.Point(p)) < high * 1.03 for p in found)
    last = max(reach(course, unit(side)))
    assert max(reach(found, unit(side))) == pytest.approx(last + high, rel=0.02)
    # straight on from the line's middle there is land, straight back from it none
    area = shapely.Polygon(found)
    way, spot = unit(side), line.interpolate(0.5, normalized=True)
    ahead, behind = ((spot.x + t * way[0], spot.y + t * way[1]) for t in (stated, -stated))
    assert area.contains(shapely.Point(ahead))
    assert not area.contains(shapely.Point(behind))


def check_line_band(feature, _, shape_id, stated):
    plane, course = tiny_shape(shape_id)
    low, high = 0.75 * stated, 1.25 * stated
    wanted = 2 * (high - low) * length(course) + math.pi * (high**2 - low**2)
    # the line bends by up to 13 degrees, which the formula of a straight one leaves out
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.03)


def check_part(feature, _, shape_id, sides):
    plane, ring = tiny_shape(shape_id)
    wanted = 0.0
    for side in sides:
        ways = reach(ring, unit(side))
        cut = max(ways) - (max(ways) - min(ways)) / 3
        wanted += shoelace(clipped(ring, unit(side), cut))
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.03)
    (spot,) = plane.of([(feature.lon, feature.lat)])
    assert shapely.Polygon(ring).covers(shapely.Point(spot))


def check_parts(feature, _, shape_id, sides):
    # two parts share a corner, which counts once
    plane, ring = tiny_shape(shape_id)
    both, each = ring, 0.0
    for side in sides:
        ways = reach(ring, unit(side))
        cut = max(ways) - (max(ways) - min(ways)) / 3
        each += shoelace(clipped(ring, unit(side), cut))
        both = clipped(both, unit(side), cut)
    wanted = each - shoelace(both)
    assert area_of(feature.geometry, plane) == pytest.approx(wanted, rel=0.03)


def check_middle(feature, _, shape_id):
    plane, ring = tiny_shape(shape_id)
    left = ring
    for side in "NSEW":
        ways = reach(ring, unit(side))
        least = min(ways) + (max(ways) - min(ways)) / 3
        left = clipped(left, unit(side), least)
    # between both cuts of each way: what lies at least a third in from every side
    assert area_of(feature.geometry, plane) == pytest.approx(shoelace(left), rel=0.03)


def check_line(feature, _, shape_id):
    plane, course = tiny_shape(shape_id)
    assert feature.geometry["type"] == "LineString"
    assert length(corners(feature.geometry, plane)) == pytest.approx(length(course), rel=0.001)


def check_section(feature, _, shape_id, side):
    plane, course = tiny_shape(shape_id)
    found = corners(feature.geometry, plane)
    assert length(found) == pytest.approx(length(course) / 3, rel=0.02)
    if side == "C":
        spot = shapely.LineString(course).interpolate(0.5, normalized=True)
        assert shapely.LineString(found).distance(spot) < 0.5
    else:
        assert max(reach(found, unit(side))) == pytest.approx(max(reach(course, unit(side))))


def check_nothing(feature, _):
    assert feature.geometry is None
    assert feature.choices


@pytest.mark.parametrize("row", READ, ids=named)
def test_the_shape_is_the_one_computed_by_hand(row, book):
    kind, *figures = row["shape"]
    feature = feature_of(row, book)
    if feature.geometry is not None:
        assert from_geojson(feature.geometry).is_valid
    globals()[f"check_{kind.replace('-', '_')}"](feature, book, *figures)
