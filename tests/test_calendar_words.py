"""Absolute dates in English text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text.calendar_words import absolute_dates, calendar


@pytest.mark.parametrize(
    "text",
    ["July 14, 2020", "14 July 2020", "the 14th of July, 2020", "JULY 14, 2020", "2020-07-14",
     "14.07.2020", "Jul. 14, 2020", "Tuesday, July 14, 2020", "2020-07-14T11:40:00Z", "2020/7/14"],
)  # fmt: skip
def test_full_dates(text):
    assert [found.date for found in absolute_dates(text)] == [dt.date(2020, 7, 14)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("on Sept. 29", (None, 9, 29)),
        ("on 3 May", (None, 5, 3)),
        ("in May 2021", (2021, 5, None)),
        ("April 31, 2020 was", None),
        ("May 5, 1000 soldiers", (None, 5, 5)),
        ("12/07/2020", None),
        ("they may 5 times", None),
        ("version 1.2.2020.4", None),
        ("at 3 Mayfield Road", None),
        ("Mayor 14, 2020", None),
    ],
)
def test_partial_and_refused_dates(text, parts):
    found = [(date.year, date.month, date.day) for date in absolute_dates(text)]
    assert found == ([parts] if parts else [])


def test_dates_stand_in_order_and_point_into_the_text():
    text = "Published: 11:40, September 30, 2020 | Updated: 15:44, June 5, 2023"
    found = absolute_dates(text)
    assert [text[date.start : date.end] for date in found] == ["September 30, 2020", "June 5, 2023"]
    assert absolute_dates("14 July\n\n2020 people")[0].year is None


@given(st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31)), st.integers(0, 1), st.booleans())
def test_what_is_written_is_read(day, form, day_first):
    name = calendar().months[day.month - 1][0 if form == 0 else -1]
    words = f"{day.day} {name} {day.year}" if day_first else f"{name} {day.day}, {day.year}"
    assert [found.date for found in absolute_dates(f"It began on {words}.")] == [day]


@given(st.text(st.sampled_from("May 3,.20-/Jth\n"), max_size=80))
def test_any_text_gives_dates_that_exist_and_do_not_overlap(text):
    behind = 0
    for found in absolute_dates(text):
        assert behind <= found.start < found.end <= len(text)
        assert dt.date(found.year or 2000, found.month, found.day or 1)
        behind = found.end
