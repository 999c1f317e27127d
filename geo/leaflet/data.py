"""What the page is made from (`PageInput`) and the one JSON block that carries it into the page.

Everything a reader may see leaves here as plain text; the page writes it by ``textContent`` only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003 - msgspec reads it when the record is made
from typing import TYPE_CHECKING, Any

from geo.leaflet.events import Context, Json, event_row
from geo.leaflet.outlines import outlines_on_page
from geo.leaflet.parties import Parties
from geo.model import Actor, Layer, Pack, Place, Problem, Reading, Record, Shape, Source
from geo.wording import (
    NAME_MAX,
    TITLE_MAX,
    date_span,
    listing,
    long_date,
    safe_url,
    short_date,
    shown,
    words,
)

if TYPE_CHECKING:
    from geo.model import Article, Name

PROBLEMS_SHOWN = 100
"""More refusals than this are counted but not listed: the page is not the log."""

_NAME_RANK = {"official": 0, "de facto": 1, "exonym": 2, "romanised": 3, "alternate": 4}
"""Which name stands for a place in a language; former and misspelt names never do."""


class PageInput(Record, frozen=True, kw_only=True):
    """All that one page is made from. The same input gives the same bytes.

    ``places`` are those that the readings use, ``outlines`` the GeoJSON features of the packs'
    ``outlines.geojson`` one file after another, ``shapes`` those that event places name.
    """

    title: str
    subtitle: str = ""
    readings: tuple[Reading, ...] = ()
    layers: tuple[Layer, ...] = ()
    places: tuple[Place, ...] = ()
    shapes: tuple[Shape, ...] = ()
    actors: tuple[Actor, ...] = ()
    outlines: tuple[Mapping[str, Any], ...] = ()
    sources: tuple[Source, ...] = ()
    packs: tuple[Pack, ...] = ()
    gazetteer_digest: str = ""
    problems: tuple[Problem, ...] = ()
    version: str = ""


def data_json(data: Json) -> str:
    """The block as text that is safe inside ``<script type="application/json">``."""
    text = json.dumps(
        data, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
    )
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def page_data(page: PageInput) -> Json:
    """The block as plain values: parties, places, articles, events, areas, outlines, credits."""
    parties = Parties(page.actors, page.packs, (e for r in page.readings for e in r.events))
    users = {actor.id: shown(actor.label, NAME_MAX) for actor in page.actors}
    places = _places(page, users)
    context = Context(
        parties=parties,
        places={key: number for number, key in enumerate(places)},
        labels={place.id: shown(place.label, NAME_MAX) for place in page.places},
        shapes={shape.id: shape for shape in page.shapes},
    )
    for layer in page.layers:
        for feature in layer.features:
            context.features.setdefault(feature.event_id, []).append(feature)
    events = [
        event_row(event, reading, number, context)
        for number, reading in enumerate(page.readings)
        for event in reading.events
    ]
    points = [
        (place["lat"], place["lon"])
        for event in events
        for place in event["places"]
        if "lat" in place
    ]
    outlines, box = outlines_on_page(page.outlines, points)
    credited = _cited(page) | {row.pop("source") for row in outlines}
    w = words()
    return {
        "title": shown(page.title, TITLE_MAX),
        "subtitle": shown(page.subtitle, TITLE_MAX),
        "version": shown(page.version, NAME_MAX),
        "digest": shown(page.gazetteer_digest, NAME_MAX),
        "parties": parties.rows(),
        "types": [[key, labels[0]] for key, labels in w["types"].items()],
        "precisions": [[key, label] for key, label in w["precisions"].items()],
        "places": list(places.values()),
        "articles": [_article(reading.article) for reading in page.readings],
        "events": events,
        "texts": list(context.texts),
        "areas": [json.loads(text) for text in context.areas],
        "outlines": outlines,
        "focus": sorted({country for pack in page.packs for country in pack.countries}),
        "box": box,
        "sources": [_source(source) for source in page.sources if source.id in credited],
        "packs": [
            {"title": shown(p.title, TITLE_MAX), "licence": shown(p.licence, TITLE_MAX)}
            for p in page.packs
        ],
        "problems": _problems(page),
        "covers": covered_days(page),
        "join": w["join"],
        "rangeWord": w["date_exact"]["range"],
        "tableColumns": w["table_columns"],
        "disclaimer": w["disclaimer"],
        "ui": w["ui"],
    }


def place_words(event: Json, places: list[Json]) -> str:
    """'in the direction of A and B': where an event is, in the names that stand first."""
    parts = [
        pattern.replace("{}", listing([places[number]["label"] for number in numbers]))
        for pattern, numbers in event["where"]
    ]
    return listing(parts)


def _places(page: PageInput, users: Mapping[str, str]) -> dict[str, Json]:
    """Gazetteer places by id, then the names that no gazetteer holds, as written."""
    rows = {place.id: _place(place, users) for place in sorted(page.places, key=lambda p: p.id)}
    unknown: dict[str, Json] = {}
    for reading in page.readings:
        for event in reading.events:
            for place in event.places:
                for key in (place.place_id or f"?{place.place}", place.other_place_id):
                    if key and key not in rows:
                        label = shown(place.place, NAME_MAX) or shown(key, NAME_MAX)
                        row = {"id": shown(key, NAME_MAX), "label": label, "names": [], "all": []}
                        unknown.setdefault(key, row)
    return rows | {key: unknown[key] for key in sorted(unknown)}


def _place(place: Place, users: Mapping[str, str]) -> Json:
    ranked = sorted(place.names, key=_name_order)
    chosen: dict[str, str] = {}
    for name in ranked:
        if name.status in _NAME_RANK and name.language:
            chosen.setdefault(shown(name.language, 20), shown(name.text, NAME_MAX))
    every = dict.fromkeys(
        (
            shown(n.text, NAME_MAX),
            shown(n.language, 20),
            users.get(n.user, shown(n.user, NAME_MAX)),
            n.status,
        )
        for n in ranked
        if n.status != "misspelling"
    )
    return {
        "id": shown(place.id, NAME_MAX),
        "label": shown(place.label, NAME_MAX),
        "word": shown(place.feature.word, NAME_MAX),
        "names": sorted(chosen.items()),
        "all": [list(row) for row in every],
    }


def _name_order(name: Name) -> tuple[str, bool, int, str]:
    return name.language, name.end is not None, _NAME_RANK.get(name.status, 9), name.text


def _article(article: Article) -> Json:
    return {
        "id": shown(article.id, NAME_MAX),
        "title": shown(article.title, TITLE_MAX),
        "publisher": shown(article.publisher, NAME_MAX),
        "author": shown(article.author, NAME_MAX),
        "date": long_date(article.published) if article.published else "",
        "short": ", ".join(
            (
                shown(article.publisher, NAME_MAX) or shown(article.id, NAME_MAX),
                short_date(article.published),
            )
        ),
        "url": safe_url(article.url),
        "sha": shown(article.sha256, NAME_MAX),
        "digest": article.text_kind == "digest",
        "lang": shown(article.language, 20),
    }


def _source(source: Source) -> Json:
    return {
        "citation": shown(source.citation),
        "credit": shown(source.credit),
        "licence": shown(source.licence, TITLE_MAX),
        "retrieved": long_date(source.retrieved) if source.retrieved else "",
        "url": safe_url(source.url),
    }


def _cited(page: PageInput) -> set[str]:
    """Ids of the sources that the places, names and lines of the page rest on."""
    cites = [cite for place in page.places for cite in place.location.sources]
    for place in page.places:
        cites += [name.source for name in place.names]
        cites += [fact.source for fact in (*place.de_jure, *place.de_facto)]
    cites += [cite for shape in page.shapes for cite in shape.sources]
    return {cite.source for cite in cites}


def _problems(page: PageInput) -> Json:
    """What was refused, and what was only noted: names that no gazetteer holds, contradictions."""
    found = [*page.problems, *(p for reading in page.readings for p in reading.problems)]
    refused = [p for p in found if p.severity != "note"]
    notes = [p for p in found if p.severity == "note"]
    return {
        "count": len(refused),
        "listed": [_problem(p) for p in refused[:PROBLEMS_SHOWN]],
        "noteCount": len(notes),
        "notes": [_problem(p) for p in notes[:PROBLEMS_SHOWN]],
    }


def _problem(problem: Problem) -> list[str]:
    return [shown(text, TITLE_MAX) for text in (problem.message, problem.where, problem.remedy)]


def covered_days(page: PageInput) -> str:
    """The span of days of all events told as recent, in words; "" without a dated one."""
    days = [
        day
        for reading in page.readings
        for event in reading.events
        if not event.background
        for day in (event.date_start, event.date_end)
        if day is not None
    ]
    return date_span(min(days), max(days)) if days else ""
