"""What is scored: our reading of a document, and the plain baselines made from the same names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.articles import article_from_document
from geo.parsed import document
from geo.pipeline import gazetteer_for, read

if TYPE_CHECKING:
    from geo.lookup.world import World
    from geo.model import Reading

Json = dict[str, Any]


def reading_of(fields: Json) -> Reading:
    """Read a document as ``clashmap parse --jsonl`` does."""
    article = article_from_document(fields)
    return read(article, gazetteer_for(article))


def read_again(reading: Reading) -> Reading:
    """Read the same article once more."""
    article = reading.article
    return read(article, gazetteer_for(article))


def ours(reading: Reading) -> Json:
    """The line that ``clashmap parse --json`` prints."""
    return document(reading, why=True)


def most_populous(line: Json, world: World | None) -> Json:
    """The names of a document, each where the largest place of its name in the world lies.

    Countries, of which a list of towns has none, keep our point.
    """
    toponyms = []
    for toponym in line["toponyms"]:
        found = world.find(toponym["text"]) if world else []
        largest = max(found, key=lambda answer: (answer.population, -answer.number), default=None)
        point = (largest.lat, largest.lon) if largest else (None, None)
        if toponym["kind"] != "country":
            toponym = {**toponym, "lat": point[0], "lon": point[1]}  # noqa: PLW2901 - moved
        toponyms.append(toponym)
    return {**line, "toponyms": toponyms}


def every_name_a_site(line: Json) -> Json:
    """The usual map of an article: each place it names is where something happened."""
    toponyms = [{**toponym, "role": "event_site"} for toponym in line["toponyms"]]
    seen = {toponym["place"]: toponym for toponym in toponyms}
    events = [
        {"type": "battle", "date_start": None, "date_end": None, "places": [name], "actors": [],
         "claimed_by": [], "denied_by": [], "deaths": None, "wounded": None}
        for name in seen
    ]  # fmt: skip
    return {**line, "toponyms": toponyms, "events": events}
