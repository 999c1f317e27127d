"""Unknown names that a place beside them shows to be one: "from A to B", "at A, B", "A-B road"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geo.mentions.runs import HYPHENS
from geo.mentions.unlisted_frames import names_event
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.mentions import Found
    from geo.mentions.unlisted_reader import Reader

# After a comma they go on about a person.
_AFTER_PERSONS = frozenset(
    ("a", "aged", "an", "he", "her", "his", "one", "she", "who", "whom", "whose")
)
_ENDS = frozenset((("from", "to"), ("to", "from")))
# More often than this no report names a village.
_MOST_USES = 50
_AREAL = frozenset(("country", "macro"))


def from_to(spans: list[Found], named: dict[int, Found], reader: Reader) -> None:
    """Accept the other end of "from A to B", "to B from A", where one end is a place."""
    for span in spans:
        if span.first in named or not reader.close(span.last):
            continue
        ends = (reader.before(span.first), reader.after(span))
        other = span.last + 1
        place = reader.known.get(other) or named.get(other)
        if ends in _ENDS and place and _is_spot_or_new(place, reader):
            named[span.first] = span._replace(reason="one end of a way whose other end is a place")


def after_commas(spans: list[Found], named: dict[int, Found], reader: Reader) -> None:
    """Accept B in "at A, B." after a settlement: the area that holds it, or one more place.

    "In A, B, a farmer, said" is a person, and so is whoever a verb follows.
    """
    ends = {item.last: item for item in (*reader.known.values(), *named.values())}
    for span in spans:
        held = ends.get(span.first)
        if span.first in named or held is None or reader.around.gap(span.first) != ", ":
            continue
        framed = reader.before(held.first) in reader.frames["prepositions"]
        if framed and _is_spot_or_new(held, reader) and _ends_clause(span, held, reader):
            named[span.first] = span._replace(reason="after a comma, it may hold the place before")
            ends[span.last] = span


def _ends_clause(span: Found, held: Found, reader: Reader) -> bool:
    """Say whether a clause ends with a name, or goes on as it does not after a person's name."""
    around = reader.around
    following, gap = reader.after(span), around.gap(span.last)
    if around.keys[span.first] in person_openings():
        return False  # "near Xville, Col. Y said"
    if not following or gap.strip()[:1] in {";", ")", ".", "”", '"'}:
        return True
    if around.keys[span.first] in reader.generics["compass"] and span.last - span.first > 1:
        return True  # "in Xville, Northern Zorv"
    opens = around.opens_sentence(held.first - 1)
    person = following in _AFTER_PERSONS or following in word_lists("roles")["speech"]
    return gap == ", " and not held.ids and not opens and not person


def _is_spot_or_new(item: Found, reader: Reader) -> bool:
    return not item.ids or is_spot(item, reader)


def is_spot(item: Found, reader: Reader) -> bool:
    """Say whether a listed name means no state and no larger region."""
    kinds = {reader.gazetteer.places[place].kind for place in item.ids}
    return bool(kinds) and kinds.isdisjoint(_AREAL)


def parts(name: Found, reader: Reader) -> Iterable[tuple[int, Found]]:
    """Yield a name by its first word, "the X-Y road" as its two ends; none for an event's name."""
    around = reader.around
    event = reader.after(name) in reader.bodies["wars"] and reader.close(name.last)
    if event or names_event(name, reader):
        return
    ways = reader.generics["ways"] | {"border", "frontier", "line"}
    two = name.last - name.first == 2 and around.gap(name.first + 1) in HYPHENS
    two = two and around.keys[name.first] not in reader.generics["articles"]
    if two and reader.after(name) in ways and not _whole_elsewhere(name, reader):
        yield name.first, name._replace(last=name.first + 1)
        yield name.first + 1, name._replace(first=name.first + 1)
    else:
        yield name.first, name


def _whole_elsewhere(name: Found, reader: Reader) -> bool:
    """Say whether the text uses a name of two parts without a road: "Zorv-Yurt burned"."""
    around, keys = reader.around, keys_of(name, reader)
    return any(
        around.word(at + 1, of=at) == keys[1]
        and around.word(at + 2, of=at) not in reader.generics["ways"]
        for at in reader.where(keys[0])[:_MOST_USES]
    )


def keys_of(name: Found, reader: Reader) -> tuple[str, ...]:
    """Give the keys of a name's words."""
    return tuple(reader.around.keys[name.first : name.last])


@cache
def person_openings() -> frozenset[str]:
    """Give the given names and titles with which a person's name begins."""
    return word_lists("organisations")["first_names"] | word_lists("organisations")["titles"]
