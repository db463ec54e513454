"""Editing a sent application: the same questions, filled in already."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action
from bot.talk.model import Again, Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant import deadlines
from handlers.participant.applications import absent, card
from handlers.participant.applying import drafts
from handlers.participant.applying.entry_limits import limited
from handlers.participant.applying.form import answers_of, contact_of, form_of
from handlers.participant.applying.missing import ask_again
from handlers.participant.applying.questions import questions
from handlers.participant.applying.review_steps import FIX, REOPENED
from handlers.participant.consents.consents_lacking import decide_for_new, lacking, lacking_line
from handlers.participant.own import own_application
from handlers.participant.wording import refusal_reply
from storage.application_rows import Application, Contact, matched
from storage.applications import Changed
from storage.conflicts import StaleError

TALK = drafts.EDIT


async def edit(case: Case, argument: str) -> Outcome:
    """Ask what is to be changed; what was changed before and not saved is offered first."""
    found = await own_application(case, argument, Action.EDIT_APPLICATION)
    offered = await _offered(case, found) if found else None
    return offered or await edit_anew(case, argument)


async def edit_anew(case: Case, argument: str) -> Outcome:
    """Ask what is to be changed in the application as it stands."""
    found = await own_application(case, argument, Action.EDIT_APPLICATION)
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None:
        return absent()
    if (late := _late(case, running, found)) is not None:
        return late
    contact = await case.storage.applications.contact(found.id)
    answers = answers_of(running.event, found, contact or Contact())
    answers |= {"review": FIX, drafts.REVISION: found.revision}
    if found.state is ApplicationState.CHANGES_ASKED:
        answers[REOPENED] = True
    return Open(TALK, str(found.id), answers=answers, resume=False)


async def _offered(case: Case, found: Application) -> Reply | None:
    """Corrections that were made before and not saved, to go on with or to leave."""
    running = await event_of(case, found.event_code)
    if running is None or not await drafts.has_unsaved(case, running.event, found):
        return None
    return Reply(
        "edit_offered",
        number=found.number,
        buttons=[
            [Button("resume", f"draft_resume:{TALK}/{found.id}", colour="primary")],
            [Button("restart", f"edit_anew:{found.id}"), Button("open_application", f"application:{found.id}")],
        ],
    )


async def steps(case: Case, subject: str) -> Sequence[Step]:
    """The event's questions, without those that can't be answered otherwise later; none where it is too late."""
    found = await own_application(case, subject, Action.EDIT_APPLICATION)
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None or _late(case, running, found) is not None:
        return ()
    return questions(running.event, editing=True)


async def finish(case: Case, subject: str, answers: Answers) -> Outcome | Again:
    """Save the changes; what was accepted already is looked at again."""
    found = await own_application(case, subject, Action.EDIT_APPLICATION)
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None:
        return absent()
    if (late := _late(case, running, found)) is not None:
        return late
    form = form_of(running.event, answers, found.answers)
    unanswered = ask_again(case, running.event, form, editing=not answers.get(REOPENED))
    if (wrong := unanswered or await limited(case, running, form, own_id=found.id)) is not None:
        return wrong
    try:
        again = await save(case, running, found, answers, revision=answers[drafts.REVISION])
    except StaleError:
        return [Reply("edit_stale"), await card(case, running, found)]
    changed = await case.storage.applications.get(found.id) or found
    lacks = await lacking_line(case, running.event, changed)
    asking = [[Button("consents", f"consents:{found.id}", colour="primary")]] if lacks else []
    then = [case.say("edit_again") if again else "", f"\n{lacks}" if lacks else ""]
    return Reply(
        "edit_saved",
        number=found.number,
        then=Trusted("".join(then)),
        buttons=[
            *asking,
            [Button("open_application", f"application:{found.id}")],
            [Button("applications", "applications")],
        ],
    )


async def save(case: Case, running: Running, found: Application, answers: Answers, *, revision: int) -> bool:
    """Keep complete answers in place of the old ones; whether the application goes to the organizer once more.

    Raises StaleError if it is not as it was at `revision`.
    """
    if found.revision != revision:
        raise StaleError(f"application {found.id} is at revision {found.revision}")
    return bool(await save_all(case, running, [(found, answers)]))


async def save_all(case: Case, running: Running, edited: Sequence[tuple[Application, Answers]]) -> list[Application]:
    """The same for many, as they were just read; those that go to the organizer once more.

    Raises StaleError if one of them is not as it was read.
    """
    changed = [
        Changed(found, form_of(running.event, answers, found.answers), contact_of(answers)) for found, answers in edited
    ]
    await case.storage.applications.change_all(changed, at=case.now)
    again = [one for one, _ in edited if running.event.moderation and one.state is not ApplicationState.SENT]
    waiting = [one.before for one in changed if await _waits_for_consents(case, running, one)]
    for one in (*again, *(one for one in waiting if one not in again)):
        await case.storage.applications.set_state(one.id, ApplicationState.SENT, reason=None, at=case.now)
    return again


async def _waits_for_consents(case: Case, running: Running, changed: Changed) -> bool:
    """Whether somebody new about whom nothing was decided is in an application that was accepted without them."""
    before = changed.before
    if None not in matched(before.participants, changed.form.participants):
        return False
    after = await case.storage.applications.get(before.id)
    if after is None:
        return False
    await decide_for_new(case, before, after)
    return before.state is ApplicationState.ACCEPTED and bool(await lacking(case, running.event, after))


async def cancelled(case: Case, subject: str) -> Reply:
    """Nothing was changed: the application as it stands."""
    found = await own_application(case, subject)
    running = await event_of(case, found.event_code) if found else None
    return absent() if found is None or running is None else await card(case, running, found, edited=False)


def _late(case: Case, running: Running, found: Application) -> Reply | None:
    refusal = deadlines.editing(case, running, found)
    if refusal is None:
        return None
    return refusal_reply(case, refusal, (Button("open_application", f"application:{found.id}"),))


EDIT = Talk(TALK, steps=steps, finish=finish, cancelled=cancelled, kept=True)
