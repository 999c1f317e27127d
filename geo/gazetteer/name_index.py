"""Names of places and of actors by their first word key, as a matcher over text needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.folding import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.model import Actor, Name, Place

# "US", "UAE", "NATO": longer names in capitals are shouting, not abbreviations.
_ABBREVIATION_LETTERS = 5


class NameEntry(NamedTuple):
    """All places whose name has these word keys.

    ``capitals``: only an abbreviation gives this key, so the text must have it in capitals ("US").
    ``shortened``: only a word cut short gives it ("Mo."), so what stands around it must say so.
    """

    key: tuple[str, ...]
    places: tuple[str, ...]
    capitals: bool
    shortened: bool = False


# A place, a name of it, and how the key that stands for them matches the name.
KeyedForm = tuple["Place", "Name", str]


def name_index(
    forms: Mapping[tuple[str, ...], tuple[KeyedForm, ...]],
) -> Mapping[str, tuple[NameEntry, ...]]:
    """Give first word key -> the names that begin with it, longest first.

    The names of a place that another record superseded mean that one.
    """
    known = {place.id for keyed in forms.values() for place, _, _ in keyed}
    ids: dict[tuple[tuple[str, ...], bool, bool], dict[str, None]] = {}
    for key, keyed in forms.items():
        capitals: dict[str, bool] = {}
        whole: set[str] = set()
        for place, form, _ in keyed:
            meant = place.superseded_by if place.superseded_by in known else place.id
            capitals[meant] = capitals.get(meant, True) and is_abbreviation(form.text)
            if not is_shortened(form.text):
                whole.add(meant)
        for place_id, only in capitals.items():
            ids.setdefault((key, only, place_id not in whole), {})[place_id] = None
    index: dict[str, list[NameEntry]] = {}
    for (key, only, shortened), found in ids.items():
        index.setdefault(key[0], []).append(NameEntry(key, tuple(found), only, shortened))
    return {
        first: tuple(sorted(entries, key=lambda e: (-len(e.key), e.key, e.capitals)))
        for first, entries in index.items()
    }


def is_abbreviation(name: str) -> bool:
    """Tell whether a name is a short one in capitals, so that lower case means another word."""
    if not name.isupper() or any(c.isspace() for c in name):
        return False
    letters = [c for c in name if c.isalpha()]
    # A letter without case, as in Chinese or Georgian, is no capital.
    return 1 < len(letters) <= _ABBREVIATION_LETTERS and all(map(str.isupper, letters))


def is_shortened(name: str) -> bool:
    """Tell whether a name is one word cut short, with a point: "Mo.", but not "U.S."."""
    return name[-1:] == "." and name[:-1].isalpha()


ActorEntry = tuple[tuple[str, ...], str, bool, str]


def actor_index(actors: Iterable[Actor]) -> Mapping[str, tuple[ActorEntry, ...]]:
    """First key of a name -> (all keys, actor id, is an adjective, the name), longest first."""
    index: dict[str, list[ActorEntry]] = {}
    for actor in actors:
        for forms, adjective in ((actor.names, False), (actor.adjectives, True)):
            for form in forms:
                keys = tuple(word.key for word in words(form))
                if keys:
                    index.setdefault(keys[0], []).append((keys, actor.id, adjective, form))
    return {
        key: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for key, rows in index.items()
    }
