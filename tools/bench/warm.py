"""Packs in memory: how long they take to load, and look-ups by name."""

from __future__ import annotations

import random
import sqlite3
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from invented import SEED
from rows import Row, Task, as_fast_as, timed

from geo.folding import whole_key
from geo.gazetteer import available_packs, load_gazetteer
from geo.lookup.bundled import pack_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

LOAD_ROUNDS = 5
ROUNDS = 7
NAMES = 4000


def loading(invented: Path) -> list[Row]:
    """Milliseconds until packs are in memory, and until their names are, beside bare JSON."""
    found = []
    for what, packs in (("all packs", available_packs()), ("39,000 names", (str(invented),))):
        paths = tuple(f"{pack_folder(pack)}/places.geojson" for pack in packs)
        tasks = (
            Task(f"{what}: JSON read, no more", partial(_decode, paths)),
            Task(f"{what}: loaded", partial(load_gazetteer, *packs)),
            Task(f"{what}: and names ready", partial(_ready, packs)),
        )
        found += timed(tasks, rounds=LOAD_ROUNDS, unit="ms")
    return found


def _decode(paths: Iterable[str]) -> list[object]:
    return [msgspec.json.decode(Path(path).read_bytes()) for path in paths]


def _ready(packs: Iterable[str]) -> None:
    load_gazetteer(*packs).find("")


def lookups(folder: Path) -> list[Row]:
    """Microseconds of a look-up in memory, and of the same rows out of SQLite by their key.

    The names are all different. The table holds keys and nothing else, sorted by them; its
    statement is prepared once, and it is given the key, where the gazetteer is given the name.
    """
    gazetteer = load_gazetteer(*available_packs())
    forms = sorted({form.text for place in gazetteer.places.values() for form in place.names})
    rng = random.Random(SEED)  # noqa: S311 - no secret
    spelt = rng.sample(forms, k=min(NAMES, len(forms)))
    other = [form.swapcase() for form in spelt]
    keys = [whole_key(name) for name in spelt]
    connection = sqlite3.connect(folder / "bare.sqlite")
    connection.execute(
        "CREATE TABLE bare (key TEXT, place TEXT, PRIMARY KEY (key, place)) WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT INTO bare VALUES (?, ?)",
        sorted(
            {
                (" ".join(key), place.id)
                for place in gazetteer.places.values()
                for key, _, _ in gazetteer.keys_of(place)
            }
        ),
    )
    connection.commit()
    connection.close()
    # As our own index is opened: with locks on the file, each statement would take twice as long.
    path = folder / "bare.sqlite"
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    sql = "SELECT place FROM bare WHERE key = ?"
    for name, key in zip(spelt, keys, strict=True):
        same = {row[0] for row in connection.execute(sql, (key,))}
        if same != {match.place.id for match in gazetteer.find(name)}:
            raise SystemExit(f"SQLite and the gazetteer disagree about {name!r}")
    gazetteer.find(other[0])  # the tables are made at the first look-up of each kind
    bare, exact, folded = timed(
        (
            Task(
                "a prepared SELECT",
                lambda: [connection.execute(sql, (key,)).fetchall() for key in keys],
                len(keys),
            ),
            Task("Gazetteer.find, as spelt", lambda: [*map(gazetteer.find, spelt)], len(spelt)),
            Task("Gazetteer.find, case turned", lambda: [*map(gazetteer.find, other)], len(other)),
        ),
        rounds=ROUNDS,
        unit="µs",
    )
    connection.close()
    return [bare, as_fast_as(exact, bare).at_least(0.8), as_fast_as(folded, bare).at_least(0.8)]
