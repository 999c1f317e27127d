"""Words that report an armed event, with its type, and whether it is said to have happened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from geo.lexicon import lowered, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.model import EventType

# A clause ends here; what stands before it does not make an event after it hypothetical.
_CLAUSE_END = re.compile(
    r"[;:.!?]|,\s+(?:and|but|while|which|who|where|as|after)\s|\s(?:but|while|when|after|as)\s|[“”\"]"
)
# Adverbs and auxiliaries may stand between "not" and what did not happen.
NEGATION_REACH = 4


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase of a sentence that reports an event; offsets are in the sentence.

    ``strength``: "act" stands alone; "toll" is a loss; "state" ("war") needs more beside it.
    ``definite`` points back to something told before ("the shelling"); ``joined`` follows "and".
    ``real`` is False for what may be or was not; ``negated`` for what was not.
    """

    start: int
    end: int
    type: EventType
    strength: Literal["act", "toll", "state"]
    definite: bool
    real: bool
    word: str
    joined: bool = False
    negated: bool = False


@cache
def _pattern() -> re.Pattern[str]:
    words = table("triggers")
    groups = [(f"t{i}", forms) for i, forms in enumerate(words["acts"].values())]
    groups += [("toll", words["tolls"]), ("state", words["states"])]
    body = "|".join(f"(?P<{name}>{'|'.join(forms)})" for name, forms in groups)
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w])")


@cache
def _types() -> tuple[EventType, ...]:
    return tuple(cast("EventType", name) for name in table("triggers")["acts"])


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(table('triggers')[name])})(?![\w-])")


_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|its|their|such)\s+(?:[\w-]+\s+){0,1}$")


_JOINED = re.compile(r"(?:,|\band)\s+(?:to\s+have\s+|had\s+|have\s+|has\s+)?(?:[\w-]+ly\s+)?$")
# The month is no "may": "May 3", "3 May", "in May".
_MONTH_OF_MAY = re.compile(
    r"(?<=\d )May\b|\bMay(?=\s+\d|,)|(?<=\b[Ii]n )May\b|(?<=\b[Ss]ince )May\b|(?<=\b[Oo]f )May\b"
    r"|(?<=\b[Uu]ntil )May\b|(?<=\b[Ee]arly )May\b|(?<=\b[Ll]ate )May\b|(?<=-)May\b"
)
# "the seizure of X" tells of its own object; "the shelling" points back.
_OWN_OBJECT = re.compile(r"(?<=of) |\s+(?:of|on|in|at|near|against|around|over|along)\s")


def find_triggers(sentence: str, names: Iterable[tuple[int, int]] = ()) -> tuple[Trigger, ...]:
    """The triggers of one sentence, in its order; ``names`` are the spans of its places."""
    plain = _MONTH_OF_MAY.sub("###", sentence) if "May" in sentence else sentence
    text = lowered(plain)
    taken = sorted(_taken(text, tuple(names)), key=lambda trigger: trigger.start)
    if not _pattern().search(text):
        return tuple(taken)
    found: list[Trigger] = []
    for match in _matches(text, [veto.span() for veto in _words("vetoes").finditer(sentence)]):
        group = cast("str", match.lastgroup)
        left = text[_clause_start(text, match.start()) : match.start()]
        kind: EventType = (
            _types()[int(group[1:])] if group[0] == "t" and group != "toll" else "battle"
        )
        found.append(
            Trigger(
                start=match.start(),
                end=match.start() + len(match[0].rstrip()),
                type=kind,
                strength="toll" if group == "toll" else "state" if group == "state" else "act",
                definite=points_back(text, match.start())
                and not _OWN_OBJECT.match(text, match.end()),
                real=not (negated := _negated(left))
                and not _unreal(left)
                and not _UNREAL_AFTER.match(text, match.end()),
                negated=negated,
                word=match[0].strip(),
                joined=bool(_JOINED.search(text, max(0, match.start() - 24), match.start())),
            )
        )
    spans = [(trigger.start, trigger.end) for trigger in found]
    found += [t for t in taken if all(t.end <= start or end <= t.start for start, end in spans)]
    return tuple(sorted(found, key=lambda trigger: trigger.start))


def _taken(text: str, names: tuple[tuple[int, int], ...]) -> Iterator[Trigger]:
    """Give "took", "lost" right before a place name, and "fell" right after one."""
    for start, end in names:
        before = _verb_before().search(text, max(start - _VERB_REACH, 0), start)
        after = None if _AT.search(text[:start]) else _verb_after().match(text, end)
        for match in (before, after):
            if match is None:
                continue
            left = text[_clause_start(text, match.start("verb")) : match.start("verb")]
            negated = _negated(left)
            yield Trigger(
                start=match.start("verb"),
                end=match.end("verb"),
                type="capture/territorial change",
                strength="act",
                definite=False,
                real=not negated and not _unreal(left),
                word=match["verb"],
                negated=negated,
            )


@cache
def _verb_before() -> re.Pattern[str]:
    """Match "took", "losing" at the end of what stands before a name."""
    return re.compile(rf"(?<![\w-])(?P<verb>{'|'.join(table('triggers')['taken_names'])})\s$")


@cache
def _verb_after() -> re.Pattern[str]:
    """Match "fell" behind a name, an aside between; not "fell by a tenth"."""
    verbs = "|".join(table("triggers")["fallen_names"])
    return re.compile(
        rf"(?:,[^,;.]{{2,40}},)?\s(?:(?:has|have|had|also|finally|then)\s)*(?P<verb>{verbs})"
        r"(?!\w|\s(?:by|from|on|in|ill|silent|quiet|short|apart|behind|under|within|into|\d))"
    )


# "rents in X fell" tells of the rents.
_AT = re.compile(r"\b(?:in|at|near|from|on|over|around|outside|to|for|with)\s(?:the\s)?$")
_VERB_REACH = 12
# "operations in X would be stepped up": what will be, told behind its noun.
_UNREAL_AFTER = re.compile(
    r"(?:\s(?!(?:that|which|who|said|was|were|is|are|had|has|have|killed|after|as|and)\s)[\w’'-]+)"
    r"{0,8}\s(?:would|will|might|may|shall|should)\s(?:not\s)?(?:be|begin|start"
    r"|continue|resume|trigger|spark|cause)\b"
)


def _matches(text: str, vetoed: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Give the triggers of a text; behind a word of a vetoed one the search goes on."""
    position = 0
    while match := _pattern().search(text, position):
        if any(match.start() < end and start < match.end() for start, end in vetoed):
            space = text.find(" ", match.start())
            position = space if 0 <= space < match.end() else match.end()
        else:
            yield match
            position = match.end()


def _unreal(left: str) -> bool:
    """Say whether what stands before a trigger in its clause makes it a plan, a fear or a habit."""
    near = " ".join(left.split()[-NEGATION_REACH:])
    return bool(_words("irrealis").search(left) or _words("unfulfilled").search(near))


def points_back(text: str, start: int) -> bool:
    """Whether "the", "this", "their" or the like stands before what begins at ``start``."""
    return bool(_DEFINITE.search(text[max(0, start - 40) : start]))


def _clause_start(text: str, position: int) -> int:
    start = 0
    for boundary in _CLAUSE_END.finditer(text, 0, position):
        start = boundary.end()
    return start


def _negated(left: str) -> bool:
    near = " ".join(left.split()[-NEGATION_REACH:])
    return bool(_words("negations").search(near)) or bool(re.search(r"n['’]t\b", near))


def main_type(triggers: tuple[Trigger, ...]) -> EventType:
    """The type of triggers that report one event.

    The means named first tell it; but of two acts joined by "and" the one beside the place does.
    """
    acts = [t for t in triggers if t.strength == "act"]
    # "starting the fighting ... that shelling continued": what is told anew tells the type.
    acts = [t for t in acts if not t.definite] or acts
    if not acts:
        return "battle"
    if acts[-1].type in _OUTCOMES and acts[-1].joined:
        return acts[-1].type
    specific = [t for t in acts if t.type != "battle"]
    if specific and specific[0].type == "other" and acts[0].word in _ground():
        return "battle"  # "killed in clashes as ... blew up": told first, and as a fight
    return specific[0].type if specific else acts[0].type


@cache
def _ground() -> frozenset[str]:
    return frozenset(table("triggers")["ground_fighting"])


def is_generic(triggers: tuple[Trigger, ...]) -> bool:
    """Whether the words leave the means open ("hit", "the raid")."""
    words = frozenset(table("triggers")["generic"])
    return all(t.word in words for t in triggers if t.strength == "act")


# "shot down a jet and retook the town": at the town, the taking is what happened.
_OUTCOMES = frozenset({"capture/territorial change"})
