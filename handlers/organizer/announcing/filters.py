"""The values that an audience can be narrowed by, and the audience with one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.contest.audiences import UNLISTED, Audience, Entry, Filter, counts
from bot.contest.organisations import Directory
from handlers.kinds import Case
from handlers.organizer.announcing.counting import is_large
from handlers.organizer.announcing.scope import Opened

ROLES = ("teacher", "parent", "self")


async def values(case: Case, found: Opened, filter_: Filter) -> Mapping[str, int | None]:
    """What may be chosen, with how many people that is; without numbers where there is too much to count."""
    audience = _without(found.audience, filter_)
    if not await is_large(case, audience):
        entries = [one async for one in case.storage.audiences.entries(audience) if audience.takes(one)]
        return _of_places(case, entries) if filter_ is Filter.MUNICIPALITY else counts(entries, filter_)
    event, directory = (found.running.event if found.running else None), case.facts.directory
    match filter_:
        case Filter.NOMINATION if event:
            return {leaf.code: None for leaf in event.leaves}
        case Filter.AGE_GROUP if event:
            return {group.code: None for group in event.age_groups}
        case Filter.ROLE:
            return dict.fromkeys(ROLES)
        case Filter.MUNICIPALITY:
            return dict.fromkeys(sorted({directory.municipality(code) for code in directory.codes}))
    return {}


def _of_places(case: Case, entries: Sequence[Entry]) -> dict[str, int]:
    """How many people come from each municipality, the most first."""
    directory = case.facts.directory
    known = {code: directory.municipality(code) for code in directory.codes}
    people: dict[str, set[int]] = {}
    for entry in entries:
        if place := known.get(entry.organisation_code or ""):
            people.setdefault(place, set()).add(entry.person_id)
    return {place: len(them) for place, them in sorted(people.items(), key=lambda item: (-len(item[1]), item[0]))}


def _without(audience: Audience, filter_: Filter) -> Audience:
    """The audience as it was before this filter."""
    match filter_:
        case Filter.NOMINATION:
            return replace(audience, nomination="")
        case Filter.AGE_GROUP:
            return replace(audience, age_group="")
        case Filter.ROLE:
            return replace(audience, role="")
        case Filter.ORGANISATION:
            return replace(audience, organisation="", organisation_name="")
    return replace(audience, municipality="", organisations=())


def with_value(audience: Audience, filter_: Filter, value: str, directory: Directory) -> Audience:
    """The audience with this filter."""
    match filter_:
        case Filter.NOMINATION:
            return replace(audience, nomination=value)
        case Filter.AGE_GROUP:
            return replace(audience, age_group=value)
        case Filter.ROLE:
            return replace(audience, role=value)
        case Filter.ORGANISATION if value.startswith(UNLISTED):
            return replace(audience, organisation="", organisation_name=value.removeprefix(UNLISTED))
        case Filter.ORGANISATION:
            return replace(audience, organisation=value, organisation_name="")
    codes = tuple(sorted(code for code in directory.codes if directory.municipality(code) == value))
    return replace(audience, municipality=value, organisations=codes)
