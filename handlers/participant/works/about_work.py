"""Questions about a work that is in already: its title, its description, the event's own ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.contest.authorize import Action
from bot.contest.event import Event, UnitKind
from bot.contest.event.fields import AskedOf
from bot.contest.naming import unit_of
from bot.contest.own_fields import is_frozen
from bot.contest.refusal import Refusal
from bot.contest.text import picture
from bot.talk.incoming import Attachment
from bot.talk.model import Aside, Button, Open, Option, Options, Outcome, Reply, Step, Talk, without
from bot.talk.position import Answers, Draft
from handlers.events import event_of
from handlers.kinds import Case
from handlers.participant.applications import absent, card
from handlers.participant.applying import drafts
from handlers.participant.applying.form import answers_of, more_buttons
from handlers.participant.applying.own_steps import applies, key_of, own_steps
from handlers.participant.applying.questions import placed
from handlers.participant.own import own_application
from handlers.participant.wording import refused
from handlers.participant.works import composition, hand_in_rules, pieces, putting, work_parts
from handlers.participant.works.work_answers import DESCRIPTION, TITLE
from storage.application_rows import Application, Contact

TALK = "about"
OLD_TITLE = "old_title"
#: domain: titles up to 150 characters.
TITLE_LIMIT = 150


async def about(case: Case, argument: str) -> Outcome:
    """Ask everything about the work anew."""
    found = await own_application(case, argument, Action.SUBMIT_WORK)
    if found is None or await case.storage.works.current(found.id) is None:
        return absent()
    running = await event_of(case, found.event_code)
    if running is None:
        return absent()
    told = known(running.event, found)
    frozen = {key_of(field) for field in running.event.fields if is_frozen(field, case.incoming.said_at)}
    answers = without(told, *(step.name for step in _steps(running.event) if step.name not in frozen))
    return Open(TALK, str(found.id), answers={**answers, OLD_TITLE: told.get(TITLE)}, resume=False)


def asks(event: Event) -> bool:
    """Whether this event wants anything to be told about a work."""
    return bool(_steps(event))


def is_told(event: Event, application: Application) -> bool:
    """Whether nothing is left to ask."""
    answers = known(event, application)
    return all(step.name in answers or not step.when(answers) for step in _steps(event))


def known(event: Event, application: Application) -> dict[str, Any]:
    """All answers of the application, those about the work among them."""
    answers = answers_of(event, application, Contact())
    if application.title and unit_of(application) is UnitKind.PROJECT:
        answers[TITLE] = application.title  # the topic is asked once
    return {**answers, **{key: application.answers[key] for key in (TITLE, DESCRIPTION) if key in application.answers}}


async def describe(case: Case, draft: Draft) -> str:
    """«рассказ о работе к заявке СК-2026-0042, осталось 2 вопроса»."""
    found = await own_application(case, draft.subject)
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None:
        return case.say("draft_lost")
    left = sum(1 for step in _steps(running.event) if step.name not in draft.answers and step.when(draft.answers))
    return case.say("draft_about", number=found.number, left=drafts.questions_left(case, left))


async def steps(case: Case, subject: str) -> Sequence[Step]:
    """The questions that the event asks of works."""
    found = await own_application(case, subject)
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None:
        return ()
    work = await case.storage.works.current(found.id)
    asked = placed(_steps(running.event, work.check_title if work else None))
    due = await hand_in_rules.due(case, running, found)
    if isinstance(due, Refusal) or not composition.is_joined(due.submission):
        return asked
    return [_beside_pieces(step, subject) for step in asked]


@dataclass(frozen=True, slots=True)
class _Sent:
    """One more piece of the work, sent where a question about it is open."""

    kept: Mapping[str, Any]


def _beside_pieces(step: Step, subject: str) -> Step:
    """The same question; a file that comes instead of its answer is a piece of the work."""

    async def receive(case: Case, answers: Answers, _attachments: Sequence[Attachment]) -> object:
        if case.incoming.text and step.parse is not None and not pieces.is_work(case.incoming):
            return await step.parse(case, answers, case.incoming.text)
        return _Sent(pieces.keep(case.incoming))

    async def parse(case: Case, answers: Answers, text: str) -> object:
        is_piece = step.name == TITLE and pieces.is_work(case.incoming)
        return _Sent(pieces.keep(case.incoming)) if is_piece else await step.parse(case, answers, text)  # type: ignore[misc]

    async def accept(case: Case, answers: Answers, value: object) -> Answers | Refusal | Aside | Open:
        if isinstance(value, _Sent):
            return await _joining(case, subject, value.kept)
        return {**answers, step.name: value} if step.accept is None else await step.accept(case, answers, value)

    return replace(step, receive=receive, parse=parse if step.parse is not None else None, accept=accept)


async def _joining(case: Case, subject: str, kept: Mapping[str, Any]) -> Refusal | Aside:
    found = await own_application(case, subject, Action.SUBMIT_WORK)
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None:
        return Refusal("no_application")
    fitting = await putting.read(case, running, found, kept)
    if isinstance(fitting, Refusal):
        return refused(case, fitting)
    put = await putting.put(case, running, found, fitting, kept)
    return Aside(putting.receipts_of(put))


async def finish(case: Case, subject: str, answers: Answers) -> Outcome:
    """Keep what was told, beside what the application says already."""
    found = await own_application(case, subject, Action.SUBMIT_WORK)
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None:
        return absent()
    event = running.event
    codes = {field.code for field in event.fields if field.asked_of is AskedOf.WORK}
    kept = {key: value for key, value in found.answers.items() if key not in codes}
    kept |= {key: answers[key] for key in (TITLE, DESCRIPTION) if key in answers}
    kept |= {
        field.code: answers[key_of(field)]
        for field in event.fields
        if field.code in codes and key_of(field) in answers and applies(event, field, answers)
    }
    await case.storage.applications.change(found.id, replace(found, answers=kept), revision=found.revision, at=case.now)
    title = kept.get(TITLE)
    stands = await work_parts.standing(case, running, found)
    if stands is not None and not stands.is_whole:
        what = case.say("about_title", title=title) if title else case.say("about_plain")
        return [Reply("about_told_part", what=what), stands.reply]
    return Reply(
        "about_told",
        what=case.say("about_title", title=title) if title else case.say("about_plain"),
        number=found.number,
        buttons=[*([button] for button in more_buttons(found)), [Button("applications", "applications")]],
    )


def _steps(event: Event, called: str | None = None) -> list[Step]:
    """The questions; `called`: what the work's own page says it is called."""
    submission = event.submission
    if submission is None:
        return []
    title = [Step(TITLE, parse=_title, options=_titles(called), text="about.title", limit=TITLE_LIMIT)]
    description = Step(
        DESCRIPTION,
        parse=_words,
        options=None if submission.description_required else _skip,
        text="about.description",
        limit=max(submission.description_most, 1),
    )
    return [
        *(title if submission.title_required else []),
        *([description] if submission.description_most else []),
        *own_steps(event, AskedOf.WORK),
    ]


def _titles(called: str | None) -> Options:
    """What was told before may stay; what the work's page says may be taken."""

    async def titles(_case: Case, answers: Answers) -> Sequence[Option]:
        known = dict.fromkeys(title for title in (answers.get(OLD_TITLE), called) if title)
        return [Option(title, title) for title in known if len(title) <= TITLE_LIMIT]

    return titles


async def _skip(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.skip"), None)]


async def _title(_case: Case, _answers: Answers, text: str) -> object:
    line = " ".join(text.split())
    if refusal := picture(line):
        return refusal
    return line.strip('«»"') if any(char.isalnum() for char in line) else Refusal("title_expected")


async def _words(_case: Case, _answers: Answers, text: str) -> object:
    return text if any(char.isalnum() for char in text) else Refusal("field_text_expected")


async def cancelled(case: Case, subject: str) -> Outcome:
    """The work is in all the same: its application, and where to tell the rest."""
    found = await own_application(case, subject)
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None:
        return absent()
    shown = await card(case, running, found)
    return shown if is_told(running.event, found) else [Reply("about_later", number=found.number), shown]


ABOUT = Talk(TALK, steps=steps, finish=finish, cancelled=cancelled, kept=True)
