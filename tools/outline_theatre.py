"""The display outlines of the Caucasus: land, borders, divisions, water."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from outline_geometry import feature, finished, shared_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

THEATRE = shapely.box(42.0, 37.8, 51.5, 43.0)
TOLERANCE = 0.006  # degrees, about 500 m: what keeps the file near 100 KB
DIGITS = 3
SPECK = 1e-4  # square degrees, 1 km2
LINE_TOLERANCE = 0.004  # degrees, for single lines


def caucasus_outlines(
    units: GeoDataFrame,
    shapes: list[dict[str, Any]],
    disputed: GeoDataFrame,
    waters: tuple[GeoDataFrame, GeoDataFrame],
    tables: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """Return every Feature of the theatre's ``outlines.geojson``, unsorted."""
    lakes, rivers = waters
    return [
        *land_and_borders(units, tables["countries"]),
        *disputed_lines(shapes, disputed, tables["disputed"]["caucasus"]),
        *lake_features(lakes, tables["lakes"]),
        *river_features(rivers, tables["rivers"]),
    ]


def outline(layer: str, id_: str, geometry: BaseGeometry, **fields: str) -> dict[str, Any]:
    """Return one display Feature, its id led by its layer."""
    return feature({"id": f"{layer}-{id_}", "layer": layer, **fields}, geometry)


def land_and_borders(units: GeoDataFrame, countries: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Yield one land a country, one border a pair of countries, one mesh of inner divisions."""
    fewer = shapely.coverage_simplify(units.geometry.values, TOLERANCE)
    pairs = [
        (finished(area, digits=DIGITS), owner)
        for area, owner in zip(shapely.intersection(fewer, THEATRE), units["adm0_a3"], strict=True)
        if area.area > SPECK  # a corner of a far province may just touch the edge
    ]
    areas, owners = [area for area, _ in pairs], [owner for _, owner in pairs]
    for code, (slug, name) in sorted(countries.items()):
        land = shapely.union_all([area for area, owner in pairs if owner == code])
        yield outline("land", slug, finished(land, digits=DIGITS), name=name, country=slug,
                      source="ne-admin1-10m")  # fmt: skip
    for key, lines in shared_edges(areas, owners).items():
        slugs = [countries[code][0] for code in key]
        names = [countries[code][1] for code in key]
        if len(set(key)) > 1:
            yield outline("border", "-".join(slugs), lines, name="\u2013".join(names),
                          source="ne-admin1-10m")  # fmt: skip
        elif key in {("AZE", "AZE"), ("ARM", "ARM")}:
            layer = "district" if key[0] == "AZE" else "province"
            yield outline(layer, slugs[0], lines, name=f"{names[0]}: {layer}s", country=slugs[0],
                          source="ne-admin1-10m")  # fmt: skip


def disputed_lines(
    shapes: list[dict[str, Any]], disputed: GeoDataFrame, named: Mapping[str, Any]
) -> Iterable[dict[str, Any]]:
    """Yield the dated lines that are also shapes, and the named lines of the source."""
    by_id = {one["id"]: one for one in shapes}
    for id_ in ("line-of-contact", "nagorno-karabakh-1923-1991"):
        known = by_id[id_]["properties"]
        line = shapely.from_geojson(_text(by_id[id_]["geometry"]))
        line = line.exterior if line.geom_type == "Polygon" else line
        dates = {key: known[key] for key in ("from", "to")}
        yield outline("disputed-border", id_, drawn(shapely.LineString(line)),
                      name=known["label"], source="ne-disputed-10m", **dates)  # fmt: skip
    for name, (id_, lon, lat) in named.items():
        near = shapely.distance(disputed.geometry.values, shapely.Point(lon, lat))
        line = shapely.line_merge(disputed.geometry.values[near.argmin()])
        yield outline("disputed-border", id_, drawn(line.intersection(THEATRE)), name=name,
                      source="ne-disputed-10m")  # fmt: skip


def _text(geometry: Mapping[str, Any]) -> str:
    return json.dumps(geometry)


def drawn(line: BaseGeometry) -> BaseGeometry:
    """Return a line as light as the other outlines."""
    return finished(line.simplify(LINE_TOLERANCE), digits=DIGITS)


def lake_features(lakes: GeoDataFrame, named: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Yield each lake of the table: the one that holds its point."""
    for id_, (name, country, lon, lat) in sorted(named.items()):
        lake = lakes.geometry[lakes.contains(shapely.Point(lon, lat))].iloc[0]
        lake = shapely.coverage_simplify([lake], TOLERANCE)[0].intersection(THEATRE)
        yield outline("water", id_, finished(lake, digits=DIGITS), name=name, country=country,
                      source="ne-lakes-10m")  # fmt: skip


def river_features(rivers: GeoDataFrame, named: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Yield each river of the table; the source's names have lost letters, its numbers not."""
    for id_, (name, numbers) in sorted(named.items()):
        rows = rivers.geometry[rivers["rivernum"].isin(numbers)]
        line = shapely.line_merge(shapely.union_all(rows.values)).intersection(THEATRE)
        yield outline("river", id_, drawn(line), name=name, source="ne-rivers-10m")
