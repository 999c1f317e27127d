"""A FeatureCollection read Feature by Feature: a file of any size, without holding all of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 1 << 20
# One value longer than this is no place.
_LONGEST = 200_000_000
_SPACE = " \t\r\n\ufeff"


class Document:
    """A GeoJSON FeatureCollection, or one Feature a line. ``members`` fills while it is read."""

    def __init__(self, path: Path) -> None:
        """Take the file; it is opened when ``features`` is asked."""
        self.path = path
        self.members: dict[str, Any] = {}
        self._text, self._at, self._ended, self._before = "", 0, False, 0
        self._decoder = json.JSONDecoder(parse_constant=_refuse)

    def features(self) -> Iterator[object]:
        """Yield each Feature as JSON; raise GazetteerError where the text is no JSON any more."""
        try:
            # Bytes that are no UTF-8 spoil the text that they stand in, not the file.
            with self.path.open(encoding="utf-8-sig", errors="surrogateescape") as self._file:
                yield from self._document()
        except OSError as error:
            raise GazetteerError(
                f"cannot be read: {error.strerror}", code="unreadable", where=str(self.path)
            ) from error

    def _document(self) -> Iterator[object]:
        first = self._peek()
        if first != "{":
            raise self._broken("it is not JSON that begins with '{'")
        # A Feature a line begins with an object as well: whether that is a Feature tells.
        yield from self._object()
        while self._peek():
            yield self._value()

    def _object(self) -> Iterator[object]:
        self._take("{")
        while self._peek() != "}":
            key = self._value()
            if not isinstance(key, str):
                raise self._broken("a member's name is no text")
            self._take(":")
            if key == "features" and self._peek() == "[":
                yield from self._array()
            else:
                self.members[key] = self._value()
            if self._peek() != "}":
                self._take(",")
        self._take("}")
        if self.members.get("type") == "Feature":
            feature, self.members = self.members, {}
            yield feature

    def _array(self) -> Iterator[object]:
        self._take("[")
        while self._peek() != "]":
            yield self._value()
            if self._peek() != "]":
                self._take(",")
        self._take("]")

    def _value(self) -> object:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended or len(self._text) - self._at > _LONGEST:
                    raise self._broken(error.msg) from error
            except (ValueError, RecursionError) as error:
                raise self._broken(str(error)) from error
            else:
                # A number may go on in what is not read yet.
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            self._read()

    def _peek(self) -> str:
        """Give the next character that is no space, or '' at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._read()

    def _take(self, mark: str) -> None:
        found = self._peek()
        if found != mark:
            raise self._broken(f"{mark!r} is wanted" + ("" if found else ", and the file ends"))
        self._at += 1

    def _read(self) -> None:
        """Take in as much again as is held, so that long values cost no more than their length."""
        rest = self._text[self._at :]
        self._before += self._at
        more = self._file.read(max(_CHUNK, len(rest)))
        self._text, self._at, self._ended = rest + more, 0, not more

    def _broken(self, why: str) -> GazetteerError:
        return GazetteerError(
            f"broken JSON at character {self._before + self._at + 1:,}: {why}",
            code="malformed-file",
            where=str(self.path),
            remedy="what stands before it is read; mend the file to have the rest",
        )


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no number of JSON")
