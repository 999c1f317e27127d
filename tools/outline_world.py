"""The display outlines of the world: one land a country, borders, disputed borders, large lakes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from outline_geometry import feature, finished, merged, shared_edges

TOLERANCE = 0.045  # degrees: what keeps the file under its budget of 400 KB
DIGITS = 2
SMALL_DIGITS = 4  # for countries that would collapse on the coarse grid
ISLAND = 0.05  # square degrees, about 500 km2: smaller parts go, except a country's largest
LAKE = 0.3  # square degrees: the forty or so largest lakes
NO_CODE = "-1"  # what the source writes for areas without an ISO code


def world_outlines(
    countries: Any, disputed: Any, lakes: Any, tables: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return every Feature of the world's ``outlines.geojson``, unsorted."""
    world = tables["world"]
    areas = shapely.coverage_simplify(countries.geometry.values, TOLERANCE)
    kept = [main_parts(area) for area in areas]
    codes = list(countries["iso_a2"])
    names = [
        world["names"].get(code, name)
        for code, name in zip(codes, countries["NAME"], strict=True)
    ]
    big = lakes.geometry[lakes.geometry.map(shapely.area) > LAKE]
    fewer = [drawn(lake) for lake in shapely.coverage_simplify(big.values, TOLERANCE)]
    return [
        *land(kept, codes, names, world["no_code"]),
        *borders(kept, codes, world["dashed"]),
        *claims(disputed),
        feature(
            {"id": "water-lakes", "layer": "water", "source": "ne-lakes-10m"},
            drawn(shapely.union_all(fewer)),
        ),
    ]


def slug(name: str) -> str:
    """Return the name in lower-case ASCII with hyphens: "Côte d'Ivoire" is "cote-d-ivoire"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).lower().split())


def main_parts(area: Any) -> Any:
    """Return the area without small islands; the largest part always stays."""
    parts = sorted(shapely.get_parts(area), key=shapely.area, reverse=True)
    return shapely.multipolygons([parts[0], *(p for p in parts[1:] if p.area > ISLAND)])


def drawn(geometry: Any) -> Any:
    """Return the geometry on the coarse grid, or on a finer one where that would break it."""
    try:
        return finished(geometry, digits=DIGITS)
    except ValueError:
        return finished(geometry, digits=SMALL_DIGITS)


def land(
    areas: list[Any], codes: list[str], names: list[str], no_code: list[list[Any]]
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
            part = min(
                shapely.get_parts(area), key=lambda p: p.distance(shapely.Point(lon, lat))
            )
            yield feature(
                {"id": f"land-{id_}", "layer": "land", "name": title,
                 "source": "ne-countries-10m"},
                drawn(part),
            )  # fmt: skip


def borders(
    areas: list[Any], codes: list[str], dashed: list[list[Any]]
) -> Iterable[dict[str, Any]]:
    """Yield all plain borders as one Feature, and the disputed ones pair by pair."""
    plain: list[Any] = []
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


def light(lines: Iterable[Any]) -> Any:
    """Return the lines joined, on the coarse grid."""
    return drawn(merged(line for line in lines if line.length > 0))


def claims(disputed: Any) -> Iterable[dict[str, Any]]:
    """Yield the source's own disputed lines, numbered where one name covers several."""
    rows = sorted(
        (str(name), line.bounds, line)
        for name, line in zip(disputed["name"], disputed.geometry, strict=True)
    )
    for number, (name, _, line) in enumerate(rows):
        fewer = shapely.line_merge(line.simplify(TOLERANCE / 2))
        yield feature(
            {"id": f"disputed-border-claim-{number:02}", "layer": "disputed-border",
             "name": name, "source": "ne-disputed-10m"},
            drawn(fewer),
        )  # fmt: skip
