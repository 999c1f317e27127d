"""Every rule about packs. All problems are told at once; nothing is changed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from geo.errors import GazetteerError
from geo.folding import name_key
from geo.gazetteer.geometry_checks import geometry_fault
from geo.gazetteer.pack_format import format_faults
from geo.gazetteer.packs import pack_paths
from geo.model import Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Cite, Name

    Rule = Callable[[Gazetteer, PackFiles], Iterator[Problem]]

MAX_NAME = 120  # what a page shows without cutting
MAX_ID = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# First word of a letter's Unicode name -> its script by ISO 15924.
SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARMENIAN": "Armn", "GEORGIAN": "Geor", "GREEK": "Grek",
    "HEBREW": "Hebr", "ARABIC": "Arab", "DEVANAGARI": "Deva", "BENGALI": "Beng",
    "ETHIOPIC": "Ethi",
    "THAI": "Thai", "MYANMAR": "Mymr", "KHMER": "Khmr", "TAMIL": "Taml", "HANGUL": "Hang",
    "SYRIAC": "Syrc", "TIFINAGH": "Tfng", "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana",
}  # fmt: skip
# Codes that stand for several scripts at once.
_MIXED = {
    "Jpan": {"Hani", "Hira", "Kana"},
    "Kore": {"Hang", "Hani"},
    "Hans": {"Hani"},
    "Hant": {"Hani"},
}
# Zero-width joiners are spelling in these scripts, and hidden everywhere else.
_JOINED = {"Arab", "Deva", "Beng", "Taml", "Mymr", "Khmr", "Syrc"}
# Outlines are megabytes that are only drawn: the citations are read out of them, no more.
_OUTLINE_SOURCE = re.compile(rb'"source":\s*"([^"\\]+)"')


def check_packs(gazetteer: Gazetteer, *, only: Iterable[str] = ()) -> tuple[Problem, ...]:
    """Give everything that breaks a rule, pack by pack; what was left out at reading comes first.

    ``only`` names the packs to check; the others are there to be referred to.
    """
    found = list(gazetteer.problems)
    wanted = set(only) or {pack.id for pack in gazetteer.packs}
    for files in gazetteer.files:
        if files.pack.id in wanted:
            for rule in RULES:
                found += rule(gazetteer, files)
    return tuple(found)


def _error(code: str, where: str, message: str, remedy: str = "") -> Problem:
    return Problem(code=code, where=where, message=message, remedy=remedy, severity="error")


def _ids(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Ids are slugs: they stand in links, file names and tables for ever."""
    for kind, records in _kinds(files):
        for id_ in records:
            if len(id_) > MAX_ID or not _SLUG.fullmatch(id_):
                where = f"{files.pack.id}/{kind} {id_[:MAX_ID]!r}"
                yield _error("id-form", where, "the id is no slug", "use a-z, 0-9 and single '-'")
    del gazetteer


def _kinds(files: PackFiles) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("place", tuple(p.id for p in files.places)),
        ("shape", tuple(s.id for s in files.shapes)),
        ("actor", tuple(a.id for a in files.actors)),
        ("source", tuple(s.id for s in files.sources)),
        ("refusal", tuple(r.id for r in files.refusals)),
    )


def _links(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Look for references to what does not exist."""
    places, actors = gazetteer.places.keys(), gazetteer.actors.keys()
    for where, what, known, named in _references(files, places, actors):
        for other in named:
            if other not in known:
                message = f"its {what} {other!r} does not exist"
                yield _error("unknown-reference", f"{files.pack.id}/{where}", message)


def _references(
    files: PackFiles, places: AbstractSet[str], actors: AbstractSet[str]
) -> Iterator[tuple[str, str, AbstractSet[str], Iterable[str]]]:
    """Yield where a reference stands, what it is, the ids it may be, and those it is."""
    for place in files.places:
        where = f"place {place.id}"
        yield where, "parent", places, (b.parent for b in place.de_jure)
        yield where, "holder", places | actors, (b.holder for b in place.de_facto)
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


def _circles(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
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
            yield _error("parent-circle", f"{files.pack.id}/place {place.id}", "it lies in itself")


def _spots(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Points lie inside the pack's box; countries and macro-regions may reach beyond it."""
    west, south, east, north = files.pack.bbox
    for place in files.places:
        where, spot = f"{files.pack.id}/place {place.id}", place.location
        inside = west <= spot.lon <= east and south <= spot.lat <= north
        if not inside and place.kind not in {"country", "macro"}:
            yield _error(
                "outside-box", where, f"lat {spot.lat} lon {spot.lon} is outside {files.pack.bbox}"
            )
        if spot.accuracy_m <= 0 or place.extent_m < 0:
            yield _error("accuracy", where, "accuracy_m is above 0 and extent_m not below it")
        if not spot.sources:
            yield _error("no-source", where, "its point has no source")
        if not place.label.strip():
            yield _error("no-label", where, "it has no label")
    del gazetteer


def _dates(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Nothing ends before it begins."""
    for place in files.places:
        dated = [("the place", place.start, place.end)]
        dated += [(f"name {n.text!r}", n.start, n.end) for n in place.names]
        dated += [(f"parent {b.parent}", b.start, b.end) for b in place.de_jure]
        dated += [(f"holder {b.holder}", b.start, b.end) for b in place.de_facto]
        yield from _backwards(f"{files.pack.id}/place {place.id}", dated)
    for shape in files.shapes:
        where = f"{files.pack.id}/shape {shape.id}"
        yield from _backwards(where, [("the shape", shape.start, shape.end)])
    del gazetteer


def _backwards(
    where: str, dated: list[tuple[str, dt.date | None, dt.date | None]]
) -> Iterator[Problem]:
    for what, start, end in dated:
        if start and end and start > end:
            yield _error("dates-backwards", where, f"{what} is from {start} to {end}")


def _sources(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Every source cited is in the pack's own list; what is in it is cited."""
    known, used = {s.id for s in files.sources}, set()
    cited: list[tuple[str, Cite]] = []
    for place in files.places:
        where = f"place {place.id}"
        cited += [(where, cite) for cite in place.location.sources]
        cited += [(where, seen.source) for seen in place.location.compared]
        cited += [(where, name.source) for name in place.names]
        cited += [(where, b.source) for b in place.de_jure + place.de_facto]
    cited += [(f"shape {shape.id}", cite) for shape in files.shapes for cite in shape.sources]
    cited += [(f"refusal {refusal.id}", refusal.source) for refusal in files.refusals]
    cited += [(f"actor {actor.id}", cite) for actor in files.actors for cite in actor.sources]
    for where, cite in cited:
        used.add(cite.source)
        if cite.source not in known:
            message = f"it cites {cite.source!r}, which sources.json has not"
            yield _error("unknown-source", f"{files.pack.id}/{where}", message)
    for shape in files.shapes:
        if not shape.sources:
            yield _error("no-source", f"{files.pack.id}/shape {shape.id}", "it has no source")
    outlines = (data for pack, data in gazetteer.outlines() if pack == files.pack.id)
    used.update(name.decode() for data in outlines for name in _OUTLINE_SOURCE.findall(data))
    for source in sorted(known - used):
        where = f"{files.pack.id}/source {source}"
        yield Problem(
            code="unused-source", where=where, message="nothing cites it", severity="note"
        )


def _names(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Names are clean text of their script, and each is there once."""
    for place in files.places:
        where = f"{files.pack.id}/place {place.id}"
        counted = Counter((n.text, n.language, n.script, n.user, n.start) for n in place.names)
        for (text, *_), times in counted.items():
            if times > 1:
                yield _error("duplicate-name", where, f"name {text!r} is there {times} times")
        for name in place.names:
            for fault in _name_faults(name):
                yield _error("name-form", where, f"name {name.text[:MAX_NAME]!r} {fault}")
        for fault in _text_faults(place.label, ""):
            yield _error("name-form", where, f"its label {fault}")
    del gazetteer


def _name_faults(name: Name) -> Iterator[str]:
    yield from _text_faults(name.text, name.script)
    if not name_key(name.text):
        yield "has no letter or digit"
    allowed = _MIXED.get(name.script, {name.script})
    scripts = {
        SCRIPTS.get(unicodedata.name(c, "").split(" ")[0], "") for c in name.text if c.isalpha()
    }
    for script in sorted(scripts - allowed - {""}):
        yield f"has letters of {script}, but is said to be {name.script}"


def _text_faults(text: str, script: str) -> Iterator[str]:
    if len(text) > MAX_NAME:
        yield f"is longer than {MAX_NAME} characters"
    if text != " ".join(text.split()):
        yield "has spaces at its ends, twice, or of another kind"
    if text != unicodedata.normalize("NFC", text):
        yield "is not in Unicode normal form C"
    joiners = "\u200c\u200d" if script in _JOINED else ""
    if any(unicodedata.category(c).startswith("C") and c not in joiners for c in text):
        yield "has control or invisible characters"


def _shapes(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Lines are lines, areas are areas, and their coordinates lie on the Earth."""
    for shape in files.shapes:
        if fault := geometry_fault(shape.geometry, kind=shape.kind):
            yield _error("geometry", f"{files.pack.id}/shape {shape.id}", fault)
    del gazetteer


def _formatting(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Files are written in the fixed form, so that a diff shows facts only."""
    for path in pack_paths(files.folder):
        for fault in format_faults(path):
            where = f"{files.pack.id}/{path.name}"
            yield _error("file-form", where, fault, "DESIGN.md has the fixed formatting")
    del gazetteer


def _balance(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """How many names each user has: for people to judge, so it is only told."""
    counts = Counter(name.user for place in files.places for name in place.names if name.user)
    if counts:
        said = ", ".join(f"{user}: {count}" for user, count in sorted(counts.items()))
        yield Problem(
            code="balance", where=files.pack.id, message=f"names by user: {said}", severity="note"
        )
    del gazetteer


def _candidates(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """How many candidates wait to be confirmed; they are no places yet."""
    from geo.gazetteer.candidates import FILE, waiting

    where = f"{files.pack.id}/{FILE}"
    try:
        count = len(waiting(files.folder))
    except GazetteerError as error:
        yield _error("malformed-record", where, error.message, error.remedy)
        return
    if count:
        yield Problem(
            code="candidates-waiting",
            where=where,
            message=f"candidates that nobody has confirmed: {count:,}",
            remedy="move them with `clashmap gazetteer confirm`",
            severity="note",
        )
    del gazetteer


RULES: tuple[Rule, ...] = (
    _ids, _links, _circles, _spots, _dates, _sources, _names, _shapes, _formatting, _candidates,
    _balance,
)  # fmt: skip
