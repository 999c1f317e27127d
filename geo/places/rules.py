"""The rules that weigh one candidate for one name. Points are small whole or half numbers.

The scale: 1 is a preference among equals, 2 a good sign, 4 what the text as good as states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.gazetteer import valid_on
from geo.lookup.distances import haversine_km
from geo.places.context import CAPITALS, FAR_KM, kind_words
from geo.places.world_rules import curated, size, together
from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.model import Place
    from geo.places.context import Context

    Told = tuple[float, str] | None

# What a bare name means by itself: a state, then a capital, then a town; areas need a word.
_BARE = {
    "country": 3.0, "region": 2.0, "settlement": 2.0, "macro": 1.5, "province": 1.0,
    "feature": 1.0, "facility": 0.5, "district": 0.0, "line": 0.0,
}  # fmt: skip
_SEATS = frozenset(("PPLA", "PPLA2"))
_SENSES = {
    "settlement": frozenset(("settlement",)),
    "district": frozenset(("district", "province")),
    "province": frozenset(("province", "district", "region")),
    "region": frozenset(("region", "province", "district", "macro")),
    "country": frozenset(("country", "region")),
    "feature": frozenset(("feature", "line")),
    "facility": frozenset(("facility",)),
}
_SPOTS = frozenset(("settlement", "feature", "facility"))
# A town keeps its name against its district; a province named once is what its bare name means.
_SAME_SENSE = {
    "settlement": 1.5, "feature": 1.5, "facility": 1.5, "district": 0.5, "province": 2.5,
    "region": 2.5, "country": 1.0, "macro": 1.0, "line": 1.0,
}  # fmt: skip
_IN_USE = frozenset(("official", "de facto", "exonym", "romanised"))
# How many names back a neighbour is looked for, and what counts as next to it.
_LOOK_BACK, _NEXT_KM = 3, 40.0
# No list of a report is longer.
_LOOK_IN_LIST = 40
_NEAR_KM, _SAME_AREA_KM = 60.0, 250.0


def _kind_beside(at: int, place: Place, context: Context) -> Told:  # noqa: PLR0911 - one rule after another
    """Tell where a word for the kind stands beside the name: "X district", "the town of X"."""
    before, after = kind_words(at, context)
    if not before and not after:
        return None
    generics = word_lists("generics")
    for word in (after, before):
        senses = [kind for kind in _SENSES if word and word in generics[kind]]
        if not senses:
            continue
        if any(place.kind in _SENSES[kind] for kind in senses):
            larger = place.kind == "province" and senses == ["district"]
            if larger and place.feature.word not in generics["district"]:
                return 1.0, f"the text calls it a {word}, this is a {place.feature.word}"
            return 4.0, f"the text calls it a {word}"
        if word == after and word in generics["facility"] and word not in generics["district"]:
            return -12.0, f"the {word} is only named after it and may lie anywhere near"
        if word == after and word in generics["feature"] and place.kind in _SENSES["region"]:
            return -12.0, f"the {word} is only named after it"
        if place.kind == "country":
            water_or_land = word in generics["feature"] - generics["islands"]
            return (-12.0, f"the {word} is not the state of its name") if water_or_land else None
        worse = word in generics["settlement"] and place.kind in _SENSES["region"]
        return (
            -6.0 if worse else -3.0,
            f"the text calls it a {word}, this is a {place.feature.word}",
        )
    return None


def _bare(_: int, place: Place, __: Context) -> Told:
    """Without a word for the kind a state comes before a capital, a capital before a town."""
    points = _BARE[place.kind]
    if place.feature.code in CAPITALS:
        return points + 1.5, "a capital"
    if place.feature.code in _SEATS:
        points += 1.0
    return points, f"a {place.feature.word}"


def _form(at: int, place: Place, context: Context) -> Told:
    """Tell where the name is one in use, a former one, or only a misspelling."""
    text = context.mentions[at].text
    forms = [form for form in place.names if form.text == text]
    made = False
    if not forms:
        key = context.key(at)
        keyed = [(form, how) for other, form, how in context.gazetteer.forms(key) if other is place]
        forms = [form for form, _ in keyed]
        made = all(how == "romanised" for _, how in keyed)
    if not forms:
        return None
    if all(form.status == "misspelling" for form in forms):
        return -0.5, "only a misspelling of its name"
    day = context.published
    if day and not any(valid_on(form, day) for form in forms):
        return -0.5, f"not its name on {day.isoformat()}"
    # What rules make of a name may be somebody's spelling; an attested name is.
    if not made and any(form.status in _IN_USE for form in forms):
        return 0.5, "a name in use"
    return None


def _holds_last(at: int, place: Place, context: Context) -> Told:
    """Read "A and B in X", "A, X": the candidate holds the place named just before."""
    before = context.chosen.get(at - 1)
    if before is None or before == place.id or context.lists[at] != at:
        return None
    between = context.between(at)
    if between is None or not (between == [] or "in" in between[:2] or "of" in between[:2]):
        return None
    if place.id in context.chain(context.gazetteer.places[before]):
        return 6.0, "it holds the place named just before"
    return None


def _parent_next(at: int, place: Place, context: Context) -> Told:
    """Read "X in Y", "X, Y": what follows the name, or its list, holds the candidate."""
    after = context.members[context.lists[at]][-1] + 1
    between = context.between(after)
    if between is None or not (between == [] or "in" in between[:2] or "of" in between[:2]):
        return None
    following = context.mentions[after].candidates
    if any(parent in following for parent in context.chain(place)):
        return 3.0, "the place that holds it is named right after it"
    return None


def _in_list(at: int, place: Place, context: Context) -> Told:
    """Tell where the candidate lies close to the last place named."""
    others = [other for other in range(max(0, at - _LOOK_BACK), at) if other in context.chosen]
    for other in reversed(others):
        near = context.gazetteer.places[context.chosen[other]]
        if near.kind not in _SPOTS or near.id == place.id or place.kind not in _SPOTS:
            continue
        km = _km(place, near)
        if km <= _NEXT_KM:
            return 1.5, f"{km:.0f} km from {near.label}, named just before"
        return None
    return None


def _district_of_list(at: int, place: Place, context: Context) -> Told:
    """Other names of the same list can only mean places of the candidate's district."""
    head = context.lists[at]
    parent = context.chain(place)[:1]
    if not parent or context.gazetteer.places[parent[0]].kind == "country":
        return None
    for other in context.members[head][:_LOOK_IN_LIST]:
        ids = context.mentions[other].candidates
        if other == at or len(ids) != 1:
            continue
        if context.chain(context.gazetteer.places[ids[0]])[:1] == parent:
            return 1.5, "others of its list lie in the same district"
    return None


def _same_sense(at: int, place: Place, context: Context) -> Told:
    """Tell where the text has used the name before; "the other X" is another one."""
    meant = context.meant.get(context.key(at))
    if meant is None:
        return None
    if context.word(context.first[at] - 1, at) == "other":
        return (
            (-4.0, "the text speaks of the other place of this name") if meant == place.id else None
        )
    before = context.gazetteer.places[meant]
    if meant == place.id:
        return _SAME_SENSE[place.kind], "the text has meant it by this name before"
    if before.kind in _SENSES["region"] and meant not in context.chain(place):
        return -2.0, f"the text has meant {before.label} by this name before"
    return None


def _parent_named(at: int, place: Place, context: Context) -> Told:
    """Tell where another name of the text means a district or country that holds the candidate."""
    own = context.key(at)
    for parent_id in context.chain(place):
        if context.named.get(parent_id, frozenset()) - {own}:
            parent = context.gazetteer.places[parent_id]
            return (1.0 if parent.kind == "country" else 1.5), f"the text names {parent.label}"
    return None


def _country(at: int, place: Place, context: Context) -> Told:
    """Tell where the text speaks of the candidate's country, or only of others."""
    if place.kind in {"country", "macro"}:
        return None
    own = context.key(at)
    chain = {place.id, *context.chain(place), *(b.holder for b in place.de_facto)}
    ours, total = context.speaks_of(chain, besides=own)
    if ours:
        return round(0.5 + 1.5 * ours / total, 1), "the text speaks of its country"
    if not total or not context.chain(place) or context.in_theatre(place, besides=own):
        return None
    capital = place.feature.code in CAPITALS
    return -1.0 if capital else -2.0, "the text does not speak of its country"


def _theatre(at: int, place: Place, context: Context) -> Told:
    """Put a theatre's pack first, in a text that names other things of that theatre."""
    packs = context.gazetteer.packs
    pack = context.gazetteer.pack_of(place.id)
    if pack not in {theatre.id for theatre in packs[:-1]}:
        return None
    own = context.key(at)
    if context.packs.get(pack, set()) - {own} or context.in_theatre(place, besides=own):
        return 1.0, f"of the theatre {pack}"
    if place.kind in {"country", "macro"} or place.feature.code in CAPITALS:
        return None
    if not context.speaks_of((), besides=own)[1]:
        return None  # a line that names nothing else tells nothing either way
    return -5.0, f"nothing else in the text belongs to the theatre {pack}"


def _neighbours(_: int, place: Place, context: Context) -> Told:
    """How far the candidate is from the places that the text names without doubt."""
    if place.kind in {"country", "macro", "line"}:
        return None
    nearest = context.nearest_anchor(place)
    if nearest is None:
        return None
    km, other = nearest
    if km <= _NEAR_KM:
        return 2.0, f"{km:.0f} km from {other.label}, which the text names"
    if km <= _SAME_AREA_KM:
        return 1.0, f"{km:.0f} km from {other.label}, which the text names"
    if km > FAR_KM:
        return -1.0, f"{km:.0f} km from every other place of the text"
    return None


def _km(place: Place, other: Place) -> float:
    spot, to = place.location, other.location
    return haversine_km(lat=spot.lat, lon=spot.lon, to_lat=to.lat, to_lon=to.lon)


NEARBY_RULES: tuple[Callable[[int, Place, Context], Told], ...] = (
    _kind_beside, _holds_last, _parent_next, _in_list, _district_of_list,
    _same_sense,
)  # fmt: skip
GENERAL_RULES: tuple[Callable[[int, Place, Context], Told], ...] = (
    _bare, _form, _parent_named, _country, _theatre, _neighbours, size, curated, together,
)  # fmt: skip
