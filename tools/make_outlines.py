"""Make the dated shapes and the display outlines under ``gazetteer/`` from packaged Natural Earth.

    python tools/make_outlines.py ADMIN1_DIR WORLD_MAP_GPKG LAKES_SHP RIVERS_SHP

``outline_tables.json`` says which file of which package each argument is. The same input gives
the same bytes with the same GEOS. Needs geopandas and shapely 2.2 (``coverage_clean``).
"""

from __future__ import annotations

import argparse
import json
import warnings
from pathlib import Path
from typing import NamedTuple

import geopandas
import pandas as pd
import shapely
from outline_geometry import cleaned, collection
from outline_provenance import provenance
from outline_shapes import caucasus_shapes
from outline_theatre import caucasus_outlines
from outline_world import world_outlines

HERE = Path(__file__).parent
GAZETTEER = HERE.parent / "gazetteer"

# Wider than the theatre, so that simplifying does not see the cut.
READ_BOX = shapely.box(40.5, 36.3, 53.0, 44.5)


class Inputs(NamedTuple):
    """Where the four unpacked inputs lie."""

    admin1: Path
    gpkg: Path
    lakes: Path
    rivers: Path


def read_units(folder: Path, codes: list[str]) -> geopandas.GeoDataFrame:
    """Return the admin-1 areas near the theatre as a clean coverage, by Natural Earth's code."""
    files = [folder / f"{code.lower()}.json" for code in codes]
    columns = ["adm1_code", "adm0_a3", "geometry"]
    found = pd.concat([geopandas.read_file(file)[columns] for file in files])
    found = found[found.intersects(READ_BOX)].sort_values("adm1_code").set_index("adm1_code")
    clipped = shapely.intersection(found.geometry.values, READ_BOX)
    return found.set_geometry(cleaned(clipped), crs=4326)


def main() -> None:
    """Write all files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    for name in Inputs._fields:
        parser.add_argument(name, type=Path)
    inputs = Inputs(**vars(parser.parse_args()))
    tables = json.loads((HERE / "outline_tables.json").read_text(encoding="utf-8"))
    warnings.filterwarnings("ignore", message="Measured")  # a note of GDAL on the shapefiles
    units = read_units(inputs.admin1, sorted(tables["countries"]))
    disputed = geopandas.read_file(inputs.gpkg, layer="disputed_borders")
    countries = geopandas.read_file(inputs.gpkg, layer="countries")
    lakes = geopandas.read_file(inputs.lakes)
    rivers = geopandas.read_file(inputs.rivers, bbox=READ_BOX.bounds)
    shapes = caucasus_shapes(units, disputed, tables)
    files = {
        "caucasus/shapes.geojson": collection(shapes),
        "caucasus/outlines.geojson": collection(
            caucasus_outlines(units, shapes, disputed, (lakes, rivers), tables)
        ),
        "world/outlines.geojson": collection(world_outlines(countries, disputed, lakes, tables)),
    }
    for pack in ("caucasus", "world"):
        files[f"{pack}/PROVENANCE.md"] = provenance(pack, inputs._asdict(), tables)
    for name, text in files.items():
        target = GAZETTEER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
