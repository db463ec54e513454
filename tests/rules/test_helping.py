"""When organizers answer, words that can't wait, ready answers, questions without names."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.event.moments import TOMSK
from bot.contest.helping.alarm import Alarm, alarm
from bot.contest.helping.hours import PATIENCE, answered_on, is_to_pass_on, is_to_remind
from bot.contest.helping.inquiry import MOST_OPEN, answer_refusal, is_named, question_refusal
from bot.contest.helping.ready import TITLE_LIMIT, missing, presets, text_refusal, title_refusal

MOMENTS = st.integers(0, 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=TOMSK) + timedelta(minutes=minutes)
)


def tomsk(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOMSK)


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("2026-04-16T10:00", date(2026, 4, 16)),
        ("2026-04-16T17:59", date(2026, 4, 16)),
        ("2026-04-16T18:00", date(2026, 4, 17)),
        ("2026-04-16T03:00", date(2026, 4, 16)),
        ("2026-04-17T18:00", date(2026, 4, 20)),
        ("2026-04-18T12:00", date(2026, 4, 20)),
        ("2026-04-19T23:59", date(2026, 4, 20)),
    ],
)
def test_an_answer_is_promised_for_a_working_day(asked: str, day: date) -> None:
    assert answered_on(tomsk(asked), TOMSK) == day


@given(MOMENTS)
def test_the_promised_day_is_never_a_weekend_nor_over(asked: datetime) -> None:
    day = answered_on(asked, TOMSK)
    assert day.weekday() < 5
    assert 0 <= (day - asked.date()).days <= 3


@pytest.mark.parametrize(
    ("asked", "now", "due"),
    [
        ("2026-04-16T10:00", "2026-04-16T13:59", False),
        ("2026-04-16T10:00", "2026-04-16T14:00", True),
        ("2026-04-16T18:00", "2026-04-16T22:00", False),
        ("2026-04-16T18:00", "2026-04-17T08:59", False),
        ("2026-04-16T18:00", "2026-04-17T09:00", True),
        ("2026-04-16T16:00", "2026-04-16T20:59", True),
        ("2026-04-16T16:00", "2026-04-16T21:00", False),
    ],
)
def test_organizers_are_reminded_after_hours_while_they_are_awake(asked: str, now: str, due: bool) -> None:
    assert is_to_remind(tomsk(asked), tomsk(now), TOMSK) is due


@given(MOMENTS)
def test_whoever_waits_is_remembered_within_a_day(asked: datetime) -> None:
    hours = [asked + timedelta(hours=hour) for hour in range(28)]
    assert any(is_to_remind(asked, at, TOMSK) for at in hours)
    assert not any(is_to_remind(asked, at, TOMSK) for at in hours if at - asked < PATIENCE)


@pytest.mark.parametrize(("first_s", "last_s", "goes_on"), [(0, 0, False), (7, 7, False), (20, 7, False), (9, 8, True),
                                                            (60, 0, True), (61, 3, True)])  # fmt: skip
def test_words_go_on_together_after_a_pause(first_s: int, last_s: int, goes_on: bool) -> None:
    now = tomsk("2026-04-16T10:00")
    assert is_to_pass_on(now - timedelta(seconds=first_s), now - timedelta(seconds=last_s), now) is goes_on


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Я больше не хочу жить!", Alarm.DESPAIR),
        ("НЕ ХОЧУ  ЖИТЬ", Alarm.DESPAIR),
        ("лучше бы я умер", Alarm.DESPAIR),
        ("думаю о самоубийстве", Alarm.DESPAIR),
        ("порежу себе вены", Alarm.DESPAIR),
        ("Зарежу тебя", Alarm.THREAT),
        ("я вас всех убью", Alarm.THREAT),
        ("взорву школу", Alarm.THREAT),
        ("завтра принесу в школу нож", Alarm.THREAT),
        ("как сдать работу?", None),
        ("мой герой убивает время", None),
        ("не хочу жить в общежитии и сдавать завтра", Alarm.DESPAIR),
        ("жить хорошо", None),
        ("", None),
    ],
)
def test_b45_words_of_despair_and_threats_are_noticed(text: str, kind: Alarm | None) -> None:
    assert alarm(text) is kind


@given(st.text(max_size=200))
def test_b45_any_text_is_read(text: str) -> None:
    assert alarm(text) in (*Alarm, None)


def test_five_ready_answers_ship_with_the_bot() -> None:
    assert len(presets()) == 5
    assert len({one.title for one in presets()}) == 5
    assert presets()[0].title == "Ссылка закрыта"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{имя}, ждём {срок}", None),
        (" ", "ready.text_expected"),
        ("{когда}", "ready.unknown"),
        ("{номер}", "ready.unknown"),
        ("x" * 1501, "text.too_long"),
        ("скобка { одна", None),
    ],
)
def test_a_ready_answer_is_checked(text: str, key: str | None) -> None:
    refusal = text_refusal(text)
    assert (refusal.key if refusal else None) == key


def test_a_title_fits_a_button_and_what_can_not_be_filled_is_told() -> None:
    assert title_refusal("x" * TITLE_LIMIT) is None
    assert title_refusal("x" * (TITLE_LIMIT + 1)) is not None
    assert missing("{имя} {название} {срок}", {"срок": "завтра"}) == ("{название}",)
    assert missing("{имя}", {}) == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Почему герой не прыгает?", None),
        ("Сколько будет 1234567 + 1?", None),
        ("", "inquiry.empty"),
        ("пишите на egor@mail.example", "inquiry.contacts"),
        ("vk.com/egor", "inquiry.contacts"),
        ("я [id12345|тут]", "inquiry.contacts"),
        ("https://disk.example/x", "inquiry.contacts"),
        ("8 (913) 123-45-67 звоните", "inquiry.contacts"),
        ("напишите мне в телеграм", "inquiry.contacts"),
        ("это Лаптев спрашивает", "inquiry.names"),
        ("от Лаптева", "inquiry.names"),
    ],
)
def test_a_question_has_no_names_and_no_contacts(text: str, key: str | None) -> None:
    refusal = question_refusal(text, own_names=["Лаптев Егор Ильич"], waiting=0)
    assert (refusal.key if refusal else None) == key


def test_three_questions_may_wait() -> None:
    assert question_refusal("Почему?", own_names=[], waiting=MOST_OPEN - 1) is None
    refusal = question_refusal("Почему?", own_names=[], waiting=MOST_OPEN)
    assert refusal is not None
    assert refusal.key == "inquiry.many"


@pytest.mark.parametrize(
    ("text", "found"),
    [("Соколова Вера", True), ("для Соколовой", True), ("соколиный глаз", False), ("Ким", False), ("", False)],
)
def test_a_surname_is_found_however_it_is_declined(text: str, found: bool) -> None:
    assert is_named(text, ["Соколова Вера", "Ким Анна", ""]) is found
    assert (answer_refusal(text, names=["Соколова Вера"], blind=True) is not None) is found
    assert answer_refusal(text, names=["Соколова Вера"], blind=False) is None
