"""The script of a name, by ISO 15924."""

from __future__ import annotations

from unicodedata import name

# First word of a letter's Unicode name -> its code.
_CODES = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARMENIAN": "Armn", "GEORGIAN": "Geor", "GREEK": "Grek",
    "HEBREW": "Hebr", "ARABIC": "Arab", "SYRIAC": "Syrc", "THAANA": "Thaa", "DEVANAGARI": "Deva",
    "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr", "ORIYA": "Orya", "TAMIL": "Taml",
    "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "THAI": "Thai",
    "LAO": "Laoo", "TIBETAN": "Tibt", "MYANMAR": "Mymr", "KHMER": "Khmr", "ETHIOPIC": "Ethi",
    "MONGOLIAN": "Mong", "HANGUL": "Hang", "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana",
    "TIFINAGH": "Tfng", "CHEROKEE": "Cher",
}  # fmt: skip
MIXED_OR_UNKNOWN = "Zyyy"


def script_of(text: str) -> str:
    """Give the code of the one script that all letters are of, else ``Zyyy``."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else MIXED_OR_UNKNOWN
    words = {name(letter, "").partition(" ")[0] for letter in text if letter.isalpha()}
    codes = {_CODES.get(word, "") for word in words - {"MODIFIER"}}
    return (codes.pop() if len(codes) == 1 else "") or MIXED_OR_UNKNOWN
