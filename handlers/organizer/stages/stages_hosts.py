"""Who holds a stage: inviting a school's representative by a one-time link, giving schools to hosts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.contest.authorize import Action, RoleKind
from bot.contest.event.stages import HostedBy
from bot.contest.refusal import Refusal
from bot.contest.stages import NOBODY
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.host.round import round_of
from handlers.host.scope import host_name
from handlers.kinds import Case
from handlers.organizer.exports.button import export_button
from handlers.organizer.people import page_name
from handlers.organizer.scope import detail, event_for, not_available, of_event, whole
from handlers.organizer.stages.stages import screen
from handlers.organizer.wording import lines
from handlers.paging import paged
from handlers.participant.wording import due

INVITE, AREA = "stage_invite", "stage_area"
#: Where the talk keeps the words by which a school is looked for.
TYPED, SCHOOL_LIMIT = "typed", 200
#: An invitation that nobody has used by then is of no use any more.
INVITATION_LIFE = timedelta(days=14)
#: So many representatives on one screen.
PAGE = 4


@of_event(Action.INVITE_HOST)
async def hosts(case: Case, running: Running, more: str) -> Outcome:
    """Who represents which school, and a way to invite one more; `more`: the stage's number and the page."""
    number, _, page_text = more.partition("/")
    if whole(number) >= len(running.event.stages):
        return not_available()
    where, grants = f"{running.code}/{whole(number)}", await _grants(case, running.code)
    _, there, turns = paged(grants, whole(page_text), PAGE, f"stage_hosts:{where}/")
    shown, rows = [], []
    for person_id, code in there:
        name = await page_name(case, person_id)
        shown.append(case.say("stages.rep", name=name, person=person_id, host=host_name(case, code)))
        go = f"host_revoke:{where}/{person_id}/{code}"
        rows.append([Button(label=case.say("stages.rep_out", name=name), go=go)])
    invite_one = Button("stages.invite_one", f"stage_invite:{where}", colour="primary")
    return Reply(
        "stages.reps" if shown else "stages.reps_none",
        lines=lines(shown),
        buttons=[
            *rows,
            [*turns, invite_one],
            [*([export_button(running.code, "hosts")] if shown else []), Button("stages.to_stage", f"stage:{where}")],
        ],
    )


@of_event(Action.INVITE_HOST)
async def invite(_case: Case, running: Running, number: str) -> Outcome:
    """Ask for which school."""
    return Open(INVITE, f"{running.code}/{whole(number)}", resume=False)


@of_event(Action.INVITE_HOST)
async def revoke(case: Case, running: Running, more: str) -> Outcome:
    """Take somebody's role: it ends at once, what they have written stays."""
    number, _, rest = more.partition("/")
    written_id, _, code = rest.partition("/")
    if not await case.storage.roles.revoke(whole(written_id), RoleKind.HOST, running.code, code):
        return not_available()
    about = detail(event=running.code, role=RoleKind.HOST, organisation=code)
    await case.storage.audit.add(case.person.id, Action.REVOKE_ROLE, f"person:{written_id}", about, at=case.now)
    back = [[Button("stages.to_stage", f"stage:{running.code}/{whole(number)}")]]
    return Reply("stages.rep_gone", host=host_name(case, code), buttons=back)


@of_event(Action.INVITE_HOST)
async def area(_case: Case, running: Running, number: str) -> Outcome:
    """Ask whose schools, and to whom they go."""
    return Open(AREA, f"{running.code}/{whole(number)}", resume=False)


async def _invite_steps(case: Case, subject: str) -> Sequence[Step]:
    """The hosts of the file; where each school holds the stage at home, any school of the directory."""
    at = await _at(case, subject)
    if at is None:
        return ()
    running, number = at
    hosts = running.event.stages[number].hosts

    async def listed(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(host_name(case, code), code) for code in hosts]

    async def taking_part(case: Case, answers: Answers) -> Sequence[Option]:
        """What the words of the search may mean; before them, the schools that have applied."""
        directory = case.facts.directory
        if typed := answers.get(TYPED):
            codes = [match.organisation.code for match in directory.find(str(typed))]
        else:
            applied = await case.storage.applications.organisations(running.code)
            codes = [one.code for one in applied if one.code in directory.codes]
        return [Option(host_name(case, code), code) for code in codes]

    if running.event.stages[number].hosted_by is HostedBy.HOSTS:
        return (Step("school", options=listed),)
    return (
        Step(
            "school", parse=_search, options=taking_part, accept=_school, text="stage_invite.any_school",
            limit=SCHOOL_LIMIT,
        ),
    )  # fmt: skip


async def _search(case: Case, _answers: Answers, text: str) -> Any:
    """One school that is surely meant, or words to look for it by."""
    found = case.facts.directory.find(text)
    if found and found[0].certain:
        return found[0].organisation.code
    return {TYPED: text} if found else Refusal("stages.school_unknown", {"typed": text})


async def _school(case: Case, answers: Answers, value: Any) -> Answers | Refusal:
    """A school of the directory is the answer; words are another search."""
    if isinstance(value, dict):
        return {**answers, **value}
    known = value in case.facts.directory.codes
    return {**answers, "school": value} if known else Refusal("stages.school_unknown", {"typed": value})


async def _invited(case: Case, subject: str, answers: Answers) -> Outcome:
    at = await _at(case, subject)
    if at is None:
        return not_available()
    running, number = at
    school = str(answers["school"])
    expires_at = case.now + INVITATION_LIFE
    code = await case.storage.invitations.create(
        RoleKind.HOST, running.code, by=case.person.id, at=case.now, expires_at=expires_at, organisation=school
    )
    await case.storage.audit.add(
        case.person.id, Action.INVITE_HOST, f"event:{running.code}", {"organisation": school}, at=case.now
    )
    return Reply(
        "stages.invitation",
        host=host_name(case, school),
        title=running.event.title,
        link=Trusted(f"https://vk.me/{case.facts.community}?ref=host-{code}"),
        code=Trusted(f"host-{code}"),
        until=due(case, expires_at),
        buttons=[
            [Button("stages.invite_more", f"stage_invite:{running.code}/{number}")],
            [Button("stages.to_stage", f"stage:{running.code}/{number}")],
        ],
    )


async def _area_steps(case: Case, subject: str) -> Sequence[Step]:
    if await _at(case, subject) is None:
        return ()

    async def areas(case: Case, _answers: Answers) -> Sequence[Option]:
        """Municipalities, then schools, of those who belong to no host; then what was assigned before."""
        running, number = await _found(case, subject)
        one, directory = running.event.stages[number], case.facts.directory
        found = await round_of(case, running, one, NOBODY)
        codes = dict.fromkeys(
            application.organisation_code
            for application in found.reached
            if found.hosts[application.id] == NOBODY and application.organisation_code in directory.codes
        )
        places = dict.fromkeys(f"place:{directory.place(code).code}" for code in codes if code)
        known = [*places, *(f"organisation:{code}" for code in codes)]
        known += [area for area in await case.storage.stages.areas(running.code, one.code) if area not in known]
        return [Option(_area_name(case, area), area) for area in known]

    async def to(case: Case, _answers: Answers) -> Sequence[Option]:
        running, number = await _found(case, subject)
        nobody = Option(case.say("stages.area_nobody"), NOBODY)
        return [*(Option(host_name(case, code), code) for code in running.event.stages[number].hosts), nobody]

    async def about(case: Case, answers: Answers) -> dict[str, object]:
        return {"area": _area_name(case, str(answers["area"]))}

    return (Step("area", options=areas), Step("host", options=to, values=about))


async def _assigned(case: Case, subject: str, answers: Answers) -> Outcome:
    at = await _at(case, subject)
    if at is None:
        return not_available()
    running, number = at
    wanted, host = str(answers["area"]), str(answers["host"])
    await case.storage.stages.assign(running.code, running.event.stages[number].code, wanted, host or None)
    about = detail(stage=running.event.stages[number].code, area=wanted, host=host)
    await case.storage.audit.add(case.person.id, Action.INVITE_HOST, f"event:{running.code}", about, at=case.now)
    key = "stages.area_set" if host else "stages.area_unset"
    said = Reply(key, area=_area_name(case, wanted), host=host_name(case, host))
    return [said, await screen(case, running, number)]


async def _cancelled(case: Case, subject: str) -> Outcome:
    at = await _at(case, subject)
    return not_available() if at is None else await screen(case, *at)


async def _at(case: Case, subject: str) -> tuple[Running, int] | None:
    """The stage, for one who may invite hosts to it."""
    code, _, number = subject.partition("/")
    running = await event_for(case, code, Action.INVITE_HOST)
    return None if running is None or whole(number) >= len(running.event.stages) else (running, whole(number))


async def _found(case: Case, subject: str) -> tuple[Running, int]:
    at = await _at(case, subject)
    if at is None:
        raise LookupError(subject)
    return at


async def _grants(case: Case, event_code: str) -> list[tuple[int, str]]:
    """Who, for which school."""
    return [
        (one.person_id, one.role.organisation or "")
        for one in await case.storage.roles.all()
        if one.role.kind is RoleKind.HOST and one.role.event == event_code
    ]


def _area_name(case: Case, area: str) -> str:
    kind, _, code = area.partition(":")
    if kind == "organisation":
        return host_name(case, code)
    directory = case.facts.directory
    found = next((one for one in directory.codes if directory.place(one).code == code), None)
    return directory.municipality(found) if found else code


TALKS = (
    Talk(INVITE, _invite_steps, _invited, cancelled=_cancelled),
    Talk(AREA, _area_steps, _assigned, cancelled=_cancelled),
)
