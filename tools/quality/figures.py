"""Figures of one set of annotated texts, by the scorers that came with it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import systems

from geo.lookup.world import open_world

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable
    from pathlib import Path
    from types import ModuleType

    from geo.model import Reading

Json = dict[str, Any]
Spans = set[tuple[int, int]]

ARTICLES, EVENT_LOCATION = "articles", "event-location"
CORPORA = {"lgl": "lgl", "trnews": "trnews", "tudloc": "tudloc2013"}
SETS = (ARTICLES, EVENT_LOCATION, *CORPORA)
GROUPS = ("in-region", "out-of-region", "all")
# Of the scorer's report: what is printed, and of it what is held.
ROWS = (
    "recognition overlap P/R/F1", "recognition exact P/R/F1", "role accuracy (recognised)",
    "resolution <=10/25/161 km, settlements",
    "  of which mentions / without a point, settlements",
    "resolution <=10/25/161 km, countries", "event-site P/R/F1", "event-site P/R/F1 at 5 km",
    "events gold/predicted/matched", "event match P/R/F1", "event type accuracy",
    "date accuracy: start / start and end", "undated left undated",
    "claimant equal, with none counted", "denier equal, with none counted", "deaths accuracy",
    "wounded accuracy", "events equal in every scored field",
)  # fmt: skip
HELD = {
    "recognition overlap P/R/F1": 2, "recognition exact P/R/F1": 2, "role accuracy (recognised)": 0,
    "resolution <=10/25/161 km, settlements": 0, "event-site P/R/F1": 2, "event match P/R/F1": 2,
    "event type accuracy": 0, "date accuracy: start / start and end": 0,
    "claimant equal, with none counted": 0, "denier equal, with none counted": 0,
    "events equal in every scored field": 0,
}  # fmt: skip


class Text(NamedTuple):
    """One annotated text, our reading of it, and what it should have been."""

    name: str
    gold: Json
    reading: Reading
    line: Json


Predicted = Callable[[Text], Spans]


class Scored(NamedTuple):
    """A set: ``columns`` are (heading, row -> figures); ``held`` are the figures with floors."""

    name: str
    digest: str
    texts: tuple[Text, ...]
    columns: tuple[tuple[str, Json], ...]
    held: dict[str, float]

    def floored(self) -> dict[str, float]:
        """Figures under the keys of the floors."""
        return {f"{self.name}: {key}": value for key, value in self.held.items()}


def measure(dev: Path, name: str) -> Scored:
    """Read and score one set."""
    if name == ARTICLES:
        return _articles(dev)
    return _event_location(dev) if name == EVENT_LOCATION else _corpus(dev, name)


def shown(scored: Scored) -> str:
    """The set as a table."""
    headings = [heading for heading, _ in scored.columns]
    rows = dict.fromkeys(key for _, values in scored.columns for key in values)
    wide = max(map(len, rows))
    lines = [f"{scored.name} ({len(scored.texts)} texts)"]
    lines.append(" " * wide + "".join(f"  {heading:>24}" for heading in headings))
    for key in rows:
        cells = "".join(f"  {_cell(values.get(key)):>24}" for _, values in scored.columns)
        lines.append(f"{key:{wide}}{cells}".rstrip())
    return "\n".join(lines)


# -- articles with events --------------------------------------------------------------------------


def _articles(dev: Path) -> Scored:
    scorer = _scorer(dev, "score_articles")
    texts = []
    for path in sorted((dev / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        facts = json.loads((dev / "articles" / path.name).read_text(encoding="utf-8"))
        fields = {
            "doc_id": path.stem,
            "text": (dev / "articles" / f"{path.stem}.txt").read_bytes().decode("utf-8"),
            **{key: facts[key] for key in ("title", "published", "publisher") if facts.get(key)},
        }
        reading = systems.reading_of(fields)
        texts.append(Text(path.stem, gold, reading, systems.ours(reading)))
    columns: list[tuple[str, Json]] = []
    held: dict[str, float] = {}
    for group in GROUPS:
        chosen = [text for text in texts if _verbatim(text.gold, group)]
        report = _report(scorer, chosen, {text.name: text.line for text in chosen})
        columns.append((f"verbatim {group}", {row: report[row] for row in ROWS}))
        held |= {f"verbatim {group}: {row}": _part(report[row], at) for row, at in HELD.items()}
    chosen = [text for text in texts if _verbatim(text.gold, "all")]
    world = open_world()
    baselines: dict[str, Callable[[Json], Json]] = {
        "every name a site": systems.every_name_a_site,
        "most populous, a site": lambda line: systems.every_name_a_site(
            systems.most_populous(line, world)
        ),
    }
    for heading, made in baselines.items():
        report = _report(scorer, chosen, {text.name: made(text.line) for text in chosen})
        columns.append((heading, {row: report[row] for row in ROWS}))
    digest = _digest([*sorted((dev / "gold").glob("*")), *sorted((dev / "articles").glob("*"))])
    return Scored(ARTICLES, digest, tuple(texts), tuple(columns), held)


def _verbatim(gold: Json, group: str) -> bool:
    return gold["text_origin"] == "verbatim" and group in {"all", gold["region"]}


def _report(scorer: ModuleType, texts: Iterable[Text], lines: dict[str, Json]) -> Json:
    counts = [scorer.count_article(text.gold, lines[text.name]) for text in texts]
    report: Json = scorer.report(scorer.merge(counts))
    return report


# -- sentences with one verb ----------------------------------------------------------------------


def _event_location(dev: Path) -> Scored:
    path = dev / "corpora" / "event_location.jsonl"
    scorer = _scorer(dev, "score_event_location")
    texts = [_read_line(gold) for gold in _lines(path)]
    columns: list[tuple[str, Json]] = []
    held = {}
    readers: dict[str, Predicted] = {
        "clashmap": lambda text: scorer.predicted(text.line, _verb(text)),
        "every name a site": _every_span,
    }
    for heading, predicted in readers.items():
        values: Json = {}
        for label, pattern in (("armed verbs", scorer.ARMED), ("all verbs", None)):
            values |= _by_verb(scorer, texts, predicted, label=label, pattern=pattern)
        columns.append((heading, values))
        if heading == "clashmap":
            held = {key: value[2] for key, value in values.items() if isinstance(value, tuple)}
    return Scored(EVENT_LOCATION, _digest([path]), tuple(texts), tuple(columns), held)


def _by_verb(
    scorer: ModuleType,
    texts: list[Text],
    predicted: Predicted,
    *,
    label: str,
    pattern: re.Pattern[str] | None,
) -> Json:
    hit = said = gold = count = 0
    for text in texts:
        start, end = _verb(text)
        if pattern and not pattern.search(text.gold["text"][start:end]):
            continue
        count += 1
        spans = {(span["start"], span["end"]) for span in text.gold["locations"]}
        wanted = scorer.tokens(text.gold["text"], spans)
        found = scorer.tokens(text.gold["text"], predicted(text))
        hit, said, gold = hit + len(wanted & found), said + len(found), gold + len(wanted)
    score = scorer.prf(hit, said, gold)
    return {
        f"{label}: sentences": count,
        f"{label}: by token P/R/F1": (score["p"], score["r"], score["f1"]),
    }


def _verb(text: Text) -> tuple[int, int]:
    return text.gold["verb"]["start"], text.gold["verb"]["end"]


def _every_span(text: Text) -> Spans:
    return {(toponym["start"], toponym["end"]) for toponym in text.line["toponyms"]}


# -- names and points of the world ----------------------------------------------------------------


def _corpus(dev: Path, name: str) -> Scored:
    path = dev / "corpora" / f"{CORPORA[name]}.jsonl"
    scorer = _scorer(dev, "score_geoparse")
    texts = tuple(_read_line(gold) for gold in _lines(path))
    gold, world = scorer.load(str(path)), open_world()
    populous = [systems.most_populous(text.line, world) for text in texts]
    columns: list[tuple[str, Json]] = []
    for heading, lines in (
        ("clashmap", [text.line for text in texts]),
        ("most populous", populous),
    ):
        result = scorer.score(gold, {str(line["doc_id"]): line["toponyms"] for line in lines})
        columns.append((heading, {k: v for k, v in _flat(result) if isinstance(v, float | int)}))
    values = columns[0][1]
    held = {
        key: float(values[key])
        for key in ("recognition_exact f1", "resolution acc161", "end_to_end161 f1")
    }
    return Scored(name, _digest([path]), texts, tuple(columns), held)


def _flat(result: Json) -> Iterable[tuple[str, Any]]:
    for key, value in result.items():
        if isinstance(value, dict):
            yield from ((f"{key} {inner}", number) for inner, number in value.items())
        else:
            yield key, value


# -- common to the sets ---------------------------------------------------------------------------


def _read_line(gold: Json) -> Text:
    reading = systems.reading_of({"doc_id": str(gold["doc_id"]), "text": gold["text"]})
    return Text(
        str(gold["doc_id"]), gold, reading, {**systems.ours(reading), "doc_id": gold["doc_id"]}
    )


def _lines(path: Path) -> Iterable[Json]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _scorer(dev: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, dev / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"quality: {dev / name}.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _digest(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _part(value: Any, at: int) -> float:  # noqa: ANN401 - a figure or a tuple of them
    found = value[at] if isinstance(value, tuple | list) else value
    return float(found or 0.0)


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a scorer gives
    if isinstance(value, tuple | list):
        return " / ".join(map(_cell, value))
    return f"{value:.3f}" if isinstance(value, float) else str(value if value is not None else "-")
