"""A list of children pasted into the chat: what is the same for all is asked once.

Then it is looked at as a table is.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.bulk import Column
from bot.contest.event import Event
from bot.contest.refusal import Refusal
from bot.contest.roster import read_roster
from bot.talk.model import Again, Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import all_events, event_of
from handlers.kinds import Case
from handlers.participant import deadlines
from handlers.participant.applying.questions import placed, questions
from handlers.participant.events.events import no_event
from handlers.participant.wording import MENU
from handlers.teacher import bulk
from handlers.teacher.blank import bulk_closed, one_by_one
from handlers.teacher.columns import columns_of, listed
from handlers.teacher.pasted import MOST_CELLS, TALK, answers_of_list, is_list

TEXT_LIMIT = 9000
#: So many lines with people in them are a list where nobody has asked for one.
FEWEST = 3
_SHARED = ("school", "school_pick", "school_name", "supervisor", "phone", "phone_check", "email", "email_check")
_ANSWERS = ("school", "supervisor", "phone", "email", "contact")


async def paste_list(case: Case, code: str) -> Outcome:
    """Ask for the list."""
    running = await event_of(case, code)
    if running is None:
        return no_event()
    if not listed(running.event):
        return one_by_one(running)
    if not deadlines.may_apply(case, running):
        return bulk_closed(running)
    return Open(TALK, code, resume=False)


async def catch(case: Case) -> Outcome:
    """Several people, a line each, where no question is open: for which event? None: it is something else."""
    text = case.incoming.text
    if case.incoming.attachments or text.count("\n") + 1 < FEWEST or case.person.is_left_to_a_human(case.now):
        return None
    count = len(read_roster(text, needs_grade=False, columns=MOST_CELLS).people)
    if "://" in text or count < FEWEST or len(text) > TEXT_LIMIT:
        return None
    offered = [one for one in await all_events(case) if listed(one.event) and deadlines.may_apply(case, one)]
    if not offered:
        return None
    content = {"people": text, "said_at": case.incoming.said_at.isoformat()}
    import_id = await case.storage.imports.add(case.person.id, None, "list", content, at=case.now)
    if len(offered) == 1:
        row = [Button("paste_list", f"list_for:{import_id}:{offered[0].code}", colour="primary")]
        title = Trusted(offered[0].event.short_title)
        return Reply("list_caught", count=count, title=title, buttons=[row, [MENU]])
    rows = [[Button(label=one.event.short_title, go=f"list_for:{import_id}:{one.code}")] for one in offered]
    return Reply("list_caught_which", count=count, buttons=[*rows[: bulk.MOST_OFFERED - 1], [MENU]])


async def list_for(case: Case, argument: str) -> Outcome:
    """The list that was caught is for this event: what is the same for all is asked."""
    import_id, _, code = argument.partition(":")
    kept = await bulk.own_import(case, import_id)
    running = await event_of(case, code)
    if kept is None or running is None or "people" not in kept.content:
        return bulk.gone()
    if not listed(running.event):
        return one_by_one(running)
    if not deadlines.may_apply(case, running):
        return bulk_closed(running)
    return Open(TALK, code, answers=answers_of_list(running.event, kept.content["people"]), resume=False)


async def _steps(case: Case, subject: str) -> Sequence[Step]:
    running = await event_of(case, subject)
    if running is None:
        return ()
    event = running.event

    async def parse(_case: Case, _answers: Answers, text: str) -> object:
        return text if is_list(text) else Refusal("list_expected")

    async def accept(_case: Case, _before: Answers, text: str) -> Answers:
        return answers_of_list(event, text)

    shared = [one for one in questions(event) if one.name in _SHARED or one.name.startswith("nomination")]
    return placed([Step("people", parse=parse, accept=accept, counted=False, limit=TEXT_LIMIT), *shared])


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome | Again:
    running = await event_of(case, subject)
    if running is None:
        return no_event()
    columns = columns_of(case, running.event)
    content = {
        "rows": [[column.title for column in columns], *_rows(running.event, columns, answers)],
        "name": "",
        "said_at": case.incoming.said_at.isoformat(),
        "consents": {name: value for name, value in answers.items() if name.startswith("consent_")},
        "given": {"contact": {}, **{key: answers[key] for key in _ANSWERS if key in answers}},
    }
    return await bulk.begin(case, running, "list", content) or Reply("bulk_looking")


def _rows(event: Event, columns: Sequence[Column], answers: Answers) -> list[list[str | None]]:
    """A row a line; a line that is no person's stands there as it was written, to be told so."""
    roster = read_roster(answers["people"], needs_grade=False, columns=MOST_CELLS)
    shared = {"nomination": _nomination(event, answers)}
    rows: dict[int, dict[str, str]] = {}
    for one in roster.people:
        grade = one.grade
        label = "" if grade is None else grade.group.label if grade.group else f"{grade.number}{grade.letter}"
        rows[one.line] = {"name": one.name.formal, "grade": label, **shared}
    for wrong in roster.mistakes:
        name, _, last = wrong.text.rpartition(",")
        rows[wrong.line] = {"name": name or last, "grade": last.strip() if name else "", **shared}
    return [[cells.get(column.key) or None for column in columns] for _, cells in sorted(rows.items())]


def _nomination(event: Event, answers: Answers) -> str:
    """The nomination that was chosen for all."""
    codes = [answers[key] for key in sorted(answers) if key.startswith("nomination")]
    return event.nomination_title(codes[-1]) if codes else ""


async def _cancelled(_case: Case, subject: str) -> Reply:
    return Reply("list_cancelled", buttons=[[Button("back_to_event", f"event:{subject}")]])


LIST = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)
