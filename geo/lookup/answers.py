"""What the look-up index answers with: plain classes, because nothing heavier may be imported."""

from __future__ import annotations

from geo.lookup.ranking import NO_RANK, Rank, name_rank, reasons

# What a statement about a place says: see ``Holding``.
DE_JURE, HELD, DE_FACTO = "de jure", "de facto", "de facto in"


# What answers of the index of the world give as their pack.
WORLD_LIST = "geonames"


class Form:
    """An attested name. ``user``, ``start`` and ``end`` may be empty."""

    __slots__ = ("end", "language", "script", "source", "start", "status", "text", "user")
    text: str
    language: str
    script: str
    status: str
    user: str
    start: str
    end: str
    source: str
    COLUMNS = ("text", "language", "script", "status", "user", "start", "end", "source")

    def __init__(self, row: tuple[object, ...]) -> None:
        """Take the columns in their order."""
        for name, value in zip(self.COLUMNS, row, strict=True):
            setattr(self, name, value)


class Holding:
    """A dated statement about a place.

    ``what``: it belongs to another ("de jure"), is held by somebody ("de facto"), or was counted
    into another by who held it ("de facto in").
    """

    __slots__ = ("end", "label", "other", "source", "start", "what")
    what: str
    other: str
    label: str
    start: str
    end: str
    source: str
    COLUMNS = ("what", "other", "label", "start", "end", "source")

    def __init__(self, row: tuple[object, ...]) -> None:
        """Take the columns in their order."""
        for name, value in zip(self.COLUMNS, row, strict=True):
            setattr(self, name, value)

    def holds(self, on: str) -> bool:
        """Tell whether it holds on an ISO date; '' is any day."""
        return holds(self.start, self.end, on)

    @property
    def dates(self) -> str:
        """The dates in words; '' where there is none."""
        return dates(self.start, self.end)


class Sighting:
    """Where a source puts a place. ``km`` and ``wind`` lead there from the place's own point.

    Sources of the point itself have no ``lat`` and ``lon``.
    """

    __slots__ = ("km", "lat", "lon", "source", "wind")
    source: str
    lat: float | None
    lon: float | None
    km: float
    wind: str
    COLUMNS = ("source", "lat", "lon", "km", "wind")

    def __init__(self, row: tuple[object, ...]) -> None:
        """Take the columns in their order."""
        for name, value in zip(self.COLUMNS, row, strict=True):
            setattr(self, name, value)


class Answer:
    """A place as the index holds it, and how it was found.

    ``matched``, ``rank`` and ``reasons`` are set for look-ups by name, ``km`` where a point was
    given. ``Index.complete`` adds names, holdings, sightings, and ``parents``: the de jure ones,
    nearest first, whose statements are ``above``. Where nobody is said to hold the place itself,
    ``holdings_above`` are (label of a parent, statement about it).
    """

    __slots__ = (
        "above",
        "accuracy_m",
        "certainty",
        "code",
        "end",
        "extent_m",
        "forms",
        "holdings",
        "holdings_above",
        "how",
        "id",
        "kind",
        "km",
        "label",
        "lat",
        "links",
        "location_kind",
        "lon",
        "matched",
        "note",
        "number",
        "pack",
        "parents",
        "rank",
        "reasons",
        "sightings",
        "sources",
        "start",
        "superseded_by",
        "word",
    )  # fmt: skip
    number: int
    id: str
    pack: str
    kind: str
    code: str
    word: str
    label: str
    lat: float
    lon: float
    accuracy_m: int
    location_kind: str
    certainty: str
    extent_m: int
    start: str
    end: str
    superseded_by: str
    note: str
    sources: str
    links: str
    COLUMNS = (
        "number", "id", "pack", "kind", "code", "word", "label", "lat", "lon", "accuracy_m",
        "location_kind", "certainty", "extent_m", "start", "end", "superseded_by", "note",
        "sources", "links",
    )  # fmt: skip

    def __init__(self, row: tuple[object, ...], *, km: float | None = None) -> None:
        """Take the columns in their order."""
        for name, value in zip(self.COLUMNS, row, strict=True):
            setattr(self, name, value)
        self.km = km
        self.matched = self.how = ""
        self.rank: Rank = NO_RANK
        self.reasons: tuple[str, ...] = ()
        self.forms: tuple[Form, ...] = ()
        self.holdings: tuple[Holding, ...] = ()
        self.holdings_above: tuple[tuple[str, Holding], ...] = ()
        self.sightings: tuple[Sighting, ...] = ()
        self.above: tuple[Holding, ...] = ()
        self.parents: tuple[str, ...] = ()

    def judge(self, form: Form, *, how: str, on: str) -> None:
        """Take ``form`` as what matched if it ranks before what did so far."""
        valid = holds(form.start, form.end, on) and holds(self.start, self.end, on)
        # What another record took the place of goes last, like what was not so on the day.
        standing = valid and not self.superseded_by
        rank = name_rank(
            how=how, valid=standing, status=form.status, kind=self.kind, extent_m=self.extent_m,
            km=self.km,
        )  # fmt: skip
        if self.matched and rank >= self.rank:
            return
        self.matched, self.rank, self.how = form.text, rank, how
        self.reasons = reasons(
            how=how, valid=valid if on else None, status=form.status, word=self.word,
            km=self.km, on=on,
        )  # fmt: skip
        if self.superseded_by:
            self.reasons += (f"superseded by {self.superseded_by}",)

    def identify(self, *, on: str) -> None:
        """Take the id itself as what matched: only better dates or a nearer place go before it."""
        valid = holds(self.start, self.end, on)
        self.how, self.rank = "id", (0 if valid else 1, 0, self.km or 0.0, *NO_RANK[3:])
        self.reasons = ("its id", *(self.reasons or (self.word,)))
        self.matched = self.matched or self.id

    @property
    def spot_sources(self) -> tuple[str, ...]:
        """Sources of the point."""
        return tuple(seen.source for seen in self.sightings if seen.lat is None)

    @property
    def compared(self) -> tuple[Sighting, ...]:
        """Where independent sources put the place."""
        return tuple(seen for seen in self.sightings if seen.lat is not None)

    def disagrees(self, seen: Sighting) -> bool:
        """Tell whether a source puts the place farther off than the accuracy allows."""
        return seen.km * 1000 > self.accuracy_m


def dates(start: str, end: str) -> str:
    """Give ISO dates in words; '' where there is none."""
    if start and end:
        return f"{start} to {end}"
    return f"from {start}" if start else f"until {end}" if end else ""


def holds(start: str, end: str, on: str) -> bool:
    """Tell whether dates hold on a day, all ISO; empty is open, an empty day is any day."""
    return not on or ((not start or start <= on) and (not end or on <= end))
