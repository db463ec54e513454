"""«Мои данные»: what is stored about a person, as a file; and forgetting all of it."""

from __future__ import annotations

from bot.contest.applications import ApplicationState, withdrawing_refusal
from bot.contest.consents import ConsentKind
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import actor_of
from handlers.events import Running, event_of
from handlers.everyone.files import ask_file
from handlers.guardian.children import children_of
from handlers.guardian.taking_back import take_back
from handlers.kinds import Case
from handlers.participant.consents.my_data_file import JSON, TEXT
from handlers.participant.organizers import tell_organizers
from storage.application_rows import Application
from storage.consents import LINK

FORGET_ME = "forget_me"


async def my_data(case: Case, _argument: str) -> Reply:
    """How much there is, and what can be done with it."""
    mine = await case.storage.applications.of_person(case.person.id)
    return Reply(
        "my_data",
        applications=len(mine),
        children=len(await children_of(case)),
        buttons=[
            [Button("my_data_file", "my_data_file", colour="primary"), Button("my_data_json", "my_data_file:json")],
            [Button("my_consents", "my_consents"), Button("my_data_delete", "my_data_delete")],
            [Button("to_menu", "menu")],
        ],
    )


async def phrase(case: Case, text: str) -> Outcome:
    """«мои данные», typed where no question is open."""
    return await my_data(case, "") if text.strip().lower() == "мои данные" else None


async def my_data_file(case: Case, argument: str) -> Reply:
    """Have the file made."""
    maker = JSON if argument == "json" else TEXT
    ask_file(case, maker, {}, text="my_data_ready", go="my_data")
    return Reply("my_data_coming", buttons=[[Button("my_data", "my_data")]])


async def my_data_delete(case: Case, _argument: str) -> Reply:
    """What forgetting means, before anything is asked twice."""
    counts = {"applications": len(await _remembered(case)), "children": len(await children_of(case))}
    what = [name for name, count in counts.items() if count]
    ends = "both" if len(what) > 1 else next(iter(what), None)
    roles = (await actor_of(case)).roles
    return Reply(
        "my_data_delete",
        ends=case.say(f"my_data_delete_ends.{ends}", **counts) if ends else "",
        roles=case.say("my_data_delete_roles") if roles else "",
        buttons=[
            [Button("my_data_go_on", "my_data_delete_ask", colour="negative")],
            [Button("my_data_keep", "my_data")],
        ],
    )


async def my_data_delete_ask(_case: Case, _argument: str) -> Reply:
    """The second question: there is no way back."""
    return Reply(
        "my_data_delete_ask",
        buttons=[
            [Button("my_data_delete_sure", "my_data_delete_sure", colour="negative")],
            [Button("my_data_keep", "my_data")],
        ],
    )


async def my_data_delete_sure(case: Case, _argument: str) -> Reply:
    """Forget the person, their applications and the children they answered for, at once."""
    ended = [*await _end_applications(case), *await _end_children(case)]
    await case.storage.forgetting.person(case.person.id, at=case.now)
    await case.storage.audit.add(
        case.person.id, FORGET_ME, f"person:{case.person.id}", {"applications": len(ended)}, at=case.now
    )
    return Reply("my_data_deleted", contact=Trusted(case.facts.operator.contact))


async def _remembered(case: Case) -> list[Application]:
    mine = await case.storage.applications.of_person(case.person.id)
    return [one for one in mine if one.anonymised_at is None]


async def _end_applications(case: Case) -> list[str]:
    """Every application of their own ends, as far as it has not, and is forgotten."""
    ended = []
    for one in await _remembered(case):
        running = await event_of(case, one.event_code)
        if running is not None and withdrawing_refusal(one.state, published=_published(running)) is None:
            await case.storage.applications.set_state(one.id, ApplicationState.WITHDRAWN, reason=None, at=case.now)
        await case.storage.forgetting.application(one.id, at=case.now)
        ended.append(one.number)
        if running is not None:
            await _tell(case, running, one)
    return ended


def _published(running: Running) -> bool:
    return running.stored.published_at is not None


async def _end_children(case: Case) -> list[str]:
    """The first consent for every child is taken back: with it the second, and the participation."""
    children = await children_of(case)
    for one in children:
        await take_back(case, one.running, one.application, one.participant, ConsentKind.PROCESSING, channel=LINK)
    return [one.application.number for one in children]


async def _tell(case: Case, running: Running, application: Application) -> None:
    """Organizers hear the number, and which posts they have to clean."""
    posts = await case.storage.publications.standing(application.id)
    addresses = sorted({one.address for one in posts if one.address})
    told = Reply(
        "forgotten_notice",
        number=application.number,
        title=Trusted(running.event.short_title),
        posts=Trusted(case.say("withdrawn_posts", posts=Trusted(", ".join(addresses))) if addresses else ""),
    )
    await tell_organizers(case, running.code, told)
