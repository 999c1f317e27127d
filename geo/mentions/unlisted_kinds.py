"""Words for kinds of places that show a name beside them to be one: "X district", "X, a town"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.mentions.unlisted_reader import kind_words

if TYPE_CHECKING:
    from geo.mentions import Found
    from geo.mentions.unlisted_reader import Reader

# "an area in Xville called Y"
_FURTHEST_KIND = 5
# "X local government area"
_MOST_MODIFIERS = 2


def kind_in_name(name: Found, reader: Reader) -> str:
    """Read "X heights", "X District", "X plant": the word for the kind is part of the name."""
    around, last = reader.around, name.last - 1
    if last == name.first or around.keys[last] not in kind_words():
        return ""
    if reader.before(name.first) in {"a", "an"} and not around.capital[last]:
        return ""  # "a Gothic church"
    return "a name with the word for its kind"


def place_word(name: Found, reader: Reader) -> str:
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


def held(name: Found, reader: Reader) -> str:
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


def kind_leads(name: Found, reader: Reader) -> str:
    """Read "District X", "Lake X": the word for the kind, capitalised, begins the name."""
    around = reader.around
    second = name.first + 1
    leading = reader.frames["kinds_leading"] | reader.generics["before_feature"]
    if name.last - name.first < 2 or around.keys[name.first] not in leading:
        return ""
    if around.gap(second) not in {" ", ". "} or around.keys[second] in reader.frames["offices"]:
        return ""
    return "a name with the word for its kind"


def kind_before(name: Found, reader: Reader) -> str:
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


def kind_after(name: Found, reader: Reader) -> str:
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


APPOSED = "the word for its kind follows it after a comma"


def apposed(name: Found, reader: Reader) -> str:
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
