"""A parent who kept the second consent back, or took it back, gives it later: no new link is needed for that."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action, Target
from bot.contest.consents import ConsentKind
from bot.talk.model import Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.access import may
from handlers.guardian.answering import Asked, publication_steps, told_allowed
from handlers.guardian.categories import granted
from handlers.guardian.children import child_of, my_child
from handlers.guardian.settling import short
from handlers.kinds import Case
from handlers.participant.consents.consents_given import Subject
from storage.consents import LINK

TALK = "guardian_allow"


async def my_allow(case: Case, argument: str) -> Outcome:
    """Ask what may be published of the child `<application>/<participant>`."""
    found = await _open_to_allow(case, argument)
    return Reply("not_available") if found is None else Open(TALK, found.place, resume=False)


async def _open_to_allow(case: Case, place: str) -> Subject | None:
    subject = await child_of(case, place)
    if subject is None or not subject.may_be_allowed:
        return None
    guardians = await case.storage.consents.guardians(subject.application.id)
    theirs = Target(subject.running.code, guardians=guardians)
    return subject if await may(case, Action.GIVE_CONSENT, theirs) else None


async def steps(case: Case, place: str) -> Sequence[Step]:
    """What may be published."""
    subject = await _open_to_allow(case, place)
    if subject is None or subject.participant is None:
        return ()
    asked = Asked(subject.running, subject.application, subject.participant)
    return publication_steps(asked, lambda _answers: True)


async def finish(case: Case, place: str, answers: Answers) -> Outcome:
    """Keep what was allowed; where nothing was, all stays as it is."""
    subject = await _open_to_allow(case, place)
    if subject is None or subject.participant is None:
        return Reply("not_available")
    allowed = granted(subject.running.event, answers)
    if allowed:
        history = await case.storage.consents.history(subject.application.id)
        theirs = [one for one in history if one.channel == LINK and one.person_id == case.person.id and one.signer]
        said = next((one for one in reversed(theirs) if one.participant_id == subject.participant.id), None)
        await case.storage.consents.record(
            subject.application.id,
            ConsentKind.PUBLICATION,
            version=answers["publication"]["version"],
            text_hash=answers["publication"]["hash"],
            decision="given",
            channel=LINK,
            person_id=case.person.id,
            participant_id=subject.participant.id,
            signer=said.signer if said else None,
            kinship=said.kinship if said else None,
            guardian_paper=said.guardian_paper if said else None,
            categories=allowed,
            at=case.incoming.said_at,
        )
    told = Reply("my_allowed", who=short(subject.participant, subject.application), allowed=told_allowed(case, allowed))
    return [told, await my_child(case, place)]


ALLOW = Talk(TALK, steps=steps, finish=finish, cancelled=my_child)
