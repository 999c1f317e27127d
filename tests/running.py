"""``clashmap`` as its users run it: in a process of its own, from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TINY = ("--pack", str(ROOT / "tests" / "data" / "tiny"))
WRITTEN = ("events.csv", "map.geojson", "map.html", "report.json")
COMMAND = (sys.executable, "-m", "geo")
STORY = """\
Sudria said on Tuesday that Norlandic forces had shelled Osk and killed three soldiers.

Norland denied it. Its ministry said that fighting went on near Varden on Wednesday.
"""
ARTICLE = f"""---
title: Shells fall on Osk
publisher: Example Times
published: 2021-05-06
---
{STORY}"""


def environment(**changes: str) -> dict[str, str]:
    """The caller's variables with the checkout to import from, and these changes."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **changes}


def clashmap(
    *words, before=(), cwd=None, given=None, **changes
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; ``given`` is stdin, ``changes`` are environment variables.

    ``before`` are words in front of the command itself.
    """
    return subprocess.run(
        [*before, *COMMAND, *map(str, words)],
        cwd=cwd,
        input=given,
        capture_output=True,
        encoding="utf-8",
        env=environment(**changes),
        timeout=300,
        check=False,
    )


def save(path: Path, content: str | bytes = ARTICLE) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
