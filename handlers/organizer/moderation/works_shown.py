"""A handed-in work as organizers and hosts see it: all its pieces, and whether any is missing."""

from __future__ import annotations

from bot.contest.event import Event
from bot.contest.text import inert
from bot.talk.texts import Trusted
from handlers.jury.view import link_shown
from handlers.kinds import Desk
from handlers.organizer.wording import link_state
from handlers.participant.works import composition
from storage.application_rows import Application
from storage.works import WorkVersion


def work_state(desk: Desk, event: Event, application: Application, work: WorkVersion) -> str:
    """The same, and whether something that must be handed in is not there."""
    state = link_state(desk, work)
    submission = event.submission_for(application.nomination)
    whole = submission is None or composition.is_whole(submission, work.pieces)
    return state if whole else desk.say("org.not_whole", state=state)


def pieces_shown(event: Event, application: Application, work: WorkVersion) -> Trusted:
    """All links of a work and the names of its files."""
    shown = [link_shown(event, application.nomination, one.url) if one.url else inert(one.name) for one in work.pieces]
    return Trusted("; ".join(one for one in shown if one))
