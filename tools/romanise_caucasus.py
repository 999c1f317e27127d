"""Names of the theatre in the Latin letters of the English press, by written rules.

Three rules, the same for both sides, explained in ``gazetteer/README.md``: ``az`` from Azerbaijani
Latin, ``hy`` from Armenian letters or from their romanisation in GeoNames, ``ru`` from Russian
Cyrillic.
"""

from __future__ import annotations

import itertools
import re

AZ_FIXED = {
    "q": "g",
    "x": "kh",
    "c": "j",
    "ç": "ch",
    "ş": "sh",
    "ö": "o",
    "ü": "u",
    "İ": "I",
    "Q": "G",
    "X": "Kh",
    "C": "J",
    "Ç": "Ch",
    "Ş": "Sh",
    "Ö": "O",
    "Ü": "U",
}
# Letters that the press writes in more than one way, the usual way first.
AZ_OPEN = {"ə": ("a", "e"), "ğ": ("gh", "g"), "ı": ("i", "y"), "Ə": ("A", "E")}

RU = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip

HY = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "y", "թ": "t",
    "ժ": "zh", "ի": "i", "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh",
    "ճ": "ch", "մ": "m", "յ": "y", "ն": "n", "շ": "sh", "ո": "o", "չ": "ch", "պ": "p", "ջ": "j",
    "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "ts", "ւ": "v", "փ": "p", "ք": "k",
    "և": "ev", "օ": "o", "ֆ": "f",
}  # fmt: skip
# At the start of a word.
HY_INITIAL = {"ե": "ye", "ո": "vo", "և": "yev"}

# Marks of aspiration; the press leaves them out.
APOSTROPHES = re.compile("['’ʼ‘ʻ`՚′]")


def from_azerbaijani(text: str) -> list[str]:
    """Press forms of an Azerbaijani name, the usual one first; empty if the name is plain."""
    found = [letter for letter in AZ_OPEN if letter in text]
    forms: list[str] = []
    for choice in itertools.product(*(AZ_OPEN[letter] for letter in found)):
        swap = AZ_FIXED | dict(zip(found, choice, strict=True))
        forms.append("".join(swap.get(letter, letter) for letter in text))
    return [form for form in dict.fromkeys(forms) if form != text]


def from_armenian(text: str) -> list[str]:
    """The press form of an Armenian name, or of its GeoNames romanisation (no marks, single r)."""
    if any(c.lower() in HY for c in text):
        words = (armenian_word(word.lower()) for word in re.split(r"([ \-–])", text))
        return ["".join(word[:1].upper() + word[1:] for word in words)]
    plain = APOSTROPHES.sub("", text).replace("rr", "r").replace("Rr", "R")
    return [plain] if plain != text else []


def armenian_word(word: str) -> str:
    """One word in small Armenian letters, written in Latin ones."""
    word = word.replace("ու", "u")
    if word[:1] in HY_INITIAL and word[:2] not in ("ով", "եւ"):
        word = HY_INITIAL[word[0]] + word[1:]
    return "".join(HY.get(letter, letter) for letter in word)


def from_russian(text: str) -> list[str]:
    """Press forms of a Russian name; "дж" is written dzh, dj and j."""
    letters = "".join(
        RU.get(c.lower(), c).capitalize() if c.isupper() else RU.get(c, c) for c in text
    )
    forms = [letters.replace("dzh", d).replace("Dzh", d.capitalize()) for d in ("dzh", "dj", "j")]
    return list(dict.fromkeys(forms))
