"""What a point belongs to: outlines with their tolerance, records beside them."""

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import ROOT
from shapely.geometry import Point, shape

from geo.cli import main
from geo.lookup.areas import holds_point, read_rings
from geo.lookup.index import Index
from geo.lookup.index_build import build_index, rings_of, written_rings
from geo.lookup.whereabouts import Whereabouts

DATA = ROOT / "tests" / "data"
PACKS = ["--pack", str(DATA / "tiny"), "--pack", str(DATA / "tinyworld")]
# A hole, and a second part that touches nothing.
SHAPED = {
    "type": "MultiPolygon",
    "coordinates": [
        [
            [[0, 0], [10, 0], [12, 7], [3, 9], [0, 0]],
            [[3, 2], [6, 2], [6, 5], [4, 3], [3, 2]],
        ],
        [[[20, -5], [25, -5], [22, 1], [20, -5]]],
    ],
}


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """An index of the invented theatre."""
    path = tmp_path_factory.mktemp("index") / "tiny.sqlite"
    build_index([DATA / "tiny"], path)
    return Index(str(path))


def which(capsys, *words):
    code = main(["which", *words, *PACKS])
    out, err = capsys.readouterr()
    return code, out, err


# -- outlines --------------------------------------------------------------------------------------


@given(st.floats(-6, 10), st.floats(-1, 26))
def test_inside_is_what_shapely_says(lat, lon):
    point, area = Point(lon, lat), shape(SHAPED)
    if area.boundary.distance(point) > 1e-9:
        assert holds_point(rings_of(SHAPED), lat=lat, lon=lon) == area.contains(point)


def test_rings_are_read_as_they_were_written():
    rings = list(rings_of(SHAPED))
    assert list(read_rings(written_rings(rings))) == rings
    assert list(rings_of({"type": "LineString", "coordinates": [[0, 0], [1, 1]]})) == []


def test_every_bundled_area_holds_what_shapely_says(tmp_path):
    """Cells of a grid over the packs, asked of the index and of shapely."""
    from geo.gazetteer import load_gazetteer

    gazetteer = load_gazetteer("caucasus")
    build_index(["caucasus"], tmp_path / "index.sqlite")
    index = Index(str(tmp_path / "index.sqlite"))
    areas = {s.id: shape(s.geometry) for s in gazetteer.all_shapes if s.kind == "area"}
    west, south, east, north = gazetteer.packs[0].bbox
    for i in range(12):
        for j in range(12):
            lat, lon = south + (north - south) * i / 12, west + (east - west) * j / 12
            found = {area.outline for area in index.areas(lat=lat, lon=lon) if area.inside}
            assert found == {key for key, area in areas.items() if area.contains(Point(lon, lat))}


# -- points ----------------------------------------------------------------------------------------


def test_well_inside_there_is_one_district(tiny):
    known = Whereabouts(tiny, lat=50.35, lon=-30.85, on="")
    (district,) = known.areas["district"]
    assert (district.place, district.inside, district.doubtful) == ("tarn-district", True, False)
    # 0.15 degrees of longitude at 50.35 north: 10.6 km to the eastern edge and the western.
    assert district.edge_km == pytest.approx(10.6, abs=0.1)
    assert list(known.areas) == ["district", "country"]
    assert [parent.answer.id for parent in known.above["tarn-district"]] == ["norland"]
    assert (known.nearest.id, known.agrees) == ("tarn", True)


def test_near_an_edge_both_sides_are_named(tiny):
    inside = Whereabouts(tiny, lat=50.3, lon=-30.73, on="").areas["district"][0]
    assert (inside.inside, inside.doubtful) == (True, True)
    outside = Whereabouts(tiny, lat=50.3, lon=-30.67, on="").areas["district"][0]
    assert (outside.place, outside.inside, outside.doubtful) == ("tarn-district", False, True)
    assert "district" not in Whereabouts(tiny, lat=50.3, lon=-30.6, on="").areas
    # Beyond the border of the two countries, within its tolerance: the one it is in comes first.
    both = Whereabouts(tiny, lat=49.74, lon=-31.0, on="").areas["country"]
    assert [(area.place, area.inside) for area in both] == [("sudria", True), ("norland", False)]


def test_a_settlement_whose_record_says_otherwise_is_told(tmp_path, capsys):
    folder = tmp_path / "tiny"
    shutil.copytree(DATA / "tiny", folder)
    path = folder / "shapes.geojson"
    document = json.loads(path.read_text("utf-8"))
    moved = next(s for s in document["features"] if s["id"] == "tarn-district-area")
    moved["id"], moved["properties"]["place"] = "greyfen-outline", "greyfen"
    path.write_text(json.dumps(document), "utf-8")
    places = folder / "places.geojson"
    text = places.read_text("utf-8")
    wrong = text.replace('"kind": "region"', '"kind": "district"')
    assert wrong != text
    places.write_text(wrong, "utf-8")
    code = main(["which", "50.35", "-30.85", "--pack", str(folder)])
    out = capsys.readouterr().out
    assert code == 0
    assert "  district:   Greyfen (greyfen): 10.6 km inside the edge" in out
    assert "recorded in district Tarn district" in out
    assert "the outlines and the record of the nearest settlement disagree" in out
    main(["which", "50.35,-30.85", "--json", "--pack", str(folder)])
    assert json.loads(capsys.readouterr().out)["agrees"] is False


def test_who_held_it_is_told_of_the_place_it_is_stated_of(tiny):
    def holders(on):
        known = Whereabouts(tiny, lat=49.93, lon=-30.42, on=on)
        return [(label, held.label) for label, held in known.holders]

    assert holders("2000-01-01") == [
        ("Kärsk / Karavand", "Sudria"), ("Greyfen", "Greyfen authorities"),
    ]  # fmt: skip
    assert holders("1990-01-01") == []
    assert len(holders("")) == 3


def test_an_outline_of_another_day_is_not_used(tmp_path):
    folder = tmp_path / "tiny"
    shutil.copytree(DATA / "tiny", folder)
    path = folder / "shapes.geojson"
    document = json.loads(path.read_text("utf-8"))
    district = next(s for s in document["features"] if s["id"] == "tarn-district-area")
    district["properties"]["from"] = "1990-01-01"
    path.write_text(json.dumps(document), "utf-8")
    build_index([folder], tmp_path / "index.sqlite")
    index = Index(str(tmp_path / "index.sqlite"))
    point = {"lat": 50.35, "lon": -30.85}
    assert [a.outline for a in index.areas(**point, on="1989-12-31")] == ["norland-area"]
    assert len(index.areas(**point, on="1990-01-01")) == len(index.areas(**point)) == 2
    assert index.areas(**point)[1].start == "1990-01-01"


def test_an_outline_ends_with_its_place(tmp_path):
    folder = tmp_path / "tiny"
    shutil.copytree(DATA / "tiny", folder)
    path = folder / "places.geojson"
    document = json.loads(path.read_text("utf-8"))
    district = next(p for p in document["features"] if p["id"] == "tarn-district")
    district["properties"]["to"] = "2010-12-31"
    path.write_text(json.dumps(document), "utf-8")
    build_index([folder], tmp_path / "index.sqlite")
    index = Index(str(tmp_path / "index.sqlite"))
    found = {
        on: len(index.areas(lat=50.35, lon=-30.85, on=on)) for on in ("2010-12-31", "2011-01-01")
    }
    assert found == {"2010-12-31": 2, "2011-01-01": 1}


# -- the command -----------------------------------------------------------------------------------


def test_text(capsys):
    code, out, err = which(capsys, "50.3", "-30.73", "--on", "2000-01-01")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "50.30000, -30.73000 on 2000-01-01"
    assert lines[1] == (
        "  district:   Tarn district (tarn-district): 2.1 km inside the edge, which is known within"
        " 3 km, so it may be outside  [invented]"
    )
    assert "              in country Norland  [invented]" in lines
    assert (
        "  nearest:    Tarn (town, tarn), 12.1 km away  [within 500 m; certain; invented tarn]"
        in out
    )
    assert "recorded in district Tarn district  [invented]" in out
    assert "  held by:    no record states anybody on 2000-01-01" in lines
    assert lines[-1] == "  sources:    invented: Invented for the tests of clashmap (CC0-1.0)"


def test_json(capsys):
    code, out, _ = which(capsys, "karsk", "--on=2000-01-01", "--json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["place"]["id"], answer["on"]) == ("karsk", "2000-01-01")
    region = answer["areas"][0]
    assert (region["id"], region["kind"], region["inside"]) == ("greyfen", "region", True)
    assert (region["tolerance_km"], region["sources"]) == (3.0, ["invented"])
    assert region["certainty"] == ("uncertain" if region["edge_km"] <= 3 else "certain")
    assert region["parents"][0] == {
        "id": "norland", "label": "Norland", "kind": "country", "start": "", "end": "",
        "source": "invented",
    }  # fmt: skip
    assert answer["nearest_settlement"]["km"] == 0
    assert answer["held_by"][0] == {
        "of": "Kärsk / Karavand", "holder": "sudria", "label": "Sudria", "start": "1994-05-12",
        "end": "2020-11-10", "source": "invented",
    }  # fmt: skip


def test_nowhere_is_told(capsys):
    code, out, err = which(capsys, "-80,10")
    assert (code, out) == (1, "")
    assert "nothing is known at -80, 10" in err
    code, out, _ = which(capsys, "-80,10", "--json")
    assert (code, json.loads(out)["areas"]) == (1, [])


def test_an_ambiguous_name_is_no_point(capsys):
    code, out, err = which(capsys, "Milford")
    assert (code, out) == (1, "")
    assert "3 places are called 'Milford'; give an id: milford-north (Milford, town)" in err
