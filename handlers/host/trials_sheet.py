"""The results of trials as a file: made for this stage, sent back filled, shown before anything changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from bot.contest.authorize import Action, Actor, Target, authorize
from bot.contest.protocols import Written, read_results
from bot.contest.refusal import Refusal
from bot.contest.trials import trials_of, written
from bot.documents.host_protocol import NUMBER, Table, draw
from bot.talk.incoming import Attachment
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running, event_of
from handlers.everyone.files import ask_file
from handlers.everyone.tables import ask_table, refusal_of
from handlers.host.course import Course, competing, entering_refusal, keep, named
from handlers.host.sheet import receive_table
from handlers.host.trials import trials
from handlers.kinds import Case, Desk, Draw
from handlers.organizer.scope import event_for, not_available, of_event, whole
from handlers.organizer.wording import lines, school
from handlers.participant.wording import refused

MAKER = READER = "trial_results"
UPLOAD, IMPORT = "trial_upload", "trial_import"
#: So many mistakes are told at once.
MOST = 8


@of_event(Action.ENTER_RESULTS)
async def file(case: Case, running: Running, number: str) -> Outcome:
    """Have the file made."""
    if whole(number) >= len(running.event.stages):
        return not_available()
    stage, where = running.event.stages[whole(number)], f"{running.code}/{whole(number)}"
    about = {"event": running.code, "number": whole(number)}
    ask_file(case, MAKER, about, text="trials.file_ready", go=f"trial_file:{where}", stage=stage.title)
    return Reply("host.file_asked", buttons=[[Button("trials.back_to_list", f"trials:{where}")]])


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """The teams with the results that are there; rights are asked for anew."""
    running = await event_of(desk, str(about["event"]))
    person_id = int(about["person_id"])
    actor = Actor(person_id, await desk.storage.roles.of_person(person_id))
    if running is None:
        return None
    allowed = authorize(actor, Action.ENTER_RESULTS, Target(event=running.code))
    if not allowed and person_id not in desk.facts.admins:
        return None
    stage = running.event.stages[int(about["number"])]
    measured = trials_of(running.event, stage)
    results = await desk.storage.trials.results(running.code, stage.code)
    titles = tuple(one.title for one in measured)
    rows = tuple(
        (
            one.number,
            named(one),
            school(desk, one),
            *(_shown(results.get(one.id, {}).get(trial.code), trial.measure) for trial in measured),
        )
        for one in await competing(desk, running)
    )
    examples = ", ".join(f"{one.title}: {one.example}" for one in measured[:3])
    table = Table(
        name=desk.say("trials.file_name", title=running.event.short_title) + ".xlsx",
        sheet=desk.say("trials.file_sheet"),
        above=(f"{running.event.title}: {stage.title}", desk.say("trials.file_hint", examples=examples)),
        head=(NUMBER, "Команда", "Организация", *titles),
        rows=rows,
        filled=frozenset(titles),
    )
    return partial(draw, table)


@of_event(Action.ENTER_RESULTS)
async def upload(_case: Case, running: Running, number: str) -> Outcome:
    """Ask for the filled file."""
    return Open(UPLOAD, f"{running.code}/{whole(number)}", resume=False)


async def _upload_steps(case: Case, where: str) -> Sequence[Step]:
    return () if await _at(case, where) is None else (Step("file", receive=receive_table),)


async def _asked(case: Case, where: str, answers: Answers) -> Outcome:
    at = await _at(case, where)
    if at is None:
        return not_available()
    refusal = await ask_table(case, READER, Attachment(**answers["file"]), {"where": where})
    back = [[Button("trials.back_to_list", f"trials:{where}")]]
    return Reply(refusal or Refusal("host.reading"), buttons=back)


async def read(case: Case, _argument: str) -> Outcome:
    """The file has been read: what it would change, before it changes anything."""
    result = case.incoming.result or {}
    where = str(dict(result.get("about") or {}).get("where", ""))
    at = await _at(case, where)
    if at is None:
        return not_available()
    running, number = at
    stage = running.event.stages[number]
    again = [[Button("host.send_again", f"trial_upload:{where}"), Button("trials.back_to_list", f"trials:{where}")]]
    if refusal := refusal_of(result):
        return Reply(refusal, buttons=again)
    numbers = [one.number for one in await competing(case, running)]
    found: Written | Refusal = Refusal("protocol.nothing")
    for sheet in result.get("sheets") or ():
        found = read_results(sheet["rows"], numbers, trials_of(running.event, stage), number=NUMBER)
        if not isinstance(found, Refusal):
            break
    if isinstance(found, Refusal):
        return Reply(found, buttons=again)
    wrong = [
        case.say("trials.import_wrong", number=of, title=title, why=case.say(why.key, **refused(case, why).values))
        for of, title, why in found.wrong[:MOST]
    ]
    if not found.results:
        return Reply("trials.import_nothing", lines=lines(wrong), buttons=again)
    answers = {
        "results": {of: {code: str(value) for code, value in row.items()} for of, row in found.results.items()},
        "wrong": wrong,
        "unknown": list(found.unknown),
    }
    return Open(IMPORT, where, answers=answers, resume=False)


async def _import_steps(case: Case, where: str) -> Sequence[Step]:
    return () if await _at(case, where) is None else (Step("sure", options=_sure, values=_preview),)


async def _sure(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.trials.import_yes"), "yes", "primary")]


async def _preview(case: Case, answers: Answers) -> dict[str, object]:
    unknown = ", ".join(answers["unknown"][:MOST])
    parts = [*answers["wrong"], case.say("host.import_unknown", numbers=unknown) if unknown else ""]
    results = sum(len(row) for row in answers["results"].values())
    return {"teams": len(answers["results"]), "results": results, "lines": lines(parts)}


async def _import(case: Case, where: str, answers: Answers) -> Outcome:
    at = await _at(case, where)
    if at is None:
        return not_available()
    running, number = at
    stage = running.event.stages[number]
    before = await case.storage.trials.results(running.code, stage.code)
    changed = 0
    for one in await competing(case, running):
        row = answers["results"].get(one.number, {})
        course = Course(running, number, one, trials_of(running.event, stage), before.get(one.id, {}), as_owner=False)
        if refusal := entering_refusal(case, course):
            return [Reply(refused(case, refusal)), await _list(case, where)]
        for code, value in row.items():
            changed += course.results.get(code) != Decimal(value)
            await keep(case, course, code, Decimal(value), reason=case.say("trials.by_file"))
    return [Reply("trials.imported", changed=changed), await _list(case, where)]


async def _list(case: Case, where: str) -> Reply:
    shown = await trials(case, where)
    return shown if isinstance(shown, Reply) else not_available()


async def _at(case: Case, where: str) -> tuple[Running, int] | None:
    code, _, number = where.partition("/")
    running = await event_for(case, code, Action.ENTER_RESULTS)
    return None if running is None or whole(number) >= len(running.event.stages) else (running, whole(number))


def _shown(value: Decimal | None, measure: Any) -> str:
    return "" if value is None else written(value, measure)


TALKS = (
    Talk(UPLOAD, _upload_steps, _asked, cancelled=trials),
    Talk(IMPORT, _import_steps, _import, cancelled=trials),
)
