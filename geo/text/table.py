"""The English words that segments and sentences are told by, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from geo.model import Record


class TextTable(Record, frozen=True, kw_only=True):
    """``geo/tables/en/text.json``; the field names are its keys."""

    about: str
    link_labels: tuple[str, ...]
    link_openers: tuple[str, ...]
    page_furniture: frozenset[str]
    published_labels: tuple[str, ...]
    updated_labels: tuple[str, ...]
    header_phrases: tuple[str, ...]
    header_openers: tuple[str, ...]
    byline_openers: tuple[str, ...]
    caption_openers: tuple[str, ...]
    credit_words: frozenset[str]
    archive_words: frozenset[str]
    footer_openers: tuple[str, ...]
    footer_endings: tuple[str, ...]
    footer_labels: tuple[str, ...]
    agencies: frozenset[str]
    never_end: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    hours: frozenset[str]
    speech_verbs: frozenset[str]
    zones: frozenset[str]
    starters: frozenset[str]
    relative_days: tuple[str, ...]


@cache
def text_table() -> TextTable:
    """The table of the English rules."""
    raw = resources.files("geo").joinpath("tables/en/text.json").read_bytes()
    return msgspec.json.decode(raw, type=TextTable)
