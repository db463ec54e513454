"""Phones and addresses of mail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.contacts import Misspelt, read_email, read_phone
from bot.contest.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("89131234567", "+79131234567"),
        ("+7 (913) 123-45-67", "+79131234567"),
        ("9131234567", "+79131234567"),
        ("тел. 8-913-123-45-67", "+79131234567"),
        ("8 701 234 56 78", "+77012345678"),
        ("+77012345678", "+77012345678"),
        ("8 (3822) 51-23-45", "+73822512345"),
    ],
)
def test_a_russian_or_kazakh_number_is_read(typed: str, phone: str) -> None:
    assert read_phone(typed) == phone
    assert read_phone(phone) == phone


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "phone.expected"),
        ("завтра", "phone.expected"),
        ("()", "phone.expected"),
        ("1", "phone.expected"),
        ("8913123456a", "phone.expected"),
        ("8-913-123-45-67 доб. 5", "phone.expected"),
        ("89131234567\r\nBcc: x", "phone.expected"),
        ("123", "phone.invalid"),
        ("8913123456", "phone.invalid"),
        ("+1 415 555 26 71", "phone.foreign"),
        ("8" * 60, "text.too_long"),
    ],
)
def test_b13_junk_is_no_phone(typed: str, key: str) -> None:
    refusal = read_phone(typed)
    assert isinstance(refusal, Refusal)
    assert refusal.key == key


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        (" vera@mail.ru ", "vera@mail.ru"),
        ("Vera@Mail.RU", "Vera@mail.ru"),
        ("vera@ya.ru", "vera@ya.ru"),
        ("vera@почта.рф", "vera@почта.рф"),
        ("vera@gymn13.tomsk.ru", "vera@gymn13.tomsk.ru"),
    ],
)
def test_an_address_is_read(typed: str, email: str) -> None:
    assert read_email(typed) == email


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("vera@mail.ry", "vera@mail.ru"), ("vera@gmail.con", "vera@gmail.com"), ("vera@gmial.com", "vera@gmail.com")],
)
def test_a_slip_of_the_finger_is_asked_about(typed: str, meant: str) -> None:
    assert read_email(typed) == Misspelt(typed, meant)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "email.expected"),
        ("vera", "email.expected"),
        ("vera@mail", "email.expected"),
        ("v..a@mail.ru", "email.expected"),
        ("Вера <vera@mail.ru>", "email.spaces"),
        ("vera@mail.ru\r\nBcc: all@mail.ru", "email.spaces"),
        ("vera@mail.ru\nBcc:all@mail.ru", "email.spaces"),
        ("вера@mail.ru", "email.cyrillic"),
        ("véra@mail.ru", "email.expected"),
        ("a" * 300 + "@mail.ru", "text.too_long"),
    ],
)
def test_b13_junk_and_an_injected_header_are_no_address(typed: str, key: str) -> None:
    refusal = read_email(typed)
    assert isinstance(refusal, Refusal)
    assert refusal.key == key


@given(st.text(max_size=60))
def test_b13_whatever_is_read_fits_on_one_line(text: str) -> None:
    for value in (read_email(text + "@mail.ru"), read_phone(text)):
        if isinstance(value, str):
            assert len(value.split()) == 1
