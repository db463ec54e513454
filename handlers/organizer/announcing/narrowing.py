"""Narrowing an audience: by nomination, age, school, municipality, by who applied; or choosing another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.contest.announcing.model import AnnouncementState
from bot.contest.audiences import UNLISTED, Audience, Entry, Filter, counts
from bot.contest.organisations import Directory
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import event_of
from handlers.kinds import Case
from handlers.organizer.announcing import drafts
from handlers.organizer.announcing.choosing import bases
from handlers.organizer.announcing.counting import is_large, tally
from handlers.organizer.announcing.scope import (
    Opened,
    announcement_for,
    announcement_steps,
    note,
    of_announcement,
)
from handlers.organizer.announcing.words import counted_people, described, spaced, value_label
from handlers.organizer.scope import not_available, whole

NARROW, OTHER = "org_announce_narrow", "org_announce_other"
ROLES = ("teacher", "parent", "self")
TYPED_LIMIT = 200


@of_announcement
async def whom(case: Case, found: Opened, _more: str) -> Outcome:
    """To whom it goes now, and what can be made narrower."""
    return await _screen(case, found)


async def _screen(case: Case, found: Opened) -> Outcome:
    announcement, audience = found.announcement, found.audience
    if announcement.state is not AnnouncementState.DRAFT:
        return await drafts.meanwhile(case, found)
    count = "" if await is_large(case, audience) else counted_people(case, (await tally(case, audience)).total)
    id_ = announcement.id
    ways = [
        Button(f"announcement.by.{filter_}", f"announcement_narrow:{found.version}/{filter_}")
        for filter_ in _offered(found)
    ]
    clear = Button("announcement.clear", f"announcement_clear:{found.version}")
    return Reply(
        "announce.whom",
        audience=described(case, found.running, audience),
        count=case.say("announce.whom_count", people=count) if count else "",
        narrow=case.say("announce.whom_narrow") if ways else "",
        buttons=[
            *(ways[start : start + 2] for start in range(0, len(ways), 2)),
            [
                *([clear] if audience.filters else []),
                Button("announcement.other", f"announcement_other:{found.version}"),
            ],
            [Button("announcement.whom_done", f"announcement:{id_}", colour="primary")],
        ],
    )


def _offered(found: Opened) -> list[Filter]:
    """What the event has to narrow by; of all events together less."""
    if not found.audience.is_of_applications:
        return []
    event = found.running.event if found.running else None
    offered = [Filter.NOMINATION] if event and event.leaves else []
    offered += [Filter.AGE_GROUP] if event and event.age_groups else []
    return [*offered, Filter.ORGANISATION, Filter.MUNICIPALITY, Filter.ROLE]


@of_announcement
async def narrow(_case: Case, found: Opened, more: str) -> Outcome:
    """Ask by what."""
    version, _, filter_ = more.partition("/")
    if filter_ not in _offered(found) or found.announcement.version != whole(version):
        return not_available() if filter_ not in _offered(found) else await drafts.meanwhile(_case, found)
    answers = {"announcement": found.announcement.id, "filter": filter_}
    return Open(NARROW, found.version, answers=answers, resume=False)


@of_announcement
async def clear(case: Case, found: Opened, version: str) -> Outcome:
    """All of the base again."""
    return await _changed(case, found, whole(version), found.audience.without_filters())


@of_announcement
async def other(_case: Case, found: Opened, _version: str) -> Outcome:
    """Choose another audience."""
    return Open(OTHER, found.version, answers={"event": found.announcement.event_code or ""}, resume=False)


async def _changed(case: Case, found: Opened, version: int, audience: Audience) -> Outcome:
    id_ = found.announcement.id
    acted = await case.storage.announcements.change(id_, version=version, audience=audience.to_json())
    after = Opened(acted.announcement, found.running)
    if not acted.done:
        return await drafts.meanwhile(case, after)
    await note(case, acted.announcement, "audience", audience=str(audience.base))
    return await _screen(case, after)


async def _in_hand(case: Case, answers: Answers) -> Opened | None:
    return await announcement_for(case, str(answers["announcement"]), case.person.id)


async def _options(case: Case, answers: Answers) -> Sequence[Option]:
    """The values that there are, the most frequent first; of typed words the schools that may be meant."""
    found, filter_ = await _in_hand(case, answers), Filter(answers["filter"])
    if found is None:
        return []
    if typed := answers.get("typed"):
        matches = case.facts.directory.find(str(typed))
        return [Option(match.organisation.name_short, match.organisation.code) for match in matches]
    values = await _values(case, found, filter_)
    return [Option(_label(case, found, filter_, value, count), value) for value, count in values.items()]


def _label(case: Case, found: Opened, filter_: Filter, value: str, count: int | None) -> str:
    label = value_label(case, found.running, filter_, value)
    return label if count is None else f"{label}: {spaced(count)}"


async def _values(case: Case, found: Opened, filter_: Filter) -> Mapping[str, int | None]:
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


def _with(audience: Audience, filter_: Filter, value: str, directory: Directory) -> Audience:
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


async def _typed(_case: Case, answers: Answers, text: str) -> Any:
    """A school as it is typed; anything else is one of the choices."""
    if answers["filter"] == Filter.ORGANISATION and text.strip():
        return {"typed": text}
    return Refusal("announce.narrow_expected")


async def _taken(case: Case, answers: Answers, value: Any) -> Answers | Refusal:
    if isinstance(value, dict):
        if not case.facts.directory.find(str(value["typed"])):
            return Refusal("announce.narrow_expected")
        return {**answers, "typed": value["typed"]}
    return {**answers, "value": value}


async def _about(case: Case, answers: Answers) -> dict[str, object]:
    found, filter_ = await _in_hand(case, answers), Filter(answers["filter"])
    audience = described(case, found.running, found.audience) if found else ""
    return {"ask": case.say(f"announce.narrow_ask.{filter_}"), "audience": audience}


async def _narrowed(case: Case, subject: str, answers: Answers) -> Outcome:
    id_, _, version = subject.partition("/")
    found = await announcement_for(case, id_, case.person.id)
    if found is None:
        return not_available()
    audience = _with(found.audience, Filter(answers["filter"]), str(answers["value"]), case.facts.directory)
    return await _changed(case, found, whole(version), audience)


async def _bases(case: Case, answers: Answers) -> Sequence[Option]:
    return await bases(case, await event_of(case, str(answers["event"])) if answers["event"] else None)


async def _chosen(case: Case, subject: str, answers: Answers) -> Outcome:
    id_, _, version = subject.partition("/")
    found = await announcement_for(case, id_, case.person.id)
    if found is None:
        return not_available()
    return await _changed(case, found, whole(version), Audience.from_json(answers["audience"]))


NARROWING = Talk(
    NARROW,
    announcement_steps(
        Step("value", parse=_typed, options=_options, accept=_taken, values=_about, counted=False, limit=TYPED_LIMIT)
    ),
    _narrowed,
    cancelled=whom,
)
CHOOSING = Talk(OTHER, announcement_steps(Step("audience", options=_bases, counted=False)), _chosen, cancelled=whom)
