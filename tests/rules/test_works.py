"""Files of works, their names and their time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.refusal import Refusal
from bot.contest.text import length
from bot.contest.works import Attachment, Limits, attachment_refusal, handing_in_refusal, in_time, safe_label

SB3 = Limits(kinds=frozenset(("doc", "link")), extensions=frozenset(("sb3",)), max_bytes=1000)
PHOTOS = Limits(kinds=frozenset(("photo",)), max_count=3)
OPENS = datetime(2026, 4, 1, tzinfo=UTC)
CLOSES = datetime(2026, 4, 30, 16, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_what_the_rules_ask_for_is_taken() -> None:
    assert attachment_refusal(Attachment("doc", "Игра.SB3", 1000), SB3) is None
    assert attachment_refusal(Attachment("photo"), PHOTOS, already=2) is None


@pytest.mark.parametrize(
    ("attachment", "refusal"),
    [
        (Attachment("video"), Refusal("work.kind", {"kind": "видео", "allowed": "ссылка, файл"})),
        (Attachment("doc", "a.pdf", 5), Refusal("work.extension", {"extension": ".\u2060pdf", "allowed": ".sb3"})),
        (Attachment("doc", "a", 5), Refusal("work.extension", {"extension": "без расширения", "allowed": ".sb3"})),
        (Attachment("doc", "a.sb3", 0), Refusal("work.empty")),
        (Attachment("doc", "a.sb3", 1001), Refusal("work.too_big", {"size_bytes": 1001, "limit_bytes": 1000})),
    ],
)
def test_b34_b36_what_the_rules_do_not_take_is_refused(attachment: Attachment, refusal: Refusal) -> None:
    answer = attachment_refusal(attachment, SB3)
    assert answer is not None
    assert answer.key == refusal.key
    assert {key: str(value).replace("\u2060", "") for key, value in answer.values.items()} == {
        key: str(value).replace("\u2060", "") for key, value in refusal.values.items()
    }
    assert attachment_refusal(Attachment("doc", "a.sb3", 5), SB3) is None


def test_b34_a_fourth_photo_of_three_is_refused() -> None:
    assert attachment_refusal(Attachment("photo"), PHOTOS, already=3) == Refusal("work.too_many", {"limit": 3})


def test_b35_the_last_extension_is_the_one_that_counts() -> None:
    assert Attachment("doc", "проект.sb3.exe").extension == "exe"
    assert Attachment("doc", "проект.exe\u202e.sb3 ").extension == "sb3"
    assert Attachment("doc", "3bs.\u202esb3").extension == "sb3"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Таблица умножения.sb3", "Таблица умножения.sb3"),
        ("../../x", "x"),
        ("C:\\Windows\\con.txt", "_con.txt"),
        ("CON", "_CON"),
        ("com1.pdf", "_com1.pdf"),
        ("conspect.pdf", "conspect.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a.pdf.exe", "a.pdf.exe"),
        ("a\nb\x00<c>:d|e?.sb3", "a_b_c__d_e_.sb3"),
        ("", "файл"),
        ("..", "файл"),
        (".env", "env"),
    ],
)
def test_b35_a_name_is_only_a_label(name: str, label: str) -> None:
    assert safe_label(name) == label


def test_b35_a_long_name_keeps_its_extension() -> None:
    assert safe_label("а" * 300 + ".sb3") == "а" * 95 + "….sb3"
    assert length(safe_label("👨‍👩‍👧‍👦" * 50)) <= 100


@given(st.text(max_size=200))
def test_b35_no_label_can_leave_its_folder(name: str) -> None:
    label = safe_label(name)
    assert 0 < length(label) <= 100
    assert not set(label) & set('\\/<>:"|?*\n\x00\u202e')
    assert not label.startswith(".")


def test_a_work_is_in_time_by_the_date_of_its_message() -> None:
    tomsk = timezone(timedelta(hours=7))
    assert in_time(datetime(2026, 4, 30, 23, 59, tzinfo=tomsk), CLOSES)
    assert not in_time(CLOSES + SECOND, CLOSES)
    assert in_time(CLOSES + SECOND * 60, CLOSES, grace_s=60)
    assert not in_time(CLOSES + SECOND * 61, CLOSES, grace_s=60)


def test_a_work_needs_a_living_application_and_an_open_intake() -> None:
    def refusal(state: ApplicationState, said_at: datetime) -> Refusal | None:
        return handing_in_refusal(state, said_at=said_at, opens_at=OPENS, closes_at=CLOSES)

    assert refusal(ApplicationState.ACCEPTED, OPENS - SECOND) == Refusal("work.not_open", {"opens_at": OPENS})
    assert refusal(ApplicationState.ACCEPTED, CLOSES + SECOND) == Refusal("work.late", {"closed_at": CLOSES})
    assert refusal(ApplicationState.WITHDRAWN, OPENS) == Refusal("work.not_accepted", {"state": "отозвана"})
    assert refusal(ApplicationState.SENT, OPENS) is None
    assert refusal(ApplicationState.ACCEPTED, CLOSES) is None
