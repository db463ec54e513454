"""Help: what the bot can do, and the way to a human."""

from __future__ import annotations

from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.everyone.news import news_button
from handlers.kinds import Case


async def get_help(case: Case, _argument: str) -> Reply:
    """What the bot can do, and how to reach a person."""
    return Reply(
        "help",
        contact=Trusted(case.facts.operator.contact),
        buttons=[
            [Button("call_human", "call_human")],
            [Button("privacy", "privacy"), news_button(case)],
            [Button("to_menu", "menu")],
        ],
    )
