"""A contest with a selection at host schools: reciters of two schools, and the host of one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.contest.event import Event
from bot.contest.event.stages import HostedBy
from storage.application_rows import Application
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import Scene, scene

SCHOOL_47 = ("school-47-tomsk", "МАОУ СОШ № 47 г. Томска")
SCHOOL_58 = ("school-58-tomsk", "МАОУ СОШ № 58 г. Томска")
#: Days since intake began: it is over, the selection is not.
SELECTION = 8


@dataclass
class Reciters:
    """The scene with its cast."""

    made: Scene
    nina: Person
    zoya: Person
    works: list[Application] = field(default_factory=list)

    async def going(self, stage: str = "selection") -> dict[str, str]:
        """What is decided, by surname."""
        async with self.made.storage() as storage:
            standings = await storage.stages.standings(self.made.event.code, stage)
        return {one.participants[0].name.surname: standings[one.id].state for one in self.works if one.id in standings}

    async def to_desk(self) -> None:
        """Zoya opens the desk of her school."""
        await self.zoya.writes("меню")
        await self.zoya.presses("Опорная школа")

    async def writes_protocol(self) -> None:
        """Zoya writes down the day, the place and the commission."""
        await self.to_desk()
        await self.zoya.presses("День, место, комиссия")
        await self.zoya.writes(self.made.chat.clock().strftime("%d.%m.%Y"))
        await self.zoya.writes("актовый зал")
        await self.zoya.writes("Седых Зоя, Лаптев Егор Ильич")

    async def ticks(self, *numbers: int | str) -> None:
        """Zoya taps these numbers of her list."""
        await self.to_desk()
        await self.zoya.presses("Отметить финалистов")
        for number in numbers:
            await self.zoya.presses(str(number))


async def reciters(
    chat: Chat, *, days: int = SELECTION, joins: bool = True, changed: Callable[[Event], Event] | None = None
) -> Reciters:
    """Nina has entered four pupils of school 47 and one of 58; Zoya represents school 47."""
    made = await scene(chat, file="reciters.yaml", days=days, changed=changed)
    nina = await made.person("Нина", "Орлова")
    zoya = await made.person("Зоя", "Седых")
    here = Reciters(made, nina, zoya)
    for name, grade in (("Соколова Вера", 9), ("Белов Артём", 8), ("Ветрова Анна", 9), ("Громов Илья", 10)):
        here.works.append(await made.applies(nina, name, grade=grade, nomination="poetry", organisation=SCHOOL_47))
    here.works.append(await made.applies(nina, "Лапина Ольга", grade=11, nomination="prose", organisation=SCHOOL_58))
    if joins:
        await zoya.starts(await invitation(made, "47"))
    return here


def at_home(event: Event) -> Event:
    """The same contest, with a selection that each school holds for its own pupils."""
    selection, *others = event.stages
    held = selection.model_copy(update={"hosted_by": HostedBy.OWN_SCHOOL, "hosts": ()})
    return event.model_copy(update={"stages": (held, *others)})


async def invitation(made: Scene, school: str) -> str:
    """The organizer invites the representative of a school; the word of the link."""
    await made.opens("Ещё")
    await made.organizer.presses("Этапы")
    await made.organizer.presses("Отборочный этап")
    await made.organizer.presses("Опорные школы")
    await made.organizer.presses("Пригласить")
    await made.organizer.writes(school)
    found = re.search(r"ref=(host-[\w-]{22})", made.organizer.last.text)
    assert found, made.organizer.last.text
    return found[1]
