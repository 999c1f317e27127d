"""Command-line options, described once and read two ways.

argparse costs as much as a second interpreter start. So a plain look-up is read by
``read_plainly``; whatever it is not sure of (help, mistakes, abbreviations) goes to argparse, told
by ``declare`` of the same options.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Sequence
    from typing import Any

    Convert = Callable[[str], object]


class Option:
    """``--flag VALUE``, or a switch where ``metavar`` is empty; several values if ``repeated``."""

    __slots__ = ("convert", "default", "dest", "flag", "help", "metavar", "repeated")

    def __init__(
        self,
        flag: str,
        metavar: str,
        help: str,  # noqa: A002 - argparse's word
        *,
        convert: Convert = str,
        default: object = None,
        repeated: bool = False,
    ) -> None:
        """Describe one option; ``convert`` raises ValueError with the reason."""
        self.flag, self.metavar, self.help = flag, metavar, help
        self.convert, self.default, self.repeated = convert, default, repeated
        self.dest = flag.lstrip("-").replace("-", "_")


class Positional:
    """An argument by position; the last one may take ``many``, at least ``least``."""

    __slots__ = ("convert", "dest", "help", "least", "many", "metavar")

    def __init__(
        self,
        dest: str,
        help: str,  # noqa: A002 - argparse's word
        *,
        convert: Convert = str,
        many: bool = False,
        least: int = 1,
        metavar: str = "",
    ) -> None:
        """Describe one argument; ``convert`` raises ValueError with the reason."""
        self.dest, self.help, self.convert, self.many = dest, help, convert, many
        self.least, self.metavar = least, metavar or ("NAME" if many else dest).upper()


class Arguments:
    """What was given, by attribute."""

    def __init__(self, values: dict[str, object]) -> None:
        """Take the values."""
        self.__dict__.update(values)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401 - as argparse's


def read_plainly(
    argv: Sequence[str], positionals: Sequence[Positional], options: Sequence[Option]
) -> Arguments | None:
    """Give the arguments if nothing about them is in doubt; None sends them to argparse."""
    by_flag = {option.flag: option for option in options}
    values: dict[str, object] = {
        o.dest: [] if o.repeated else o.default if o.metavar else False for o in options
    }
    rest: list[str] = []
    waiting = iter(argv)
    try:
        for word in waiting:
            if not word.startswith("-") or word == "-":
                rest.append(word)
                continue
            flag, given, value = word.partition("=")
            option = by_flag.get(flag)
            if option is None or (given and not option.metavar):
                return None
            if not option.metavar:
                values[option.dest] = True
                continue
            value = value if given else next(waiting, "-")
            if not given and value.startswith("-"):
                return None
            _store(values, option, value)
        _place(values, rest, positionals)
    except ValueError:
        return None
    return Arguments(values)


def declare(
    parser: ArgumentParser, positionals: Sequence[Positional], options: Sequence[Option]
) -> None:
    """Tell argparse of the same arguments."""
    for positional in positionals:
        parser.add_argument(
            positional.dest,
            metavar=positional.metavar,
            help=positional.help,
            type=_told(positional.convert),
            nargs=("+" if positional.least else "*") if positional.many else None,
        )
    for option in options:
        if not option.metavar:
            parser.add_argument(option.flag, action="store_true", help=option.help)
        else:
            parser.add_argument(
                option.flag,
                metavar=option.metavar,
                help=option.help,
                type=_told(option.convert),
                default=[] if option.repeated else option.default,
                action="append" if option.repeated else "store",
            )


def shield_coordinates(argv: Sequence[str]) -> list[str]:
    """Keep "-33.9" and "-33.9,18.4" from being read as options."""
    out: list[str] = []
    for word in argv:
        if word[:1] == "-" and word[1:2].isdigit():
            if out and out[-1] == "--near":
                out[-1] += "=" + word
            else:
                out.append(" " + word)
        else:
            out.append(word)
    return out


def point(text: str) -> tuple[float, float]:
    """Read "LAT,LON" in degrees."""
    lat, comma, lon = text.partition(",")
    if not comma:
        raise ValueError(f"{text.strip()!r} is not LAT,LON, as in 40.18,44.51")
    return coordinates(lat, lon)


def coordinates(lat: str, lon: str) -> tuple[float, float]:
    """Read a latitude and a longitude; the error asks whether they came the other way round."""
    try:
        return latitude(lat), longitude(lon)
    except ValueError as error:
        try:
            turned = latitude(lon), longitude(lat)
        except ValueError:
            raise error from None
        hint = f"did you mean LAT LON, {turned[0]:g} {turned[1]:g}?"
        raise ValueError(f"{error}; {hint}") from None


def looks_like_degrees(text: str) -> bool:
    """Tell whether a text is a number, whatever its size: no place is called so."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def script(text: str) -> str:
    """Read a script by its code in ISO 15924."""
    if not (len(text) == 4 and text.isascii() and text.isalpha()):
        raise ValueError(f"{text!r} is not a script by its four letters, such as Latn or Cyrl")
    return text.title()


def latitude(text: str) -> float:
    """Read degrees north."""
    return _degrees(text, 90, "latitude")


def longitude(text: str) -> float:
    """Read degrees east."""
    return _degrees(text, 180, "longitude")


def kilometres(text: str) -> float:
    """Read a distance above nought."""
    try:
        km = float(text)
    except ValueError:
        km = 0.0
    if not 0 < km < float("inf"):
        raise ValueError(f"{text.strip()!r} is not a number of kilometres above 0")
    return km


def count(text: str) -> int:
    """Read a whole number above nought."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ValueError(f"{text.strip()!r} is not a whole number above 0")
    return int(text)


def day(text: str) -> str:
    """Read an ISO date; it stays text, which compares as dates do."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a date such as 2020-09-27") from None


def _degrees(text: str, limit: int, what: str) -> float:
    try:
        degrees = float(text)
    except ValueError:
        degrees = float("nan")
    if not -limit <= degrees <= limit:
        raise ValueError(f"{text.strip()!r} is not a {what} between -{limit} and {limit}")
    return degrees


def _store(values: dict[str, object], option: Option, value: str) -> None:
    converted = option.convert(value)
    if option.repeated:
        listed = values[option.dest]
        values[option.dest] = [*listed, converted] if isinstance(listed, list) else [converted]
    else:
        values[option.dest] = converted


def _place(values: dict[str, object], rest: list[str], positionals: Sequence[Positional]) -> None:
    for number, positional in enumerate(positionals):
        if positional.many:
            values[positional.dest] = [positional.convert(token) for token in rest[number:]]
            if len(rest) < number + positional.least:
                raise ValueError("too few")
            return
        if number >= len(rest):
            raise ValueError("too few")
        values[positional.dest] = positional.convert(rest[number])
    if len(rest) > len(positionals):
        raise ValueError("too many")


def _told(convert: Convert) -> Convert:
    """Make a converter's reason reach the user: argparse hides that of a ValueError."""

    def told(text: str) -> object:
        from argparse import ArgumentTypeError

        try:
            return convert(text)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from None

    return told
