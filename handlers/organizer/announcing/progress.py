"""How far an announcement is, in one message that is edited in place; at the end it is the report."""

from __future__ import annotations

from datetime import datetime

from bot.contest.announcing.model import CODE, Announcement, AnnouncementState, Figures, Left
from bot.contest.quiet import is_quiet
from bot.talk.message import Colour
from bot.talk.model import Button, Reply
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.announcing.words import moment, spaced, way_back
from handlers.organizer.people import KNOWN_CODES
from handlers.organizer.wording import bullets
from handlers.participant.papers.own_papers import capital

#: The bar's length in characters.
BAR = 10
FULL, EMPTY = "▓", "░"


async def progress(
    desk: Desk,
    running: Running | None,
    announcement: Announcement,
    figures: Figures,
    *,
    popup: str = "",
    called: str | None = None,
) -> Reply:
    """The message, with what can be done now.

    `popup`: what pops up where a button of it was pressed; `called`: the key by which it is kept up to date.
    """
    return Reply(
        "announce.progress",
        number=announcement.id,
        of=heading(desk, running),
        state=capital(state_line(desk, announcement, restored=await is_restored(desk))),
        bar=_bar(desk, announcement, figures),
        lines=bullets(figures_lines(desk, figures)),
        buttons=buttons(announcement),
        callback=True,
        edits=True,
        popup=popup,
        called=called,
    )


def heading(desk: Desk, running: Running | None) -> str:
    """«Создавай со Scratch», or the programme."""
    return running.event.short_title if running else desk.say("announce.of_all")


async def is_restored(desk: Desk) -> bool:
    """Whether a copy of the database was put back and an administrator has yet to let announcements go."""
    return await desk.storage.restoring.state() is not None


def state_line(desk: Desk, announcement: Announcement, *, restored: bool) -> str:
    """«Идёт отправка», «На паузе: сегодня в 12:03», «Отправлено: сегодня в 12:10»; `restored`: see `is_restored`."""
    state, at = announcement.state, _since(announcement)
    key = state.value
    if announcement.held and state in (AnnouncementState.GATHERING, AnnouncementState.RUNNING):
        # Right after «Продолжить» they are still held by day: it is a matter of half a second.
        key = "restored" if restored else "held" if is_quiet(desk.now, desk.facts.zone) else key
    return desk.say(f"announce.state.{key}", at=moment(desk, at) if at else "")


def _since(announcement: Announcement) -> datetime | None:
    """The moment that the state's line names."""
    match announcement.state:
        case AnnouncementState.SCHEDULED:
            return announcement.starts_at
        case AnnouncementState.DONE:
            return announcement.finished_at or announcement.started_at
        case AnnouncementState.PAUSED | AnnouncementState.STOPPED | AnnouncementState.RECALLED:
            return announcement.acted_at
    return announcement.started_at


def _bar(desk: Desk, announcement: Announcement, figures: Figures) -> str:
    """«Отправлено 24 из 31 ▓▓▓▓▓▓▓░░░»; at the end without the bar."""
    if not figures.planned:
        return ""
    full = int(figures.share * BAR)
    bar = f" {FULL * full}{EMPTY * (BAR - full)}" if announcement.under_way else ""
    return desk.say("announce.sent_of", sent=spaced(figures.sent), of=counted_from(desk, figures.planned)) + bar


def counted_from(desk: Desk, count: int) -> str:
    """«31 человека» after «из»."""
    return desk.say("announce.of_people", count=count).replace(str(count), spaced(count), 1)


def figures_lines(desk: Desk, figures: Figures) -> list[str]:
    """What else there is to say, a line each; nothing where it is none."""
    plain = (
        ("read", figures.read),
        ("on_the_way", figures.on_the_way + figures.ahead),
        ("dropped", figures.dropped),
        ("recalled", figures.recalled),
        ("recalling", figures.recalling),
        ("not_recalled", figures.not_recalled),
        ("too_old", figures.too_old),
    )
    found = [desk.say(f"announce.figure.{key}", count=spaced(count)) for key, count in plain if count]
    found += [_lost(desk, code_reason(desk, code), count) for code, count in figures.unreachable.items()]
    found += [_lost(desk, left_reason(desk, why), count) for why, count in figures.left_out.items()]
    found += [desk.say("announce.figure.failed", code=code, count=spaced(n)) for code, n in figures.failed.items()]
    return found


def left_reason(desk: Desk, why: str) -> str:
    """Why somebody was left out before sending."""
    if why.startswith(CODE):
        return code_reason(desk, int(why.removeprefix(CODE)))
    return desk.say(f"announce.left.{Left(why)}")


def _lost(desk: Desk, reason: str, count: int) -> str:
    return desk.say("announce.figure.lost", reason=reason, count=spaced(count))


def code_reason(desk: Desk, code: int) -> str:
    return desk.say(f"org.why.{code}") if code in KNOWN_CODES else desk.say("org.why.other", code=code)


def buttons(announcement: Announcement) -> list[list[Button]]:
    """What can be done to it now."""

    def act(key: str, colour: Colour = "secondary") -> Button:
        return Button(f"announcement.{key}", f"announcement_{key}:{announcement.id}", colour=colour)

    report = [act("report"), act("xlsx")]
    match announcement.state:
        case AnnouncementState.SCHEDULED:
            return [[act("now", "primary"), act("cancel", "negative")], [way_back(announcement)]]
        case AnnouncementState.GATHERING | AnnouncementState.RUNNING:
            return [[act("pause", "primary"), act("stop", "negative")], report]
        case AnnouncementState.PAUSED:
            return [[act("resume", "primary"), act("stop", "negative")], report]
        case AnnouncementState.DONE | AnnouncementState.STOPPED:
            return [report, [act("same"), act("recall", "negative")], [way_back(announcement)]]
    return [report, [act("same"), way_back(announcement)]]
