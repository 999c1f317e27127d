"""Names in texts about two invented countries: spans, candidates, refusals, unknown names."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.articles import article_from_text
from geo.mentions import find_mentions

LEAD = "The report said that there was fighting and that people had to leave. "


def found(text, gazetteer):
    mentions = find_mentions(article_from_text(LEAD + text), gazetteer)
    return [(mention.text, mention.candidates) for mention in mentions]


def names(text, gazetteer):
    return [name for name, _ in found(text, gazetteer)]


def test_longest_of_overlapping_names(tiny_gazetteer):
    assert found("It began in Upper Greyfen.", tiny_gazetteer) == [
        ("Upper Greyfen", ("upper-greyfen",))
    ]


def test_all_places_of_a_name_are_candidates(tiny_gazetteer):
    [(_, candidates)] = found("It began in Milford.", tiny_gazetteer)
    assert sorted(candidates) == ["farland-milford", "milford-north", "milford-south"]


@pytest.mark.parametrize(
    "written",
    [
        "Kärsk",
        unicodedata.normalize("NFD", "Kärsk"),
        "KÄRSK",
        "Upper\u00a0Greyfen",
        "Upper\nGreyfen",
        "Verkh-Greyfen",
    ],
)
def test_spellings_keep_their_offsets(written, tiny_gazetteer):
    text = f"{LEAD}It began near {written}, he said."
    [mention] = find_mentions(article_from_text(text), tiny_gazetteer)
    assert text[mention.start : mention.end] == mention.text == written


@pytest.mark.parametrize("text", ["They went to tarn.", "It was karskian.", "He said milford."])
def test_lower_case_is_no_name(text, tiny_gazetteer):
    assert names(text, tiny_gazetteer) == []


def test_abbreviations_need_their_capitals(tiny_gazetteer):
    assert names("Troops of NRL came.", tiny_gazetteer) == ["NRL"]
    assert names("Troops of Nrl came.", tiny_gazetteer) == []


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("He came from Tarn, Miss., and left.", "Miss."),
        ("He came from Ashgrove, Miss., and left.", "Miss."),
        ("They live in Tarn, Miss.", "Miss."),
        ("TARN, MISS. (Reuters) - Troops came.", "MISS."),
        ("He came from Tarn, Miss, and left.", "Miss"),
        ("He came from Tarn, N.C., and left.", "N.C."),
        ("Fighting in N.C. Monday killed two.", "N.C."),
        ("Two men in N.C. said so.", "N.C."),
        ("They spoke to N.C. Governor Nell Adair on Monday.", "N.C."),
        ("The fire in Tarn, N.C. Adair said that it was small.", "N.C."),
    ],
)
def test_states_cut_short_keep_their_point(text, short, tiny_gazetteer):
    states = {"miss": "missia", "n.c": "north-cape"}
    assert (short, (states[short.lower().rstrip(".")],)) in found(text, tiny_gazetteer)


@pytest.mark.parametrize(
    "text",
    [
        "Miss. Adair came.",
        "He saw Miss Adair in Tarn.",
        "They came to Tarn, Miss Adair said.",
        "On 5, Miss. Adair came.",
        "He said, Miss. Nothing more.",
        "Adair Miss. came.",
        "Hit, Miss, or the other.",
        "The wall is from 500 B.C. and the gate from 300 N.C. at least.",
        "The wall is from the third century N.C. at least.",
        "He came with N.C. Adair on Monday.",
        "The A.N.C. came, and the N.C.O. left, and R.N.C. did not.",
        "They came in groups M, N C and D.",
    ],
)
def test_words_and_initials_are_no_states(text, tiny_gazetteer):
    ids = {place for _, candidates in found(text, tiny_gazetteer) for place in candidates}
    assert ids.isdisjoint({"missia", "north-cape"})


@pytest.mark.parametrize("possessive", ["Kärsk's", "Kärsk’s"])
def test_possessive_is_outside_the_span(possessive, tiny_gazetteer):
    assert names(f"They hit {possessive} port.", tiny_gazetteer) == ["Kärsk"]


def test_borders_name_their_two_sides(tiny_gazetteer):
    text = "Shots rang out on the Norland-Sudria border."
    assert names(text, tiny_gazetteer) == ["Norland", "Sudria"]


def test_kind_belongs_to_the_span_by_convention(tiny_gazetteer):
    assert names("They took the Tarn heights.", tiny_gazetteer) == ["Tarn heights"]
    assert names("They took Tarn District.", tiny_gazetteer) == ["Tarn District"]
    assert names("They took the Tarn district.", tiny_gazetteer) == ["Tarn"]
    assert "tarn-district" in found("They took the Tarn district.", tiny_gazetteer)[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "The Tarn Group met.",
        "The Norland Workers Party met.",
        "The Tarn protocol was signed.",
        "The Battle of Kärsk is remembered.",
        "The Greyfen conflict is old.",
        "The Norland-Sudria war is over.",
        "The Varden Post wrote it.",
        "An envoy for Greyfen came.",
        "A man called Peter Milford came.",
    ],
)
def test_part_of_another_name(text, tiny_gazetteer):
    assert names(text, tiny_gazetteer) == []


def test_surname_is_remembered(tiny_gazetteer):
    text = "He was told by John Tarn. Then Tarn said more, but in Tarn all was calm."
    assert names(text, tiny_gazetteer) == ["Tarn"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It hit the village of Zorv.", ["Zorv"]),
        ("It hit the villages of Zorv, Mird and Palt.", ["Zorv", "Mird", "Palt"]),
        ("It hit Zorv district.", ["Zorv"]),
        ("It hit Zorv (12km north of Tarn).", ["Zorv", "Tarn"]),
        ("It fell on the Zorv and Mird valleys.", ["Zorv", "Mird"]),
        ("Fire was heard near al-Zorv.", ["al-Zorv"]),
        ("They fought around Zorv. Now Zorv is empty.", ["Zorv", "Zorv"]),
        ("They blew up the Zorv dam.", ["Zorv dam"]),
        ("They fought near Old Tarn.", ["Tarn"]),
        ("They fought near Zorv Tarn.", ["Zorv Tarn"]),
    ],
)
def test_unknown_names_in_the_frame_of_a_place(text, expected, tiny_gazetteer):
    assert names(text, tiny_gazetteer) == expected


def test_a_slip_is_read_as_the_name_that_the_text_uses(tiny_gazetteer):
    text = "It began in Upper Greyfen. It went on in Upper Greyfenn and in Tarnn."
    assert found(text, tiny_gazetteer) == [
        ("Upper Greyfen", ("upper-greyfen",)),
        ("Upper Greyfenn", ("upper-greyfen",)),
        ("Tarnn", ()),
    ]


def test_unknown_names_have_no_candidates(tiny_gazetteer):
    assert found("It hit the village of Zorv.", tiny_gazetteer) == [("Zorv", ())]


@pytest.mark.parametrize(
    "text",
    [
        "It was in March.",
        "It happened in Sudrian hands.",
        "He was at NATO then.",
        "They met Zorv and left.",
        "Then Zorv said so. It was up to Zorv.",
        "It was seen on Facebook.",
    ],
)
def test_no_place_no_mention(text, tiny_gazetteer):
    assert names(text, tiny_gazetteer) == []


@given(st.text(alphabet="AaK ärskTarn.,'’-\n\u0308\u00a0ıİßМ(«", max_size=200))
@settings(max_examples=80, deadline=None)
def test_spans_are_exact_ordered_and_apart(tiny_gazetteer, noise):
    text = LEAD + noise
    mentions = find_mentions(article_from_text(text), tiny_gazetteer)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert all(place in tiny_gazetteer.places for place in mention.candidates)
        end = mention.end


@pytest.mark.parametrize(
    "unit", ["A" * 20_000 + " ", "Kärsk, Zorv, ", "in Tarn and ", "TARN, ", "Xa "]
)
def test_long_texts_of_one_piece_end(unit, tiny_gazetteer):
    """Were any step quadratic, a text of this length would not end."""
    article = article_from_text(LEAD * 20 + unit * max(2, 200_000 // len(unit)))
    assert all(0 <= m.start < m.end for m in find_mentions(article, tiny_gazetteer))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They bombed a camp near Hamza.", ["Hamza"]),
        ("They met near Hamza Orr.", []),
        ("Residents of Zorv said that it burned.", ["Zorv"]),
        ("An ambush between Zorv and Mird killed six.", ["Zorv", "Mird"]),
        ("Talks between Zorv and Mird failed.", []),
        ("Clashes between Zorv and Mird went on. Then Zorv fled.", []),
        ("They had retaken Zorv, Mird and Pelk.", ["Zorv", "Mird", "Pelk"]),
        ("They fought in the vicinity of Zorv.", ["Zorv"]),
        ("It answered a strike on Zorv al-Mird.", ["Zorv al-Mird"]),
        ("It was an attack on Zorv.", []),
        ("They moved in the direction of Zorv.", ["Zorv"]),
        ("They played under the direction of Zorv.", []),
        ("Zorv, Mird and Pelk suffered from artillery fire.", ["Zorv", "Mird", "Pelk"]),
        ("Zorv, Mird and Pelk of Norland were shelled.", ["Zorv", "Mird", "Pelk", "Norland"]),
        ("Zorv, Orr and Pelk suffered from a cold.", []),
        ("Zorv had been shelled at dawn.", ["Zorv"]),
    ],
)
def test_what_is_said_of_places_makes_one(text, expected, tiny_gazetteer):
    assert names(text, tiny_gazetteer) == expected


@pytest.mark.parametrize("before", ["Mr", "Mr.", "Dr", "Col.", "Colonel", "Lt", "Ms"])
def test_a_form_of_address_makes_a_person(before, tiny_gazetteer):
    assert names(f"{before} Tarn was killed near Milford.", tiny_gazetteer) == ["Milford"]
    assert names(f"They met {before} Tarn. Then Tarn left.", tiny_gazetteer) == []


@pytest.mark.parametrize(
    "text",
    ["Zorv" + " and Zorv" * 4_000, "near " + ", ".join(["Tarn"] * 10_000), "on the night " * 3_000,
     "said " * 20_000, "Tarn is near Zorv. " * 1_000],
)  # fmt: skip
def test_hostile_texts_are_read_to_their_end(text, tiny_gazetteer):
    article = article_from_text(f"{LEAD}{text} It ended near Kärsk.")
    last = find_mentions(article, tiny_gazetteer)[-1]
    assert (last.text, last.end) == ("Kärsk", len(article.text) - 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two died on Sunday at Zorv in Tarn.", ["Zorv", "Tarn"]),
        ("Mines went off in Zorv Tuesday morning.", ["Zorv"]),
        ("They shelled Zorv May 5 and left.", ["Zorv"]),
        ("It hit the village of Al-‘Ayn.", ["Al-‘Ayn"]),
        ("It hit the village of Zorv-i-Mird.", ["Zorv-i-Mird"]),
        ("It hit the village of Zorv do Mird.", ["Zorv do Mird"]),
        ("It hit the town of St. Zorv.", ["St. Zorv"]),
        ("It hit the town of St-Zorv-de-la-Mird.", ["St-Zorv-de-la-Mird"]),
    ],
)
def test_where_an_unknown_name_ends(text, expected, tiny_gazetteer):
    assert names(text, tiny_gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A post in the Zorv administrative post fell.", ["Zorv"]),
        ("It lies in the Zorv tehsil of Mird.", ["Zorv", "Mird"]),
        ("Fire fell on Zorv local government area.", ["Zorv"]),
        ("They died in an area called Zorv.", ["Zorv"]),
        ("They died in a village in Tarn named Zorv.", ["Tarn", "Zorv"]),
        ("They died in the refugee camp of Zorv.", ["Zorv"]),
        ("He is a resident of District Zorv.", ["District Zorv"]),
        ("They came from Lake Zorv.", ["Lake Zorv"]),
        ("They met at Mount Zorv.", ["Mount Zorv"]),
        ("It struck North Zorv District.", ["North Zorv District"]),
        ("Troops withdrew from Zorv.", ["Zorv"]),
        ("It is 30 miles from Zorv.", ["Zorv"]),
        ("They are on the road to Zorv.", ["Zorv"]),
        ("He drove up to Zorv from Tarn.", ["Zorv", "Tarn"]),
        ("Three were seen in Zorv, Mird, the police said.", ["Zorv", "Mird"]),
        ("It fell in Zorv, Upper Mird.", ["Zorv", "Upper Mird"]),
        ("They held Zorv, a town near Tarn.", ["Zorv", "Tarn"]),
        ("They held Zorv, Mird, the centre of Palt district, and Kesh. They shelled Kesh.",
         ["Mird", "Palt", "Kesh", "Kesh"]),
        ("It began in nearby Zorv.", ["Zorv"]),
        ("It began in Tarn's Zorv.", ["Tarn", "Zorv"]),
        ("They have control over Zorv.", ["Zorv"]),
        ("Then Zorv has fallen.", ["Zorv"]),
        ("Now Zorv is under siege.", ["Zorv"]),
        ("The Zorv–Mird road was cut.", ["Zorv", "Mird"]),
        ("The Zorv-Mird road was cut.", ["Zorv", "Mird"]),
        ("They hit Zorv-Mird village. The Zorv-Mird road was cut.", ["Zorv-Mird", "Zorv-Mird"]),
        ("A prayer in Abu Zorv was hit.", ["Abu Zorv"]),
        ("It fell in the Mir Ali area. Then Kashif Ali died.", ["Mir Ali"]),
        ("They hit barracks in Wei-Zorv.", ["Wei-Zorv"]),
    ],
)  # fmt: skip
def test_more_frames_of_places(text, expected, tiny_gazetteer):
    assert names(text, tiny_gazetteer) == expected


def test_a_dateline_of_an_unknown_town(tiny_gazetteer):
    def filed(text):
        article = article_from_text(f"Fighting goes on\n\n{text}")
        return [mention.text for mention in find_mentions(article, tiny_gazetteer)]

    assert filed("ZORVABAD: At least ten men have been killed.") == ["ZORVABAD"]
    assert filed("ZORVABAD (Agency) - At least ten men died.") == ["ZORVABAD"]
    assert filed("TARN, Zorvland — At least ten men died.") == ["TARN", "Zorvland"]
    assert filed("UPDATE: At least ten men have been killed.") == []
    assert filed("At ten: many men have been killed.") == []


@pytest.mark.parametrize(
    "text",
    [
        "They have faith in Zorv.",
        "She is an analyst at Zorv.",
        "They came in Zorv tanks.",
        "It said so in Zorv's view.",
        "They spoke in Zorv.",
        "The Battle of Zorv is over.",
        "They fought in Jaysh Zorv. They bombed Jaysh Zorv.",
        "An ambush between Zorv and Mird fighters went on.",
        "Troops of the Zorv Department of Justice came.",
        "They killed the District Head.",
        "They stood in Sector B.",
        "Zorv, a village elder, spoke.",
        "Zorv, the city's mayor, left.",
        "Zorv, a resident of the town, spoke.",
        "The frigate Tarn sailed.",
        "HMS Tarn sailed.",
        "They began Operation Tarn.",
        "The ethnic Tarn men left.",
        "The Norland-Zorvist war is old.",
    ],
)
def test_more_that_is_no_place(text, tiny_gazetteer):
    assert names(text, tiny_gazetteer) == []


def test_persons_after_a_comma(tiny_gazetteer):
    assert names("The man in Tarn, Zorv Mird, told them.", tiny_gazetteer) == ["Tarn"]
    assert names("In Zorv, Mird, a farmer, wept.", tiny_gazetteer) == ["Zorv"]


def test_an_article_may_be_left_out(tiny_gazetteer):
    text = "They died in Al-Tarn. Then in Tarn all was calm."
    assert found(text, tiny_gazetteer)[-1][0] == "Tarn"
    assert [mention for mention, ids in found(text, tiny_gazetteer) if not ids] == []


def test_the_full_stop_of_the_sentence_is_no_part_of_a_name(tiny_gazetteer):
    assert names("They were in St. Zorv.", tiny_gazetteer) == ["St. Zorv"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They had taken Zorv and Mird, two villages near Tarn.", ["Zorv", "Mird", "Tarn"]),
        ("It hit the areas of Zorv, Mird and in the Palt forest.", ["Zorv", "Mird", "Palt forest"]),
        ("Gunmen raided Zorv LGA at dawn.", ["Zorv"]),
        ("They took the town of Zorv II.", ["Zorv II"]),
        ("The Zorv-to-Mird highway was cut.", ["Zorv", "Mird"]),
        ("It is 12km from Zorv.", ["Zorv"]),
        ("Then Kafr Zorv burned.", ["Kafr Zorv"]),
        ("Then Tal al-Zorv burned.", ["Tal al-Zorv"]),
        ("Then Tal Zorv spoke.", []),
        ("Members of the Zorv community left.", []),
    ],
)
def test_lists_ways_and_words_of_other_languages(text, expected, tiny_gazetteer):
    assert names(text, tiny_gazetteer) == expected


def test_an_article_belongs_to_a_listed_name(tiny_gazetteer):
    assert found("They came to Al-Tarn.", tiny_gazetteer)[0][0] == "Al-Tarn"
    assert found("They came to Al-Tarn.", tiny_gazetteer)[0][1]
    assert names("They met in the town of Musa Zorv.", tiny_gazetteer) == ["Musa Zorv"]


def test_many_roads_are_read_to_their_end(tiny_gazetteer):
    text = "".join(f"the Zo{n}-Mi{n} road was cut. " for n in range(8_000))
    assert len(names(text, tiny_gazetteer)) > 15_000


@pytest.mark.parametrize("name", ["Orrin Street", "Old Mill Road", "Halder Parkway"])
def test_a_street_is_named_by_its_last_word(tiny_gazetteer, name):
    assert name in names(f"A shell fell, and {name} was closed.", tiny_gazetteer)
    assert name.lower() not in names(f"A shell fell, and {name.lower()} shut.", tiny_gazetteer)
