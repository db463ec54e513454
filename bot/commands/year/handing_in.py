"""What people hand in: links, photographs and files, as their event takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.commands.year.crowd import Person, StuckError
from bot.commands.year.desk import starting
from bot.commands.year.entries import Entry
from bot.commands.year.form import react
from bot.contest.event.model import Event
from bot.contest.event.works import LinkKind, LinkRule, Submission, WorkKind
from bot.sandbox.objects import INVENTED
from bot.sandbox.wire import Wire

MOST_QUESTIONS = 12
#: What the bot says of a work that it has, and then asks nothing more.
QUESTION = re.compile(r"\d+ из \d+ · ")
TAKEN = ("Спасибо, записал", "Новая версия", "Принято: работа")
KINDS = {WorkKind.PHOTO: "photo", WorkKind.VIDEO: "video", WorkKind.AUDIO: "audio"}
VIDEO_HOSTS = ("vk.com", "vkvideo.ru")
#: Much less than any limit.
SIZE_BYTES = 48_000


async def hand_in(person: Person, entry: Entry, event: Event) -> None:
    """The work of one application, and the answers about it."""
    submission = event.submission_for(leaf_of(event, entry))
    if submission is None:
        return
    await person.writes("мои заявки")
    await starting(person, entry.number)
    await person.presses("Сдать работу")
    await _send(person, entry, submission)
    for _ in range(MOST_QUESTIONS):
        if not await _tells(person, entry, event):
            return
    raise StuckError(f"{person.id}: no end of questions about a work; {person.last}")


async def _send(person: Person, entry: Entry, submission: Submission) -> None:
    if submission.links:
        await person.writes(link_of(submission.links[0], entry))
        return
    rule = submission.files[0]
    count = max(rule.count.least, 1)
    await person.writes(attachments=[file_of(person, rule.kind, entry, rule.extensions) for _ in range(count)])


async def _tells(person: Person, entry: Entry, event: Event) -> bool:
    """Answer what is asked about the work; False where nothing is asked any more. Raises StuckError.

    Diagnoses of other links may come in between.
    """
    said = " ".join(text for text, _ in person.spoken)
    if "Как называется" in said:
        await person.writes(f"{entry.title} №{entry.serial}")
    elif "Опишите работу" in said and "Пропустить" not in person.visible:
        await person.writes("Сделано своими руками.")
    elif "Пропустить" in person.visible:
        await person.presses("Пропустить")
    elif any(text.startswith(TAKEN) for text, _ in person.spoken) and not _is_asked(person):
        return False
    else:
        await react(person, entry, event)
    return True


def _is_asked(person: Person) -> bool:
    """Whether a question with its place («2 из 3 · …») is among what the bot has said."""
    return any(QUESTION.match(text) for text, _ in person.spoken)


def link_of(rule: LinkRule, entry: Entry) -> str:
    """An invented address that only this work has."""
    if rule.kind is LinkKind.SCRATCH_PROJECT:
        return f"https://scratch.mit.edu/projects/6{entry.serial:08d}"
    video = next((host for host in rule.hosts if host in VIDEO_HOSTS), None)
    return f"https://{video}/video-1_{entry.serial}" if video else f"https://{rule.hosts[0]}/work-{entry.serial}"


def file_of(person: Person, kind: WorkKind, entry: Entry, extensions: Sequence[str] = ()) -> Wire:
    """An invented photograph, video or document with the work's number in its name."""
    called = KINDS.get(kind, "doc")
    world = person.crowd.world
    fields: Wire = {}
    if called == "doc":
        extension = extensions[0] if extensions else "pdf"
        fields = {"title": f"work-{entry.serial}.{extension}", "size": SIZE_BYTES, "ext": extension}
    thing = INVENTED[called](world, person.id, fields)
    return world.media.register({"type": called, called: thing | fields})


def leaf_of(event: Event, entry: Entry) -> str | None:
    """The code of the entry's nomination, or None: the event has none."""
    titles = entry.nomination
    return next(
        (leaf.code for leaf in event.leaves if titles and leaf.title == titles[-1]
         and tuple(part.title for part in event.nomination_path(leaf.code)) == titles), None
    )  # fmt: skip
