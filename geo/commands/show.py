"""How an answer of the look-up index is printed: as lines, or as one JSON object."""

from __future__ import annotations

from geo.lookup.answers import DE_FACTO, HELD, dates, holds
from geo.terminal import bold, safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.lookup.answers import Answer, Form, Holding, Sighting


class Wish:
    """What the user wants to see first: names of a script; what was so on an ISO date."""

    __slots__ = ("on", "script")

    def __init__(self, *, on: str = "", script: str = "") -> None:
        """Take the wishes; '' is none."""
        self.on, self.script = on, script

    def sorted(self, forms: Iterable[Form]) -> list[Form]:
        """Give names in the order of the record, but of the script and valid on the day first."""
        return sorted(forms, key=lambda form: (form.script != self.script, not self.holds(form)))

    def holds(self, dated: Answer | Form | Holding) -> bool:
        """Tell whether something was so on the day."""
        return holds(dated.start, dated.end, self.on)

    def name(self, answer: Answer) -> str:
        """Give the first name in the script; '' where there is none, or no script was asked for."""
        forms = (form for form in self.sorted(answer.forms) if form.script == self.script)
        return next((form.text for form in forms), "")


def describe(answer: Answer, wish: Wish) -> Iterator[str]:
    """Yield the lines that tell all the index knows of a place; safe for a terminal."""
    name = wish.name(answer)
    matched = f": matched {safe(answer.matched)}" if answer.matched else ""
    why = f" ({safe(', '.join(answer.reasons))})" if answer.reasons else ""
    label = safe(f"{name} ({answer.label})" if name else answer.label)
    yield f"{bold(safe(answer.id))}  {label}{matched}{why}"
    dated = _dated(answer) + ("" if wish.holds(answer) else f"  not there on {wish.on}")
    yield f"  what:    {safe(answer.word)} ({answer.kind}, {safe(answer.code)}){dated}"
    yield f"  where:   {spot(answer)}; {answer.certainty}" + (
        f"; extends about {_metres(answer.extent_m)} from there" if answer.extent_m else ""
    ) + _source("; ".join(answer.spot_sources))  # fmt: skip
    yield from _compared(answer)
    yield from _lines("names:", [_form(form, wish) for form in wish.sorted(answer.forms)])
    yield from _lines("in:", _belongings(answer, wish))
    yield from _lines("held by:", _holders(answer, wish))
    if answer.superseded_by:
        yield f"  now:     superseded by {safe(answer.superseded_by)}"
    if answer.note:
        yield f"  note:    {safe(answer.note)}"
    if answer.links:
        yield f"  also:    {safe(answer.links)}"
    yield from _lines("sources:", [safe(source) for source in answer.sources.split("\n")])
    yield f"  pack:    {safe(answer.pack)}"


def spot(answer: Answer) -> str:
    """Give coordinates and how exact they are, in words."""
    return (
        f"{answer.lat:.5f}, {answer.lon:.5f} ({answer.location_kind}, within"
        f" {_metres(answer.accuracy_m)})"
    )


def exactness(answer: Answer) -> str:
    """Give accuracy, certainty and sources of a complete answer's point; safe for a terminal."""
    said = [f"within {_metres(answer.accuracy_m)}", answer.certainty, *answer.spot_sources]
    said += [_puts(seen) for seen in answer.compared if answer.disagrees(seen)]
    return safe("; ".join(said))


def as_json(answer: Answer, wish: Wish, **more: object) -> str:
    """Give all that is known as one JSON object in one line, in ASCII; ``more`` comes first."""
    from json import dumps

    record: dict[str, object] = {
        key: value for key, value in more.items() if value not in (None, "")
    }
    if wish.on:
        record |= {"on": wish.on, "valid": wish.holds(answer)}
    if wish.script:
        record |= {"script": wish.script, "name": wish.name(answer) or None}
    if answer.matched:
        record |= {"matched": answer.matched, "how": answer.how, "reasons": answer.reasons}
    if answer.km is not None:
        record["km"] = round(answer.km, 3)
    unsaid = {"number", "sources", "links"}
    record |= {key: getattr(answer, key) for key in answer.COLUMNS if key not in unsaid}
    record |= {
        "location_sources": answer.spot_sources,
        "compared": [_seen(answer, seen) for seen in answer.compared],
        "parents": answer.parents,
        "parent_ids": [stated.other for stated in answer.above],
        "names": [_fields(form, wish) for form in wish.sorted(answer.forms)],
        "holdings": [_fields(holding, wish) for holding in answer.holdings],
        "holdings_of_parents": [
            {"of": label, **_fields(holding, wish)} for label, holding in answer.holdings_above
        ],
        "concordances": dict(link.split(":", 1) for link in answer.links.split()),
        "sources": answer.sources.split("\n"),
    }
    return dumps(record, allow_nan=False)


def brief(answer: Answer) -> dict[str, object]:
    """Give what JSON output tells of a place that is not the answer itself; it is complete."""
    return {
        "id": answer.id,
        "label": answer.label,
        "kind": answer.kind,
        "word": answer.word,
        "lat": answer.lat,
        "lon": answer.lon,
        "accuracy_m": answer.accuracy_m,
        "certainty": answer.certainty,
        "location_sources": answer.spot_sources,
        "compared": [_seen(answer, seen) for seen in answer.compared],
    }


def stated(holding: Holding, wish: Wish) -> str:
    """Give a dated statement with its source, marked where it was not so on the day."""
    said = f"{holding.label}{_dated(holding)}  [{holding.source}]"
    return safe(said) + ("" if wish.holds(holding) else f"  not on {wish.on}")


def _lines(title: str, said: Iterable[str]) -> Iterator[str]:
    """Yield lines with the title before the first."""
    for number, line in enumerate(said):
        yield f"  {'' if number else title:8} {line}"


def _compared(answer: Answer) -> Iterator[str]:
    for seen in answer.compared:
        title = "but:" if answer.disagrees(seen) else "agrees:"
        yield f"  {title:8} {safe(_puts(seen))}, at {seen.lat:.5f}, {seen.lon:.5f}"


def _puts(seen: Sighting) -> str:
    return f"another source ({seen.source}) puts it {seen.km:.1f} km {seen.wind}"


def _belongings(answer: Answer, wish: Wish) -> Iterator[str]:
    if answer.above:
        on = f", {wish.on}" if wish.on else ""
        source = _source(answer.above[0].source)
        yield f"{safe(' > '.join(answer.parents))} (de jure{on}){source}"
    for holding in answer.holdings:
        if holding.what == DE_FACTO:
            said = f"{holding.label} (de facto{_dated(holding)})  [{holding.source}]"
            yield safe(said) + ("" if wish.holds(holding) else f"  not on {wish.on}")


def _holders(answer: Answer, wish: Wish) -> list[str]:
    """The holders of the place itself, or, where none is stated, those of what it lies in."""
    held = [holding for holding in answer.holdings if holding.what == HELD]
    held.sort(key=lambda holding: not wish.holds(holding))
    above = sorted(answer.holdings_above, key=lambda entry: not wish.holds(entry[1]))
    return [stated(holding, wish) for holding in held] + [
        f"{safe(label)} as a whole: {stated(holding, wish)}" for label, holding in above
    ]


def _seen(answer: Answer, seen: Sighting) -> dict[str, object]:
    fields: dict[str, object] = {key: getattr(seen, key) for key in seen.COLUMNS}
    return {**fields, "disagrees": answer.disagrees(seen)}


def _fields(record: Form | Holding, wish: Wish) -> dict[str, object]:
    known: dict[str, object] = {
        key: value for key in record.COLUMNS if (value := getattr(record, key))
    }
    return {**known, "valid": wish.holds(record)} if wish.on else known


def _form(form: Form, wish: Wish) -> str:
    user = f", used by {form.user}" if form.user else ""
    said = f"{form.text}  ({form.status}{user}; {form.language}, {form.script}{_dated(form)})"
    return safe(said) + ("" if wish.holds(form) else f"  not valid on {wish.on}")


def _dated(dated: Answer | Form | Holding) -> str:
    said = dates(dated.start, dated.end)
    return f", {said}" if said else ""


def _source(source: str) -> str:
    return f"  [{safe(source)}]" if source else ""


def _metres(metres: int) -> str:
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres} m"
