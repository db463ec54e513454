"""How calls and what was said in them are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.contest import calendar
from bot.contest.pressable import pressable
from bot.contest.text import MESSAGE_LIMIT, shorten
from bot.talk.incoming import Incoming
from bot.talk.model import Button
from bot.talk.texts import Trusted
from handlers.kinds import Case, Desk
from handlers.organizer.people import page_name
from storage.help_rows import HelpCall, HelpWord, Thing

#: So many words of a dialog are shown, and so much of each that is answered; what waits is shown whole.
MOST_WORDS, MOST_OF_WORD = 12, 600
#: So many words that wait are shown.
MOST_WAITING = 40
#: A message holds so many things.
MOST_THINGS = 10
#: Kinds of things that have a name of their own.
NAMED = ("photo", "doc", "video", "audio_message", "sticker", "link", "wall")
#: Kinds that VK takes by name (messages.send, `attachment`); of any other it would refuse the whole message.
RESENT = ("photo", "video", "audio", "doc", "wall", "market", "poll", "audio_message")
#: What each kind of text leads to from its notice.
QUEUE = Button("help.queue", "questions")


def words_of(incoming: Incoming) -> str:
    """What is said in a message, with what was forwarded or answered in it, and links that came beside the text."""
    quoted = incoming.quoted.text if incoming.quoted else ""
    links = [one.url for one in incoming.attachments if one.kind == "link" and one.url not in incoming.text]
    return "\n".join(part for part in (incoming.text, *links, f"«{quoted}»" if quoted else "") if part)


def things_of(incoming: Incoming) -> tuple[Thing, ...]:
    """What is kept of things that came with a message, or with one that was forwarded in it."""
    quoted = incoming.quoted.attachments if incoming.quoted else ()
    return tuple(Thing(one.kind, one.id) for one in (*incoming.attachments, *quoted))


def resendable(things: Iterable[Thing]) -> tuple[str, ...]:
    """What can go with a message: the newest, as many as one holds."""
    return tuple(dict.fromkeys(one.id for one in things if one.id and one.kind in RESENT))[-MOST_THINGS:]


def shown(desk: Desk, text: str, things: Sequence[Thing] = (), *, most: int = MESSAGE_LIMIT) -> str:
    """Words with the names of what came with them: «вот что вижу (фото)»; links may be pressed."""
    names = ", ".join(_named(desk, one) for one in things)
    said = pressable(shorten(text, most))
    return " ".join(part for part in (said, f"({names})" if names else "") if part)


def _named(desk: Desk, thing: Thing) -> str:
    return desk.say(f"help.thing.{thing.kind if thing.kind in NAMED else 'other'}")


async def dialog(case: Case, call: HelpCall, words: Sequence[HelpWord]) -> Trusted:
    """The last words of both sides, a line each; those that nobody has answered are whole."""
    answered = max((one.id for one in words if one.author_id != call.person_id), default=0)
    waiting = sum(one.id > answered for one in words)
    names = {id_: await page_name(case, id_) for id_ in {one.author_id for one in words}}
    lines = [
        case.say(
            "help.line.person" if one.author_id == call.person_id else "help.line.organizer",
            at=moment(case, one.said_at),
            name=names[one.author_id],
            text=Trusted(shown(case, one.text, one.things, most=MOST_OF_WORD if one.id <= answered else MESSAGE_LIMIT)),
        )
        for one in words[-min(max(waiting, MOST_WORDS), MOST_WAITING) :]
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
