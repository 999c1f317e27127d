"""Whose claim it is: parties and groups of parties, third parties, the report's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.page_words import NAME_MAX, shown, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.model import Actor, Claim, Pack

HUES = ("#7a4cb3", "#8a5a00", "#00707a", "#a03a6a")
"""Fill of parties in the order of their ids: equally light, no red against green.
Parties after the fourth share `LATER_HUE` and are told apart by their names."""

LATER_HUE = "#5b5f66"
THIRD_HUE = "#3f4a50"
VOICE_HUE = "#56636b"
THIRD, VOICE = "~third", "~voice"
"""Groups that are no party; no id of an actor starts with a tilde."""


class Parties:
    """Maps the claimants of a page to the groups that its filters and colours know."""

    def __init__(self, actors: Iterable[Actor], packs: Iterable[Pack]) -> None:
        """Parties are the actors that some pack names as such."""
        self._actors = {actor.id: actor for actor in actors}
        named = {party for pack in packs for party in pack.parties}
        self._groups: dict[str, list[str]] = {}
        for actor in sorted(self._actors.values(), key=lambda actor: actor.id):
            if actor.id in named or (actor.group and actor.group in named):
                self._groups.setdefault(shown(actor.group or actor.id, NAME_MAX), []).append(
                    actor.label
                )
        self._order = [*sorted(self._groups), THIRD, VOICE]

    @property
    def count(self) -> int:
        """How many parties or groups of parties there are."""
        return len(self._groups)

    def group(self, claim: Claim) -> str:
        """The party or group of parties that makes the claim, or `THIRD`."""
        actor = self._actors.get(claim.claimant_id)
        if actor is None:
            return THIRD
        key = shown(actor.group or actor.id, NAME_MAX)
        return key if key in self._groups else THIRD

    def ordered(self, groups: Iterable[str]) -> list[str]:
        """The groups once each: parties by id, then third parties, then the report itself."""
        wanted = set(groups)
        return [group for group in self._order if group in wanted]

    def rows(self) -> list[dict[str, Any]]:
        """Id, label, colour and members of every group, in the fixed order."""
        w = words()
        rows: list[dict[str, Any]] = []
        for number, group in enumerate(sorted(self._groups)):
            actor = self._actors.get(group)
            members = [shown(label, NAME_MAX) for label in self._groups[group]]
            label = shown(actor.label if actor else group, NAME_MAX)
            hue = HUES[number] if number < len(HUES) else LATER_HUE
            rows.append(
                {
                    "id": group,
                    "label": label,
                    "hue": hue,
                    "party": True,
                    "members": members if len(members) > 1 else [],
                }
            )
        rows.append(
            {"id": THIRD, "label": w["third"], "hue": THIRD_HUE, "party": False, "members": []}
        )
        rows.append(
            {"id": VOICE, "label": w["voice"], "hue": VOICE_HUE, "party": False, "members": []}
        )
        return rows
