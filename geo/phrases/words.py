"""The words of one language that place things, as compiled patterns."""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from geo.errors import LanguageError

SLOT = "\ue000"  # stands for a place name in a sentence; private use, so no text says it
LINE_SLOT = "\ue001"  # a name whose place is a line
BRACKET = 100  # longest bracket that may stand between a name and the next of its list


class Cue(NamedTuple):
    """Words that mean ``relation`` when they stand directly before or after a name."""

    relation: str
    pattern: re.Pattern[str]


class Words(NamedTuple):
    """All patterns of one language. Those named ``before`` end where they are tried."""

    left: tuple[Cue, ...]
    right: tuple[Cue, ...]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    joiner: re.Pattern[str]
    pair_from: re.Pattern[str]
    line: re.Pattern[str]
    line_kinds: dict[str, str]
    line_lead: re.Pattern[str]
    section: re.Pattern[str]
    line_cue: re.Pattern[str]
    line_elsewhere: re.Pattern[str]
    line_between: re.Pattern[str]
    line_parties: re.Pattern[str]
    line_where: re.Pattern[str]
    line_event: re.Pattern[str]
    road_after: re.Pattern[str]
    container: re.Pattern[str]
    bearing: re.Pattern[str]
    number: re.Pattern[str]
    unit: re.Pattern[str]
    bearings: dict[str, str]
    units: dict[str, float]
    numbers: dict[str, float]
    generic: dict[str, str]
    again: re.Pattern[str]
    again_kinds: dict[str, list[str]]


def _any(words: Iterable[str]) -> str:
    """An alternation that prefers the longer word."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


def _cues(rows: Iterable[list[str]], lists: dict[str, str], *, before: bool) -> tuple[Cue, ...]:
    """Compile a table's rows; ``{name}`` in a pattern becomes that list of words."""
    made = []
    for relation, template in rows:
        body = re.sub(r"\{(\w+)\}", lambda m: lists[m[1]], template)
        shape = rf"(?<![^\W_])(?:{body}) ?\Z" if before else rf"(?:{body})(?![^\W_])"
        made.append(Cue(relation, re.compile(shape)))
    return tuple(made)


@functools.cache
def load_words(language: str) -> Words:
    """The words of ``language``; LanguageError where no table exists."""
    folder = importlib.resources.files("geo") / "tables"
    file = folder.joinpath(language, "phrases.json") if language.isalpha() else None
    if file is None or not file.is_file():
        raise LanguageError(
            f"language {language!r}: there are no words for place phrases; "
            "give a text in a language with a folder under geo/tables/"
        )
    return _compile(json.loads(file.read_text(encoding="utf-8")))


def _compile(table: dict[str, Any]) -> Words:
    """Patterns from a table as it stands in the file."""
    words = table["words"]
    bearings = {w: point for point, forms in table["bearings"].items() for w in forms}
    lines = {w: kind for kind, forms in table["lines"].items() for w in forms}
    lists = {
        **{key: _any(forms) for key, forms in words.items()},
        "bearing": _any(bearings),
        "unit": rf"{_any(table['units'])}\b",
        "number": rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:\.\d+)?|\b{_any(table['numbers'])}\b)",
        "generic": _any(table["generic"]),
    }
    wordy = rf"(?:{lists['qualifier']}|\S{{1,30}}-{lists['qualifier_ending']})"
    lead = (
        rf"(?<![^\W_])(?:{lists['determiner']} )?(?:{wordy},? ){{0,3}}"
        rf"(?:(?:{lists['bearing']} (?!{lists['part']} ))?(?P<generic>{lists['generic']})(?: of)? "
        rf"(?:the )?(?:{wordy} ){{0,2}})?[\"“‘']?\Z"
    )
    tail = (
        rf"[\"”’]?(?: (?P<generic>{lists['generic']})(?![^\W_]))?"
        rf"(?P<bracket> \([^()]{{0,{BRACKET}}}\))?(?: (?:itself|proper|alone)\b)?"
    )
    line = rf"(?<![\w-])(?P<line>{_any(lines)}|{LINE_SLOT})(?!\w)"
    lead_of_line = (
        rf"(?P<lead>(?:{lists['determiner']} )?"
        rf"(?:(?P<sides>{SLOT}(?:'s?)?(?:(?:-| and ){SLOT}(?:'s?)?)? |[^\W\d_]{{2,20}}(?:-| and )[^\W\d_]{{2,20}} ))?"
        rf"(?:{lists['line_qualifier']} ){{0,3}})\Z"
    )
    section = (
        rf"(?P<section>(?:(?P<one>{lists['determiner']}) )?"
        rf"(?:(?P<part>{lists['bearing']}(?:,? (?:and|or) (?:the )?{lists['bearing']})?) |"
        rf"(?P<owner>{SLOT})(?:'s?)? |(?P<pair>[^\W\d_]{{2,20}}-[^\W\d_]{{2,20}}) )?"
        rf"{lists['section']} of )\Z"
    )
    elsewhere = rf"(?<![^\W_])(?:{_any(table['line_elsewhere'])}) \Z"
    return Words(
        left=_cues(table["left"], lists, before=True),
        right=_cues(table["right"], lists, before=False),
        lead=re.compile(lead),
        tail=re.compile(tail),
        joiner=re.compile(rf" ?{lists['joiner']} ?"),
        pair_from=re.compile(rf" {_any(table['pair_from'])} (?:the )?"),
        line=re.compile(line + rf"(?!(?: |-){lists['not_line']}(?!\w))"),
        line_kinds=lines,
        line_lead=re.compile(r"(?<![\w-])" + lead_of_line),
        section=re.compile(r"(?<![\w-])" + section),
        line_cue=re.compile(rf"(?<![^\W_])(?:{table['line_left'][0][1]}) ?\Z"),
        line_elsewhere=re.compile(elsewhere),
        line_between=re.compile(rf" (?:{_any(table['line_between'] + table['line_with'])}) "),
        line_parties=re.compile(rf" (?:between|of) {_any(table['two_parties'])}(?!\w)"),
        line_where=re.compile(rf" (?:{_any(table['line_where'])}) "),
        road_after=re.compile(rf" (?:{lists['line_qualifier']} )?{lists['road']}(?!\w)"),
        line_event=re.compile(rf"(?: |-)(?:{lists['line_event']})(?!\w)"),
        container=re.compile(
            rf"[\"”]?(?:,? (?:(?:{lists['determiner']} )?{lists['generic']} )?(?:in|of)|,) (?:the )?"
            rf"(?:{wordy} ){{0,2}}(?:{lists['generic']} of (?:the )?)?[\"“]?"
        ),
        bearing=re.compile(rf"(?<!\w){lists['bearing']}(?!\w)"),
        number=re.compile(lists["number"]),
        unit=re.compile(rf"(?<![^\W\d_]){lists['unit']}"),
        bearings=bearings,
        units=table["units"],
        numbers=table["numbers"],
        generic=table["generic"],
        again=re.compile(rf"(?<!\w)the (?:{wordy} ){{0,2}}(?P<generic>{lists['generic']})(?! of|[\w-])"),
        again_kinds=table["kinds"],
    )
