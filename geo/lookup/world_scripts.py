"""The script of a name, by ISO 15924."""

from __future__ import annotations

from unicodedata import name

# First word of a letter's Unicode name -> its code: mostly the first letters of the word.
_BY_FIRST_LETTERS = frozenset(
    (
        "ARABIC", "BENGALI", "CHEROKEE", "DEVANAGARI", "ETHIOPIC", "GEORGIAN", "GURMUKHI",
        "HANGUL", "HEBREW", "HIRAGANA", "MONGOLIAN", "SINHALA", "TELUGU", "THAANA", "THAI",
    )
)  # fmt: skip
_CODES = {
    "ARMENIAN": "Armn", "CJK": "Hani", "CYRILLIC": "Cyrl", "GREEK": "Grek", "GUJARATI": "Gujr",
    "KANNADA": "Knda", "KATAKANA": "Kana", "KHMER": "Khmr", "LAO": "Laoo", "LATIN": "Latn",
    "MALAYALAM": "Mlym", "MYANMAR": "Mymr", "ORIYA": "Orya", "SYRIAC": "Syrc", "TAMIL": "Taml",
    "TIBETAN": "Tibt", "TIFINAGH": "Tfng",
}  # fmt: skip
MIXED_OR_UNKNOWN = "Zyyy"


def script_of(text: str) -> str:
    """Give the code of the one script that all letters are of, else ``Zyyy``."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else MIXED_OR_UNKNOWN
    words = {name(letter, "").partition(" ")[0] for letter in text if letter.isalpha()}
    codes = {
        word[:4].capitalize() if word in _BY_FIRST_LETTERS else _CODES.get(word, "")
        for word in words - {"MODIFIER"}
    }
    return (codes.pop() if len(codes) == 1 else "") or MIXED_OR_UNKNOWN
