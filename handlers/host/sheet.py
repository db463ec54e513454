"""The protocol as a file: made for this stage, sent back filled, shown before anything changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from bot.contest.authorize import Action, Target
from bot.contest.protocols import Marks, read_marks
from bot.contest.refusal import Refusal
from bot.contest.stages import Going
from bot.documents.host_protocol import FINAL, NUMBER, YES, Table, draw
from bot.talk.incoming import Attachment
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import event_of
from handlers.everyone.files import ask_file
from handlers.everyone.tables import ask_table, is_table, refusal_of
from handlers.host.desk import card
from handlers.host.round import FINAL as DECIDED
from handlers.host.round import Round, again, choose, leave_out, marked, round_of
from handlers.host.scope import finish_of_round, host_name, may_person, of_round, place_of, round_for
from handlers.kinds import Case, Desk, Draw
from handlers.organizer.scope import not_available
from handlers.organizer.wording import lines, nomination, school, who_in_full
from handlers.participant.wording import refused

MAKER = READER = "host_protocol"
UPLOAD, IMPORT = "host_upload", "host_import"
#: So many numbers are named in the preview.
MOST_NAMED = 10
HEAD = (NUMBER, "Участник", "Организация", "Номинация", "Руководитель", FINAL)


@of_round(Action.VIEW_STAGE)
async def file(case: Case, found: Round, _more: str) -> Outcome:
    """Have the file made."""
    about = {"event": found.running.code, "stage": found.stage.code, "host": found.host}
    where = place_of(found)
    ask_file(case, MAKER, about, text="host.file_ready", go=f"host_file:{where}", stage=found.stage.title)
    return Reply("host.file_asked", buttons=[[Button("host.back", f"hosted:{where}")]])


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """The host's participants with the marks that are there; rights are asked for anew."""
    running = await event_of(desk, str(about["event"]))
    stage = next((one for one in running.event.stages if one.code == about["stage"]), None) if running else None
    person_id, host = int(about["person_id"]), str(about["host"])
    if running is None or stage is None:
        return None
    if not await may_person(desk, person_id, Action.VIEW_STAGE, Target(event=running.code, host=host or None)):
        return None
    found = await round_of(desk, running, stage, host)
    rows = tuple(
        (
            one.number,
            who_in_full(one),
            school(desk, one),
            nomination(running, one),
            one.supervisor or "",
            YES if found.going(one.id) in (Going.CHOSEN, Going.PASSED) else "",
        )
        for one in found.own
    )
    table = Table(
        name=desk.say("host.file_name", title=running.event.short_title) + ".xlsx",
        sheet=desk.say("host.file_sheet"),
        above=(
            f"{running.event.title}: {stage.title}",
            host_name(desk, host),
            desk.say("host.file_hint", column=FINAL),
        ),
        head=HEAD,
        rows=rows,
        filled=frozenset({FINAL}),
        choices=(YES,),
    )
    return partial(draw, table)


@of_round(Action.NAME_FINALISTS)
async def upload(_case: Case, found: Round, _more: str) -> Outcome:
    """Ask for the filled file."""
    return Open(UPLOAD, place_of(found), resume=False)


async def _upload_steps(case: Case, where: str) -> Sequence[Step]:
    if await round_for(case, where, Action.NAME_FINALISTS) is None:
        return ()
    return (Step("file", receive=receive_table),)


async def receive_table(_case: Case, _answers: Answers, attachments: Sequence[Attachment]) -> Any:
    """The table among what was sent, in a form that a draft can hold."""
    found = next((one for one in attachments if is_table(one)), None)
    if found is None:
        return Refusal("table.not_table")
    return {
        "kind": found.kind,
        "url": found.url,
        "title": found.title,
        "extension": found.extension,
        "size_bytes": found.size_bytes,
    }


@finish_of_round(Action.NAME_FINALISTS)
async def _asked(case: Case, found: Round, answers: Answers) -> Outcome:
    refusal = await ask_table(case, READER, Attachment(**answers["file"]), {"where": place_of(found)})
    back = [[Button("host.back", f"hosted:{place_of(found)}")]]
    return Reply(refusal or Refusal("host.reading"), buttons=back)


async def read(case: Case, _argument: str) -> Outcome:
    """The file has been read: what it would change, before it changes anything."""
    result = case.incoming.result or {}
    where = str(dict(result.get("about") or {}).get("where", ""))
    found = await round_for(case, where, Action.NAME_FINALISTS)
    if found is None:
        return not_available()
    again_ = [[Button("host.send_again", f"host_upload:{where}"), Button("host.back", f"hosted:{where}")]]
    if refusal := refusal_of(result):
        return Reply(refusal, buttons=again_)
    known = [one.number for one in found.undecided]
    marks: Marks | Refusal = Refusal("protocol.no_table", {"number": NUMBER, "column": FINAL})
    for sheet in result.get("sheets") or ():
        marks = read_marks(sheet["rows"], known, number=NUMBER, column=FINAL)
        if not isinstance(marks, Refusal):
            break
    if isinstance(marks, Refusal):
        return Reply(marks, buttons=again_)
    if not marks.chosen and not marks.others:
        return Reply(Refusal("protocol.nothing"), buttons=again_)
    answers = {
        "chosen": list(marks.chosen),
        "others": list(marks.others),
        "unknown": list(marks.unknown),
        "unclear": list(marks.unclear),
    }
    return Open(IMPORT, where, answers=answers, resume=False)


async def _import_steps(case: Case, where: str) -> Sequence[Step]:
    if await round_for(case, where, Action.NAME_FINALISTS) is None:
        return ()
    return (Step("sure", options=_sure, values=_preview),)


async def _sure(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.host.import_yes"), "yes", "primary")]


async def _preview(case: Case, answers: Answers) -> dict[str, object]:
    parts = [
        case.say("host.import_unknown", numbers=_named(answers["unknown"])) if answers["unknown"] else "",
        case.say("host.import_unclear", numbers=_named(answers["unclear"])) if answers["unclear"] else "",
    ]
    return {
        "count": len(answers["chosen"]),
        "chosen": _named(answers["chosen"]) or case.say("host.nobody"),
        "others": len(answers["others"]),
        "lines": lines(parts),
    }


@finish_of_round(Action.NAME_FINALISTS)
async def _import(case: Case, found: Round, answers: Answers) -> Outcome:
    """Unmark first, so that the places that become free can be taken."""
    by_number = {one.number: one for one in found.undecided}
    refusals: list[str] = []
    for number in answers["others"]:
        if number in by_number and found.going(by_number[number].id) is Going.CHOSEN:
            await leave_out(case, found, by_number[number].id, by=case.person.id)
    found = await again(case, found)
    for number in answers["chosen"]:
        one = by_number.get(number)
        if one is None or found.going(one.id) in (Going.CHOSEN, *DECIDED):
            continue
        refusal = await choose(case, found, one.id, by=case.person.id)
        if refusal is None:
            found = marked(case, found, one.id, by=case.person.id)
        else:
            why = case.say(refusal.key, **refused(case, refusal).values)
            refusals.append(case.say("host.import_refused", number=number, why=why))
    done = Reply("host.imported", lines=lines(refusals))
    return [done, await card(case, await again(case, found))]


def _named(numbers: Sequence[str]) -> str:
    more = f" и ещё {len(numbers) - MOST_NAMED}" if len(numbers) > MOST_NAMED else ""
    return ", ".join(numbers[:MOST_NAMED]) + more


async def _cancelled(case: Case, where: str) -> Outcome:
    found = await round_for(case, where, Action.VIEW_STAGE)
    return not_available() if found is None else await card(case, found)


TALKS = (
    Talk(UPLOAD, _upload_steps, _asked, cancelled=_cancelled),
    Talk(IMPORT, _import_steps, _import, cancelled=_cancelled),
)
