"""Where derived files lie, and which one belongs to a pack as it is now.

Hashing the packs at every call would cost more than the look-up. So a stamp file maps what ``stat``
says of the packs' files (path, size, time of change) to the index made from them, with the index's
own size and time: whatever was touched since is made again, never trusted.
"""

# Importing pathlib takes longer than a look-up may.
# ruff: noqa: PTH100, PTH102, PTH105, PTH108, PTH111, PTH116, PTH118, PTH120
# ruff: noqa: PTH123, PTH208

from __future__ import annotations

import os
import sys

# Part of every stamp: an index of another form is made again.
FORMAT = "clashmap index 3"
# Any fixed time would do; a file with another one was touched after it was made.
INDEX_TIME_NS = 1_000_000_000 * 10**9
_KEPT_INDEXES = 8
_PRIME = 2**32 - 5
# The files that answers depend on; display outlines are not among them.
INDEXED_FILES = ("actors.json", "pack.json", "places.geojson", "shapes.geojson", "sources.json")
# The code that an index is made by; none of it is there in a zipped package.
MAKERS = (
    "folding.py",
    "folding_table.py",
    "gazetteer/place_keys.py",
    "gazetteer/spellings.py",
    "lookup/index_build.py",
    "tables/spellings.json",
)


def cache_folder() -> str:
    """Give the user's cache folder for clashmap (not made here)."""
    if base := os.environ.get("XDG_CACHE_HOME"):
        return os.path.join(base, "clashmap")
    home = os.path.expanduser("~")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "clashmap")
    return os.path.join(home, ".cache", "clashmap")


def temporary_folder() -> str:
    """Give a folder for this user alone below the system's temporary one; make it if need be."""
    import tempfile

    folder = os.path.join(tempfile.gettempdir(), f"clashmap-{os.getuid()}")
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        # Anyone can make a folder of this name first: a stranger's is not used.
        found = os.lstat(folder)
        if found.st_uid != os.getuid() or found.st_mode & 0o077:
            return tempfile.mkdtemp(prefix="clashmap-")
    return folder


def stamp_of(folders: tuple[str, ...]) -> str:
    """Give a text that changes when a file of the packs does, or the code that reads them."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # geo/
    paths = [os.path.join(here, name) for name in MAKERS]
    paths += [os.path.join(folder, name) for folder in folders for name in INDEXED_FILES]
    lines = [FORMAT]
    for path in paths:
        try:
            found = os.stat(path)
        except OSError:
            continue
        lines.append(f"{found.st_size} {found.st_mtime_ns} {path!r}")
    return "\n".join(lines)


def stamp_path(cache: str, folders: tuple[str, ...]) -> str:
    """Give the stamp file of a list of packs; its content decides, so names may clash."""
    # A remainder by a prime is hash enough, and needs no import.
    number = int.from_bytes(repr(folders).encode("utf-8", "replace"), "big") % _PRIME
    return os.path.join(cache, f"stamp-{number:08x}")


def stamped(cache: str, folders: tuple[str, ...], stamp: str) -> str:
    """Give the index that a stamp names, or '' where there is none or something has changed."""
    try:
        with open(stamp_path(cache, folders), encoding="utf-8") as file:
            written, _, index = file.read().rpartition("\n\n")
        size, time, path = index.split(" ", 2)
        found = os.stat(path)
    except (OSError, ValueError):
        return ""
    same = written == stamp and (found.st_size, found.st_mtime_ns) == (int(size), int(time))
    return path if same else ""


def write_stamp(cache: str, folders: tuple[str, ...], stamp: str, index: str) -> None:
    """Remember that ``index`` belongs to the packs as ``stamp`` describes them."""
    found = os.stat(index)
    text = f"{stamp}\n\n{found.st_size} {found.st_mtime_ns} {index}"
    path = stamp_path(cache, folders)
    part = f"{path}.{os.getpid()}.part"
    with open(part, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(part, path)


def prune(cache: str, *, keep: str) -> None:
    """Delete all but the newest indexes, so that edited packs do not fill the cache."""
    paths = [
        os.path.join(cache, name)
        for name in os.listdir(cache)
        if name.startswith("lookup-") and name.endswith(".sqlite")
    ]
    paths.sort(key=lambda path: (os.stat(path).st_ctime_ns, path), reverse=True)
    for path in paths[_KEPT_INDEXES:]:
        if path != keep:
            os.unlink(path)
