"""The JSON that clashmap prints and writes, as records that its schemas are made from.

Nothing is built with these: ``parsed`` and ``report`` write plain JSON, and the tests hold what
they write against the schemas. What each field means stands in ``tables/fields.json``.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - msgspec reads it
from collections.abc import Mapping  # noqa: TC003 - likewise
from typing import Literal

from geo.model import EventType, PlaceKind, Precision, Problem, Record, Relation, Role, Source


class ParsedRival(Record, frozen=True, kw_only=True):
    """A place that was not chosen."""

    place_id: str
    score: float
    reasons: tuple[str, ...]


class ParsedToponymReasons(Record, frozen=True, kw_only=True):
    """Why a mention was read so."""

    found: str
    place: tuple[str, ...]
    role: str
    rivals: tuple[ParsedRival, ...]


class ParsedToponym(Record, frozen=True, kw_only=True):
    """One place name of the text."""

    start: int
    end: int
    text: str
    place: str
    place_id: str | None
    lat: float | None
    lon: float | None
    kind: PlaceKind | None
    role: Role
    precision: Precision
    status: Literal["resolved", "ambiguous", "unknown"]
    why: ParsedToponymReasons | None = None


class ParsedPlace(Record, frozen=True, kw_only=True):
    """One place of an event: the name in the text that it rests on."""

    place: str
    place_id: str | None
    lat: float | None
    lon: float | None
    relation: Relation
    precision: Precision
    shape_id: str | None
    start: int
    end: int


class ParsedClaim(Record, frozen=True, kw_only=True):
    """Who asserts or denies an event, and the sentence."""

    stance: Literal["asserts", "denies"]
    claimant: str
    hedge: str
    sentence: str


class ParsedEventReasons(Record, frozen=True, kw_only=True):
    """Why an event was read so."""

    date: str
    reasons: tuple[str, ...]
    claims: tuple[ParsedClaim, ...]


class ParsedEvent(Record, frozen=True, kw_only=True):
    """One event as the text reports it."""

    id: str
    type: EventType
    date_start: dt.date | None
    date_end: dt.date | None
    date_text: str | None
    places: tuple[ParsedPlace, ...]
    actors: tuple[str, ...]
    claimed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    deaths: int | None
    wounded: int | None
    evidence: str
    evidence_start: int
    evidence_end: int
    trigger_start: int
    trigger_end: int
    background: bool
    why: ParsedEventReasons | None = None


class ParsedLine(Record, frozen=True, kw_only=True):
    """One line of ``clashmap parse --jsonl``, for one line of the input and in its order."""

    doc_id: str
    toponyms: tuple[ParsedToponym, ...]
    events: tuple[ParsedEvent, ...]
    error: str = ""


class ReportPack(Record, frozen=True, kw_only=True):
    """A gazetteer pack that was used."""

    id: str
    title: str
    licence: str
    sha256: str


class ReportCounts(Record, frozen=True, kw_only=True):
    """What was read and found, in numbers."""

    articles: int
    events: int
    mentions: int
    refused: int


class ReportArticle(Record, frozen=True, kw_only=True):
    """One article and what was found in it."""

    id: str
    file: str
    publisher: str
    title: str
    published: dt.date | None
    published_basis: Literal["metadata", "header", "inferred", ""]
    text_kind: Literal["original", "digest"]
    characters: int
    text_sha256: str
    mentions_by_role: Mapping[str, int]
    mentions_by_status: Mapping[str, int]
    events_by_type: Mapping[str, int]
    events_by_precision: Mapping[str, int]
    problems: tuple[Problem, ...]


class Voice(Record, frozen=True, kw_only=True):
    """How often a claimant asserts and denies."""

    asserts: int
    denies: int


class Report(Record, frozen=True, kw_only=True):
    """``report.json``: what was read, found and refused.

    ``world`` is the list of the world behind the packs, where a place of it was needed.
    """

    clashmap: str
    packs: tuple[ReportPack, ...]
    gazetteer_sha256: str
    world: Source | None = None
    counts: ReportCounts
    articles: tuple[ReportArticle, ...]
    balance: Mapping[str, Voice]
    refused: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    gazetteer_problems: tuple[Problem, ...]
    outputs: Mapping[str, str]
