"""The part that each name plays: a place, a party named by its place, or where a report was filed.

The rules of ``geo.roles.parties`` and ``geo.roles.sites`` are asked in order; the first that
answers decides and gives its reason in plain words. ``event_site`` is left to the events: here a
place that is none gets ``may_be_site`` False with the cue that says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from geo.roles.context import Setting
from geo.roles.datelines import DATELINE_RULES
from geo.roles.parties import PARTY_RULES
from geo.roles.sites import NO_SITE_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.gazetteer import Gazetteer
    from geo.model import Article, Resolution


def assign_roles(
    article: Article, resolutions: Iterable[Resolution], gazetteer: Gazetteer
) -> tuple[Resolution, ...]:
    """Give the resolutions with role, its reason, and whether an event may rest on them."""
    given = tuple(resolutions)
    setting = Setting(article, given, gazetteer)
    return tuple(_assigned(at, resolution, setting) for at, resolution in enumerate(given))


def _assigned(at: int, resolution: Resolution, setting: Setting) -> Resolution:
    for rule in DATELINE_RULES:
        if reason := rule(at, setting):
            return msgspec.structs.replace(
                resolution, role="dateline", role_reason=reason, may_be_site=False
            )
    for verdict in PARTY_RULES:
        told = verdict(at, setting)
        if told is None:
            continue
        party, reason = told
        if party:
            return msgspec.structs.replace(
                resolution, role="metonym", role_reason=reason, may_be_site=False
            )
        break
    else:
        reason = "nothing around it says that it acts"
    for rule in NO_SITE_RULES:
        if cue := rule(at, setting):
            return msgspec.structs.replace(
                resolution, role="other_literal", role_reason=cue, may_be_site=False
            )
    return msgspec.structs.replace(resolution, role="other_literal", role_reason=reason)
