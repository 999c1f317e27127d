"""Word lists of a language: ``tables/LANGUAGE/NAME.json``, read once and kept as frozen sets."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping


class _List(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    description: str
    words: tuple[str, ...]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    description: str
    lists: dict[str, _List]


@cache
def word_lists(name: str, *, language: str = "en") -> Mapping[str, frozenset[str]]:
    """Give the lists of one table by their names; every word is in lower case."""
    raw = files("geo").joinpath("tables", language, f"{name}.json").read_bytes()
    table = msgspec.json.decode(raw, type=_Table)
    return MappingProxyType({key: frozenset(entry.words) for key, entry in table.lists.items()})
