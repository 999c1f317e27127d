"""Every rule about packs: the sound pack passes, and each fault is told."""

# ruff: noqa: E501 - one fault, one line

import json
import shutil

import pytest

from geo.gazetteer import load_gazetteer
from geo.gazetteer.checks import check_packs
from geo.gazetteer.geometry_checks import geometry_fault
from geo.gazetteer.pack_format import format_faults

CITE = {"source": "invented"}


def rewrite(folder, file, change):
    """Change a copied pack's file, keeping the fixed formatting."""
    path = folder / file
    document = json.loads(path.read_text(encoding="utf-8"))
    features = (
        document["features"] if isinstance(document, dict) and "features" in document else None
    )
    change(features if features is not None else document)
    if features is None:
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    else:
        lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
        text = f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8")


def place(id_, change):
    return "places.geojson", lambda fs: change(next(f for f in fs if f["id"] == id_)["properties"])


def shape(id_, change):
    return "shapes.geojson", lambda fs: change(next(f for f in fs if f["id"] == id_))


def name(**fields):
    return place("osk", lambda p: p["names"][0].update(fields))


FAULTS = {
    "id-form": ("places.geojson", lambda fs: fs[-1].update(id="Zed!")),
    "id-form two dashes": ("places.geojson", lambda fs: fs[-1].update(id="z--z")),
    "unknown-reference parent": place("osk", lambda p: p.update(de_jure=[{"parent": "x", "source": CITE}])),
    "unknown-reference holder": place("osk", lambda p: p.update(de_facto=[{"holder": "x", "source": CITE}])),
    "unknown-reference border": place("osk", lambda p: p.update(borders=["x"])),
    "unknown-reference superseded": place("osk", lambda p: p.update(superseded_by="x")),
    "unknown-reference shape": shape("greyfen-area", lambda f: f["properties"].update(place="x")),
    "unknown-reference actor place": ("actors.json", lambda rs: rs[0].update(place="x")),
    "unknown-reference seat": ("actors.json", lambda rs: rs[0].update(seats=["x"])),
    "unknown-reference group": ("actors.json", lambda rs: rs[0].update(group="x")),
    "unknown-reference party": ("pack.json", lambda p: p.update(parties=["x"])),
    "unknown-reference country": ("pack.json", lambda p: p.update(countries=["x"])),
    "parent-circle": place("norland", lambda p: p.update(de_jure=[{"parent": "karsk", "source": CITE}])),
    "parent-circle itself": place("osk", lambda p: p.update(de_jure=[{"parent": "osk", "source": CITE}])),
    "outside-box": ("pack.json", lambda p: p.update(bbox=[-31.7, 48.5, -29.8, 50])),
    "accuracy": place("osk", lambda p: p["location"].update(accuracy_m=0)),
    "accuracy extent": place("osk", lambda p: p.update(extent_m=-1)),
    "no-source": place("osk", lambda p: p["location"].update(sources=[])),
    "no-source shape": shape("greyfen-area", lambda f: f["properties"].update(sources=[])),
    "no-label": place("osk", lambda p: p.update(label=" ")),
    "dates-backwards": place("osk", lambda p: p.update({"from": "2000-01-02", "to": "2000-01-01"})),
    "dates-backwards name": name(**{"from": "2000-01-02", "to": "2000-01-01"}),
    "dates-backwards shape": shape("greyfen-area", lambda f: f["properties"].update({"from": "2000-01-02", "to": "2000-01-01"})),
    "unknown-source": name(source={"source": "hearsay"}),
    "unused-source": ("sources.json", lambda rs: rs.append({**rs[0], "id": "unread"})),
    "duplicate-name": place("osk", lambda p: p["names"].append(p["names"][0])),
    "name-form script": name(text="Оsk"),  # a Cyrillic O
    "name-form wrong script": name(script="Armn"),
    "name-form bidi": name(text="Osk\u202e"),
    "name-form control": name(text="Os\x07k"),
    "name-form joiner": name(text="Os\u200ck"),
    "name-form spaces": name(text=" Osk"),
    "name-form no-break space": name(text="Osk\u00a0River"),
    "name-form long": name(text="O" * 121),
    "name-form empty": name(text="--"),
    "name-form decomposed": name(text="O\u0308sk"),
    "name-form label": place("osk", lambda p: p.update(label="Osk\u202e")),
    "geometry type": shape("greyfen-area", lambda f: f.update(geometry={"type": "Point", "coordinates": [0, 0]})),
    "geometry open ring": shape("greyfen-area", lambda f: f["geometry"]["coordinates"][0].pop()),
    "file-form order": ("places.geojson", lambda fs: fs.reverse()),
    "file-form decimals": ("places.geojson", lambda fs: fs[0]["geometry"].update(coordinates=[-30.123456, 50])),
}  # fmt: skip


@pytest.fixture
def pack(tmp_path, tiny_folder):
    """A copy of the invented pack, to change."""
    folder = tmp_path / "tiny"
    shutil.copytree(tiny_folder, folder)
    return folder


def test_the_invented_packs_are_sound(tiny_gazetteer):
    assert {problem.severity for problem in check_packs(tiny_gazetteer)} == {"note"}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told(pack, fault):
    file, change = FAULTS[fault]
    rewrite(pack, file, change)
    found = check_packs(load_gazetteer(pack))
    code = fault.split(" ")[0]
    told = [problem for problem in found if problem.code == code]
    assert told
    assert all(problem.message and problem.where.startswith("tiny") for problem in told)
    worst = {"unused-source": "note"}.get(code, "error")
    assert {problem.severity for problem in told} == {worst}


def test_all_problems_come_at_once(pack):
    for fault in ("accuracy", "no-label", "duplicate-name", "file-form order"):
        rewrite(pack, *FAULTS[fault])
    codes = {problem.code for problem in check_packs(load_gazetteer(pack))}
    assert {"accuracy", "no-label", "duplicate-name", "file-form"} <= codes


def test_malformed_records_are_among_the_problems(pack):
    rewrite(pack, "places.geojson", lambda fs: fs[3].update(type="Thing"))
    assert "malformed-record" in {p.code for p in check_packs(load_gazetteer(pack))}


def test_only_the_packs_asked_for_are_checked(pack, tiny_folder):
    rewrite(pack, *FAULTS["accuracy"])
    gazetteer = load_gazetteer(tiny_folder.parent / "tinyworld", pack)
    assert "accuracy" in {p.code for p in check_packs(gazetteer)}
    assert "accuracy" not in {p.code for p in check_packs(gazetteer, only=["tinyworld"])}


def test_joiners_are_spelling_in_persian(pack):
    rewrite(pack, *name(text="می\u200cخوش", script="Arab", language="fa"))
    assert "name-form" not in {p.code for p in check_packs(load_gazetteer(pack))}


def test_balance_is_told_by_user(tiny_gazetteer):
    (note,) = [p for p in check_packs(tiny_gazetteer) if p.code == "balance"]
    assert note.message == "names by user: norland: 2, sudria: 4"


@pytest.mark.parametrize(
    ("geometry", "kind", "sound"),
    [
        ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "line", True),
        ({"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]]]}, "line", True),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}, "area", True),
        (
            {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]},
            "area",
            True,
        ),
        ({"type": "LineString", "coordinates": [[0, 0]]}, "line", False),
        ({"type": "LineString", "coordinates": []}, "line", False),
        ({"type": "LineString"}, "line", False),
        ({}, "line", False),
        ({"type": ["LineString"]}, "line", False),
        ({"type": "LineString", "coordinates": [[0, 0], [181, 0]]}, "line", False),
        ({"type": "LineString", "coordinates": [[0, 0], [0, 91]]}, "line", False),
        ({"type": "LineString", "coordinates": [[0, 0], ["1", 1]]}, "line", False),
        ({"type": "LineString", "coordinates": [[0, 0], [True, 1]]}, "line", False),
        ({"type": "LineString", "coordinates": [[0, 0], [0, 0, 5]]}, "line", False),
        ({"type": "LineString", "coordinates": [0, 1]}, "line", False),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]]]}, "area", False),
        ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "area", False),
    ],
)
def test_geometries(geometry, kind, sound):
    assert (geometry_fault(geometry, kind=kind) == "") is sound


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"[]\r\n", "LF alone"),
        (b"[]", "one line feed"),
        (b"[]\n\n", "one line feed"),
        (b"\xef\xbb\xbf[]\n", None),
        (rb'["\u0041"]' + b"\n", "escapes"),
        (b'[{"id": "b"}, {"id": "a"}]\n', "sorted by id"),
        (b"[]\n", None),
        (b"no JSON", None),
        (b"\xff\n", None),
    ],
)
def test_file_form(tmp_path, data, fault):
    path = tmp_path / "sources.json"
    path.write_bytes(data)
    faults = list(format_faults(path))
    assert (fault is None and faults == []) or any(fault in said for said in faults)


def test_features_stand_one_a_line(tmp_path):
    path = tmp_path / "places.geojson"
    path.write_text(
        '{"features": [{"type": "Feature", "id": "a"},{"type": "Feature", "id": "b"}]}\n'
    )
    assert list(format_faults(path)) == ["it has not one Feature a line"]
