"""Events that clashmap wrote, read back as the rows they were written from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from geo.errors import InputError
from geo.rows import EventRow, PlaceRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

READABLE = (".geojson", ".json", ".jsonl")

_PLACE_FIELDS = frozenset(PlaceRow.__struct_fields__) - {"geometry"}


def read_events(path: Path) -> tuple[EventRow, ...]:
    """The rows of a ``.geojson`` or ``.jsonl`` file; InputError names what is wrong with it."""
    suffix = path.suffix.lower()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(
            path, f"cannot be read ({error.strerror})", "give a map.geojson or events.jsonl"
        ) from error
    if suffix not in READABLE:
        raise _refused(
            path,
            f"events are not read from {suffix!r} files",
            "give a map.geojson or events.jsonl that clashmap wrote",
        )
    try:
        return _from_lines(data) if suffix == ".jsonl" else rows_of(msgspec.json.decode(data))
    except (msgspec.MsgspecError, LookupError, TypeError, ValueError, RecursionError) as error:
        said = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
        raise _refused(
            path, f"does not hold events as clashmap writes them ({said})", "build it again"
        ) from error


def _refused(path: Path, message: str, remedy: str) -> InputError:
    return InputError(message, code="events", where=str(path), remedy=remedy)


def _from_lines(data: bytes) -> tuple[EventRow, ...]:
    rows = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                rows.append(msgspec.json.decode(line, type=EventRow))
            except (msgspec.MsgspecError, ValueError, RecursionError) as error:
                raise ValueError(f"line {number}: {error}") from error
    return tuple(rows)


def rows_of(document: Mapping[str, Any]) -> tuple[EventRow, ...]:
    """Features of one event stand together again as its places."""
    events: dict[str, dict[str, Any]] = {}
    for feature in document["features"]:
        fields = dict(feature["properties"])
        place = {name: fields.pop(name) for name in _PLACE_FIELDS if name in fields}
        row = events.setdefault(fields["event_id"], {**fields, "places": []})
        if place:
            row["places"].append({**place, "geometry": feature["geometry"]})
    return tuple(msgspec.convert(row, EventRow) for row in events.values())
