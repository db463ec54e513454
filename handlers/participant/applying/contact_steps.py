"""How organizers reach the applicant: never shown to the jury."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.contest.contacts import EMAIL_LIMIT, PHONE_LIMIT, Misspelt, read_email, read_phone
from bot.contest.event import Event
from bot.contest.event.fields import Need
from bot.contest.refusal import Refusal
from bot.talk.model import Option, Step, without
from bot.talk.position import Answers
from handlers.kinds import Case
from handlers.participant.applying.own_values import says_no
from handlers.participant.wording import refused
from storage.application_rows import Contact

STEPS = ("contact", "phone", "email")
_APART = re.compile(r"[\s,;]+")


def contact_steps(event: Event) -> list[Step]:
    """One question where both ways are free to give, a question each where one of them is needed."""
    phone, email = event.common_fields.phone, event.common_fields.email
    if phone is Need.OPTIONAL and email is Need.OPTIONAL:
        steps = [_step("contact", Need.OPTIONAL, EMAIL_LIMIT + PHONE_LIMIT)]
    else:
        asked = (("phone", phone, PHONE_LIMIT), ("email", email, EMAIL_LIMIT))
        steps = [_step(name, need, limit) for name, need, limit in asked if need is not Need.HIDDEN]
    return [found for step in steps for found in (step, _email_check(step.name))]


def read_contact(answers: Answers) -> Contact:
    """What was given."""
    given: dict[str, str] = {}
    for name in STEPS:
        given |= {key: value for key, value in (answers.get(name) or {}).items() if key in ("phone", "email") and value}
    return Contact(given.get("phone"), given.get("email"))


def contact_answers(event: Event, contact: Contact) -> dict[str, Mapping[str, str]]:
    """The answers that give this contact again."""
    phone = {"phone": contact.phone} if contact.phone else {}
    email = {"email": contact.email} if contact.email else {}
    names = [step.name for step in contact_steps(event)]
    given = {"contact": phone | email, "phone": phone, "email": email}
    return {name: value for name, value in given.items() if name in names}


def _step(name: str, need: Need, limit: int) -> Step:
    async def parse(case: Case, _answers: Answers, text: str) -> object:
        if need is Need.OPTIONAL and says_no(text):
            return {}
        if name == "contact" and "@" in text:
            return _both(case, text)
        if name == "email":
            return _email(case, text)
        found = read_phone(text)
        if isinstance(found, Refusal):
            return Refusal("contact_expected") if name == "contact" and not _digits(text) else refused(case, found)
        return {"phone": found}

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        known = await _earlier(case)
        offered = {"contact": (known.phone, known.email), "phone": (known.phone,), "email": (known.email,)}[name]
        first = [Option(value, {"email" if "@" in value else "phone": value}) for value in offered if value]
        return [*first, *([Option(case.say("button.skip"), {})] if need is Need.OPTIONAL else [])]

    return Step(name, parse=parse, options=options, text=f"apply.{name}", limit=limit)


def _both(case: Case, text: str) -> dict[str, str] | Refusal:
    """An address, and a number if one stands beside it: «8 913 123-45-67, nina@mail.ru»."""
    address = next(word for word in _APART.split(text) if "@" in word)
    rest = text.replace(address, " ").strip(" ,;/\n")
    if not _digits(rest):
        return _email(case, text if rest else address)
    phone, email = read_phone(rest), _email(case, address)
    if isinstance(phone, Refusal):
        return refused(case, phone)
    return email if isinstance(email, Refusal) else {"phone": phone, **email}


def _email(case: Case, text: str) -> dict[str, str] | Refusal:
    match read_email(text):
        case Refusal() as refusal:
            return refused(case, refusal)
        case Misspelt(email, suggestion):
            return {"email": email, "meant": suggestion}
        case str(email):
            return {"email": email}


def _email_check(name: str) -> Step:
    """A slip of the finger is shown, and which one is meant is the person's to say."""

    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        given = answers[name]
        return [
            Option(given["meant"], given["meant"], "positive"),
            Option(case.say("button.keep_email"), given["email"]),
        ]

    async def accept(_case: Case, answers: Answers, value: str) -> Answers:
        return {**answers, name: {**without(answers[name], "meant"), "email": value}}

    async def values(_case: Case, answers: Answers) -> dict[str, object]:
        return dict(answers[name])

    return Step(
        f"{name}_check",
        options=options,
        accept=accept,
        values=values,
        when=lambda answers: bool((answers.get(name) or {}).get("meant")),
        counted=False,
        text="apply.email_check",
    )


async def _earlier(case: Case) -> Contact:
    """What the same person gave last."""
    for application in reversed(await case.storage.applications.of_person(case.person.id)):
        contact = await case.storage.applications.contact(application.id)
        if contact is not None and (contact.phone or contact.email):
            return contact
    return Contact()


def _digits(text: str) -> bool:
    return any(char.isdigit() for char in text)
