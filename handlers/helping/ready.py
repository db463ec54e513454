"""Ready answers: which there are for a question, how one looks filled in, sending it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.contest.helping.ready import missing, presets
from bot.contest.placeholders import filled
from bot.contest.text import fold
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import event_of
from handlers.helping.answering import begin, deliver, why_not
from handlers.helping.helpers import call_for
from handlers.helping.queue import card
from handlers.helping.wording import open_button
from handlers.kinds import Case, Desk
from handlers.organizer.people import page_name
from handlers.organizer.scope import not_available, whole
from handlers.paging import paged
from handlers.participant.wording import deadline
from storage.help_rows import HelpCall

PAGE = 6


@dataclass(frozen=True, slots=True)
class Ready:
    """One ready answer, wherever it comes from."""

    #: What buttons name it by: the code of one that ships with the bot, or the row's number.
    mark: str
    #: Empty: for all events.
    event_code: str
    title: str
    text: str

    @property
    def is_preset(self) -> bool:
        """Whether it ships with the bot."""
        return not self.mark.isdecimal()


async def all_ready(desk: Desk) -> list[Ready]:
    """Every ready answer: those of single events after those of all."""
    rows = await desk.storage.ready_answers.all()
    changed = {one.preset: one for one in rows if one.preset is not None}
    found = []
    for preset in presets():
        row = changed.get(preset.code)
        if row is None:
            found.append(Ready(preset.code, "", preset.title, preset.text))
        elif row.text is not None:
            found.append(Ready(preset.code, "", row.title, row.text))
    own = [Ready(str(one.id), one.event_code, one.title, one.text) for one in rows if one.preset is None and one.text]
    return [*found, *sorted(own, key=lambda one: (bool(one.event_code), fold(one.title)))]


async def ready_for(desk: Desk, codes: Collection[str]) -> list[Ready]:
    """Those that fit a question about these events: the events' own first."""
    found = [one for one in await all_ready(desk) if not one.event_code or one.event_code in codes]
    return sorted(found, key=lambda one: not one.event_code)


async def choose(case: Case, argument: str) -> Outcome:
    """«Готовый ответ»: which one? `12/45`, or `12/45/1` for a page."""
    written, _, rest = argument.partition("/")
    seen, _, number = rest.partition("/")
    call = await call_for(case, written)
    if call is None:
        return not_available()
    if (why := await why_not(case, call, whole(seen))) is not None:
        return why
    found = await ready_for(case, _codes(call))
    place = f"{call.id}/{whole(seen)}"
    _, shown, turns = paged(found, whole(number), PAGE, f"help_ready:{place}/")
    buttons = [Button(label=one.title, go=f"help_ready_one:{place}/{one.mark}") for one in shown]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return Reply(
        "ready.choose" if found else "ready.none",
        buttons=[*rows, [*turns, open_button(call)]],
    )


async def preview(case: Case, argument: str) -> Outcome:
    """A ready answer as the person would get it."""
    found = await _chosen(case, argument)
    if not isinstance(found, tuple):
        return found
    call, one, seen = found
    values = await values_for(case, call)
    lacks = missing(one.text, values)
    place = f"{call.id}/{seen}/{one.mark}"
    send = [] if lacks else [Button("ready.send", f"help_ready_send:{place}", colour="primary")]
    return Reply(
        "ready.preview",
        name=await page_name(case, call.person_id),
        text=Trusted(written(one.text, values)),
        lacks=case.say("ready.lacks", names=", ".join(lacks)) if lacks else "",
        buttons=[
            [*send, Button("ready.alter", f"help_ready_edit:{place}")],
            [Button("ready.others", f"help_ready:{call.id}/{seen}"), open_button(call)],
        ],
    )


async def send(case: Case, argument: str) -> Outcome:
    """Send it as it was shown, once however often it is tapped."""
    found = await _chosen(case, argument)
    if not isinstance(found, tuple):
        return found
    call, one, seen = found
    values = await values_for(case, call)
    if missing(one.text, values):
        return await preview(case, argument)
    text = written(one.text, values)
    before = await case.storage.help_calls.last_answer(call.id, after=seen)
    if before is not None and before.text == text:
        return await card(case, call)
    return await deliver(case, call, text, (), seen=seen)


async def alter(case: Case, argument: str) -> Outcome:
    """Write it anew, with the ready one in sight."""
    found = await _chosen(case, argument)
    if not isinstance(found, tuple):
        return found
    call, one, seen = found
    return await begin(case, f"{call.id}/{seen}", written(one.text, await values_for(case, call)))


async def values_for(case: Case, call: HelpCall) -> dict[str, str]:
    """What the placeholders of an answer stand for; empty where it is not known."""
    person = await case.storage.people.get(call.person_id)
    running = await event_of(case, call.event_code) if call.event_code else None
    return {
        "имя": (person.first_name or "") if person else "",
        "название": f"«{running.event.title}»" if running else "",
        "срок": deadline(case, running.until(call.person_id).at) if running else "",
    }


def written(text: str, values: Mapping[str, str]) -> str:
    """The text with its values; the title brings its own quotes."""
    return filled(text.replace("«{название}»", "{название}"), values)


async def _chosen(case: Case, argument: str) -> tuple[HelpCall, Ready, int] | Outcome:
    """The call, the ready answer and what was seen; else what to say instead."""
    written_id, _, rest = argument.partition("/")
    seen, _, mark = rest.partition("/")
    call = await call_for(case, written_id)
    if call is None:
        return not_available()
    if (why := await why_not(case, call, whole(seen))) is not None:
        return why
    one = next((one for one in await ready_for(case, _codes(call)) if one.mark == mark), None)
    return await choose(case, f"{call.id}/{seen}") if one is None else (call, one, whole(seen))


def _codes(call: HelpCall) -> set[str]:
    return {*call.codes, *([call.event_code] if call.event_code else [])}
