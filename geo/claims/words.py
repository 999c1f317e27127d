"""Patterns of saying and denying, made of the words of ``tables/en/speech.json``."""

from __future__ import annotations

import re
from functools import cache

from geo.lexicon import any_of, table

# Where the subject of a verb of speech may begin: after these, another clause starts.
CLAUSE = re.compile(
    r"[;:“”\"]|,\s+(?:and|but|while|whereas|although|though)\s|\s(?:but|while|whereas)\s|[.!?]\s"
)
# "..., X said", "..., X said on Monday, as ...": what stands before is what was said.
CLOSING = re.compile(
    r"[\s”\"]*(?:(?:on|in|told|earlier|late|early|to)\b(?:(?!\bthat\b)[^,;.]){0,50}"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?\s*(?:[.,;]|$)"
)
# "..., X told parliament": whom it was told to stands between the verb and the end.
CLOSING_TOLD = re.compile(r"\s+(?:the\s+)?(?:[\w.’'-]+\s?){1,3}(?:[.,;]|$)")
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$")
AUXILIARIES = re.compile(
    r"\s+(?:also|had|has|have|earlier|later|then|again|further|did|does|now|however)\b.*$"
)
PRONOUN = re.compile(
    r"\b(?:he|she|they|He|She|They)(?:\s+(?:also|had|has|have|earlier|later|then|again|further))*\s*$"
    r"|(?:^\s*It|\bit)(?:\s+(?:also|had|has))*\s*$"
)
# "against X", "to X": the party named is no subject.
NO_SUBJECT = re.compile(
    r"\b(?:against|over|towards?|near|from|between|attack on|fighting with|war with|to)"
    r"\s+(?:the\s+)?$"
)
QUOTED = re.compile(r"[”\"]\s*$")
BEFORE_VERB = re.compile(r"[,”\"]\s*$")


@cache
def speech() -> re.Pattern[str]:
    """Verbs and turns of saying; verbs stand in lower case: "States" says nothing."""
    words = table("speech")
    return re.compile(
        rf"\b(?:(?P<according>(?i:{any_of(words['according'])}))|(?P<issued>{any_of(words['issued'])})"
        rf"|(?P<denies>{any_of(words['denies'])})|(?:issued\s+a\s+(?P<denial>denial))"
        rf"|(?P<asserts>{any_of(words['asserts'])}))\b"
    )


@cache
def words_of(name: str) -> re.Pattern[str]:
    """Any word or turn of one list of the table, whole and without case."""
    return re.compile(rf"(?<![\w-]){any_of(table('speech')[name])}(?![\w-])", re.IGNORECASE)


@cache
def institution() -> re.Pattern[str]:
    """An institution right before a verb of speech: "the army", "the defence ministry"."""
    names = any_of(table("speech")["institutions"])
    return re.compile(
        rf"(?:^|(?<=[\s,]))(?P<the>[Tt]he\s+)?(?P<body>{names})(?:\s+(?:spokes\w+|statement|source))?"
        r"(?:\s+(?:also|had|has|have|later))*\s*$",
        re.IGNORECASE,
    )


@cache
def called_false() -> re.Pattern[str]:
    """What X calls nonsense, invented, untrue."""
    return re.compile(
        r"\b(?:called|calls|branded|is|are|as|was|were)\s+(?:[^.;]{0,60}?\b)??"
        rf"{any_of(table('speech')['called_false'])}\b",
        re.IGNORECASE,
    )


@cache
def denied_before() -> re.Pattern[str]:
    """The object of a denial that points back: "those reports", "it", "responsibility"."""
    return re.compile(
        r"\s*(?:$|[.;]|,(?!\s+\w+ing)"
        r"|(?:(?:all|any|the|these|those|such|its|having)\s+)*(?:of\s+)?"
        r"(?:reports?|claims?|allegations?|accusations?|charges?|statements?)\b(?!\s+(?:that|of|by|it))"
        r"|(?:any\s+|all\s+)?(?:responsibility|involvement|part)\b"
        r"|(?:it|this|that|them|so)\b(?=\s*(?:[.,;]|$|\bbut\b|\band\b))"
        r"|the\s+(?:attacks?|strikes?|shelling|raids?)\b)",
        re.IGNORECASE,
    )


SEVERAL = re.compile(
    r"\s*(?:(?:all|any|the|these|those|such|both)\s+)*(?:of\s+)?"
    r"(?:reports|claims|allegations|accusations|charges|statements|them)\b"
)
