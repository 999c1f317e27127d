"""Names of places that no gazetteer holds, known by the words around them.

"the village of X", "X district", "near X", "captured A, B and C", "X (17 km north of Y)". Such a name
is reported with its span and no candidates; where it lies is not guessed. Once a text has named
a place so, the same name counts in its other sentences too.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geo.enumerations import closes, linked
from geo.mentions import Found, extended_right
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.gazetteer import Gazetteer
    from geo.surroundings import Surroundings

_TITLE_ENDS = frozenset(("day", "week", "month", "games", "cup", "league", "liga"))
# Articles of other languages that are also English words never begin a name in lower case.
_NEVER_OPEN = frozenset(("a", "an", "as", "at", "do"))
_LONGEST_NAME = 4
_JOINS = frozenset((" ", "\u00a0", "-", "\u2010", "\u2011", "'", "’"))
_LONGEST_ACRONYM = 5
_SHORTEST_STEM = 5
_UNITS = frozenset(("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers", "mile", "miles"))
_AREAL = frozenset(("country", "macro"))


class _Reader:
    """One article's words, the names that are already known, and the lists that rules consult."""

    def __init__(
        self, known: Sequence[Found], around: Surroundings, gazetteer: Gazetteer
    ) -> None:
        self.around = around
        self.gazetteer = gazetteer
        self.known = {name.first: name for name in known}
        self.taken = bytearray(len(around))
        for name in known:
            self.taken[name.first : name.last] = b"\1" * (name.last - name.first)
        self.generics = word_lists("generics")
        self.bodies = word_lists("organisations")
        self.frames = word_lists("frames")

    def before(self, first: int, step: int = 1) -> str:
        return self.around.word(first - step, of=first)

    def after(self, name: Found, step: int = 0) -> str:
        return self.around.word(name.last + step, of=name.first)

    def close(self, at: int) -> bool:
        return self.around.gap(at) in {" ", "\u00a0"}


def unlisted_names(
    known: Sequence[Found], around: Surroundings, gazetteer: Gazetteer
) -> list[Found]:
    """Give the known names together with those that only their frame shows to be places."""
    reader = _Reader(known, around, gazetteer)
    runs = list(_capitalised(reader))
    people = _people(runs, reader)
    spans = [span for span in runs if _may_be_a_place(span, reader)]
    spans = [span for span in spans if not _is_person(span, people, reader)]
    named = {span.first: span for span in (_framed(span, reader) for span in spans) if span.reason}
    _elsewhere(spans, named, reader)
    _through_lists(spans, named, reader)
    _from_to(spans, named, reader)
    _elsewhere(spans, named, reader)
    longer = {first for name in named.values() for first in range(name.first, name.last)}
    return [name for name in known if name.first not in longer] + list(named.values())


def _capitalised(reader: _Reader) -> Iterable[Found]:
    """Yield runs of capitalised words that no known name covers, "al-" and the like included."""
    around, articles = reader.around, reader.generics["articles"]
    at, total = 0, len(around)
    opening = articles - _NEVER_OPEN
    while at < total:
        if not around.capital[at] and around.keys[at] not in opening:
            at += 1
            continue
        starts = around.capital[at] or (
            around.keys[at] in articles and at + 1 < total and around.capital[at + 1]
            and around.gap(at + 1) in _JOINS
        )
        if not starts or reader.taken[at] or around.of_sentence[at] < 0:
            at += 1
            continue
        last = _run_end(at, reader)
        yield Found(at, last, (), "")
        at = last


def _is_person(span: Found, people: frozenset[str], reader: _Reader) -> bool:
    """Say whether a run is a surname of the text or begins with a given name, and no "X square"."""
    around = reader.around
    if around.word(span.last, of=span.first) in _kinds() or around.keys[span.last - 1] in _kinds():
        return False
    given = around.keys[span.first] in reader.bodies["first_names"]
    return given or around.keys[span.last - 1] in people


def _people(runs: Iterable[Found], reader: _Reader) -> frozenset[str]:
    """Give the surnames of the text: after a given name or a title, or before "said"."""
    around, speech = reader.around, word_lists("roles")["speech"]
    titles = reader.bodies["first_names"] | reader.bodies["titles"]
    surnames = set()
    for run in runs:
        keys = around.keys[run.first : run.last]
        if around.set_as(run.first) != "plain" or keys[-1] in reader.bodies["functions"]:
            continue
        before = reader.before(run.first)
        named = len(keys) > 1 and keys[0] in titles
        if named or before in titles or (reader.after(run) in speech and reader.close(run.last)):
            if before not in reader.frames["prepositions"]:
                surnames.add(keys[-1])
    return frozenset(surnames)


def _run_end(at: int, reader: _Reader) -> int:
    """Give the end of the run of capitalised words that begins with word ``at``."""
    around, articles = reader.around, reader.generics["articles"]
    opens = around.opens_sentence(at) and around.keys[at] in reader.bodies["functions"]
    if opens and around.gap(at + 1) not in {"-", "'", "’"}:
        return at + 1  # "In Xville", "The Xville"
    last = at + 1
    filed = around.files_report(at)
    while around.word(last, of=at) and around.gap(last) in _JOINS and not reader.taken[last]:
        if filed and not around.is_acronym(last):
            break
        if around.capital[last]:
            last += 1
        elif (
            around.keys[last] in articles
            and around.gap(last + 1) in _JOINS
            and around.word(last + 1, of=at)
            and around.capital[last + 1]
        ):
            last += 2
        else:
            break
    return last


def _may_be_a_place(span: Found, reader: _Reader) -> bool:
    """Refuse words that are never a place, parties, acronyms, adjectives and people's names."""
    around, bodies = reader.around, reader.bodies
    keys = around.keys[span.first : span.last]
    if span.last - span.first > _LONGEST_NAME:
        return False
    if around.set_as(span.first) != "plain":  # in a headline only "X Island" shows itself
        return len(keys) == 2 and keys[-1] in reader.generics["feature"]
    if keys[-1] in _kinds() and len(keys) > 1:
        return bodies["heads"].isdisjoint(keys[:-1]) and keys[0] not in bodies["not_places"]
    never = bodies["not_places"]
    if not around.opens_sentence(span.first) and len(keys) > 1:
        never -= bodies["functions"] | reader.generics["compass"]  # "Let Yet Kone", "North X"
    if keys[0] in never or keys[-1] in _TITLE_ENDS or not bodies["heads"].isdisjoint(keys):
        return False
    if tuple(keys) in reader.gazetteer.actor_names:
        return False
    if any(_names_party(at, reader) for at in range(span.first, span.last)):
        return False
    raw = around.raw(span.first)
    if len(keys) == 1:
        if raw.isupper() and len(raw) <= _LONGEST_ACRONYM:
            return False
        if len(raw) <= 1 or not raw[0].isalpha() or keys[0] in bodies["functions"]:
            return False
        if keys[0] in _kinds() or keys[0] in reader.generics["compass"]:
            return False
        if _is_adjective(span, reader):
            return False
    return not any(key.isdigit() for key in keys)


def _names_party(at: int, reader: _Reader) -> bool:
    """Say whether a word alone names a party; short ones only in capitals ("LeT" is not "Let")."""
    key = reader.around.keys[at]
    short = len(key) < _LONGEST_ACRONYM and not reader.around.raw(at).isupper()
    return not short and (key,) in reader.gazetteer.actor_names


def _is_adjective(span: Found, reader: _Reader) -> bool:
    """"Xlandian troops": a known adjective, or an ending of adjectives with a noun after it."""
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


@cache
def _kinds() -> frozenset[str]:
    generics = word_lists("generics")
    return generics["administrative"] | generics["feature"] | generics["facility"]


def _framed(span: Found, reader: _Reader) -> Found:
    """Give the span with its words of kind and the reason why it is a place, or no reason."""
    joined = span.last in reader.known and reader.around.gap(span.last) in _JOINS
    if joined:  # "Verin X": a longer name than the one that the gazetteer holds
        span = span._replace(last=reader.known[span.last].last)
    wider = span._replace(last=extended_right(span.last, reader.around, facilities=reader.generics["facility"]))
    reason = next((why for rule in FRAMES if (why := rule(wider, reader))), "")
    if joined and reason not in _STRONG:
        return span
    return wider._replace(reason=reason)


def _kind_in_name(name: Found, reader: _Reader) -> str:
    """"X heights", "X District", "X plant": the word for the kind is part of the name."""
    around, last = reader.around, name.last - 1
    if last == name.first or around.keys[last] not in _kinds():
        return ""
    if reader.before(name.first) in {"a", "an"} and not around.capital[last]:
        return ""  # "a Gothic church"
    return "a name with the word for its kind"


def _kind_before(name: Found, reader: _Reader) -> str:
    """"the village of X", "villages X and Y"."""
    kinds = reader.frames["kinds_before"]
    before = reader.before(name.first)
    if reader.around.gap(name.first).strip(" \u00a0“\""):
        listed = reader.around.gap(name.first) == ", " and reader.before(name.first, 2) == "other"
        return "one of the places spoken of" if listed and before in kinds else ""
    if before == "of" and reader.before(name.first, 2) in kinds:
        return "the word for a kind of place and 'of' stand before it"
    return "the word for a kind of place stands before it" if before in kinds else ""


def _kind_after(name: Found, reader: _Reader) -> str:
    """"X district", "X outpost", "X sector"."""
    if reader.after(name) in reader.frames["kinds_after"] and reader.close(name.last):
        return "the word for a kind of place stands after it"
    return ""


def _preposition(name: Found, reader: _Reader) -> str:
    """"in X", "near X"; "the" between them needs a word for the kind."""
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


def _measured(name: Found, reader: _Reader) -> str:
    """"X (17 km north of Y)", "X, 12 kilometres from Y"."""
    if reader.around.gap(name.last) not in {" (", ", "}:
        return ""
    number = reader.after(name)
    if number in {"some", "about", "around"}:
        number = reader.after(name, 1)
    unit = {reader.after(name, 1), reader.after(name, 2)}
    if number[:1].isdigit() and (number.lstrip("0123456789") in _UNITS or unit & _UNITS):
        return "a distance from another place follows it"
    return ""


def _taken(name: Found, reader: _Reader) -> str:
    """"captured X", "the fall of X"."""
    before = reader.before(name.first)
    if before in reader.frames["taking"] and reader.close(name.first):
        return "taken, shelled or left: said of places"
    if before == "of" and reader.before(name.first, 2) in reader.frames["taking_nouns"]:
        return "taken, shelled or left: said of places"
    return ""


def _gone_to(name: Found, reader: _Reader) -> str:
    """"crossed to X", "the road between X and Y", "not near the other X"."""
    before, earlier = reader.before(name.first), reader.before(name.first, 2)
    if before == "to" and earlier in word_lists("roles")["travel"]:
        return "somebody goes there"
    if before == "between" and earlier in word_lists("roles")["line_nouns"]:
        return "a line or a road runs from it"
    if before == "other" and reader.before(name.first, 3) in reader.frames["prepositions"]:
        return "a preposition of place stands before it"
    return ""


def _filed(name: Found, reader: _Reader) -> str:
    """"XVILLE, May 5 -" or "(Xville, December 10)" opening a line."""
    around = reader.around
    opens = name.first == 0 or "\n" in around.gap(name.first)
    dated = around.gap(name.last) == ", " and reader.after(name) in reader.frames["months"]
    if opens and dated:
        return "the report was filed there"
    label = around.gap(name.last) == ", " and around.opens_sentence(name.first)
    if label and reader.after(name).isdigit() and reader.after(name, 1) in reader.frames["months"]:
        return "place and date stand at the head of an entry"
    return ""


FRAMES: tuple[Callable[[Found, _Reader], str], ...] = (
    _kind_before, _kind_in_name, _kind_after, _measured, _preposition, _taken, _gone_to,
    _filed,
)
_STRONG = frozenset((
    "the word for a kind of place and 'of' stand before it",
    "the word for a kind of place stands before it",
    "a preposition of place stands before it",
    "a name with the word for its kind",
))  # fmt: skip


def _through_lists(spans: list[Found], named: dict[int, Found], reader: _Reader) -> None:
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


def _accept_run(run: list[Found], named: dict[int, Found], reader: _Reader) -> None:
    """Accept the unknown names of a list that ends in "and X" and holds a place of its own kind."""
    if len(run) < 2:
        return
    last = run[-1]
    after = reader.after(last), reader.after(last, 1), reader.after(last, 2)
    more = after[0] in {"and", "or"}  # "X, Y and other towns", "from X, Y and several villages"
    kinds = reader.frames["kinds_plural"]
    shared = after[0] in kinds or (more and (after[1] in {"other", "several"} and after[2] in kinds))
    if not (more or any(closes(reader.around, item.first) for item in run[1:])):
        return
    spots = sum(item.first in named or _is_spot(item, reader) for item in run)
    framed = run[0].first in named or bool(_framed(run[0]._replace(reason=""), reader).reason)
    before = reader.before(run[0].first)
    framed = framed or before == "between" or (before == "from" and (more or len(run) > 2))
    if not shared and (not spots or not (framed or spots > 1)):
        return
    for item in run:
        if item.first not in named and item.first not in reader.known:
            last = extended_right(item.last, reader.around, facilities=frozenset())
            named[item.first] = item._replace(last=last, reason="in a list of places")


def _from_to(spans: list[Found], named: dict[int, Found], reader: _Reader) -> None:
    """Accept the other end of "from A to B", where one end is a place."""
    for span in spans:
        if span.first in named or not reader.close(span.last):
            continue
        to_known = reader.after(span) == "to" and reader.before(span.first) == "from"
        other = span.last + 1
        place = reader.known.get(other) or named.get(other)
        if to_known and place and _is_spot_or_new(place, reader):
            named[span.first] = span._replace(reason="one end of a way whose other end is a place")


def _is_spot_or_new(item: Found, reader: _Reader) -> bool:
    return not item.ids or _is_spot(item, reader)


def _is_spot(item: Found, reader: _Reader) -> bool:
    kinds = {reader.gazetteer.places[place].kind for place in item.ids}
    return bool(kinds) and kinds.isdisjoint(_AREAL)


def _elsewhere(spans: list[Found], named: dict[int, Found], reader: _Reader) -> None:
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
