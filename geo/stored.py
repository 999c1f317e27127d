"""Events that clashmap wrote, read back as the rows they were written from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from geo.errors import InputError
from geo.rows import EventRow, PlaceRow

_PLACE_FIELDS = frozenset(PlaceRow.__struct_fields__) - {"geometry"}


def read_events(path: Path) -> tuple[EventRow, ...]:
    """The rows of a ``.geojson`` or ``.jsonl`` file; InputError names what is wrong with it."""
    try:
        data = path.read_bytes()
        if path.suffix.lower() == ".jsonl":
            return tuple(
                msgspec.json.decode(line, type=EventRow)
                for line in data.splitlines()
                if line.strip()
            )
        return rows_of(msgspec.json.decode(data))
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); give a map.geojson or events.jsonl that clashmap wrote"
        ) from error
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{path}: not events as clashmap writes them ({error}); build it again"
        ) from error


def rows_of(document: Any) -> tuple[EventRow, ...]:
    """Features of one event stand together again as its places."""
    events: dict[str, dict[str, Any]] = {}
    for feature in document["features"]:
        fields = dict(feature["properties"])
        place = {name: fields.pop(name) for name in _PLACE_FIELDS if name in fields}
        row = events.setdefault(fields["event_id"], {**fields, "places": []})
        if place:
            row["places"].append({**place, "geometry": feature["geometry"]})
    return tuple(msgspec.convert(row, EventRow) for row in events.values())
