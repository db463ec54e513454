"""What lists that are taken away read, and what a person chose of them."""

from __future__ import annotations

from decimal import Decimal

from storage.exports import Kept
from storage.spans import Span
from storage.storage import Storage
from tests.storage.world import ANYA, BORYA, JUROR, NOON, ORGANIZER, PHONE, TEACHER, apply, form


async def test_columns_and_a_search_are_kept_for_each_person_and_list(storage: Storage) -> None:
    exports = storage.exports
    assert await exports.kept(TEACHER, "people") == Kept()
    await exports.choose(TEACHER, "people", "all")
    await exports.search(TEACHER, "people", "соколов")
    await exports.choose(TEACHER, "people", "print,name")
    assert await exports.kept(TEACHER, "people") == Kept("print,name", "соколов")
    await exports.search(TEACHER, "people", None)
    assert await exports.kept(TEACHER, "people") == Kept("print,name", None)
    assert await exports.kept(TEACHER, "works") == await exports.kept(ORGANIZER, "people") == Kept()


async def test_stretches_hold_each_application_once(storage: Storage) -> None:
    made = [await apply(storage, form(ANYA, BORYA)) for _ in range(5)]
    other = await apply(storage, event_code="webinar")
    await storage.people.set_names({TEACHER: ("Нина", "Орлова")})
    for one in made:
        await storage.works.add_version(one.id, "file", said_at=NOON, received_at=NOON, file_name="a.sb3")
    spans = [Span(0, 2), Span(2, 4), Span(4, 6)]
    contacts = [await storage.exports.contacts("scratch", span) for span in spans]
    works = [await storage.works.of_event("scratch", span) for span in spans]
    assert [sorted(one) for one in contacts] == [sorted(one) for one in works]
    assert [id_ for one in contacts for id_ in sorted(one)] == [one.id for one in made]
    assert contacts[0][made[0].id] == PHONE
    assert other.id not in {id_ for one in contacts for id_ in one}
    assert await storage.exports.page_names("scratch", Span(0, 1)) == {TEACHER: "Нина Орлова"}
    assert await storage.exports.page_names("scratch", Span(5, 9)) == {}
    assert await storage.exports.count_people("scratch") == 10


async def test_a_sheet_has_a_line_a_criterion_and_one_without_points_a_line_too(storage: Storage) -> None:
    scored, begun = await apply(storage), await apply(storage)
    await storage.jury.join(JUROR, "scratch", full_name="Лаптев Егор", organisation_code=None, at=NOON)
    await storage.jury.assign([(scored.id, JUROR), (begun.id, JUROR)], at=NOON)
    sheet = (await storage.jury.assignments("scratch"))[0]
    await storage.jury.score(sheet.id, "idea", Decimal("4.5"), at=NOON)
    await storage.jury.score(sheet.id, "work", Decimal(3), at=NOON)
    lines = await storage.exports.sheets("scratch")
    assert [(one.application_id, one.criterion, one.points) for one in lines] == [
        (scored.id, "idea", Decimal("4.5")),
        (scored.id, "work", Decimal(3)),
        (begun.id, None, None),
    ]
    assert await storage.exports.count_sheets("scratch") == 3


async def test_the_log_of_an_event_is_its_own_with_its_applications_and_what_names_it(storage: Storage) -> None:
    mine, other = await apply(storage), await apply(storage, event_code="webinar")
    for subject, detail in (
        ("event:scratch", {}),
        (f"application:{mine.id}", {}),
        ("person:7", {"event": "scratch"}),
        ("event:webinar", {}),
        (f"application:{other.id}", {}),
        ("person:7", {"event": "scratch-2"}),
        ("event:scratch-2", {}),
    ):
        await storage.audit.add(ORGANIZER, "score", subject, detail, at=NOON)
    found = [one async for one in storage.exports.audit("scratch")]
    assert [(one.seq, one.subject) for one in found] == [
        (1, "event:scratch"), (2, f"application:{mine.id}"), (3, "person:7"),
    ]  # fmt: skip
