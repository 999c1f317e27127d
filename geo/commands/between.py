"""Print the places between two places, in their order along the line from one to the other.

The line is the geodesic on the WGS 84 ellipsoid; each place is told with how far along it lies and
how far to the left or right of it. Areas and lines are left out unless --kind asks for them: their
points are their middles.

Exit code 1: nothing lies between, or a name is not that of one place.

Examples:
  clashmap between Paris Berlin --km 50
  clashmap between Goma Kampala --km 100 --kind settlement

"""

from __future__ import annotations

from geo.commands.distance import end_line
from geo.commands.lookup import JSON, PACK
from geo.commands.near import KIND, known_kinds
from geo.commands.show import brief, exactness
from geo.commands.spots import Spot, read_spot
from geo.errors import InputError
from geo.lookup.distances import ELLIPSOID, Course, haversine_km, off_great_circle_km
from geo.lookup.index import Index, open_index
from geo.options import Option, Positional, kilometres
from geo.terminal import out, safe, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from geo.lookup.answers import Answer
    from geo.options import Arguments

# As the corridor that a map draws for "between" (geo/tables/precision.json).
DEFAULT_KM = 5.0
# What is a spot, so that it can lie between others.
SPOTS = ("facility", "feature", "settlement")
# Sphere and ellipsoid differ by at most so much of a distance; what may be within is then measured.
_SPHERE_ERROR = 0.006
_SAME_SPOT_KM = 0.001

POSITIONALS = (
    Positional("from", "a name, an id or LAT,LON"),
    Positional("to", "a name, an id or LAT,LON"),
)
OPTIONS = (
    Option(
        "--km", "WIDTH", f"how far to either side of the line (default {DEFAULT_KM:g})",
        convert=kilometres, default=DEFAULT_KM,
    ),
    KIND,
    JSON,
    PACK,
)  # fmt: skip


class Passed:
    """A place beside the line; ``off_km`` is above nought to the right of it."""

    __slots__ = ("along_km", "answer", "off_km")

    def __init__(self, answer: Answer, along_km: float, off_km: float) -> None:
        """Take the place and where it lies."""
        self.answer, self.along_km, self.off_km = answer, along_km, off_km

    @property
    def side(self) -> str:
        """Which side of the line it is on."""
        return "right" if self.off_km > 0 else "left"


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.options import declare

    declare(parser, POSITIONALS, OPTIONS)


def run(args: Namespace | Arguments) -> int:
    """Print one line a place; give 1 if there is none."""
    index = open_index(args.pack)
    kinds = known_kinds(index, args.kind) or SPOTS
    start, end = (
        read_spot(index, [getattr(args, dest)], packs=args.pack) for dest in ("from", "to")
    )
    course = Course(lat=start.lat, lon=start.lon, to_lat=end.lat, to_lon=end.lon)
    if course.km < _SAME_SPOT_KM:
        raise InputError(f"{start.label} and {end.label} are one spot: nothing lies between")
    ends = {spot.place.id for spot in (start, end) if spot.place}
    found = [
        passed
        for passed in passed_by(index, course, km=args.km, kinds=kinds)
        if passed.answer.id not in ends
    ]
    if not args.json:
        _head(start, end, course, args.km)
    for passed in found:
        _print(index, passed, as_json=args.json)
    if not found:
        say(f"clashmap: nothing between them within {args.km:g} km of the line; try --km")
    return 0 if found else 1


def passed_by(index: Index, course: Course, *, km: float, kinds: tuple[str, ...]) -> list[Passed]:
    """Give the places within ``km`` of a line whose foot lies on it, in their order along it."""
    (lat, lon), start, end = course.at(course.km / 2), course.at(0), course.at(course.km)
    reach = (course.km / 2 + km) * (1 + _SPHERE_ERROR)
    widest = km + _SPHERE_ERROR * (course.km + km)
    found = []
    for answer in index.near(lat=lat, lon=lon, km=reach, kinds=kinds):
        if off_great_circle_km(lat=answer.lat, lon=answer.lon, start=start, end=end) > widest:
            continue
        guess = haversine_km(lat=start[0], lon=start[1], to_lat=answer.lat, to_lon=answer.lon)
        along, off = course.project(lat=answer.lat, lon=answer.lon, start_km=min(guess, course.km))
        if 0 <= along <= course.km and abs(off) <= km:
            found.append(Passed(answer, along, off))
    return sorted(found, key=lambda passed: (passed.along_km, passed.answer.id))


def _head(start: Spot, end: Spot, course: Course, km: float) -> None:
    out(
        f"{course.km:.1f} km from {safe(start.label)} to {safe(end.label)}; geodesic on"
        f" {ELLIPSOID}, {km:g} km to either side"
    )
    for line in filter(None, map(end_line, (start, end))):
        out(line)


def _print(index: Index, passed: Passed, *, as_json: bool) -> None:
    answer = index.complete(passed.answer)
    if as_json:
        from json import dumps

        where = {"along_km": round(passed.along_km, 3), "off_km": round(abs(passed.off_km), 3)}
        out(dumps({**where, "side": passed.side, **brief(answer)}))
        return
    what = f"{safe(answer.label)} ({safe(answer.word)})"
    out(
        f"{passed.along_km:9.1f} km  {abs(passed.off_km):5.1f} km {passed.side:5}  {what}"
        f"  {safe(answer.id)}  [{exactness(answer)}]"
    )
