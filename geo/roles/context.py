"""What the rules about roles look at: the words around each name, its list, and who can act."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo.mentions.enumerations import closes, list_heads
from geo.mentions.surroundings import surroundings
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.gazetteer import Gazetteer
    from geo.model import Article, Resolution, SegmentKind

_AREAS = ("settlement", "district", "province", "region", "country", "macro")
_CAPITALS = frozenset(("PPLC", "PPLG"))
# Words that may stand between a preposition and its name: "in the former rebel-held town of X".
_MOST_SKIPPED = 6


class Government(NamedTuple):
    """The word that governs a name ("in", "accused"), and the two words before it."""

    word: str
    before: str
    earlier: str
    at: int


class Clause(NamedTuple):
    """A clause that ends before word ``end``, and why nothing in it happened; "" if it may have."""

    end: int
    untrue: str


class Setting:
    """One article's names with their words, lists and possible actors."""

    def __init__(
        self, article: Article, resolutions: tuple[Resolution, ...], gazetteer: Gazetteer
    ) -> None:
        """Find the words and the lists of all names."""
        self.article = article
        self.around = surroundings(article)
        self.names = resolutions
        self.gazetteer = gazetteer
        self.words: Mapping[str, frozenset[str]] = word_lists("roles")
        self.generics = word_lists("generics")
        self.first = [self.around.at(name.mention.start) for name in resolutions]
        # The point that ends "U.S." is no word: count the words that begin inside a name.
        starts = self.around.starts
        self.last = [bisect_left(starts, name.mention.end) for name in resolutions]
        self.at_word = {first: at for at, first in enumerate(self.first)}
        self._acting_lists: dict[int, bool] = {}
        self.clauses: dict[int, tuple[Clause, ...]] = {}
        self.sports: dict[int, bool] = {}
        self.filed: dict[int, int] = {}
        self._parents: dict[str, frozenset[str]] = {}
        self.head, self.tail = self._lists()
        self.actors = _party_places(gazetteer)
        self._governments: dict[int, Government] = {}

    def acts(self, at: int) -> bool:
        """Say whether the place can stand for a party: a state, its capital, a party's place."""
        name = self.names[at]
        if name.kind == "country" or name.place_id in self.actors:
            return True
        return self.is_capital(at)

    def all_act(self, at: int) -> bool:
        """Say whether every name of the list that a name stands in can stand for a party."""
        head = self.head[at]
        if head not in self._acting_lists:
            group = range(head, self.tail[at] + 1)
            self._acting_lists[head] = all(self.acts(name) for name in group)
        return self._acting_lists[head]

    def is_capital(self, at: int) -> bool:
        """Say whether the place is a capital or a party's seat, and a settlement."""
        name = self.names[at]
        if not name.place_id or name.kind != "settlement":
            return False
        code = self.gazetteer.places[name.place_id].feature.code
        return code in _CAPITALS or name.place_id in self.actors

    def holds(self, outer: int, inner: int) -> bool:
        """Say whether the place of one name holds that of another, or is of a larger kind."""
        out, into = self.names[outer], self.names[inner]
        if out.place_id and out.place_id in self.above(into.place_id):
            return True
        return _size(out.kind) > _size(into.kind)

    def narrows(self, inner: int, outer: int) -> bool:
        """Say whether a place lies in another, or beside one that is a sea or so without a point.

        "In the province of X, 20 km from Y": then the second place is the nearer one.
        """
        out, into = self.names[outer], self.names[inner]
        if out.place_id and out.kind == "feature" and out.lat is None:
            return True
        return bool(out.place_id and into.place_id) and out.place_id in self.above(into.place_id)

    def above(self, place_id: str) -> frozenset[str]:
        """Give the ids of what holds a place; none where it is not known."""
        if not place_id:
            return frozenset()
        if place_id not in self._parents:
            place = self.gazetteer.places[place_id]
            above = self.gazetteer.parents(place, self.article.published)
            self._parents[place_id] = frozenset(parent.id for parent in above)
        return self._parents[place_id]

    def word(self, word: int, of: int) -> str:
        """Give the key of a word if it stands in the sentence of name ``of``."""
        home = self.around.of_sentence  # asked more often than all else: no call further down
        if 0 <= word < len(home) and home[word] == home[self.first[of]]:
            return self.around.keys[word]
        return ""

    def after(self, at: int, step: int = 0) -> str:
        """Give a word after the list that a name stands in."""
        return self.word(self.last[self.tail[at]] + step, at)

    def own_after(self, at: int, step: int = 0) -> str:
        """Give a word directly after a name."""
        return self.word(self.last[at] + step, at)

    def gap_after(self, at: int) -> str:
        """Give what stands between a name and the next word; the point of "U.S." is its own."""
        gap = self.around.gap(self.last[at])
        return gap.removeprefix(".") if self.names[at].mention.text.endswith(".") else gap

    def owns(self, at: int) -> bool:
        """Say whether the name is in the possessive."""
        if self.own_after(at) == "s" and self.gap_after(at) in {"'", "’", "‘"}:
            return True
        text, end = self.around.text, self.names[at].mention.end
        return text[end - 1 : end] == "s" and text[end : end + 1] in {"'", "’"}

    def owned(self, at: int) -> list[str]:
        """Give the words after "X's" up to the first that stops a noun phrase."""
        start = self.last[at] + (self.own_after(at) == "s")
        found: list[str] = []
        for word in range(start, start + 4):
            key = self.word(word, at)
            if not key or (found and "," in self.around.gap(word)):
                break
            found.append(key)
        return found

    def is_month(self, word: int) -> bool:
        """Say whether "May" is the month: in capitals, beside a figure or where no verb has one."""
        around = self.around
        if not 0 <= word < len(around) or around.keys[word] != "may" or not around.capital[word]:
            return False
        beside = around.word(word - 1, of=word), around.word(word + 1, of=word)
        if any(key[:1].isdigit() for key in beside) or beside[0] in _BEFORE_MONTHS:
            return True
        return around.set_as(word) == "plain" and not around.opens_sentence(word)

    def segment(self, at: int) -> SegmentKind:
        """Give what the block is in which a name stands."""
        sentence = self.around.of_sentence[self.first[at]]
        return self.article.sentences[sentence].kind if sentence >= 0 else "paragraph"

    def government(self, at: int) -> Government:
        """Give the word that governs a name or its list, past articles, adjectives and kinds."""
        head = self.head[at]
        if head not in self._governments:
            self._governments[head] = self._govern(head)
        return self._governments[head]

    def _govern(self, head: int) -> Government:
        at = self.first[head] - 1
        for _ in range(_MOST_SKIPPED):
            key = self.word(at, head)
            if not key or self.clause_ends(at + 1):
                return Government("", "", "", at)
            if key == "s" and self._owner(at, head):
                at -= 1 + self._owner(at, head)
            elif key == "of" and self._is_kind_of(at - 1, head):
                at = self._before_article(at - 2, head)
            elif self.around.gap(at) in _HYPHENS and self.word(at - 1, head):
                at -= 2  # "war-torn"
            elif key in _before_kind() or key in _kinds() or self._qualifies(at, head):
                at -= 1
            else:
                break
        key = self.word(at, head)
        if self.clause_ends(at + 1):
            return Government("", "", "", at)
        return Government(key, self.word(at - 1, head), self.word(at - 2, head), at)

    def _owner(self, possessive: int, head: int) -> int:
        """Give the number of words of the name before "'s", 0 where it is none: "X's capital Y"."""
        for at in range(head - 1, max(head - 3, -1), -1):
            if self.last[at] == possessive:
                return self.last[at] - self.first[at]
        return 0

    def _is_kind_of(self, word: int, head: int) -> bool:
        """Say whether a word tells the kind of this name: "city of" a town, never of a state."""
        key, kind = self.word(word, head), self.names[head].kind
        if kind in {"country", "macro"} or (key == "capital" and kind in {"province", "region"}):
            return False  # "the capital of" an area is no area
        return key in (self.generics["region"] if kind == "region" else _kinds())

    def _before_article(self, word: int, head: int) -> int:
        """Give the word before "the Xist" of "the Xist rebel stronghold of", else ``word``."""
        for back in range(word, word - _MOST_SKIPPED, -1):
            key = self.word(back, head)
            if not key or self.clause_ends(back + 1) or back in self.at_word:
                break
            if key in _ARTICLES:
                return back - 1
            if key in self.words["locative"] or key in _NO_ADJECTIVES or key == "s":
                break
        return word

    def _qualifies(self, word: int, head: int) -> bool:
        """Say whether a word can only be an adjective of the name, "downtown", "Inlandian"."""
        return self._is_adjective(word, head) or self._is_demonym(word, head)

    def _is_adjective(self, word: int, head: int) -> bool:
        """Say whether an unknown word stands where only an adjective can: "in downtown X"."""
        key, before = self.word(word, head), self.word(word - 1, head)
        if before == "the":
            before = self.word(word - 2, head)
        return (
            before in _PLACING
            and key not in _NO_ADJECTIVES
            and key.isalpha()
            and not (
                key in self.words["locative"] or self.clause_ends(word) or self.around.capital[word]
            )
        )

    def _is_demonym(self, word: int, head: int) -> bool:
        """Say whether a word is an adjective of a nation: "in Inlandian Highmoor"."""
        key = self.word(word, head)
        return (
            self.around.capital[word]
            and len(key) >= _SHORTEST_DEMONYM
            and key.endswith(_DEMONYMS)
            and not self.around.opens_sentence(word)
            and self.names[head].kind in _PARTED
            and all(word >= last or word < first for first, last in self._near_spans(head))
        )

    def _near_spans(self, head: int) -> list[tuple[int, int]]:
        before = slice(max(head - 2, 0), head)
        return list(zip(self.first[before], self.last[before], strict=True))

    def clause_ends(self, word: int) -> bool:
        """Say whether a mark stands before a word that no phrase goes across."""
        return not _MARKS.isdisjoint(self.around.gap(word))

    def _lists(self) -> tuple[list[int], list[int]]:
        """For each name the first and the last name of its list; a container ends a list."""
        spans = list(zip(self.first, self.last, strict=True))
        head = list_heads(self.around, spans, parted=self._holds_last)
        for at in range(1, len(head)):
            # "A, B, C": of states alone commas are a list, for no state lies in another.
            states = self.names[at].kind == self.names[at - 1].kind == "country"
            if states and head[at] == at and self._follows(at):
                head[at:] = [head[at - 1] if at == other else other for other in head[at:]]
        tail = list(range(len(head)))
        for at in range(len(head) - 2, -1, -1):
            if head[at + 1] == head[at]:
                tail[at] = tail[at + 1]
        return head, tail

    def _in_aside(self, at: int) -> bool:
        """Say whether a name ends an aside of direction: ", west of B, and"."""
        if not self.gap_after(at).startswith(",") or self.word(self.first[at] - 1, at) != "of":
            return False
        for back in range(self.first[at] - 2, self.first[at] - 2 - _ASIDE_REACH, -1):
            if self.word(back, at) in self.generics["compass"] and "," in self.around.gap(back):
                return True
        return False

    def _follows(self, at: int) -> bool:
        """Say whether only a comma stands between a name and the one before it."""
        first, last = self.first[at], self.last[at - 1]
        return first == last and self.around.gap(first) == ", "

    def _holds_last(self, at: int) -> bool:
        closing = self.last[at - 1] != self.first[at] and closes(self.around, self.first[at])
        if closing and self._in_aside(at - 1):
            return True  # "A, west of B, and C": C is listed with A
        return not closing and self.holds(at, at - 1)


@lru_cache(maxsize=4)
def _party_places(gazetteer: Gazetteer) -> frozenset[str]:
    """Give the ids of places that parties are named by: their own and their seats."""
    ids: set[str] = set()
    for actor in gazetteer.actors.values():
        ids.update((actor.place, *actor.seats))
    return frozenset(ids - {""})


_BEFORE_MONTHS = frozenset(
    ("in", "since", "of", "until", "till", "early", "late", "mid", "last", "next", "by", "from")
)
_ARTICLES = frozenset(("the", "a", "an"))
_ASIDE_REACH = 3
_SHORTEST_DEMONYM = 5
_DEMONYMS = ("ian", "ean", "ese", "ish", "ani", "aki", "ali", "ari", "ni", "gian")
_PARTED = frozenset(("region", "province", "district", "feature", "facility", "settlement", ""))
_HYPHENS = frozenset(("-", "\u2010", "\u2011"))
_PLACING = frozenset(("in", "near", "at", "into", "across", "around", "outside", "inside"))
_NO_ADJECTIVES = frozenset(
    ("turn", "response", "addition", "return", "fact", "what", "which", "that", "of", "to", "for",
     "from", "with", "by", "on", "and", "or", "between", "against", "over", "retaliation",
     "support", "favour", "favor", "front", "case", "answer", "protest")
)  # fmt: skip
_MARKS = frozenset(',;:.!?()[]"“”«»\n–—•')


@cache
def _before_kind() -> frozenset[str]:
    return word_lists("generics")["kin"] | word_lists("generics")["compass"]


@cache
def _kinds() -> frozenset[str]:
    generics = word_lists("generics")
    return generics["settlement"] | generics["district"] | generics["province"] | generics["region"]


def _size(kind: str) -> int:
    return _AREAS.index(kind) if kind in _AREAS else 0
