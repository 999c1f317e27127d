"""The files of one pack: JSON text -> records, with what is broken told and left out."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from geo.errors import GazetteerError
from geo.gazetteer.place_keys import keys_of_pack
from geo.model import Actor, Pack, Place, Problem, Refusal, Shape, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from geo.gazetteer.place_keys import PlaceKey

# What the digest of a pack covers: all that an answer or a map can depend on.
FILE_NAMES = (
    "actors.json",
    "outlines.geojson",
    "pack.json",
    "places.geojson",
    "refusals.json",
    "shapes.geojson",
    "sources.json",
)
# Larger files are refused: JSON is held in memory several times over while it is read.
MAX_BYTES = 500_000_000

# Not None, which is what a file that says "null" holds.
NOTHING = object()

_R = TypeVar("_R")


class PackFiles:
    """One pack as read. ``problems`` are the records that were left out, in file order."""

    def __init__(self, folder: Path, pack: Pack) -> None:
        self.folder = folder
        self.pack = pack
        self.problems: list[Problem] = []
        self.places: tuple[Place, ...] = self._features("places.geojson", Place)
        self.shapes: tuple[Shape, ...] = self._features("shapes.geojson", Shape)
        self.actors: tuple[Actor, ...] = self._records("actors.json", Actor)
        self.sources: tuple[Source, ...] = self._records("sources.json", Source)
        self.refusals: tuple[Refusal, ...] = self._records("refusals.json", Refusal)

    @cached_property
    def keys(self) -> Mapping[str, tuple[PlaceKey, ...]]:
        """Place id -> every key that means the place: the same in all that hold this pack."""
        return keys_of_pack(self.places, self.pack)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over names and bytes of the files."""
        total = hashlib.sha256()
        for path in pack_paths(self.folder):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.name} {content}\n".encode())
        return total.hexdigest()

    def _features(self, name: str, kind: type[_R]) -> tuple[_R, ...]:
        """Read the Features of a collection, each as a flat record."""
        document = self._document(name)
        features = document.get("features") if isinstance(document, dict) else None
        if document is not NOTHING and not isinstance(features, list):
            self._tell(name, "it is not a GeoJSON FeatureCollection")
        return self._convert(name, features, kind, _flat)

    def _records(self, name: str, kind: type[_R]) -> tuple[_R, ...]:
        document = self._document(name)
        if document is not NOTHING and not isinstance(document, list):
            self._tell(name, "it is not a list")
        return self._convert(name, document, kind, lambda record: record)

    def _convert(
        self, name: str, items: object, kind: type[_R], flat: Callable[[object], object]
    ) -> tuple[_R, ...]:
        found: dict[str, _R] = {}
        for number, item in enumerate(items if isinstance(items, list) else ()):
            label = item.get("id", "") if isinstance(item, dict) else ""
            where = f"{name} record {number + 1} ({str(label)[:80]!r})"
            try:
                record = msgspec.convert(flat(item), kind)
                _check_ranges(record)
            except (msgspec.ValidationError, ValueError, TypeError, KeyError) as error:
                self._tell(where, str(error))
                continue
            if label in found:
                self._tell(where, "its id is already used in this file", code="duplicate-id")
                continue
            found[label] = record
        return tuple(found.values())

    def _document(self, name: str) -> object:
        """Decode a file; NOTHING where there is none or it cannot be read."""
        path = self.folder / name
        if not path.is_file():
            return NOTHING
        if path.stat().st_size > MAX_BYTES:
            self._tell(name, f"the file is larger than {MAX_BYTES:,} bytes")
            return NOTHING
        try:
            return cast("object", msgspec.json.decode(path.read_bytes()))
        except (msgspec.DecodeError, ValueError, OSError, RecursionError) as error:
            self._tell(name, f"cannot be read: {error}")
            return NOTHING

    def _tell(self, where: str, message: str, *, code: str = "malformed-record") -> None:
        self.problems.append(
            Problem(
                code=code,
                message=f"{message}; left out",
                where=f"{self.pack.id}/{where}",
                remedy="correct the record; DESIGN.md describes the files of a pack",
                severity="error",
            )
        )


def read_pack(folder: Path) -> PackFiles:
    """Read the pack in a folder; raise GazetteerError where ``pack.json`` cannot be used."""
    path = folder / "pack.json"
    try:
        pack = msgspec.json.decode(path.read_bytes(), type=Pack)
    except OSError as error:
        raise GazetteerError(f"{folder} is no pack: {path.name}: {error.strerror}") from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise GazetteerError(f"{path} cannot be used: {error}") from error
    return PackFiles(folder, pack)


def pack_paths(folder: Path) -> tuple[Path, ...]:
    """Give the files of a pack that are there, in a fixed order."""
    return tuple(folder / name for name in FILE_NAMES if (folder / name).is_file())


def _flat(feature: object) -> dict[str, Any]:
    """Turn a Feature into a record; a place's Point goes into its location."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValueError("it is not a GeoJSON Feature")
    record = {**feature["properties"], "id": feature["id"]}
    location = record.get("location")
    if location is None:
        return {**record, "geometry": feature["geometry"]}
    geometry = feature["geometry"]
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        raise ValueError("the geometry of a place is a Point")
    lon, lat = geometry["coordinates"]
    return {**record, "location": {**location, "lat": lat, "lon": lon}}


def _check_ranges(record: object) -> None:
    """Refuse what the types allow and no stage can use."""
    if isinstance(record, Place):
        if not (-90 <= record.location.lat <= 90 and -180 <= record.location.lon <= 180):
            raise ValueError(
                f"lat {record.location.lat} lon {record.location.lon} is off the Earth"
            )
        if not record.names:
            raise ValueError("it has no name")
