"""One kind of reminder for an organizer: switched on and off, put in other words, shown to oneself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.contest.reminders import wording
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.rules import Rule, Setting, gathering
from bot.talk.model import Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.scope import detail, event_steps, finish_of_event, not_available, of_event
from handlers.organizer.wording import back_to_event
from handlers.reminding import showing
from handlers.reminding.jury import question
from handlers.reminding.lacking import Lack
from handlers.reminding.letters import invitation, letter, times
from handlers.reminding.occasions import rules_at

TALK = "nudge_words"
ON = "on"


async def _rule(case: Case, running: Running, written: str) -> tuple[dict[Kind, Rule], Rule] | None:
    """The rule that a button names, with all of the event's."""
    rules = await rules_at(case, running)
    rule = next((one for kind, one in rules.items() if kind == written), None)
    return None if rule is None else (rules, rule)


@of_event(Action.CHANGE_REMINDERS)
async def nudge(case: Case, running: Running, more: str) -> Outcome:
    """One kind; `more`: which."""
    found = await _rule(case, running, more)
    return not_available() if found is None else await _card(case, running, *found)


@of_event(Action.CHANGE_REMINDERS)
async def nudge_switch(case: Case, running: Running, more: str) -> Outcome:
    """Switch it; `more`: `<kind>/on` or `<kind>/off`. A second tap changes nothing."""
    written, _, wanted = more.partition("/")
    found = await _rule(case, running, written)
    if found is None:
        return not_available()
    kind, is_on = found[1].kind, wanted == ON
    if found[1].is_on is not is_on:
        before = (await _settings(case, running)).get(kind, Setting())
        await _keep(case, running, kind, Setting(is_on, before.text), switched="on" if is_on else "off")
    return Reply(
        "nudge.switched_on" if is_on else "nudge.switched_off",
        kind=_called(case, kind),
        buttons=_back(running, kind),
    )


@of_event(Action.CHANGE_REMINDERS)
async def nudge_change(case: Case, running: Running, more: str) -> Outcome:
    """Ask for other words."""
    found = await _rule(case, running, more)
    if found is None:
        return not_available()
    return Open(TALK, running.code, answers={"event": running.code, "kind": found[1].kind.value}, resume=False)


@of_event(Action.CHANGE_REMINDERS)
async def nudge_restore(case: Case, running: Running, more: str) -> Outcome:
    """The words that stood before anybody changed them: the file's, or the usual ones."""
    found = await _rule(case, running, more)
    if found is None:
        return not_available()
    kind, before = found[1].kind, (await _settings(case, running)).get(found[1].kind, Setting())
    if before.text is not None:
        await _keep(case, running, kind, Setting(before.is_on, None), text="restored")
    return Reply("nudge.restored", kind=_called(case, kind), buttons=_back(running, kind))


@of_event(Action.CHANGE_REMINDERS)
async def nudge_show(case: Case, running: Running, more: str) -> Outcome:
    """The reminder as its reader would get it, about somebody invented."""
    found = await _rule(case, running, more)
    if found is None:
        return not_available()
    sample = _sample(case, running, *found)
    sample.buttons = tuple(tuple(row) for row in _back(running, found[1].kind))
    return [Reply("nudge.preview_first"), sample]


def _sample(case: Case, running: Running, rules: Mapping[Kind, Rule], rule: Rule) -> Reply:
    first_name = case.person.first_name or ""
    if rule.kind is Kind.JURY:
        asked = question(case, running, rule, left=5, first_name=first_name)
        return Reply("nudge.own", lines=Trusted(asked))
    who = case.say("nudge.sample_draft" if rule.kind is Kind.DRAFT else "nudge.sample_who")
    lack = Lack(rule.kind, (who,), Button())
    if rule.kind is Kind.FINAL and gathering(running.event) is not None:
        return invitation(case, running, lack, rule, first_name=first_name)
    until = max(running.closes_at, case.now + timedelta(days=1))
    return letter(case, running, [lack], rules, times(case, until, case.now), first_name=first_name)


async def _card(case: Case, running: Running, rules: Mapping[Kind, Rule], rule: Rule) -> Reply:
    changed = (await _settings(case, running)).get(rule.kind, Setting())
    source = "own_text" if changed.text else "from_file" if rule.text else "usual"
    place = f"{running.code}/{rule.kind}"
    switch = (
        Button("nudge.switch_off", f"nudge_switch:{place}/off")
        if rule.is_on
        else Button("nudge.switch_on", f"nudge_switch:{place}/{ON}", colour="primary")
    )
    restore = [[Button("nudge.restore", f"nudge_restore:{place}")]] if changed.text else []
    return Reply(
        "nudge.one",
        kind=_called(case, rule.kind),
        state=case.say("nudge.state_on" if rule.is_on else "nudge.state_off"),
        when=showing.when(case, rule),
        next=showing.next_time(case, running, rules, rule.kind),
        text=Trusted(case.say(f"nudge.{source}") + (f"\n{rule.text}" if rule.text else "")),
        buttons=[
            [switch, Button("nudge.show", f"nudge_show:{place}")],
            [Button("nudge.change", f"nudge_change:{place}")],
            *restore,
            [Button("nudge.all", f"nudges:{running.code}"), back_to_event(running.code)],
        ],
    )


async def _settings(case: Case, running: Running) -> dict[Kind, Setting]:
    return {kind: one for (_, kind), one in (await case.storage.nudges.settings(running.code)).items()}


async def _keep(case: Case, running: Running, kind: Kind, setting: Setting, **said: str) -> None:
    await case.storage.nudges.set(running.code, kind, setting, by=case.person.id, at=case.now)
    await case.storage.audit.add(
        case.person.id,
        Action.CHANGE_REMINDERS,
        f"event:{running.code}",
        detail(reminder=kind.value, **said),
        at=case.now,
    )


def _called(case: Case, kind: Kind) -> str:
    return case.say(f"nudge.kind.{kind}")


def _back(running: Running, kind: Kind) -> list[list[Button]]:
    return [[Button("nudge.back", f"nudge:{running.code}/{kind}"), Button("nudge.all", f"nudges:{running.code}")]]


async def _text(_case: Case, answers: Answers, text: str) -> str | Refusal:
    kind, text = Kind(answers["kind"]), text.strip()
    if not text:
        return Refusal("nudge.text_expected")
    if len(text) > wording.TEXT_LIMIT:
        return Refusal("nudge.text_long", {"length": len(text), "limit": wording.TEXT_LIMIT})
    wrong = wording.unknown(text, kind)
    if wrong is not None:
        return Refusal("nudge.text_unknown", {"typed": wrong, "words": wording.named(kind)})
    return text


async def _about(case: Case, answers: Answers) -> dict[str, object]:
    kind = Kind(answers["kind"])
    return {"kind": _called(case, kind), "words": wording.named(kind)}


@finish_of_event(Action.CHANGE_REMINDERS)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    kind = Kind(answers["kind"])
    before = (await _settings(case, running)).get(kind, Setting())
    await _keep(case, running, kind, Setting(before.is_on, str(answers["text"])), text="changed")
    place = f"{running.code}/{kind}"
    return Reply(
        "nudge.worded",
        kind=_called(case, kind),
        buttons=[[Button("nudge.show", f"nudge_show:{place}", colour="primary")], *_back(running, kind)],
    )


NUDGE_WORDS = Talk(
    TALK,
    event_steps(Action.CHANGE_REMINDERS, Step("text", parse=_text, values=_about, limit=wording.TEXT_LIMIT * 2)),
    _finish,
    cancelled=showing.nudges,
)
