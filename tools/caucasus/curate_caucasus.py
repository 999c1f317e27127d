"""Add every settlement of the area to gazetteer/caucasus, or say why it is left out.

    PYTHONPATH=. python tools/caucasus/curate_caucasus.py REFERENCE_FOLDER [--write]

REFERENCE_FOLDER holds Who's On First JSONL (``wof_AM.jsonl``, ``wof_AZ.jsonl``), GeoNames
``cities500_2023_*.txt`` and Natural Earth's populated places. Records that the pack has are only
enriched: points of second sources, a concordance, a name in a script that is missing. Hand-made
choices are in ``caucasus_selection.json`` beside this file. Where the folder also has a list of
settlements by province (``armenia_settlements.json``) it tells villages from fields. Without
``--write`` nothing is changed. A second run finds nothing to add.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from caucasus_area import Area
from caucasus_decide import PACK, Decider
from caucasus_enrich import community_names, enrich
from caucasus_names import cite, community_key, label_of, name, slug
from caucasus_reference import Reference, agreement

from geo.model import Place, Refusal

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

Json = dict[str, Any]

WORLD = PACK.with_name("world") / "places.geojson"
SEATS = ("PPLC", "PPLA", "PPLA2")
EXTENT_M = {"village": 1500, "town": 3000}
NO_LONGER = (
    "In no list of Armenia's settlements of 2022: a former village, or a former name of one."
)


def settlement(record: Json, decider: Decider) -> Json:
    """The feature of a record that is to be added."""
    ref, area = decider.ref, decider.area
    parent, note = area.parent(record)
    both = area.in_karabakh(record)
    names = decider.names(record)
    code = ref.cities.get(record["geonameid"], {"code": "PPL"})["code"]
    town = code in SEATS or record["wof_id"] in decider.towns
    word = "town" if town else "village"
    location, certainty = located(record, ref)
    links = {"wof": str(record["wof_id"])}
    links |= {"geonames": str(record["geonameid"])} if record["geonameid"] else {}
    links |= {"wikidata": record["wikidata"]} if record["wikidata"] else {}
    former = NO_LONGER if decider.is_unlisted(record) else ""
    return {
        "type": "Feature",
        "id": "",
        "geometry": point(record),
        "properties": {
            "kind": "settlement",
            "feature": {"class": "P", "code": code, "word": word},
            "location": location,
            "names": names,
            "label": label_of(names, record["country"], both_own=both, everyday=decider.everyday),
            "extent_m": EXTENT_M[word],
            "de_jure": [parent],
            "de_facto": area.held(record, (parent or {}).get("parent", "")),
            "concordances": links,
            "certainty": certainty,
            "note": " ".join(filter(None, (note, decider.left_out(record), former))),
        },
    }


def located(record: Json, ref: Reference) -> tuple[Json, str]:
    """The location without its point, and how certain it is."""
    compared = ref.sightings(record)
    near, accuracy, agreed = agreement(record, compared)
    location = {
        "accuracy_m": accuracy,
        "kind": "representative",
        "sources": [cite("wof", record["wof_id"]), *(seen["source"] for seen in near)],
        "compared": compared,
    }
    return location, "certain" if agreed else "likely"


def community_place(record: Json, decider: Decider) -> Json | None:
    """A village that only the list of communities has."""
    area = decider.area
    parent, _ = area.parent(record)
    word = "town" if record["wof_id"] in decider.towns else "village"
    if not parent:
        return None
    source = {"source": "wof-communities", "record": str(record["wof_id"])}
    parent["source"] = source if parent["source"]["source"] == "wof" else parent["source"]
    names = [name(record["name"], "en", "romanised", source)]
    listed = area.listed.get(parent["parent"], {}).get(community_key(record["name"]))
    if listed and listed != record["name"]:
        names.insert(0, name(listed, "en", "romanised", {"source": "armenia-settlements"}))
    names += community_names(record, names)
    properties = {
        "kind": "settlement",
        "feature": {"class": "P", "code": "PPL", "word": word},
        "location": {"accuracy_m": 3000, "kind": "centroid", "sources": [source]},
        "names": names,
        "label": names[0]["text"],
        "extent_m": EXTENT_M[word],
        "de_jure": [parent],
        "concordances": {"wof": str(record["wof_id"])},
        "certainty": "likely",
    }
    return {"type": "Feature", "id": "", "geometry": point(record), "properties": properties}


def point(record: Json) -> Json:
    """A GeoJSON point of at most five decimals."""
    return {"type": "Point", "coordinates": [round(record["lon"], 5), round(record["lat"], 5)]}


def number_ids(features: Iterable[Json], taken: set[str]) -> None:
    """Give every new feature an id: its label, with the parent where the name is not alone."""
    groups: dict[str, list[Json]] = {}
    for item in features:
        groups.setdefault(slug(item["properties"]["label"].split(" / ")[0]), []).append(item)
    for base, items in sorted(groups.items()):
        for item in sorted(items, key=lambda f: f["properties"]["concordances"]["wof"]):
            parent = item["properties"]["de_jure"][0]["parent"]
            short = parent.removesuffix("-district").removesuffix("-province")
            tries = [base] if len(items) == 1 else []
            tries += [f"{base}-{short}", *(f"{base}-{short}-{n}" for n in range(2, 20))]
            item["id"] = next(t for t in tries if t not in taken)
            taken.add(item["id"])


def checked(item: Json) -> Json:
    """The feature as ``geo.model.Place`` would write it; an unknown or wrong field is an error."""
    lon, lat = item["geometry"]["coordinates"]
    location = {**item["properties"]["location"], "lat": lat, "lon": lon}
    raw = {**item["properties"], "id": item["id"], "location": location}
    properties = msgspec.to_builtins(msgspec.convert(raw, Place))
    del properties["id"], properties["location"]["lat"], properties["location"]["lon"]
    return {**item, "properties": properties}


def write_places(path: Path, features: Iterable[Json]) -> None:
    """One feature a line, sorted by id, every field in the order of the record."""
    ordered = sorted(features, key=lambda f: str(f["id"]))
    lines = ",\n".join(json.dumps(checked(f), ensure_ascii=False) for f in ordered)
    text = '{"type": "FeatureCollection", "features": [\n' + lines + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def write_refusals(path: Path, refusals: Iterable[Json]) -> None:
    """One refusal a line, sorted by id."""
    made = [msgspec.to_builtins(msgspec.convert(r, Refusal)) for r in refusals]
    made.sort(key=lambda r: str(r["id"]))
    text = "[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in made) + "\n]\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def read_pack() -> tuple[list[Json], list[Json]]:
    """Features and refusals as they stand."""
    features = json.loads((PACK / "places.geojson").read_text(encoding="utf-8"))["features"]
    known = PACK / "refusals.json"
    return features, json.loads(known.read_text(encoding="utf-8")) if known.is_file() else []


def decider_of(reference: Path, features: list[Json], refusals: list[Json]) -> Decider:
    """What decides about the records of a reference folder, given what the pack has."""
    area = Area(PACK, {f["id"]: f for f in features}, reference)
    return Decider(Reference(reference), area, features, refusals)


def curate(reference: Path) -> tuple[list[Json], list[Json], Counter[str]]:
    """All features and refusals of the pack after a run, and what was done."""
    features, refusals = read_pack()
    world = json.loads(WORLD.read_text(encoding="utf-8"))["features"]
    decider = decider_of(reference, features, refusals)
    done = enrich(features, decider)
    made: list[Json] = []
    for record in decider.candidates():
        reason = decider.reason_against(record)
        if reason:
            refusals.append(refusal(record, reason))
            done[f"refused: {reason.split(':')[0]}"] += 1
        else:
            made.append(settlement(record, decider))
            decider.keep(made[-1])
            done[f"added: {record['country']}"] += 1
    for record in decider.missing_communities():
        if item := community_place(record, decider):
            made.append(item)
            done["added: community"] += 1
    number_ids(made, {f["id"] for f in features + world} | set(decider.reserved))
    for item in made:
        item["properties"] = {k: v for k, v in item["properties"].items() if v not in ("", [])}
    decider.name_duplicates(refusals)
    return features + made, refusals, done


def refusal(record: Json, reason: str) -> Json:
    """A ``Refusal`` of one record of Who's On First."""
    return {
        "id": f"wof-{record['wof_id']}",
        "name": record["name"],
        "lat": round(record["lat"], 5),
        "lon": round(record["lon"], 5),
        "source": {"source": "wof", "record": str(record["wof_id"])},
        "reason": reason,
    }


def main() -> None:
    """Read, decide, tell, and write if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reference", type=Path)
    parser.add_argument("--write", action="store_true", help="change the pack")
    options = parser.parse_args()
    features, refusals, done = curate(options.reference)
    for what, count in sorted(done.items()):
        print(f"{count:6} {what}")
    held, refused, open_ = decider_of(options.reference, features, refusals).coverage()
    print(f"{held:6} of the area's records held, {refused} refused, {open_} neither")
    if options.write:
        write_places(PACK / "places.geojson", features)
        write_refusals(PACK / "refusals.json", refusals)


if __name__ == "__main__":
    main()
