"""The words of clashmap itself about an event: place, date and tolls, the same for every side."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geo.precision import BESIDE, kilometres

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from geo.model import EventPlace, Figure, Shape

TITLE_MAX, SENTENCE_MAX, NAME_MAX = 300, 2000, 120
"""Caps on what is shown; the full text stays in the article."""

# Relations that put something beside a line ("20 km from the border"), not on it.
BESIDE_LINES = ("near", "distance", "bearing")
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


@cache
def words() -> Any:  # noqa: ANN401 - a catalogue of strings, nested as its file is
    """The English catalogue of the page."""
    return json.loads((files("geo") / "leaflet" / "page" / "en.json").read_text(encoding="utf-8"))


def shown(text: str, cap: int = SENTENCE_MAX) -> str:
    """The text as it may be shown: NFC, no control characters, white space folded, capped.

    Marks of writing direction stay: the page isolates every piece of text instead.
    """
    folded = " ".join(_UNSHOWN.sub("", unicodedata.normalize("NFC", text)).split())
    return folded if len(folded) <= cap else folded[: cap - 1] + "…"


def safe_url(url: str) -> str:
    """The address where it is plain http or https to a named host without a user part, else ""."""
    if not url or len(url) > SENTENCE_MAX or re.search(r"[\s\\<>\"`\x00-\x20\x7f-\x9f]", url):
        return ""
    if _UNSHOWN.search(url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return ""
    return url


def degrees(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    """The point rounded to about 10 m, or None where it is not on the globe."""
    if lat is None or lon is None or not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    if abs(lat) > 90 or abs(lon) > 180:
        return None
    return round(lat, 4) + 0.0, round(lon, 4) + 0.0


def long_date(day: dt.date | None, *, weekday: bool = False) -> str:
    """'29 September 2020', or 'Tuesday, 29 September 2020'."""
    w = words()
    if day is None:
        return str(w["no_date"])
    text = f"{day.day} {w['months'][day.month - 1]} {day.year}"
    return f"{w['weekdays'][day.weekday()]}, {text}" if weekday else text


def short_date(day: dt.date | None) -> str:
    """'29 Sept 2020', or 'undated'."""
    w = words()
    if day is None:
        return str(w["undated_source"])
    return f"{day.day} {w['months_short'][day.month - 1]} {day.year}"


def date_span(start: dt.date | None, end: dt.date | None, *, short: bool = False) -> str:
    """One day or 'A to B'."""
    write = short_date if short else long_date
    if start is None or end is None or start == end:
        return write(start or end)
    if (start.year, start.month) == (end.year, end.month):
        return str(words()["range"]).format(start.day, write(end))
    return str(words()["range"]).format(write(start), write(end))


def listing(names: Iterable[str]) -> str:
    """'A, B and C'."""
    comma, last = words()["join"]
    *first, final = list(names) or [""]
    return str(last).join([str(comma).join(first), final]) if first else final


def _pattern_key(place: EventPlace, shape: Shape | None) -> str:
    """The row of the catalogue for a place: its relation, or a finer form of it."""
    relation = str(place.relation)
    # A river is a line without another line's name; a state with a point is beside some border.
    course = place.precision == "line" and not place.shape_id and place.lat is None
    finer = {
        "in": "at" if place.precision == "exact" else "along" if course else "",
        "bearing": "bearing-distance" if place.distance_km else "",
        "distance": "bearing-distance" if place.distance_km and place.bearing else "",
        "near": "within" if place.distance_km else "",
        "outskirts": "part-of-outskirts" if place.part else "",
        "between": "halfway" if place.part else "",
        "along-line": "along-named-line" if shape is not None else "along" if course else "",
        "section-of-border": "part-of-border" if place.part else "",
        "part-of": "named-part-of" if place.part else "",
    }
    key = finer.get(relation) or relation
    return f"{key}-line" if place.shape_id and relation in BESIDE_LINES else key


def _unbraced(text: str) -> str:
    """The text without braces, which would be taken for slots of a pattern."""
    return shown(text, NAME_MAX).replace("{", "(").replace("}", ")")


def place_pattern(place: EventPlace, shape: Shape | None = None, *, table: str = "where") -> str:
    """'in the direction of {}': the words of a place with {} left for its name.

    ``table`` "where" gives the words of titles, "token" the short form on the map.
    """
    w = words()
    pattern = str(w[table][_pattern_key(place, shape)])
    several = place.relation == "bearing" and len(place.part) > 1
    sides = [_unbraced(side) for side in (place.part if several else (place.bearing,))]
    part = listing(str(w["parts"].get(p, _unbraced(p))) for p in place.part)
    values = {
        "{km}": "?" if place.distance_km is None else kilometres(place.distance_km * 1000),
        "{bearing}": listing(str(w["compass"].get(side, side)) for side in sides),
        "{point}": listing(sides),
        "{part}": part,
        "{line}": _unbraced(shape.label) if shape else str(w["a_line"]),
    }
    for slot, value in values.items():
        pattern = pattern.replace(slot, value)
    return (
        pattern[:1].upper() + pattern[1:] if table == "token" and "{}" not in pattern else pattern
    )


def location_pattern(place: EventPlace, *, drawn: bool) -> str:
    """One sentence, with {} for the name, on what the report says of the place and what not."""
    table = words()["location"]
    key = _location_key(place)
    sentence = str(table[key])
    if key in {"district", "border", "line", "region", "course", "near-area", "part"} and not drawn:
        sentence = f"{sentence} {table['no-outline']}"
    return sentence


def _location_key(place: EventPlace) -> str:
    """The row of the catalogue: the precision class, or a finer form of it."""
    if place.place and not place.place_id:
        return "told" if place.precision != "none" else "unknown"
    key, relation = str(place.precision), str(place.relation)
    if place.shape_id and relation in BESIDE_LINES:
        return "beside-line"
    about = {"around": relation, "outskirts": relation, "in": "settlement"}.get(relation, "near")
    arc = "bearing-distance" if place.distance_km and place.bearing else key
    wide = "near-area" if relation in BESIDE else "part" if relation == "part-of" else key
    finer = {
        "near": "within" if place.distance_km else about,
        "bearing": arc,
        "distance": arc,
        "line": key if place.shape_id else "course",
        "district": wide,
        "region": wide,
        "settlement": wide,
    }
    return finer.get(key, key)


def figure_text(figure: Figure) -> str:
    """'At least 3 killed, 7 wounded (Xland, military), according to Y': one speaker's toll."""
    w = words()["figures"]
    bound = f"{shown(figure.bound, NAME_MAX)} " if figure.bound else ""
    counts = [
        str(w[word]).format(bound=bound, n=n)
        for word, n in (("killed", figure.killed), ("wounded", figure.wounded))
        if n is not None
    ]
    who = [shown(figure.side, NAME_MAX)] if figure.side else []
    who += [str(w[figure.kind])] if figure.kind else []
    text = ", ".join(counts)
    if who:
        text += str(w["of"]).replace("{who}", ", ".join(who))
    if figure.date_start is not None or figure.date_end is not None:
        text += f", {date_span(figure.date_start, figure.date_end)}"
    speakers = listing([shown(name, NAME_MAX) for name in figure.claimed_by])
    text += str(w["says"]).replace("{by}", speakers) if figure.claimed_by else str(w["own"])
    return text[:1].upper() + text[1:]
