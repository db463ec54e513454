"""The register of papers: a number is given once, every version can be read, names go when people are forgotten."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.contest.names import FullName
from bot.contest.papers.content import Group, PaperContent, PaperKind, Planned
from storage.conflicts import MissingError, StaleError
from storage.database import opened
from storage.paper_rows import Paper, Series
from storage.storage import Storage
from tests.storage.test_forgetting import texts
from tests.storage.world import ANYA, BORYA, HOUR, NOON, ORGANIZER, PARENT, TEACHER, apply, form, world

SERIES = Series("ОЧК", 2026, "У9")
OTHER = Series("ОЧК", 2026, "П1")


def content(name: str, *, kind: PaperKind = PaperKind.DIPLOMA, pupils: Sequence[str] = ()) -> PaperContent:
    """What is printed."""
    groups = (Group("Победители", tuple(pupils)),) if pupils else ()
    return PaperContent(
        kind=kind, programme="Программа", event="Конкурс", title="Диплом", lead="награждается", name=name,
        groups=groups, initials="В. А.",
    )  # fmt: skip


def diploma(
    key: str, *, application: int | None = None, participant: int | None = None, name: str = "Ветрова Анна"
) -> Planned:
    """A diploma that is to be."""
    return Planned(
        key=key, kind=PaperKind.DIPLOMA, application_id=application, participant_id=participant, person_id=TEACHER,
        content=content(name),
    )  # fmt: skip


async def issue(storage: Storage, *planned: Planned, event: str = "scratch", series: Series = SERIES) -> list[Paper]:
    """They are given their numbers."""
    return await storage.papers.issue_all(planned, event, series=series, by=ORGANIZER, at=NOON, protocol="№ 1")


async def test_a_thing_gets_one_paper_and_events_of_one_number_share_the_count(storage: Storage) -> None:
    one, two = await issue(storage, diploma("a"), diploma("b"))
    assert (one.number, two.number) == ("ОЧК-2026-У9-0001", "ОЧК-2026-У9-0002")
    assert [paper.number for paper in await issue(storage, diploma("b"), diploma("c"), diploma("b"))] == [
        two.number, "ОЧК-2026-У9-0003", two.number,
    ]  # fmt: skip
    (of_part,) = await issue(storage, diploma("d"), event="webinar")
    (of_other,) = await issue(storage, diploma("e"), event="webinar", series=OTHER)
    assert (of_part.number, of_other.number) == ("ОЧК-2026-У9-0004", "ОЧК-2026-П1-0001")
    assert await storage.papers.by_number(two.number) == two == await storage.papers.by_code(two.code)
    assert await storage.papers.events_of_person(TEACHER) == {"scratch": 3, "webinar": 2}
    assert len({paper.code for paper in await storage.papers.of_person(TEACHER)}) == 5
    with pytest.raises(MissingError):
        await issue(storage, diploma("f"), event="nowhere")


async def test_every_version_of_a_paper_stays_readable(storage: Storage) -> None:
    (paper,) = await issue(storage, diploma("a"))
    await storage.papers.keep_attachment(paper.id, 1, "doc1_1")
    again = await storage.papers.reissue(
        paper.id, content("Ветрова Алла"), reason="исправлено: имя", by=ORGANIZER, at=NOON + HOUR
    )
    assert (again.number, again.version, again.attachment) == (paper.number, 2, None)
    assert (again.issued_at, again.reissued_at, again.reason) == (NOON, NOON + HOUR, "исправлено: имя")
    versions = await storage.papers.versions(paper.id)
    assert [(one.content.name, one.reason, one.attachment) for one in versions if one.content] == [
        ("Ветрова Анна", None, "doc1_1"), ("Ветрова Алла", "исправлено: имя", None),
    ]  # fmt: skip


async def test_a_withdrawn_paper_is_kept_and_a_new_one_has_a_new_number(storage: Storage) -> None:
    (old,) = await issue(storage, diploma("a"))
    (new,) = await issue(storage, diploma("b"))
    assert await storage.papers.withdraw(old.id, reason="итог изменён", at=NOON, replaced_by=new.id)
    assert not await storage.papers.withdraw(old.id, reason="ещё раз", at=NOON)
    gone = await storage.papers.get(old.id)
    assert gone is not None
    assert (gone.state, gone.reason, gone.replaced_by) == ("withdrawn", "итог изменён", new.number)
    assert await storage.papers.of_person(TEACHER) == [new]
    with pytest.raises(StaleError):
        await storage.papers.reissue(old.id, content("Ветрова"), reason="x", by=ORGANIZER, at=NOON)
    (third,) = await issue(storage, diploma("a"))
    assert third.number == "ОЧК-2026-У9-0003"


ACTS = st.lists(
    st.tuples(st.sampled_from(["issue", "withdraw", "reissue"]), st.sampled_from("abc"), st.booleans()), max_size=12
)


EXAMPLES = itertools.count(2001)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
async def test_a_number_is_never_given_twice_whatever_happens(
    storage: Storage, acts: list[tuple[str, str, bool]]
) -> None:
    series = Series("ОЧК", next(EXAMPLES), "У9")  # each example has a series of its own in the one database
    given_to: dict[str, int] = {}
    for act, key, webinar in acts:
        event = "webinar" if webinar else "scratch"
        thing = f"{series.year}:{event}:{key}"
        held = await storage.papers.by_key(thing)
        if act == "issue":
            (paper,) = await issue(storage, diploma(thing), event=event, series=series)
            assert given_to.setdefault(paper.number, paper.id) == paper.id
            assert held in (None, paper)
        elif held is not None and act == "withdraw":
            await storage.papers.withdraw(held.id, reason="x", at=NOON)
        elif held is not None:
            again = await storage.papers.reissue(held.id, content("Иная"), reason="x", by=ORGANIZER, at=NOON)
            assert again.number == held.number
    assert sorted(given_to) == [series.number(n + 1) for n in range(len(given_to))]


async def test_issuing_at_once_in_transactions_of_their_own_gives_each_its_number(tmp_path: Path) -> None:
    async with world(tmp_path):
        pass
    async with opened(tmp_path / "bot.db") as database:

        async def give(key: str) -> list[Paper]:
            async with database.transaction() as connection:
                return await issue(Storage(connection), diploma(key), diploma("shared"))

        found = await asyncio.gather(*(give(str(number)) for number in range(8)))
    numbers = {paper.key: paper.number for papers in found for paper in papers}
    assert len(numbers) == 9
    assert sorted(numbers.values()) == [SERIES.number(n) for n in range(1, 10)]


async def papers_of_two(storage: Storage) -> tuple[int, list[Paper]]:
    """Two children of one application with a diploma each, and the letter that names both."""
    one = await apply(storage, form(ANYA, BORYA))
    anya, borya = one.participants
    letter = Planned(
        key="thanks:scratch:соснина вера игоревна", kind=PaperKind.THANKS, application_id=None, participant_id=None,
        person_id=PARENT,
        content=content("Соснина", kind=PaperKind.THANKS, pupils=["Ветрова Анна Олеговна, 3Б класс", "Кедров Борис"]),
    )  # fmt: skip
    papers = await issue(
        storage,
        diploma("1", application=one.id, participant=anya.id),
        diploma("2", application=one.id, participant=borya.id, name="Кедров Борис"),
        letter,
    )
    for paper in papers:
        await storage.papers.keep_attachment(paper.id, 1, f"doc1_{paper.id}")
    return one.id, papers


async def told(storage: Storage, paper: Paper, person_id: int = TEACHER) -> int | None:
    """A mistake that somebody reports."""
    return await storage.paper_mistakes.report(
        paper.id, subject=f"participant:{paper.participant_id}", field="name", was="Ветрова Анна",
        wanted="Ветрова Алла", answer={"value": {"surname": "Ветрова"}}, person_id=person_id, at=NOON,
    )  # fmt: skip


async def test_who_is_forgotten_is_on_no_paper_and_their_number_goes_on(storage: Storage) -> None:
    application_id, (diploma_, _, letter) = await papers_of_two(storage)
    assert await told(storage, diploma_)
    participant = (await storage.applications.get(application_id)).participants[0]  # type: ignore[union-attr]
    await storage.forgetting.participant(participant.id or 0, at=NOON, leaves=True)
    gone, kept = await storage.papers.get(diploma_.id), await storage.papers.get(letter.id)
    assert gone is not None
    assert kept is not None
    assert (gone.content, gone.attachment, gone.state, gone.number) == (None, None, "valid", diploma_.number)
    assert kept.content is not None
    assert kept.content.groups[0].people == ("участник, 3Б класс", "Кедров Борис")
    assert kept.attachment is None
    assert await storage.paper_mistakes.waiting("scratch") == []
    await storage.forgetting.application(application_id, at=NOON)
    await storage.forgetting.person(PARENT, at=NOON)
    left = await texts(storage)
    for word in ("Ветрова", "Кедров", "Соснина", "соснина"):
        assert word not in left, word
    assert len(await storage.papers.of_event("scratch")) == 3


async def test_papers_are_destroyed_with_their_event_and_counted(storage: Storage) -> None:
    application_id, papers = await papers_of_two(storage)
    assert (await storage.forgetting.counts("scratch"))["papers"] == 3
    await storage.forgetting.application(application_id, at=NOON)
    assert await storage.forgetting.is_kept("scratch")  # the letter names a teacher still
    await storage.forgetting.event("scratch", by=None, at=NOON)
    assert not await storage.forgetting.is_kept("scratch")
    assert [one.number for one in await storage.papers.of_event("scratch")] == [one.number for one in papers]
    assert "Соснина" not in await texts(storage)


async def test_the_same_mistake_is_asked_once_and_decided_once(storage: Storage) -> None:
    _, (paper, other, _) = await papers_of_two(storage)
    first = await told(storage, paper)
    assert first is not None
    assert await told(storage, paper, PARENT) is None
    assert await told(storage, other) is not None
    assert next(one.id for one in await storage.paper_mistakes.waiting("scratch")) == first
    assert await storage.paper_mistakes.count_waiting() == {"scratch": 2}
    assert await storage.paper_mistakes.refuse(first, "так в протоколе", by=ORGANIZER, at=NOON)
    assert not await storage.paper_mistakes.confirm(first, by=ORGANIZER, at=NOON)
    found = await storage.paper_mistakes.get(first)
    assert found is not None
    assert (found.state, found.reason, found.decided_by) == ("refused", "так в протоколе", ORGANIZER)
    again = await told(storage, paper, PARENT)
    assert again is not None
    await storage.paper_mistakes.report(
        paper.id, subject=f"participant:{paper.participant_id}", field="name", was="", wanted="Ветрова Ася", answer={},
        person_id=PARENT, at=NOON,
    )  # fmt: skip
    states = [(one.wanted, one.state) for one in await storage.paper_mistakes.of_paper(paper.id)]
    assert states == [("Ветрова Алла", "refused"), ("Ветрова Алла", "replaced"), ("Ветрова Ася", "asked")]


async def test_a_name_put_right_is_the_same_person_with_the_same_consents(storage: Storage) -> None:
    one = await apply(storage, form(ANYA))
    id_ = one.participants[0].id or 0
    await storage.applications.put_right(id_, FullName("Кострова", "Алла"), ANYA.grade)
    found = await storage.applications.get(one.id)
    assert found is not None
    assert [(person.id, person.name.formal, person.grade) for person in found.participants] == [
        (id_, "Кострова Алла", ANYA.grade)
    ]
