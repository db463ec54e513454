"""A meeting: people say the word that they hear there, or that they are there."""

from __future__ import annotations

from bot.commands.year.crowd import Person, StuckError
from bot.contest.event.model import Event


async def attend(person: Person, event: Event) -> None:
    """One person is there. Raises StuckError where the bot does not note it."""
    meeting = event.meeting
    if meeting is None:
        return
    if meeting.code_word:
        await person.writes(meeting.code_word)
    else:
        await person.starts(event.slug)
        await person.presses("Я здесь")
        section = next((one.title for one in meeting.sections if one.title in person.visible), None)
        if section:
            await person.presses(section)
    if not any("спасибо, что пришли" in text for text, _ in person.spoken):
        raise StuckError(f"{person.id} is not noted at {event.code}: {person.last}")
