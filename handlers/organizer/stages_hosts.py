"""Who holds a stage: inviting a school's representative by a one-time link, giving schools to hosts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.contest.authorize import Action, RoleKind
from bot.contest.event.stages import HostedBy
from bot.contest.stages import NOBODY
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.host.desk import host_name
from handlers.host.round import round_of
from handlers.kinds import Case
from handlers.organizer.people import page_name
from handlers.organizer.scope import detail, event_for, not_available, of_event, whole
from handlers.organizer.stages import screen
from handlers.organizer.wording import lines
from handlers.participant.wording import due

INVITE, AREA = "stage_invite", "stage_area"
#: An invitation that nobody has used by then is of no use any more.
INVITATION_LIFE = timedelta(days=14)
#: So many representatives have a button to be taken out by.
MOST = 4


@of_event(Action.INVITE_HOST)
async def hosts(case: Case, running: Running, number: str) -> Outcome:
    """Who represents which school, and a way to invite one more."""
    if whole(number) >= len(running.event.stages):
        return not_available()
    grants = await _grants(case, running.code)
    shown = [case.say("stages.rep", name=name, person=id_, host=host_name(case, code)) for id_, code, name in grants]
    rows = [
        [Button(label=case.say("stages.rep_out", name=name), go=f"host_revoke:{running.code}/{number}/{id_}/{code}")]
        for id_, code, name in grants[:MOST]
    ]
    return Reply(
        "stages.reps" if shown else "stages.reps_none",
        lines=lines(shown),
        buttons=[
            *rows,
            [
                Button("stages.invite_one", f"stage_invite:{running.code}/{number}", colour="primary"),
                Button("stages.to_stage", f"stage:{running.code}/{number}"),
            ],
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
    if await _at(case, subject) is None:
        return ()

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        running, number = await _found(case, subject)
        one = running.event.stages[number]
        codes = one.hosts
        if one.hosted_by is HostedBy.OWN_SCHOOL:
            found = await case.storage.applications.organisations(running.code)
            codes = tuple(organisation.code for organisation in found if organisation.code)
        return [Option(host_name(case, code), code) for code in codes]

    return (Step("school", options=options),)


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


async def _grants(case: Case, event_code: str) -> list[tuple[int, str, str]]:
    """Who, for which school, and how their page is called."""
    return [
        (one.person_id, one.role.organisation or "", await page_name(case, one.person_id))
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
