"""One kind of reminder for an organizer: how it stands, switched on and off, shown to oneself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.contest.authorize import Action
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.rules import Rule, Setting, gathering
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.scope import detail, not_available, of_event
from handlers.organizer.wording import back_to_event
from handlers.reminding import showing
from handlers.reminding.jury import question
from handlers.reminding.lacking import Lack
from handlers.reminding.letters import invitation, letter, times
from handlers.reminding.occasions import rules_at

ON = "on"


async def rule_of(case: Case, running: Running, written: str) -> tuple[dict[Kind, Rule], Rule] | None:
    """The rule that a button names, with all of the event's."""
    rules = await rules_at(case, running)
    rule = next((one for kind, one in rules.items() if kind == written), None)
    return None if rule is None else (rules, rule)


@of_event(Action.CHANGE_REMINDERS)
async def nudge(case: Case, running: Running, more: str) -> Outcome:
    """One kind; `more`: which."""
    found = await rule_of(case, running, more)
    return not_available() if found is None else await _card(case, running, *found)


@of_event(Action.CHANGE_REMINDERS)
async def nudge_switch(case: Case, running: Running, more: str) -> Outcome:
    """Switch it; `more`: `<kind>/on` or `<kind>/off`. A second tap changes nothing."""
    written, _, wanted = more.partition("/")
    found = await rule_of(case, running, written)
    if found is None:
        return not_available()
    kind, is_on = found[1].kind, wanted == ON
    if found[1].is_on is not is_on:
        before = (await settings_of(case, running)).get(kind, Setting())
        await keep(case, running, kind, Setting(is_on, before.text), switched="on" if is_on else "off")
    return Reply(
        "nudge.switched_on" if is_on else "nudge.switched_off",
        kind=called(case, kind),
        buttons=back(running, kind),
    )


@of_event(Action.CHANGE_REMINDERS)
async def nudge_show(case: Case, running: Running, more: str) -> Outcome:
    """The reminder as its reader would get it, about somebody invented."""
    found = await rule_of(case, running, more)
    if found is None:
        return not_available()
    sample = _sample(case, running, *found)
    sample.buttons = tuple(tuple(row) for row in back(running, found[1].kind))
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
    changed = (await settings_of(case, running)).get(rule.kind, Setting())
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
        kind=called(case, rule.kind),
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


async def settings_of(case: Case, running: Running) -> dict[Kind, Setting]:
    """What organizers have changed at the event."""
    return {kind: one for (_, kind), one in (await case.storage.nudges.settings(running.code)).items()}


async def keep(case: Case, running: Running, kind: Kind, setting: Setting, **said: str) -> None:
    """Change one kind and note it; `said`: what of it."""
    await case.storage.nudges.set(running.code, kind, setting, by=case.person.id, at=case.now)
    await case.storage.audit.add(
        case.person.id,
        Action.CHANGE_REMINDERS,
        f"event:{running.code}",
        detail(reminder=kind.value, **said),
        at=case.now,
    )


def called(case: Case, kind: Kind) -> str:
    """«Нет работы»."""
    return case.say(f"nudge.kind.{kind}")


def back(running: Running, kind: Kind) -> list[list[Button]]:
    """The ways back from an act."""
    return [[Button("nudge.back", f"nudge:{running.code}/{kind}"), Button("nudge.all", f"nudges:{running.code}")]]
