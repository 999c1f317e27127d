"""Words that report an armed event."""

import re

import pytest

from geo.events.triggers import find_triggers, main_type
from geo.layers import event_types
from geo.lexicon import table


def types(text):
    return [t.type for t in find_triggers(text) if t.real and t.strength == "act"]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Troops fought near Tarn.", "battle"),
        ("The army shelled Tarn.", "shelling/artillery"),
        ("Tarn came under fire.", "shelling/artillery"),
        ("An air strike hit Tarn.", "air/drone strike"),
        ("A drone struck a lorry in Tarn.", "air/drone strike"),
        ("A ballistic missile hit Tarn.", "missile strike"),
        ("Troops captured Tarn.", "capture/territorial change"),
        ("Troops took control of Tarn.", "capture/territorial change"),
        ("Gunmen massacred villagers in Tarn.", "violence against civilians"),
        ("A truce was agreed in Tarn.", "ceasefire/agreement"),
        ("A car bomb went off in Tarn.", "other"),
    ],
)
def test_each_type_has_its_words(text, type_):
    assert main_type(find_triggers(text)) == type_


@pytest.mark.parametrize(
    "text",
    [
        "Troops could attack Tarn.",
        "If they shelled Tarn, the talks would end.",
        "Tarn was not shelled.",
        "They called for an end to fighting in Tarn.",
        "Nobody attacked Tarn.",
        "They fear an assault on Tarn.",
    ],
)
def test_what_may_be_or_was_not_is_no_event(text):
    assert types(text) == []


def test_a_battle_named_after_a_place_is_a_name():
    assert types("The Battle of Tarn is taught in schools.") == []


def test_the_means_named_first_tell_the_type():
    assert (
        main_type(find_triggers("Mortars and drones were used in fighting near Tarn."))
        == "shelling/artillery"
    )


def test_of_two_acts_the_one_beside_the_place_tells_the_type():
    found = find_triggers("They shot down a jet, and retook Tarn.")
    assert main_type(found) == "capture/territorial change"


def test_the_definite_article_points_back_unless_its_object_follows():
    assert find_triggers("The shelling had eased.")[0].definite
    assert not find_triggers("The seizure of Tarn was announced.")[0].definite


def test_every_type_of_the_vocabulary_has_words_and_every_pattern_compiles():
    assert {row["id"] for row in event_types()} == set(table("triggers")["acts"])
    for patterns in table("triggers")["acts"].values():
        for pattern in patterns:
            re.compile(pattern)
            assert pattern.replace("[A-Z]", "") == pattern.replace("[A-Z]", "").lower(), pattern
