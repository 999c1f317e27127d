"""The grid by which places of the world are found around a point."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def pack_ids(ids: Sequence[int]) -> bytes:
    """Give the ids of a cell's places as they are stored."""
    return b"".join([number.to_bytes(ID_BYTES, "big") for number in ids])


def unpack_ids(stored: bytes) -> list[int]:
    """Give the ids of a cell's places."""
    return [
        int.from_bytes(stored[at : at + ID_BYTES], "big") for at in range(0, len(stored), ID_BYTES)
    ]


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
