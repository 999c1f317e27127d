"""The words around a name that show it to be a place, though no gazetteer holds it.

Each rule looks at one capitalised name and gives its reason in plain words, or nothing.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.gazetteer import Gazetteer
    from geo.mentions import Found
    from geo.mentions.surroundings import Surroundings

_UNITS = frozenset(
    ("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers", "mile", "miles")
)


@cache
def kind_words() -> frozenset[str]:
    """Give the words that, at its end, make a name that of a place."""
    generics = word_lists("generics")
    return generics["administrative"] | generics["feature"] | generics["facility"]


class Reader:
    """One article's words, the names that are already known, and the lists that rules consult."""

    def __init__(self, known: Sequence[Found], around: Surroundings, gazetteer: Gazetteer) -> None:
        """Mark the words that known names cover."""
        self.around = around
        self.gazetteer = gazetteer
        self.known = {name.first: name for name in known}
        self.taken = bytearray(len(around))
        self.take(known)
        self.generics = word_lists("generics")
        self.bodies = word_lists("organisations")
        self.frames = word_lists("frames")
        self.uses = Counter(around.keys)

    def take(self, names: Sequence[Found]) -> None:
        """Keep the words of names from becoming new ones."""
        for name in names:
            self.taken[name.first : name.last] = b"\1" * (name.last - name.first)

    def before(self, first: int, step: int = 1) -> str:
        """Give a word before word ``first``, "" outside its sentence."""
        return self.around.word(first - step, of=first)

    def after(self, name: Found, step: int = 0) -> str:
        """Give a word after a name, "" outside its sentence."""
        return self.around.word(name.last + step, of=name.first)

    def close(self, at: int) -> bool:
        """Say whether only a space stands before word ``at``."""
        return self.around.gap(at) in {" ", "\u00a0"}


def _kind_in_name(name: Found, reader: Reader) -> str:
    """Read "X heights", "X District", "X plant": the word for the kind is part of the name."""
    around, last = reader.around, name.last - 1
    if last == name.first or around.keys[last] not in kind_words():
        return ""
    if reader.before(name.first) in {"a", "an"} and not around.capital[last]:
        return ""  # "a Gothic church"
    return "a name with the word for its kind"


def _kind_before(name: Found, reader: Reader) -> str:
    """Read "the village of X", "villages X and Y"."""
    kinds = reader.frames["kinds_before"]
    before = reader.before(name.first)
    if name.first and reader.taken[name.first - 1]:
        return ""  # the word is part of another name
    if reader.around.gap(name.first).strip(' \u00a0“"'):
        listed = reader.around.gap(name.first) == ", " and reader.before(name.first, 2) == "other"
        return "one of the places spoken of" if listed and before in kinds else ""
    if before == "of" and reader.before(name.first, 2) in kinds:
        return "the word for a kind of place and 'of' stand before it"
    return "the word for a kind of place stands before it" if before in kinds else ""


def _kind_after(name: Found, reader: Reader) -> str:
    """Read "X district", "X outpost", "X sector"."""
    if reader.after(name) in reader.frames["kinds_after"] and reader.close(name.last):
        return "the word for a kind of place stands after it"
    return ""


def _preposition(name: Found, reader: Reader) -> str:
    """Read "in X", "near X"; "the" between them needs a word for the kind."""
    step = 1
    while reader.before(name.first, step) in reader.generics["compass"] and step < 3:
        step += 1
    word = reader.before(name.first, step)
    if word == "of" and reader.before(name.first, step + 1) in {"inside", "outside"}:
        return "a preposition of place stands before it"
    if word not in reader.frames["prepositions"]:
        return ""
    if not reader.close(name.first) or (reader.after(name).isdigit() and reader.close(name.last)):
        return ""
    return "a preposition of place stands before it"


def _measured(name: Found, reader: Reader) -> str:
    """Read "X (17 km north of Y)", "X, 12 kilometres from Y"."""
    if reader.around.gap(name.last) not in {" (", ", "}:
        return ""
    number = reader.after(name)
    if number in {"some", "about", "around"}:
        number = reader.after(name, 1)
    unit = {reader.after(name, 1), reader.after(name, 2)}
    if number[:1].isdigit() and (number.lstrip("0123456789") in _UNITS or unit & _UNITS):
        return "a distance from another place follows it"
    return ""


def _taken(name: Found, reader: Reader) -> str:
    """Read "captured X", "the fall of X", "a strike on X"."""
    before = reader.before(name.first)
    if before in reader.frames["taking"] and reader.close(name.first):
        return "taken, shelled or left: said of places"
    noun = reader.before(name.first, 2)
    leads = {"of": "taking_nouns", "on": "falling_on"}.get(before)
    if reader.before(name.first, 4) == "under":
        leads = None  # "under the direction of X"
    if leads and noun in reader.frames[leads]:
        return "taken, shelled or left: said of places"
    return ""


STRUCK = "shelled, or under fire: said of places"


def _struck(name: Found, reader: Reader) -> str:
    """Read "X was shelled", "X suffered from artillery fire", "X of Yland came under shelling"."""
    last = name.last
    if reader.after(name) in {"of", "in"} and last + 1 in reader.known:
        last = reader.known[last + 1].last
    if not reader.close(last):
        return ""
    verb, *rest = (reader.around.word(last + step, of=name.first) for step in range(5))
    if verb in {"has", "have", "had"} and rest[0] == "been":
        verb, rest = "was", rest[1:]
    if verb in {"was", "were"} and not reader.frames["struck"].isdisjoint(rest[:2]):
        return STRUCK
    under = (verb, rest[0]) in _UNDER
    return STRUCK if under and not reader.frames["weapons"].isdisjoint(rest[1:]) else ""


_UNDER = frozenset((verb, "from") for verb in ("suffer", "suffers", "suffered")) | frozenset(
    (verb, "under") for verb in ("came", "comes", "come", "coming")
)


def _gone_to(name: Found, reader: Reader) -> str:
    """Read "crossed to X", "the road between X and Y", "not near the other X"."""
    before, earlier = reader.before(name.first), reader.before(name.first, 2)
    if before == "to" and earlier in word_lists("roles")["travel"]:
        return "somebody goes there"
    if before == "between" and earlier in word_lists("roles")["line_nouns"]:
        return "a line or a road runs from it"
    if before == "other" and reader.before(name.first, 3) in reader.frames["prepositions"]:
        return "a preposition of place stands before it"
    return ""


def _filed(name: Found, reader: Reader) -> str:
    """Read "XVILLE, May 5 -" or "(Xville, December 10)" opening a line."""
    around = reader.around
    opens = name.first == 0 or "\n" in around.gap(name.first)
    dated = around.gap(name.last) == ", " and reader.after(name) in reader.frames["months"]
    if opens and dated:
        return "the report was filed there"
    label = around.gap(name.last) == ", " and around.opens_sentence(name.first)
    if label and reader.after(name).isdigit() and reader.after(name, 1) in reader.frames["months"]:
        return "place and date stand at the head of an entry"
    return ""


FRAMES: tuple[Callable[[Found, Reader], str], ...] = (
    _kind_before,
    _kind_in_name,
    _kind_after,
    _measured,
    _preposition,
    _taken,
    _struck,
    _gone_to,
    _filed,
)
STRONG = frozenset((
    "the word for a kind of place and 'of' stand before it",
    "the word for a kind of place stands before it",
    "a preposition of place stands before it",
    "a name with the word for its kind",
))  # fmt: skip
# Said of people and firms too: a name with no better sign must mostly stand so.
WEAK = frozenset(
    ("a preposition of place stands before it", "taken, shelled or left: said of places", STRUCK)
)
