"""Applying: the talk that fills in an application and sends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.contest.applications import ApplicationState, number
from bot.contest.event import UnitKind
from bot.contest.naming import unit_of
from bot.contest.refusal import Refusal
from bot.talk.message import Colour
from bot.talk.model import Again, Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant import deadlines
from handlers.participant.applications import absent
from handlers.participant.applying import drafts, units
from handlers.participant.applying.entry_limits import limited
from handlers.participant.applying.form import REGULATION, another_of, contact_of, form_of, more_buttons
from handlers.participant.applying.missing import ask_again
from handlers.participant.applying.questions import questions
from handlers.participant.applying.review_steps import said_no
from handlers.participant.consents.consents import awaits_parents, declined, record_all
from handlers.participant.events import bundles, meetings, seats
from handlers.participant.events.events import card, no_event
from handlers.participant.own import own_application
from handlers.participant.wording import deadline, hours, moment, refusal_reply
from handlers.participant.works import hand_in_rules
from handlers.participant.works.hand_in_rules import Due
from storage.application_rows import Application, Contact
from storage.applications import Entered

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
    return await seats.ask_to_wait(case, running) or Open(TALK, code, before=_only_for(case, running))


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
    kept = Reply(f"another_kept.{_kind(application)}", school=application.organisation_name, supervisor=supervisor)
    return Open(TALK, running.code, answers=answers, resume=False, before=kept)


def _kind(application: Application) -> str:
    """«Ещё одна команда» is not «ещё один участник»."""
    kind = unit_of(application)
    return kind.value if kind in (UnitKind.TEAM, UnitKind.COLLECTIVE, UnitKind.PROJECT) else "person"


async def steps(case: Case, code: str) -> Sequence[Step]:
    """The event's questions; none where intake ended meanwhile: it is said at once, not after the last of them."""
    running = await event_of(case, code)
    return () if running is None or _closed(case, running) is not None else questions(running.event)


async def finish(case: Case, code: str, answers: Answers) -> Outcome | Again:
    """Keep the application, if it came in time."""
    running = await event_of(case, code)
    if running is None:
        return no_event()
    if (stopped := _closed(case, running) or _left(code, answers) or _closed(case, running, answers)) is not None:
        return stopped
    form = form_of(running.event, answers)
    if (wrong := ask_again(case, running.event, form) or await limited(case, running, form)) is not None:
        return wrong
    application = await keep(case, running, answers)
    sent = await seats.entered(case, running, application)
    sent = sent or await _sent(case, running, application, awaits=awaits_parents(running.event, answers))
    return await bundles.after(case, running, application, answers, sent)


def _left(code: str, answers: Answers) -> Reply | None:
    """What is said to whoever did not agree, or left it at an earlier application; None: they go on."""
    if declined(answers):
        return Reply("apply_declined", buttons=[[Button("back_to_event", f"event:{code}")]])
    if not said_no(answers):
        return None
    own = answers["earlier"]
    rows = [[Button("open_application", f"application:{own['id']}")]] if own else []
    return Reply("apply_left", buttons=[*rows, [Button("to_menu", "menu")]])


async def cancelled(case: Case, code: str) -> Outcome:
    """Back to the event; where something was answered, it is said that nothing was sent."""
    running = await event_of(case, code)
    if running is None:
        return no_event()
    shown = await card(case, running)
    return [Reply("apply_cancelled"), shown] if await drafts.is_answered(case, TALK, code) else shown


def _closed(case: Case, running: Running, answers: Answers | None = None) -> Reply | None:
    """Why they may not apply (any more); `answers`: the complete ones, before which the school is not known yet."""
    event = running.event
    refusal = deadlines.applying(case, running, answers["school"]["code"] if answers else None)
    if answers is None and refusal is not None and deadlines.may_apply(case, running):
        refusal = None
    if refusal is None and units.supported(event) and running.stored.archived_at is None:
        return None
    row = (Button("events", "events"),)
    return refusal_reply(case, refusal, row) if refusal else Reply("apply_elsewhere", buttons=[row])


def _only_for(case: Case, running: Running) -> Reply | None:
    """Said before the questions where intake goes on for some schools only."""
    if deadlines.applying(case, running) is None:
        return None
    return Reply("apply_only_for", schools=", ".join(deadlines.schools_with_time(case, running)))


async def keep(case: Case, running: Running, answers: Answers) -> Application:
    """Store what was filled in, with what was said about consents."""
    return (await keep_all(case, running, [answers], origin="chat"))[0]


async def keep_all(case: Case, running: Running, filled: Sequence[Answers], *, origin: str) -> list[Application]:
    """Store applications, each with what was said about its consents; `origin`: how they came (chat, file, list)."""
    event = running.event
    applications = await case.storage.applications.add_all(
        [_entered(running, answers) for answers in filled],
        event_code=event.code,
        person_id=case.person.id,
        number=lambda ordinal: number(event.number_prefix, event.year, ordinal),
        at=case.incoming.said_at,
        origin=origin,
    )
    await record_all(case, zip(applications, filled, strict=True))
    return applications


def _entered(running: Running, answers: Answers) -> Entered:
    event, form = running.event, form_of(running.event, answers)
    if event.regulation_url:
        read = {"url": event.regulation_url, "revision": running.stored.revision}
        form = replace(form, answers={**form.answers, REGULATION: read})
    waits = event.moderation or awaits_parents(event, answers)
    return Entered(form, ApplicationState.SENT if waits else ApplicationState.ACCEPTED, contact_of(answers))


async def _sent(case: Case, running: Running, application: Application, *, awaits: bool) -> Reply:
    """`awaits`: a parent is still to be asked."""
    asked = await hand_in_rules.due(case, running, application)
    key = "apply_sent" if application.state is ApplicationState.SENT else "apply_accepted"
    key = "apply_awaits" if awaits else key
    rows = [[Button("parents_consent", f"consents:{application.id}", colour="primary")]] if awaits else []
    colour: Colour = "secondary" if awaits else "primary"
    if isinstance(asked, Due) and asked.opens_at <= case.now:
        rows.append([Button("hand_in", f"submit:{application.id}", colour=colour)])
    rows += [[button] for button in more_buttons(application)]
    return Reply(
        key,
        number=application.number,
        then=Trusted(_then(case, running, asked)),
        buttons=[*rows, [Button("applications", "applications")]],
    )


def _then(case: Case, running: Running, asked: Due | Refusal) -> str:
    """What is left to do."""
    if isinstance(asked, Due):
        if asked.opens_at <= case.now:
            return case.say("then_hand_in", closes=deadline(case, asked.closes_at))
        opens = moment(case, asked.opens_at)
        return case.say("then_hand_in_later", opens=opens, closes=deadline(case, asked.closes_at))
    meeting = running.event.meeting
    if meeting is None:
        return ""
    link = ""
    if called := meetings.links(case, meeting):
        told = meetings.is_near(meeting, case.now, case.facts.zone)
        link = case.say("then_link", url=Trusted(called)) if told else case.say("then_link_later")
    when = hours(meeting.starts_at, meeting.ends_at, case.facts.zone, case.now)
    return case.say("then_meet", when=when, link=Trusted(link))


APPLY = Talk(TALK, steps=steps, finish=finish, cancelled=cancelled, kept=True)
