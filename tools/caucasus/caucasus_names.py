"""Names in the reference lists: cleaned, in their languages, and compared across scripts."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from geo.folding import name_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Json = dict[str, Any]

# Code of the list -> our code and the scripts that are taken; a name in other letters is a slip.
LANGUAGES = {
    "aze": ("az", ("Latn",)),
    "hye": ("hy", ("Armn", "Latn")),
    "rus": ("ru", ("Cyrl",)),
    "eng": ("en", ("Latn",)),
    "und": ("und", ("Latn",)),
}
OWN = {"AZ": "az", "AM": "hy"}
USERS = {"az": "Azerbaijan", "hy": "Armenia"}
NATIVE = {"az": "Latn", "hy": "Armn"}
GENERIC = re.compile(
    r"\b(district|rayon\w*|shrjan\w*|province|region|city|gorod|municipality|mərzi|"
    r"şəhəri?|район|область|город|мунисипал\w*|республика|mssr|sahari|shähäri|selo|aes|ferma|"
    r"razvaliny|развалины|poselok|посёлок|совхоз|sovkhoz|imeni|имени|bələdiyyəsi|"
    r"qəsəbəsi|kəndi|belediyesi|село|деревня)\b|շրջան|մարզ|քաղաք|համայնք",
    re.IGNORECASE,
)
# Letters of older or mixed spellings that nobody writes today, abbreviations and lists.
ODD = re.compile(r"[ķäÄǎăŭëèìńḩḥžčšŞ̧/()0-9,;.:&\"]|--")
# Marks of aspiration and of the soft sign; the press leaves them out.
APOSTROPHES = re.compile("['’ʼ‘ʻ`՚′ʹ]")
AZERBAIJANI = re.compile(r"[A-Za-zÇƏĞIİÖŞÜçəğıöşü \-]+")
OWN_LETTERS = re.compile(r"[ƏəĞğıİ]")
# "kh", "zh", "ch": letters of romanised Russian, which Azerbaijani spelling has one letter for.
ROMANISED = re.compile(r"kh|zh|ch|ts|ya\b|iy\b|w", re.IGNORECASE)
PLAIN = str.maketrans({
    "q": "g", "x": "kh", "c": "j", "ç": "ch", "ş": "sh", "ö": "o", "ü": "u", "ə": "a", "ğ": "gh",
    "ı": "i", "Q": "G", "X": "Kh", "C": "J", "Ç": "Ch", "Ş": "Sh", "Ö": "O", "Ü": "U", "Ə": "A",
    "İ": "I", "I": "I",
})  # fmt: skip
COMMUNITY_PREFIXES = {
    "L.": "Nerkin ", "U.": "Verin ", "G.": "Mets ", "S.": "Pokr ", "P.": "Paruyr ",
}  # fmt: skip
# One sign for the consonants that the three alphabets take for each other.
SOUNDS = (
    ("dzh", "j"), ("tch", "j"), ("kh", "k"), ("gh", "k"), ("zh", "j"), ("ch", "j"), ("sh", "s"),
    ("ts", "s"), ("dz", "s"), ("tz", "s"),
)  # fmt: skip
SAME = str.maketrans("gqxcbdfzw", "kkkjptvsv", "aeiouyh")
# Skeletons of consonants at least this alike are one name in two alphabets.
ALIKE = 0.6


def script_of(text: str) -> str:
    """Latn, Cyrl or Armn; empty where scripts are mixed or others."""
    found = {unicodedata.name(c).split()[0] for c in text if c.isalpha()}
    return {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARMENIAN": "Armn"}.get("".join(sorted(found)), "")


def tidy(text: str) -> str:
    """A name in NFC, with one schwa and no aspiration marks; empty where it is unusable."""
    # A stress mark is not part of a Russian name.
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace("\u0301", ""))
    text = APOSTROPHES.sub("", text.replace("ǝ", "ə").replace("Ǝ", "Ə").strip())
    # "SGhnashen", "NovoYe", "ՈՒրմիա": capitals inside a word are slips of the lists.
    text = re.sub(r"(?<=[^\W\d_])[^\W\d_]+", lambda match: match[0].lower(), text)
    unusable = ODD.search(text) or GENERIC.search(text) or "  " in text or len(text) < 3
    return "" if unusable or not text[0].isupper() else text


def slug(text: str) -> str:
    """A plain key for ids."""
    text = text.replace("ə", "a").replace("Ə", "A").replace("ı", "i")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def key_of(text: str) -> str:
    """The folded words of a name as one string."""
    return " ".join(name_key(text))


def skeleton(text: str) -> str:
    """The consonants of a name, one sign for those that the alphabets take for each other."""
    key = key_of(text.translate(PLAIN))
    for pair, one in SOUNDS:
        key = key.replace(pair, one)
    return re.sub(r"(.)\1+", r"\1", key.translate(SAME).replace(" ", ""))


def likeness(one: str, other: str) -> float:
    """How alike two names sound, 0 to 1, whatever their scripts."""
    first, second = skeleton(one), skeleton(other)
    return SequenceMatcher(None, first, second, autojunk=False).ratio() if first or second else 0.0


def community_name(text: str) -> str:
    """The name of a community with its abbreviations written out ("L.Hand" is Lower Hand)."""
    for short, full in COMMUNITY_PREFIXES.items():
        text = re.sub(rf"^{re.escape(short)}", full, text)
    text = re.sub(r" (reg\. )?(Tavush|Ijevan|Goris|Sisian)$", "", tidy(text))
    return text.replace("tz", "ts").replace("Tz", "Ts").replace("-agh", "agh")


def community_key(text: str) -> str:
    """A looser key for Armenian names of two romanisations."""
    key = slug(community_name(text)).removesuffix("gegh").replace("-", "")
    for pair in ("rr", "gh", "kh", "lj", "yw"):
        key = key.replace(pair, pair[0])
    return key.replace("j", "ch")


def cite(source: str, record: object = "") -> Json:
    """A Cite."""
    return {"source": source, "record": str(record)} if record else {"source": source}


def name(text: str, language: str, status: str, source: Json, user: str = "") -> Json:
    """A Name."""
    made = {"text": text, "language": language, "script": script_of(text), "status": status}
    return made | {"source": source} | ({"user": user} if user else {})


def listed_names(record: Json) -> Iterator[tuple[str, str]]:
    """Language and clean name, as the list has them; last the main name, if it is another."""
    seen: set[str] = set()
    for code, (language, scripts) in LANGUAGES.items():
        for raw in record["names"].get(code, ()):
            text = tidy(raw)
            if text and text not in seen and script_of(text) in scripts:
                seen.add(text)
                yield _language(language, text), text
    text = tidy(record["name"])
    if script_of(text) == "Latn" and slug(text) not in {slug(other) for other in seen}:
        yield "und", text


def _language(language: str, text: str) -> str:
    """The language as listed, unless the spelling is of no such language, or of one only."""
    azerbaijani = AZERBAIJANI.fullmatch(text) and not ROMANISED.search(text)
    if language == "az" and not azerbaijani:
        return "und"
    if language in ("en", "und") and not text.isascii():
        return "az" if azerbaijani and OWN_LETTERS.search(text) else "und"
    return language


def wof_names(record: Json, *, both_own: bool, drop: Collection[str] = ()) -> list[Json]:
    """Attested names of a record, each with status and user by the rules of the gazetteer.

    ``both_own``: the place had people or rulers of both sides, so no name is an exonym.
    """
    source = cite("wof", record["wof_id"])
    listed = [(lang, text) for lang, text in listed_names(record) if text not in drop]
    own = official_of(record, listed)
    made = []
    for language, text in listed:
        status = _status(language, text, own, both_own=both_own)
        made.append(name(text, language, status, source, USERS.get(language, "")))
    return made


def official_of(record: Json, listed: Iterable[tuple[str, str]]) -> str:
    """The name in the state's own language and letters that is most like the main name."""
    language = OWN[record["country"]]
    own = [t for lang, t in listed if lang == language and script_of(t) == NATIVE[language]]
    main = tidy(record["name"])
    return max(own, key=lambda text: likeness(text, main) >= ALIKE, default="")


def _status(language: str, text: str, own: str, *, both_own: bool) -> str:
    """The status of a name; ``own`` is the official one."""
    if text == own:
        return "official"
    if language == "hy" and script_of(text) == "Latn":
        return "romanised"
    if language not in USERS:
        return "romanised" if script_of(text) == "Latn" else "alternate"
    # A word of its own, no transcription, is the name of people who lived there.
    transcribed = own and likeness(text, own) >= ALIKE
    same_side = own and NATIVE[language] == script_of(own)
    return "exonym" if transcribed and not both_own and not same_side else "alternate"


def plain_english(entry: Json, everyday: Collection[str] = ()) -> str:
    """The plain English form of a name: no diacritics, no aspiration, single r.

    A name whose plain form is an everyday word stays as it is written.
    """
    text = str(entry["text"])
    if entry["script"] == "Armn":
        return " ".join(word.capitalize() for word in name_key(text)).replace("rr", "r")
    text = text.translate(PLAIN) if entry["language"] == "az" else text
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = plain.replace("rr", "r").replace("Rr", "R")
    return str(entry["text"]) if plain in everyday else plain


def label_of(
    names: list[Json], country: str, *, both_own: bool, everyday: Collection[str] = ()
) -> str:
    """Both users' names in alphabetical order where both are in use, else the own plain form."""
    order = {"official": 0, "alternate": 1, "exonym": 1, "romanised": 2}
    ranked = sorted(names, key=lambda n: order.get(n["status"], 1))
    in_az = [plain_english(n, everyday) for n in ranked if n["language"] == "az"]
    in_hy = [plain_english(n) for n in ranked if n["script"] == "Armn"]
    other = [plain_english(n, everyday) for n in names if n["script"] == "Latn"]
    own = in_az if country == "AZ" else in_hy
    if both_own and in_az:
        said = Counter(key_of(n["text"]) for n in names)
        distinct = [text for text in in_hy if likeness(text, in_az[0]) < ALIKE]
        # Where the other side also writes this name in its own letters, it is the name of both.
        if distinct and len(distinct) == len(in_hy):
            # The lists put corrections last, so of equals the last one is taken.
            armenian = max(reversed(distinct), key=lambda text: said[key_of(text)])
            return " / ".join(sorted((in_az[0], armenian)))
    return next(iter(own or other or in_az or in_hy))
