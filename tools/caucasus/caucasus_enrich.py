"""What the reference lists add to settlements that the pack has: nothing is overwritten."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from caucasus_decide import same_sound, spot
from caucasus_names import NATIVE, label_of, likeness, script_of
from caucasus_reference import COMMUNITY_KM, agreement, km, sighting

if TYPE_CHECKING:
    from caucasus_decide import Decider

Json = dict[str, Any]

# A name of a community in another script must sound like the name that the community has.
SURE = 0.8
DRAWN = ("wof", "wof-communities", "natural-earth-admin1", "ne-admin1-10m")
LISTS = ("wof", "wof-communities", "natural-earth-places")
# A place's point that is farther than this from the list's was taken from elsewhere.
MOVED_KM = 0.05
SCRIPTS = (("az", "Latn"), ("hy", "Armn"), ("ru", "Cyrl"))


def enrich(features: list[Json], decider: Decider) -> Counter[str]:
    """Add second points, links, control and names of missing scripts; say how many of each."""
    done: Counter[str] = Counter()
    for feature in features:
        facts = feature["properties"]
        if facts["kind"] != "settlement" or facts.get("superseded_by"):
            continue
        record = decider.ref.by_id.get(facts.get("concordances", {}).get("wof", ""))
        if record is None:
            continue
        if record["placetype"] == "localadmin":
            done["enriched: locality of a community"] += _locality(feature, record, decider)
            done["enriched: second point"] += _add(
                feature, _moved(record, feature, "wof-communities")
            )
        else:
            done["enriched: name in a missing script"] += _scripts(facts, decider.names(record))
            done["enriched: second point"] += _compared(feature, record, decider)
        done["cleaned: name that is another word"] += _clean(facts, decider)
        done["corrected: parent in the other country"] += _parent(facts, feature, record, decider)
        done["enriched: label of both names"] += _label(facts, feature, decider)
        if not facts.get("de_facto"):
            parent = facts["de_jure"][0]["parent"] if facts.get("de_jure") else ""
            if held := decider.area.held(spot(feature), parent):
                facts["de_facto"] = held
                done["enriched: who held it"] += 1
    return done


def _clean(facts: Json, decider: Decider) -> int:
    """Take out names by lists that are other words, if another name is left."""
    bad = {n["text"] for n in facts["names"] if n["source"]["source"] == "wof"} & set(decider.never)
    kept = [n for n in facts["names"] if n["text"] not in bad]
    if not (bad and kept):
        return 0
    facts["names"] = kept
    said = " ".join(f"Also named {t}, left out: {decider.never[t]}." for t in sorted(bad)[:1])
    facts["note"] = f"{facts.get('note', '')} {said}".strip()
    return len(bad)


def _parent(facts: Json, feature: Json, record: Json, decider: Decider) -> int:
    """Correct a parent by lists that is in another country, or that a better list denies."""
    stated = facts.get("de_jure", [])
    if len(stated) != 1 or stated[0]["source"]["source"] not in DRAWN:
        return 0
    parent, _ = decider.area.parent(record | spot(feature))
    if parent is None or parent["parent"] == stated[0]["parent"]:
        return 0
    abroad = decider.area.country(stated[0]["parent"]) not in ("", record["country"])
    if not abroad and parent["source"]["source"] != "armenia-settlements":
        return 0
    facts["de_jure"] = [parent]
    return 1


def _label(facts: Json, feature: Json, decider: Decider) -> int:
    """Give a place that both sides lived in or ruled the label of both, if only lists name it."""
    drafted = all(n["source"]["source"] in LISTS for n in facts["names"])
    here = spot(feature) | {"country": "AZ"}
    if " / " in facts["label"] or not drafted or not decider.area.in_karabakh(here):
        return 0
    label = label_of(facts["names"], "AZ", both_own=True, everyday=decider.everyday)
    if " / " not in label:
        return 0
    facts["label"] = label
    return 1


def _scripts(facts: Json, found: list[Json]) -> int:
    """Add names in a language and script that the place has none in."""
    have = {(n["language"], n["script"]) for n in facts["names"]}
    texts = {n["text"] for n in facts["names"]}
    official = {n["script"] for n in facts["names"] if n["status"] == "official"}
    added = 0
    for name in found:
        key = name["language"], name["script"]
        if key in SCRIPTS and key not in have and name["text"] not in texts:
            status = "alternate" if official and name["status"] == "official" else name["status"]
            facts["names"].append(name | {"status": status})
            added += 1
    return added


def _compared(feature: Json, record: Json, decider: Decider) -> int:
    """Put the points of second sources beside the place's own."""
    points = decider.ref.sightings(record) + _cited(feature["properties"]["location"], decider)
    return _add(feature, points + _moved(record, feature, "wof"))


def _add(feature: Json, points: list[Json]) -> int:
    """Add the points whose source is not compared yet, and draw the conclusion."""
    location = feature["properties"]["location"]
    seen = location.get("compared", [])
    known = {json.dumps(s["source"]) for s in seen}
    new = {json.dumps(p["source"]): p for p in points}
    added = [point for key, point in new.items() if key not in known]
    if added:
        location["compared"] = seen + added
        _conclude(feature["properties"], spot(feature))
    return len(added)


def _moved(record: Json, feature: Json, source: str) -> list[Json]:
    """The point of a place's own record, where the place's was taken from elsewhere."""
    far = km(record, spot(feature)) > MOVED_KM
    return [sighting(record, source, record["wof_id"])] if far else []


def _cited(location: Json, decider: Decider) -> list[Json]:
    """Points of the communities that a location cites."""
    communities = [c for c in location["sources"] if c["source"] == "wof-communities"]
    records = [decider.ref.by_id[c["record"]] for c in communities]
    return [sighting(r, "wof-communities", r["wof_id"]) for r in records]


def _conclude(facts: Json, here: Json) -> None:
    """Say what the compared points leave of accuracy and certainty."""
    location = facts["location"]
    near, accuracy, agreed = agreement(here, location["compared"])
    agreeing = [seen["source"] for seen in near]
    listed = [c for c in location["sources"] if c["source"] in LISTS]
    if len(listed) == len(location["sources"]):
        # All its sources are lists that are compared here, so all follows from them.
        location["sources"] = [c for c in listed if c["source"] == "wof" or c in agreeing]
        location["accuracy_m"] = accuracy
        facts["certainty"] = "certain" if agreed else "likely"
    elif any(km(s, here) * 1000 > location["accuracy_m"] for s in location["compared"]):
        facts["certainty"] = "likely"


def _locality(feature: Json, record: Json, decider: Decider) -> int:
    """Tie a place that only the list of communities had to its locality, with its names."""
    facts = feature["properties"]
    if "geonames" in facts["concordances"]:
        return 0
    own = [n["text"] for n in facts["names"] if n["script"] == "Latn"]
    near = []
    for other in decider.ref.localities:
        if km(other, spot(feature)) >= COMMUNITY_KM or decider.is_held(other):
            continue
        names = [n["text"] for n in decider.names(other) if n["script"] == "Latn"]
        if other["geonameid"] and any(same_sound(text, names) for text in own):
            near.append(other)
    if not near:
        return _scripts(facts, community_names(record, facts["names"]))
    best = min(near, key=lambda r: ((r["geonameid"] or 0) >= 10**7, km(r, spot(feature))))
    facts["concordances"]["geonames"] = str(best["geonameid"])
    decider.geonames.add(str(best["geonameid"]))
    texts = {n["text"] for n in facts["names"]}
    facts["names"] += [n for n in decider.names(best) if n["text"] not in texts]
    point = {"lat": round(best["lat"], 5), "lon": round(best["lon"], 5)}
    source = {"source": "wof", "record": str(best["wof_id"])}
    facts["location"].setdefault("compared", []).append(point | {"source": source})
    return 1


def community_names(record: Json, names: list[Json]) -> list[Json]:
    """Names of the community in Armenian and Russian letters, if they sound like its own."""
    source = {"source": "wof-communities", "record": str(record["wof_id"])}
    own = names[0]["text"]
    found = []
    for code, language, status in (("hye", "hy", "official"), ("rus", "ru", "alternate")):
        script = NATIVE.get(language, "Cyrl")
        for text in record["names"].get(code, ()):
            if script_of(text) == script and likeness(text, own) >= SURE:
                user = {"user": "Armenia"} if language == "hy" else {}
                name = {"text": text, "language": language, "script": script, "status": status}
                found.append(name | {"source": source} | user)
                break
    return found
