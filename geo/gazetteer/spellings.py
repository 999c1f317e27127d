"""How the press of other languages writes an attested name: forms for matching, never names.

A pack holds names that somebody uses. News in English writes them in more ways than any list holds,
so the keys of those ways are made by the rules of ``tables/spellings.json`` when a pack is read.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import islice, product
from typing import TYPE_CHECKING

import msgspec

from geo.folding import name_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from geo.model import Name

# A name with more letters in doubt than this gives has its usual forms only.
MOST_FORMS = 16


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    script: str
    groups: dict[str, tuple[str, ...]] = {}
    initials: dict[str, tuple[str, ...]] = {}
    letters: dict[str, tuple[str, ...]] = {}


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    languages: dict[str, _Rules]


@cache
def _rules() -> Mapping[tuple[str, str], _Rules]:
    """Give language and script -> its rules."""
    raw = files("geo").joinpath("tables", "spellings.json").read_bytes()
    table = msgspec.json.decode(raw, type=_Table).languages
    return {(code.partition("-")[0], rules.script): rules for code, rules in table.items()}


def spelling_keys(name: Name, languages: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Give the word keys of the forms that rules make of a name, its own key not among them.

    None for a misspelling, and for a name in a language that is not one of ``languages``.
    """
    rules = _rules().get((name.language, name.script))
    if rules is None or name.language not in languages or name.status == "misspelling":
        return ()
    own = name_key(name.text)
    made = dict.fromkeys(name_key(form) for form in _forms(name.text, rules))
    return tuple(key for key in made if key and key != own)


def _forms(text: str, rules: _Rules) -> list[str]:
    """Give the forms of a name in small letters, the usual one first."""
    # Lower-cased it would become two characters.
    parts = _parts(text.replace("İ", "i").lower(), rules)
    # A letter is written in one way throughout a name.
    doubtful = {source: choices for source, choices in parts if len(choices) > 1}
    forms = []
    for chosen in islice(product(*doubtful.values()), MOST_FORMS):
        way = dict(zip(doubtful, chosen, strict=True))
        forms.append("".join(way.get(source, choices[0]) for source, choices in parts))
    return forms


def _parts(text: str, rules: _Rules) -> list[tuple[str, tuple[str, ...]]]:
    """Cut a name into what the rules name, each with the ways it is written."""
    parts: list[tuple[str, tuple[str, ...]]] = []
    begins = True
    for source in _pieces(tuple(rules.groups)).findall(text):
        choices = rules.groups.get(source)
        if choices is None and begins and source in rules.initials:
            parts.append((f"^{source}", rules.initials[source]))
        else:
            parts.append((source, choices or rules.letters.get(source) or (source,)))
        begins = not source[-1].isalpha()
    return parts


@cache
def _pieces(groups: tuple[str, ...]) -> re.Pattern[str]:
    """Match the first of the groups that fits, else one letter."""
    return re.compile("|".join([*map(re.escape, groups), "."]), re.DOTALL)
