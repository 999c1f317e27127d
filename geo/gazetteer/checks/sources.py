"""Sources of a pack: cited, used, licensed and credited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.gazetteer.checks.telling import error, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Cite, Problem

# Outlines are megabytes that are only drawn: the citations are read out of them, no more.
_OUTLINE_SOURCE = re.compile(rb'"source":\s*"([^"\\]+)"')
# Licences of data that ask to be named with their author wherever the data is shown.
_ASKS_CREDIT = re.compile(
    r"\b(?:CC[ -]BY|ODbL|ODC[ -]BY|OGL|Open Government|Unicode)", re.IGNORECASE
)
# Facts are nobody's: a page that only they were taken from is cited, as every source is.
_FACTS_ONLY = re.compile(r"\bfacts\b", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"]+")


def sources(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Every source cited is in the pack's own list; what is in it is cited."""
    known, used = {s.id for s in files.sources}, set()
    for where, cite in _cited(files):
        used.add(cite.source)
        if cite.source not in known:
            message = f"it cites {cite.source[:80]!r}, which sources.json has not"
            remedy = "add the source, with its licence, or correct the id"
            yield error("unknown-source", f"{files.pack.id}/{where}", message, remedy)
    for shape in files.shapes:
        if not shape.sources:
            where = f"{files.pack.id}/shape {shape.id}"
            yield error("no-source", where, "it has no source", "cite who gives the line")
    outlines = (data for pack, data in gazetteer.outlines() if pack == files.pack.id)
    used.update(name.decode() for data in outlines for name in _OUTLINE_SOURCE.findall(data))
    for source in sorted(known - used):
        yield note("unused-source", f"{files.pack.id}/source {source}", "nothing cites it")


def _cited(files: PackFiles) -> Iterator[tuple[str, Cite]]:
    """Yield where something is cited, and what."""
    for place in files.places:
        where = f"place {place.id}"
        yield from ((where, cite) for cite in place.location.sources)
        yield from ((where, seen.source) for seen in place.location.compared)
        yield from ((where, name.source) for name in place.names)
        yield from ((where, b.source) for b in place.de_jure + place.de_facto)
    for shape in files.shapes:
        yield from ((f"shape {shape.id}", cite) for cite in shape.sources)
    for refusal in files.refusals:
        yield f"refusal {refusal.id}", refusal.source
    for actor in files.actors:
        yield from ((f"actor {actor.id}", cite) for cite in actor.sources)


def credits_(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Each source says what it is, its licence, and whom to name where the licence asks for it."""
    for source in files.sources:
        where = f"{files.pack.id}/source {source.id}"
        if not source.citation.strip():
            remedy = "say which file, package or page it is, with its title and date"
            yield error("no-citation", where, "it does not say what it is", remedy)
        if source.retrieved is None:
            remedy = 'say on which day it was opened: "retrieved": "YYYY-MM-DD"'
            yield error("no-day", where, "it does not say when it was opened", remedy)
        if not source.licence.strip():
            remedy = "state the licence; of a page cited for facts, that its publisher holds it"
            yield error("no-licence", where, "it has no licence", remedy)
        asks = _ASKS_CREDIT.search(source.licence) and not _FACTS_ONLY.search(source.licence)
        if asks and not source.credit.strip():
            message = f"its licence ({source.licence[:80]}) asks for a credit, and it has none"
            yield error("no-credit", where, message, "put whom to name into credit")
        if source.url and not _URL.fullmatch(source.url):
            message = f"{source.url[:80]!r} is no http(s) address"
            yield error("url", where, message, "correct the address, or leave it out")
    if not files.pack.licence.strip():
        where, remedy = f"{files.pack.id}/pack.json", "say how others may use the pack"
        yield error("no-licence", where, "the pack has no licence", remedy)
    del gazetteer
