"""How calls and what was said in them are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.contest import calendar
from bot.contest.text import inert, shorten
from bot.talk.incoming import Attachment
from bot.talk.model import Button
from bot.talk.texts import Trusted
from handlers.kinds import Case, Desk
from handlers.organizer.people import page_name
from storage.help_rows import HelpCall, HelpWord, Thing

#: So many words of a dialog are shown, and so much of each.
MOST_WORDS, MOST_OF_WORD = 12, 600
#: A message holds so many things.
MOST_THINGS = 10
#: Kinds of things that have a name of their own.
NAMED = ("photo", "doc", "video", "audio_message", "sticker", "link", "wall")
#: What each kind of text leads to from its notice.
QUEUE = Button("help.queue", "questions")


def things_of(attachments: Iterable[Attachment]) -> tuple[Thing, ...]:
    """What is kept of things that came with a message."""
    return tuple(Thing(one.kind, one.id) for one in attachments)


def resendable(things: Iterable[Thing]) -> tuple[str, ...]:
    """What can go with a message: the newest, as many as one holds."""
    return tuple(dict.fromkeys(one.id for one in things if one.id))[-MOST_THINGS:]


def shown(desk: Desk, text: str, things: Sequence[Thing]) -> str:
    """Words with the names of what came with them: «вот что вижу (фото)»."""
    names = ", ".join(_named(desk, one) for one in things)
    said = inert(shorten(text, MOST_OF_WORD))
    return " ".join(part for part in (said, f"({names})" if names else "") if part)


def _named(desk: Desk, thing: Thing) -> str:
    return desk.say(f"help.thing.{thing.kind if thing.kind in NAMED else 'other'}")


async def dialog(case: Case, call: HelpCall, words: Sequence[HelpWord]) -> Trusted:
    """The last words of both sides, a line each."""
    names = {id_: await page_name(case, id_) for id_ in {one.author_id for one in words}}
    lines = [
        case.say(
            "help.line.person" if one.author_id == call.person_id else "help.line.organizer",
            at=moment(case, one.said_at),
            name=names[one.author_id],
            text=Trusted(shown(case, one.text, one.things)),
        )
        for one in words[-MOST_WORDS:]
    ]
    before = len(words) - len(lines)
    head = [case.say("help.earlier", count=before)] if before > 0 else []
    return Trusted("\n".join([*head, *lines]) or case.say("help.no_words"))


def moment(desk: Desk, at: datetime) -> str:
    """«12:03», of another day «18 апреля, 12:03»."""
    zone = desk.facts.zone
    if calendar.local(at, zone).date() == calendar.local(desk.now, zone).date():
        return calendar.clock(at, zone)
    return calendar.at(at, zone, now=desk.now)


def age(desk: Desk, since: datetime) -> str:
    """«5 мин», «3 ч», «2 дн»: for how long somebody waits."""
    passed = max(desk.now - since, timedelta())
    for key, unit in (("days", timedelta(days=1)), ("hours", timedelta(hours=1))):
        if passed >= unit:
            return desk.say(f"help.age.{key}", count=passed // unit)
    return desk.say("help.age.minutes", count=passed // timedelta(minutes=1))


def open_button(call: HelpCall) -> Button:
    """The way to the card of a call."""
    return Button("help.open", f"question:{call.id}", colour="primary")


async def who_and_when(case: Case, person_id: int, at: datetime) -> str:
    """«Нина Орлова, 12:03»: without a word that would have to know whether it is a man or a woman."""
    return case.say("help.who_and_when", name=await page_name(case, person_id), at=moment(case, at))
