"""Names in texts: every span against a search of all runs of words, and the known traps."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.folding import name_key, words
from geo.mentions import name_scanner, scan
from geo.mentions.scan import Scanner

SMALL = frozenset(("the", "north", "al"))
GAP = frozenset(" \t\n\u00a0\u2009-\u2010\u2011.\u2019'‘`")


def scanner(*names, capitals=()):
    return Scanner(
        ((name_key(name), name) for name in names),
        capitals=((name_key(name), name.upper()) for name in capitals),
        small=SMALL,
    )


def spans(text, *names):
    return [text[start:end] for start, end, *_ in scanner(*names).longest(text)]


def is_capital(char):
    return char.isupper() or (char.isalpha() and not char.islower())


def joined(text, left, right):
    gap = scan.HIDDEN.sub("", text[left.end : right.start])
    return len(gap) <= 3 and set(gap) <= GAP and gap.count("\n") <= 1


def oracle(text, names, capitals):
    """Every run of words, tried one after the other; then the longest, the earlier of equals."""
    found = list(words(text))
    plain = {name_key(name): name for name in names}
    shouted = {name_key(name): name.upper() for name in capitals}
    hits = []
    for first in range(len(found)):
        for last in range(first, len(found)):
            run = found[first : last + 1]
            keys = tuple(word.key for word in run)
            begins = is_capital(text[run[0].start])
            ends = is_capital(text[run[-1].start])
            if not (begins or (len(run) > 1 and ends and keys[0] in SMALL)):
                continue
            if not all(joined(text, a, b) for a, b in pairwise(run)):
                continue
            value = plain.get(keys)
            if keys in shouted and all(text[w.start : w.end].isupper() for w in run):
                value = shouted[keys]
            if value is not None:
                hits.append((run[0].start, run[-1].end, len(run), value))
    kept = []
    for hit in sorted(hits, key=lambda hit: (-hit[2], hit[0])):
        if all(hit[1] <= start or end <= hit[0] for start, end, *_ in kept):
            kept.append(hit)
    return sorted(kept)


# Few words, so that they meet; all that may stand between them, or inside them.
WORDS = (
    "Kara kara KARA Bel bel Kara'bel d'Kara the The north North al Al X x Ö ö Öl İz ǅor 5 "
    "Ша ша ВА Շու شا 北 ka\u0301ra Ka\u0301ra É e\u0301 U S"
)
WORD = st.sampled_from(WORDS.split())
BETWEEN = st.sampled_from(
    [" ", " ", " ", "", "-", "\u00a0", "\n", "\n\n", ". ", ".", "'", "’", "'s ", "\u00ad", "\u200f",
     ", ", "_", "(", '"', "  ", "    ", "\u0301", " “", "‘"]
)  # fmt: skip


@st.composite
def texts(draw):
    parts = draw(st.lists(st.tuples(WORD, BETWEEN), max_size=14))
    return "".join(word + between for word, between in parts)


NAMES = st.lists(st.lists(WORD, min_size=1, max_size=3).map(" ".join).filter(name_key), max_size=12)


@settings(max_examples=250, deadline=None)
@given(texts(), NAMES, NAMES)
def test_the_spans_are_those_of_a_search_for_every_run_of_words(text, names, capitals):
    hits = scanner(*names, capitals=capitals).longest(text)
    assert hits == oracle(text, names, capitals)


@settings(deadline=None)
@given(texts(), st.data())
def test_names_cut_out_of_the_text_are_found_in_it(text, data):
    found = [w for w in words(text) if is_capital(text[w.start])]
    if found:
        word = data.draw(st.sampled_from(found))
        name = text[word.start : word.end]
        assert name in spans(text, name)


# -- traps that other matchers fall into -----------------------------------------------------------


def test_a_longer_match_inside_a_word_hides_no_whole_name():
    assert spans("Agdam city centre", "Agdam", "Agdam city c") == ["Agdam"]
    assert spans("in Agdam", "Agdam", "in Agdamabad x") == ["Agdam"]


def test_a_longer_name_that_fails_at_its_end_gives_the_shorter():
    assert spans("Upper Kara City Hall", "Upper Kara City Wall", "Upper Kara", "Kara City") == [
        "Upper Kara"
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("in Fu\u0308zuli today", "Füzuli"),
        ("in FÜZULİ today", "Füzuli"),
        ("in Upper\u00a0Karabakh today", "Upper Karabakh"),
        ("in Upper\nKarabakh today", "Upper Karabakh"),
        ("in Upper-Karabakh today", "Upper Karabakh"),
        ("Haifa\u200f.", "Haifa"),
        ("near Fizu\u00adli", "Fizuli"),
    ],
)
def test_marks_and_spaces_do_not_part_a_name_from_itself(text, name):
    (found,) = spans(text, name)
    assert name_key(found) == name_key(name)


def test_a_blank_line_or_a_comma_does_part_it():
    assert spans("Upper\n\nKarabakh, Upper, Karabakh", "Upper Karabakh") == []


def test_letters_that_grow_in_lower_case_do_not_shift_the_span():
    text = "İİİ near Fizuli today; İSTANBUL"
    assert spans(text, "Fizuli", "Istanbul") == ["Fizuli", "İSTANBUL"]


@pytest.mark.parametrize(
    "text", ["Shusha's port", "Shusha’s port", "'Shusha'", "‘Shusha’", "(Shusha)"]
)
def test_possessives_and_quotation_marks_stand_outside(text):
    assert spans(text, "Shusha") == ["Shusha"]


def test_apostrophes_and_marks_inside_a_word_hold_it_together():
    assert spans("d'Shusha, Xa\u0301Shusha", "Shusha") == []
    assert spans("Step'anakert", "Stepanakert") == ["Step'anakert"]


def test_letters_beyond_ascii_end_a_word_as_others_do():
    assert spans("В Шуше, Шуша и Шушанский", "Шуш", "Шуша") == ["Шуша"]
    assert spans("Agdamé, éAgdam", "Agdam") == []


def test_lower_case_is_no_name_but_may_begin_one():
    assert spans("kara, North Kara, north Kara, north kara", "Kara", "North Kara") == [
        "North Kara", "north Kara",
    ]  # fmt: skip
    assert spans("upper Kara", "Upper Kara") == []
    assert spans("The way to the Great Lake of", "The Great Lake") == ["the Great Lake"]


def test_abbreviations_are_found_in_capitals_only():
    found = scanner("Us", capitals=("US",)).longest("US, Us, us, U.S.")
    assert [value for *_, value in found] == ["US", "Us"]


def test_of_equal_names_the_earlier_is_taken():
    assert spans("Kara Bel Kara", "Kara Bel", "Bel Kara") == ["Kara Bel"]


@pytest.mark.parametrize(
    "unit", ["A", "A ", "A'", "a'As'", "A\u0301", "the A ", "Ab\u00ad", "A-", "aA'"]
)
def test_long_runs_take_linear_time(unit, monkeypatch):
    seen = 0
    begins_word = scan._begins_word

    def counted(text, start, known):
        nonlocal seen
        seen += max(start - known, 0)
        return begins_word(text, start, known)

    monkeypatch.setattr(scan, "_begins_word", counted)
    text = unit * 20_000
    scanner("A", "A A", "the A", "As").longest(text)
    assert seen <= 2 * len(text)


def test_only_capitals_are_folded(monkeypatch):
    folded = []
    monkeypatch.setattr(scan, "fold", lambda word: folded.append(word) or word.lower())
    found = scanner("Kara Bel", "Kara").longest("a man said that Kara and the Other fell. " * 50)
    assert len(found) == 50
    # Each different word once; the word after the first of a name wherever it stands.
    assert folded.count("Kara") == folded.count("Other") == 1
    assert set(folded) == {"Kara", "Other", "and"}


def test_a_gazetteer_gives_all_places_of_a_name_and_no_lines(tiny_gazetteer):
    hits = name_scanner(tiny_gazetteer).longest("Milford and the Line of Separation")
    assert [value for *_, value in hits] == [("milford-north", "milford-south", "farland-milford")]


@given(st.sampled_from(["NFC", "NFD"]), st.data())
def test_every_name_of_a_pack_is_found_in_either_composition(tiny_gazetteer, form, data):
    place = data.draw(st.sampled_from(sorted(tiny_gazetteer.places.values(), key=lambda p: p.id)))
    name = unicodedata.normalize(form, data.draw(st.sampled_from(place.names)).text)
    # Names cut short ("Miss.", "N.C.") count behind another name only, and their point with them.
    whole = place.kind != "line" and not name.endswith(".")
    if whole and name_key(name) and is_capital(name[0]):
        text = f"They said that {name}, far away, fell."
        ((start, end, _, places),) = name_scanner(tiny_gazetteer).longest(text)
        assert place.id in places
        assert text[start:end] == name
