"""Papers on their way, and looks: every step a state, once; the look in use stays until another one is accepted."""

from __future__ import annotations

from bot.contest.papers.content import PaperContent, PaperKind, Planned
from storage.designs import Look
from storage.paper_rows import Paper, Series
from storage.paper_runs import Parcel, Way
from storage.storage import Storage
from tests.storage.world import HOUR, NOON, ORGANIZER, PARENT, TEACHER

SERIES = Series("ОЧК", 2026, "У5")


async def papers(storage: Storage, *people: int | None) -> list[Paper]:
    """A paper in the register for each."""
    planned = [
        Planned(
            key=f"diploma:{number}",
            kind=PaperKind.DIPLOMA,
            application_id=None,
            participant_id=None,
            person_id=person,
            content=PaperContent(
                kind=PaperKind.DIPLOMA,
                programme="П",
                event="К",
                title="Диплом",
                lead="награждается",
                name="Ветрова Анна",
            ),
        )
        for number, person in enumerate(people)
    ]
    return await storage.papers.issue_all(planned, "scratch", series=SERIES, by=ORGANIZER, at=NOON)


def parcel(paper: Paper, letter: int, state: Way = Way.WAITING) -> Parcel:
    return Parcel(paper.id, paper.version, paper.person_id, letter, archive=False, part=0, state=state)


async def test_a_paper_goes_step_by_step_and_each_step_once(storage: Storage) -> None:
    anna, boris, nobody = await papers(storage, TEACHER, PARENT, None)
    runs = storage.paper_runs
    run = await runs.start("scratch", "event", state="delivering", by=ORGANIZER, at=NOON)
    assert run is not None
    assert await runs.start("scratch", "event", state="issuing", by=TEACHER, at=NOON) is None
    assert [one.id for one in await runs.undelivered("scratch")] == [anna.id, boris.id, nobody.id]
    rows = [parcel(anna, 1), parcel(boris, 2), parcel(nobody, 3, Way.UNREACHABLE)]
    await runs.add(run.id, rows, at=NOON)
    await runs.add(run.id, rows, at=NOON)
    assert await runs.undelivered("scratch") == []

    todo = await runs.to_do(run.id, 10)
    assert [(one.id, one.letter, one.is_current) for one in todo] == [(anna.id, 1, True), (boris.id, 2, True)]
    await runs.made({(one.id, one.version): "0" * 64 for one in todo}, at=NOON)
    await runs.uploaded(todo[:1], "doc1_1", at=NOON)
    assert [(one.letter, one.attachment) for one in await runs.to_post(run.id)] == [(1, "doc1_1")]
    await storage.outbox.add(TEACHER, {"text": "x"}, at=NOON, key="letter:1")
    await runs.posted(run.id, {1: "letter:1"}, at=NOON)
    assert await runs.to_post(run.id) == []
    await runs.refused(todo[1:], Way.UNREACHABLE, "VK 901", at=NOON)
    assert await runs.settle(at=NOON) == 0
    assert await runs.counts(run.id) == {Way.POSTED: 1, Way.UNREACHABLE: 2}
    assert [one.id for one in await runs.not_arrived("scratch")] == [nobody.id, boris.id]
    assert [one.paper_id for one in await runs.reachable_again(10)] == [boris.id]
    await storage.people.unreachable(PARENT, 901, at=NOON)
    assert await runs.reachable_again(10) == []
    assert await runs.take_step(run.id) == 1
    assert await runs.set_state(run.id, "done", at=NOON)
    assert await runs.take_step(run.id) is None
    assert not await runs.set_state(run.id, "delivering", at=NOON)


async def test_a_new_version_is_a_new_thing_to_deliver_and_the_old_one_is_not_drawn(storage: Storage) -> None:
    (anna,) = await papers(storage, TEACHER)
    runs = storage.paper_runs
    run = await runs.start("scratch", "event", state="delivering", by=ORGANIZER, at=NOON)
    assert run is not None
    assert anna.content is not None
    await runs.add(run.id, [parcel(anna, 1)], at=NOON)
    await storage.papers.reissue(anna.id, anna.content, reason="имя", by=ORGANIZER, at=NOON + HOUR)
    assert [one.is_current for one in await runs.to_do(run.id, 10)] == [False]
    assert [one.version for one in await runs.undelivered("scratch")] == [2]


async def test_the_look_in_use_stays_until_another_is_accepted_and_stays_readable_then(storage: Storage) -> None:
    designs = storage.designs
    assert await designs.for_event("scratch") == Look()
    common = await designs.propose("", Look(texts={"heading": "Все"}), by=ORGANIZER, at=NOON)
    assert await designs.for_event("scratch") == Look()
    assert await designs.accept(common.id, by=ORGANIZER, at=NOON)
    assert not await designs.accept(common.id, by=ORGANIZER, at=NOON)
    assert (await designs.for_event("scratch")).texts == {"heading": "Все"}

    own = await designs.propose("scratch", Look("#x", {}, {"logo": b"\x89PNG\x00"}), by=ORGANIZER, at=NOON)
    other = await designs.propose("scratch", Look("#y"), by=ORGANIZER, at=NOON)
    assert await designs.accept(own.id, by=ORGANIZER, at=NOON)
    assert (await designs.for_event("scratch")).pictures == {"logo": b"\x89PNG\x00"}
    assert await designs.drop(other.id, by=ORGANIZER, at=NOON)
    third = await designs.propose("scratch", Look("#z"), by=ORGANIZER, at=NOON)
    assert await designs.accept(third.id, by=ORGANIZER, at=NOON)
    assert [one.look.template for one in await designs.of_event("scratch")] == ["#z", "#x"]
    assert await designs.give_up("scratch", by=ORGANIZER, at=NOON)
    assert (await designs.for_event("scratch")).texts == {"heading": "Все"}
    assert await designs.for_event("webinar") == (await designs.for_event("scratch"))
