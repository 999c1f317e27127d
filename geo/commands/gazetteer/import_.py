"""Take in dumps of GeoNames, or packs in Linked Places format.

GeoNames: allCountries, one country's (AM), cities500 and its like, alternateNamesV2,
admin1CodesASCII, admin2Codes and countryInfo, as .txt or .zip. Give those that belong together in
one call. They become an index in the cache folder, which `lookup` asks after the packs. Files of
names or codes alone are added to the last import. What was interrupted goes on where it stopped.

Lines and names that cannot be used are told with file and line, counted, and listed in a table; all
others are taken. A name with control characters, or with a mark that turns the direction of
writing, is left out; its place is kept under its ASCII name.

Linked Places (.json, .jsonld, .geojson, .tsv): each file becomes a pack in the folder -o.
Exit code 1: something was left out as an error.

Examples:
  clashmap gazetteer import allCountries.zip alternateNamesV2.zip countryInfo.txt
  clashmap gazetteer import allCountries.zip --countries AM,AZ,GE
  clashmap gazetteer import --list
  clashmap gazetteer import pleiades.jsonld -o packs/pleiades

"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import GazetteerError, InputError
from geo.terminal import out, safe, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


LINKED = (".json", ".jsonld", ".geojson", ".tsv")


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="a dump or archive")
    parser.add_argument(
        "--countries",
        metavar="CODES",
        default="",
        help="take only these, as AM,AZ (codes of ISO 3166)",
    )
    parser.add_argument(
        "-o", "--out", metavar="DIR", type=Path, help="folder of the pack, for Linked Places"
    )
    parser.add_argument("--list", action="store_true", help="tell what was imported")
    parser.add_argument("--remove", metavar="NAME", help="delete what --list calls so")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: Namespace) -> int:
    """Import files, or list or remove what was imported."""
    if args.list + bool(args.remove) + bool(args.files) != 1:
        raise InputError("give files, or --list, or --remove NAME")
    if args.list:
        return _list(as_json=args.json)
    if args.remove:
        return _remove(args.remove)
    countries = _countries(args.countries)
    linked = [path for path in args.files if path.suffix.lower() in LINKED]
    dumps = [path for path in args.files if path not in linked and _is_read(path)]
    codes = [_import_pack(path, args.out, many=len(linked) > 1) for path in linked]
    if dumps:
        codes.append(_import_dumps(dumps, countries, as_json=args.json))
    return max(codes, default=0)


def _is_read(path: Path) -> bool:
    from geo.imports.dumps import is_geonames

    if path.is_dir():
        raise GazetteerError("is a folder", where=str(path), remedy="give the files in it")
    if not is_geonames(path):
        raise GazetteerError(
            f"is neither a dump of GeoNames (.txt, .zip) nor Linked Places ({', '.join(LINKED)})",
            where=str(path),
        )
    return True


def _countries(text: str) -> list[str]:
    codes = [code.strip().upper() for code in text.split(",")] if text else []
    for code in codes:
        if not re.fullmatch(r"[A-Z]{2}", code):
            raise InputError(f"{code!r} is no code of a country, such as AM")
    return codes


def _import_dumps(paths: list[Path], countries: list[str], *, as_json: bool) -> int:
    from geo.imports.blocks import CUT_OFF
    from geo.imports.importer import import_dumps

    outcome = import_dumps(paths, countries=countries)
    for refused in outcome.refused:
        say(f"error: {refused}")
    cut = any(CUT_OFF in reason for _, _, reason in outcome.shown)
    for file, line, reason in outcome.shown:
        say(f"error: {file}:{line}: {reason}")
    if outcome.rejected > len(outcome.shown):
        say(f"and {outcome.rejected - len(outcome.shown):,} more")
    if outcome.report:
        remedy = "fetch the file again" if cut else "mend them and import again for these as well"
        say(f"clashmap: all else was taken; what was left out is listed in {outcome.report};"
            f" {remedy}")  # fmt: skip
    if as_json:
        out(json.dumps({key: value for key, value in outcome._asdict().items() if key != "shown"}))
    else:
        out(
            f"{safe(outcome.set_id)}: {outcome.places:,} places with {outcome.names:,} names;"
            f" {outcome.rejected:,} lines or names rejected, {outcome.left_out:,} not asked for"
        )
    return 1 if outcome.rejected or outcome.refused else 0


def _import_pack(path: Path, folder: Path | None, *, many: bool) -> int:
    """Hand a file to the reader of Linked Places."""
    from geo.linked_places import import_pack

    if folder is None:
        raise InputError(f"{path.name} becomes a pack; say where with -o DIR")
    target = folder / path.stem if many else folder
    problems = import_pack(path, target, pack_id=target.name)
    for problem in problems:
        remedy = f"; {problem.remedy}" if problem.remedy else ""
        say(f"{problem.severity}: {problem.where}: {problem.message}{remedy}")
    errors = sum(problem.severity == "error" for problem in problems)
    out(f"{safe(str(target))}: {errors} errors")
    return 1 if errors else 0


def _list(*, as_json: bool) -> int:
    from geo.imports.obtain import listed_sets
    from geo.lookup.world import World

    found = listed_sets()
    for entry in found:
        try:
            world = World([entry.path])
            (facts,) = world.facts()
            world.close()
        except GazetteerError as error:
            say(f"clashmap: {error}")
            continue
        if as_json:
            out(json.dumps({"set": entry.set_id, "path": entry.path, **facts}, sort_keys=True))
        else:
            counts = f"{int(facts['places']):,} places with {int(facts['names']):,} names"
            out(safe(f"{entry.set_id}: {counts}; {facts['licence']}; {facts['files']}"))
    if not found:
        say("clashmap: nothing was imported yet")
    return 0


def _remove(set_id: str) -> int:
    from geo.imports.obtain import remove

    if not remove(set_id):
        raise InputError(f"nothing imported is called {set_id!r}; --list tells what is")
    say(f"clashmap: {set_id} was deleted")
    return 0
