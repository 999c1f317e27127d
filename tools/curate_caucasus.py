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
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from geo.model import Place
from romanise_caucasus import APOSTROPHES, from_armenian, from_azerbaijani, from_russian
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform, unary_union

Json = dict[str, Any]

# Metres to a degree of latitude; longitude is scaled at the middle of the theatre.
M_PER_DEG = 111_320.0
MIDDLE_LAT = 40.0
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
# A second list agrees when it is within this distance of the first (villages are small, but a
# community's point is the middle of its land).
AGREE_KM = 4.0
ACCURACY_ALONE_M = 2000
ACCURACY_AGREED_M = 1000
EXTENT_M = {"village": 1500, "town": 3000, "city": 5000}

LANGUAGES = {"aze": "az", "hye": "hy", "rus": "ru", "eng": "en", "und": "und"}
OWN = {"AZ": ("aze", "Azerbaijan"), "AM": ("hye", "Armenia")}
USERS = {"aze": "Azerbaijan", "hye": "Armenia"}
GENERIC = re.compile(
    r"\b(district|rayon\w*|rayonu|shrjan\w*|province|region|city|gorod|municipality|mərzi|rayonun|"
    r"şəhəri?|район|область|город|мунисипал\w*|республика|mssr|sahari|shähäri)\b|շրջան|մարզ|քաղաք",
    re.IGNORECASE,
)
# Who's On First regions of Armenia that reach the border.
PROVINCES = {
    85668095: "tavush-province", 85668103: "gegharkunik-province", 85668119: "syunik-province",
    85668123: "vayots-dzor-province", 85668099: "ararat-province", 85668109: "lori-province",
}  # fmt: skip
COMMUNITY_PREFIXES = {
    "L.": "Nerkin ", "U.": "Verin ", "G.": "Mets ", "S.": "Pokr ", "P.": "Paruyr ",
}  # fmt: skip
# Letters of older or mixed spellings that nobody writes today.
ODD = re.compile(r"[ķäÄǎŭ/()0-9,;]")


def read_jsonl(path: Path) -> Iterator[Json]:
    """Live records of one Who's On First file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if not record["deprecated"] and not record["superseded_by"]:
                yield record


def script_of(text: str) -> str:
    """Latn, Cyrl or Armn; empty where scripts are mixed or others."""
    found = {unicodedata.name(c).split()[0] for c in text if c.isalpha()}
    return {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARMENIAN": "Armn"}.get("".join(sorted(found)), "")


def tidy(text: str) -> str:
    """A name in NFC, with one schwa and no aspiration marks; empty where it is unusable."""
    # A stress mark is not part of a Russian name.
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace("\u0301", ""))
    text = text.replace("ǝ", "ə").replace("Ǝ", "Ə").strip()
    text = APOSTROPHES.sub("", text)
    # "SGhnashen", "NovoYe": capitals inside a word are slips of the lists.
    text = re.sub(r"(?<=[^\W\d_])[A-Z]", lambda match: match[0].lower(), text)
    return "" if ODD.search(text) or len(text) < 2 else text


def fold(text: str) -> str:
    """A plain key to compare names by."""
    text = text.replace("ə", "a").replace("ı", "i").replace("Ə", "a")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def community_name(text: str) -> str:
    """The name of a community with its abbreviations written out ("L.Hand" is Lower Hand)."""
    text = re.sub(r" (reg\. )?(Tavush|Ijevan|Goris|Sisian)$", "", tidy(text))
    for short, full in COMMUNITY_PREFIXES.items():
        text = re.sub(rf"^{re.escape(short)}", full, text)
    return text.replace("tz", "ts").replace("Tz", "Ts").replace("-agh", "agh")


def community_key(text: str) -> str:
    """A looser key for names of two romanisations."""
    key = fold(community_name(text)).removesuffix("gegh").replace("-", "")
    for pair in ("rr", "gh", "kh", "lj", "yw"):
        key = key.replace(pair, pair[0])
    return key.replace("j", "ch")


def km(a: Json, b: Json) -> float:
    """Distance of two records, flat-earth, good to 1 % in the theatre."""
    dy = (a["lat"] - b["lat"]) * M_PER_DEG
    dx = (a["lon"] - b["lon"]) * M_PER_DEG * math.cos(math.radians(MIDDLE_LAT))
    return math.hypot(dx, dy) / 1000


def flat(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry in metres on the same flat earth."""
    scale = M_PER_DEG * math.cos(math.radians(MIDDLE_LAT))
    return transform(lambda x, y: (x * scale, y * M_PER_DEG), geometry)


def cite(source: str, record: object = "") -> Json:
    """A Cite."""
    return {"source": source, "record": str(record)} if record else {"source": source}


def name(text: str, language: str, status: str, source: Json, user: str = "") -> Json:
    """A Name."""
    made = {"text": text, "language": language, "script": script_of(text), "status": status}
    return made | ({"user": user} if user else {}) | {"source": source}


def wof_names(record: Json, *, generic_ok: bool = False) -> list[Json]:
    """Names of a record in the languages of the theatre, then press forms made by rule."""
    own, _ = OWN[record["country"]]
    source = cite("wof", record["wof_id"])
    made: list[Json] = []
    seen: set[str] = set()

    def add(entry: Json) -> None:
        if entry["text"] and entry["script"] and entry["text"] not in seen:
            seen.add(entry["text"])
            made.append(entry)

    for code, language in LANGUAGES.items():
        for raw in record["names"].get(code, ()):
            text = tidy(raw)
            if not text or (GENERIC.search(text) and not generic_ok):
                continue
            latin = script_of(text) == "Latn"
            if code == own and (latin == (own == "aze")):
                status = "official"
            elif code in USERS:
                status = "romanised" if code == "hye" and latin else "exonym"
            else:
                status = "romanised" if code in ("eng", "und") and latin else "alternate"
            if status == "official" and any(n["status"] == "official" for n in made):
                status = "alternate"
            add(name(text, language, status, source, USERS.get(code, "")))
    primary = tidy(record["name"])
    if record["country"] == "AM" and primary and not GENERIC.search(primary):
        add(name(primary, "en", "romanised", source))
    for entry in list(made):
        rule, forms = press_forms(entry, record)
        for form in forms:
            add(name(form, "en", "romanised", cite("romanisation", f"{rule}: {entry['text']}")))
    return made


def press_forms(entry: Json, record: Json) -> tuple[str, list[str]]:
    """Which rule applies to a name, and what it gives."""
    if entry["language"] == "az" and entry["script"] == "Latn":
        return "az", from_azerbaijani(entry["text"])
    if entry["script"] == "Cyrl" and entry["language"] == "ru":
        return "ru", from_russian(entry["text"])
    if entry["script"] == "Armn" or (entry["script"] == "Latn" and record["country"] == "AM"):
        return "hy", from_armenian(entry["text"])
    return "", []


class Reference:
    """The reference lists, and what they say about a point."""

    def __init__(self, folder: Path, selection: Json) -> None:
        rows = [r for c in ("AM", "AZ") for r in read_jsonl(folder / f"wof_{c}.jsonl")]
        self.by_id = {r["wof_id"]: r for r in rows}
        self.localities = [r for r in rows if r["placetype"] == "locality"]
        self.communities = [r for r in rows if r["placetype"] == "localadmin"]
        self.seats = dict(read_cities(folder))
        countries = read_shapes(folder / "ne_10m_admin_0_am_az.geojson", "ISO_A2")
        self.border = flat(countries["AM"].boundary).intersection(
            flat(countries["AZ"].boundary).buffer(1500)
        )
        disputed = read_shapes(folder / "ne_10m_disputed_areas_caucasus.geojson", "BRK_A3")
        self.karabakh = flat(disputed["B38"])
        self.divisions = {
            key: flat(value)
            for country in ("azerbaijan", "armenia")
            for key, value in read_shapes(
                folder / f"ne_admin1_{country}_superset.geojson", "ISO"
            ).items()
        }
        self.never = tuple(selection["never"])
        self.parents = {d["wof"]: d["id"] for d in selection["divisions"] if d.get("wof")}
        self.parents |= {int(k): v for k, v in selection["region_settlements"].items()}
        self.by_iso = {d["iso"]: d["id"] for d in selection["divisions"] if d.get("iso")}

    def place_of(self, record: Json) -> Any:
        """The record's point on the flat earth."""
        return flat(Point(record["lon"], record["lat"]))

    def parent(self, record: Json) -> Json | None:
        """The first-level division: Who's On First's, else Natural Earth's polygon."""
        region = record["hierarchy"][0].get("region_id") if record["hierarchy"] else None
        if region in self.parents:
            return {"parent": self.parents[region], "source": cite("wof", record["wof_id"])}
        spot = self.place_of(record)
        for iso in sorted(self.divisions):
            if iso in self.by_iso and self.divisions[iso].contains(spot):
                return {"parent": self.by_iso[iso], "source": cite("natural-earth-admin1", iso)}
        return None

    def seconded(self, record: Json) -> Json | None:
        """The Armenian community (another list) that has the same name close by."""
        if record["country"] != "AM":
            return None
        keys = {community_key(n["text"]) for n in wof_names(record) if n["script"] == "Latn"}
        near = [c for c in self.communities if km(c, record) < AGREE_KM]
        near = [c for c in near if community_key(c["name"]) in keys]
        return min(near, key=lambda c: km(c, record), default=None)


def read_shapes(path: Path, key: str) -> dict[str, BaseGeometry]:
    """Geometries of a GeoJSON by one property; equal keys are merged."""
    parts: dict[str, list[BaseGeometry]] = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        parts.setdefault(feature["properties"][key], []).append(shape(feature["geometry"]))
    return {k: unary_union([g.buffer(0) for g in v]) for k, v in parts.items()}


def read_cities(folder: Path) -> Iterator[tuple[int, Json]]:
    """GeoNames id -> feature code and population."""
    for country in ("AM", "AZ"):
        path = folder / f"cities500_2023_{country}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            yield int(cells[0]), {"code": cells[7], "population": int(cells[14] or 0)}


def word_for(record: Json, ref: Reference, towns: Iterable[str]) -> tuple[str, str]:
    """GeoNames feature code and the English word."""
    seat = ref.seats.get(record["geonameid"] or 0, {"code": "PPL", "population": 0})
    if seat["population"] >= 50_000:
        return seat["code"], "city"
    town = seat["code"] != "PPL" or fold(tidy(record["name"])) in towns
    return seat["code"], "town" if town else "village"


def settlement(record: Json, ref: Reference, choice: Json, towns: set[str]) -> Json | None:
    """A settlement's feature, or None where no name is usable."""
    names = [dict(n) for n in choice.get("names", ())]
    texts = {n["text"] for n in names}
    names += [n for n in wof_names(record) if n["text"] not in texts]
    drop = {*choice.get("drop", ()), *ref.never}
    names = [n for n in names if n["text"] not in drop]
    if not names:
        return None
    code, word = word_for(record, ref, towns)
    word = choice.get("word", word)
    sources = [cite("wof", record["wof_id"])]
    second = ref.seconded(record)
    accuracy = ACCURACY_ALONE_M
    if second:
        sources.append(cite("wof-communities", second["wof_id"]))
        accuracy = max(ACCURACY_AGREED_M, round(km(second, record) * 1000, -2))
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
        "location": {"accuracy_m": int(accuracy), "kind": "representative", "sources": sources},
        "names": names,
        "label": choice.get("label") or label_of(names, record),
        "extent_m": EXTENT_M[word],
        "de_jure": parent,
        "de_facto": choice.get("de_facto", []),
        "concordances": links | choice.get("concordances", {}),
        "certainty": "certain" if len(sources) > 1 else "likely",
        "note": choice.get("note", ""),
    }
    return feature(choice.get("id", ""), choice.get("lat", record["lat"]),
                   choice.get("lon", record["lon"]), properties)  # fmt: skip


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


def label_of(names: list[Json], record: Json) -> str:
    """The plain English form: the first press form of the own name, else the first Latin name."""
    latin = [n for n in names if n["script"] == "Latn"]
    if record["country"] == "AZ":
        own = [n["text"] for n in latin if n["language"] == "az"]
        return (from_azerbaijani(own[0]) or own)[0] if own else latin[0]["text"]
    plain = [n["text"] for n in latin if n["language"] in ("en", "und", "hy")]
    plain = [text for text in plain if "rr" not in text.lower() and text.isascii()] or plain
    return (plain or [n["text"] for n in latin] or [names[0]["text"]])[0]


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
    if own & reported or seat["code"] in ("PPLA", "PPLC") or seat["population"] >= BIG_TOWN:
        return parent != "baku" or seat["code"] == "PPLC"
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
        elif record["wof_id"] not in skip and record["current"] != 0 and record["geonameid"]:
            if is_wanted(record, ref, reported):
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
    record = ref.by_id.get(entry.get("wof", 0))
    shape_m = ref.divisions.get(entry.get("iso", ""))
    sources = list(entry.get("sources", ()))
    extent = entry.get("extent_m", 0)
    lat, lon = entry.get("lat"), entry.get("lon")
    accuracy = 10_000
    if record:
        sources.insert(0, cite("wof", record["wof_id"]))
        lat, lon = lat or record["lat"], lon or record["lon"]
    if shape_m is not None and not entry.get("no_shape"):
        sources.append(cite("natural-earth-admin1", entry["iso"]))
        extent = extent or int(round(math.sqrt(shape_m.area / math.pi), -3)) or 1000
    assert lat is not None and lon is not None, entry["id"]
    properties = {
        "kind": entry["kind"],
        "feature": {"class": "A", "code": entry.get("code", "ADM1"), "word": entry["word"]},
        "location": {"accuracy_m": accuracy, "kind": "centroid", "sources": sources},
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
    return feature(entry["id"], lat, lon, properties)


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
    towns = set(selection["towns"])
    made = []
    for record in wanted(ref, selection):
        choice = selection["settlements"].get(str(record["wof_id"]), {})
        item = settlement(record, ref, choice, towns)
        if item and item["properties"].get("de_jure"):
            made.append(item)
    made = dedupe(made)
    made += missing_communities(ref, made, set(selection["skip"]))
    divisions = [division(d, ref) for d in selection["divisions"]]
    by_hand = [
        feature(p["id"], p["lat"], p["lon"], p["properties"]) for p in selection["places"]
    ]
    features = divisions + by_hand + made
    number_ids(features)
    options.output.mkdir(parents=True, exist_ok=True)
    write_collection(options.output / "places.geojson", features)
    print(f"{len(features)} places: {len(divisions)} divisions, {len(by_hand)} by hand")


if __name__ == "__main__":
    main()
