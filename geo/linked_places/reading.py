"""A Feature of Linked Places as the facts of a place: ours as they were, others' as far as they go.

Texts of others are cleaned or left out, and what is left out is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geo.gazetteer.checks.names import MAX_NAME, script_of
from geo.linked_places.drafts import cleaned
from geo.linked_places.geometry import read_geometry
from geo.linked_places.vocabulary import (
    ASSUMED_ACCURACY_M,
    CERTAINTIES,
    KINDS,
    OWN,
    PART_OF,
    TYPICAL,
    authority_of,
    read_tag,
)
from geo.linked_places.when import read_when
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from geo.linked_places.drafts import Draft

Json = dict[str, Any]
_OURS = {word: ours for ours, word in CERTAINTIES.items()}
# One source gives the point of an imported place, whatever that source says of itself.
_THEIRS = {"certain": "likely", "less-certain": "likely", "uncertain": "uncertain"}
# Marks of a quotation inside one.
_QUOTE = '"'
_QUOTES = {ord(mark): _QUOTE for mark in "“”"}
_STATEMENTS = ("de_jure", "de_facto")
_OF_GEONAMES = re.compile(r"gn:|https?://(?:www\.)?geonames\.org/ontology#")
_GEONAMES = re.compile(r"(?:.*[#:/])?([A-Z])(?:\.([A-Z0-9]+))?")


def read_feature(feature: object, draft: Draft) -> None:
    """Fill a draft with the facts of a Feature; raise ValueError where it is no place."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValueError("it is no GeoJSON Feature")
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        raise ValueError("it has no properties")  # noqa: TRY004 - the value is the file's
    draft.identifier = str(feature.get("@id") or feature.get("id") or "")
    draft.own = f"{OWN}kind" in properties
    title = str(properties.get("title") or "")
    draft.title = title if draft.own else cleaned(title)
    _read_type(feature, properties, draft)
    spot = read_geometry(feature.get("geometry"), draft)
    accuracy = spot.get(f"{OWN}accuracy_m")
    draft.assumed_accuracy = accuracy is None
    if f"{OWN}extent_m" in properties:
        draft.record["extent_m"] = properties[f"{OWN}extent_m"]
    draft.record["location"] = {
        **{key: spot[key] for key in ("lat", "lon", "compared") if key in spot},
        "accuracy_m": ASSUMED_ACCURACY_M[draft.record["kind"]] if accuracy is None else accuracy,
        "kind": spot.get(f"{OWN}kind", "representative"),
        "sources": draft.cites(spot),
    }
    certainty = (_THEIRS if accuracy is None else _OURS).get(str(spot.get("certainty")), "likely")
    draft.record["certainty"] = certainty
    _read_names(feature, draft)
    draft.record |= _days(feature)
    _read_links(feature, properties, draft)
    _read_relations(feature, draft)
    codes = listed(properties.get("ccodes")) or [properties.get("ccode", "")]
    draft.countries = tuple(str(code).upper() for code in codes)
    _read_descriptions(feature, draft)


def listed(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    """Give a JSON list; anything else is an empty one."""
    return value if isinstance(value, list) else []


def objects(value: Any) -> list[Json]:  # noqa: ANN401 - JSON
    """Give the objects of a JSON list."""
    return [item for item in listed(value) if isinstance(item, dict)]


def _days(part: Json) -> Json:
    start, end = read_when(part.get("when"))
    return {key: day for key, day in (("from", start), ("to", end)) if day}


def _read_type(feature: Json, properties: Json, draft: Draft) -> None:
    """Kind, GeoNames code and word; of several types the first that says anything."""
    types = objects(feature.get("types"))
    if draft.own and types:
        class_, code = _geonames(types[0].get("identifier")) or ("", "")
        draft.record["feature"] = {"class": class_, "code": code, "word": types[0].get("label")}
        draft.record["kind"] = properties[f"{OWN}kind"]
        return
    word = next((cleaned(str(t.get("label") or "")) for t in types if t.get("label")), "")
    theirs = [label.get("label") for t in types for label in objects(t.get("sourceLabels"))]
    theirs += [t.get("sourceLabel") for t in types]
    word = word or next((cleaned(str(label)) for label in theirs if label), "")
    class_, code = next(filter(None, (_geonames(t.get("identifier")) for t in types)), ("", ""))
    class_ = class_ or next(map(str, listed(properties.get("fclasses"))), "")
    kind = KINDS.get(f"{class_}.{code}") or KINDS.get(class_)
    by_word = next(
        (k for k in TYPICAL if word.lower() in word_lists("place_types").get(k, ())), None
    )
    kind = kind if code else by_word or kind
    if not class_ and kind:
        class_, code = TYPICAL[kind]
    draft.record["kind"] = properties.get(f"{OWN}kind", kind or "feature")
    draft.record["feature"] = {"class": class_, "code": code, "word": word or "place"}


def _geonames(identifier: object) -> tuple[str, str] | None:
    if not isinstance(identifier, str) or not _OF_GEONAMES.match(identifier):
        return None
    found = _GEONAMES.fullmatch(identifier)
    return (found[1], found[2] or "") if found else None


def _read_names(feature: Json, draft: Draft) -> None:
    names: list[Json] = []
    for item in objects(feature.get("names")):
        text = item.get("toponym")
        if not isinstance(text, str):
            continue
        own = f"{OWN}status" in item
        clean = text if own else cleaned(text, longest=MAX_NAME)
        if not own and not any(map(str.isalnum, clean)):
            draft.lost("name", text)
            continue
        language, script = read_tag(str(item.get("lang") or ""))
        name = {
            "text": clean,
            "language": item.get(f"{OWN}language", language if own else language or "und"),
            "script": item.get(f"{OWN}script", script if own else script or script_of(clean)),
            "status": item.get(f"{OWN}status", "alternate"),
            "source": draft.cites(item)[0],
            "user": item.get(f"{OWN}user", ""),
            **_days(item),
        }
        if own or name not in names:
            names.append(name)
    draft.record["names"] = names
    if not names and draft.title:
        script = script_of(draft.title)
        names.append({
            "text": draft.title, "language": "und", "script": script, "status": "alternate",
            "source": draft.cites({})[0],
        })  # fmt: skip
    if not names:
        raise ValueError("it has no name that can be shown")
    draft.record["label"] = draft.title or names[0]["text"]


def _read_links(feature: Json, properties: Json, draft: Draft) -> None:
    found: dict[str, str] = {}
    for link in objects(feature.get("links")):
        if link.get("type") not in ("closeMatch", "exactMatch"):
            continue
        identifier = str(link.get("identifier") or "")
        authority = authority_of(identifier)
        if authority is None or found.setdefault(*authority) != authority[1]:
            draft.lost("link", identifier)
    own = properties.get(f"{OWN}concordances")
    draft.record["concordances"] = found | (own if isinstance(own, dict) else {})


def _read_relations(feature: Json, draft: Draft) -> None:
    """Belongings are kept with what they point to; ids of others are known only at the end."""
    for item in objects(feature.get("relations")):
        statement = item.get(f"{OWN}statement")
        if statement == "borders":
            draft.record.setdefault("borders", []).append(item.get(f"{OWN}to"))
        elif statement == "superseded_by":
            draft.record["superseded_by"] = item.get(f"{OWN}to")
        elif statement in _STATEMENTS:
            stated = {"source": draft.cites(item)[0], **_days(item)}
            keys = (key for key in ("parent", "holder") if f"{OWN}{key}" in item)
            stated |= {key: item[f"{OWN}{key}"] for key in keys}
            draft.record.setdefault(statement, []).append(stated)
        elif item.get("relationType") == PART_OF:
            cite = draft.cites(item)[0]
            draft.parents.append((str(item.get("relationTo")), {"source": cite, **_days(item)}))
        else:
            draft.lost("relation", str(item.get("relationType")))


def _read_descriptions(feature: Json, draft: Draft) -> None:
    """Others' descriptions are quoted: they are not our words."""
    said = []
    for item in objects(feature.get("descriptions")):
        value = item.get("value")
        if item.get(f"{OWN}note") is True and isinstance(value, str):
            draft.record["note"] = value
            return
        clean = cleaned(value.translate(_QUOTES)) if isinstance(value, str) else ""
        if clean:
            said.append(f"“{clean.strip(_QUOTE)}”")
        elif value:
            draft.lost("description", str(value))
    draft.said = " ".join(said)
    if objects(feature.get("depictions")):
        draft.lost("depiction", "")
