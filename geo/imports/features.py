"""What a feature code of GeoNames means here: kind, word, and how exact its point is taken to be.

GeoNames states no accuracy. These are ours: most points go back to gazetteers that gave whole
minutes of arc (1.9 km north to south, so up to 1.3 km off), and a point stands for the whole of
what it names, however long or wide that is.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from geo.lexicon import table

# Class -> kind, metres, what the point is.
_CLASSES = {
    "P": ("settlement", 2_000, "centroid"),
    "S": ("facility", 2_000, "site"),
    "T": ("feature", 5_000, "representative"),
    "H": ("feature", 10_000, "representative"),
    "L": ("region", 10_000, "representative"),
    "V": ("feature", 10_000, "representative"),
    "R": ("line", 20_000, "representative"),
    "U": ("feature", 50_000, "representative"),
    "A": ("district", 20_000, "representative"),
}
# Codes that are narrower or wider than their class.
_CODES = {
    "P.PPLX": ("settlement", 1_500, "centroid"),
    "P.PPLC": ("settlement", 5_000, "centroid"),
    "P.PPLA": ("settlement", 3_000, "centroid"),
    "T.PK": ("feature", 2_000, "site"),
    "T.PKS": ("feature", 5_000, "representative"),
    "T.PASS": ("feature", 2_000, "site"),
    "T.HLL": ("feature", 2_000, "site"),
    "T.MT": ("feature", 2_000, "site"),
    "T.MTS": ("feature", 50_000, "representative"),
    "T.ISLS": ("feature", 50_000, "representative"),
    "H.SPNG": ("feature", 2_000, "site"),
    "H.LK": ("feature", 5_000, "representative"),
    "H.RSV": ("feature", 5_000, "representative"),
    "H.SEA": ("feature", 300_000, "representative"),
    "H.OCN": ("feature", 3_000_000, "representative"),
    "L.CONT": ("macro", 3_000_000, "representative"),
    "L.RGN": ("region", 50_000, "representative"),
    "L.RGNE": ("region", 50_000, "representative"),
    "L.RGNH": ("region", 50_000, "representative"),
    "L.MILB": ("facility", 3_000, "centroid"),
    "L.NVB": ("facility", 3_000, "centroid"),
    "L.PRT": ("facility", 3_000, "centroid"),
    "A.ADM1": ("province", 50_000, "representative"),
    "A.ADM1H": ("province", 50_000, "representative"),
    "A.ADM3": ("district", 10_000, "representative"),
    "A.ADM4": ("district", 5_000, "representative"),
    "A.ADM5": ("district", 5_000, "representative"),
}
# Every code of a political entity begins so. What is a country is not for GeoNames to say: an
# entity that is part of another is a region here.
_POLITICAL = "A.PCL"
_INDEPENDENT = "A.PCLI"
_COUNTRY_METRES = 300_000
_UNKNOWN = ("feature", 50_000, "representative")
UNKNOWN_WORD = "place"


class Feature(NamedTuple):
    """What a code means."""

    code: str
    word: str
    kind: str
    accuracy_m: int
    point: str


@cache
def feature(code: str) -> Feature:
    """Give the meaning of a class and code joined by a full stop; either may be missing."""
    words = table("geonames_features")
    class_ = code.partition(".")[0]
    if code.startswith(_POLITICAL):
        kind = "country" if code == _INDEPENDENT else "region"
        meaning = (kind, _COUNTRY_METRES, "representative")
    else:
        meaning = _CODES.get(code) or _CLASSES.get(class_) or _UNKNOWN
    word = words["codes"].get(code) or words["classes"].get(class_) or UNKNOWN_WORD
    return Feature(code, str(word), *meaning)
