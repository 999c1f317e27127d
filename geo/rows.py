"""Events as flat rows for files: the same field names in every format."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - msgspec reads the annotations
from collections.abc import Mapping  # noqa: TC003
from typing import TYPE_CHECKING, Any

import msgspec

from geo.model import (
    Article,
    Event,
    EventType,
    Feature,
    Figure,
    Precision,
    Reading,
    Record,
    Relation,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class ClaimRow(Record, frozen=True, kw_only=True):
    """Who asserts or denies the event, and the whole sentence."""

    stance: str
    claimant: str
    speaker: str = ""
    hedge: str = ""
    sentence: str = ""


class FigureRow(Record, frozen=True, kw_only=True):
    """A toll as one speaker gives it; figures overlap and are never added up."""

    killed: int | None
    wounded: int | None
    side: str
    kind: str
    bound: str
    claimed_by: tuple[str, ...]
    date_start: dt.date | None
    date_end: dt.date | None
    sentence: str


class PlaceRow(Record, frozen=True, kw_only=True):
    """One place of an event. ``representative_point`` is ``[lon, lat]`` or None."""

    place: str
    place_id: str
    relation: Relation
    precision: Precision
    geometry: Mapping[str, Any] | None
    representative_point: tuple[float, float] | None
    ucdp_where_prec: int
    acled_geo_precision: int
    start: int | None
    end: int | None
    shape_id: str = ""
    distance_km: float | None = None
    bearing: str = ""
    part: tuple[str, ...] = ()
    other_place: str = ""
    other_place_id: str = ""
    choices: tuple[str, ...] = ()


class EventRow(Record, frozen=True, kw_only=True):
    """One event with its source. Offsets are None where the text is our own digest of a report."""

    event_id: str
    type: EventType
    date_start: dt.date | None
    date_end: dt.date | None
    date_text: str | None
    date_rule: str
    actors: tuple[str, ...]
    claimed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    claims: tuple[ClaimRow, ...]
    figures: tuple[FigureRow, ...]
    background: bool
    reviewed: bool
    evidence_text: str
    evidence_start: int | None
    evidence_end: int | None
    text_kind: str
    article_id: str
    article_sha256: str
    publisher: str
    published: dt.date | None
    source_title: str
    source_url: str
    places: tuple[PlaceRow, ...]


def event_rows(
    readings: Iterable[Reading], features: Mapping[str, tuple[Feature, ...]]
) -> tuple[EventRow, ...]:
    """The events of all readings in the order of the articles; ``features`` by event id."""
    return tuple(
        _row(reading, event, features.get(event.id, ()))
        for reading in readings
        for event in reading.events
    )


def _row(reading: Reading, event: Event, features: tuple[Feature, ...]) -> EventRow:
    article = reading.article
    labels = {r.place_id: r.label for r in reading.resolutions if r.place_id}
    digest = article.text_kind == "digest"
    return EventRow(
        event_id=event.id,
        type=event.type,
        date_start=event.date_start,
        date_end=event.date_end,
        date_text=event.date_text,
        date_rule=event.date_rule,
        actors=event.actors,
        claimed_by=event.claimed_by,
        denied_by=event.denied_by,
        claims=tuple(
            ClaimRow(
                stance=claim.stance,
                claimant=claim.claimant,
                speaker=claim.speaker,
                hedge=claim.hedge,
                sentence=article.text[claim.start : claim.end],
            )
            for claim in event.claims
        ),
        figures=tuple(_figure(article, figure) for figure in event.figures),
        background=event.background,
        reviewed=event.reviewed,
        evidence_text=article.text[event.start : event.end],
        evidence_start=None if digest else event.start,
        evidence_end=None if digest else event.end,
        text_kind=article.text_kind,
        article_id=article.id,
        article_sha256=article.sha256,
        publisher=article.publisher,
        published=article.published,
        source_title=article.title,
        source_url=article.url,
        places=tuple(_place(feature, labels, digest=digest) for feature in features),
    )


def _figure(article: Article, figure: Figure) -> FigureRow:
    sentence = next((s for s in article.sentences if s.start <= figure.start < s.end), None)
    return FigureRow(
        killed=figure.killed,
        wounded=figure.wounded,
        side=figure.side,
        kind=figure.kind,
        bound=figure.bound,
        claimed_by=figure.claimed_by,
        date_start=figure.date_start,
        date_end=figure.date_end,
        sentence=article.text[sentence.start : sentence.end]
        if sentence
        else article.text[figure.start : figure.end],
    )


def _place(feature: Feature, labels: Mapping[str, str], *, digest: bool) -> PlaceRow:
    place = feature.place
    point = (
        None
        if feature.lat is None or feature.lon is None
        else (round(feature.lon, 5), round(feature.lat, 5))
    )
    return PlaceRow(
        place=place.place,
        place_id=place.place_id,
        relation=place.relation,
        precision=place.precision,
        geometry=feature.geometry,
        representative_point=point,
        ucdp_where_prec=feature.ucdp_where_prec,
        acled_geo_precision=feature.acled_geo_precision,
        start=None if digest else place.start,
        end=None if digest else place.end,
        shape_id=place.shape_id,
        distance_km=place.distance_km,
        bearing=place.bearing,
        part=place.part,
        other_place=labels.get(place.other_place_id, ""),
        other_place_id=place.other_place_id,
        choices=feature.choices,
    )


def plain(record: Record) -> dict[str, Any]:
    """The record's fields in their order as JSON values, the empty ones too."""
    names = record.__struct_encode_fields__
    return {
        encoded: msgspec.to_builtins(getattr(record, name))
        if not _records(getattr(record, name))
        else [plain(r) for r in getattr(record, name)]
        for name, encoded in zip(record.__struct_fields__, names, strict=True)
    }


def _records(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Record)
