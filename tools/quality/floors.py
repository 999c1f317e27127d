"""The figures that may not fall: pinned in ``floors.json`` with a digest of what they rest on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = Path(__file__).with_name("floors.json")
# Figures are ratios of counts; this only absorbs their rounding in the file.
DECIMALS = 4


def pinned() -> dict[str, Any]:
    """The floors and digests as they stand; none yet is no error."""
    if not PATH.is_file():
        return {"digests": {}, "floors": {}}
    found: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return found


def breaches(values: Mapping[str, float], digests: Mapping[str, str]) -> list[str]:
    """What is wrong, one line each: a figure below its floor, or another corpus than pinned."""
    known = pinned()
    told = [
        f"{name} is not the corpus that the floors were pinned on; look at the figures, then --pin"
        for name, digest in sorted(digests.items())
        if known["digests"].get(name) != digest
    ]
    for key, floor in sorted(known["floors"].items()):
        if key.partition(":")[0] in digests and round(values.get(key, 0.0), DECIMALS) < floor:
            told.append(f"{key} is {values.get(key, 0.0):.4f}, below its floor of {floor:.4f}")
    return told


def pin(values: Mapping[str, float], digests: Mapping[str, str], *, lower: bool) -> list[str]:
    """Write the floors; what would fall stays as it is unless ``lower``, and is told."""
    known = pinned()
    told = []
    for key, value in sorted(values.items()):
        floor, now = known["floors"].get(key), round(value, DECIMALS)
        same_corpus = known["digests"].get(key.partition(":")[0]) == digests[key.partition(":")[0]]
        if floor is None or now >= floor or not same_corpus:
            known["floors"][key] = now
        elif lower:
            known["floors"][key] = now
            told.append(f"{key}: lowered from {floor:.4f} to {now:.4f}")
        else:
            told.append(f"{key}: stays at {floor:.4f}, above today's {now:.4f} (--lower lowers it)")
    known["digests"].update(digests)
    PATH.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return [*told, f"{len(values)} floors pinned in {PATH.name}"]
