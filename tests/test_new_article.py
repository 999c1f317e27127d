"""The command that lays out an article to fill in."""

from __future__ import annotations

import argparse

import pytest

from geo.articles import read_articles
from geo.commands import new_article

TEXT = "Published: May 4, 2021\r\n\r\nShells fell on two villages near the river, it was said.\r\n"


def run(path):
    parser = argparse.ArgumentParser()
    new_article.configure(parser)
    return new_article.run(parser.parse_args([str(path)]))


def test_a_new_name_gets_an_empty_layout(tmp_path, capsys):
    assert run(tmp_path / "new.md") == 0
    assert capsys.readouterr().out == f"{tmp_path / 'new.md'}\n"
    written = (tmp_path / "new.md").read_text("utf-8")
    keys = [line.partition(":")[0] for line in written.split("---")[1].split()]
    assert keys == ["title", "publisher", "published", "url", "author", "text_kind", "original"]
    assert [p.code for p in read_articles([tmp_path / "new.md"])[1]] == ["empty"]


def test_a_text_keeps_its_words_and_metadata(tmp_path, capsys):
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "a.json").write_text('{"title": "\\"Shells\\", they say", "publisher": "Example"}')
    assert run(tmp_path / "a.txt") == 0
    assert "keep it outside" in capsys.readouterr().err
    (article,), problems = read_articles([tmp_path / "a.md"])
    assert (article.text, problems) == (TEXT, ())
    assert (article.title, article.publisher) == ('"Shells", they say', "Example")


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_nothing_is_overwritten(tmp_path, capsys, name):
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "a.md").write_text("mine")
    assert run(tmp_path / name) == 2
    assert (tmp_path / "a.md").read_text() == "mine"
    assert "is there already" in capsys.readouterr().err


def test_what_cannot_be_read_is_refused_in_plain_words(tmp_path, capsys):
    (tmp_path / "a\x1b[2J.txt").write_bytes(b"Z\xfcrich")
    assert run(tmp_path / "a\x1b[2J.txt") == 2
    said = capsys.readouterr().err
    assert "iconv" in said
    assert "\x1b" not in said
    assert list(tmp_path.glob("*.md")) == []
    assert run(tmp_path / "no" / "folder.md") == 2
