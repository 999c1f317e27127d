"""What an import left out, as a table beside its index."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from geo.terminal import safe

if TYPE_CHECKING:
    import sqlite3

HEADINGS = ("file", "line", "reason", "text")
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@")


def write_rejected(staged: sqlite3.Connection, path: Path) -> int:
    """Write the table, if there is anything to tell; give how many lines and names it holds.

    Text from the files is made harmless: one line, no control characters, no formulas.
    """
    path.unlink(missing_ok=True)
    count = int(staged.execute("SELECT count(*) FROM rejected").fetchone()[0])
    if not count:
        return 0
    part = Path(f"{path}.{os.getpid()}.part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(HEADINGS) + "\n")
        for row in staged.execute("SELECT file, line, reason, text FROM rejected ORDER BY rowid"):
            file.write("\t".join(_cell(str(value)) for value in row) + "\n")
    part.replace(path)
    return count


def _cell(text: str) -> str:
    text = safe(text.replace("\t", " | "))
    return f"'{text}" if text.startswith(_FORMULA) else text
