"""Everything the sandbox knows: people, dialogs, events, files, settings."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.sandbox.callback import Callback
from bot.sandbox.clock import Clock
from bot.sandbox.dialogs import Content, Dialog, Message
from bot.sandbox.eventlog import EventLog
from bot.sandbox.faults import Faults
from bot.sandbox.ledger import Ledger, Requests
from bot.sandbox.longpoll import LongPoll
from bot.sandbox.media import Media
from bot.sandbox.people import Person, load_cast, person_from
from bot.sandbox.settings import Settings
from bot.sandbox.wire import Wire, event_id

RECENT_EVENTS = 5_000


@dataclass(frozen=True, slots=True)
class Group:
    id: int = 1
    name: str = "КреИТв"
    screen_name: str = "kreitv"


class World:
    """One community and the people around it, in memory; `keep` can put it on disk."""

    def __init__(self, cast: Sequence[Mapping[str, object]] | None = None) -> None:
        self.group = Group()
        self.base_url = "http://127.0.0.1"
        self.closing = False
        self._retired: list[Callback] = []  # of earlier resets, whose connections are still to be closed
        self._cast = cast
        #: Whoever in this process listens to what the community gets through to people; a reset does not change it.
        self.heard: Callable[[Message], None] | None = None
        self._begin()

    def _begin(self) -> None:
        self.clock = Clock()
        self.settings = Settings()
        self.people: dict[int, Person] = {}
        self.dialogs: dict[int, Dialog] = {}
        self.messages: list[Message] = []  # message n is messages[n - 1]
        self.log = EventLog(keep=self.settings.longpoll_history)
        self.longpoll = LongPoll(self.clock, self.settings)
        self.callback = Callback(self.clock, self.group.id)
        self.recent: deque[Wire] = deque(maxlen=RECENT_EVENTS)
        self.recorded = 0  # how many were ever put into `recent`
        self.faults = Faults()
        self.ledger = Ledger()
        self.requests = Requests()
        self.media = Media()
        self.online = False
        self.posts = 0
        for given in load_cast() if self._cast is None else self._cast:
            self.add_person(given)

    def reset(self, cast: Sequence[Mapping[str, object]] | None = None) -> None:
        """Everything anew, with another cast where one is given. Whoever waits is woken."""
        if cast is not None:
            self._cast = cast
        old_log, old_dialogs = self.log, list(self.dialogs.values())
        self.callback.close()
        self._retired.append(self.callback)
        self._begin()
        old_log.news.ring()
        for dialog in old_dialogs:
            dialog.changed.ring()

    def close(self) -> None:
        """Wake whoever waits for events or dialogs: there will be no more."""
        self.closing = True
        self.log.news.ring()
        for dialog in self.dialogs.values():
            dialog.changed.ring()

    async def stop(self) -> None:
        """Stop every delivery of Callback and close its connections."""
        for callback in (*self._retired, self.callback):
            await callback.aclose()

    def add_person(self, given: Mapping[str, object]) -> Person:
        """Raises ValueError where the description is wrong or the id is taken."""
        next_id = 0 if "id" in given else max(self.people, default=100) + 1
        person = person_from(given, next_id=next_id)
        if person.id in self.people:
            raise ValueError(f"person {person.id} is already here")
        self.people[person.id] = person
        return person

    def dialog(self, peer_id: int) -> Dialog:
        """The dialog with this peer, a new one where there was none."""
        found = self.dialogs.get(peer_id)
        if found is None:
            found = self.dialogs[peer_id] = Dialog(peer_id)
        return found

    def say(
        self,
        dialog: Dialog,
        content: Content,
        *,
        from_id: int,
        sent_at: int | None = None,
        random_id: int = 0,
    ) -> Message:
        """Put a message into a dialog; who may do so was decided before."""
        message = Message(
            id=len(self.messages) + 1,
            cmid=len(dialog.messages) + 1,
            peer_id=dialog.peer_id,
            from_id=from_id,
            sent_at=int(self.clock.now()) if sent_at is None else sent_at,
            content=content,
            random_id=random_id,
            revision=dialog.revision + 1,
        )
        self.messages.append(message)
        dialog.messages.append(message)
        return message

    def publish(self, kind: str, thing: Wire) -> str:
        """An event for everyone who has its type switched on; its event_id."""
        update: Wire = {
            "type": kind,
            "event_id": event_id(),
            "v": self.settings.longpoll_api_version,
            "object": thing,
            "group_id": self.group.id,
        }
        self.record(update)
        if self.settings.longpoll_enabled and self.settings.longpoll_events.get(kind):
            self.log.add(update)
        self.callback.offer(update)
        return str(update["event_id"])

    def record(self, update: Wire) -> None:
        """Remember an update for the control API, whether anybody listens to its type or not."""
        self.recent.append(update)
        self.recorded += 1

    def wants(self, kind: str) -> bool:
        """Does anybody listen to events of this kind?"""
        return bool(self.settings.longpoll_events.get(kind)) or self.callback.wants(kind)

    @staticmethod
    def real_time() -> float:
        """Monotonic seconds, which no test can shift."""
        return time.monotonic()
