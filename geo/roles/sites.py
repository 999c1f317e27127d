"""Cues that nothing is reported to happen at a place.

Each gives the cue in plain words, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.roles.clauses import at_play, cared_for, harmed, untrue
from geo.roles.containers import CONTAINER_RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.roles.context import Setting

# How long an aside behind a name, and a clause with "where", are read.
_ASIDE_REACH, _WHERE_REACH = 9, 7
# How far back "pictures" may stand before "taken in X".
_PICTURE_REACH = 16
_UNITS = frozenset(
    ("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers", "mile", "miles", "metres",
     "meters", "metre", "meter", "m", "yards", "nm", "nmi", "hours", "hour", "minutes")
)  # fmt: skip
_TIMES = frozenset(("hours", "hour", "minutes"))
# "on the main supply", "along a stretch of the old": words before a road.
_WAY_REACH = 7
_SPANS = frozenset(("-", "–", "—", " – ", " - ", "/"))


def _link(at: int, setting: Setting) -> str:
    return "in a link to another story" if setting.segment(at) == "link" else ""


def _joined(at: int, setting: Setting) -> str:
    """Read "X-based" and "borders X"."""
    if setting.gap_after(at) == "-" and setting.own_after(at) in setting.words["located_suffixes"]:
        return f"joined to '-{setting.own_after(at)}'"
    before = setting.word(setting.first[setting.head[at]] - 1, at)
    return "it lies beside another place" if before in {"borders", "bordering", "bordered"} else ""


def _macro(at: int, setting: Setting) -> str:
    return "too large an area for a site" if setting.names[at].kind == "macro" else ""


def _coast_of(at: int, setting: Setting) -> str:
    """Read "the X Sea city": what lies at a sea, a lake or a river is meant, and not the water."""
    towns = setting.generics["settlement"]
    told = setting.names[at].kind == "feature" and setting.own_after(at) in towns
    return "it tells where the town lies" if told and not setting.owns(at) else ""


def _part_of_line(at: int, setting: Setting) -> str:
    """Read "the X–Y road", "the road to X"; one that something is on is where it happens."""
    last, ways = setting.last[at], setting.generics["ways"]
    joined = last in setting.at_word and setting.around.gap(last) in _SPANS
    after = setting.own_after(setting.at_word[last]) if joined else setting.own_after(at)
    if after in ways and not setting.owns(at):
        second = at > 0 and setting.last[at - 1] == setting.first[at]
        begins = setting.first[at - 1] if second else setting.first[at]
        along = after in setting.words["stretches"] and _upon(begins, at, setting)
        return "" if along else "names a way"
    word, before, _, where = setting.government(at)
    if word in {"to", "from"} and before in ways and not _units(at, setting):
        along = before in setting.words["stretches"] and _upon(where - 1, at, setting)
        return "" if along else "names a way"
    return ""


def _upon(word: int, at: int, setting: Setting) -> bool:
    """Say whether only "on the main" and the like stands before a word, within its clause."""
    words = setting.words
    for back in range(word - 1, word - 1 - _WAY_REACH, -1):
        key = setting.word(back, at)
        if setting.clause_ends(back + 1) or not key:
            return False
        if key in words["locative"] or key in {"on", "for"}:
            return True
        if key == "of" and setting.word(back - 1, at) in setting.generics["compass"]:
            return True  # "east of the X-Y road"
        if key not in words["way_qualities"]:
            return False
    return False


def _whole_of(at: int, setting: Setting) -> str:
    """Read "a region of X", "the capital of X", "part of X"."""
    word, before, *_ = setting.government(at)
    if setting.names[at].kind not in {"country", "region", "province", "district", "macro"}:
        return ""
    if setting.owns(at):
        owned = setting.owned(at)
        parts = setting.words["exact_parts"] | {"southeast"}
        if owned and owned[0] in parts and setting.last[at] + 2 not in setting.at_word:
            return ""
        return "what it owns is spoken of"
    return (
        f"'{before} of' it"
        if word == "of"
        and before in setting.words["container_of"]
        and before
        not in setting.words["exact_parts"] | {"part", "parts", "area", "areas", "territory"}
        else ""
    )


def _measured_from(at: int, setting: Setting) -> str:
    """Read "Y, 12 km south of X", "Y (17km north of X)"; a time from X is no distance."""
    word, _, _, where = setting.government(at)
    if word not in {"from", "of", "to", "above"}:
        return ""
    units = _units(at, setting)
    if not units:
        return ""
    if word == "from" and setting.word(where - units[0], at) in _TIMES:
        return "a time of travel from it"
    start = where - units[0] - (0 if setting.word(where - units[0], at)[0].isdigit() else 1)
    opening = setting.around.gap(start)
    if at and ("(" in opening or "," in opening) and start - setting.last[at - 1] <= 2:
        # of a province the distance is the nearer fact, if it is not far
        wide = setting.names[at - 1].kind in {"province", "region"}
        told = not wide and not setting.narrows(at, at - 1)
        return "the place before it is told by its distance from it" if told else ""
    return ""


def _units(at: int, setting: Setting) -> list[int]:
    """Give how many words before its preposition a measure before a name has its units."""
    where = setting.government(at).at
    return [step for step in range(1, 5) if _is_unit(setting.word(where - step, at))]


def _is_unit(word: str) -> bool:
    return word in _UNITS or (word[:1].isdigit() and word.lstrip("0123456789") in _UNITS)


def _speaker_there(at: int, setting: Setting) -> str:
    """Read "officials in X", "a resident in X said": where one speaks, not where it happened."""
    word, before, earlier, _ = setting.government(at)
    words = setting.words
    if harmed(at, setting) or _where(at, setting) or _there(at, setting):
        return ""
    dwell = word in {"in", "of", "from"} and before in words["dwellers"] and _speak(at, setting)
    sits = word in {"in", "at"} and _sits_there(at, setting)
    if sits or dwell or (word in {"in", "at", "from", "of"} and before in words["speakers"]):
        return f"where '{before}' sits or meets"
    passive = before in _TOLD_OF and earlier in _PASSIVE
    if word in {"in", "at", "to", "from"} and before in words["residence"] and not passive:
        return f"'{before} {word}' it"
    if word in {"in", "at"} and earlier in words["residence"] and before in words["asides"]:
        return f"'{earlier}' there"
    tail = setting.last[setting.tail[at]]
    speaks = setting.after(at) in words["speech"] and "," not in setting.around.gap(tail)
    if word in {"in", "from", "of"} and speaks:
        return f"who '{setting.after(at)}' is there"
    return ""


def _there(at: int, setting: Setting) -> bool:
    """Read "officials in X said that ten people had died there"; not "there were clashes"."""
    word = setting.last[setting.tail[at]]
    while (key := setting.word(word, at)) and word not in setting.at_word:
        if key == "there" and setting.word(word + 1, at) not in setting.words["there_is"]:
            return True
        word += 1
    return False


def _sits_there(at: int, setting: Setting) -> bool:
    """Read "the government in X" and "at a summit in X"; not "an attack on the government in X"."""
    _, before, earlier, where = setting.government(at)
    first = setting.word(where - 3, at)
    if before in {"government", "administration"}:
        return first not in {"on", "against", "housing", "hosting", "at", "near", "outside"}
    return (
        before in {"summit", "conference", "ceremony"} and earlier in {"a", "the"} and first == "at"
    )


# "shelling was reported at X": the place is told of, nobody speaks there.
_TOLD_OF = frozenset(("reported", "announced", "detained", "kept", "told"))
_PASSIVE = frozenset(("was", "were", "been", "are", "is", "being", "also", "reportedly"))


def _speak(at: int, setting: Setting) -> bool:
    """Say whether people of a place speak: "residents in X said", "in X, a city in Y, told"."""
    last = setting.last[setting.tail[at]]
    if setting.around.gap(last).startswith(","):
        for word in range(last + 1, last + _ASIDE_REACH):
            if not setting.word(word, at):
                return False
            if "," in setting.around.gap(word):
                return setting.word(word, at) in setting.words["speech"]
    return setting.word(last, at) in setting.words["speech"]


def _where(at: int, setting: Setting) -> bool:
    """Read "lives in X, where the attack began": what happens there is told right behind."""
    last = setting.last[setting.tail[at]]
    if not setting.around.gap(last).startswith(",") or setting.word(last, at) != "where":
        return False
    told = {setting.word(last + step, at) for step in range(1, _WHERE_REACH)}
    return bool(told & (setting.words["violence"] | setting.words["strikes"]))


def _named(at: int, setting: Setting) -> str:
    """Read "renamed to X", "which others call X", "call the place X"."""
    word, before, earlier, _ = setting.government(at)
    naming = setting.words["naming"]
    if word in {"to", "as", "place", "it"}:
        word, before = before, earlier  # "renamed to X", "call the place X"
    if word == "place":
        word, before = before, ""
    if word in {"called", "named", "known", "dubbed"} and before not in _RENAMED:
        return ""  # "a peak called X"
    return "spoken of as a name" if word in naming else ""


_RENAMED = frozenset(("also", "now", "formerly", "locally", "then", "once", "previously", "they"))


def _shown(at: int, setting: Setting) -> str:
    """Read "footage from X", "a photograph taken in X", "the clip shows X": pictures only."""
    word, before, earlier, _ = setting.government(at)
    pictures = setting.words["pictures"]
    if word in setting.words["showing"]:
        return f"'{word}' it"
    if word in {"from", "of", "in", "at", "over"} and pictures & {before, earlier}:
        return "a picture of it is spoken of"
    taken = word in {"in", "at", "near"} and before in {"taken", "filmed", "shot"}
    start = max(setting.first[at] - _PICTURE_REACH, 0)
    if taken and pictures & {setting.word(i, at) for i in range(start, setting.first[at])}:
        return "a picture taken there is spoken of"
    return ""


def _denied(at: int, setting: Setting) -> str:
    """Read "no firing at X", "X has not been entered", "reports from X were false"."""
    words = setting.words
    word, before, earlier, where = setting.government(at)
    if word in words["locative"] | {"on", "for", "to"}:
        near = {before, earlier, setting.word(where - 3, at)}
        if near & {"no", "not", "nothing", "nobody", "never"} and near.isdisjoint({"only", "far"}):
            return "said not to have happened there"
    after = [setting.after(at, step) for step in range(4)]
    helped = after[0] in words["helpers"] or after[0] == "itself"
    if helped and {"not", "never"}.intersection(after):
        return "said not to have happened to it"
    return untrue(at, setting)


def _aim(at: int, setting: Setting) -> str:
    """Read "pledged to retake X", "threatening X": not yet."""
    word, before, earlier, where = setting.government(at)
    aims = setting.words["aims"]
    if word in aims:
        return f"'{word}' it: not yet"
    if before in {"to", "and"}:
        back = {earlier, setting.word(where - 3, at), setting.word(where - 4, at)}
        if back & aims and word not in setting.words["locative"]:
            return "an aim, not yet reached"
    return ""


def _people_of(at: int, setting: Setting) -> str:
    """Read "X fighters", "an X spokesman": people who may be anywhere."""
    if setting.gap_after(at) != " " or setting.names[at].kind == "country":
        return ""
    last = setting.last[at]
    after = setting.own_after(at)
    if not after or setting.around.capital[last]:
        return ""
    if after in setting.words["of_people"]:
        return f"'{after}' of it"
    placed = setting.own_after(at, 1) in {"in", "at", "near", "around"}
    held = after in {"positions", "targets", "units"} and placed and last + 2 in setting.at_word
    return f"'{after}' of it" if held else ""


def _told(at: int, setting: Setting) -> str:
    """Read "X is a village", "X was one of the ...": told what or where it is."""
    if setting.government(at).word and setting.government(at).word not in {"that", "and", "but"}:
        return ""
    verb, after = setting.after(at), setting.after(at, 1)
    if verb in {"borders", "lies", "adjoins"}:
        return "told where it is"
    if verb in {"is", "are", "was", "were"} and after in setting.words["stative_after"]:
        return "told what or where it is"
    return ""


def _not_real(at: int, setting: Setting) -> str:
    """Read "If X falls", "Had X fallen", "could X be": it did not happen."""
    around = setting.around
    sentence = around.of_sentence[setting.first[at]]
    if sentence < 0:
        return ""
    opening = around.at(setting.article.sentences[sentence].start)
    if setting.word(opening, at) in setting.words["hypothetical"]:
        return "in a sentence about what may be"
    free = not setting.government(at).word
    if free and setting.own_after(at) in {"would", "could", "might", "may"}:
        return "" if setting.is_month(setting.last[at]) else "said of what may be"
    return ""


def _quiet(at: int, setting: Setting) -> str:
    """Read "X: calm", "stayed quiet"."""
    after = [setting.after(at, step) for step in range(4)]
    if setting.words["quiet"].intersection(after):
        return "said to be quiet"
    return ""


def _travelled(at: int, setting: Setting) -> str:
    """Read "fled to X", "left X", "drones from X": an origin or an aim; not "from A to B"."""
    word, before, earlier, _ = setting.government(at)
    words = setting.words
    if word in words["travel"]:
        return f"'{word}' it"
    if word == "over" and before in words["disputes"]:
        return f"what the '{before}' is about"
    if word == "from" and (_units(at, setting) or _across(at, setting)):
        return ""
    if word == "from":
        driven = {before, earlier} & words["driven"] or (before == "far" and earlier == "not")
        ranged = setting.after(at) == "to" and setting.last[setting.tail[at]] + 1 in setting.at_word
        return "" if driven or ranged else "where something or somebody comes from"
    if word == "to" and before not in words["beside"] | setting.generics["ways"]:
        head = setting.head[at]
        ranged = (
            head > 0
            and setting.government(head - 1).word == "from"
            and (setting.last[head - 1] + 1 == setting.first[head])
        )
        return "" if ranged else "an aim or a direction"
    leaving = {before, earlier} & words["travel"]
    return f"'{word}' it: a way or an aim" if word == "for" and leaving else ""


def _across(at: int, setting: Setting) -> bool:
    """Read "villages across the border from X": what stands there is beside it, none comes."""
    where, words = setting.government(at).at, setting.words
    if setting.word(where - 1, at) not in words["divides"]:
        return False
    back = where - 2
    while setting.word(back, at) in words["way_qualities"]:
        back -= 1
    if setting.word(back, at) not in {"across", "over"}:
        return False
    noun = setting.word(back - 1, at)
    noun = setting.word(back - 2, at) if noun in {"just", "directly", "right"} else noun
    kinds = (setting.generics[kind] for kind in ("settlement", "facility", "feature"))
    return noun in words["standing"].union(*kinds)


NO_SITE_RULES: tuple[Callable[[int, Setting], str], ...] = (
    _link, _joined, _macro, _coast_of, *CONTAINER_RULES, _measured_from, _part_of_line, _named,
    _shown,
    _speaker_there, _people_of, cared_for, at_play, _not_real, _denied, _quiet, _aim, _told,
    _travelled, _whole_of,
)  # fmt: skip
