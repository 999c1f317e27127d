"""Places of the list of the world behind the packs, as candidates for the names of a text.

A name that no pack has, and that its frame shows to be a place, may be any place of the world of
that name. So may a town of the pack of last resort: "Paris" may be one of the other twenty. What
speaks for which is weighed in ``geo.places``. That the world has a place of a name says little by
itself, for half of all surnames are villages somewhere; with it a weaker frame is enough.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from geo.gazetteer import Gazetteer
    from geo.mentions import Found
    from geo.mentions.surroundings import Surroundings
    from geo.mentions.unlisted_reader import Reader

_AREAS = frozenset(("country", "province", "district", "region"))
_WIDE = frozenset(("country", "macro"))
# The built-up area of a town of ten thousand.
_KNOWN_TOWN_M = 1_400
_DASHES = frozenset((" - ", " – ", " — ", " -- ", " —", "— ", "—"))


def with_world(names: Sequence[Found], around: Surroundings, gazetteer: Gazetteer) -> list[Found]:
    """Give the names with the places of the world that may be meant."""
    placed = _placed(names, around, gazetteer)
    wider = []
    for name in names:
        key = tuple(around.keys[name.first : name.last])
        ids = name.ids
        if not ids:
            ids = gazetteer.beyond(key)
        elif (least := 0 if key in placed else _least_rival(name, gazetteer)) is not None:
            rivals = gazetteer.beyond(key, main=True)
            large = (rival for rival in rivals if gazetteer.places[rival].extent_m >= least)
            ids = tuple(dict.fromkeys((*ids, *large)))
        wider.append(name._replace(ids=ids) if ids != name.ids else name)
    return wider


def _least_rival(name: Found, gazetteer: Gazetteer) -> int | None:
    """Give how large a place must be to be meant by a name that packs have, in metres.

    None where it cannot be: a theatre knows its own names, and a country is spoken of anywhere. So
    is a capital; another town of its name is meant only if it is one that people may have heard of.
    """
    last = gazetteer.packs[-1].id
    places = [gazetteer.places[place] for place in name.ids]
    if any(gazetteer.pack_of(place.id) != last or place.kind in _WIDE for place in places):
        return None
    return _KNOWN_TOWN_M if any(place.feature.code == "PPLC" for place in places) else 0


def _placed(
    names: Sequence[Found], around: Surroundings, gazetteer: Gazetteer
) -> set[tuple[str, ...]]:
    """Give the names that the text once puts into an area where no pack has them.

    After "Paris, Texas" the text may mean that one wherever it says "Paris".
    """
    found = set()
    for name, area in pairwise(names):
        if area.first != name.last or around.gap(name.last) != ", " or not name.ids:
            continue
        held = {place for place in area.ids if gazetteer.places[place].kind in _AREAS}
        parents = {
            parent.id
            for place in name.ids
            for parent in (gazetteer.places[place], *gazetteer.parents(gazetteer.places[place]))
        }
        if held and held.isdisjoint(parents):
            found.add(tuple(around.keys[name.first : name.last]))
    return found


def of_the_world(spans: Iterable[Found], named: Container[int], reader: Reader) -> Iterable[Found]:
    """Yield the names that are those of towns of the world and stand as towns do."""
    surnames = _surnames(reader)
    for span in spans:
        keys = tuple(reader.around.keys[span.first : span.last])
        known_otherwise = span.first in named or (len(keys) == 1 and keys[0] in surnames)
        if known_otherwise or not reader.gazetteer.beyond(keys, main=True):
            continue
        reason = next((why for rule in _FRAMES if (why := rule(span, reader))), "")
        if reason:
            yield span._replace(reason=reason)


def _surnames(reader: Reader) -> set[str]:
    """Give the words that the text has behind another name: "Ann X", later "X"."""
    around = reader.around
    return {
        around.keys[at]
        for at in range(1, len(around))
        if around.capital[at]
        and around.capital[at - 1]
        and around.gap(at) == " "
        and around.of_sentence[at] == around.of_sentence[at - 1]
        and around.keys[at - 1] not in reader.bodies["functions"]
        and at - 1 not in reader.known
    }


def _area_after(span: Found, reader: Reader) -> str:
    """Read "X, Yland": what follows is an area."""
    following = reader.known.get(span.last)
    if following is None or reader.around.gap(span.last) != ", ":
        return ""
    kinds = {reader.gazetteer.places[place].kind for place in following.ids}
    return "an area follows it, as after a town" if kinds & _AREAS else ""


def _local_noun(span: Found, reader: Reader) -> str:
    """Read "X police", "a X man"."""
    noun = reader.after(span)
    if noun not in reader.frames["local_nouns"] or not reader.close(span.last):
        return ""
    return "" if reader.around.capital[span.last] else "people or buildings of a town follow it"


def _home(span: Found, reader: Reader) -> str:
    """Read "Ann Xson of X", "Ann Xson, 87, of X", "a man from X"."""
    around = reader.around
    before, at = reader.before(span.first), span.first - 1
    if before not in {"of", "from"} or not reader.close(span.first):
        return ""
    if before == "from":
        return "somebody or something comes from there"
    earlier = reader.before(span.first, 2)
    person = bool(earlier) and around.capital[at - 1] and at - 1 not in reader.known
    if around.gap(at) == ", " or (person and earlier not in reader.bodies["heads"]):
        return "somebody is of that town"
    return ""


def _beside(span: Found, reader: Reader) -> str:
    """Read "Xville, X": a place of the packs stands before it and a comma."""
    before = reader.around.gap(span.first) == ", " and any(
        known.last == span.first for known in reader.known.values()
    )
    return "a place stands before it, with a comma" if before else ""


def _heads_report(span: Found, reader: Reader) -> str:
    """Read "XVILLE - Troops": words in capitals that open a line, and a dash."""
    around = reader.around
    if not around.opens_line(span.first) or around.gap(span.last) not in _DASHES:
        return ""
    raw = around.text[around.starts[span.first] : around.ends[span.last - 1]]
    return "the report was filed there" if raw.isupper() else ""


_FRAMES: tuple[Callable[[Found, Reader], str], ...] = (
    _area_after,
    _local_noun,
    _home,
    _beside,
    _heads_report,
)
