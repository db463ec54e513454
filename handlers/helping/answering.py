"""The answer of an organizer, written in the chat with the bot: nobody answers twice without knowing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.contest.helping.hours import SILENCE
from bot.contest.refusal import Refusal
from bot.contest.text import shorten, too_long
from bot.talk.incoming import Attachment
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.helping.acting import note
from handlers.helping.helpers import call_for
from handlers.helping.queue import card
from handlers.helping.wording import MOST_OF_WORD, QUEUE, open_button, resendable, who_and_when
from handlers.kinds import Case
from handlers.organizer.people import page_name, reach
from handlers.organizer.scope import not_available, whole
from storage.help_rows import HelpCall, HelpWord, Thing

TALK = "help_answer"
TEXT_LIMIT = 3000
YES, NO = "yes", "no"


async def answer(case: Case, argument: str) -> Outcome:
    """«Ответить»: `12/45`, the call and the last of its words when the button was shown."""
    return await begin(case, argument)


async def begin(case: Case, argument: str, ready: str = "") -> Outcome:
    """Ask for the words; `ready`: a ready answer to copy from."""
    written, _, seen = argument.partition("/")
    call = await call_for(case, written)
    if call is None:
        return not_available()
    if (why := await why_not(case, call, whole(seen))) is not None:
        return why
    return Open(TALK, str(call.id), {"call": call.id, "seen": whole(seen), "ready": ready}, resume=False)


async def why_not(case: Case, call: HelpCall, seen: int) -> Outcome:
    """What stands in the way of an answer: it is closed, answered since, or somebody else has it."""
    if not call.is_open:
        return await card(case, call)
    other = await case.storage.help_calls.last_answer(call.id, after=seen)
    if other is not None and other.author_id != case.person.id:
        return [await _answered(case, other), await card(case, call)]
    if call.taken_by not in (None, case.person.id) and call.taken_at is not None:
        return Reply(
            "help.taken_first",
            who=await who_and_when(case, call.taken_by or 0, call.taken_at),
            buttons=[[Button("help.take", f"help_take:{call.id}/{call.taken_by}")], [open_button(call)]],
        )
    return None


async def _answered(case: Case, other: HelpWord) -> Reply:
    who = await who_and_when(case, other.author_id, other.said_at)
    return Reply("help.answered_already", who=who, text=Trusted(shorten(other.text, MOST_OF_WORD)))


async def deliver(case: Case, call: HelpCall, text: str, things: Sequence[Thing], *, seen: int) -> Reply:
    """The answer goes to the person; the bot stays silent for another day if it was."""
    word = await case.storage.help_calls.answer(call, case.person.id, text, things, seen=seen, at=case.now)
    if call.silent:
        await case.storage.people.silent_until(call.person_id, case.now + SILENCE)
    told = Reply(
        "help.answer_told",
        text=Trusted(text),
        attachments=resendable(things),
        buttons=[[Button("help.thanks", f"help_thanks:{call.id}")], [Button("help.more", f"help_more:{call.id}")]],
    )
    case.tell(call.person_id, told, key=f"help_answer:{word}")
    await note(case, call, answered=True)
    reached = await reach(case, [call.person_id])
    silent = [Button("release_person", f"release_person:{call.person_id}")] if call.silent else []
    return Reply(
        "help.answered" if reached.reached else "help.answered_unreached",
        name=await page_name(case, call.person_id),
        unreachable=reached.line(case),
        buttons=[[*silent, Button("help.close", f"help_close:{call.id}/{seen}")], [open_button(call), QUEUE]],
    )


async def _read(_case: Case, _answers: Answers, text: str) -> dict[str, Any] | Refusal:
    return {"text": text, "things": []} if text.strip() else Refusal("help.answer_expected")


async def _receive(case: Case, _answers: Answers, attachments: Sequence[Attachment]) -> dict[str, Any] | Refusal:
    text = case.incoming.text
    things = [[one.kind, one.id] for one in attachments if one.id]
    if refusal := too_long(text, TEXT_LIMIT):
        return refusal
    return {"text": text, "things": things} if things or text.strip() else Refusal("help.answer_expected")


async def _accept(case: Case, answers: Answers, value: Any) -> Answers:
    """Where somebody has answered while this was written, it is asked once more."""
    other = await case.storage.help_calls.last_answer(int(answers["call"]), after=int(answers["seen"]))
    if other is None or other.author_id == case.person.id:
        return {**answers, "text": value}
    who = await who_and_when(case, other.author_id, other.said_at)
    said = {"who": who, "text": shorten(other.text, MOST_OF_WORD)}
    return {**answers, "text": value, "other": said, "seen": other.id}


async def _about(case: Case, answers: Answers) -> dict[str, object]:
    call = await case.storage.help_calls.get(int(answers["call"]))
    ready = str(answers.get("ready") or "")
    return {
        "name": await page_name(case, call.person_id) if call else "",
        "ready": Trusted(case.say("help.ready_copy", text=Trusted(ready))) if ready else "",
    }


async def _others(_case: Case, answers: Answers) -> dict[str, object]:
    other = answers["other"]
    mine = shorten(str(answers["text"]["text"]), MOST_OF_WORD)
    return {"who": other["who"], "text": Trusted(other["text"]), "mine": Trusted(mine)}


async def _yes_or_no(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.help.send_too"), YES), Option(case.say("button.help.send_not"), NO)]


async def _steps(case: Case, subject: str) -> Sequence[Step]:
    call = await call_for(case, subject)
    if call is None or not call.is_open:
        return ()
    return [
        Step("text", parse=_read, receive=_receive, accept=_accept, values=_about, counted=False, limit=TEXT_LIMIT),
        Step("still", options=_yes_or_no, values=_others, when=lambda answers: "other" in answers, counted=False),
    ]


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    call = await call_for(case, subject)
    if call is None:
        return not_available()
    if not call.is_open:
        return [Reply("help.not_sent"), await card(case, call)]
    if "text" not in answers or answers.get("still") == NO:
        return await card(case, call)
    things = [Thing(kind, id_) for kind, id_ in answers["text"]["things"]]
    return await deliver(case, call, str(answers["text"]["text"]), things, seen=int(answers["seen"]))


async def _cancelled(case: Case, subject: str) -> Outcome:
    call = await call_for(case, subject)
    return not_available() if call is None else await card(case, call)


ANSWER = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)
