"""The world as a fallback: places of GeoNames behind the curated packs.

A name is looked for in the packs of the theatre first, then among the countries and capitals of the
pack ``world``, and only then here, inside a prior: the countries or the point that the question is
about. Nothing here is more than "likely": GeoNames says neither who calls a place by a name nor how
exact a point is.

``open_world`` finds the indexes that ``clashmap gazetteer import`` made, and the one of the extra
``clashmap[world]``, which is made at its first use. Asked in the order of import, the last first;
the first that knows an id answers for it.
"""

from __future__ import annotations

import os

from geo.errors import GazetteerError
from geo.folding import name_key
from geo.lookup.answers import Form, Sighting
from geo.lookup.cache import cache_folder
from geo.lookup.world_answers import PACK, WorldAnswer, order
from geo.lookup.world_cache import FORMAT, is_current, read_list
from geo.lookup.world_forms import HISTORIC, WIKIDATA, read_forms

try:  # as in geo.lookup.index
    import _sqlite3 as sqlite
except ImportError:
    import sqlite3 as sqlite  # type: ignore[no-redef]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Row = tuple[object, ...]
    Remake = Callable[[str], list[str]]

DEFAULT_LIMIT = 20
# Keys have letters of ASCII, digits and spaces; those of a script that no table knows have others.
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 "
_LONGEST_GUESS = 60
_SHORTEST_GUESS = 3
_SUGGESTIONS = 3
_PLACES_OF_A_GUESS = 20
_IDS_A_QUERY = 400

_PLACE = (
    "p.id, p.name, p.lat, p.lon, p.population, p.forms, s.citation, f.code, f.word, f.kind,"
    " f.accuracy_m, f.point, a.country, a.admin1, a.admin2"
    " FROM {source} JOIN features f ON f.number = p.feature JOIN areas a ON a.number = p.area"
    " JOIN sources s ON s.number = p.source"
)
# CROSS JOIN keeps the order: the few names first, then their places.
_BY_KEY = (
    f"SELECT n.n, {_PLACE.format(source='names n CROSS JOIN places p ON p.id = n.place')}"
    " WHERE n.key = ? ORDER BY n.place"
)
_BY_ID = f"SELECT 0, {_PLACE.format(source='places p')} WHERE p.id"


class World:
    """Open indexes of the world, asked in their order."""

    def __init__(self, paths: Iterable[str], *, remake: Remake | None = None) -> None:
        """Open the files; raise GazetteerError where one cannot be trusted.

        ``remake`` takes the path of a damaged file and gives the paths to use from then on.
        """
        self._remake = remake
        self._open(paths)

    def _open(self, paths: Iterable[str]) -> None:
        self.paths = tuple(paths)
        self._connections = [_connect(path) for path in self.paths]

    def find(
        self,
        name: str,
        *,
        near: tuple[float, float] | None = None,
        countries: Iterable[str] = (),
        limit: int | None = None,
    ) -> list[WorldAnswer]:
        """Give the places of a name in any spelling or script, best first.

        What lies in ``countries`` (codes of ISO 3166) comes first, then what is nearer to ``near``
        (lat, lon), then what has more people. None of the three is an answer of its own: a place
        outside the countries ranks last and says so.
        """
        key = " ".join(name_key(name))
        rows = self._rows(_BY_KEY, key) if key else []
        return self._weighed(rows, name, near=near, countries=tuple(countries))[:limit]

    def _weighed(
        self,
        rows: Iterable[tuple[int, Row]],
        name: str,
        *,
        near: tuple[float, float] | None = None,
        countries: tuple[str, ...] = (),
    ) -> list[WorldAnswer]:
        found: dict[int, WorldAnswer] = {}
        for sheet, row in rows:
            answer = self._answer(sheet, row[1:], near=near)
            if answer.number not in found:
                answer.weigh(name, int(row[0]), countries=countries)  # type: ignore[call-overload]
                found[answer.number] = answer
        return sorted(found.values(), key=order)

    def place(
        self, place_id: str, *, near: tuple[float, float] | None = None
    ) -> WorldAnswer | None:
        """Give the place of an id, ``geonames-`` or ``geonames:`` and the number of GeoNames."""
        start, _, number = place_id.replace(":", "-", 1).partition("-")
        if start != PACK or not (number.isascii() and number.isdecimal() and len(number) < 11):
            return None
        rows = self._rows(f"{_BY_ID} = ?", int(number))
        return self._answer(rows[0][0], rows[0][1][1:], near=near) if rows else None

    def near(
        self, *, lat: float, lon: float, km: float, limit: int | None = None
    ) -> list[WorldAnswer]:
        """Give the places within ``km`` of a point, nearest first, measured on a sphere."""
        from geo.lookup.distances import box
        from geo.lookup.world_cells import cell_ranges, unpack_ids

        around = box(lat=lat, lon=lon, km=km)
        sql = "SELECT places FROM cells WHERE cell BETWEEN ? AND ?"
        ids: dict[tuple[int, int], None] = {}
        for first, last in cell_ranges(around):
            for sheet, row in self._rows(sql, first, last):
                numbers = unpack_ids(row[0])  # type: ignore[arg-type]
                ids.update(dict.fromkeys((sheet, number) for number in numbers))
        found: dict[int, WorldAnswer] = {}
        for sheet, row in self._by_ids(ids):
            answer = self._answer(sheet, row[1:], near=(lat, lon))
            if answer.km is not None and answer.km <= km:
                found.setdefault(answer.number, answer)
        return sorted(found.values(), key=lambda a: (a.km, a.number))[:limit]

    def complete(self, answer: WorldAnswer) -> WorldAnswer:
        """Add the names of a place, the divisions it lies in, and its number in Wikidata."""
        from geo.lookup.world_scripts import script_of

        forms = [(answer.label, "", "", "", ""), *read_forms(answer.forms_text)]
        answer.sightings = (Sighting((f"{PACK} {answer.number}", None, None, 0.0, "")),)
        links = [f"geonames:{answer.number}"]
        links += [f"wikidata:{form[0]}" for form in forms if form[1] == WIKIDATA]
        answer.links = " ".join(dict.fromkeys(links))
        answer.forms = tuple(
            Form(
                (
                    text, language or "und", script_of(text),
                    "former" if HISTORIC in marks else "alternate", "", start, end,
                    f"{PACK} {answer.number}",
                )
            )
            for text, language, marks, start, end in forms
            if language != WIKIDATA
        )  # fmt: skip
        country, first, second = answer.admin
        codes = [f"{country}.{first}.{second}"] if second else []
        codes += [f"{country}.{first}"] if first else []
        named = [self._division(answer.sheet, code) for code in (*codes, country) if code]
        own = answer.label if answer.kind in {"country", "province", "district"} else ""
        answer.parents = tuple(name for name in named if name != own)
        return answer

    def one_edit(self, key: str) -> list[str]:
        """Give the keys one edit away from a key: nothing but exact look-ups, some fifty a letter.

        An edit leaves out, adds or changes a letter, or swaps two neighbours.
        """
        if not _SHORTEST_GUESS <= len(key) <= _LONGEST_GUESS:
            return []
        near: dict[str, None] = {}
        letters = dict.fromkeys(_LETTERS + key)
        for at in range(len(key) + 1):
            head, tail = key[:at], key[at:]
            near[head + tail[1:]] = None
            near[head + tail[1:2] + tail[:1] + tail[2:]] = None
            for letter in letters:
                near[head + letter + tail] = None
                near[head + letter + tail[1:]] = None
        near.pop(key, None)
        probes = [probe for probe in near if probe]
        found: dict[str, None] = {}
        for start in range(0, len(probes), _IDS_A_QUERY):
            some = probes[start : start + _IDS_A_QUERY]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT DISTINCT key FROM names WHERE key IN ({marks})"  # noqa: S608
            found.update((str(row[0]), None) for _, row in self._rows(sql, *some))
        return sorted(found)

    def suggest(self, name: str) -> list[str]:
        """Give names that the user may have meant, of the largest places first; never an answer."""
        keys = self.one_edit(" ".join(name_key(name)))
        # Thousands of places may have a name; a question needs only one that is well known.
        some = f"{_BY_KEY} LIMIT {_PLACES_OF_A_GUESS}"
        places = [self._weighed(self._rows(some, key), key) for key in keys]
        # Letters of one script stand together in Unicode: the form nearest to how the user writes.
        first = ord(name.strip()[:1] or "a")
        near = sorted(
            (found[0] for found in places if found),
            key=lambda answer: (abs(ord(answer.matched[0]) - first), answer.matched),
        )
        forms = {answer.number: answer for answer in reversed(near)}
        return [answer.matched for answer in sorted(forms.values(), key=order)][:_SUGGESTIONS]

    def facts(self) -> list[dict[str, str]]:
        """Give what each index says of itself: format, files, licence, counts."""
        facts: list[dict[str, str]] = [{} for _ in self._connections]
        for sheet, row in self._rows("SELECT key, value FROM meta ORDER BY key"):
            facts[sheet][str(row[0])] = str(row[1])
        return facts

    def close(self) -> None:
        """Close the files."""
        for connection in self._connections:
            connection.close()

    def _answer(
        self, sheet: int, row: Row, *, near: tuple[float, float] | None = None
    ) -> WorldAnswer:
        answer = WorldAnswer(row, near=near)
        answer.sheet = sheet
        return answer

    def _by_ids(self, ids: Iterable[tuple[int, int]]) -> Iterable[tuple[int, Row]]:
        by_sheet: dict[int, list[int]] = {}
        for sheet, number in ids:
            by_sheet.setdefault(sheet, []).append(number)
        for sheet in sorted(by_sheet):
            numbers = sorted(by_sheet[sheet])
            for start in range(0, len(numbers), _IDS_A_QUERY):
                some = numbers[start : start + _IDS_A_QUERY]
                marks = ", ".join("?" * len(some))
                yield from self._rows(f"{_BY_ID} IN ({marks})", *some, sheet=sheet)

    def _division(self, sheet: int, code: str) -> str:
        """Give the name of a division, of the same index if it has one; else its code."""
        rows = dict(reversed(self._rows("SELECT name FROM admin WHERE code = ?", code)))
        return str(rows.get(sheet, next(reversed(rows.values())))[0]) if rows else code

    def _rows(self, sql: str, *values: object, sheet: int | None = None) -> list[tuple[int, Row]]:
        """Give rows of one index or of all, each behind the number of its index."""
        found: list[tuple[int, Row]] = []
        sheets = range(len(self._connections))
        if sheet is not None:
            sheets = sheets[sheet : sheet + 1]
        for number in sheets:
            try:
                rows = self._connections[number].execute(sql, values).fetchall()
            except sqlite.Error as error:
                self._replace(self.paths[number], error)
                # Another set of files: what was found before is asked for again, of all.
                return self._rows(sql, *values)
            found += [(number, row) for row in rows]
        return found

    def _replace(self, path: str, error: Exception) -> None:
        if self._remake is None:
            raise GazetteerError(
                f"the index of the world {path} is damaged ({error}); delete it"
            ) from error
        remake, self._remake = self._remake, None
        self.close()
        self._open(remake(path))


def is_off() -> bool:
    """Tell whether the user wants no world: the variable ``CLASHMAP_WORLD`` is "off"."""
    return os.environ.get("CLASHMAP_WORLD") == "off"


def open_world() -> World | None:
    """Open the indexes of the world; None where there are none and the extra is not installed.

    None as well where it is off.
    """
    if is_off():
        return None
    cache = cache_folder()
    stamp, listed = read_list(cache)
    current = is_current(stamp, listed)
    paths = [entry.path for entry in listed] if current else _obtain("")
    try:
        return World(paths, remake=_obtain) if paths else None
    except GazetteerError as error:
        paths = _obtain(error.where)
    return World(paths) if paths else None


def fallback(
    name: str,
    *,
    near: tuple[float, float] | None = None,
    countries: Iterable[str] = (),
    limit: int = DEFAULT_LIMIT,
) -> list[WorldAnswer]:
    """Give what the world knows of a name that no pack holds, best first; [] without a world.

    ``near`` (lat, lon) and ``countries`` (codes of ISO 3166) are the prior, see ``World.find``.
    """
    world = open_world()
    if world is None:
        return []
    try:
        found = world.find(name, near=near, countries=countries, limit=limit)
        return [world.complete(answer) for answer in found]
    finally:
        world.close()


def _obtain(distrusted: str) -> list[str]:
    from geo.imports.obtain import obtain

    return obtain(distrusted=distrusted)


def _connect(path: str) -> sqlite.Connection:
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        connection = sqlite.connect(f"file:{quoted}?mode=ro&immutable=1", uri=True)
        row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    except sqlite.Error as error:
        raise GazetteerError(
            f"the index of the world cannot be read: {error}", where=path
        ) from error
    if not row or row[0] != FORMAT:
        raise GazetteerError("the index of the world is of another version", where=path)
    return connection
