"""Names that misspelt ones may have meant, for many at a time. Only ever a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.folding import whole_key
from geo.lookup.nearest import MOST_EDITS, NearestKeys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.gazetteer.name_index import KeyedForm


class Suggestion(NamedTuple):
    """A name of a pack, and by how many edits what was asked for differs from it, folded."""

    name: str
    edits: int


class Speller:
    """Names by their keys, and the keys by what they resemble."""

    def __init__(self, forms: Mapping[tuple[str, ...], tuple[KeyedForm, ...]]) -> None:
        self._forms = {" ".join(key): found for key, found in forms.items()}
        self._nearest = NearestKeys(self._forms)

    def suggest(self, name: str, *, edits: int = MOST_EDITS) -> tuple[Suggestion, ...]:
        """Give the names that are the fewest edits away, one for each way to fold, sorted by it."""
        key = whole_key(name)
        keys, distance = self._nearest.nearest(key, edits=edits) if key else ((), 0)
        return tuple(Suggestion(_shown(self._forms[key], name), distance) for key in keys)


def _shown(forms: Iterable[KeyedForm], typed: str) -> str:
    """Give the spelling nearest to how the user writes: the letters of a script stand together."""
    first = ord(typed.strip()[:1] or " ")
    names = (form for _, form, _ in forms)
    return min(
        names, key=lambda form: (form.status == "misspelling", abs(ord(form.text[0]) - first))
    ).text
