"""Precision classes: which one a relation to a place gives, its numbers and sentences."""

from __future__ import annotations

import functools
import importlib.resources

import msgspec

from geo.model import Place, Precision, Record, Relation

AREAS = ("district", "province", "region", "country", "macro")
TOLD = ("near", "distance", "bearing")  # classes by which a text tells where an unknown place lies
BESIDE = ("near", "around", "outskirts")  # relations that put something about a place


class PrecisionClass(Record, frozen=True, kw_only=True):
    """A class of how exactly a place is known, with other data sets' codes for it (0: none)."""

    label: str
    sentence: str
    ucdp_where_prec: int
    acled_geo_precision: int


class Far(Record, frozen=True, kw_only=True):
    """The codes of a distance, or of two places' distance, above ``over_m`` metres."""

    over_m: int
    ucdp_where_prec: int
    acled_geo_precision: int


class PrecisionTable(Record, frozen=True, kw_only=True):
    """The whole table."""

    about: str
    classes: dict[str, PrecisionClass]
    far: Far
    province_acled_geo_precision: int
    metres: dict[str, int]
    degrees: dict[str, float]
    shares: dict[str, float]
    accurate_m: int
    line_codes: tuple[str, ...]
    sides: dict[str, str]
    adjectives: dict[str, str]
    choices: dict[str, str]
    distance_contradicted: dict[str, str]
    side_contradicted: dict[str, str]


@functools.cache
def precision_table() -> PrecisionTable:
    """Give the table, read once."""
    file = importlib.resources.files("geo") / "tables" / "precision.json"
    return msgspec.json.decode(file.read_bytes(), type=PrecisionTable)


def kilometres(metres: float) -> str:
    """Give metres as kilometres for a sentence: "10", "2.5"."""
    return f"{metres / 1000:.3g}" if metres < 100_000 else f"{metres / 1000:.0f}"


def precision_of(relation: Relation, place: Place) -> Precision:
    """Give the precision class of a relation to a place."""
    if place.kind == "country" and relation not in ("part-of", "along-line", "section-of-border"):
        return "country"  # no side, distance or margin of a country says where
    if relation in BESIDE and place.kind not in AREAS:
        return "near"
    by_relation: dict[str, Precision] = {
        "direction": "direction", "bearing": "bearing", "distance": "distance",
        "between": "between", "along-line": "line", "section-of-border": "border",
    }  # fmt: skip
    if relation in by_relation:
        return by_relation[relation]
    table = precision_table()
    if place.feature.code in table.line_codes:
        return "line"  # a river is as long as it is, whatever its point
    by_kind: dict[str, Precision] = {
        "settlement": "settlement", "district": "district", "province": "district",
        "region": "region", "macro": "region", "country": "region", "line": "line",
    }  # fmt: skip
    exact = place.location.accuracy_m <= table.accurate_m
    return by_kind.get(place.kind, "exact" if exact else "near")
