"""What the mailing asks of the handlers: whom an announcement is for, what each reads, how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.contest.announcing.model import Announcement, Figures
from bot.contest.placeholders import Placeholder, used
from bot.talk.model import Reply
from handlers.events import Running, event_of
from handlers.kinds import Desk
from handlers.organizer.announcing.letter import event_values, letter
from handlers.organizer.announcing.progress import progress
from handlers.organizer.announcing.words import audience_of


class Letters:
    """The handlers' side of a mailing; it only reads."""

    async def audience(self, desk: Desk, announcement: Announcement) -> Sequence[int]:
        """Who is meant."""
        return await desk.storage.audiences.people(audience_of(announcement))

    async def values(
        self, desk: Desk, announcement: Announcement, people: Sequence[int]
    ) -> Mapping[int, Mapping[str, str]]:
        """The names and numbers of these people, as far as the text asks for them and they are known."""
        return await personal_values(desk, announcement, people)

    async def letter(self, desk: Desk, announcement: Announcement) -> Callable[[Mapping[str, str]], Reply]:
        """How the message is drawn for somebody of these values."""
        running = await _running(desk, announcement)
        same = event_values(desk, running)

        def drawn(values: Mapping[str, str]) -> Reply:
            return letter(running, announcement.text, {**same, **values}, attachments=announcement.attachments)

        return drawn

    async def progress(self, desk: Desk, announcement: Announcement, figures: Figures) -> Reply:
        """How far it is, or the report."""
        return await progress(desk, await _running(desk, announcement), announcement, figures)


async def personal_values(desk: Desk, announcement: Announcement, people: Sequence[int]) -> dict[int, dict[str, str]]:
    """What {имя} and {номер} are for each; what is not asked for or not known is left out."""
    wanted, found = used(announcement.text), {person_id: dict[str, str]() for person_id in people}
    if Placeholder.NAME in wanted:
        for person_id, (name, _) in (await desk.storage.audiences.names(people)).items():
            found[person_id][Placeholder.NAME] = name
    if Placeholder.NUMBER in wanted:
        numbers_of = await desk.storage.audiences.numbers(audience_of(announcement), people)
        for person_id, numbers in numbers_of.items():
            found[person_id][Placeholder.NUMBER] = ", ".join(numbers)
    return found


async def _running(desk: Desk, announcement: Announcement) -> Running | None:
    return await event_of(desk, announcement.event_code) if announcement.event_code else None
