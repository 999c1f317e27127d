"""Print how far it is from one place to another, along the WGS 84 ellipsoid.

A place is a name, an id or LAT,LON. Names that several places have are listed with their ids, and
the exit code is 1. The distance is between representative points.

Examples:
  clashmap distance Paris Berlin
  clashmap distance -33.9,18.4 Nairobi

"""

from __future__ import annotations

from geo.commands.lookup import JSON, PACK
from geo.commands.spots import Spot, read_spot
from geo.lookup.distances import ELLIPSOID, geodesic, wind
from geo.lookup.index import open_index
from geo.options import Positional
from geo.terminal import out, safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from geo.options import Arguments

POSITIONALS = (
    Positional("from", "a name, an id or LAT,LON"),
    Positional("to", "a name, an id or LAT,LON"),
)
OPTIONS = (JSON, PACK)


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.options import declare

    declare(parser, POSITIONALS, OPTIONS)


def run(args: Namespace | Arguments) -> int:
    """Print the distance and the bearing at the start."""
    index = open_index(args.pack)
    start, end = (
        read_spot(index, [getattr(args, dest)], packs=args.pack) for dest in ("from", "to")
    )
    km, bearing = geodesic(lat=start.lat, lon=start.lon, to_lat=end.lat, to_lon=end.lon)
    if args.json:
        from json import dumps

        out(
            dumps(
                {
                    "from": start.as_dict(), "to": end.as_dict(), "km": round(km, 3),
                    "bearing": round(bearing, 1), "wind": wind(bearing), "ellipsoid": ELLIPSOID,
                }
            )
        )  # fmt: skip
        return 0
    # From a spot to itself no way leads.
    way = f" {wind(bearing)} ({bearing:.0f} degrees)" if km else ""
    out(f"{km:.1f} km{way} from {safe(start.label)} to {safe(end.label)}; geodesic on {ELLIPSOID}")
    for spot in (start, end):
        if line := end_line(spot):
            out(line)
    return 0


def end_line(spot: Spot) -> str:
    """Tell how exactly an end is known; '' for a point that was given as such."""
    if spot.place is None:
        return ""
    from geo.commands.show import exactness

    what = f"{safe(spot.label)} ({safe(spot.place.word)})"
    return f"  {what}  {safe(spot.place.id)}  [{exactness(spot.place)}]"
