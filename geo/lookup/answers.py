"""What the look-up index answers with: plain classes, because nothing heavier may be imported."""

from __future__ import annotations

from geo.lookup.ranking import Rank, name_rank, reasons


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
    """A dated statement: the place belongs to ("de jure") or is held by ("de facto") another."""

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


class Answer:
    """A place as the index holds it, and how it was found.

    ``matched``, ``rank`` and ``reasons`` are set for look-ups by name, ``km`` where a point was
    given. ``Index.complete`` adds names, holdings and ``parents``: the de jure ones, nearest first.
    """

    __slots__ = (
        "accuracy_m",
        "certainty",
        "code",
        "end",
        "extent_m",
        "forms",
        "holdings",
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
        self.matched = ""
        self.rank: Rank = (0, 0, 0.0, 0, 0, 0)
        self.reasons: tuple[str, ...] = ()
        self.forms: tuple[Form, ...] = ()
        self.holdings: tuple[Holding, ...] = ()
        self.parents: tuple[str, ...] = ()

    def judge(self, form: Form, *, how: str, on: str) -> None:
        """Take ``form`` as what matched if it ranks before what did so far."""
        valid = holds(form.start, form.end, on) and holds(self.start, self.end, on)
        rank = name_rank(how=how, valid=valid, status=form.status, kind=self.kind, km=self.km)
        if self.matched and rank >= self.rank:
            return
        self.matched, self.rank = form.text, rank
        self.reasons = reasons(
            how=how, valid=valid if on else None, status=form.status, word=self.word,
            km=self.km, on=on,
        )  # fmt: skip


def holds(start: str, end: str, on: str) -> bool:
    """Tell whether dates hold on a day, all ISO; empty is open, an empty day is any day."""
    return not on or ((not start or start <= on) and (not end or on <= end))
