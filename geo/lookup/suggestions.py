"""What a user who misspelt a name may have meant. Only ever a question, never an answer.

Two keys within one edit share the key itself or a key with one letter left out, so a table of
hashes of those finds them at the price of an exact look-up. Only where that finds nothing are all
keys of about the same length compared.
"""

from __future__ import annotations

from binascii import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Rows = Callable[..., list[tuple[object, ...]]]

_FAR = 2  # edits; at three, short names all resemble one another
_LONG_ENOUGH_FOR_TWO = 6
_LIMIT = 8
# The work grows with the square of the length, and nobody types a longer name.
_LONGEST = 120


def deletion_hashes(key: str) -> set[int]:
    """Give the hashes of a key and, if it is no monster, of it with each one letter left out."""
    if len(key) > _LONGEST:
        return {crc32(key.encode())}
    shorter = {key[:i] + key[i + 1 :] for i in range(len(key))}
    return {crc32(form.encode()) for form in shorter | {key}}


def nearest_keys(rows: Rows, key: str) -> list[str]:
    """Give keys of the index that resemble ``key``: one edit, then parts, then two edits."""
    found = _within_one_edit(rows, key) or _containing(rows, key)
    return found or (_within_two_edits(rows, key) if len(key) >= _LONG_ENOUGH_FOR_TWO else [])


def is_one_edit(a: str, b: str) -> bool:
    """Tell whether one insertion, deletion, change or swap of neighbours turns a into b."""
    if len(a) > len(b):
        a, b = b, a
    start = 0
    while start < len(a) and a[start] == b[start]:
        start += 1
    rest, other = a[start:], b[start:]
    if len(a) == len(b):
        swapped = rest[1:2] + rest[:1] + rest[2:]
        return rest[1:] == other[1:] or swapped == other
    return rest == other[1:]


def _within_one_edit(rows: Rows, key: str) -> list[str]:
    hashes = sorted(deletion_hashes(key))
    marks = ", ".join("?" * len(hashes))
    sql = f"SELECT DISTINCT key FROM typos WHERE hash IN ({marks})"  # noqa: S608 - marks only
    near = {str(row[0]) for row in rows(sql, *hashes)}
    return sorted(other for other in near if other != key and is_one_edit(key, other))


def _containing(rows: Rows, key: str) -> list[str]:
    """Longer names that begin with these words, or hold them."""
    sql = (
        "SELECT DISTINCT key FROM keys WHERE key >= ? AND key < ? ORDER BY length(key), key LIMIT ?"
    )
    begins = [str(row[0]) for row in rows(sql, key, key + "\U0010ffff", _LIMIT)]
    if begins:
        return begins
    # Keys hold letters and digits only, so nothing in them means more to LIKE than itself.
    sql = "SELECT DISTINCT key FROM keys WHERE key LIKE ? ORDER BY length(key), key LIMIT ?"
    return [str(row[0]) for row in rows(sql, f"% {key}%", _LIMIT)]


def _within_two_edits(rows: Rows, key: str) -> list[str]:
    from rapidfuzz.distance import OSA

    sql = "SELECT DISTINCT key FROM keys WHERE length(key) BETWEEN ? AND ?"
    scored = []
    for row in rows(sql, len(key) - _FAR, len(key) + _FAR):
        distance = OSA.distance(key, str(row[0]), score_cutoff=_FAR)
        if distance <= _FAR:
            scored.append((distance, str(row[0])))
    return [other for _, other in sorted(scored)[:_LIMIT]]
