"""A school that the directory lacks, as it was typed: settled by choosing the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from bot.contest.applications import application_key
from bot.contest.authorize import Action
from bot.contest.naming import is_hidden, is_titled
from bot.contest.refusal import Refusal
from bot.talk.model import Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.moderation.card import card, stale
from handlers.organizer.scope import application_for, application_steps, detail, not_available, of_application, whole
from storage.application_rows import Application, Form

TALK = "org_school"
#: A school may be named in a line.
QUERY_LIMIT = 200
_FORM = tuple(field.name for field in fields(Form))


@of_application(Action.ACCEPT_APPLICATION)
async def settle_school(case: Case, running: Running, application: Application, revision: str) -> Outcome:
    """Ask which school it is, beginning with those that what was typed may mean."""
    if whole(revision) != application.revision or is_hidden(application):
        return await stale(case, running, application)
    subject = f"{application.id}/{application.revision}"
    return Open(TALK, subject, answers={"typed": application.organisation_name}, resume=False)


async def _found(case: Case, answers: Answers) -> Sequence[Option]:
    matches = case.facts.directory.find(str(answers["typed"]))
    return [Option(match.organisation.name_short, match.organisation.code) for match in matches]


async def _values(case: Case, answers: Answers) -> dict[str, object]:
    found = case.facts.directory.find(str(answers["typed"]))
    return {"typed": answers["typed"], "hint": case.say("org.school_found" if found else "org.school_unknown")}


async def _typed(_case: Case, _answers: Answers, text: str) -> Any:
    return {"typed": text} if text.strip() else Refusal("org.school_expected")


async def _accept(case: Case, answers: Answers, value: Any) -> Answers | Refusal:
    """A school of the directory is the answer; words are another search."""
    if isinstance(value, dict):
        return {**answers, **value}
    if value not in case.facts.directory.codes:
        return Refusal("org.school_expected")
    return {**answers, "school": value}


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    written_id, _, revision = subject.partition("/")
    found = await application_for(case, written_id, Action.ACCEPT_APPLICATION)
    if found is None:
        return not_available()
    running, application = found
    frozen = running.stored.approved_at is not None or is_hidden(application)
    if whole(revision) != application.revision or frozen:
        return await stale(case, running, application)
    chosen = case.facts.directory.get(str(answers["school"]))
    form = replace(
        Form(**{name: getattr(application, name) for name in _FORM}),
        organisation_code=chosen.code,
        organisation_name=chosen.name_short,
        duplicate_key=_key(application, chosen.code, running.code),
    )
    changed = await case.storage.applications.change(application.id, form, revision=application.revision, at=case.now)
    await case.storage.audit.add(
        case.person.id,
        "settle_school",
        f"application:{application.id}",
        detail(event=running.code, organisation=chosen.code),
        at=case.now,
    )
    return [Reply("org.school_settled", school=chosen.name_short), await card(case, running, changed)]


def _key(application: Application, school: str, event_code: str) -> str:
    names = [one.name for one in application.participants]
    return application_key(application.title if is_titled(application) else None, names, school, event_code)


async def _cancelled(case: Case, subject: str) -> Outcome:
    found = await application_for(case, subject.partition("/")[0], Action.ACCEPT_APPLICATION)
    return not_available() if found is None else await card(case, *found)


SCHOOL = Talk(
    TALK,
    application_steps(
        Action.ACCEPT_APPLICATION,
        Step("school", parse=_typed, options=_found, accept=_accept, values=_values, limit=QUERY_LIMIT),
    ),
    _finish,
    cancelled=_cancelled,
)
