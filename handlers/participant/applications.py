"""«Мои заявки»: the list, finding one in it, the card of one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.applications import Act, ApplicationState, transition
from bot.contest.naming import short_name
from bot.contest.refusal import Refusal
from bot.contest.text import fold
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.everyone.welcome import MOST_WITHOUT_DESK
from handlers.kinds import Case
from handlers.participant import deadlines
from handlers.participant.applying import drafts
from handlers.participant.applying.diploma import diploma
from handlers.participant.applying.form import answers_of, more_buttons
from handlers.participant.applying.missing import missing_lines
from handlers.participant.consents.consents_lacking import lacking_line
from handlers.participant.events import seats
from handlers.participant.own import ALIVE, own_application
from handlers.participant.papers.own_papers import paper_buttons
from handlers.participant.stages.stages import is_left_behind, stage_buttons, stage_line
from handlers.participant.wording import MENU, due, moment
from handlers.participant.works import hand_in_rules
from handlers.participant.works.works_shown import work_line
from storage.application_rows import Application, Contact

#: So many applications fit on one screen with a button each.
PAGE = 4
#: Shorter words are no names to look for.
SHORTEST = 3


async def applications(case: Case, argument: str) -> Reply:
    """What the person has sent, the newest first, with what is missing; `argument`: the number of the page."""
    mine = (await case.storage.applications.of_person(case.person.id))[::-1]
    page = int(argument) if argument.isdecimal() and int(argument) * PAGE < len(mine) else 0
    drafts_lines, drafts_rows = ([], []) if page else await drafts.shown(case)
    if not mine and not drafts_lines:
        return Reply("no_applications", buttons=[[Button("events", "events", colour="primary")], [MENU]])
    part = mine[page * PAGE : (page + 1) * PAGE]
    lines = [*drafts_lines, *[await _line(case, one) for one in part]]
    turns = [
        Button(label=label, go=f"applications:{to}")
        for label, to in (("‹", page - 1), ("Ещё ›", page + 1))
        if 0 <= to * PAGE < len(mine)
    ]
    desk = [Button("teacher_desk", "teacher_desk")] if len(mine) > MOST_WITHOUT_DESK else []
    return Reply(
        "applications" if mine else "only_drafts",
        count=len(mine),
        lines=Trusted("\n\n".join(lines)),
        buttons=[*drafts_rows, *_rows(part), [*turns, *desk, MENU]],
    )


async def catch(case: Case) -> Outcome:
    """A surname or a number of an application, typed where no question is open; None: it is something else."""
    if case.incoming.attachments or case.person.is_left_to_a_human(case.now):
        return None
    found = await _named(case, case.incoming.text.strip())
    if len(found) == 1:
        return await application(case, str(found[0].id))
    if not found:
        return None
    part = found[:PAGE]
    return Reply(
        "applications_found",
        count=len(found),
        lines=Trusted("\n\n".join([await _line(case, one) for one in part])),
        buttons=[*_rows(part), [Button("applications", "applications"), MENU]],
    )


async def _named(case: Case, typed: str) -> list[Application]:
    """The person's own applications of this number, or of participants called so, the newest first."""
    wanted = fold(typed)
    if len(wanted) < SHORTEST and not typed.isdecimal():
        return []
    mine = (await case.storage.applications.of_person(case.person.id))[::-1]
    if typed.isdecimal():
        return [one for one in mine if int(typed[:9]) == one.ordinal]
    return [one for one in mine if f" {wanted}" in f" {fold(one.number)} {fold(_names(one))}"]


async def application(case: Case, argument: str) -> Reply:
    """The card of one application."""
    found = await own_application(case, argument)
    running = await event_of(case, found.event_code) if found else None
    return absent() if found is None or running is None else await card(case, running, found)


async def card(case: Case, running: Running, found: Application, *, edited: bool = True) -> Reply:
    """How the application stands, and what can be done. `edited`: say so if there are corrections not saved yet."""
    contact = await case.storage.applications.contact(found.id)
    answers = answers_of(running.event, found, contact or Contact())
    lines = [
        await work_line(case, running, found),
        (await seats.on_card(case, running, found))[0],
        await stage_line(case, running, found),
        case.say("card_no_title") if await _is_untold(case, running, found) else "",
        await _came(case, running, found),
        case.say("card_sent", at=moment(case, found.created_at)),
        case.say("card_changed", at=moment(case, found.updated_at)) if _was_edited(running, found) else "",
        case.say("card_reason", reason=found.reason) if found.reason else "",
        *(await _gaps(case, running, found)),
        await _outcome(case, running, found),
        case.say("card_unsaved") if edited and await drafts.has_unsaved(case, running.event, found) else "",
    ]
    return Reply(
        "application",
        number=found.number,
        state=found.state.label,
        title=Trusted(running.event.title),
        about=Trusted(case.say("card_about", **diploma(case, running.event, answers))),
        lines=Trusted("\n".join(line for line in lines if line)),
        buttons=await _buttons(case, running, found),
    )


def absent() -> Reply:
    """The application is not there, or not this person's: nobody can tell which."""
    return Reply("no_application", buttons=[[Button("applications", "applications")], [MENU]])


def who(one: Application) -> str:
    """Whom an application is about: «Соколова Вера», «Соколова Вера и ещё 2», «„Ракета“ (7 чел.)»."""
    return short_name(one) or one.number


def _rows(part: Sequence[Application]) -> list[list[Button]]:
    return [[Button(label=f"{one.number} · {who(one)}", go=f"application:{one.id}")] for one in part]


def _names(one: Application) -> str:
    named = [f"{person.name.surname} {person.name.name}" for person in one.participants]
    return " ".join([*([one.title] if one.title else []), *named])


def _was_edited(running: Running, found: Application) -> bool:
    """Whether the last change was the applicant's: after an organizer's decision it is the decision."""
    undecided = ApplicationState.SENT if running.event.moderation else ApplicationState.ACCEPTED
    return found.revision > 1 and found.state is undecided


async def _came(case: Case, running: Running, found: Application) -> str:
    """That they were at the meeting, once it is noted."""
    if running.event.meeting is None:
        return ""
    came = [one for one in await case.storage.attendance.of_event(running.code) if one.application_id == found.id]
    return case.say("card_came", at=moment(case, came[0].came_at)) if came else ""


async def _is_untold(case: Case, running: Running, found: Application) -> bool:
    """Whether a work is in, but nobody knows what it is called."""
    submission = running.event.submission
    if submission is None or not submission.title_required or found.answers.get("_title"):
        return False
    return await case.storage.works.current(found.id) is not None


async def _line(case: Case, one: Application) -> str:
    running = await event_of(case, one.event_code)
    if running is None:
        return one.number
    state = case.say("line_state", number=one.number, state=one.state.label)
    at_stage = "" if running.stored.published_at else await stage_line(case, running, one)
    about = case.say("line_who", who=who(one), title=Trusted(running.event.short_title))
    facts = [await _outcome(case, running, one)] if running.stored.published_at else []
    facts += [(await seats.on_card(case, running, one))[0]]
    if not any(facts) and await hand_in_rules.waits_for_work(case, running, one):
        facts.append(case.say("line_no_work", closes=due(case, await hand_in_rules.closes(case, running, one))))
    facts += await _gaps(case, running, one)
    if one.state is ApplicationState.CHANGES_ASKED and one.reason:
        facts.append(case.say("card_reason", reason=one.reason))
    return "\n".join([state, about, *(fact for fact in (at_stage, *facts) if fact)])


async def _gaps(case: Case, running: Running, one: Application) -> list[str]:
    """Which consents and answers are still to come; of nobody whose way has ended."""
    over = running.stored.published_at is not None or one.state not in ALIVE
    if over or await is_left_behind(case, running, one):
        return []
    return [await lacking_line(case, running.event, one), *missing_lines(case, running.event, one, case.now)]


async def _outcome(case: Case, running: Running, found: Application) -> str:
    """What became of it: known to nobody before the results are published."""
    if running.stored.published_at is None:
        return ""
    decision = await case.storage.outcomes.get(found.id)
    return case.say("card_outcome", outcome=decision.result.outcome.label) if decision else ""


async def _buttons(case: Case, running: Running, found: Application) -> list[list[Button]]:
    versions = len(await case.storage.works.versions(found.id))
    rows: list[list[Button]] = [await paper_buttons(case, found.id), (await seats.on_card(case, running, found))[1]]
    rows += (await stage_buttons(case, running, found))[:1]
    if await hand_in_rules.refusal(running, found, case, versions=versions) is None:
        key = "replace_work" if versions else "hand_in"
        several = bool(versions) and await hand_in_rules.has_pieces(case, running, found)
        parts = [Button("work_parts", f"work_parts:{found.id}")] if several else []
        key = "add_piece" if several else key
        rows.append([Button(key, f"submit:{found.id}", colour="secondary" if versions else "primary"), *parts])
    if versions and await hand_in_rules.refusal(running, found, case, versions=0) is None:
        untold = await _is_untold(case, running, found)
        rows.append([Button("about_work", f"about:{found.id}", colour="primary" if untold else "secondary")])
    change = []
    if deadlines.editing(case, running, found) is None:
        change.append(Button("edit", f"edit:{found.id}"))
    if not isinstance(transition(found.state, Act.WITHDRAW), Refusal) and running.stored.published_at is None:
        change.append(Button("withdraw", f"withdraw:{found.id}"))
    rows.append(change)
    if found.state is not ApplicationState.WITHDRAWN:
        more = more_buttons(found) if deadlines.may_apply(case, running) else []
        rows.append([*more, Button("consents", f"consents:{found.id}")])
    return [*(row for row in rows if row), [Button("applications", "applications"), MENU]]
