"""``clashmap new-article FILE``: lay out a Markdown file with the front matter to fill."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ArticleError

if TYPE_CHECKING:
    import argparse

    from geo.articles.document import Document

KEYS = ("title", "publisher", "published", "url", "author", "text_kind")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.description = (
        "Write a .md file with the front matter of an article to fill in: for a text or web page "
        "beside it and with its text, for a name that does not exist yet with an empty body."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="article.txt, page.html or new.md")


def run(args: argparse.Namespace) -> int:
    """Write the file, print its path; 2 where one is there already or FILE cannot be read."""
    source: Path = args.file
    target = source.with_suffix(".md")
    there = f"{target}: is there already; nothing was written"
    if target.exists():
        return _refused(there)
    try:
        content = layout(_document(source) if source.exists() else None)
        with target.open("x", encoding="utf-8", newline="") as file:
            file.write(content)
    except FileExistsError:
        return _refused(there)
    except (ArticleError, OSError) as error:
        return _refused(str(error))
    sys.stdout.write(f"{_plain(str(target))}\n")
    if source.exists() and source != target:
        _say(f"{source} holds the same text: keep it outside the folder that is built")
    return 0


def layout(document: Document | None) -> str:
    """Front matter with what is known, and the text or an empty body."""
    values = dict.fromkeys(KEYS, "") | {"text_kind": "original"}
    if document is not None:
        known = {key: str(getattr(document, key) or "") for key in KEYS}
        values |= {key: value for key, value in known.items() if value}
    head = "".join(f"{key}: {_quoted(value)}".rstrip() + "\n" for key, value in values.items())
    return f"---\n{head}---\n\n{document.text if document else ''}"


def _document(source: Path) -> Document:
    """The first document of the file."""
    from geo.articles.document import Document
    from geo.articles.files import documents

    found = [d for d in documents(source, shown=source.name) if isinstance(d, Document)]
    if len(found) != 1:
        raise ArticleError(
            f"holds {len(found)} articles",
            code="not-one",
            where=str(source),
            remedy="give a file with one article",
        )
    return found[0]


def _quoted(value: str) -> str:
    """A value that begins with a quotation mark is put in quotes, or reading would drop it."""
    return f'"{value}"' if value.startswith(('"', "'")) else value


def _refused(message: str) -> int:
    _say(message)
    return 2


def _say(message: str) -> None:
    sys.stderr.write(f"{_plain(message)}\n")


def _plain(text: str) -> str:
    """The text without what a terminal would act on: a file name may hold escape codes."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
