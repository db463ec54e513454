"""One event as people meet it: its card, its rules, the links that lead straight to it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest import calendar
from bot.contest.applications import ApplicationState
from bot.contest.event.scoring import Ranking
from bot.contest.event.units import Attendance
from bot.contest.phases import Phase
from bot.contest.stages import running as going_on
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_by_word, event_of
from handlers.jury.points import is_raw, shown
from handlers.kinds import Case
from handlers.participant import deadlines
from handlers.participant.applying import roles, units
from handlers.participant.events import attendance, bundles, seats
from handlers.participant.wording import briefly, deadline, hours
from handlers.participant.works.hand_in_rules import accepted, waits_for_work
from handlers.teacher import columns
from storage.application_rows import Application

#: So many children of a parent event have a button each.
MOST_CHILDREN = 4
COLUMNS = 2


async def event(case: Case, code: str) -> Reply:
    """The card of an event."""
    running = await event_of(case, code)
    return no_event() if running is None else await card(case, running)


async def door(case: Case, word: str) -> Outcome:
    """A deep link with an event's code, or its name without the year."""
    running = await event_by_word(case, word)
    return None if running is None else await card(case, running)


async def card(case: Case, running: Running) -> Reply:
    """All that decides whether to take part, and the way in."""
    about = running.event
    mine = await case.storage.applications.of_person(case.person.id, about.code)
    going = [one for one in mine if one.state is not ApplicationState.WITHDRAWN]
    lines = [
        case.say("event_hand_in", what=Trusted(about.texts.hand_in)) if about.texts.hand_in else "",
        *_when(case, running),
        await seats.line_of_event(case, running),
        *await _children(case, running),
        _topics(case, running),
        case.say("event_nominations", names=Trusted("; ".join(top.title for top in about.nominations)))
        if about.nominations
        else "",
        case.say("event_mine", count=len(going)) if going else "",
    ]
    return Reply(
        "event",
        title=Trusted(about.title),
        status=Trusted(about.status_line),
        summary=Trusted(about.texts.summary),
        who=Trusted(about.texts.for_whom),
        lines=Trusted("\n".join(line for line in lines if line)),
        age=about.age_mark,
        buttons=await _buttons(case, running, mine, going),
    )


async def _buttons(
    case: Case, running: Running, mine: Sequence[Application], going: Sequence[Application]
) -> list[list[Button]]:
    code = running.code
    first = [Button("attend", f"attend:{code}", colour="primary")] if await attendance.is_awaited(case, running) else []
    if any([await waits_for_work(case, running, one) for one in going]):
        first.append(Button("hand_in", "submit", colour="primary"))
    rows = [first] if first else []
    if bundles.is_bundle(running):
        rows += await _ways_to_children(case, running)
    elif _may_enter(case, running, going):
        key = "apply_more" if going else "register" if not running.event.submission else "apply"
        bulk = [Button("blank", f"blank:{code}")] if columns.possible(running.event) else []
        rows.append([Button(key, f"apply:{code}", colour="secondary" if rows else "primary"), *bulk])
    if mine:
        rows.append([Button("applications", "applications")])
    if _is_coming(case, running):
        rows.append([Button("to_calendar", f"ics:{code}"), Button("remind", f"remind:{code}")])
    return [*rows, [Button("rules", f"rules:{code}"), Button("other_events", "events")]]


def _may_enter(case: Case, running: Running, going: Sequence[Application]) -> bool:
    """Whether there is something to enter; who listens at a meeting is there once."""
    event = running.event
    once = isinstance(event.unit, Attendance) and all(role.adult is not None for role in roles.offered(event))
    open_now = deadlines.may_apply(case, running) and running.stored.archived_at is None
    return open_now and bool(units.supported(event)) and not (once and going)


async def _children(case: Case, running: Running) -> list[str]:
    """What the parts of a parent event are, and when."""
    found = await bundles.children(case, running)
    lines = [case.say("events_line", title=Trusted(one.event.title), when=briefly(case, one)) for one in found]
    return [case.say("event_children"), *lines] if lines else []


async def _ways_to_children(case: Case, running: Running) -> list[list[Button]]:
    found = (await bundles.children(case, running))[:MOST_CHILDREN]
    buttons = [Button(label=one.event.short_title, go=f"event:{one.code}") for one in found]
    rows = [buttons[start : start + COLUMNS] for start in range(0, len(buttons), COLUMNS)]
    can_join = bool(await bundles.open_children(case, running))
    return [[Button("join", f"join:{running.code}", colour="primary")], *rows] if can_join else rows


def _is_coming(case: Case, running: Running) -> bool:
    """Whether there is a date ahead to be remembered."""
    meeting, stored = running.event.meeting, running.stored
    if stored.approved_at or stored.published_at or stored.archived_at:
        return False
    return case.now < max(running.until(case.person.id).at, meeting.starts_at if meeting else running.closes_at)


async def rules(case: Case, code: str) -> Reply:
    """The regulation, what is handed in and how it is judged."""
    running = await event_of(case, code)
    if running is None:
        return no_event()
    about = running.event
    parts = [
        about.texts.details or "",
        _topics(case, running),
        *_submission_rules(case, running),
        _criteria(case, running),
    ]
    regulation = [[Button("regulation", url=about.regulation_url)]] if about.regulation_url else []
    return Reply(
        "event_rules",
        title=Trusted(about.title),
        parts=Trusted("\n\n".join(part for part in parts if part)),
        buttons=[*regulation, [Button("back_to_event", f"event:{about.code}")]],
    )


def no_event() -> Reply:
    """The event is not there, or not any more."""
    return Reply("no_event", buttons=[[Button("events", "events")]])


def _when(case: Case, running: Running) -> list[str]:
    """The dates of the card, with the zone and the time that is left."""
    zone, now, about = case.facts.zone, case.now, running.event
    closes_at = running.until(case.person.id).at
    lines = []
    if about.meeting is not None:
        lines.append(case.say("event_meeting", when=hours(about.meeting.starts_at, about.meeting.ends_at, zone, now)))
    results = ""
    if about.submission is not None and about.results_until is not None:
        results = case.say("event_results", day=calendar.day(about.results_until, zone, now=now))
    phase = running.phase(now)
    if phase in (Phase.SELECTION, Phase.JUDGING, Phase.PROTOCOL) and running.closes_at < now <= closes_at:
        phase = Phase.INTAKE
    match phase:
        case Phase.ANNOUNCED | Phase.PREPARATION:
            lines.append(
                case.say("event_opens", opens=deadline(case, about.opens_at), closes=deadline(case, closes_at))
            )
        case Phase.INTAKE:
            key = "event_registration" if about.meeting is not None else "event_closes"
            left = calendar.left(closes_at, now)
            lines.append(case.say(key, closes=deadline(case, closes_at), left=left, results=results))
        case Phase.PUBLISHED | Phase.ARCHIVED:
            lines.append(case.say("event_published"))
        case _:
            lines.append(case.say("event_judged", closed=deadline(case, closes_at), results=results))
    if phase not in (Phase.PUBLISHED, Phase.ARCHIVED) and (stage := going_on(about, now)) is not None:
        lines.append(case.say("my_stage.now", stage=stage.title, until=deadline(case, stage.closes_at)))
    return lines


def _submission_rules(case: Case, running: Running) -> list[str]:
    submission = running.event.submission
    if submission is None:
        return []
    lines = [case.say("rules_accepted", what=Trusted(accepted(case, running.event, None)))]
    if most := submission.most_per("participant"):
        lines.append(case.say("rules_most", count=most))
    lines.append(case.say("rules_replace" if submission.editing_allowed else "rules_no_replace"))
    if submission.remix is not None and submission.remix.note:
        lines.append(submission.remix.note)
    if submission.advice:
        lines.append(submission.advice)
    return ["\n".join(lines)]


def _topics(case: Case, running: Running) -> str:
    """What a webinar is about, and who speaks."""
    topics = running.event.meeting.topics if running.event.meeting else ()
    lines = [
        case.say(
            "event_topic",
            title=Trusted(topic.title),
            speaker=case.say("event_speaker", name=Trusted(topic.speaker)) if topic.speaker else "",
        )
        for topic in topics
    ]
    return "\n".join([case.say("event_topics"), *lines]) if lines else ""


def _criteria(case: Case, running: Running) -> str:
    about = running.event
    if not about.criteria:
        return ""
    lines = [
        case.say("rules_criterion", title=Trusted(one.title), most=shown(one.max), only=_only(case, one.units))
        for one in about.criteria
        if one.max is not None and not is_raw(one)
    ]
    raw = ", ".join(one.title for one in about.criteria if is_raw(one))
    by_places = about.scoring.ranking is Ranking.SUM_OF_PLACES
    found = [
        "\n".join([case.say("rules_criteria"), *lines]) if lines else "",
        case.say("rules_raw", titles=Trusted(raw)) if raw else "",
        case.say("rules_by_places") if by_places else "",
        case.say(f"org.tie.{about.scoring.tie}"),
    ]
    return "\n".join(line for line in found if line)


def _only(case: Case, kinds: tuple[units.UnitKind, ...]) -> str:
    return case.say("rules_collective_only") if kinds and units.UnitKind.PERSON not in kinds else ""
