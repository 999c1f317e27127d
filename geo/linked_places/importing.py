"""Linked Places of others, or of ours, into a new pack folder."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from geo.errors import GazetteerError, GeoError
from geo.files import write_all
from geo.gazetteer import available_packs, load_gazetteer
from geo.gazetteer.pack_format import features_file, record_file, records_file
from geo.linked_places.drafts import SLUG, UNSTATED, Draft, Sources, cleaned, slug
from geo.linked_places.reading import read_feature
from geo.linked_places.rows import row_features
from geo.linked_places.stream import Document
from geo.linked_places.vocabulary import OWN, URN, authority_of
from geo.lookup.bundled import WORLD
from geo.model import Actor, Belonging, Pack, Place, Problem, Refusal, Shape, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

QUARANTINE = "quarantined.jsonl"
Json = dict[str, Any]
_R = TypeVar("_R", Place, Shape, Source, Actor, Refusal)
_JSON = (".json", ".jsonld", ".geojson", ".jsonl")
_KEPT = 20_000  # characters of a Feature in quarantine
_CONTAINED = frozenset({"settlement", "district", "province", "facility"})
_MARGIN = 0.1  # degrees around the points of a file that states no box
_NO_PARENT = "The file does not say what it lies in."
_ASSUMED = "Accuracy is assumed from the kind: the file states none."


def import_pack(path: Path, folder: Path, *, pack_id: str) -> tuple[Problem, ...]:
    """Write the places of an LPF or LP-TSV file as a new pack; give all that was left out, and why.

    LPF is .json, .jsonld, .geojson or .jsonl, LP-TSV .tsv. A Feature that is no place goes to
    ``quarantined.jsonl`` with the reason, and the rest is done. What a file does not say is
    filled in honestly: "likely" at most, an accuracy by kind that the note calls assumed.
    GazetteerError where nothing can be read, or the folder has something in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GazetteerError(
            "there is something already; nothing was changed",
            code="not-empty", where=str(folder), remedy="name a folder that does not exist yet",
        )  # fmt: skip
    return _Import(path, pack_id).write(folder)


class _World(NamedTuple):
    """What the world pack says of countries, as far as there is one."""

    places: Mapping[str, Mapping[str, str]]  # id -> concordances
    countries: Mapping[str, str]  # ISO 3166-1 code -> place
    states: Mapping[str, str]  # place -> actor


@cache
def _world() -> _World:
    if WORLD not in available_packs():
        return _World({}, {}, {})
    world = load_gazetteer(WORLD)
    codes = ((p.concordances.get("iso3166-1", ""), p.id) for p in world.places.values())
    return _World(
        {place.id: place.concordances for place in world.places.values()},
        {code: id_ for code, id_ in codes if code},
        {actor.place: actor.id for actor in world.actors.values() if actor.place},
    )


class _Import:
    """One file on its way into a pack."""

    def __init__(self, path: Path, pack_id: str) -> None:
        self._path, self._pack_id = path, pack_id
        if not path.is_file():
            what = "is a folder, not a file" if path.is_dir() else "there is no such file"
            raise GazetteerError(what, code="unreadable", where=str(path))
        changed = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date()
        self._sources = Sources(path.name, retrieved=changed)
        self._problems: list[Problem] = []
        self._quarantine: list[str] = []
        self._losses: Counter[tuple[str, str]] = Counter()
        self._numbers: Counter[str] = Counter()
        self._drafts: dict[str, Draft] = {}
        self._ids: dict[str, str] = {}  # identifier in the file -> ours
        self._world = _world()

    def write(self, folder: Path) -> tuple[Problem, ...]:
        """Read all, then write all."""
        members = self._read()
        if not self._drafts:
            first = f"; the first: {self._problems[0].message}" if self._problems else ""
            raise GazetteerError(
                f"it has no Feature that is a place{first}",
                code="nothing-to-import", where=str(self._path),
                remedy="give an LPF file (.json, .jsonld, .geojson) or an LP-TSV file (.tsv)",
            )  # fmt: skip
        places, shapes = self._places(members)
        pack = self._pack(members, places)
        sources = self._checked(list(self._sources.whole(members).values()), Source)
        contents = {
            "pack.json": record_file(pack),
            "places.geojson": features_file(places),
            "sources.json": records_file(sources),
        }
        if shapes:
            contents["shapes.geojson"] = features_file(shapes)
        if actors := self._checked(members.get(f"{OWN}actors"), Actor):
            contents["actors.json"] = records_file(actors)
        if refusals := self._checked(members.get(f"{OWN}refusals"), Refusal):
            contents["refusals.json"] = records_file(refusals)
        if self._quarantine:
            contents[QUARANTINE] = "".join(self._quarantine).encode()
        write_all(folder, contents)
        self._tell_losses()
        return tuple(self._problems)

    def _read(self) -> Json:
        """Read every Feature into a draft; give the members of the collection."""
        document = Document(self._path)
        try:
            for number, feature in enumerate(self._features(document), 1):
                try:
                    self._take(feature, number)
                except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
                    self._set_apart(feature, number, str(error))
        except GeoError as error:
            if not self._drafts:
                raise
            self._tell("malformed-file", str(self._path), str(error), "error")
        return document.members

    def _features(self, document: Document) -> Iterator[object]:
        suffix = self._path.suffix.lower()
        if suffix == ".tsv":
            return row_features(self._path)
        if suffix in _JSON:
            return document.features()
        raise GazetteerError(
            f"no form is known by the suffix {suffix!r}",
            code="unknown-format", where=str(self._path),
            remedy=f"LPF ends in {', '.join(_JSON)}, LP-TSV in .tsv",
        )  # fmt: skip

    def _take(self, feature: object, number: int) -> None:
        if isinstance(feature, str):  # a row that is no Feature says why
            raise ValueError(feature)  # noqa: TRY004 - the value is the file's
        draft = Draft(self._sources)
        read_feature(feature, draft)
        id_ = self._id(draft, number)
        known = draft.identifier
        if known in self._ids:
            raise ValueError(f"its id {known[:80]!r} was used before")
        # What cannot be a record must not fail later, with the others.
        draft.place = msgspec.convert({**draft.record, "id": id_}, Place)
        msgspec.json.encode(draft.place)  # refuses a lone surrogate, which is no text
        draft.record.clear()  # a record takes a fifth of the memory
        self._drafts[id_] = draft
        if known:
            self._ids[known] = id_
        for what, _ in draft.losses:
            self._losses[what, id_] += 1

    def _id(self, draft: Draft, number: int) -> str:
        """Give the id that the file has for it where that is one of ours, else one by its title."""
        identifier = draft.identifier
        own = identifier.rpartition(":")[2] if identifier.startswith(URN) else identifier
        theirs = self._world.places.get(own, {}).items()
        # An id of the world pack means its place: another place of this id gets another one.
        if SLUG.fullmatch(own) and (
            own != identifier or not theirs or theirs & draft.record["concordances"].items()
        ):
            if own in self._drafts:
                raise ValueError(f"its id {own!r} was used before")
            return own
        if clean := cleaned(identifier):
            authority = authority_of(clean) or ("lpf-id", clean)
            draft.record["concordances"].setdefault(*authority)
        wanted = slug(draft.title) or slug(draft.record["names"][0]["text"]) or f"place-{number}"
        return self._free(wanted)

    def _free(self, wanted: str) -> str:
        """Give an id that is not taken: the wanted one, or with the next number behind it."""
        id_ = wanted
        while id_ in self._drafts or id_ in self._world.places:
            self._numbers[wanted] += 1
            id_ = f"{wanted}-{self._numbers[wanted] + 1}"
        return id_

    def _places(self, members: Json) -> tuple[list[Place], list[Shape]]:
        places, shapes = [], []
        loose = members.get(f"{OWN}shapes")
        drawn = list(loose) if isinstance(loose, list) else []
        for id_, draft in sorted(self._drafts.items()):
            places.append(self._completed(draft))
            for shape in draft.shapes:
                number = shape.pop("number")
                own = f"{id_}-shape" if number == 1 else f"{id_}-shape-{number}"
                drawn.append({**shape, "id": shape["id"] or own, "place": id_})
        shapes = self._checked(drawn, Shape)
        return places, sorted(shapes, key=lambda shape: shape.id)

    def _completed(self, draft: Draft) -> Place:
        """Add what only the whole file tells: parents; and say what is assumed."""
        place = draft.place
        de_jure = [*place.de_jure, *filter(None, (self._parent(*p) for p in draft.parents))]
        countries = self._world.countries
        within = [countries[code] for code in draft.countries if code in countries]
        if not de_jure and len(within) == 1 and place.kind != "country":
            de_jure = [Belonging(source=place.location.sources[0], parent=within[0])]
        notes = [place.note, draft.said]
        if not draft.own and not de_jure and place.kind in _CONTAINED:
            notes.append(_NO_PARENT)
        if draft.assumed_accuracy:
            notes.append(_ASSUMED)
        note = " ".join(filter(None, notes))
        return msgspec.structs.replace(place, de_jure=tuple(de_jure), note=note)

    def _parent(self, identifier: str, stated: Json) -> Belonging | None:
        own = (
            identifier.rpartition(":")[2] if identifier.startswith(URN) else identifier.lstrip("#")
        )
        parent = self._ids.get(identifier) or self._ids.get(own)
        if parent is None and own in self._world.places:
            parent = own
        if parent is None:
            self._losses["parent", identifier] += 1
            return None
        return msgspec.convert({**stated, "parent": parent}, Belonging)

    def _pack(self, members: Json, places: list[Place]) -> Pack:
        own = members.get(f"{OWN}pack")
        if isinstance(own, dict):
            try:
                return msgspec.convert({**own, "id": self._pack_id}, Pack)
            except msgspec.ValidationError as error:
                self._tell("malformed-record", "pack.json", str(error), "error")
        codes = {code for draft in self._drafts.values() for code in draft.countries}
        countries = tuple(
            sorted(self._world.countries[code] for code in codes & self._world.countries.keys())
        )
        title = cleaned(str(members.get("title") or "")) or self._path.name
        return Pack(
            id=self._pack_id,
            title=title,
            bbox=_box([p.location.lat for p in places], [p.location.lon for p in places]),
            licence=cleaned(str(members.get("license") or "")) or UNSTATED,
            countries=countries,
            parties=tuple(self._world.states[c] for c in countries if c in self._world.states),
            languages=tuple(sorted({n.language for p in places for n in p.names} - {"und"})),
        )

    def _checked(self, records: object, kind: type[_R]) -> list[_R]:
        """Give records of one kind, sorted; what is none is told."""
        found: dict[str, _R] = {}
        for record in records if isinstance(records, list) else ():
            try:
                made = msgspec.convert(record, kind)
                msgspec.json.encode(made)  # refuses a lone surrogate, which is no text
            except (msgspec.ValidationError, ValueError) as error:
                self._tell("malformed-record", f"{kind.__name__.lower()}", str(error), "error")
            else:
                found.setdefault(made.id, made)
        return [found[id_] for id_ in sorted(found)]

    def _set_apart(self, feature: object, number: int, reason: str) -> None:
        text = json.dumps(feature)[:_KEPT]
        self._quarantine.append(
            json.dumps({"number": number, "reason": reason, "text": text}) + "\n"
        )
        self._tell("malformed-feature", f"{self._path}: feature {number}", reason, "error")

    def _tell(self, code: str, where: str, message: str, severity: str) -> None:
        remedy = f"it is in {QUARANTINE}: correct it in the file and import again"
        remedy = remedy if code == "malformed-feature" else ""
        self._problems.append(
            msgspec.convert(
                {"code": code, "where": where, "message": message, "remedy": remedy,
                 "severity": severity}, Problem,
            )
        )  # fmt: skip

    def _tell_losses(self) -> None:
        """One line for each kind of part that found no room, with the first place of it."""
        kinds: dict[str, list[str]] = {}
        for what, where in sorted(self._losses.elements()):
            kinds.setdefault(what, []).append(where)
        for what, of in kinds.items():
            message = f"{len(of)} times a {what} was left out, first of {of[0][:80]!r}"
            self._tell("left-out", str(self._path), message, "warning")
        assumed = sum(draft.assumed_accuracy for draft in self._drafts.values())
        if assumed:
            message = f"{assumed} places state no accuracy: it is assumed by kind; notes say so"
            self._tell("assumed", str(self._path), message, "note")


def _box(lats: list[float], lons: list[float]) -> tuple[float, float, float, float]:
    """West, south, east, north around points, with a margin, in tenths of a degree."""
    west, south = round(min(lons) - _MARGIN, 1), round(min(lats) - _MARGIN, 1)
    east, north = round(max(lons) + _MARGIN, 1), round(max(lats) + _MARGIN, 1)
    return max(-180.0, west), max(-90.0, south), min(180.0, east), min(90.0, north)
