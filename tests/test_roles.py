"""Party, place or dateline, and the cues that nothing happened; both sides are read alike."""

import pytest

from geo.articles import article_from_text
from geo.mentions import find_mentions
from geo.mentions.enumerations import linked
from geo.mentions.surroundings import surroundings
from geo.pipeline import gazetteer_of, packs_for
from geo.places import resolve_places
from geo.roles import assign_roles

LEAD = "The report said that there was fighting and that people had to leave.\n"


def assigned(text, gazetteer):
    article = article_from_text(LEAD + text)
    mentions = find_mentions(article, gazetteer)
    return assign_roles(article, resolve_places(article, mentions, gazetteer), gazetteer)


def roles(text, gazetteer):
    return [resolution.role for resolution in assigned(text, gazetteer)]


def sites(text, gazetteer):
    return [r.mention.text for r in assigned(text, gazetteer) if r.may_be_site]


PARTY = [
    "Norland denied it.",
    "Norland's army fired first.",
    "The Norland-backed rebels fired first.",
    "Aid came with support for Norland.",
    "They accused Norland of lying.",
    "It is an ally of Norland.",
    "The army of Norland fired first.",
    "Varden denied it.",
    "A war with Norland loomed.",
    "They told Norland to stop.",
    "The foreign ministry of Norland spoke.",
    "Norland has yet to answer.",
    "Norland, which has ties with it, spoke.",
    "NRL forces fired first.",
    "Norland fumes.",
]
PLACE = [
    "Two were hurt in Norland.",
    "It lies on the border of Norland.",
    "They live in northern Norland.",
    "Norland is a country on the sea.",
    "Norland borders the sea.",
    "They crossed into Norland.",
    "It is part of Norland.",
    "They were sent to Norland.",
    "It is a city of Norland.",
    "Fighting raged across Norland.",
    "People fled Norland.",
]


@pytest.mark.parametrize("text", PARTY)
def test_party(text, tiny_gazetteer):
    assert roles(text, tiny_gazetteer) == ["metonym"]
    assert sites(text, tiny_gazetteer) == []


@pytest.mark.parametrize("text", PLACE)
def test_place(text, tiny_gazetteer):
    assert roles(text, tiny_gazetteer) == ["other_literal"]


@pytest.mark.parametrize("text", PARTY + PLACE)
def test_both_sides_are_read_alike(text, tiny_gazetteer):
    swapped = text.replace("Norland", "Sudria").replace("Varden", "Sokol").replace("NRL", "Sudria")
    ours, theirs = assigned(text, tiny_gazetteer), assigned(swapped, tiny_gazetteer)
    assert [(r.role, r.may_be_site) for r in ours] == [(r.role, r.may_be_site) for r in theirs]


@pytest.mark.parametrize(
    "text",
    [
        "VARDEN Troops fired first on Monday.",
        "VARDEN, March 3 - Troops fired first.",
        "By Jane Doe in Varden\nTroops fired first.",
        "(Reporting by Jane Doe in Varden)",
    ],
)
def test_dateline(text, tiny_gazetteer):
    assert roles(text, tiny_gazetteer) == ["dateline"]


def test_heading_is_no_dateline(tiny_gazetteer):
    assert roles("TARN: WHAT WE KNOW", tiny_gazetteer) == ["other_literal"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarn in Norland was hit.", ["Tarn"]),
        ("Tarn, 12 km from Kärsk, was hit.", ["Tarn"]),
        ("Officials in Kärsk said Tarn was hit.", ["Tarn"]),
        ("A shell hit 3 km north of Tarn.", ["Tarn"]),
        ("If Tarn falls, all is lost.", []),
        ("There was no attack on Tarn.", []),
        ("Reports that Tarn was shelled are false.", []),
        ("They vowed to retake Tarn.", []),
        ("Tarn was renamed Kärsk and shelled.", ["Tarn"]),
        ("People fled to Tarn.", []),
        ("They were driven from Tarn.", ["Tarn"]),
        ("The road to Tarn was shelled.", []),
        ("A video from Tarn was shown.", []),
        ("The photo shows Tarn in flames.", []),
        ("The village known as Tarn was shelled.", ["Tarn"]),
    ],
)
def test_cues_that_nothing_happened(text, expected, tiny_gazetteer):
    assert sites(text, tiny_gazetteer) == expected


def test_everything_else_is_kept(tiny_gazetteer):
    article = article_from_text(LEAD + "Sudria shelled Tarn in Norland.")
    before = resolve_places(article, find_mentions(article, tiny_gazetteer), tiny_gazetteer)
    after = assign_roles(article, before, tiny_gazetteer)
    assert [(r.mention, r.place_id, r.lat, r.status) for r in before] == [
        (r.mention, r.place_id, r.lat, r.status) for r in after
    ]
    assert all(r.role_reason for r in after)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled Tarn, but Varden said that this was untrue.", ["Tarn"]),
        ("Tarn saw no shelling, while Kärsk was shelled.", ["Kärsk"]),
        ("The rebels denied that they had shelled Tarn.", ["Tarn"]),
        ("Reports that Tarn was shelled, made by the rebels, are false.", []),
        ("There was no shelling in Tarn; Kärsk was shelled.", ["Kärsk"]),
    ],
)
def test_only_the_untrue_clause_loses_its_places(text, expected, tiny_gazetteer):
    assert sites(text, tiny_gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man hit in Tarn died in hospital in Kärsk.", ["Tarn"]),
        ("The wounded were flown to a military hospital in Kärsk.", []),
        ("Two were buried in Tarn.", []),
        ("A shell hit a hospital in Tarn.", ["Tarn"]),
        ("Ten died in an attack on a hospital in Tarn.", ["Tarn"]),
    ],
)
def test_where_somebody_is_treated_nothing_happened(text, expected, tiny_gazetteer):
    assert sites(text, tiny_gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarn beat Milford 3-0.", []),
        ("Milford attacked from the start of the league game.", []),
        ("Six died at a football match in Tarn.", ["Tarn"]),
        ("Tarn was shelled during a football match.", ["Tarn"]),
        ("Rebels shelled Tarn for 3-4 hours.", ["Tarn"]),
    ],
)
def test_teams_are_no_places(text, expected, tiny_gazetteer):
    assert sites(text, tiny_gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officials in Tarn spoke.", []),
        ("They killed two officials in Tarn.", ["Tarn"]),
        ("Officials in Tarn were killed.", ["Tarn"]),
        ("A clerk, wounded in Tarn, said so.", ["Tarn"]),
        ("Ten were wounded, officials in Tarn said.", []),
    ],
)
def test_who_was_harmed_does_not_sit_there_and_speak(text, expected, tiny_gazetteer):
    assert sites(text, tiny_gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland may strike.", ["metonym"]),
        ("Norland May 3 was a bad day.", ["other_literal"]),
        ("The fire in Tarn May 2020 was bad.", ["other_literal"]),
    ],
)
def test_may_is_a_verb_or_a_month(text, expected, tiny_gazetteer):
    found = assigned(text, tiny_gazetteer)
    assert [r.role for r in found] == expected
    assert any("'may'" in r.role_reason for r in found) is ("may" in text)


@pytest.mark.parametrize("mark", ["\u2066", "\u200f", "\u200b", "\u00ad", "\ufeff"])
@pytest.mark.parametrize("text", ["{}Varden{} denied it.", "They accused {}Varden{} of lying."])
def test_marks_that_nobody_sees_change_nothing(text, mark, tiny_gazetteer):
    plain = assigned(text.format("", ""), tiny_gazetteer)
    marked = assigned(text.format(mark, mark), tiny_gazetteer)
    assert [(r.place_id, r.role, r.role_reason) for r in marked] == [
        (r.place_id, r.role, r.role_reason) for r in plain
    ]
    assert [r.role for r in marked] == ["metonym"]


@pytest.mark.parametrize("end", ["Tarn and", "Norland and the", "in Norland, May", "Varden, which"])
def test_a_text_may_break_off(end, tiny_gazetteer):
    assert len(roles(f"They spoke. {end}", tiny_gazetteer)) == 1


@pytest.mark.parametrize(
    "text",
    ["They hit " + "Tarn, " * 10_000, "Tarn " + "said " * 20_000, "Tarn " + "on the night " * 3_000,
     "They hit Tarn. " * 1_000, "Tarn " + "x" * 100_000],
)  # fmt: skip
def test_hostile_texts_are_read_to_their_end(text, tiny_gazetteer):
    """Were a rule quadratic in the length of a text, this would not end."""
    found = assigned(text, tiny_gazetteer)
    assert len(found) == text.count("Tarn")
    assert all(resolution.role_reason for resolution in found)


@pytest.mark.parametrize(
    "text",
    [
        "Varden (AGX) - Troops fired first on Monday.",
        "Varden: Troops fired first on Monday.",
        "Sokol — Troops fired first on Monday.",
        "(Sokol) Troops fired first on Monday.",
        "Sokol; 4 May 2000 (AGX) - Troops fired first on Monday.",
        "SOKOL {AGX} Troops fired first on Monday.",
    ],
)
def test_datelines_of_every_form(text, tiny_gazetteer):
    assert roles(text, tiny_gazetteer) == ["dateline"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sokol, Sudria – Troops fired first.", ["dateline", "dateline"]),
        ("Tarn/Varden, Norland - Troops fired first.", ["dateline"] * 3),
        ("Tarn, Norland: Troops fired first.", ["other_literal", "other_literal"]),
        ("SOKOL, Sudria: Troops fired first.", ["dateline", "dateline"]),
        ("Kärsk (Karavand): Troops fired first.", ["other_literal", "other_literal"]),
        ("In Sokol – a port – troops fired first.", ["other_literal"]),
        ("Tarn: two dead", ["other_literal"]),
    ],
)
def test_a_dateline_ends_where_the_report_begins(text, expected, tiny_gazetteer):
    assert roles(text, tiny_gazetteer) == expected


def test_a_dateline_without_agency_stands_at_the_top(tiny_gazetteer):
    text = "Nobody spoke.\n\nNobody came.\n\nSokol - Troops fired first."
    assert roles(text, tiny_gazetteer) == ["other_literal"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit the Tarn quarter of Varden.", ["Tarn"]),
        ("Shells hit Tarn village in Varden.", ["Tarn"]),
        ("Shells hit Tarn, a town in central Varden.", ["Tarn"]),
        ("Shells hit Tarn, the capital of Osk.", ["Tarn"]),
        ("Shells hit the old Varden suburb of Qworzh.", ["Qworzh"]),
        ("Shells hit Varden's western Tarn district.", ["Tarn"]),
        ("Shells hit Tarn, a village near Varden.", ["Tarn"]),
        ("Shells hit Tarn near Varden.", ["Tarn"]),
        ("Shells hit Tarn, 20 km (12 miles) north of Varden.", ["Tarn"]),
        ("Shells hit Tarn, about 20 km north of Sokol and 80 km east of Varden.", ["Tarn"]),
        ("Shells hit a base in Tarn and a camp in Varden.", ["Tarn", "Varden"]),
        ("Shells hit Tarn and the town of Varden.", ["Tarn", "Varden"]),
        ("Shells hit Tarn village and then Varden.", ["Tarn", "Varden"]),
    ],
)
def test_what_only_tells_where_another_lies_is_no_site(text, expected, tiny_gazetteer):
    assert sites(text, tiny_gazetteer) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Norland and Qworzh have been trading fire.",
        "Varden's intention was clear.",
        "It conveyed to Varden that it was ready.",
        "He is president of the Sudrian Greyfen.",
    ],
)
def test_more_signs_of_a_party(text, tiny_gazetteer):
    assert roles(text, tiny_gazetteer) == ["metonym"]


def test_states_after_commas_are_one_list(tiny_gazetteer):
    text = "Troops were sent by Norland, Sudria to keep peace."
    assert roles(text, tiny_gazetteer) == ["metonym", "metonym"]
    assert roles("Troops came with Varden, Norland.", tiny_gazetteer)[1] == "other_literal"


def test_the_point_of_an_abbreviation_ends_no_list():
    around = surroundings(article_from_text("It ranks behind the N.R. and Sudria."))
    assert around.keys[4:] == ["n", "r", "and", "sudria"]
    assert linked(around, 6, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarn fighters fired first.", []),
        ("A Tarn spokesman said it.", []),
        ("Planes struck Tarn positions in Sokol.", ["Sokol"]),
        ("Planes struck positions in Tarn.", ["Tarn"]),
        ("Residents in Tarn told reporters of shelling.", []),
        ("Residents in Tarn, a port in the east, said that there was shelling.", []),
        ("Residents of Tarn were killed.", ["Tarn"]),
        ("A man who lives in Tarn, where the attack began, fled.", ["Tarn"]),
        ("A man who lives in Tarn, where he was born, fled.", []),
        ("Shelling was reported at Tarn.", ["Tarn"]),
        ("The way lay open to the Sudrian rebel strongholds of Tarn and Sokol.", []),
        ("They stormed the Sudrian rebel stronghold of Tarn.", ["Tarn"]),
        ("Troops stormed the Norlandic town of Tarn.", ["Tarn"]),
    ],
)
def test_people_of_a_place_and_ways_to_it(text, expected, tiny_gazetteer):
    assert sites(text, tiny_gazetteer) == expected


def test_an_aside_of_direction_holds_one_name(tiny_gazetteer):
    *_, tarn = assigned("Shells hit Kärsk, west of Sokol, and Tarn.", tiny_gazetteer)
    assert "west" not in tarn.role_reason


@pytest.mark.parametrize(
    "text", ["The U.S. said it.", "U.S. Col. Jan Holm was there.", "U.S. troops fired first."]
)
def test_a_name_that_ends_in_a_point_is_read_with_the_word_behind_it(text):
    article = article_from_text(LEAD + text)
    gazetteer = gazetteer_of(*packs_for(article))
    found = resolve_places(article, find_mentions(article, gazetteer), gazetteer)
    assert [r.role for r in assign_roles(article, found, gazetteer)] == ["metonym"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen struck at Tarn, in Osk district.", ["Tarn"]),
        ("Gunmen struck Tarn, Osk municipality.", ["Tarn"]),
        ("Gunmen struck Tarn, also in Sokol.", ["Tarn"]),
        ("Gunmen struck Tarn, in Sokol and in Varden.", ["Tarn", "Sokol", "Varden"]),
        ("Shells hit Ellis Airfield between Tarn and Sokol.", ["Ellis Airfield"]),
        ("One of the wounded died at a hospital in Tarn.", []),
        ("Planes struck forces of the government in Varden.", []),
        ("A bomb hit a hotel housing the government in Varden.", ["Varden"]),
        ("It was agreed at a summit in Varden.", []),
        ("Shells hit a summit in Varden.", ["Varden"]),
        ("Upon arrival in Varden he spoke of shelling.", []),
        ("The row over Tarn went on.", []),
    ],
)
def test_where_people_sit_and_what_lies_in_what(text, expected, tiny_gazetteer):
    assert sites(text, tiny_gazetteer) == expected


@pytest.mark.parametrize(
    "text", ["At the weekend Norland announced it.", "Norland and Sudria are at virtual war."]
)
def test_states_act_at_the_weekend_and_are_at_war(text, tiny_gazetteer):
    assert set(roles(text, tiny_gazetteer)) == {"metonym"}


def test_a_dateline_may_begin_with_an_article_of_another_tongue(tiny_gazetteer):
    assert roles("AL-VARDEN: Troops fired first on Monday.", tiny_gazetteer) == ["dateline"]


def test_there_is_where_the_speaker_sits(tiny_gazetteer):
    assert sites("Officials in Varden said that ten people had died there.", tiny_gazetteer) == [
        "Varden"
    ]
    assert sites("Officials in Varden said there were no dead.", tiny_gazetteer) == []
    assert sites(
        "Officials in Varden said Karsk was shelled and many died there.", tiny_gazetteer
    ) == ["Karsk"]


def test_what_lies_at_a_water_is_meant_and_not_the_water(tiny_gazetteer):
    assert sites("Shells hit the Osk town on Monday.", tiny_gazetteer) == []
    assert sites("Shells hit boats on the Osk on Monday.", tiny_gazetteer) == ["Osk"]
