"""Shapes, refusals, candidates and the form of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import GazetteerError
from geo.gazetteer.checks.telling import error, note
from geo.gazetteer.geometry_checks import geometry_fault
from geo.gazetteer.pack_format import format_faults
from geo.gazetteer.packs import pack_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Problem

# Features that somebody has still to confirm; no stage reads them.


def shapes(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Lines are lines, areas are areas, and their coordinates lie on the Earth."""
    for shape in files.shapes:
        if fault := geometry_fault(shape.geometry, kind=shape.kind):
            where = f"{files.pack.id}/shape {shape.id}"
            yield error("geometry", where, fault, "correct the geometry, or take the shape out")
    del gazetteer


def refusals(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """What was left out is named and placed, for a reason, and is not held all the same."""
    held = {place.id for place in files.places}
    records = {
        (authority, record): place.id
        for place in files.places
        for authority, record in place.concordances.items()
    }
    records |= {
        (cite.source, cite.record): place.id
        for place in files.places
        for cite in place.location.sources
        if cite.record
    }
    for refusal in files.refusals:
        where = f"{files.pack.id}/refusal {refusal.id}"
        if not refusal.name.strip() or not refusal.reason.strip():
            message = "a refusal has a name and a reason"
            yield error("refusal-form", where, message, "say what was left out, and why")
        if not (-90 <= refusal.lat <= 90 and -180 <= refusal.lon <= 180):
            message = f"lat {refusal.lat} lon {refusal.lon} is off the Earth"
            yield error("off-the-earth", where, message, "coordinates are degrees")
        cite = refusal.source
        place = refusal.id if refusal.id in held else records.get((cite.source, cite.record))
        if place:
            message = f"it is left out, and place {place} holds it"
            yield error("refused-and-held", where, message, "take out the refusal or the place")
    del gazetteer


def candidates(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """How many candidates still wait to be confirmed or refused."""
    from geo.gazetteer.candidates import FILE, waiting

    where = f"{files.pack.id}/{FILE}"
    try:
        count = len(waiting(files.folder))
    except GazetteerError as fault:
        yield error("malformed-record", where, fault.message, fault.remedy)
        return
    if count:
        remedy = "move them with `clashmap gazetteer confirm`"
        message = f"candidates that nobody has confirmed: {count:,}"
        yield note("candidates-waiting", where, message, remedy)
    del gazetteer


def formatting(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Files are written in the fixed form, so that a diff shows facts only."""
    for path in pack_paths(files.folder):
        for fault in format_faults(path):
            where = f"{files.pack.id}/{path.name}"
            yield error("file-form", where, fault, "DESIGN.md has the fixed formatting")
    del gazetteer
