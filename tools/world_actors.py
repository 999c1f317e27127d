"""Actors of the world pack: one for each country, then those of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from world_names import OWN

from geo.model import Actor, Cite

if TYPE_CHECKING:
    from world_places import World

# Adjectives that are also the people's name take an "s"; these endings do not.
NO_PLURAL = ("ese", "ish", "ch", "sh", "ss", "x", "i-Kiribati", "s", "z")


def actors(world: World, table: dict[str, Any]) -> list[Actor]:
    """Every actor of the pack."""
    found = [
        country_actor(world, code, table["countries"].get(code, {})) for code in world.countries
    ]
    return found + [
        msgspec.convert({"sources": [{"source": OWN.source}]} | row, Actor)
        for row in table["others"]
    ]


def country_actor(world: World, code: str, row: dict[str, Any]) -> Actor:
    """Give the state or administration of a country: its English names, adjectives and seats."""
    id_ = world.country_ids[code]
    place = world.made[id_]
    fact = world.facts.get(code, {})
    sources = [Cite(source="countryinfo", record=fact["file"])] if fact else []
    adjectives = row.get("adjectives")
    if adjectives is None:
        demonyms = [word.strip() for word in (fact.get("demonym") or "").split(",") if word]
        adjectives = [form for word in demonyms for form in (word, plural(word)) if form]
        adjectives = adjectives or [world.country_label(code)]
    else:
        sources.append(OWN)
    english = [name.text for name in place.names if name.language == "en"]
    seats = [world.city_id(*world.chosen_cities[c.id]) for c in world.capitals.get(code, ())]
    return Actor(
        id=id_,
        label=place.label,
        kind="state",
        names=tuple(dict.fromkeys([*english, *row.get("names", ())])),
        adjectives=tuple(dict.fromkeys(adjectives)),
        place=id_,
        seats=tuple(row.get("seats", seats)),
        sources=tuple(sources) or (OWN,),
        note=row.get("note", ""),
    )


def plural(word: str) -> str:
    """Give the people's name in the plural; "" where the adjective has none."""
    return "" if word.endswith(NO_PLURAL) else f"{word}s"
