"""Dated areas and whether a point lies in them, as far as their outlines can tell."""

from __future__ import annotations

from itertools import pairwise

from geo.lookup.distances import segment_km

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Ring = list[tuple[float, float]]  # (lon, lat)


class Area:
    """An outline of a place. ``edge_km`` is how far the point asked for is from its nearest edge.

    ``inside`` is by the outline alone; ``doubtful`` says that an edge is nearer than the outline
    is exact, so the point may as well be on its other side.
    """

    __slots__ = (
        "accuracy_m", "citations", "edge_km", "end", "inside", "kind", "label", "note", "outline",
        "place", "rings", "sources", "start", "word",
    )  # fmt: skip
    outline: str
    place: str
    kind: str
    word: str
    label: str
    start: str
    end: str
    accuracy_m: int
    sources: str
    citations: str
    note: str
    rings: str
    COLUMNS = (
        "outline", "place", "kind", "word", "label", "start", "end", "accuracy_m", "sources",
        "citations", "note", "rings",
    )  # fmt: skip
    # Bounds to search by, in degrees.
    BOUNDS = ("west", "south", "east", "north")

    def __init__(self, row: tuple[object, ...], *, lat: float, lon: float) -> None:
        """Take the columns in their order, and measure."""
        for name, value in zip(self.COLUMNS, row, strict=True):
            setattr(self, name, value)
        rings = list(read_rings(self.rings))
        self.inside = holds_point(rings, lat=lat, lon=lon)
        self.edge_km = min(
            (
                segment_km(lat=lat, lon=lon, start=start, end=end)
                for ring in rings
                for start, end in pairwise(ring)
            ),
            default=float("inf"),
        )

    @property
    def tolerance_km(self) -> float:
        """How far the true edge may be from the outline."""
        return self.accuracy_m / 1000

    @property
    def doubtful(self) -> bool:
        """Tell whether the point is as near to an edge as the outline is exact."""
        return self.edge_km <= self.tolerance_km


def read_rings(text: str) -> Iterator[Ring]:
    """Yield the rings of an index: one a line, longitudes and latitudes in turn."""
    for line in text.splitlines():
        numbers = [float(word) for word in line.split(" ")]
        yield list(zip(numbers[::2], numbers[1::2], strict=True))


def holds_point(rings: Iterable[Ring], *, lat: float, lon: float) -> bool:
    """Tell whether a point lies inside, holes being outside: a ray to the east crosses oddly."""
    inside = False
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > lat) != (by > lat) and lon < ax + (lat - ay) / (by - ay) * (bx - ax):
                inside = not inside
    return inside
