"""The grid by which places of the world are found around a point."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.lookup.distances import Box

# Degrees are kept as whole numbers of 1/100,000, which is what GeoNames writes: about a metre.
SCALE = 100_000
# A quarter of a degree: some sixty places of a full GeoNames a cell, a dozen cells within 25 km.
CELL = SCALE // 4
ROW = 360 * SCALE // CELL
ID_BYTES = 4
# The same in SQL, of the columns lat and lon.
CELL_SQL = (
    f"((lat + {90 * SCALE}) / {CELL}) * {ROW}"
    f" + ((lon + {180 * SCALE}) % {360 * SCALE}) / {CELL}"
)  # fmt: skip


def cell_of(*, lat: int, lon: int) -> int:
    """Give the cell of a point in scaled degrees; 180 east is 180 west."""
    return (lat + 90 * SCALE) // CELL * ROW + (lon + 180 * SCALE) % (360 * SCALE) // CELL


def cell_ranges(box: Box) -> Iterator[tuple[int, int]]:
    """Yield the first and last number of the runs of cells that cover a box."""
    south, north = _steps(box.south, 90), _steps(box.north, 90)
    # Longitudes within a box are normalised; one of 180 degrees is the first column again.
    west, east = _steps(box.west, 180), _steps(box.east, 180)
    runs = ((west, east),) if box.west <= box.east else ((west, ROW), (0, east))
    for row in range(south, north + 1):
        for first, last in runs:
            yield row * ROW + first, row * ROW + min(last, ROW - 1)
        if any(last >= ROW for _, last in runs):
            yield row * ROW, row * ROW


def _steps(degrees: float, offset: int) -> int:
    return int((degrees + offset) * SCALE // CELL)
