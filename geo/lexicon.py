"""Word lists of a language, read once from ``geo/tables``."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@cache
def table(name: str, *, language: str = "en") -> Any:
    """The JSON table ``geo/tables/LANGUAGE/NAME.json``."""
    text = (files("geo") / "tables" / language / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)


def any_of(words: Iterable[str], *, space: str = r"\s+") -> str:
    """A regular-expression group of literal words that prefers the longest.

    Words share their beginnings, so that most are ruled out by one letter; ``space`` is what a
    space in them matches.
    """
    spelt = [[space if c == " " else re.escape(c) for c in word] for word in sorted(set(words))]
    return f"(?:{_branches(spelt)})"


def _branches(words: list[list[str]]) -> str:
    """An expression for words spelt in letters; of two the longer comes first."""
    tails: dict[str, list[list[str]]] = {}
    for first, *rest in filter(None, words):
        tails.setdefault(first, []).append(rest)
    found = [first + _branches(rest) for first, rest in tails.items()]
    if not found:
        return ""
    ends = "?" if [] in words else ""
    return f"(?:{'|'.join(found)}){ends}" if ends or len(found) > 1 else found[0]


def lowered(text: str) -> str:
    """The text in lower case with every character in its place: offsets stay those of the text."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    # A few letters grow when lowered (İ): they stay as they are.
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
