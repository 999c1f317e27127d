"""How fast clashmap is, beside something bare measured in the same run. Nothing is asserted.

    make bench                          a table
    .venv/bin/python tools/bench.py --json

Wall times are those of a machine that does other things too: rounds are interleaved, and the best
of them is told beside the median. Ratios are of medians.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections.abc import Callable, Iterable
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from geo.articles import article_from_document, read_articles
from geo.folding import name_key
from geo.gazetteer import available_packs, load_gazetteer
from geo.lookup.index_build import build_index
from geo.pipeline import gazetteer_of, packs_for, read

if TYPE_CHECKING:
    from geo.model import Article

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
SOURCES = ("geo", "gazetteer", "LICENSE", "README.md", "pyproject.toml", "setup.py")
ROUNDS = 15  # of commands that take tens of milliseconds
NAMES = 2000
NAME_ROUNDS = 7
ARTICLES = 12
ARTICLE_WORDS = 600  # of an agency's longer report
READ_ROUNDS = 3
DAY = "2021-05-06"  # of every generated article
SPACY_MODEL = "en_core_web_sm"
SENTENCES = (
    "The defence ministry of {a} said on Tuesday that forces of {b} had shelled {x} and {y}.",
    "{b} denied the report and said that its troops had repelled an attack near {x}.",
    "At least {n} people were killed and {m} wounded in {y}, officials in {x} said.",
    "Residents of {x} told reporters that the road to {y} had been closed since Monday.",
    "Fighting went on {n} km north of {x}, according to a spokesman.",
    "The two sides had agreed on a ceasefire in talks held in {y} last year.",
)


class Row(NamedTuple):
    """A measured thing beside its bare counterpart; ``least`` is of the fastest round."""

    what: str
    median: float
    least: float
    unit: str
    beside: str = ""
    beside_median: float = 0.0
    ratio: float = 0.0


Action = Callable[[], object]


def timed(actions: Iterable[Action], *, rounds: int, clock: Callable[[], float]) -> list[Row]:
    """Seconds of each action, rounds interleaved; the others stand beside the first."""
    known = tuple(actions)
    seconds: list[list[float]] = [[] for _ in known]
    for _ in range(rounds):
        for action, own in zip(known, seconds, strict=True):
            start = clock()
            action()
            own.append(clock() - start)
    base = median(seconds[0])
    return [Row("", median(s), min(s), "s", "", base, median(s) / base) for s in seconds]


# -- a. commands in processes of their own ---------------------------------------------------------


def cold(folder: Path) -> list[Row]:
    """Milliseconds of look-ups through the installed command, and of an import."""
    python, command = _environments(folder)
    quiet = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    variables = quiet | {"XDG_CACHE_HOME": str(folder / "cache")}

    def process(*words: str | Path) -> Callable[[], subprocess.CompletedProcess[bytes]]:
        return lambda: subprocess.run(
            [str(word) for word in words],
            env=variables,
            cwd=folder,
            capture_output=True,
            check=False,
        )

    places = load_gazetteer(available_packs()[0]).places.values()
    label = next(place.label for place in places if len(place.label.split()) == 1)
    misspelt = label[:2] + label[3:]
    # The first look-up ever finds the index that came along. A name that is found gives 0, else 1.
    codes = [process(command, "lookup", name)().returncode for name in (label, misspelt)]
    if codes != [0, 1]:
        raise SystemExit(f"the look-ups of {label!r} and {misspelt!r} gave {codes}, not [0, 1]")
    actions = {
        "an empty environment: python -c pass": process(folder / "empty/bin/python", "-c", "pass"),
        "import geo": process(python, "-c", "import geo"),
        f"clashmap lookup {label}": process(command, "lookup", label),
        f"clashmap lookup {misspelt} (one typo)": process(command, "lookup", misspelt),
    }
    rows = timed(actions.values(), rounds=ROUNDS, clock=time.perf_counter)
    return [
        Row(what, row.median * 1e3, row.least * 1e3, "ms", "python -c pass",
            row.beside_median * 1e3, row.ratio)
        for what, row in zip(actions, rows, strict=True)
    ]  # fmt: skip


def _environments(folder: Path) -> tuple[Path, Path]:
    """Python and ``clashmap`` where the wheel is; an empty environment lies beside them."""
    for name in SOURCES:
        source, copy = ROOT / name, folder / "source" / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "lookup.sqlite")
            shutil.copytree(source, copy, ignore=ignored)
        else:
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(source, copy)
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    _run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index",
         "-w", str(folder), str(folder / "source"))  # fmt: skip
    for name in ("empty", "full"):
        venv.create(folder / name, with_pip=False, symlinks=True)
    python = folder / "full" / "bin" / "python"
    (wheel,) = folder.glob("*.whl")
    _run(*pip, f"--python={python}", "install", "--no-deps", "--no-index", str(wheel))
    # The dependencies are lent from here; a .pth file puts them behind what is installed there.
    own = _run(str(python), "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])")
    lent = dict.fromkeys(sysconfig.get_paths()[kind] for kind in ("purelib", "platlib"))
    (Path(own.strip()) / "lent.pth").write_text("\n".join(lent), encoding="utf-8")
    return python, python.with_name("clashmap")


def _run(*words: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(
        words, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


# -- b. look-ups in a running process --------------------------------------------------------------


def warm(folder: Path) -> list[Row]:
    """Microseconds of an exact look-up in memory, and of the same row out of SQLite."""
    gazetteer = load_gazetteer(*available_packs())
    every = sorted({form.text for place in gazetteer.places.values() for form in place.names})
    names = every[:: max(1, len(every) // NAMES)][:NAMES]
    keys = [" ".join(name_key(name)) for name in names]
    build_index(available_packs(), folder / "bench.sqlite")
    connection = sqlite3.connect(folder / "bench.sqlite")
    # The statement is prepared once and kept by the connection.
    sql = (
        "SELECT p.id, p.label, p.lat, p.lon FROM keys k JOIN places p ON p.number = k.place"
        " WHERE k.key = ? ORDER BY k.place, k.n"
    )
    gazetteer.find(names[0])
    rows = timed(
        (
            lambda: [connection.execute(sql, (key,)).fetchall() for key in keys],
            lambda: [gazetteer.find(name) for name in names],
        ),
        rounds=NAME_ROUNDS,
        clock=time.process_time,
    )
    connection.close()
    each = 1e6 / len(names)
    what = ("SQLite: a prepared SELECT by the key", "Gazetteer.find: folded, ranked")
    return [
        Row(said, row.median * each, row.least * each, "µs", "SELECT", row.beside_median * each,
            row.ratio)
        for said, row in zip(what, rows, strict=True)
    ]  # fmt: skip


# -- c. reading ------------------------------------------------------------------------------------


def reading() -> list[Row]:
    """Articles of 600 words read in a CPU second, beside a bare pass over the same words."""
    seeds, _ = read_articles([SEEDS])
    articles = (*seeds, *generated())
    packs = {article.id: gazetteer_of(*packs_for(article)) for article in articles}
    words = re.compile(r"\w+")
    actions: dict[str, Action] = {
        r"a bare pass of \w+": lambda: [words.findall(article.text) for article in articles],
        "parse: places, roles, events, claims": lambda: [
            read(article, packs[article.id]) for article in articles
        ],
    }
    if importlib.util.find_spec("spacy") and importlib.util.find_spec(SPACY_MODEL):
        model = import_module(SPACY_MODEL).load()
        actions[f"spaCy {SPACY_MODEL}"] = lambda: [model(article.text) for article in articles]
    for action in actions.values():
        action()  # tables and patterns are made at the first use
    rows = timed(actions.values(), rounds=READ_ROUNDS, clock=time.process_time)
    amount = sum(len(words.findall(article.text)) for article in articles) / ARTICLE_WORDS
    return [
        Row(what, amount / row.median, amount / row.least, "articles/CPU s", r"\w+",
            amount / row.beside_median, 1 / row.ratio)
        for what, row in zip(actions, rows, strict=True)
    ]  # fmt: skip


def generated() -> tuple[Article, ...]:
    """Articles of 600 words about places of the first pack, the same at every run."""
    gazetteer = load_gazetteer(*available_packs())
    pack = gazetteer.packs[0]
    first, second = (gazetteer.actors[party].label for party in pack.parties[:2])
    labels = sorted(
        place.label for place in gazetteer.places.values() if gazetteer.pack_of(place.id) == pack.id
    )
    # Stepping by a prime part of the list gives every article places of its own.
    place = cycle(labels[:: max(1, len(labels) // 211)])
    found = []
    for number in range(ARTICLES):
        lines: list[str] = []
        for turn, form in enumerate(cycle(SENTENCES)):
            x, y = islice(place, 2)
            a, b = (first, second) if turn % 2 else (second, first)
            lines.append(form.format(a=a, b=b, x=x, y=y, n=turn % 9 + 2, m=turn % 7 + 2))
            if sum(len(line.split()) for line in lines) >= ARTICLE_WORDS:
                break
        parts = (" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3))
        fields = {
            "doc_id": f"bench-{number}",
            "text": "\n\n".join(parts),
            "published": DAY,
        }
        found.append(article_from_document(fields))
    return tuple(found)


# -- d. the page -----------------------------------------------------------------------------------


def page(folder: Path) -> list[Row]:
    """CPU seconds of a build of the seeds in a process of its own, and the bytes of its page."""
    out = folder / "maps"
    seconds = []
    for _ in range(READ_ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "geo", "build", str(SEEDS), "-o", str(out)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
            check=False,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    size = float((out / "map.html").stat().st_size)
    return [
        Row("clashmap build seeds", median(seconds), min(seconds), "CPU s"),
        Row("map.html", size, size, "bytes"),
    ]


def shown(row: Row) -> str:
    """One line of the table."""
    digits = 0 if row.unit == "bytes" else 2
    ratio = f"{row.ratio:9.4g} x {row.beside}" if row.beside else ""
    numbers = f"{row.median:>12,.{digits}f} {row.least:>12,.{digits}f} {row.unit:<15}"
    return f"{row.what:<40.40} {numbers}{ratio}".rstrip()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON list")
    as_json = parser.parse_args().json
    with tempfile.TemporaryDirectory(prefix="clashmap-bench-") as name:
        folder = Path(name)
        rows = [*cold(folder), *warm(folder), *reading(), *page(folder)]
    if as_json:
        print(json.dumps([row._asdict() for row in rows], indent=1, ensure_ascii=False))
        return
    print(f"{'':40} {'median':>12} {'best':>12}")
    print("\n".join(map(shown, rows)))


if __name__ == "__main__":
    main()
