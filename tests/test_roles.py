"""Party, place or dateline, and the cues that nothing happened; both sides are read alike."""

import pytest

from geo.articles import article_from_text
from geo.mentions import find_mentions
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
