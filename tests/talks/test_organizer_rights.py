"""Who may not: every route of the organizer's side, as everybody who has no business there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.contest.applications import ApplicationState
from bot.contest.deadlines import Longer
from bot.contest.papers.content import PaperContent, PaperKind, Planned
from bot.contest.papers.correcting import Wrong
from bot.talk.seal import Seal
from handlers.organizer import parts
from storage.application_rows import Application
from storage.paper_rows import Series
from storage.storage import Storage
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import JUDGING, Scene, scene
from tests.talks.scenes import WEBINAR, load_event

NOT_AVAILABLE = "Это действие вам недоступно."
#: What no refused act may change.
TABLES = (
    "event", "application", "participant", "contact", "consent", "work_version", "juror", "assignment", "score",
    "outcome", "announcement", "role", "invitation", "audit", "draft",
    "personal_deadline", "seat", "attendance", "meeting_word",
    "stage_standing", "stage_protocol", "stage_area", "trial_result", "attempt",
    "paper", "paper_version", "paper_mistake", "paper_run", "design", "protocol", "protocol_word", "protocol_signers",
    "report_text", "report_figure", "export_choice", "help_call", "help_word", "ready_answer", "nudge_setting",
)  # fmt: skip


@dataclass
class Things:
    """What the buttons of a case name."""

    code: str
    waiting: Application
    accepted: Application
    juror: Person
    organizer: Person
    applicant: Person
    #: A longer deadline that was given.
    longer: int = 0
    #: A mistake that was reported in a paper.
    mistake: int = 0
    #: The applicant's question to a human.
    call: int = 0
    #: An announcement that is being written.
    announcement: int = 0
    #: The year that the event is counted in.
    year: str = ""


Case = Callable[[Things], str]


def _event(more: str = "") -> Case:
    return lambda things: f"{things.code}{more}"


def _waiting(things: Things) -> str:
    return f"{things.waiting.id}/{things.waiting.revision}"


def _accepted(things: Things) -> str:
    return f"{things.accepted.id}/{things.accepted.revision}"


def _announcement(more: str = "") -> Case:
    return lambda things: f"{things.announcement}{more}"


def _mistake(things: Things) -> str:
    return str(things.mistake)


def _call(more: str = "") -> Case:
    return lambda things: f"{things.call}{more}"


def _year(more: str = "") -> Case:
    return lambda things: f"{things.year}{more}"


def _year_of_school(things: Things) -> str:
    return f"school-47-tomsk/{things.year}"


#: A button for each route: one that would do something for an organizer of the event (or an administrator).
CASES: Mapping[str, Case] = {
    "desk_event": _event(),
    "apps": _event("/all"),
    "apps_typed": _event(),
    "apps_filter": _event(),
    "moderate": lambda things: str(things.waiting.id),
    "consent_scans": lambda things: str(things.waiting.id),
    "next_app": _event("/0"),
    "accept": _waiting,
    "ask_changes": _waiting,
    "reject": _waiting,
    "drop_out": _accepted,
    "disqualify": _accepted,
    "settle_school": _waiting,
    "extend": _event(),
    "jurors": _event(),
    "juror": lambda things: f"{things.code}/{things.juror.id}",
    "jury_invite": _event(),
    "revoke": lambda things: f"{things.code}/{things.juror.id}",
    "revoke_sure": lambda things: f"{things.code}/{things.juror.id}",
    "assign": _event(),
    "assign_yes": _event("/1"),
    "ranking": _event(),
    "take": _event(),
    "award": _event(),
    "tie": _event(),
    "special": _event(),
    "name_special": _event(),
    "drop_special": lambda things: f"{things.code}/{things.accepted.id}/0",
    "approve": _event(),
    "approve_yes": _event(),
    "protocols": _event(),
    "protocol": _event("/0"),
    "protocol_jurors": _event("/0"),
    "protocol_file": _event("/0/summary/pdf"),
    "protocol_correct": _event(),
    "protocol_signers": _event(),
    "publish": _event(),
    "letters": _event(),
    "publish_yes": _event(),
    "wall": _event(),
    "announce": _event(),
    "announcements": _event(),
    "announcement": _announcement(),
    "announcement_as_is": _announcement("/1"),
    "announcement_text": _announcement(),
    "announcement_same": _announcement(),
    "announcement_mine": _announcement("/1"),
    "announcement_drop": _announcement("/1"),
    "announcement_whom": _announcement(),
    "announcement_narrow": _announcement("/1/nomination"),
    "announcement_clear": _announcement("/1"),
    "announcement_other": _announcement("/1"),
    "announcement_send": _announcement("/1/1"),
    "announcement_now": _announcement(),
    "announcement_when": _announcement("/1"),
    "announcement_cancel": _announcement(),
    "announcement_pause": _announcement(),
    "announcement_resume": _announcement(),
    "announcement_stop": _announcement(),
    "announcement_stop_sure": _announcement(),
    "announcement_recall": _announcement(),
    "announcement_recall_sure": _announcement(),
    "announcement_report": _announcement(),
    "announcement_xlsx": _announcement(),
    "thought.announcement": lambda _: "",
    "thought.announcement_report": lambda _: "",
    "roles": lambda _: "",
    "role_grant": lambda _: "",
    "role_revoke": lambda things: f"{things.organizer.id}/{things.code}",
    "role_revoke_sure": lambda things: f"{things.organizer.id}/{things.code}",
    "desk_more": _event(),
    "longer": _event(),
    "longer_give": _event(),
    "longer_for": lambda things: str(things.accepted.id),
    "longer_revoke": lambda things: str(things.longer),
    "longer_revoke_sure": lambda things: str(things.longer),
    "seats": _event(),
    "seat_offer": lambda things: str(things.waiting.id),
    "came": _event(),
    "came_mark": lambda things: str(things.accepted.id),
    "came_paste": _event(),
    "came_word": _event(),
    "copy": _event(),
    "stages": _event(),
    "stage": _event("/0"),
    "stage_hosts": _event("/0"),
    "stage_invite": _event("/0"),
    "stage_area": _event("/0"),
    "stage_fix": _event("/0"),
    "host_revoke": lambda things: f"{things.code}/0/{things.juror.id}/school-47-tomsk",
    "answers": _event("/0"),
    "answer_mark": _event("/0/1/0/1"),
    "release_person": lambda things: str(things.applicant.id),
    "question": _call(),
    "help_answer": _call("/0"),
    "help_take": _call("/0"),
    "help_pass": _call(),
    "help_pass_to": _call("/-"),
    "help_close": _call(),
    "help_ready": _call("/0"),
    "help_ready_one": _call("/0/looking"),
    "help_ready_send": _call("/0/looking"),
    "help_ready_edit": _call("/0/looking"),
    "questions": lambda _: "",
    "ready": lambda _: "",
    "ready_one": lambda _: "looking",
    "ready_add": lambda _: "",
    "ready_change": lambda _: "looking",
    "ready_drop": lambda _: "looking",
    "ready_drop_sure": lambda _: "looking",
    "charts": _event("/days"),
    "charts_compare": _event(),
    "thought.charts": lambda _: "",
    "exports": _event(),
    "export": lambda things: f"-/{things.code}/applications/all",
    "export_set": lambda things: f"all/{things.code}/applications/all",
    "export_cols": lambda things: f"0/{things.code}/people/all",
    "export_col": lambda things: f"1/{things.code}/scores/",
    "export_rows": lambda things: f"-/{things.code}/works/all",
    "export_make": lambda things: f"xlsx/{things.code}/audit/",
    "export_sure": lambda things: f"csv/{things.code}/consents/all",
    "thought.export": lambda _: "",
    "nudges": _event(),
    "nudge": _event("/draft"),
    "nudge_switch": _event("/draft/off"),
    "nudge_change": _event("/draft"),
    "nudge_restore": _event("/draft"),
    "nudge_show": _event("/draft"),
    "thought.nudges": lambda _: "",
    "paperwork": _event(),
    "paper_mistakes": _event(),
    "paper_mistake": _mistake,
    "mistake_yes": _mistake,
    "mistake_no": _mistake,
    "report": _year(),
    "report_again": _year("/year"),
    "report_warnings": _year(),
    "report_never": _year(),
    "report_rules": _year(),
    "report_rule": _year("/unique"),
    "report_rule_yes": _year("/unique"),
    "report_docx": _year(),
    "report_xlsx": _year(),
    "report_file": _year("/named"),
    "report_words": _year(),
    "report_section": _year("/council"),
    "report_write": _year("/council"),
    "report_clear": _year("/council"),
    "report_restore": _year("/council/1"),
    "report_before": _year(),
    "report_type": _year(),
    "thought.report": lambda _: "",
    "school_year": lambda _: "",
    "school_year_of": _year_of_school,
    "school_year_file": lambda things: f"docx/{_year_of_school(things)}",
    "thought.school_year": lambda _: "",
}
#: Open to whoever organizes anything; tested apart.
OWN_DESK = {"desk", "desk_typed", "mistakes_desk"}
#: For organizers whatever the event; whose names they see of it is tested apart.
ANY_ORGANIZER = {
    "questions", "ready", "ready_one", "ready_add", "school_year", "school_year_of", "school_year_file",
}  # fmt: skip


async def presses_sealed(scene: Scene, person: Person, go: str) -> None:
    """Press a button that the bot itself made for this person at some time: the seal is right."""
    async with scene.storage() as storage:
        seal = Seal(await storage.settings.seal_key())
    await person.writes("кнопка", payload={"g": go, "k": seal.of(person.id, go)})


async def snapshot(scene: Scene) -> dict[str, list[tuple[object, ...]]]:
    """Everything that matters, as it stands."""
    assert scene.chat.app is not None
    async with scene.chat.app.database.transaction() as connection:
        return {
            table: [tuple(row) for row in await connection.execute_fetchall(f"select * from {table}")]  # noqa: S608
            for table in TABLES
        }


async def _things(chat: Chat) -> tuple[Scene, Things]:
    made = await scene(chat, days=JUDGING)
    applicant = await made.person("Нина", "Орлова")
    accepted = await made.applies(applicant, "Ветрова Анна")
    waiting = await made.applies(
        applicant, "Соколова Вера", state=ApplicationState.SENT, organisation=(None, "Школа у моря")
    )
    await made.hands_in(accepted)
    juror = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    async with made.storage() as storage:
        more = Longer(made.event.closes_at + timedelta(days=1), applicant.id)
        longer = await storage.deadlines.give(
            made.event.code, more, reason="Болезнь", by=made.organizer.id, at=chat.clock()
        )
        mistake = await _reported(storage, made, accepted, chat.clock())
        (year,) = await storage.reports.years()
        announcement = await storage.announcements.draft(
            event_code=made.event.code, author_id=made.organizer.id, text="Завтра",
            audience={"key": "applicants", "events": [made.event.code]}, at=chat.clock(),
        )  # fmt: skip
        call = await storage.help_calls.open(
            applicant.id, events=f"|{made.event.code}|", event_code=made.event.code, step="", failed_at=None,
            at=chat.clock(), silent=False,
        )  # fmt: skip
        assert call is not None
    things = Things(
        made.event.code, waiting, accepted, juror, made.organizer, applicant, longer, mistake or 0, call.id,
        announcement=announcement.id, year=year,
    )  # fmt: skip
    return made, things


async def _reported(storage: Storage, made: Scene, application: Application, now: datetime) -> int | None:
    """A paper of this application, in which somebody has found a mistake; its id."""
    content = PaperContent(
        kind=PaperKind.CERTIFICATE, programme="Программа", event=made.event.title, title="Сертификат",
        lead="подтверждает", name="Ветрова Анна",
    )  # fmt: skip
    planned = Planned(
        key="certificate", kind=content.kind, application_id=application.id, participant_id=None,
        person_id=application.person_id, content=content,
    )  # fmt: skip
    series = Series("ОЧК", made.event.year, "У9")
    paper = await storage.papers.issue(planned, made.event.code, series=series, by=made.organizer.id, at=now)
    return await storage.paper_mistakes.report(
        paper.id, subject="name", field=Wrong.NAME, was="Ветрова Анна", wanted="Ветрова Анна Ильинична",
        answer="Ветрова Анна Ильинична", person_id=application.person_id, at=now,
    )  # fmt: skip


def test_every_route_has_a_case() -> None:
    assert set(CASES) | OWN_DESK == set(parts.PARTS.routes)


@pytest.mark.parametrize("who", ["applicant", "juror", "stranger", "organizer of another event"])
async def test_nobody_else_can_do_anything(chat: Chat, who: str) -> None:
    made, things = await _things(chat)
    match who:
        case "applicant":
            person = things.applicant
        case "juror":
            person = things.juror
        case _:
            person = await made.person("Пётр", "Чужаков")
    if who == "organizer of another event":
        await made.organizes(person, await load_event(chat, WEBINAR))
    before = await snapshot(made)
    tried = set(CASES) - (ANY_ORGANIZER if who == "organizer of another event" else set())
    for route, argument in ((one, CASES[one]) for one in CASES if one in tried):
        await presses_sealed(made, person, f"{route}:{argument(things)}")
        assert [message.text for message in person.new] == [NOT_AVAILABLE], route
    assert await snapshot(made) == before

    await presses_sealed(made, person, "mistakes_desk:")
    person.sees_in("Сообщений об ошибках")
    await presses_sealed(made, person, "desk:")
    assert things.accepted.number not in person.last.text
    assert "Создавай со Scratch" not in person.last.text


async def test_what_is_absent_is_answered_like_what_is_somebody_elses(chat: Chat) -> None:
    made, _ = await _things(chat)
    for go in ("moderate:999999", "moderate:abc", "moderate:", "desk_event:no-such-event", "ranking:", "accept:1e3/1"):
        await presses_sealed(made, made.organizer, go)
        made.organizer.sees(NOT_AVAILABLE)


async def test_roles_are_for_administrators_only(chat: Chat) -> None:
    made, things = await _things(chat)
    before = await snapshot(made)
    of_roles = [f"{one}:{CASES[one](things)}" for one in ("roles", "role_grant", "role_revoke", "role_revoke_sure")]
    for go in (*of_roles, "announce:-", "announcements:-"):
        await presses_sealed(made, made.organizer, go)
        made.organizer.sees(NOT_AVAILABLE)
    assert await snapshot(made) == before


async def test_a_role_that_is_taken_ends_an_open_question_too(chat: Chat) -> None:
    made, _ = await _things(chat)
    await made.opens("Продлить приём")
    await made.organizer.writes("завтра")
    assert "Новый срок" in made.organizer.last.text
    async with made.storage() as storage:
        for role in await storage.roles.of_person(made.organizer.id):
            await storage.roles.revoke(made.organizer.id, role.kind, role.event)
    before = await snapshot(made)
    await made.organizer.presses("Продлить")
    made.organizer.sees(NOT_AVAILABLE)
    after = await snapshot(made)
    assert after["event"] == before["event"]
    assert after["audit"] == before["audit"]


async def test_a_forged_button_does_nothing_and_is_noted(chat: Chat) -> None:
    """docs/faults.md B17, B18: whose button it is says the seal, what it may do says the database."""
    made, things = await _things(chat)
    pupil = await made.person("Пётр", "Чужаков")
    go = f"accept:{things.waiting.id}/{things.waiting.revision}"
    await pupil.writes("Принять", payload={"g": go, "k": "AAAAAAAAAAAAAAAAAAAAAA"})
    pupil.sees(NOT_AVAILABLE)
    assert (await made.application(things.waiting.id)).state is ApplicationState.SENT
    async with made.storage() as storage:
        assert await storage.incidents.count_since(pupil.id, "forged_payload", made.event.opens_at) == 1
