"""Applying: the talk that fills in an application and sends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.contest.applications import ApplicationState, applying_refusal, number
from bot.talk.model import Again, Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant import drafts, meetings, units
from handlers.participant.applications import absent
from handlers.participant.consents import declined, record
from handlers.participant.events import card, no_event
from handlers.participant.form import REGULATION, another_of, contact_of, form_of, more_buttons
from handlers.participant.own import own_application
from handlers.participant.questions import questions
from handlers.participant.review_steps import said_no
from handlers.participant.wording import deadline, hours, refusal_reply
from storage.application_rows import Application, Contact

TALK = drafts.APPLY


async def apply(case: Case, code: str) -> Outcome:
    """Begin an application to the event; one that was begun before is offered first."""
    running = await event_of(case, code)
    if running is None:
        return no_event()
    if (closed := _closed(case, running)) is not None:
        return closed
    draft = await case.storage.memory.draft(case.person.id, TALK, code)
    if draft is not None and draft.trail:
        return drafts.offered(await drafts.describe(case, draft), draft)
    return Open(TALK, code)


async def another(case: Case, argument: str) -> Outcome:
    """One more participant with the same school, teacher and contact."""
    application = await own_application(case, argument)
    running = await event_of(case, application.event_code) if application else None
    if application is None or running is None:
        return absent()
    if (closed := _closed(case, running)) is not None:
        return closed
    draft = await case.storage.memory.draft(case.person.id, TALK, running.code)
    if draft is not None and draft.trail:
        return drafts.offered(await drafts.describe(case, draft), draft)
    contact = await case.storage.applications.contact(application.id)
    answers = another_of(running.event, application, contact or Contact())
    supervisor = case.say("another_supervisor", names=application.supervisor) if application.supervisor else ""
    kept = Reply("another_kept", school=application.organisation_name, supervisor=supervisor)
    return Open(TALK, running.code, answers=answers, resume=False, before=kept)


async def steps(case: Case, code: str) -> Sequence[Step]:
    """The event's questions."""
    running = await event_of(case, code)
    return () if running is None else questions(running.event)


async def finish(case: Case, code: str, answers: Answers) -> Outcome | Again:
    """Keep the application, if it came in time."""
    running = await event_of(case, code)
    if running is None:
        return no_event()
    if declined(answers):
        return Reply("apply_declined", buttons=[[Button("back_to_event", f"event:{code}")]])
    if said_no(answers):
        own = answers["earlier"]
        rows = [[Button("open_application", f"application:{own['id']}")]] if own else []
        return Reply("apply_left", buttons=[*rows, [Button("to_menu", "menu")]])
    if (closed := _closed(case, running)) is not None:
        return closed
    application = await _keep(case, running, answers)
    return _sent(case, running, application)


async def cancelled(case: Case, code: str) -> Outcome:
    """Back to the event; where something was answered, it is said that nothing was sent."""
    running = await event_of(case, code)
    if running is None:
        return no_event()
    shown = await card(case, running)
    return [Reply("apply_cancelled"), shown] if await drafts.is_answered(case, TALK, code) else shown


def _closed(case: Case, running: Running) -> Reply | None:
    """Why nobody may apply any more, judged by the messenger's date of the person's word."""
    event = running.event
    refusal = applying_refusal(
        event.title, opens_at=event.opens_at, closes_at=running.closes_at, now=case.incoming.said_at
    )
    if refusal is None and units.supported(event) and running.stored.archived_at is None:
        return None
    row = (Button("events", "events"),)
    return refusal_reply(case, refusal, row) if refusal else Reply("apply_elsewhere", buttons=[row])


async def _keep(case: Case, running: Running, answers: Answers) -> Application:
    event, form = running.event, form_of(running.event, answers)
    if event.regulation_url:
        read = {"url": event.regulation_url, "revision": running.stored.revision}
        form = replace(form, answers={**form.answers, REGULATION: read})
    state = ApplicationState.SENT if event.moderation else ApplicationState.ACCEPTED
    application = await case.storage.applications.add(
        form,
        event_code=event.code,
        person_id=case.person.id,
        state=state,
        contact=contact_of(answers),
        number=lambda ordinal: number(event.number_prefix, event.year, ordinal),
        at=case.incoming.said_at,
    )
    await record(case, application.id, answers)
    return application


def _sent(case: Case, running: Running, application: Application) -> Reply:
    event = running.event
    key = "apply_sent" if application.state is ApplicationState.SENT else "apply_accepted"
    rows = [[Button("hand_in", f"submit:{application.id}", colour="primary")]] if event.submission else []
    rows += [[button] for button in more_buttons(application)]
    return Reply(
        key,
        number=application.number,
        then=Trusted(_then(case, running)),
        buttons=[*rows, [Button("applications", "applications")]],
    )


def _then(case: Case, running: Running) -> str:
    """What is left to do."""
    if running.event.submission is not None:
        return case.say("then_hand_in", closes=deadline(case, running.closes_at))
    meeting = running.event.meeting
    if meeting is None:
        return ""
    link = ""
    if meeting.join_url:
        told = meetings.is_near(meeting, case.now)
        link = case.say("then_link", url=Trusted(meeting.join_url)) if told else case.say("then_link_later")
    when = hours(meeting.starts_at, meeting.ends_at, case.facts.zone, case.now)
    return case.say("then_meet", when=when, link=Trusted(link))


APPLY = Talk(TALK, steps=steps, finish=finish, cancelled=cancelled, kept=True)
