"""The fixed formatting of pack files, so that a change of one fact is a change of one line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec

from geo.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geo.model import Actor, Pack, Refusal, Shape, Source

COORDINATE_DECIMALS = 5  # about a metre; no source of ours is better


def format_faults(path: Path) -> Iterator[str]:
    """Yield what in a pack file is not as DESIGN.md says; nothing about a file that is no JSON."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
        document = msgspec.json.decode(data)
    except (UnicodeDecodeError, msgspec.DecodeError):
        return
    if data.startswith(b"\xef\xbb\xbf"):
        yield "it begins with a byte order mark"
    if "\r" in text:
        yield "its lines do not end with LF alone"
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield "it does not end with one line feed"
    if re.search(r"\\u[0-9a-fA-F]{4}", text):
        yield r"it has \u escapes instead of the letters themselves"
    records = document.get("features") if isinstance(document, dict) else document
    if not isinstance(records, list):
        return
    ids = [str(record.get("id")) for record in records if isinstance(record, dict)]
    if ids != sorted(ids):
        yield "its records are not sorted by id"
    if path.suffix == ".geojson":
        yield from _feature_faults(text, records)


def _feature_faults(text: str, features: list[object]) -> Iterator[str]:
    lines = [line for line in text.split("\n") if '"Feature"' in line]
    if len(lines) != len(features) or any(line.count('"Feature"') > 1 for line in lines):
        yield "it has not one Feature a line"
    for feature in features:
        if isinstance(feature, dict) and _too_fine(feature.get("geometry")):
            yield (
                f"{str(feature.get('id'))[:80]!r} has coordinates with more than"
                f" {COORDINATE_DECIMALS} decimals"
            )


def _too_fine(value: object) -> bool:
    if isinstance(value, dict):
        return any(_too_fine(part) for part in value.values())
    if isinstance(value, list):
        return any(_too_fine(part) for part in value)
    return isinstance(value, float) and round(value, COORDINATE_DECIMALS) != value


def features_file(records: Iterable[Place | Shape]) -> bytes:
    """Give places or shapes as a pack's GeoJSON, sorted by id, one Feature a line."""
    features = [_feature(record) for record in sorted(records, key=lambda record: record.id)]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def _feature(record: Place | Shape) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(record)
    id_ = built.pop("id")
    if isinstance(record, Place):
        spot = built["location"]
        geometry = {"type": "Point", "coordinates": [spot.pop("lon"), spot.pop("lat")]}
    else:
        geometry = built.pop("geometry")
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": built}


def records_file(records: Iterable[Source | Actor | Refusal]) -> bytes:
    """Give sources, actors or refusals as a pack's JSON, sorted by id, one a line."""
    ordered = sorted(records, key=lambda record: record.id)
    lines = ",\n".join(json.dumps(msgspec.to_builtins(r), ensure_ascii=False) for r in ordered)
    return f"[\n{lines}\n]\n".encode() if ordered else b"[]\n"


def record_file(pack: Pack) -> bytes:
    """Give a pack's own record as its pack.json."""
    return (json.dumps(msgspec.to_builtins(pack), ensure_ascii=False, indent=1) + "\n").encode()
