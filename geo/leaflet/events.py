"""One event as a row of the page's data: its places, claims with their sentences, and reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.leaflet.geometry import tidy_geometry
from geo.leaflet.parties import THIRD, VOICE
from geo.wording import (
    NAME_MAX,
    TITLE_MAX,
    date_span,
    degrees,
    figure_text,
    location_pattern,
    long_date,
    place_pattern,
    shown,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.leaflet.parties import Parties
    from geo.model import Event, EventPlace, Feature, Reading, Resolution, Shape

Json = dict[str, Any]

RIVALS_SHOWN = 4
TITLE_PLACES = 4
"""Places that a title names before it says "n more places"."""

NOT_DRAWN = frozenset({"country", "none"})
"""Classes too wide for any mark: listed, never on the map."""


@dataclass(frozen=True)
class Context:
    """What the rows of one page share. ``areas`` and ``texts`` fill up: each is stored once."""

    parties: Parties
    places: Mapping[str, int]
    labels: Mapping[str, str]
    shapes: Mapping[str, Shape]
    features: dict[str, list[Feature]] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)

    def text(self, text: str) -> int:
        """The number of a shown text in the table of texts."""
        return self.texts.setdefault(shown(text), len(self.texts))


def event_row(event: Event, reading: Reading, article: int, context: Context) -> Json:
    """The event as the page knows it; ``article`` is the number of its article."""
    places = [_place_row(place, event, reading, context) for place in event.places]
    claims = [_claim_row(number, event, reading, context) for number in range(len(event.claims))]
    by = [row["group"] for row in claims if row["stance"] == "asserts"]
    deny = context.parties.ordered(row["group"] for row in claims if row["stance"] == "denies")
    by = context.parties.ordered(by) or [VOICE]
    state = _state(by, deny, len(event.claimed_by), context)
    w = words()
    row: Json = {
        "id": shown(event.id, NAME_MAX),
        "a": article,
        "type": event.type,
        "what": w["types"][event.type][1],
        "where": _where(event, context),
        "day": event.date_start.isoformat() if event.date_start else "",
        "dayText": long_date(event.date_start, weekday=True),
        "date": date_span(event.date_start, event.date_end),
        "short": date_span(event.date_start, event.date_end, short=True)
        if event.date_start
        else w["no_date"],
        "dateWords": shown(event.date_text or "", NAME_MAX),
        "dateRule": shown(event.date_rule, TITLE_MAX),
        "dateExact": w["date_exact"][_date_exact(event)],
        "by": by,
        "deny": deny,
        "state": state,
        "stateText": w["state"][state],
        "claims": claims,
        "evidence": _sentence(event.start, event.end, reading, context),
        "figures": [figure_text(figure) for figure in event.figures],
        "places": places,
        "reasons": [shown(reason, TITLE_MAX) for reason in event.reasons],
    }
    if event.background:
        row["background"] = True
    if event.reviewed:
        row["reviewed"] = True
    return row


def _date_exact(event: Event) -> str:
    if event.date_start is None:
        return "none"
    return "day" if event.date_end in {None, event.date_start} else "range"


def _state(by: Sequence[str], deny: Sequence[str], claimants: int, context: Context) -> str:
    """Which of the sentences on agreement and contradiction holds."""
    if deny:
        return "denied" if list(by) == [VOICE] else "contradicted"
    parties = [group for group in by if group not in {THIRD, VOICE}]
    if len(parties) > 1:
        return "both" if context.parties.both(parties) else "sides"
    if list(by) == [VOICE]:
        return "voice"
    return "several" if len(by) > 1 or claimants > 1 else "one"


def _where(event: Event, context: Context) -> list[list[Any]]:
    """Patterns with the numbers of their places; neighbours with one pattern share it."""
    table = words()["where"]
    rows: list[list[Any]] = []
    named = event.places if len(event.places) <= TITLE_PLACES else event.places[: TITLE_PLACES - 1]
    for place in named:
        if not place.place:
            continue
        pattern = place_pattern(place, context.shapes.get(place.shape_id))
        numbers = _numbers(place, context)
        if rows and rows[-1][0] == pattern and place.relation != "between":
            rows[-1][1] += [n for n in numbers if n not in rows[-1][1]]
        else:
            rows.append([pattern, numbers])
    if not rows:
        return [[table["none"], []]]
    if len(named) < len(event.places):
        rows.append([str(table["more"]).format(len(event.places) - len(named)), []])
    return rows


def _numbers(place: EventPlace, context: Context) -> list[int]:
    keys = [place.place_id or f"?{place.place}"]
    if place.relation == "between" and place.other_place_id:
        keys.append(place.other_place_id)
    return [context.places[key] for key in keys]


def _place_row(place: EventPlace, event: Event, reading: Reading, context: Context) -> Json:
    feature = next((f for f in context.features.get(event.id, ()) if f.place == place), None)
    geometry = tidy_geometry(feature.geometry) if feature else None
    point = degrees(feature.lat, feature.lon) if feature else None
    point = point or degrees(place.lat, place.lon)
    if place.precision in NOT_DRAWN or not (place.place_id or place.other_place_id):
        point = geometry = None
    shape = context.shapes.get(place.shape_id)
    row: Json = {
        "p": _numbers(place, context),
        "class": place.precision,
        "words": place_pattern(place, shape) if place.place else words()["where"]["none"],
        "token": place_pattern(place, shape, table="token"),
        "location": location_pattern(place, drawn=geometry is not None),
        "written": shown(place.place, NAME_MAX),
        "choices": [shown(choice, TITLE_MAX) for choice in feature.choices] if feature else [],
    }
    if point is not None:
        row["lat"], row["lon"] = point
    if geometry is not None:
        text = json.dumps(geometry, separators=(",", ":"), sort_keys=True)
        row["area"] = context.areas.setdefault(text, len(context.areas))
    resolution = _resolution(place, reading)
    if resolution is not None:
        row["why"] = _why(resolution, context)
    return row


def _resolution(place: EventPlace, reading: Reading) -> Resolution | None:
    """The resolved mention that the place rests on: inside its words, of the same place."""
    inside = (
        r
        for r in reading.resolutions
        if r.place_id == place.place_id
        and r.mention.start < place.end
        and place.start < r.mention.end
    )
    return next(inside, None)


def _why(resolution: Resolution, context: Context) -> Json:
    rivals = [r for r in resolution.rivals if r.place_id != resolution.place_id][:RIVALS_SHOWN]
    return {
        "reasons": [shown(reason, TITLE_MAX) for reason in resolution.reasons],
        "role": shown(resolution.role_reason, TITLE_MAX),
        "rivals": [
            [
                context.labels.get(rival.place_id, shown(rival.place_id, NAME_MAX)),
                [shown(reason, TITLE_MAX) for reason in rival.reasons],
            ]
            for rival in rivals
        ],
    }


def _claim_row(number: int, event: Event, reading: Reading, context: Context) -> Json:
    claim = event.claims[number]
    row: Json = {
        "stance": claim.stance,
        "who": shown(claim.claimant, NAME_MAX),
        "group": context.parties.group(claim),
        "said": _sentence(claim.start, claim.end, reading, context),
    }
    for key, text in (("speaker", claim.speaker), ("verb", claim.verb), ("hedge", claim.hedge)):
        if text:
            row[key] = shown(text, NAME_MAX)
    return row


def _sentence(start: int, end: int, reading: Reading, context: Context) -> Json:
    """A span of the article's text with one sentence of context either side."""
    article = reading.article
    spans = article.sentences
    touched = [n for n, s in enumerate(spans) if s.start < end and start < s.end]
    row: Json = {"text": context.text(article.text[start:end]), "span": [start, end]}
    if article.text_kind == "digest":
        del row["span"]  # offsets into our summary would look like offsets into the report
    around = [touched[0] - 1, touched[-1] + 1] if touched else []
    context_numbers = [
        context.text(article.text[spans[n].start : spans[n].end]) if 0 <= n < len(spans) else -1
        for n in around
    ]
    if any(n >= 0 for n in context_numbers):
        row["around"] = context_numbers
    return row
