"""The person's side: calling a human, going back to the bot, thanking or asking again."""

from __future__ import annotations

from collections.abc import Mapping

from bot.contest.helping.hours import SILENCE
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.everyone.welcome import Describe
from handlers.helping.helpers import concerned, helpers, helpers_of, is_heard
from handlers.helping.promise import expected, nobody_hears
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
        known = await case.storage.help_calls.open_of(case.person.id)
        call = await self.left_to_humans(case)
        if call is None:
            return nobody_hears(case)
        if known is None:
            await tell_helpers(case, call)
        return Reply("human_called", expected=expected(case), buttons=[[RELEASE]])

    async def more(self, case: Case, _argument: str) -> Reply:
        """«Ещё вопрос»: what is written next goes to the organizers, in the same call, or in a new one."""
        if await self.left_to_humans(case) is None:
            return nobody_hears(case)
        return Reply("help.more", expected=expected(case), buttons=[[RELEASE]])

    async def left_to_humans(self, case: Case) -> HelpCall | None:
        """The person's call, the open one or a new one, for which the bot falls silent; None where nobody hears."""
        call = await case.storage.help_calls.open_of(case.person.id)
        codes = await concerned(case, case.person.id)
        found = await helpers(case, call) if call else await helpers_of(case, case.person.id, codes)
        if not await is_heard(case, found):
            return None
        call = call or await self.open(case)
        if call is not None:
            await fall_silent(case, call)
        return call

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
        return Reply("help.thanked_before")  # what they ask now stays open
    if call is not None:
        await case.storage.people.silent_until(case.person.id, None)
        await case.storage.help_calls.close(call.id, by=case.person.id, at=case.now)
    return Reply("help.thanked")
