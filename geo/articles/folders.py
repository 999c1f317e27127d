"""Which files of the paths given hold articles, and how they are named to readers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from geo.articles.files import SUFFIXES
from geo.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def files_of(
    paths: Iterable[Path], *, besides: Iterable[Path] = ()
) -> Iterator[tuple[Path, str] | Problem]:
    """Every file to read with the path to show, folders in order of name, without ``besides``."""
    hidden = frozenset(os.path.realpath(path) for path in besides)
    for path in paths:
        if not _is_folder(path):
            yield path, _writable(path.name)
            continue
        found = False
        for item in _inside(path, (os.path.realpath(path),), hidden):
            found = found or not isinstance(item, Problem)
            yield (
                item
                if isinstance(item, Problem)
                else (item, _writable(item.relative_to(path).as_posix()))
            )
        if not found:
            yield Problem(
                code="no-articles",
                message="holds no article",
                where=str(path),
                remedy=f"put {', '.join(SUFFIXES)} files into it",
                severity="error",
            )


def _is_folder(path: Path) -> bool:
    """Whether it is one; False where that cannot be seen, so that reading it says why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _inside(
    folder: Path, above: tuple[str, ...], hidden: frozenset[str]
) -> Iterator[Path | Problem]:
    """Files below a folder; a link back to a folder above is reported and not followed."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(
            code="unreadable",
            message=f"cannot be read: {error.strerror}",
            where=str(folder),
            remedy="check that you may read it",
            severity="error",
        )
        return
    texts = {entry.stem for entry in entries if entry.suffix.lower() == ".txt"}
    for entry in entries:
        if entry.name.startswith(".") or entry.stem.upper() == "README":
            continue
        if entry.suffix.lower() == ".json" and entry.stem in texts:
            continue
        real = os.path.realpath(entry)
        if real in hidden:
            continue
        if not _is_folder(entry):
            yield entry if entry.suffix.lower() in SUFFIXES else _passed_over(entry)
            continue
        if real in above:
            yield Problem(
                code="link-loop",
                message="is a link back to a folder above it",
                where=str(entry),
                remedy="remove the link",
            )
        else:
            yield from _inside(entry, (*above, real), hidden)


def _passed_over(entry: Path) -> Problem:
    return Problem(
        code="unknown-suffix",
        message="is passed over: not a file that articles are read from",
        where=str(entry),
        remedy=f"give one of {', '.join(SUFFIXES)}",
        severity="note",
    )


def portable(problem: Problem, paths: Iterable[Path]) -> Problem:
    """The problem with its file named as seen from the folder given, for files that others read.

    What is written may depend neither on the working directory nor on where a folder lies.
    """
    where = problem.where
    for path in paths:
        base = path if _is_folder(path) else path.parent
        if where == str(path):
            where = path.absolute().name
        elif where.startswith(f"{base}{os.sep}"):
            where = where[len(str(base)) + 1 :]
        else:
            continue
        break
    return msgspec.structs.replace(problem, where=_writable(where))


def _writable(name: str) -> str:
    """A file name without the half characters that stand for bytes of another encoding."""
    return name.encode("utf-8", "replace").decode()
