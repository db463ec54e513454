"""An announcement as its reader sees it: the same for the preview and for everybody who gets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.contest.placeholders import Placeholder, filled
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Desk
from handlers.participant.wording import deadline

#: The route behind «Не присылать новости»; anybody may press it.
NO_NEWS = "no_news"


def event_values(desk: Desk, running: Running | None) -> dict[str, str]:
    """What stands for an event's placeholders; {} where the announcement is of the whole programme."""
    if running is None:
        return {}
    return {
        Placeholder.TITLE: f"«{running.event.title}»",
        Placeholder.DEADLINE: deadline(desk, running.closes_at),
    }


def letter(running: Running | None, text: str, values: Mapping[str, str], *, attachments: Sequence[str] = ()) -> Reply:
    """The message: `text` with its placeholders, the values of the event and of the person.

    The text is an organizer's own, so it may hold links. The buttons are the same for everybody.
    """
    title = Placeholder.TITLE.written
    written = filled(text.replace(f"«{title}»", title), values)
    no_news = Button("no_news", NO_NEWS)
    if running is None:
        return Reply("announce.letter_of_all", text=Trusted(written), attachments=attachments, buttons=[[no_news]])
    return Reply(
        "announce.letter",
        title=running.event.title,
        text=Trusted(written),
        attachments=attachments,
        buttons=[[Button("org.to_event", f"event:{running.code}")], [no_news]],
    )
