"""Places by their names: ranked once when the tables are made, not at every look-up."""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from geo.folding import name_key
from geo.lookup.ranking import Rank, name_rank

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from geo.gazetteer.name_index import KeyedForm
    from geo.model import Belonging, Name, Place, Shape


class Match(NamedTuple):
    """A place found by name, the form of its name that matched, and how."""

    place: Place
    name: Name
    how: str  # "exact", "folded" or "romanised": as the press writes the form
    pack: str


class NameTable:
    """What every name finds. ``forms`` are by the keys of the words, ``pack_of`` by place id."""

    def __init__(
        self,
        forms: Mapping[tuple[str, ...], Sequence[KeyedForm]],
        pack_of: Mapping[str, str],
    ) -> None:
        self._forms = forms
        self._pack_of = pack_of

    def find(self, name: str, *, on: dt.date | None) -> tuple[Match, ...]:
        """Give the places of a name, best first, each once."""
        if on is not None:
            return self._ranked(self._forms.get(name_key(name), ()), name, on)
        found = self._by_spelling.get(name)
        return self._by_key.get(name_key(name), ()) if found is None else found

    @cached_property
    def _by_spelling(self) -> Mapping[str, tuple[Match, ...]]:
        """Each spelling in the packs -> what it finds on any day."""
        return {
            name: self._ranked(forms, name, None)
            for forms in self._forms.values()
            for name in dict.fromkeys(form.text for _, form, how in forms if how == "folded")
        }

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, ...], tuple[Match, ...]]:
        """Each key -> what any other spelling of it finds on any day."""
        return {key: self._ranked(forms, None, None) for key, forms in self._forms.items()}

    def _ranked(
        self, forms: Sequence[KeyedForm], name: str | None, on: dt.date | None
    ) -> tuple[Match, ...]:
        """Give each place with its best form; ``name`` None: in none of their spellings."""
        found: dict[str, tuple[Rank, Match]] = {}
        for place, form, by_key in forms:
            how = "exact" if form.text == name else by_key
            match = Match(place, form, how, self._pack_of[place.id])
            if len(forms) == 1:
                return (match,)  # most names: there is nothing to rank
            # What another record took the place of is an answer that is no longer valid.
            valid = not place.superseded_by
            valid = valid and (on is None or (valid_on(form, on) and valid_on(place, on)))
            rank = name_rank(
                how=how, valid=valid, status=form.status, kind=place.kind, extent_m=place.extent_m
            )
            best = found.get(place.id)
            if best is None or rank < best[0]:
                found[place.id] = rank, match
        # The sort is stable: among equals the order of packs and of records stays.
        return tuple(match for _, match in sorted(found.values(), key=itemgetter(0)))


def valid_on(dated: Name | Place | Shape | Belonging, on: dt.date) -> bool:
    """Tell whether a dated record holds on a day; an open end holds for ever."""
    return (dated.start is None or dated.start <= on) and (dated.end is None or on <= dated.end)
