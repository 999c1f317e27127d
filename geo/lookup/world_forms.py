"""How the other names of a place of the world stand in one text.

A list without languages is kept as its source has it, parted by commas. Where a language, a mark or
a date is known of any, or a name holds a comma, the text begins with a line end and has a line a
name: name, language, marks, from, to, parted by tabs; what is empty at the end is left out.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Not a name: the number of the place in Wikidata, which GeoNames lists among the names.
WIKIDATA = "wkdt"
# Marks: preferred, short, colloquial, historic.
PREFERRED, SHORT, COLLOQUIAL, HISTORIC = "psch"

_NOTHING_TOLD = ("", "", "", "")

Named = tuple[
    str, str, str, str, str
]  # name, language, marks, from, to; all but the name may be ''


def read_forms(text: str) -> list[Named]:
    """Give the names in their order."""
    if not text:
        return []
    if text[0] != "\n":
        return [(name, "", "", "", "") for name in text.split(",")]
    found: list[Named] = []
    for line in text[1:].split("\n"):
        name, language, marks, start, end, *_ = (*line.split("\t"), "", "", "", "")
        found.append((name, language, marks, start, end))
    return found


def write_forms(forms: Iterable[Named]) -> str:
    """Give the text of names; none holds a tab or a line end."""
    known = list(forms)
    bare = [form[0] for form in known if form[1:] == _NOTHING_TOLD]
    if len(bare) == len(known) and not any("," in name for name in bare):
        return ",".join(bare)
    return "\n" + "\n".join("\t".join(form).rstrip("\t") for form in known)


def form_at(text: str, n: int) -> str:
    """Give the n-th name, from 1."""
    if text[:1] != "\n":
        return text.split(",")[n - 1]
    return text[1:].split("\n")[n - 1].partition("\t")[0]
