"""One step of a talk: an update becomes a new position, messages and work, in the transaction of its caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.contest.facts import Facts
from bot.contest.text import clean
from bot.pipeline.throttle import Ruling, Throttle
from bot.talk.case import Case, Task
from bot.talk.engine import Engine
from bot.talk.incoming import Act, Attachment, Incoming, Quoted
from bot.talk.message import Answer, Message
from bot.talk.position import Position
from bot.talk.texts import Texts
from bot.talk.turn import Post, Turn
from storage.inbox import Update
from storage.outbox import Priority, Sent, Settled
from storage.storage import Storage

#: VK's code for «messages from the community are not allowed».
DENIED_CODE = 901
#: In a job's argument: its result was told before a copy of the database was put back.
MUTED = "muted"
#: A raw update and when it came, read; None: nothing for a talk.
Reader = Callable[[Mapping[str, Any], datetime], Incoming | None]
#: The group chat in which somebody called the bot; None: the update is nothing of the kind.
ChatOf = Callable[[Mapping[str, Any]], int | None]


class Stepping:
    """Plays one update through the engine and writes down what comes of it."""

    def __init__(
        self,
        engine: Engine,
        texts: Texts,
        facts: Facts,
        read: Reader,
        chat_of: ChatOf,
        after_copy: Callable[[], bool] = bool,
    ) -> None:
        """`read` and `chat_of` know the messenger's updates; `after_copy`: see `post_all`."""
        self._after_copy = after_copy
        self._engine = engine
        self._texts = texts
        self._facts = facts
        self._read = read
        self._chat_of = chat_of
        self._throttle = Throttle()

    async def step(self, storage: Storage, update: Update, *, now: datetime) -> None:
        """Answer the update. Raises whatever the step raises; the caller undoes its part."""
        incoming = self._read(update.raw, update.received_at)
        if incoming is None:
            await self._point_to_private_messages(storage, update, now)
            return
        incoming = _cleaned(incoming)
        if incoming.act is Act.DENIED:
            await storage.people.meet(incoming.person_id, at=now)
            await storage.people.unreachable(incoming.person_id, DENIED_CODE, at=now)
            return
        case = await self._case(storage, incoming, now)
        if incoming.act is Act.ALLOWED:
            return
        position = await storage.memory.load(case.person.id)
        match self._ruling(update, incoming):
            case Ruling.ANSWER:
                turn = await self._engine.turn(case, position)
            case Ruling.REPEAT:
                turn = self._engine.remark(case, position)
            case Ruling.WARN:
                turn = self._engine.remark(case, position, "too_fast")
            case Ruling.IGNORE:
                return
        await self._write(storage, case, position, turn, update)

    def committed(self) -> None:
        """The steps since the last commit are done; until then one that is taken again counts as the same act."""
        self._throttle.settled()

    async def _point_to_private_messages(self, storage: Storage, update: Update, now: datetime) -> None:
        """A group chat gets one sentence and nothing of anybody's data (docs/faults.md, B38)."""
        chat_id = self._chat_of(update.raw)
        if chat_id is None:
            return
        ruling = self._throttle.rule(update.id, chat_id, button=False, at=update.received_at)
        if update.tries or ruling is Ruling.ANSWER:
            hint = Message(self._texts.say("only_private"))
            await storage.outbox.add(chat_id, hint.to_json(), at=now, update_id=update.id)

    async def apologize(self, storage: Storage, update: Update, *, now: datetime) -> None:
        """Tell the person, neutrally, that their act could not be worked on."""
        incoming = self._read(update.raw, update.received_at)
        if incoming is None or incoming.act not in (Act.WROTE, Act.PRESSED):
            return
        case = await self._case(storage, incoming, now)
        position = await storage.memory.load(case.person.id)
        await self._write(storage, case, position, self._engine.remark(case, position, "error"), update)

    async def _case(self, storage: Storage, incoming: Incoming, now: datetime) -> Case[Storage]:
        person = await storage.people.meet(incoming.person_id, at=now)
        return Case(now=now, storage=storage, texts=self._texts, facts=self._facts, person=person, incoming=incoming)

    def _ruling(self, update: Update, incoming: Incoming) -> Ruling:
        if update.tries or incoming.act is Act.JOB_DONE:
            return Ruling.ANSWER
        button, leads_to = incoming.payload is not None, str((incoming.payload or {}).get("g", ""))
        return self._throttle.rule(update.id, incoming.person_id, button=button, at=incoming.said_at, leads_to=leads_to)

    async def _write(self, storage: Storage, case: Case[Storage], before: Position, turn: Turn, update: Update) -> None:
        for talk, subject in turn.forgotten:  # before the position: a talk may end in its own beginning
            await storage.memory.drop_draft(case.person.id, talk, subject)
        if turn.position is not before:
            await storage.memory.save(case.person.id, turn.position, at=case.now)
        await post_all(storage, turn.posts, now=case.now, update=update, after_copy=self._after_copy())
        await ask_all(storage, case.tasks, now=case.now, muted=update.muted)


async def post_all(
    storage: Storage,
    posts: list[Post],
    *,
    now: datetime,
    update: Update | None = None,
    after_copy: bool = False,
) -> None:
    """Put the messages on their way; of an update that was answered before, none goes.

    `after_copy`: a copy of the database was put back, and what was said after it was made is not said again.
    """
    for post in posts:
        if isinstance(post.body, Answer):
            kind, priority = "answer", Priority.ANSWER
        elif post.edits:
            kind, priority = "edit", Priority.REPLY
        else:
            kind, priority = "send", Priority.REPLY
            if post.notice:
                priority = Priority.BULK if post.bulk else Priority.NOTICE
        row = await storage.outbox.add(
            post.person_id,
            post.body.to_json(),
            at=now,
            kind=kind,  # type: ignore[arg-type]
            priority=priority,
            key=post.key,
            target_key=post.edits_key,
            update_id=update.id if update else None,
            reason=post.reason,
        )
        muted = update is not None and update.muted
        if row is not None and (muted or (after_copy and post.notice)):
            await _not_again(storage, post, row, muted=muted, now=now)


async def _not_again(storage: Storage, post: Post, row: int, *, muted: bool, now: datetime) -> None:
    """The row is sent where the person has had its message; else, if what it answers was answered, it is dropped."""
    text = post.body.text if isinstance(post.body, Message) and not post.edits else ""
    if text and (said := await storage.restoring.said_already(post.person_id, text)):
        await storage.restoring.take(said.id, row)
        await storage.outbox.sent([Sent(row, said.message_id, said.cmid)], at=now)
    elif muted:
        await storage.outbox.settled([Settled(row, "dropped", None, "answered before the copy was put back")], at=now)


async def ask_all(storage: Storage, tasks: list[Task], *, now: datetime, muted: bool = False) -> None:
    """Put the work on its way; `muted`: what comes of it was told before."""
    for task in tasks:
        due_at = now + timedelta(seconds=task.delay_s)
        argument = {**task.argument, MUTED: True} if muted else task.argument
        await storage.jobs.add(task.kind, argument, at=now, key=task.key, due_at=due_at)


def _cleaned(incoming: Incoming) -> Incoming:
    """Text as it may be kept, whatever the messenger let through."""
    attachments, quoted = _cleaned_all(incoming.attachments), incoming.quoted
    if quoted is not None:
        quoted = Quoted(clean(quoted.text).strip(), _cleaned_all(quoted.attachments))
    return replace(
        incoming, text=clean(incoming.text).strip(), ref=clean(incoming.ref), attachments=attachments, quoted=quoted
    )


def _cleaned_all(attachments: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    return tuple(_cleaned_attachment(attachment) for attachment in attachments)


def _cleaned_attachment(attachment: Attachment) -> Attachment:
    return replace(attachment, title=clean(attachment.title), url=clean(attachment.url))
