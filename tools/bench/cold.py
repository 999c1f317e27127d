"""Commands in processes of their own, through the console script of an installed wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from typing import TYPE_CHECKING

from rows import Row, Task, timed

from geo.gazetteer import available_packs, load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOURCES = ("geo", "gazetteer", "LICENSE", "README.md", "pyproject.toml", "setup.py")
ROUNDS = 21  # of commands that take tens of milliseconds
# What a child used at most is told to its parent, and what the parent held before it started the
# child counts as the child's: so a small process starts it, not the bench.
PEAK = (
    "import os, sys; null = os.open(os.devnull, os.O_WRONLY);"
    "pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions="
    "[(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]);"
    "print(os.wait4(pid, 0)[2].ru_maxrss)"
)
KILOBYTES_A_MEGABYTE = 1024


def rows(root: Path, folder: Path) -> list[Row]:
    """Milliseconds and megabytes of look-ups, and the milliseconds of an import."""
    python, command = environments(root, folder)
    empty = folder / "empty" / "bin" / "python"
    quiet = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    variables = quiet | {"XDG_CACHE_HOME": str(folder / "cache")}

    def process(*words: str | Path) -> Callable[[], subprocess.CompletedProcess[bytes]]:
        return lambda: subprocess.run(
            [str(word) for word in words],
            env=variables,
            cwd=folder,
            capture_output=True,
            check=False,
        )

    def peak(*words: str | Path) -> Row:
        used = [int(process(empty, "-I", "-S", "-c", PEAK, *words)().stdout) for _ in range(3)]
        megabytes = [kilobytes / KILOBYTES_A_MEGABYTE for kilobytes in sorted(used)]
        return Row("", megabytes[1], megabytes[0], "MB")

    places = load_gazetteer(available_packs()[0]).places.values()
    label = next(place.label for place in places if len(place.label.split()) == 1)
    misspelt = label[:2] + label[3:]
    # The first look-up ever finds the index that came along. A name that is found gives 0, else 1.
    codes = [process(command, "lookup", name)().returncode for name in (label, misspelt)]
    if codes != [0, 1]:
        raise SystemExit(f"the look-ups of {label!r} and {misspelt!r} gave {codes}, not [0, 1]")
    bare, imported, found, missed = timed(
        (
            Task("python -c pass", process(empty, "-c", "pass")),
            Task("import geo", process(python, "-c", "import geo")),
            Task(f"clashmap lookup {label}", process(command, "lookup", label)),
            Task(f"clashmap lookup {misspelt} (one typo)", process(command, "lookup", misspelt)),
        ),
        rounds=ROUNDS,
        unit="ms",
        clock=time.perf_counter,
    )
    return [
        bare,
        imported.at_most(2.0),
        found.at_most(3.0),
        missed.at_most(3.5),
        peak(empty, "-c", "pass")._replace(what="python -c pass: peak memory"),
        peak(command, "lookup", label)._replace(what="that look-up: peak memory").at_most(16),
        peak(command, "lookup", misspelt)._replace(what="with one typo: peak memory").at_most(16),
    ]


def environments(root: Path, folder: Path) -> tuple[Path, Path]:
    """Give python and ``clashmap`` where the wheel is; an empty environment lies beside them."""
    for name in SOURCES:
        source, copy = root / name, folder / "source" / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "lookup.sqlite")
            shutil.copytree(source, copy, ignore=ignored)
        else:
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(source, copy)
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    _run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index",
         "-w", str(folder), str(folder / "source"))  # fmt: skip
    for name in ("empty", "full"):
        venv.create(folder / name, with_pip=False, symlinks=True)
    python = folder / "full" / "bin" / "python"
    (wheel,) = folder.glob("*.whl")
    _run(*pip, f"--python={python}", "install", "--no-deps", "--no-index", str(wheel))
    # The dependencies are lent from here; a .pth file puts them behind what is installed there.
    own = _run(str(python), "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])")
    lent = dict.fromkeys(sysconfig.get_paths()[kind] for kind in ("purelib", "platlib"))
    (folder / own.strip() / "lent.pth").write_text("\n".join(lent), encoding="utf-8")
    return python, python.with_name("clashmap")


def _run(*words: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(
        words, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
