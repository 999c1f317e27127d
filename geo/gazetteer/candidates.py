"""Candidates: places of a world list, in the form of a pack, that nobody has confirmed yet.

They stand in ``candidates.geojson`` beside the places. Nothing reads them as places: a curator
moves the line of one into ``places.geojson``, and that is the confirmation.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from geo.errors import GazetteerError
from geo.folding import name_key
from geo.gazetteer.checks.names import MAX_NAME, SCRIPTS
from geo.gazetteer.pack_format import COORDINATE_DECIMALS
from geo.imports.blocks import open_dump
from geo.imports.dumps import PLACES, recognise
from geo.lookup.distances import haversine_km
from geo.model import Belonging, Cite, FeatureType, Location, Name, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from geo.imports.dumps import Dump

FILE = "candidates.geojson"
SOURCE = "geonames"
COLUMNS = 19  # of a GeoNames dump, as its readme lists them
TOLD = 20  # lines that are told one by one; the rest is counted
MAX_ALTERNATES = 40  # a capital has hundreds, in every language of the world
# A line of the official files is far shorter: what is longer is no GeoNames line.
MAX_LINE = 200_000
_LISTS = "give allCountries or a country's list, such as AT.txt or AT.zip"

Box = tuple[float, float, float, float]


class Row(NamedTuple):
    """What a world list says of a place; ``code`` is class and code, ``P.PPL``."""

    id: str
    name: str
    plain: str
    alternates: tuple[str, ...]
    lat: float
    lon: float
    code: str
    country: str
    population: int = 0


def geonames_rows(path: Path, box: Box, problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows of a list of GeoNames, .txt or .zip, that lie in a box, line by line.

    What cannot be read is told in ``problems`` with its line, and left out.
    """
    west, south, east, north = box
    broken = 0
    seen: set[str] = set()
    for dump in recognise(path):
        where = f"{path}/{dump.member}" if dump.member else str(path)
        if dump.kind != PLACES:
            raise GazetteerError(
                f"holds {dump.kind} of GeoNames, and no places", where=where, remedy=_LISTS
            )
        for number, line in enumerate(_lines(dump), 1):
            try:
                row = _row(line, seen)
            except ValueError as error:
                broken += 1
                if broken <= TOLD:
                    problems.append(_told(f"{where}:{number}", f"{error}; left out"))
                continue
            if row and west <= row.lon <= east and south <= row.lat <= north:
                seen.add(row.id)
                yield row
    if broken > TOLD:
        problems.append(_told(str(path), f"{broken} lines were left out, {TOLD} of them told"))


def _lines(dump: Dump) -> Iterator[str]:
    try:
        with (
            open_dump(dump.path, dump.member) as packed,
            io.TextIOWrapper(packed, "utf-8-sig", errors="replace", newline="\n") as lines,
        ):
            yield from lines
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise GazetteerError(
            f"cannot be read to its end ({error})", where=str(dump.path), remedy="fetch it again"
        ) from error


def world_rows(world: Any, box: Box) -> Iterator[Row]:  # noqa: ANN401 - geo.lookup.world's World
    """Yield the rows of an open index of the world that lie in a box."""
    west, south, east, north = box
    lat, lon = (south + north) / 2, (west + east) / 2
    # The circle round the box; its southern or northern edge may be the longer one.
    km = max(haversine_km(lat=lat, lon=lon, to_lat=edge, to_lon=west) for edge in (south, north))
    for answer in world.near(lat=lat, lon=lon, km=km):
        inside = west <= answer.lon <= east and south <= answer.lat <= north
        if inside and answer.code in kinds()["codes"]:
            forms = world.complete(answer).forms
            yield Row(
                id=str(answer.number),
                name=answer.label,
                plain=answer.label,
                alternates=tuple(form.text for form in forms),
                lat=answer.lat,
                lon=answer.lon,
                code=answer.code,
                country=answer.country,
                population=answer.population,
            )


def _told(where: str, message: str) -> Problem:
    return Problem(
        code="malformed-line", message=message, where=where, remedy="look at the line in the file"
    )


def _row(line: str, seen: Container[str] = ()) -> Row | None:
    """Read one line; None for an empty one or a feature that is no candidate.

    ``seen`` are ids of lines before.
    """
    if not line.strip():
        return None
    if len(line) > MAX_LINE:
        raise ValueError(f"{len(line):,} characters on one line")
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != COLUMNS:
        raise ValueError(f"{len(cells)} columns instead of {COLUMNS}")
    code = f"{cells[6]}.{cells[7]}"
    if not cells[0].isascii() or not cells[0].isdigit():
        raise ValueError(f"{cells[0][:40]!r} is no GeoNames id")
    try:
        lat, lon = float(cells[4]), float(cells[5])
    except ValueError:
        raise ValueError(
            f"{cells[4][:20]!r}, {cells[5][:20]!r} is no latitude, longitude"
        ) from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"lat {cells[4][:20]} lon {cells[5][:20]} is off the Earth")
    if code not in kinds()["codes"]:
        return None
    if cells[0] in seen:
        raise ValueError(f"the id {cells[0]} was there before")
    return Row(
        id=cells[0],
        name=cells[1],
        plain=cells[2],
        alternates=tuple(cells[3].split(",")),
        lat=lat,
        lon=lon,
        code=code,
        country=cells[8],
        population=int(cells[14]) if cells[14].isdecimal() else 0,
    )


@cache
def kinds() -> Mapping[str, Any]:
    """What a GeoNames feature code becomes."""
    text = (files("geo") / "tables" / "geonames_kinds.json").read_text(encoding="utf-8")
    table: Mapping[str, Any] = json.loads(text)
    return table


def candidates(
    rows: Iterable[Row], *, countries: Mapping[str, str], taken: Mapping[str, Place]
) -> tuple[Place, ...]:
    """Give the candidates of rows, by id.

    ``countries`` is country code -> id of its place; ``taken`` the places that ids may not repeat,
    but for the same place in another pack.
    """
    by_id = {row.id: row for row in rows}
    slugs = {row.id: _slug(row) for row in by_id.values()}
    counts = Counter(slugs.values())
    found = []
    for row in by_id.values():
        slug = slugs[row.id]
        known = taken.get(slug)
        other = known is not None and known.concordances.get(SOURCE) != row.id
        if counts[slug] > 1 or other:
            slug = f"{slug}-{row.id}"
        if place := _candidate(row, slug, countries.get(row.country, "")):
            found.append(place)
    return tuple(sorted(found, key=lambda place: place.id))


def _slug(row: Row) -> str:
    plain = re.sub(r"['’`]", "", _without_marks(row.plain).lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or f"place-{row.id}"


def _without_marks(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return "".join(c for c in letters if not unicodedata.combining(c))


def _candidate(row: Row, slug: str, country: str) -> Place | None:
    cite = Cite(source=SOURCE, record=row.id)
    names = _names(row, cite)
    if not names:
        return None
    kind, word, accuracy_m, extent_m = kinds()["codes"][row.code]
    if kind == "settlement":
        for least, larger, reach in kinds()["by_population"]:
            if row.population >= least:
                word, extent_m = larger, max(extent_m, reach)
                break
    class_, _, code = row.code.partition(".")
    label = " ".join(_without_marks(row.plain).split())
    return Place(
        id=slug,
        kind=kind,
        feature=FeatureType(class_=class_, code=code, word=word),
        location=Location(
            lat=round(row.lat, COORDINATE_DECIMALS),
            lon=round(row.lon, COORDINATE_DECIMALS),
            accuracy_m=accuracy_m,
            kind="representative",
            sources=(cite,),
        ),
        names=names,
        label=label if _script(label) else names[0].text,
        extent_m=extent_m,
        de_jure=(Belonging(source=cite, parent=country),) if country else (),
        concordances={SOURCE: row.id},
        certainty="uncertain",
    )


def _names(row: Row, cite: Cite) -> tuple[Name, ...]:
    """Give the names that are clean text of one script; the list's language of each is unknown."""
    texts = dict.fromkeys([row.name, row.plain, *row.alternates[:MAX_ALTERNATES]])
    found = []
    for text in texts:
        script = _script(text)
        # Codes of airports stand among the names.
        if script and not (text.isupper() and text.isascii()):
            status = "romanised" if script == "Latn" else "alternate"
            found.append(
                msgspec.convert(
                    {
                        "text": text,
                        "language": "und",
                        "script": script,
                        "status": status,
                        "source": cite,
                    },
                    Name,
                )
            )
    return tuple(found)


def _script(text: str) -> str:
    """The script of a clean name; '' where a pack would refuse it."""
    if not text or len(text) > MAX_NAME or text != " ".join(text.split()):
        return ""
    if text != unicodedata.normalize("NFC", text) or not name_key(text):
        return ""
    if any(unicodedata.category(c).startswith("C") or c in "/\ufffd" for c in text):
        return ""
    scripts = {SCRIPTS.get(unicodedata.name(c, "").split(" ")[0], "") for c in text if c.isalpha()}
    return scripts.pop() if len(scripts) == 1 else ""


# -- files ---------------------------------------------------------------------------------------


def feature_line(place: Place) -> str:
    """A place as one line of a pack's file, without a comma."""
    record = msgspec.to_builtins(place)
    id_, location = record.pop("id"), record.pop("location")
    point = [location.pop("lon"), location.pop("lat")]
    properties = {
        "kind": record.pop("kind"),
        "feature": record.pop("feature"),
        "location": location,
    }
    feature = {
        "type": "Feature",
        "id": id_,
        "geometry": {"type": "Point", "coordinates": point},
        "properties": properties | record,
    }
    return json.dumps(feature, ensure_ascii=False)


def collection(lines: Iterable[str]) -> bytes:
    """A FeatureCollection of feature lines, in the fixed form of a pack."""
    inner = ",\n".join(lines)
    text = (
        '{"type": "FeatureCollection", "features": [\n' + (f"{inner}\n" if inner else "") + "]}\n"
    )
    return text.encode()


def waiting(folder: Path) -> tuple[str, ...]:
    """Ids of the candidates of a pack that nobody has confirmed or refused."""
    try:
        document = json.loads((folder / FILE).read_bytes())
        return tuple(str(feature["id"]) for feature in document["features"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise GazetteerError(
            f"cannot be read ({type(error).__name__})",
            where=str(folder / FILE),
            remedy="it is a FeatureCollection with one Feature a line; or delete it",
        ) from error
