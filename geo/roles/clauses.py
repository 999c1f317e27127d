"""What the clause of a name, or the whole sentence, says of it: untrue, a patient, a team."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from geo.roles.context import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.roles.context import Setting

_NO = frozenset(("no", "ceasefire", "such", "fresh", "new"))
# Words between a verb of care and its preposition, or between a deed and whom it struck.
_CARE_REACH, _HARM_REACH = 3, 4
_LONGEST_SCORE = 2
_HYPHENS = frozenset(("-", "\u2010", "\u2011", "–"))


def untrue(at: int, setting: Setting) -> str:
    """Tell where the clause of a name calls a report untrue, or says that it saw no shelling."""
    first = setting.first[at]
    sentence = setting.around.of_sentence[first]
    if sentence not in setting.clauses:
        setting.clauses[sentence] = tuple(_clauses(setting.around.beside(first), setting))
    clauses = setting.clauses[sentence]
    place = bisect_right(clauses, first, key=lambda clause: clause.end)
    return clauses[place].untrue if place < len(clauses) else ""


def _clauses(sentence: range, setting: Setting) -> Iterator[Clause]:
    """Cut a sentence before "but", "while" and the like, and at semicolons."""
    start, around, turns = sentence.start, setting.around, setting.words["turns"]
    parts = ";" in around.text[around.starts[start] : around.ends[sentence[-1]]]
    for word in sentence[1:]:
        key = around.keys[word]
        turned = key in turns or (key in {"and", "which"} and "," in around.gap(word))
        if turned or (parts and ";" in around.gap(word)):
            yield Clause(word, _untrue_in(range(start, word), setting))
            start = word
    yield Clause(sentence.stop, _untrue_in(range(start, sentence.stop), setting))


def _untrue_in(clause: range, setting: Setting) -> str:
    keys, words = setting.around.keys, setting.words
    for word in clause:
        key = keys[word]
        before = keys[max(clause.start, word - 3) : word]
        if key in words["untrue"] and words["helpers"].intersection(before):
            return "a report of it is called untrue"
        if key in words["violence"] and "no" in before and before[-1] in _NO:
            return "said that nothing happened"
    return ""


def harmed(at: int, setting: Setting) -> bool:
    """Say whether a deed struck whom a name tells the place of: "killed two officials in X"."""
    harm = setting.words["harm"]
    _, _, _, where = setting.government(at)
    for word in range(where - 1, where - 1 - _HARM_REACH, -1):
        if setting.word(word, at) in harm:
            return True
        if not setting.word(word, at) or setting.clause_ends(word):
            break
    return setting.after(at) in setting.words["helpers"] and setting.after(at, 1) in harm


def cared_for(at: int, setting: Setting) -> str:
    """Read "died in hospital in X", "flown to a hospital in X": where somebody is treated."""
    word, before, earlier, where = setting.government(at)
    if word not in {"in", "at", "near"} or before not in setting.words["hospitals"]:
        return ""
    place = where - 2
    if earlier in {"in", "to"}:
        return "where somebody is treated"  # "in hospital", without an article: as a patient
    while setting.word(place, at) in setting.words["ward"]:
        place -= 1
    if setting.word(place, at) not in {"in", "to", "at"}:
        return ""
    verbs = {setting.word(place - step, at) for step in range(1, _CARE_REACH + 1)}
    return "where somebody is treated" if verbs & setting.words["care"] else ""


def at_play(at: int, setting: Setting) -> str:
    """Read "X beat Y 3-0", "X attacked" in a sentence about a match: teams, not places."""
    if setting.government(at).word not in setting.words["plays"] | {"", "and", "but", "that"}:
        return ""
    if setting.after(at) in setting.words["helpers"]:
        return ""
    sentence = setting.around.of_sentence[setting.first[at]]
    if sentence not in setting.sports:
        setting.sports[sentence] = _is_sport(setting.around.beside(setting.first[at]), setting)
    return "a team" if setting.sports[sentence] else ""


def _is_sport(sentence: range, setting: Setting) -> bool:
    """Say whether a sentence has a word of sport, or a verb of playing and a score."""
    keys = [setting.around.keys[word] for word in sentence]
    if not setting.words["sports"].isdisjoint(keys):
        return True
    return not setting.words["plays"].isdisjoint(keys) and any(
        setting.around.gap(word) in _HYPHENS
        and all(key.isdigit() and len(key) <= _LONGEST_SCORE for key in pair)
        for word, *pair in zip(sentence[1:], keys, keys[1:], strict=False)
    )
