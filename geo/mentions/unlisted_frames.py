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
# "an area in Xville called Y"
_FURTHEST_KIND = 5
# "X local government area"
_MOST_MODIFIERS = 2


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
        self.known_before = {name.last: name for name in known}
        self.taken = bytearray(len(around))
        self.take(known)
        self.generics = word_lists("generics")
        self.bodies = word_lists("organisations")
        self.frames = word_lists("frames")
        self.uses = Counter(around.keys)
        self._places_of: dict[str, list[int]] = {}

    def where(self, key: str) -> list[int]:
        """Give the numbers of all words with a key."""
        if not self._places_of:
            for at, other in enumerate(self.around.keys):
                self._places_of.setdefault(other, []).append(at)
        return self._places_of.get(key, [])

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


def _place_word(name: Found, reader: Reader) -> str:
    """Read "Kafr X", "Jabal al-X": the first word means a village, a hill and the like."""
    keys = reader.around.keys[name.first : name.last]
    if len(keys) < 2 or not reader.around.capital[name.first]:
        return ""
    joined = (
        keys[0] in reader.frames["place_words_joined"] and keys[1] in reader.generics["articles"]
    )
    if not joined and keys[0] not in reader.frames["place_words"]:
        return ""
    return "its first word means a village, a hill or the like in its language"


HELD = "a place that may hold it follows"


def _held(name: Found, reader: Reader) -> str:
    """Read "X in Y province", "X of Y district" within a sentence, but not "by X in Y province"."""
    if reader.after(name) not in {"in", "of"} or not reader.close(name.last):
        return ""
    holder = reader.known.get(name.last + 1)
    if holder is None or reader.around.opens_sentence(name.first):
        return ""
    if reader.before(name.first) not in reader.frames["before_held"]:
        return ""
    kind = reader.after(holder) if reader.close(holder.last) else ""
    last = reader.around.keys[holder.last - 1]
    areas = reader.generics["district"] | reader.generics["province"]
    return HELD if kind in areas or (holder.last - holder.first > 1 and last in areas) else ""


def _kind_leads(name: Found, reader: Reader) -> str:
    """Read "District X", "Lake X": the word for the kind, capitalised, begins the name."""
    around = reader.around
    second = name.first + 1
    leading = reader.frames["kinds_leading"] | reader.generics["before_feature"]
    if name.last - name.first < 2 or around.keys[name.first] not in leading:
        return ""
    if around.gap(second) not in {" ", ". "} or around.keys[second] in reader.frames["offices"]:
        return ""
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
    of_kinds = kinds | reader.frames["kinds_of"]
    kind = reader.before(name.first, 2)
    if before == "of" and kind in of_kinds:
        body = kind not in kinds and reader.around.capital[name.first - 2]
        return "" if body else "the word for a kind of place and 'of' stand before it"
    if before in reader.frames["naming"] and _names_a_kind(name.first - 2, of_kinds, reader):
        return "the word for a kind of place and 'of' stand before it"
    return "the word for a kind of place stands before it" if before in kinds else ""


def _names_a_kind(at: int, kinds: frozenset[str], reader: Reader) -> bool:
    """Read "a village called X", "an area in Yville called X" from the last word before "called".

    "A man from the village called X" is no such thing: "a" stands before the word for the kind.
    """
    around = reader.around
    if around.keys[at] in kinds:
        return True
    for back in range(at, max(at - _FURTHEST_KIND, 0), -1):
        key = around.word(back, of=at)
        if key in kinds:
            return around.word(back - 1, of=at) in {"a", "an"}
        if not (around.capital[back] or key in {"in", "near", "of", "the"}):
            return False
    return False


def _kind_after(name: Found, reader: Reader) -> str:
    """Read "X district", "X outpost", "X administrative post", "the X base"."""
    if not reader.close(name.last):
        return ""
    after, frames = reader.after(name), reader.frames
    if after in frames["kinds_after"] or (after == "sub" and reader.after(name, 1) == "district"):
        return "the word for a kind of place stands after it"
    step = 0
    while reader.after(name, step) in frames["kind_modifiers"] and step < _MOST_MODIFIERS:
        step += 1
    placed = reader.before(name.first, 2) in frames["prepositions"]
    modified = step or (reader.before(name.first) == "the" and placed)
    if modified and reader.after(name, step) in frames["kinds_modified"]:
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
    if word not in reader.frames["prepositions"] and not _owned_by_place(name.first, step, reader):
        return ""
    if not reader.close(name.first) or (reader.after(name).isdigit() and reader.close(name.last)):
        return ""
    if _no_place(name, word, reader.before(name.first, step + 1), reader):
        return ""
    return "a preposition of place stands before it"


def _no_place(name: Found, preposition: str, earlier: str, reader: Reader) -> bool:
    """Read "faith in X", "an analyst at X", "in X tanks", "in X's view": no places."""
    frames = reader.frames
    if preposition in {"in", "at"} and earlier in frames[f"{preposition}_no_place"]:
        return True
    if reader.close(name.last) and reader.after(name) in frames["wares"]:
        return True
    return _owns(name, reader) and not _owns_place(name, reader)


def _owns_place(name: Found, reader: Reader) -> bool:
    """Read "X's northern edge", "X's main market", "X's Old Town"."""
    kinds = (
        reader.frames["kinds_before"] | reader.frames["kinds_after"] | reader.generics["facility"]
    )
    kinds |= reader.generics["feature"] | reader.generics["compass"] | reader.frames["taking_nouns"]
    around = reader.around
    for step in (1, 2, 3):
        at = name.last + step
        key = reader.after(name, step)
        if not key or around.gap(at) != " ":
            return False
        if key in kinds or (around.capital[at] and not around.is_acronym(at)):
            return True
    return False


def _owned_by_place(first: int, step: int, reader: Reader) -> bool:
    """Read "nearby X"; "in Y's X", where Y is a place that the gazetteer holds."""
    if reader.before(first, step) in reader.frames["nearness"]:
        return True
    if reader.before(first, step) != "s" or reader.around.gap(first - step) not in {"'", "’"}:
        return False
    owner = reader.known_before.get(first - step)
    return owner is not None and reader.before(owner.first) in reader.frames["prepositions"]


APPOSED = "the word for its kind follows it after a comma"


def _apposed(name: Found, reader: Reader) -> str:
    """Read "X, a town near Y", "X, the centre of Y", but not "X, a town councillor"."""
    around = reader.around
    kinds = _apposed_kinds(reader.after(name), reader)
    if around.gap(name.last) != ", " or not kinds:
        return ""
    for step in range(1, _FURTHEST_KIND + 1):
        key = reader.after(name, step)
        at = name.last + step
        if not key or not reader.close(at) or key in reader.bodies["functions"]:
            return ""
        if key in kinds and not around.capital[at]:
            following = reader.after(name, step + 1)
            ends = not following or around.gap(at + 1).strip()[:1] in {",", ".", ";", ")"}
            if ends or following in _AFTER_KINDS or following[:1].isdigit():
                return APPOSED
    return ""


def _apposed_kinds(determiner: str, reader: Reader) -> frozenset[str]:
    """Give the words for kinds that may follow "X, a" or "X and Y, two"."""
    if determiner in {"a", "an", "another", "the"}:
        return reader.frames["kinds_before"] | reader.frames["seats"]
    plural = determiner in {"all", "both", "four", "three", "two"}
    return reader.frames["kinds_plural"] if plural else frozenset()


# "a town near Y", "the village where Y": not "a village elder".
_AFTER_KINDS = frozenset((
    "about", "around", "at", "bordering", "close", "in", "inside", "just", "lying", "near", "north",
    "northeast", "northwest", "of", "off", "on", "outside", "some", "south", "southeast",
    "southwest", "that", "under", "west", "east", "where", "which", "with", "within",
))  # fmt: skip


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


def names_event(name: Found, reader: Reader) -> bool:
    """Read "the Battle of X", the name of an event."""
    if reader.before(name.first) not in {"of", "for"}:
        return False
    head = reader.before(name.first, 2)
    return head in reader.bodies["battle_of"] and reader.around.capital[name.first - 2]


def _taken(name: Found, reader: Reader) -> str:
    """Read "captured X", "the fall of X", "a strike on X"."""
    before = reader.before(name.first)
    if before in reader.frames["taking"] and reader.close(name.first):
        return "taken, shelled or left: said of places"
    noun = reader.before(name.first, 2)
    if names_event(name, reader):
        return ""
    leads = {"of": "taking_nouns", "on": "falling_on", "over": "control_over"}.get(before)
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
    if (verb, rest[0]) == ("has", "fallen") and rest[1] != "ill":
        return STRUCK
    if verb in _IS and rest[0] == "under" and rest[1] in reader.frames["besieged"]:
        return STRUCK
    under = (verb, rest[0]) in _UNDER
    return STRUCK if under and not reader.frames["weapons"].isdisjoint(rest[1:]) else ""


_IS = frozenset(("is", "was", "remains", "remained"))
_UNDER = frozenset((verb, "from") for verb in ("suffer", "suffers", "suffered")) | frozenset(
    (verb, "under") for verb in ("came", "comes", "come", "coming")
)


LEFT = "a way leads there, or something is so far from it"


def _way_after(other: int, reader: Reader) -> bool:
    """Say whether a way follows the name at word ``other``: "the X–Y road"."""
    ways = reader.generics["ways"]
    if reader.around.word(other, of=other - 1) == "to":
        other += 1  # "the X-to-Y highway"
    following = (reader.around.word(other + step, of=other) for step in (1, 2, 3))
    return reader.around.word(other, of=other - 1) != "" and any(key in ways for key in following)


def _owns(name: Found, reader: Reader) -> bool:
    """Read "X's office": what is spoken of is not X."""
    return reader.after(name) == "s" and reader.around.gap(name.last) in {"'", "’"}


def _gone_to(name: Found, reader: Reader) -> str:
    """Read "crossed to X", "the road between X and Y", "not near the other X"."""
    before, earlier = reader.before(name.first), reader.before(name.first, 2)
    if before == "to" and earlier in word_lists("roles")["travel"]:
        return "somebody goes there"
    to = before == "to" and earlier in reader.frames["leading_to"]
    far = earlier in _UNITS or (earlier[:1].isdigit() and earlier.lstrip("0123456789") in _UNITS)
    left = before == "from" and (far or earlier in reader.frames["leaving"])
    if (to or left) and not _owns(name, reader):
        return LEFT
    between = before == "between" and earlier in word_lists("roles")["line_nouns"]
    if between or (reader.around.gap(name.last) in {"-", "–"} and _way_after(name.last, reader)):
        return "a line or a road runs from it"
    if before == "other" and reader.before(name.first, 3) in reader.frames["prepositions"]:
        return "a preposition of place stands before it"
    return ""


# What parts a dateline from the report: "XVILLE: Troops", "XVILLE (Agency) - Troops".
_DATELINE_ENDS = (": ", " —", " –", " - ", " (", "—", "–", " -- ")
_SHORTEST_DATELINE = 4


def _is_dateline(name: Found, reader: Reader) -> bool:
    """Read "XVILLE: Troops fired", but not "UPDATE: Troops fired"."""
    around = reader.around
    raw = reader.around.text[around.starts[name.first] : around.ends[name.last - 1]]
    if not raw.isupper() or len(raw) < _SHORTEST_DATELINE or around.set_as(name.first) != "plain":
        return False
    if not around.gap(name.last).startswith(_DATELINE_ENDS) or not reader.after(name):
        return False
    keys = around.keys[name.first : name.last]
    english = reader.frames["labels"] | reader.bodies["functions"] | reader.bodies["not_places"]
    return english.isdisjoint(keys)


def _filed(name: Found, reader: Reader) -> str:
    """Read "XVILLE, May 5 -" or "(Xville, December 10)" opening a line."""
    around = reader.around
    opens = name.first == 0 or "\n" in around.gap(name.first)
    dated = around.gap(name.last) == ", " and reader.after(name) in reader.frames["months"]
    if opens and dated:
        return "the report was filed there"
    if opens and _is_dateline(name, reader):
        return "the report was filed there"
    ends = around.gap(name.last).startswith(_DATELINE_ENDS)
    if ends and around.gap(name.first) == ", " and around.files_report(name.first):
        return "the report was filed there"
    label = around.gap(name.last) == ", " and around.opens_sentence(name.first)
    if label and reader.after(name).isdigit() and reader.after(name, 1) in reader.frames["months"]:
        return "place and date stand at the head of an entry"
    return ""


FRAMES: tuple[Callable[[Found, Reader], str], ...] = (
    _kind_leads,
    _kind_before,
    _kind_in_name,
    _kind_after,
    _apposed,
    _measured,
    _preposition,
    _taken,
    _struck,
    _held,
    _gone_to,
    _filed,
    _place_word,
)
STRONG = frozenset((
    "the word for a kind of place and 'of' stand before it",
    "the word for a kind of place stands before it",
    "a preposition of place stands before it",
    "a name with the word for its kind",
))  # fmt: skip
# Said of people and firms too: a name with no better sign must mostly stand so.
WEAK = frozenset(
    (
        "a preposition of place stands before it",
        "taken, shelled or left: said of places",
        STRUCK,
        LEFT,
        HELD,
    )
)
