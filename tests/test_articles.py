"""Reading files of every kind, and refusing each bad one with one clear problem."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.articles import article_from_document, article_from_text, read_articles
from geo.articles import files as article_files
from geo.errors import ArticleError, GeoError, LanguageError

ROOT = Path(__file__).parents[1]
ORIGINALS = ROOT.parent / "shared" / "seeds"
TEXT = "The ministry said on Monday that shells had fallen on two villages near the river.\n"
PAGE = """<html><head><title>Shells fall near Riverton</title>
<meta property="og:site_name" content="Example Times">
<meta property="article:published_time" content="2021-05-04T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article>
<h1>Shells fall near Riverton</h1>
<p>The ministry said on Monday that shells had fallen on two villages near the river, and that
nobody had been hurt in either of them during the whole of the day.</p>
<p>Officials on the other side denied it and said that their guns had been silent all day long,
as they had been on every day since the ceasefire was agreed.</p></article>
<footer>Copyright 2023 Example Times</footer></body></html>"""


def read(path):
    articles, problems = read_articles([path])
    return articles, [(problem.code, problem.severity) for problem in problems]


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_text_is_kept_as_given(tmp_path):
    text = "\r\nFirst line of it.\r\n\tSecond – line…\n\n"
    (article,), problems = read(write(tmp_path / "a.txt", text))
    assert (article.text, problems) == (text, [])
    assert article.path == "a.txt"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(tmp_path, encoding):
    (article,), problems = read(write(tmp_path / "a.txt", TEXT.encode(encoding)))
    assert (article.text, problems) == (TEXT, [])


def test_metadata_beside_a_text(tmp_path):
    write(tmp_path / "a.txt", TEXT)
    beside = {"title": "Shells", "publisher": "Example", "published": "2021-05-04", "url": None,
              "region": "x", "text_origin": "x", "published_inferred": True}  # fmt: skip
    write(tmp_path / "a.json", json.dumps(beside))
    (article,), problems = read(tmp_path)
    assert (article.title, article.publisher, problems) == ("Shells", "Example", [])
    assert (article.published, article.published_basis) == (dt.date(2021, 5, 4), "metadata")
    write(tmp_path / "a.json", json.dumps(beside | {"colour": "red"}))
    assert read(tmp_path)[1] == [("unknown-field", "note")]
    write(tmp_path / "a.json", "{not json")
    (article,), problems = read(tmp_path)
    assert (article.title, problems) == ("", [("metadata", "warning")])


def test_front_matter(tmp_path):
    head = '---\n# what is known\ntitle: "Guns: silent"\npublished: 4 May 2021\nauthor:\n'
    path = write(tmp_path / "a.md", f"{head}text_kind: digest\nurl: https://x.org/a\n---\n\n{TEXT}")
    (article,), problems = read(path)
    assert (article.text, article.title, problems) == (TEXT, "Guns: silent", [])
    assert (article.text_kind, article.url) == ("digest", "https://x.org/a")
    assert (article.published, article.author) == (dt.date(2021, 5, 4), "")


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("---\ntitle: A\n", "front-matter"),
        ("---\ntitle: A\ntitle: B\n---\n", "front-matter"),
        ("---\nsources:\n  - a\n---\n", "front-matter"),
        ("---\nno colon\n---\n", "front-matter"),
        ("---\npublished: soon\n---\n", "published"),
        ("---\nurl: javascript:alert(1)\n---\n", "url"),
        ("---\nurl: http://[broken\n---\n", "url"),
        ("---\ntext_kind: poem\n---\n", "text-kind"),
        ("---\ncolour: red\n---\n", "unknown-field"),
    ],
)
def test_bad_front_matter_is_one_problem(tmp_path, head, code):
    articles, problems = read(write(tmp_path / "a.md", head + TEXT))
    assert [found for found, _ in problems] == [code]
    assert bool(articles) == (code != "front-matter")


def test_a_web_page(tmp_path):
    (article,), problems = read(write(tmp_path / "a.html", PAGE))
    assert problems == []
    assert (article.title, article.publisher) == ("Shells fall near Riverton", "Example Times")
    assert article.published == dt.date(2021, 5, 4)
    assert "denied it" in article.text
    assert "Copyright" not in article.text
    assert "World" not in article.text


def test_a_page_in_its_declared_charset(tmp_path):
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("Riverton", "Ríver")
    (article,), problems = read(write(tmp_path / "a.htm", page.encode("latin-1")))
    assert (article.title, problems) == ("Shells fall near Ríver", [])


def test_json_lines(tmp_path):
    lines = [
        {"doc_id": 7, "text": TEXT, "title": "Shells", "publisher": "Example", "published": None},
        {"doc_id": "b", "text": TEXT + "More of it."},
    ]
    path = write(tmp_path / "a.jsonl", "\n\n".join(map(json.dumps, lines)))
    articles, problems = read(path)
    assert ([a.path for a in articles], problems) == (["a.jsonl:1", "a.jsonl:3"], [])
    assert [a.id[:-9] for a in articles] == ["example-shells", "b"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{broken", "json"),
        (b'{"text": "\xff"}', "json"),
        ('{"text": "half \\ud800 character"}', None),
        ("[1, 2]", "no-text"),
        ('{"doc_id": "a"}', "no-text"),
        ('{"text": 5}', "no-text"),
        ('{"text": ""}', "empty"),
        ('{"text": "12 34 --"}', "empty"),
    ],
)
def test_a_bad_line_loses_no_other(tmp_path, line, code):
    line = line if isinstance(line, bytes) else line.encode()
    good = json.dumps({"doc_id": "b", "text": TEXT}).encode()
    articles, problems = read_articles([write(tmp_path / "a.jsonl", line + b"\n" + good)])
    assert [article.text for article in articles] == [TEXT]
    assert len(problems) == 1
    assert problems[0].code in ({code} if code else {"json", "surrogate"})
    assert problems[0].where == f"{tmp_path / 'a.jsonl'}:1"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.md", b"---\ntitle: A\n---\n", "empty"),
        ("a.txt", b"GIF89a\0\0\1", "binary"),
        ("a.txt", "Fu\u00dfball in Z\u00fcrich".encode("latin-1"), "encoding"),
        ("a.txt", b"\xff\xfea", "encoding"),
        ("a.html", b'<meta charset="nonsense-8"><p>x', "encoding"),
        ("a.html", b"<html><body><nav>Home</nav></body></html>", "no-text"),
        ("a.html", b"https://example.org/never-fetched", "no-text"),
        ("a.docx", b"PK", "unknown-suffix"),
        ("a", b"text", "unknown-suffix"),
        ("a.txt", "Министерство сообщило, что это не так.".encode(), "language"),
    ],
)
def test_a_bad_file_is_one_problem_and_the_rest_is_read(tmp_path, name, content, code):
    bad = write(tmp_path / name, content)
    good = write(tmp_path / "good.txt", TEXT)
    articles, problems = read_articles([bad, good])
    assert [article.path for article in articles] == ["good.txt"]
    assert [(p.code, p.severity, p.where) for p in problems] == [(code, "error", str(bad))]
    assert problems[0].remedy


def test_the_encoding_problem_names_byte_and_remedy(tmp_path):
    _, (problem,) = read_articles([write(tmp_path / "a.txt", b"Z\xfcrich")])
    assert "byte 1" in problem.message
    assert "iconv" in problem.remedy


def test_a_file_beyond_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(article_files, "MAX_FILE_BYTES", 200)
    write(tmp_path / "a.txt", TEXT * 9)
    write(tmp_path / "b.jsonl", json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": TEXT * 9}))
    articles, problems = read_articles([tmp_path])
    assert [article.path for article in articles] == ["b.jsonl:1"]
    assert [(p.code, p.where.rpartition("/")[2]) for p in problems] == [
        ("too-large", "a.txt"),
        ("too-large", "b.jsonl:2"),
    ]


def test_what_is_not_there_or_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "self.txt").symlink_to("self.txt")
    for name in ("missing.txt", "pipe.txt", "self.txt"):
        assert read(tmp_path / name) == ((), [("unreadable", "error")])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    write(tmp_path / "a.txt", TEXT).chmod(0)
    assert read(tmp_path / "a.txt") == ((), [("unreadable", "error")])


def test_folders(tmp_path):
    write(tmp_path / "b" / "z.txt", TEXT + "One.")
    write(tmp_path / "a" / "y.md", TEXT + "Two.")
    write(tmp_path / "README.md", TEXT + "Three.")
    write(tmp_path / ".hidden.txt", TEXT + "Four.")
    write(tmp_path / "picture.png", b"x")
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    articles, problems = read(tmp_path)
    assert [article.path for article in articles] == ["a/y.md", "b/z.txt"]
    assert problems == [("link-loop", "warning"), ("unknown-suffix", "note")]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert read(empty) == ((), [("no-articles", "error")])


def test_the_same_text_twice_is_read_once(tmp_path):
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "b.md", TEXT)
    articles, (problem,) = read_articles([tmp_path])
    assert [article.path for article in articles] == ["a.txt"]
    assert (problem.code, problem.where) == ("duplicate", str(tmp_path / "b.md"))
    assert "a.txt" in problem.message


def test_documents_and_bare_texts_give_the_same_article():
    one = article_from_document({"doc_id": "x", "text": TEXT, "title": "Shells", "extra": 1})
    two = article_from_text(TEXT, title="Shells")
    assert one == two
    assert re.fullmatch(r"shells-[0-9a-f]{8}", one.id)
    with pytest.raises(ArticleError):
        article_from_document({"doc_id": "x"})
    with pytest.raises(ArticleError):
        article_from_document([TEXT])
    assert article_from_document({"text": TEXT, "title": "half \ud800"}).title == "half ?"
    with pytest.raises(LanguageError, match=r"'ru' \(Russian\); supported: en"):
        article_from_text("Министерство сообщило, что это не так.")
    with pytest.raises(ArticleError, match="offset 5"):
        article_from_text("half \ud800 character")


@pytest.mark.parametrize(
    ("text", "date", "basis"),
    [
        (f"Published: 11:40, May 4, 2021 | Updated: May 5, 2021\n\n{TEXT}", "2021-05-04", "header"),
        (f"Updated: June 5, 2023 | Published: May 4, 2021\n\n{TEXT}", "2021-05-04", "header"),
        (f"REPORT\nCut-off: 31 December 2020. Published on 1 January.\n\n{TEXT}",
         "2021-01-01", "header"),
        (f"PRESS SERVICE\nRiverton, May 4, 2021, 09:40\n\n{TEXT}", "2021-05-04", "header"),
        (f"Last updated 21:30, May 4, 2021.\n\n{TEXT}", None, ""),
        (f"{TEXT}\nA bridge after shelling, May 4, 2021. (AP)", "2021-05-04", "inferred"),
        (f"{TEXT}\nA file photo of the bridge, May 4, 2016. (AP)", None, ""),
        (f"(Riverton, May 4, 2021) – {TEXT}", "2021-05-04", "inferred"),
        ("Shells fell.\nA bridge after shelling, May 4, 2021. (AP)", None, ""),
        (f"{TEXT}\nIn a treaty of May 4, 2016 both sides agreed to keep the peace here.", None, ""),
    ],
)  # fmt: skip
def test_the_date_of_publication(text, date, basis):
    article = article_from_text(text)
    assert (article.published, article.published_basis) == (
        date and dt.date.fromisoformat(date),
        basis,
    )


def test_metadata_beats_the_header():
    article = article_from_text(f"Published: May 4, 2021\n\n{TEXT}", published=dt.date(2021, 5, 5))
    assert (article.published, article.published_basis) == (dt.date(2021, 5, 5), "metadata")


@given(st.text(max_size=60), st.text(max_size=300), st.none() | st.dates())
def test_ids_are_slugs_and_records_survive_json(publisher, title, published):
    try:
        article = article_from_text(TEXT, title=title, publisher=publisher, published=published)
    except GeoError:
        return
    assert re.fullmatch(r"[a-z0-9-]{1,80}-[0-9a-f]{8}", article.id)
    assert article == article_from_text(TEXT, title=title, publisher=publisher, published=published)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory, raw):
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_bytes(raw)
    articles, problems = read_articles([path])
    assert len(articles) + sum(problem.severity == "error" for problem in problems) == 1
    for article in articles:
        assert msgspec.json.decode(msgspec.json.encode(article), type=type(article)) == article


def seeds():
    articles, problems = read_articles([ROOT / "seeds"])
    assert problems == ()
    return articles


def test_the_seeds_are_two_dated_digests():
    assert [(a.publisher, str(a.published), a.text_kind, a.url) for a in seeds()] == [
        ("TRT World", "2020-07-14", "digest", ""),
        ("China Daily", "2020-09-30", "digest", ""),
    ]


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original articles are not at hand")
def test_no_sentence_of_the_originals_is_in_the_seeds():
    def runs(text):
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    originals = set().union(*(runs(p.read_text("utf-8")) for p in ORIGINALS.glob("*.txt")))
    assert len(originals) > 1000
    for article in seeds():
        assert not runs(article.text) & originals


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original articles are not at hand")
def test_the_originals_are_read_with_their_dates():
    articles, problems = read_articles([ORIGINALS])
    assert problems == ()
    assert [(str(a.published), a.published_basis) for a in articles] == [
        ("2020-09-30", "header"),
        ("2020-07-14", "inferred"),
    ]
    assert [a.title for a in articles] == ["Escalation raises stakes in Caucasus", ""]
    for article in articles:
        counts = [s.kind for s in article.segments]
        assert counts.count("repeat") == 1
        assert counts.count("link") in {2, 3}
        assert counts.count("caption") == 1
