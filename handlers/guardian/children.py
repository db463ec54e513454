"""«Мои согласия»: the children for whom a parent has answered by a link, and taking a consent back."""

from __future__ import annotations

from bot.contest import calendar
from bot.contest.authorize import Action, Target
from bot.contest.consents import ConsentKind
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.events import event_of
from handlers.guardian.settling import short
from handlers.guardian.taking_back import can_take_back, kind_label, take_back, way_of
from handlers.kinds import Case
from handlers.participant.consents.consents_given import PAGE, Subject, decision
from handlers.seeing import ledger_of
from storage.consents import LINK

#: So many that are over are told about.
MOST_ENDED = 5


async def my_consents(case: Case, argument: str) -> Reply:
    """The children with how the consents stand; `argument`: the number of the page."""
    children = await children_of(case)
    page = int(argument) if argument.isdecimal() and int(argument[:3]) * PAGE < len(children) else 0
    shown, goes_on = children[page * PAGE : (page + 1) * PAGE], (page + 1) * PAGE < len(children)
    ended = await _ended(case, children)
    if not shown:
        rows = [[Button("applications", "applications")], [Button("to_menu", "menu")]]
        known = bool(await case.storage.consents.by_guardian(case.person.id))
        told = Trusted("".join(f"\n{line}" for line in ended))
        return Reply("my_consents_over", lines=told, buttons=rows) if known else Reply("no_my_consents", buttons=rows)
    lines = [
        case.say(
            "my_child",
            who=short(one.participant, one.application),
            title=Trusted(one.running.event.short_title),
            states=Trusted(", ".join(_part(case, one, kind) for kind in one.kinds)),
        )
        for one in shown
    ]
    turns = [
        Button(label=label, go=f"my_consents:{to}")
        for label, to in (("‹", page - 1), ("Ещё ›", page + 1))
        if 0 <= to * PAGE < len(children)
    ]
    return Reply(
        "my_consents",
        lines=Trusted("\n".join([*lines, *([] if goes_on else ended)])),
        buttons=[
            *([Button(label=short(one.participant, one.application), go=f"my_child:{one.place}")] for one in shown),
            [*turns, Button("to_menu", "menu")],
        ],
    )


async def phrase(case: Case, text: str) -> Outcome:
    """«мои согласия», typed where no question is open."""
    return await my_consents(case, "") if text.strip().lower() == "мои согласия" else None


async def _ended(case: Case, children: list[Subject]) -> list[str]:
    """What was taken back, and when, of those whose names are forgotten."""
    known = {one.place for one in children}
    lines: list[str] = []
    for one in await case.storage.consents.ended_by(case.person.id):
        if f"{one.application_id}/{one.participant_id}" not in known and len(lines) < MOST_ENDED:
            running = await event_of(case, one.event_code)
            title = Trusted(running.event.short_title if running else one.event_code)
            at = calendar.day(one.at, case.facts.zone, now=case.now)
            lines.append(case.say("my_ended", number=one.number, title=title, at=at))
    return lines


def _part(case: Case, child: Subject, kind: ConsentKind) -> str:
    """«публикация имени — дано»."""
    what = kind_label(case, child.running, kind)
    return case.say("consents_part", what=what, decision=Trusted(decision(case, child.held, kind)))


async def my_child(case: Case, argument: str) -> Reply:
    """One child: the consents, and taking them back."""
    subject = await child_of(case, argument)
    if subject is None:
        return Reply("not_available")
    lines = [
        case.say(
            "consents_line", what=kind_label(case, subject.running, kind), decision=decision(case, subject.held, kind)
        )
        for kind in subject.kinds
    ]
    return Reply(
        "my_child_card",
        who=short(subject.participant, subject.application),
        title=Trusted(subject.running.event.title),
        lines=Trusted("\n".join(lines)),
        buttons=[
            *([[Button("my_allow", f"my_allow:{subject.place}", colour="primary")]] if subject.may_be_allowed else []),
            *(
                [Button(f"withdraw_{kind}", f"my_withdraw:{subject.place}/{kind}")]
                for kind in reversed(subject.kinds)
                if can_take_back(subject.ledger, subject.application, subject.participant, kind)
            ),
            [Button("my_consents", "my_consents")],
        ],
    )


async def my_withdraw(case: Case, argument: str) -> Reply:
    """Ask whether the parent means it."""
    found = await _standing(case, argument)
    if found is None:
        return Reply("not_available")
    subject, kind = found
    return Reply(
        f"my_withdraw.{'publication' if kind is ConsentKind.PUBLICATION else 'processing'}",
        who=short(subject.participant, subject.application),
        buttons=[
            [Button("withdraw_sure", f"my_withdraw_sure:{argument}", colour="negative")],
            [Button("keep_application", f"my_child:{subject.place}")],
        ],
    )


async def my_withdraw_sure(case: Case, argument: str) -> Reply:
    """Take it back."""
    found = await _standing(case, argument)
    if found is None:
        return Reply("not_available")
    subject, kind = found
    way = way_of(subject.running, subject.application, kind)
    done = await take_back(case, subject.running, subject.application, subject.participant, kind, channel=LINK)
    return Reply(
        f"my_withdrawn.{'publication' if way == 'publication' else 'processing'}",
        number=subject.application.number,
        posts=done.posts_line(case),
        buttons=[[Button("my_consents", "my_consents")], [Button("to_menu", "menu")]],
    )


async def children_of(case: Case) -> list[Subject]:
    """Everyone for whom the one who acts has answered by a link, and who still takes part."""
    pairs = await case.storage.consents.by_guardian(case.person.id)
    found = [await child_of(case, f"{application}/{participant}") for application, participant in pairs]
    return [one for one in found if one is not None]


async def child_of(case: Case, argument: str) -> Subject | None:
    """The child `<application>/<participant>`, if the one who acts has answered for them."""
    written, _, who = argument.partition("/")
    pairs = await case.storage.consents.by_guardian(case.person.id)
    if (written, who) not in {(str(application), str(participant)) for application, participant in pairs}:
        return None
    application = await case.storage.applications.get(int(written))
    running = await event_of(case, application.event_code) if application else None
    if application is None or running is None or application.anonymised_at is not None:
        return None
    guardians = await case.storage.consents.guardians(application.id)
    if not await may(case, Action.WITHDRAW_CONSENT, Target(running.code, guardians=guardians)):
        return None
    child = next((one for one in application.participants if str(one.id) == who), None)
    return None if child is None else Subject(running, application, child, await ledger_of(case, application.id))


async def _standing(case: Case, argument: str) -> tuple[Subject, ConsentKind] | None:
    place, _, name = argument.rpartition("/")
    subject, kind = await child_of(case, place), next((kind for kind in ConsentKind if kind == name), None)
    if subject is None or kind is None:
        return None
    can = can_take_back(subject.ledger, subject.application, subject.participant, kind)
    return (subject, kind) if can else None
