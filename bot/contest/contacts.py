"""Reading a phone number and an e-mail address. Neither is ever shown to the jury.

Refusal keys: `phone.expected`, `phone.invalid`, `phone.foreign`, `email.expected`, `email.cyrillic`,
`email.spaces`, and `text.too_long`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import OSA

from bot.contest.refusal import Refusal
from bot.contest.text import clean, too_long

PHONE_LIMIT = 40
#: RFC 5321: a longer address can't be written to.
EMAIL_LIMIT = 254

_PHONE_LABEL = re.compile(r"^(?:тел(?:ефон)?|моб)?[.:\s]*", re.IGNORECASE)
_PHONE = re.compile(r"\+?[0-9()\s\-‐‑–—.]+")
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_REGIONS = ("RU", "KZ")

_POPULAR = ("mail.ru", "gmail.com", "yandex.ru", "inbox.ru", "rambler.ru", "icloud.com", "outlook.com", "hotmail.com")
# One letter away from a popular one, and yet real.
_REAL = frozenset(("email.ru", "ymail.com", "mail.com", "gmail.ru", "mail.kz", "mail.by", "yandex.kz", "yandex.by"))


@dataclass(frozen=True, slots=True)
class Misspelt:
    """An address that is probably a slip of the finger: the person chooses which one is meant."""

    email: str
    #: The same with the popular domain that was probably meant.
    suggestion: str


def read_phone(text: str) -> str | Refusal:
    """A Russian or Kazakh number as E.164, «+79131234567», from the ways in which people write it."""
    text = clean(text).strip()
    if refusal := too_long(text, PHONE_LIMIT):
        return refusal
    typed = _PHONE_LABEL.sub("", text)
    if not _PHONE.fullmatch(typed) or not any(char.isdigit() for char in typed):
        return Refusal("phone.expected")
    try:
        parsed = phonenumbers.parse(typed, "RU")
    except phonenumbers.NumberParseException:
        return Refusal("phone.expected")
    if not phonenumbers.is_valid_number(parsed):
        return Refusal("phone.invalid")
    if phonenumbers.region_code_for_number(parsed) not in _REGIONS:
        return Refusal("phone.foreign")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def read_email(text: str) -> str | Misspelt | Refusal:
    """An address in its normal form; the domain is not asked whether it exists.

    A line break or a space inside is refused, so that nothing typed can become a header of a letter.
    """
    text = clean(text).strip()
    if refusal := too_long(text, EMAIL_LIMIT) or _email_refusal(text):
        return refusal
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return Refusal("email.expected")
    suggested = _meant(found.domain.lower())
    if suggested is None:
        return found.normalized
    return Misspelt(found.normalized, f"{found.local_part}@{suggested}")


def _email_refusal(text: str) -> Refusal | None:
    local, at, _ = text.partition("@")
    if not at:
        return Refusal("email.expected")
    if any(char.isspace() for char in text):
        return Refusal("email.spaces")
    return Refusal("email.cyrillic") if _CYRILLIC.search(local) else None


def _meant(domain: str) -> str | None:
    """The popular domain that is one slip away from `domain`, unless `domain` itself is a known one."""
    if domain in _POPULAR or domain in _REAL:
        return None
    return next((known for known in _POPULAR if OSA.distance(domain, known, score_cutoff=1) == 1), None)
