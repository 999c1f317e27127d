"""Events as a GeoDataFrame, such a frame as events, and names as a GeoDataFrame of their places.

The only importer of geopandas.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd

from geo.errors import InputError
from geo.files import geojson
from geo.gazetteer.naming import Question, resolve_name
from geo.pipeline import Build
from geo.rows import EventRow, PlaceRow, event_rows
from geo.stored import read_events, rows_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from geo.gazetteer import Gazetteer
    from geo.lookup.verdicts import Verdict

WGS84 = "EPSG:4326"
DATES = ("date_start", "date_end", "published")
# A column of whole numbers in which one is missing is a column of decimals in pandas.
_OFFSETS = ("evidence_start", "evidence_end", "start", "end")
_CODES = ("ucdp_where_prec", "acled_geo_precision")
_OF_NAME = (
    "place_id", "label", "matched", "how", "candidates", "certainty", "accuracy_m", "reason",
)  # fmt: skip
_OF_PLACE = tuple(name for name in PlaceRow.__struct_fields__ if name != "geometry")
_OF_EVENT = tuple(name for name in EventRow.__struct_fields__ if name != "places")


def to_frame(events: Build | Iterable[EventRow]) -> geopandas.GeoDataFrame:
    """One row for each place of each event, in WGS 84, indexed by the id of its GeoJSON Feature.

    Columns are the properties of ``map.geojson``. Dates are pandas times, NaT where not known.
    A place that is not drawn, and an event without a place, has no geometry.
    """
    if isinstance(events, Build):
        drawn: dict[str, list[Any]] = {}
        for layer in events.layers:
            for feature in layer.features:
                drawn.setdefault(feature.event_id, []).append(feature)
        events = event_rows(events.readings, {key: tuple(found) for key, found in drawn.items()})
    features = json.loads(geojson(tuple(events)))["features"]
    columns = ["geometry", *_OF_EVENT, *_OF_PLACE]
    frame = geopandas.GeoDataFrame.from_features(features, crs=WGS84, columns=columns)
    frame.index = pd.Index([feature["id"] for feature in features], name="id")
    for name in DATES:
        frame[name] = pd.to_datetime(frame[name])
    return frame


def from_geojson(path: Path) -> geopandas.GeoDataFrame:
    """The frame of a ``map.geojson`` or ``events.jsonl``; InputError where the file is none."""
    return to_frame(read_events(path))


def from_frame(frame: geopandas.GeoDataFrame) -> tuple[EventRow, ...]:
    """The events of a frame that ``to_frame`` made and that was filtered or corrected since.

    Rows of one ``event_id`` are the places of one event. InputError names a column that is
    missing or holds what no event can.
    """
    try:
        rows = frame.to_crs(WGS84).to_dict("records")
        return rows_of({"features": [_feature(row) for row in rows]})
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"the frame does not hold events ({error}); keep the columns that to_frame gives"
        ) from error


def resolve(
    names: pd.Series | Iterable[object],
    gazetteer: Gazetteer,
    *,
    on: dt.date | None = None,
    near: tuple[float, float] | None = None,
) -> geopandas.GeoDataFrame:
    """The places of names in WGS 84: one row for each, in their order and with their index.

    ``how`` is "id", or how the name matched: "exact", "folded", "label" or "romanised". Where it is
    "ambiguous", "unknown" or "empty" there is no place, no geometry and a reason. ``candidates``
    are the ids of all places of the name, best first, with "; " between. ``on`` is a day and
    ``near`` a point (lat, lon): both may decide between places.

    >>> from geo.gazetteer import load_gazetteer
    >>> frame = resolve(["Київ", "Nowhere at all"], load_gazetteer("world"))
    >>> frame["how"].tolist()
    ['exact', 'unknown']
    """
    series = names if isinstance(names, pd.Series) else pd.Series(list(names), dtype=object)
    asked = Question(on, near)
    texts = [_text(cell) for cell in series]
    known = {text: resolve_name(gazetteer, text, asked) for text in dict.fromkeys(texts)}
    features = [_resolved(known[text], gazetteer) for text in texts]
    columns = ["geometry", *_OF_NAME]
    frame = geopandas.GeoDataFrame.from_features(features, crs=WGS84, columns=columns)
    frame["accuracy_m"] = frame["accuracy_m"].astype("Int64")
    frame.index = series.index
    return frame


def _resolved(verdict: Verdict, gazetteer: Gazetteer) -> dict[str, Any]:
    place = gazetteer.places.get(verdict.place_id)
    spot = place.location if place else None
    known = {
        "place_id": place.id if place else None,
        "label": place.label if place else None,
        "matched": verdict.matched or None,
        "how": verdict.how,
        "candidates": "; ".join(verdict.candidates),
        "certainty": place.certainty if place else None,
        "accuracy_m": spot.accuracy_m if spot else None,
        "reason": verdict.reason,
    }
    point = {"type": "Point", "coordinates": [spot.lon, spot.lat]} if spot else None
    return {"properties": known, "geometry": point}


def _text(cell: object) -> str:
    """The text of a cell; what pandas writes for nothing is no text."""
    if cell is None or (pd.api.types.is_scalar(cell) and pd.isna(cell)):
        return ""
    return str(cell).strip()


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    shape = row.pop("geometry")
    known = {name: _plain(name, value) for name, value in row.items()}
    if known["place"] is None:  # an event that names no place
        known = {name: value for name, value in known.items() if name not in _OF_PLACE}
    # Through JSON, so that tuples come back as the lists that every reader of GeoJSON gives.
    geometry = None if shape is None else json.loads(json.dumps(shape.__geo_interface__))
    return {"properties": known, "geometry": geometry}


def _plain(name: str, value: Any) -> object:  # noqa: ANN401 - whatever a cell holds
    """What JSON would hold: pandas has its own words for nothing, whole numbers and days."""
    if not pd.api.types.is_scalar(value):
        return value.tolist() if hasattr(value, "tolist") else value
    if pd.isna(value):
        return None
    if name in DATES:
        return pd.Timestamp(value).date()
    return int(value) if name in _OFFSETS + _CODES else value
