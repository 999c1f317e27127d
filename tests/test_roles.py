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
