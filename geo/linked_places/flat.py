"""A pack as LP-TSV: a place a row, for spreadsheets and reconciliation services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.files import csv_cell
from geo.linked_places.collection import files_of
from geo.linked_places.features import Writer
from geo.linked_places.vocabulary import PREFIXES, language_tag

if TYPE_CHECKING:
    import datetime as dt

    from geo.gazetteer import Gazetteer
    from geo.model import Cite, Place, Source

COLUMNS = (
    *("id", "title", "title_source", "fclasses", "aat_types", "attestation_year", "start", "end"),
    *("title_uri", "ccodes", "matches", "variants", "types", "parent_name", "parent_id"),
    *("lon", "lat", "geo_source", "geo_id", "approximation", "description"),
)
FLAT_LOSSES = (
    "status, user, days and source of each name; all but one parent; who held a place; borders;"
    " shapes; other sources' points; certainty; identifiers of authorities that LP-TSV does not"
    " know; actors, refusals and the sources' licences; names that contain ';' or '@'"
)
_BREAKS = str.maketrans("\t\r\n\v\f\x85\u2028\u2029", "        ")


def lp_tsv(gazetteer: Gazetteer, pack_id: str) -> bytes:
    """Give a pack as LP-TSV without quotes, formulas defused; it holds less than LPF."""
    files, writer = files_of(gazetteer, pack_id), Writer(gazetteer, pack_id)
    sources = gazetteer.sources_of(pack_id)
    rows = ["\t".join(COLUMNS)]
    for place in files.places:
        cells = _cells(place, writer, gazetteer, sources=dict(sources))
        rows.append("\t".join(_cell(cells.get(column)) for column in COLUMNS))
    return ("\n".join(rows) + "\n").encode()


def _cell(value: object) -> str:
    return str(csv_cell(value, raw=False)).translate(_BREAKS)


def _cells(
    place: Place, writer: Writer, gazetteer: Gazetteer, *, sources: dict[str, Source]
) -> dict[str, object]:
    spot = place.location
    named, placed = _source(place.names[0].source, sources), _source(spot.sources[0], sources)
    parent = next(iter(gazetteer.parents(place)), None)
    matches = [
        PREFIXES[key] + value for key, value in place.concordances.items() if key in PREFIXES
    ]
    variants = [
        f"{name.text}@{language_tag(name.language, name.script)}"
        for name in place.names
        if not set(";@\t") & set(name.text)
    ]
    return {
        "id": place.id,
        "title": place.label,
        "title_source": named.citation if named else place.names[0].source.source,
        "title_uri": named.url if named else "",
        "attestation_year": str(named.retrieved.year) if named and named.retrieved else "",
        "fclasses": place.feature.class_,
        "types": place.feature.word.replace(";", ","),
        "start": _iso(place.start),
        "end": _iso(place.end),
        "ccodes": ";".join(writer.country_codes(place)),
        "matches": ";".join(matches),
        "variants": ";".join(variants),
        "parent_name": parent.label if parent else "",
        "parent_id": writer.uri(parent.id) if parent else "",
        "lon": spot.lon,
        "lat": spot.lat,
        "geo_source": placed.citation if placed else spot.sources[0].source,
        "geo_id": placed.url if placed else "",
        "approximation": f"{spot.accuracy_m / 1000:g}",
        "description": place.note,
    }


def _source(cite: Cite, sources: dict[str, Source]) -> Source | None:
    return sources.get(cite.source)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
