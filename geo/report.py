"""``report.json``: what was read, found and refused, and hashes of what went in and came out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from geo import __version__
from geo.rows import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.gazetteer import Gazetteer
    from geo.model import Problem, Reading


def report(
    readings: tuple[Reading, ...],
    gazetteer: Gazetteer,
    *,
    problems: tuple[Problem, ...],
    outputs: Mapping[str, bytes],
) -> bytes:
    """The report as JSON; no clock is read, so the same input gives the same bytes."""
    document = {
        "clashmap": __version__,
        "packs": [
            {
                "id": files.pack.id,
                "title": files.pack.title,
                "licence": files.pack.licence,
                "sha256": files.digest,
            }
            for files in gazetteer.files
        ],
        "gazetteer_sha256": gazetteer.digest,
        **({"world": plain(gazetteer.world)} if gazetteer.world else {}),
        "counts": {
            "articles": len(readings),
            "events": sum(len(reading.events) for reading in readings),
            "mentions": sum(len(reading.resolutions) for reading in readings),
            "refused": len(_of(problems, "error")),
        },
        "articles": [_article(reading) for reading in readings],
        "balance": balance(readings),
        "refused": _of(problems, "error"),
        "warnings": _of(problems, "warning"),
        "notes": _of(problems, "note"),
        "gazetteer_problems": [plain(problem) for problem in gazetteer.problems],
        "outputs": {
            name: hashlib.sha256(data).hexdigest() for name, data in sorted(outputs.items())
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _of(problems: Iterable[Problem], severity: str) -> list[dict[str, Any]]:
    return [plain(problem) for problem in problems if problem.severity == severity]


def _article(reading: Reading) -> dict[str, Any]:
    article = reading.article
    return {
        "id": article.id,
        "file": article.path,
        "publisher": article.publisher,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "published_basis": article.published_basis,
        "text_kind": article.text_kind,
        "characters": len(article.text),
        "text_sha256": article.sha256,
        "mentions_by_role": _counts(r.role for r in reading.resolutions),
        "mentions_by_status": _counts(r.status for r in reading.resolutions),
        "events_by_type": _counts(e.type for e in reading.events),
        "events_by_precision": _counts(p.precision for e in reading.events for p in e.places),
        "problems": [plain(problem) for problem in reading.problems],
    }


def balance(readings: tuple[Reading, ...]) -> dict[str, dict[str, int]]:
    """How often each claimant asserts and denies: whose voice the loaded sources carry."""
    counts: dict[str, dict[str, int]] = {}
    for reading in readings:
        for event in reading.events:
            for claim in event.claims:
                row = counts.setdefault(claim.claimant, {"asserts": 0, "denies": 0})
                row[claim.stance] += 1
    return dict(sorted(counts.items()))


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
