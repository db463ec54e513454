"""Two consents: their texts, and who may give them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.contest.consents import (
    Applicant,
    ConsentKind,
    ConsentText,
    ConsentWay,
    Operator,
    consent_text,
    in_force_since,
    kept_until,
    who_may_consent,
)
from bot.contest.grades import Grade, PreschoolGroup
from bot.contest.refusal import Refusal

SCHOOL = Operator("МАОУ гимназия № 13 г. Томска", "konkurs@example.org", "https://example.org/policy")
UNTIL = date(2027, 8, 31)


def text_of(kind: ConsentKind, operator: Operator = SCHOOL, until: date = UNTIL) -> ConsentText:
    return consent_text(kind, operator, until=until)


@pytest.mark.parametrize("kind", ConsentKind)
def test_the_full_text_says_who_why_what_how_until_when_and_how_to_withdraw(kind: ConsentKind) -> None:
    text = text_of(kind)
    for part in ("Кому. ", "Зачем. ", "Какие данные. ", "Какие действия. ", "На какой срок. ", "Как отозвать. "):
        assert f"\n{part}" in text.full
    for fact in (SCHOOL.name, SCHOOL.contact, SCHOOL.policy_url, "31 августа 2027 года", "152-ФЗ"):
        assert fact in text.full
    assert SCHOOL.name in text.short
    assert f"редакция {text.version} от {text.dated:%d.%m.%Y}" in text.short
    assert "{" not in text.full + text.short


def test_publication_is_asked_for_apart_and_may_be_refused() -> None:
    processing, publication = text_of(ConsentKind.PROCESSING), text_of(ConsentKind.PUBLICATION)
    assert "отказаться без последствий" in publication.short
    assert "не разрешает" in processing.full
    assert "10.1" in publication.full
    assert "10.1" not in processing.full


@pytest.mark.parametrize("kind", ConsentKind)
def test_the_screen_with_buttons_is_short_and_the_full_text_fits_a_message(kind: ConsentKind) -> None:
    assert len(text_of(kind).short) < 500
    assert len(text_of(kind).full) < 3500


def test_the_hash_tells_any_two_texts_apart() -> None:
    texts = [
        text_of(ConsentKind.PROCESSING),
        text_of(ConsentKind.PUBLICATION),
        text_of(ConsentKind.PROCESSING, Operator("МАОУ СОШ № 50", "a@example.org", "https://example.org/p")),
        text_of(ConsentKind.PROCESSING, until=date(2028, 8, 31)),
    ]
    assert len({text.hash for text in texts}) == 4
    assert text_of(ConsentKind.PROCESSING).hash == texts[0].hash


@pytest.mark.parametrize(
    ("kind", "version", "hash_"),
    [
        (ConsentKind.PROCESSING, 1, "3e15cb719258bf49ecc8f4064fee5d853333661700676e2297af6d6abbe0da66"),
        (ConsentKind.PUBLICATION, 1, "2eba77d188eba3d1fa7abfce725f835c7132afa218e3b45c14733e0f8ecf5937"),
        (ConsentKind.PROCESSING, 2, "a11be9ca0694ee8775ee1d48c938594e8e7f32e66b3f02e9c22983b508833bd6"),
        (ConsentKind.PUBLICATION, 2, "eec2e4a7de11cf50f400095607277ce0c95ee551543b3f935ef7f2cc187e72f8"),
    ],
)
def test_a_text_in_use_is_never_changed(kind: ConsentKind, version: int, hash_: str) -> None:
    operator = Operator("МАОУ гимназия № 13 г. Томска", "konkurs@example.ru", "https://example.ru/policy")
    assert consent_text(kind, operator, until=UNTIL, version=version).hash == hash_


def test_b6_braces_in_the_settings_stay_as_they_are() -> None:
    odd = Operator("{operator} %s {0.__class__}", "a@example.org", "https://example.org")
    assert "{operator} %s {0.__class__}" in text_of(ConsentKind.PROCESSING, odd).full


def test_registration_numbers_stand_behind_the_operator() -> None:
    operator = Operator("РЦРО", "a@example.org", "https://example.org", registration="ИНН 7000000000")
    assert "Оператор: РЦРО (ИНН 7000000000)." in text_of(ConsentKind.PUBLICATION, operator).full


def test_a_consent_is_kept_until_august_of_the_next_year() -> None:
    assert kept_until(date(2026, 4, 18)) == UNTIL


@pytest.mark.parametrize("version", [0, 99])
def test_a_version_that_never_was_is_a_mistake_of_the_code(version: int) -> None:
    with pytest.raises(KeyError):
        consent_text(ConsentKind.PROCESSING, SCHOOL, until=UNTIL, version=version)


UNDER_AGE = Refusal("consent.under_age")
OTHERS = Refusal("consent.adult_decides")
PRESCHOOL = Grade(group=PreschoolGroup.OLDER)


@pytest.mark.parametrize(
    ("applicant", "adult", "age", "grade", "way"),
    [
        (Applicant.SELF, False, 13, None, UNDER_AGE),
        (Applicant.SELF, False, 14, None, ConsentWay.PUPIL),
        (Applicant.SELF, False, 17, Grade(11), ConsentWay.PUPIL),
        (Applicant.SELF, False, 18, Grade(11), ConsentWay.ADULT),
        (Applicant.SELF, False, 13, Grade(8), UNDER_AGE),
        (Applicant.SELF, False, None, Grade(6), UNDER_AGE),
        (Applicant.SELF, False, None, Grade(7), ConsentWay.PUPIL),
        (Applicant.SELF, False, None, PRESCHOOL, UNDER_AGE),
        (Applicant.SELF, False, None, None, Refusal("consent.age_needed")),
        (Applicant.SELF, True, None, None, ConsentWay.ADULT),
        (Applicant.PARENT, False, 5, PRESCHOOL, ConsentWay.PARENT),
        (Applicant.PARENT, False, None, Grade(3), ConsentWay.PARENT),
        (Applicant.PARENT, False, 18, Grade(11), OTHERS),
        (Applicant.PARENT, True, None, None, OTHERS),
        (Applicant.TEACHER, False, None, Grade(3), ConsentWay.PAPER_AT_SCHOOL),
        (Applicant.TEACHER, False, 16, Grade(10), ConsentWay.PAPER_AT_SCHOOL),
        (Applicant.TEACHER, True, None, None, OTHERS),
    ],
)
def test_b12_b44_who_consents_follows_from_who_applies_for_whom(
    applicant: Applicant, adult: bool, age: int | None, grade: Grade | None, way: ConsentWay | Refusal
) -> None:
    assert who_may_consent(applicant, adult=adult, age=age, grade=grade) == way


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 1, 1), date(2025, 1, 1)),
        (date(2026, 8, 31), date(2025, 1, 1)),
        (date(2026, 9, 1), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2026, 1, 1)),
    ],
)
def test_the_first_day_whose_consents_are_still_in_force(today: date, since: date) -> None:
    assert in_force_since(today) == since
    assert kept_until(since - timedelta(days=1)) < today <= kept_until(since)
