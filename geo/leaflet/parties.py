"""Whose claim it is: parties and groups of parties, third parties, the report's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.wording import NAME_MAX, shown, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.model import Actor, Claim, Event, Pack

HUES = ("#7a4cb3", "#8a5a00", "#00707a", "#a03a6a")
"""Fill of parties in the order of their ids: equally light, no red against green.
Parties after the fourth share `LATER_HUE` and are told apart by their names."""

LATER_HUE = "#5b5f66"
THIRD_HUE = "#3f4a50"
VOICE_HUE = "#56636b"
THIRD, VOICE = "~third", "~voice"
"""Groups that are no party; no id of an actor starts with a tilde."""


_ARMED = {"de facto authority", "armed group"}
"""Kinds that are a side wherever they speak about an event; no observer is one of these."""


class Parties:
    """Maps the claimants of a page to the groups that its filters and colours know.

    A party is an actor that a pack names as one, or an armed group or de facto authority that
    claims or denies something here. Where no pack names any, a state is one that speaks of events
    and acts in them; a state that only comments is a third party.
    """

    def __init__(
        self, actors: Iterable[Actor], packs: Iterable[Pack], events: Iterable[Event] = ()
    ) -> None:
        """Find the parties of one page."""
        self._actors = {actor.id: actor for actor in actors}
        told = tuple(events)
        named = {party for pack in packs for party in pack.parties if party in self._actors}
        speaking = {claim.claimant_id for event in told for claim in event.claims}
        acting = {label for event in told for label in event.actors}
        sides: dict[str, list[str]] = {}
        others: dict[str, list[str]] = {}
        for actor in sorted(self._actors.values(), key=lambda actor: actor.id):
            key = self._key(actor)
            speaks = actor.id in speaking
            if actor.id in named or (speaks and key in named):
                sides.setdefault(shown(key, NAME_MAX), []).append(actor.label)
            elif speaks and (
                actor.kind in _ARMED
                or (not named and actor.kind == "state" and acting & {actor.id, actor.label})
            ):
                others.setdefault(shown(key, NAME_MAX), []).append(actor.label)
        self._sides = frozenset(sides or others)
        # The sides that a pack names come first: theirs is the pair of equally light colours.
        self._groups = {key: sides[key] for key in sorted(sides)}
        for key in sorted(others):
            self._groups.setdefault(key, []).extend(others[key])
        self._order = [*self._groups, THIRD, VOICE]

    def _key(self, actor: Actor) -> str:
        """The group at the end of the actor's chain of groups, or the actor itself."""
        seen = {actor.id}
        key = actor.id
        while (
            above := self._actors[key].group if key in self._actors else ""
        ) and above not in seen:
            seen.add(above)
            key = above
        return key

    def both(self, groups: Iterable[str]) -> bool:
        """Whether the groups are the two sides, where there are two."""
        return len(self._sides) == 2 and self._sides == set(groups)

    def group(self, claim: Claim) -> str:
        """The party or group of parties that makes the claim, or `THIRD`."""
        actor = self._actors.get(claim.claimant_id)
        if actor is None:
            return THIRD
        key = shown(self._key(actor), NAME_MAX)
        return key if key in self._groups else THIRD

    def ordered(self, groups: Iterable[str]) -> list[str]:
        """The groups once each: parties in order, then third parties, then the report itself."""
        wanted = set(groups)
        return [group for group in self._order if group in wanted]

    def rows(self) -> list[dict[str, Any]]:
        """Id, label, colour and members of every group, in the fixed order."""
        w = words()
        rows: list[dict[str, Any]] = []
        for number, group in enumerate(self._groups):
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
