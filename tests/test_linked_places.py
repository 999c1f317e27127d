"""Linked Places: a pack goes out and comes back the same; those of others come in as they may."""

import copy
import datetime as dt
import json
import os
import tempfile
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from running import ROOT, clashmap

from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer, available_packs, load_gazetteer
from geo.gazetteer.checks import check_packs
from geo.gazetteer.pack_format import features_file, record_file, records_file
from geo.gazetteer.packs import read_pack
from geo.linked_places import import_pack, lp_tsv, lpf
from geo.linked_places.geometry import read_wkt
from geo.linked_places.stream import Document
from geo.linked_places.when import day, read_when, when
from geo.model import (
    Belonging,
    Cite,
    FeatureType,
    Location,
    Name,
    Pack,
    Place,
    Shape,
    Sighting,
    Source,
)

PARTS = ("pack", "places", "shapes", "actors", "sources", "refusals")
SCHEMA = json.loads((ROOT / "tests" / "lpf_schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
SEEN = dt.date(2026, 1, 1)
EVERY = 40  # of a bundled pack's Features is validated: all would take a minute


@pytest.fixture(scope="module", params=["tiny", *available_packs()])
def pack(request, tiny_folder):
    """The invented pack and each bundled one, with what they refer to."""
    if request.param == "tiny":
        return load_gazetteer(tiny_folder, tiny_folder.parent / "tinyworld")
    return load_gazetteer(request.param, "world")


@pytest.fixture(scope="module")
def exported(pack):
    return lpf(pack, pack.packs[0].id)


def ordered(records):
    return sorted(records, key=lambda record: record.id)


def faults(document):
    return [error.message for error in VALIDATOR.iter_errors(document)]


@cache
def world():
    return load_gazetteer("world").files


def opened(folder):
    """A pack with the world pack, which is read once."""
    return Gazetteer([read_pack(folder), *world()])


def written(folder, features, **members):
    """A FeatureCollection of somebody else's, as a file."""
    path = folder / "theirs.jsonld"
    document = {"type": "FeatureCollection", "@context": "x", **members, "features": features}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


# -- ours ------------------------------------------------------------------------------------------


def test_a_pack_comes_back_identical(pack, exported, tmp_path):
    path, own = tmp_path / "pack.lpf.json", pack.files[0]
    path.write_bytes(exported)
    assert import_pack(path, tmp_path / "back", pack_id=own.pack.id) == ()
    back = load_gazetteer(tmp_path / "back").files[0]
    assert back.problems == []
    assert back.pack == own.pack
    for part in PARTS[1:]:
        assert ordered(getattr(back, part)) == ordered(getattr(own, part)), part
    assert lpf(load_gazetteer(tmp_path / "back", *(f.folder for f in pack.files[1:])), own.pack.id)


def test_every_feature_is_linked_places(pack, exported):
    document = json.loads(exported)
    features = document["features"]
    chosen = features if len(features) < 100 else features[::EVERY]
    chosen += [f for f in features if f["geometry"]["type"] == "GeometryCollection"][:10]
    assert faults({**document, "features": chosen}) == []
    del pack


def test_each_feature_has_a_line_and_the_record_in_words_of_the_format(exported):
    document = json.loads(exported)
    assert exported.count(b"\n") == len(document["features"]) + 2
    feature = document["features"][0]
    assert feature["@id"].startswith("urn:clashmap:")
    assert {"title", "clashmap:kind"} <= feature["properties"].keys()
    assert {"toponym", "lang", "citations"} <= feature["names"][0].keys()
    assert feature["types"][0]["identifier"].startswith("gn:")


def test_parents_control_and_links_are_there_for_other_readers(tiny_gazetteer):
    features = {f["@id"]: f for f in json.loads(lpf(tiny_gazetteer, "tiny"))["features"]}
    karsk = features["urn:clashmap:tiny:karsk"]
    assert karsk["links"] == [{"type": "closeMatch", "identifier": "https://www.geonames.org/1"}]
    told = [(r["relationType"], r["label"], r.get("when")) for r in karsk["relations"]]
    assert told[0] == ("gvp:broaderPartitive", "part of Greyfen", None)
    held = {"timespans": [{"start": {"in": "1994-05-12"}, "end": {"in": "2020-11-10"}}]}
    assert told[1] == ("gvp:tgn3000_related_to", "held by Sudria", held)
    since = {"start": {"in": "2020-11-10"}, "end": {"earliest": "2026-01-01"}}
    assert told[2] == ("gvp:tgn3000_related_to", "held by Norland", {"timespans": [since]})


def test_the_schema_refuses_what_is_none(tiny_gazetteer):
    sound = json.loads(lpf(tiny_gazetteer, "tiny"))
    changes = (
        lambda f: f.pop("@id"),
        lambda f: f.pop("when"),
        lambda f: f.update(extra=1),
        lambda f: f["properties"].pop("title"),
        lambda f: f["names"].clear(),
        lambda f: f["names"][0].update(lang="no language"),
        lambda f: f["when"]["timespans"][0].pop("start"),
        lambda f: f["geometry"].update(coordinates=[0, 91]),
        lambda f: f["geometry"].update(certainty="likely"),
        lambda f: f["types"][0].update(identifier="no term"),
    )
    for change in changes:
        broken = copy.deepcopy(sound)
        change(broken["features"][0])
        assert faults(broken) != []


TEXT = st.text("abcdefgh ÄБԱ;@'=", min_size=1, max_size=12).map(str.strip).filter(any)
DAY = st.none() | st.dates(dt.date(1800, 1, 1), dt.date(2025, 1, 1))
CITE = st.builds(Cite, source=st.just("book"), record=st.just("") | TEXT)
NAME = st.builds(
    Name, text=TEXT, language=st.sampled_from(("en", "und", "sr-Latn", "", "zh-Hant-TW")),
    script=st.sampled_from(("Latn", "Cyrl", "")), source=CITE, user=st.just("") | TEXT,
    status=st.sampled_from(("official", "former", "misspelling")), start=DAY, end=DAY,
)  # fmt: skip
DEGREES = st.floats(-80, 80).map(lambda number: round(number, 5))
LOCATION = st.builds(
    Location, lat=DEGREES, lon=DEGREES, accuracy_m=st.integers(1, 10**6),
    kind=st.sampled_from(("site", "centroid", "representative")),
    sources=st.lists(CITE, min_size=1, max_size=2).map(tuple),
    compared=st.lists(
        st.builds(Sighting, lat=DEGREES, lon=DEGREES, source=CITE), max_size=2
    ).map(tuple),
)  # fmt: skip
BELONGING = st.builds(
    Belonging, source=CITE, start=DAY, end=DAY, parent=st.sampled_from(("", "a", "elsewhere")),
    holder=st.sampled_from(("", "a", "somebody")),
)  # fmt: skip
PLACE = st.builds(
    Place, id=st.just("a"), label=TEXT, location=LOCATION, note=st.just("") | TEXT,
    kind=st.sampled_from(("settlement", "line", "macro")), extent_m=st.integers(0, 9),
    feature=st.builds(
        FeatureType, class_=st.sampled_from("PAT"), code=st.sampled_from(("", "PPLX")), word=TEXT
    ),
    names=st.lists(NAME, min_size=1, max_size=3, unique_by=repr).map(tuple),
    de_jure=st.lists(BELONGING, max_size=2).map(tuple), start=DAY, end=DAY,
    de_facto=st.lists(BELONGING, max_size=2).map(tuple),
    borders=st.lists(st.sampled_from(("a", "elsewhere")), max_size=2).map(tuple),
    concordances=st.dictionaries(
        st.sampled_from(("geonames", "wikidata", "wof", "own")),
        st.sampled_from(("1", "Q2", "a b", "AZ-X/Y", "")), max_size=3,
    ),
    certainty=st.sampled_from(("certain", "likely", "uncertain")),
    superseded_by=st.sampled_from(("", "elsewhere")),
)  # fmt: skip


# Every field of a record that a place is made of; a new one needs a way out and back.
FIELDS = {
    Place: "id kind feature location names label extent_m de_jure de_facto borders concordances"
    " certainty start end superseded_by note",
    Name: "text language script status source user start end",
    Location: "lat lon accuracy_m kind sources compared",
    Sighting: "lat lon source",
    Belonging: "source parent holder start end",
    FeatureType: "class_ code word",
    Shape: "id place kind label geometry accuracy_m sources start end note",
    Cite: "source record",
}


@pytest.mark.parametrize("record", FIELDS, ids=lambda record: record.__name__)
def test_no_field_is_forgotten(record):
    assert set(record.__struct_fields__) == set(FIELDS[record].split())


# Each example writes and reads a pack: shrinking a failure would take minutes.
@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(place=PLACE)
def test_whatever_a_record_holds_comes_back(place):
    source = Source(id="book", citation="A Book", licence="none", retrieved=SEEN)
    pack = Pack(id="made", title="Made", bbox=(-90, -90, 90, 90), licence="none")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pack.json").write_bytes(record_file(pack))
        (folder / "places.geojson").write_bytes(features_file([place]))
        (folder / "sources.json").write_bytes(records_file([source]))
        path = folder / "out.json"
        path.write_bytes(lpf(load_gazetteer(folder), "made"))
        import_pack(path, folder / "back", pack_id="made")
        assert load_gazetteer(folder / "back").files[0].places == (place,)


# -- LP-TSV ----------------------------------------------------------------------------------------


def rows(data):
    head, *lines = data.decode().splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def headed_by_a_name(row):
    names = {variant.rpartition("@")[0] for variant in row["variants"].split(";")}
    return set(row["title"].split(" / ")) <= names


def test_lp_tsv_comes_back_with_all_that_it_holds(tmp_path):
    """Of a bundled theatre: titles, names, points, types, parents, days and matches."""
    theatre = load_gazetteer("caucasus", "world")
    path = tmp_path / "pack.tsv"
    path.write_bytes(lp_tsv(theatre, "caucasus"))
    os.utime(path, (0, dt.datetime(2026, 11, 22, tzinfo=dt.UTC).timestamp()))
    import_pack(path, tmp_path / "back", pack_id="caucasus")
    back = opened(tmp_path / "back")
    before, after = rows(path.read_bytes()), rows(lp_tsv(back, "caucasus"))
    assert len(before) == len(theatre.files[0].places)
    unlike = [
        (one["id"], key)
        for one, other in zip(before, after, strict=True)
        for key in one
        # Notes of a flat file are no words of ours, and are quoted; a label that is no name of its
        # place becomes one.
        if one[key] != other[key] and key != "description" and headed_by_a_name(one)
    ]
    assert unlike == []
    for place in theatre.files[0].places:
        same = back.place(place.id)
        assert (same.location.lat, same.location.lon) == (place.location.lat, place.location.lon)
        assert {n.text for n in place.names} <= {n.text for n in same.names}
        assert same.location.accuracy_m == place.location.accuracy_m


def test_lp_tsv_of_others(tmp_path):
    path = tmp_path / "theirs.tsv"
    path.write_text(
        "id\ttitle\ttitle_source\ttitle_uri\tfclasses\ttypes\tvariants\tlon\tlat\tgeowkt\tccodes"
        "\tparent_id\tstart\tend\tmatches\tdescription\n"
        "17\tOld Mill\tMap of 1900\thttps://maps.example/1\tP\tvillage\tStara;Стара@uk;Zła@pl-Latn"
        "\t-8.5\t51.5\t\tIE\t#18\t1850\t1922-03\twd:Q1;wd:Q2;zz:3\tAn occupied village\n"
        "18\tNorth Shire\tMap of 1900\t\tA\tcounty\t\t\t\tPOLYGON ((-9 51, -8 51, -8 52, -9 51))"
        "\tIE\t\t\t\t\t\n"
        "19\tNowhere\tMap\t\tP\t\t\t\t\t\t\t\t\t\t\t\n"
        "20\tToo far\tMap\t\tP\t\t\t0\t91\t\t\t\t\t\t\t\n"
        "21\tNo number\tMap\t\tP\t\t\teast\t1\t\t\t\t\t\t\t\n"
        "17\tTwice\tMap\t\tP\t\t\t0\t1\t\t\t\t\t\t\t\n" + "\t".join("x" * 30) + "\n",
        encoding="utf-8",
    )
    problems = import_pack(path, tmp_path / "pack", pack_id="mills")
    gazetteer = opened(tmp_path / "pack")
    mill, shire = gazetteer.place("old-mill"), gazetteer.place("north-shire")
    assert [(n.text, n.language, n.script) for n in mill.names] == [
        ("Old Mill", "und", "Latn"), ("Stara", "und", "Latn"),
        ("Стара", "uk", "Cyrl"), ("Zła", "pl", "Latn"),
    ]  # fmt: skip
    assert (mill.start, mill.end) == (dt.date(1850, 1, 1), dt.date(1922, 3, 31))
    assert mill.concordances == {"lpf-id": "17", "wikidata": "Q1"}
    assert [b.parent for b in mill.de_jure] == ["north-shire"]
    assert [b.parent for b in shire.de_jure] == ["ireland"]
    assert (shire.kind, shire.location.lat, shire.location.lon) == ("district", 51.5, -8.5)
    assert [shape.id for shape in gazetteer.shapes("north-shire")] == ["north-shire-shape"]
    assert "“An occupied village”" in mill.note
    told = [p.message for p in problems if p.severity == "error"]
    assert [text.split(" ")[0:3] for text in told] == [
        ["it", "has", "no"], ["lat", "91.0", "lon"], ["lat", "'1'", "lon"],
        ["its", "id", "'17'"], ["it", "has", "30"],
    ]  # fmt: skip
    assert len((tmp_path / "pack" / "quarantined.jsonl").read_text().splitlines()) == len(told)
    assert {p.message[:12] for p in problems if p.code == "left-out"} == {"2 times a li"}
    checked = check_packs(gazetteer, only=["mills"])
    assert [p for p in checked if p.severity == "error"] == []


# -- LPF of others ---------------------------------------------------------------------------------


def feature(**changes):
    """A Feature with as little as the format allows."""
    return {
        "@id": "https://gazetteer.example/places/7",
        "type": "Feature",
        "properties": {"title": "Abbey Ford", "ccodes": ["GB"]},
        "names": [{"toponym": "Abbey Ford", "lang": "en", "citations": [{"label": "A Roll"}]}],
        "geometry": {"type": "Point", "coordinates": [-1.2345678, 51.5, 80]},
        **changes,
    }


def brought(tmp_path, *features, **members):
    problems = import_pack(
        written(tmp_path, list(features), **members), tmp_path / "pack", pack_id="theirs"
    )
    return opened(tmp_path / "pack"), problems


def test_a_foreign_place_gets_a_slug_and_honest_defaults(tmp_path):
    gazetteer, problems = brought(tmp_path, feature(), license="CC BY 4.0", title="Fords")
    place = gazetteer.place("abbey-ford")
    assert place.concordances == {"lpf-id": "https://gazetteer.example/places/7"}
    assert place.certainty == "likely"
    assert (place.location.accuracy_m, place.location.kind) == (20_000, "representative")
    assert (place.location.lat, place.location.lon) == (51.5, -1.23457)
    assert [b.parent for b in place.de_jure] == ["united-kingdom"]
    assert "assumed" in place.note
    assert {source.citation for source in gazetteer.files[0].sources} == {
        "A Roll", "Fords, Linked Places file theirs.jsonld",
    }  # fmt: skip
    assert [p.code for p in problems] == ["assumed"]
    checked = check_packs(gazetteer, only=["theirs"])
    assert [p for p in checked if p.severity == "error"] == []


@pytest.mark.parametrize(
    ("types", "kind", "class_"),
    [
        ([{"identifier": "gn:P.PPLA", "label": "seat"}], "settlement", "P"),
        ([{"identifier": "http://www.geonames.org/ontology#A.ADM1"}], "province", "A"),
        ([{"identifier": "aat:300008375", "label": "Town"}], "settlement", "P"),
        ([{"label": "", "sourceLabels": [{"label": "river"}]}], "feature", "T"),
        ([{"label": "thing"}], "feature", ""),
        ([], "feature", ""),
    ],
)
def test_types_become_kinds(tmp_path, types, kind, class_):
    gazetteer, _ = brought(tmp_path, feature(types=types))
    place = gazetteer.place("abbey-ford")
    assert (place.kind, place.feature.class_) == (kind, class_)


def test_parents_may_come_after_their_children(tmp_path):
    relation = {"relationType": "gvp:broaderPartitive", "relationTo": "x:2", "label": "part"}
    gazetteer, problems = brought(
        tmp_path,
        feature(relations=[relation, {**relation, "relationTo": "x:9"}, {"relationType": "x:y"}]),
        feature(**{"@id": "x:2", "properties": {"title": "The Hundred"}}),
    )
    assert [b.parent for b in gazetteer.place("abbey-ford").de_jure] == ["the-hundred"]
    left_out = [p.message for p in problems if p.code == "left-out"]
    assert left_out == [
        "1 times a parent was left out, first of 'x:9'",
        "1 times a relation was left out, first of 'abbey-ford'",
    ]


def test_several_points_and_a_shape(tmp_path):
    area = {"type": "Polygon", "coordinates": [[[0, 0, 5], [1, 0], [1, 1.1234567], [0, 0, 5]]]}
    points = [
        {"type": "Point", "coordinates": at, "citations": [{"label": "M"}]}
        for at in ([0, 1], [0, 2])
    ]
    spots = {"type": "GeometryCollection", "geometries": [*points, area, "null"]}
    gazetteer, _ = brought(tmp_path, feature(geometry=spots))
    place = gazetteer.place("abbey-ford")
    assert (place.location.lat, [s.lat for s in place.location.compared]) == (1, [2])
    (shape,) = gazetteer.shapes("abbey-ford")
    assert shape.geometry["coordinates"] == [[[0, 0], [1, 0], [1, 1.12346], [0, 0]]]


HOSTILE = {
    "right-to-left override": "Ab\u202ebey",
    "ten thousand characters": "A" * 10_000,
    "control": "Ab\x1b[31mbey",
    "no letters": "...",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_are_left_out_and_told(tmp_path, text):
    names = [{"toponym": text}, {"toponym": "Abbey"}]
    gazetteer, problems = brought(
        tmp_path, feature(names=names, properties={"title": text}, descriptions=[{"value": text}])
    )
    (place,) = gazetteer.files[0].places
    assert [name.text for name in place.names] == ["Abbey"]
    assert any(p.message.startswith("1 times a name was left out") for p in problems)
    bad = [p for p in check_packs(gazetteer, only=["theirs"]) if p.severity == "error"]
    assert bad == []


MALFORMED = {
    "no object": 5,
    "no Feature": {"type": "Thing"},
    "no properties": feature(properties=None),
    "no names": feature(names=[], properties={}),
    "latitude 91": feature(geometry={"type": "Point", "coordinates": [0, 91]}),
    "text for numbers": feature(geometry={"type": "Point", "coordinates": ["0", "1"]}),
    "no geometry": feature(geometry=None),
    "broken text": feature(geometry={"geowkt": "POINT (1"}),
    "own member of a wrong type": feature(
        properties={"title": "T", "clashmap:kind": "castle"}, **{"@id": "y:1"}
    ),
    "a second of one id": feature(),
}


def test_what_is_malformed_is_set_apart_and_the_rest_is_done(tmp_path):
    last = feature(**{"@id": "z:1", "properties": {"title": "Last"}})
    gazetteer, problems = brought(tmp_path, feature(), *MALFORMED.values(), last)
    assert {place.id for place in gazetteer.files[0].places} == {"abbey-ford", "last"}
    told = [p for p in problems if p.code == "malformed-feature"]
    assert len(told) == len(MALFORMED)
    assert all(p.severity == "error" and p.message and p.remedy for p in told)
    kept = (tmp_path / "pack" / "quarantined.jsonl").read_text().splitlines()
    assert [json.loads(line)["number"] for line in kept] == [*range(2, 2 + len(MALFORMED))]


def test_a_file_that_breaks_off_keeps_what_came_before(tmp_path):
    path = written(tmp_path, [feature(), feature(**{"@id": "z:1"})])
    path.write_text(path.read_text()[:-40])
    (broken, *_) = import_pack(path, tmp_path / "pack", pack_id="theirs")
    assert broken.code == "malformed-file"
    assert "broken JSON at character" in broken.message
    assert len(load_gazetteer(tmp_path / "pack").files[0].places) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b""), ("a.json", b"[1]"), ("a.json", b"{}"), ("a.json", b'{"features": []}'),
        ("a.json", b"\x89PNG\r\n"), ("a.json", b'{"a": ' * 100_000), ("a.tsv", b""),
        ("a.tsv", b"name\tlat\n"), ("a.json", b'{"features": [NaN]}'), ("a.xml", b"<a/>"),
    ],
)  # fmt: skip
def test_what_holds_no_place_makes_no_pack(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(GazetteerError) as caught:
        import_pack(path, tmp_path / "pack", pack_id="theirs")
    assert str(path) in str(caught.value)
    assert not (tmp_path / "pack").exists()


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "notes.txt").write_text("mine")
    with pytest.raises(GazetteerError, match="nothing was changed"):
        import_pack(written(tmp_path, [feature()]), tmp_path / "pack", pack_id="theirs")
    assert [path.name for path in (tmp_path / "pack").iterdir()] == ["notes.txt"]


def test_features_a_line_are_read_too(tmp_path):
    path = tmp_path / "lines.jsonl"
    others = [feature(**{"@id": f"x:{n}", "properties": {"title": f"N{n}"}}) for n in range(3)]
    path.write_text("".join(json.dumps(other) + "\n" for other in others))
    import_pack(path, tmp_path / "pack", pack_id="theirs")
    assert [p.id for p in load_gazetteer(tmp_path / "pack").files[0].places] == ["n0", "n1", "n2"]


def test_a_collection_is_read_a_feature_at_a_time(tmp_path, monkeypatch):
    """However it falls into pieces, and without holding more than the piece."""
    many = [feature(**{"@id": f"x:{n}", "number": n}) for n in range(200)]
    path = written(tmp_path, many, after=[1, 2])
    monkeypatch.setattr("geo.linked_places.stream._CHUNK", 7)
    document = Document(path)
    held = []
    for number, found in enumerate(document.features()):
        assert found["number"] == number
        held.append(len(document._text))
    assert len(held) == 200
    assert max(held) < 3_000
    assert document.members["after"] == [1, 2]


# -- days and well-known text ----------------------------------------------------------------------


@given(start=DAY, end=DAY)
def test_days_come_back(start, end):
    assert read_when(when(start, end, seen=SEEN)) == (start, end)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1600", "1600-01-01", "1600-12-31"), ("1904-02", "1904-02-01", "1904-02-29"),
        ("1600-05-06", "1600-05-06", "1600-05-06"), ("1600~", "1600-01-01", "1600-12-31"),
        ("-0300", None, None), ("soon", None, None), ("1600-13", None, None),
        ("1601-02-30", None, None), ("0000", None, None),
    ],
)  # fmt: skip
def test_days_of_iso_8601(text, first, last):
    known = [found and found.isoformat() for found in (day(text, last=False), day(text, last=True))]
    assert known == [first, last]


def test_of_several_spans_the_whole_is_taken():
    spans = [{"start": {"in": "1600"}, "end": {"in": "1700"}}, {"start": {"in": "1800"}}]
    assert read_when({"timespans": spans}) == (dt.date(1600, 1, 1), None)
    for odd in (None, 5, {}, {"timespans": 5}, {"timespans": [5]}, {"timespans": [{"start": 5}]}):
        assert read_when(odd) == (None, None)


def test_well_known_text():
    assert read_wkt("POINT (1 -2.5)") == {"type": "Point", "coordinates": [1, -2.5]}
    assert read_wkt("MULTIPOLYGON(((0 0,1 0,1 1,0 0)))")["coordinates"] == [
        [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    ]
    for broken in ("POINT (1", "CIRCLE (1 2)", "", "POINT (x y)", "MULTIPOINT (1 2)"):
        with pytest.raises(ValueError, match="well-known text"):
            read_wkt(broken)


# -- the command -----------------------------------------------------------------------------------


def test_export_writes_what_the_suffix_asks_for(tmp_path, tiny_folder):
    done = clashmap("gazetteer", "export", tiny_folder, "-o", tmp_path / "tiny.lpf.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert faults(json.loads((tmp_path / "tiny.lpf.json").read_bytes())) == []
    done = clashmap("gazetteer", "export", tiny_folder)
    assert done.stdout.encode() == (tmp_path / "tiny.lpf.json").read_bytes()
    done = clashmap("gazetteer", "export", tiny_folder, "--to", tmp_path / "tiny.tsv")
    assert "LP-TSV does not hold: status" in done.stderr
    assert (tmp_path / "tiny.tsv").read_text().startswith("id\ttitle\t")


def test_export_tells_the_credits():
    done = clashmap("gazetteer", "export", "world", "-o", os.devnull + "/x.json")
    assert done.returncode == 2
    with tempfile.TemporaryDirectory() as folder:
        done = clashmap("gazetteer", "export", "world", "-o", f"{folder}/world.json")
    assert "clashmap: credit: GeoNames (CC-BY-4.0)\n" in done.stderr


@pytest.mark.parametrize("words", [("world", "-o", "x.shp"), ("nothing",), ()])
def test_export_refuses_what_it_cannot(words):
    done = clashmap("gazetteer", "export", *words)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr


def test_a_pack_with_a_broken_record_is_not_exported(tmp_path, tiny_folder):
    folder = tmp_path / "tiny"
    folder.mkdir()
    for path in tiny_folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes().replace(b'"Point"', b'"Pint"', 1))
    with pytest.raises(GazetteerError, match="cannot be read"):
        lpf(load_gazetteer(folder), "tiny")


@pytest.mark.parametrize("part", [b"Abbey Ford", b"A Roll"])
def test_bytes_that_are_no_utf8_spoil_what_they_stand_in(tmp_path, part):
    path = written(tmp_path, [feature(), feature(**{"@id": "x:2", "properties": {"title": "B"}})])
    path.write_bytes(path.read_bytes().replace(part, b"\xff\xfe" + part, 1))
    import_pack(path, tmp_path / "pack", pack_id="theirs")
    gazetteer = opened(tmp_path / "pack")
    assert len(gazetteer.files[0].places) == 2
    checked = check_packs(gazetteer, only=["theirs"])
    assert [p for p in checked if p.severity == "error"] == []


def test_older_forms_are_understood(tmp_path):
    """One citation, a source in words, one country code, one label of the source."""
    old = feature(
        names=[{"toponym": "Abbey", "lang": None, "citation": {"label": "A Roll", "year": 1300}}],
        properties={"title": "Abbey", "ccode": "gb"},
        types=[{"sourceLabel": "village"}],
        geometry={"type": "Point", "coordinates": [0, 1], "source": "A Map"},
    )
    gazetteer, _ = brought(tmp_path, old)
    place = gazetteer.place("abbey")
    sources = {s.id: s.citation for s in gazetteer.files[0].sources}
    assert [sources[cite.source] for cite in place.location.sources] == ["A Map"]
    assert sources[place.names[0].source.source] == "A Roll (1300)"
    assert (place.kind, [b.parent for b in place.de_jure]) == ("settlement", ["united-kingdom"])


def test_a_place_of_the_world_packs_id_is_another_place(tmp_path):
    """A table's own ids stay, but for one that means a place of the world pack."""
    path = tmp_path / "theirs.tsv"
    path.write_text(
        "id\ttitle\tlon\tlat\tmatches\nireland\tIreland\t0\t1\t\nparis\tParis\t2\t48\tgn:2988507\n"
        "our-mill\tMill\t0\t1\t\n"
    )
    import_pack(path, tmp_path / "pack", pack_id="theirs")
    gazetteer = opened(tmp_path / "pack")
    assert [p.id for p in gazetteer.files[0].places] == ["ireland-2", "our-mill", "paris"]
    assert not gazetteer.problems


def test_thousands_of_one_name_get_ids_of_their_own(tmp_path):
    """Counted: no id is tried twice, however many are taken."""
    same = [feature(**{"@id": f"x:{n}"}) for n in range(300)]
    gazetteer, _ = brought(tmp_path, *same)
    ids = {place.id for place in gazetteer.files[0].places}
    assert ids == {"abbey-ford", *(f"abbey-ford-{n}" for n in range(2, 301))}


def test_labels_that_begin_alike_are_two_sources(tmp_path):
    labels = ["A Roll " + "of Fords " * 20 + mark for mark in ("I", "II")]
    names = [{"toponym": text, "citations": [{"label": text}]} for text in labels]
    cited = [{**name, "toponym": f"N{n}"} for n, name in enumerate(names)]
    gazetteer, _ = brought(tmp_path, feature(names=cited))
    place = gazetteer.files[0].places[0]
    assert len({name.source.source for name in place.names}) == 2


def test_hostile_ids_and_languages_go_no_further(tmp_path):
    names = [{"toponym": "Abbey", "lang": "en\u202e" * 100}]
    bad = feature(names=names, **{"@id": "x:\u202e" + "7" * 5_000})
    gazetteer, _ = brought(tmp_path, bad, **{"clashmap:sources": [5, {"id": 7}]})
    place = gazetteer.files[0].places[0]
    assert (place.concordances, place.names[0].language) == ({}, "und")
    checked = check_packs(gazetteer, only=["theirs"])
    assert [p for p in checked if p.severity == "error"] == []
