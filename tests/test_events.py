"""Events: where, when, of what type, and what is none."""

import datetime as dt

import pytest

from geo.articles import article_from_text
from geo.pipeline import read

PUBLISHED = dt.date(2031, 3, 12)  # a Wednesday


def events(text, gazetteer, **given):
    return read(article_from_text(text, published=PUBLISHED, **given), gazetteer).events


def places(event):
    return [(p.place_id, p.relation, p.precision) for p in event.places]


def test_a_direction_rests_on_each_town_of_its_list(tiny_gazetteer):
    [event] = events(
        "Sudrian troops attacked on Tuesday"
        " in the direction of the town of Karsk, as well as Sokol.",
        tiny_gazetteer,
    )
    assert places(event) == [
        ("karsk", "direction", "direction"),
        ("sokol", "direction", "direction"),
    ]
    assert event.date_start == dt.date(2031, 3, 11)


def test_a_district_is_no_town(tiny_gazetteer):
    [event] = events("Sudrian troops shelled the Tarn district on Tuesday.", tiny_gazetteer)
    assert places(event) == [("tarn-district", "in", "district")]


def test_a_section_of_the_border_rests_on_the_place_that_the_text_is_about(tiny_gazetteer):
    text = (
        "Fighting in Greyfen\n\n"
        "Norlandic and Sudrian troops exchanged fire on Sunday"
        " in the northern section of their border."
    )
    [event] = [e for e in events(text, tiny_gazetteer) if e.date_start]
    [place] = event.places
    assert (place.place_id, place.relation, place.precision) == (
        "greyfen",
        "section-of-border",
        "border",
    )
    assert (place.shape_id, place.part) == ("norland-sudria-border", ("N",))


def test_two_acts_in_one_sentence_are_two_events(tiny_gazetteer):
    found = events(
        "There was fighting around Karsk on Tuesday, and the Sudrian army shelled Tarn.",
        tiny_gazetteer,
    )
    first, second = ((e.type, e.places[0].place_id) for e in found)
    assert first == ("battle", "karsk")
    assert (second[0], second[1][:4]) == ("shelling/artillery", "tarn")


def test_what_contains_a_site_is_none(tiny_gazetteer):
    [event] = events("Shells fell on Karsk in Greyfen, Norland, on Tuesday.", tiny_gazetteer)
    assert [p.place_id for p in event.places] == ["karsk"]


@pytest.mark.parametrize(
    "text",
    [
        "Varden urged restraint after the violence.",
        "Talks on Karsk were held in Varden.",
        "Norland could attack Karsk.",
        "Karsk lies far from the fighting.",
        "An analyst based in Varden spoke of war.",
    ],
)
def test_capitals_talks_and_what_may_be_give_no_event(text, tiny_gazetteer):
    assert [e for e in events(text, tiny_gazetteer) if not e.background] == []


def test_history_is_background_and_has_no_invented_day(tiny_gazetteer):
    [event] = events("In 1994 there was fighting in Karsk.", tiny_gazetteer)
    assert event.background
    assert event.date_start is None
    assert event.date_text == "In 1994"[3:]


def test_one_place_day_and_type_is_one_event_however_often_told(tiny_gazetteer):
    text = (
        "Fighting near Karsk\n\n"
        "There was fighting near Karsk on Tuesday. On Tuesday there was fighting near Karsk."
    )
    assert len(events(text, tiny_gazetteer)) == 1


def test_a_loss_without_a_place_belongs_to_the_event_before_it(tiny_gazetteer):
    [event] = events(
        "Sudrian troops shelled Karsk on Tuesday. Two civilians were killed in the shelling.",
        tiny_gazetteer,
    )
    assert event.deaths == 2
    assert [(f.killed, f.kind) for f in event.figures] == [(2, "civilian")]


def test_what_the_whole_war_has_cost_is_no_event_of_these_days(tiny_gazetteer):
    text = "Sudrian troops shelled Karsk on Tuesday. The war has killed 6,000 people."
    assert [e.deaths for e in events(text, tiny_gazetteer)] == [None]


def test_an_unknown_village_is_given_without_a_point(tiny_gazetteer):
    [event] = events("Sudrian troops shelled the village of Qworzh on Tuesday.", tiny_gazetteer)
    [place] = event.places
    assert (place.place, place.place_id, place.lat, place.precision) == ("Qworzh", "", None, "none")


def test_ids_hang_on_the_sentence_not_on_where_it_stands(tiny_gazetteer):
    text = "Sudrian troops shelled Karsk on Tuesday."
    [one] = events(text, tiny_gazetteer, title="A title")
    more = events("A first line that says nothing.\n\n" + text, tiny_gazetteer, title="A title")
    assert one.id.split("-")[1] != ""
    assert len({e.id for e in more}) == len(more)


def test_evidence_and_trigger_slice_back(tiny_gazetteer):
    text = "Nothing here.\n\nSudrian troops shelled Karsk on Tuesday."
    [event] = events(text, tiny_gazetteer)
    assert text[event.start : event.end] == "Sudrian troops shelled Karsk on Tuesday."
    assert text[event.trigger_start : event.trigger_end] == "shelled"


def test_links_to_other_stories_tell_no_event(tiny_gazetteer):
    assert events("READ MORE: Sudrian troops shelled Karsk on Tuesday", tiny_gazetteer) == ()


def test_a_distance_that_the_map_contradicts_is_told(tiny_gazetteer):
    text = "Troops fought in Karsk on Tuesday. The clashes took place some 900 km from Sokol."
    problems = read(article_from_text(text, published=PUBLISHED), tiny_gazetteer).problems
    assert [p.code for p in problems] == ["distance-contradicted"]


def test_a_sentence_printed_again_tells_no_further_losses(tiny_gazetteer):
    said = "Norland said that shelling of Varden by Sudrian forces had killed three soldiers."
    own = "Shelling of Sokol on Monday killed two civilians and wounded five more."
    found = events(f"{own} {said} {own} {said}", tiny_gazetteer)
    told = [(e.places[0].place_id, e.deaths, e.wounded, len(e.retold)) for e in found]
    assert told == [("sokol", 2, 5, 1), ("varden", 3, None, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Tarn District, shells killed two at Karsk on Tuesday.", [["karsk"]]),
        ("North of Sokol, shells killed two at Karsk on Tuesday.", [["karsk"]]),
        ("Near Sokol, two died on Tuesday.", [["sokol"]]),
        ("Two died in Karsk on Tuesday, the worst toll since war broke out in Sokol.", [["karsk"]]),
        ("Two have died in shelling since fighting began in Karsk on Tuesday.", [["karsk"]]),
        ("The army has lost Karsk.", [["karsk"]]),
        ("Troops fired at Karsk on Tuesday.", [["karsk"]]),
        ("A clash ensued near Karsk on Tuesday.", [["karsk"]]),
    ],
)
def test_where_an_act_was(text, expected, tiny_gazetteer):
    found = [[p.place_id for p in e.places] for e in events(text, tiny_gazetteer)]
    assert [sorted(p.split("-")[0] for p in places) for places in found] == expected


def test_what_another_act_follows_is_no_event_of_its_own(tiny_gazetteer):
    text = "Shells hit Karsk on Tuesday.\n\nThe unrest follows two bombings on Monday."
    assert [e.type for e in events(text, tiny_gazetteer)] == ["shelling/artillery"]


def test_a_states_own_toll_is_of_the_area_that_the_text_is_about(tiny_gazetteer):
    text = (
        "Fighting in Greyfen\n\nThere was fighting across Greyfen on Tuesday."
        " Norlandic troops shelled Karsk on Tuesday, Sudria said. Norland reported 24 dead."
    )
    found = [e for e in events(text, tiny_gazetteer) if e.deaths == 24]
    assert [[p.place_id for p in e.places] for e in found] == [["greyfen"]]


def test_a_year_of_violations_is_no_event_of_these_days(tiny_gazetteer):
    text = "Shells hit Karsk on Tuesday. Sudria broke the truce 2,000 times this year, killing 21."
    assert [e.deaths for e in events(text, tiny_gazetteer)] == [None]


def test_a_border_not_on_record_is_its_states_and_not_the_main_place(tiny_gazetteer):
    text = (
        "Two states on the brink\n\nShells hit Karsk on Monday, killing two.\n\n"
        "Norland and Farland were at odds. Troops traded fire along their border on Tuesday."
    )
    places = [e.places[0].place_id for e in events(text, tiny_gazetteer)]
    assert places == ["karsk", "norland"]
