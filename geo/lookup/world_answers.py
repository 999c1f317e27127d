"""A place of the world as it is answered with, and why it ranks where it does."""

from __future__ import annotations

from geo.lookup.answers import WORLD_LIST, Answer
from geo.lookup.ranking import HOWS, name_rank
from geo.lookup.world_forms import HISTORIC, form_at, read_forms

TYPE_CHECKING = False
if TYPE_CHECKING:
    Row = tuple[object, ...]

PACK = WORLD_LIST
# Degrees are kept as whole numbers, see world_cells.
_SCALE = 100_000.0


class WorldAnswer(Answer):
    """A place of GeoNames. ``country`` is its code in GeoNames, ``population`` 0 where unknown."""

    __slots__ = ("admin", "country", "forms_text", "population", "sheet")

    def __init__(self, row: Row, *, near: tuple[float, float] | None = None) -> None:
        """Take a row of the query in ``geo.lookup.world``."""
        id_, name, lat, lon, population, forms, citation, code, word, kind, accuracy, point = row[
            :12
        ]
        note = f"population {population:,} (GeoNames)" if population else ""
        super().__init__(
            (
                id_, f"geonames-{id_}", PACK, kind, code, word, name,
                int(lat) / _SCALE, int(lon) / _SCALE,  # type: ignore[call-overload]
                accuracy, point, "likely", 0, "", "", "", note, citation, f"geonames:{id_}",
            )
        )  # fmt: skip
        self.population: int = int(population)  # type: ignore[call-overload]
        self.forms_text = str(forms)
        self.country = str(row[12])
        self.admin = (self.country, str(row[13]), str(row[14]))
        self.sheet = 0
        if near:
            from geo.lookup.distances import haversine_km

            self.km = haversine_km(lat=near[0], lon=near[1], to_lat=self.lat, to_lon=self.lon)

    def weigh(self, name: str, n: int, *, countries: tuple[str, ...]) -> None:
        """Say which name matched, and how good an answer it is where somebody looks."""
        others = read_forms(self.forms_text) if n or self.label != name else []
        by_text = {form[0]: form for form in reversed(others)}
        exact = name == self.label or name in by_text
        if exact:
            self.matched = name
        else:
            self.matched = form_at(self.forms_text, n) if n else self.label
        former = self.matched != self.label and HISTORIC in by_text[self.matched][2]
        status = "former" if former else "alternate"
        inside = not countries or self.country in countries
        self.how = "exact" if exact else "folded"
        self.rank = name_rank(how=self.how, valid=inside, status=status, kind=self.kind, km=self.km)
        said = [HOWS[self.how], self.word]
        if former:
            said.append("a former name in GeoNames")
        if countries:
            said.append(f"in {self.country or 'no country'}, {'' if inside else 'not '}where asked")
        if self.km is not None:
            said.append(f"{self.km:.0f} km from the point given")
        if self.population:
            said.append(f"population {self.population:,}")
        self.reasons = tuple(said)


def order(answer: WorldAnswer) -> tuple[object, ...]:
    """Give a key to sort by, best first: where asked, then nearer, then of more people."""
    rank = answer.rank
    return (*rank[:3], -answer.population, *rank[3:], answer.number)
