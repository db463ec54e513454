"""The book of the product: all talks, screens and texts, put together here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.talk.book import Book
from bot.talk.texts import Texts
from handlers.admin.parts import PARTS as ADMIN
from handlers.everyone import files, human, safety, tables, thinking, welcome
from handlers.everyone.news import PARTS as NEWS
from handlers.guardian.parts import PARTS as GUARDIAN
from handlers.helping.calling import Caller
from handlers.helping.hearing import Hearing
from handlers.helping.parts import PARTS as HELPING
from handlers.host.parts import PARTS as HOST
from handlers.jury.parts import PARTS as JURY
from handlers.kinds import Chore, Maker, Thinker
from handlers.organizer.papers.delivery_parts import PARTS as DELIVERY
from handlers.organizer.parts import PARTS as ORGANIZER
from handlers.participant.papers.parts import PARTS as PAPERS
from handlers.participant.parts import PARTS as PARTICIPANT
from handlers.parts import Parts
from handlers.reminding.parts import PARTS as REMINDING
from handlers.teacher.parts import PARTS as TEACHER

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
#: What stands under messages that come by themselves: nobody who presses it leaves the question they are at.
BY_THE_WAY = frozenset({"no_news", "news_on"})
#: What a person may press while a human talks to them, without calling the bot back.
BESIDE_HUMAN = BY_THE_WAY | {"call_human", "help_more", "help_thanks"}
#: Doors and phrases are tried in this order: what names a code before what names an event.
ALL: tuple[Parts, ...] = (
    REMINDING, GUARDIAN, JURY, HOST, TEACHER, PAPERS, PARTICIPANT, ORGANIZER, DELIVERY, ADMIN, NEWS,
    HELPING,
)  # fmt: skip
#: What is due by the clock.
CHORES: tuple[Chore, ...] = tuple(chore for parts in ALL for chore in parts.chores)
#: Which files can be asked for.
MAKERS: Mapping[str, Maker] = {name: maker for parts in ALL for name, maker in parts.makers.items()}
#: What can be thought over aside.
THINKERS: Mapping[str, Thinker] = {name: thinker for parts in ALL for name, thinker in parts.thinkers.items()}


@cache
def texts() -> Texts:
    """The catalogue."""
    return Texts.load(sorted(TEXTS.glob("*.yaml")))


def book() -> Book:
    """Everything the bot can say and do."""
    describe = {talk: words for parts in ALL for talk, words in parts.describe.items()}
    entrance = welcome.Welcome(
        doors=[door for parts in ALL for door in parts.doors],
        describe=describe,
        phrases=[phrase for parts in ALL for phrase in parts.phrases],
        catchers=[catcher for parts in ALL for catcher in parts.catchers],
        is_open={talk: is_open for parts in ALL for talk, is_open in parts.is_open.items()},
    )
    caller = Caller(describe)
    hearing = Hearing(caller, entrance.heard)
    routes = {
        "start": entrance.start,
        "said": hearing.watched(entrance.said),
        "heard": hearing.heard,
        "menu": welcome.menu,
        "cancelled": welcome.cancelled,
        "privacy": welcome.privacy,
        "draft_resume": welcome.draft_resume,
        "draft_restart": welcome.draft_restart,
        "draft_drop": welcome.draft_drop,
        "help": human.get_help,
        "call_human": caller.call,
        "help_more": caller.more,
        "forged": safety.forged,
        f"job.{files.KIND}": files.made,
        f"job.{thinking.KIND}": thinking.thought(
            {name: parts.routes[f"thought.{name}"] for parts in ALL for name in parts.thinkers}
        ),
        f"job.{tables.KIND}": tables.received({name: route for parts in ALL for name, route in parts.readers.items()}),
        **{name: route for parts in ALL for name, route in parts.routes.items()},
    }
    routes |= {name: entrance.after_greeting(routes[name]) for name in FIRST_WORDS}
    talks = {talk.name: talk for parts in ALL for talk in parts.talks}
    return Book(
        texts=texts(), talks=talks, routes=routes, menu=welcome.MENU, words=WORDS,
        beside_human=BESIDE_HUMAN, by_the_way=BY_THE_WAY,
    )  # fmt: skip
