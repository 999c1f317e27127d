"""The way of the data, stage after stage: articles in, readings and files out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo import __version__
from geo.events import extract_events
from geo.events.sites import other_end
from geo.gazetteer import Gazetteer, available_packs
from geo.gazetteer.behind import is_world_id
from geo.gazetteer.packs import PackFiles, read_pack
from geo.lookup.bundled import pack_folder
from geo.mentions import find_mentions
from geo.mentions.surroundings import surroundings
from geo.model import (
    Article,
    Event,
    Feature,
    Layer,
    PlacePhrase,
    Problem,
    Reading,
    Record,
    Resolution,
)
from geo.phrases import place_phrases
from geo.places import resolve_places
from geo.roles import assign_roles

if TYPE_CHECKING:
    from geo.leaflet.data import PageInput
    from geo.model import Precision

WORLD = "world"
NAMES_FOR_A_THEATRE = 2


def read(article: Article, gazetteer: Gazetteer) -> Reading:
    """All that one article says: a pure function of the article and the packs."""
    mentions = find_mentions(article, gazetteer)
    resolutions = assign_roles(article, resolve_places(article, mentions, gazetteer), gazetteer)
    phrases = place_phrases(article, resolutions, gazetteer=gazetteer)
    phrases = _credible(article, resolutions, phrases, gazetteer)
    events = extract_events(article, resolutions, phrases, gazetteer)
    resolutions = with_sites(resolutions, events)
    problems = _unknown_places(article, resolutions, events)
    problems += _measured(article, resolutions, phrases, events, gazetteer)
    return Reading(article=article, resolutions=resolutions, events=events, problems=problems)


def with_sites(
    resolutions: Iterable[Resolution], events: Iterable[Event]
) -> tuple[Resolution, ...]:
    """The resolutions with the role of those that an event rests on."""
    import msgspec

    given = tuple(resolutions)
    sites: dict[tuple[int, int], Precision] = {}
    for event in events:
        for place in event.places:
            sites[place.start, place.end] = place.precision
            if other := other_end(place, given):
                sites.setdefault((other.mention.start, other.mention.end), place.precision)
        for span in event.retold:
            sites.setdefault((span.start, span.end), event.places[0].precision)
    out = []
    for resolution in given:
        precision = sites.get((resolution.mention.start, resolution.mention.end))
        if precision is not None:
            resolution = msgspec.structs.replace(  # noqa: PLW2901 - the record with its last two fields
                resolution,
                role="event_site",
                role_reason="an event rests on it",
                precision=precision,
            )
        out.append(resolution)
    return tuple(out)


def _credible(
    article: Article,
    resolutions: tuple[Resolution, ...],
    phrases: tuple[PlacePhrase, ...],
    gazetteer: Gazetteer,
) -> tuple[PlacePhrase, ...]:
    """The phrases, none of which places anything at a distance that the map contradicts."""
    lines = any(p.line for p in phrases)
    if not any(
        p.literal and (p.describes is not None or (lines and p.distance_km)) for p in phrases
    ):
        return phrases
    from geo.geometries import credible  # heavy, and seldom needed

    return credible(article, resolutions, phrases, gazetteer=gazetteer)


def _measured(
    article: Article,
    resolutions: tuple[Resolution, ...],
    phrases: tuple[PlacePhrase, ...],
    events: tuple[Event, ...],
    gazetteer: Gazetteer,
) -> tuple[Problem, ...]:
    """Stated distances and sides that the map contradicts; most articles state none."""
    if not any(p.distance_km or (p.bearing and p.describes is not None) for p in phrases):
        return ()
    from geo.geometries import check_phrases  # heavy, and seldom needed

    return check_phrases(article, resolutions, phrases, events, gazetteer=gazetteer)


def _unknown_places(
    article: Article, resolutions: Iterable[Resolution], events: Iterable[Event]
) -> tuple[Problem, ...]:
    told = {
        article.text[place.start : place.end]
        for event in events
        for place in event.places
        if not place.place_id and place.precision != "none"
    }
    found: dict[str, Problem] = {}
    for resolution in resolutions:
        if resolution.status != "resolved":
            name = resolution.mention.text
            said = "no gazetteer holds it; it is listed, not drawn"
            if name in told:
                said = "no gazetteer holds it; it is drawn where the article says that it lies"
            if resolution.status == "ambiguous":
                said = (
                    "several places have this name and little decides;"
                    f" {resolution.label} was taken"
                )
            found.setdefault(
                name,
                Problem(
                    code=f"{resolution.status}-place",
                    message=f"{name!r}: {said}",
                    where=f"{article.id}, character {resolution.mention.start}",
                    remedy="add the place to a pack (gazetteer/README.md)",
                    severity="note",
                ),
            )
    return tuple(found.values())


# -- which packs ---------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def gazetteer_of(*packs: str) -> Gazetteer:
    """The gazetteer of these packs, read once."""
    return Gazetteer(_files_of(folder) for folder in dict.fromkeys(map(pack_folder, packs)))


def reading_gazetteer(*packs: str) -> Gazetteer:
    """The gazetteer of these packs, with the list of the world behind it where there is one."""
    from geo.lookup.world import is_off

    return gazetteer_of(*packs) if is_off() else _behind(*packs)


@lru_cache(maxsize=8)
def _behind(*packs: str) -> Gazetteer:
    from geo.gazetteer.behind import Behind
    from geo.lookup.world import open_world

    world, base = open_world(), gazetteer_of(*packs)
    return Behind(base, world) if world else base


@lru_cache(maxsize=8)
def _files_of(folder: str) -> PackFiles:
    return read_pack(Path(folder))


def packs_for(article: Article) -> tuple[str, ...]:
    """The bundled packs whose places an article names, theatres first, the world last."""
    around = surroundings(article)
    starts = zip(around.keys, around.starts, strict=True)
    keys = {key for key, start in starts if article.text[start].isupper()}
    chosen = []
    for pack in available_packs():
        if pack == WORLD:
            continue
        places, parties = _telling(pack)
        named = {places[key] for key in keys if key in places}
        # One chance homonym chooses no theatre; one beside a party of it, or two, do.
        if len(named) >= (NAMES_FOR_A_THEATRE if parties.isdisjoint(keys) else 1):
            chosen.append(pack)
    return (*chosen, WORLD)


@lru_cache(maxsize=8)
def _telling(pack: str) -> tuple[Mapping[str, str], frozenset[str]]:
    """Keys of a theatre's one-word names, each with its place, and first keys of its parties."""
    gazetteer = gazetteer_of(pack)
    last = {key: entries[-1] for key, entries in gazetteer.name_index.items()}
    parties = frozenset(
        key
        for index in (gazetteer.actor_index, gazetteer_of(WORLD).actor_index)
        for key, rows in index.items()
        if any(actor in gazetteer.packs[0].parties for _, actor, *_ in rows)
    )
    single = {
        key: entry.places[0]
        for key, entry in last.items()
        if len(entry.key) == 1 and not (entry.capitals or entry.shortened)
    }
    return single, parties


# -- a whole build -------------------------------------------------------------------------------


class Build(Record, frozen=True, kw_only=True):
    """What a build read and would write: file name -> bytes."""

    readings: tuple[Reading, ...]
    layers: tuple[Layer, ...]
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes]


Progress = Callable[[Iterable[Article], int, str], Iterable[Article]]


def read_all(
    articles: Iterable[Article], *, packs: tuple[str, ...] = (), progress: Progress | None = None
) -> tuple[tuple[Reading, ...], Gazetteer]:
    """Readings of articles, and one gazetteer of all packs that they needed."""
    known = tuple(articles)
    named = (pack for article in known for pack in packs_for(article) if pack != WORLD)
    chosen = packs or (*dict.fromkeys(named), WORLD)
    gazetteer = reading_gazetteer(*chosen)
    steps = progress(known, len(known), "reading") if progress else known
    readings = tuple(read(article, gazetteer) for article in steps)
    # Where no place of the world was needed, the result is the same with a list of it or without.
    needed = any(is_world_id(r.place_id) for reading in readings for r in reading.resolutions)
    return readings, gazetteer if needed else gazetteer_of(*chosen)


def draw_all(readings: Iterable[Reading], gazetteer: Gazetteer) -> dict[str, tuple[Feature, ...]]:
    """Features by event id."""
    from geo.geometries import draw

    return {
        event.id: tuple(draw(event, place, gazetteer) for place in event.places)
        for reading in readings
        for event in reading.events
    }


def build(
    articles: Iterable[Article],
    *,
    problems: tuple[Problem, ...] = (),
    packs: tuple[str, ...] = (),
    title: str = "",
    progress: Progress | None = None,
) -> Build:
    """Everything that ``clashmap build`` writes, in memory."""
    from geo.files import geojson, table
    from geo.layers import build_layers
    from geo.leaflet import render
    from geo.report import report
    from geo.rows import event_rows

    readings, gazetteer = read_all(articles, packs=packs, progress=progress)
    features = draw_all(readings, gazetteer)
    layers = build_layers((event for reading in readings for event in reading.events), features)
    rows = event_rows(readings, features)
    found = (p for reading in readings for p in reading.problems)
    everything = (*problems, *gazetteer.problems, *found)
    files = {
        "map.html": render(
            page_input(readings, layers, gazetteer, problems=problems, title=title)
        ).encode(),
        "map.geojson": geojson(rows),
        "events.csv": table(rows),
    }
    files["report.json"] = report(readings, gazetteer, problems=problems, outputs=files)
    return Build(readings=readings, layers=layers, problems=everything, files=files)


def page_input(
    readings: tuple[Reading, ...],
    layers: tuple[Layer, ...],
    gazetteer: Gazetteer,
    *,
    problems: tuple[Problem, ...] = (),
    title: str = "",
) -> PageInput:
    """What the page is made from."""
    import json

    from geo.leaflet.data import PageInput as Page

    used = {p.place_id for r in readings for e in r.events for p in e.places} | {
        p.other_place_id for r in readings for e in r.events for p in e.places
    }
    shapes = {p.shape_id for r in readings for e in r.events for p in e.places}
    outlines = [
        feature for _, data in gazetteer.outlines() for feature in json.loads(data)["features"]
    ]
    return Page(
        title=title or default_title(readings, gazetteer),
        readings=readings,
        layers=layers,
        places=tuple(gazetteer.places[key] for key in sorted(used) if key in gazetteer.places),
        shapes=tuple(s for place in sorted(shapes) if place for s in gazetteer.shapes(place)),
        actors=tuple(gazetteer.actors.values()),
        outlines=tuple(outlines),
        sources=tuple(gazetteer.sources.values()),
        packs=gazetteer.packs,
        gazetteer_digest=gazetteer.digest,
        problems=problems,
        version=__version__,
    )


def default_title(readings: tuple[Reading, ...], gazetteer: Gazetteer) -> str:
    """What the sources cover: ``Reported clashes: PACK, FROM-TO``."""
    days = [
        d
        for r in readings
        for e in r.events
        if not e.background
        for d in (e.date_start, e.date_end)
        if d
    ]
    years = f", {min(days).year}" if days else ""
    if days and max(days).year != min(days).year:
        years += f"–{max(days).year}"
    theatre = next((pack.title for pack in gazetteer.packs if pack.id != WORLD), "")
    return f"Reported clashes{': ' + theatre if theatre else ''}{years}"


def sha256(data: bytes) -> str:
    """Hex digest."""
    return hashlib.sha256(data).hexdigest()
