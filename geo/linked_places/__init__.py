"""Packs as Linked Places, and Linked Places as packs.

Linked Places (LPF) is GeoJSON-LD for gazetteers, LP-TSV its flat form; both are described at
https://github.com/LinkedPasts/linked-places-format. What LPF has no field for goes into members
whose names begin with ``clashmap:``, which other readers leave alone; so a pack that was written
as LPF is read back as it was. LP-TSV holds less: ``FLAT_LOSSES`` says what it loses.
"""

from geo.linked_places.collection import lpf
from geo.linked_places.flat import FLAT_LOSSES, lp_tsv
from geo.linked_places.importing import import_pack

__all__ = ["FLAT_LOSSES", "import_pack", "lp_tsv", "lpf"]
