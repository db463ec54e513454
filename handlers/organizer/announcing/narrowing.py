"""Narrowing an audience: by nomination, age, school, municipality, by who applied; or choosing another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.contest.announcing.model import AnnouncementState
from bot.contest.audiences import Audience, Filter
from bot.contest.refusal import Refusal
from bot.contest.text import fold
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import event_of
from handlers.kinds import Case
from handlers.organizer.announcing import standing
from handlers.organizer.announcing.choosing import bases
from handlers.organizer.announcing.counting import is_large, tally
from handlers.organizer.announcing.filters import values, with_value
from handlers.organizer.announcing.scope import Opened, announcement_for, announcement_steps, note, of_announcement
from handlers.organizer.announcing.words import counted_people, described, value_label, with_count
from handlers.organizer.scope import not_available, whole

NARROW, OTHER = "org_announce_narrow", "org_announce_other"
TYPED_LIMIT = 200


@of_announcement
async def whom(case: Case, found: Opened, _more: str) -> Outcome:
    """To whom it goes now, and what can be made narrower."""
    return await _screen(case, found)


async def _screen(case: Case, found: Opened) -> Outcome:
    announcement, audience = found.announcement, found.audience
    if announcement.state is not AnnouncementState.DRAFT:
        return await standing.meanwhile(case, found)
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
        return not_available() if filter_ not in _offered(found) else await standing.meanwhile(_case, found)
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
        return await standing.meanwhile(case, after)
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
    offered = await values(case, found, filter_)
    return [Option(_label(case, found, filter_, value, count), value) for value, count in offered.items()]


def _label(case: Case, found: Opened, filter_: Filter, value: str, count: int | None) -> str:
    return with_count(value_label(case, found.running, filter_, value), count)


async def _typed(case: Case, answers: Answers, text: str) -> Any:
    """A school as it is typed; of other choices the one that has these words."""
    if answers["filter"] == Filter.ORGANISATION and text.strip():
        return {"typed": text}
    wanted = fold(text)
    found = [one for one in await _options(case, answers) if wanted and wanted in fold(one.label)]
    return found[0].value if len(found) == 1 else Refusal("announce.narrow_expected")


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
    audience = with_value(found.audience, Filter(answers["filter"]), str(answers["value"]), case.facts.directory)
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
