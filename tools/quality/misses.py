"""Every miss with its sentence and the rule that is responsible: how the rules get better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from figures import Scored, Text

NEAR_KM = 10.0
Json = dict[str, Any]


def report(measured: Iterable[Scored]) -> str:
    """Tab-separated lines: set, text, kind of miss, words, ours, gold, our reasons, sentence."""
    rows = [
        (scored.name, text.name, *row)
        for scored in measured
        for text in scored.texts
        if "toponyms" in text.gold
        for row in _of_names(text)
    ]
    return "".join("\t".join(" ".join(str(cell).split()) for cell in row) + "\n" for row in rows)


def _of_names(text: Text) -> Iterator[tuple[str, ...]]:
    ours = {(t["start"], t["end"]): t for t in text.line["toponyms"]}
    taken = set()
    for gold in text.gold["toponyms"]:
        words = text.gold.get("text", "")[gold["start"] : gold["end"]] or gold.get("text", "")
        span = next((s for s in ours if s[0] < gold["end"] and gold["start"] < s[1]), None)
        sentence = _sentence(text, gold["start"])
        if span is None:
            yield "name not found", words, "", gold.get("role") or "", "", sentence
            continue
        taken.add(span)
        found = ours[span]
        why = found["why"]
        if gold.get("role") and found["role"] != gold["role"]:
            yield "role", words, found["role"], gold["role"], why["role"], sentence
        if gold.get("lat") is not None and not _near(found, gold):
            said = f"{found['place']} {found['lat']} {found['lon']}"
            meant = f"{gold.get('place') or gold.get('name')} {gold['lat']} {gold['lon']}"
            yield "place", words, said, meant, "; ".join(why["place"]), sentence
    ignored = [(span["start"], span["end"]) for span in text.gold.get("ignore", ())]
    for span, found in ours.items():
        if span not in taken and not any(a < span[1] and span[0] < b for a, b in ignored):
            why = found["why"]["found"]
            yield "no name", found["text"], found["role"], "", why, _sentence(text, span[0])


def _near(found: Json, gold: Json) -> bool:
    from geo.lookup.distances import haversine_km

    if found["lat"] is None:
        return False
    km = haversine_km(lat=found["lat"], lon=found["lon"], to_lat=gold["lat"], to_lon=gold["lon"])
    return km <= NEAR_KM


def _sentence(text: Text, at: int) -> str:
    article = text.reading.article
    for sentence in article.sentences:
        if sentence.start <= at < sentence.end:
            return article.text[sentence.start : sentence.end]
    return article.text[max(0, at - 80) : at + 80]
