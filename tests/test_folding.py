"""Match keys and word offsets."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.folding import fold, name_key, whole_key, word_rest, words

ROOT = Path(__file__).parents[1]

# Letters of the scripts that names come in, with marks and the joiners between them.
NAME_TEXT = st.text(
    st.one_of(
        st.characters(min_codepoint=32, max_codepoint=0x24F),
        st.characters(min_codepoint=0x300, max_codepoint=0x6FF),
        st.sampled_from("'’ʼ-–\u00a0\u00ad\u200f\u202eﬁሀ北नि"),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Füzuli", "FUZULI"),
        ("Ağdərə", "Agdere"),
        ("İstanbul", "istanbul"),
        ("Isparta", "ısparta"),
        ("Straße", "STRASSE"),
        ("Łódź", "Lodz"),
        ("Œuvre", "oeuvre"),
        ("ﬁne", "fine"),
        ("Ｔｏｋｙｏ", "tokyo"),
        ("Ҹәбрајыл", "Cəbrayıl"),
        ("Кәлбәҹәр", "KƏLBƏCƏR"),
        ("Харків", "Kharkiv"),
        ("Сокол", "sokol"),
        ("Շուշի", "Shushi"),
        ("ՇՈՒՇԻ", "Շուշի"),
        ("Երևան", "Երեւան"),
        ("Երևան", "Yerevan"),
        ("Ոսկեպար", "Voskepar"),
        ("თბილისი", "Tbilisi"),
        ("Αθήνα", "athina"),
        ("Step'anakert", "Stepanakert"),
        ("Sana’a", "Sanaa"),
        ("Fizu\u00adli", "Fizuli"),
        ("كَابُل", "كابل"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Шуша", "Суса"), ("Goris", "Gori"), ("اب", "ب"), ("नि", "न"), ("ы", "и"), ("Š", "Ş2")],
)
def test_different_names_keep_different_keys(one, other):
    assert fold(one) != fold(other)


def test_russian_and_serbian_words_are_not_read_as_azerbaijani():
    assert fold("Жуковка").startswith("zh")
    assert fold("Јагодина") == "jagodina"


@given(NAME_TEXT)
def test_folding_twice_changes_nothing(text):
    for word in words(text):
        assert fold(word.key) == word.key


@given(NAME_TEXT)
def test_composed_and_decomposed_text_fold_alike(text):
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", composed)
    assert name_key(decomposed) == name_key(composed)


@given(NAME_TEXT)
def test_words_lie_in_the_text_in_order_and_without_overlap(text):
    end = 0
    for word in words(text):
        assert end <= word.start < word.end
        assert word.key == fold(text[word.start : word.end])
        assert word.key
        end = word.end


@given(NAME_TEXT)
def test_name_key_is_the_keys_of_the_words(text):
    assert name_key(text) == tuple(word.key for word in words(text))


@given(NAME_TEXT)
def test_every_letter_is_in_a_word(text):
    spans = [range(word.start, word.end) for word in words(text)]
    for offset, char in enumerate(text):
        if char.isalnum():
            assert any(offset in span for span in spans)


def spans(text):
    return [text[word.start : word.end] for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shusha's outskirts", ["Shusha", "s", "outskirts"]),
        ("Shusha’s", ["Shusha", "s"]),
        ("Armenians' fire", ["Armenians", "fire"]),
        ("Sana'a, Ta‘iz", ["Sana'a", "Ta‘iz"]),
        ("Upper\u00a0Karabakh\nhere", ["Upper", "Karabakh", "here"]),
        ("Nagorno-Karabakh", ["Nagorno", "Karabakh"]),
        ("the U.S. said", ["the", "U", "S", "said"]),
        ("Fu\u0308zuli.", ["Fu\u0308zuli"]),
        ("İİİ near Fizuli", ["İİİ", "near", "Fizuli"]),
        ("नई दिल्ली", ["नई", "दिल्ली"]),
        ("_under_score_", ["under", "score"]),
        ("Haifa\u200f.", ["Haifa"]),
        ("'quoted' Baku", ["quoted", "Baku"]),
    ],
)
def test_what_parts_words(text, expected):
    assert spans(text) == expected


def test_long_runs_take_linear_time():
    for unit in ("'", "\u0301", "a'", "\u200f", "a\u0301"):
        assert sum(1 for _ in words(unit * 50_000)) >= 0


def test_ascii_needs_no_table():
    code = (
        "import sys; from geo.folding import name_key; name_key('Upper Karabakh');"
        "assert 'geo.folding_table' not in sys.modules; assert 're' not in sys.modules;"
        "name_key('Füzuli'); assert 'geo.folding_table' in sys.modules"
    )
    subprocess.run([sys.executable, "-S", "-c", code], check=True, cwd=ROOT, env={"PATH": ""})


def test_the_committed_table_is_what_the_tool_writes():
    anyascii = pytest.importorskip("importlib.metadata").version("anyascii")
    header = (ROOT / "geo" / "folding_table.py").read_text(encoding="utf-8")[:300]
    if f"anyascii {anyascii}, Unicode {unicodedata.unidata_version}" not in header:
        pytest.skip("the table was made with another anyascii or Unicode")
    command = [sys.executable, "tools/make_folding.py", "--check"]
    assert subprocess.run(command, check=False, cwd=ROOT).returncode == 0


@given(NAME_TEXT)
def test_the_whole_key_is_the_keys_of_the_words(text):
    assert whole_key(text) == " ".join(word.key for word in words(text))


@given(st.text(st.characters(max_codepoint=127), max_size=20))
def test_ascii_needs_no_expression(text):
    assert name_key(text) == tuple(word.key for word in words(text))


@given(NAME_TEXT)
def test_the_rest_of_a_word_ends_where_the_word_does(text):
    rest = re.compile(word_rest())
    for word in words(text):
        assert rest.match(text, word.start + 1).end() == word.end
