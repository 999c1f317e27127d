"""A place while it is read: its facts, and what of its Feature found no room."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

from geo.folding import name_key
from geo.gazetteer.checks.names import MAX_TEXT, text_faults
from geo.linked_places.vocabulary import OWN

if TYPE_CHECKING:
    import datetime as dt

    from geo.model import Place

Json = dict[str, Any]
_LONGEST_ID = 60
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
SLUG = re.compile(r"(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
UNSTATED = "not stated in the file"


class Draft:
    """The facts of one Feature. ``record`` becomes ``place``, ``shapes`` its shapes."""

    def __init__(self, sources: Sources) -> None:
        """Start with nothing."""
        self.record: Json = {}
        self.place: Place
        self.shapes: list[Json] = []
        self.identifier = self.title = self.said = ""
        self.countries: tuple[str, ...] = ()
        self.parents: list[tuple[str, Json]] = []
        self.assumed_accuracy = self.own = False
        self.losses: list[tuple[str, str]] = []
        self._sources = sources

    def lost(self, what: str, text: str) -> None:
        """Remember a part that was left out."""
        self.losses.append((what, text))

    def cites(self, part: Json) -> list[Json]:
        """Give the citations of a part as our own, at least one: the file where it cites nothing.

        Older versions of the format have one ``citation``, or a ``source`` in words.
        """
        cited = (
            part.get("citations") or part.get("citation") or part.get("source") or part.get("src")
        )
        if isinstance(cited, str):
            cited = {"label": cited}
        found = cited if isinstance(cited, list) else [cited]
        made = [self._sources.cite(item) for item in found if isinstance(item, dict)]
        return made or [self._sources.file()]


class Sources:
    """The sources that a file cites, and the file itself, which stands for what cites nothing."""

    FILE = "linked-places-file"

    def __init__(self, name: str, *, retrieved: dt.date) -> None:
        """Take the file's name and the day it is of."""
        self._name = name
        self._retrieved = retrieved.isoformat()
        self._by_label: dict[tuple[str, str], str] = {}
        self._numbers: Counter[str] = Counter()
        self._used_file = False
        self.records: dict[str, Json] = {}

    def file(self) -> Json:
        """Give a citation of the file."""
        self._used_file = True
        return {"source": self.FILE}

    def cite(self, citation: Json) -> Json:
        """Give a citation of the file's as ours; its source becomes one of the pack's."""
        if own := citation.get(f"{OWN}source"):
            record = citation.get(f"{OWN}record")
            return {"source": own, "record": record} if record else {"source": own}
        url = str(citation.get("@id") or "")
        label = " ".join(str(citation.get("label") or url).split())
        year = str(citation.get("year") or "")
        if year.isdigit() and year not in label:
            label = f"{label} ({year})"
        if not label or any(text_faults(label, longest=MAX_TEXT)):
            return self.file()
        id_ = self._by_label.get((label, url))
        if id_ is None:
            wanted = slug(label) or "source"
            self._numbers[wanted] += 1
            # What two labels have in common may be all that fits into an id.
            id_ = wanted if self._numbers[wanted] == 1 else f"{wanted}-{self._numbers[wanted]}"
            while id_ in self.records or id_ == self.FILE:
                id_ += "-2"
            self._by_label[label, url] = id_
            self.records[id_] = {
                "id": id_, "citation": label, "licence": UNSTATED, "retrieved": self._retrieved,
            }  # fmt: skip
            if url.startswith(("http://", "https://")) and not any(
                text_faults(url, longest=MAX_TEXT)
            ):
                self.records[id_]["url"] = url
        return {"source": id_}

    def whole(self, members: Json) -> dict[str, Json]:
        """Give all sources by id; ``members`` of the collection tell of the file and of ours."""
        records = {**self.records}
        if self._used_file:
            title = cleaned(str(members.get("title") or ""))
            citation = f"{title}, Linked Places file {self._name}" if title else self._name
            licence = cleaned(str(members.get("license") or "")) or UNSTATED
            records[self.FILE] = {
                "id": self.FILE, "citation": citation, "licence": licence,
                "retrieved": self._retrieved, "credit": title or self._name,
            }  # fmt: skip
        own = members.get(f"{OWN}sources")
        for source in own if isinstance(own, list) else ():
            if isinstance(source, dict):
                records[str(source.get("id"))] = source
        return records


def cleaned(text: str, *, longest: int = MAX_TEXT) -> str:
    """Give a text in single spaces and NFC, or '' where that does not make it harmless."""
    text = unicodedata.normalize("NFC", " ".join(text[: longest + 1].split()))
    return "" if any(text_faults(text, longest=longest)) else text


def slug(text: str) -> str:
    """Give a text as an id, in Latin letters; '' where nothing of it can be written so."""
    plain = _NOT_SLUG.sub("-", "-".join(name_key(text[:300])))
    return plain[:_LONGEST_ID].strip("-")
