"""«Следующий пробел»: from one gap to the next, past those that were shown, to the end of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.contest.naming import short_name
from bot.talk.model import Button, Open, Outcome, Reply, several
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying import edit
from handlers.participant.consents import consents_given
from handlers.participant.wording import MENU
from handlers.participant.works import about_work, hand_in
from handlers.teacher.gaps import Gap, Lack, Standing, after, gaps_of, standings

#: So many buttons with words stand well in a row.
_ABREAST = 2


async def next_gap(case: Case, argument: str) -> Outcome:
    """Straight to what is missing; `<event>`, or `<event>/<place>`: past it. Without an event, of all."""
    code, _, place = argument.partition("/")
    found = await standings(case, code or None)
    gap = after(gaps_of(found), place)
    if gap is None:
        return _over(case, code, found)
    way = Button("next_gap", f"next_gap:{code}/{gap.place}")
    return _with_way_on(case, gap, await _opened(case, gap), way)


async def _opened(case: Case, gap: Gap) -> Outcome:
    """What is done about the gap."""
    id_ = str(gap.application.id)
    match gap.lack:
        case Lack.CHANGES | Lack.FIELDS:
            return await edit.edit(case, id_)
        case Lack.CONSENT:
            return await consents_given.consents(case, id_)
        case Lack.ABOUT:
            return await about_work.about(case, id_)
    return await hand_in.submit(case, id_)


def _with_way_on(case: Case, gap: Gap, opened: Outcome, way: Button) -> Outcome:
    """The same screen with a button past it; a question has it in a line above."""
    if isinstance(opened, Open):
        what = case.say(f"desk_do.{gap.lack}", who=short_name(gap.application) or gap.application.number)
        way_on = Reply("gap_before", what=Trusted(what), buttons=[[way]])
        return replace(opened, before=[*several(opened.before or ()), way_on])
    if isinstance(opened, Reply):
        opened.buttons = beside(opened.buttons, [way])
    return opened


def beside(rows: Sequence[Sequence[Button]], more: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """The rows with more buttons: in the last row if there is room, else below it."""
    if not more:
        return tuple(map(tuple, rows))
    if rows and len(rows[-1]) + len(more) <= _ABREAST:
        return (*map(tuple, rows[:-1]), (*rows[-1], *more))
    return (*map(tuple, rows), tuple(more))


def _over(case: Case, code: str, found: Sequence[Standing]) -> Reply:
    """Nothing comes after: what is left, and for whom."""
    desk = [Button("teacher_desk", f"teacher_desk:{code}" if code else "teacher_desk"), MENU]
    if left := gaps_of(found):
        again = [Button("gaps_again", f"next_gap:{code}", colour="primary")]
        return Reply("desk_gaps_seen", count=len(left), buttons=[again, desk])
    awaited, refused = sum(one.awaited for one in found), sum(Lack.REFUSED in one.lacks for one in found)
    if not awaited and not refused:
        return Reply("desk_no_gaps", buttons=[desk])
    return Reply(
        "desk_mine_done",
        awaited=case.say("desk_awaited", count=awaited) if awaited else "",
        refused=case.say("desk_refused", count=refused) if refused else "",
        buttons=[[parents(code)], desk],
    )


def parents(code: str) -> Button:
    """To the consents of the parents, of one event or of all."""
    return Button("parents_consents", f"consents_desk:{code}" if code else "consents_desk")
