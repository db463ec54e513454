"""News: whoever wants none gets no announcements; what concerns their own applications always comes."""

from __future__ import annotations

from bot.talk.model import Button, Outcome, Reply
from handlers.kinds import Case
from handlers.participant.wording import MENU
from handlers.parts import Parts

OFF_WORDS = ("не присылать новости", "отключить новости", "новости: отключить", "отписаться")
ON_WORDS = ("включить новости", "новости: включить", "присылать новости", "подписаться")


async def no_news(case: Case, _argument: str) -> Reply:
    """«Не присылать новости»: under every announcement, and in the help."""
    if case.person.no_news_at is None:
        await case.storage.people.no_news(case.person.id, since=case.now)
    return Reply("news.none", buttons=[[Button("news_on", "news_on")], [MENU]])


async def news_on(case: Case, _argument: str) -> Reply:
    """They want them again."""
    await case.storage.people.no_news(case.person.id, since=None)
    return Reply("news.again", buttons=[[MENU]])


def news_button(case: Case) -> Button:
    """What the help offers: the other of the two."""
    return Button("news_off", "no_news") if case.person.no_news_at is None else Button("news_on", "news_on")


async def phrase(case: Case, text: str) -> Outcome:
    """The same, typed where no question is open."""
    typed = text.strip().lower()
    if typed in OFF_WORDS:
        return await no_news(case, "")
    return await news_on(case, "") if typed in ON_WORDS else None


PARTS = Parts(routes={"no_news": no_news, "news_on": news_on}, phrases=(phrase,))
