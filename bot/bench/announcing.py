"""An organizer announces one text to everybody, as the product does it."""

from __future__ import annotations

from bot.app import App
from storage.storage import Storage

#: Whom the announcement is by. Nobody of the crowd.
AUTHOR = 7


class Announcer:
    """Starts announcements in the running bot."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def announce(self, text: str) -> int:
        """Write, confirm and start one to everybody; its number."""
        now = self._app.now()
        async with self._app.database.transaction() as connection:
            storage = Storage(connection)
            await storage.people.known(AUTHOR, at=now)
            draft = await storage.announcements.draft(
                event_code=None, author_id=AUTHOR, text=text, audience={"key": "everyone"}, at=now
            )
            await storage.announcements.start(draft.id, version=draft.version, by=AUTHOR, at=now)
        await self._app.chores.look()
        return draft.id
