"""The language of a text, by script and function words, so that none is half-read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from importlib import resources

import msgspec

from geo.model import Record

SUPPORTED = ("en",)
# A text is sampled: this much settles the language, and a long one is not read twice for it.
SAMPLED_CHARACTERS = 200_000
SAMPLED_LETTERS = 4_000
# Fewer foreign function words than this may be names in an English text ("La Paz", "de Gaulle").
ENOUGH_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
# A small word before a capital may be part of a name: "Tal al-Xville", "Ciudad del Zorv".
_OUTSIDE_NAMES = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?!-|[ \u00a0\n][A-ZÀ-ÖØ-Þ])")


class Language(Record, frozen=True, kw_only=True):
    """A language, its Unicode script, frequent words and telling letters."""

    code: str
    name: str
    script: str
    words: tuple[str, ...]
    letters: str = ""


class _Table(Record, frozen=True, kw_only=True):
    about: str
    languages: tuple[Language, ...]


@cache
def languages() -> tuple[Language, ...]:
    """All languages that can be told apart; the first of a script is its fallback."""
    raw = resources.files("geo").joinpath("tables/languages.json").read_bytes()
    return msgspec.json.decode(raw, type=_Table).languages


def name_of(code: str) -> str:
    """English name of a language code, or the code itself."""
    return next((language.name for language in languages() if language.code == code), code)


def language_of(text: str) -> str:
    """Code of the language, "en" for short Latin-script texts, "und" for scripts not listed."""
    sample = text[:SAMPLED_CHARACTERS]
    script = _script_of(sample)
    candidates = [language for language in languages() if language.script == script]
    if not candidates:
        return "und"
    # Words with a capital are left out: they may be names ("De Gaulle", "Las Vegas").
    every = Counter(_WORD.findall(sample))
    outside = Counter(_OUTSIDE_NAMES.findall(sample)) if script == "LATIN" else every
    scores = {
        language.code: _score(language, every if language.code == "en" else outside, sample)
        for language in candidates
    }
    best = max(candidates, key=lambda language: scores[language.code])
    if script != "LATIN":
        return best.code
    foreign = scores[best.code] >= ENOUGH_WORDS and scores[best.code] > scores["en"]
    return best.code if foreign else "en"


def _score(language: Language, counts: Counter[str], sample: str) -> int:
    words = sum(counts[word] for word in language.words)
    # Where a script is shared, a letter of the language's own counts like a function word.
    return words + sum(sample.count(letter) for letter in language.letters)


def _script_of(sample: str) -> str:
    """Script of most letters; LATIN where there is no letter at all."""
    letters = "".join(filter(str.isalpha, sample))
    step = max(1, len(letters) // SAMPLED_LETTERS)
    scripts: Counter[str] = Counter()
    for char, count in Counter(letters[::step]).items():
        scripts[unicodedata.name(char, "UNKNOWN").split()[0]] += count
    # Japanese mixes three scripts; its own ones decide.
    for kana in ("HIRAGANA", "KATAKANA"):
        if scripts[kana] and scripts["CJK"]:
            return "HIRAGANA"
    if not scripts:
        return "LATIN"
    # Ties go to the first name, so that the answer does not depend on the order of letters.
    return min(scripts, key=lambda script: (-scripts[script], script))
