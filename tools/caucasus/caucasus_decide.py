"""Which records of the area are settlements to add, and why the others are left out."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caucasus_names import (
    ALIKE,
    NATIVE,
    community_key,
    community_name,
    key_of,
    likeness,
    listed_names,
    script_of,
    tidy,
    wof_names,
)
from caucasus_reference import Reference, km

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caucasus_area import Area

Json = dict[str, Any]

BESIDE = Path(__file__).parent
PACK = BESIDE.parents[1] / "gazetteer" / "caucasus"
# Two records of one name nearer than this are one place.
SAME_KM = 2.0
# All villages of these provinces are taken, the farther ones if a second list has them.
BORDER_PROVINCES = (
    "gegharkunik-province", "syunik-province", "tavush-province", "vayots-dzor-province",
)  # fmt: skip
# A community's land may reach so far from its village.
LAND_KM = 12.0
# GeoNames' ids from here on were given in 2015 and later, to names off Armenia's survey maps.
SURVEY_IDS = 10_000_000
RUINS = re.compile(r"razvalin|развалин|xarab|kharab|ավերակ", re.IGNORECASE)
UNKNOWN = (
    "No settlement in other lists: GeoNames has fields, springs and chapels of Armenia's survey "
    "maps as populated places, and only it has this one"
)
RAILWAY = re.compile(
    r"stantsiya|stansiya|st\.|raz.?yezd|разъезд|станция|blok-?post|kazarma|казарма|կայարան",
    re.IGNORECASE,
)
# A name of a neighbour so near may have been copied; a name is the neighbour's if so alike.
NEIGHBOUR_KM = 9.0
COPIED = 0.9
STRANGE = 0.5


class Decider:
    """Decides record by record; a record that is kept counts for those after it."""

    def __init__(
        self, ref: Reference, area: Area, features: list[Json], refusals: list[Json]
    ) -> None:
        """Read the hand-made choices; ``features`` and ``refusals`` are the pack's."""
        chosen = json.loads((BESIDE / "caucasus_selection.json").read_text(encoding="utf-8"))
        self.ref, self.area = ref, area
        self.towns = set(chosen["towns"])
        self.never: dict[str, str] = chosen["never"]
        self.reserved: list[str] = chosen["reserved"]
        self.drop: dict[str, list[str]] = chosen["drop"]
        self.refuse: dict[str, str] = chosen["refuse"]
        pack = json.loads((PACK / "pack.json").read_text(encoding="utf-8"))
        self.everyday: list[str] = pack["everyday"]
        self.refused = {r["source"]["record"] for r in refusals}
        self.kept: dict[tuple[int, int], list[Json]] = {}
        self.wof: set[str] = set()
        self.geonames: set[str] = set()
        self._twins: dict[str, Json] = {}
        self._own: dict[tuple[int, int], list[tuple[Json, str]]] = {}
        for feature in features:
            if feature["properties"]["kind"] == "settlement":
                self.keep(feature)
        self._pairs = Counter(pair for r in ref.by_id.values() for pair in pairs_of(r))
        for record in ref.localities:
            main = next(iter(listed_names(record)), ("", ""))[1]
            self._own.setdefault(cell_of(record), []).append((record, main))

    def keep(self, feature: Json) -> None:
        """Count a settlement as held."""
        links = feature["properties"].get("concordances", {})
        self.wof.add(links.get("wof", ""))
        self.geonames.add(links.get("geonames", ""))
        self.kept.setdefault(cell_of(spot(feature)), []).append(feature)

    def near(self, record: Json) -> Iterator[Json]:
        """Settlements that are held in the cells around a record."""
        for cell in around(record):
            yield from self.kept.get(cell, ())

    def is_held(self, record: Json) -> bool:
        """True where the pack has the record by concordance."""
        return str(record["wof_id"]) in self.wof or str(record["geonameid"]) in self.geonames

    def in_area(self) -> list[Json]:
        """Every record of the area, and the towns and listed border-province villages outside."""
        return [
            r
            for r in self.ref.localities
            if r["wof_id"] in self.towns or self.area.holds(r) or self._in_border_province(r)
        ]

    def _in_border_province(self, record: Json) -> bool:
        """True for a village that another list has in a province along the border."""
        if is_survey(record) or self.area.region(record) not in BORDER_PROVINCES:
            return False
        return bool(self.ref.seconded(record) or self.area.is_listed(record))

    def coverage(self) -> tuple[int, int, int]:
        """How many records of the area are held, refused, and neither."""
        here = [r for r in self.ref.localities if self.area.holds(r)]
        held = sum(self.is_held(r) for r in here)
        refused = sum(str(r["wof_id"]) in self.refused and not self.is_held(r) for r in here)
        return held, refused, len(here) - held - refused

    def candidates(self) -> list[Json]:
        """Records that are neither held nor refused, the best known first."""
        open_ = [
            r
            for r in self.in_area()
            if not self.is_held(r) and str(r["wof_id"]) not in self.refused
        ]
        survey = {r["wof_id"]: is_survey(r) for r in open_}
        return sorted(open_, key=lambda r: (survey[r["wof_id"]], -len(r["names"]), r["wof_id"]))

    def names(self, record: Json) -> list[Json]:
        """The usable names of a record, without what is a neighbour's or another word."""
        drop = [*self.never, *self.drop.get(str(record["wof_id"]), ())]
        names = wof_names(record, both_own=self.area.in_karabakh(record), drop=drop)
        own = [n["text"] for n in names if n["status"] == "official"]
        return [
            n
            for n in names
            if not (own and self._is_copied(n, own[0], record))
            and not (own and self._is_of_a_namesake(n, own[0], names))
        ]

    def _is_of_a_namesake(self, name: Json, own: str, names: list[Json]) -> bool:
        """True for the other side's own word that namesakes have too, and nothing else supports."""
        text = name["text"]
        if name["language"] not in NATIVE or likeness(text, own) >= ALIKE:
            return False
        if self._pairs[own, text] < 2:
            return False
        others = (n["text"] for n in names if n["script"] == "Latn" and n["text"] != text)
        return not any(likeness(other, text) >= ALIKE for other in others)

    def left_out(self, record: Json) -> str:
        """Which Latin name of a record is left out, and why, for its note."""
        texts = [t for _, t in listed_names(record) if t in self.never and script_of(t) == "Latn"]
        return " ".join(f"Also named {text}, left out: {self.never[text]}." for text in texts[:1])

    def _is_copied(self, name: Json, own: str, record: Json) -> bool:
        """True for a name that is nothing like the own one and just like a neighbour's."""
        if likeness(name["text"], own) >= STRANGE:
            return False
        return any(
            main
            and other is not record
            and km(other, record) < NEIGHBOUR_KM
            and likeness(main, own) < ALIKE
            and likeness(main, name["text"]) >= COPIED
            for cell in around(record)
            for other, main in self._own.get(cell, ())
        )

    def reason_against(self, record: Json) -> str:
        """Why a record is left out; empty if it is to be added."""
        if told := self._no_place(record):
            return told
        if twin := self.twin(record):
            self._twins[str(record["wof_id"])] = twin
            return "Duplicate: "
        if is_survey(record) and not self._is_known_village(record):
            return UNKNOWN
        if not self.names(record):
            return self._unnamed(record)
        return "" if self.area.parent(record)[0] else "Wrong country: in no district of its own"

    def _no_place(self, record: Json) -> str:
        """Why a record is no place of today, or none of its country."""
        said = " ".join([record["name"], *(n for ns in record["names"].values() for n in ns)])
        if reason := self.refuse.get(str(record["wof_id"])):
            return reason
        if record["current"] == 0:
            return "Abandoned: the list says that it is not current"
        if RUINS.search(said):
            return "Abandoned: a name in the list says ruins"
        if RAILWAY.search(said):
            return "Railway halt: a name in the list says so"
        country = {"AM": "Armenia", "AZ": "Azerbaijan"}[record["country"]]
        outside = f"Wrong country: the list says {country}, the point is over 3 km outside it"
        return outside if self.area.is_abroad(record) else ""

    def _unnamed(self, record: Json) -> str:
        """Why no name of a record is usable."""
        for _, text in listed_names(record):
            if text in self.never:
                return f"No usable name: {text} is {self.never[text]}"
        return "No usable name: cut off, generic or in no letters of the area"

    def twin(self, record: Json) -> Json | None:
        """The settlement that is held and is the same: one name, close by."""
        keys = {key_of(text) for _, text in listed_names(record)}
        own = next((text for _, text in listed_names(record)), "")
        same = []
        for feature in self.near(record):
            names = [n["text"] for n in feature["properties"]["names"]]
            if km(spot(feature), record) >= SAME_KM:
                continue
            if keys & {key_of(text) for text in names} or same_sound(own, names):
                same.append(feature)
        return min(same, key=lambda f: km(spot(f), record), default=None)

    def _is_known_village(self, record: Json) -> bool:
        """True where another list has the village and no record of it is held yet."""
        if not (self.ref.seconded(record) or self.area.is_listed(record)):
            return False
        parent = (self.area.parent(record)[0] or {"parent": ""})["parent"]
        keys = {community_key(t) for _, t in listed_names(record) if script_of(t) == "Latn"}
        return not any(
            keys & {community_key(n["text"]) for n in f["properties"]["names"]}
            for fs in self.kept.values()
            for f in fs
            if f["properties"].get("de_jure", [{}])[0].get("parent") == parent
        )

    def is_unlisted(self, record: Json) -> bool:
        """True for a record of Armenia that the list of its province's settlements lacks."""
        if record["country"] != "AM" or self.ref.seconded(record):
            return False
        return self.area.is_listed(record) is False

    def missing_communities(self) -> Iterator[Json]:
        """Communities of the area that no settlement held so far stands for."""
        for record in self.ref.communities:
            name = community_name(record["name"])
            wanted = self.area.holds(record) or record["wof_id"] in self.towns
            if not (name and wanted) or str(record["wof_id"]) in self.wof:
                continue
            names = [n["text"] for f in self.near(record) for n in f["properties"]["names"]]
            for other in self.ref.localities if record["wof_id"] not in self.towns else ():
                if not is_survey(other) and km(other, record) < LAND_KM:
                    names += [text for _, text in listed_names(other)]
            said = [name, *(tidy(t) for t in record["names"].get("hye", ()))]
            if not any(same_sound(text, names) for text in said):
                yield record | {"name": name}

    def name_duplicates(self, refusals: list[Json]) -> None:
        """Write the ids of the twins into the refusals, now that all have ids."""
        for refusal in refusals:
            if twin := self._twins.get(refusal["source"]["record"]):
                away = km(spot(twin), refusal)
                refusal["reason"] = f"Duplicate: {twin['id']} has the name, {away:.1f} km away"


def same_sound(own: str, names: list[str]) -> bool:
    """True if a name is one of the others, or long enough and sounds just like one."""
    key = community_key(own)
    return any(
        (key and key == community_key(text)) or (len(own) > 4 and likeness(own, text) == 1.0)
        for text in names
    )


def pairs_of(record: Json) -> set[tuple[str, str]]:
    """Each native name of one side with each of the other's."""
    listed = list(listed_names(record))
    in_az = {t for language, t in listed if language == "az"}
    in_hy = {t for language, t in listed if language == "hy" and script_of(t) == "Armn"}
    return {pair for a in in_az for h in in_hy for pair in ((a, h), (h, a))}


def is_survey(record: Json) -> bool:
    """True for a record of Armenia that only GeoNames' late import can vouch for."""
    return record["country"] == "AM" and (record["geonameid"] or 0) >= SURVEY_IDS


def spot(feature: Json) -> Json:
    """Where a feature is."""
    lon, lat = feature["geometry"]["coordinates"]
    return {"lat": lat, "lon": lon}


def cell_of(record: Json) -> tuple[int, int]:
    """A cell of about 11 by 9 km."""
    return int(record["lat"] * 10), int(record["lon"] * 10)


def around(record: Json) -> Iterator[tuple[int, int]]:
    """The cell of a record and the eight about it."""
    row, column = cell_of(record)
    for north in (-1, 0, 1):
        for east in (-1, 0, 1):
            yield row + north, column + east
