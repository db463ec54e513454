"""The job that draws the next papers of a run and hands them to the messenger."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from bot.contest.facts import Facts
from bot.contest.papers.parcels import MOST_IN_ARCHIVE, file_name
from bot.documents.file import File
from bot.documents.papers.archive import archive
from bot.documents.papers.designs import Design
from bot.documents.papers.drawing import SettingError, Sheet, draw_many
from bot.faultpoints import fault_point
from bot.talk.texts import Texts
from handlers.kinds import Desk
from handlers.organizer.papers.looks import design_of
from handlers.organizer.papers.printed import sheet_of
from handlers.seeing import Ledger, hiding_of_event
from storage.connection import Connection
from storage.database import Database
from storage.paper_runs import ToDraw, Way
from storage.storage import Storage

if TYPE_CHECKING:
    from bot.vk.errors import CallError
    from bot.vk.uploads import Uploads

log = logging.getLogger(__name__)
#: Papers of one step; an archive is not torn apart.
DRAWN_AT_ONCE = 40
#: Uploads that wait for the messenger at the same time.
UPLOADS_AT_ONCE = 4
#: A paper that the messenger refuses is tried so many times in all.
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step does: each part is one attachment."""

    parts: tuple[tuple[ToDraw, ...], ...]
    sheets: Mapping[int, Sheet]
    design: Design
    archive_name: str

    @property
    def papers(self) -> list[ToDraw]:
        """All of them."""
        return [paper for part in self.parts for paper in part]


class Carrying:
    """Does the job, step by step."""

    def __init__(
        self,
        database: Database,
        uploads: Uploads,
        *,
        texts: Texts,
        facts: Facts,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._uploads = uploads
        self._texts = texts
        self._facts = facts
        self._now = now
        self._turns = asyncio.Semaphore(UPLOADS_AT_ONCE)

    async def carry(self, argument: Mapping[str, Any]) -> Mapping[str, Any]:
        """`run` in; `left` out: whether there is more to draw or to upload.

        Raises CallError where the messenger can't be reached: what is uploaded by then stays so.
        """
        run_id = int(argument["run"])
        async with self._database.snapshot() as connection:
            batch, gone = await self._batch(self._desk(connection), run_id)
        await self._refused(gone, Way.FAILED, "nothing of it may go any more")
        if batch is None:
            return {"left": False}
        drawn = await asyncio.to_thread(_drawn, batch)
        await self._note_drawn(batch, drawn)
        fault_point("papers.after_draw")
        failures = await asyncio.gather(*(self._hand_over(batch, part, drawn) for part in batch.parts))
        if failure := next((one for one in failures if one is not None), None):
            raise failure
        return {"left": True}

    async def _batch(self, desk: Desk, run_id: int) -> tuple[Batch | None, list[ToDraw]]:
        """What is next, and what may not go."""
        run = await desk.storage.paper_runs.get(run_id)
        if run is None or run.state != "delivering":
            return None, []
        found = await desk.storage.paper_runs.to_do(run_id, DRAWN_AT_ONCE + MOST_IN_ARCHIVE)
        if not found:
            return None, []
        ledger = await hiding_of_event(desk, run.event_code)
        staying = [one for one in found if one.is_current and not _is_hidden(ledger, one)]
        kept = {(one.id, one.version) for one in staying}
        gone = [one for one in found if (one.id, one.version) not in kept]
        parts = _whole_parts(staying)
        sheets = {one.id: sheet for part in parts for one in part if (sheet := sheet_of(desk, one.paper))}
        name = self._texts.say("papers.archive_name")
        return Batch(parts, sheets, await design_of(desk, run.event_code), name), gone

    async def _note_drawn(self, batch: Batch, drawn: Mapping[int, bytes]) -> None:
        async with self._database.transaction() as connection:
            runs, now = Storage(connection).paper_runs, self._now()
            hashes = {
                (one.id, one.version): hashlib.sha256(drawn[one.id]).hexdigest()
                for one in batch.papers
                if one.id in drawn
            }
            await runs.made(hashes, at=now)
            bad = [one for one in batch.papers if one.id not in drawn]
            await runs.refused(bad, Way.FAILED, "it can't be drawn", at=now)

    async def _hand_over(self, batch: Batch, part: Sequence[ToDraw], drawn: Mapping[int, bytes]) -> CallError | None:
        """Upload one attachment; what keeps the messenger from taking anything at all comes back."""
        from bot.vk.errors import CallError
        from bot.vk.uploads import BadFileError

        papers = [one for one in part if one.id in drawn]
        if not papers:
            return None
        async with self._turns:
            file = await asyncio.to_thread(_packed, batch, papers, drawn)
            try:
                name = await self._uploads.document(file.data, file.name, peer_id=papers[0].paper.person_id or 0)
            except BadFileError:
                await self._refused(papers, Way.FAILED, "the messenger does not take the file")
                return None
            except CallError as failure:
                return await self._failed(papers, failure)
        fault_point("papers.after_upload")
        async with self._database.transaction() as connection:
            storage = Storage(connection)
            await storage.paper_runs.uploaded(papers, name, at=self._now())
            if not papers[0].archive:
                await storage.papers.keep_attachment(papers[0].id, papers[0].version, name)
        fault_point("papers.after_mark")
        return None

    async def _failed(self, papers: Sequence[ToDraw], failure: CallError) -> CallError | None:
        """One who can't be written to is no trouble for the others; a refused file is tried again a few times."""
        from bot.vk.policy import Action, rule_for

        action = None if failure.code is None else rule_for(failure.code).action
        log.warning("a paper could not be uploaded: %s", failure)
        if failure.code is not None and action is Action.UNREACHABLE:
            whose = papers[0].paper.person_id or 0
            async with self._database.transaction() as connection:
                await Storage(connection).people.unreachable(whose, failure.code, at=self._now())
            await self._refused(papers, Way.UNREACHABLE, f"VK {failure.code}")
            return None
        if action in (Action.DEAD, Action.CHAT_GONE, Action.RETRY_FEW):
            spent = papers[0].tries + 1 >= MOST_TRIES
            await self._refused(papers, Way.FAILED if spent else Way.WAITING, f"VK {failure.code}")
            return None
        return failure

    async def _refused(self, papers: Sequence[ToDraw], way: Way, error: str) -> None:
        if not papers:
            return
        async with self._database.transaction() as connection:
            await Storage(connection).paper_runs.refused(papers, way, error, at=self._now())

    def _desk(self, connection: Connection) -> Desk:
        return Desk(now=self._now(), storage=Storage(connection), texts=self._texts, facts=self._facts)


def _is_hidden(ledger: Ledger, one: ToDraw) -> bool:
    """Whether the consent to processing was taken back since it was issued."""
    application_id = one.paper.application_id
    return application_id is not None and ledger.hides(application_id, one.paper.participant_id)


def _whole_parts(found: Sequence[ToDraw]) -> tuple[tuple[ToDraw, ...], ...]:
    """The first attachments, until they have enough papers; the last one is whole, as more are read than are taken."""
    taken: list[tuple[ToDraw, ...]] = []
    for _, part in groupby(found, key=lambda one: (one.letter, one.part)):
        if sum(map(len, taken)) >= DRAWN_AT_ONCE:
            break
        taken.append(tuple(part))
    return tuple(taken)


def _drawn(batch: Batch) -> dict[int, bytes]:
    """The PDFs by paper. One that can't be drawn is not there, and spoils no other."""
    sheets = batch.sheets
    try:
        return dict(zip(sheets, draw_many(list(sheets.values()), batch.design), strict=True))
    except SettingError:
        return dict(_one_by_one(sheets.items(), batch.design))


def _one_by_one(wanted: Iterable[tuple[int, Sheet]], design: Design) -> Iterable[tuple[int, bytes]]:
    for id_, sheet in wanted:
        try:
            yield id_, next(draw_many([sheet], design))
        except SettingError as error:
            log.warning("paper %s can't be drawn: %s", id_, error)


def _packed(batch: Batch, papers: Sequence[ToDraw], drawn: Mapping[int, bytes]) -> File:
    files = [File(file_name(batch.sheets[one.id].content, one.paper.number), drawn[one.id]) for one in papers]
    return archive(batch.archive_name, files) if papers[0].archive else files[0]
