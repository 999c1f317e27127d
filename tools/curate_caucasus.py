"""Write the first draft of gazetteer/caucasus from reference lists and hand-made choices.

    PYTHONPATH=. python tools/curate_caucasus.py REFERENCE_FOLDER -o OUTPUT_FOLDER

REFERENCE_FOLDER holds Who's On First JSONL (``wof_AM.jsonl``, ``wof_AZ.jsonl``), GeoNames
``cities500_2023_*.txt`` and Natural Earth GeoJSON. The choices (which districts, which towns,
hand-written names and places) are ``caucasus_selection.json`` beside this file. The pack in the
repository is edited by hand afterwards, so write to another folder and compare.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from caucasus_names import (
    cite,
    community_key,
    community_name,
    fold,
    label_of,
    name,
    script_of,
    tidy,
    wof_names,
)
from caucasus_reference import AGREE_KM, Reference, km

from geo.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

BORDER_KM = 12.0
LINE_KM = 5.0
# Outside the belts only towns of this size are taken.
BIG_TOWN = 15_000
# Names this short are taken only where a list names the village: they fit too many words.
SHORT = 3
# Districts that hold the land of the former autonomous oblast: all villages with an Armenian name.
FORMER_OBLAST = (
    "agdam-district", "kalbajar-district", "khojaly-district", "khojavend-district",
    "shusha-district", "stepanakert", "tartar-district",
)  # fmt: skip
# The points of two lists for one district are up to this far apart.
DIVISION_M = 10_000
SEATS = ("PPLC", "PPLA", "PPLA2")
ACCURACY_ALONE_M = 2000
ACCURACY_AGREED_M = 1000
EXTENT_M = {"village": 1500, "town": 3000, "city": 5000}

# Who's On First regions of Armenia that reach the border.
PROVINCES = {
    85668095: "tavush-province", 85668103: "gegharkunik-province", 85668119: "syunik-province",
    85668123: "vayots-dzor-province", 85668099: "ararat-province", 85668109: "lori-province",
}  # fmt: skip


def word_for(record: Json, ref: Reference) -> tuple[str, str]:
    """GeoNames feature code, and "town" for a seat of a district or province."""
    code = ref.seats.get(record["geonameid"] or 0, {"code": "PPL"})["code"]
    return code, "town" if code in SEATS else "village"


def settlement(record: Json, ref: Reference, choice: Json) -> Json | None:
    """A settlement's feature, or None where no name is usable."""
    names = [dict(n) for n in choice.get("names", ())]
    texts = {n["text"] for n in names}
    names += [
        n for n in wof_names(record, both_own=ref.in_karabakh(record)) if n["text"] not in texts
    ]
    drop = {*choice.get("drop", ()), *ref.never}
    names = [n for n in names if n["text"] not in drop]
    if not names:
        return None
    code, word = word_for(record, ref)
    word = choice.get("word", word)
    sources = [cite("wof", record["wof_id"])]
    second = ref.seconded(record)
    accuracy = ACCURACY_ALONE_M
    if second:
        sources.append(cite("wof-communities", second["wof_id"]))
        accuracy = max(ACCURACY_AGREED_M, 100 * round(km(second, record) * 10))
    sources += choice.get("sources", ())
    if len(sources) > 1 and not second:
        accuracy = choice.get("accuracy_m", ACCURACY_AGREED_M)
    parent = choice.get("de_jure") or [p for p in [ref.parent(record)] if p]
    links = {"wof": str(record["wof_id"])}
    links |= {"geonames": str(record["geonameid"])} if record["geonameid"] else {}
    links |= {"wikidata": record["wikidata"]} if record["wikidata"] else {}
    properties = {
        "kind": "settlement",
        "feature": {"class": "P", "code": code, "word": word},
        "location": {"accuracy_m": accuracy, "kind": "representative", "sources": sources},
        "names": names,
        "label": choice.get("label") or label_of(names, record),
        "extent_m": EXTENT_M[word],
        "de_jure": parent,
        "de_facto": choice.get("de_facto", []),
        "concordances": links | choice.get("concordances", {}),
        "certainty": "certain" if len(sources) > 1 else "likely",
        "note": choice.get("note", ""),
    }
    spot = record | choice
    return feature(choice.get("id", ""), spot["lat"], spot["lon"], properties)


def community_place(record: Json) -> Json:
    """A village that only the list of communities has."""
    text = community_name(record["name"])
    source = cite("wof-communities", record["wof_id"])
    province = PROVINCES[record["hierarchy"][0]["region_id"]]
    properties = {
        "kind": "settlement",
        "feature": {"class": "P", "code": "PPL", "word": "village"},
        "location": {"accuracy_m": 3000, "kind": "centroid", "sources": [source]},
        "names": [name(text, "en", "romanised", source)],
        "label": text,
        "extent_m": EXTENT_M["village"],
        "de_jure": [{"parent": province, "source": source}],
        "concordances": {"wof": str(record["wof_id"])},
        "certainty": "likely",
    }
    return feature("", record["lat"], record["lon"], properties)


def feature(ident: str, lat: float, lon: float, properties: Json) -> Json:
    """A GeoJSON feature with empty fields left out."""
    kept = {k: v for k, v in properties.items() if v not in ("", [], {}, 0, None)}
    point = {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]}
    return {"type": "Feature", "id": ident, "geometry": point, "properties": kept}


def reported_names(selection: Json) -> set[tuple[str, str]]:
    """District and folded name of every village that the opened lists name."""
    return {(d, fold(v)) for d, vs in selection["reported"].items() for v in vs}


def is_wanted(record: Json, ref: Reference, reported: set[tuple[str, str]]) -> bool:
    """True for reported villages, villages along border and line, and seats."""
    spot = ref.place_of(record)
    seat = ref.seats.get(record["geonameid"], {"code": "PPL", "population": 0})
    border_km = ref.border.distance(spot) / 1000
    if record["country"] == "AM":
        # GeoNames calls many chapels, ruins and fields in Armenia populated places.
        return bool(border_km < BORDER_KM and ref.seconded(record))
    parent = (ref.parent(record) or {"parent": ""})["parent"]
    own = {(parent, fold(tidy(n))) for n in record["names"].get("aze", ())}
    if own & reported or seat["code"] in SEATS[:2] or seat["population"] >= BIG_TOWN:
        return bool(parent != "baku" or seat["code"] == "PPLC")
    if not (record["names"].get("aze") and len(record["name"]) > SHORT):
        return False
    if ref.karabakh.contains(spot):
        armenian = any(script_of(n) == "Latn" for n in record["names"].get("hye", ()))
        return armenian and parent in FORMER_OBLAST
    return bool(ref.karabakh.distance(spot) < LINE_KM * 1000 or border_km < LINE_KM)


def wanted(ref: Reference, selection: Json) -> Iterator[Json]:
    """Localities of the theatre: chosen by hand, or by rule."""
    chosen = {int(k) for k in selection["settlements"]}
    skip = set(selection["skip"])
    reported = reported_names(selection)
    for record in ref.localities:
        if record["wof_id"] in chosen:
            yield record
        elif record["wof_id"] in skip or record["current"] == 0 or not record["geonameid"]:
            continue
        elif is_wanted(record, ref, reported):
            yield record


def number_ids(features: list[Json]) -> None:
    """Give every feature without one an id: the label, then the parent, then a number."""
    taken = {f["id"] for f in features if f["id"]}
    groups: dict[str, list[Json]] = {}
    for item in features:
        if not item["id"]:
            groups.setdefault(fold(item["properties"]["label"].split(" / ")[0]), []).append(item)
    for slug, items in sorted(groups.items()):
        for item in sorted(items, key=lambda f: f["properties"]["concordances"]["wof"]):
            parent = (item["properties"].get("de_jure") or [{"parent": "x"}])[0]["parent"]
            short = parent.removesuffix("-district").removesuffix("-province")
            tries = [slug] if len(items) == 1 else []
            tries += [f"{slug}-{short}", *(f"{slug}-{short}-{n}" for n in range(2, 9))]
            item["id"] = next(t for t in tries if t not in taken)
            taken.add(item["id"])


def missing_communities(ref: Reference, made: list[Json], skip: set[int]) -> Iterator[Json]:
    """Border communities that no settlement chosen so far stands for."""
    for record in ref.communities:
        if record["wof_id"] in skip or not PROVINCES.get(record["hierarchy"][0].get("region_id")):
            continue
        if ref.border.distance(ref.place_of(record)) > BORDER_KM * 1000:
            continue
        key = community_key(record["name"])
        near = (
            f for f in made
            if km({"lat": f["geometry"]["coordinates"][1], "lon": f["geometry"]["coordinates"][0]},
                  record) < 2 * AGREE_KM
        )  # fmt: skip
        if not any(key == community_key(n["text"]) for f in near for n in f["properties"]["names"]):
            yield community_place(record)


def division(entry: Json, ref: Reference) -> Json:
    """A first-level division from its Who's On First point and Natural Earth's area."""
    shape_m = ref.divisions.get(entry.get("iso", ""))
    extent = entry.get("extent_m", 0)
    record = ref.by_id[entry["wof"]]
    sources = [cite("wof", record["wof_id"])]
    if shape_m is not None and not entry.get("no_shape"):
        sources.append(cite("natural-earth-admin1", entry["iso"]))
        extent = extent or int(round(math.sqrt(shape_m.area / math.pi), -3)) or 1000
    properties = {
        "kind": entry["kind"],
        "feature": {"class": "A", "code": entry.get("code", "ADM1"), "word": entry["word"]},
        "location": {"accuracy_m": DIVISION_M, "kind": "centroid", "sources": sources},
        "names": entry["names"],
        "label": entry["label"],
        "extent_m": extent,
        "de_jure": entry["de_jure"],
        "de_facto": entry.get("de_facto", []),
        "concordances": entry.get("concordances", {}),
        "certainty": "certain" if len(sources) > 1 else "likely",
        "from": entry.get("from", ""),
        "to": entry.get("to", ""),
        "note": entry.get("note", ""),
    }
    return feature(entry["id"], record["lat"], record["lon"], properties)


def dedupe(features: list[Json]) -> list[Json]:
    """Drop a second record of a settlement: same official name within 3 km."""
    kept: list[Json] = []
    order = {"certain": 0, "likely": 1}
    for item in sorted(
        features, key=lambda f: (not f["id"], order[f["properties"]["certainty"]], -len(
            f["properties"]["names"]), f["properties"]["concordances"]["wof"])
    ):  # fmt: skip
        lon, lat = item["geometry"]["coordinates"]
        own = {n["text"] for n in item["properties"]["names"] if n["status"] == "official"}
        clash = any(
            own & other_own and km({"lat": lat, "lon": lon}, spot) < 3 for other_own, spot in
            ((f["own"], f["spot"]) for f in kept)
        )  # fmt: skip
        if not clash or item["id"]:
            kept.append({"item": item, "own": own, "spot": {"lat": lat, "lon": lon}})
    return [k["item"] for k in kept]


def checked(item: Json) -> Json:
    """The feature as ``geo.model.Place`` would write it; an unknown or wrong field is an error."""
    lon, lat = item["geometry"]["coordinates"]
    location = {**item["properties"]["location"], "lat": lat, "lon": lon}
    raw = {**item["properties"], "id": item["id"], "location": location}
    properties = msgspec.to_builtins(msgspec.convert(raw, Place))
    del properties["id"], properties["location"]["lat"], properties["location"]["lon"]
    return {**item, "properties": properties}


def write_collection(path: Path, features: list[Json]) -> None:
    """One feature a line, sorted by id, every field checked and in the order of the record."""
    features.sort(key=lambda f: f["id"])
    lines = ",\n".join(json.dumps(checked(f), ensure_ascii=False) for f in features)
    text = '{"type": "FeatureCollection", "features": [\n' + lines + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Read, choose, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reference", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    beside = Path(__file__).with_name("caucasus_selection.json")
    selection = json.loads(beside.read_text(encoding="utf-8"))
    ref = Reference(options.reference, selection)
    made = []
    for record in wanted(ref, selection):
        choice = selection["settlements"].get(str(record["wof_id"]), {})
        item = settlement(record, ref, choice)
        if item and item["properties"].get("de_jure"):
            made.append(item)
    made = dedupe(made)
    made += missing_communities(ref, made, set(selection["skip"]))
    divisions = [division(d, ref) for d in selection["divisions"]]
    by_hand = [feature(p["id"], p["lat"], p["lon"], p["properties"]) for p in selection["places"]]
    features = divisions + by_hand + made
    number_ids(features)
    options.output.mkdir(parents=True, exist_ok=True)
    write_collection(options.output / "places.geojson", features)
    print(f"{len(features)} places: {len(divisions)} divisions, {len(by_hand)} by hand")


if __name__ == "__main__":
    main()
