"""What gazetteer/README.md takes from the packs: their counts and the balance of their sides."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docs_blocks import markdown_table

from geo.gazetteer import available_packs, load_gazetteer
from geo.gazetteer.balance import sides

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.gazetteer.packs import PackFiles

_NONE = "-"


def blocks() -> dict[str, str]:
    """Name -> Markdown of every generated block."""
    return {"counts": _counts()}


def _counts() -> str:
    gazetteer = load_gazetteer(*available_packs())
    counted = ("pack", "places", "by kind", "names", "by script", "with `compared`", "refused")
    out = markdown_table(counted, [_row(files) for files in gazetteer.files])
    rows: list[tuple[object, ...]] = [
        (
            f"`{files.pack.id}`", side.label, f"{side.places:,}", f"{side.names:,}",
            f"{side.names_per_place:.1f}", f"{side.names_used:,}", f"{side.sources:,}",
            f"{side.share(side.with_all_users):.0%}", f"{side.share(side.second_source):.0%}",
        )
        for files in gazetteer.files
        for side in sides(gazetteer, files)
    ]  # fmt: skip
    compared = (
        "pack", "side", "its places", "their names", "names a place", "names it uses", "sources",
        "with a name of every side", "with a second source",
    )  # fmt: skip
    return f"\n{out}\n{markdown_table(compared, rows)}\n"


def _row(files: PackFiles) -> tuple[object, ...]:
    names = [name for place in files.places for name in place.names]
    compared = sum(bool(place.location.compared) for place in files.places)
    return (
        f"`{files.pack.id}`", f"{len(files.places):,}", _listed(p.kind for p in files.places),
        f"{len(names):,}", _listed(name.script for name in names), f"{compared:,}",
        f"{len(files.refusals):,}",
    )  # fmt: skip


def _listed(values: Iterable[str]) -> str:
    counts = Counter(values)
    ordered = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return ", ".join(f"{value} {count:,}" for value, count in ordered) or _NONE
