"""Events as people meet them: what is open, the card of one, its rules."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest import calendar
from bot.contest.applications import ApplicationState
from bot.contest.phases import Phase
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, all_events, event_by_word, event_of
from handlers.kinds import Case
from handlers.participant import units
from handlers.participant.hand_in_rules import accepted, waits_for_work
from handlers.participant.wording import MENU, deadline, hours

#: So many events fit on one screen beside the way on and back.
PAGE = 5
#: What is shown of an event's life to those who only look around.
PARTS = (
    ("events_open", (Phase.INTAKE,)),
    ("events_coming", (Phase.ANNOUNCED,)),
    ("events_over", (Phase.SELECTION, Phase.JUDGING, Phase.PROTOCOL)),
)
SHOWN = tuple(phase for _, phases in PARTS for phase in phases)


async def events(case: Case, argument: str) -> Reply:
    """What is open and what is coming; `argument`: the number of the page."""
    shown = [running for running in await all_events(case) if running.phase(case.now) in SHOWN]
    shown.sort(key=lambda running: next(at for at, (_, now) in enumerate(PARTS) if running.phase(case.now) in now))
    if not shown:
        return Reply("no_events", buttons=[[Button("applications", "applications")], [MENU]])
    page = int(argument) if argument.isdecimal() and int(argument) * PAGE < len(shown) else 0
    part = shown[page * PAGE : (page + 1) * PAGE]
    parts = [(key, [one for one in part if one.phase(case.now) in phases]) for key, phases in PARTS]
    shown_parts = [_part(case, key, running) for key, running in parts if running]
    rows = [[Button(label=one.event.short_title, go=f"event:{one.code}")] for one in part]
    turns = [
        Button(label=label, go=f"events:{to}")
        for label, to in (("‹", page - 1), ("Ещё ›", page + 1))
        if 0 <= to * PAGE < len(shown)
    ]
    return Reply("events", parts=Trusted("\n\n".join(shown_parts)), buttons=[*rows, [*turns, MENU]])


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
        _topics(case, running),
        case.say("event_nominations", names=Trusted("; ".join(top.title for top in about.nominations)))
        if about.nominations
        else "",
        case.say("event_mine", count=len(going)) if going else "",
    ]
    rows: list[list[Button]] = []
    if any([await waits_for_work(case, running, one) for one in going]):
        rows.append([Button("hand_in", "submit", colour="primary")])
    if running.phase(case.now) is Phase.INTAKE and units.supported(about):
        key = "apply_more" if going else "register" if not about.submission else "apply"
        rows.append([Button(key, f"apply:{about.code}", colour="secondary" if rows else "primary")])
    if mine:
        rows.append([Button("applications", "applications")])
    rows.append([Button("rules", f"rules:{about.code}"), Button("other_events", "events")])
    return Reply(
        "event",
        title=Trusted(about.title),
        status=Trusted(about.status_line),
        summary=Trusted(about.texts.summary),
        who=Trusted(about.texts.for_whom),
        lines=Trusted("\n".join(line for line in lines if line)),
        age=about.age_mark,
        buttons=rows,
    )


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


def _part(case: Case, key: str, running: Sequence[Running]) -> str:
    lines = [case.say("events_line", title=Trusted(one.event.title), when=_briefly(case, one)) for one in running]
    return "\n".join([case.say(key), *lines])


def _briefly(case: Case, running: Running) -> str:
    """The one date that matters now."""
    zone, now = case.facts.zone, case.now
    match running.phase(now):
        case Phase.ANNOUNCED:
            return case.say("when_opens_briefly", day=calendar.day(running.event.opens_at, zone, now=now))
        case Phase.INTAKE:
            return case.say(
                "when_closes_briefly",
                day=calendar.day(running.closes_at, zone, now=now),
                left=calendar.left(running.closes_at, now),
            )
    return case.say("when_judged_briefly")


def _when(case: Case, running: Running) -> list[str]:
    """The dates of the card, with the zone and the time that is left."""
    zone, now, about = case.facts.zone, case.now, running.event
    lines = []
    if about.meeting is not None:
        lines.append(case.say("event_meeting", when=hours(about.meeting.starts_at, about.meeting.ends_at, zone, now)))
    results = ""
    if about.submission is not None and about.results_until is not None:
        results = case.say("event_results", day=calendar.day(about.results_until, zone, now=now))
    match running.phase(now):
        case Phase.ANNOUNCED | Phase.PREPARATION:
            lines.append(
                case.say("event_opens", opens=deadline(case, about.opens_at), closes=deadline(case, running.closes_at))
            )
        case Phase.INTAKE:
            key = "event_registration" if about.meeting is not None else "event_closes"
            left = calendar.left(running.closes_at, now)
            lines.append(case.say(key, closes=deadline(case, running.closes_at), left=left, results=results))
        case Phase.PUBLISHED | Phase.ARCHIVED:
            lines.append(case.say("event_published"))
        case _:
            lines.append(case.say("event_judged", closed=deadline(case, running.closes_at), results=results))
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
        case.say("rules_criterion", title=Trusted(one.title), most=one.max, only=_only(case, one.units))
        for one in about.criteria
        if one.max is not None
    ]
    return "\n".join([case.say("rules_criteria"), *lines])


def _only(case: Case, kinds: tuple[units.UnitKind, ...]) -> str:
    return case.say("rules_collective_only") if kinds and units.UnitKind.PERSON not in kinds else ""
