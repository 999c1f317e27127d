"""The only door to the terminal: every string printed passes ``safe``.

Article text and users' packs can hold control sequences that move the cursor, set the clipboard or
forge a line of output. Data goes to stdout, talk to stderr.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    _T = TypeVar("_T")

NEWLINE = " ⏎ "
# Shorter work needs no bar; a bar that flashes up is worse than none.
_SECONDS_BEFORE_A_BAR = 1.0

# CSI; then strings that end with BEL or ST: OSC, DCS, SOS, PM, APC. An unended one takes the rest,
# as it would in the terminal. Then line ends, and what is shown by its code.
_PATTERN = (
    r"(?P<drop>(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])(?:[^\x07\x1b\x9c]|\x1b(?!\\))*+(?:\x07|\x1b\\|\x9c|\Z))"
    r"|(?P<line>\r\n|[\n\v\f\x85\u2028\u2029])"
    r"|[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_compiled: re.Pattern[str] | None = None


def safe(text: str) -> str:
    r"""Give one line that a terminal shows and does not obey; controls as ``\x1B``, ``\u202E``."""
    if text.isprintable():
        return text
    global _compiled  # noqa: PLW0603 - most runs never need the expression
    if _compiled is None:
        import re

        _compiled = re.compile(_PATTERN, re.DOTALL)
    return _compiled.sub(_show, text)


def _show(match: re.Match[str]) -> str:
    if match.lastgroup == "drop":
        return ""
    if match.lastgroup == "line":
        return NEWLINE
    code = ord(match[0])
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"


def say(message: str) -> None:
    """Write one line of talk to stderr."""
    sys.stderr.write(safe(message) + "\n")


def out(line: str = "") -> None:
    """Write one line of data to stdout; the caller has made its parts safe."""
    sys.stdout.write(line + "\n")


def colour_wanted() -> bool:
    """Tell whether stdout is a terminal whose user has not refused colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def bold(text: str) -> str:
    """Give the text in bold where colour is wanted; ``text`` is safe already."""
    return f"\x1b[1m{text}\x1b[0m" if colour_wanted() else text


def progress(items: Iterable[_T], *, total: int | None, label: str) -> Iterator[_T]:
    """Yield the items; on a terminal a bar on stderr shows how far it is, if it takes long."""
    if not sys.stderr.isatty():
        yield from items
        return
    from time import monotonic

    iterator = iter(items)
    start, done = monotonic(), 0
    for item in iterator:
        yield item
        done += 1
        if monotonic() - start > _SECONDS_BEFORE_A_BAR:
            break
    else:
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(escape(safe(label)), total=total, completed=done)
        for item in iterator:
            yield item
            bar.advance(task)
