"""Rows to bytes, and bytes to disk: each file is replaced whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import json
import os
import signal
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from geo.errors import InputError, StaleOutput, UnknownFormat
from geo.rows import EventRow, PlaceRow, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DISCLAIMER = (
    "Lines, names and colours follow the sources and the stated rule. "
    "They imply no opinion on the legal status of any territory."
)
CSV_COLUMNS = (
    *("event_id", "type", "date_start", "date_end", "date_text", "date_rule"),
    *("places", "place_ids", "relations", "precisions", "representative_points"),
    *("ucdp_where_prec", "acled_geo_precision", "claimed_by", "denied_by", "actors", "figures"),
    *("background", "reviewed", "evidence_text", "evidence_start", "evidence_end", "text_kind"),
    *("publisher", "published", "source_title", "source_url", "article_id", "article_sha256"),
)
_EVENT_FIELDS = tuple(name for name in EventRow.__struct_fields__ if name != "places")
# A cell that begins with one of these is run as a formula by spreadsheets, quoted or not.
_FORMULA = tuple("=+-@＝＋－＠")
_BLANKS = " \t\r\n\xa0\u3000\ufeff"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def geojson(rows: tuple[EventRow, ...], *, raw: bool = False) -> bytes:
    """RFC 7946, one Feature for each event and place: its true geometry. ``raw`` is the same."""
    del raw
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


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def jsonl(rows: tuple[EventRow, ...], *, raw: bool = False) -> bytes:
    """One event a line with all its places. ``raw`` is the same."""
    del raw
    return "".join(_dump(plain(row)) + "\n" for row in rows).encode()


def table(rows: tuple[EventRow, ...], *, raw: bool = False) -> bytes:
    """CSV, one row an event. Several values stand in one cell behind each other, with "; ".

    The default is safe for spreadsheets: BOM, CRLF, all text in quotes, formulas defused.
    ``raw`` is for programs: exact text, LF, and a JSON list where there are several values.
    """
    out = io.StringIO()
    end = "\n" if raw else "\r\n"
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator=end)
    writer.writerow(CSV_COLUMNS)
    for row in rows:
        cells = _cells(row, raw=raw)
        writer.writerow([csv_cell(cells[name], raw=raw) for name in CSV_COLUMNS])
    return out.getvalue().encode("utf-8" if raw else "utf-8-sig")


def _cells(row: EventRow, *, raw: bool) -> dict[str, Any]:
    places, figures = row.places, plain(row)["figures"]
    return {
        **{name: getattr(row, name) for name in _EVENT_FIELDS},
        "places": [_named(p) for p in places],
        "place_ids": [p.place_id for p in places],
        "relations": [p.relation for p in places],
        "precisions": [p.precision for p in places],
        "representative_points": [_point(p.representative_point) for p in places],
        "ucdp_where_prec": [str(p.ucdp_where_prec) for p in places],
        "acled_geo_precision": [str(p.acled_geo_precision) for p in places],
        "figures": figures if raw else [_figure_words(figure) for figure in figures],
    }


def _named(place: PlaceRow) -> str:
    """Give the name, or both of "between A and B"."""
    both = place.relation == "between" and place.other_place
    return f"{place.place} – {place.other_place}" if both else place.place


def _point(lon_lat: tuple[float, float] | None) -> str:
    """Well-known text: it names the kind, fixes the order, and never begins with a sign."""
    return f"POINT ({lon_lat[0]} {lon_lat[1]})" if lon_lat else ""


def _figure_words(figure: Mapping[str, Any]) -> str:
    harms = [f"{figure[harm]} {harm}" for harm in ("killed", "wounded") if figure[harm] is not None]
    who = " ".join(filter(None, (figure["side"], figure["kind"])))
    by = " and ".join(figure["claimed_by"]) or "the article"
    words = (figure["bound"], ", ".join(harms), f"({who})" if who else "", f"according to {by}")
    return " ".join(filter(None, words))


def csv_cell(value: object, *, raw: bool) -> str | int | float:
    """What stands in the table for a value; a number stays one.

    One ``'`` is put before text that a spreadsheet would run, and before text that looks as if
    that had been done: so taking one away again always gives the text.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        value = _dump(list(value)) if raw else "; ".join(value)
    text = str(value)
    if raw:
        return text
    text = "".join(char for char in text if char >= " " or char in "\t\n\r")
    bare = text.lstrip("'")
    runs = bare.startswith(("\t", "\r")) or bare.lstrip(_BLANKS).startswith(_FORMULA)
    return f"'{text}" if runs else text


Writer = Callable[..., bytes]
WRITERS: Mapping[str, Writer] = {".geojson": geojson, ".csv": table, ".jsonl": jsonl}


def writer_for(path: Path) -> Writer:
    """The writer of a file name's suffix; UnknownFormat names those there are."""
    try:
        return WRITERS[path.suffix.lower()]
    except KeyError:
        kind = f"{path.suffix!r} files" if path.suffix else "names without a suffix"
        known = ", ".join(sorted(WRITERS))
        raise UnknownFormat(f"{path}: no format for {kind}; end the name in {known}") from None


# -- to disk -------------------------------------------------------------------------------------


def write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder: all are staged before the first is replaced.

    InputError says why that cannot be; then nothing has changed.
    """
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder, contents)
    except OSError as error:
        if made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        remedy = "choose another folder, or give yourself the right to write there"
        if error.errno in _FULL:
            remedy = "make room on the disk, or choose another folder"
        raise InputError(
            f"cannot be written ({error.strerror or error}); nothing was changed",
            code="unwritable",
            where=str(folder),
            remedy=remedy,
        ) from error


def _replace(folder: Path, contents: Mapping[str, bytes]) -> None:
    mark = os.urandom(4).hex()  # known before the file is made, so that none is ever forgotten
    staged = {name: folder / f".{name}.{mark}.part" for name in contents}
    try:
        for name, data in contents.items():
            if (folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, f"{name} is a folder")
            with staged[name].open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        with _uninterrupted():
            for name, temporary in staged.items():
                temporary.replace(folder / name)
    finally:
        with _uninterrupted():
            for temporary in staged.values():
                temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back, so that files which belong together change together."""
    if threading.current_thread() is not threading.main_thread():
        yield  # the signal goes to the main thread alone
        return
    pressed: list[int] = []
    # Not a signal mask: the threads of numerical libraries would still take the signal.
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed:
            signal.raise_signal(signal.SIGINT)


def check_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Raise StaleOutput, naming the files, where a folder does not hold exactly these bytes."""
    stale = [name for name, data in contents.items() if not _holds(folder / name, data)]
    if stale:
        raise StaleOutput(
            f"{folder}: out of date: {', '.join(stale)}; run the same command without --check"
        )


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
