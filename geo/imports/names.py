"""Which names of a dump are taken, and which are left out and told.

A name is shown to people, so it must be what it looks like. One with a control character, or with a
mark that turns the direction of writing, is left out: to take the mark away would show letters in
an order that nobody wrote. Marks without a shape that change nothing are taken away.
"""

from __future__ import annotations

# As GeoNames itself limits them.
LONGEST = 200
# Zero-width joiners are spelling in Arabic and Indic scripts.
_KEPT = "\u200c\u200d"
# Soft hyphen, zero-width space, left-to-right, right-to-left and Arabic letter mark, word joiner,
# byte order mark.
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u061c\u2060\ufeff"))
_SPACES = ("\u00a0", "\u1680", *map(chr, range(0x2000, 0x200B)), "\u202f", "\u205f", "\u3000")
_SPACED = {**_DROPPED, **dict.fromkeys(map(ord, _SPACES), " ")}


class BadName(ValueError):
    """A name is left out; the message says why."""


def clean_name(name: str) -> str:
    """Give a name fit to be shown; raise BadName where there is none."""
    if not name.isprintable():
        name = name.translate(_SPACED)
        for letter in name:
            if not letter.isprintable() and letter not in _KEPT:
                raise BadName(_fault(letter))
    name = name.strip(" ")
    if not name:
        raise BadName("an empty name")
    if len(name) > LONGEST:
        raise BadName(f"a name of {len(name)} characters; GeoNames allows {LONGEST}")
    return name


def _fault(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:
        return "a name that is not UTF-8"
    if 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        return f"a name with a mark that turns the direction of writing (U+{code:04X})"
    return f"a name with the control character U+{code:04X}"
