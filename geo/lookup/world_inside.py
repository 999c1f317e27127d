"""Which places of the world lie in areas: by the codes of divisions that GeoNames gives them.

A division of a pack is tied to its code by its number in GeoNames, where an import holds that
number, or by its code of ISO 3166-2 in the countries for which GeoNames has these. Where no code
tells, the outline of the area does, if the packs have one.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from geo.lookup.index import Index
    from geo.lookup.world import World
    from geo.lookup.world_answers import WorldAnswer

# GeoNames' readme: "most adm1 are FIPS codes. ISO codes are used for US, CH, BE and ME".
_ISO_CODED = ("US", "CH", "BE", "ME")
# How many of the codes of country, first and second division name a division of that level.
_LEVELS = {"A.ADM1": 2, "A.ADM2": 3}


class Areas:
    """Areas of packs, or of the world, to look in. ``countries`` are those that they lie in."""

    def __init__(self, index: Index, world: World, areas: tuple[str, ...]) -> None:
        """Take the ids of the areas."""
        self._index, self._areas = index, areas
        self._labels: dict[tuple[str, ...], str] = {}
        for area in areas:
            self._note(world, area)
        self.countries = tuple(sorted({codes[0] for codes in self._labels}))

    def hold(self, answer: WorldAnswer) -> bool:
        """Tell whether a place is in one of the areas; say so in its reasons."""
        label = self._label(answer)
        if label:
            answer.reasons = (*answer.reasons, f"in {label}")
        return label != ""

    def _note(self, world: World, area: str) -> None:
        place = self._index.place(area) or world.place(area)
        for link in place.links.split() if place else ():
            authority, _, value = link.partition(":")
            codes: tuple[str, ...] = ()
            if authority == "iso3166-1":
                codes = (value,)
            elif authority == "iso3166-2" and value.startswith(_ISO_CODED):
                codes = tuple(value.split("-", 1))
            elif authority == "geonames" and (listed := world.place(f"geonames-{value}")):
                level = 1 if listed.kind == "country" else _LEVELS.get(listed.code, 0)
                codes = listed.admin[:level]
            if place and codes and all(codes):
                self._labels.setdefault(codes, place.label)

    def _label(self, answer: WorldAnswer) -> str:
        for codes, label in self._labels.items():
            if answer.admin[: len(codes)] == codes:
                return label
        if not self._labels:
            for area in self._index.areas(lat=answer.lat, lon=answer.lon):
                if area.place in self._areas and area.inside and not area.doubtful:
                    return area.label
        return ""
