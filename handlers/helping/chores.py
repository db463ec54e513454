"""By the clock: words are passed on, the bot comes back, the organizers are reminded of whoever waits."""

from __future__ import annotations

from bot.contest.helping.hours import PATIENCE, SILENCE, is_to_pass_on, is_to_remind
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.helping.calling import speak_again
from handlers.helping.helpers import helpers, taker
from handlers.helping.wording import QUEUE, open_button, resendable, shown
from handlers.kinds import Desk
from handlers.organizer.people import page_name
from storage.help_rows import HelpCall, HelpWord


async def pass_words_on(desk: Desk) -> None:
    """What people have written to the organizers goes on in one notice, once they pause."""
    for call_id, words in (await desk.storage.help_calls.untold()).items():
        if not is_to_pass_on(words[0].said_at, words[-1].said_at, desk.now):
            continue
        call = await desk.storage.help_calls.get(call_id)
        if call is not None and call.is_open:
            await _pass_on(desk, call, words)
        await desk.storage.help_calls.told(words[-1], at=desk.now)


async def _pass_on(desk: Desk, call: HelpCall, words: list[HelpWord]) -> None:
    answer = Button("help.answer", f"help_answer:{call.id}/{words[-1].id}", colour="primary")
    notice = Reply(
        "help.said",
        name=await page_name(desk, call.person_id),
        text=Trusted("\n".join(shown(desk, one.text, one.things) for one in words)),
        attachments=resendable([thing for one in words for thing in one.things]),
        buttons=[[answer, Button("help.open", f"question:{call.id}")]],
    )
    for person_id in taker(call, await helpers(desk, call)):
        desk.tell(person_id, notice, key=f"help_said:{words[-1].id}:{person_id}")


async def end_silence(desk: Desk) -> None:
    """A day after the last word of either side the bot is back, and says so once."""
    for call in await desk.storage.help_calls.quiet_since(desk.now - SILENCE):
        await speak_again(desk, call, by=None)
        text = "help.back_waiting" if call.waiting_at else "help.back"
        key = f"help_back:{call.id}:{int(call.last_word_at.timestamp())}"
        desk.tell(call.person_id, Reply(text, buttons=[[Button("to_menu", "menu")]]), key=key)


async def remind_of_waiting(desk: Desk) -> None:
    """Who has waited for hours is named to the organizers, once, while they are awake."""
    calls = desk.storage.help_calls
    found: dict[int, list[HelpCall]] = {}
    for call in await calls.unanswered_since(desk.now - PATIENCE):
        if call.waiting_at is not None and is_to_remind(call.waiting_at, desk.now, desk.facts.zone):
            await calls.reminded(call.id, at=desk.now)
            for person_id in await helpers(desk, call):
                found.setdefault(person_id, []).append(call)
    for person_id, waiting in found.items():
        first = waiting[0]
        button = open_button(first) if len(waiting) == 1 else QUEUE
        reply = Reply("help.waiting", count=len(waiting), hours=PATIENCE.seconds // 3600, buttons=[[button]])
        since = int(first.waiting_at.timestamp()) if first.waiting_at else 0
        desk.tell(person_id, reply, key=f"help_waiting:{first.id}:{since}:{person_id}")
