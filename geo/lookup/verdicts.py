"""What a name in a table comes to: a place, or the reason why none.

One rule for the look-up index and the gazetteer in memory, so that both say the same.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from geo.lookup.ranking import Rank

    class Candidate(Protocol):
        """A place of a name, as the index or the gazetteer gives it."""

        @property
        def id(self) -> str: ...  # noqa: D102
        @property
        def label(self) -> str: ...  # noqa: D102
        @property
        def word(self) -> str: ...  # noqa: D102
        @property
        def how(self) -> str: ...  # noqa: D102
        @property
        def matched(self) -> str: ...  # noqa: D102
        @property
        def rank(self) -> Rank: ...  # noqa: D102
        @property
        def reasons(self) -> tuple[str, ...]: ...  # noqa: D102


AMBIGUOUS, UNKNOWN, EMPTY = "ambiguous", "unknown", "empty"
# A name that is longer is cut in a message: somebody pasted a text.
LONGEST_SHOWN = 80
# Rivals named in a sentence; ``candidates`` has all.
_NAMED = 5


class Verdict:
    """What became of a name.

    ``how``: "id" or a key of ``geo.lookup.ranking.HOWS`` where ``place_id`` is set; else
    "ambiguous", "unknown" or "empty". ``candidates`` are the ids of all places of the name, best
    first, the chosen one too.
    """

    __slots__ = ("candidates", "how", "matched", "place_id", "reason")

    def __init__(
        self, *, place_id: str, how: str, matched: str, candidates: tuple[str, ...], reason: str
    ) -> None:
        """Take the parts."""
        self.place_id, self.how, self.matched = place_id, how, matched
        self.candidates, self.reason = candidates, reason


def verdict(
    name: str,
    found: Sequence[Candidate],
    *,
    decided: bool,
    suggest: Callable[[str], list[str]] | None = None,
) -> Verdict:
    """Give what a name comes to: its place only if something decides between several."""
    if not name.strip():
        return Verdict(place_id="", how=EMPTY, matched="", candidates=(), reason="no name")
    if not found:
        near = suggest(name) if suggest else []
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        reason = f"no place is called {shown(name)}{hint}"
        return Verdict(place_id="", how=UNKNOWN, matched="", candidates=(), reason=reason)
    candidates, first = tuple(answer.id for answer in found), found[0]
    if not decided:
        reason = (
            f"{len(found)} places are called {shown(name)} and nothing decides: {listed(found)}"
        )
        return Verdict(place_id="", how=AMBIGUOUS, matched="", candidates=candidates, reason=reason)
    reason = ", ".join(first.reasons)
    if len(found) > 1:
        reason += f"; goes before {listed(found[1:])}"
    return Verdict(
        place_id=first.id, how=first.how, matched=first.matched, candidates=candidates,
        reason=reason,
    )  # fmt: skip


def shown(name: str) -> str:
    """Give a name in quotes, cut where it is no name any more."""
    return repr(name if len(name) <= LONGEST_SHOWN else f"{name[:LONGEST_SHOWN]}...")


def listed(found: Sequence[Candidate]) -> str:
    """Give ids with label and word, the first few."""
    said = [f"{answer.id} ({answer.label}, {answer.word})" for answer in found[:_NAMED]]
    more = len(found) - len(said)
    return "; ".join(said) + (f"; and {more} more" if more > 0 else "")
