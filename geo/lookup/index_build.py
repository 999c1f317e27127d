"""Making the look-up index: packs -> SQLite file, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.lookup.answers import DE_FACTO, DE_JURE, HELD, Answer, Form, Holding, Sighting
from geo.lookup.areas import Area
from geo.lookup.cache import (
    FORMAT,
    INDEX_TIME_NS,
    MAKERS,
    cache_folder,
    prune,
    stamped,
    temporary_folder,
    write_stamp,
)
from geo.lookup.distances import geodesic, wind
from geo.lookup.index import Index
from geo.lookup.suggestions import deletion_hashes
from geo.terminal import say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from geo.lookup.areas import Ring
    from geo.model import Cite, Place, Shape

PREBUILT = Path(__file__).parent / "lookup.sqlite"

_SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE places (
    number INTEGER PRIMARY KEY,
    {", ".join(f'"{column}"' for column in Answer.COLUMNS if column != "number")}
);
CREATE TABLE forms (
    place INTEGER, n INTEGER, {", ".join(f'"{column}"' for column in Form.COLUMNS)},
    PRIMARY KEY (place, n)
) WITHOUT ROWID;
CREATE TABLE holdings (
    place TEXT, n INTEGER, {", ".join(f'"{column}"' for column in Holding.COLUMNS)},
    PRIMARY KEY (place, n)
) WITHOUT ROWID;
CREATE TABLE sightings (
    place INTEGER, n INTEGER, {", ".join(f'"{column}"' for column in Sighting.COLUMNS)},
    PRIMARY KEY (place, n)
) WITHOUT ROWID;
CREATE TABLE areas (
    number INTEGER PRIMARY KEY,
    {", ".join(f'"{column}"' for column in Area.COLUMNS + Area.BOUNDS)}
);
CREATE TABLE keys (
    key TEXT, place INTEGER, n INTEGER, how TEXT, PRIMARY KEY (key, place, n)
) WITHOUT ROWID;
CREATE TABLE typos (hash INTEGER, key TEXT, PRIMARY KEY (hash, key)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE UNIQUE INDEX places_by_id ON places (id);
CREATE INDEX places_by_lat ON places (lat);
"""


def build_index(packs: Iterable[str | Path], path: str | Path) -> str:
    """Write the index of packs to ``path``, replacing it whole; give its digest."""
    return write_index(load_gazetteer(*packs), path)


def write_index(gazetteer: Gazetteer, path: str | Path) -> str:
    """Write the index of a gazetteer to ``path``, replacing it whole; give its digest."""
    part = f"{path}.{os.getpid()}.part"
    Path(part).unlink(missing_ok=True)
    connection = sqlite3.connect(part, isolation_level=None)
    try:
        # Nobody reads the file before it is whole, so a journal would protect nothing.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        connection.execute("BEGIN")
        _fill(connection, gazetteer)
        connection.execute("COMMIT")
        connection.executescript(_INDEXES)
        connection.close()
        # A fixed time: two processes that make the same file at once agree on its stamp.
        os.utime(part, ns=(INDEX_TIME_NS, INDEX_TIME_NS))
        Path(part).replace(path)
    finally:
        connection.close()
        Path(part).unlink(missing_ok=True)
    return index_digest(gazetteer)


def index_digest(gazetteer: Gazetteer) -> str:
    """Give the SHA-256 of what an index is made from: the packs and the code that reads them."""
    total = hashlib.sha256(f"{FORMAT}\n{gazetteer.digest}\n".encode())
    for name in MAKERS:
        path = Path(__file__).parents[1] / name
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()


def obtain(folders: tuple[str, ...], stamp: str, *, distrusted: str = "") -> str:
    """Give the path of a sound index of the packs, making it if need be.

    ``distrusted`` is a file that proved damaged: it is replaced even where its name fits.
    """
    if distrusted:
        say(f"clashmap: the look-up index {distrusted} is damaged; it is made again")
    gazetteer = load_gazetteer(*folders)
    if gazetteer.problems:
        say(
            f"clashmap: {len(gazetteer.problems)} broken records of the packs are left out;"
            " `clashmap gazetteer check` lists them"
        )
    digest = index_digest(gazetteer)
    prebuilt = str(PREBUILT)
    if prebuilt == distrusted or not _is_sound(prebuilt, digest):
        prebuilt = ""
    for cache in (cache_folder, temporary_folder):
        folder = cache()
        if cache is temporary_folder and (path := stamped(folder, folders, stamp)):
            return path
        try:
            Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
            path = prebuilt or _made(gazetteer, digest, folder, distrusted)
            write_stamp(folder, folders, stamp, path)
        except (OSError, sqlite3.Error) as error:
            say(f"clashmap: nothing can be kept in {folder} ({error}); trying a temporary folder")
            continue
        return path
    if prebuilt:
        return prebuilt
    raise GazetteerError(
        "no folder can be written for the look-up index; set XDG_CACHE_HOME to one that can"
    )


def _made(gazetteer: Gazetteer, digest: str, folder: str, distrusted: str) -> str:
    path = str(Path(folder) / f"lookup-{digest[:16]}.sqlite")
    untouched = Path(path).exists() and Path(path).stat().st_mtime_ns == INDEX_TIME_NS
    if path == distrusted or not untouched or not _is_sound(path, digest):
        write_index(gazetteer, path)
        prune(folder, keep=path)
    return path


def _is_sound(path: str, digest: str) -> bool:
    if not Path(path).exists():
        return False
    try:
        index = Index(path)
    except GazetteerError:
        return False
    try:
        return index.digest == digest and index.is_whole()
    finally:
        index.close()


def _fill(connection: sqlite3.Connection, gazetteer: Gazetteer) -> None:
    rows = _Rows(gazetteer)
    meta = {"format": FORMAT, "digest": index_digest(gazetteer)}
    _insert(connection, "meta", 2, sorted(meta.items()))
    _insert(connection, "places", len(Answer.COLUMNS), rows.places())
    _insert(connection, "forms", 2 + len(Form.COLUMNS), rows.forms())
    _insert(connection, "holdings", 2 + len(Holding.COLUMNS), rows.holdings())
    _insert(connection, "sightings", 2 + len(Sighting.COLUMNS), rows.sightings())
    _insert(connection, "areas", 1 + len(Area.COLUMNS + Area.BOUNDS), rows.areas())
    keys = sorted(rows.keys())
    _insert(connection, "keys", 4, keys)
    distinct = dict.fromkeys(key for key, *_ in keys)
    typos = sorted((hash_, key) for key in distinct for hash_ in deletion_hashes(key))
    _insert(connection, "typos", 2, typos)


def _insert(
    connection: sqlite3.Connection, table: str, width: int, rows: Iterable[tuple[object, ...]]
) -> None:
    marks = ", ".join("?" * width)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - constants


class _Rows:
    """The rows of each table, places numbered in order of priority."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._places = tuple(gazetteer.places.values())
        self._sources = {pack.id: gazetteer.sources_of(pack.id) for pack in gazetteer.packs}

    def places(self) -> Iterator[tuple[object, ...]]:
        for number, place in enumerate(self._places):
            spot, feature = place.location, place.feature
            yield (
                number, place.id, self._gazetteer.pack_of(place.id), place.kind,
                f"{feature.class_}.{feature.code}", feature.word, place.label, spot.lat, spot.lon,
                spot.accuracy_m, spot.kind, place.certainty, place.extent_m, _iso(place.start),
                _iso(place.end), place.superseded_by, place.note, self._citations(place),
                " ".join(f"{key}:{value}" for key, value in sorted(place.concordances.items())),
            )  # fmt: skip

    def forms(self) -> Iterator[tuple[object, ...]]:
        for number, place in enumerate(self._places):
            for n, form in enumerate(place.names):
                yield (
                    number, n, form.text, form.language, form.script, form.status,
                    self._label(form.user), _iso(form.start), _iso(form.end), _cite(form.source),
                )  # fmt: skip

    def holdings(self) -> Iterator[tuple[object, ...]]:
        for place in sorted(self._places, key=lambda place: place.id):
            stated = [(DE_JURE, b.parent, b) for b in place.de_jure]
            stated += [(HELD, b.holder, b) for b in place.de_facto if b.holder]
            stated += [(DE_FACTO, b.parent, b) for b in place.de_facto if b.parent]
            for n, (what, other, b) in enumerate(stated):
                yield (
                    place.id, n, what, other, self._label(other, held=what == HELD),
                    _iso(b.start), _iso(b.end), _cite(b.source),
                )  # fmt: skip

    def sightings(self) -> Iterator[tuple[object, ...]]:
        for number, place in enumerate(self._places):
            spot = place.location
            rows: list[tuple[object, ...]] = [
                (_cite(cite), None, None, 0.0, "") for cite in spot.sources
            ]
            for seen in spot.compared:
                km, bearing = geodesic(lat=spot.lat, lon=spot.lon, to_lat=seen.lat, to_lon=seen.lon)
                rows.append((_cite(seen.source), seen.lat, seen.lon, round(km, 3), wind(bearing)))
            for n, row in enumerate(rows):
                yield (number, n, *row)

    def areas(self) -> Iterator[tuple[object, ...]]:
        number = 0
        for files in self._gazetteer.files:
            for shape in files.shapes:
                rings = [ring for ring in rings_of(shape.geometry) if ring]
                if shape.kind != "area" or not rings:
                    continue
                yield (
                    number,
                    *self._area(shape, files.pack.id),
                    written_rings(rings),
                    *_bounds(rings),
                )
                number += 1

    def _area(self, shape: Shape, pack: str) -> tuple[object, ...]:
        """An outline is that of its place while both are there."""
        place = self._gazetteer.places.get(shape.place)
        dated = (shape, place) if place else (shape,)
        start = max((d.start for d in dated if d.start), default=None)
        end = min((d.end for d in dated if d.end), default=None)
        return (
            shape.id, shape.place, place.kind if place else "", place.feature.word if place else "",
            place.label if place else shape.label, _iso(start), _iso(end),
            shape.accuracy_m, "; ".join(map(_cite, shape.sources)),
            self._cited(shape.sources, pack), shape.note,
        )  # fmt: skip

    def keys(self) -> Iterator[tuple[str, int, int, str]]:
        for number, place in enumerate(self._places):
            for key, n, how in self._gazetteer.keys_of(place):
                yield " ".join(key), number, n, how

    def _label(self, who: str, *, held: bool = True) -> str:
        """Give the label of an actor or place; of nobody known, what stands there.

        Where both have the id, the actor holds and the place is what others lie in.
        """
        actor, place = self._gazetteer.actors.get(who), self._gazetteer.places.get(who)
        known = (actor or place) if held else (place or actor)
        return known.label if known else who

    def _citations(self, place: Place) -> str:
        spot = place.location
        cites = [*spot.sources, *(seen.source for seen in spot.compared)]
        cites += [form.source for form in place.names]
        cites += [b.source for b in place.de_jure + place.de_facto]
        return self._cited(cites, self._gazetteer.pack_of(place.id))

    def _cited(self, cites: Iterable[Cite], pack: str) -> str:
        known = self._sources[pack]
        return "\n".join(
            f"{source}: {known[source].citation} ({known[source].licence})"
            if source in known
            else f"{source}: not in the pack's sources.json"
            for source in dict.fromkeys(cite.source for cite in cites)
        )


def rings_of(geometry: object) -> Iterator[Ring]:
    """Yield the rings of a GeoJSON Polygon or MultiPolygon, holes too; nothing for what is none."""
    kind = geometry.get("type") if hasattr(geometry, "get") else None
    nested = geometry["coordinates"] if kind in {"Polygon", "MultiPolygon"} else ()  # type: ignore[index]
    for polygon in [nested] if kind == "Polygon" else nested:
        for ring in polygon:
            yield [(position[0], position[1]) for position in ring]


def written_rings(rings: Iterable[Ring]) -> str:
    """Give rings as text, as ``geo.lookup.areas.read_rings`` reads it."""
    return "\n".join(" ".join(f"{lon} {lat}" for lon, lat in ring) for ring in rings)


def _bounds(rings: list[Ring]) -> tuple[float, float, float, float]:
    lons = [lon for ring in rings for lon, _ in ring]
    lats = [lat for ring in rings for _, lat in ring]
    return min(lons), min(lats), max(lons), max(lats)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _cite(cite: Cite) -> str:
    return f"{cite.source} {cite.record}".strip()
