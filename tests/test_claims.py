"""Who says it and who denies it."""

import datetime as dt

import pytest

from geo.articles import article_from_text
from geo.pipeline import read


def reading(text, gazetteer):
    return read(article_from_text(text, published=dt.date(2031, 3, 12)), gazetteer)


def claims(text, gazetteer):
    """(who asserts, who denies) of each event that is not history."""
    return [
        (e.claimed_by, e.denied_by) for e in reading(text, gazetteer).events if not e.background
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Norlandic defence ministry said that Sudrian troops shelled Karsk on Tuesday.",
        "According to the Norlandic defence ministry, Sudrian troops shelled Karsk on Tuesday.",
        "Sudrian troops shelled Karsk on Tuesday, the Norlandic defence ministry said.",
        "Sudrian troops shelled Karsk on Tuesday, said the Norlandic defence ministry.",
        "“Sudrian troops shelled Karsk on Tuesday,” Norlandic President Jan Ek said on Wednesday.",
        "Norland claimed on Wednesday that Sudrian troops had shelled Karsk on Tuesday.",
        "Sudrian troops shelled Karsk on Tuesday, according to Norland.",
    ],
)
def test_one_claimant_in_every_turn_of_phrase(text, tiny_gazetteer):
    assert claims(text, tiny_gazetteer) == [(("Norland",), ())]


def test_the_point_of_a_sentence_is_no_part_of_a_speaker(tiny_gazetteer):
    text = "Seven died when shells hit Karsk on Tuesday, according to Ayder Hospital."
    assert claims(text, tiny_gazetteer) == [(("Ayder Hospital",), ())]


def test_the_article_may_speak_in_its_own_voice(tiny_gazetteer):
    assert claims("Shells fell on Karsk on Tuesday.", tiny_gazetteer) == [((), ())]


@pytest.mark.parametrize(
    "text",
    [
        "Heavy artillery shelled Karsk on Tuesday, both sides said. Norland and Sudria are at war.",
        "Norland and Sudria both said that Karsk was shelled on Tuesday.",
    ],
)
def test_both_sides_may_assert(text, tiny_gazetteer):
    [(asserts, denies)] = claims("Norlandic and Sudrian forces met. " + text, tiny_gazetteer)
    assert set(asserts) == {"Norland", "Sudria"}
    assert not denies


def test_a_denial_covers_every_report_just_listed_and_keeps_its_second_half(tiny_gazetteer):
    text = (
        "Norland's defence ministry said that Sudrian troops"
        " attacked Karsk on Tuesday and shelled Tarn. "
        "The ministry said that there was fighting around Sokol. "
        "Sudria denied those reports but confirmed fighting near Milford on Monday."
    )
    found = reading(text, tiny_gazetteer)
    told = {e.places[0].place_id: e for e in found.events}
    for place in ("karsk", "sokol"):
        assert told[place].claimed_by == ("Norland",)
        assert told[place].denied_by == ("Sudria",)
        [denial] = [c for c in told[place].claims if c.stance == "denies"]
        assert "confirmed fighting near Milford" in found.article.text[denial.start : denial.end]
    [other] = [e for e in found.events if e.places[0].place_id.startswith("milford")]
    assert other.claimed_by == ("Sudria",)
    assert other.denied_by == ()


def test_a_single_denial_answers_only_what_was_told_last(tiny_gazetteer):
    text = (
        "Norland said that Sudrian troops captured Karsk on Monday. "
        "Norland said that a Sudrian jet was shot down over Sokol on Tuesday. "
        "Sudria issued a denial."
    )
    assert claims(text, tiny_gazetteer) == [(("Norland",), ()), (("Norland",), ("Sudria",))]


def test_a_rumour_that_is_only_denied_is_no_event(tiny_gazetteer):
    assert (
        claims("Sudria denied that its troops had shelled Karsk on Tuesday.", tiny_gazetteer) == []
    )


def test_they_and_the_ministry_are_who_spoke_last(tiny_gazetteer):
    text = (
        "Norland said that Karsk was shelled on Monday. "
        "They said earlier that two soldiers had been killed in Tarn on Sunday."
    )
    assert claims(text, tiny_gazetteer) == [(("Norland",), ()), (("Norland",), ())]


def test_losses_of_two_speakers_in_one_sentence_are_told_apart(tiny_gazetteer):
    text = (
        "There was fighting in Karsk on Tuesday. "
        "Norland said seven of its troops died on Tuesday, "
        "and Sudria said four of its troops had been killed."
    )
    figures = {f.claimed_by: f for e in reading(text, tiny_gazetteer).events for f in e.figures}
    assert (figures[("Norland",)].killed, figures[("Norland",)].side) == (7, "Norland")
    assert (figures[("Sudria",)].killed, figures[("Sudria",)].side) == (4, "Sudria")


def test_swapping_the_sides_gives_the_mirror_image(tiny_gazetteer):
    text = (
        "The Norlandic army said that Sudrian troops shelled Karsk on Tuesday. Sudria denied this."
    )
    swap = {"Norland": "Sudria", "Sudria": "Norland"}
    swapped = text.replace("Norlandic", "@").replace("Sudrian", "Norlandic").replace("@", "Sudrian")
    swapped = swapped.replace("Sudria denied", "Norland denied")
    [(asserts, denies)] = claims(text, tiny_gazetteer)
    assert (asserts, denies) == (("Norland",), ("Sudria",))
    assert claims(swapped, tiny_gazetteer) == [
        (tuple(swap[a] for a in asserts), tuple(swap[d] for d in denies))
    ]


def test_residents_speak_under_their_own_word(tiny_gazetteer):
    assert claims("Local residents said Karsk was shelled on Tuesday.", tiny_gazetteer) == [
        (("Local residents",), ())
    ]


def test_hedges_are_kept(tiny_gazetteer):
    text = "Norland said that Sudrian troops had reportedly shelled Karsk on Tuesday."
    [event] = reading(text, tiny_gazetteer).events
    assert event.claims[0].hedge == "reportedly"


@pytest.mark.parametrize(
    "text",
    [
        "Norland launched an attack. Its defence ministry said two died in Karsk on Tuesday.",
        "Norland spoke of war. Its border service said that shells hit Karsk on Tuesday.",
    ],
)
def test_its_own_body_speaks_for_the_party_before_it(text, tiny_gazetteer):
    assert claims(text, tiny_gazetteer)[-1] == (("Norland",), ())


def test_fire_that_is_denied_by_its_place_keeps_claimant_and_denier(tiny_gazetteer):
    text = (
        "Norland said that Sudrian troops shelled Karsk on Tuesday."
        " Sudria's defence ministry denied that its men had fired at Karsk."
    )
    assert claims(text, tiny_gazetteer) == [(("Norland",), ("Sudria",))]


def test_a_body_that_only_begins_with_a_states_name_speaks_for_itself(tiny_gazetteer):
    told = "Sudrian troops shelled Karsk on Tuesday, the Norland {} said."
    assert claims(told.format("Doctors Network"), tiny_gazetteer) == [
        (("Norland Doctors Network",), ())
    ]
    assert claims(told.format("Defence Ministry"), tiny_gazetteer) == [(("Norland",), ())]
