"""Documents out of files: text with front matter, web pages, JSON lines."""

from __future__ import annotations

import codecs
import os
import re
from typing import TYPE_CHECKING

import msgspec

from geo.articles.document import Document, document_from
from geo.errors import ArticleError, InputError
from geo.model import Problem

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

SUFFIXES = (".htm", ".html", ".jsonl", ".md", ".txt")
# Two hundred novels; a text file beyond that is a dump of something, not an article.
MAX_FILE_BYTES = 20_000_000
# Where the charset of a web page must be declared, by the HTML standard.
CHARSET_REACH = 1024
# Less than a sentence is a menu or a notice.
LEAST_PAGE_WORDS = 10
# htmldate takes today as its limit unless told otherwise; the same page must always say the same.
LATEST_DATE = "2100-01-01"

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{1,40})""", re.IGNORECASE
)
# Codecs of Python's own that no page is written in.
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_KEY = re.compile(r"([A-Za-z_][\w-]{0,40})[ \t]*:(?:[ \t]+(.*))?\Z")


def documents(path: Path, *, shown: str) -> Iterator[Document | Problem]:
    """Documents of one file and what is wrong with the others in it. ``shown`` names it in them.

    Raises ArticleError where the whole file cannot be used.
    """
    suffix = path.suffix.lower()
    if not os.path.lexists(path):
        raise _unreadable(path, "there is no such file or folder")
    if suffix not in SUFFIXES:
        kind = f"{suffix!r} files" if suffix else "files without suffix"
        raise ArticleError(
            f"articles are not read from {kind}",
            code="unknown-suffix",
            where=str(path),
            remedy=f"give one of {', '.join(SUFFIXES)}",
        )
    if suffix == ".jsonl":
        yield from _from_lines(path, shown)
        return
    raw = _bytes_of(path)
    if suffix in {".htm", ".html"}:
        yield from _from_page(_decoded(raw, path, page=True), path, shown)
        return
    text = _decoded(raw, path)
    values: dict[str, object] = {}
    if suffix == ".md":
        values, text = front_matter(text, where=str(path))
    else:
        values = yield from _beside(path)
    document, problems = document_from({"doc_id": path.stem, **values, "text": text}, str(path))
    yield from problems
    yield msgspec.structs.replace(document, path=shown)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise _unreadable(path, "is not a file")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise ArticleError(
                f"{size:,} bytes are more than the {MAX_FILE_BYTES:,} that an article may have",
                code="too-large",
                where=str(path),
                remedy="split the file into one article each, or give a .jsonl",
            )
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror}") from error


def _unreadable(path: Path, message: str) -> ArticleError:
    return ArticleError(
        message,
        code="unreadable",
        where=str(path),
        remedy="check that it exists and that you may read it",
    )


def _decoded(raw: bytes, path: Path, *, page: bool = False) -> str:
    """The text with its line ends as they are, without byte-order mark."""
    encoding = next((name for mark, name in _BOMS if raw.startswith(mark)), "utf-8")
    declared = _CHARSET.search(raw[:CHARSET_REACH]) if page and encoding == "utf-8" else None
    if encoding != "utf-16" and b"\0" in raw:
        raise ArticleError(
            f"is not text: a zero byte stands at byte {raw.index(0)}",
            code="binary",
            where=str(path),
            remedy="save the article as plain text in UTF-8",
        )
    if declared:
        encoding = declared[1].decode("ascii")
    try:
        text = raw.decode(_charset(encoding))
    except LookupError:
        problem, remedy = f"the page declares an unknown charset {encoding!r}", "save it as UTF-8"
    except UnicodeDecodeError as error:
        problem = f"is not {encoding.upper()}: byte 0x{raw[error.start]:02x} at byte {error.start}"
        remedy = "convert it, for instance: iconv -f LATIN1 -t UTF-8 OLD > NEW"
    else:
        return text
    raise ArticleError(problem, code="encoding", where=str(path), remedy=remedy)


def _charset(name: str) -> str:
    if codecs.lookup(name).name in _NO_CHARSETS:
        raise LookupError(name)
    return name


def front_matter(text: str, *, where: str) -> tuple[dict[str, object], str]:
    """The ``key: value`` lines between ``---`` lines at the top, and the text behind them.

    Values are plain words, or in quotes; there is no nesting. Blank lines directly behind the
    block belong to it; all else is the text as it stands.
    """
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        return {}, text
    values: dict[str, object] = {}
    for number, line in enumerate(lines[1:], start=2):
        entry = line.strip()
        if entry == "---":
            return values, "".join(lines[number:]).lstrip("\r\n")
        match = _KEY.match(entry)
        if match and match[1] not in values:
            values[match[1]] = _unquoted(match[2] or "")
        elif entry and not entry.startswith("#"):
            what = "is given twice" if match else "is not 'key: value'"
            raise ArticleError(
                f"line {number} of the front matter {what}: {entry[:60]!r}",
                code="front-matter",
                where=where,
                remedy="write one 'key: value' a line, each key once, and close with '---'",
            )
    raise ArticleError(
        "the front matter is not closed",
        code="front-matter",
        where=where,
        remedy="put a line '---' between it and the text",
    )


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _beside(path: Path) -> Generator[Problem, None, dict[str, object]]:
    """Values of ``NAME.json`` beside ``NAME.txt``; a broken one is reported and left out."""
    beside = path.with_suffix(".json")
    if not beside.is_file():
        return {}
    try:
        values = msgspec.json.decode(_bytes_of(beside), type=dict[str, object])
    except (msgspec.MsgspecError, ArticleError, UnicodeDecodeError) as error:
        yield Problem(
            code="metadata",
            message=f"cannot be used: {error}",
            where=str(beside),
            remedy="make it one JSON object, or remove it",
        )
        return {}
    return {key: value for key, value in values.items() if key not in {"text", "doc_id"}}


def _from_lines(path: Path, shown: str) -> Iterator[Document | Problem]:
    try:
        with path.open("rb") as file:
            for number in range(1, 1 << 62):
                line = file.readline(MAX_FILE_BYTES + 1)
                if not line:
                    break
                line = line.removeprefix(_BOMS[0][0]) if number == 1 else line
                if line.strip():
                    yield from _from_line(line, f"{path}:{number}", f"{shown}:{number}")
                if len(line) > MAX_FILE_BYTES:
                    break
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror}") from error


def _from_line(line: bytes, where: str, shown: str) -> Iterator[Document | Problem]:
    if len(line) > MAX_FILE_BYTES:
        yield Problem(
            code="too-large",
            message=f"more than {MAX_FILE_BYTES:,} bytes; the rest of the file is not read",
            where=where,
            remedy="give one document a line",
            severity="error",
        )
        return
    try:
        document, problems = document_from(msgspec.json.decode(line), where)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        yield Problem(
            code="json",
            message=f"is not a JSON document: {error}",
            where=where,
            remedy='write {"doc_id": ..., "text": ...} on one line, in UTF-8',
            severity="error",
        )
        return
    except ArticleError as error:
        yield problem_of(error)
        return
    yield from problems
    yield msgspec.structs.replace(document, path=shown)


def problem_of(error: InputError) -> Problem:
    """The record that reports a refused file or document."""
    return Problem(
        code=error.code,
        message=error.message,
        where=error.where,
        remedy=error.remedy,
        severity="error",
    )


def _from_page(html: str, path: Path, shown: str) -> Iterator[Document | Problem]:
    """Main text, title, publisher, author and date of a web page; nothing is fetched."""
    from trafilatura import bare_extraction, load_html

    tree = load_html(html)
    found = tree is not None and bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # htmldate's wider search takes any year on the page ("© 2023") for the date.
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,
            "max_date": LATEST_DATE,
        },
    )
    if not found or len((found.text or "").split()) < LEAST_PAGE_WORDS:
        raise ArticleError(
            "no article text is found in this page",
            code="no-text",
            where=str(path),
            remedy="copy the article into a .txt or .md file",
        )
    values = {
        "doc_id": path.stem,
        "text": found.text,
        "title": found.title,
        "publisher": found.sitename,
        "author": found.author,
        "url": found.url,
        "published": found.date,
    }
    document, problems = document_from(values, str(path))
    yield from problems
    yield msgspec.structs.replace(document, path=shown)
