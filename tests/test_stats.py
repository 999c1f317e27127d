"""What is in a pack, counted, and its sides against each other."""

import json

import pytest
from running import ROOT

from geo.cli import main
from geo.gazetteer import available_packs, load_gazetteer
from geo.gazetteer.balance import sides

TINY = ROOT / "tests" / "data" / "tiny"


@pytest.fixture
def stats(capsys):
    """Run the command; give its exit code and what it printed."""

    def run(*words):
        code = main(["gazetteer", "stats", *map(str, words)])
        return code, capsys.readouterr().out

    return run


def test_the_sides_are_those_of_the_pack(tiny_gazetteer):
    norland, sudria = sides(tiny_gazetteer, tiny_gazetteer.files[0])
    # Counted by hand in tests/data/tiny: Norland with what lies in it, Greyfen among that.
    assert (norland.id, norland.label, norland.places) == ("norland", "Norland", 10)
    assert (sudria.id, sudria.label, sudria.places) == ("sudria", "Sudria", 3)
    assert (norland.names_used, sudria.names_used) == (2, 4)
    assert (norland.names, sudria.names) == (23, 6)
    assert (norland.with_all_users, sudria.with_all_users) == (1, 0)
    assert (norland.second_source, sudria.second_source) == (0, 0)
    assert (norland.sources, sudria.sources) == (1, 1)
    assert sudria.names_per_place == 2
    assert norland.share(norland.with_all_users) == pytest.approx(0.1)


def test_a_pack_of_no_parties_has_no_sides(tiny_folder):
    gazetteer = load_gazetteer(tiny_folder.parent / "tinyworld")
    assert sides(gazetteer, gazetteer.files[0]) == ()


def test_json_holds_every_table(stats):
    code, printed = stats(TINY, "--json")
    found = json.loads(printed)
    assert code == 0
    assert (found["pack"], found["places"], found["names"]) == ("tiny", 16, 36)
    for table, whole in (
        ("kind", "places"), ("certainty", "places"), ("names per place", "places"),
        ("script", "names"), ("status", "names"), ("user", "names"),
    ):  # fmt: skip
        assert sum(found[table].values()) == found[whole], table
    assert [side["side"] for side in found["balance"]] == ["norland", "sudria"]
    assert found["balance"][0]["with_name_of_every_side"] == 0.1


def test_the_table_is_read_at_a_glance(stats):
    _, printed = stats(TINY)
    lines = printed.splitlines()
    assert lines[0].startswith("tiny: Two invented countries in the Atlantic: 16 places, 36 names")
    head, norland, sudria = lines[-3:]
    columns = [part.strip() for part in head.split("  ") if part]
    assert columns == [
        "side", "places", "names", "names a place", "names used", "sources", "every side's name",
        "second source",
    ]  # fmt: skip
    assert norland.split() == ["Norland", "10", "23", "2.3", "2", "1", "10%", "0%"]
    assert sudria.split() == ["Sudria", "3", "6", "2.0", "4", "1", "0%", "0%"]
    assert len({len(line) for line in (head, norland, sudria)}) == 1


@pytest.mark.parametrize("pack", available_packs())
def test_every_bundled_pack_adds_up(stats, pack):
    found = json.loads(stats(pack, "--json")[1])
    assert found["pack"] == pack
    assert sum(found["kind"].values()) == found["places"] > 0
    assert sum(side["places"] for side in found["balance"]) <= found["places"]
    if found["balance"]:
        assert all(
            side["places"] and side["names"] and side["sources"] for side in found["balance"]
        )
