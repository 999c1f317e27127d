"""Made-up packs, texts and typing errors, the same at every run."""

from __future__ import annotations

import json
import random
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SEED = 20240229
SYLLABLES = (
    "ka ra ma ti no vel dor san bel ri mont ber lin a shu gor hin der ta lis ush ek zar om pel "
    "qu ist ova tun gil fa mir dag yen hov sar kut nak"
)
# More than a third of the names in our packs have several words, and many share their first; one in
# fifty begins with a word that texts also write in lower case ("upper").
OPENINGS = "Upper New Old Great Little Verin Nerkin Yukhari Ashaghi Novo Boyuk Kichik Mets Staro"
ENDINGS = "Fort Valley City Ridge Bridge"
PLACES = 5_000
NAMES = 39_000
WORDS = 8_000  # of the made-up vocabulary between the names
SHARE_OF_NAMES = 0.03
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def names(count: int) -> list[str]:
    """Give different names of one to three words."""
    rng = random.Random(SEED)  # noqa: S311 - no secret
    openings, endings = OPENINGS.split(), ENDINGS.split()
    found: dict[str, None] = {}
    while len(found) < count:
        word = _word(rng, rng.choice((2, 3, 3, 4, 5)))
        kind = rng.random()
        if kind < 0.25:
            word = f"{rng.choice(openings)} {word}"
        elif kind < 0.33:
            word = f"{word} {rng.choice(endings)}"
        elif kind < 0.37:
            word = f"{word}-{_word(rng, 2)}"
        found[word] = None
    return list(found)


def _word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choices(SYLLABLES.split(), k=syllables)).capitalize()


def pack(folder: Path) -> Path:
    """Write a pack of 5,000 places with 39,000 names into a folder; give the folder."""
    spelt = iter(names(NAMES))
    each, more = divmod(NAMES, PLACES)
    features = []
    for number in range(PLACES):
        own = list(islice(spelt, each + (number < more)))
        forms = [
            {"text": name, "language": "en", "script": "Latn", "status": "alternate",
             "source": {"source": "invented"}}
            for name in own
        ]  # fmt: skip
        features.append({
            "type": "Feature",
            "id": f"invented-{number:04}",
            "geometry": {"type": "Point", "coordinates": [number % 100 / 10, number // 100 / 10]},
            "properties": {
                "kind": "settlement",
                "feature": {"class": "P", "code": "PPL", "word": "village"},
                "location": {"accuracy_m": 500, "kind": "centroid",
                             "sources": [{"source": "invented"}]},
                "names": forms,
                "label": own[0],
            },
        })  # fmt: skip
    about = {"id": "invented", "title": "Invented", "bbox": [0, 0, 10, 5], "licence": "CC0-1.0"}
    source = {"id": "invented", "citation": "Invented", "licence": "CC0-1.0",
              "retrieved": "2024-02-29"}  # fmt: skip
    folder.mkdir()
    for name, content in (
        ("pack.json", about),
        ("sources.json", [source]),
        ("places.geojson", {"type": "FeatureCollection", "features": features}),
    ):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


def text(spelt: Sequence[str], *, size: int) -> str:
    """Give prose of so many characters; three words in a hundred are names."""
    rng = random.Random(SEED + 1)  # noqa: S311
    letters = "etaoinshrdlucmfw"
    words = ["".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(WORDS)]
    parts: list[str] = []
    written = 0
    while written < size:
        sentence = [
            rng.choice(spelt) if rng.random() < SHARE_OF_NAMES else rng.choice(words)
            for _ in range(rng.randint(8, 30))
        ]
        sentence[0] = sentence[0][:1].upper() + sentence[0][1:]
        if rng.random() < 0.2:
            sentence[-1] += "'s"
        parts.append(" ".join(sentence) + rng.choice((". ", ". ", ". ", ".\n\n")))
        written += len(parts[-1])
    return "".join(parts)[:size]


def misspelt(keys: Sequence[str], *, count: int, edits: Sequence[int]) -> Iterator[str]:
    """Yield keys with as many random edits as ``edits`` says in turn."""
    rng = random.Random(SEED + 2)  # noqa: S311
    for number in range(count):
        key = rng.choice(keys)
        for _ in range(edits[number % len(edits)]):
            key = _edited(rng, key)
        yield key


def _edited(rng: random.Random, key: str) -> str:
    at = rng.randrange(len(key))
    letter = rng.choice(ALPHABET)
    return rng.choice((
        key[:at] + letter + key[at:],
        key[:at] + key[at + 1 :],
        key[:at] + letter + key[at + 1 :],
        key[:at] + key[at + 1 : at + 2] + key[at : at + 1] + key[at + 2 :],
    ))  # fmt: skip
