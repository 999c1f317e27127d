"""Names in the reference lists: cleaned, in their languages, and with press forms by rule."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from romanise_caucasus import APOSTROPHES, from_armenian, from_azerbaijani, from_russian

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

LANGUAGES = {"aze": "az", "hye": "hy", "rus": "ru", "eng": "en", "und": "und"}
OWN = {"AZ": "aze", "AM": "hye"}
USERS = {"aze": "Azerbaijan", "hye": "Armenia"}
GENERIC = re.compile(
    r"\b(district|rayon\w*|rayonu|shrjan\w*|province|region|city|gorod|municipality|mərzi|rayonun|"
    r"şəhəri?|район|область|город|мунисипал\w*|республика|mssr|sahari|shähäri)\b|շրջան|մարզ|քաղաք",
    re.IGNORECASE,
)
COMMUNITY_PREFIXES = {
    "L.": "Nerkin ", "U.": "Verin ", "G.": "Mets ", "S.": "Pokr ", "P.": "Paruyr ",
}  # fmt: skip
# Letters of older or mixed spellings that nobody writes today.
ODD = re.compile(r"[ķäÄǎŭ/()0-9,;]")


def script_of(text: str) -> str:
    """Latn, Cyrl or Armn; empty where scripts are mixed or others."""
    found = {unicodedata.name(c).split()[0] for c in text if c.isalpha()}
    return {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARMENIAN": "Armn"}.get("".join(sorted(found)), "")


def tidy(text: str) -> str:
    """A name in NFC, with one schwa and no aspiration marks; empty where it is unusable."""
    # A stress mark is not part of a Russian name.
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace("\u0301", ""))
    text = text.replace("ǝ", "ə").replace("Ǝ", "Ə").strip()
    text = APOSTROPHES.sub("", text)
    # "SGhnashen", "NovoYe": capitals inside a word are slips of the lists.
    text = re.sub(r"(?<=[^\W\d_])[A-Z]", lambda match: match[0].lower(), text)
    return "" if ODD.search(text) or "  " in text or len(text) < 2 else text


def fold(text: str) -> str:
    """A plain key to compare names by."""
    text = text.replace("ə", "a").replace("ı", "i").replace("Ə", "a")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def community_name(text: str) -> str:
    """The name of a community with its abbreviations written out ("L.Hand" is Lower Hand)."""
    text = re.sub(r" (reg\. )?(Tavush|Ijevan|Goris|Sisian)$", "", tidy(text))
    for short, full in COMMUNITY_PREFIXES.items():
        text = re.sub(rf"^{re.escape(short)}", full, text)
    return text.replace("tz", "ts").replace("Tz", "Ts").replace("-agh", "agh")


def community_key(text: str) -> str:
    """A looser key for names of two romanisations."""
    key = fold(community_name(text)).removesuffix("gegh").replace("-", "")
    for pair in ("rr", "gh", "kh", "lj", "yw"):
        key = key.replace(pair, pair[0])
    return key.replace("j", "ch")


def cite(source: str, record: object = "") -> Json:
    """A Cite."""
    return {"source": source, "record": str(record)} if record else {"source": source}


def name(text: str, language: str, status: str, source: Json, user: str = "") -> Json:
    """A Name."""
    made = {"text": text, "language": language, "script": script_of(text), "status": status}
    return made | ({"user": user} if user else {}) | {"source": source}


def wof_names(record: Json, *, both_own: bool = False) -> list[Json]:
    """Names of a record in the languages of the theatre, then press forms made by rule.

    ``both_own``: the place had people or rulers of both sides, so no name is an exonym.
    """
    source = cite("wof", record["wof_id"])
    made: dict[str, Json] = {}
    for code, raw in listed_names(record):
        text = tidy(raw)
        if not text or not script_of(text) or GENERIC.search(text) or text in made:
            continue
        status = status_of(code, script_of(text), record["country"], both_own=both_own)
        if status == "official" and any(n["status"] == "official" for n in made.values()):
            status = "alternate"
        made[text] = name(text, LANGUAGES[code], status, source, USERS.get(code, ""))
    for entry in tuple(made.values()):
        rule, forms = press_forms(entry, record)
        made_by = cite("romanisation", f"{rule}: {entry['text']}")
        for form in forms:
            made.setdefault(form, name(form, "en", "romanised", made_by))
    return list(made.values())


def listed_names(record: Json) -> Iterator[tuple[str, str]]:
    """Language code and name, as the list has them; Armenian records also by their main name."""
    for code in LANGUAGES:
        for raw in record["names"].get(code, ()):
            yield code, raw
    if record["country"] == "AM":
        yield "eng", record["name"]


def status_of(code: str, script: str, country: str, *, both_own: bool) -> str:
    """The status of a name by its language, its script and the country of the place."""
    native = "Latn" if code == "aze" else "Armn"
    if code not in USERS:
        return "romanised" if script == "Latn" and code != "rus" else "alternate"
    if code == OWN[country] and script == native:
        return "official"
    if code == "hye" and script == "Latn":
        return "romanised"
    return "alternate" if both_own else "exonym"


def press_forms(entry: Json, record: Json) -> tuple[str, list[str]]:
    """Which rule applies to a name, and what it gives."""
    if entry["language"] == "az" and entry["script"] == "Latn":
        return "az", from_azerbaijani(entry["text"])
    if entry["script"] == "Cyrl" and entry["language"] == "ru":
        return "ru", from_russian(entry["text"])
    if entry["script"] == "Armn" or (entry["script"] == "Latn" and record["country"] == "AM"):
        return "hy", from_armenian(entry["text"])
    return "", []


def label_of(names: list[Json], record: Json) -> str:
    """The plain English form: the first press form of the own name, else the first Latin name."""
    latin = [n for n in names if n["script"] == "Latn"]
    if record["country"] == "AZ":
        own = [n["text"] for n in latin if n["language"] == "az"]
        return str((from_azerbaijani(own[0]) or own)[0] if own else latin[0]["text"])
    plain = [n["text"] for n in latin if n["language"] in ("en", "und", "hy")]
    plain = [text for text in plain if "rr" not in text.lower() and text.isascii()] or plain
    return str((plain or [n["text"] for n in latin] or [names[0]["text"]])[0])
