"""The words of Linked Places, and what they are in our records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from geo.gazetteer.checks.names import LANGUAGE

if TYPE_CHECKING:
    from geo.model import PlaceKind

LPF_CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)
OWN = "clashmap:"  # members that LPF has no word for
URN = "urn:clashmap:"
PART_OF = "gvp:broaderPartitive"
RELATED = "gvp:tgn3000_related_to"
Certainty = Literal["certain", "likely", "uncertain"]
CERTAINTIES = {"certain": "certain", "likely": "less-certain", "uncertain": "uncertain"}
# Authority -> where its records stand on the web, and other beginnings that mean the same.
AUTHORITIES: dict[str, tuple[str, ...]] = {
    "geonames": ("https://www.geonames.org/", "gn:", "https://sws.geonames.org/"),
    "wikidata": ("https://www.wikidata.org/entity/", "wd:", "https://www.wikidata.org/wiki/"),
    "wof": ("https://spelunker.whosonfirst.org/id/",),
    "pleiades": ("https://pleiades.stoa.org/places/", "pl:"),
    "tgn": ("https://vocab.getty.edu/tgn/", "tgn:", "https://vocab.getty.edu/page/tgn/"),
    "viaf": ("https://viaf.org/viaf/", "viaf:"),
    "gnd": ("https://d-nb.info/gnd/", "gnd:"),
    "loc": ("https://id.loc.gov/authorities/subjects/", "loc:"),
    "bnf": ("https://data.bnf.fr/", "bnf:"),
    "dbpedia": ("https://dbpedia.org/resource/", "dbp:"),
}
_RECORD = re.compile(r"[\w.~-]+")
# LP-TSV wants the short beginnings, as far as it knows them.
PREFIXES = {name: begins[1] for name, begins in AUTHORITIES.items() if len(begins) > 1}

# GeoNames class, or class and code, -> kind, where the code says more than the class.
KINDS: dict[str, PlaceKind] = {
    "A": "district", "A.ADM1": "province", "A.PCLI": "country", "A.PCL": "country",
    "A.PCLD": "country", "A.PCLS": "country", "A.PCLF": "country", "A.BDRY": "line",
    "H": "feature", "L": "region", "L.CONT": "macro", "P": "settlement", "R": "line",
    "S": "facility", "T": "feature", "U": "feature", "V": "feature",
}  # fmt: skip
# Kind -> class and code, for types that only give a word.
TYPICAL: dict[PlaceKind, tuple[str, str]] = {
    "settlement": ("P", "PPL"), "district": ("A", "ADM2"), "province": ("A", "ADM1"),
    "country": ("A", "PCLI"), "region": ("L", "RGN"), "line": ("R", ""), "feature": ("T", ""),
    "facility": ("S", ""), "macro": ("L", "CONT"),
}  # fmt: skip
# How far the true spot may be from a point whose file does not say: half of what such a place
# usually measures, and for settlements what points of several gazetteers usually differ by.
ASSUMED_ACCURACY_M: dict[PlaceKind, int] = {
    "settlement": 5_000, "facility": 5_000, "feature": 20_000, "district": 20_000,
    "line": 50_000, "province": 50_000, "region": 50_000, "country": 500_000, "macro": 1_000_000,
}  # fmt: skip


def address(authority: str, record: str) -> str:
    """Give the web address of a record, or '' where it has none that leads back to it."""
    known = AUTHORITIES.get(authority)
    return known[0] + record if known and _RECORD.fullmatch(record) else ""


def authority_of(identifier: str) -> tuple[str, str] | None:
    """Give authority and record of an identifier, in whichever of its usual forms."""
    plain = re.sub(r"^http:", "https:", identifier).replace("://geonames", "://www.geonames")
    for authority, begins in AUTHORITIES.items():
        for begin in begins:
            if plain.startswith(begin):
                record = plain.removeprefix(begin).split("/")[0]
                return (authority, record) if _RECORD.fullmatch(record) else None
    return None


def language_tag(language: str, script: str) -> str:
    """Give the BCP 47 tag of a language in a script."""
    return f"{language}-{script}" if script else language


def read_tag(tag: str) -> tuple[str, str]:
    """Give language and script of a BCP 47 tag; either may be ''."""
    if not LANGUAGE.fullmatch(tag):
        return "", ""
    language, *subtags = tag.split("-")
    script = next((part for part in subtags if len(part) == 4 and part.isalpha()), "")
    return language, script.title()
