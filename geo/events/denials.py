"""Which events a denial answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.claims import Attribution, to_claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.events.drafts import Draft
    from geo.model import Sentence

# A denial looks back over so many sentences for "those reports".
DENIAL_REACH = 4
# "denied responsibility" answers what was told last, at most so many sentences before.
SINGLE_REACH = 2


def give_denials(
    attributions: Iterable[Iterable[Attribution]],
    drafts: Sequence[Draft],
    sentences: Sequence[Sentence],
) -> None:
    """Give every denial of an article to the drafts that it covers."""
    for found in attributions:
        for attribution in found:
            if attribution.stance == "denies":
                for draft in _answered(attribution, drafts):
                    draft.claims += [
                        to_claim(attribution, claimant, sentences)
                        for claimant in attribution.claimants
                    ]


def _answered(attribution: Attribution, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that a denial is about.

    A denial with an object of its own ("denied that troops had entered X") answers what was told
    of that place. "Those reports" are all that others claimed just before; "responsibility", "it"
    and "a denial" are only what was told last.
    """
    who = {claimant.label for claimant in attribution.claimants}
    before = [
        draft
        for draft in drafts
        if 0 <= attribution.sentence - draft.sentence.index <= DENIAL_REACH
        and draft.start < attribution.verb_start
        and not draft.labels("asserts") & who
        and not draft.labels("denies") & who
    ]
    claimed = [draft for draft in before if draft.labels("asserts")]
    own = [
        draft
        for draft in drafts
        if draft.sentence.index == attribution.sentence
        and attribution.start <= draft.start < attribution.end
    ]
    if own and not attribution.backward:
        places = [draft.places for draft in own]
        return [draft for draft in claimed if draft.places in places and draft not in own]
    if attribution.several:
        return claimed
    near = claimed and attribution.sentence - claimed[-1].sentence.index <= 1
    told = claimed if near else before
    last = told[-1].sentence.index if told else -1
    if attribution.sentence - last > SINGLE_REACH:
        return []
    return [draft for draft in told if draft.sentence.index == last]
