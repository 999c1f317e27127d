"""The ``clashmap`` command: finds the command's module, and imports no other.

A command module has ``configure(parser)`` and ``run(args) -> int``, the exit code: 0 done or found,
1 not found or problems found, 2 wrong use. One with ``POSITIONALS`` and ``OPTIONS`` is read without
argparse where that is safe.
"""

from __future__ import annotations

import os
import sys

from geo import __version__
from geo.errors import GeoError, InputError
from geo.options import read_plainly, shield_coordinates
from geo.terminal import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence
    from types import ModuleType

NOT_FOUND, USAGE = 1, 2
INTERRUPTED, BROKEN_PIPE = 130, 141  # 128 + SIGINT, 128 + SIGPIPE, as shells say it

# Name, of one word or two -> module and what it does; order of the help.
COMMANDS = {
    "build": ("geo.commands.build", "read articles and write the map, tables and report"),
    "parse": ("geo.commands.parse", "read articles and print what is in them"),
    "lookup": ("geo.commands.lookup", "every place of a name, in any spelling or script"),
    "near": ("geo.commands.near", "the places around a point"),
    "distance": ("geo.commands.distance", "how far it is from one place to another"),
    "between": ("geo.commands.between", "the places between two places"),
    "which": ("geo.commands.which", "the district and country of a point, and who held it"),
    "export": ("geo.commands.export", "write events in the format that a file name asks for"),
    "gazetteer check": ("geo.commands.gazetteer.check", "every rule about gazetteer packs"),
    "gazetteer confirm": ("geo.commands.gazetteer.confirm", "make candidates of a pack its places"),
    "gazetteer new": ("geo.commands.gazetteer.new", "lay out an empty pack for a bounding box"),
    "gazetteer stats": ("geo.commands.gazetteer.stats", "count what is in gazetteer packs"),
    "new-article": ("geo.commands.new_article", "start an article file with its facts in place"),
}

HELP = """\
usage: clashmap COMMAND [ARGUMENT...]

From news articles to a map of who says what happened, who denies it, when, and how exactly the
place is known. Works offline.

commands:
{commands}

options:
  -h, --help     this text; `clashmap COMMAND --help` for a command
  -v, --verbose  tell on stderr what is being done (-vv: in detail)
  --version      the version

examples:
  clashmap build articles/ -o maps/        articles in a folder become maps/map.html
  clashmap lookup Kyiv --on 1985-04-26     every place of that name, and its names that day
  clashmap near 48.86 2.35 --km 20         what lies around a point
  clashmap distance Paris Berlin           measured on the WGS 84 ellipsoid
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; give the exit code."""
    # What the terminal cannot show, or stdin holds in another encoding, is no crash.
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors=errors)
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has what it wanted. Python flushes once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        say("clashmap: interrupted; no file was left half-written")
        return INTERRUPTED
    except GeoError as error:
        say(f"clashmap: error: {error}")
        return USAGE if isinstance(error, InputError) else NOT_FOUND
    return code


def _run(argv: list[str]) -> int:
    verbosity = 0
    while argv and argv[0] in {"-v", "-vv", "--verbose"}:
        verbosity += argv.pop(0).count("v") if argv[0] != "--verbose" else 1
    name = argv[0] if argv else "--help"
    if name in {"-h", "--help", "help"}:
        sys.stdout.write(HELP.format(commands=_listed("")))
        return 0 if argv else USAGE
    if name == "--version":
        sys.stdout.write(f"clashmap {__version__}\n")
        return 0
    rest = argv[1:]
    if rest and f"{name} {rest[0]}" in COMMANDS:
        name, rest = f"{name} {rest[0]}", rest[1:]
    if name not in COMMANDS:
        return _unknown(name, rest)
    return _call(_load(COMMANDS[name][0]), name, shield_coordinates(rest), verbosity)


def _call(module: ModuleType, name: str, argv: list[str], verbosity: int) -> int:
    options = getattr(module, "OPTIONS", None)
    if options is not None and not verbosity:
        plain = read_plainly(argv, module.POSITIONALS, options)
        if plain is not None:
            return int(module.run(plain))
    parser = _parser(module, name)
    # Names and options may stand in any order, as where argparse is not asked.
    args = parser.parse_args(argv) if options is None else parser.parse_intermixed_args(argv)
    if verbosity := verbosity + args.verbose:
        import logging

        level = logging.DEBUG if verbosity > 1 else logging.INFO
        logging.basicConfig(level=level, format="%(name)s: %(message)s", stream=sys.stderr)
    return int(module.run(args))


def _parser(module: ModuleType, name: str) -> ArgumentParser:
    from argparse import ArgumentParser, RawDescriptionHelpFormatter

    parser = ArgumentParser(
        prog=f"clashmap {name}",
        description=module.__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    module.configure(parser)
    parser.add_argument(
        "-v", "--verbose", action="count", default=0, help="tell on stderr what is being done"
    )
    return parser


def _load(module: str) -> ModuleType:
    __import__(module)  # importlib is one import more
    return sys.modules[module]


def _listed(beginning: str) -> str:
    width = max(map(len, COMMANDS)) + 2
    return "\n".join(
        f"  {name:{width}}{what}"
        for name, (_, what) in COMMANDS.items()
        if name.startswith(beginning)
    )


def _unknown(name: str, rest: list[str]) -> int:
    """Show what begins with the word; refuse what nothing begins with."""
    from difflib import get_close_matches

    if actions := _listed(f"{name} "):
        if rest and rest[0] not in {"-h", "--help"}:
            raise InputError(
                f"there is no command '{name} {rest[0]}'; `clashmap {name} --help` lists them"
            )
        sys.stdout.write(f"usage: clashmap {name} ACTION [ARGUMENT...]\n\n{actions}\n")
        return 0 if rest else USAGE
    near = get_close_matches(name, COMMANDS, 1)
    hint = f"did you mean `clashmap {near[0]}`?" if near else "`clashmap --help` lists them"
    raise InputError(f"there is no command {name!r}; {hint}")
