"""Giving a person back to the bot, after a human has helped."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.talk.model import Outcome, Reply
from handlers.everyone.human import may_help
from handlers.kinds import Case
from handlers.organizer.scope import detail, not_available, whole


async def release_person(case: Case, argument: str) -> Outcome:
    """The bot speaks to this person again."""
    person = await case.storage.people.get(whole(argument))
    if person is None or not await may_help(case, person.id):
        return not_available()
    if not person.is_left_to_a_human(case.now):
        return Reply("human_person_back")
    await case.storage.people.silent_until(person.id, None)
    case.tell(person.id, Reply("human_released"))
    await case.storage.audit.add(case.person.id, Action.ANSWER_PERSON, f"person:{person.id}", detail(), at=case.now)
    return Reply("human_person_released")
