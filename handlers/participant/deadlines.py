"""Until when somebody may act, judged by the messenger's date of what they said: one place for all talks."""

from __future__ import annotations

from bot.contest.applications import applying_refusal, editing_refusal
from bot.contest.refusal import Refusal
from handlers.events import Running
from handlers.kinds import Case
from storage.application_rows import Application


def applying(case: Case, running: Running, organisation_code: str | None = None) -> Refusal | None:
    """Why this person may not apply now for somebody of this organisation, or None."""
    until = running.until(case.person.id, organisation_code)
    return applying_refusal(
        running.event.title,
        opens_at=running.event.opens_at,
        closes_at=until.at,
        now=case.incoming.said_at,
        grace_s=until.grace_s,
    )


def editing(case: Case, running: Running, application: Application) -> Refusal | None:
    """Why the application may not be changed now, or None."""
    until = running.until_for(application)
    return editing_refusal(application.state, closes_at=until.at, now=case.incoming.said_at, grace_s=until.grace_s)


def may_apply(case: Case, running: Running) -> bool:
    """Whether the way in is shown: intake goes on, or this person or some school was given more time."""
    return case.now >= running.event.opens_at and (
        applying(case, running) is None or bool(schools_with_time(case, running))
    )


def schools_with_time(case: Case, running: Running) -> tuple[str, ...]:
    """The names of the organisations that were given more time than the rest, while it lasts."""
    directory, said_at = case.facts.directory, case.incoming.said_at
    codes = [one.organisation_code for one in running.stored.longer if one.organisation_code in directory.codes]
    open_ones = [code for code in dict.fromkeys(codes) if code and not running.until(None, code).is_over(said_at)]
    return tuple(directory.get(code).name_short for code in open_ones)
