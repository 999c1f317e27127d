"""The dated shapes of the Caucasus: border, line of contact, Nagorno-Karabakh, districts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from geopandas import GeoDataFrame, GeoSeries
from outline_geometry import (
    chained,
    cut_off,
    feature,
    finished,
    reaching,
    shared_edges,
    simplified,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

DIGITS = 5
TOLERANCE = 0.001  # degrees, about 100 m: far below the 1-2 km by which the source is off
JOIN = 0.003  # degrees: the widest step between pieces of one line in the source is 0.0026
HELD_AT_ALL = 0.02  # share of a district under which an overlap is only the sources' disagreement
PROJECTION = 32638  # UTM zone 38 N, for areas in km2


def caucasus_shapes(
    units: GeoDataFrame, disputed: GeoDataFrame, tables: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return every Feature of ``shapes.geojson``, unsorted."""
    texts, cites = tables["shapes"], tables["cites"]
    ours = units[units["adm0_a3"].isin(["ARM", "AZE"])]
    areas = simplified(units.geometry.values, tolerance=TOLERANCE, digits=DIGITS)
    areas = [area for area, own in zip(areas, units.index.isin(ours.index), strict=True) if own]
    home = shapely.coverage_union_all(
        [a for a, code in zip(areas, ours["adm0_a3"], strict=True) if code == "AZE"]
    )
    mainland = max(shapely.get_parts(home), key=shapely.area)
    contact = finished(
        reaching(line_of_contact(disputed, texts["line-of-contact"]), mainland.boundary),
        digits=DIGITS,
    )
    held = finished(cut_off(mainland, contact, tuple(texts["held-area"]["inside"])), digits=DIGITS)
    by_code = dict(zip(ours.index, areas, strict=True))
    return [
        *borders(areas, list(ours["adm0_a3"]), texts["border"], cites["border"]),
        line_feature(contact, texts["line-of-contact"], cites["line-of-contact"]),
        held_feature(held, texts["held-area"], cites["held-area"]),
        *oblasts(disputed, texts["former-oblast"], cites["former-oblast"]),
        *districts(by_code, held, tables),
        *unions(by_code, tables),
    ]


def pieces_named(disputed: GeoDataFrame, name: str) -> list[BaseGeometry]:
    """Return the single lines of the source that bear this name."""
    rows = disputed[disputed["name"] == name].geometry
    return [part for row in rows for part in shapely.get_parts(shapely.line_merge(row))]


def line_of_contact(disputed: GeoDataFrame, text: Mapping[str, Any]) -> BaseGeometry:
    """Return the ceasefire line of 1994 as one line."""
    pieces = pieces_named(disputed, "Ceasefire Line 1994")
    return chained(pieces, first=tuple(text["start"]), gap=JOIN)


def former_oblast(disputed: GeoDataFrame, text: Mapping[str, Any]) -> BaseGeometry:
    """Return the area of the autonomous oblast, closed over the small steps in the source."""
    pieces = pieces_named(disputed, "Former USSR oblast in 1991")
    ring = chained(pieces, first=tuple(text["start"]), gap=JOIN)
    ends = shapely.get_point(ring, 0).distance(shapely.get_point(ring, -1))
    if ends > JOIN:
        raise ValueError(f"the oblast's outline stays open by {ends:.4f} degrees")
    return finished(shapely.polygons(shapely.get_coordinates(ring)), digits=DIGITS)


def borders(
    areas: list[BaseGeometry],
    owners: list[str],
    text: Mapping[str, Any],
    cites: Sequence[Sequence[str]],
) -> Iterable[dict[str, Any]]:
    """Yield the three parts of the border; the longer open line is the main one."""
    lines = shapely.get_parts(shared_edges(areas, owners)["ARM", "AZE"])
    rings = [line for line in lines if line.is_closed]
    small, main = sorted((line for line in lines if not line.is_closed), key=shapely.length)
    pieces = (southward(main), shapely.normalize(shapely.multilinestrings(rings)), southward(small))
    for (id_, (label, note)), line in zip(sorted(text["pieces"].items()), pieces, strict=True):
        yield shape(
            {"id": id_, "place": text["place"], "kind": "line", "label": label,
             "accuracy_m": text["accuracy_m"], "note": f"{note} {text['note']}"},
            line, cites,
        )  # fmt: skip


def southward(line: BaseGeometry) -> BaseGeometry:
    """Return the line beginning at its northern end."""
    return line if shapely.get_point(line, 0).y > shapely.get_point(line, -1).y else line.reverse()


def line_feature(
    line: BaseGeometry, text: Mapping[str, Any], cites: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """Return the Feature of the line of contact."""
    return shape({"id": text["place"], "kind": "line", **_dated(text)}, line, cites)


def held_feature(
    area: BaseGeometry, text: Mapping[str, Any], cites: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """Return the Feature of the area west of the line of contact."""
    return shape({"id": text["id"], "kind": "area", **_dated(text)}, area, cites)


def _dated(text: Mapping[str, Any]) -> dict[str, Any]:
    return {key: text[key] for key in ("place", "label", "accuracy_m", "from", "to", "note")}


def oblasts(
    disputed: GeoDataFrame, text: Mapping[str, Any], cites: Sequence[Sequence[str]]
) -> Iterable[dict[str, Any]]:
    """Yield the oblast's outline for each period in which it is drawn."""
    area = former_oblast(disputed, text)
    for id_, label, start, end, note in text["periods"]:
        yield shape(
            {"id": id_, "place": id_ if id_ in text["own_place"] else text["place"],
             "kind": "area", "label": label, "accuracy_m": text["accuracy_m"],
             "from": start, "to": end, "note": note},
            area, cites,
        )  # fmt: skip


def districts(
    areas: Mapping[str, BaseGeometry], held: BaseGeometry, tables: Mapping[str, Any]
) -> Iterable[dict[str, Any]]:
    """Yield the districts and provinces under their place's id, and cities of that rank."""
    text, cites = tables["shapes"]["unit"], tables["cites"]
    for code, (id_, label) in tables["units"].items():
        share = areas[code].intersection(held).area / areas[code].area
        notes = []
        if share > HELD_AT_ALL:
            notes.append(text["held"].replace("SHARE", f"{share:.0%}".rstrip("%")))
        sources = [["ne-admin1-10m", code]]
        if id_ in text["agdere"]:
            notes.append(text["agdere_note"])
            sources += cites["agdere"]
        yield shape(
            {"id": id_, "place": id_.removesuffix("-city"), "kind": "area", "label": label,
             "accuracy_m": text["accuracy_m"], "note": " ".join(notes)},
            areas[code], sources,
        )  # fmt: skip


def unions(
    areas: Mapping[str, BaseGeometry], tables: Mapping[str, Any]
) -> Iterable[dict[str, Any]]:
    """Yield areas that are whole sets of districts."""
    for place, (label, codes) in tables["shapes"]["unions"].items():
        area = shapely.coverage_union_all([areas[code] for code in codes])
        yield shape(
            {"id": place, "place": place, "kind": "area", "label": label,
             "accuracy_m": tables["shapes"]["unit"]["accuracy_m"], "note": ""},
            finished(area, digits=DIGITS), [["ne-admin1-10m", ", ".join(codes)]],
        )  # fmt: skip


def shape(
    fields: Mapping[str, Any], geometry: BaseGeometry, cites: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """Return a Shape as a Feature: its id beside the properties, not in them."""
    sources = [{"source": s, "record": r} if r else {"source": s} for s, r in cites]
    fields = {**fields, "note": fields["note"].replace("AREA", f"{_km2(geometry):,.0f}")}
    made = feature({**fields, "sources": sources}, geometry)
    del made["properties"]["id"]
    return made


def _km2(geometry: BaseGeometry) -> float:
    return float(GeoSeries([geometry], crs=4326).to_crs(PROJECTION).area.iloc[0] / 1e6)
