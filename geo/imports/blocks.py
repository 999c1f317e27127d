"""A dump as blocks of whole lines, from any byte on, in bounded memory."""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Some thirty thousand rows: their objects take 30 MB, and a commit after each is not felt.
BLOCK = 4 * 1024 * 1024
# The longest lines of GeoNames are those of countries, of some 20 kB.
LONGEST_LINE = 1024 * 1024
# Stands for a longer line; no line of text begins so.
OVERLONG = "\0overlong"
# How a reason begins where the last line is not all there.
CUT_OFF = "the file is cut off here"
# And where an archive cannot be unpacked any further.
UNREADABLE = "unreadable from here"
_PIECE = 256 * 1024
_BOM = b"\xef\xbb\xbf"


class Block(NamedTuple):
    """Lines, and where in the unpacked file the next begins.

    What is not UTF-8 is kept as lone surrogates. ``ended`` is False where the last line of the file
    has no line end; ``fault`` says why nothing can be read after these lines.
    """

    lines: list[str]
    end: int
    ended: bool = True
    fault: str = ""


@contextmanager
def open_dump(path: Path, member: str) -> Iterator[IO[bytes]]:
    """Open a file, or a file within an archive, to read bytes from."""
    if not member:
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
        yield packed


def blocks(path: Path, member: str, *, start: int = 0) -> Iterator[Block]:
    """Yield the blocks of a file from byte ``start`` on, which begins a line."""
    with open_dump(path, member) as file:
        # In an archive this unpacks what lies before, without looking at it.
        file.seek(start)
        yield from _blocks(file, start)


def _blocks(file: IO[bytes], start: int) -> Iterator[Block]:
    rest, at = b"", start
    while True:
        read, fault = _read(file)
        data = rest + read
        cut = data.rfind(b"\n") + 1
        if cut:
            lines = _lines(data[: cut - 1], first=at == 0)
            at += cut
            yield Block(lines, at)
        rest = data[cut:]
        if fault or not read:
            if rest or fault:
                lines = _lines(rest, first=at == 0) if rest else []
                yield Block(lines, at + len(rest), ended=False, fault=fault)
            return
        if len(rest) > LONGEST_LINE:
            skipped, after = _past_the_line(file)
            at += len(rest) + skipped
            rest = after
            yield Block([OVERLONG], at)


def _read(file: IO[bytes]) -> tuple[bytes, str]:
    """Give the next bytes, none at the end, and why there are no more after them."""
    pieces: list[bytes] = []
    fault = ""
    try:
        # What comes before a fault in an archive is not lost with it.
        while sum(map(len, pieces)) < BLOCK and (piece := file.read(min(BLOCK, _PIECE))):
            pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        fault = str(error) or type(error).__name__
    return b"".join(pieces), fault


def _past_the_line(file: IO[bytes]) -> tuple[int, bytes]:
    """Read on to the end of a line; give how many bytes that was, and what was read after it."""
    skipped = 0
    while read := _read(file)[0]:
        cut = read.find(b"\n") + 1
        if cut:
            return skipped + cut, read[cut:]
        skipped += len(read)
    return skipped, b""


def _lines(data: bytes, *, first: bool = False) -> list[str]:
    if first and data.startswith(_BOM):
        data = data[len(_BOM) :]
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").removesuffix(b"\r")
    if len(data) <= LONGEST_LINE:
        return data.decode("utf-8", "surrogateescape").split("\n")
    text = data.decode("utf-8", "surrogateescape")
    return [line if len(line) <= LONGEST_LINE else OVERLONG for line in text.split("\n")]
