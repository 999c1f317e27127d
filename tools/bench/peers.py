"""Libraries that do a part of the same, where they are installed; never a dependency.

``make bench`` installs them. A peer that is not there is told in the table, loudly.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int]


def peer(name: str) -> Any:  # noqa: ANN401 - packages without types
    """Give a module, or None where it is not installed."""
    return import_module(name) if find_spec(name) else None


def flashtext_of(names: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    """Give flashtext's processor of names."""
    processor = peer("flashtext").KeywordProcessor()
    processor.add_keywords_from_dict({name: [name] for name in names})
    return processor


def automaton_of(names: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    """Give the Aho-Corasick automaton of names."""
    return peer("ahocorasick_rs").AhoCorasick(names)


def automaton_spans(automaton: Any, text: str) -> list[Span]:  # noqa: ANN401 - as above
    """Give whole words only, of those that overlap the longest: what the automaton leaves to do.

    Asking it for the longest match loses names: a match inside a word hides a whole one.
    """
    spans = []
    size = len(text)
    for _, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if (not start or not text[start - 1].isalnum()) and (
            end == size or not text[end].isalnum()
        ):
            spans.append((start, -end))
    spans.sort()
    found, last = [], 0
    for start, negative in spans:
        if start >= last:
            last = -negative
            found.append((start, last))
    return found


def symspell_of(keys: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    """Give symspellpy's dictionary of keys."""
    speller = peer("symspellpy").SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for key in keys:
        speller.create_dictionary_entry(key, 1)
    return speller
