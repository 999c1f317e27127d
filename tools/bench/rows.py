"""What a bench measures: rounds one after the other in turn, a ratio, a goal, one table."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Task(NamedTuple):
    """Something to time, that does its work ``times`` times over."""

    what: str
    action: Callable[[], object]
    times: float = 1


class Row(NamedTuple):
    """A measured thing; ``best`` is of its fastest round, ``ratio`` is to what stands ``beside``.

    ``met`` None: there is no goal, or it could not be measured.
    """

    what: str
    median: float
    best: float
    unit: str
    ratio: float = 0.0
    beside: str = ""
    goal: str = ""
    met: bool | None = None

    def at_most(self, bound: float) -> Row:
        """Give the row with a goal for its ratio, or for itself where it has none."""
        value = self.ratio if self.beside else self.median
        return self._replace(goal=f"<= {bound:g}", met=value <= bound)

    def at_least(self, bound: float) -> Row:
        """Give the row with a goal for its ratio."""
        return self._replace(goal=f">= {bound:g}", met=self.ratio >= bound)


UNITS = {"s": 1.0, "ms": 1e3, "µs": 1e6}


def timed(
    tasks: Sequence[Task],
    *,
    rounds: int,
    unit: str,
    clock: Callable[[], float] = time.process_time,
) -> list[Row]:
    """Time of each task, rounds interleaved; the ratio is of the time to that of the first."""
    seconds: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for task, own in zip(tasks, seconds, strict=True):
            start = clock()
            task.action()
            own.append((clock() - start) / task.times)
    scale, base = UNITS[unit], median(seconds[0])
    return [
        Row(task.what, median(s) * scale, min(s) * scale, unit, median(s) / base, tasks[0].what)
        for task, s in zip(tasks, seconds, strict=True)
    ]


def as_fast_as(row: Row, peer: Row) -> Row:
    """Give a row with how many times as fast as another it is, for its ratio."""
    return row._replace(ratio=peer.median / row.median, beside=f"speed of {peer.what}")


def missing(what: str, peer: str, goal: str) -> Row:
    """Give the row of a comparison for which a package is not installed."""
    return Row(what, 0, 0, "", beside=f"{peer}: NOT INSTALLED, not measured", goal=goal)


def shown(row: Row) -> str:
    """Give one line of the table."""
    if not row.unit:
        return f"{row.what:<46.46} {row.beside}; goal {row.goal}"
    digits = 0 if row.unit == "bytes" else 2
    numbers = f"{row.median:>12,.{digits}f} {row.best:>12,.{digits}f} {row.unit:<14}"
    ratio = f"{row.ratio:>9.3g} x {row.beside:<28.28}" if row.beside else " " * 40
    verdict = {True: "met", False: "NOT MET", None: ""}[row.met]
    return f"{row.what:<46.46} {numbers} {ratio} {row.goal:>8} {verdict}".rstrip()


HEADING = f"{'':46} {'median':>12} {'best':>12} {'':14} {'ratio':>9}   {'to':<28} {'goal':>8}"
