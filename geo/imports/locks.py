"""One process at a time: a lock that ends with the process that holds it, so none is ever stale."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PAUSE_SECONDS = 0.1


@contextmanager
def locked(path: Path, *, seconds: float) -> Iterator[bool]:
    """Hold the lock; give False where another process still held it after ``seconds``.

    The file stays: to delete it would let two hold a lock of the same name.
    """
    try:
        import fcntl
    except ImportError:  # no such locks on Windows: whoever comes second does the work again
        yield True
        return
    until = time.monotonic() + seconds
    with path.open("ab") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if time.monotonic() >= until:
                    yield False
                    return
                time.sleep(_PAUSE_SECONDS)
            else:
                # Closing the file gives the lock back, as does the end of the process.
                yield True
                return
