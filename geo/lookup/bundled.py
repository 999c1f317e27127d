"""Which packs there are and where they lie. Needs ``os`` only: the cold look-up uses it."""

# Importing pathlib takes longer than a look-up may.
# ruff: noqa: PTH100, PTH112, PTH113, PTH118
# ruff: noqa: PTH208

from __future__ import annotations

import os

import gazetteer
from geo.errors import GazetteerError

# The pack of last resort: every other pack has priority over it.
WORLD = "world"


def bundled_folder() -> str:
    """Give the folder that holds the bundled packs."""
    return os.path.abspath(next(iter(gazetteer.__path__)))


def available_packs() -> tuple[str, ...]:
    """Give the ids of the bundled packs in order of priority: theatres by id, then the world."""
    folder = bundled_folder()
    found = [n for n in os.listdir(folder) if os.path.isfile(os.path.join(folder, n, "pack.json"))]
    return tuple(sorted(found, key=lambda pack: (pack == WORLD, pack)))


def pack_folder(pack: str | os.PathLike[str]) -> str:
    """Give the folder of a pack, named by the id of a bundled pack or by a path."""
    name = os.fspath(pack)
    if name in available_packs():
        return os.path.join(bundled_folder(), name)
    if os.path.isfile(os.path.join(name, "pack.json")):
        return os.path.realpath(name)
    if os.path.isdir(name):
        raise GazetteerError(f"the folder {name!r} is no pack: it has no pack.json")
    known = ", ".join(available_packs()) or "none"
    raise GazetteerError(f"no pack {name!r}: give a folder or one of the packs here: {known}")
