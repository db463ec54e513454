"""The bot dies while papers are issued, drawn and uploaded: each comes once, and the same bytes as before."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.contest.applications import ApplicationState, number
from bot.contest.authorize import RoleKind
from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.consents import Applicant, ConsentKind
from bot.contest.event import Event
from bot.contest.event.loading import dump_event, read_event
from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.talk.message import Message
from storage.application_rows import Contact, Form, Participant
from storage.database import opened
from storage.outcomes import Result
from storage.storage import Storage
from tests.faults import invariants
from tests.faults.stage import Stage, staged
from tests.talks.scenes import EVENTS, SCRATCH

VERA, ANNA, BORIS = 101, 102, 103
CAST = {VERA: ("Вера", "Соснина"), ANNA: ("Анна", "Смирнова"), BORIS: ("Борис", "Кедров")}
CHILDREN = {ANNA: ("Ветрова Анна", "Ветров Борис"), BORIS: ("Кедров Артём",)}
#: Every point; after the second upload the first one is in part written down.
FAULTS = ("papers.after_issue#1", "papers.after_draw#1", "papers.after_upload#2", "papers.after_mark#1")


async def issued_by(database: Path) -> None:
    """A contest whose results are out, and Vera has just pressed «Выдать и отправить»."""
    now = datetime.now(UTC)
    event = read_event(EVENTS / SCRATCH)
    assert isinstance(event, Event)
    event = event.moved_to((now - timedelta(days=50)).date())
    async with opened(database) as found, found.transaction() as connection:
        storage = Storage(connection)
        await storage.events.load(event.code, dump_event(event), closes_at=event.closes_at, at=now)
        for person in CAST:
            await storage.people.known(person, at=now)
        for person, children in CHILDREN.items():
            for name in children:
                await _taken_part(storage, event, person, name, now)
        await storage.roles.grant(VERA, RoleKind.ORGANIZER, event.code, by=None, at=now)
        await storage.events.approve(event.code, by=VERA, at=now)
        await storage.events.publish(event.code, by=VERA, at=now)
        run = await storage.paper_runs.start(event.code, "event", state="issuing", by=VERA, at=now)
        assert run is not None
        await storage.outbox.add(VERA, Message("Выдаю документы…").to_json(), key=f"papers:{run.id}", at=now)
        await storage.jobs.add("issue_papers", {"run": run.id, "person_id": VERA}, at=now)


async def _taken_part(storage: Storage, event: Event, person: int, name: str, now: datetime) -> None:
    form = Form(
        applicant_role=Applicant.PARENT,
        category="pupil",
        nomination="learning-game",
        age_group="3-4",
        organisation_name="Школа № 1 города Н",
        duplicate_key=name,
        participants=(Participant(FullName(*name.split()), Grade(3)),),
    )
    one = await storage.applications.add(
        form,
        event_code=event.code,
        person_id=person,
        state=ApplicationState.ACCEPTED,
        contact=Contact(),
        number=lambda ordinal: number(event.number_prefix, event.year, ordinal),
        at=now,
    )
    for kind in ConsentKind:
        await storage.consents.record(
            one.id, kind, version=1, text_hash="0" * 64, decision="given", channel="chat", person_id=person, at=now
        )
    await storage.outcomes.set(Result(one.id, Outcome(OutcomeKind.PARTICIPANT)), by=VERA, at=now)


def hashes(database: Path) -> dict[int, str]:
    """What is known of each drawn file."""
    with invariants.reading(database) as connection:
        rows = connection.execute("select paper_id, sha256 from paper_delivery where sha256 is not null")
        return {row["paper_id"]: row["sha256"] for row in rows}


def files(stage: Stage, person: int) -> list[list[str]]:
    """The files of each message that came with some."""
    messages = [one for one in stage.world.dialog(person).messages if one.out and one.content.attachments]
    return [[str(json.loads(json.dumps(file))) for file in one.content.attachments] for one in messages]


@pytest.mark.parametrize("fault", FAULTS)
async def test_f4_a_kill_while_papers_are_made_loses_and_doubles_none_and_the_bytes_stay(
    fault: str, tmp_path: Path
) -> None:
    async with staged(tmp_path) as stage:
        assert [stage.person(*name) for name in CAST.values()] == list(CAST)
        for person in CAST:
            stage.world.people[person].allowed = True
        await issued_by(stage.database)
        stage.start(fault)
        await stage.until(lambda: bool(stage.deaths))
        before = hashes(stage.database)
        await stage.until(lambda: all(files(stage, person) for person in CHILDREN))
        assert await stage.stop() == 0
        stage.look()
        after = hashes(stage.database)
        assert before.items() <= after.items()
        assert len(after) == sum(map(len, CHILDREN.values()))
        assert {person: [len(found) for found in files(stage, person)] for person in CHILDREN} == {
            ANNA: [2],
            BORIS: [1],
        }
