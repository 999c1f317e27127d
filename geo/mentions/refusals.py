"""Names of places that name something else: a person, a body, a treaty, a war, an office.

Each rule looks at one name and its neighbours and says in plain words why it is no place, or
nothing. The first reason holds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.folding import name_key
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.gazetteer import Gazetteer
    from geo.mentions import Found
    from geo.mentions.surroundings import Surroundings

# A body's name rarely has its word for the kind ("Group", "Party") further from the place's name.
_FURTHEST_HEAD = 4
# The last letters of "W.Va.", after single ones.
_LONGEST_LAST = 2
_SPACES = frozenset((" ", "\u00a0", "\n"))
_LOCATIVE = frozenset(
    ("in", "at", "near", "around", "outside", "inside", "across", "towards", "toward", "into")
)
_SMALL = frozenset(("of", "in", "for", "and", "the", "s"))
_ARTICLES = frozenset(("al", "el", "as", "ash", "ad", "an", "ar", "at"))
_CONNECTED = frozenset(("to", "from", "of", "over", "on", "between", "and"))
_LEADING = _LOCATIVE | _CONNECTED


class _Text:
    """What the rules look at: the words, the names found and the parties of the gazetteer."""

    def __init__(self, found: Sequence[Found], around: Surroundings, gazetteer: Gazetteer) -> None:
        self.around = around
        self.starts = {name.first for name in found}
        self.ends = {name.last for name in found}
        self.places = gazetteer.places
        self.actors = gazetteer.actor_names
        self.adjectives = _adjectives(gazetteer)
        self.party_openings = _party_openings(gazetteer)
        self.lists = word_lists("organisations")
        self.generics = word_lists("generics")
        self.lower = {
            key for key, capital in zip(around.keys, around.capital, strict=True) if not capital
        }

    def word(self, at: int, name: Found) -> str:
        return self.around.word(at, of=name.first)

    def is_state(self, name: Found) -> bool:
        """Say whether the name means a country, in one of its senses."""
        return any(self.places[place].kind == "country" for place in name.ids)

    def is_known(self, name: Found) -> bool:
        """Say whether the name means a country or a capital, in one of its senses."""
        capital = any(self.places[place].feature.code == "PPLC" for place in name.ids)
        return capital or self.is_state(name)

    def close(self, at: int) -> bool:
        """Only a space stands before word ``at``."""
        return self.around.gap(at) in _SPACES


@lru_cache(maxsize=4)
def _party_openings(gazetteer: Gazetteer) -> frozenset[str]:
    """Give the first words of the parties' names that have more than one."""
    return frozenset(key[0] for key in gazetteer.actor_names if len(key) > 1)


@lru_cache(maxsize=4)
def _adjectives(gazetteer: Gazetteer) -> frozenset[str]:
    """Give the one-word adjectives of all parties that are not also their names."""
    names = {key for actor in gazetteer.actors.values() for key in map(name_key, actor.names)}
    adjectives = {
        key for actor in gazetteer.actors.values() for key in map(name_key, actor.adjectives)
    }
    return frozenset(key[0] for key in adjectives - names if len(key) == 1)


def accepted(
    found: Sequence[Found], around: Surroundings, gazetteer: Gazetteer
) -> tuple[list[Found], list[Found]]:
    """Give the names that no rule refuses, and the others: also surnames once introduced."""
    text = _Text(found, around, gazetteer)
    kept: list[Found] = []
    refused: list[Found] = []
    surnames: set[str] = set()
    for name in found:
        filed = around.files_report(name.first)
        reason = "" if filed else next((why for rule in RULES if (why := rule(name, text))), "")
        (refused if reason else kept).append(name)
        if reason == _SURNAME and not text.is_state(name):
            surnames.add(around.keys[name.last - 1])
    again = {name for name in kept if _is_surname(name, surnames, text)}
    return [name for name in kept if name not in again], refused + sorted(again)


def _is_surname(name: Found, surnames: set[str], text: _Text) -> bool:
    """Say whether a name repeats a surname, and no preposition of place stands before it."""
    single = name.last - name.first == 1
    known = single and text.around.keys[name.first] in surnames
    return known and text.word(name.first - 1, name) not in _LOCATIVE


_SURNAME = "a surname: a given name stands before it"


def _common_word(name: Found, text: _Text) -> str:  # noqa: PLR0911 - one rule after another
    """Read "Of" or "Ready" opening a sentence, adjectives and given names as what they are."""
    around, at = text.around, name.first
    if name.last - at > 1 or around.is_acronym(at):
        return ""
    key = around.keys[at]
    kind = text.word(name.last, name) in text.generics["administrative"]
    if (key in text.generics["compass"] or key in text.lists["middles"]) and not kind:
        return "a direction or a part"
    if (key in text.adjectives or key in text.lists["adjectives"]) and not kind:
        return "an adjective of a people or a party"
    before = text.word(at - 1, name)
    if before == "ethnic" and not text.is_state(name):
        return "a people"
    if key in text.lists["first_names"] and before not in _LEADING and not text.is_known(name):
        return "a given name"
    if key in text.lists["functions"] and before in {"the", "a", "an"}:
        return "an English word"
    if not around.opens_sentence(at) and around.set_as(at) == "plain":
        return ""
    if key in text.lists["functions"]:
        return "an English word that opens a sentence"
    if key in text.lower:
        return "the text has the same word in lower case"
    return ""


def _battle(name: Found, text: _Text) -> str:
    """Read "Battle of X", "University of X"; "the Russian invasion of X"."""
    at = name.first - 1
    if text.word(at, name) == "the":
        at -= 1
    head = text.word(at - 1, name)
    if text.word(at, name) not in {"of", "for"}:
        return ""
    if head in text.lists["battle_of"] and text.around.capital[at - 1]:
        return "part of the name of a battle, treaty or body"
    adjective = text.word(at - 2, name)
    if head in text.lists["invasions"] and (adjective,) in text.actors:
        return "part of a war's name"
    if head in text.lists["for_roles"] and text.word(at, name) == "for":
        return "the remit of an office"
    return ""


def _war(name: Found, text: _Text) -> str:
    """Read "the X conflict", "the 2020 X war", "the X-Y war"."""
    around, at = text.around, name.last
    while around.gap(at) in {"-", "–"} and text.word(at, name) and around.capital[at]:
        at += 1  # the second name of "the X-Y war"
    if text.word(at, name) in text.lists["wars"] and text.close(at):
        return "part of the name of a war or an operation"
    return ""


def _body(name: Found, text: _Text) -> str:
    """Read "X Group", "X Workers Party", "X Post", "X protocol"."""
    around, at = text.around, name.last
    if text.close(at) and text.word(at, name) in text.lists["lower_heads"]:
        return "part of the name of a body or an agreement"
    for step in range(_FURTHEST_HEAD):
        key = text.word(at + step, name)
        joined = text.close(at + step) or around.gap(at + step) in {"'", "’", "-"}
        if not key or not joined:
            return ""
        if key == "s" and step:
            continue
        if not around.capital[at + step]:
            return ""
        if key in text.lists["heads"] and _is_head(name, at + step, text):
            return "part of the name of a body, a paper or an agreement"
        if around.set_as(at) != "plain":
            return ""
    return ""


def _is_head(name: Found, at: int, text: _Text) -> bool:
    """Let only the word directly after count in a headline, where every word has a capital."""
    around = text.around
    if around.set_as(at) == "plain":
        return True
    after_next = text.word(at + 1, name)
    return at == name.last and not after_next


def _longer_name(name: Found, text: _Text) -> str:
    """Read "Jordan Smith", "X Saint-Germain", "X MOD": a capitalised word follows."""
    around, at = text.around, name.last
    if around.set_as(name.first) != "plain" or not text.close(at) or at in text.starts:
        return ""
    key = text.word(at, name)
    if not key or not around.capital[at] or key in text.lists["after_names"]:
        return ""
    if (key,) in text.actors or around.gap(at) == "\n" or not key.isalpha():
        return ""
    if text.word(name.first - 1, name) in _LOCATIVE:
        return ""
    person_follows = text.word(at + 1, name) and around.capital[at + 1] and text.close(at + 1)
    if text.word(name.first - 1, name) in _CONNECTED and person_follows:
        return ""  # "Ambassador to X Given Surname said"
    return "the beginning of a longer name"


def _person(name: Found, text: _Text) -> str:  # noqa: PLR0911 - one rule after another
    """Read "Jack X": a given name before it, or a capitalised word that we cannot place."""
    around, at = text.around, name.first - 1
    article = text.word(at, name) in _ARTICLES and around.gap(name.first) == "-"
    if article:
        at -= 1  # "Jack al-X"
    key = text.word(at, name)
    short = key in text.lists["forms_of_address"] and around.gap(at + 1) == ". "  # "Mr. X"
    if not key or not (short or text.close(at + 1)) or not around.capital[at]:
        return ""
    if key in text.lists["forms_of_address"]:
        return _SURNAME
    if at + 1 in text.ends or around.is_acronym(at) or (key,) in text.actors:
        return ""
    if key in text.lists["first_names"] and around.set_as(at) != "capitals":
        return _SURNAME
    if article or around.set_as(at) != "plain" or around.opens_sentence(at):
        return ""
    if (
        key in text.lists["adjectives"]
        or key in text.lists["before_names"]
        or key in text.generics["compass"]
    ):
        return ""
    if not key.isalpha() or text.word(at - 1, name) in _LOCATIVE:
        return ""
    return "part of a longer name"


def _initials(name: Found, text: _Text) -> str:  # noqa: PLR0911 - one rule after another
    """Read "A.B.C." around "B.C.", "500 B.C." and "B.C. Smith"; a state's letters stand anywhere.

    A subdivision's do so after a preposition of place, or behind the town and a comma.
    """
    around, at, last = text.around, name.first, name.last
    keys = around.keys[at:last]
    if len(keys) < 2 or any(len(key) > 1 for key in keys[:-1]) or len(keys[-1]) > _LONGEST_LAST:
        return ""
    if any(not around.gap(inner).startswith(".") for inner in range(at + 1, last)):
        return "" if text.is_state(name) or len(keys[-1]) > 1 else "letters, not an abbreviation"
    left, right = text.word(at - 1, name), text.word(last, name)
    if any(len(key) == 1 and around.gap(i) == "." for key, i in ((left, at), (right, last))):
        return "part of a longer abbreviation"
    if text.is_state(name):
        return ""
    if text.close(at) and (left.isdecimal() or left in text.lists["eras"]):
        return "a year or a century"
    follows = around.gap(last) == ". " and right and around.capital[last]
    follows = follows and around.set_as(at) == "plain" and last not in text.starts
    if not follows or right in text.lists["after_names"] or (right,) in text.actors:
        return ""
    placed = left in _LEADING or around.gap(at) == ", "
    whole = text.word(last + 1, name) and around.capital[last + 1] and text.close(last + 1)
    surname = not (whole or right in text.lists["titles"] or around.is_acronym(last))
    return "a person's initials" if surname and not placed else ""


def _thing(name: Found, text: _Text) -> str:
    """Read "the frigate X", "HMS X", "Operation X"; the letters before a ship are no place."""
    at = name.first - 1
    key, lists = text.word(at, name), text.lists
    if key in lists["named_things"] and text.close(name.first):
        return "the name of a ship"
    if key in lists["named_actions"] and text.around.capital[at] and text.close(name.first):
        return "the name of an operation, an exercise or a storm"
    letters = text.around.raw(name.first).isupper() and name.last - name.first == 1
    own = text.around.keys[name.first] in lists["named_things"]
    return "letters before the name of a ship" if letters and own else ""


def _inside_actor(name: Found, text: _Text) -> str:
    """Tell where a name inside the longer name of a party: "Islamic State in X"."""
    around = text.around
    for first in range(max(0, name.first - _FURTHEST_HEAD), name.first + 1):
        if around.keys[first] not in text.party_openings:
            continue
        for last in range(name.last, min(len(around), name.last + _FURTHEST_HEAD) + 1):
            longer = last - first > name.last - name.first
            if longer and tuple(around.keys[first:last]) in text.actors and text.word(first, name):
                return "part of the name of a party" if _proper(first, last, around) else ""
    return ""


def _proper(first: int, last: int, around: Surroundings) -> bool:
    """Say whether these words are one name: capitals throughout but for "of" and "in"."""
    whole = all(around.capital[at] or around.keys[at] in _SMALL for at in range(first, last))
    return whole and all(around.gap(at) in {" ", "-", "\n"} for at in range(first + 1, last))


RULES: tuple[Callable[[Found, _Text], str], ...] = (
    _common_word,
    _battle,
    _war,
    _thing,
    _body,
    _initials,
    _inside_actor,
    _longer_name,
    _person,
)
