"""Where names stand in public: the address of a post, and that a name was taken out of it by hand."""

from __future__ import annotations

import re

from bot.contest.authorize import Action, Target
from bot.contest.refusal import Refusal
from bot.talk.model import Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.desk import desk_event
from handlers.organizer.record import record_of
from handlers.organizer.results.wall import named_now
from handlers.organizer.scope import detail, event_steps, finish_of_event, not_available, of_event, whole
from handlers.organizer.wording import back_to_event

TALK = "post_address"
_POST = re.compile(
    r"(?:https://)?(?:m\.)?vk\.(?:com|ru)/(?:[\w.]{1,60}\?w=)?(wall-?\d{1,15}_\d{1,15})\S{0,50}", re.ASCII
)


@of_event(Action.PUBLISH_RESULTS)
async def post_address(_case: Case, running: Running, _more: str) -> Outcome:
    """Ask where the list was posted."""
    if running.stored.published_at is None:
        return not_available()
    return Open(TALK, running.code, resume=False)


async def _read(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    found = _POST.fullmatch(text.strip())
    return f"https://vk.com/{found[1]}" if found else Refusal("post_expected")


@finish_of_event(Action.PUBLISH_RESULTS)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    address, named = str(answers["address"]), await named_now(case, await record_of(case, running))
    known = {(one.application_id, one.address) for one in await case.storage.publications.of_event(running.code)}
    fresh = [id_ for id_ in named if (id_, address) not in known]
    await case.storage.publications.add(fresh, "wall", at=case.now, address=address)
    await case.storage.audit.add(
        case.person.id,
        Action.PUBLISH_RESULTS,
        f"event:{running.code}",
        detail(post=address, applications=len(fresh)),
        at=case.now,
    )
    return Reply("post_kept", address=Trusted(address), buttons=[[back_to_event(running.code)]])


async def post_removed(case: Case, argument: str) -> Outcome:
    """An organizer has taken the name out of the post."""
    found = await case.storage.publications.get(whole(argument))
    application = await case.storage.applications.get(found.application_id) if found else None
    target = Target(event=application.event_code if application else None)
    if found is None or application is None or not await may(case, Action.PUBLISH_RESULTS, target):
        return not_available()
    if await case.storage.publications.removed(found.id, at=case.now):
        await case.storage.audit.add(
            case.person.id,
            Action.PUBLISH_RESULTS,
            f"application:{application.id}",
            detail(removed_from=found.address),
            at=case.now,
        )
    return Reply("post_cleaned", number=application.number, buttons=[[back_to_event(application.event_code)]])


POST_ADDRESS = Talk(
    TALK,
    event_steps(Action.PUBLISH_RESULTS, Step("address", parse=_read, counted=False)),
    _finish,
    cancelled=desk_event,
)
