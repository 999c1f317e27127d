"""A pack as a FeatureCollection of Linked Places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError
from geo.linked_places.features import Writer, plain
from geo.linked_places.vocabulary import LPF_CONTEXT, OWN, URN

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Shape


def lpf(gazetteer: Gazetteer, pack_id: str) -> bytes:
    """Give a pack as LPF, one Feature a line; its outlines, which are only drawn, are not in it."""
    files = files_of(gazetteer, pack_id)
    writer = Writer(gazetteer, pack_id)
    held = {place.id for place in files.places}
    shapes: dict[str, list[Shape]] = {}
    for shape in files.shapes:
        shapes.setdefault(shape.place, []).append(shape)
    head: dict[str, Any] = {
        "type": "FeatureCollection",
        "@context": [LPF_CONTEXT, {OWN.rstrip(":"): URN}],
        "title": files.pack.title,
        "license": files.pack.licence,
        f"{OWN}pack": plain(files.pack),
        f"{OWN}sources": [plain(source) for source in files.sources],
        f"{OWN}actors": [plain(actor) for actor in files.actors],
        f"{OWN}refusals": [plain(refusal) for refusal in files.refusals],
        f"{OWN}shapes": [plain(shape) for shape in files.shapes if shape.place not in held],
    }
    lines = ",\n".join(
        _dump(writer.feature(place, shapes.get(place.id, ()))) for place in files.places
    )
    return f'{_dump(head)[:-1]}, "features": [\n{lines}\n]}}\n'.encode()


def files_of(gazetteer: Gazetteer, pack_id: str) -> PackFiles:
    """Give the pack to write; one of which a record was left out is not written in part."""
    files = next(files for files in gazetteer.files if files.pack.id == pack_id)
    if files.problems:
        first = files.problems[0]
        raise GazetteerError(
            f"{len(files.problems)} of its records cannot be read; the first: {first.message}",
            code=first.code,
            where=first.where,
            remedy="correct what `clashmap gazetteer check` tells, so that nothing is lost",
        )
    return files


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
