"""What a person writes while a human talks to them, and words that can't wait wherever they come."""

from __future__ import annotations

from bot.contest.helping.alarm import Alarm, alarm
from bot.contest.text import inert, shorten
from bot.talk.model import Button, Open, Outcome, Reply, Route
from bot.talk.texts import Trusted
from handlers.helping.calling import Caller, fall_silent
from handlers.helping.helpers import admins, helpers
from handlers.helping.wording import MOST_OF_WORD, open_button, things_of
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
        await calls.ask(call, case.incoming.text, things_of(case.incoming.attachments), at=case.now)
        await fall_silent(case, call)
        kind = alarm(case.incoming.text)
        if kind is not None:
            await _sound(case, call, kind)
        return _comfort() if kind is Alarm.DESPAIR else outcome

    def watched(self, route: Route) -> Route:
        """The same route, for words that no question has asked for: what can't wait goes to people at once."""

        async def said(case: Case, argument: str) -> Outcome:
            kind, calls = alarm(case.incoming.text), case.storage.help_calls
            outcome = await route(case, argument)
            if kind is None:
                return outcome
            call = await calls.open_of(case.person.id) or await self._caller.open(case, silent=False, urgent=True)
            if call is not None:
                await calls.ask(call, case.incoming.text, things_of(case.incoming.attachments), at=case.now)
                await _sound(case, call, kind)
            return _comfort() if kind is Alarm.DESPAIR else outcome

        return said


async def _sound(case: Case, call: HelpCall, kind: Alarm) -> None:
    """Whoever may help hears of it now, administrators in any case; nobody hears more often than each ten minutes."""
    await case.storage.help_calls.set_urgent(call.id)
    urgent = Reply(
        f"help.urgent.{kind}",
        name=case.person.page_name,
        person=case.person.id,
        text=Trusted(inert(shorten(case.incoming.text, MOST_OF_WORD))),
        buttons=[[open_button(call)]],
    )
    time = int(case.now.timestamp()) // ONE_ALARM_S
    for person_id in sorted({*await helpers(case, call), *await admins(case)} - {case.person.id}):
        case.tell(person_id, urgent, key=f"help_urgent:{call.id}:{time}:{person_id}")


def _comfort() -> Reply:
    """A word to somebody who despairs: there is a line for children that answers day and night."""
    return Reply("help.comfort", buttons=[[Button("call_human", "call_human")], [Button("to_menu", "menu")]])
