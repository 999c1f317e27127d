"""Names of places that no gazetteer holds, known by the words around them.

"the village of X", "X district", "near X", "captured A, B and C", "X (17 km north of Y)". Such a
name is reported with its span and no candidates; where it lies is not guessed. Once a text has
named a place so, the same name counts in its other sentences too.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.mentions import Found, extended_right
from geo.mentions.beyond import of_the_world
from geo.mentions.enumerations import closes, linked
from geo.mentions.runs import HYPHENS, JOINS, capitalised
from geo.mentions.unlisted_beside import (
    after_commas,
    from_to,
    is_spot,
    keys_of,
    parts,
    person_openings,
)
from geo.mentions.unlisted_frames import FRAMES, STRONG, STRUCK, WEAK
from geo.mentions.unlisted_kinds import APPOSED, HELD
from geo.mentions.unlisted_reader import Reader, kind_words
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.gazetteer import Gazetteer
    from geo.mentions.surroundings import Surroundings

_TITLE_ENDS = frozenset(("day", "week", "month", "games", "cup", "league", "liga"))
_LONGEST_NAME = 4
_LONGEST_ACRONYM = 5
_SHORTEST_STEM = 5
# A name that less than a third of its uses shows as a place is something else.
_MOSTLY = 3
# "in Abu X", not "with Abu X"
_WITHIN = frozenset(("at", "in", "inside", "into", "near", "outside"))


def unlisted_names(
    known: Sequence[Found],
    refused: Sequence[Found],
    *,
    around: Surroundings,
    gazetteer: Gazetteer,
) -> list[Found]:
    """Give the known names together with those that only their frame shows to be places."""
    reader = Reader(known, around, gazetteer)
    reader.take(refused)
    runs = list(capitalised(reader))
    people = _people(runs, reader)
    spans = [span for span in runs if _may_be_a_place(span, reader)]
    spans = [span for span in spans if not _is_person(span, people, reader)]
    named = {span.first: span for span in (_framed(span, reader) for span in spans) if span.reason}
    _drop_other_uses(spans, named, reader)
    _elsewhere(spans, named, reader)
    _through_lists(spans, named, reader)
    from_to(spans, named, reader)
    after_commas(spans, named, reader)
    named.update({span.first: span for span in of_the_world(spans, named, reader)})
    _elsewhere(spans, named, reader)
    named = {at: part for name in named.values() for at, part in parts(name, reader)}
    longer = {first for name in named.values() for first in range(name.first, name.last)}
    return [name for name in known if name.first not in longer] + list(named.values())


def _is_person(span: Found, people: frozenset[str], reader: Reader) -> bool:
    """Say whether a run is a surname of the text or begins with a given name, and no "X square"."""
    around = reader.around
    after, last = around.word(span.last, of=span.first), around.keys[span.last - 1]
    if after in kind_words() or last in kind_words() or after in reader.frames["kinds_after"]:
        return False
    if _of_kind(span, reader):
        return False
    several = span.last - span.first > 1
    if several and _opens_place(span, reader):
        return False
    if last in people:
        return True
    # A given name alone may be that of a village or a county: only with another word it tells.
    given = around.keys[span.first] in reader.bodies["first_names"]
    return given and several and around.gap(span.first + 1) == " "


def _of_kind(span: Found, reader: Reader) -> bool:
    """Read "the town of X": X is no person, whatever person has that name."""
    kind = reader.before(span.first, 2)
    own = reader.before(span.first, 3) in {"home", "native"}
    return reader.before(span.first) == "of" and kind in reader.frames["kinds_before"] and not own


def _opens_place(span: Found, reader: Reader) -> bool:
    """Read "in Abu X", "near Sheikh X": titles and given names that begin names of places too."""
    if reader.around.keys[span.first] not in reader.bodies["place_openings"]:
        return False
    return reader.before(span.first) in _WITHIN or _of_kind(span, reader)


def _people(runs: Iterable[Found], reader: Reader) -> frozenset[str]:
    """Give the surnames of the text: after a given name or a title, or before "said"."""
    around, speech = reader.around, word_lists("roles")["speech"]
    titles = person_openings()
    surnames = set()
    for run in runs:
        keys = around.keys[run.first : run.last]
        if around.set_as(run.first) != "plain" or keys[-1] in reader.bodies["functions"]:
            continue
        before = reader.before(run.first)
        named = len(keys) > 1 and keys[0] in titles
        # "Residents of X said": they speak, not X.
        speaks = reader.after(run) in speech and reader.close(run.last) and before != "of"
        told = named or before in titles or speaks
        if told and before not in reader.frames["prepositions"]:
            surnames.add(keys[-1])
    return frozenset(surnames)


def _may_be_a_place(span: Found, reader: Reader) -> bool:  # noqa: PLR0911 - one test after another
    """Refuse words that are never a place, parties, acronyms, adjectives and people's names."""
    around, bodies = reader.around, reader.bodies
    keys = around.keys[span.first : span.last]
    if sum(around.capital[span.first : span.last]) > _LONGEST_NAME:
        return False
    if around.set_as(span.first) != "plain":  # in a headline "X Island", "Kafr X" show themselves
        shown = keys[-1] in reader.generics["feature"] or keys[0] in reader.frames["place_words"]
        return len(keys) == 2 and shown
    if len(keys) > 1 and keys[-1] in kind_words():
        side = keys[0] in reader.generics["compass"] and len(keys) > 2
        opens = side or keys[0] in bodies["place_openings"] or keys[0] not in bodies["not_places"]
        return opens and bodies["heads"].isdisjoint(keys[:-1])
    if not bodies["heads"].isdisjoint(keys) or any(key.isdigit() for key in keys):
        return False
    if len(keys) > 1 and len(keys[-1]) == 1:  # "Sector B"
        return False
    if tuple(keys) in reader.gazetteer.actor_names:
        return False
    if any(_names_party(at, reader) for at in range(span.first, span.last)):
        return False
    return _long_enough(span, reader) if len(keys) > 1 else _single(span, reader)


def _long_enough(span: Found, reader: Reader) -> bool:
    """Refuse names of several words that begin or end as no place does."""
    around = reader.around
    first, last = around.keys[span.first], around.keys[span.last - 1]
    if last in _TITLE_ENDS:
        return False
    if first in reader.bodies["body_openings"]:
        return False
    if _opens_place(span, reader):
        return True
    english = first in reader.bodies["functions"] or first in reader.generics["compass"]
    if english and not around.opens_sentence(span.first):
        return True  # "Let Yet Kone", "North X"
    return first not in reader.bodies["not_places"]


def _single(span: Found, reader: Reader) -> bool:
    """Refuse single words that are English, abbreviations, adjectives or kinds of places."""
    key, raw = reader.around.keys[span.first], reader.around.raw(span.first)
    if raw.isupper() and not reader.around.opens_line(span.first):
        return False
    if any(a.islower() and b.isupper() for a, b in pairwise(raw)):
        return False  # "CamelCase" is a brand
    if len(raw) <= 1 or not raw[0].isalpha():
        return False
    bodies = reader.bodies
    if key in bodies["not_places"] or key in bodies["functions"]:
        return False
    if key in reader.generics["compass"] or key in kind_words():
        return False
    return not _is_adjective(span, reader)


def _names_party(at: int, reader: Reader) -> bool:
    """Say whether a word alone names a party; short ones only in capitals ("LeT" is not "Let")."""
    key = reader.around.keys[at]
    short = len(key) < _LONGEST_ACRONYM and not reader.around.raw(at).isupper()
    return not short and (key,) in reader.gazetteer.actor_names


def _is_adjective(span: Found, reader: Reader) -> bool:
    """Read "Xlandian troops": an adjective, or an ending of adjectives and a noun after it."""
    key, after = reader.around.keys[span.first], reader.after(span)
    if key in reader.bodies["adjectives"]:
        return True
    if not after or not reader.close(span.last) or after in reader.bodies["functions"]:
        return False
    if any(key.endswith(suffix) for suffix in reader.bodies["suffixes"]):
        return True
    index = reader.gazetteer.name_index
    return any(
        key.endswith(suffix)
        and len(key) - len(suffix) >= _SHORTEST_STEM
        and key.removesuffix(suffix) in index
        for suffix in reader.bodies["name_suffixes"]
    )


def _is_article(span: Found, reader: Reader) -> bool:
    """Read the first word of "Al-Zorv", but not of "Al-Zorv square" or "Mird al-Zorv"."""
    around, after = reader.around, reader.known[span.last].last
    if around.keys[span.first] not in reader.generics["articles"]:
        return False
    if around.gap(span.last) not in HYPHENS:
        return False
    before = around.word(span.first - 1, of=span.first)
    if before and around.gap(span.first) in JOINS and around.capital[span.first - 1]:
        return False
    return around.word(after, of=span.first) not in reader.generics["facility"]


def _framed(span: Found, reader: Reader) -> Found:
    """Give the span with its words of kind and the reason why it is a place, or no reason."""
    joined = span.last in reader.known and reader.around.gap(span.last) in JOINS
    if joined and span.last - span.first == 1 and _is_article(span, reader):
        known = reader.known[span.last]
        return known._replace(first=span.first, reason="a name of the gazetteer and its article")
    if joined:  # "Verin X": a longer name than the one that the gazetteer holds
        span = span._replace(last=reader.known[span.last].last)
    wider = span._replace(
        last=extended_right(span.last, reader.around, facilities=reader.generics["facility"])
    )
    reason = next((why for rule in FRAMES if (why := rule(wider, reader))), "")
    if joined and reason not in STRONG:
        return span
    return wider._replace(reason=reason)


def _through_lists(spans: list[Found], named: dict[int, Found], reader: Reader) -> None:
    """Carry "is a place" along "A, B and C" from its first name to those that no frame shows."""
    items = {span.first: span for span in spans} | reader.known | named
    order = sorted(items)
    run: list[Found] = []
    for first in order:
        item = items[first]
        if run and linked(reader.around, run[-1].last, item.first):
            run.append(item)
            continue
        _accept_run(run, named, reader)
        run = [item]
    _accept_run(run, named, reader)


def _accept_run(run: list[Found], named: dict[int, Found], reader: Reader) -> None:
    """Accept the unknown names of a list that ends in "and X" and holds a place of its own kind."""
    if len(run) < 2 or not (_goes_on(run[-1], reader) or _is_closed(run, reader)):
        return
    if not _shared_kind(run[-1], reader) and not _between_new(run, reader):
        spots = sum(item.first in named or is_spot(item, reader) for item in run)
        if not spots or not (spots > 1 or _list_framed(run, named, reader)):
            return
    for item in run:
        if item.first not in named and item.first not in reader.known:
            end = extended_right(item.last, reader.around, facilities=frozenset())
            named[item.first] = item._replace(last=end, reason="in a list of places")


def _between_new(run: list[Found], reader: Reader) -> bool:
    """Read "an ambush between X and Y" with two names that the text uses nowhere else.

    Parties are named again; so are people.
    """
    if len(run) != 2 or reader.before(run[0].first) != "between":
        return False
    if reader.before(run[0].first, 2) not in reader.frames["between_heads"]:
        return False
    if reader.after(run[-1]) in reader.frames["peoples_nouns"]:
        return False
    return all(not item.ids and reader.uses[reader.around.keys[item.first]] == 1 for item in run)


def _goes_on(last: Found, reader: Reader) -> bool:
    """Say whether a list ends in words: "X, Y and other towns", "X, Y and several villages"."""
    return reader.after(last) in {"and", "or"}


def _is_closed(run: list[Found], reader: Reader) -> bool:
    return any(closes(reader.around, item.first) for item in run[1:])


def _shared_kind(last: Found, reader: Reader) -> bool:
    """Say whether a word after the list tells what all of it is: "X and Y valleys"."""
    kinds = reader.frames["kinds_plural"]
    if _goes_on(last, reader) and reader.after(last, 1) in {"other", "several"}:
        return reader.after(last, 2) in kinds
    return reader.after(last) in kinds


def _list_framed(run: list[Found], named: dict[int, Found], reader: Reader) -> bool:
    """Say whether the words before a list lead to places."""
    first = run[0]
    if first.first in named or _framed(first._replace(reason=""), reader).reason:
        return True
    if run[-1].first in named and named[run[-1].first].reason in {APPOSED, HELD, STRUCK}:
        return True  # "X and Y, two villages", "X and Y in Z province", "X and Y came under fire"
    before = reader.before(first.first)
    return before == "between" or (before == "from" and (len(run) > 2 or _goes_on(run[-1], reader)))


def _drop_other_uses(spans: list[Found], named: dict[int, Found], reader: Reader) -> None:
    """Drop names that only a preposition shows, where the text mostly uses them otherwise."""
    uses: Counter[tuple[str, ...]] = Counter(keys_of(span, reader) for span in spans)
    framed: Counter[tuple[str, ...]] = Counter(keys_of(name, reader) for name in named.values())
    sure = {keys_of(name, reader) for name in named.values() if name.reason not in WEAK}
    for first, name in list(named.items()):
        keys = keys_of(name, reader)
        if keys not in sure and framed[keys] * _MOSTLY < uses[keys]:
            del named[first]


def _elsewhere(spans: list[Found], named: dict[int, Found], reader: Reader) -> None:
    """Accept a name wherever the text repeats it, also in headings set in capitals."""
    around = reader.around
    if not named:
        return
    wanted: dict[str, set[tuple[str, ...]]] = {}
    for name in named.values():
        keys = tuple(around.keys[name.first : name.last])
        wanted.setdefault(keys[0], set()).add(keys)
    whole = {span.first: span.last for span in spans}
    covered = bytearray(reader.taken)
    for name in named.values():
        covered[name.first : name.last] = b"\1" * (name.last - name.first)
    for at, key in enumerate(around.keys):
        if covered[at] or key not in wanted or not around.capital[at]:
            continue
        for keys in sorted(wanted[key], key=len, reverse=True):
            last = at + len(keys)
            same = tuple(around.keys[at:last]) == keys and not any(covered[at:last])
            if same and (around.set_as(at) != "plain" or whole.get(at, last) <= last):
                if around.set_as(at) == "plain" and at not in whole:
                    continue
                reason = "named as a place elsewhere in the text"
                named[at] = Found(at, last, (), reason)
                covered[at:last] = b"\1" * len(keys)
                break
