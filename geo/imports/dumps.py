"""Which file of GeoNames a file is, told by its name and confirmed by its columns."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from geo.errors import GazetteerError
from geo.imports.blocks import open_dump

PLACES, ALTERNATES, COUNTRIES, FIRST, SECOND = (
    "places", "alternates", "countries", "admin1", "admin2",
)  # fmt: skip
# In the order that they are read in: a name needs its place first.
ORDER = (COUNTRIES, FIRST, SECOND, PLACES, ALTERNATES)
COLUMNS = {PLACES: (19,), ALTERNATES: (10, 8), COUNTRIES: (19,), FIRST: (4,), SECOND: (4,)}
_NAMES = (
    (ALTERNATES, re.compile(r"alternatenames(v2)?", re.IGNORECASE)),
    (COUNTRIES, re.compile(r"countryinfo", re.IGNORECASE)),
    (FIRST, re.compile(r"admin1codes(ascii)?", re.IGNORECASE)),
    (SECOND, re.compile(r"admin2codes", re.IGNORECASE)),
    (PLACES, re.compile(r"allcountries|cities\d+|[a-z]{2}|no-country|null", re.IGNORECASE)),
)
# A dump that begins so holds places of the whole world.
_WHOLE = re.compile(r"(allcountries|cities\d+)$", re.IGNORECASE)
# Companions in GeoNames' archives that hold no places.
_COMPANIONS = re.compile(r"(readme|iso-?languagecodes)(\.txt)?$", re.IGNORECASE)
_HEAD = 256 * 1024
_ENDS = 64 * 1024
_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_KNOWN = (
    "GeoNames has allCountries, AM and other countries', cities500, alternateNamesV2,"
    " admin1CodesASCII, admin2Codes, countryInfo; each as .txt or .zip"
)


class Dump(NamedTuple):
    """A file to read, or a file in an archive (``member``); ``identity`` changes as it does."""

    kind: str
    path: Path
    member: str
    size: int
    identity: str

    @property
    def title(self) -> str:
        """What messages call it."""
        return f"{self.path.name}/{self.member}" if self.member else self.path.name

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return Path(self.member or self.path.name).stem

    @property
    def holds_the_world(self) -> bool:
        """Whether its places are those of all countries."""
        return self.kind == PLACES and _WHOLE.match(self.stem) is not None


def is_geonames(path: Path) -> bool:
    """Tell by the ending whether a file may be GeoNames': those of other formats are not read."""
    return path.suffix.lower() in {".txt", ".zip"}


def recognise(path: Path) -> list[Dump]:
    """Give what is to be read of a file; raise GazetteerError where there is nothing."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_ZIP))
    except OSError as error:
        remedy = "give a file in it" if path.is_dir() else "look at the path and its rights"
        raise _refused(path, f"cannot be read ({error.strerror})", remedy) from error
    if start != _ZIP:
        return [_confirmed(path, "", path.stat().st_size)]
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [
                (info.filename, info.file_size)
                for info in archive.infolist()
                if not info.is_dir() and not _COMPANIONS.match(Path(info.filename).name)
            ]
    except (zipfile.BadZipFile, OSError) as error:
        raise _refused(path, f"is no whole archive ({error}): cut off?", "fetch it again") from None
    if not inside:
        raise _refused(path, "holds no file of places", _KNOWN)
    return [_confirmed(path, member, size) for member, size in inside]


def in_order(dumps: list[Dump]) -> list[Dump]:
    """Give dumps in the order that they are read in, each once."""
    return sorted(dict.fromkeys(dumps), key=lambda dump: (ORDER.index(dump.kind), dump.title))


def _confirmed(path: Path, member: str, size: int) -> Dump:
    where = f"{path}/{member}" if member else str(path)
    try:
        with open_dump(path, member) as stream:
            head = stream.read(_HEAD)
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, NotImplementedError) as error:
        raise _refused(path, f"{member} cannot be unpacked ({error})", "fetch it again") from None
    if not head.strip():
        raise _refused(where, "is empty", "fetch it again")
    if head.startswith(_UTF16):
        raise _refused(where, "is in UTF-16", "save it as UTF-8")
    if b"\0" in head:
        raise _refused(where, "is no text", _KNOWN)
    lines = head.decode("utf-8-sig", "replace").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    named = next((kind for kind, name in _NAMES if name.fullmatch(Path(member or path).stem)), "")
    kind = named or _by_columns(rows)
    if not kind:
        raise _refused(where, "is no dump of GeoNames", _KNOWN)
    # The head may end within a line.
    if not any(len(row) in COLUMNS[kind] for row in rows):
        wanted = " or ".join(map(str, COLUMNS[kind]))
        raise _refused(
            f"{where}:1",
            f"{len(rows[0]) if rows else 0} columns, not {wanted} as {kind} have in GeoNames",
            "is it another file, or unpacked or saved by a program that changes tabs?",
        )
    return Dump(kind, path.resolve(), member, size, _identity(path, member, size))


def _by_columns(rows: list[list[str]]) -> str:
    for row in rows[:100]:
        try:
            if len(row) in COLUMNS[PLACES]:
                int(row[0]), float(row[4]), float(row[5])
                return PLACES
            if len(row) in COLUMNS[ALTERNATES]:
                int(row[0]), int(row[1])
                return ALTERNATES
        except ValueError:
            continue
    return ""


def _identity(path: Path, member: str, size: int) -> str:
    """Give a digest of what can be told of a file without reading it all."""
    found = path.stat()
    total = hashlib.sha256(f"{path.resolve()}\0{member}\0{size}\0{found.st_size}\0".encode())
    total.update(f"{found.st_mtime_ns}\0".encode())
    with path.open("rb") as file:
        total.update(file.read(_ENDS))
        file.seek(max(0, found.st_size - _ENDS))
        total.update(file.read(_ENDS))
    return total.hexdigest()


def _refused(where: Path | str, what: str, remedy: str) -> GazetteerError:
    return GazetteerError(what, where=str(where), remedy=remedy, code="import-file")
