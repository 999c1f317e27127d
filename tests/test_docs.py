"""The documents: generated parts up to date, examples true, links alive."""

import json
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from geo import __version__
from geo.cli import COMMANDS
from geo.files import WRITERS
from geo.gazetteer import load_gazetteer
from geo.gazetteer.checks import check_packs

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "DESIGN.md",
    "gazetteer/README.md", "seeds/README.md",
)  # fmt: skip
# Paths of one machine and hosts of registries and mirrors have no place in a document.
FORBIDDEN = re.compile(
    r"/work/|/home/|/root/|/tmp/|/Users/|localhost|127\.0\.0\.1|pypi\.org|pythonhosted|npmjs|deb\.debian",
    re.IGNORECASE,
)
EVENT_FILES = {"events.csv", "map.geojson", "map.html", "report.json"}


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def docs_tools():
    """The modules of tools/, as a script there sees them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        yield import_module("docs_blocks"), import_module("make_docs")


def test_generated_tables_are_up_to_date(docs_tools):
    blocks, _ = docs_tools
    block = re.compile(r"<!-- generated: (.+?) -->\n(.*?)<!-- end -->", re.DOTALL)
    assert dict(block.findall(text("README.md"))) == blocks.blocks()
    gazetteer = import_module("gazetteer_blocks")
    assert dict(block.findall(text("gazetteer/README.md"))) == gazetteer.blocks()


@pytest.mark.slow
def test_sessions_show_what_is_printed_now():
    """Every shell and Python session of the README is run again."""
    done = subprocess.run(
        [sys.executable, "tools/make_docs.py", "--check"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert text("README.md").count("```console") >= 3
    assert text("README.md").count("```pycon") >= 2


def test_a_session_is_run_and_rewritten(docs_tools, tmp_path):
    _, make_docs = docs_tools
    old = "$ clashmap --version\nclashmap 0.0.0\n$ clashmap lokup 2>&1\n"
    assert make_docs.session(old, cache=str(tmp_path)) == (
        f"$ clashmap --version\nclashmap {__version__}\n$ clashmap lokup 2>&1\n"
        "clashmap: error: there is no command 'lokup'; did you mean `clashmap lookup`?\n"
    )
    old = ">>> 1 + 1\n3\n>>> for i in range(2):\n...     print(i)\n...\n>>> x = 4\n>>> x\n"
    assert make_docs.python_session(old, {}) == (
        ">>> 1 + 1\n2\n>>> for i in range(2):\n...     print(i)\n...\n0\n1\n>>> x = 4\n>>> x\n4\n"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_with_its_help(name):
    from argparse import ArgumentParser

    module, what = import_module(COMMANDS[name][0]), COMMANDS[name][1]
    section = text("README.md").partition(f"\n### clashmap {name}: {what}\n")[2]
    section = section.partition("\n### ")[0].partition("\n## ")[0]
    parser = ArgumentParser(add_help=False)
    module.configure(parser)
    assert parser._actions
    for action in parser._actions:
        assert " ".join(action.help.split()).replace("|", "\\|") in section
        assert all(option in section for option in action.option_strings)


def test_every_format_and_file_is_in_the_readme():
    words = json.loads(text("tools/docs_words.json"))
    assert words["formats"].keys() == WRITERS.keys()
    assert all(f"| `{name}` |" in text("README.md") for name in EVENT_FILES)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_relative_links_lead_somewhere(name):
    prose = re.sub(r"```.*?```", "", text(name), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)\s]+)\)", prose)
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), f"{name} links to {link}"
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), f"{name}: {link}"


def anchors(markdown):
    """The anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", markdown, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_of_one_machine(name):
    assert FORBIDDEN.findall(text(name)) == []


def test_the_changelog_tells_of_this_version():
    heading = re.compile(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", re.MULTILINE)
    versions = [
        found for found in heading.findall(text("CHANGELOG.md")) if found[0] != "Unreleased"
    ]
    assert versions[0][0] == __version__
    days = [day for _, day in versions]
    assert all(days)
    assert days == sorted(days, reverse=True)


def test_the_place_to_paste_is_a_valid_record(tmp_path):
    """Both lines of CONTRIBUTING.md, put into the world pack, pass every rule."""
    place, source = (
        json.loads(line)
        for line in re.findall(r"```json\n(.+?)\n```", text("CONTRIBUTING.md"), re.DOTALL)
    )
    folder = tmp_path / "world"
    shutil.copytree(ROOT / "gazetteer" / "world", folder)
    insert(folder / "places.geojson", place)
    insert(folder / "sources.json", source)
    gazetteer = load_gazetteer(folder)
    problems = check_packs(gazetteer)
    assert [p for p in problems if p.severity == "error"] == []
    assert gazetteer.place(place["id"]).label == place["properties"]["label"]
    assert [m.place.id for m in gazetteer.find("name of the village")] == [place["id"]]


def insert(path, record):
    """Put a record where its id belongs, as a person would: one line more, the rest as it was."""
    lines = path.read_text(encoding="utf-8").splitlines()
    new = json.dumps(record, ensure_ascii=False)
    ids = [m[1] if (m := re.search(r'"id": "([^"]+)"', line)) else None for line in lines]
    at = next(i for i, known in enumerate(ids) if known and known > record["id"])
    lines.insert(at, new + ",")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_files_named_in_contributing_exist():
    prose = text("CONTRIBUTING.md")
    named = set(re.findall(r"`((?:geo|tools|tests|seeds|gazetteer)/[\w./-]+)`", prose))
    assert len(named) > 8
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_make_targets_exist():
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"(?:^|`)make (\w+)", text(name), re.MULTILINE))
        assert named
        assert named <= targets
