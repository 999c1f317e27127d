"""A reading as the one JSON object that ``clashmap parse --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.events.sites import other_end

if TYPE_CHECKING:
    from geo.model import Event, EventPlace, Reading, Resolution


def document(reading: Reading, *, doc_id: str = "", why: bool = False) -> dict[str, Any]:
    """``{"doc_id", "toponyms", "events"}``; offsets are Python offsets into the text as given."""
    return {
        "doc_id": doc_id or reading.article.id,
        "toponyms": [_toponym(resolution, why=why) for resolution in reading.resolutions],
        "events": [_event(reading, event, why=why) for event in reading.events],
    }


def _toponym(resolution: Resolution, *, why: bool) -> dict[str, Any]:
    mention = resolution.mention
    row: dict[str, Any] = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "place": resolution.label or mention.text,
        "place_id": resolution.place_id or None,
        "lat": resolution.lat,
        "lon": resolution.lon,
        "kind": resolution.kind or None,
        "role": resolution.role,
        "precision": resolution.precision,
        "status": resolution.status,
    }
    if why:
        row["why"] = {
            "found": mention.reason,
            "place": list(resolution.reasons),
            "role": resolution.role_reason,
            "rivals": [
                {"place_id": rival.place_id, "score": rival.score, "reasons": list(rival.reasons)}
                for rival in resolution.rivals
            ],
        }
    return row


def _places(place: EventPlace, reading: Reading) -> list[dict[str, Any]]:
    """The named place, and the second one of "between A and B"."""
    row: dict[str, Any] = {
        "place": place.place,
        "place_id": place.place_id or None,
        "lat": place.lat,
        "lon": place.lon,
        "relation": place.relation,
        "precision": place.precision,
        "shape_id": place.shape_id or None,
        "start": place.start,
        "end": place.end,
    }
    other = other_end(place, reading.resolutions)
    if other is None:
        return [row]
    ends = {"start": other.mention.start, "end": other.mention.end}
    named = {"place": other.label, "place_id": other.place_id, "lat": other.lat, "lon": other.lon}
    return [row, {**row, **named, **ends}]


def _event(reading: Reading, event: Event, *, why: bool) -> dict[str, Any]:
    article = reading.article
    row: dict[str, Any] = {
        "id": event.id,
        "type": event.type,
        "date_start": event.date_start.isoformat() if event.date_start else None,
        "date_end": event.date_end.isoformat() if event.date_end else None,
        "date_text": event.date_text,
        "places": [row for place in event.places for row in _places(place, reading)],
        "actors": list(event.actors),
        "claimed_by": list(event.claimed_by),
        "denied_by": list(event.denied_by),
        "deaths": event.deaths,
        "wounded": event.wounded,
        "evidence": article.text[event.start : event.end],
        "evidence_start": event.start,
        "evidence_end": event.end,
        "trigger_start": event.trigger_start,
        "trigger_end": event.trigger_end,
        "background": event.background,
    }
    if why:
        row["why"] = {
            "date": event.date_rule,
            "reasons": list(event.reasons),
            "claims": [
                {
                    "stance": c.stance,
                    "claimant": c.claimant,
                    "hedge": c.hedge,
                    "sentence": article.text[c.start : c.end],
                }
                for c in event.claims
            ],
        }
    return row
