"""Every error that clashmap raises on purpose.

GeoError                     the root: catch this to catch them all
├── InputError (ValueError)      a file or value given by the user cannot be used
│   ├── ArticleError                 an article cannot be read
│   ├── LanguageError                a text is in a language that no rules exist for
│   └── GazetteerError               a pack, a place record or its index cannot be used
├── UnknownPlace (KeyError)      no place has this id or name
├── AmbiguousPlace (LookupError) several places have this name and one was asked for
├── UnknownFormat (KeyError)     no writer has this suffix
└── StaleOutput                  written files differ from what the input gives now

A message names the file or value, says what is wrong with it, and what to do.
"""

from __future__ import annotations


class GeoError(Exception):
    """Root of the family."""

    def __str__(self) -> str:
        """The message itself; KeyError would show its repr."""
        return str(self.args[0]) if self.args else ""


class InputError(GeoError, ValueError):
    """A file or a value given by the user cannot be used.

    ``code``, ``where`` and ``remedy`` are those of the ``Problem`` that reports it.
    """

    def __init__(
        self, message: str, *, code: str = "input", where: str = "", remedy: str = ""
    ) -> None:
        """Keep the parts apart; ``str()`` puts them together."""
        super().__init__(message)
        self.message, self.code, self.where, self.remedy = message, code, where, remedy

    def __str__(self) -> str:
        """Where, what, and what to do, as far as they are known."""
        said = f"{self.where}: {self.message}" if self.where else self.message
        return f"{said}; {self.remedy}" if self.remedy else said


class ArticleError(InputError):
    """An article cannot be read."""


class LanguageError(InputError):
    """A text is in a language that no rules exist for."""


class GazetteerError(InputError):
    """A pack, a place record or a look-up index cannot be used."""


class UnknownPlace(GeoError, KeyError):
    """No place has this id or name."""


class AmbiguousPlace(GeoError, LookupError):
    """Several places have this name and one was asked for."""


class UnknownFormat(GeoError, KeyError):
    """No writer has this suffix."""


class StaleOutput(GeoError):
    """Written files differ from what the input gives now."""
