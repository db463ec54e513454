"""The beginning of applications in which several take part together."""

from __future__ import annotations

from tests.talks.chat import Chat, Person

#: Six of a team, a line each.
SIX = (
    "1. Соколова Вера Ильинична, 6А\n2. белов артём олегович 6б\n3. Кедров Лев, 6Б\n"
    "4. Кедрова Анна — 6 «Б»\n5. Лаптев Пётр 6А\n6. Ким Яна (6А)"
)
_YES = ("Подтверждаю", "Родители разрешили", "Согласен", "Публиковать можно")


async def begin(chat: Chat, slug: str, role: str = "Педагог", *, person: Person | None = None) -> Person:
    """Somebody opens the event, says who they are and agrees to everything: the first question is open."""
    who = person or await chat.person("Нина", "Орлова")
    await who.starts(slug)
    await who.presses(next(label for label in labels(who) if label.startswith(("Подать", "Зарег"))))
    if role in labels(who):
        await who.presses(role)
    for _ in range(2):
        await who.presses(next(label for label in labels(who) if label.startswith(_YES)))
    return who


async def says(person: Person, *acts: str) -> None:
    """One after another: a button in brackets is pressed, the rest is written."""
    for act in acts:
        if act.startswith("["):
            await person.presses(act[1:-1])
        else:
            await person.writes(act)


def labels(person: Person) -> list[str]:
    """The buttons in sight."""
    return [label for row in person.last.buttons for label in row]
