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

# Azerbaijani Cyrillic and few other alphabets have these.
_TELLING = frozenset("әғҝҹ")
# A memo larger than any language's running vocabulary only holds noise.
_MEMO_LIMIT = 200_000
# Besides a space, what parts the words of a name and is nothing else.
_PARTING = "-,./()"

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
    for match in word_pattern().finditer(text):
        start, end = match.span()
        word = text[start:end]
        yield make(Word, (start, end, known(word) or fold(word)))


def name_key(name: str) -> tuple[str, ...]:
    """Give the keys of a name's words: the same as ``words`` gives, without its imports."""
    if name.isascii():
        if name.isalnum():
            return (name.lower(),)
        plain = name.translate(_ascii or _load_ascii())
        if "\0" not in plain:
            return tuple(plain.split())
    elif name.isalnum():
        return (fold(name),)
    else:
        plain = name
        for mark in _PARTING:
            if mark in plain:
                plain = plain.replace(mark, " ")
        if plain.replace(" ", "").isalnum():
            return tuple(map(fold, plain.split()))
    # Marks, apostrophes and other spaces: rare, and the expression knows them.
    return tuple(word.key for word in words(name))


def whole_key(name: str) -> str:
    """Give ``name_key`` as one text, as indexes hold it."""
    return " ".join(name_key(name))


def _load_ascii() -> dict[int, str]:
    """Give what each ASCII character is in a key; NUL where only the expression knows."""
    for code in range(128):
        letter = chr(code)
        parting = " " if letter == " " or letter in _PARTING else "\0"
        _ascii[code] = letter.lower() if letter.isalnum() else parting
    return _ascii


def _fold(word: str) -> str:
    if word.isascii():
        lower = word.lower()
        return lower if word.isalnum() else lower.replace("'", "").replace("`", "") or word
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
    if not _TELLING.isdisjoint(word) and all(ord(c) in _azerbaijani for c in word):
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


def word_pattern() -> re.Pattern[str]:
    """Give the expression that matches one word as ``words`` yields it."""
    global _pattern  # noqa: PLW0603 - compiled once, when the first text comes
    if _pattern is None:
        import re

        _pattern = re.compile(rf"[A-Za-z0-9]++{_PLAIN_END}|[^\W_]++{_continued()}")
    return _pattern


def word_rest() -> str:
    """Give an expression that matches a word from after its first letter to its end."""
    return rf"(?:[A-Za-z0-9]*+{_PLAIN_END}|[^\W_]*+{_continued()})"


# Most words are ASCII with one of these after them: asked first, that is three times faster.
_PLAIN_END = r"(?=[ \n.,;:!?)(\"/\-])"


def _continued() -> str:
    """Give an expression for what may follow the first letters and digits of a word."""
    from geo.folding_table import APOSTROPHES, INVISIBLE, MARKS

    joiner = rf"(?:[{MARKS}{INVISIBLE}]++|[{APOSTROPHES}](?![sS]\b)(?=[^\W\d_]))"
    return rf"(?:{joiner}++[^\W_]++)*+[{MARKS}]*+"
