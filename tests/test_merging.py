"""Joining drafts: the same as comparing each with all before it, which takes too long."""

from __future__ import annotations

import copy
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from geo.events.drafts import Draft
from geo.events.merging import merge
from geo.events.sites import Site
from geo.events.triggers import Trigger
from geo.model import Claim, EventPlace, Figure, Sentence

ACT = Trigger(0, 3, "battle", "act", definite=False, real=True, word="war")


def site(place):
    spot = EventPlace(
        place=place, place_id=place, lat=None, lon=None, relation="in", precision="none",
        start=0, end=1,
    )  # fmt: skip
    return Site(spot, 0, 1, "settlement", 0)


@st.composite
def drafts(draw):
    found = []
    for index in range(draw(st.integers(0, 9))):
        day = draw(st.sampled_from([None, dt.date(2021, 5, 1), dt.date(2021, 5, 2)]))
        claimed = draw(st.sampled_from(["", "Norland"]))
        claims = [Claim(stance="asserts", claimant=claimed, start=0, end=1)] if claimed else []
        figures = [Figure(killed=index, start=index, end=index + 1)] if draw(st.booleans()) else []
        sentence = Sentence(start=index, end=index + 1, index=index, segment=0, kind="paragraph")
        found.append(
            Draft(
                sentence,
                draw(st.sampled_from(["battle", "missile strike"])),
                (ACT,),
                [site(draw(st.sampled_from(["varden", "sokol"])))],
                first=day,
                last=day,
                claims=claims,
                figures=figures,
                heading=draw(st.integers(0, 3)) == 0,
                background=draw(st.integers(0, 4)) == 0,
            )
        )
    return found


def same(one, other):
    """The rule, for two drafts."""
    if one.places != other.places or one.background != other.background:
        return False
    if one.heading or other.heading:
        return True
    kinds = [(d.type, d.labels("asserts"), d.labels("denies")) for d in (one, other)]
    if kinds[0] != kinds[1] or (one.figures and other.figures and one.claims):
        return False
    return one.first == other.first or one.first is None or other.first is None


def told(merged):
    return [
        (draft.sentence.index, draft.first, len(draft.figures), len(draft.again), draft.heading)
        for draft in merged
    ]


@given(drafts())
def test_a_draft_joins_the_first_that_tells_the_same(found):
    kept = []
    for draft in copy.deepcopy(found):
        twin = next((other for other in kept if same(other, draft)), None)
        if twin is None:
            kept.append(draft)
        else:
            joined = merge([twin, draft])
            assert joined == [twin]
    assert told(merge(found)) == told(kept)
