"""``clashmap build``: the same input gives the same bytes; the report says what they rest on."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
from html.parser import HTMLParser

import pytest
from running import ARTICLE, ROOT, STORY, TINY, WRITTEN, clashmap, contents, save

SECOND = ARTICLE.replace("Osk", "Varden").replace("05-06", "05-05")
JSON_BLOCK = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """The folder that a build of the project's own articles writes."""
    out = tmp_path_factory.mktemp("seeds") / "maps"
    result = clashmap("build", "seeds", "-o", out, cwd=ROOT, PYTHONHASHSEED="1", LC_ALL="C")
    assert result.returncode == 0, result.stderr
    return out


def build(tmp_path, *words):
    """What a build of some articles writes."""
    result = clashmap("build", *words, "-o", tmp_path / "out", *TINY)
    assert result.returncode == 0, result.stderr
    files = contents(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    return files


def test_exactly_four_files(seeds):
    assert sorted(contents(seeds)) == list(WRITTEN)


def test_the_same_bytes_from_anywhere(seeds, tmp_path):
    result = clashmap(
        *("build", ROOT / "seeds", "-o", "elsewhere/deep"),
        cwd=tmp_path,
        PYTHONHASHSEED="2",
        LC_ALL="C.UTF-8",
        TZ="Pacific/Auckland",
    )
    assert result.returncode == 0, result.stderr
    assert contents(tmp_path / "elsewhere" / "deep") == contents(seeds)


def test_check_names_the_stale_file(seeds, tmp_path):
    out = shutil.copytree(seeds, tmp_path / "maps")
    assert clashmap("build", ROOT / "seeds", "-o", out, "--check").returncode == 0
    data = (out / "map.geojson").read_bytes()
    save(out / "map.geojson", data[:-2] + b" \n")
    (out / "events.csv").unlink()
    result = clashmap("build", ROOT / "seeds", "-o", out, "--check")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "out of date: map.geojson, events.csv; run the same command without --check" in line
    assert (out / "map.geojson").read_bytes() == data[:-2] + b" \n"
    assert sorted(contents(out)) == sorted({*WRITTEN} - {"events.csv"})


def test_the_report_holds_what_went_in_and_came_out(seeds):
    report = json.loads((seeds / "report.json").read_text("utf-8"))
    outputs = {name: contents(seeds)[name] for name in WRITTEN if name != "report.json"}
    assert report["outputs"] == {
        name: hashlib.sha256(data).hexdigest() for name, data in outputs.items()
    }
    for article in report["articles"]:
        given = (ROOT / "seeds" / article["file"]).read_text("utf-8")
        text = given.split("---\n", 2)[2].lstrip("\n")
        assert article["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert article["characters"] == len(text)
    assert {len(pack["sha256"]) for pack in report["packs"]} == {64}
    assert report["packs"][-1]["id"] == "world"
    assert report["refused"] == []
    counts = report["counts"]
    assert counts["articles"] == len(report["articles"]) == 2
    assert counts["events"] == len(table(seeds)) > 5
    by_type = [sum(article["events_by_type"].values()) for article in report["articles"]]
    assert counts["events"] == sum(by_type)
    assert str(ROOT) not in json.dumps(report)


def table(folder):
    text = (folder / "events.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_event_stands_in_every_file(seeds):
    rows = [row["event_id"] for row in table(seeds)]
    assert len(set(rows)) == len(rows)
    features = json.loads((seeds / "map.geojson").read_text("utf-8"))["features"]
    assert list(dict.fromkeys(f["properties"]["event_id"] for f in features)) == rows
    block = json.loads(JSON_BLOCK.search((seeds / "map.html").read_text("utf-8"))[1])
    assert sorted(event["id"] for event in block["events"]) == sorted(rows)


def test_the_order_of_the_inputs_changes_nothing(tmp_path):
    one, two = save(tmp_path / "a" / "one.md"), save(tmp_path / "b" / "two.md", SECOND)
    files = build(tmp_path, one, two)
    assert build(tmp_path, two, one, two) == files
    assert json.loads(files["report.json"])["counts"]["articles"] == 2


def test_two_of_the_same_text_give_one_map_in_any_order(tmp_path):
    one, two = save(tmp_path / "a" / "one.md"), save(tmp_path / "b" / "two.md")
    written = []
    for given in ((one, two), (two, one)):
        assert clashmap("build", *given, "-o", tmp_path / "out", *TINY).returncode == 1
        written.append(contents(tmp_path / "out"))
    assert written[0] == written[1]


@pytest.mark.parametrize("out", ["in", "in/maps"])
def test_a_map_among_its_articles_is_not_read_as_one(tmp_path, out):
    save(tmp_path / "in" / "a.md")
    written = []
    for _ in range(2):
        result = clashmap("build", "in", "-o", out, *TINY, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        assert "note" not in result.stderr
        written.append({name: (tmp_path / out / name).read_bytes() for name in WRITTEN})
    assert written[0] == written[1]


ORIGINALS = ROOT.parent / "shared" / "seeds"


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original articles are not at hand")
def test_the_originals_are_mapped_too(tmp_path):
    result = clashmap("build", ORIGINALS, "-o", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    rows = table(tmp_path / "out")
    assert {row["text_kind"] for row in rows} == {"original"}
    texts = [path.read_bytes().decode() for path in ORIGINALS.glob("*.txt")]
    for row in rows:
        span = slice(int(row["evidence_start"]), int(row["evidence_end"]))
        assert row["evidence_text"] in {text[span] for text in texts}


def test_the_title_is_used_and_is_no_markup(tmp_path):
    title = "</title><script>X()</script> ${X()} & {{ 7*7 }}"
    page = build(tmp_path, save(tmp_path / "a.md"), "--title", title)["map.html"].decode()
    assert "<title>&lt;/title&gt;&lt;script&gt;X()&lt;/script&gt; ${X()} &amp; {{ 7*7 }}" in page
    assert "<script>X()" not in page
    assert build(tmp_path, tmp_path / "a.md")["map.html"].decode() != page


class Outside(HTMLParser):
    """The words of a page that stand neither in its data nor in the plain table."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.found = [], []

    def handle_starttag(self, tag, attrs):
        if tag in {"table", "script"}:
            self.open.append((tag, dict(attrs).get("type")))
        self.found += [value or "" for _, value in attrs]

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data):
        if self.open not in ([("table", None)], [("script", "application/json")]):
            self.found.append(data)


def test_no_article_text_stands_outside_the_data_and_the_plain_table(tmp_path):
    mark = "Qxqxq"
    text = ARTICLE.replace("three soldiers", f"three {mark} soldiers").replace(
        "Shells fall", f"{mark} shells fall"
    )
    page = build(tmp_path, save(tmp_path / "a.md", text))["map.html"].decode()
    assert mark in JSON_BLOCK.search(page)[1]
    parser = Outside()
    parser.feed(page)
    assert len("".join(parser.found)) > 10_000
    assert mark not in "".join(parser.found)


def test_a_text_without_any_event_still_gives_whole_files(tmp_path):
    text = "The orchestra of Varden played for two hours, and people went home happy in the rain."
    files = build(tmp_path, save(tmp_path / "a.txt", text))
    assert json.loads(files["map.geojson"])["features"] == []
    assert files["events.csv"].count(b"\r\n") == 1
    assert json.loads(JSON_BLOCK.search(files["map.html"].decode())[1])["events"] == []
    assert json.loads(files["report.json"])["counts"]["events"] == 0


def test_ids_stay_when_a_line_is_added_at_the_end(tmp_path):
    def ids(text):
        features = json.loads(build(tmp_path, save(tmp_path / "a.md", text))["map.geojson"])
        return [feature["id"] for feature in features["features"]]

    before = ids(ARTICLE)
    assert len(before) >= 2
    after = ids(f"{ARTICLE}\nA bridge in Varden after shelling, May 9, 2021. (AP)\n")
    assert after[: len(before)] == before
    assert len(set(after)) == len(after)


def test_two_articles_that_begin_alike_have_ids_of_their_own(tmp_path):
    lines = [
        json.dumps({"doc_id": "same", "text": f"BREAKING NEWS\n\n{STORY}\n{n}"}) for n in range(2)
    ]
    save(tmp_path / "a.jsonl", "\n".join(lines))
    files = build(tmp_path, tmp_path / "a.jsonl")
    features = json.loads(files["map.geojson"])["features"]
    assert len({feature["properties"]["article_id"] for feature in features}) == 2
    assert len({feature["id"] for feature in features}) == len(features)
