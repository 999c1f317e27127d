"""Places along a line and around a place; how exactly each is known; sources that disagree."""

import json
import shutil

import pytest
from running import ROOT

from geo.cli import main
from geo.lookup.distances import geodesic

DATA = ROOT / "tests" / "data"
TINY = ["--pack", str(DATA / "tiny")]


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def run(capsys):
    """Run a command: code, lines of stdout, stderr."""

    def run(*words):
        code = main(list(words))
        out, err = capsys.readouterr()
        return code, out.splitlines(), err

    return run


@pytest.fixture
def disputed(tmp_path):
    """A pack in which another source puts Varden farther off than it may be, and Sokol not."""
    folder = tmp_path / "tiny"
    shutil.copytree(DATA / "tiny", folder)
    path = folder / "places.geojson"
    document = json.loads(path.read_text("utf-8"))
    for place, lon in (("varden", -31.35), ("sokol", -30.499)):
        record = next(p for p in document["features"] if p["id"] == place)
        lat = record["geometry"]["coordinates"][1]
        record["properties"]["location"]["compared"] = [
            {"lat": lat, "lon": lon, "source": {"source": "invented", "record": "map 2"}}
        ]
    path.write_text(json.dumps(document), "utf-8")
    return ["--pack", str(folder)]


# -- between ---------------------------------------------------------------------------------------


def test_places_stand_in_their_order_along_the_line(run):
    code, lines, err = run("between", "Varden", "Sokol", "--km", "40", *TINY)
    assert (code, err) == (0, "")
    assert lines[0] == ("210.4 km from Varden to Sokol; geodesic on WGS 84, 40 km to either side")
    assert lines[1] == "  Varden (capital)  varden  [within 500 m; certain; invented varden]"
    ids = [line.split("  [")[0].split()[-1] for line in lines[3:]]
    assert ids == [
        "milford-north", "tarn", "dalmara", "ellis-airfield", "karsk", "osk", "milford-south",
    ]  # fmt: skip
    along = [float(line.split()[0]) for line in lines[3:]]
    assert along == sorted(along)


def test_how_far_along_and_off(run):
    code, lines, _ = run("between", "50,-31", "50,-30", "--json", "--km", "30", *TINY)
    assert code == 0
    found = [json.loads(line) for line in lines]
    dalmara = next(record for record in found if record["id"] == "dalmara")
    # Dalmara lies at 50.05 north, 30.8 west: to the left of who goes east, a fifth along.
    assert dalmara["side"] == "left"
    assert dalmara["along_km"] == pytest.approx(14.3, abs=0.1)
    assert dalmara["off_km"] == pytest.approx(5.5, abs=0.1)
    assert (dalmara["accuracy_m"], dalmara["certainty"]) == (200, "likely")
    assert dalmara["location_sources"] == ["invented dalmara"]
    aside = {record["id"]: record["side"] for record in found}
    assert (aside["karsk"], aside["dalmara"]) == ("right", "left")
    for record in found:
        km, _ = geodesic(lat=50, lon=-31, to_lat=record["lat"], to_lon=record["lon"])
        assert km**2 == pytest.approx(record["along_km"] ** 2 + record["off_km"] ** 2, rel=0.001)


def test_ends_areas_and_what_lies_beyond_are_left_out(run):
    _, lines, _ = run("between", "karsk", "dalmara", "--json", "--km", "50", *TINY)
    ids = {json.loads(line)["id"] for line in lines}
    assert ids == {"ellis-airfield"}  # the foot of Osk lies before Kärsk
    across = ("between", "milford-south", "Varden", "--json", "--km", "90", *TINY)
    assert "greyfen" not in {json.loads(line)["id"] for line in run(*across)[1]}
    (line,) = run(*across, "--kind", "region")[1]
    assert json.loads(line)["id"] == "greyfen"


def test_nothing_between_is_told(run):
    code, lines, err = run("between", "Sokol", "milford-south", "--km", "1", *TINY)
    assert (code, len(lines)) == (1, 3)
    assert err == "clashmap: nothing between them within 1 km of the line; try --km\n"


# -- near ------------------------------------------------------------------------------------------


def test_around_a_place_it_is_not_its_own_neighbour(run):
    _, by_name, _ = run("near", "Kärsk", *TINY)
    assert by_name == run("near", "karsk", *TINY)[1]
    _, by_point, _ = run("near", "49.92,-30.42", *TINY)
    assert by_point[1:] == by_name
    assert by_point[0].startswith("      0.0 km     Kärsk / Karavand (town)  karsk  [")
    assert run("near", "Upper", "Greyfen", *TINY)[0] == 0


def test_kinds_and_words(run):
    _, lines, err = run("near", "karsk", "--kind", "town", "--limit", "1", "--km", "80", *TINY)
    assert len(lines) == 1
    assert "upper-greyfen" in lines[0]
    assert "4 more within 80 km; see --limit" in err
    _, lines, _ = run("near", "karsk", "--kind", "facility", "--json", *TINY)
    assert [json.loads(line)["id"] for line in lines] == ["ellis-airfield"]
    code, lines, err = run("near", "karsk", "--kind", "district", "--km", "5", *TINY)
    assert (code, lines) == (1, [])
    assert "no district within 5 km of Kärsk / Karavand" in err


def test_coordinates_the_other_way_round_are_asked_about(run):
    code, _, err = run("near", "-30.42", "49.92", *TINY)
    assert code == 1
    assert "did you mean LAT LON, 49.92 -30.42, near Kärsk / Karavand?" in err


# -- what sources say ------------------------------------------------------------------------------


def test_a_disagreement_of_sources_is_told_everywhere(run, disputed):
    said = "another source (invented map 2) puts it 3.5 km E"
    _, lines, _ = run("lookup", "Varden", *disputed)
    assert f"  but:     {said}, at 50.80000, -31.35000" in lines
    for words in (["near", "50.8,-31.4"], ["distance", "Varden", "Sokol"],
                  ["between", "Varden", "Sokol"], ["which", "Varden"]):  # fmt: skip
        lines = run(*words, *disputed)[1]
        assert any(f"[within 500 m; certain; invented varden; {said}]" in line for line in lines)
    _, (line,), _ = run("lookup", "Varden", "--json", *disputed)
    assert json.loads(line)["compared"] == [
        {"source": "invented map 2", "lat": 50.8, "lon": -31.35, "km": 3.525, "wind": "E",
         "disagrees": True}
    ]  # fmt: skip


def test_a_source_that_agrees_is_told_as_such(run, disputed):
    _, lines, _ = run("lookup", "Sokol", *disputed)
    agreed = "another source (invented map 2) puts it 0.1 km E, at 49.00000, -30.49900"
    assert f"  agrees:  {agreed}" in lines
    assert not any("another source" in line for line in run("near", "49,-30.5", *disputed)[1])


# -- lookup ----------------------------------------------------------------------------------------


def test_only_what_lies_in_a_place(run):
    code, lines, _ = run("lookup", "Milford", "--in", "Sudria", "--one", *TINY)
    assert code == 0
    assert lines[0] == (
        "milford-south  Milford: matched Milford (exact name, official name, town,"
        " in Sudria (de jure))"
    )
    code, lines, err = run("lookup", "Varden", "--in", "sudria", *TINY)
    assert (code, lines) == (1, [])
    assert err == (
        "clashmap: no place in sudria is called 'Varden'; elsewhere: varden (Varden, capital)\n"
    )
    assert run("lookup", "Varden", "--in", "Nowhere", *TINY)[0] == 1


def test_names_of_a_script_come_first(run):
    _, lines, _ = run("lookup", "Kärsk", "--script", "cyrl", *TINY)
    assert lines[0].startswith("karsk  Карск (Kärsk / Karavand): matched Kärsk")
    assert lines[3] == "  names:   Карск  (exonym; ru, Cyrl)"
    _, (line,), _ = run("lookup", "Kärsk", "--script", "Armn", "--json", *TINY)
    record = json.loads(line)
    assert (record["script"], record["name"], record["names"][0]["text"]) == (
        "Armn", "Կարսկ", "Կարսկ",
    )  # fmt: skip
    _, (line,), _ = run("lookup", "Tarn", "--one", "--script", "Geor", "--json", *TINY)
    assert json.loads(line)["name"] is None


def test_what_was_so_on_a_day_comes_first_and_the_rest_is_marked(run):
    _, lines, _ = run("lookup", "karsk", "--on", "2015-06-01", *TINY)
    held = [line for line in lines if "1994-05-12" in line or "from 2020-11-10" in line]
    assert held == [
        "  held by: Sudria, 1994-05-12 to 2020-11-10  [invented]",
        "           Norland, from 2020-11-10  [invented]  not on 2015-06-01",
    ]
    _, (line,), _ = run("lookup", "karsk", "--on", "2022-06-01", "--json", *TINY)
    record = json.loads(line)
    assert [(h["label"], h["valid"]) for h in record["holdings"] if h["what"] == "de facto"] == [
        ("Sudria", False), ("Norland", True),
    ]  # fmt: skip
    assert record["valid"] is True
    assert [n["text"] for n in record["names"] if not n["valid"]] == ["Oldfield"]
    _, lines, _ = run("lookup", "Line of Separation", "--on", "2022-06-01", *TINY)
    assert lines[1].endswith("1994-05-12 to 2020-11-10  not there on 2022-06-01")


def test_ids_are_names(run):
    _, lines, _ = run("lookup", "milford-south", "--one", *TINY)
    assert lines[0] == "milford-south  Milford: matched milford-south (its id, town)"
    code, _, err = run("lookup", "tarn", "--one", *TINY, "--pack", str(DATA / "tinyworld"))
    assert code == 1
    assert "3 places are called 'tarn' and nothing decides" in err
    code, lines, _ = run("lookup", "id:tarn", "--one", *TINY, "--pack", str(DATA / "tinyworld"))
    assert (code, lines[0]) == (0, "tarn  Tarn: matched tarn (its id, town)")


def test_a_parent_behind_a_comma_gets_a_hint(run):
    _, _, err = run("lookup", "Varden, Norland", *TINY)
    assert err == (
        "clashmap: no place is called 'Varden, Norland'; try 'Varden' with --in 'Norland'\n"
    )


@pytest.mark.parametrize("name", ["", " ", "?", "V" * 1_000_000, "\u202egnp.exe", "\x00"])
def test_names_that_are_none(run, name):
    code, lines, err = run("lookup", name, *TINY)
    assert (code, lines) == (1, [])
    assert len(err) < 300
    assert "\u202e" not in err
    assert "\x00" not in err
