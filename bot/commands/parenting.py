"""A parent who is asked by a link and agrees: whoever is not of age does not take part without one."""

from __future__ import annotations

import re

from bot.commands.acting import Actor

_LINK = re.compile(r"\?ref=(parent-[\w-]{22})")
#: An invented mother: what a parent is called matters to nobody of the cast.
MOTHER = {"first_name": "Анна", "last_name": "Савина"}
FULL_NAME = "Савина Анна Сергеевна"
ASK = "Согласие родителя"


async def parent_agrees(pupil: Actor, *, publish: bool) -> Actor:
    """The pupil makes a link, a parent opens it under an own account and answers; the parent."""
    await pupil.presses(ASK)
    await pupil.presses("Ссылка для родителя")
    code = next(found[1] for message in pupil.new if (found := _LINK.search(message.text)))
    made = await pupil.play.control("people", MOTHER)
    mother = Actor(pupil.play, int(made["id"]))
    await mother.starts(code)
    await mother.presses("Мать")
    await mother.writes(FULL_NAME)
    await mother.presses("Согласен(на)")
    await mother.presses("Разрешить всё" if publish else "Не публиковать")
    return mother
