"""The display outlines of the world: one land a country, borders, disputed borders, large lakes."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from outline_geometry import feature, finished, merged, shared_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

TOLERANCE = 0.15  # degrees of equal area: what keeps the file under its budget of 400 KB
LINE_TOLERANCE = 0.03  # degrees, for single lines
DIGITS = 2
SMALL_DIGITS = 4  # for countries that would collapse on the coarse grid
ISLAND = 0.2  # square degrees, 2,000 km2 or less: smaller islands go, except a country's largest
LAKE = 1.0  # square degrees: the largest lakes only
NO_CODE = "-1"  # what the source writes for areas without an ISO code


def world_outlines(
    countries: GeoDataFrame, disputed: GeoDataFrame, lakes: GeoDataFrame, tables: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return every Feature of the world's ``outlines.geojson``, unsorted."""
    world = tables["world"]
    kept = main_parts(fewer_vertices(countries.geometry.values))
    codes = list(countries["iso_a2"])
    names = [
        world["names"].get(code, name) for code, name in zip(codes, countries["NAME"], strict=True)
    ]
    big = lakes.geometry[lakes.geometry.map(shapely.area) > LAKE]
    fewer = [drawn(lake) for lake in fewer_vertices(big.values)]
    return [
        *land(kept, codes, names, world["no_code"]),
        *borders(kept, codes, world["dashed"]),
        *claims(disputed[~disputed["name"].isin(world["dated_elsewhere"])]),
        feature(
            {"id": "water-lakes", "layer": "water", "source": "ne-lakes-10m"},
            drawn(shapely.union_all(fewer)),
        ),
    ]


def slug(name: str) -> str:
    """Return the name in lower-case ASCII with hyphens: "Côte d'Ivoire" is "cote-d-ivoire"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).lower().split())


def fewer_vertices(areas: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the coverage simplified by true area, so that arctic coasts do not fill the file."""
    flat = shapely.transform(
        areas, lambda xy: np.column_stack([xy[:, 0], np.degrees(np.sin(np.radians(xy[:, 1])))])
    )
    return [
        shapely.transform(
            area,
            lambda xy: np.column_stack([xy[:, 0], np.degrees(np.arcsin(np.radians(xy[:, 1])))]),
        )
        for area in shapely.coverage_simplify(flat, TOLERANCE)
    ]


def main_parts(areas: list[BaseGeometry]) -> list[BaseGeometry]:
    """Return the areas without small islands; exclaves and each largest part always stay."""
    tree = shapely.STRtree(areas)
    kept = []
    for area in areas:
        parts = sorted(shapely.get_parts(area), key=shapely.area, reverse=True)
        neighbours = [len(tree.query(part, predicate="intersects")) - 1 for part in parts]
        kept.append(
            shapely.multipolygons(
                [
                    part
                    for rank, part in enumerate(parts)
                    if rank == 0 or part.area > ISLAND or neighbours[rank]
                ]
            )
        )
    return kept


def drawn(geometry: BaseGeometry) -> BaseGeometry:
    """Return the geometry on the coarse grid, or on a finer one where that would break it."""
    try:
        return finished(geometry, digits=DIGITS)
    except ValueError:
        return finished(geometry, digits=SMALL_DIGITS)


def land(
    areas: list[BaseGeometry], codes: list[str], names: list[str], no_code: list[list[Any]]
) -> Iterable[dict[str, Any]]:
    """Yield a country each; areas without a code each under a name of their own, no country."""
    for area, code, name in zip(areas, codes, names, strict=True):
        if code != NO_CODE:
            yield feature(
                {"id": f"land-{code.lower()}", "layer": "land", "name": name,
                 "country": slug(name), "source": "ne-countries-10m"},
                drawn(area),
            )  # fmt: skip
            continue
        for title, id_, lon, lat in no_code:
            part = min(shapely.get_parts(area), key=lambda p: p.distance(shapely.Point(lon, lat)))
            yield feature(
                {"id": f"land-{id_}", "layer": "land", "name": title,
                 "source": "ne-countries-10m"},
                drawn(part),
            )  # fmt: skip


def borders(
    areas: list[BaseGeometry], codes: list[str], dashed: list[list[Any]]
) -> Iterable[dict[str, Any]]:
    """Yield all plain borders as one Feature, and the disputed ones pair by pair."""
    plain: list[BaseGeometry] = []
    for key, lines in shared_edges(areas, codes).items():
        if len(set(key)) < 2:
            continue
        boxes = [shapely.box(*row[2:]) for row in dashed if tuple(row[:2]) == key]
        everywhere = NO_CODE in key
        apart = lines if everywhere else shapely.intersection(lines, shapely.union_all(boxes))
        rest = shapely.difference(lines, apart)
        plain += [part for part in shapely.get_parts(rest) if part.length > 0]
        if not apart.is_empty:
            pair = "-".join(code.lower() for code in key).replace(NO_CODE, "none").strip("-")
            yield feature(
                {"id": f"disputed-border-{pair}", "layer": "disputed-border",
                 "source": "ne-countries-10m"},
                light(shapely.get_parts(apart)),
            )  # fmt: skip
    yield feature(
        {"id": "border-all", "layer": "border", "source": "ne-countries-10m"}, light(plain)
    )


def light(lines: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the lines joined, on the coarse grid."""
    return drawn(merged(line for line in lines if line.length > 0))


def claims(disputed: GeoDataFrame) -> Iterable[dict[str, Any]]:
    """Yield the source's own disputed lines, numbered where one name covers several."""
    rows = sorted(
        (str(name), line.bounds, line)
        for name, line in zip(disputed["name"], disputed.geometry, strict=True)
    )
    for number, (name, _, line) in enumerate(rows):
        fewer = shapely.line_merge(line.simplify(LINE_TOLERANCE))
        yield feature(
            {"id": f"disputed-border-claim-{number:02}", "layer": "disputed-border",
             "name": name, "source": "ne-disputed-10m"},
            drawn(fewer),
        )  # fmt: skip
