"""Who takes which test: the team, or one member of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.contest.authorize import Action
from bot.contest.event.stages import Attempt, Stage
from bot.contest.naming import short_name
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.organizer.scope import whole
from handlers.participant.own import own_application
from handlers.participant.stages.stages import takes_part
from storage.application_rows import Application, Participant
from storage.attempts import Try


@dataclass(frozen=True, slots=True)
class Sitting:
    """A test, and who takes it: the team, or one member of it."""

    running: Running
    number: int
    application: Application
    member: Participant | None
    tries: tuple[Try, ...]
    takes_part: bool

    @property
    def stage(self) -> Stage:
        """The stage of the test."""
        return self.running.event.stages[self.number]

    @property
    def current(self) -> Try | None:
        """The attempt that goes on."""
        return next((one for one in self.tries if one.finished_at is None), None)

    @property
    def who(self) -> str:
        """Whose attempt it is."""
        if self.member is not None:
            return f"{self.member.name.surname} {self.member.name.name}"
        return short_name(self.application) or self.application.number

    @property
    def mark(self) -> str:
        """What names it in a button."""
        return f"{self.application.id}/{self.number}/{self.member.id if self.member else 0}"


async def sitting_of(case: Case, argument: str) -> Sitting | None:
    """The test of `<application>/<stage's number>/<member's id or 0>`, for the applicant; else None."""
    written_id, _, rest = argument.partition("/")
    number, _, member_id = rest.partition("/")
    found = await stage_of(case, written_id, number)
    if found is None:
        return None
    running, at, application = found
    member = next((one for one in application.participants if one.id == whole(member_id)), None)
    if (running.event.stages[at].attempt is Attempt.MEMBER) != (member is not None):
        return None
    return await sitting_at(case, running, at, application, member)


async def stage_of(case: Case, written_id: str, number: str) -> tuple[Running, int, Application] | None:
    application = await own_application(case, written_id, Action.TAKE_TEST)
    running = await event_of(case, application.event_code) if application else None
    if application is None or running is None or not number.isdecimal():
        return None
    stages = running.event.stages
    fits = whole(number) < len(stages) and bool(stages[whole(number)].questions)
    return (running, whole(number), application) if fits else None


async def sitting_at(
    case: Case, running: Running, number: int, application: Application, member: Participant | None
) -> Sitting:
    stage = running.event.stages[number]
    tries = await case.storage.attempts.of_application(application.id, stage.code)
    mine = tuple(one for one in tries if one.participant_id == (member.id if member else None))
    return Sitting(running, number, application, member, mine, await takes_part(case, running, application, stage))
