"""The words around a name that show it to be a place, though no gazetteer holds it.

Each rule looks at one capitalised name and gives its reason in plain words, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.mentions.unlisted_kinds import (
    HELD,
    apposed,
    held,
    kind_after,
    kind_before,
    kind_in_name,
    kind_leads,
    place_word,
)
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.mentions import Found
    from geo.mentions.unlisted_reader import Reader

_UNITS = frozenset(
    ("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers", "mile", "miles")
)


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
    kind_leads,
    kind_before,
    kind_in_name,
    kind_after,
    apposed,
    _measured,
    _preposition,
    _taken,
    _struck,
    held,
    _gone_to,
    _filed,
    place_word,
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
