"""Print how far it is from one place to another, along the WGS 84 ellipsoid.

A place is a name, an id or LAT,LON. Names that several places have are listed with their ids, and
the exit code is 1. The distance is between representative points.

Examples:
  clashmap distance Paris Berlin
  clashmap distance -33.9,18.4 Nairobi

"""

from __future__ import annotations

from geo.commands.lookup import JSON, PACK
from geo.errors import AmbiguousPlace, UnknownPlace
from geo.lookup.distances import ELLIPSOID, geodesic
from geo.lookup.index import Index, open_index
from geo.options import Positional, point
from geo.terminal import out, safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from geo.options import Arguments

# Sixteen winds, each 22.5 degrees wide.
WINDS = [
    "N",
    "NNE",
    "NE",
    "ENE",
    "E",
    "ESE",
    "SE",
    "SSE",
    "S",
    "SSW",
    "SW",
    "WSW",
    "W",
    "WNW",
    "NW",
    "NNW",
]

POSITIONALS = (
    Positional("from", "a name, an id or LAT,LON"),
    Positional("to", "a name, an id or LAT,LON"),
)
OPTIONS = (JSON, PACK)


class Spot:
    """One end of what is measured; ``accuracy_m`` is nought for a point given as such."""

    __slots__ = ("accuracy_m", "id", "label", "lat", "lon")

    def __init__(self, *, lat: float, lon: float, label: str, place: tuple[str, int]) -> None:
        """Take the end; ``place`` is the id and accuracy."""
        self.lat, self.lon, self.label = lat, lon, label
        self.id, self.accuracy_m = place


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.options import declare

    declare(parser, POSITIONALS, OPTIONS)


def run(args: Namespace | Arguments) -> int:
    """Print the distance and the bearing at the start."""
    index = open_index(args.pack)
    start, end = (_spot(index, getattr(args, dest)) for dest in ("from", "to"))
    km, bearing = geodesic(lat=start.lat, lon=start.lon, to_lat=end.lat, to_lon=end.lon)
    wind = WINDS[round(bearing / 22.5) % 16]
    if args.json:
        from json import dumps

        ends = {
            name: {key: getattr(spot, key) for key in Spot.__slots__}
            for name, spot in (("from", start), ("to", end))
        }
        out(
            dumps(
                {**ends, "km": round(km, 3), "bearing": round(bearing, 1), "ellipsoid": ELLIPSOID}
            )
        )
    else:
        out(
            f"{km:.1f} km {wind} ({bearing:.0f} degrees) from {safe(start.label)} to"
            f" {safe(end.label)}; geodesic on {ELLIPSOID}, each end known within"
            f" {start.accuracy_m} m and {end.accuracy_m} m"
        )
    return 0


def _spot(index: Index, text: str) -> Spot:
    """Read one end; raise where it is no place or several."""
    try:
        lat, lon = point(text)
    except ValueError:
        pass
    else:
        return Spot(lat=lat, lon=lon, label=f"{lat:g}, {lon:g}", place=("", 0))
    answer = index.place(text)
    if answer is None:
        found = index.find(text)
        if not found:
            near = index.suggest(text)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise UnknownPlace(f"no place is called {text!r}{hint}")
        if not index.decided(found):
            listed = "; ".join(f"{a.id} ({a.label}, {a.word})" for a in found)
            raise AmbiguousPlace(f"{len(found)} places are called {text!r}; give an id: {listed}")
        answer = found[0]
    return Spot(
        lat=answer.lat, lon=answer.lon, label=answer.label, place=(answer.id, answer.accuracy_m)
    )
