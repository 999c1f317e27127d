"""Python's search for circular garbage, made seldom: an import makes millions of rows and none."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Some blocks' worth of rows. At the usual 700 a sixth of an import goes into looking through them.
_ROWS = 500_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Search seldom within the block; as before after it."""
    usual = gc.get_threshold()
    gc.set_threshold(_ROWS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
