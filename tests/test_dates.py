"""Which days the words of an article mean."""

import datetime as dt

import pytest

from geo.articles import article_from_text
from geo.events.dates import read_dates

PUBLISHED = dt.date(2031, 3, 12)  # a Wednesday


def refs(text, published=PUBLISHED, title=""):
    article = article_from_text(text, published=published, title=title)
    return [(article.text[r.start : r.end], r) for line in read_dates(article) for r in line.refs]


def days(text, published=PUBLISHED, title=""):
    return [(r.first, r.last) for _, r in refs(text, published, title)]


def day(month, number, year=2031):
    return dt.date(year, month, number)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Shells fell on Tarn on Tuesday.", day(3, 11), day(3, 11)),
        ("Shells fell on Tarn on Wednesday.", day(3, 12), day(3, 12)),
        ("Shells fell on Tarn last Wednesday.", day(3, 5), day(3, 5)),
        ("Shells fell on Tarn on 2 March.", day(3, 2), day(3, 2)),
        ("Shells fell on Tarn on March 2nd, 2029.", day(3, 2, 2029), day(3, 2, 2029)),
        ("Shells fell on Tarn on 2029-03-02.", day(3, 2, 2029), day(3, 2, 2029)),
        ("Shells fell on Tarn on December 30.", day(12, 30, 2030), day(12, 30, 2030)),
        ("Shells fell between 4 and 9 March on Tarn.", day(3, 4), day(3, 9)),
        ("Shells fell on Tarn on the night of 4 March.", day(3, 4), day(3, 5)),
        ("Fighting went on throughout the night on Monday.", day(3, 10), day(3, 11)),
        ("Shells fell on Tarn overnight.", day(3, 11), day(3, 12)),
        ("Shells fell on Tarn today.", day(3, 12), day(3, 12)),
        ("Shells fell on Tarn yesterday.", day(3, 11), day(3, 11)),
        ("Fighting has gone on for three days.", day(3, 10), day(3, 12)),
        ("For the third day there was fighting.", day(3, 10), day(3, 12)),
        ("Fire that began on Sunday had continued into Tuesday.", day(3, 9), day(3, 11)),
        ("Three days ago Tarn was shelled.", day(3, 9), day(3, 9)),
    ],
)
def test_words_of_time_mean_days(text, first, last):
    assert (first, last) in days(text)


@pytest.mark.parametrize(
    "text",
    [
        "In 2016 dozens died.",
        "In March dozens died.",
        "In the 1990s there was war.",
        "Last year dozens died.",
    ],
)
def test_a_month_or_a_year_alone_settles_no_day(text):
    assert [r.first for _, r in refs(text)] == [None]


@pytest.mark.parametrize("text", ["They may march on.", "The army may attack.", "May we go?"])
def test_verbs_that_look_like_months_give_no_day(text):
    assert all(first is None for first, _ in days(text))


def test_an_earlier_year_is_history_and_this_month_is_not():
    assert [r.past for _, r in refs("In 2016 dozens died.")] == [True]
    assert [r.past for _, r in refs("In March dozens died.")] == [False]


def test_the_next_day_counts_from_the_day_last_told():
    found = days(
        "On 2 March Tarn was shelled. The next day Varden was. Two days later it was quiet."
    )
    assert [first for first, _ in found] == [day(3, 2), day(3, 3), day(3, 5)]


def test_since_marks_the_beginning_of_a_period():
    [(words, ref)] = refs("Ten people have died since the fighting began on Sunday.")
    assert words == "Sunday"
    assert ref.since


def test_a_dateline_moves_the_day_that_weekdays_are_seen_from():
    found = days("VARDEN, March 5: Shells fell on Tarn on Monday.")
    assert (day(3, 3), day(3, 3)) in found


def test_without_a_publication_date_the_year_comes_from_the_title():
    assert (day(5, 8, 2019), day(5, 8, 2019)) in days(
        "On May 8 Tarn was shelled.", None, "Battle of Tarn (2019)"
    )


def test_without_any_date_a_weekday_means_no_day():
    assert days("Shells fell on Tarn on Tuesday.", None) == []


@pytest.mark.parametrize("text", ["On 31 February it rained.", "On 2031-13-45 it rained."])
def test_impossible_dates_are_no_dates(text):
    assert all(first is None for first, _ in days(text))


def test_spans_slice_back_to_the_words():
    for words, _ in refs("On 2 March, and on Tuesday, and overnight, and for three days."):
        assert words.strip() == words
        assert words
