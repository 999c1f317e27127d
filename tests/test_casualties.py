"""Figures of the dead and the wounded."""

import pytest

from geo.events.casualties import find_tolls, read_number


def tolls(text):
    return [(t.number, t.harm, t.kind, t.bound) for t in find_tolls(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("53 of their soldiers had been killed.", [(53, "killed", "military", "")]),
        ("At least 11 troops and a civilian have been killed.",
         [(11, "killed", "military", "at least"), (1, "killed", "civilian", "")]),
        ("31 servicemen were killed on Sunday and 200 wounded.",
         [(31, "killed", "military", ""), (200, "wounded", "", "")]),
        ("Seven of its troops – including a general and a colonel – and a civilian had died.",
         [(7, "killed", "military", ""), (1, "killed", "civilian", "")]),
        ("Seven soldiers, among them two officers, and one civilian died.",
         [(7, "killed", "military", ""), (1, "killed", "civilian", "")]),
        ("Rockets killed 32 civilians, including a child, and injured 125.",
         [(32, "killed", "civilian", ""), (125, "wounded", "", "")]),
        ("Shells hit a market, killing more than 1,200 people.",
         [(1200, "killed", "", "more than")]),
        ("Six police officers and two soldiers wounded, says the ministry.",
         [(6, "wounded", "military", ""), (2, "wounded", "military", "")]),
        ("The death toll rose to 39.", [(39, "killed", "", "")]),
        ("A 12-year-old boy was killed.", [(1, "killed", "civilian", "")]),
        ("Twenty-three people were hurt.", [(23, "wounded", "", "")]),
        ("They killed 84 Sudrians and 47 Norlandic soldiers.",
         [(84, "killed", "", ""), (47, "killed", "military", "")]),
        ("Snipers shot dead 21 people.", [(21, "killed", "", "")]),
        ("No soldiers were killed.", [(0, "killed", "military", "")]),
    ],
)  # fmt: skip
def test_figures_are_read_as_told(text, expected):
    assert tolls(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In 2016, scores were killed in four days of fighting.",
        "Dozens were wounded.",
        "No one was killed, and nobody was hurt.",
        "Heavy losses were inflicted, 30 kilometres from the town.",
        "Three tanks and two helicopters were destroyed.",
        "He was killed at 7 p.m. on 12 May.",
        "",
    ],
)
def test_vague_amounts_and_other_numbers_are_no_figures(text):
    assert tolls(text) == []


def test_each_number_is_counted_for_one_harm():
    found = find_tolls("Two soldiers were killed and five wounded, three of them civilians.")
    assert len({t.start for t in found}) == len(found)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("twelve", 12),
        ("Twenty-three", 23),
        ("1,200", 1200),
        ("ninety", 90),
        ("none of it", None),
        ("", None),
    ],
)
def test_numbers_in_words(words, number):
    assert read_number(words) == number
