"""How places of one name are ordered, and the reasons in words.

One place for the rule, so that the look-up index and the gazetteer in memory answer alike.
"""

from __future__ import annotations

# A name in use by those who administer the place comes before what outsiders or the past call it.
STATUSES = (
    "official", "de facto", "exonym", "romanised", "alternate", "former", "misspelling",
)  # fmt: skip
# A reader who gives a bare name means the town before the district named after it.
KINDS = (
    "country", "settlement", "region", "province", "district", "facility", "feature", "line",
    "macro",
)  # fmt: skip


def name_rank(*, exact: bool, valid: bool, status: str, kind: str) -> tuple[int, ...]:
    """Give a key to sort by, best first. Unknown words come last."""
    return (
        0 if valid else 1,
        _position(STATUSES, status) if status == "misspelling" else 0,
        0 if exact else 1,
        _position(STATUSES, status),
        _position(KINDS, kind),
    )


def _position(words: tuple[str, ...], word: str) -> int:
    return words.index(word) if word in words else len(words)
