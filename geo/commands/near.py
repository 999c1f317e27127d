"""Print the places around a point or a place, nearest first. Distances are measured on a sphere.

The point is LAT LON, or the name or id of a place. Each line tells how exactly the place is known
and by which sources. Where no pack of a theatre has places there, those of the list of the world
are told as well, if there is one (see `clashmap lookup --help`).

Exit code 1: there is none, or the name is not that of one place.

Examples:
  clashmap near 48.86 2.35
  clashmap near -33.9 18.4 --km 100 --limit 5
  clashmap near Goma --km 100 --kind settlement

"""

from __future__ import annotations

from geo.commands.asking import completed, the_world
from geo.commands.lookup import JSON, PACK
from geo.commands.show import Wish, as_json, exactness
from geo.commands.spots import Spot, read_spot
from geo.errors import InputError
from geo.lookup.bundled import WORLD
from geo.lookup.distances import sphere_bearing, wind
from geo.lookup.index import Index, open_index
from geo.options import Option, Positional, count, kilometres
from geo.terminal import out, safe, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Collection, Iterable

    from geo.lookup.answers import Answer
    from geo.options import Arguments

DEFAULT_KM = 25.0
DEFAULT_LIMIT = 10

WHERE = Positional("where", "LAT LON, a name or an id", many=True, metavar="WHERE")
KIND = Option(
    "--kind", "KIND", "only such places: settlement, district ..., or a word such as village;"
    " may be given again", repeated=True,
)  # fmt: skip
POSITIONALS = (WHERE,)
OPTIONS = (
    Option(
        "--km", "N", f"how far around (default {DEFAULT_KM:g})",
        convert=kilometres, default=DEFAULT_KM,
    ),
    KIND,
    Option(
        "--limit", "N", f"show at most N places (default {DEFAULT_LIMIT})",
        convert=count, default=DEFAULT_LIMIT,
    ),
    JSON,
    PACK,
)  # fmt: skip


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.options import declare

    declare(parser, POSITIONALS, OPTIONS)


def run(args: Namespace | Arguments) -> int:
    """Print one line a place; give 1 if there is none."""
    index = open_index(args.pack)
    kinds = known_kinds(index, args.kind)
    spot = read_spot(index, args.where, packs=args.pack)
    own = spot.place.id if spot.place else ""
    # One more than asked for: the place itself may be among them, and whether there are more.
    found = index.near(lat=spot.lat, lon=spot.lon, km=args.km, kinds=kinds)
    others = [answer for answer in found if answer.id != own]
    # The pack of the world has large cities, and not what is around a point.
    if all(answer.pack == WORLD for answer in others):
        held = [*others, *([spot.place] if spot.place else [])]
        others = sorted([*others, *_of_the_world(spot, args, kinds, held)], key=_nearest_first)
    for answer in others[: args.limit]:
        _print(completed(index, answer, args.pack), spot, as_line=not args.json)
    if len(others) > args.limit:
        say(f"clashmap: {len(others) - args.limit} more within {args.km:g} km; see --limit")
    if not others:
        what = " or ".join(args.kind) if args.kind else "place"
        hint = _turned(index, spot, args.km)
        say(f"clashmap: no {what} within {args.km:g} km of {spot.label}; {hint or 'try --km'}")
    return 0 if others else 1


def _of_the_world(
    spot: Spot, args: Namespace | Arguments, kinds: Collection[str], held: Iterable[Answer]
) -> list[Answer]:
    """Give the places around that the list of the world has and ``held`` does not."""
    world = the_world(args.pack)
    if world is None:
        return []
    known = {link for answer in held for link in answer.links.split()}
    return [
        answer
        for answer in world.near(lat=spot.lat, lon=spot.lon, km=args.km)
        if f"geonames:{answer.number}" not in known
        and (not kinds or answer.kind in kinds or answer.word in kinds)
    ]


def _nearest_first(answer: Answer) -> tuple[float, str]:
    return answer.km or 0.0, answer.id


def known_kinds(index: Index, kinds: list[str]) -> tuple[str, ...]:
    """Give kinds as the index has them; InputError names those that resemble an unknown one."""
    if not kinds:
        return ()
    from difflib import get_close_matches

    records, words = index.words()
    for kind in kinds:
        if kind not in records | words:
            near = get_close_matches(kind, sorted(records | words), 3)
            known = ", ".join(near or sorted(records))
            raise InputError(f"no place is of the kind {kind!r}; there are: {known}")
    return tuple(kinds)


def _print(answer: Answer, spot: Spot, *, as_line: bool) -> None:
    bearing = sphere_bearing(lat=spot.lat, lon=spot.lon, to_lat=answer.lat, to_lon=answer.lon)
    if not as_line:
        out(as_json(answer, Wish(), bearing=round(bearing, 1), wind=wind(bearing)))
        return
    what = f"{safe(answer.label)} ({safe(answer.word)})"
    way = wind(bearing) if f"{answer.km:.1f}" != "0.0" else ""
    out(f"{answer.km:9.1f} km {way:4}{what}  {safe(answer.id)}  [{exactness(answer)}]")


def _turned(index: Index, spot: Spot, km: float) -> str:
    """Ask about coordinates that came the other way round, if a place is there."""
    if spot.place or not -90 <= spot.lon <= 90:
        return ""
    found = index.near(lat=spot.lon, lon=spot.lat, km=km)
    return (
        f"did you mean LAT LON, {spot.lon:g} {spot.lat:g}, near {found[0].label}?" if found else ""
    )
