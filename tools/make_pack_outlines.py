"""Make the shapes and display outlines of a border pack from packaged Natural Earth.

    python tools/make_pack_outlines.py PACK ADMIN1_DIR LAKES_SHP RIVERS_SHP

``outline_packs/PACK.json`` says what to draw; ``gazetteer/PACK/PROVENANCE.md`` which file of which
package each argument is. The same input gives the same bytes with the same GEOS.
"""

from __future__ import annotations

import argparse
import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd
import shapely
from outline_geometry import cleaned, collection, feature, finished, shared_edges, simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent
GAZETTEER = HERE.parent / "gazetteer"
ADMIN1, LAKES, RIVERS = "ne-admin1-10m", "ne-lakes-10m", "ne-rivers-10m"
SHAPE_TOLERANCE, SHAPE_DIGITS = 0.001, 5  # degrees: far below what the source is off
DRAWN_TOLERANCE, DRAWN_DIGITS = 0.004, 3  # degrees, about 400 m
SPECK = 1e-4  # square degrees, 1 km2: a corner of a far province may just touch the edge


def read_units(folder: Path, table: Mapping[str, Any]) -> geopandas.GeoDataFrame:
    """Return the admin-1 areas in the box as a clean coverage, by Natural Earth's code."""
    box = shapely.box(*table["read_box"])
    codes = sorted([*table["countries"], *table["around"]])
    columns = ["adm1_code", "adm0_a3", "geometry"]
    found = pd.concat(
        [geopandas.read_file(folder / f"{code.lower()}.json")[columns] for code in codes]
    )
    found = found[found.intersects(box)].sort_values("adm1_code").set_index("adm1_code")
    clipped = shapely.intersection(found.geometry.values, box)
    return found.set_geometry(cleaned(clipped), crs=4326)


def shapes(units: geopandas.GeoDataFrame, table: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Yield the provinces of the table as areas, and the border as a line and its rings."""
    areas = simplified(units.geometry.values, tolerance=SHAPE_TOLERANCE, digits=SHAPE_DIGITS)
    by_code = dict(zip(units.index, areas, strict=True))
    for code, (id_, label) in table["units"].items():
        yield shape(table, by_code[code], id_, "area", label, place=id_, record=code)
    border = table["border"]
    lines = shapely.get_parts(
        shared_edges(areas, list(units["adm0_a3"]))[tuple(sorted(border["between"]))]
    )
    record = "shared edges of " + " and ".join(border["between"])
    main = max((line for line in lines if not line.is_closed), key=shapely.length)
    rings = [line for line in lines if line.is_closed]
    yield shape(table, main, border["place"], "line", border["label"], record=record)
    if rings:
        made = shapely.normalize(shapely.multilinestrings(rings))
        one = shape(table, made, border["rings"], "line", border["rings_label"], record=record)
        one["properties"]["note"] = f"{border['rings_note']} {one['properties']['note']}"
        one["properties"]["place"] = border["place"]
        yield one


def shape(  # noqa: PLR0913 - the fields of a record
    table: Mapping[str, Any], geometry: BaseGeometry, id_: str, kind: str, label: str, *,
    record: str, place: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Return a Shape as a Feature: its id beside the properties, not in them."""
    made = feature(
        {
            "id": id_, "place": place or id_, "kind": kind, "label": label,
            "accuracy_m": table["accuracy_m"], "note": table["unit_note"],
            "sources": [{"source": ADMIN1, "record": record}],
        },
        geometry,
    )  # fmt: skip
    del made["properties"]["id"]
    return made


def outlines(
    units: geopandas.GeoDataFrame,
    waters: tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame],
    table: Mapping[str, Any],
) -> Iterable[dict[str, Any]]:
    """Yield land, borders, provinces and water, cut to the box that is drawn."""
    box = shapely.box(*table["draw_box"])
    fewer = shapely.coverage_simplify(units.geometry.values, DRAWN_TOLERANCE)
    pairs = [
        (finished(area, digits=DRAWN_DIGITS), owner)
        for area, owner in zip(shapely.intersection(fewer, box), units["adm0_a3"], strict=True)
        if area.area > SPECK and owner in table["countries"]
    ]
    areas, owners = [area for area, _ in pairs], [owner for _, owner in pairs]
    for code, (slug, name) in sorted(table["countries"].items()):
        land = shapely.union_all([area for area, owner in pairs if owner == code])
        yield drawn("land", slug, finished(land, digits=DRAWN_DIGITS), name=name, country=slug)
    for key, lines in shared_edges(areas, owners).items():
        named = [table["countries"][code] for code in key]
        if len(set(key)) > 1:
            slug, name = "-".join(n[0] for n in named), "\u2013".join(n[1] for n in named)
            yield drawn("border", slug, lines, name=name)
        elif len(key) > 1:
            slug, name = named[0]
            yield drawn("province", slug, lines, name=f"{name}: provinces", country=slug)
    lakes, rivers = waters
    for id_, (name, country, lon, lat) in sorted(table["lakes"].items()):
        lake = lakes.geometry[lakes.contains(shapely.Point(lon, lat))].iloc[0]
        lake = finished(shapely.coverage_simplify([lake], DRAWN_TOLERANCE)[0], digits=DRAWN_DIGITS)
        yield drawn("water", id_, lake, name=name, country=country, source=LAKES)
    for id_, (name, numbers) in sorted(table["rivers"].items()):
        rows = rivers.geometry[rivers["rivernum"].isin(numbers)]
        line = shapely.line_merge(shapely.union_all(rows.values)).intersection(box)
        line = finished(line.simplify(DRAWN_TOLERANCE), digits=DRAWN_DIGITS)
        yield drawn("river", id_, line, name=name, source=RIVERS)


def drawn(layer: str, id_: str, geometry: BaseGeometry, **fields: str) -> dict[str, Any]:
    """Return one display Feature, its id led by its layer."""
    return feature({"id": f"{layer}-{id_}", "layer": layer, "source": ADMIN1, **fields}, geometry)


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pack")
    for name in ("admin1", "lakes", "rivers"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    table = json.loads((HERE / "outline_packs" / f"{args.pack}.json").read_text(encoding="utf-8"))
    warnings.filterwarnings("ignore", message="Measured")  # a note of GDAL on the shapefiles
    units = read_units(args.admin1, table)
    box = tuple(table["draw_box"])
    waters = (
        geopandas.read_file(args.lakes, bbox=box),
        geopandas.read_file(args.rivers, bbox=box),
    )
    files = {
        "shapes.geojson": collection(shapes(units, table)),
        "outlines.geojson": collection(outlines(units, waters, table)),
    }
    for name, text in files.items():
        target = GAZETTEER / args.pack / name
        target.write_text(text, encoding="utf-8", newline="\n")
        print(f"{args.pack}/{name}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
