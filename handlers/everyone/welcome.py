"""The first contact, the menu, and what is said where no question is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.contest.authorize import RoleKind
from bot.talk.model import Button, Open, Outcome, Reply, Route, several
from bot.talk.position import Draft
from bot.talk.texts import Trusted
from handlers.access import actor_of
from handlers.kinds import Case

#: Whoever has sent more applications than this gets the teacher's desk offered.
MOST_WITHOUT_DESK = 4
#: Says what a draft is about: «заявка на „Создавай со Scratch“: Соколова Вера».
Describe = Callable[[Case, Draft], Awaitable[str]]
#: Whether what was begun can still be finished: the intake goes on, the link is good.
IsOpen = Callable[[Case, Draft], Awaitable[bool]]
#: Something that a word of a deep link may open; None: the word is none of its.
Door = Callable[[Case, str], Awaitable[Outcome]]
#: Makes something of words or things that answer no question, such as a work; None: they are none of its.
Catcher = Callable[[Case], Awaitable[Outcome]]

MENU: Sequence[Sequence[Button]] = (
    (Button("events", "events"), Button("applications", "applications")),
    (Button("submit", "submit"), Button("menu", "menu"), Button("help", "help")),
)


class Welcome:
    """How a person comes in.

    `doors` are tried in order with a deep link's word, `phrases` with what is written where no question is open,
    `catchers` with whatever is sent there; `describe` by talk, and `is_open` for those that may end meanwhile.
    """

    def __init__(
        self,
        doors: Sequence[Door],
        describe: Mapping[str, Describe],
        phrases: Sequence[Door] = (),
        catchers: Sequence[Catcher] = (),
        is_open: Mapping[str, IsOpen] | None = None,
    ) -> None:
        self._doors = doors
        self._describe = describe
        self._phrases = phrases
        self._catchers = catchers
        self._is_open = is_open or {}

    async def start(self, case: Case, ref: str) -> Outcome:
        """«Начать», with or without a link's word."""
        greeting = await self._greeting(case)
        opened = await _first(self._doors, case, ref)
        if opened is not None:
            return _after(greeting, opened)
        lost = [Reply("link_unknown")] if ref else []
        return [*greeting, *lost, await menu(case, "")]

    async def said(self, case: Case, _argument: str) -> Outcome:
        """Words that belong to no question: a draft is offered, or the menu."""
        greeting = await self._greeting(case)
        opened = await _first(self._doors, case, case.incoming.ref) if not greeting else None
        opened = opened or await _first(self._phrases, case, case.incoming.text)
        if opened:
            return _after(greeting, opened)
        if caught := await self.heard(case, ""):
            return _after(greeting, caught)
        if offer := await self.offer(case):
            return [*greeting, offer]
        return [*greeting, await menu(case, "" if greeting else "unknown")]

    async def heard(self, case: Case, _argument: str) -> Outcome:
        """What is sent while a human talks to the person: a work is taken all the same, the rest is the human's."""
        for catch in self._catchers:
            if (caught := await catch(case)) is not None:
                return caught
        return None

    def after_greeting(self, route: Route) -> Route:
        """The same route, for whoever may come to it with their first words: the greeting goes before it."""

        async def greeted(case: Case, argument: str) -> Outcome:
            greeting = await self._greeting(case)
            outcome = await route(case, argument)
            return outcome if outcome is None else _after(greeting, outcome)

        return greeted

    async def offer(self, case: Case) -> Reply | None:
        """The talk that was begun last and can still be finished; the others are kept: a deadline may be moved."""
        for draft in await case.storage.memory.drafts(case.person.id):
            is_open = self._is_open.get(draft.talk)
            if draft.talk in self._describe and (is_open is None or await is_open(case, draft)):
                place = f"{draft.talk}/{draft.subject}"
                return Reply(
                    "draft_offered",
                    what=await self._describe[draft.talk](case, draft),
                    buttons=[
                        [Button("resume", f"draft_resume:{place}", colour="primary")],
                        [Button("restart", f"draft_restart:{place}"), Button("drop", f"draft_drop:{place}")],
                    ],
                )
        return None

    async def _greeting(self, case: Case) -> list[Reply]:
        """Who the operator of personal data is: told once, before anything else."""
        if case.person.greeted_at is not None:
            return []
        await case.storage.people.greeted(case.person.id, at=case.now)
        name = f", {case.person.first_name}" if case.person.first_name else ""
        return [Reply("welcome", name=name, operator=Trusted(case.facts.operator.name))]


async def _first(doors: Sequence[Door], case: Case, word: str) -> Outcome:
    """What the first door gives that knows the word."""
    for door in doors:
        if word and (opened := await door(case, word)) is not None:
            return opened
    return None


def _after(greeting: Sequence[Reply], opened: Reply | Sequence[Reply] | Open) -> Outcome:
    """The greeting, which is told once and must not be lost, and then what was opened."""
    if isinstance(opened, Open):
        return replace(opened, before=[*greeting, *several(opened.before or ())])
    return [*greeting, opened] if isinstance(opened, Reply) else [*greeting, *opened]


async def menu(case: Case, argument: str) -> Reply:
    """The menu; `unknown`: the words before it were not understood."""
    roles = {role.kind for role in (await actor_of(case)).roles}
    rows = [[Button("events", "events"), Button("applications", "applications")], [Button("submit", "submit")]]
    if await case.storage.consents.by_guardian(case.person.id):
        rows[-1].append(Button("my_consents", "my_consents"))
    if await case.storage.papers.count_of_person(case.person.id):
        rows[-1].append(Button("mypapers.mine", "my_papers"))
    if RoleKind.HOST in roles:
        rows.append([Button("host", "host", colour="primary")])
    if RoleKind.JURY in roles:
        rows.append([Button("jury", "jury", colour="primary")])
    if roles & {RoleKind.ORGANIZER, RoleKind.ADMIN}:
        rows.append([Button("desk", "desk", colour="primary")])
    many = await case.storage.applications.count_of_person(case.person.id) > MOST_WITHOUT_DESK
    rows.append([*([Button("teacher_desk", "teacher_desk")] if many else []), Button("help", "help")])
    return Reply("menu_unknown" if argument == "unknown" else "menu", buttons=rows)


async def privacy(case: Case, _argument: str) -> Reply:
    """How data are kept: who, what, how to ask."""
    operator = case.facts.operator
    return Reply(
        "privacy",
        operator=Trusted(operator.name),
        contact=Trusted(operator.contact),
        policy=Trusted(operator.policy_url),
        buttons=[[Button("my_data", "my_data"), Button("to_menu", "menu")]],
    )


async def cancelled(_case: Case, _argument: str) -> Reply:
    """A talk was given up."""
    return Reply("cancelled")


async def draft_resume(_case: Case, place: str) -> Open:
    """Go on where the talk was left."""
    talk, _, subject = place.partition("/")
    return Open(talk, subject)


async def draft_restart(_case: Case, place: str) -> Open:
    """Begin the talk anew."""
    talk, _, subject = place.partition("/")
    return Open(talk, subject, resume=False)


async def draft_drop(case: Case, place: str) -> Reply:
    """Forget what was begun."""
    talk, _, subject = place.partition("/")
    await case.storage.memory.drop_draft(case.person.id, talk, subject)
    return Reply("draft_dropped")
