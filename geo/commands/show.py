"""How an answer of the look-up index is printed: as lines, or as one JSON object."""

from __future__ import annotations

from geo.lookup.answers import holds
from geo.terminal import bold, safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.lookup.answers import Answer, Form, Holding


def describe(answer: Answer, *, on: str = "") -> Iterator[str]:
    """Yield the lines that tell all the index knows of a place; safe for a terminal."""
    matched = f": matched {safe(answer.matched)}" if answer.matched else ""
    why = f" ({safe(', '.join(answer.reasons))})" if answer.reasons else ""
    yield f"{bold(safe(answer.id))}  {safe(answer.label)}{matched}{why}"
    yield f"  what:    {safe(answer.word)} ({answer.kind}, {safe(answer.code)})" + _dated(answer)
    yield f"  where:   {spot(answer)}; {answer.certainty}" + (
        f"; extends about {_metres(answer.extent_m)} from there" if answer.extent_m else ""
    )
    for number, form in enumerate(answer.forms):
        yield f"  {'names:  ' if number == 0 else '        '} {_form(form, on)}"
    if answer.parents:
        yield f"  in:      {safe(' > '.join(answer.parents))} (de jure{f', {on}' if on else ''})"
    held = [h for h in answer.holdings if h.what == "de facto"]
    for number, holding in enumerate(held):
        yield f"  {'held by:' if number == 0 else '        '} {_holding(holding, on)}"
    if answer.superseded_by:
        yield f"  now:     superseded by {safe(answer.superseded_by)}"
    if answer.note:
        yield f"  note:    {safe(answer.note)}"
    if answer.links:
        yield f"  also:    {safe(answer.links)}"
    for number, source in enumerate(answer.sources.split("\n")):
        yield f"  {'sources:' if number == 0 else '        '} {safe(source)}"
    yield f"  pack:    {safe(answer.pack)}"


def spot(answer: Answer) -> str:
    """Give coordinates and how exact they are, in words."""
    return (
        f"{answer.lat:.5f}, {answer.lon:.5f} ({answer.location_kind}, within"
        f" {_metres(answer.accuracy_m)})"
    )


def as_json(answer: Answer, **more: object) -> str:
    """Give all that is known as one JSON object in one line, in ASCII."""
    from json import dumps

    skipped = {
        "number",
        "rank",
        "matched",
        "reasons",
        "km",
        "forms",
        "holdings",
        "sources",
        "links",
    }
    record: dict[str, object] = {key: value for key, value in more.items() if value}
    if answer.matched:
        record |= {"matched": answer.matched, "reasons": answer.reasons}
    if answer.km is not None:
        record["km"] = round(answer.km, 3)
    record |= {key: getattr(answer, key) for key in _order(answer) if key not in skipped}
    record["names"] = [_fields(form) for form in answer.forms]
    record["holdings"] = [_fields(holding) for holding in answer.holdings]
    record["concordances"] = dict(link.split(":", 1) for link in answer.links.split())
    record["sources"] = answer.sources.split("\n")
    return dumps(record, allow_nan=False)


def _order(answer: Answer) -> tuple[str, ...]:
    return (*answer.COLUMNS, "parents")


def _fields(record: Form | Holding) -> dict[str, str]:
    return {key: value for key in record.COLUMNS if (value := getattr(record, key))}


def _form(form: Form, on: str) -> str:
    user = f", used by {form.user}" if form.user else ""
    said = f"{form.text}  ({form.status}{user}; {form.language}, {form.script}{_dated(form)})"
    return safe(said) + ("" if holds(form.start, form.end, on) else f"  not valid on {on}")


def _holding(holding: Holding, on: str) -> str:
    said = f"{holding.label}{_dated(holding)}  [{holding.source}]"
    return safe(said) + ("" if holds(holding.start, holding.end, on) else f"  not on {on}")


def _dated(dated: Answer | Form | Holding) -> str:
    if dated.start and dated.end:
        return f", {dated.start} to {dated.end}"
    if dated.start:
        return f", from {dated.start}"
    return f", until {dated.end}" if dated.end else ""


def _metres(metres: int) -> str:
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres} m"
