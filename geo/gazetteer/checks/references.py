"""Ids, and what refers to them."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from geo.gazetteer.checks.telling import error, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Problem

MAX_ID = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Places of these kinds lie in something, or their note says why not.
_CONTAINED = frozenset({"settlement", "district", "province", "facility"})


def ids(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Ids are slugs of their own: they stand in links, file names and tables for ever."""
    for kind, records in _kinds(files):
        for id_ in records:
            if len(id_) > MAX_ID or not _SLUG.fullmatch(id_):
                where = f"{files.pack.id}/{kind} {id_[:MAX_ID]!r}"
                yield error("id-form", where, "the id is no slug", "use a-z, 0-9 and single '-'")
    others = [other for other in gazetteer.files if other is not files]
    for shape in files.shapes:
        for other in others:
            if shape.id in {known.id for known in other.shapes}:
                where = f"{files.pack.id}/shape {shape.id}"
                message = f"pack {other.pack.id!r} has a shape of this id"
                yield error("duplicate-id", where, message, "give one of the two another id")


def _kinds(files: PackFiles) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("pack", (files.pack.id,)),
        ("place", tuple(p.id for p in files.places)),
        ("shape", tuple(s.id for s in files.shapes)),
        ("actor", tuple(a.id for a in files.actors)),
        ("source", tuple(s.id for s in files.sources)),
        ("refusal", tuple(r.id for r in files.refusals)),
    )


def links(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Look for references to what does not exist."""
    places, actors = gazetteer.places.keys(), gazetteer.actors.keys()
    for where, what, known, named in _references(files, places, actors):
        for other in named:
            if other not in known:
                message = f"its {what} {shown(other)} does not exist"
                remedy = f"add the {what}, correct its id, or give the pack it is in beside this"
                yield error("unknown-reference", f"{files.pack.id}/{where}", message, remedy)


def _references(
    files: PackFiles, places: AbstractSet[str], actors: AbstractSet[str]
) -> Iterator[tuple[str, str, AbstractSet[str], Iterable[str]]]:
    """Yield where a reference stands, what it is, the ids it may be, and those it is."""
    holders = places | actors
    for place in files.places:
        where = f"place {place.id}"
        yield where, "parent", places, (b.parent for b in place.de_jure)
        yield where, "parent", places, (b.parent for b in place.de_facto if b.parent)
        yield where, "holder", holders, (b.holder for b in place.de_facto)
        yield where, "border", places, place.borders
        yield where, "superseded_by", places, filter(None, [place.superseded_by])
    for shape in files.shapes:
        yield f"shape {shape.id}", "place", places, [shape.place]
    for actor in files.actors:
        where = f"actor {actor.id}"
        yield where, "place", places, filter(None, [actor.place])
        yield where, "seat", places, actor.seats
        yield where, "group", actors, filter(None, [actor.group])
    yield "pack.json", "country", places, files.pack.countries
    yield "pack.json", "party", actors, files.pack.parties


def circles(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """No place lies in itself, by whatever chain of parents."""
    for place in files.places:
        above = [b.parent for b in place.de_jure]
        seen: set[str] = set()
        while above and place.id not in seen:
            other = above.pop()
            if other not in seen and other in gazetteer.places:
                above += [b.parent for b in gazetteer.places[other].de_jure]
            seen.add(other)
        if place.id in seen:
            where, remedy = f"{files.pack.id}/place {place.id}", "break the chain of its parents"
            yield error("parent-circle", where, "it lies in itself", remedy)


def parents(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """A settlement, division or facility lies in something, or its note says why not."""
    for place in files.places:
        if place.kind in _CONTAINED and not place.de_jure and not place.note:
            where = f"{files.pack.id}/place {place.id}"
            yield error(
                "no-parent",
                where,
                f"a {place.feature.word or place.kind} that lies in nothing",
                "name what it belongs to in de_jure, or say in its note why that is not known",
            )
    del gazetteer


def successors(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """A chain of superseded places ends at one that holds."""
    for place in files.places:
        seen, current = {place.id}, place.superseded_by
        while current and current not in seen and current in gazetteer.places:
            seen.add(current)
            current = gazetteer.places[current].superseded_by
        if current in seen:
            where = f"{files.pack.id}/place {place.id}"
            message = f"superseded_by never ends: {' -> '.join(chain(sorted(seen), [current]))}"
            yield error("superseded-circle", where, message, "leave one place that holds")
