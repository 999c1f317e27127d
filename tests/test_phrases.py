"""What the words around a name say about where something is."""

import datetime as dt
import json
import re
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import LanguageError
from geo.model import (
    Actor,
    Article,
    Belonging,
    Cite,
    FeatureType,
    Location,
    Mention,
    Name,
    Place,
    Resolution,
    Segment,
    Sentence,
)  # fmt: skip
from geo.phrases import place_phrases
from geo.phrases.words import load_words

CITE = Cite(source="invented")
# Invented names: towns Aville ... Eville, river Sila, district Dorshire, province Norland,
# region Highmark, countries Fooland and Barland with their border and a contact line.
KINDS = {
    "Aville": "settlement", "Bville": "settlement", "Cville": "settlement", "Dville": "settlement",
    "Eville": "settlement", "Sila": "feature", "Fort Omo": "facility", "Dorshire": "district",
    "Norland": "province", "Highmark": "region", "Fooland": "country", "Barland": "country",
    "Bazland": "country", "Omo Line": "line",
}  # fmt: skip
PARENTS = {"Aville": "Dorshire", "Bville": "Dorshire", "Dorshire": "Fooland", "Norland": "Fooland"}
NAME = re.compile("|".join(sorted(KINDS, key=len, reverse=True)))


def a_place(name, kind, *, borders=(), names=(), end=None):
    parent = PARENTS.get(name)
    return Place(
        id=name.lower(),
        kind=kind,
        feature=FeatureType(class_="P", code="PPL", word=kind),
        location=Location(lat=1.0, lon=2.0, accuracy_m=500, kind="site", sources=(CITE,)),
        names=tuple(
            Name(text=n, language="en", script="Latn", status="official", source=CITE)
            for n in (name, *names)
        ),
        label=name,
        borders=borders,
        de_jure=(Belonging(source=CITE, parent=parent.lower()),) if parent else (),
        end=end,
    )


class Book:
    """The part of a gazetteer that reading phrases asks for."""

    def __init__(self, lines=()):
        held = [a_place(n, k) for n, k in KINDS.items() if k != "line"]
        held.append(a_place("Omo Line", "line", borders=("highmark", "fooland")))
        self.places = {p.id: p for p in (*held, *lines)}
        self.actors = {
            name: Actor(id=name, label=name, kind="state", adjectives=(adjective,), place=name)
            for name, adjective in (("fooland", "Foolish"), ("barland", "Barish"))
        }

    def parents(self, place, on=None):  # noqa: ARG002 - as the real one
        chain = []
        while place.de_jure:
            place = self.places[place.de_jure[0].parent]
            chain.append(place)
        return tuple(chain)


BORDER = a_place("Foo-Bar border", "line", borders=("fooland", "barland"))
OTHER = a_place("Foo-Baz border", "line", borders=("fooland", "bazland"))
CONTACT = a_place("line of contact", "line", borders=("highmark", "fooland"))
BOOK = Book([BORDER, OTHER, CONTACT])


def an_article(text, **more):
    segments, sentences, at = [], [], 0
    for number, row in enumerate(text.split("\n")):
        heading = row.startswith("# ")
        kind = "heading" if heading else "paragraph"
        segments.append(Segment(start=at, end=at + len(row), kind=kind))
        for part in re.finditer(r"[^.]+\.?", row):
            sentences.append(
                Sentence(
                    start=at + part.start(), end=at + part.end(), index=len(sentences),
                    segment=number, kind=kind,
                )
            )  # fmt: skip
        at += len(row) + 1
    return Article(
        id="a", text=text, sha256="", segments=tuple(segments), sentences=tuple(sentences), **more
    )


def resolved(text, roles=None, unknown=()):
    return tuple(
        Resolution(
            mention=Mention(start=m.start(), end=m.end(), text=m[0]),
            place_id="" if m[0] in unknown else m[0].lower(),
            label=m[0],
            kind="" if m[0] in unknown else KINDS[m[0]],
            status="unknown" if m[0] in unknown else "resolved",
            role=(roles or {}).get(m[0], "event_site"),
        )
        for m in NAME.finditer(text)
    )


def read(text, *, roles=None, unknown=(), book=BOOK, **more):
    article = an_article(text, **more)
    names = resolved(text, roles, unknown)
    return [
        ("+".join(names[i].label for i in p.anchors), p)
        for p in place_phrases(article, names, gazetteer=book)
    ]


def said(text, **more):
    """Names with relation, and figures where there are any; "-" before what is not literal."""
    made = []
    for name, p in read(text, **more):
        words = ["" if p.literal else "-", f"{name} {p.relation}"]
        words += [
            f" {p.distance_km:g}" if p.distance_km else "",
            f" {p.bearing}" if p.bearing else "",
        ]
        words += [f" {''.join(p.part)}" if p.part else ""]
        made.append("".join(words))
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell in Aville.", ["Aville in"]),
        ("Troops took Aville.", ["Aville in"]),
        ("It was quiet inside the city of Aville.", ["Aville in"]),
        ("A blast at Fort Omo.", ["Fort Omo in"]),
        ("Clashes near Aville.", ["Aville near"]),
        ("Clashes near Aville and Bville.", ["Aville near", "Bville near"]),
        ("A post close to the village of Aville burned.", ["Aville near"]),
        ("Not far from Aville a mine went off.", ["Aville near"]),
        ("In the vicinity of Aville a mine went off.", ["Aville near"]),
        ("Fields adjacent to Aville burned.", ["Aville near"]),
        ("An army post outside Aville was hit.", ["Aville near"]),
        ("They seized the heights above Aville.", ["Aville near"]),
        ("There was fighting around Aville.", ["Aville around"]),
        ("Shelling in and around Aville went on.", ["Aville around"]),
        ("Shells fell in the area of Aville and Bville.", ["Aville around", "Bville around"]),
        ("Shells fell in the Aville area.", ["Aville around"]),
        ("Battles on the outskirts of Aville.", ["Aville outskirts"]),
        ("Battles on Aville's southern outskirts.", ["Aville outskirts S"]),
        ("A strike on a suburb of Aville.", ["Aville outskirts"]),
        (
            "Attacks in the direction of the city of Aville, as well as Bville, Cville and Dville.",
            ["Aville direction", "Bville direction", "Cville direction", "Dville direction"],
        ),
        ("Columns moved towards Aville.", ["Aville direction"]),
        ("They were advancing on Aville.", ["Aville direction"]),
        ("An attack in the Aville direction failed.", ["Aville direction"]),
        ("A post south-east of Aville was stormed.", ["Aville bearing SE"]),
        ("Guns to the north of Aville fired.", ["Aville bearing N"]),
        ("A hill 3 km south-east of Aville.", ["Aville distance 3 SE"]),
        ("Some 17 kilometres from Aville they stopped.", ["Aville distance 17"]),
        ("They stopped about four kilometres above Aville.", ["Aville distance 4"]),
        ("Blasts 5-10km north of Aville.", ["Aville distance 7.5 N"]),
        ("Monitors in Aville heard blasts 5-10km north-west.", ["Aville distance 7.5 NW"]),
        (
            "A camera at Aville (9km west of Bville) saw flashes at 6-10 km south.",
            ["Aville distance 8 S", "-Bville distance 9 W"],
        ),
        ("A camp ten miles west of Aville.", ["Aville distance 16.093 W"]),
        ("A camp 1,200 metres from Aville.", ["Aville distance 1.2"]),
        ("It is kilometers away from Highmark.", ["-Highmark distance"]),
        ("Guns within 3 km of Aville fired.", ["Aville near 3"]),
        ("Guns in a radius of 5 km around Aville fired.", ["Aville near 5"]),
        ("Guns a few kilometres from Aville fired.", ["Aville near"]),
        ("Guns several kilometres south of Aville fired.", ["Aville bearing S"]),
        ("A post a few kilometres from Highmark burned.", ["-Highmark near"]),
        ("A post hundreds of kilometres from Aville burned.", ["-Aville distance"]),
        ("A post two hours' drive from Aville burned.", ["-Aville distance"]),
        ("They are 10 km inside Highmark.", ["Highmark in"]),
        ("Guns between 5 and 10 km east of Aville fired.", ["Aville distance 7.5 E"]),
        ("In 2016 and 10 km east of Aville guns fired.", ["Aville distance 10 E"]),
        ("Guns south and west of Aville fired.", ["Aville bearing S SW"]),
        ("Villages in the southern countryside of Aville.", ["Aville bearing S"]),
        ("Villages in the southern countryside of Dorshire.", ["Dorshire part-of S"]),
        ("Shelling in the centre of Aville.", ["Aville part-of C"]),
        ("Dorshire is in the centre of Fooland.", ["Dorshire in", "Fooland part-of C"]),
        ("Boats off the coast of Aville.", ["Aville near"]),
        ("Boats off the coast of Fooland.", ["Fooland in"]),
        ("A post at the foot of Sila.", ["Sila near"]),
        ("A post at the mouth of the Sila.", ["Sila along-line"]),
        ("A post on the upper Sila.", ["Sila along-line"]),
        ("Troops in the upper Aville.", ["Aville in"]),
        ("A post across the river from Aville.", ["Aville near"]),
        ("Halfway between Aville and Bville a mine went off.", ["Aville+Bville between C"]),
        ("A truck on the highway linking Aville with Bville.", ["Aville+Bville between"]),
        ("He linked Aville with Bville.", ["Aville in", "Bville in"]),
        ("Fighting between Aville and Bville went on.", ["Aville+Bville between"]),
        ("On the road between Aville and Bville two died.", ["Aville+Bville between"]),
        ("A truck on the Aville-Bville road was hit.", ["Aville+Bville between"]),
        ("They broke the truce from Aville to Bville.", ["Aville+Bville between"]),
        ("Clashes between Fooland and Barland.", ["-Fooland in", "-Barland in"]),
        ("Villages along the Sila were shelled.", ["Sila along-line"]),
        ("Both banks of the Sila were shelled.", ["Sila along-line"]),
        ("An offensive in the northern and southern parts of Highmark.", ["Highmark part-of NS"]),
        ("Shelling in northern Fooland.", ["Fooland part-of N"]),
        ("Shelling in the south of Aville.", ["Aville part-of S"]),
        ("Shelling in central Aville.", ["Aville part-of C"]),
        ("Shelling in the north-western sector of Highmark.", ["Highmark part-of NW"]),
        ("Shells fell in the northern town of Aville.", ["Aville in"]),
        ("The army shelled the Dorshire region.", ["Dorshire in"]),
        ("The army shelled the eastern Dorshire region.", ["Dorshire in"]),
        ("Shells fell in eastern Dorshire region.", ["Dorshire part-of E"]),
        ("Camps outside Highmark.", ["-Highmark near"]),
        ("Aville is the centre of Dorshire.", ["Aville in", "Dorshire in"]),
        ("Drones came from Aville.", ["-Aville in"]),
        ("They hit the village of Aville in the Dorshire district.", ["Aville in", "-Dorshire in"]),
        ("Troops entered Aville, a village in Dorshire.", ["Aville in", "-Dorshire in"]),
        ("Shells fell in Aville, Dorshire.", ["Aville in", "-Dorshire in"]),
        (
            "Monitors in Aville (17km north of Bville) heard fire.",
            ["Aville in", "-Bville distance 17 N"],
        ),
        (
            "Areas near Aville (16km north of Cville), Bville (6km west of Cville) and Dville.",
            [
                "Aville near",
                "Bville near",
                "Dville near",
                "-Cville distance 16 N",
                "-Cville distance 6 W",
            ],
        ),
        (
            "An assault towards Aville (others say Bville) failed.",
            ["Aville direction", "Bville direction"],
        ),
        (
            "Near Aville in the Dorshire district, near Cville in Norland and near Dville.",
            ["Aville near", "-Dorshire in", "Cville near", "-Norland in", "Dville near"],
        ),
        (
            "They took the villages of Aville and Bville in Dorshire and Cville in Norland.",
            ["Aville in", "Bville in", "-Dorshire in", "Cville in", "-Norland in"],
        ),
    ],
)
def test_relation(text, expected):
    assert sorted(said(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "anchors", "relation", "line", "part"),
    [
        (
            "Fire on the border between Fooland and Barland.",
            "Fooland+Barland",
            "along-line",
            BORDER,
            (),
        ),
        ("Fire on the Fooland-Barland border.", "Fooland+Barland", "along-line", BORDER, ()),
        ("Fire on Fooland's border with Bazland.", "Fooland+Bazland", "along-line", OTHER, ()),
        ("Fire on the Foolish-Barish border.", "", "along-line", BORDER, ()),
        (
            "Foolish and Barish troops met in the northern section of their border.",
            "",
            "section-of-border",
            BORDER,
            ("N",),
        ),
        (
            "Fire on the Norland stretch of the border of Fooland and Barland.",
            "Norland",
            "section-of-border",
            BORDER,
            (),
        ),
        ("Attacks along the line of contact in Highmark.", "Highmark", "along-line", CONTACT, ()),
        (
            "Attacks on all sections of the front line in Highmark, Fooland.",
            "Highmark",
            "along-line",
            CONTACT,
            (),
        ),
        (
            "Three died in border clashes between Fooland and Barland.",
            "Fooland+Barland",
            "along-line",
            BORDER,
            (),
        ),
        (
            "Fooland said that Barland fired along their shared border.",
            "Fooland+Barland",
            "along-line",
            BORDER,
            (),
        ),
        (
            "Fooland and Barland traded fire on the border between the two countries.",
            "Fooland+Barland",
            "along-line",
            BORDER,
            (),
        ),
    ],
)
def test_lines(text, anchors, relation, line, part):
    book = Book(
        [BORDER, OTHER, a_place("line of contact", "line", borders=("highmark", "fooland"))]
    )
    found = [(name, p) for name, p in read(text, book=book) if p.line]
    assert [(n, p.relation, p.line, p.part) for n, p in found] == [
        (anchors, relation, line.id, part)
    ]
    assert found[0][1].literal


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Foolish troops shelled Aville, 20 km from the border with Barland.", "Aville"),
        ("They shelled hills 20 km north of the Fooland-Barland border.", None),
    ],
)
def test_a_distance_from_a_line_is_not_on_it(text, described):
    article, names = an_article(text), resolved(text)
    (phrase,) = [p for p in place_phrases(article, names, gazetteer=BOOK) if p.line]
    assert (phrase.relation, phrase.distance_km, phrase.literal) == (
        "distance",
        20,
        described is None,
    )
    told = None if phrase.describes is None else names[phrase.describes].label
    assert told == described


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Troops took Aville, 12 km south of Bville.", "Aville"),
        ("Monitors in Aville (17km north of Bville) heard fire.", "Aville"),
        ("Guns 12 km south of Bville fired.", None),
    ],
)
def test_a_distance_knows_whose_it_is(text, described):
    found = [p for _, p in read(text) if p.relation == "distance"]
    names = resolved(text)
    assert [None if p.describes is None else names[p.describes].label for p in found] == [described]


def test_a_line_goes_by_what_was_named_last():
    text = "Bazland and Fooland talked. Later Barland warned Fooland. Shots rang out on the border."
    assert [p.line for _, p in read(text) if p.line] == [BORDER.id]
    text = "Barland and Fooland talked. Later Bazland warned Fooland. Shots rang out on the border."
    assert [p.line for _, p in read(text) if p.line] == [OTHER.id]


def test_a_line_that_nothing_decides_has_no_id():
    ((_, phrase),) = read("Shots rang out along the border.")
    assert (phrase.line, phrase.anchors, phrase.relation) == ("", (), "along-line")
    assert "not known" in phrase.reason


def test_a_line_that_has_ended_is_not_meant():
    gone = a_place(
        "Foo-Bar border", "line", borders=("fooland", "barland"), end=dt.date(1999, 1, 1)
    )
    text = "Fire on the border between Fooland and Barland."
    ((_, before),) = read(text, book=Book([gone]), published=dt.date(1998, 1, 1))
    ((_, after),) = read(text, book=Book([gone]), published=dt.date(2000, 1, 1))
    assert (before.line, after.line) == (gone.id, "")


def test_a_line_with_a_name_of_its_own():
    text = "Shells fell in Highmark. Attacks went on along the Omo Line."
    found = [(n, p) for n, p in read(text) if p.line]
    assert [(n, p.line, p.relation) for n, p in found] == [("Highmark", "omo line", "along-line")]


def test_the_heading_above_says_where_on_the_border():
    rest = "Foolish and Barish troops met in the northern section of their border."
    text = f"# Fighting in Norland\n{rest}"
    found = [(n, p) for n, p in read(text) if p.line]
    assert [(n, p.line, p.part) for n, p in found] == [("Norland", BORDER.id, ("N",))]


@pytest.mark.parametrize(
    "text",
    ["Border guards of Fooland and Barland met.", "Fooland and Barland held border talks."],
)
def test_bodies_of_the_border_are_no_line(text):
    assert [p for _, p in read(text) if p.line] == []


@pytest.mark.parametrize(
    "text",
    [
        "It lies across the border between Fooland and Barland.",
        "They shelled the Dorshire region on the border between Fooland and Barland.",
    ],
)
def test_a_line_that_only_describes_is_not_literal(text):
    ((_, phrase),) = [(n, p) for n, p in read(text) if p.line]
    assert not phrase.literal


@pytest.mark.parametrize(("word", "said_of"), [("settlement", 2), ("city", 1)])
def test_a_word_that_the_place_does_not_answer_to_is_not_it(word, said_of):
    # on record every town here is a "settlement"
    assert len(read(f"Shells fell in Aville. Guns stood north of the {word}.")) == said_of


def test_a_word_for_the_place_named_last():
    text = "They fight over Highmark. Some 300 kilometres from the mountainous enclave."
    name, phrase = read(text)[-1]
    assert (name, phrase.relation, phrase.distance_km) == ("Highmark", "distance", 300)
    assert "Highmark" in phrase.reason


@pytest.mark.parametrize(
    ("text", "generic"),
    [
        ("They shelled the Dorshire region.", "region"),
        ("They took the villages of Aville and Bville.", "village"),
        ("They met in the Aville and Bville districts.", "district"),
        ("They fought in the Aville sector.", "sector"),
        ("They fought in Aville.", ""),
    ],
)
def test_the_word_beside_a_name(text, generic):
    assert {p.generic for _, p in read(text)} == {generic}


def test_states_that_act_are_placed_nowhere():
    text = "Fooland denied it. Shells fell in Aville."
    assert said(text, roles={"Fooland": "metonym"}) == ["Aville in"]


def test_names_that_no_gazetteer_holds_are_placed_too():
    assert said("Clashes near Aville.", unknown=("Aville",)) == ["Aville near"]


def test_the_span_holds_words_and_name():
    text = "On Monday shells fell 3 km south of the town of Aville, it said."
    ((_, phrase),) = read(text)
    assert text[phrase.start : phrase.end] == "3 km south of the town of Aville"


def test_a_phrase_never_reaches_over_another_name():
    assert said("North of Aville and in Bville.") == ["Aville bearing N", "Bville in"]


def test_a_language_without_words_is_refused():
    with pytest.raises(LanguageError, match="'xx'"):
        read("Shells fell in Aville.", language="xx")
    with pytest.raises(LanguageError):
        read("Shells fell in Aville.", language="../en")


def test_the_order_of_the_lines_in_the_pack_does_not_matter():
    text = "Fooland and Barland traded fire on the border between the two countries."
    one, two = Book([BORDER, OTHER]), Book([OTHER, BORDER])
    assert read(text, book=one) == read(text, book=two)


PIECES = st.sampled_from(
    [
        "Aville",
        "Bville",
        "Fooland",
        "Barland",
        "Omo Line",
        " and ",
        ", ",
        " near ",
        " in ",
        "(",
        ")",
        "the border ",
        " between ",
        "5 km ",
        "north of ",
        "of ",
        "'s ",
        "-",
        "the villages ",
        " İ ",
        "\ue000",
        "\ue001",
        "“",
        " from ",
        " to ",
        "section of ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_is_read_with_spans_that_hold_the_names(text):
    names = resolved(text)
    article = Article(
        id="a", text=text, sha256="",
        sentences=(Sentence(start=0, end=len(text), index=0, segment=0, kind="paragraph"),),
    )  # fmt: skip
    seen = place_phrases(article, names, gazetteer=BOOK)
    assert seen == place_phrases(article, names, gazetteer=BOOK)
    for phrase in seen:
        assert 0 <= phrase.start < phrase.end <= len(text)
        if not phrase.line and len(phrase.anchors) == 1 and "is " not in phrase.reason:
            mention = names[phrase.anchors[0]].mention
            outside = mention.end <= phrase.start or mention.start >= phrase.end
            assert not outside or phrase.generic == "border" or phrase.relation == "along-line"


@pytest.mark.parametrize(
    "filler",
    [
        "a" * 50_000,
        "the " * 12_000,
        "north of " * 6_000,
        "(" * 50_000,
        "5 " * 20_000,
        "-" * 50_000,
        "the border " * 3_000,
    ],
)
def test_every_text_is_read_to_its_end(filler):
    """Were any pattern to backtrack without bound, these would not end."""
    assert ("Aville", "near") in [
        (name, p.relation) for name, p in read(f"Near Aville {filler} Bville")
    ]


def test_rows_spell_their_words_whole():
    file = resources.files("geo").joinpath("tables/en/phrases.json")
    rows = [row for _, row in json.loads(file.read_text("utf-8"))["left"]]
    for row in rows:
        plain = re.sub(r"\{[^}]*\}|\\.", " ", row).replace("'?s?", "").replace("(?:", "(")
        assert not re.search(r"[a-z](?:\((?![ -])|\?|\*)|[a-z]\)\??[a-z]", plain), row


CUE_WORDS = sorted(load_words("en").left_words)
OTHERS = ("20", "5-10", "9.5", "killed", "x-ish", "éa")


@given(
    st.lists(st.sampled_from([*CUE_WORDS, *OTHERS]), max_size=7),
    st.sampled_from([" ", " ", ", ", "-"]),
)  # fmt: skip
def test_looking_at_the_last_words_only_finds_the_same(spoken, joiner):
    words = load_words("en")
    text = f"they {joiner.join(spoken)} "
    reach = words.reach(text, 0, len(text))
    whole, short = (words.any_left.search(text, floor) for floor in (0, reach))
    assert (short and (short.span(), short.lastgroup)) == (
        whole and (whole.span(), whole.lastgroup)
    )


def test_a_distance_between_commas_is_that_of_the_name_itself():
    assert said("In Aville, 50 km to the south, a shell fell.") == ["Aville in"]
    assert said("Shelling was heard in Aville 5 km to the south.") == ["Aville distance 5 S"]
