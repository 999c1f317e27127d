"""Whether a place lies in another by what the records state, de jure or de facto."""

from __future__ import annotations

from geo.lookup.answers import DE_FACTO, DE_JURE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from geo.lookup.answers import Holding


def path_up(
    place_id: str, areas: Collection[str], holdings: Callable[[str], tuple[Holding, ...]], on: str
) -> list[Holding]:
    """Give the statements that lead from a place up to the first of ``areas``; none: it is in none.

    A chain of de jure statements goes before a shorter one with de facto links. ``on`` is an ISO
    date; '' takes statements of any time.
    """
    for allowed in ((DE_JURE,), (DE_JURE, DE_FACTO)):
        queue: list[tuple[str, list[Holding]]] = [(place_id, [])]
        seen = {place_id}
        for at, path in queue:
            for stated in holdings(at):
                if stated.what not in allowed or not stated.holds(on) or stated.other in seen:
                    continue
                if stated.other in areas:
                    return [*path, stated]
                seen.add(stated.other)
                queue.append((stated.other, [*path, stated]))
    return []


def reason_in(path: list[Holding]) -> str:
    """Say in words that a place is in the area that a path leads to, and by whose count."""
    area = path[-1].label
    links = [stated for stated in path if stated.what == DE_FACTO]
    if not links:
        return f"in {area} (de jure)"
    dates = " and ".join(filter(None, (stated.dates for stated in links)))
    return f"in {area} (de facto{f', {dates}' if dates else ''})"
