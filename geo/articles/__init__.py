"""Articles out of files, folders and documents, with their segments and sentences."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from geo.articles.document import Document, document_from
from geo.articles.files import documents, problem_of
from geo.articles.folders import files_of
from geo.articles.publication import publication_date
from geo.errors import ArticleError, LanguageError
from geo.model import Article, Problem
from geo.text import segments, sentences
from geo.text.languages import SUPPORTED, language_of, name_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Literal

SLUG_LENGTH = 80
HASH_LENGTH = 8

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def read_articles(
    paths: Iterable[Path], *, besides: Iterable[Path] = ()
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Articles of all files, folders being read in order of name, and what could not be read.

    ``besides`` are files that are no articles even where they lie in one of the folders.
    ``Article.path`` is the file's path inside the folder given, or its name. A text that was
    already read is left out. In folders README files, hidden files and the ``.json`` beside a
    ``.txt`` are passed over, and files of other kinds are noted.
    """
    articles: dict[str, Article] = {}
    problems: list[Problem] = []
    for item in files_of(paths, besides=besides):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        path, shown = item
        for document in _documents(path, shown):
            if isinstance(document, Problem):
                problems.append(document)
                continue
            try:
                article = prepare(document)
            except (ArticleError, LanguageError) as error:
                problems.append(problem_of(error))
                continue
            first = articles.setdefault(article.sha256, article)
            if first is not article:
                problems.append(_duplicate(document.where, first))
    return _with_own_ids(articles.values()), tuple(problems)


def _with_own_ids(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles; those that would share an id get one that hangs on their whole text."""
    read = tuple(articles)
    counts = Counter(article.id for article in read)
    return tuple(
        article
        if counts[article.id] == 1
        else msgspec.structs.replace(article, id=f"{article.id}-{article.sha256[:HASH_LENGTH]}")
        for article in read
    )


def undated(articles: Iterable[Article]) -> tuple[Problem, ...]:
    """A note for each article without a day of publication: its "Tuesday" cannot be dated."""
    return tuple(
        Problem(
            code="undated",
            message="has no day of publication, so words such as 'on Tuesday' give no date",
            where=article.path,
            remedy="write 'published: 2020-09-30' into its front matter (clashmap new-article)",
            severity="note",
        )
        for article in articles
        if article.published is None
    )


def article_from_document(values: object) -> Article:
    """The article of one decoded JSON document; fields that cannot be used count as not given.

    Raises ArticleError where it is no object with a text, LanguageError where no rules exist.
    """
    name = str(values.get("doc_id", "")) if isinstance(values, dict) else ""
    document, _ = document_from(values, name)
    return prepare(document)


def article_from_text(
    text: str,
    *,
    title: str = "",
    publisher: str = "",
    published: dt.date | None = None,
    text_kind: Literal["original", "digest"] = "original",
) -> Article:
    """The article of a bare text; raises as ``article_from_document`` does."""
    return prepare(
        Document(
            text=text, title=title, publisher=publisher, published=published, text_kind=text_kind
        )
    )


def prepare(document: Document) -> Article:
    """The article with id, hash, language, date, segments and sentences.

    Raises ArticleError for a text without a letter, LanguageError for one not in English.
    """
    text = document.text
    language = _checked_language(text, document.where)
    blocks = segments(text, title=document.title)
    known, basis = publication_date(text, blocks)
    published = document.published or known
    # A caption below can date a text; what stands in the id may not come and go with it.
    told = None if basis == "inferred" and not document.published else published
    title = document.title or next(
        (text[b.start : b.end].lstrip("# ") for b in blocks if b.kind == "title"), ""
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        id=f"{_slug(document, told)}-{_identity(document, told)[:HASH_LENGTH]}",
        text=text,
        sha256=digest,
        path=document.path,
        title=title,
        publisher=document.publisher,
        author=document.author,
        url=document.url,
        published=published,
        published_basis="metadata" if document.published else basis,
        language=language,
        text_kind=document.text_kind,
        segments=blocks,
        sentences=sentences(text, blocks),
    )


def _checked_language(text: str, where: str) -> str:
    """The language; refuses what cannot be read at all, before any rule looks at it."""
    if not any(char.isalpha() for char in text):
        raise ArticleError(
            "holds no word", code="empty", where=where, remedy="put the text of the article into it"
        )
    broken = _SURROGATE.search(text)
    if broken:
        raise ArticleError(
            f"holds half a character (lone surrogate) at offset {broken.start()}",
            code="surrogate",
            where=where,
            remedy="save the text again as UTF-8",
        )
    language = language_of(text)
    if language not in SUPPORTED:
        raise LanguageError(
            f"no rules for language {language!r} ({name_of(language)}); "
            f"supported: {', '.join(SUPPORTED)}",
            code="language",
            where=where,
            remedy="give an English text",
        )
    return language


def _slug(document: Document, published: dt.date | None) -> str:
    """Publisher, date and title in [a-z0-9-]; the document's own name where there is no title."""
    day = published.isoformat() if published else ""
    named = (document.publisher, day, document.title) if document.title else (document.doc_id,)
    plain = unicodedata.normalize("NFKD", " ".join(named)).casefold()
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_SLUG.sub("-", kept).strip("-")[:SLUG_LENGTH].strip("-") or "article"


def _identity(document: Document, published: dt.date | None) -> str:
    """Hash of what stays when a line is added below: the facts that name it and its first line."""
    first = next(line for line in map(str.strip, document.text.splitlines()) if line)
    name = document.title or document.doc_id
    facts = (document.publisher, str(published or ""), name, document.url, first)
    return hashlib.sha256("\n".join(facts).encode("utf-8", "replace")).hexdigest()


def _documents(path: Path, shown: str) -> Iterator[Document | Problem]:
    try:
        yield from documents(path, shown=shown)
    except ArticleError as error:
        yield problem_of(error)


def _duplicate(where: str, first: Article) -> Problem:
    return Problem(
        code="duplicate",
        message=f"has the same text as {first.path}",
        where=where,
        remedy="keep one of the two",
    )
