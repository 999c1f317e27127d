"""Bad input, as a user meets it: one clear line each, the rest is done, nothing is half-written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import ARTICLE, COMMAND, STORY, TINY, WRITTEN, clashmap, contents, environment, save

ESC = "\x1b"
PAGE = f"""<html><head><title>Guns near Varden</title><script>alert('X')</script>
<meta property="article:published_time" content="2021-05-07"></head>
<body onload="alert('X')"><article><h1>Guns near Varden</h1>
<p>Norland said on Thursday that Sudrian troops had attacked Varden with mortars all night.
<img src=x onerror="alert('X')"></p><p>{STORY.replace(chr(10), " ")}</p>
<script>alert('X')</script></article></body></html>"""
FRENCH = "Le ministère a déclaré que des obus étaient tombés sur deux villages près de la rivière."

# File name -> its bytes, and what the line about it must say.
BAD = {
    "binary.txt": (b"PK\3\4\0\0\1\xff" * 99, ("error", "zero byte", "save the article as")),
    "empty.txt": (b"", ("error", "holds no word", "put the text")),
    "french.txt": (FRENCH.encode(), ("error", "'fr' (French)", "supported: en")),
    "huge.txt": (b"war " * 12_500_000, ("error", "50,000,000 bytes", "split the file")),
    "latin.txt": ("Zürich was shelled.".encode("latin-1"), ("error", "0xfc at byte 1", "iconv")),
    "menu.html": (b"<html><nav>Home</nav></html>", ("error", "no article text", "copy the")),
    "undefined.html": (b"<meta charset=undefined><p>A", ("error", "charset 'undefined'", "UTF-8")),
    "open.md": (b"---\ntitle: A\n", ("error", "front matter is not closed", "'---'")),
    "twice.txt": (STORY.encode(), ("warning", "same text as", "keep one")),
    f"x{ESC}[31m\ny.txt": (b"", ("error", "holds no word", "put the text")),
}  # fmt: skip
# What is read all the same: noted, where there is something to note.
GOOD = {
    "-rf.txt": (f"Sudria attacked Varden on May 3, 2021. {STORY}", "no day of publication"),
    "good.md": (ARTICLE, ""),
    "page.html": (PAGE, ""),
    "undated.txt": ("Norland shelled Osk, Sudria said on Monday.", "no day of publication"),
    "extra.md": ("---\nmood: grim\npublished: 2021-05-01\n---\nGuns fired near Varden.", "'mood'"),
    "picture.png": ("", "passed over"),
}
LINES = (
    json.dumps({"doc_id": "one", "text": f"One. {STORY}", "published": "2021-05-06"}),
    '{"doc_id": "two", "text": broken}',
    '{"doc_id": "three"}',
    json.dumps({"doc_id": "four", "text": f"Four. {STORY}", "published": "2021-05-06"}),
)


def lines_about(result, name):
    return [line for line in result.stderr.splitlines() if f"/{name}: " in line]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Everything that can be wrong with an article, and some that are right."""
    folder = tmp_path_factory.mktemp("bad") / "articles"
    for name, (content, _) in {**BAD, **GOOD}.items():
        save(folder / name, content)
    save(folder / "lines.jsonl", "\ufeff" + "\r\n".join(LINES))
    return folder


@pytest.fixture(scope="module")
def built(folder):
    """All of them built at once, with a folder and a file that are not there."""
    gone = (folder.parent / "gone", folder.parent / "gone.docx")
    result = clashmap("build", folder, *gone, "-o", folder.parent / "out", *TINY)
    (folder / "huge.txt").unlink()
    return result, folder.parent / "out"


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_line_with_the_remedy(built, name):
    result, _ = built
    shown = name.replace("\n", " ⏎ ").replace(f"{ESC}[31m", "")
    (line,) = lines_about(result, shown)
    for said in BAD[name][1]:
        assert said in line
    assert line.startswith("clashmap: ")


@pytest.mark.parametrize("name", [name for name in GOOD if GOOD[name][1]])
def test_what_is_only_odd_gets_a_note(built, name):
    (line,) = (one for one in built[0].stderr.splitlines() if f"{name}: " in one)
    assert line.startswith("clashmap: note: ")
    assert GOOD[name][1] in line


@pytest.mark.parametrize("name", ["gone", "gone.docx"])
def test_what_is_not_there_is_said(built, name):
    (line,) = lines_about(built[0], name)
    assert "there is no such file or folder; check" in line


def test_a_bad_json_line_is_named_by_its_number(built):
    assert len(lines_about(built[0], "lines.jsonl:2")) == 1
    assert len(lines_about(built[0], "lines.jsonl:3")) == 1


def test_nothing_else_is_said_and_the_exit_code_tells(built):
    result, out = built
    assert result.returncode == 1
    assert result.stdout == ""
    notes = sum(bool(note) for _, note in GOOD.values())
    lines = result.stderr.splitlines()
    assert len(lines) == len(BAD) + notes + 2 + 2 + 2
    refused = len(BAD) - 1 + 2 + 2  # of two that are the same, one is read
    read = len(GOOD) - 1 + 2  # a picture is no article, and two of the JSON lines are
    assert lines[-2].startswith(f"clashmap: {read} articles, ")
    assert f", {refused} refused, 1 warning" in lines[-2]
    assert lines[-1] == f"clashmap: open {out / 'map.html'}"
    assert not any(char < " " or "\x7f" <= char < "\xa0" for char in "".join(lines))


def test_the_good_ones_are_mapped_and_the_bad_ones_are_in_the_report(built):
    _, out = built
    assert sorted(contents(out)) == list(WRITTEN)
    report = json.loads((out / "report.json").read_text("utf-8"))
    files = {article["file"] for article in report["articles"]}
    assert files == {*GOOD, "lines.jsonl:1", "lines.jsonl:4"} - {"picture.png"}
    where = {problem["where"] for problem in report["refused"]}
    assert [problem["where"] for problem in report["warnings"]] == ["twice.txt"]
    assert where == {*BAD, "gone", "gone.docx", "lines.jsonl:2", "lines.jsonl:3"} - {"twice.txt"}
    features = json.loads((out / "map.geojson").read_text("utf-8"))["features"]
    good = next(a["id"] for a in report["articles"] if a["file"] == "good.md")
    assert any(
        feature["properties"]["article_id"] == good and feature["geometry"] for feature in features
    )


def test_the_scripts_of_a_page_are_left_behind(built):
    for data in contents(built[1]).values():
        assert b"alert(" not in data


def test_notes_alone_leave_the_exit_code_at_nought(tmp_path):
    for name, (content, _) in GOOD.items():
        save(tmp_path / "in" / name, content)
    result = clashmap("build", tmp_path / "in", "-o", tmp_path / "out", *TINY)
    assert result.returncode == 0
    assert ", 0 refused" in result.stderr
    assert "clashmap: note: " in result.stderr


def test_a_name_that_no_gazetteer_holds_is_no_refusal(tmp_path):
    text = ARTICLE.replace("near Varden", "in the village of Zyxwvutia")
    result = clashmap("build", save(tmp_path / "a.md", text), "-o", tmp_path / "out", *TINY)
    assert result.returncode == 0
    assert ", 0 refused, 1 place name not resolved (listed in report.json)" in result.stderr
    assert "Zyxwvutia" in (tmp_path / "out" / "report.json").read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a file name")
def test_a_file_name_in_another_encoding(tmp_path):
    with Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md")).open("w") as file:
        file.write(ARTICLE)
    result = clashmap("build", tmp_path, "-o", tmp_path / "out", *TINY)
    assert result.returncode == 0, result.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert [article["file"] for article in report["articles"]] == ["caf?.md"]


def test_where_nothing_can_be_read_the_old_map_stays(tmp_path):
    save(tmp_path / "out" / "map.html", "old")
    for given in (save(tmp_path / "a.txt", b""), tmp_path / "gone"):
        result = clashmap("build", given, "-o", tmp_path / "out")
        assert result.returncode == 1
        assert result.stderr.endswith("clashmap: no article could be read; nothing was written\n")
        assert contents(tmp_path / "out") == {"map.html": b"old"}


def test_a_broken_place_in_a_pack_is_told_and_the_rest_of_it_used(tmp_path):
    shutil.copytree(TINY[1], tmp_path / "pack")
    places = tmp_path / "pack" / "places.geojson"
    document = json.loads(places.read_text("utf-8"))
    broken = next(f for f in document["features"] if f["id"] == "sokol")
    broken["geometry"]["coordinates"] = [5, 95]
    save(places, json.dumps(document))
    article, out = save(tmp_path / "a.md"), tmp_path / "out"
    result = clashmap("build", article, "-o", out, "--pack", tmp_path / "pack")
    assert result.returncode == 1
    (line,) = (one for one in result.stderr.splitlines() if "'sokol'" in one)
    assert "places.geojson record" in line
    assert "lat 95" in line
    assert "correct the record" in line
    assert ", 1 refused" in result.stderr
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert len(report["gazetteer_problems"]) == 1
    features = json.loads((out / "map.geojson").read_text("utf-8"))["features"]
    assert any(f["properties"].get("place_id", "").startswith("osk") for f in features)
    parsed = clashmap("parse", article, "--json", "--pack", tmp_path / "pack")
    assert parsed.returncode == 1
    assert "'sokol'" in parsed.stderr
    assert json.loads(parsed.stdout)["events"]


@pytest.mark.parametrize("words", [(), ("-o",), ("--pack", "no-such-pack")])
def test_wrong_use_is_exit_code_2(tmp_path, words):
    article = save(tmp_path / "a.md")
    where = () if words == ("-o",) else ("-o", tmp_path / "out")
    result = clashmap("build", *([article] if words else []), *where, *words)
    assert result.returncode == 2
    assert not (tmp_path / "out").exists()
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("below", ["", "deeper"])
def test_an_output_folder_that_cannot_be(tmp_path, below):
    article = save(tmp_path / "a.md")
    result = clashmap("build", article, "-o", article / below, *TINY)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"clashmap: error: {article / below}: cannot be written (")
    assert "choose another folder" in line
    assert article.read_bytes() == ARTICLE.encode()


# Root may write everywhere unless it gives up that power.
_POWERS = "-dac_override,-dac_read_search"
WITHOUT_POWER = (
    ("setpriv", f"--bounding-set={_POWERS}", f"--inh-caps={_POWERS}") if os.geteuid() == 0 else ()
)


@pytest.mark.skipif(
    bool(WITHOUT_POWER) and not shutil.which("setpriv"), reason="root may write everywhere"
)
def test_an_output_folder_without_the_right_to_write(tmp_path):
    save(tmp_path / "out" / "map.html", "old")
    (tmp_path / "out").chmod(0o500)
    article = save(tmp_path / "a.md")
    result = clashmap("build", article, "-o", tmp_path / "out", *TINY, before=WITHOUT_POWER)
    assert result.returncode == 2
    assert "give yourself the right" in result.stderr
    assert contents(tmp_path / "out") == {"map.html": b"old"}


def test_a_full_disk_leaves_the_old_files(tmp_path):
    resource = pytest.importorskip("resource")
    out = tmp_path / "out"
    for name in WRITTEN:
        save(out / name, "old")
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000));"
        "from geo.cli import main; sys.exit(main())"
    )
    assert resource.RLIMIT_FSIZE is not None
    for folder in (out, tmp_path / "new"):
        result = subprocess.run(
            [sys.executable, "-c", limited, "build", save(tmp_path / "a.md"), "-o", folder, *TINY],
            capture_output=True,
            encoding="utf-8",
            env=environment(),
            check=False,
        )
        assert result.returncode == 2
        (line,) = result.stderr.splitlines()
        assert f"{folder}: cannot be written (File too large); nothing was changed" in line
        assert "make room on the disk" in line
    assert contents(out) == dict.fromkeys(WRITTEN, b"old")
    assert not (tmp_path / "new").exists()


def test_ctrl_c_in_the_middle_of_a_build(tmp_path):
    out, pipe = tmp_path / "out", tmp_path / "many.jsonl"
    for name in WRITTEN:
        save(out / name, "old")
    os.mkfifo(pipe)
    lines = [json.dumps({"doc_id": f"d{n}", "text": f"Day {n}. " + STORY * 5}) for n in range(1500)]
    with subprocess.Popen(
        [*COMMAND, "build", pipe, "-o", out, *TINY],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
    ) as process:
        # The pipe opens when the build reads its input; when all is written, that is half done.
        pipe.write_text("\n".join(lines))
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines() == ["clashmap: interrupted; no file was left half-written"]
    assert contents(out) == dict.fromkeys(WRITTEN, b"old")
