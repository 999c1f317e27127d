"""Which place a name means: candidates weighed by written rules, rivals kept with their reasons.

Every rule of ``geo.places.rules`` looks at one candidate and gives points and the reason in plain
words, or nothing. The best candidate wins if it is good enough; where the next comes too close the
result is "ambiguous". A name that no candidate fits stays unknown: a guess is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from geo.model import Resolution, Rival
from geo.places.context import Context, pointless, text_kind
from geo.places.rules import GENERAL_RULES, NEARBY_RULES
from geo.places.world_rules import is_baseless, is_same_spot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.gazetteer import Gazetteer
    from geo.model import Article, Mention, Place, PlaceKind

# Points by which the best must lead the next; below that the pick is told to be ambiguous.
_MARGIN = 1.0
# A candidate below this has more against it than for it.
_FLOOR = -2.0
# More rivals than this tell a reader nothing.
_RIVALS_SHOWN = 6


def resolve_places(
    article: Article, mentions: Iterable[Mention], gazetteer: Gazetteer
) -> tuple[Resolution, ...]:
    """Give one resolution for each mention, in the same order."""
    names = tuple(mentions)
    context = Context(article, names, gazetteer)
    chosen: list[Resolution] = []
    for at, mention in enumerate(names):
        resolution = _resolve(at, mention, context)
        context.chose(at, resolution.place_id)
        chosen.append(resolution)
    return tuple(chosen)


def _resolve(at: int, mention: Mention, context: Context) -> Resolution:
    rivals = _ranked(at, mention, context)
    if not rivals:
        return Resolution(
            mention=mention,
            label=mention.text,
            kind=text_kind(at, context),
            reasons=(mention.reason, "no gazetteer holds this name"),
        )
    if is_baseless(at, context.gazetteer.places[rivals[0].place_id], context):
        rivals = _sound_first(rivals, at, context)
    best = rivals[0]
    place = context.gazetteer.places[best.place_id]
    stray = context.is_stray(at, place) if len(rivals) == 1 else ""
    stray = stray or is_baseless(at, place, context)
    if stray or best.score < _FLOOR:
        return Resolution(
            mention=mention,
            label=mention.text,
            kind=text_kind(at, context),
            reasons=(
                "no place of this name fits the text",
                *([stray] * bool(stray)),
                *best.reasons,
            ),
            rivals=rivals[:_RIVALS_SHOWN],
        )
    close = _is_close(rivals, place, context)
    located = not pointless(place)
    return Resolution(
        mention=mention,
        place_id=place.id,
        label=place.label,
        kind=_kind(at, place, context),
        lat=place.location.lat if located else None,
        lon=place.location.lon if located else None,
        status="ambiguous" if close else "resolved",
        reasons=best.reasons,
        rivals=rivals[1 : _RIVALS_SHOWN + 1],
    )


def _sound_first(rivals: tuple[Rival, ...], at: int, context: Context) -> tuple[Rival, ...]:
    """Put places that more than a name and a country speaks for before the others."""
    places = context.gazetteer.places
    return tuple(sorted(rivals, key=lambda r: bool(is_baseless(at, places[r.place_id], context))))


def _is_close(rivals: tuple[Rival, ...], place: Place, context: Context) -> bool:
    """Say whether a rival comes near the best.

    The province around a town of its name is none, nor is what the world lists on the same spot.
    """
    for rival in rivals[1:]:
        if abs(rivals[0].score - rival.score) >= _MARGIN:
            return False
        other = context.gazetteer.places[rival.place_id]
        if not (context.is_area_around(other, place) or is_same_spot(other, place, context)):
            return True
    return False


def _ranked(at: int, mention: Mention, context: Context) -> tuple[Rival, ...]:
    """Give the candidates with their scores, best first; equals in the order of the packs."""
    rivals = []
    for place_id in mention.candidates:
        place = context.gazetteer.places[place_id]
        points = [_worded(told) for rule in NEARBY_RULES if (told := rule(at, place, context))]
        points += _general(at, place, context)
        rivals.append(
            Rival(
                place_id=place_id,
                score=round(sum([score for score, _ in points]), 2),
                reasons=tuple([reason for _, reason in points]),
            )
        )
    return tuple(sorted(rivals, key=lambda rival: -rival.score))


def _worded(told: tuple[float, str]) -> tuple[float, str]:
    """Give points and reason with the points in front of the reason."""
    score, why = told
    return score, f"{score:+g} {why}"


def _general(at: int, place: Place, context: Context) -> list[tuple[float, str]]:
    """Give the points that do not depend on the sentence: the same for each use of the name."""
    key = (place.id, context.key(at))
    if key not in context.general:
        context.general[key] = [
            _worded(told) for rule in GENERAL_RULES if (told := rule(at, place, context))
        ]
    return context.general[key]


def _kind(at: int, place: Place, context: Context) -> PlaceKind | Literal[""]:
    """Give the kind that the text states where the place only lends its name, else the place's."""
    stated = text_kind(at, context)
    lends = place.kind == "settlement" and stated in {"district", "province", "feature", "facility"}
    return stated if lends else place.kind
