"""The person's side: calling a human, going back to the bot, thanking or asking again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.contest import calendar
from bot.contest.helping.hours import BEGIN, END, SILENCE, answered_on
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.everyone.welcome import Describe
from handlers.helping.helpers import concerned, helpers
from handlers.helping.wording import moment, open_button
from handlers.kinds import Case, Desk
from storage.help_rows import HelpCall, events_of

RELEASE = Button("release", "release")


class Caller:
    """Calls for help; `describe` says by talk what somebody was about."""

    def __init__(self, describe: Mapping[str, Describe]) -> None:
        self._describe = describe

    async def call(self, case: Case, _argument: str) -> Reply:
        """Leave the person to the organizers; one who has called goes on with the same call."""
        call = await case.storage.help_calls.open_of(case.person.id)
        if call is None:
            call = await self.open(case)
            if call is not None:
                await tell_helpers(case, call)
        if call is not None:
            await fall_silent(case, call)
        return Reply("human_called", expected=expected(case), buttons=[[RELEASE]])

    async def open(self, case: Case, *, silent: bool = True, urgent: bool = False) -> HelpCall | None:
        """A new call, with where the person stands; None where one is open."""
        codes = await concerned(case, case.person.id)
        return await case.storage.help_calls.open(
            case.person.id,
            events=events_of(codes),
            event_code=await self._event(case, codes),
            step=await self._step(case),
            failed_at=await case.storage.inbox.failed_since(case.person.id, case.now - SILENCE),
            at=case.now,
            silent=silent,
            urgent=urgent,
        )

    async def _event(self, case: Case, codes: list[str]) -> str | None:
        """What the person is about: what they began last, or else where they applied last."""
        for draft in await case.storage.memory.drafts(case.person.id):
            if draft.subject in codes:
                return draft.subject
        mine = await case.storage.applications.of_person(case.person.id)
        return mine[-1].event_code if mine else next(iter(codes), None)

    async def _step(self, case: Case) -> str:
        for draft in await case.storage.memory.drafts(case.person.id):
            if draft.talk in self._describe:
                return await self._describe[draft.talk](case, draft)
        mine = await case.storage.applications.of_person(case.person.id)
        if mine:
            return case.say("human_step_application", number=mine[-1].number, state=mine[-1].state.label)
        return case.say("human_no_step")


async def fall_silent(case: Case, call: HelpCall) -> None:
    """The bot says nothing to the person for a day, unless somebody wants it back."""
    await case.storage.people.silent_until(call.person_id, case.now + SILENCE)
    await case.storage.help_calls.set_silent(call.id, silent=True)


async def speak_again(desk: Desk, call: HelpCall, *, by: int | None) -> None:
    """The bot is back; a call that was answered is over with that, one that waits stays in the queue."""
    await desk.storage.people.silent_until(call.person_id, None)
    await desk.storage.help_calls.set_silent(call.id, silent=False)
    if call.waiting_at is None:
        await desk.storage.help_calls.close(call.id, by=by, at=desk.now)


async def tell_helpers(case: Case, call: HelpCall) -> None:
    """The organizers hear that somebody asks for help."""
    failed = call.failed_at
    wanted = Reply(
        "human_wanted",
        name=case.person.page_name,
        person=case.person.id,
        step=Trusted(call.step),
        error=case.say("human_error", at=moment(case, failed)) if failed else "",
        buttons=[[open_button(call)]],
    )
    for organizer in await helpers(case, call):
        case.tell(organizer, wanted, key=f"help_call:{call.id}:{organizer}")


def expected(desk: Desk) -> Trusted:
    """When an answer may be expected, and whom to ask if it can't wait."""
    zone = desk.facts.zone
    words = desk.say(
        "help.expected",
        begin=BEGIN.hour,
        end=END.hour,
        zone=calendar.zone_name(desk.now, zone),
        when=_day(desk, answered_on(desk.now, zone), calendar.local(desk.now, zone).date()),
        contact=Trusted(desk.facts.operator.contact),
    )
    return Trusted(words)


def _day(desk: Desk, on: date, today: date) -> str:
    if on == today:
        return desk.say("help.when.today")
    if on == today + timedelta(days=1):
        return desk.say("help.when.tomorrow")
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=desk.facts.zone)
    return desk.say(f"help.when.{on.weekday()}", day=calendar.day(noon, desk.facts.zone))


async def release(case: Case, _argument: str) -> Reply:
    """The person wants the bot back."""
    call = await case.storage.help_calls.open_of(case.person.id)
    if call is None:
        await case.storage.people.silent_until(case.person.id, None)
        return Reply("human_released")
    await speak_again(case, call, by=case.person.id)
    return Reply("human_released_waiting" if call.waiting_at else "human_released")


async def thanks(case: Case, argument: str) -> Outcome:
    """«Спасибо, всё понятно»: the call is over, the bot is back."""
    call = await case.storage.help_calls.open_of(case.person.id)
    if call is not None and str(call.id) != argument:
        return None  # thanks for an earlier answer: what they ask now stays open
    if call is not None:
        await case.storage.people.silent_until(case.person.id, None)
        await case.storage.help_calls.close(call.id, by=case.person.id, at=case.now)
    return Reply("help.thanked")


class Again:
    """«Ещё вопрос»: the same call goes on; of one that is over, a new one begins."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def more(self, case: Case, _argument: str) -> Outcome:
        """What is written next goes to the organizers."""
        call = await case.storage.help_calls.open_of(case.person.id) or await self._caller.open(case)
        if call is not None:
            await fall_silent(case, call)
        return Reply("help.more", expected=expected(case), buttons=[[RELEASE]])
