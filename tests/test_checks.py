"""Every rule about packs: the sound pack passes, and each fault is told."""

# ruff: noqa: E501 - one fault, one line

import json
import shutil
import sys

import pytest

from geo.cli import main
from geo.gazetteer import load_gazetteer
from geo.gazetteer.checks import check_packs
from geo.gazetteer.geometry_checks import geometry_fault
from geo.gazetteer.pack_format import format_faults

CITE = {"source": "invented"}


def rewrite(folder, file, change):
    """Change a copied pack's file, keeping the fixed formatting."""
    path = folder / file
    document = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
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


def compared(lat):
    """Where another source would put a place of the invented pack."""
    return [{"lat": lat, "lon": -30.42, "source": CITE}]


def shift(id_, at):
    """Put a place somewhere else."""
    return "places.geojson", lambda fs: next(f for f in fs if f["id"] == id_)["geometry"].update(
        coordinates=at
    )


def refusal(**fields):
    record = {
        "id": "left-out",
        "name": "Left Out",
        "lat": 50,
        "lon": -30,
        "source": CITE,
        "reason": "a halt",
    }
    return "refusals.json", lambda rs: rs.append({**record, **fields})


def source(**fields):
    return "sources.json", lambda rs: rs[0].update(fields)


def belongings(*stated):
    return place("karsk", lambda p: p.update(de_jure=[{"source": CITE, **one} for one in stated]))


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
    "id-form pack": ("pack.json", lambda p: p.update(id="tiny_1")),
    "unknown-reference de facto parent": place("karsk", lambda p: p["de_facto"][0].update(parent="x")),
    "superseded-circle": place("osk", lambda p: p.update(superseded_by="osk")),
    "no-parent": place("tarn", lambda p: p.pop("de_jure")),
    "parent-days begins later": belongings({"parent": "line-of-separation", "from": "1990-01-01", "to": "2000-01-01"}),
    "parent-days has ended": belongings({"parent": "line-of-separation", "from": "1995-01-01"}),
    "parent-days ends first": belongings({"parent": "line-of-separation", "from": "1995-01-01", "to": "2021-01-01"}),
    "parents-overlap": belongings({"parent": "tarn-district"}, {"parent": "greyfen"}),
    "parents-overlap dated": belongings({"parent": "tarn-district", "to": "2000-01-02"}, {"parent": "greyfen", "from": "2000-01-01"}),
    "holders-overlap": place("karsk", lambda p: p["de_facto"][1].update({"from": "2000-01-01"})),
    "box": ("pack.json", lambda p: p.update(bbox=[-29.8, 48.5, -31.7, 51.4])),
    "off-the-earth": place("karsk", lambda p: p["location"].update(compared=compared(91))),
    "disagreement": place("karsk", lambda p: p["location"].update(compared=compared(49.93))),
    "one-source": place("dalmara", lambda p: p.update(certainty="certain")),
    "outside-parent extent": shift("tarn", [-30.9, 49.6]),
    "outside-parent shape": shift("ellis-airfield", [-29.9, 49.0]),
    "duplicate-concordance": place("tarn", lambda p: p.update(concordances={"geonames": "1"})),
    "same-name-near": shift("milford-south", [-31.0, 50.51]),
    "no-citation": source(citation=" "),
    "no-licence": source(licence=""),
    "no-licence pack": ("pack.json", lambda p: p.update(licence="")),
    "no-credit": source(licence="CC BY-SA 4.0"),
    "url": source(url="javascript:alert(1)"),
    "text-form note": place("osk", lambda p: p.update(note="Os\u202ek")),
    "text-form citation": source(citation="A\x1b]0;B"),
    "text-form long": place("osk", lambda p: p.update(note="A" * 2_001)),
    "text-form refusal": refusal(reason="A\u2066B"),
    "name-form language": name(language=""),
    "name-form no language": name(language="en\u202e"),
    "name-form script code": name(script="latin"),
    "label-unknown": place("tarn", lambda p: p.update(label="Ford")),
    "label-order": place("osk", lambda p: p.update(label="Osk River / Osk")),
    "loaded-word": place("osk", lambda p: p.update(note="Occupied since 1993.")),
    "loaded-word label": place("osk", lambda p: p.update(label="Osk / Terrorist camp")),
    "refusal-form": refusal(reason=" "),
    "off-the-earth refusal": refusal(lat=91),
    "refused-and-held id": refusal(id="karsk"),
    "refused-and-held record": refusal(source={"source": "invented", "record": "karsk"}),
    "unknown-source refusal": refusal(source={"source": "hearsay"}),
    "file-form order": ("places.geojson", lambda fs: fs.reverse()),
    "file-form decimals": ("places.geojson", lambda fs: fs[0]["geometry"].update(coordinates=[-30.123456, 50])),
}  # fmt: skip


WARNINGS = {
    "holders-overlap", "one-source", "outside-parent", "same-name-near", "label-unknown", "label-order"
}  # fmt: skip


@pytest.fixture
def pack(tmp_path, tiny_folder):
    """A copy of the invented pack, to change."""
    folder = tmp_path / "tiny"
    shutil.copytree(tiny_folder, folder)
    return folder


def test_the_invented_packs_are_sound(tiny_gazetteer):
    """But for what they are invented for: places of one source, and a label out of order."""
    found = check_packs(tiny_gazetteer)
    assert {problem.code for problem in found} == {
        "one-source",
        "label-order",
        "balance",
    }
    assert "error" not in {problem.severity for problem in found}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told(pack, fault):
    file, change = FAULTS[fault]
    before = check_packs(load_gazetteer(pack))
    rewrite(pack, file, change)
    found = check_packs(load_gazetteer(pack))
    code = fault.split(" ")[0]
    told = [problem for problem in found if problem.code == code and problem not in before]
    assert told
    assert all(problem.message and problem.where.startswith("tiny") for problem in told)
    assert all(problem.remedy or problem.severity == "note" for problem in told)
    worst = "note" if code == "unused-source" else "warning" if code in WARNINGS else "error"
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


# -- what is no fault ------------------------------------------------------------------------------


ALLOWED = {
    "parents-overlap one after the other": belongings({"parent": "tarn-district", "to": "2000-01-01"}, {"parent": "greyfen", "from": "2000-01-01"}),
    "parents-overlap one in the other": belongings({"parent": "norland"}, {"parent": "greyfen"}),
    "parents-overlap of a river": place("osk", lambda p: p.update(de_jure=[{"parent": "greyfen", "source": CITE}, {"parent": "tarn-district", "source": CITE}])),
    "parent-days of unknown beginning": belongings({"parent": "line-of-separation", "to": "2000-01-01"}),
    "no-parent with a note": place("tarn", lambda p: (p.pop("de_jure"), p.update(note="Nobody knows where it lies."))),
    "disagreement of one who is not certain": place("karsk", lambda p: (p["location"].update(compared=compared(49.93)), p.update(certainty="likely"))),
    "disagreement within the accuracy": place("karsk", lambda p: p["location"].update(compared=compared(49.923))),
    "outside-parent with a note": ("places.geojson", lambda fs: (shift("tarn", [-30.9, 49.6])[1](fs), place("tarn", lambda p: p.update(note="Told so."))[1](fs))),
    "no-credit with a credit": source(licence="CC BY 4.0", credit="Somebody"),
    "no-credit of facts alone": source(licence="CC BY-SA 4.0; only facts are taken"),
    "label-unknown of what is described": place("osk", lambda p: p.update(label="River north of Tarn")),
    "loaded-word quoted": place("osk", lambda p: p.update(note="The report says “occupied”.")),
    "loaded-word in a name": place("osk", lambda p: (p["names"][0].update(text="Martyrs Square"), p.update(label="Martyrs Square"))),
    "label-unknown in other letters": place("osk", lambda p: p.update(label="OSK")),
    "same-name-near told apart": ("places.geojson", lambda fs: (shift("milford-south", [-31.0, 50.51])[1](fs), *(place(id_, lambda p: p.update(note="There are two."))[1](fs) for id_ in ("milford-north", "milford-south")))),
    "duplicate-concordance superseded": place("tarn", lambda p: p.update(concordances={"geonames": "1"}, superseded_by="karsk")),
}  # fmt: skip


@pytest.mark.parametrize("case", ALLOWED)
def test_what_is_no_fault_is_not_told(pack, case):
    before = check_packs(load_gazetteer(pack))
    rewrite(pack, *ALLOWED[case])
    code = case.split(" ")[0]
    assert [
        p for p in check_packs(load_gazetteer(pack)) if p.code == code and p not in before
    ] == []


def test_a_second_source_makes_certain(pack):
    rewrite(
        pack,
        *place(
            "karsk",
            lambda p: p["location"].update(
                compared=[{**compared(49.92)[0], "source": {"source": "second"}}]
            ),
        ),
    )
    assert "tiny/place karsk" not in {
        p.where for p in check_packs(load_gazetteer(pack)) if p.code == "one-source"
    }


def test_shapes_of_two_packs_have_two_ids(pack, tiny_folder):
    rewrite(pack, "pack.json", lambda p: p.update(id="other"))
    found = check_packs(load_gazetteer(pack, tiny_folder), only=["other"])
    assert {p.where for p in found if p.code == "duplicate-id" and "shape" in p.where} == {
        f"other/shape {shape.id}" for shape in load_gazetteer(tiny_folder).all_shapes
    }


def test_candidates_are_counted(pack):
    (pack / "candidates.geojson").write_text('{"features": [{"id": "a"}, {"id": "b"}]}')
    (told,) = [p for p in check_packs(load_gazetteer(pack)) if p.code == "candidates-waiting"]
    assert (told.severity, told.message) == ("note", "candidates that nobody has confirmed: 2")
    (pack / "candidates.geojson").write_text("[")
    assert {"malformed-record"} <= {p.code for p in check_packs(load_gazetteer(pack))}


# -- both sides alike ------------------------------------------------------------------------------


def settlements(country, count, **more):
    """Villages of one side of the invented pack."""
    spot = {"accuracy_m": 500, "kind": "site", "sources": [CITE]}
    named = {"language": "en", "script": "Latn", "status": "official", "source": CITE}
    return [
        {
            "type": "Feature",
            "id": f"v-{country}-{n:03}",
            "geometry": {"type": "Point", "coordinates": [-30.5, 49.5]},
            "properties": {
                "kind": "settlement", "feature": {"class": "P", "code": "PPL", "word": "village"},
                "location": {**spot, **more}, "label": f"V {country} {n}", "certainty": "likely",
                "names": [{**named, "text": f"V {country} {n}", "user": country}],
                "de_jure": [{"parent": country, "source": CITE}],
            },
        }
        for n in range(count)
    ]  # fmt: skip


def unbalanced(pack, *features):
    rewrite(
        pack, "places.geojson", lambda fs: (fs.extend(features), fs.sort(key=lambda f: f["id"]))
    )
    return [p for p in check_packs(load_gazetteer(pack)) if p.code == "unbalanced"]


def test_sides_that_are_alike_are_not_told(pack):
    assert unbalanced(pack, *settlements("norland", 30), *settlements("sudria", 40)) == []


def test_a_side_with_much_more_is_told_with_the_reason(pack):
    second = {"compared": [{"lat": 49.5, "lon": -30.5, "source": {"source": "second"}}]}
    told = unbalanced(pack, *settlements("norland", 130, **second), *settlements("sudria", 25))
    assert {p.message.split(":")[0] for p in told} == {
        "places", "names used", "share of places with a second source",
    }  # fmt: skip
    assert all(p.severity == "warning" and "Sudria" in p.remedy for p in told)
    assert any("weaker evidence" in p.message for p in told)


def test_a_few_places_are_no_balance(pack):
    assert unbalanced(pack, *settlements("norland", 130)) == []


# -- through the command ---------------------------------------------------------------------------


def run_check(capsys, *words):
    code = main(["gazetteer", "check", *map(str, words)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


BAD_INPUT = {
    "latitude 91": (shift("osk", [-30.6, 91]), "lat 91"),
    "a name of 10,000 characters": (name(text="O" * 10_000), "longer than 120"),
    "a right-to-left override": (name(text="Osk\u202e"), "control or invisible"),
    "a duplicate id": (("places.geojson", lambda fs: fs.append(fs[-1])), "already used"),
    "a circular parent": (FAULTS["parent-circle"], "lies in itself"),
    "an unknown field": (place("osk", lambda p: p.update(colour="red")), "colour"),
    "a word for a number": (place("osk", lambda p: p.update(extent_m="wide")), "int"),
    "a day that is none": (name(**{"from": "2020-02-30"}), "date"),
    "no geometry": (("places.geojson", lambda fs: fs[0].pop("geometry")), "geometry"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_told_with_where_and_what_to_do(pack, capsys, case):
    (file, change), said = BAD_INPUT[case]
    rewrite(pack, file, change)
    code, printed, talk = run_check(capsys, pack)
    assert code == 1
    lines = [line for line in printed.splitlines() if line.startswith("error: tiny/")]
    assert any(said in line and ";" in line and line.endswith("]") for line in lines)
    assert max(map(len, printed.splitlines())) < 600
    assert "\u202e" not in printed
    assert "1 errors" in talk or "2 errors" in talk or "3 errors" in talk


@pytest.mark.parametrize(
    "file", ["places.geojson", "sources.json", "shapes.geojson", "actors.json"]
)
def test_malformed_json_costs_one_file(pack, capsys, file):
    (pack / file).write_text('{"type": "FeatureCollection", "features": [')
    code, printed, _ = run_check(capsys, pack)
    assert code == 1
    assert f"error: tiny/{file}: cannot be read" in printed


def test_a_folder_without_pack_json_is_no_pack(tmp_path, capsys):
    code, printed, talk = run_check(capsys, tmp_path)
    assert (code, printed) == (2, "")
    assert "pack.json" in talk


def test_malformed_pack_json_is_told(pack, capsys):
    (pack / "pack.json").write_text("{")
    code, _, talk = run_check(capsys, pack)
    assert code == 2
    assert "pack.json cannot be used" in talk


def test_alike_warnings_are_cut_and_all_are_there_for_who_asks(pack, capsys):
    ask = [run_check(capsys, pack, *more)[1].splitlines() for more in ((), ("--all",), ("--json",))]
    few, every, as_json = ask
    assert sum("[one-source]" in line for line in few) == 6
    assert few[-1].endswith("more of this kind; --all tells each [one-source]")
    assert len(every) == len(as_json) > len(few)
    whole = {"code", "message", "where", "remedy", "severity"}
    assert all(json.loads(line).keys() == whole for line in as_json)


def test_three_thousand_places_take_seconds(pack):
    """Counted, not timed: each place is looked at by no rule together with every other."""
    rewrite(pack, "places.geojson", lambda fs: fs.extend(settlements("norland", 3_000)))
    gazetteer = load_gazetteer(pack)
    calls = 0

    def count(frame, event, _):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        check_packs(gazetteer)
    finally:
        sys.setprofile(None)
    assert calls < 400 * 3_000


# -- geometries and files --------------------------------------------------------------------------


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
