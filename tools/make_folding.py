"""Write ``geo/folding_table.py``: what each letter of the scripts used in names folds to.

Run ``python tools/make_folding.py`` after an update of anyascii, and commit what it writes;
``--check`` exits 1 when the committed table is not what this gives. anyascii is needed here only.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from anyascii import anyascii

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TARGET = Path(__file__).parents[1] / "geo" / "folding_table.py"

# Blocks of the scripts that place names come in. Presentation forms are here because PDF text
# holds them.
BLOCKS = (
    (0x00AA, 0x02FF),  # Latin-1, Extended-A and B, IPA, modifier letters
    (0x0370, 0x058F),  # Greek, Cyrillic, Armenian
    (0x05D0, 0x05F2),  # Hebrew letters
    (0x0620, 0x06FF),  # Arabic
    (0x0750, 0x077F),  # Arabic Supplement
    (0x10A0, 0x10FF),  # Georgian
    (0x1C80, 0x1CBF),  # Cyrillic Extended-C, Georgian capitals
    (0x1D00, 0x1DBF),  # phonetic extensions
    (0x1E00, 0x1FFF),  # Latin Extended Additional, Greek Extended
    (0x2C60, 0x2C7F),  # Latin Extended-C
    (0x2D00, 0x2D2F),  # Georgian church letters
    (0xA640, 0xA69F),  # Cyrillic Extended-B
    (0xA720, 0xA7FF),  # Latin Extended-D
    (0xFB00, 0xFB4F),  # ligatures: Latin, Armenian, Hebrew
    (0xFB50, 0xFEFC),  # Arabic presentation forms
    (0xFF10, 0xFF5A),  # full-width digits and letters
)

# Marks and invisible characters that fold to nothing. Marks of other scripts (vowel signs of
# Devanagari and the like) carry the word and stay.
DROPPED = (
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic
    (0x0483, 0x0489),  # Cyrillic
    (0x0591, 0x05C7),  # Hebrew points
    (0x0610, 0x061A),  # Arabic
    (0x064B, 0x065F),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),
)
# Between two letters these join: "Sana'a" is one word.
APOSTROPHES = "\u0027\u0060\u00b4\u05f3\u2018\u2019\u2032"
# These may stand inside a word unseen: soft hyphen, joiners, direction marks, byte order mark.
INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
    "\ufeff"
)

# Where the sound that readers write differs from anyascii's letter-by-letter choice.
OWN = {
    "և": "ev",  # Armenian ligature; anyascii: "ew", which no romanisation of names uses
    **dict.fromkeys(
        "اآأإٱ", "a"
    ),  # alif; anyascii drops it, and half of the vowels written with it
}

# The Azerbaijani Cyrillic alphabet (1958-1991, 32 letters) and the Latin letters of 1991,
# folded. Not anyascii's, which reads the letters as Russian or Tatar.
AZERBAIJANI = dict(
    zip("абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹш", "abvqgdeejziiykglmnooprstuufxhccs", strict=True)
)

HEADER = '''"""What letters fold to. Written by ``tools/make_folding.py``; not by hand.

anyascii {anyascii}, Unicode {unicode}.
"""

# ruff: noqa: E501
'''


def letters() -> Iterator[tuple[str, str]]:
    """Yield each letter, digit and dropped mark with its fold: lower-case ASCII, perhaps empty."""
    for first, last in BLOCKS:
        for code in range(first, last + 1):
            char = chr(code)
            if char.isalnum():
                ascii_ = OWN.get(char, anyascii(char)).lower()
                yield char, "".join(c for c in ascii_ if c.isalnum())
    for first, last in DROPPED:
        for code in range(first, last + 1):
            if unicodedata.category(chr(code)).startswith("M"):
                yield chr(code), ""
    for char in APOSTROPHES + INVISIBLE:
        yield char, ""


def marks() -> Iterator[str]:
    """Yield every mark that a letter can carry (general categories Mn, Mc and Me)."""
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)).startswith("M"):
            yield chr(code)


def ranges(chars: Iterable[str]) -> str:
    """Give the characters as the inside of a regular expression's brackets."""
    out: list[list[int]] = []
    for char in chars:
        if out and out[-1][1] == ord(char) - 1:
            out[-1][1] = ord(char)
        else:
            out.append([ord(char), ord(char)])
    return "".join(
        _escape(first) + (f"-{_escape(last)}" if last > first else "") for first, last in out
    )


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def table() -> str:
    """Give the text of the module."""
    groups: dict[str, list[str]] = defaultdict(list)
    for char, fold in letters():
        groups[fold].append(char)
    header = HEADER.format(anyascii=version("anyascii"), unicode=unicodedata.unidata_version)
    lines = [header, "GROUPS = {"]
    for fold in sorted(groups):
        chars = "".join(c if c.isalnum() else _escape(ord(c)) for c in groups[fold])
        lines.append(f'    "{fold}": "{chars}",')
    lines += ["}", "", "AZERBAIJANI = {"]
    lines += [f'    "{char}": "{latin}",' for char, latin in AZERBAIJANI.items()]
    lines += ["}", "", "# Insides of brackets of a regular expression."]
    classes = {"APOSTROPHES": APOSTROPHES, "INVISIBLE": INVISIBLE, "MARKS": "".join(marks())}
    for name, inside in classes.items():
        lines.append(f'{name} = r"{ranges(sorted(inside))}"')
    lines.append("")
    return "\n".join(lines)


def main() -> int:
    """Write the table, or with ``--check`` only compare."""
    text = table()
    if "--check" in sys.argv[1:]:
        return int(TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET}: {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
