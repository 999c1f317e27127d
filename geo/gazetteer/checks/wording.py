"""Our own words in a pack: labels that lead back to a name, notes that take no side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.folding import name_key
from geo.gazetteer.checks.telling import error, shown, warning
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Place, Problem

# Between the names of two users in a label.
BETWEEN = " / "
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What somebody else said is theirs.
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")


def label_parts(label: str) -> list[str]:
    """Give the names that a label puts side by side."""
    return label.split(BETWEEN)


def labels(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """A label is a name of its place, or its users' names in the order of the alphabet."""
    for place in files.places:
        where = f"{files.pack.id}/place {place.id}"
        if not place.label.strip():
            yield error("no-label", where, "it has no label", "give it the name that heads it")
            continue
        parts = label_parts(place.label)
        if parts != sorted(parts, key=name_key):
            message = f"the names of its label {shown(place.label)} are not in alphabetical order"
            yield warning("label-order", where, message, "sort them: neither side comes first")
        # A division, a line or a hill may be headed by words that describe it.
        for part in parts if place.kind == "settlement" else ():
            found = (match for match in gazetteer.find(part) if match.place.id == place.id)
            # Found by its label alone: neither a name nor how the press would spell one.
            if next((match.how for match in found), "label") == "label":
                message = f"its label has {shown(part)}, which is none of its names"
                remedy = "add it as a name with its source, or use a name that is there"
                yield warning("label-unknown", where, message, remedy)


def neutral_words(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Labels and notes judge nobody, outside a quotation or a name."""
    loaded = word_lists("neutrality")["loaded"]
    for where, what, text in _own_words(files):
        found = {word.group().lower() for word in _WORD.finditer(_QUOTED.sub(" ", text))}
        for word in sorted(found & loaded):
            message = f"its {what} says {word!r}: {shown(text)}"
            remedy = "tell who did what, or quote who says so (gazetteer/README.md, rule 7)"
            yield error("loaded-word", f"{files.pack.id}/{where}", message, remedy)
    del gazetteer


def _own_words(files: PackFiles) -> Iterator[tuple[str, str, str]]:
    yield "pack.json", "title", files.pack.title
    yield "pack.json", "note", files.pack.note
    for place in files.places:
        yield f"place {place.id}", "note", place.note
        yield f"place {place.id}", "label", _without_names(place)
    for shape in files.shapes:
        yield f"shape {shape.id}", "label", shape.label
        yield f"shape {shape.id}", "note", shape.note
    for actor in files.actors:
        yield f"actor {actor.id}", "note", actor.note
    for refusal in files.refusals:
        yield f"refusal {refusal.id}", "reason", refusal.reason


def _without_names(place: Place) -> str:
    """Give what of a label is no attested name: "Liberation Square" may be called just so."""
    attested = {name.text for name in place.names}
    return BETWEEN.join(part for part in label_parts(place.label) if part not in attested)
