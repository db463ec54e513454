"""The application: the only place that builds everything.

Everything runs in one event loop: Long Poll fills the inbox, the worker plays talks, the sender empties the outbox,
jobs use the network, chores look at the clock. Each wakes the next; the database is what they share.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.contest.consents import Operator
from bot.contest.facts import Facts
from bot.contest.organisations import Directory
from bot.delivering.jobs import works as paper_works
from bot.filing import Filing
from bot.links import LinkDoctor
from bot.pipeline.chores import Chores, forget_old_updates
from bot.pipeline.clock import MindTheClock
from bot.pipeline.jobbing import Jobbing
from bot.pipeline.mailing.engine import Mailing
from bot.pipeline.mailing.letters import Office
from bot.pipeline.receiving import Receiving
from bot.pipeline.stepping import Stepping
from bot.pipeline.worker import Worker
from bot.reading import Reading
from bot.restored import Recovery, Where
from bot.settings import Settings
from bot.talk.case import Desk
from bot.talk.engine import Engine
from bot.talk.seal import Seal
from bot.talk.texts import Texts
from bot.watching.looking import Looking, Parts
from bot.works import Works
from handlers.book import CHORES, MAKERS, THINKERS, book
from handlers.organizer.announcing.letters import Letters
from handlers.reminding.wanted import wanted
from storage.connection import Connection
from storage.database import Database, opened
from storage.errors import UnavailableError
from storage.inbox import Arrival
from storage.people import People
from storage.storage import Storage

if TYPE_CHECKING:
    from bot.vk.callback import Callback, Door
    from bot.vk.client import VkApi
    from bot.vk.gaps import Gap
    from bot.vk.group import Group
    from bot.vk.longpoll import LongPoll
    from bot.vk.sender import Sender

log = logging.getLogger(__name__)

#: After SIGTERM: what is in hand is finished within this time.
STOP_WITHIN_S = 15.0
#: People's names are learnt by the thousand, not one by one.
LEARN_NAMES_EVERY_S = 30.0
#: So much of the pace papers may take: 1,400 are uploaded in four minutes, and replies go in between.
PAPERS_SHARE = 0.6


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class App:
    """All parts of the running bot. Create it with `built`."""

    def __init__(
        self,
        database: Database,
        api: VkApi,
        works: Works,
        *,
        group: Group,
        facts: Facts,
        seal: Seal,
        now: Callable[[], datetime],
        api_url: str,
        recovery: Recovery,
        door: Door | None = None,
    ) -> None:
        """`door`: where VK brings updates to; without it they are asked for by Long Poll."""
        from bot.vk import incoming
        from bot.vk.arrivals import chat_hint
        from bot.vk.downloads import Downloads
        from bot.vk.sender import Sender
        from bot.vk.uploads import Uploads

        self.database = database
        self.api = api
        self._group = group
        self._recovery = recovery
        self.now = now
        product = book()
        engine = Engine(product, seal)
        self._progress = asyncio.Event()
        self.sender: Sender = Sender(
            database,
            api,
            api.pace,
            now=now,
            jitter=random.random,
            on_unreachable=_unreachable,
            on_settled=lambda _ids: self._sent(),
            wanted=partial(_wanted, product.texts, facts, now),
        )
        self.worker = Worker(
            database,
            Stepping(engine, product.texts, facts, incoming.read, chat_hint, recovery.after_copy),
            now=now,
            done=self._worked,
        )
        self.receiving = Receiving(database, now=now, arrived=self.worker.wake)
        self.transport = self._callback(door) if door else self._long_poll()
        self.works = works
        uploads = Uploads(api, jitter=random.random)
        self.filing = Filing(database, uploads, MAKERS, THINKERS, texts=product.texts, facts=facts, now=now)
        beside = Uploads(api.sharing(PAPERS_SHARE), jitter=random.random, http=uploads.http)
        papers = paper_works(database, beside, Downloads(api_url), texts=product.texts, facts=facts, now=now)
        kinds = {**self.works.by_kind, **self.filing.by_kind, **Reading(Downloads(api_url)).by_kind, **papers}
        self.jobbing = Jobbing(database, kinds, now=now, arrived=self._job_ended)
        self.chores = Chores(
            database,
            engine,
            product.texts,
            facts,
            (*CHORES, forget_old_updates, MindTheClock()),
            now=now,
            done=self._worked,
            after_copy=recovery.after_copy,
        )

        office = Office(database, engine, Letters(), product.texts, facts, now)
        self.mailing = Mailing(office, done=self._worked)

    @property
    def looking(self) -> Looking:
        """For those who watch the bot run."""
        parts = Parts(
            sending=lambda: self.sender.health,
            receiving=lambda: self.transport.health,
            results=lambda: self.sender.results,
            pace=lambda: self.sender.pace.now_per_second,
        )
        return Looking(self.database, parts, now=self.now)

    @property
    def progress(self) -> asyncio.Event:
        """Set when a part gets on with its work the next time; take it before you look, then wait for it."""
        return self._progress

    def _got_on(self) -> None:
        self._progress.set()
        self._progress = asyncio.Event()

    def _sent(self) -> None:
        self.mailing.wake()
        self._got_on()

    def _job_ended(self) -> None:
        """Its result is in the inbox, or it waits for its next try: that is getting on too."""
        self.worker.wake()
        self._got_on()

    def _worked(self) -> None:
        self.sender.wake()
        self.jobbing.wake()
        self._got_on()

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set; then finish what is in hand.

        Raises whatever a part raises that could not go on; the others are stopped first.
        """
        if not await self._caught_up(stop):
            await self._close()
            return
        parts = [self.worker.run(), self.jobbing.run(), self.chores.run(), self.mailing.run(), self.sender.run()]
        tasks = [asyncio.create_task(part) for part in parts]
        beside = (self.transport.run(), self._learn_names(), self._recovery.run())
        fetching = [asyncio.create_task(part) for part in beside]
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([stopped, *tasks, *fetching], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            await _cancel(fetching)
            await self._finish(tasks)
            await self._recovery.keep_mark()
            await self._close()
        for task in (*tasks, *fetching):
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise error

    async def _close(self) -> None:
        await self.works.close()
        await self.filing.close()

    async def _caught_up(self, stop: asyncio.Event) -> bool:
        """After a copy was put back, what it does not know is read before anything is done; False: told to stop."""
        searching = asyncio.create_task(self._recovery.search())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait([searching, stopped], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if searching.done():
            searching.result()
            return True
        await _cancel([searching])
        return False

    def _long_poll(self) -> LongPoll:
        from bot.vk.longpoll import LongPoll

        return LongPoll(
            self.api,
            self._group.id,
            store=self._store,
            load_ts=self.receiving.load_ts,
            last_cmid=self.receiving.last_cmid,
            now=self.now,
            jitter=random.random,
        )

    def _callback(self, door: Door) -> Callback:
        from bot.vk.callback import Callback

        return Callback(self.api, self._group.id, door, store=self._keep, last_cmid=self.receiving.last_cmid)

    async def _store(self, arrivals: Sequence[Arrival], ts: str, _gap: Gap | None) -> None:
        await self.receiving.store(arrivals, ts)
        self._got_on()

    async def _keep(self, arrivals: Sequence[Arrival], _gap: Gap | None) -> None:
        await self.receiving.store(arrivals)
        self._got_on()

    async def _finish(self, tasks: list[asyncio.Task[None]]) -> None:
        """The worker first, the sender last: what is in flight is written down, what waits goes at the next start."""
        for part in (self.worker, self.jobbing, self.chores, self.mailing, self.sender):
            part.stop()
        _, late = await asyncio.wait(tasks, timeout=STOP_WITHIN_S)
        if late:
            log.warning("%s parts did not stop in %s s; what they had in hand is done at the next start", len(late), 15)
        await _cancel(list(late))

    async def _learn_names(self) -> None:
        """What people's pages are called: asked of VK for many at once, never waited for by a talk."""
        from bot.vk.errors import CallError

        while True:
            try:
                await self._learn_some()
            except (CallError, UnavailableError) as error:
                log.warning("names: %s", error)
            await asyncio.sleep(LEARN_NAMES_EVERY_S)

    async def _learn_some(self) -> None:
        from bot.vk.names import learn

        async with self.database.transaction() as connection:
            nameless = await Storage(connection).people.nameless()
        if nameless:
            names = await learn(self.api, nameless)
            async with self.database.transaction() as connection:
                await Storage(connection).people.set_names(names)


@asynccontextmanager
async def built(
    settings: Settings, *, now: Callable[[], datetime] = utc_now, works: Works | None = None
) -> AsyncIterator[App]:
    """The application on its database; `works` is given where the network is another one than the world's.

    Raises what `storage.database.opened` raises, and TokenRefusedError. Waits for VK if it can't be reached.
    """
    async with opened(settings.database_path) as database:
        from bot.vk.client import VkApi  # takes over a second: a start that is refused needs none of it
        from bot.vk.group import own_group
        from bot.vk.pace import Pace

        async with database.transaction() as connection:
            seal = Seal(await Storage(connection).settings.seal_key())
        token = settings.vk_token.get_secret_value()
        api = VkApi(token, api_url=settings.vk_api_url, pace=Pace(settings.vk_requests_per_second))
        try:
            group = await own_group(api)
            facts = facts_of(settings, group.screen_name)
            works = works or Works(LinkDoctor(()))
            recovery = Recovery(database, api, Where(group.id, settings.transport == "longpoll"), now=now)
            await recovery.begin()
            yield App(
                database,
                api,
                works,
                group=group,
                facts=facts,
                seal=seal,
                now=now,
                api_url=settings.vk_api_url,
                recovery=recovery,
                door=_door(settings),
            )
        finally:
            await api.close()


def _door(settings: Settings) -> Door | None:
    from bot.vk.callback import Door

    if settings.transport != "callback":
        return None
    return Door(
        settings.callback_host,
        settings.callback_port,
        settings.callback_path,
        settings.callback_secret.get_secret_value(),
        settings.callback_confirmation,
    )


def facts_of(settings: Settings, community: str) -> Facts:
    """What talks may know of the settings; `community`: its short name."""
    operator = Operator(settings.operator_name, settings.operator_contact, settings.operator_policy_url)
    return Facts(settings.zone, operator, Directory.load(), community, settings.admin_ids)


async def _wanted(texts: Texts, facts: Facts, now: Callable[[], datetime], connection: Connection, reason: str) -> bool:
    """Whether the reason of a message still stands. A mistake of ours must not stop the sending of the rest."""
    try:
        return await wanted(Desk(now=now(), storage=Storage(connection), texts=texts, facts=facts), reason)
    except UnavailableError:
        raise
    except Exception:
        log.exception("a reason that can't be judged")
        return True


async def _unreachable(connection: Connection, person_id: int, code: int, at: datetime) -> None:
    await People(connection).unreachable(person_id, code, at=at)


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
