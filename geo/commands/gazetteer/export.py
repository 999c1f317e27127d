"""Write a gazetteer pack as Linked Places, for other gazetteers and map tools.

PACK is the id of one that came with clashmap, or a folder. LPF (.json, .jsonld, .geojson) holds all
of it but the outlines that are only drawn; imported again it is the same pack. LP-TSV (.tsv) is
flat and holds less; what it loses is told. The credits that licences ask for are told too, and
stand in LPF with each source.

Examples:
  clashmap gazetteer export caucasus -o caucasus.lpf.json
  clashmap gazetteer export my-theatre/ -o my-theatre.tsv
  clashmap gazetteer export world | less

"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.terminal import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from geo.gazetteer import Gazetteer

_TSV = ".tsv"
_SUFFIXES = (".json", ".jsonld", ".geojson", _TSV)


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("pack", metavar="PACK", help="id of a bundled pack, or a folder")
    parser.add_argument(
        "-o",
        "--to",
        metavar="FILE",
        default="-",
        help="what to write; the suffix tells the form (default: LPF to stdout)",
    )


def run(args: Namespace) -> int:
    """Write the file, or to stdout."""
    from geo.errors import UnknownFormat
    from geo.files import write_all
    from geo.gazetteer import available_packs, load_gazetteer
    from geo.linked_places import FLAT_LOSSES, lp_tsv, lpf
    from geo.lookup.bundled import WORLD

    target = Path(args.to)
    flat = target.suffix.lower() == _TSV
    if args.to != "-" and target.suffix.lower() not in _SUFFIXES:
        raise UnknownFormat(f"{target}: end the name in {', '.join(_SUFFIXES)}")
    context = [WORLD] if WORLD in available_packs() else []
    gazetteer = load_gazetteer(args.pack, *context)
    pack = gazetteer.packs[0].id
    data = (lp_tsv if flat else lpf)(gazetteer, pack)
    if args.to == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return 0
    write_all(target.parent, {target.name: data})
    say(f"clashmap: pack {pack} in {target}")
    if flat:
        say(f"clashmap: LP-TSV does not hold: {FLAT_LOSSES}")
    for line in _credits(gazetteer, pack):
        say(f"clashmap: credit: {line}")
    return 0


def _credits(gazetteer: Gazetteer, pack: str) -> list[str]:
    """Whom to name with the file, each once."""
    named = {
        f"{source.credit} ({source.licence})"
        for source in gazetteer.sources_of(pack).values()
        if source.credit
    }
    return sorted(named)
