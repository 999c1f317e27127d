"""Which events a denial answers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from geo.claims import Attribution, to_claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.events.drafts import Draft
    from geo.model import Sentence

# A denial looks back over so many sentences for "those reports", or for what it denies by name.
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
            if attribution.stance == "denies" and attribution.backward:
                for draft in _answered(attribution, drafts):
                    draft.claims += [
                        to_claim(attribution, claimant, sentences)
                        for claimant in attribution.claimants
                    ]
    for draft in drafts:
        if draft.only_denied:
            _deny_by_name(draft, drafts)


def _answered(attribution: Attribution, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that "those reports", "responsibility" or "a denial" point back to.

    "Those reports" are all that others claimed just before. A single denial is only of what was
    told last, and of nothing that names its doers and the denier is none of them.
    """
    who = {claimant.label for claimant in attribution.claimants}
    before = [
        draft
        for draft in _near(drafts, attribution.sentence)
        if draft.start < attribution.verb_start
        and not draft.labels("asserts") & who
        and not draft.labels("denies") & who
    ]
    claimed = [draft for draft in before if draft.labels("asserts")]
    if attribution.several:
        return claimed
    near = claimed and attribution.sentence - claimed[-1].sentence.index <= 1
    told = claimed if near else before
    last = told[-1].sentence.index if told else -1
    if attribution.sentence - last > SINGLE_REACH:
        return []
    told = [draft for draft in told if draft.sentence.index == last and _is_deed(draft)]
    return [draft for draft in told if not draft.actors or who & set(draft.actors)]


def _near(drafts: Sequence[Draft], sentence: int) -> Sequence[Draft]:
    """The drafts of a sentence and of those not far before it; drafts are in the text's order."""
    first = bisect_left(drafts, sentence - DENIAL_REACH, key=lambda draft: draft.sentence.index)
    last = bisect_right(drafts, sentence, key=lambda draft: draft.sentence.index)
    return drafts[first:last]


def _is_deed(draft: Draft) -> bool:
    """Whether somebody may have a part in it or not: a loss alone is no deed."""
    return any(trigger.strength == "act" for trigger in draft.triggers)


def _deny_by_name(denied: Draft, drafts: Sequence[Draft]) -> None:
    """Give "denied that it had shelled X", "had not shelled X" to what was told of X before."""
    denials = [claim for claim in denied.claims if claim.stance == "denies"]
    who = {claim.claimant for claim in denials}
    for draft in _near(drafts, denied.sentence.index):
        if draft is denied or not draft.labels("asserts") or not draft.places & denied.places:
            continue
        if not _is_deed(draft):
            continue
        if not who & (draft.labels("asserts") | draft.labels("denies")):
            draft.claims += denials
