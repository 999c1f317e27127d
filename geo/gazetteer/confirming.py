"""Candidates confirmed or refused: their lines moved into the places or the refusals of a pack."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from geo.errors import GazetteerError
from geo.gazetteer.candidates import FILE, collection
from geo.model import Cite, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PLACES, REFUSALS = "places.geojson", "refusals.json"
_FORM = "write a FeatureCollection with one Feature a line, each with its own id"


def confirmed(folder: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """Give both files anew with these candidates among the places; GazetteerError names a fault."""
    waiting, places = _lines(folder / FILE), _lines(folder / PLACES)
    chosen = _chosen(folder, waiting, ids)
    for id_ in chosen:
        if id_ in places:
            raise GazetteerError(
                f"{id_!r} is a place already",
                where=str(folder / PLACES),
                remedy=f"give the candidate another id in {FILE}, or refuse it",
            )
    rest = {id_: line for id_, line in waiting.items() if id_ not in chosen}
    together = places | chosen
    return {
        FILE: collection(rest.values()),
        PLACES: collection(together[id_] for id_ in sorted(together)),
    }


def refused(folder: Path, ids: Iterable[str], reason: str) -> dict[str, bytes]:
    """Give both files anew with these candidates among the refusals, each with the reason."""
    waiting = _lines(folder / FILE)
    chosen = _chosen(folder, waiting, ids)
    path = folder / REFUSALS
    try:
        known = msgspec.json.decode(path.read_bytes(), type=list[Refusal]) if path.exists() else []
    except (OSError, msgspec.DecodeError) as error:
        raise GazetteerError(f"cannot be used: {error}", where=str(path)) from error
    refusals = {refusal.id: refusal for refusal in known}
    for id_, line in chosen.items():
        refusals[id_] = _refusal(json.loads(line), reason)
    records = [msgspec.to_builtins(refusals[id_]) for id_ in sorted(refusals)]
    inner = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    rest = {id_: line for id_, line in waiting.items() if id_ not in chosen}
    return {FILE: collection(rest.values()), REFUSALS: f"[\n{inner}\n]\n".encode()}


def _refusal(feature: Mapping[str, Any], reason: str) -> Refusal:
    lon, lat = feature["geometry"]["coordinates"]
    cite = feature["properties"]["location"]["sources"][0]
    return Refusal(
        id=feature["id"],
        name=feature["properties"]["label"],
        lat=lat,
        lon=lon,
        source=Cite(**cite),
        reason=reason,
    )


def _chosen(folder: Path, waiting: Mapping[str, str], ids: Iterable[str]) -> dict[str, str]:
    wanted = dict.fromkeys(ids)
    if missing := [id_ for id_ in wanted if id_ not in waiting]:
        from difflib import get_close_matches

        near = get_close_matches(missing[0], waiting, 3)
        hint = f"did you mean {' or '.join(near)}?" if near else "its ids are in the file"
        raise GazetteerError(
            f"no candidate has the id {missing[0][:80]!r}", where=str(folder / FILE), remedy=hint
        )
    return {id_: waiting[id_] for id_ in wanted}


def _lines(path: Path) -> dict[str, str]:
    """Feature lines by id, as they stand in the file."""
    try:
        text = path.read_text("utf-8")
        count = len(json.loads(text)["features"])
        lines = [part.rstrip().rstrip(",") for part in text.split("\n") if '"Feature"' in part]
        found = {json.loads(line)["id"]: line for line in lines}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise GazetteerError(
            f"cannot be read ({type(error).__name__})", where=str(path), remedy=_FORM
        ) from error
    if len(found) != count:
        raise GazetteerError(
            f"{count} features on {len(found)} lines of their own", where=str(path), remedy=_FORM
        )
    return found
