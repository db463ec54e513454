"""Parents who give their consents by a link, from accounts of their own."""

from __future__ import annotations

import re

from bot.commands.year.crowd import Person, StuckError
from bot.commands.year.people import Named

ASK = "Согласие родителя"
LINK = re.compile(r"ref=(parent-[\w-]+)")
_KINSHIP = {"female": "Мать", "male": "Отец"}


async def link_for_parent(person: Person) -> str | None:
    """The word of the link that whoever applied asks for, if the application waits for a parent."""
    if ASK not in person.visible:
        return None
    await person.presses(ASK)
    if "Ссылка для родителя" in person.visible:
        await person.presses("Ссылка для родителя")
    for text, _ in person.spoken:
        if found := LINK.search(text):
            return found[1]
    raise StuckError(f"{person.id}: no link for a parent: {person.last}")


async def agrees(parent: Person, named: Named, word: str) -> None:
    """The parent opens the link and gives both consents, each by itself."""
    await parent.starts(word)
    await parent.presses(_KINSHIP[named.gender])
    await parent.writes(named.name)
    await parent.presses("Согласен(на)")
    await parent.presses("Разрешить всё")
