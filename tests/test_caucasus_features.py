"""Natural features of the caucasus pack: where each point comes from, and how far it is trusted."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from pathlib import Path

import msgspec
import pytest

from geo.model import Cite, Place, Source

FOLDER = Path(__file__).parents[1] / "gazetteer" / "caucasus"
WANTED = (FOLDER / "wanted.md").read_text(encoding="utf-8")
CODES = {
    "H": {"FLLS", "LK", "RSV", "STM"},
    "T": {"GRGE", "HLL", "MT", "MTS", "PASS", "PLN", "UPLD", "VLC"},
}
LONG = {"STM", "MTS", "PLN", "UPLD"}
"""What stretches so far that one point can only stand for it."""
LEAST_LONG_M = 25_000
# Lists of places that hold no heights, passes or ranges, and forms made by rule.
NO_EVIDENCE = {"wof", "wof-communities", "romanisation"}
# A district's extent is the radius of a circle of its area; districts are no circles.
MARGIN_KM = 20
# The place may have been moved by better evidence since; further off, the feature moves with it.
SAME_KM = 1
STATES = {"armenia": "Armenia", "azerbaijan": "Azerbaijan"}
DE_FACTO = "de facto Nagorno-Karabakh authorities"
TIED = re.compile(r"\bpoint is (that of|half way)|whose point is given")


def _places() -> dict[str, Place]:
    raw = msgspec.json.decode((FOLDER / "places.geojson").read_bytes())
    found = {}
    for feature in raw["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        location = {**feature["properties"]["location"], "lat": lat, "lon": lon}
        record = {**feature["properties"], "id": feature["id"], "location": location}
        found[feature["id"]] = msgspec.convert(record, Place)
    return found


def _sources() -> dict[str, Source]:
    raw = (FOLDER / "sources.json").read_bytes()
    return {s.id: s for s in msgspec.json.decode(raw, type=list[Source])}


PLACES = _places()
SOURCES = _sources()
NATURAL = {i: p for i, p in PLACES.items() if p.feature.class_ in CODES}
TIED_IDS = sorted(i for i, p in NATURAL.items() if TIED.search(p.note))


def cites(place: Place) -> list[Cite]:
    found = [*place.location.sources, *(seen.source for seen in place.location.compared)]
    return found + [n.source for n in place.names] + [b.source for b in place.de_jure]


def spot(place: Place) -> tuple[float, float]:
    return place.location.lat, place.location.lon


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    east = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.2 * math.hypot(a[0] - b[0], east)


def states(place: Place) -> set[str]:
    """The states that a place lies in, up the chain of its parents."""
    found, above = set(), [b.parent for b in place.de_jure]
    while above:
        current = above.pop()
        found |= {current} & set(STATES)
        above += [b.parent for b in PLACES[current].de_jure] if current in PLACES else []
    return found


def test_there_are_features_of_every_sort() -> None:
    counts = Counter(p.feature.code for p in NATURAL.values())
    least = {"STM": 20, "RSV": 12, "LK": 6, "MTS": 10, "MT": 15, "HLL": 8, "PASS": 4, "PLN": 3}
    assert {code: counts[code] for code in least if counts[code] < least[code]} == {}


@pytest.mark.parametrize("ident", sorted(NATURAL))
def test_feature(ident: str) -> None:
    place = NATURAL[ident]
    assert place.feature.code in CODES[place.feature.class_]
    assert place.kind in {"feature", "macro"}
    evidence = {c.source for c in place.location.sources} - NO_EVIDENCE
    assert evidence, "a page or an article says where it is"
    for cite in cites(place):
        if cite.source not in NO_EVIDENCE:
            assert SOURCES[cite.source].url, f"{cite.source} has no address"
    if place.feature.code in LONG:
        assert place.location.kind == "representative"
        assert place.location.accuracy_m >= LEAST_LONG_M
    for belonging in place.de_jure:
        parent = PLACES.get(belonging.parent)
        if parent is not None:
            reach = (parent.extent_m + place.location.accuracy_m) / 1000 + MARGIN_KM
            assert km(spot(place), spot(parent)) <= reach, belonging.parent


@pytest.mark.parametrize("ident", TIED_IDS)
def test_a_point_that_is_another_place_s_is_trusted_no_more_than_there(ident: str) -> None:
    place = NATURAL[ident]
    assert place.location.kind == "representative"
    assert place.feature.code == "STM" or place.certainty == "uncertain"
    if "half way" in place.note:
        near = sorted(km(spot(place), spot(p)) for p in PLACES.values() if p.kind == "settlement")
        assert place.location.accuracy_m >= 1000 * near[0]
        return
    bases = [
        other.location.accuracy_m
        for i, other in PLACES.items()
        if i not in TIED_IDS and km(spot(other), spot(place)) <= SAME_KM
    ]
    assert bases, "no place of this pack has its point"
    assert place.location.accuracy_m >= min(bases)


def test_no_feature_borrows_a_point_silently() -> None:
    sharing = defaultdict(list)
    for ident, place in PLACES.items():
        sharing[spot(place)].append(ident)
    for ident, place in NATURAL.items():
        if ident not in TIED_IDS:
            others = [
                i for i in sharing[spot(place)] if i != ident and not TIED.search(PLACES[i].note)
            ]
            assert not others, ident


def test_sources_that_disagree_are_told() -> None:
    seen = 0
    for ident, place in NATURAL.items():
        for other in place.location.compared:
            seen += 1
            off = km(spot(place), (other.lat, other.lon))
            if off * 1000 > place.location.accuracy_m:
                assert re.search(r"\d km (away|farther)", place.note), ident
                assert place.certainty != "certain", ident
    assert seen >= 8


def test_two_pages_make_a_point_certain_and_one_does_not() -> None:
    for ident, place in NATURAL.items():
        if place.location.compared and place.certainty == "certain":
            for other in place.location.compared:
                off = km(spot(place), (other.lat, other.lon))
                assert off * 1000 <= place.location.accuracy_m, ident
                assert other.source in place.location.sources, ident
        if len(place.location.sources) == 1:
            assert place.certainty != "certain", ident


def test_a_feature_on_the_border_has_both_sides_names_or_is_wanted() -> None:
    checked = 0
    for ident, place in NATURAL.items():
        if states(place) == set(STATES):
            checked += 1
            users = {n.user for n in place.names}
            missing = set(STATES.values()) - users
            assert not missing or place.label in WANTED, (ident, missing)
    assert checked >= 15


def test_both_sides_weigh_alike_on_the_border() -> None:
    users: Counter[str] = Counter()
    for place in NATURAL.values():
        if states(place) == set(STATES):
            users.update(n.user for n in place.names)
    armenian = users["Armenia"] + users[DE_FACTO]
    assert 0.5 <= armenian / users["Azerbaijan"] <= 2


@pytest.mark.parametrize(
    ("text", "idents"),
    [
        ("Girkhgiz", {"girkhgiz"}), ("Կրխկըզ", {"girkhgiz"}), ("Karaglukh", {"karaglukh"}),
        ("Omar pass", {"omar-pass"}), ("Sotk pass", {"sotk-pass"}),
        ("Selim Pass", {"vardenyats-pass"}), ("Murghuz", {"murghuz"}),
        ("Xaçınçay", {"khachinchay"}), ("Խաչեն", {"khachinchay"}), ("Voghji", {"voghji-river"}),
        ("Oxçuçay", {"voghji-river"}), ("Bazarchay", {"vorotan-river"}), ("Աղստև", {"aghstev"}),
        ("Lake Sevan", {"lake-sevan"}), ("Göyçə gölü", {"lake-sevan"}),
        ("Joghaz reservoir", {"joghaz-reservoir"}), ("Մեծ Ալ լիճ", {"boyuk-alagol"}),
        ("Garagaya", {"garagaya-height"}), ("Gharadash", {"garagaya-height"}),
        ("Kaputjugh", {"kaputjugh"}), ("Qapıcıq dağı", {"kaputjugh"}),
    ],
)  # fmt: skip
def test_a_name_leads_to_its_feature(text: str, idents: set[str]) -> None:
    found = {i for i, place in PLACES.items() if any(n.text == text for n in place.names)}
    assert idents <= found
