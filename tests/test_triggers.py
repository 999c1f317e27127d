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


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Rebels drove the army out of Tarn.", "capture/territorial change"),
        ("The town fell into the hands of rebels.", "capture/territorial change"),
        ("Troops hoisted their flag over Tarn.", "capture/territorial change"),
        ("Jets pounded the outskirts of Tarn.", "air/drone strike"),
        ("Barrel bombs fell on Tarn.", "air/drone strike"),
        ("Troops fired at posts near Tarn.", "shelling/artillery"),
        ("They reported a cease-fire violation near Tarn.", "shelling/artillery"),
        ("Both sides traded heavy fire near Tarn.", "shelling/artillery"),
        ("Gunmen torched houses in Tarn.", "violence against civilians"),
        ("A commander was assassinated in Tarn.", "violence against civilians"),
        ("A blast hit a bus in Tarn.", "other"),
        ("A booby-trapped car killed two in Tarn.", "other"),
        ("Soldiers exchanged shots near Tarn.", "battle"),
        ("The quarter was razed.", "battle"),
        ("They were killed in clashes as a mine exploded.", "battle"),
    ],
)
def test_words_of_one_meaning_tell_the_same(text, type_):
    assert main_type(find_triggers(text)) == type_


@pytest.mark.parametrize(
    "text",
    [
        "Rebels often clash with the army in Tarn.",
        "They failed to capture Tarn.",
        "They gave up hopes of capturing Tarn.",
        "Attacks on Tarn would be stepped up.",
        "Tarn is in range of the artillery.",
    ],
)
def test_what_is_usual_failed_or_to_come_is_no_event(text):
    assert types(text) == []


def test_a_doubt_a_clause_away_is_none_of_the_act():
    assert types("Tired of a lack of progress in years of talks there, the group bombed Tarn.")


def test_a_phrase_that_reports_nothing_hides_no_word_behind_it():
    text = "Norlandic warplanes and artillery units destroyed a depot."
    assert [t.word for t in find_triggers(text)] == ["destroyed"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The rebels took Tarn on Sunday.", ["took"]),
        ("The army has denied losing Tarn.", ["losing"]),
        ("A day later Tarn fell.", ["fell"]),
        ("Tarn, a port in the east, finally collapsed.", ["collapsed"]),
        ("Rents in Tarn fell.", []),
        ("Tarn fell by a third.", []),
        ("The rebels took tea, not Tarn.", []),
    ],
)
def test_what_is_taken_or_falls_is_told_by_its_name(text, words):
    names = [match.span() for match in re.finditer("Tarn", text)]
    assert [t.word for t in find_triggers(text, names)] == words
    assert find_triggers(text) == ()
