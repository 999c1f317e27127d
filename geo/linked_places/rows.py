"""Rows of LP-TSV as Features of LPF, so that there is one way to read both."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError
from geo.linked_places.vocabulary import OWN, PART_OF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]
_REQUIRED = ("id", "title")
_LONGEST_LINE = 10_000_000
_FORMULA = ("=", "+", "-", "@")


def row_features(path: Path) -> Iterator[Json | str]:
    """Yield each row as a Feature, or why it is none."""
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
            head = _cells(file.readline(_LONGEST_LINE))
            if missing := [name for name in _REQUIRED if name not in head]:
                raise GazetteerError(
                    f"the first line lacks the columns {', '.join(missing)}",
                    code="malformed-file",
                    where=str(path),
                    remedy="an LP-TSV file begins with its column names, between tabs",
                )
            while line := file.readline(_LONGEST_LINE):
                if cells := _cells(line):
                    yield _feature(dict(zip(head, cells, strict=False)), len(cells), len(head))
    except OSError as error:
        raise GazetteerError(
            f"cannot be read: {error.strerror}", code="unreadable", where=str(path)
        ) from error


def _cells(line: str) -> list[str]:
    line = line.rstrip("\r\n")
    return [_undefused(cell) for cell in line.split("\t")] if line.strip() else []


def _undefused(cell: str) -> str:
    """Take away the mark that a table gets before what a spreadsheet would run."""
    bare = cell.lstrip("'")
    return cell[1:] if cell.startswith("'") and bare.lstrip().startswith(_FORMULA) else cell.strip()


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _feature(row: dict[str, str], cells: int, wanted: int) -> Json | str:
    if cells > wanted:
        return f"it has {cells} cells, and the first line has {wanted}"
    cited = _citation(row.get("title_source", ""), row.get("title_uri", ""))
    properties: Json = {"title": row.get("title", "")}
    feature: Json = {
        "@id": row.get("id", ""),
        "type": "Feature",
        "properties": properties,
        "names": _names(row, cited),
        "types": [{"label": word} for word in _several(row.get("types", ""))],
        "links": [
            {"type": "closeMatch", "identifier": match}
            for match in _several(row.get("matches", ""))
        ],
        "when": {"timespans": [_span(row)]},
    }
    for key in ("ccodes", "fclasses"):
        if codes := _several(row.get(key, "")):
            properties[key] = codes
    try:
        feature["geometry"] = _geometry(row)
    except ValueError as error:
        return str(error)
    if parent := row.get("parent_id") or row.get("parent_name"):
        feature["relations"] = [{"relationType": PART_OF, "relationTo": parent, "citations": cited}]
    if text := row.get("description"):
        feature["descriptions"] = [{"value": text}]
    return feature


def _citation(label: str, url: str) -> list[Json]:
    cited = {key: value for key, value in (("label", label), ("@id", url)) if value}
    return [cited] if cited else []


def _names(row: dict[str, str], cited: list[Json]) -> list[Json]:
    names = []
    for variant in _several(row.get("variants", "")):
        text, _, tag = variant.rpartition("@") if "@" in variant else (variant, "", "")
        names.append({"toponym": text, "lang": tag, "citations": cited})
    held = {name["toponym"] for name in names}
    # A title that puts two variants side by side is a heading, and no name that anybody uses.
    if not set(row.get("title", "").split(" / ")) <= held:
        names.insert(0, {"toponym": row.get("title", ""), "lang": "", "citations": cited})
    return names


def _span(row: dict[str, str]) -> Json:
    return {key: {"in": row[key]} for key in ("start", "end") if row.get(key)}


def _geometry(row: dict[str, str]) -> Json | None:
    cited = _citation(row.get("geo_source", ""), row.get("geo_id", ""))
    beside: Json = {"citations": cited} if cited else {}
    if km := row.get("approximation", ""):
        # Else it is a URI that names a kind of vagueness.
        with suppress(ValueError, OverflowError):
            beside[f"{OWN}accuracy_m"] = max(1, round(float(km) * 1000))
    if text := row.get("geowkt"):
        return {"geowkt": text, **beside}
    lat, lon = row.get("lat", ""), row.get("lon", "")
    if not lat and not lon:
        return None
    try:
        return {"type": "Point", "coordinates": [float(lon), float(lat)], **beside}
    except ValueError:
        raise ValueError(f"lat {lat[:30]!r} lon {lon[:30]!r} are no numbers") from None
