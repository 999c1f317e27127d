"""Place names in a text: whole names of the gazetteer, and names that only their frame betrays.

All names that match are taken, then the longest of those that overlap (``geo.mentions.scan``); a
name that is part of a person's, body's or war's name is dropped (``geo.mentions.refusals``). Names
that no gazetteer holds become mentions without candidates where the words around them say "place"
(``geo.mentions.unlisted``).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo.lookup.suggestions import deletion_hashes, is_one_edit
from geo.mentions.scan import Scanner
from geo.mentions.short_forms import REASON as SHORT_FORM
from geo.mentions.surroundings import surroundings
from geo.model import Mention
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.gazetteer import Gazetteer
    from geo.mentions.surroundings import Surroundings
    from geo.model import Article

# Shorter names one letter apart are often two villages.
_SHORTEST_SLIP = 9


class Found(NamedTuple):
    """Words ``first`` up to ``last`` (exclusive) as a name; no ids: no gazetteer holds it."""

    first: int
    last: int
    ids: tuple[str, ...]
    reason: str


def find_mentions(article: Article, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Give every place name of the text in order, with the ids of all places of that name."""
    from geo.mentions.beyond import with_world
    from geo.mentions.refusals import accepted
    from geo.mentions.short_forms import short_forms
    from geo.mentions.unlisted import unlisted_names

    around = surroundings(article)
    listed = [_extended(found, around, gazetteer) for found in _listed(around, gazetteer)]
    short = {found.first: found for found in short_forms(listed, around, gazetteer)}
    whole = [found for found in listed if found.first not in short]
    kept, refused = accepted(whole, around, gazetteer)
    kept = sorted([*kept, *short.values()])
    names = unlisted_names(kept, refused, around=around, gazetteer=gazetteer)
    names = with_world(sorted(_respelt(names, around)), around, gazetteer)
    return tuple(_mention(name, around) for name in names)


@lru_cache(maxsize=4)
def name_scanner(gazetteer: Gazetteer) -> Scanner[tuple[str, ...]]:
    """Give what finds a gazetteer's names in a text, with the ids of all places of each."""
    generics = word_lists("generics")
    plain: dict[tuple[str, ...], tuple[str, ...]] = {}
    capitals: dict[tuple[str, ...], tuple[str, ...]] = {}
    for entry in (entry for entries in gazetteer.name_index.values() for entry in entries):
        # Borders and roads are phrases of their own: "the X-Y border" names X and Y.
        ids = tuple(place for place in entry.places if gazetteer.places[place].kind != "line")
        if entry.shortened:
            continue  # geo.mentions.short_forms finds them
        if ids and entry.capitals:
            # What is not for capitals only comes first and holds for capitals too.
            capitals[entry.key] = tuple(dict.fromkeys(plain.get(entry.key, ()) + ids))
        elif ids:
            plain[entry.key] = ids
    return Scanner(
        plain.items(),
        capitals=capitals.items(),
        small=generics["articles"] | generics["compass"],
    )


def _listed(around: Surroundings, gazetteer: Gazetteer) -> list[Found]:
    """Give the longest names of the gazetteer that stand in the text, as words."""
    found = []
    for start, _, words, ids in name_scanner(gazetteer).longest(around.text):
        first = around.at(start)
        found.append(Found(first, first + words, ids, "a name of the gazetteer"))
    return found


def _extended(found: Found, around: Surroundings, gazetteer: Gazetteer) -> Found:
    """Take in the words of kind that belong to the name: "X heights", "X District", "Lake X"."""
    generics = word_lists("generics")
    end = found.last - 1
    if (
        end > found.first
        and not around.capital[end]
        and around.keys[end] in generics["administrative"]
    ):
        return _without_kind(found, around, gazetteer)
    first = _extended_left(found.first, around)
    last = extended_right(found.last, around, facilities=generics["facility_of_town"])
    if (first, last) == (found.first, found.last):
        return found
    keys = tuple(around.keys[first:last])
    entries = gazetteer.name_index.get(keys[0], ())
    whole = next((entry.places for entry in entries if entry.key == keys), None)
    if whole:
        return Found(first, last, whole, found.reason)
    return Found(first, last, found.ids, "a name of the gazetteer with the word for its kind")


def _without_kind(found: Found, around: Surroundings, gazetteer: Gazetteer) -> Found:
    """Leave out "district" in lower case; the places of the shorter name are candidates too."""
    keys = tuple(around.keys[found.first : found.last - 1])
    entries = gazetteer.name_index.get(keys[0], ())
    shorter = [place for entry in entries if entry.key == keys for place in entry.places]
    ids = tuple(dict.fromkeys(found.ids + tuple(shorter)))
    return Found(found.first, found.last - 1, ids, found.reason)


def _extended_left(first: int, around: Surroundings) -> int:
    """Give the beginning of a name with "Lake" or "Republic of" before it."""
    generics = word_lists("generics")
    before = around.word(first - 1, of=first)
    start = first
    if before in generics["before_feature"]:
        start = first - 1
    elif before == "of" and around.word(first - 2, of=first) in generics["of_feature"]:
        start = first - 2
    elif before == "the" and around.word(first - 2, of=first) == "of":
        start = first - 3 if around.word(first - 3, of=first) in generics["of_feature"] else first
    if start == first or not around.capital[start] or around.gap(first) != " ":
        return first
    return start if around.set_as(first) == "plain" else first


def extended_right(last: int, around: Surroundings, *, facilities: frozenset[str]) -> int:
    """Give the end of a name that ends before word ``last`` with the words of kind after it.

    ``facilities`` belong to the name in lower case too; "X and Y valleys" share the last word.
    """
    generics = word_lists("generics")
    of = last - 1
    if around.gap(last) not in {" ", "\u00a0"}:
        return last
    key = around.word(last, of=of)
    built = last + 1 if key in generics["facility_modifier"] else last
    word = around.word(built, of=of)
    if word in generics["facility"] and around.gap(built) in {" ", "\u00a0"}:
        capital = around.capital[built] and around.set_as(of) == "plain"
        if capital or word in facilities:
            return built + 1
    if key in generics["feature"]:
        shared = key.endswith("s") and around.word(of - 1, of=of) in {"and", "or"}
        return last if shared and not around.capital[last] else last + 1
    named = key in generics["administrative"] and around.capital[last]
    return last + 1 if named and around.set_as(of) != "title" else last


def _respelt(names: list[Found], around: Surroundings) -> list[Found]:
    """Read an unknown name as one that the text also uses, if only an article or a slip parts them.

    "Ayn" is "al-Ayn" there and the other way round; one letter is a slip in a long name only.
    """
    articles = word_lists("generics")["articles"]
    listed: dict[str, Found] = {}
    bare: dict[tuple[str, ...], Found] = {}
    for name in names:
        if name.ids:
            keys = around.keys[name.first : name.last]
            listed.setdefault("".join(keys), name)
            bare.setdefault(_bare(keys, articles), name)
    long = {n for n in names if not n.ids and len(_written(n, around)) >= _SHORTEST_SLIP}
    near = _by_shorter_forms(listed) if long else {}
    respelt = []
    for name in names:
        used = None if name.ids else bare.get(_bare(around.keys[name.first : name.last], articles))
        if used is not None:
            spelt = around.text[around.starts[used.first] : around.ends[used.last - 1]]
            respelt.append(name._replace(ids=used.ids, reason=f"{spelt}, which the text names"))
        else:
            respelt.append(_slip(name, listed, near, around) if name in long else name)
    return respelt


def _bare(keys: list[str], articles: frozenset[str]) -> tuple[str, ...]:
    """Give the keys of a name without the article before it."""
    return tuple(keys[1:] if len(keys) > 1 and keys[0] in articles else keys)


def _written(name: Found, around: Surroundings) -> str:
    return "".join(around.keys[name.first : name.last])


def _by_shorter_forms(names: Iterable[str]) -> Mapping[int, list[str]]:
    """Names by what they and all within one letter of them share."""
    found: dict[int, list[str]] = {}
    for name in names:
        for form in deletion_hashes(name):
            found.setdefault(form, []).append(name)
    return found


def _slip(
    name: Found, listed: Mapping[str, Found], near: Mapping[int, list[str]], around: Surroundings
) -> Found:
    written = _written(name, around)
    shared = {key for form in deletion_hashes(written) for key in near.get(form, ())}
    meant = [key for key in shared if is_one_edit(written, key)]
    if len(meant) != 1:
        return name
    used = listed[meant[0]]
    spelt = around.text[around.starts[used.first] : around.ends[used.last - 1]]
    return name._replace(ids=used.ids, reason=f"one letter from {spelt}, which the text names")


def _mention(found: Found, around: Surroundings) -> Mention:
    start, end = around.starts[found.first], around.ends[found.last - 1]
    letter = end - around.starts[found.last - 1] == 1 and "." in around.text[start:end]
    if (letter or found.reason == SHORT_FORM) and around.text[end : end + 1] == ".":
        end += 1  # the last point of "U.S." and of "Mo."
    return Mention(
        start=start,
        end=end,
        text=around.text[start:end],
        candidates=found.ids,
        reason=found.reason,
    )
