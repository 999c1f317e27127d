"""Rows to bytes, and bytes to disk: each file is replaced whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from geo.errors import InputError, StaleOutput, UnknownFormat
from geo.rows import EventRow, PlaceRow, plain

DISCLAIMER = (
    "Lines, names and colours follow the sources and the stated rule. "
    "They imply no opinion on the legal status of any territory."
)
_EVENT_FIELDS = tuple(name for name in EventRow.__struct_fields__ if name != "places")
# A cell that begins with one of these is run as a formula by spreadsheets, quoted or not.
_FORMULA = "=+-@＝＋－＠"  # noqa: RUF001 - the full-width forms are what is looked for


def geojson(rows: tuple[EventRow, ...], *, raw: bool = False) -> bytes:  # noqa: ARG001 - one form only
    """RFC 7946: one Feature for each event and place; the true geometry and a representative point."""
    features = [
        _feature(row, number, place) for row in rows for number, place in enumerate(_places(row), 1)
    ]
    head = json.dumps({"type": "FeatureCollection", "note": DISCLAIMER}, ensure_ascii=False)[:-1]
    lines = ",\n".join(_dump(feature) for feature in features)
    return f'{head}, "features": [\n{lines}\n]}}\n'.encode()


def _places(row: EventRow) -> tuple[PlaceRow | None, ...]:
    """An event that names no place is a Feature without geometry: nothing is lost."""
    return row.places or (None,)


def _feature(row: EventRow, number: int, place: PlaceRow | None) -> dict[str, Any]:
    fields = plain(row)
    del fields["places"]
    where = plain(place) if place else {}
    geometry = where.pop("geometry", None)
    return {
        "type": "Feature",
        "id": f"{row.event_id}-p{number}",
        "geometry": geometry,
        "properties": {**fields, **where},
    }


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def jsonl(rows: tuple[EventRow, ...], *, raw: bool = False) -> bytes:  # noqa: ARG001 - one form only
    """One event a line with all its places."""
    return "".join(_dump(plain(row)) + "\n" for row in rows).encode()


def table(rows: tuple[EventRow, ...], *, raw: bool = False) -> bytes:
    """CSV, one row an event. Safe for spreadsheets (BOM, CRLF, formulas defused); ``raw`` is exact."""
    columns = (
        "event_id", "type", "date_start", "date_end", "date_text", "date_rule", "places", "place_ids", "relations",
        "precisions", "representative_points", "ucdp_where_prec", "acled_geo_precision", "claimed_by", "denied_by",
        "actors", "figures", "background", "reviewed", "evidence_text", "evidence_start", "evidence_end", "text_kind",
        "publisher", "published", "source_title", "source_url", "article_id", "article_sha256",
    )  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(
        out,
        quoting=csv.QUOTE_MINIMAL if raw else csv.QUOTE_NONNUMERIC,
        lineterminator="\n" if raw else "\r\n",
    )
    writer.writerow(columns)
    for row in rows:
        cells = _cells(row)
        writer.writerow([_cell(cells[name], raw=raw) for name in columns])
    return out.getvalue().encode("utf-8" if raw else "utf-8-sig")


def _cells(row: EventRow) -> dict[str, Any]:
    places = row.places
    return {
        **{name: getattr(row, name) for name in _EVENT_FIELDS},
        "places": [p.place for p in places],
        "place_ids": [p.place_id for p in places],
        "relations": [p.relation for p in places],
        "precisions": [p.precision for p in places],
        "representative_points": [
            f"{p.representative_point[1]} {p.representative_point[0]}"
            if p.representative_point
            else ""
            for p in places
        ],
        "ucdp_where_prec": [str(p.ucdp_where_prec) for p in places],
        "acled_geo_precision": [str(p.acled_geo_precision) for p in places],
        "figures": [_figure_words(f) for f in plain(row)["figures"]],
    }


def _figure_words(figure: Mapping[str, Any]) -> str:
    counts = [
        f"{figure[harm]} {harm}" for harm in ("killed", "wounded") if figure[harm] is not None
    ]
    who = " ".join(filter(None, (figure["side"], figure["kind"])))
    by = " and ".join(figure["claimed_by"]) or "the article"
    return " ".join(
        filter(
            None,
            (figure["bound"], ", ".join(counts), f"({who})" if who else "", f"according to {by}"),
        )
    )


def _cell(value: Any, *, raw: bool) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = "; ".join(value) if isinstance(value, list | tuple) else str(value)
    if raw:
        return text
    text = "".join(c for c in text if c >= " " or c in "\t\n\r")
    return (
        f"'{text}"
        if text[:1] in ("\t", "\r") or text.lstrip(" \t\r\n")[:1] in tuple(_FORMULA)
        else text
    )


Writer = Callable[..., bytes]
WRITERS: Mapping[str, Writer] = {".geojson": geojson, ".csv": table, ".jsonl": jsonl}


def writer_for(path: Path) -> Writer:
    """The writer of a file name's suffix; UnknownFormat names those there are."""
    try:
        return WRITERS[path.suffix.lower()]
    except KeyError:
        known = ", ".join(sorted(WRITERS))
        raise UnknownFormat(
            f"{path.name}: no writer for {path.suffix or 'a name without a suffix'!r}; use one of {known}"
        ) from None


# -- to disk -------------------------------------------------------------------------------------


@contextlib.contextmanager
def _staged(folder: Path, contents: Mapping[str, bytes]) -> Iterator[dict[str, Path]]:
    """Temporary files beside their targets, removed if anything goes wrong before the end."""
    staged: dict[str, Path] = {}
    try:
        for name, data in contents.items():
            handle, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
            staged[name] = Path(temporary)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        yield staged
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)


def write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder: all are staged before the first is replaced."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _staged(folder, contents) as staged:
            for name, temporary in staged.items():
                temporary.chmod(0o644)
                temporary.replace(folder / name)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot write there ({error.strerror or error}); choose another folder with -o, or give yourself the right to write"
        ) from error


def check_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Raise StaleOutput, naming the files, where a folder does not hold exactly these bytes."""
    stale = [
        name
        for name, data in contents.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != data
    ]
    if stale:
        raise StaleOutput(
            f"{folder}: out of date: {', '.join(stale)}; run the same command without --check"
        )
