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
from geo.lookup.verdicts import EMPTY, Verdict
from geo.pipeline import Build
from geo.rows import EventRow, PlaceRow, event_rows
from geo.stored import read_events, rows_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from geo.gazetteer import Gazetteer

WGS84 = "EPSG:4326"
DATES = ("date_start", "date_end", "published")
# A column of whole numbers in which one is missing is a column of decimals in pandas.
_OFFSETS = ("evidence_start", "evidence_end", "start", "end")
_CODES = ("ucdp_where_prec", "acled_geo_precision")
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

    ``how`` is "id", "exact" or "folded" where there is a place. Where it is "ambiguous", "unknown"
    or "empty" there is none, no geometry and a reason; ``candidates`` are the ids of all places of
    the name. ``on`` is a day and ``near`` a point (lat, lon): both may decide between places.

    >>> from geo.gazetteer import load_gazetteer
    >>> frame = resolve(["Київ", "Nowhere at all"], load_gazetteer("world"))
    >>> frame[["place_id", "how", "accuracy_m"]].values.tolist()
    [['kyiv', 'exact', 10000], [None, 'unknown', <NA>]]
    """
    series = names if isinstance(names, pd.Series) else pd.Series(list(names), dtype=object)
    asked = Question(on, near)
    known = {text: resolve_name(gazetteer, text, asked) for text in dict.fromkeys(map(_name, series))}
    found = [known[_name(name)] for name in series]
    places = [gazetteer.places.get(verdict.place_id) for verdict in found]
    spots = [place.location if place else None for place in places]
    return geopandas.GeoDataFrame(
        {
            "name": series,
            "place_id": _column(place and place.id for place in places),
            "label": _column(place and place.label for place in places),
            "matched": _column(verdict.matched or None for verdict in found),
            "how": [verdict.how for verdict in found],
            "candidates": _column(verdict.candidates for verdict in found),
            "certainty": _column(place and place.certainty for place in places),
            "accuracy_m": pd.array([spot and spot.accuracy_m for spot in spots], dtype="Int64"),
            "reason": [verdict.reason for verdict in found],
        },
        geometry=[Point(spot.lon, spot.lat) if spot else None for spot in spots],
        crs=WGS84,
        index=series.index,
    )


def _name(cell: object) -> str:
    """The text of a cell; what pandas writes for nothing is no text."""
    if cell is None or (pd.api.types.is_scalar(cell) and pd.isna(cell)):
        return ""
    return str(cell).strip()


def _column(values):
    return 0


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
