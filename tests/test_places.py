"""Which place a name means, tried on two invented countries and their namesakes far away."""

import pytest

from geo.articles import article_from_text
from geo.gazetteer import load_gazetteer
from geo.mentions import find_mentions
from geo.model import Mention
from geo.places import resolve_places


def resolved(text, gazetteer):
    article = article_from_text(text)
    return resolve_places(article, find_mentions(article, gazetteer), gazetteer)


def ids(text, gazetteer):
    return [resolution.place_id for resolution in resolved(text, gazetteer)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They shelled the Tarn district in Norland.", ["tarn-district", "norland"]),
        ("They shelled the town of Tarn in Norland.", ["tarn", "norland"]),
        ("They shelled Tarn in Norland.", ["tarn", "norland"]),
        ("They shelled Milford in Norland.", ["milford-north", "norland"]),
        ("They shelled Milford in Sudria.", ["milford-south", "sudria"]),
        ("They shelled Milford in Farland.", ["farland-milford", "farland"]),
        ("They shelled Milford, Sudria, at dawn.", ["milford-south", "sudria"]),
        ("In Farland they met. Then Tarn was hit.", ["farland", "farland-tarn"]),
        ("In Norland they met. Then Tarn was hit.", ["norland", "tarn"]),
        ("Sokol denied it. They hit Varden.", ["sokol", "varden"]),
        ("They crossed the Osk river in Norland.", ["osk", "norland"]),
        ("They crossed the Norland River.", [""]),
        ("They crossed the river Norland.", [""]),
        ("They left the island of Norland.", ["norland"]),
    ],
)
def test_the_words_around_decide(text, expected, tiny_gazetteer):
    assert ids(text, tiny_gazetteer) == expected


def test_one_resolution_a_mention_in_order(tiny_gazetteer):
    article = article_from_text("They hit Tarn and Zorv near the village of Mird in Norland.")
    mentions = find_mentions(article, tiny_gazetteer)
    assert mentions
    result = resolve_places(article, mentions, tiny_gazetteer)
    assert tuple(resolution.mention for resolution in result) == mentions


def test_a_close_call_is_told(tiny_gazetteer):
    [resolution] = resolved("They shelled Milford again, he said.", tiny_gazetteer)
    assert resolution.status == "ambiguous"
    assert {rival.place_id for rival in resolution.rivals} | {resolution.place_id} == {
        "milford-north",
        "milford-south",
        "farland-milford",
    }
    assert all(rival.reasons for rival in resolution.rivals)


def test_the_other_one(tiny_gazetteer):
    text = "Milford in Norland was hit. The other Milford, in Sudria, was not."
    assert ids(text, tiny_gazetteer)[::2] == ["milford-north", "milford-south"]


def test_theatre_is_refused_where_the_text_is_about_elsewhere(tiny_gazetteer):
    [farland, dalmara] = resolved("In Farland they met. Then Dal'mara was hit.", tiny_gazetteer)
    assert farland.place_id == "farland"
    assert (dalmara.status, dalmara.place_id, dalmara.lat) == ("unknown", "", None)
    assert dalmara.rivals[0].place_id == "dalmara"


def test_unknown_name_has_no_point(tiny_gazetteer):
    [resolution] = resolved("It hit the village of Zorv at dawn.", tiny_gazetteer)
    assert (resolution.status, resolution.label, resolution.kind) == (
        "unknown",
        "Zorv",
        "settlement",
    )
    assert resolution.lat is None
    assert resolution.lon is None


def test_a_thing_named_after_a_town_is_not_put_on_the_town(tiny_gazetteer):
    [airport, _] = resolved("They shelled Tarn airport in Norland at dawn.", tiny_gazetteer)
    assert (airport.mention.text, airport.place_id, airport.lat) == ("Tarn airport", "", None)


def test_rivers_and_lines_have_no_point(tiny_gazetteer):
    [river, _] = resolved("They crossed the Osk in Norland at dawn.", tiny_gazetteer)
    assert river.place_id == "osk"
    assert river.lat is None


def test_points_are_those_of_the_gazetteer(tiny_gazetteer):
    [resolution, _] = resolved("They shelled Tarn in Norland.", tiny_gazetteer)
    place = tiny_gazetteer.place("tarn")
    assert (resolution.lat, resolution.lon) == (place.location.lat, place.location.lon)
    assert resolution.label == place.label


def test_no_mentions_no_resolutions(tiny_gazetteer):
    assert resolve_places(article_from_text("Nothing was said."), (), tiny_gazetteer) == ()


def test_mention_at_the_very_end(tiny_gazetteer):
    article = article_from_text("They hit Tarn")
    mention = Mention(start=9, end=13, text="Tarn", candidates=("tarn",))
    [resolution] = resolve_places(article, [mention], tiny_gazetteer)
    assert resolution.place_id == "tarn"


def test_a_lone_namesake_far_from_all_else_is_not_taken(tiny_gazetteer):
    [stray, _] = resolved("They shelled Fl in Norland at dawn.", tiny_gazetteer)
    assert (stray.place_id, stray.status, stray.lat) == ("", "unknown", None)
    assert [rival.place_id for rival in stray.rivals] == ["fl-village"]
    assert any("from all else" in reason for reason in stray.reasons)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They shelled Fl in Farland at dawn.", "fl-village"),  # its country is named
        ("They shelled Fl at dawn.", "fl-village"),  # nothing else is
        ("They hit Farhaven. Norland denied it.", "farhaven"),  # a capital
    ],
)
def test_a_lone_place_that_may_be_meant_is_taken(text, expected, tiny_gazetteer):
    assert ids(text, tiny_gazetteer)[0] == expected


def test_a_town_is_no_less_sure_for_the_district_around_it():
    gazetteer = load_gazetteer("caucasus", "world")
    named = "The army of Azerbaijan shelled Lankaran and the province of Lankaran on Monday."
    *_, bare = resolved(f"{named} Fighting went on in Lankaran.", gazetteer)
    assert (bare.place_id, bare.status) == ("lankaran", "resolved")
    assert bare.rivals[0].place_id == "lankaran-district"


def test_a_district_comes_before_the_region_of_its_name():
    gazetteer = load_gazetteer("kyrgyzstan-tajikistan", "world")
    text = "Shots were fired in Batken district of Kyrgyzstan. Batken region was calm."
    assert ids(text, gazetteer) == ["batken-district", "kyrgyzstan", "batken-region"]


def test_the_word_for_a_town_belongs_to_the_name_after_it():
    gazetteer = load_gazetteer("world")
    assert ids("They met in the West Bank town of Jenin.", gazetteer) == ["west-bank", "jenin"]
    assert ids("They met in Jenin town.", gazetteer) == ["jenin"]


def test_an_attested_name_counts_more_than_a_spelling_that_rules_make(tiny_gazetteer):
    [attested] = resolved("They fought near Celmara.", tiny_gazetteer)
    [made] = resolved("They fought near Jelmara.", tiny_gazetteer)
    assert attested.place_id == made.place_id == "dalmara"
    assert "+0.5 a name in use" in attested.reasons
    assert "+0.5 a name in use" not in made.reasons


def test_a_plural_after_a_list_tells_what_each_is(tiny_gazetteer):
    assert ids("They shelled Tarn and Sokol districts in Norland.", tiny_gazetteer)[0] == (
        "tarn-district"
    )
