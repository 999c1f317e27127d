"""Days in and out of the ``when`` of Linked Places.

``in`` is a day that is known. A statement without a first day began at the latest when its source
was seen; one without a last day held at least until then.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?")


def when(start: dt.date | None, end: dt.date | None, *, seen: dt.date | None) -> dict[str, Any]:
    """Give the ``when`` of a statement whose source was ``seen`` on a day; {} says nothing."""
    if start is None and end is None and seen is None:
        return {}
    span: dict[str, Any] = {}
    if start is not None:
        span["start"] = {"in": start.isoformat()}
    else:
        latest = end or seen
        span["start"] = {"latest": latest.isoformat() if latest else ""}
    if end is not None:
        span["end"] = {"in": end.isoformat()}
    elif start is not None and seen is not None and seen >= start:
        span["end"] = {"earliest": seen.isoformat()}
    return {"timespans": [span]}


def read_when(value: Any) -> tuple[dt.date | None, dt.date | None]:  # noqa: ANN401 - JSON
    """Give first and last day; of several spans the first and the last, where all are known."""
    spans = value.get("timespans") if isinstance(value, dict) else None
    starts, ends = [], []
    for span in spans if isinstance(spans, list) else ():
        starts.append(_day(span, "start"))
        ends.append(_day(span, "end"))
    known_starts = [day for day in starts if day]
    known_ends = [day for day in ends if day]
    return (
        min(known_starts) if known_starts and len(known_starts) == len(starts) else None,
        max(known_ends) if known_ends and len(known_ends) == len(ends) else None,
    )


def _day(span: Any, which: str) -> dt.date | None:  # noqa: ANN401 - JSON
    told = span.get(which) if isinstance(span, dict) else None
    text = told.get("in") if isinstance(told, dict) else told
    return day(text, last=which == "end") if isinstance(text, str) else None


def day(text: str, *, last: bool) -> dt.date | None:
    """Give the first or ``last`` day of an ISO year, month or day; None for what is none.

    Years before 1 are None: no calendar of ours has them.
    """
    found = _ISO.fullmatch(text.strip())
    if not found:
        return None
    year, month, number = (int(part) if part else 0 for part in found.groups())
    try:
        month = month or (12 if last else 1)
        number = number or (calendar.monthrange(year, month)[1] if last else 1)
        return dt.date(year, month, number)
    except (ValueError, calendar.IllegalMonthError):
        return None
