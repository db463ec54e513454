"""The book of the product: all talks, screens and texts, put together here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.talk.engine import Book
from bot.talk.texts import Texts
from handlers.everyone import files, human, safety, welcome
from handlers.jury import parts as jury
from handlers.kinds import Chore, Maker
from handlers.organizer import parts as organizer
from handlers.participant import parts as participant

TEXTS = Path(__file__).with_name("texts")

#: What people type for a command.
WORDS = {
    "меню": "menu",
    "главное меню": "menu",
    "в меню": "menu",
    "назад": "back",
    "отмена": "cancel",
    "отменить": "cancel",
    "помощь": "help",
    "справка": "help",
    "/help": "help",
    "начать": "start",
    "старт": "start",
    "/start": "start",
}


#: Where typed words lead a person who has never written before.
FIRST_WORDS = ("menu", "help", "events", "applications", "submit")
#: What is due by the clock.
CHORES: tuple[Chore, ...] = (*participant.CHORES, *jury.CHORES)
#: Which files can be asked for.
MAKERS: Mapping[str, Maker] = {}


@cache
def texts() -> Texts:
    """The catalogue."""
    return Texts.load(sorted(TEXTS.glob("*.yaml")))


def book() -> Book:
    """Everything the bot can say and do."""
    describe = {**participant.DESCRIBE, **jury.DESCRIBE}
    entrance = welcome.Welcome(
        doors=[*jury.DOORS, *participant.DOORS],
        describe=describe,
        phrases=jury.PHRASES,
        catchers=participant.CATCHERS,
    )
    routes = {
        "start": entrance.start,
        "said": entrance.said,
        "heard": entrance.heard,
        "menu": welcome.menu,
        "cancelled": welcome.cancelled,
        "privacy": welcome.privacy,
        "draft_resume": welcome.draft_resume,
        "draft_restart": welcome.draft_restart,
        "draft_drop": welcome.draft_drop,
        "help": human.get_help,
        "call_human": human.Human(describe).call,
        "release": human.release,
        "forged": safety.forged,
        f"job.{files.KIND}": files.made,
        **participant.ROUTES,
        **jury.ROUTES,
        **organizer.ROUTES,
    }
    routes |= {name: entrance.after_greeting(routes[name]) for name in FIRST_WORDS}
    talks = {**participant.TALKS, **jury.TALKS, **organizer.TALKS}
    return Book(texts=texts(), talks=talks, routes=routes, menu=welcome.MENU, words=WORDS)
