"""Word lists of a language, read once from ``geo/tables``."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str, *, language: str = "en") -> Any:
    """The JSON table ``geo/tables/LANGUAGE/NAME.json``."""
    text = (files("geo") / "tables" / language / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)


def any_of(words: Any) -> str:
    """A regular-expression group of literal words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


def lowered(text: str) -> str:
    """The text in lower case with every character in its place: offsets stay those of the text."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    # A few letters grow when lowered (İ): they stay as they are.
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
