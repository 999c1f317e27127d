"""Print what a point belongs to: its district, province and country, and who held it.

The point is LAT LON, or the name or id of a place. Two things are told beside each other: the
outlines of areas, with how exact they are, and the record of the nearest settlement. A point that
is as near to an edge as an outline is exact may lie on either side, so both are named. Control is
told as the records state it, of the place that they state it of; none is inferred.

Exit code 1: no area and no settlement is known there.

Examples:
  clashmap which 40.18 44.51
  clashmap which 39.82,46.75 --on 2020-09-27
  clashmap which Goma --json

"""

from __future__ import annotations

from geo.commands.lookup import JSON, ON, PACK
from geo.commands.near import WHERE
from geo.commands.show import Wish, brief, exactness, stated
from geo.commands.spots import Spot, read_spot
from geo.lookup.answers import DE_FACTO, WORLD_LIST, dates
from geo.lookup.index import open_index
from geo.lookup.verdicts import shown
from geo.lookup.whereabouts import FARTHEST_KM, Parent, Whereabouts
from geo.terminal import bold, out, safe, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from geo.lookup.areas import Area
    from geo.options import Arguments

POSITIONALS = (WHERE,)
OPTIONS = (ON, JSON, PACK)


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.options import declare

    declare(parser, POSITIONALS, OPTIONS)


def run(args: Namespace | Arguments) -> int:
    """Print what is known of the point; give 1 if that is nothing."""
    index = open_index(args.pack)
    on = args.on or ""
    spot = read_spot(index, args.where, on=on, packs=args.pack)
    known = Whereabouts(index, lat=spot.lat, lon=spot.lon, on=on)
    if args.json:
        out(_as_json(spot, known, Wish(on=on)))
    elif known.areas or known.nearest:
        lines = list(_lines(spot, known, Wish(on=on)))
        out("\n".join([*lines, *_cited(known, lines)]))
    if not (known.areas or known.nearest):
        say(
            f"clashmap: nothing is known at {spot.label}: no area's outline holds it, and no"
            f" settlement of the packs is within {FARTHEST_KM:g} km{_listed_in(spot)}"
        )
        return 1
    return 0


def _listed_in(spot: Spot) -> str:
    """Say what a place of the world is recorded in there; '' for any other."""
    place = spot.place
    if place is None or place.pack != WORLD_LIST or not place.parents:
        return ""
    return f"; {shown(place.label)} is recorded in {' > '.join(map(shown, place.parents))}"


def _lines(spot: Spot, known: Whereabouts, wish: Wish) -> Iterator[str]:
    on = f" on {wish.on}" if wish.on else ""
    place = f"  {safe(spot.label)}  [{exactness(spot.place)}]" if spot.place else ""
    yield f"{bold(f'{spot.lat:.5f}, {spot.lon:.5f}')}{on}{place}"
    told: set[str] = set()
    for kind, areas in known.areas.items():
        for number, area in enumerate(areas):
            title = "or" if number else f"{kind or 'area'}:"
            yield f"  {title:11} {_area(area)}"
            if area.inside and area.place not in told:
                yield from _chain("in", known.above.get(area.place, []), wish)
            told.add(area.place)
    if not known.areas:
        yield f"  {'area:':11} no outline is known there"
    if nearest := known.nearest:
        what = f"{safe(nearest.label)} ({safe(nearest.word)}, {safe(nearest.id)})"
        yield f"  {'nearest:':11} {what}, {nearest.km:.1f} km away  [{exactness(nearest)}]"
        yield from _chain("recorded in", known.nearest_above, wish)
        for holding in nearest.holdings:
            if holding.what == DE_FACTO and wish.holds(holding):
                yield f"  {'':11} counted de facto into {stated(holding, wish)}"
    yield from _verdict(known)
    for number, (label, holding) in enumerate(known.holders):
        title = "" if number else "held by:"
        yield f"  {title:11} {stated(holding, wish)}  (said of {safe(label)})"
    if not known.holders:
        yield f"  {'held by:':11} no record states anybody{on}"


def _cited(known: Whereabouts, lines: list[str]) -> Iterator[str]:
    """Yield the citations of the sources that the lines name."""
    parents = [*known.nearest_above, *(p for chain in known.above.values() for p in chain)]
    texts = [area.citations for areas in known.areas.values() for area in areas]
    texts += [known.nearest.sources] if known.nearest else []
    texts += [text for answer in known.places.values() for text in (answer.sources,)]
    texts += [parent.answer.sources for parent in parents]
    named = "\n".join(lines)
    found = dict.fromkeys(source for text in texts for source in text.split("\n") if source)
    used = [source for source in found if _names(named, source.partition(":")[0])]
    for number, source in enumerate(used):
        yield f"  {'' if number else 'sources:':11} {safe(source)}"


def _names(text: str, source: str) -> bool:
    """Tell whether a text cites a source, in square brackets."""
    return any(f"{before}{source}{after}" in text for before in "[ " for after in " ;]")


def _area(area: Area) -> str:
    said = dates(area.start, area.end)
    side = "inside" if area.inside else "outside"
    outline = f"; outline of {said}" if said else ""
    doubt = f", so it may be {'outside' if area.inside else 'inside'}" if area.doubtful else ""
    return safe(
        f"{area.label} ({area.place}{outline}): {area.edge_km:.1f} km {side} the edge, which is"
        f" known within {area.tolerance_km:g} km{doubt}  [{area.sources}]"
    )


def _chain(word: str, parents: list[Parent], wish: Wish) -> Iterator[str]:
    for parent in parents:
        yield f"  {'':11} {word} {safe(parent.answer.word)} {stated(parent.stated, wish)}"
        word = "in"


def _verdict(known: Whereabouts) -> Iterator[str]:
    if known.agrees is False:
        yield "  but:        the outlines and the record of the nearest settlement disagree"
    elif known.agrees:
        yield "  agree:      the record of the nearest settlement names one of the areas above"


def _as_json(spot: Spot, known: Whereabouts, wish: Wish) -> str:
    from json import dumps

    nearest = None
    if known.nearest:
        nearest = {
            "km": round(known.nearest.km or 0.0, 3), **brief(known.nearest),
            "parents": _parents(known.nearest_above),
        }  # fmt: skip
    record = {
        "lat": spot.lat, "lon": spot.lon, "on": wish.on or None,
        "place": spot.as_dict() if spot.place else None,
        "areas": [
            {
                "id": area.place, "label": area.label, "kind": area.kind, "word": area.word,
                "inside": area.inside, "edge_km": round(area.edge_km, 3),
                "tolerance_km": area.tolerance_km,
                "certainty": "uncertain" if area.doubtful else "certain",
                "outline": area.outline, "start": area.start, "end": area.end,
                "sources": area.sources.split("; "), "citations": area.citations.split("\n"),
                "note": area.note, "parents": _parents(known.above.get(area.place, [])),
            }
            for areas in known.areas.values() for area in areas
        ],
        "nearest_settlement": nearest, "agrees": known.agrees,
        "held_by": [
            {
                "of": label, "holder": held.other, "label": held.label, "start": held.start,
                "end": held.end, "source": held.source,
            }
            for label, held in known.holders
        ],
    }  # fmt: skip
    return dumps(record, allow_nan=False)


def _parents(parents: list[Parent]) -> list[dict[str, object]]:
    return [
        {
            "id": parent.answer.id, "label": parent.answer.label, "kind": parent.answer.kind,
            "start": parent.stated.start, "end": parent.stated.end, "source": parent.stated.source,
        }
        for parent in parents
    ]  # fmt: skip
