"""Match keys: what a word becomes so that case, marks and script no longer part two spellings.

Folding goes word by word, never over a whole text, so offsets stay those of the text as given:
folding can lengthen a word (``ß``) or shorten it (marks). Imports nothing heavier than a table, and
for ASCII not even that, because the cold look-up pays for every import.
"""

from __future__ import annotations

from _operator import itemgetter  # the module around it is one import more

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from typing import NamedTuple

# A memo larger than any language's running vocabulary only holds noise.
_MEMO_LIMIT = 200_000
# Besides a space, what parts the words of a name and is nothing else.
_PARTING = "-,./()"
# The apostrophes that names are mostly written with; of the others only the expression knows.
_LIKE_APOSTROPHE = "\u2018\u2019"
_SIGNS = _PARTING + _LIKE_APOSTROPHE

_memo: dict[str, str] = {}
_table: dict[int, str] = {}
_ascii: dict[int, str] = {}
_azerbaijani: dict[int, str] = {}
_pattern: re.Pattern[str] | None = None


if TYPE_CHECKING:

    class Word(NamedTuple):
        """``text[start:end]`` and its match key, which is never empty."""

        start: int
        end: int
        key: str

else:

    class Word(tuple):
        """A named tuple, without the imports that making one takes."""

        __slots__ = ()
        start = property(itemgetter(0))
        end = property(itemgetter(1))
        key = property(itemgetter(2))


def fold(word: str) -> str:
    """Give the match key of one word: lower-case ASCII for the scripts that the table knows."""
    key = _memo.get(word)
    if key is None:
        if len(_memo) >= _MEMO_LIMIT:
            _memo.clear()
        key = _memo[word] = _fold(word)
    return key


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text: runs of letters, digits and their marks; all else parts them.

    A possessive is a word of its own ("Shusha's" gives "shusha" and "s"), other apostrophes join.
    """
    known, make = _memo.get, tuple.__new__
    for match in (_pattern or _compile()).finditer(text):
        start, end = match.span()
        word = text[start:end]
        yield make(Word, (start, end, known(word) or fold(word)))


def name_key(name: str) -> tuple[str, ...]:
    """Give the keys of a name's words: the same as ``words`` gives, without its imports."""
    if name.isalnum():
        return (fold(name),)
    plain = "".join(c if c.isalnum() else " " if c == " " or c in _PARTING else "\0" for c in name)
    if "\0" in plain:  # marks and apostrophes: rare, and the expression knows them
        return tuple(word.key for word in words(name))
    return tuple(map(fold, plain.split()))


def whole_key(name: str) -> str:
    """Give ``name_key`` as one text, faster: an index of the world folds thirty million names."""
    if not name.isascii():
        plain = name
        for mark in _SIGNS:
            if mark in plain:
                plain = plain.replace(mark, "'" if mark in _LIKE_APOSTROPHE else " ")
        if not plain.isascii():
            if plain.replace(" ", "").isalnum():
                return " ".join(map(fold, plain.split()))
            return " ".join(name_key(name))
        name = plain
    if name.isalnum():
        return name.lower()
    plain = name.translate(_ascii or _load_ascii())
    if "\0" not in plain:
        return " ".join((plain if "'" not in plain else _joined(plain)).split())
    return " ".join(name_key(name))


def _load_ascii() -> dict[int, str]:
    """Give what each ASCII character is in a key; NUL where only the expression knows."""
    for code in range(128):
        letter = chr(code)
        parting = letter if letter == "'" else " " if letter == " " or letter in _PARTING else "\0"
        _ascii[code] = letter.lower() if letter.isalnum() else parting
    return _ascii


def _joined(plain: str) -> str:
    """Take the apostrophes out of lower-case ASCII: they join what a letter follows, but no "s"."""
    first, *rest = plain.split("'")
    said = first
    for part in rest:
        begins, _, _ = part.partition(" ")
        joins = said[-1:].isalnum() and begins[:1].isalpha() and begins != "s"
        said += part if joins else " " + part
    return said


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower().translate({39: None, 96: None}) or word
    table = _table or _load()
    if not word.isalnum():  # it has marks: compose what can be composed, the rest is dropped below
        from unicodedata import normalize

        word = normalize("NFC", word)
    key = _by_script(word.lower()).translate(table)
    if key.isascii():
        return key or word
    from unicodedata import normalize

    folded = normalize("NFKC", normalize("NFKC", word).casefold()).translate(table)
    return folded or word


def _by_script(word: str) -> str:
    """Apply the rules that need more than one letter; ``word`` is in lower case."""
    if (
        "\u0400" <= word[0] <= "\u04ff"
        and any(c in word for c in "әғҝҹ")
        and all(ord(c) in _azerbaijani for c in word)
    ):
        # All letters are of the Azerbaijani Cyrillic alphabet, one is of few others.
        return word.translate(_azerbaijani)
    if "ա" <= word[0] <= "և":
        # Armenian as the BGN/PCGN system of 1981 writes it: ու is u; ե and ո begin with a glide.
        if word[0] in "եև":
            word = "y" + word
        elif word[0] == "ո" and word[1:2] not in {"ւ", "վ"}:
            word = "v" + word
        return word.replace("ու", "u").replace("եւ", "և")
    return word


def _load() -> dict[int, str]:
    from geo.folding_table import AZERBAIJANI, GROUPS

    for key, letters in GROUPS.items():
        _table.update(dict.fromkeys(map(ord, letters), key))
    _azerbaijani.update((ord(letter), latin) for letter, latin in AZERBAIJANI.items())
    return _table


def _compile() -> re.Pattern[str]:
    global _pattern  # noqa: PLW0603 - compiled once, when the first text comes
    import re

    from geo.folding_table import APOSTROPHES, INVISIBLE, MARKS

    joiner = rf"(?:[{MARKS}{INVISIBLE}]++|[{APOSTROPHES}](?![sS]\b)(?=[^\W\d_]))"
    # Most words are ASCII with one of these after them: the first branch is three times faster.
    plain = r"[A-Za-z0-9]++(?=[ \n.,;:!?)(\"/\-])"
    _pattern = re.compile(rf"{plain}|[^\W_]++(?:{joiner}++[^\W_]++)*+[{MARKS}]*+")
    return _pattern
