"""Events as layers: one for each type of event, and one for older history that starts off."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geo.model import Feature, Layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.model import Event

BACKGROUND = "background"


@cache
def event_types() -> tuple[Mapping[str, Any], ...]:
    """The vocabulary of event types in the order of the key: id, label, description."""
    return tuple(
        json.loads((files("geo") / "tables" / "event_types.json").read_text(encoding="utf-8"))
    )


def build_layers(
    events: Iterable[Event], features: Mapping[str, tuple[Feature, ...]]
) -> tuple[Layer, ...]:
    """Layers of the events' features; a type without an event gives no layer."""
    held: dict[str, list[Feature]] = {}
    for event in events:
        held.setdefault(BACKGROUND if event.background else event.type, []).extend(
            features.get(event.id, ())
        )
    layers = [
        Layer(id=row["id"], title=row["label"], features=tuple(held[row["id"]]))
        for row in event_types()
        if row["id"] in held
    ]
    if BACKGROUND in held:
        layers.append(
            Layer(
                id=BACKGROUND,
                title="Earlier history",
                features=tuple(held[BACKGROUND]),
                visible=False,
            )
        )
    return tuple(layers)
