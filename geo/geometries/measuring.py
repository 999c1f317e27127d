"""Distances and sides that an article states, held against the map.

What is allowed: a quarter more or less, the width that the same distance is drawn with, for news
rounds its figures; on top of that the size of both places, for nobody says from where in a town the
kilometres are counted. A side may be off by one point of the compass of eight.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import shapely

from geo.geometries import cuts, geodesy
from geo.geometries.sites import Atlas, dated
from geo.model import Place, Problem
from geo.precision import AREAS, kilometres, precision_table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geo.model import Article, Event, PlacePhrase, Resolution

CLOSE = 3  # characters: ", " between a line and the words that say where on it
MEASURED = ("distance", "near", "bearing")  # relations that may state a distance or a side


class Check(NamedTuple):
    """What a distance or a side is held against: two places on a day, and where it was said."""

    site: Place
    anchor: Place
    gazetteer: Atlas
    on: dt.date | None = None
    where: str = ""


def check_phrases(
    article: Article,
    resolutions: tuple[Resolution, ...],
    phrases: Iterable[PlacePhrase],
    events: tuple[Event, ...],
    *,
    gazetteer: Atlas,
) -> tuple[Problem, ...]:
    """Give the Problems of all distances and sides that an article states of places it names.

    "A, 40 km south of B" is of A, "on the border, 40 km from B" of the border; "the latest clashes
    occurred some 300 km from B" of the event that was told last before it. A distance with a side
    puts something there itself.
    """
    found: list[Problem] = []
    given = tuple(phrases)
    lines, told = _lines(given), _told_before(events)
    rested = {(place.start, place.distance_km) for event in events for place in event.places}
    for phrase in given:
        site_id = _stated_of(phrase, lines, resolutions)
        if not site_id and not phrase.bearing and phrase.literal and phrase.relation == "distance":
            spots = (resolutions[i].mention.start for i in phrase.anchors)
            if any((spot, phrase.distance_km) in rested for spot in spots):
                continue  # it places an event of its own
            at = bisect_right(told, phrase.start, key=itemgetter(0))
            last = events[told[at - 1][1]].places[0] if at else None
            site_id = (last.shape_id or last.place_id) if last else ""
        found += _against(phrase, site_id, article, resolutions, gazetteer)
    return tuple(found)


def credible(
    article: Article,
    resolutions: tuple[Resolution, ...],
    phrases: tuple[PlacePhrase, ...],
    *,
    gazetteer: Atlas,
) -> tuple[PlacePhrase, ...]:
    """Give the phrases; one whose distance or side the map contradicts puts nothing there."""
    kept = []
    lines = _lines(phrases)
    for phrase in phrases:
        site_id = _stated_of(phrase, lines, resolutions) if phrase.literal else ""
        wrong = any(_against(phrase, site_id, article, resolutions, gazetteer))
        kept.append(msgspec.structs.replace(phrase, literal=False) if wrong else phrase)
    return tuple(kept)


def _stated_of(
    phrase: PlacePhrase, lines: list[PlacePhrase], resolutions: tuple[Resolution, ...]
) -> str:
    """Give the id of the place that the words before a phrase name, or of the line; "" if none."""
    if phrase.describes is not None:
        return resolutions[phrase.describes].place_id
    first, last = (
        bisect_left(lines, at, key=attrgetter("end")) for at in (phrase.start - CLOSE, phrase.start)
    )
    return lines[first].line if first < last and not phrase.line else ""


def _against(
    phrase: PlacePhrase,
    site_id: str,
    article: Article,
    resolutions: tuple[Resolution, ...],
    gazetteer: Atlas,
) -> Iterable[Problem]:
    """Give what the map says against a phrase as said of a place."""
    if phrase.relation not in MEASURED or not (phrase.distance_km or phrase.bearing):
        return ()
    anchor_id = phrase.line or (resolutions[phrase.anchors[0]].place_id if phrase.anchors else "")
    site, anchor = gazetteer.places.get(site_id), gazetteer.places.get(anchor_id)
    if anchor is None or site is None or anchor.id == site.id:
        return ()
    where = f"{article.id}, character {phrase.start}"
    return _problems(Check(site, anchor, gazetteer, article.published, where), phrase)


def _lines(phrases: Iterable[PlacePhrase]) -> list[PlacePhrase]:
    """Give the lines that something is placed on, in the order of their ends."""
    return sorted((p for p in phrases if p.line and p.literal), key=attrgetter("end"))


def _told_before(events: tuple[Event, ...]) -> list[tuple[int, int]]:
    """For offsets in rising order the number of the last event that begins there or before."""
    begun = sorted((e.start, number) for number, e in enumerate(events) if not e.background)
    last = accumulate((number for _, number in begun), max)
    return [(start, number) for (start, _), number in zip(begun, last, strict=True)]


def _problems(check: Check, phrase: PlacePhrase) -> Iterable[Problem]:
    """Give what the map says against one phrase; a wrong distance leaves the side unasked."""
    if phrase.distance_km:
        problem = check_distance(
            check.site,
            check.anchor,
            phrase.distance_km,
            gazetteer=check.gazetteer,
            on=check.on,
            where=check.where,
            within=phrase.relation == "near",
        )
        if problem:
            yield problem
            return
    # the side of a site that only an event names is the side that the event was drawn on
    if phrase.bearing and phrase.describes is not None and not phrase.part:
        problem = check_side(check, phrase.bearing)
        if problem:
            yield problem


def check_distance(  # noqa: PLR0913 - a day and a place in the text are asked for by name
    site: Place,
    anchor: Place,
    stated_km: float,
    *,
    gazetteer: Atlas,
    on: dt.date | None = None,
    where: str = "",
    within: bool = False,
) -> Problem | None:
    """Give a Problem where ``site`` cannot lie ``stated_km`` from ``anchor``; None where it can.

    "From X" may be counted from its edge or from its middle, to any point of the site, and a
    quarter more or less still agrees. ``within`` holds where the figure is only the farthest.
    None also where the course of a line, or the outline of an area, is not on record.
    """
    if not (_measurable(site, gazetteer, on) and _measurable(anchor, gazetteer, on)):
        return None
    low, high = extremes(site, anchor, gazetteer=gazetteer, on=on)
    share = precision_table().shares["ring"]
    stated = stated_km * 1000
    if low * (1 - share) <= stated and (within or stated <= high * (1 + share)):
        return None
    words = precision_table().distance_contradicted
    low, high = round(low, -3), round(high, -3)
    one = kilometres(low) == kilometres(high)
    key = "message_within" if within else "message_one" if one else "message"
    return Problem(
        code="distance-contradicted",
        message=words[key].format(
            stated=kilometres(stated),
            anchor=anchor.label,
            site=site.label,
            low=kilometres(low),
            high=kilometres(high),
        ),
        where=where,
        remedy=words["remedy"],
        severity="note",
    )


def check_side(check: Check, stated: str) -> Problem | None:
    """Give a Problem where the site lies on another side of the anchor; None where it does not.

    Only between places that have a point: the side of a wide place depends on where one stands.
    """
    if {check.site.kind, check.anchor.kind} & {*AREAS, "line"} or stated not in geodesy.COMPASS:
        return None
    here, there = check.anchor.location, check.site.location
    azimuth, metres = geodesy.way(lat=here.lat, lon=here.lon, to_lat=there.lat, to_lon=there.lon)
    doubt = _half_width(check.site) + _half_width(check.anchor)
    if metres <= doubt:
        return None  # they may touch: each side of one is a side of the other
    allowed = precision_table().degrees["side_doubt"] + math.degrees(math.asin(doubt / metres))
    off = abs((azimuth - geodesy.degrees_of(stated) + 180) % 360 - 180)
    if off <= allowed:
        return None
    table = precision_table()
    side = geodesy.COMPASS[round(azimuth % 360 / 45) * 2 % len(geodesy.COMPASS)]
    return Problem(
        code="side-contradicted",
        message=table.side_contradicted["message"].format(
            stated=table.sides[stated].lower(),
            anchor=check.anchor.label,
            site=check.site.label,
            side=table.sides[side].lower(),
        ),
        where=check.where,
        remedy=table.side_contradicted["remedy"],
        severity="note",
    )


def extremes(
    site: Place, anchor: Place, *, gazetteer: Atlas, on: dt.date | None = None
) -> tuple[float, float]:
    """Give the least distance in metres from the anchor's edge and the greatest from its middle.

    From a line, the greatest is counted from the spot of it that is nearest.
    """
    one, two = _extent(site, gazetteer, on), _extent(anchor, gazetteer, on)
    flat = cuts.around(two)
    a, b = flat.flat(one), flat.flat(two)
    nearest = shapely.shortest_line(a, b)
    (x, y), (to_x, to_y) = flat.inverse(shapely.get_coordinates(nearest))
    low = 0.0
    if not a.intersects(b):
        low = geodesy.metres_between(lat=y, lon=x, to_lat=to_y, to_lon=to_x)
    spot = anchor.location
    lat, lon = (to_y, to_x) if two.area == 0 else (spot.lat, spot.lon)
    high = max(
        geodesy.metres_between(lat=y, lon=x, to_lat=lat, to_lon=lon)
        for x, y in flat.inverse(shapely.get_coordinates(shapely.convex_hull(a)))
    )
    return low, high


def _measurable(place: Place, gazetteer: Atlas, on: dt.date | None) -> bool:
    """Tell whether it is on record how far a place reaches: a line or an area must have been drawn.

    Without its outline an area's edge may be anywhere, and its name may stand for its chief town.
    """
    if place.kind == "line" or place.feature.code in precision_table().line_codes:
        return dated(gazetteer, place.id, "line", on) is not None
    return place.kind not in AREAS or dated(gazetteer, place.id, "area", on) is not None


def _extent(place: Place, gazetteer: Atlas, on: dt.date | None) -> BaseGeometry:
    """Give a place's outline or course, else a circle as wide as it or as the doubt about it."""
    kinds = ("line", "area") if place.kind in ("line", "feature", "facility") else ("area",)
    for kind in kinds:
        shape = dated(gazetteer, place.id, kind, on)
        if shape is not None:
            return shape
    spot = place.location
    return geodesy.circle(lat=spot.lat, lon=spot.lon, radius_m=_half_width(place))


def _half_width(place: Place) -> float:
    """Metres from a place's point to where it may end; our figure for a town without an extent."""
    ours = precision_table().metres["settlement"] if place.kind == "settlement" else 1
    return max(place.extent_m or ours, place.location.accuracy_m)
