"""Settling a tie: who stands above whom, or that they share the place, and why; it stays in the protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.contest.text import clean
from bot.contest.ties import Order
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.jury.points import shown
from handlers.kinds import Case
from handlers.organizer.record import Record, record_of
from handlers.organizer.results.proposing import OpenTie, Proposed, proposed
from handlers.organizer.results.ranking import ranking
from handlers.organizer.results.ties import settle_button, tie_lines
from handlers.organizer.scope import detail, event_steps, finish_of_event, of_event, the_event
from handlers.organizer.wording import back_to_event, lines, who

TALK = "org_tie"
REASON_LIMIT = 300
#: All that are left share the place.
SHARED = "shared"


@of_event(Action.SETTLE_TIE)
async def tie(case: Case, running: Running, _more: str) -> Outcome:
    """The first tie that is open: who stands above whom, and why."""
    if running.stored.approved_at is not None:
        return Reply("org.protocol_stands", buttons=[[back_to_event(running.code)]])
    return _ask(running, proposed(await record_of(case, running))) or Reply(
        "org.no_ties", buttons=[[Button("org.ranking", f"ranking:{running.code}"), back_to_event(running.code)]]
    )


def _ask(running: Running, found: Proposed) -> Open | None:
    if not found.ties:
        return None
    first = found.ties[0]
    answers = {"event": running.code, "works": list(first.works), "order": [], "prize": first.prize}
    return Open(TALK, running.code, answers=answers, resume=False)


def _left(answers: Answers) -> list[int]:
    """The works that have no place yet."""
    return [work for work in answers["works"] if work not in answers["order"]]


async def _tie(case: Case, answers: Answers) -> tuple[Record, OpenTie | None]:
    record = await record_of(case, await the_event(case, str(answers["event"])))
    found = proposed(record).ties
    return record, next((one for one in found if list(one.works) == answers["works"]), None)


async def _works(case: Case, answers: Answers) -> Sequence[Option]:
    record = await record_of(case, await the_event(case, str(answers["event"])))
    named = [record.application(work) for work in _left(answers)]
    share = case.say("org.tie_no_prize" if answers["prize"] else "org.tie_share")
    return [*(Option(f"{one.number} {who(one)}", one.id) for one in named), Option(share, SHARED)]


async def _about(case: Case, answers: Answers) -> dict[str, object]:
    record, one = await _tie(case, answers)
    if one is None:
        return {"rule": "", "points": "", "whose": "", "works": ""}
    key = "org.tie_whose_prize" if one.prize else "org.tie_whose_place"
    return {
        "rule": case.say(f"org.tie.{record.running.event.scoring.tie}"),
        "points": shown(one.points),
        "whose": case.say(key, prize=Trusted(one.prize), place=one.place + len(answers["order"])),
        "works": lines(f"• {record.application(work).number} {who(record.application(work))}" for work in one.works),
    }


async def _put(_case: Case, answers: Answers, value: Any) -> Answers:
    """One more has its place; the question comes again until one is left, or until the one award has its holder."""
    if value == SHARED:
        return {**answers, "shared": True}
    return {**answers, "order": [*answers["order"], value], "shared": bool(answers["prize"])}


async def _reason(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return clean(text) or Refusal("org.tie_reason_expected")


@finish_of_event(Action.SETTLE_TIE)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    if running.stored.approved_at is not None:
        return Reply("org.protocol_stands", buttons=[[back_to_event(running.code)]])
    _, one = await _tie(case, answers)
    again = Button("org.ranking", f"ranking:{running.code}")
    if one is None:
        return Reply("org.tie_gone", buttons=[[again, back_to_event(running.code)]])
    left = _left(answers)
    rest = [tuple(left)] if answers.get("shared") else [(work,) for work in left]
    order = Order((*((work,) for work in answers["order"]), *rest))
    way = running.event.scoring.tie
    await case.storage.ties.add(
        running.code,
        order,
        comparison=one.field_key,
        way=way,
        reason=str(answers["why"]),
        by=case.person.id,
        at=case.now,
    )
    levels = [list(level) for level in order.levels]
    await case.storage.audit.add(
        case.person.id,
        Action.SETTLE_TIE,
        f"event:{running.code}",
        detail(place=one.place, way=way, order=levels),
        at=case.now,
    )
    record = await record_of(case, running)
    found = proposed(record)
    return Reply(
        "org.tie_settled",
        order=lines(_for_prize(case, record, one, order) if one.prize else _settled(case, record, found, order)),
        more=lines(tie_lines(case, record, found)),
        buttons=[
            [*settle_button(running.code, found), Button("org.take", f"take:{running.code}", colour="primary")],
            [again, back_to_event(running.code)],
        ],
    )


def _for_prize(case: Case, record: Record, one: OpenTie, order: Order) -> list[str]:
    """Who has the one award, or that nobody has."""
    first = [record.application(work) for work in order.levels[0]]
    key = "org.tie_prize_nobody" if len(first) > 1 else "org.tie_prize"
    return [case.say(key, prize=Trusted(one.prize), number=first[0].number, who=who(first[0]))]


def _settled(case: Case, record: Record, found: Proposed, order: Order) -> list[str]:
    places = {one.work: one.place for comparison in found.comparisons for one in comparison.entries.ranking}
    return [
        case.say(
            "org.tie_place",
            place=places[work],
            number=record.application(work).number,
            who=who(record.application(work)),
        )
        for level in order.levels
        for work in level
    ]


TIE = Talk(
    TALK,
    event_steps(
        Action.SETTLE_TIE,
        Step(
            "above",
            options=_works,
            accept=_put,
            values=_about,
            when=lambda answers: not answers.get("shared") and len(_left(answers)) > 1,
        ),
        Step("why", parse=_reason, values=_about, limit=REASON_LIMIT),
    ),
    _finish,
    cancelled=ranking,
)
