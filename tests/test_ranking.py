"""The order of places of one name, and when the first of them is the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.lookup.ranking import KINDS, STATUSES, decides, is_area_around, name_rank, reasons

FACTS = {"how": "exact", "valid": True, "status": "official", "kind": "settlement"}


@pytest.mark.parametrize(
    "worse",
    [{"how": "romanised"}, {"valid": False}, {"status": "former"}, {"kind": "district"},
     {"status": "misspelling"}, {"status": "no such"}, {"kind": "no such"}],
)  # fmt: skip
def test_each_fact_counts(worse):
    assert name_rank(**FACTS) < name_rank(**{**FACTS, **worse})


def test_validity_counts_more_than_all_else():
    now = {**FACTS, "how": "folded", "status": "alternate", "kind": "macro", "km": 900}
    assert name_rank(**now) < name_rank(**{**FACTS, "valid": False, "km": 1})


@pytest.mark.parametrize(
    ("other", "decided"),
    [({"valid": False}, True), ({"status": "misspelling"}, True), ({"how": "romanised"}, False),
     ({"status": "former"}, False), ({"kind": "district"}, False), ({"km": 4.0}, False),
     ({"km": 6.0}, True)],
)  # fmt: skip
def test_what_decides(other, decided):
    assert decides(
        name_rank(**{**FACTS, "km": 0.5}), name_rank(**{**FACTS, "km": 0.5, **other})
    ) is (decided)


def test_twice_as_far_decides_and_less_does_not():
    ten = name_rank(**FACTS, km=10)
    assert not decides(ten, name_rank(**FACTS, km=19))
    assert decides(ten, name_rank(**FACTS, km=21))


@given(st.sampled_from(STATUSES), st.sampled_from(KINDS), st.booleans())
def test_nothing_decides_against_itself(status, kind, valid):
    rank = name_rank(how="exact", valid=valid, status=status, kind=kind)
    assert not decides(rank, rank)


def test_reasons_in_words():
    facts = {"how": "folded", "valid": False, "status": "former", "word": "town"}
    assert reasons(**facts, km=3.2, on="2020-01-01") == (
        "same name in other letters", "former name", "town", "not valid on 2020-01-01",
        "3 km from the point given",
    )  # fmt: skip


AREA = {"town": "settlement", "reaches": True, "chain": ("shire", "land"), "above": ("land",)}


@pytest.mark.parametrize(
    ("changed", "around"),
    [({}, True), ({"reaches": False}, False), ({"above": ("other",)}, False),
     ({"reaches": False, "above": ("shire", "land")}, True), ({"town": "feature"}, False),
     ({"above": ()}, False)],
)  # fmt: skip
def test_the_area_around_a_town_of_its_name(changed, around):
    assert is_area_around("province", **{**AREA, **changed}) is around
    assert not is_area_around("country", **{**AREA, **changed})


def test_a_town_goes_before_a_village_whatever_the_status_of_its_name():
    town = name_rank(**{**FACTS, "status": "romanised", "extent_m": 3_000})
    village = name_rank(**{**FACTS, "extent_m": 1_500})
    assert town < village
    assert village < name_rank(**{**FACTS, "kind": "district", "extent_m": 20_000})
    country = name_rank(**{**FACTS, "kind": "country"})
    assert country < name_rank(**{**FACTS, "extent_m": 3_000})
    assert not decides(town, village)
