"""Reading takes work that grows as the article does: counted in calls, never in seconds."""

from __future__ import annotations

import datetime as dt
import sys
from itertools import product

import pytest
from running import TINY

from geo.articles import article_from_text
from geo.gazetteer import load_gazetteer
from geo.pipeline import read

DAY = dt.date(2021, 5, 6)
SENTENCES = 80
# Twice, and a little for what differs from sentence to sentence.
MOST = 2.03


def numbered(form):
    """So many sentences or lines, each with numbers, days and a name of its own."""

    def text(times):
        letters = product("BCDFGKLMNPRST", "aeiou", "bdgklmnrst")
        names = ("".join(found) for found in letters)
        return "".join(
            form.format(n=n, day=n % 28 + 1, year=1900 + n % 110, name=name.title())
            for n, name in zip(range(times), names, strict=False)
        )

    return text


FORMS = {
    "events of one place": "Norland shelled Varden on {day} May {year} and killed {n} people. ",
    "losses that one claims": "Norland said that {n} people were killed at Varden on Tuesday. ",
    "headings": "News {n}\n\nTroops fired on the border that day, all {n} of them at once.\n\n",
    "unknown names": "Fighting went on in the village of {name}katan and in the town of Varden. ",
    "denials": "Norland shelled Varden {n} times on {day} May {year}. Sudria denied the reports. ",
    "open quotations": "“Norland shelled Varden on {day} May {year}, one of {n} officials said. ",
    "the town again": "Guns fired at Varden and then 5 km from the town, {n} times that day. ",
    "no place": "The {n} members of the committee met on {day} May {year} and talked for hours. ",
}


def calls(text, gazetteer):
    """How many functions are called to read a text."""
    article = article_from_text(text, published=DAY)
    count = 0

    def counted(frame, event, arg):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        read(article, gazetteer)
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture(scope="module")
def gazetteer():
    gazetteer = load_gazetteer(TINY[1])
    for form in FORMS.values():  # tables and patterns are made at the first use
        read(article_from_text(numbered(form)(5), published=DAY), gazetteer)
    return gazetteer


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_twice_the_text_is_twice_the_work(form, gazetteer):
    text = numbered(form)
    assert calls(text(2 * SENTENCES), gazetteer) <= MOST * calls(text(SENTENCES), gazetteer)
