"""Writing an announcement: to whom, and what; it is kept as a draft from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.contest.audiences import Audience, Base
from bot.contest.placeholders import TEXT_LIMIT, known, named, respelled
from bot.contest.refusal import Refusal
from bot.contest.text import too_long
from bot.talk.incoming import Attachment
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.organizer.announcing import standing
from handlers.organizer.announcing.choosing import bases
from handlers.organizer.announcing.listing import listed
from handlers.organizer.announcing.scope import (
    Opened,
    announcement_for,
    announcement_steps,
    note,
    of_announcement,
    of_place,
    place_for,
    place_steps,
)
from handlers.organizer.announcing.words import PROGRAMME, place_of
from handlers.organizer.desk import desk
from handlers.organizer.moderation.event_card import card as event_card
from handlers.organizer.scope import not_available
from handlers.organizer.wording import back_to_event

TALK, ANEW = "org_announce", "org_announce_anew"
#: So many things go with one message (VK).
MOST_ATTACHED = 10
#: What a message of ours can carry, as VK calls it.
CARRIED = ("photo", "video", "doc", "wall", "audio", "poll")
#: What has a word of its own among what can't be carried.
NAMED_LOST = ("sticker", "audio_message", "geo", "graffiti", "gift", "market", "story")
#: A link shows itself: it stands in the text.
LINK = "link"
#: Of a text that is written anew: the same words, without what was attached.
BARE: Mapping[str, Any] = {"attachments": []}


@of_place
async def announce(case: Case, running: Running | None, more: str) -> Outcome:
    """Ask to whom and what; where something was written before, it is shown first."""
    place = running.code if running else PROGRAMME
    if more != "new" and (found := await listed(case, running, 0)) is not None:
        return found
    if not await bases(case, running):
        return Reply("announce.nobody", buttons=[[back_to_event(place) if running else Button("org.desk", "desk")]])
    return Open(TALK, place, answers={"event": running.code if running else ""}, resume=False)


@of_announcement
async def to_the_same(_case: Case, found: Opened, _more: str) -> Outcome:
    """«Написать тем же»: exactly those who got it."""
    audience = Audience(Base.SAME, announcement=found.announcement.id)
    answers = {"event": found.announcement.event_code or "", "audience": audience.to_json()}
    return Open(TALK, place_of(found.announcement), answers=answers, resume=False)


@of_announcement
async def change_text(_case: Case, found: Opened, _more: str) -> Outcome:
    """Write the text anew: the old one comes first, alone in its message, so that it can be copied and put right."""
    announcement = found.announcement
    has_text = bool(announcement.text.strip())
    answers = {"event": announcement.event_code or "", "attached": len(announcement.attachments) if has_text else 0}
    old = Reply("announce.raw", text=Trusted(announcement.text)) if has_text else Reply("announce.raw_none")
    return Open(ANEW, found.version, answers=answers, resume=False, before=old)


async def _bases(case: Case, answers: Answers) -> Sequence[Option]:
    return await bases(case, await _event_in_hand(case, answers))


async def _event_in_hand(case: Case, answers: Answers) -> Running | None:
    return await event_of(case, str(answers["event"])) if answers.get("event") else None


async def _said(case: Case, _answers: Answers, text: str) -> dict[str, Any] | Refusal:
    return await _read_message(case, text, ())


async def _sent(case: Case, _answers: Answers, attachments: Sequence[Attachment]) -> dict[str, Any] | Refusal:
    return await _read_message(case, case.incoming.text, attachments)


async def _read_message(case: Case, text: str, attachments: Sequence[Attachment]) -> dict[str, Any] | Refusal:
    """The text, what goes with it, and what can't; of a forwarded message what it carries."""
    if quoted := case.incoming.quoted:
        text, attachments = text or quoted.text, (*attachments, *quoted.attachments)
    carried = [one.id for one in attachments if one.id and one.kind in CARRIED]
    lost = [one.kind for one in attachments if not (one.id and one.kind in CARRIED) and one.kind != LINK]
    if not text.strip() and not carried:
        return Refusal("announce.not_carried", {"what": _lost(case, lost)}) if lost else Refusal("announce.expected")
    if refusal := too_long(text, TEXT_LIMIT):
        return refusal
    if len(carried) > MOST_ATTACHED:
        return Refusal("announce.too_many", {"most": MOST_ATTACHED})
    return {"text": respelled(text), "attachments": carried, "lost": _lost(case, lost)}


def _lost(case: Case, kinds: Sequence[str]) -> str:
    """«стикер, голосовое»."""
    keys = [kind if kind in NAMED_LOST else "other" for kind in kinds]
    return ", ".join(dict.fromkeys(case.say(f"announce.lost.{key}") for key in keys))


async def _bare(case: Case, answers: Answers) -> Sequence[Option]:
    """What is attached stays unless something else is sent, or this is pressed."""
    return [Option(case.say("announce.bare"), BARE)] if answers.get("attached") else []


async def _values(_case: Case, answers: Answers) -> dict[str, object]:
    return {"placeholders": named(known(of_event=bool(answers.get("event"))))}


async def _written(case: Case, place: str, answers: Answers) -> Outcome:
    """The draft is kept, and shown."""
    found = await place_for(case, place)
    if found is None:
        return not_available()
    written: Mapping[str, Any] = answers["text"]
    (running,) = found
    announcement = await case.storage.announcements.draft(
        event_code=running.code if running else None,
        author_id=case.person.id,
        text=str(written["text"]),
        attachments=list(written["attachments"]),
        audience=answers["audience"],
        at=case.now,
    )
    await note(case, announcement, "draft")
    return await standing.show(case, Opened(announcement, running), lost=str(written["lost"]))


async def _written_anew(case: Case, subject: str, answers: Answers) -> Outcome:
    """The draft has another text; one that was scheduled is a draft again."""
    id_, _, version = subject.partition("/")
    found = await announcement_for(case, id_, case.person.id)
    if found is None:
        return not_available()
    written: Mapping[str, Any] = answers["text"]
    acted = await case.storage.announcements.change(
        found.announcement.id,
        version=int(version),
        text=written.get("text"),
        attachments=written["attachments"] or (None if written != BARE else []),
    )
    now = Opened(acted.announcement, found.running)
    if not acted.done:
        return await standing.meanwhile(case, now)
    await note(case, acted.announcement, "text")
    return await standing.show(case, now, lost=str(written.get("lost", "")))


async def _cancelled(case: Case, place: str) -> Outcome:
    found = await place_for(case, place)
    return await event_card(case, found[0]) if found and found[0] else await desk(case, "")


async def _kept_as_it_was(case: Case, subject: str) -> Outcome:
    found = await announcement_for(case, subject.partition("/")[0], case.person.id)
    return await standing.show(case, found) if found else not_available()


TEXT = Step("text", parse=_said, receive=_sent, values=_values, limit=TEXT_LIMIT)
COMPOSE = Talk(TALK, place_steps(Step("audience", options=_bases), TEXT), _written, cancelled=_cancelled)
REWRITE = Talk(ANEW, announcement_steps(replace(TEXT, options=_bare)), _written_anew, cancelled=_kept_as_it_was)
