"""What people hear when a stage is decided: finalists and the others, each with what is next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from bot.contest import calendar
from bot.contest.event.stages import Stage, StageFormat, WorkAfter
from bot.contest.stages import Going, after, outcome_of
from bot.talk.model import Button, Reply
from handlers.host.round import Round
from handlers.host.scope import host_name
from handlers.kinds import Case, Desk
from handlers.organizer.wording import bullets, lines, who_and_grade
from handlers.participant.organizers import tell_organizers
from handlers.participant.wording import deadline
from storage.application_rows import Application


async def tell_decided(
    case: Case, found: Round, decided: Mapping[int, Going], version: int, *, corrected: str = ""
) -> None:
    """One message to each applicant about all of theirs; its key makes it happen once for each version.

    `corrected`: the reason, where a decision that was told before has been turned round.
    """
    by_person: dict[int, list[Application]] = defaultdict(list)
    for one in found.reached:
        if one.id in decided:
            by_person[one.person_id].append(one)
    for person_id, applications in by_person.items():
        reply = _letter(case, found, applications, decided, corrected)
        case.tell(person_id, reply, key=_key(found, version, str(person_id)))


async def tell_organizers_of(case: Case, found: Round, decided: Mapping[int, Going], version: int) -> None:
    """Organizers hear that a host has confirmed its protocol."""
    passed = sum(going is Going.PASSED for going in decided.values())
    reply = Reply(
        "host.told_organizers",
        title=found.running.event.title,
        stage=found.stage.title,
        host=host_name(case, found.host),
        passed=passed,
        of=len(decided),
        buttons=[[Button("host.to_stages", f"stages:{found.running.code}")]],
    )
    await tell_organizers(case, found.running.code, reply, key=_key(found, version, "organizer"))


def _key(found: Round, version: int, whom: str) -> str:
    return f"stage:{found.running.code}:{found.stage.code}:{found.host}:{version}:{whom}"


def _letter(
    desk: Desk, found: Round, applications: list[Application], decided: Mapping[int, Going], corrected: str
) -> Reply:
    passed = [one for one in applications if decided[one.id] is Going.PASSED]
    others = [one for one in applications if decided[one.id] is not Going.PASSED]
    following = after(found.running.event, found.stage)
    parts = [
        desk.say("host.letter.corrected", reason=corrected) if corrected else "",
        *_part(desk, "host.letter.passed", passed, following),
        next_stage(desk, following) if passed and following else "",
        *_part(desk, "host.letter.out", others, following),
        _thanks(desk, found.stage) if others else "",
    ]
    return Reply(
        "host.letter.text",
        title=found.running.event.title,
        stage=found.stage.title,
        lines=lines(parts),
        buttons=[[Button("applications", "applications")]],
    )


def _thanks(desk: Desk, stage: Stage) -> str:
    key = "host.letter.certificate" if stage.certificate else "host.letter.thanks"
    return desk.say(key, outcome=outcome_of(stage).title)


def _part(desk: Desk, key: str, applications: list[Application], following: Stage | None) -> list[str]:
    if not applications:
        return []
    head = desk.say(key, next=following.title if following else "")
    return [head, bullets(who_and_grade(one) for one in applications)]


def next_stage(desk: Desk, following: Stage) -> str:
    """«Дальше: Финал, с 28 октября по 2 ноября, очно. Работу менять не нужно.»"""
    when = calendar.period(following.opens_at, following.closes_at, desk.facts.zone, now=desk.now)
    work = desk.say(f"host.letter.work_{following.work}", until=deadline(desk, following.closes_at))
    if following.work is WorkAfter.NONE:
        work = ""
    return desk.say(
        "host.letter.next",
        next=following.title,
        when=when,
        format=desk.say(f"host.format.{following.format or StageFormat.REMOTE}"),
        work=work,
    )
