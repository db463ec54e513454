"""Finalists marked by taps: a list with ticks, a page at a time; one participant with the work."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.contest.stages import Going
from bot.contest.text import shorten
from bot.talk.model import Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.host.desk import counts
from handlers.host.round import Round, again, choose, leave_out, override
from handlers.host.scope import of_person, of_round, organizes, person_for, place_of
from handlers.kinds import Case
from handlers.organizer.moderation.works_shown import pieces_shown
from handlers.organizer.scope import not_available, whole
from handlers.organizer.wording import lines, link_state, nomination, school, who, who_and_grade
from handlers.paging import paged
from handlers.participant.wording import moment, refused
from storage.application_rows import Application

#: Ticks on one screen, so many in a row; four fit beside names.
PAGE, COLUMNS, NAMES = 6, 3, 4
REASON_LIMIT = 300
#: What pops up has 90 characters.
MOST_NAME = 50
OVERRIDE = "host_override"


@of_round(Action.NAME_FINALISTS)
async def pick(case: Case, found: Round, more: str) -> Outcome:
    """The list with ticks; `more`: the number of the page."""
    return grid(case, found, whole(more))


@of_person(Action.NAME_FINALISTS)
async def toggle(case: Case, found: Round, one: Application, more: str) -> Outcome:
    """A tap on a number: mark, or take the mark back."""
    marked = found.going(one.id) is Going.CHOSEN
    act = leave_out if marked else choose
    refusal = await act(case, found, one.id, by=case.person.id)
    if refusal is not None:
        return await _refused(case, found, one, refusal, more)
    key = "host.popup_out" if marked else "host.popup_in"
    now = await again(case, found)
    if more == "card":
        return await person_card(case, now, one)
    return grid(case, now, whole(more), popup=case.say(key, who=shorten(who(one), MOST_NAME)))


@of_round(Action.VIEW_STAGE)
async def people(case: Case, found: Round, more: str) -> Outcome:
    """The participants, a button each."""
    where = place_of(found)
    page, shown, turns = paged(found.own, whole(more), NAMES, f"host_people:{where}/")
    return Reply(
        "host.people_list",
        stage=found.stage.title,
        lines=lines(_line(case, found, one, number) for number, one in enumerate(shown, page * NAMES + 1)),
        buttons=[
            *([Button(label=f"{_tick(found, one)}{who(one)}", go=f"host_person:{one.id}")] for one in shown),
            [*turns, Button("host.back", f"hosted:{where}")],
        ],
    )


@of_person(Action.VIEW_STAGE)
async def person(case: Case, found: Round, one: Application, _more: str) -> Outcome:
    """One participant with the work; without contacts."""
    return await person_card(case, found, one)


@of_person(Action.OVERRIDE_QUOTA)
async def let_through(_case: Case, _found: Round, one: Application, more: str) -> Outcome:
    """Ask an organizer for the reason."""
    return Open(OVERRIDE, f"{one.id}/{more}", resume=False)


async def person_card(case: Case, found: Round, one: Application) -> Reply:
    """Who takes part, with what, and the tick."""
    work = await case.storage.works.current(one.id)
    going = found.going(one.id)
    told = ""
    if work is not None:
        name = pieces_shown(found.running.event, one, work)
        said = moment(case, work.said_at)
        told = case.say("host.work", at=said, name=name, state=link_state(case, work))
    elif found.running.event.submission is not None:
        told = case.say("host.no_work")
    title = str(one.answers.get("_title") or "")
    open_ = going in (None, Going.CHOSEN)
    key = "host.unmark" if going is Going.CHOSEN else "host.mark"
    return Reply(
        "host.person",
        number=one.number,
        who=who_and_grade(one),
        lines=lines(
            [
                school(case, one),
                nomination(found.running, one),
                case.say("host.supervisor", name=one.supervisor) if one.supervisor else "",
                case.say("host.piece", title=title) if title else "",
                told,
                case.say(f"host.going.{going or 'open'}"),
                case.say("host.reason", reason=found.standings[one.id].reason) if _reasoned(found, one) else "",
            ]
        ),
        attachments=work.attachments if work else (),
        buttons=[
            [Button(key, f"host_tick:{one.id}/card", colour="primary")] if open_ else [],
            [
                Button("host.to_people", f"host_people:{place_of(found)}"),
                Button("host.back", f"hosted:{place_of(found)}"),
            ],
        ],
    )


def grid(case: Case, found: Round, page: int, *, popup: str = "") -> Reply:
    """Numbers to tap, with ticks."""
    where = place_of(found)
    page, shown, turns = paged(list(enumerate(found.own, 1)), page, PAGE, f"host_pick:{where}/")
    buttons = [
        Button(
            label=f"{_tick(found, one)}{number}",
            go=f"host_tick:{one.id}/{page}",
            colour="positive" if found.going(one.id) in (Going.CHOSEN, Going.PASSED) else "secondary",
        )
        for number, one in shown
    ]
    return Reply(
        "host.grid",
        stage=found.stage.title,
        counts=counts(case, found),
        lines=lines(_line(case, found, one, number) for number, one in shown),
        popup=popup,
        callback=case.incoming.shows_callback,
        edits=True,
        buttons=[
            *(buttons[start : start + COLUMNS] for start in range(0, len(buttons), COLUMNS)),
            [*turns, Button("host.done", f"hosted:{where}")],
        ],
    )


async def _refused(case: Case, found: Round, one: Application, refusal: Refusal, more: str) -> Reply:
    """Why not, and for an organizer the way round a quota."""
    back = Button("host.to_pick", f"host_pick:{place_of(found)}/{whole(more)}")
    if refusal.key.startswith("quota.") and await organizes(case, found):
        through = Button("host.override", f"host_override:{one.id}/{more}", colour="primary")
        return Reply(
            "host.refused", why=case.say(refusal.key, **refusal.values), who=who(one), buttons=[[through], [back]]
        )
    values = refused(case, refusal).values
    return Reply("host.refused", why=case.say(refusal.key, **values), who=who(one), buttons=[[back]])


def _line(case: Case, found: Round, one: Application, number: int) -> str:
    other = "" if one.organisation_code == found.host else school(case, one)
    about = "".join(f" · {part}" for part in (nomination(found.running, one), other) if part)
    return case.say("host.line", number=number, tick=_tick(found, one), who=who_and_grade(one), about=about)


def _tick(found: Round, one: Application) -> str:
    return "✓ " if found.going(one.id) in (Going.CHOSEN, Going.PASSED) else ""


def _reasoned(found: Round, one: Application) -> bool:
    return one.id in found.standings and bool(found.standings[one.id].reason)


async def _steps(case: Case, subject: str) -> Sequence[Step]:
    found = await person_for(case, subject.partition("/")[0], Action.OVERRIDE_QUOTA)
    return () if found is None else (Step("reason", parse=_read_reason, limit=REASON_LIMIT),)


async def _read_reason(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return text.strip() or Refusal("org.reason_expected")


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    written_id, _, more = subject.partition("/")
    found = await person_for(case, written_id, Action.OVERRIDE_QUOTA)
    if found is None:
        return not_available()
    here, one = found
    refusal = await override(case, here, one.id, by=case.person.id, reason=str(answers["reason"]))
    if refusal is not None:
        return await _refused(case, here, one, refusal, more)
    return [Reply("host.overridden", who=who(one)), grid(case, await again(case, here), whole(more))]


async def _cancelled(case: Case, subject: str) -> Outcome:
    found = await person_for(case, subject.partition("/")[0], Action.NAME_FINALISTS)
    return not_available() if found is None else grid(case, found[0], whole(subject.partition("/")[2]))


TALK = Talk(OVERRIDE, _steps, _finish, cancelled=_cancelled)
