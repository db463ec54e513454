"""Links are checked by a job; its result takes the place of the receipt, and says how to mend what is wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.contest.authorize import Action
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant.applications import absent
from handlers.participant.own import own_application
from handlers.participant.wording import due, moment
from handlers.participant.works import hand_in_rules
from storage.application_rows import Application
from storage.works import WorkVersion

#: so many checks in an hour, each of which visits a site, for one person.
MOST_CHECKS = 10
WINDOW = timedelta(hours=1)
CHECK = "link_check"
#: When a link that could not be checked is silently tried again.
LATER_S = (600.0, 3600.0, 6 * 3600.0)


def receipt_name(version_id: int) -> str:
    """What the receipt of a version is called, to be replaced."""
    return f"receipt:{version_id}"


async def ask(case: Case, running: Running, application: Application, version: WorkVersion, *, behind: int = 0) -> bool:
    """Have the link checked; False: this person's checks for the hour are used up, it is checked after it.

    `behind`: so many links that came together with this one wait already, each hour takes its share of them.
    """
    now = await _may_check(case)
    if now:
        await case.storage.incidents.add(case.person.id, CHECK, "", at=case.now)
    hours = 1 + behind // MOST_CHECKS
    _ask(case, running, application, version, attempt=0, delay_s=0.0 if now else WINDOW.total_seconds() * hours)
    return now


async def recheck(case: Case, argument: str) -> Outcome:
    """«Проверить ещё раз»."""
    found = await _own_version(case, argument)
    if found is None:
        return absent()
    running, application, version = found
    if version.check_state == "waiting":
        return Reply("receipt_busy", popup=case.say("recheck_busy"))
    if not await _may_check(case):
        return Reply("recheck_limit")
    await case.storage.incidents.add(case.person.id, CHECK, "", at=case.now)
    await case.storage.works.set_check(version.id, "waiting", title=version.check_title, at=case.now)
    _ask(case, running, application, version, attempt=0, delay_s=0.0)
    return _receipt(case, application, version, case.say("receipt_checking"), edits=True)


async def checked(case: Case, _argument: str) -> None:
    """The job's result."""
    result = case.incoming.result or {}
    version = await case.storage.works.get(int(result["version_id"]))
    application = await case.storage.applications.get(version.application_id) if version else None
    running = await event_of(case, application.event_code) if application else None
    if version is None or application is None or running is None:
        return
    attempt = int(result.get("attempt", 0))
    if attempt and version.check_state != "unchecked":
        return
    state = str(result.get("state", "unchecked"))
    await case.storage.works.set_check(version.id, state, title=result.get("title"), at=case.now)
    current = await case.storage.works.current(application.id)
    if current is not None and all(one.came_with != version.id for one in current.pieces):
        if not attempt:
            reply = _receipt(case, application, version, case.say("receipt_replaced", version=current.version))
            case.tell(application.person_id, reply, edits=receipt_name(version.id))
        return
    if state == "unchecked" and attempt < len(LATER_S):
        _ask(case, running, application, version, attempt=attempt + 1, delay_s=LATER_S[attempt])
    await _tell(case, running, application, version, state=state, result=result, attempt=attempt)


async def _tell(
    case: Case,
    running: Running,
    application: Application,
    version: WorkVersion,
    *,
    state: str,
    result: Any,
    attempt: int,
) -> None:
    """The receipt with the diagnosis; what a later check finds wrong is said aloud, edits are easily missed."""
    if attempt and state == "unchecked":
        return
    diagnosis = case.say(
        str(result.get("detail_key", "link.unchecked")),
        title=str(result.get("title") or ""),
        host=Trusted(result.get("host") or ""),
    )
    if state == "open":
        reply = _receipt(case, application, version, case.say("receipt_open", diagnosis=Trusted(diagnosis)))
    else:
        can_replace = await hand_in_rules.refusal(running, application, case, versions=1, said_at=case.now) is None
        closes = due(case, await hand_in_rules.closes(case, running, application))
        until = case.say("receipt_until", closes=closes) if can_replace else ""
        rows = [[Button("recheck", f"recheck:{version.id}", colour="primary")]]
        if can_replace and state != "unchecked":
            rows.append([Button("replace_work", f"submit:{application.id}")])
        then = case.say("receipt_bad", diagnosis=Trusted(diagnosis), until=until)
        reply = _receipt(case, application, version, then, rows=rows)
    case.tell(application.person_id, reply, edits=receipt_name(version.id))
    if attempt and state != "open":
        case.tell(application.person_id, reply, key=f"bad_link:{version.id}:{attempt}")


def _receipt(
    case: Case,
    application: Application,
    version: WorkVersion,
    then: str,
    *,
    rows: list[list[Button]] | None = None,
    edits: bool = False,
) -> Reply:
    return Reply(
        "receipt",
        number=application.number,
        version=version.version,
        at=moment(case, version.said_at),
        then=Trusted(then),
        buttons=rows or (),
        callback=True,
        edits=edits,
    )


def _ask(
    case: Case, running: Running, application: Application, version: WorkVersion, *, attempt: int, delay_s: float
) -> None:
    submission = running.event.submission_for(application.nomination)
    argument = {
        "url": version.url,
        "hosts": hand_in_rules.hosts_of(submission) if submission else [],
        "version_id": version.id,
        "attempt": attempt,
    }
    case.ask(application.person_id, "check_link", argument, delay_s=delay_s)


async def _may_check(case: Case) -> bool:
    return await case.storage.incidents.count_since(case.person.id, CHECK, case.now - WINDOW) < MOST_CHECKS


async def _own_version(case: Case, argument: str) -> tuple[Running, Application, WorkVersion] | None:
    fits = argument.isascii() and argument.isdecimal() and len(argument) < 16  # noqa: PLR2004 - fits 64 bits
    version = await case.storage.works.get(int(argument)) if fits else None
    if version is None or version.url is None:
        return None
    application = await own_application(case, str(version.application_id), Action.RECHECK_LINK)
    running = await event_of(case, application.event_code) if application else None
    return None if application is None or running is None else (running, application, version)
