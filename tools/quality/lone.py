"""How much of the score rests on entries and rules that fire in a single article.

A word list or a rule that helps one article only was made for it. So the articles are read once
more by a copy of the package without every lexicon entry that stands in the text of one article
alone, and without every rule that answers in one alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).parents[2]
TABLES = Path("geo") / "tables" / "en"
# Where rules are asked in order: the module that asks, and its name for them.
RULE_TABLES = (
    ("geo.mentions.refusals", "RULES"),
    ("geo.places", "NEARBY_RULES"),
    ("geo.places", "GENERAL_RULES"),
    ("geo.roles", "DATELINE_RULES"),
    ("geo.roles", "PARTY_RULES"),
    ("geo.roles", "NO_SITE_RULES"),
)


class Lone(NamedTuple):
    """Entries by table file, and rules as "module:table:function"."""

    entries: dict[str, tuple[str, ...]]
    rules: tuple[str, ...]

    def __str__(self) -> str:
        """What is switched off, in words."""
        count = sum(map(len, self.entries.values()))
        rules = ", ".join(rule.rpartition(":")[2] for rule in self.rules) or "none"
        return f"{count} lexicon entries and {len(self.rules)} rules ({rules})"


# -- what fires once -------------------------------------------------------------------------------


def lone(texts: Iterable[str], read: Callable[[int], object]) -> Lone:
    """Entries and rules that fire in one of the texts; ``read`` reads the text of a number."""
    known = tuple(texts)
    lowered = [text.lower() for text in known]
    entries = {}
    for path in sorted((ROOT / TABLES).glob("*.json")):
        words = dict.fromkeys(_entries(json.loads(path.read_text(encoding="utf-8"))))
        found = tuple(word for word in words if _texts_with(word, lowered) == 1)
        if found:
            entries[path.name] = found
    return Lone(entries, _lone_rules(len(known), read))


def _entries(value: object) -> Iterator[str]:
    """Every string of a list, at any depth; keys and descriptions are no entries.

    Of a row (a list in a list) the last one is the entry, the others say what it means.
    """
    if isinstance(value, dict):
        for inner in value.values():
            yield from _entries(inner)
    elif isinstance(value, list):
        for inner in value:
            entry = inner[-1] if isinstance(inner, list) and inner else inner
            if isinstance(entry, str):
                yield entry
            else:
                yield from _entries(inner)


def _texts_with(entry: str, lowered: list[str]) -> int:
    try:
        pattern = re.compile(rf"(?<!\w)(?:{entry.lower()})(?!\w)")
    except re.error:
        pattern = re.compile(re.escape(entry.lower()))
    count = 0
    for text in lowered:
        count += bool(pattern.search(text))
        if count > 1:
            break
    return count


def _lone_rules(texts: int, read: Callable[[int], object]) -> tuple[str, ...]:
    fired: Counter[str] = Counter()
    answered: set[str] = set()

    def watched(name: str, rule: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*args: Any) -> Any:  # noqa: ANN401 - whatever the rule takes and gives
            told = rule(*args)
            if told:
                answered.add(name)
            return told

        return ask

    kept = {(module, table): getattr(import_module(module), table) for module, table in RULE_TABLES}
    try:
        for (module, table), rules in kept.items():
            named = [watched(f"{module}:{table}:{rule.__name__}", rule) for rule in rules]
            setattr(import_module(module), table, tuple(named))
        for number in range(texts):
            answered.clear()
            read(number)
            fired.update(answered)
    finally:
        for (module, table), rules in kept.items():
            setattr(import_module(module), table, rules)
    return tuple(sorted(name for name, times in fired.items() if times == 1))


# -- and without it --------------------------------------------------------------------------------


def figures_without(off: Lone, dev: Path) -> dict[str, float]:
    """The figures of the articles, read by a copy of the package that lacks what fires once."""
    with tempfile.TemporaryDirectory(prefix="clashmap-lone-") as name:
        folder = Path(name)
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "geo", folder / "geo", ignore=ignored)
        (folder / "gazetteer").symlink_to(ROOT / "gazetteer")
        for table, words in off.entries.items():
            path = folder / TABLES / table
            value = _without(json.loads(path.read_text(encoding="utf-8")), words)
            path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(Path(__file__).parent), "--dev", str(dev), "--sets", "articles",
             "--json", "--off", ",".join(off.rules)],
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if not done.stdout:
        raise SystemExit(f"quality: the copy without lone entries cannot read:\n{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout)["figures"]
    return found


def switch_off(rules: Iterable[str]) -> None:
    """Take rules out of the tables that are asked, in this process."""
    for name in rules:
        module, table, function = name.split(":")
        asked = import_module(module)
        left = tuple(rule for rule in getattr(asked, table) if rule.__name__ != function)
        setattr(asked, table, left)


def _without(value: Any, words: tuple[str, ...]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: _without(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        left = [
            inner if isinstance(inner, list) else _without(inner, words)
            for inner in value
            if (inner[-1] if isinstance(inner, list) and inner else inner) not in words
        ]
        # A list that only held such entries keeps one that no text holds: patterns need a word.
        return left if left or not value else ["\ue00f"]
    return value


def shown(off: Lone, before: dict[str, float], after: dict[str, float]) -> str:
    """The held figures with and without what fires once."""
    wide = max(map(len, before))
    lines = [f"without what fires in a single article: {off}"]
    lines.append(f"{'':{wide}}  {'all':>7}  {'without':>7}  {'drop':>7}")
    for key, value in before.items():
        now = after.get(key, 0.0)
        lines.append(f"{key:{wide}}  {value:7.3f}  {now:7.3f}  {value - now:7.3f}")
    return "\n".join(lines)
