"""Every record that crosses from one module to another, in the order of the data.

articles -> text -> mentions -> places -> events -> claims -> geometries -> layers -> files

Records are frozen and typed; an unknown field in a file is an error, not a shrug. Offsets are
Python string offsets into ``Article.text`` exactly as it was given. Coordinates are always named
``lat`` and ``lon``, in degrees WGS 84; a bare pair occurs only inside GeoJSON geometries, where it
is ``[lon, lat]``. Dates are ISO dates as printed in the article: no time zone is applied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

PlaceKind = Literal[
    "settlement",
    "district",
    "province",
    "region",
    "country",
    "line",
    "feature",
    "facility",
    "macro",
]
Role = Literal["event_site", "other_literal", "metonym", "dateline"]
Relation = Literal[
    "in",
    "near",
    "around",
    "outskirts",
    "direction",
    "bearing",
    "distance",
    "between",
    "along-line",
    "section-of-border",
    "part-of",
]
Precision = Literal[
    "exact",
    "settlement",
    "near",
    "direction",
    "bearing",
    "district",
    "border",
    "line",
    "region",
    "distance",
    "between",
    "country",
    "none",
]
EventType = Literal[
    "battle",
    "shelling/artillery",
    "air/drone strike",
    "missile strike",
    "capture/territorial change",
    "violence against civilians",
    "ceasefire/agreement",
    "other",
]
SegmentKind = Literal[
    "header", "title", "byline", "heading", "caption", "paragraph", "repeat", "link", "footer"
]
NameStatus = Literal[
    "official", "de facto", "exonym", "former", "romanised", "alternate", "misspelling"
]


class Record(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
):
    """Base of all records."""


# -- the gazetteer -----------------------------------------------------------------------------


class Cite(Record, frozen=True, kw_only=True):
    """Where a fact comes from: an id of the pack's ``sources.json`` and the record in it."""

    source: str
    record: str = ""


class Name(Record, frozen=True, kw_only=True):
    """An attested form of a place's name. ``user`` is the side or body that uses it."""

    text: str
    language: str
    script: str
    status: NameStatus
    source: Cite
    user: str = ""
    start: dt.date | None = msgspec.field(default=None, name="from")
    end: dt.date | None = msgspec.field(default=None, name="to")


class Sighting(Record, frozen=True, kw_only=True):
    """Where another source, that does not repeat the first, puts a place."""

    lat: float
    lon: float
    source: Cite


class Location(Record, frozen=True, kw_only=True):
    """A representative point. ``accuracy_m`` is how far the true spot or centre may be from it.

    ``compared`` is where independent sources put the place; one farther off than ``accuracy_m``
    is a disagreement, which every answer tells.
    """

    lat: float
    lon: float
    accuracy_m: int
    kind: Literal["site", "centroid", "representative"]
    sources: tuple[Cite, ...]
    compared: tuple[Sighting, ...] = ()


class FeatureType(Record, frozen=True, kw_only=True):
    """GeoNames feature class and code, and the English word that a reader would use."""

    class_: str = msgspec.field(name="class")
    code: str
    word: str


class Belonging(Record, frozen=True, kw_only=True):
    """A dated, sourced statement that a place belongs to ``parent`` or is held by ``holder``."""

    source: Cite
    parent: str = ""
    holder: str = ""
    start: dt.date | None = msgspec.field(default=None, name="from")
    end: dt.date | None = msgspec.field(default=None, name="to")


class Place(Record, frozen=True, kw_only=True):
    """A curated place. The id is forever: superseded, never renamed or deleted."""

    id: str
    kind: PlaceKind
    feature: FeatureType
    location: Location
    names: tuple[Name, ...]
    label: str
    extent_m: int = 0
    de_jure: tuple[Belonging, ...] = ()
    de_facto: tuple[Belonging, ...] = ()
    borders: tuple[str, ...] = ()
    concordances: Mapping[str, str] = msgspec.field(default_factory=dict)
    certainty: Literal["certain", "likely", "uncertain"] = "certain"
    start: dt.date | None = msgspec.field(default=None, name="from")
    end: dt.date | None = msgspec.field(default=None, name="to")
    superseded_by: str = ""
    note: str = ""


class Shape(Record, frozen=True, kw_only=True):
    """A dated line or area of a place. ``geometry`` is a GeoJSON geometry."""

    id: str
    place: str
    kind: Literal["line", "area"]
    label: str
    geometry: Mapping[str, Any]
    accuracy_m: int
    sources: tuple[Cite, ...]
    start: dt.date | None = msgspec.field(default=None, name="from")
    end: dt.date | None = msgspec.field(default=None, name="to")
    note: str = ""


class Actor(Record, frozen=True, kw_only=True):
    """A party or body that acts or speaks: a state, a de facto authority, a group, an observer.

    ``names`` are nouns ("Norland"; "Defence Ministry" is not one); ``adjectives`` are forms such as
    "Norlandic"; ``place`` is the place that stands for it in text (its capital by ``seats``).
    """

    id: str
    label: str
    kind: Literal["state", "de facto authority", "armed group", "body", "observer", "media"]
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    place: str = ""
    seats: tuple[str, ...] = ()
    group: str = ""
    sources: tuple[Cite, ...] = ()
    note: str = ""


class Source(Record, frozen=True, kw_only=True):
    """A citable source: a file, package or public page that was opened.

    ``retrieved`` is the day on which that was; every source of a pack states it.
    """

    id: str
    citation: str
    licence: str
    retrieved: dt.date | None = None
    credit: str = ""
    url: str = ""


class Refusal(Record, frozen=True, kw_only=True):
    """A record of a source that was seen and left out of a pack, and why."""

    id: str
    name: str
    lat: float
    lon: float
    source: Cite
    reason: str


class Pack(Record, frozen=True, kw_only=True):
    """A folder of data: one theatre, or the world.

    Names in its ``languages`` are also found as the English press would spell them, unless such a
    spelling is one of ``everyday``: words that mean something else in reports.
    """

    id: str
    title: str
    bbox: tuple[float, float, float, float]
    licence: str
    countries: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    note: str = ""


# -- articles and text -------------------------------------------------------------------------


class Span(Record, frozen=True, kw_only=True):
    """``text[start:end]`` of an article."""

    start: int
    end: int


class Segment(Record, frozen=True, kw_only=True):
    """A block of an article (a line or paragraph) and what it is."""

    start: int
    end: int
    kind: SegmentKind


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence inside one segment; ``index`` counts through the article."""

    start: int
    end: int
    index: int
    segment: int
    kind: SegmentKind


class Article(Record, frozen=True, kw_only=True):
    """One text as given, with what is known about it.

    ``published_basis`` says where the date comes from; "inferred" means from the text itself.
    ``text_kind`` "digest" means that the sentences are our summary of the report.
    """

    id: str
    text: str
    sha256: str
    path: str = ""
    title: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    published: dt.date | None = None
    published_basis: Literal["metadata", "header", "inferred", ""] = ""
    language: str = "en"
    text_kind: Literal["original", "digest"] = "original"
    packs: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    sentences: tuple[Sentence, ...] = ()


# -- reading -----------------------------------------------------------------------------------


class Mention(Record, frozen=True, kw_only=True):
    """A place name found in the text. No candidates: a name that no gazetteer holds."""

    start: int
    end: int
    text: str
    candidates: tuple[str, ...] = ()
    reason: str = ""


class Rival(Record, frozen=True, kw_only=True):
    """A candidate and its score, with the reasons for and against it in plain words."""

    place_id: str
    score: float
    reasons: tuple[str, ...] = ()


class Resolution(Record, frozen=True, kw_only=True):
    """What a mention refers to and what part it plays.

    ``place_id`` is empty where the name is unknown or was refused; ``lat``/``lon`` are None for
    places without a sensible point. ``may_be_site`` is False where a cue says that nothing
    happened there ("Moscow urged", "based in Brussels"); events choose among the others.
    """

    mention: Mention
    place_id: str = ""
    label: str = ""
    kind: PlaceKind | Literal[""] = ""
    lat: float | None = None
    lon: float | None = None
    status: Literal["resolved", "ambiguous", "unknown"] = "unknown"
    role: Role = "other_literal"
    role_reason: str = ""
    may_be_site: bool = True
    precision: Precision = "none"
    reasons: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()


class PlacePhrase(Record, frozen=True, kw_only=True):
    """How the words around a mention place something: "20 km east of X", "northern part of X".

    ``anchors`` are indexes into the article's resolutions (two for "between"); ``start``/``end``
    span the words. ``bearing`` is a compass point ("N", "SE"), ``part`` likewise for parts and
    sections, for all sides of "north and east of", and "C" for halfway between. ``distance_km``
    with "near" is the farthest ("within 3 km of"). ``line`` is the id of the place that is a line
    ("the border", "line of contact").
    ``literal`` is False where the words put nothing there: "from X", "A in X", "A, 3 km from X";
    ``describes`` is then the index of A where the words say how far, or on which side, A lies.
    """

    relation: Relation
    anchors: tuple[int, ...]
    start: int
    end: int
    distance_km: float | None = None
    bearing: str = ""
    part: tuple[str, ...] = ()
    line: str = ""
    generic: str = ""
    literal: bool = True
    reason: str = ""
    describes: int | None = None


class EventPlace(Record, frozen=True, kw_only=True):
    """One place of an event: the toponym it rests on and how the text relates the event to it.

    ``other_place_id`` is the second of "between A and B"; without a ``place_id``, the place by
    which the text tells where an unknown one lies ("A, 20 km south of B"), with ``distance_km``
    and ``bearing`` from there.
    """

    place: str
    place_id: str
    lat: float | None
    lon: float | None
    relation: Relation
    precision: Precision
    start: int
    end: int
    shape_id: str = ""
    distance_km: float | None = None
    bearing: str = ""
    part: tuple[str, ...] = ()
    other_place_id: str = ""


class Figure(Record, frozen=True, kw_only=True):
    """A toll as somebody gives it. Figures overlap and disagree: they are never added up here.

    ``bound`` is "at least", "more than", "about", "up to" or "". ``side`` lost the people.
    """

    killed: int | None = None
    wounded: int | None = None
    side: str = ""
    kind: Literal["military", "civilian", ""] = ""
    bound: str = ""
    claimed_by: tuple[str, ...] = ()
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    start: int
    end: int


class Claim(Record, frozen=True, kw_only=True):
    """Who asserts or denies an event, in which words. ``hedge`` keeps "reportedly" and the like.

    ``start``/``end`` span the whole sentence: a denial is never cut before its second half.
    """

    stance: Literal["asserts", "denies"]
    claimant: str
    claimant_id: str = ""
    speaker: str = ""
    verb: str = ""
    hedge: str = ""
    start: int
    end: int


class Event(Record, frozen=True, kw_only=True):
    """One reported event of one article.

    ``claimed_by`` empty means that the article speaks in its own voice. ``deaths`` and
    ``wounded`` are None where figures conflict or merge several things; ``figures`` has them all.
    ``date_text`` are the words that the date rests on and ``date_rule`` how they were read.
    ``retold`` are its places' names where the text tells of it again.
    """

    id: str
    article_id: str
    type: EventType
    places: tuple[EventPlace, ...]
    start: int
    end: int
    trigger_start: int
    trigger_end: int
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    date_text: str | None = None
    date_rule: str = ""
    actors: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    deaths: int | None = None
    wounded: int | None = None
    background: bool = False
    reviewed: bool = False
    retold: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def claimed_by(self) -> tuple[str, ...]:
        """Labels of those who assert the event, in the order of the text."""
        return tuple(dict.fromkeys(c.claimant for c in self.claims if c.stance == "asserts"))

    @property
    def denied_by(self) -> tuple[str, ...]:
        """Labels of those who deny it, in the order of the text."""
        return tuple(dict.fromkeys(c.claimant for c in self.claims if c.stance == "denies"))


class Reading(Record, frozen=True, kw_only=True):
    """All that was read in one article."""

    article: Article
    resolutions: tuple[Resolution, ...] = ()
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()


# -- the map -----------------------------------------------------------------------------------


class Incident(Record, frozen=True, kw_only=True):
    """Reports of one event put together; ``reason`` says why they were."""

    id: str
    events: tuple[str, ...]
    reason: str = ""


class Feature(Record, frozen=True, kw_only=True):
    """One place of one event with the geometry to draw. ``geometry`` None: nothing is drawn.

    ``lat``/``lon`` are the representative point. ``choices`` state in words every number that is
    ours rather than the article's ("Radius 10 km is our reading of 'near'.").
    """

    id: str
    event_id: str
    place: EventPlace
    geometry: Mapping[str, Any] | None
    lat: float | None
    lon: float | None
    ucdp_where_prec: int
    acled_geo_precision: int
    choices: tuple[str, ...] = ()


class Layer(Record, frozen=True, kw_only=True):
    """Features that are switched on and off together."""

    id: str
    title: str
    features: tuple[Feature, ...]
    visible: bool = True


class Problem(Record, frozen=True, kw_only=True):
    """Something that was refused, quarantined or found contradictory: what, where, what to do."""

    code: str
    message: str
    where: str = ""
    remedy: str = ""
    severity: Literal["error", "warning", "note"] = "warning"
