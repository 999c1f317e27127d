"""Who says it and who denies it.

An attribution is a claimant, a stance and the stretch of text that it covers. "X said that ...",
"according to X, ...", "..., X said" cover their sentence up to the next one who speaks; "X denied
those reports" covers what was reported just before, which ``geo.events.denials`` finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.claims.attributions import Attribution, Attributor
from geo.claims.speakers import Claimant
from geo.model import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.model import Sentence

__all__ = ["Attribution", "Attributor", "Claimant", "claims_on", "to_claim"]


def claims_on(
    start: int, end: int, attributions: Iterable[Attribution], sentences: Sequence[Sentence]
) -> tuple[Claim, ...]:
    """The claims of those whose stretch covers the middle of ``text[start:end]``."""
    middle = (start + end) // 2
    covering = [a for a in attributions if a.start <= middle < a.end and not a.backward]
    # The narrowest stretch speaks: "X said that Y had announced ..." is Y's claim told by X.
    covering.sort(key=lambda a: a.end - a.start)
    named = [a for a in covering if any(c.kind != "media" for c in a.claimants)] or covering
    claims = {
        claimant.label: to_claim(attribution, claimant, sentences)
        for attribution in named[:1]
        for claimant in attribution.claimants
    }
    return tuple(claims.values())


def to_claim(attribution: Attribution, claimant: Claimant, sentences: Sequence[Sentence]) -> Claim:
    """The claim of one claimant; its span is the whole sentence, so no second half is lost."""
    sentence = sentences[attribution.sentence]
    return Claim(
        stance=attribution.stance,
        claimant=claimant.label,
        claimant_id=claimant.actor,
        hedge=attribution.hedge,
        start=sentence.start,
        end=sentence.end,
    )
