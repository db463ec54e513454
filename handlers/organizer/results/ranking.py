"""The ranking as results give it, with what is proposed or decided for each work."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action
from bot.contest.awards import OutcomeKind
from bot.contest.event.awards import Thresholds
from bot.contest.schemes import has_one_grand_prix
from bot.contest.text import length
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.exports.button import export_button
from handlers.organizer.record import Record, record_of
from handlers.organizer.results.comparing import best_of_all
from handlers.organizer.results.proposing import Proposed, proposed
from handlers.organizer.results.ranking_rows import decided_lines, field_lines, other_line
from handlers.organizer.results.special import special_button
from handlers.organizer.results.ties import settle_button, tie_lines
from handlers.organizer.scope import detail, of_event, whole
from handlers.organizer.wording import back_to_event, lines, who
from handlers.paging import paged

#: So much of the ranking in one message.
PAGE_CHARS = 3000


@of_event(Action.VIEW_RANKING)
async def ranking(case: Case, running: Running, page: str) -> Outcome:
    """All comparisons one below the other, then those who are not compared; long ones by pages."""
    return screen(case, await record_of(case, running), whole(page))


@of_event(Action.SET_OUTCOME)
async def take(case: Case, running: Running, _more: str) -> Outcome:
    """Take every proposal; what was set by hand stays."""
    if running.stored.approved_at is not None:
        return Reply("org.protocol_stands", buttons=[[back_to_event(running.code)]])
    record = await record_of(case, running)
    found = proposed(record)
    taken = await case.storage.outcomes.propose(found.results.values(), by=case.person.id, at=case.now)
    await case.storage.audit.add(
        case.person.id, Action.SET_OUTCOME, f"event:{running.code}", detail(proposed=taken), at=case.now
    )
    by_hand = sum(decision.by_hand for decision in record.decisions.values())
    without = [one for one in record.staying if one.id not in found.results and one.id not in record.decisions]
    settle = settle_button(running.code, found)
    return Reply(
        "org.taken",
        count=taken,
        more=lines(
            [
                case.say("org.taken_by_hand", count=by_hand) if by_hand else "",
                case.say("org.taken_without", count=len(without)) if without else "",
                *tie_lines(case, record, found),
            ]
        ),
        buttons=[
            [*settle, Button("org.approve", f"approve:{running.code}", colour="secondary" if settle else "primary")],
            special_button(running),
            [Button("org.ranking", f"ranking:{running.code}"), back_to_event(running.code)],
        ],
    )


def screen(case: Case, record: Record, page: int = 0) -> Reply:
    """The ranking with what may be done."""
    running, found = record.running, proposed(record)
    parts = [field_lines(case, record, comparison, found) for comparison in found.comparisons]
    others = [one for one in record.counted if one.id not in found.compared]
    if others:
        head = case.say("org.ranking_others" if found.comparisons else "org.ranking_all")
        parts.append(lines([head, *(other_line(case, record, one, found) for one in others)]))
    code, open_ = running.code, running.stored.approved_at is None
    _, shown, turns = paged(_pages(parts), page, 1, f"ranking:{code}/")
    acts = [Button("org.take", f"take:{code}", colour="primary"), Button("org.award", f"award:{code}")]
    return Reply(
        "org.ranking" if parts else "org.ranking_none",
        title=running.event.title,
        parts=lines("\n" + part for page_parts in shown for part in page_parts),
        tie=_tie(case, record, found),
        buttons=[
            settle_button(code, found) if open_ else [],
            acts if open_ and parts else [],
            [*special_button(running), Button("org.approve", f"approve:{code}")] if open_ else [],
            [*turns, *([export_button(code, "ranking")] if parts else []), back_to_event(code)],
        ],
    )


def _pages(parts: Sequence[str]) -> list[list[str]]:
    """The comparisons by messages: a phone shows about so much with a few strokes of the thumb."""
    pages: list[list[str]] = []
    size = PAGE_CHARS
    for part in parts:
        size += length(part)
        if size > PAGE_CHARS:
            pages.append([])
            size = length(part)
        pages[-1].append(part)
    return pages


def _tie(case: Case, record: Record, found: Proposed) -> str:
    """The rule that was declared for equal works; where people have to decide by it, how to write that down."""
    rule = record.running.event.scoring.tie
    open_ties = found.ties if record.running.stored.approved_at is None else ()
    hints = {
        case.say("org.tie_hint_prize" if one.prize else "org.tie_hint", prize=Trusted(one.prize)) for one in open_ties
    }
    ranked = any(comparison.entries.ranking or comparison.entries.unscored for comparison in found.comparisons)
    fields = [set(one.works) for one in found.comparisons]
    of_several = decided_lines(case, record, lambda works: not any(works <= field for field in fields))
    return lines(
        [
            case.say(f"org.tie.{rule}") if ranked else "",
            *of_several,
            _grand_prix(case, record, found) if ranked else "",
            *sorted(hints),
        ]
    )


def _grand_prix(case: Case, record: Record, found: Proposed) -> str:
    """Where the whole event has one: who has it or is to have it; on no page of many it could be overlooked."""
    rules = record.running.event.awards
    if not isinstance(rules, Thresholds) or rules.grand_prix is None or not has_one_grand_prix(rules):
        return ""
    results = {one.id: found.results.get(one.id) for one in record.staying}
    results |= {id_: decision.result for id_, decision in record.decisions.items() if id_ in results}
    holders = [id_ for id_, one in results.items() if one and one.outcome.kind is OutcomeKind.GRAND_PRIX]
    tied = best_of_all(record, found.comparisons).tied
    named = ", ".join(f"{who(record.application(id_))} ({record.application(id_).number})" for id_ in holders)
    if not holders and tied and not found.ties:
        return case.say("org.grand_prix_tied", prize=Trusted(rules.grand_prix.title), count=len(tied))
    return case.say("org.grand_prix", prize=Trusted(rules.grand_prix.title), whom=named) if holders else ""
