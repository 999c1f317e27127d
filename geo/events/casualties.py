"""Figures of the dead and the wounded in a sentence, as the sentence gives them.

A number belongs to a word of harm: the one that it is the object of ("killed 32 civilians"), or
the one that it is the subject of ("seven of its troops and a civilian had died", "200 wounded").
Vague amounts ("scores", "dozens", "heavy losses") are no figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from geo.lexicon import any_of, lowered, table

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["military", "civilian", ""]


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of people and what befell them; ``start``/``end`` are offsets in the sentence.

    ``who`` is the span of the words between the number and its noun ("Sudrian", "of its").
    """

    start: int
    end: int
    number: int
    harm: Literal["killed", "wounded"]
    kind: Kind
    bound: str
    who: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _People:
    start: int
    end: int
    number: int
    kind: Kind
    bound: str
    who: tuple[int, int]
    bare: bool


@cache
def _number_pattern() -> re.Pattern[str]:
    words = table("casualties")
    bounds = [word for forms in words["bounds"].values() for word in forms]
    tens, units = any_of(words["tens"]), any_of(words["units"])
    return re.compile(
        rf"(?<![\w.,:-])(?:(?P<bound>{any_of(bounds)})\s+(?:an?\s+)?)?"
        rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}|{tens}(?:[-\s]{units})?|{units})(?![\w:%]|[.,]\d|-\w)",
    )


@cache
def _victims() -> dict[str, Kind]:
    forms: dict[str, Kind] = {}
    for kind, nouns in table("casualties")["victims"].items():
        forms.update(dict.fromkeys(nouns, kind))
    return forms


@cache
def _bound_of() -> dict[str, str]:
    return {form: bound for bound, forms in table("casualties")["bounds"].items() for form in forms}


@cache
def _nobody() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(table('casualties')['nobody'])}\b")


@cache
def _harm_pattern() -> re.Pattern[str]:
    words = table("casualties")
    return re.compile(
        rf"\b(?:(?P<killed>{any_of(words['killed'])})|(?P<wounded>{any_of(words['wounded'])}))\b",
        re.IGNORECASE,
    )


_WORD = re.compile(r"[\w’'-]+|[^\w\s]")
# "more of their Sudrian border": words that may stand between a number and its noun.
MAX_WORDS_BETWEEN = 6
# "53 of their soldiers had, in two days of fighting, been killed"
MAX_WORDS_TO_VERB = 9
_NATIONALS = re.compile(r"[A-Z][a-z]+(?:s|ese|ish)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ASIDE = re.compile(
    r"\s[–—]\s[^–—]*\s[–—]\s|\([^()]*\)|,\s(?:among\s(?:them|whom)|including|one\sof\s(?:them|whom))\b[^,;.]*(?:,|$)"
)
_STOP = re.compile(r"[.;:()]|–|—")
_BREAK_WORDS = frozenset(
    [
        "and",
        "or",
        "but",
        "in",
        "on",
        "at",
        "by",
        "when",
        "while",
        "who",
        "which",
        "that",
        "as",
        "with",
        "after",
        "from",
        "for",
        "to",
        "was",
        "were",
        "had",
        "have",
        "has",
        "is",
        "are",
        "been",
        "killed",
        "wounded",
        "injured",
        "dead",
        "died",
        "near",
        "during",
        "since",
        "said",
    ]
)


def read_number(words: str) -> int | None:
    """The whole number that digits or English words write, or None."""
    text = words.lower().replace(",", "")
    if text.isdigit():
        return int(text)
    tens, units = table("casualties")["tens"], table("casualties")["units"]
    total = 0
    for word in re.split(r"[-\s]+", text):
        if word not in tens and word not in units:
            return None
        total += tens.get(word, 0) or units.get(word, 0)
    return total


def _people(text: str, original: str) -> Iterator[_People]:
    victims, measures = _victims(), frozenset(table("casualties")["measures"])
    for match in _number_pattern().finditer(text):
        number = read_number(match["number"])
        if number is None:
            continue
        article = match["number"].lower() in ("a", "an", "another")
        end, kind, noun = match.end(), "", False
        for count, word in enumerate(_WORD.finditer(text, match.end())):
            lower = word[0].lower()
            if lower in victims and not (noun and lower in ("dead", "wounded")):
                # "six police officers": the last of several nouns tells the kind.
                noun, end, kind = True, word.end(), victims[lower] or kind
                continue
            if noun:
                break
            if _NATIONALS.fullmatch(original, word.start(), word.end()):
                # "84 Sudrians": a people's name in the plural is of persons.
                noun, end = True, word.end()
                continue
            if (
                lower in measures
                or lower in _BREAK_WORDS
                or not word[0][0].isalnum()
                or count >= MAX_WORDS_BETWEEN
            ):
                break
        if article and not noun:
            continue
        follow = _WORD.match(text, match.end() + 1)
        if not noun and (
            _YEAR.fullmatch(match["number"]) or (follow and follow[0].lower() in measures)
        ):
            continue
        bound = _bound_of().get(re.sub(r"\s+", " ", match["bound"] or ""), "")
        yield _People(match.start(), end, number, kind, bound, (match.end(), end), not noun)  # type: ignore[arg-type]


def find_tolls(sentence: str) -> tuple[Toll, ...]:
    """The figures of a sentence in its order; each number is counted for one harm only."""
    # An aside ("– including a colonel –") repeats people that were counted before it.
    text = _ASIDE.sub(lambda match: " " * len(match[0]), lowered(sentence))
    # "no one was killed" counts nobody.
    text = _nobody().sub(lambda match: "-" * len(match[0]), text)
    harms = list(_harm_pattern().finditer(text))
    if not harms:
        return ()
    people = list(_people(text, sentence))
    used: set[int] = set()
    tolls: list[Toll] = []
    for index, harm in enumerate(harms):
        before = harms[index - 1].end() if index else 0
        after = harms[index + 1].start() if index + 1 < len(harms) else len(text)
        sort: Literal["killed", "wounded"] = "killed" if harm["killed"] else "wounded"
        chosen = _objects(text, harm, people, after) if _is_active(text, harm) else []
        chosen = chosen or _subjects(text, harm, people, before)
        for person in chosen:
            if person.start in used:
                continue
            used.add(person.start)
            tolls.append(
                Toll(
                    person.start,
                    person.end,
                    person.number,
                    sort,
                    person.kind,
                    person.bound,
                    person.who,
                )
            )
    return tuple(sorted(tolls, key=lambda toll: toll.start))


def _is_active(text: str, harm: re.Match[str]) -> bool:
    """Whether the word of harm takes an object here ("killed two", not "two were killed")."""
    words = table("casualties")
    if harm[0] == "dead" and re.search(r"\bshot\s+$", text[: harm.start()]):
        return True
    if harm[0].lower() not in (
        *words["active_killed"],
        *words["active_wounded"],
        "toll",
        "lives",
        "deaths",
        "death",
    ):
        return False
    previous = re.findall(r"[\w’'-]+", text[max(0, harm.start() - 40) : harm.start()])
    return not (previous and previous[-1].lower() in words["passive"])


def _chain(text: str, people: list[_People], start: int, stop: int) -> list[_People]:
    """People one after another from ``start``, joined by commas and "and" only."""
    out: list[_People] = []
    cursor = start
    for person in people:
        if person.start < cursor or person.start >= stop:
            continue
        between = text[cursor : person.start]
        joined = re.fullmatch(r"[\s,]*(?:and|as well as|plus)?[\s,]*", between)
        if out and not joined:
            break
        # The object follows at once: "killed at least two soldiers", "toll rose to 16".
        if not out and len(between.split()) > 6:
            break
        if not out and (_STOP.search(between) or re.match(r"\s*(?:,|and\b)", between)):
            break
        out.append(person)
        cursor = person.end
    return out


def _objects(text: str, harm: re.Match[str], people: list[_People], stop: int) -> list[_People]:
    chain = _chain(text, people, harm.end(), max(stop, harm.end()))
    # "killed on Sunday and 200 wounded": a bare number before the next harm word is its subject.
    while chain and chain[-1].bare and re.match(r"\s+\w+ed\b", text[chain[-1].end :]):
        chain.pop()
    if chain and harm[0].lower() not in ("toll", "death", "deaths", "lives"):
        between = text[harm.end() : chain[0].start]
        if re.search(r"\b(?:on|in|when|since|after|by|at|of)\b", between, re.IGNORECASE):
            return []
    return chain


def _subjects(text: str, harm: re.Match[str], people: list[_People], before: int) -> list[_People]:
    """The people right before the word of harm: its subject, or its attribute ("16 dead")."""
    out: list[_People] = []
    cursor = harm.start()
    for person in reversed([p for p in people if p.start >= before and p.start < harm.start()]):
        between = text[min(person.end, cursor) : cursor]
        if out:
            if not re.fullmatch(r"\s*,?\s*(?:and|as well as)?\s*", between):
                break
        elif (
            _STOP.search(between)
            or re.search(r"\b(?:but|while|who|that|said|says|when)\b", between)
            or len(between.split()) > MAX_WORDS_TO_VERB
        ):
            break
        out.append(person)
        cursor = person.start
    return out[::-1]
