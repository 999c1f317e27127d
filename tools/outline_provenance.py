"""The text of ``PROVENANCE.md``: inputs with their sums, steps, tolerances, worldview."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import outline_shapes
import outline_theatre
import outline_world
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

USED = {"caucasus": ("admin1", "gpkg", "lakes", "rivers"), "world": ("gpkg", "lakes")}

CAUCASUS = f"""
`shapes.geojson` (what events are drawn with) and `outlines.geojson` (display only) are made by
`tools/make_outlines.py`; names, dates, sources and notes stand in `tools/outline_tables.json`.

## Steps

1. Districts and provinces of six countries are read by Natural Earth's code, never by its name
   (several names are wrong), cut to 40.5-53 E, 36.3-44.5 N, and cleaned as one coverage
   (vertices within 1e-5 degrees are one, gaps under 1e-3 degrees are closed).
2. Shapes: coverage simplification (Visvalingam, the square root of the triangle left out)
   {outline_shapes.TOLERANCE} degrees, {outline_shapes.DIGITS} decimals.
   Outlines: {outline_theatre.TOLERANCE} degrees, {outline_theatre.DIGITS} decimals, cut to
   42-51.5 E, 37.8-43 N; lines {outline_theatre.LINE_TOLERANCE} degrees (Douglas-Peucker).
   Neighbours keep common edges in both.
3. The Armenia-Azerbaijan border is where the areas of both meet: the long open line is the main
   part, the short one that of Nakhchivan, the rings are the exclaves.
4. The line of contact is the source's five pieces named "Ceasefire Line 1994" end to end, the two
   ends moved on to the border. The former oblast is its pieces named "Former USSR oblast in 1991"
   end to end; steps between pieces are under {outline_shapes.JOIN} degrees.
   Nothing is drawn by hand.
5. The area held 1994-2020 is the part of Azerbaijan's mainland west of the line of contact.

## How exact

- State borders: of 315 Armenian and 187 Azerbaijani places of GeoNames (2023), 1 and 8 lie outside
  their country's area, all but two (an oil town at sea, a border village) by less than 1 km.
- Districts: of 902 curated settlements with a district, 95 lie outside it, 18 of them by over 2 km.
- The area held 1994-2020, put together here from lines, covers the same ground as Natural Earth's
  own polygon of it to over 99.9 % (intersection over union): it is the same survey, so this checks
  the steps and not the survey.

## What is missing

- An outline for Nagorno-Karabakh after 9 November 2020, and the moving fronts of 1991-1994 and
  autumn 2020: no source was found.
- The divisions of the de facto authorities (1994-2020), and the Aghdara (Agdere) district.
- The exclave Karki / Tigranashen, which the source does not draw.

## Worldview

The source draws Nagorno-Karabakh as districts of Azerbaijan and has the line of contact and the
former oblast beside them as lines; here both carry their dates. The land polygon named Azerbaijan
therefore includes the disputed land: land is to be drawn in one tint, and
`nagorno-karabakh-1994-2020` in `shapes.geojson` is the area to hatch. Districts there are those of
Azerbaijani law and say so. None of this is an opinion on status.
"""

WORLD = f"""
`outlines.geojson` (display only) is made by `tools/make_outlines.py`.

## Steps

1. Countries: coverage simplification by true area, {outline_world.TOLERANCE} degrees,
   {outline_world.DIGITS} decimals ({outline_world.SMALL_DIGITS} for the smallest). Islands under
   {outline_world.ISLAND} square degrees go, except each country's largest part.
2. Borders are the edges that two countries share, all in one feature. Borders that a party or many
   sources dispute (a short table of pairs in `tools/outline_tables.json`, and every border of an
   area without an ISO code) are `disputed-border`, and so are the source's own claim lines, but
   for those that a pack of a theatre holds with their dates.
3. Lakes over {outline_world.LAKE} square degrees, in one feature without names.

## Worldview

Natural Earth draws de facto lines; the packaged file has eSwatini and still Macedonia among its
names, so it is of 2018 or soon after. Crimea is inside Russia's polygon, Northern Cyprus and
Somaliland stand apart without a country. The land is meant to be drawn in one tint. The lines
imply no opinion on status.
"""


def provenance(pack: str, inputs: Mapping[str, Path], tables: Mapping[str, Any]) -> str:
    """Return the whole text for one pack."""
    rows = "\n".join(
        f"| {tables['packages'][name]} | `{digest(inputs[name], tables)}` |" for name in USED[pack]
    )
    body = CAUCASUS if pack == "caucasus" else WORLD
    geos = ".".join(str(part) for part in shapely.geos_version)
    return (
        f"# Where the outlines come from\n\nAll geometry is Natural Earth 1:10m, public domain."
        f"\n\n| package and file | sha256 |\n|---|---|\n{rows}\n\n"
        f"Made with shapely {shapely.__version__} (GEOS {geos}).\n{body}"
    )


def digest(path: Path, tables: Mapping[str, Any]) -> str:
    """Return the sha256 of the file, or of the six country files one after another."""
    files = [path]
    if path.is_dir():
        files = [path / f"{code.lower()}.json" for code in sorted(tables["countries"])]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
