"""Whether a place lies in another by what the records state, de jure or de facto."""

from __future__ import annotations

from geo.lookup.answers import DE_FACTO, DE_JURE, dates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from geo.lookup.answers import Holding


def path_up(
    place_id: str, areas: Collection[str], holdings: Callable[[str], tuple[Holding, ...]], on: str
) -> list[Holding]:
    """Give the statements that lead from a place up to the first of ``areas``; none: it is in none.

    A chain of de jure statements goes before a shorter one with de facto links. ``on`` is an ISO
    date; '' takes statements of any time, if there was a day on which all of a chain held.
    """
    for allowed in ((DE_JURE,), (DE_JURE, DE_FACTO)):
        queue: list[tuple[str, list[Holding]]] = [(place_id, [])]
        seen = {(place_id, ("", ""))}
        for at, path in queue:
            for stated in holdings(at):
                if stated.what not in allowed or not stated.holds(on):
                    continue
                longer = [*path, stated]
                start, end = together(longer)
                reached = stated.other, (start, end)
                if reached in seen or stated.other == place_id or (start and end and start > end):
                    continue
                if stated.other in areas:
                    return longer
                seen.add(reached)
                queue.append((stated.other, longer))
    return []


def together(path: list[Holding]) -> tuple[str, str]:
    """Give first and last day on which all statements of a path held; '' is open."""
    starts = [stated.start for stated in path if stated.start]
    ends = [stated.end for stated in path if stated.end]
    return max(starts, default=""), min(ends, default="")


def reason_in(path: list[Holding]) -> str:
    """Say in words that a place is in the area that a path leads to, when, and by whose count."""
    count = DE_JURE if all(stated.what == DE_JURE for stated in path) else "de facto"
    said = dates(*together(path))
    return f"in {path[-1].label} ({count}{f', {said}' if said else ''})"
