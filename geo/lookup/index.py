"""The look-up index: a SQLite file derived from packs, that answers without any other import.

``open_index`` finds the index of the packs in the user's cache, or in the package, or makes it.
It is opened read-only and immutable: it is never changed in place, only replaced whole.
"""

from __future__ import annotations

from geo.errors import GazetteerError
from geo.folding import name_key
from geo.lookup.answers import DE_JURE, HELD, WORLD_LIST, Answer, Form, Holding, Sighting
from geo.lookup.bundled import available_packs, pack_folder
from geo.lookup.cache import FORMAT, cache_folder, stamp_of, stamped
from geo.lookup.ranking import ID_MARK, is_area_around, settled

try:  # the package around it imports datetime and more, which a look-up does not need
    import _sqlite3 as sqlite
except ImportError:  # an interpreter that names its module otherwise
    import sqlite3 as sqlite  # type: ignore[no-redef]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from geo.lookup.areas import Area

_SUGGESTIONS = 3
# Shorter keys have too many neighbours for a guess to be worth reading; longer ones are no names.
_SHORTEST_GUESS = 3
_LONGEST_GUESS = 120
# A longer chain of parents is a circle, which the checks report.
_MAX_PARENTS = 12

_PLACE = ", ".join(f'p."{name}"' for name in Answer.COLUMNS)
_FORM = ", ".join(f'f."{name}"' for name in Form.COLUMNS)
_HOLDING = ", ".join(f'"{name}"' for name in Holding.COLUMNS)
_SIGHTING = ", ".join(f'"{name}"' for name in Sighting.COLUMNS)
# Degrees by which the bounds of areas are widened for a point just outside; more than any
# tolerance up to 60 degrees north or south asks for.
_BESIDE = 0.5


class Index:
    """An open index."""

    def __init__(self, path: str, *, remake: Callable[[str], str] | None = None) -> None:
        """Open the file; raise GazetteerError where it cannot be trusted.

        ``remake`` takes the path of a damaged file and gives one to use in its place.
        """
        self._remake = remake
        self._open(path)

    def _open(self, path: str) -> None:
        quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        try:
            self._connection = sqlite.connect(f"file:{quoted}?mode=ro&immutable=1", uri=True)
            meta = dict(self._connection.execute("SELECT key, value FROM meta"))
        except sqlite.Error as error:
            raise GazetteerError(f"the look-up index {path} cannot be read: {error}") from error
        if meta.get("format") != FORMAT:
            raise GazetteerError(f"the look-up index {path} is of another version")
        self.path = path
        self.digest: str = meta["digest"]

    def find(
        self, name: str, *, on: str = "", near: tuple[float, float] | None = None
    ) -> list[Answer]:
        """Give the places of a name, best first. ``on`` is an ISO date; ``near`` is (lat, lon)."""
        answers: dict[object, Answer] = {}
        for row in self._rows(
            f"SELECT k.how, {_FORM}, {_PLACE} FROM keys k"  # noqa: S608 - column names are constants
            " JOIN forms f ON f.place = k.place AND f.n = k.n"
            " JOIN places p ON p.number = k.place WHERE k.key = ? ORDER BY k.place, k.n",
            " ".join(name_key(name)),
        ):
            form, columns = Form(row[1 : 1 + len(Form.COLUMNS)]), row[1 + len(Form.COLUMNS) :]
            answer = answers.get(columns[0]) or self._answer(columns, near=near)
            answers[columns[0]] = answer
            answer.judge(form, how="exact" if form.text == name else str(row[0]), on=on)
        return sorted(answers.values(), key=lambda answer: answer.rank)

    def ask(
        self,
        text: str,
        *,
        on: str = "",
        near: tuple[float, float] | None = None,
        inside: Collection[str] = (),
    ) -> list[Answer]:
        """Give the places of a name or an id, best first: the id's own place before its namesakes.

        After "id:" stands an id and nothing else. The id may be that of another gazetteer, as
        answers have it under ``links``.
        ``inside`` are ids of areas: only what lies in one of them is given, with the reason.
        """
        marked = text.startswith(ID_MARK)
        name = text.removeprefix(ID_MARK)
        own = self.place(name, near=near) or self._linked(name, near=near)
        found = [] if marked else self.find(text, on=on, near=near)
        if own is not None:
            own = next((answer for answer in found if answer.id == own.id), own)
            own.identify(on=on)
            rest = (answer for answer in found if answer.id != own.id)
            found = sorted([own, *rest], key=lambda answer: answer.rank)
        return self._inside(found, inside, on) if inside else found

    def _inside(self, found: list[Answer], areas: Collection[str], on: str) -> list[Answer]:
        from geo.lookup.containment import path_up, reason_in

        held = []
        for answer in found:
            if path := path_up(answer.id, areas, self.holdings, on):
                answer.reasons = (*answer.reasons, reason_in(path))
                held.append(answer)
        return held

    def decided(self, found: list[Answer], *, on: str = "") -> bool:
        """Tell whether the first of the places of a name is the answer, none of them being none."""
        return settled(found, lambda area, town: self._is_area_around(area, town, on))

    def _is_area_around(self, area: Answer, town: Answer, on: str) -> bool:
        from geo.lookup.distances import haversine_km

        km = haversine_km(lat=area.lat, lon=area.lon, to_lat=town.lat, to_lon=town.lon)
        return is_area_around(
            area.kind,
            town=town.kind,
            reaches=km * 1000 <= area.extent_m,
            chain=(area.id, *(parent.other for parent in self.above(area.id, on))),
            above=[parent.other for parent in self.above(town.id, on)],
        )

    def place(self, place_id: str, *, near: tuple[float, float] | None = None) -> Answer | None:
        """Give the place of an id; its distance from ``near``, (lat, lon), where that is given."""
        sql = f"SELECT {_PLACE} FROM places p WHERE p.id = ?"  # noqa: S608
        # A lone surrogate, as undecodable arguments have, is no text for SQLite.
        rows = self._rows(sql, place_id.encode("utf-8", "replace").decode())
        return self._answer(rows[0], near=near) if rows else None

    def _linked(self, link: str, *, near: tuple[float, float] | None) -> Answer | None:
        """Give the place that is also called so elsewhere: "wikidata:Q90", or "Q90" alone."""
        if link[:1] in "Qq" and link[1:].isdecimal():
            link = f"wikidata:Q{link[1:]}"
        elif ":" not in link or not link.isascii() or not link.isprintable() or " " in link:
            return None
        sql = f"SELECT {_PLACE} FROM places p WHERE instr(' ' || p.links || ' ', ?)"  # noqa: S608
        rows = self._rows(f"{sql} ORDER BY p.number LIMIT 1", f" {link} ")
        return self._answer(rows[0], near=near) if rows else None

    def near(
        self,
        *,
        lat: float,
        lon: float,
        km: float,
        limit: int | None = None,
        kinds: Collection[str] = (),
    ) -> list[Answer]:
        """Give the places within ``km`` of a point, nearest first, measured on a sphere.

        ``kinds`` are kinds of record or words for what a place is; none: all.
        """
        from geo.lookup.distances import box

        around = box(lat=lat, lon=lon, km=km)
        sql = f"SELECT {_PLACE} FROM places p WHERE p.lat BETWEEN ? AND ?"  # noqa: S608
        found = [
            answer
            for row in self._rows(sql, around.south, around.north)
            if (answer := self._answer(row, near=(lat, lon))).km is not None
            and answer.km <= km
            and (not kinds or answer.kind in kinds or answer.word in kinds)
        ]
        found.sort(key=lambda answer: (answer.km, answer.id))
        return found[:limit]

    def complete(self, answer: Answer, *, on: str = "") -> Answer:
        """Add the names, the holdings and the chain of parents on an ISO date.

        What the index of the world answered is complete as it comes.
        """
        if answer.pack == WORLD_LIST:
            return answer
        forms = f"SELECT {_FORM} FROM forms f WHERE f.place = ? ORDER BY f.n"  # noqa: S608
        answer.forms = tuple(Form(row) for row in self._rows(forms, answer.number))
        sightings = f"SELECT {_SIGHTING} FROM sightings WHERE place = ? ORDER BY n"  # noqa: S608
        answer.sightings = tuple(Sighting(row) for row in self._rows(sightings, answer.number))
        answer.holdings = self.holdings(answer.id)
        answer.above = tuple(self.above(answer.id, on))
        answer.parents = tuple(parent.label for parent in answer.above)
        if not any(held.what == HELD for held in answer.holdings):
            answer.holdings_above = tuple(
                (parent.label, held)
                for parent in answer.above
                for held in self.holdings(parent.other)
                if held.what == HELD
            )
        return answer

    def areas(self, *, lat: float, lon: float, on: str = "") -> list[Area]:
        """Give the areas that hold a point or may, by outlines valid on an ISO date."""
        from geo.lookup.answers import holds
        from geo.lookup.areas import Area

        columns = ", ".join(f'"{name}"' for name in Area.COLUMNS)
        sql = (
            f"SELECT {columns} FROM areas WHERE ? BETWEEN south - {_BESIDE} AND north + {_BESIDE}"  # noqa: S608
            f" AND ? BETWEEN west - {_BESIDE} AND east + {_BESIDE}"
        )
        found = [Area(row, lat=lat, lon=lon) for row in self._rows(sql, lat, lon)]
        return [
            area
            for area in found
            if holds(area.start, area.end, on) and (area.inside or area.doubtful)
        ]

    def words(self) -> tuple[set[str], set[str]]:
        """Give every kind of record and every word for what a place is."""
        rows = self._rows("SELECT DISTINCT kind, word FROM places")
        return {str(kind) for kind, _ in rows}, {str(word) for _, word in rows}

    def above(self, place_id: str, on: str) -> list[Holding]:
        """Give the chain of de jure parents on an ISO date, nearest first."""
        parents: list[Holding] = []
        seen = {place_id}
        while len(parents) < _MAX_PARENTS:
            parent = _parent(self.holdings(place_id), on)
            if parent is None or parent.other in seen:
                break
            place_id = parent.other
            seen.add(place_id)
            parents.append(parent)
        return parents

    def suggest(self, name: str) -> list[str]:
        """Give names that the user may have meant, the likeliest first; never an answer itself."""
        from geo.lookup.suggestions import nearest_keys

        words = name_key(name)
        key = " ".join(words)
        if not _SHORTEST_GUESS <= len(key) <= _LONGEST_GUESS:
            return []
        keys = nearest_keys(self._rows, key)
        # Letters of one script stand together in Unicode: the form nearest to how the user writes.
        sql = (
            "SELECT f.text FROM keys k JOIN forms f ON f.place = k.place AND f.n = k.n"
            " WHERE k.key = ? ORDER BY f.status = 'misspelling',"
            " abs(unicode(f.text) - ?), k.place, k.n LIMIT 1"
        )
        first = ord(name.strip()[:1])
        return [str(row[0]) for near in keys[:_SUGGESTIONS] for row in self._rows(sql, near, first)]

    def is_whole(self) -> bool:
        """Tell whether SQLite finds the whole file in order; reads all of it."""
        try:
            return self._rows("PRAGMA quick_check(1)") == [("ok",)]
        except GazetteerError:
            return False

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _answer(self, row: tuple[object, ...], *, near: tuple[float, float] | None) -> Answer:
        answer = Answer(row)
        if near:
            from geo.lookup.distances import haversine_km

            answer.km = haversine_km(lat=near[0], lon=near[1], to_lat=answer.lat, to_lon=answer.lon)
        return answer

    def holdings(self, place_id: str) -> tuple[Holding, ...]:
        """Give the dated statements about whom a place belongs to and who holds it."""
        sql = f"SELECT {_HOLDING} FROM holdings WHERE place = ? ORDER BY n"  # noqa: S608
        return tuple(Holding(row) for row in self._rows(sql, place_id))

    def _rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite.Error as error:
            if self._remake is None:
                raise GazetteerError(
                    f"the look-up index {self.path} is damaged ({error}); delete it"
                ) from error
        remake, self._remake = self._remake, None
        self._open(remake(self.path))
        return self._rows(sql, *values)


def open_index(packs: Iterable[str] = ()) -> Index:
    """Open the index of packs (none given: every bundled pack), making it where need be."""
    folders = tuple(dict.fromkeys(pack_folder(pack) for pack in packs or available_packs()))
    if not folders:
        raise GazetteerError("no gazetteer pack came with this copy; give one with --pack DIR")
    stamp = stamp_of(folders)

    def remake(distrusted: str) -> str:
        from geo.lookup.index_build import obtain

        return obtain(folders, stamp, distrusted=distrusted)

    path = stamped(cache_folder(), folders, stamp)
    try:
        return Index(path, remake=remake) if path else Index(remake(""))
    except GazetteerError:
        return Index(remake(path))


def _parent(holdings: tuple[Holding, ...], on: str) -> Holding | None:
    """Give the de jure parent on a day; without a day, the one stated to hold longest."""
    stated = [h for h in holdings if h.what == DE_JURE and h.holds(on)]
    return max(stated, key=lambda h: h.end or "9999", default=None)
