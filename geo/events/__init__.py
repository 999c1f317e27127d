"""Events of one article: what happened, where, when, who says so, and the losses as told.

A sentence reports an event where a word of armed action stands beside a place that may be a site.
A sentence without a place of its own tells more of the event before it, or, with a date or a toll,
one more event at the place that the article is about. One place, one day, one type and the same
claimants are one event, however often the article tells it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.events.reader import EventReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.gazetteer import Gazetteer
    from geo.model import Article, Event, PlacePhrase, Resolution


def extract_events(
    article: Article,
    resolutions: Sequence[Resolution],
    phrases: Sequence[PlacePhrase],
    gazetteer: Gazetteer,
) -> tuple[Event, ...]:
    """The events of an article that has been read up to its places, in the order of the text."""
    return EventReader(article, resolutions, phrases, gazetteer).read()
