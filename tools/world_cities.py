"""Cities of the world pack."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import world_names as names
import world_packages as packages
from world_countries import GEONAMES, Countries, size_m
from world_names import cited_form, different, main_form, name, slug

from geo.model import Belonging, Cite, FeatureType, Location, Name, Place

if TYPE_CHECKING:
    from world_packages import City

# People per km2 of a built-up area, to turn population into a size: ours, a round figure.
DENSITY = 5000
# GeoNames gives the middle of a town to about a kilometre.
TOWN_ACCURACY_M = 1000

# A Latin form of three letters in another language is too easily something else in English.
SHORTEST = 4


class Cities(Countries):
    """The capitals and cities made from the packages and tables."""

    def labelled_city(self, code: str, text: str) -> City:
        """Give the chosen city of this label, else the largest of this name in GeoNames."""
        for city, label in self.chosen_cities.values():
            if (city.country, label) == (code, text):
                return city
        found = self.find_city(code, text)
        if found:
            return found
        raise SystemExit(f"no city {text} in {code}: correct tools/world/regions.json")

    def find_city(self, code: str, text: str) -> City | None:
        """Give the largest city of this main name in a country, else of this alternate name."""
        mine = self.by_country.get(code, [])
        main = (city for city in mine if city.name == text)
        alike = (city for city in mine if slug(city.name) == slug(text))
        other = (city for city in mine if text in city.alternates)
        return next(main, None) or next(alike, None) or next(other, None)

    @cached_property
    def capitals(self) -> dict[str, list[City]]:
        """Capitals and seats of government by country, the first one the capital."""
        found: dict[str, list[City]] = {}
        for code, row in self.countries.items():
            seats = self.country_table.get(code, {}).get("seats")
            if seats is not None:
                found[code] = [self.cities[number] for number in seats]
            elif city := self.find_city(code, row["capital"].strip()):
                found[code] = [city]
        return found

    @cached_property
    def chosen_cities(self) -> dict[int, tuple[City, str]]:
        """Cities of the pack with their label, by GeoNames id."""
        left_out = set(self.city_table["leave_out_names"])
        chosen: dict[int, tuple[City, str]] = {}
        for cities in self.capitals.values():
            chosen.update((city.id, (city, self.city_label(city))) for city in cities)
        for code, wanted in self.city_table["wanted"].items():
            for entry in wanted:
                text, _, label = entry.partition("=")
                city = self.find_city(code, text)
                if city is None:
                    names.MISSED.append(f"{code}:{text}")
                elif city.id not in chosen:
                    chosen[city.id] = (city, label or text)
        for city in self.cities.values():
            large = city.population >= self.city_table["population"]
            listed = city.country in self.city_table["listed_only"]
            if large and not listed and f"{city.country}:{city.name}" not in left_out:
                chosen.setdefault(city.id, (city, self.city_label(city)))
        return chosen

    def city_label(self, city: City) -> str:
        """English label of a city: the table's, else the name in GeoNames."""
        return str(self.city_table["labels"].get(str(city.id), city.name))

    @cached_property
    def label_counts(self) -> Counter[str]:
        """How many chosen cities have a label, by its slug."""
        return Counter(slug(label) for _, label in self.chosen_cities.values())

    def city_id(self, city: City, label: str) -> str:
        """Give a slug of the label, with the country where two cities share it."""
        twins = self.label_counts[slug(label)]
        taken = slug(label) in self.country_ids.values()
        country = self.country_ids.get(city.country, city.country.lower())
        return f"{slug(label)}-city" if taken else slug(label) + f"-{country}" * (twins > 1)

    def city_places(self) -> list[Place]:
        """Capitals and chosen cities."""
        capital = {city.id for cities in self.capitals.values() for city in cities[:1]}
        return [
            self.city_place(city, label, capital=number in capital)
            for number, (city, label) in sorted(self.chosen_cities.items())
            if city.country in self.countries
        ]

    def city_place(self, city: City, label: str, *, capital: bool) -> Place:
        """Give a city with its point from GeoNames."""
        cite = Cite(source=GEONAMES, record=str(city.id))
        side = size_m(city.population / DENSITY)
        disputed = self.city_table["disputed"].get(str(city.id), "")
        parent = Belonging(source=cite, parent=self.country_ids[city.country])
        return Place(
            id=self.city_id(city, label),
            kind="settlement",
            feature=FeatureType(class_="P", code="PPLC" if capital else "PPL", word="city"),
            location=Location(
                lat=city.lat,
                lon=city.lon,
                accuracy_m=max(TOWN_ACCURACY_M, side // 2),
                kind="centroid",
                sources=(cite,),
            ),
            names=self.city_names(city, label),
            label=label.partition(" (")[0],
            extent_m=side,
            de_jure=() if disputed else (parent,),
            concordances={"geonames": str(city.id)},
            certainty="likely",  # one source gives the point
            note=disputed or self.city_table["notes"].get(str(city.id), ""),
        )

    @cached_property
    def zones(self) -> dict[str, dict[str, str]]:
        """Names of time-zone cities by language and zone."""
        return {code: packages.cldr_cities(code) for code in packages.LANGUAGES}

    def city_names(self, city: City, label: str) -> tuple[Name, ...]:
        """Give the label, news forms, CLDR's names, native forms."""
        cite = Cite(source=GEONAMES, record=str(city.id))
        bare = label.partition(" (")[0]
        found = [main_form(bare, city)]
        found += [cited_form(form, city) for form in self.city_table["names"].get(label, ())]
        zone = self.city_table["zone_aliases"].get(city.zone, city.zone)
        ends = {slug(z.rpartition("/")[2]) for z in (zone, city.zone)}
        if slug(bare) in ends:
            for language, cities in self.zones.items():
                text = cities.get(zone, "")
                short = names.script(text) == "Latn" and len(text) < SHORTEST
                if text and not short and names.plain(text):
                    exonym = Cite(source="cldr", record=zone)
                    found.append(name(text, language, "exonym", exonym))
        scripts = {one.script for one in found if one}
        for written, codes in self.city_table["scripts"].items():
            if city.country in codes and written not in scripts:
                found += names.native_forms(bare, city.alternates, written, cite)
        return different(found)
