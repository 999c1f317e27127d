"""How an import of a whole GeoNames fares: CPU, memory, size, and the look-up after it.

    .venv/bin/python tools/bench/world.py                  13 million rows: some ten minutes
    .venv/bin/python tools/bench/world.py --rows 300000

The dump is made up, with a fixed seed, in a temporary folder: names of several scripts, with and
without other names, in the columns of allCountries. Beside the import stands the least that any
such index costs: the same rows, sorted already, handed to SQLite by a bare ``executemany``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from anyascii import anyascii

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ROWS = 13_000_000
SEED = 20260101
BATCH = 200_000
ROUNDS = 21
# A row of the dump in three has no other name, as in GeoNames most villages have none.
OTHERS = (0, 0, 0, 0, 0, 0, 1, 1, 2, 5)
SYLLABLES = {
    "latin": "ka ra ma ti no vel dor san bel ri mont ber lin a shu gor hin der ta no vo kra lyu ze",
    "marked": "kä rö mą tí ño vêl dör šan bël řî żon bér líñ å şu ğor hın đer tă nõ vō krã ļu žę",
    "apostrophe": "ka ra ma t’i no vel dor s’an bel r'i mont ber k'in a sh’u gor hin der ta no",
    "cyrillic": "ка ра ма ти но вел дор сан бел ри монт бер лин а шу гор хин дер та но во кра лю",
    "arabic": "كا را ما تي نو فل دور سان بل ري مون بر لين ا شو جور هين در تا نو فو كرا ليو زه",
    "armenian": "կա ռա մա թի նո վել դոր սան բել րի մոնտ բեր լին ա շու գոր հին դեր տա վո կրա զե",
    "han": "山 河 口 上 下 大 小 新 安 平 東 西 南 北 村 鎮 城 州 原 田 木 石 金 水",
}
# GeoNames writes the name of a place in Latin letters, and its other names in any.
MAIN = ("latin",) * 13 + ("marked",) * 5 + ("apostrophe",) * 2
OTHER = ("latin",) * 4 + ("marked",) * 2 + ("cyrillic", "arabic", "armenian", "han")
ENDINGS = ("", "", "", "", " Creek", " Nova", " de Baixo", " School", "-on-Sea", " II", " (ruin)")
FEATURES = ("P\tPPL",) * 5 + ("H\tSTM", "T\tMT", "S\tHTL", "T\tHLL", "S\tSCH", "A\tADM3", "L\tLCTY")
NAMES_A_POOL = 40_000


def lines(count: int) -> Iterator[str]:
    """Lines of a dump, the same at every run."""
    rng = random.Random(SEED)  # noqa: S311 - no secret
    pools = {script: list(_pool(rng, script)) for script in SYLLABLES}
    countries = [f"{a}{b}" for a in "ABCGIMPRU" for b in "AEMRSTZ"]
    # One draw a row: its bits choose everything.
    for number in range(1, count + 1):
        draw = rng.getrandbits(200)

        def pick(most: int) -> int:
            nonlocal draw
            draw, chosen = divmod(draw, most)
            return chosen

        first = pools[MAIN[pick(len(MAIN))]]
        name, plain = first[pick(NAMES_A_POOL)]
        if pick(3):
            second = first[pick(NAMES_A_POOL)]
            name, plain = f"{name} {second[0]}", f"{plain} {second[1]}"
        ending = ENDINGS[pick(len(ENDINGS))]
        name, plain = name + ending, plain + ending
        others = ",".join(
            pools[OTHER[pick(len(OTHER))]][pick(NAMES_A_POOL)][0]
            for _ in range(OTHERS[pick(len(OTHERS))])
        )
        lat, lon = pick(17_000_000) / 1e5 - 85, pick(36_000_000) / 1e5 - 180
        people = pick(50_000) if not pick(20) else 0
        yield (
            f"{number}\t{name}\t{plain}\t{others}\t{lat:.5f}\t{lon:.5f}"
            f"\t{FEATURES[pick(len(FEATURES))]}\t{countries[pick(len(countries))]}\t"
            f"\t{pick(20):02}\t{pick(40) or ''}\t\t\t{people}\t\t{pick(3000)}\tEtc/UTC"
            f"\t20{pick(24) + 1:02}-0{pick(9) + 1}-1{pick(10)}"
        )


def _pool(rng: random.Random, script: str) -> Iterator[tuple[str, str]]:
    """Names and their ASCII forms."""
    syllables = SYLLABLES[script].split()
    for _ in range(NAMES_A_POOL):
        name = "".join(rng.choices(syllables, k=rng.randint(2, 4))).capitalize()
        yield name, anyascii(name)


def command(*words: str, cache: Path) -> tuple[float, float, float]:
    """Run clashmap; give CPU seconds, wall seconds and peak memory in MB."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache)}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "geo", *words], env=variables, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"clashmap {words[0]} gave {process.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024


def bare(index: Path, folder: Path) -> float:
    """CPU seconds of the rows of an index, sorted, through ``executemany`` into empty tables."""
    source = sqlite3.connect(index)
    target = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    target.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;"
    )
    spent = 0.0
    for table in ("names", "places"):
        (sql,) = source.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        target.execute(sql)
        rows = source.execute(f"SELECT * FROM {table}")  # noqa: S608 - a constant
        marks = ", ".join("?" * len(rows.description))
        target.execute("BEGIN")
        while batch := rows.fetchmany(BATCH):
            start = time.process_time()
            target.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)  # noqa: S608
            spent += time.process_time() - start
        start = time.process_time()
        target.execute("COMMIT")
        spent += time.process_time() - start
    source.close()
    target.close()
    (folder / "bare.sqlite").unlink()
    return spent


def sizes(index: Path) -> tuple[int, int, int]:
    """Names, bytes of their table, bytes of the file."""
    connection = sqlite3.connect(index)
    names = connection.execute("SELECT count(*) FROM names").fetchone()[0]
    (own,) = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'names'").fetchone()
    connection.close()
    return names, own, index.stat().st_size


LOOKUP = """\
import sys
from geo.lookup.world import World
world = World([sys.argv[1]])
found = [world.complete(answer) for answer in world.find(sys.argv[2], limit=10)]
sys.exit(not found)
"""


def cold(indexes: dict[str, Path], names: dict[str, str], folder: Path) -> dict[str, float]:
    """Median milliseconds of a look-up in a process of its own, rounds interleaved."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    # As after an installation: compiled once, at the first round.
    variables |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    seconds: dict[str, list[float]] = {what: [] for what in indexes}
    for _ in range(ROUNDS):
        for what, index in indexes.items():
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", LOOKUP, str(index), names[what]], env=variables, check=True
            )
            seconds[what].append(time.perf_counter() - start)
    return {what: median(own) * 1e3 for what, own in seconds.items()}


def imported(folder: Path, rows: int) -> tuple[Path, tuple[float, float, float]]:
    """Make a dump of so many rows and import it; give the index and what it took."""
    folder.mkdir()
    dump = folder / "allCountries.txt"
    with dump.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines(rows))
    used = command("gazetteer", "import", str(dump), cache=folder / "cache")
    (index,) = (folder / "cache" / "clashmap").glob("world-*.sqlite")
    return index, used


def rare_name(index: Path) -> str:
    """A name that one place has, from the middle of an index."""
    connection = sqlite3.connect(index)
    sql = (
        "SELECT p.name FROM places p JOIN names n ON n.place = p.id AND n.n = 0 WHERE p.id > ?"
        " AND (SELECT count(*) FROM names o WHERE o.key = n.key) = 1 LIMIT 1"
    )
    middle = connection.execute("SELECT max(id) / 2 FROM places").fetchone()[0]
    (name,) = connection.execute(sql, (middle,)).fetchone()
    connection.close()
    return str(name)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS, help=f"default {ROWS:,}")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="clashmap-world-") as name:
        folder = Path(name)
        large, (cpu, wall, memory) = imported(folder / "large", args.rows)
        small, _ = imported(folder / "small", min(args.rows, 5_000))
        names, own, size = sizes(large)
        least = bare(large, folder)
        paths = {"small": small, "large": large}
        times = cold(paths, {what: rare_name(path) for what, path in paths.items()}, folder)
    figures = {
        "rows": args.rows,
        "names": names,
        "import: CPU s": round(cpu, 1),
        "import: wall s": round(wall, 1),
        "import: peak MB": round(memory, 1),
        "bare sorted executemany: CPU s": round(least, 1),
        "import / bare": round(cpu / least, 2),
        "names table: bytes a name": round(own / names, 1),
        "whole file: bytes a name": round(size / names, 1),
        "whole file: MB": round(size / 1e6, 1),
        "cold look-up, 5,000 places: ms": round(times["small"], 1),
        "cold look-up, this index: ms": round(times["large"], 1),
        "cold look-up ratio": round(times["large"] / times["small"], 2),
    }
    if args.json:
        print(json.dumps(figures))
        return
    for what, figure in figures.items():
        print(f"{what:40} {figure:>14,}")


if __name__ == "__main__":
    main()
