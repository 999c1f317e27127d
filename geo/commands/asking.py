"""The places that a name or an id means: of the packs, and of the world behind them.

Curated places go before all others. Where the packs hold none of a name, the list of the world is
asked, if there is one and no pack was asked for.
"""

from __future__ import annotations

from geo.errors import UnknownPlace
from geo.lookup.answers import WORLD_LIST
from geo.lookup.ranking import ID_MARK
from geo.lookup.verdicts import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.lookup.answers import Answer
    from geo.lookup.index import Index
    from geo.lookup.world import World
    from geo.lookup.world_answers import WorldAnswer

_opened: list[World | None] = []
_AREAS = ("country", "province", "district", "region")


def the_world(packs: Sequence[str]) -> World | None:
    """Give the list of the world, opened once: a table asks for thousands of names.

    None where packs were asked for, or there is no such list.
    """
    if packs:
        return None
    if not _opened:
        from geo.lookup.world import open_world

        _opened.append(open_world())
    return _opened[0]


def completed(index: Index, answer: Answer, packs: Sequence[str]) -> Answer:
    """Add to an answer what it was not found by: names, parents, sources."""
    world = the_world(packs) if answer.pack == WORLD_LIST else None
    return world.complete(answer) if world else index.complete(answer)  # type: ignore[arg-type]


def areas_called(index: Index, text: str | None, packs: Sequence[str]) -> tuple[str, ...]:
    """Give the ids of all places of a name or id that others may lie in; none for None."""
    if text is None:
        return ()
    if found := index.ask(text):
        return tuple(answer.id for answer in found)
    world = the_world(packs)
    areas = [a.id for a in _of_the_world(world, text) if a.kind in _AREAS] if world else []
    if not areas:
        asked = hint(index, text, packs, suggestions(index, text, packs))
        raise UnknownPlace(f"no place is called {shown(text)}{asked}")
    return tuple(areas)


def places_called(
    index: Index,
    name: str,
    packs: Sequence[str],
    *,
    on: str = "",
    near: tuple[float, float] | None = None,
    inside: tuple[str, ...] = (),
) -> list[Answer]:
    """Give the places of a name or id, best first; ``inside`` are ids of areas."""
    found = index.ask(name, on=on, near=near, inside=inside)
    world = None if found else the_world(packs)
    if world is None:
        return found
    if not inside:
        return list(_of_the_world(world, name, near=near))
    from geo.lookup.world_inside import Areas

    areas = Areas(index, world, inside)
    answers = _of_the_world(world, name, near=near, countries=areas.countries)
    return [answer for answer in answers if areas.hold(answer)]


def suggestions(index: Index, name: str, packs: Sequence[str]) -> list[str]:
    """Give names that may have been meant by one that was not found."""
    near = index.suggest(name)
    if not near and (world := the_world(packs)):
        near = world.suggest(name)
    return near


def hint(index: Index, name: str, packs: Sequence[str], near: Sequence[str]) -> str:
    """Ask after a name that was not found: the part before its comma, or one of the names near."""
    before, comma, after = (part.strip() for part in name.partition(","))
    if comma and before and after and places_called(index, before, packs):
        return f"; try {shown(before)} with --in {shown(after)}"
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _of_the_world(
    world: World,
    name: str,
    *,
    near: tuple[float, float] | None = None,
    countries: Sequence[str] = (),
) -> list[WorldAnswer]:
    own = world.place(name.removeprefix(ID_MARK), near=near)
    if own is not None:
        own.identify(on="")
        return [world.complete(own)]
    if name.startswith(ID_MARK):
        return []
    answers = world.find(name, near=near, countries=countries)
    return [world.complete(answer) for answer in answers]
