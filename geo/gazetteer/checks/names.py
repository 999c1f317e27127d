"""Names and every other text of a pack: clean, of its script, and harmless."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from geo.folding import name_key
from geo.gazetteer.checks.telling import error, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles
    from geo.model import Name, Problem

MAX_NAME = 120  # what a page shows without cutting
MAX_TEXT = 2_000  # of a note or a citation: what somebody still reads
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
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")  # ISO 15924
_CLEAN = "write it as plain text: no control or invisible characters, single spaces, NFC"


def names(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Names are clean text of their script, and each is there once."""
    for place in files.places:
        where = f"{files.pack.id}/place {place.id}"
        counted = Counter((n.text, n.language, n.script, n.user, n.start) for n in place.names)
        for (text, *_), times in counted.items():
            if times > 1:
                message = f"name {shown(text)} is there {times} times"
                yield error("duplicate-name", where, message, "keep one of them")
        for name in place.names:
            for fault in _name_faults(name):
                yield error("name-form", where, f"name {shown(name.text)} {fault}", _CLEAN)
        for fault in text_faults(place.label):
            yield error("name-form", where, f"its label {fault}", _CLEAN)
    del gazetteer


def script_of(text: str) -> str:
    """Give the ISO 15924 code of the letters of a text: "Zyyy" for none, "Zzzz" for a mixture."""
    found = _scripts(text)
    return next(iter(found)) if len(found) == 1 else "Zzzz" if found else "Zyyy"


def _scripts(text: str) -> set[str]:
    if text.isascii():
        return {"Latn"} if any(map(str.isalpha, text)) else set()
    first = {unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha()}
    return {SCRIPTS.get(word, "") for word in first} - {""}


def _name_faults(name: Name) -> Iterator[str]:
    yield from text_faults(name.text, script=name.script)
    if not name_key(name.text[:MAX_NAME]):
        yield "has no letter or digit"
    allowed = _MIXED.get(name.script, {name.script})
    for script in sorted(_scripts(name.text) - allowed):
        yield f"has letters of {script}, but is said to be {shown(name.script)}"
    if not LANGUAGE.fullmatch(name.language):
        yield f"has {shown(name.language)} for a language ('und' if it is not known)"
    if not _SCRIPT.fullmatch(name.script):
        yield f"has {shown(name.script)} for a script, as 'Latn'"


def text_faults(text: str, *, script: str = "", longest: int = MAX_NAME) -> Iterator[str]:
    """Yield what is wrong with a text as such, whatever it means."""
    if len(text) > longest:
        yield f"is longer than {longest} characters"
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip():
        return
    if text != " ".join(text.split()):
        yield "has spaces at its ends, twice, or of another kind"
    if text != unicodedata.normalize("NFC", text):
        yield "is not in Unicode normal form C"
    joiners = "\u200c\u200d" if script in _JOINED else ""
    if any(unicodedata.category(c).startswith("C") and c not in joiners for c in text):
        yield "has control or invisible characters"


def texts(gazetteer: Gazetteer, files: PackFiles) -> Iterator[Problem]:
    """Every other text is clean too: pages, terminals and tables show it."""
    for where, what, text in _texts(files):
        for fault in text_faults(text, longest=MAX_TEXT):
            message = f"its {what} {fault}: {shown(text)}"
            yield error("text-form", f"{files.pack.id}/{where}", message, _CLEAN)
    del gazetteer


def _texts(files: PackFiles) -> Iterator[tuple[str, str, str]]:
    """Yield where a text stands, which field it is, and the text."""
    pack = files.pack
    yield from (("pack.json", what, getattr(pack, what)) for what in ("title", "licence", "note"))
    for place in files.places:
        where = f"place {place.id}"
        yield where, "note", place.note
        yield where, "word", place.feature.word
        yield from ((where, "user of a name", name.user) for name in place.names)
        yield from ((where, key, value) for key, value in place.concordances.items())
        yield from ((where, "record", cite.record) for cite in place.location.sources)
        yield from ((where, "record", name.source.record) for name in place.names)
    for shape in files.shapes:
        yield f"shape {shape.id}", "label", shape.label
        yield f"shape {shape.id}", "note", shape.note
    for actor in files.actors:
        where = f"actor {actor.id}"
        yield where, "label", actor.label
        yield where, "note", actor.note
        yield from ((where, "name", form) for form in actor.names + actor.adjectives)
    for source in files.sources:
        for what in ("citation", "licence", "credit", "url"):
            yield f"source {source.id}", what, getattr(source, what)
    for refusal in files.refusals:
        yield f"refusal {refusal.id}", "name", refusal.name
        yield f"refusal {refusal.id}", "reason", refusal.reason
