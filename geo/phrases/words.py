"""The words of one language that place things, as compiled patterns."""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.errors import LanguageError
from geo.lexicon import any_of
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SLOT = "\ue000"  # stands for a place name in a sentence; private use, so no text says it
LINE_SLOT = "\ue001"  # a name whose place is a line


LEFT = r"(?<![^\W_])(?:%s) ?\Z"  # directly before a name


class Cue(NamedTuple):
    """Words that mean ``relation`` when they stand directly before or after a name."""

    relation: str
    pattern: re.Pattern[str]


PARTS = ("wordy", "converted", "measure", "vague")  # frames that others are made of, in order
FRAMES = (
    "lead",
    "tail",
    "joiner",
    "pair_from",
    "line_lead",
    "section",
    "line_cue",
    "line_elsewhere",
    "line_between",
    "line_parties",
    "line_where",
    "line_event",
    "road_after",
    "container",
    "again",
    "article",
    "bare",
    "figures",
    "inside",
    "line_away",
    "road_before",
    "pair_with",
    "halfway_on",
    "chain",
    "limit",
    "under_way",
    "lying",
    "spoken",
    "known",
    "unsited",
)


class Words(NamedTuple):
    """All patterns of one language; the frames are those of the table."""

    left: tuple[Cue, ...]
    any_left: re.Pattern[str]
    left_words: frozenset[str]
    left_open: frozenset[str]
    right: tuple[Cue, ...]
    line: re.Pattern[str]
    line_kinds: dict[str, str]
    bearing: re.Pattern[str]
    bearings: dict[str, str]
    units: dict[str, float]
    numbers: dict[str, float]
    generic: dict[str, str]
    again_kinds: dict[str, list[str]]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    joiner: re.Pattern[str]
    pair_from: re.Pattern[str]
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
    again: re.Pattern[str]
    article: re.Pattern[str]
    bare: re.Pattern[str]
    figures: re.Pattern[str]
    inside: re.Pattern[str]
    line_away: re.Pattern[str]
    road_before: re.Pattern[str]
    pair_with: re.Pattern[str]
    halfway_on: re.Pattern[str]
    chain: re.Pattern[str]
    limit: re.Pattern[str]
    under_way: re.Pattern[str]
    lying: re.Pattern[str]
    spoken: re.Pattern[str]
    known: re.Pattern[str]
    unsited: re.Pattern[str]

    def reach(self, text: str, floor: int, end: int) -> int:
        """Where the words directly before ``end`` begin of which a row of ``left`` may be made.

        Few names have more than two such words before them: to search only these is much faster.
        In brackets, and before a word that is ``left_open``, anything may stand.
        """
        if ")" in text[floor:end]:
            return floor
        for word in reversed(list(_LETTERS.finditer(text, floor, end))):
            if word[0] in self.left_open:
                break
            if word[0] not in self.left_words:
                return word.end()
        return floor


_LETTERS = re.compile(r"[^\W\d_]+")


def _any(words: Iterable[str]) -> str:
    """Give an alternation that prefers the longer word; white space is plain in coded text."""
    return any_of(words, space=" ")


def _fill(template: str, lists: dict[str, str]) -> str:
    """Replace ``{name}`` by that list of words and ``¤`` by a name."""
    return re.sub(r"\{([a-z_]+)\}", lambda m: lists[m[1]], template).replace("¤", SLOT)


def _any_of_cues(rows: Iterable[list[str]], shape: str, lists: dict[str, str]) -> re.Pattern[str]:
    """Compile a table's rows into one pattern that finds what the first of them to match finds.

    The number of the row is in the name of the group, ``c0`` and so on.
    """
    parts = (f"(?P<c{at}>{_fill(template, lists)})" for at, (_, template) in enumerate(rows))
    return re.compile(shape % "|".join(parts))


def _cues(rows: Iterable[list[str]], shape: str, lists: dict[str, str]) -> tuple[Cue, ...]:
    """Compile a table's rows; ``shape`` says on which side of the name they stand."""
    return tuple(
        Cue(relation, re.compile(shape % _fill(template, lists))) for relation, template in rows
    )


# Before such a word a row takes any other: "in the Xish quarter of".
_OPEN = re.compile(r"\\S\{\d+,\d+\} ([a-z]+)")


def _whole_words(
    template: str, frames: Mapping[str, str], spelt: Mapping[str, Iterable[str]]
) -> set[str]:
    """Give every word that a row can match; rows spell their words whole, never "hills?"."""
    for part in reversed(PARTS):
        template = template.replace(f"{{{part}}}", frames[part])
    words = set(re.findall("[a-z]+", re.sub(r"\{[^}]*\}|\\.", " ", template)))
    for name in re.findall(r"\{([a-z_]+)\}", template):
        words.update(word for form in spelt[name] for word in _LETTERS.findall(form))
    return words


@functools.cache
def load_words(language: str) -> Words:
    """Give the words of ``language``; LanguageError where no table exists."""
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
    bearings = {w: point for point, forms in table["bearings"].items() for w in forms}
    lines = {w: kind for kind, forms in table["lines"].items() for w in forms}
    spelt = {
        **table["words"],
        "bearing": bearings,
        "unit": table["units"],
        "number": table["numbers"],
        "generic": table["generic"],
        "speaker": word_lists("roles")["speakers"],
        "speech": word_lists("roles")["speech"],
    }
    lists = {key: _any(forms) for key, forms in spelt.items()}
    lists["unit"] += r"\b"
    lists["number"] = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:\.\d+)?|\b{lists['number']}\b)"
    for part in PARTS:
        lists[part] = _fill(table["frames"][part], lists)
    frames = {key: _fill(template, lists) for key, template in table["frames"].items()}
    compiled = {key: re.compile(frames[key]) for key in FRAMES}
    left = [template for _, template in table["left"]]
    line = rf"(?<![\w-])(?P<line>{_any(lines)}|{LINE_SLOT})(?!\w)(?!{frames['not_line']})"
    return Words(
        left=_cues(table["left"], LEFT, lists),
        any_left=_any_of_cues(table["left"], LEFT, lists),
        left_words=frozenset(
            word for row in left for word in _whole_words(row, table["frames"], spelt)
        ),
        left_open=frozenset(word for row in left for word in _OPEN.findall(row)),
        right=_cues(table["right"], r"(?:%s)(?![^\W_])", lists),
        line=re.compile(line),
        line_kinds=lines,
        bearing=re.compile(rf"(?<!\w){lists['bearing']}(?!\w)"),
        bearings=bearings,
        units=table["units"],
        numbers=table["numbers"],
        generic=table["generic"],
        again_kinds=table["kinds"],
        **compiled,
    )


def left_behind(text: str, end: int) -> bool:
    """Read "drove the rebels" before "out of X": what is left behind there happened there."""
    return bool(_driven().search(text, 0, end))


@functools.cache
def _driven() -> re.Pattern[str]:
    words = sorted(word_lists("roles")["driven"])
    return re.compile(rf"\b(?:{'|'.join(words)})\b[^,.;:]{{0,40}}$")
