"""A place as a Feature of Linked Places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from geo.linked_places.vocabulary import (
    CERTAINTIES,
    OWN,
    PART_OF,
    RELATED,
    URN,
    address,
    language_tag,
    read_tag,
)
from geo.linked_places.when import when

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from geo.gazetteer import Gazetteer
    from geo.model import Belonging, Cite, Name, Place, Shape, Source

_Json = dict[str, Any]
# Codes that ISO 3166-1 leaves to its users: some name a country, but no reader need know which.
_USERS_CODES = ("X", "Q", "AA", "ZZ")


class Writer:
    """Writes the places of one pack; the others are there to be pointed to."""

    def __init__(self, gazetteer: Gazetteer, pack: str) -> None:
        """Take the packs, and the id of the one to write."""
        self._gazetteer = gazetteer
        self._pack = pack
        self._sources: Mapping[str, Source] = gazetteer.sources_of(pack)

    def feature(self, place: Place, shapes: Iterable[Shape]) -> _Json:
        """Give the Feature of a place with its shapes."""
        feature: _Json = {
            "@id": self.uri(place.id),
            "type": "Feature",
            "properties": self._properties(place),
            "names": [self._name(name) for name in place.names],
            "types": [self._type(place)],
            "geometry": self._geometry(place, tuple(shapes)),
        }
        if said := when(place.start, place.end, seen=self._seen(place.location.sources[:1])):
            feature["when"] = said
        found = ((key, address(key, value)) for key, value in place.concordances.items())
        if links := [{"type": "closeMatch", "identifier": url} for _, url in found if url]:
            feature["links"] = links
        if relations := list(self._relations(place)):
            feature["relations"] = relations
        if place.note:
            note = {"value": place.note, "lang": "en", f"{OWN}note": True}
            feature["descriptions"] = [note]
        return feature

    def uri(self, place_id: str) -> str:
        """Give the URI of a place or actor that may stand in another pack."""
        known = self._gazetteer.places.get(place_id)
        pack = self._gazetteer.pack_of(place_id) if known else self._pack
        return f"{URN}{pack}:{place_id}"

    def country_codes(self, place: Place) -> list[str]:
        """Give the ISO 3166-1 code of the country that a place lies in de jure, in a list."""
        chain = (place, *self._gazetteer.parents(place))
        codes = (parent.concordances.get("iso3166-1", "") for parent in chain)
        return [code for code in codes if code and not code.startswith(_USERS_CODES)][:1]

    def _properties(self, place: Place) -> _Json:
        properties: _Json = {"title": place.label}
        if codes := self.country_codes(place):
            properties["ccodes"] = codes
        if place.feature.class_:
            properties["fclasses"] = [place.feature.class_]
        properties[f"{OWN}kind"] = place.kind
        if place.extent_m:
            properties[f"{OWN}extent_m"] = place.extent_m
        unlinked = {k: v for k, v in place.concordances.items() if not address(k, v)}
        if unlinked:
            properties[f"{OWN}concordances"] = unlinked
        return properties

    def _name(self, name: Name) -> _Json:
        tag = language_tag(name.language, name.script)
        written: _Json = {"toponym": name.text, "lang": tag, "citations": [self._cite(name.source)]}
        if read_tag(tag) != (name.language, name.script):
            written[f"{OWN}language"], written[f"{OWN}script"] = name.language, name.script
        if (name.start or name.end) and (
            said := when(name.start, name.end, seen=self._seen([name.source]))
        ):
            written["when"] = said
        written[f"{OWN}status"] = name.status
        if name.user:
            written[f"{OWN}user"] = name.user
        return written

    def _type(self, place: Place) -> _Json:
        kind = place.feature
        identifier = f"gn:{kind.class_}.{kind.code}" if kind.code else f"gn:{kind.class_}"
        written: _Json = {"label": kind.word}
        if kind.class_.isalpha():
            written = {"identifier": identifier, **written}
        return {**written, "sourceLabels": [{"label": kind.word, "lang": "en"}]}

    def _geometry(self, place: Place, shapes: tuple[Shape, ...]) -> _Json:
        spot = place.location
        point: _Json = {
            "type": "Point",
            "coordinates": [spot.lon, spot.lat],
            "citations": [self._cite(cite) for cite in spot.sources],
            "certainty": CERTAINTIES[place.certainty],
            f"{OWN}accuracy_m": spot.accuracy_m,
            f"{OWN}kind": spot.kind,
        }
        seen = [
            {
                "type": "Point",
                "coordinates": [other.lon, other.lat],
                "citations": [self._cite(other.source)],
                f"{OWN}is": "sighting",
            }
            for other in spot.compared
        ]
        drawn = [self._shape(shape) for shape in shapes]
        if not seen and not drawn:
            return point
        return {"type": "GeometryCollection", "geometries": [point, *seen, *drawn]}

    def _shape(self, shape: Shape) -> _Json:
        written: _Json = {
            **shape.geometry,
            "citations": [self._cite(cite) for cite in shape.sources],
            f"{OWN}is": "shape",
            f"{OWN}id": shape.id,
            f"{OWN}label": shape.label,
            f"{OWN}accuracy_m": shape.accuracy_m,
        }
        if (shape.start or shape.end) and (
            said := when(shape.start, shape.end, seen=self._seen(shape.sources[:1]))
        ):
            written["when"] = said
        if shape.note:
            written[f"{OWN}note"] = shape.note
        return written

    def _relations(self, place: Place) -> Iterable[_Json]:
        for stated in place.de_jure:
            yield self._belonging("de_jure", stated)
        for stated in place.de_facto:
            yield self._belonging("de_facto", stated)
        for other in place.borders:
            yield self._relation("borders", other, f"border of {self._label(other)}")
        if other := place.superseded_by:
            yield self._relation("superseded_by", other, f"superseded by {self._label(other)}")

    def _relation(self, statement: str, other: str, label: str) -> _Json:
        return {
            "relationType": RELATED,
            "relationTo": self.uri(other),
            "label": label,
            f"{OWN}statement": statement,
            f"{OWN}to": other,
        }

    def _belonging(self, statement: str, stated: Belonging) -> _Json:
        other = stated.holder or stated.parent
        words = "held by" if stated.holder else "part of"
        written = self._relation(statement, other, f"{words} {self._label(other)}")
        if statement == "de_jure" and stated.parent:
            written["relationType"] = PART_OF
        del written[f"{OWN}to"]
        fields = (("parent", stated.parent), ("holder", stated.holder))
        written |= {f"{OWN}{key}": value for key, value in fields if value}
        if (stated.start or stated.end) and (
            said := when(stated.start, stated.end, seen=self._seen([stated.source]))
        ):
            written["when"] = said
        return {**written, "citations": [self._cite(stated.source)]}

    def _cite(self, cite: Cite) -> _Json:
        source = self._sources.get(cite.source)
        label = source.citation if source else cite.source
        written: _Json = {"label": f"{label} ({cite.record})" if cite.record else label}
        if source and source.url and not any(map(str.isspace, source.url)):
            written["@id"] = source.url
        written[f"{OWN}source"] = cite.source
        if cite.record:
            written[f"{OWN}record"] = cite.record
        return written

    def _seen(self, cites: Iterable[Cite]) -> dt.date | None:
        """Day on which the sources were seen."""
        known = (self._sources.get(cite.source) for cite in cites)
        return next((source.retrieved for source in known if source), None)

    def _label(self, other: str) -> str:
        known = self._gazetteer.places.get(other) or self._gazetteer.actors.get(other)
        return known.label if known else other


def plain(record: object) -> _Json:
    """Give a record as JSON holds it, without what is empty."""
    built: _Json = msgspec.to_builtins(record)
    return built
