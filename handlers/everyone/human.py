"""A way to a human: the bot falls silent for the person, the organizers hear where they got stuck."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.contest.authorize import Action, RoleKind, Target
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.everyone.welcome import Describe
from handlers.kinds import Case

#: So long the bot keeps silent if nobody calls it back.
SILENCE = timedelta(days=1)


async def get_help(case: Case, _argument: str) -> Reply:
    """What the bot can do, and how to reach a person."""
    return Reply(
        "help",
        contact=Trusted(case.facts.operator.contact),
        buttons=[[Button("call_human", "call_human")], [Button("privacy", "privacy")], [Button("to_menu", "menu")]],
    )


class Human:
    """Calls for help; `describe` says by talk what somebody was about."""

    def __init__(self, describe: Mapping[str, Describe]) -> None:
        self._describe = describe

    async def call(self, case: Case, _argument: str) -> Reply:
        """Leave the person to the organizers."""
        if not case.person.is_left_to_a_human(case.now):
            await case.storage.people.silent_until(case.person.id, case.now + SILENCE)
            failed = await case.storage.inbox.failed_since(case.person.id, case.now - SILENCE)
            wanted = Reply(
                "human_wanted",
                name=case.person.page_name,
                person=case.person.id,
                step=Trusted(await self._step(case)),
                error=case.say("human_error") if failed else "",
                buttons=[[Button("release_person", f"release_person:{case.person.id}")]],
            )
            for organizer in await helpers(case):
                case.tell(organizer, wanted)
        return Reply("human_called", buttons=[[Button("release", "release")]])

    async def _step(self, case: Case) -> str:
        for draft in await case.storage.memory.drafts(case.person.id):
            if draft.talk in self._describe:
                return await self._describe[draft.talk](case, draft)
        return case.say("human_no_step")


async def release(case: Case, _argument: str) -> Reply:
    """The person wants the bot back."""
    await case.storage.people.silent_until(case.person.id, None)
    return Reply("human_released")


async def helpers(case: Case) -> list[int]:
    """Who hears that a person asks for help: whoever may answer them, but not the person."""
    found = set(case.facts.admins)
    for kind in (RoleKind.ADMIN, RoleKind.ORGANIZER):
        for code in ("", *await _events_of(case, case.person.id)):
            found.update(await case.storage.roles.with_role(kind, code))
    return sorted(found - {case.person.id})


async def may_help(case: Case, person_id: int) -> bool:
    """Whether the one who acts answers this person: as an organizer of an event of theirs, or of all."""
    codes = [None, *await _events_of(case, person_id)]
    return any([await may(case, Action.ANSWER_PERSON, Target(event=code)) for code in codes])


async def _events_of(case: Case, person_id: int) -> list[str]:
    """The events that a person has to do with; all of them for one who has begun nothing."""
    events = {stored.code for stored in await case.storage.events.all()}
    theirs = {one.event_code for one in await case.storage.applications.of_person(person_id)}
    theirs |= {draft.subject for draft in await case.storage.memory.drafts(person_id)} & events
    theirs |= {member.event_code for member in await case.storage.jury.memberships(person_id)}
    return sorted(theirs or events)
