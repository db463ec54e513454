"""The results of trials as a file: made for this stage, sent back filled, shown before anything changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from bot.contest.protocols import Written, read_results
from bot.contest.refusal import Refusal
from bot.contest.trials import Trial, written
from bot.documents.host_protocol import NUMBER, Table, draw
from bot.talk.incoming import Attachment
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import event_of
from handlers.everyone.files import ask_file
from handlers.everyone.tables import ask_table, refusal_of
from handlers.host.course import Course, entering_refusal, keep
from handlers.host.heats import Heat, entering, heat_for, heat_of, named, of_heat
from handlers.host.scope import may_person
from handlers.host.sheet import receive_table
from handlers.host.trials import team_list, trials
from handlers.kinds import Case, Desk, Draw
from handlers.organizer.scope import not_available
from handlers.organizer.wording import lines, school
from handlers.participant.wording import refused

MAKER = READER = "trial_results"
UPLOAD, IMPORT = "trial_upload", "trial_import"
#: So many mistakes are told at once.
MOST = 8


@of_heat
async def file(case: Case, heat: Heat, _more: str) -> Outcome:
    """Have the file made."""
    about = {"event": heat.running.code, "number": heat.number, "host": heat.host}
    ask_file(case, MAKER, about, text="trials.file_ready", go=f"trial_file:{heat.where}", stage=heat.stage.title)
    return Reply("host.file_asked", buttons=[[Button("trials.back_to_list", f"trials:{heat.where}")]])


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """The teams with the results that are there; rights are asked for anew."""
    code, host = str(about["event"]), str(about["host"])
    running = await event_of(desk, code)
    if running is None or not await may_person(desk, int(about["person_id"]), *entering(code, host)):
        return None
    heat = await heat_of(desk, running, int(about["number"]), host)
    return None if heat is None else partial(draw, _table(desk, heat))


def _table(desk: Desk, heat: Heat) -> Table:
    titles = tuple(one.title for one in heat.trials)
    examples = ", ".join(f"{one.title}: {one.example}" for one in heat.trials[:3])
    return Table(
        name=desk.say("trials.file_name", title=heat.running.event.short_title) + ".xlsx",
        sheet=desk.say("trials.file_sheet"),
        above=(f"{heat.running.event.title}: {heat.stage.title}", desk.say("trials.file_hint", examples=examples)),
        head=(NUMBER, "Команда", "Организация", *titles),
        rows=tuple(
            (
                one.number,
                named(one),
                school(desk, one),
                *(_shown(heat.results.get(one.id, {}).get(trial.code), trial) for trial in heat.trials),
            )
            for one in heat.teams
        ),
        filled=frozenset(titles),
    )


@of_heat
async def upload(_case: Case, heat: Heat, _more: str) -> Outcome:
    """Ask for the filled file."""
    return Open(UPLOAD, heat.where, resume=False)


async def _upload_steps(case: Case, where: str) -> Sequence[Step]:
    return () if await heat_for(case, where) is None else (Step("file", receive=receive_table),)


async def _asked(case: Case, where: str, answers: Answers) -> Outcome:
    if await heat_for(case, where) is None:
        return not_available()
    refusal = await ask_table(case, READER, Attachment(**answers["file"]), {"where": where})
    back = [[Button("trials.back_to_list", f"trials:{where}")]]
    return Reply(refusal or Refusal("host.reading"), buttons=back)


async def read(case: Case, _argument: str) -> Outcome:
    """The file has been read: what it would change, before it changes anything."""
    result = case.incoming.result or {}
    where = str(dict(result.get("about") or {}).get("where", ""))
    heat = await heat_for(case, where)
    if heat is None:
        return not_available()
    again = [[Button("host.send_again", f"trial_upload:{where}"), Button("trials.back_to_list", f"trials:{where}")]]
    if refusal := refusal_of(result):
        return Reply(refusal, buttons=again)
    found = _read(heat, result.get("sheets") or ())
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


def _read(heat: Heat, sheets: Sequence[Mapping[str, Any]]) -> Written | Refusal:
    """The first sheet that has the columns."""
    numbers = [one.number for one in heat.teams]
    found: Written | Refusal = Refusal("protocol.nothing")
    for sheet in sheets:
        found = read_results(sheet["rows"], numbers, heat.trials, number=NUMBER)
        if not isinstance(found, Refusal):
            break
    return found


async def _import_steps(case: Case, where: str) -> Sequence[Step]:
    return () if await heat_for(case, where) is None else (Step("sure", options=_sure, values=_preview),)


async def _sure(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.trials.import_yes"), "yes", "primary")]


async def _preview(case: Case, answers: Answers) -> dict[str, object]:
    unknown = ", ".join(answers["unknown"][:MOST])
    parts = [*answers["wrong"], case.say("trials.import_unknown", numbers=unknown) if unknown else ""]
    results = sum(len(row) for row in answers["results"].values())
    return {"teams": len(answers["results"]), "results": results, "lines": lines(parts)}


async def _import(case: Case, where: str, answers: Answers) -> Outcome:
    heat = await heat_for(case, where)
    if heat is None:
        return not_available()
    if refusal := entering_refusal(case, heat.running, heat.stage):
        return [Reply(refused(case, refusal)), team_list(case, heat)]
    changed, reason = 0, case.say("trials.by_file")
    for one in heat.teams:
        if row := answers["results"].get(one.number):
            before = heat.results.get(one.id, {})
            course = Course(heat.running, heat.number, one, heat.trials, before, heat.host)
            changed += await keep(case, course, {code: Decimal(value) for code, value in row.items()}, reason=reason)
    again = await heat_for(case, where)
    return [Reply("trials.imported", changed=changed), team_list(case, again or heat)]


def _shown(value: Decimal | None, trial: Trial) -> str:
    return "" if value is None else written(value, trial.measure)


TALKS = (
    Talk(UPLOAD, _upload_steps, _asked, cancelled=trials),
    Talk(IMPORT, _import_steps, _import, cancelled=trials),
)
