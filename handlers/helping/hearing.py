"""What a person writes while a human talks to them, and words that can't wait wherever they come."""

from __future__ import annotations

from bot.contest.helping.alarm import Alarm, alarm
from bot.talk.model import Button, Open, Outcome, Reply, Route
from bot.talk.texts import Trusted
from handlers.helping.calling import Caller, fall_silent
from handlers.helping.helpers import admins, helpers, is_heard
from handlers.helping.wording import open_button, shown, things_of, words_of
from handlers.kinds import Case
from storage.help_rows import HelpCall

#: Within this time one notice is enough.
ONE_ALARM_S = 600


class Hearing:
    """Keeps what is said to the organizers; `catch` takes a work that arrives meanwhile."""

    def __init__(self, caller: Caller, catch: Route) -> None:
        self._caller = caller
        self._catch = catch

    async def heard(self, case: Case, argument: str) -> Outcome:
        """Words and things to whoever answers: passed on together, a few seconds later, by the clock."""
        outcome = await self._catch(case, argument)
        if isinstance(outcome, Open) and outcome.before is not None:
            outcome = outcome.before  # what is written next is for the human: nothing is asked now
        calls = case.storage.help_calls
        call = await calls.open_of(case.person.id) or await self._caller.open(case)
        if call is None:
            return outcome
        await calls.ask(call, words_of(case.incoming), things_of(case.incoming), at=case.now)
        await fall_silent(case, call)
        kind = alarm(words_of(case.incoming))
        return outcome if kind is None else await _sound(case, call, kind) or outcome

    def watched(self, route: Route) -> Route:
        """The same route, for words that no question has asked for: what can't wait goes to people at once."""

        async def said(case: Case, argument: str) -> Outcome:
            kind, calls = alarm(words_of(case.incoming)), case.storage.help_calls
            outcome = await route(case, argument)
            if kind is None:
                return outcome
            call = await calls.open_of(case.person.id) or await self._caller.open(case, silent=False, urgent=True)
            if call is None:
                return outcome
            await calls.ask(call, words_of(case.incoming), things_of(case.incoming), at=case.now)
            return await _sound(case, call, kind) or outcome

        return said


async def _sound(case: Case, call: HelpCall, kind: Alarm) -> Reply | None:
    """Whoever may help hears of it now, administrators in any case; nobody hears more often than each ten minutes.

    A word to somebody who despairs: there is a line for children that answers day and night.
    """
    await case.storage.help_calls.set_urgent(call.id)
    urgent = Reply(
        f"help.urgent.{kind}",
        name=case.person.page_name,
        person=case.person.id,
        text=Trusted(shown(case, words_of(case.incoming))),
        buttons=[[open_button(call)]],
    )
    time = int(case.now.timestamp()) // ONE_ALARM_S
    found = sorted({*await helpers(case, call), *await admins(case)} - {case.person.id})
    for person_id in found:
        case.tell(person_id, urgent, key=f"help_urgent:{call.id}:{time}:{person_id}")
    if kind is not Alarm.DESPAIR:
        return None
    heard = await is_heard(case, found)
    return Reply(
        "help.comfort",
        told=Trusted(case.say("help.comfort_told")) if heard else "",
        buttons=[[Button("call_human", "call_human")] if heard else [], [Button("to_menu", "menu")]],
    )
