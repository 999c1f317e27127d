"""The nearest of many keys: against a comparison with all of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from geo.folding import whole_key
from geo.lookup import nearest
from geo.lookup.nearest import NearestKeys

# Few letters, so that keys are near one another in many ways.
KEY = st.text("abc ", max_size=11)


def by_comparing_all(key, keys, edits):
    least = min((OSA.distance(key, other) for other in keys), default=edits + 1)
    if least > edits:
        return (), 0
    return tuple(sorted({other for other in keys if OSA.distance(key, other) == least})), least


@settings(max_examples=400, deadline=None)
@given(st.lists(KEY, max_size=25), KEY, st.integers(0, 2))
def test_all_that_are_nearest_are_given_and_no_other(keys, key, edits):
    assert NearestKeys(keys).nearest(key, edits=edits) == by_comparing_all(key, keys, edits)


@settings(max_examples=300, deadline=None)
@given(st.text("abcdefghijkl", min_size=3, max_size=14), st.data())
def test_two_swaps_of_neighbours_are_found_wherever_they_stand(key, data):
    typed = list(key)
    first = data.draw(st.integers(0, len(key) - 2))
    typed[first : first + 2] = typed[first + 1], typed[first]
    if len(key) - first > 3:
        second = data.draw(st.integers(first + 2, len(key) - 2))
        typed[second : second + 2] = typed[second + 1], typed[second]
    typed = "".join(typed)
    assert NearestKeys([key]).nearest(typed).keys == (key,)


@pytest.mark.parametrize(
    ("typed", "expected", "edits"),
    [
        ("stepanakret", "stepanakert", 1),
        ("setpanakret", "stepanakert", 2),
        ("stepanakertts", "stepanakert", 2),
        ("epanakert", "stepanakert", 2),
        ("uper karabakh", "upper karabakh", 1),
        ("upperkarabakh", "upper karabakh", 1),
        ("", "", 0),
    ],
)
def test_kinds_of_slips(typed, expected, edits):
    keys = ("stepanakert", "upper karabakh", "stepnoye")
    found = NearestKeys(keys).nearest(typed)
    assert (found.keys[:1], found.edits) == ((expected,) if expected else (), edits)


def test_few_keys_are_compared(monkeypatch):
    keys = [f"{a}{b}{c}{d}{e}" for a in "kmn" for b in ("al", "er") for c in ("ta", "shi", "go")
            for d in ("vel", "dor", "ra") for e in ("bad", "kert", "lu", "van")]  # fmt: skip
    keys += [f"upper {key}" for key in keys]
    compared = []
    extract = nearest.extract

    def counted(key, choices, **how):
        compared.append(len(choices))
        return extract(key, choices, **how)

    monkeypatch.setattr(nearest, "extract", counted)
    table = NearestKeys(keys)
    for key in keys:
        assert table.nearest(key + "x").keys == (key,)
    # Of a comparison with all, each typing error would take as many as there are keys.
    assert sum(compared) < len(keys) ** 2 / 4


def test_misspelt_names_of_a_gazetteer(tiny_gazetteer):
    typed = ["Kask", "Karsk", "Soköll", "Сокола", "Zyxwvut", "", "?!", "K" * 50_000]
    found = list(tiny_gazetteer.suggest(typed))
    assert [[tuple(s) for s in suggestions] for suggestions in found] == [
        [("Kärsk", 1)], [("Kärsk", 0)], [("Sokol", 1)], [("Сокол", 1)], [], [], [], [],
    ]  # fmt: skip


def test_fewer_edits_give_less(tiny_gazetteer):
    assert list(tiny_gazetteer.suggest(["Faarhavven"], edits=1)) == [()]
    ((found,),) = tiny_gazetteer.suggest(["Faarhavven"])
    assert (found.name, found.edits) == ("Farhaven", 2)


def test_what_is_suggested_is_a_name_within_so_many_edits(tiny_gazetteer):
    names = [form.text for place in tiny_gazetteer.places.values() for form in place.names]
    for name in names:
        typed = name[:-1] + "ž" + name[-1:]
        (found,) = tiny_gazetteer.suggest([typed])
        assert found
        for suggestion in found:
            assert suggestion.name in names
            assert suggestion.edits <= OSA.distance(whole_key(typed), whole_key(name)) <= 2
