"""Other words for one kind of reminder, and back to those that stood before."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.contest.reminders import wording
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.rules import Setting
from bot.talk.model import Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.scope import event_steps, finish_of_event, not_available, of_event
from handlers.reminding import showing
from handlers.reminding.changing import back, called, keep, rule_of, settings_of

TALK = "nudge_words"


@of_event(Action.CHANGE_REMINDERS)
async def nudge_change(case: Case, running: Running, more: str) -> Outcome:
    """Ask for other words."""
    found = await rule_of(case, running, more)
    if found is None:
        return not_available()
    return Open(TALK, running.code, answers={"event": running.code, "kind": found[1].kind.value}, resume=False)


@of_event(Action.CHANGE_REMINDERS)
async def nudge_restore(case: Case, running: Running, more: str) -> Outcome:
    """The words that stood before anybody changed them: the file's, or the usual ones."""
    found = await rule_of(case, running, more)
    if found is None:
        return not_available()
    kind, before = found[1].kind, (await settings_of(case, running)).get(found[1].kind, Setting())
    if before.text is not None:
        await keep(case, running, kind, Setting(before.is_on, None), text="restored")
    return Reply("nudge.restored", kind=called(case, kind), buttons=back(running, kind))


async def _text(_case: Case, answers: Answers, text: str) -> str | Refusal:
    kind, text = Kind(answers["kind"]), text.strip()
    if not text:
        return Refusal("nudge.text_expected")
    wrong = wording.unknown(text, kind)
    if wrong is not None:
        return Refusal("nudge.text_unknown", {"typed": wrong, "words": wording.named(kind)})
    return text


async def _about(case: Case, answers: Answers) -> dict[str, object]:
    kind = Kind(answers["kind"])
    return {"kind": called(case, kind), "words": wording.named(kind)}


@finish_of_event(Action.CHANGE_REMINDERS)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    kind = Kind(answers["kind"])
    before = (await settings_of(case, running)).get(kind, Setting())
    await keep(case, running, kind, Setting(before.is_on, str(answers["text"])), text="changed")
    place = f"{running.code}/{kind}"
    return Reply(
        "nudge.worded",
        kind=called(case, kind),
        buttons=[[Button("nudge.show", f"nudge_show:{place}", colour="primary")], *back(running, kind)],
    )


NUDGE_WORDS = Talk(
    TALK,
    event_steps(Action.CHANGE_REMINDERS, Step("text", parse=_text, values=_about, limit=wording.TEXT_LIMIT)),
    _finish,
    cancelled=showing.nudges,
)
