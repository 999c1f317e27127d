"""What the reference lists add to settlements that the pack has: nothing is overwritten."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from caucasus_decide import spot
from caucasus_names import NATIVE, community_key, likeness, script_of
from caucasus_reference import COMMUNITY_KM, km

if TYPE_CHECKING:
    from caucasus_decide import Decider

Json = dict[str, Any]

# A name of a community in another script must sound like the name that the community has.
SURE = 0.8
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
        else:
            done["enriched: name in a missing script"] += _scripts(facts, decider.names(record))
            done["enriched: second point"] += _compared(feature, record, decider)
        if not facts.get("de_facto"):
            parent = facts["de_jure"][0]["parent"] if facts.get("de_jure") else ""
            if held := decider.area.held(spot(feature), parent):
                facts["de_facto"] = held
                done["enriched: who held it"] += 1
    return done


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
    facts, here = feature["properties"], spot(feature)
    location = facts["location"]
    seen = location.setdefault("compared", [])
    own = {"lat": round(record["lat"], 5), "lon": round(record["lon"], 5)}
    points = decider.ref.sightings(record)
    if km(own, here) > 0.05:
        points.append(own | {"source": {"source": "wof", "record": str(record["wof_id"])}})
    known = {(s["source"]["source"], s["source"].get("record", "")) for s in seen}
    new = [p for p in points if (p["source"]["source"], p["source"]["record"]) not in known]
    seen += new
    if not seen:
        del location["compared"]
    return len(new)


def _locality(feature: Json, record: Json, decider: Decider) -> int:
    """Tie a place that only the list of communities had to its locality, with its names."""
    facts = feature["properties"]
    if "geonames" in facts["concordances"]:
        return 0
    keys = {community_key(n["text"]) for n in facts["names"] if n["script"] == "Latn"}
    near = []
    for other in decider.ref.localities:
        if km(other, spot(feature)) >= COMMUNITY_KM or decider.is_held(other):
            continue
        names = [n["text"] for n in decider.names(other) if n["script"] == "Latn"]
        if other["geonameid"] and keys & {community_key(text) for text in names}:
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
