"""What the jury has asked the author of a work, as it stands in the work's view."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.event import Event
from bot.contest.helping.inquiry import ANSWER_LIMIT
from bot.contest.pressable import with_links
from bot.contest.text import shorten
from bot.talk.texts import Trusted
from handlers.helping.wording import resendable
from handlers.jury.view import link_shown
from handlers.kinds import Case, Desk
from storage.jury_questions import JuryQuestion

#: So many questions are shown with a work, the newest ones, and so much of each answer; its notice has all of it.
MOST_SHOWN = 3
MOST_OF_ANSWER = 700


def inquiries(case: Case, event: Event, nomination: str | None, found: Sequence[JuryQuestion]) -> Trusted:
    """Questions and answers, below each other; nobody is named."""
    asked = [one for one in found if one.text][-MOST_SHOWN:]
    lines = [line for one in asked for line in _lines(case, event, nomination, one)]
    return Trusted("".join(f"\n{line}" for line in lines))


def inquiry_things(found: Sequence[JuryQuestion]) -> tuple[str, ...]:
    """What came with the answers that are shown."""
    return resendable([thing for one in found[-MOST_SHOWN:] for thing in one.things])


def words_shown(event: Event, nomination: str | None, text: str, *, most: int = ANSWER_LIMIT) -> Trusted:
    """An author's words: a link may be pressed where it leads to a host that the event takes."""
    return Trusted(with_links(shorten(text, most), lambda link: link_shown(event, nomination, link)))


def answer_shown(desk: Desk, event: Event, nomination: str | None, one: JuryQuestion) -> str:
    """The answer in a line; that there is none yet."""
    if one.answered_at is None:
        return desk.say("jury.inquiry.waits")
    if not one.answer:
        return desk.say("jury.inquiry.things")
    return desk.say("jury.inquiry.answer", text=words_shown(event, nomination, one.answer, most=MOST_OF_ANSWER))


def _lines(case: Case, event: Event, nomination: str | None, one: JuryQuestion) -> list[str]:
    return [case.say("jury.inquiry.question", text=one.text), answer_shown(case, event, nomination, one)]
