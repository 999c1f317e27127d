"""How a rule tells what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.packs import PackFiles

    Rule = Callable[[Gazetteer, PackFiles], Iterator[Problem]]

_SHOWN = 120  # of a text in a message: it may be of any length


def error(code: str, where: str, message: str, remedy: str) -> Problem:
    """Tell of something that must be mended."""
    return Problem(code=code, where=where, message=message, remedy=remedy, severity="error")


def warning(code: str, where: str, message: str, remedy: str) -> Problem:
    """Tell of something that somebody should look at."""
    return Problem(code=code, where=where, message=message, remedy=remedy, severity="warning")


def note(code: str, where: str, message: str, remedy: str = "") -> Problem:
    """Tell of something that is no fault."""
    return Problem(code=code, where=where, message=message, remedy=remedy, severity="note")


def shown(text: str) -> str:
    """Give a text as a message may hold it: quoted, escaped and cut."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
