"""Parties and bodies in a text: who acts and who speaks.

A party is named by its noun ("Sudria"), its adjective before a noun ("Sudrian forces") or a place
that stands for it ("Port Sud denied"). A person is known by the party that the text gives with the
name once ("Sudrian President Jan Holm" makes a later "Holm" speak for Sudria).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geo.mentions.surroundings import surroundings
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.gazetteer import Gazetteer
    from geo.model import Article, Resolution

# "US", "IS", "UN" are words of other meaning in lower case: such short names match by case.
SHORT_NAME = 4


@dataclass(frozen=True, slots=True)
class ActorRef:
    """A party named in the text; ``adjective`` where it qualifies the noun that follows."""

    start: int
    end: int
    actor: str
    adjective: bool


@dataclass(slots=True)
class Cast:
    """The parties of one article, in text order, and the people who speak for them."""

    refs: list[ActorRef] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def between(self, start: int, end: int) -> list[ActorRef]:
        """References that begin inside ``text[start:end]``."""
        if not self._starts:
            self._starts = [ref.start for ref in self.refs]
        return self.refs[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


@cache
def _titled() -> re.Pattern[str]:
    """Match what follows a party in "Sudrian Foreign Minister Jan Holm", up to the name's end."""
    title = "|".join(sorted(word_lists("organisations")["titles"]))
    return re.compile(
        rf"\s+(?:\w+\s+){{0,4}}?(?i:{title})(?:\s+(?i:{title}))?"
        r"(?:\s+(?:to|of|for)\s+[A-Z]\w+)?,?((?:\s+[A-Z][\w'’-]+){1,3})"
    )


def find_cast(
    article: Article,
    resolutions: Iterable[Resolution],
    gazetteer: Gazetteer,
) -> Cast:
    """The parties named in an article."""
    cast, index = Cast(), gazetteer.actor_index
    known = tuple(resolutions)
    literal = {
        at
        for r in known
        if r.role in ("other_literal", "dateline")
        for at in range(r.mention.start, r.mention.end)
    }
    taken: set[int] = set()
    around = surroundings(article)
    skip = 0
    for position in [at for at, key in enumerate(around.keys) if key in index]:
        start = around.starts[position]
        # A name that means the place itself names nobody: "shelling in Port Sud".
        if position < skip or start in literal:
            continue
        for keys, actor, adjective, form in index[around.keys[position]]:
            last = position + len(keys)
            if tuple(around.keys[position:last]) != keys:
                continue
            end = around.ends[last - 1]
            if not _same_case(form, article.text[start:end]):
                continue
            cast.refs.append(ActorRef(start, end, actor, adjective))
            taken.add(start)
            skip = last
            break
    by_place = _parties_by_place(gazetteer)
    for resolution in known:
        known_actor = by_place.get(resolution.place_id)
        if known_actor and resolution.role == "metonym" and resolution.mention.start not in taken:
            cast.refs.append(
                ActorRef(
                    resolution.mention.start, resolution.mention.end, known_actor, adjective=False
                )
            )
    cast.refs.sort(key=lambda ref: (ref.start, ref.end))
    _find_people(article, cast)
    return cast


@lru_cache(maxsize=4)
def _parties_by_place(gazetteer: Gazetteer) -> Mapping[str, str]:
    """The ids of actors by the places that stand for them."""
    return {
        place: actor.id
        for actor in gazetteer.actors.values()
        for place in (actor.place, *actor.seats)
        if place
    }


def _same_case(form: str, surface: str) -> bool:
    if len(form) <= SHORT_NAME and form.isupper():
        return surface.replace(".", "") == form.replace(".", "")
    return surface[:1].isupper() or not form[:1].isupper()


def _find_people(article: Article, cast: Cast) -> None:
    """Read "Sudrian President Jan Holm": Holm speaks for Sudria from here on."""
    for ref in cast.refs:
        match = _titled().match(article.text, ref.end)
        if match and "\n" not in match[0]:
            cast.people.setdefault(match[1].split()[-1].rstrip("'’s"), ref.actor)


def country_of(resolutions: Iterable[Resolution], gazetteer: Gazetteer) -> str:
    """The actor of the country that most places of a text lie in; "" where it names none."""
    states = {actor.place: actor.id for actor in gazetteer.actors.values() if actor.kind == "state"}
    counts: Counter[str] = Counter()
    for resolution in resolutions:
        place = gazetteer.places.get(resolution.place_id)
        if place is not None and resolution.may_be_site and place.kind != "country":
            counts.update(p.id for p in gazetteer.parents(place) if p.id in states)
    best = counts.most_common(1)
    return states[best[0][0]] if best else ""
