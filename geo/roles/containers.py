"""Cues that a name only tells where another name lies: it holds it, or lies beside it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geo.lexicon import any_of
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.roles.context import Setting

# Longer stretches between two names do not tell how one lies to the other.
_LONGEST = 90
_UNTOLD = frozenset(("country", "macro"))
_LARGE = frozenset(("province", "region", "country", "macro"))
_BUILT = frozenset(("facility", "feature"))
_SMALL = frozenset(
    ("and", "or", "to", "for", "from", "with", "by", "of", "as", "the", "a", "an", "that", "which",
     "who", "is", "was", "were", "are", "while", "when", "but", "then")
)  # fmt: skip
# "the X town of Y": Y is the town; "the Y quarter of X": Y is the quarter.
_TOWNS = frozenset(
    ("cities", "city", "hamlet", "hamlets", "municipality", "port", "settlement", "settlements",
     "spa", "town", "towns", "village", "villages")
)  # fmt: skip
_ADJECTIVES = 4


def container(at: int, setting: Setting) -> str:
    """Read "Y, X" and "Y in X" and "X's Y": X holds Y, which is nearer the fact."""
    first, last = setting.first[at], setting.last[at]
    if at and setting.holds(at, at - 1):
        between = setting.around.keys[setting.last[at - 1] : first]
        near = bool(setting.word(setting.last[at - 1], at)) and _adjoining(between, setting)
        if near and setting.around.gap(setting.last[at - 1]).strip(' \u00a0”"') in {"", ",", "("}:
            return f"it holds {setting.names[at - 1].mention.text}"
    following = at + 1
    if (
        following < len(setting.names)
        and setting.holds(following, at) is False
        and setting.holds(at, following)
    ):
        close = setting.first[following] - last <= 4
        if close and setting.word(setting.first[following], at) and setting.owns(at):
            return f"it holds {setting.names[following].mention.text}"
    return ""


@cache
def _between_words() -> frozenset[str]:
    lists = ("kin", "compass", "settlement", "district", "province", "region")
    return frozenset({"in", "of"}).union(*(word_lists("generics")[name] for name in lists))


def _adjoining(between: list[str], setting: Setting) -> bool:
    """Say whether only "in the neighbouring province of" and the like stands between two names."""
    if not between:
        return True
    if between[-1] == "of" and between[0] in setting.generics["compass"]:
        return False  # "X north of Y"
    return (
        len(between) <= 5
        and not {"in", "of"}.isdisjoint(between[:2])
        and _between_words().issuperset(between)
    )


@cache
def _kinds(*lists: str) -> str:
    return any_of(sorted(frozenset().union(*(word_lists("generics")[name] for name in lists))))


@cache
def _inside() -> re.Pattern[str]:
    """Match what stands between Y and X in "Y village in the X area", "Y, a town in northern X"."""
    kinds = _kinds("settlement", "district", "province", "region", "facility", "feature", "quarter")
    compass = _kinds("compass", "kin")
    seat = (
        r",\s(?:the\s)?(?:[\w-]+\s){0,3}?(?:capital|centre|center|headquarters|seat)(?:\s[a-z]+)?"
    )
    aside = rf",\s(?:an?|the|another|one\sof\sthe)\s(?:[\w-]+\s){{0,4}}?{kinds}"
    return re.compile(
        rf"(?P<kind>(?:\s[a-z]+)?\s{kinds}|{aside}|{seat})?\s(?P<link>in|inside|within|of|on)"
        rf"\s(?:the\s)?(?:[A-Z]?[a-z]+\s)?(?:{compass}\s){{0,2}}(?:{kinds}\s(?:of|in)\s(?:the\s)?)?"
    )


@cache
def _holding() -> re.Pattern[str]:
    """Match what stands between X and Y in "the X town of Y", "X's northern suburb of Y"."""
    kinds = _kinds("settlement", "district", "quarter")
    small = any_of(word_lists("roles")["locative"] | _SMALL)
    return re.compile(
        rf"(?:['’]s?)?(?:\s(?!{small}\s)[a-z-]+){{0,3}}?\s(?P<kind>{kinds})\sof\s(?:the\s)?"
    )


@cache
def _owning() -> re.Pattern[str]:
    """Match what stands between X and Y in "X's northern Y district"."""
    return re.compile(rf"['’]s?\s(?:(?:{_kinds('compass', 'kin')}|[a-z]+-[a-z]+)\s){{0,2}}")


@cache
def _beside() -> re.Pattern[str]:
    """Match what stands between Y and X in "Y, a town near X", "Y village near X"."""
    kinds = _kinds("settlement", "district", "facility", "feature", "quarter")
    compass = _kinds("compass", "kin")
    return re.compile(
        rf"(?:\s{kinds})?(?:,\s(?:an?|the|another)\s(?:[\w-]+\s){{0,4}}?{kinds})?"
        rf"\s(?:located\s|situated\s|lying\s)?(?:near|close\sto|outside|not\sfar\sfrom)"
        rf"\s(?:the\s)?(?:[A-Z]?[a-z]+\s)?(?:{compass}\s){{0,2}}(?:{kinds}\s(?:of\s)?)?(?:the\s)?"
    )


def told_by_kind(at: int, setting: Setting) -> str:
    """Read "the Y quarter of X", "Y village in X", "the X town of Y": X only tells where Y lies."""
    if at and (between := _between(at, setting)):
        held = _holding().fullmatch(between)
        inside = _inside().fullmatch(between)
        inner = held and not _encloses(at - 1, at, setting, held)
        if inner or (not held and inside and _lies_in(at - 1, at, setting, inside)):
            return f"it tells where {setting.names[at - 1].mention.text} lies"
    if at + 1 < len(setting.names) and (between := _between(at + 1, setting)):
        held = _holding().fullmatch(between)
        owner = _owning().fullmatch(between) and setting.names[at].kind not in _UNTOLD
        if owner or (held and _encloses(at, at + 1, setting, held)):
            return f"it tells where {setting.names[at + 1].mention.text} lies"
    return ""


def _between(at: int, setting: Setting) -> str:
    """Give what stands between a name and the one before it in its sentence."""
    start, end = setting.names[at - 1].mention.end, setting.names[at].mention.start
    if end - start > _LONGEST or not setting.word(setting.last[at - 1] - 1, at):
        return ""
    return setting.article.text[start:end]


def _lies_in(inner: int, outer: int, setting: Setting, told: re.Match[str]) -> bool:
    """Say whether "Y in X" or "the Y area of X" may be read as Y lying in X.

    A town stays a site beside a building that no gazetteer has: it is all that can be placed.
    """
    name = setting.names[inner]
    if name.kind in _UNTOLD or setting.acts(inner) or (name.kind in _BUILT and not name.place_id):
        return False
    if not told["kind"] and told["link"] not in {"in", "inside", "within"}:
        return False
    return name.kind not in _LARGE or setting.names[outer].kind in _LARGE


def _encloses(left: int, right: int, setting: Setting, told: re.Match[str]) -> bool:
    """Say whether "the X KIND of Y" means Y in X; else it is "the Y KIND of X"."""
    one, other, kind = setting.names[left], setting.names[right], told["kind"]
    if one.place_id and one.place_id in setting.above(other.place_id):
        return True
    if other.place_id and other.place_id in setting.above(one.place_id):
        return False
    if (one.kind in _LARGE) != (other.kind in _LARGE):
        return one.kind in _LARGE
    if told[0].startswith(("'", "’")) or kind == "capital":
        return True
    if kind in _TOWNS:
        return _has_article(left, setting)  # else "Y village of X"
    return bool(one.place_id) and not other.place_id


def _has_article(at: int, setting: Setting) -> bool:
    """Say whether "the" stands before a name, a few adjectives between: "the old X town of Y"."""
    word = setting.first[at] - 1
    for _ in range(_ADJECTIVES):
        key = setting.word(word, at)
        if key in {"the", "this", "that"}:
            return True
        if not key or key in _SMALL or key in setting.words["locative"]:
            return False
        word -= 1
    return False


def told_by_near(at: int, setting: Setting) -> str:
    """Read "Y, a town near X": X only tells where Y lies."""
    if not at or not (between := _between(at, setting)) or not _beside().fullmatch(between):
        return ""
    before = at - 1
    if setting.names[before].kind in _LARGE or setting.acts(before):
        return ""
    return f"it tells where {setting.names[before].mention.text} lies"


@cache
def _measured() -> re.Pattern[str]:
    """Match what stands between Y and X in "Y sector, some 20 km (12 miles) north of X"."""
    kinds = _kinds("settlement", "district", "province", "region", "facility", "feature", "quarter")
    compass = _kinds("compass")
    about = r"(?:about|some|around|roughly|just|nearly|almost|over|more\sthan|only)"
    number = r"(?:\d[\d,.]*|an?\sfew|several|dozens\sof|a\sdozen|a|two|three|four|five|six|ten)"
    unit = r"(?:km|kms|kilomet(?:er|re)s?|miles?|m|met(?:er|re)s?|yards?)"
    return re.compile(
        rf"(?:\s[a-z]+)?(?:,|\sand|\s\(|,?\s(?:which\s|that\s)?(?:is\s)?(?:located|situated|lying|lies))"
        rf"\s?(?:{about}\s)?{number}[\s-]?{unit}(?:\s\([^)]*\))?\s(?:to\sthe\s)?"
        rf"(?:(?:further\s)?(?:{compass}|away|inland|upriver|downriver)\s)?(?:of|from|outside|above)"
        rf"\s(?:the\s)?(?:[A-Z]?[a-z]+\s){{0,2}}?(?:{kinds},?\s(?:of\s)?)?"
    )


def told_by_distance(at: int, setting: Setting) -> str:
    """Read "Y, 20 km north of X and 80 km south of Z": X and Z only tell where Y lies.

    Of an area the distance is the nearer fact: "in the Y region, 20 km north of X".
    """
    if at and (setting.names[at - 1].kind in _LARGE or setting.narrows(at, at - 1)):
        return ""
    if at and (between := _between(at, setting)) and _measured().fullmatch(between):
        return f"it tells where {setting.names[at - 1].mention.text} lies"
    return ""


CONTAINER_RULES: tuple[Callable[[int, Setting], str], ...] = (
    container, told_by_kind, told_by_near, told_by_distance,
)  # fmt: skip
