"""What is known about a text before it is read: the fields of a document, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from geo.errors import ArticleError
from geo.model import Problem, Record
from geo.text.calendar_words import absolute_dates

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

STRINGS = ("title", "publisher", "author", "url")
KNOWN_FIELDS = frozenset({*STRINGS, "text", "doc_id", "published", "text_kind"})
# Fields of annotated collections that say nothing about the article itself.
KNOWN_EXTRAS = frozenset({"region", "text_origin", "published_inferred"})


class Document(Record, frozen=True, kw_only=True):
    """A text and its metadata.

    ``where`` is the file as the user gave it, for messages; ``path`` is what readers are shown.
    """

    text: str
    doc_id: str = ""
    title: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    published: dt.date | None = None
    text_kind: Literal["original", "digest"] = "original"
    path: str = ""
    where: str = ""


def document_from(values: object, where: str) -> tuple[Document, tuple[Problem, ...]]:
    """A document out of the fields of a file or JSON line, and notes on fields left out.

    Raises ArticleError where there is no text. Empty fields and null count as not given.
    """
    if not isinstance(values, dict) or not isinstance(values.get("text"), str):
        raise ArticleError(
            "a document needs a field 'text' with a string",
            code="no-text",
            where=where,
            remedy='write {"doc_id": ..., "text": ...}',
        )
    given = {key: value for key, value in values.items() if value not in ("", None)}
    problems = [
        _note("unknown-field", f"field {key[:60]!r} is not used", where, "remove it")
        for key in sorted(given.keys() - KNOWN_FIELDS - KNOWN_EXTRAS)
    ]
    words = {key: _string(given, key, where, problems) for key in STRINGS}
    document = Document(
        text=values["text"],
        doc_id=str(given.get("doc_id", "")),
        title=words["title"],
        publisher=words["publisher"],
        author=words["author"],
        url=_url(words["url"], where, problems),
        published=_date(given.get("published"), where, problems),
        text_kind=_text_kind(given.get("text_kind"), where, problems),
        where=where,
    )
    return document, tuple(problems)


def _note(code: str, message: str, where: str, remedy: str) -> Problem:
    return Problem(code=code, message=message, where=where, remedy=remedy, severity="note")


def _string(given: Mapping[str, object], key: str, where: str, problems: list[Problem]) -> str:
    value = given.get(key, "")
    if isinstance(value, str):
        # Half characters (lone surrogates) cannot be written to any file.
        return " ".join(value.encode("utf-8", "replace").decode().split())
    problems.append(_note("metadata", f"{key} is not a string: {value!r:.60}", where, "quote it"))
    return ""


def _url(value: str, where: str, problems: list[Problem]) -> str:
    """The address if it is one of the web; anything else could run in a reader's browser."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in value
    except ValueError:
        usable = False
    if usable:
        return value
    remedy = "give an address that begins with https:// or http://"
    problems.append(_note("url", f"{value[:80]!r} is left out: no web address", where, remedy))
    return ""


def _date(value: object, where: str, problems: list[Problem]) -> dt.date | None:
    if value is None:
        return None
    found = absolute_dates(value) if isinstance(value, str) else ()
    if found and found[0].date:
        return found[0].date
    problems.append(
        Problem(
            code="published",
            message=f"{value!r:.60} is not read as a date; the text may still give one",
            where=where,
            remedy="write the day of publication as 2020-09-30",
        )
    )
    return None


def _text_kind(value: object, where: str, problems: list[Problem]) -> Literal["original", "digest"]:
    if value == "digest":
        return "digest"
    if value not in (None, "original"):
        remedy = "write 'original' or 'digest'"
        problems.append(_note("text-kind", f"text_kind {value!r:.60} is not known", where, remedy))
    return "original"
