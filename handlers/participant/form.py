"""From a draft's answers to the form that is kept, and back for editing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.contest.applications import duplicate_key
from bot.contest.event import Event
from bot.contest.event.fields import AskedOf
from bot.talk.model import Button
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Desk
from handlers.participant import own_steps, units
from handlers.participant.contact_steps import contact_answers, read_contact
from handlers.participant.filled import Filled, keep_grade, keep_name, nth
from handlers.participant.people_steps import full_names
from handlers.participant.roles import role_of
from storage.application_rows import Application, Contact, Form, Participant

#: Common fields that are kept among an application's own answers.
COMMON = ("_position", "_subject", "_age", "_birth_date", "_gender")


def form_of(event: Event, answers: Answers, kept: Mapping[str, object] | None = None) -> Form:
    """The form of complete answers. `kept`: own answers of before, of which those about the work stay."""
    filled = Filled(event, answers)
    role, category = filled.role, filled.category
    if role is None or category is None:
        raise ValueError("the application is not complete")
    people = [Participant(name, None if filled.adult else grade) for name, grade in full_names(event, answers)]
    school = answers["school"]
    return Form(
        applicant_role=role.applicant,
        category=category.value,
        nomination=filled.nomination.code if filled.nomination else None,
        age_group=filled.age_group.code if filled.age_group else None,
        organisation_code=school["code"],
        organisation_name=school["name"],
        supervisor=", ".join(answers.get("supervisor") or ()) or None,
        answers={**_about_work(event, kept or {}), **_own(event, filled)},
        duplicate_key=duplicate_key(people[0].name, school["code"] or school["name"].casefold(), event.code),
        participants=tuple(people),
    )


def contact_of(answers: Answers) -> Contact:
    """How to reach the applicant."""
    return read_contact(answers)


def answers_of(event: Event, application: Application, contact: Contact) -> dict[str, Any]:
    """The answers that would give this application again."""
    answers: dict[str, Any] = {
        "role": role_of(application.applicant_role, application.category).value,
        "school": {"code": application.organisation_code, "name": application.organisation_name},
        "supervisor": application.supervisor.split(", ") if application.supervisor else [],
        **contact_answers(event, contact),
        **{key: value for key, value in application.answers.items() if key in COMMON},
    }
    if kind := application.answers.get(units.KEY):
        answers["unit"] = kind
    for number, person in enumerate(application.participants, start=1):
        answers[nth("name", number)] = keep_name(person.name)
        if person.grade is not None:
            answers[nth("grade", number)] = keep_grade(person.grade)
            answers[nth("letter", number)] = person.grade.letter
    if len(application.participants) > 1:
        answers["authors_done"] = True
    if application.nomination is not None:
        path = event.nomination_path(application.nomination)
        answers |= {nth("nomination", level): one.code for level, one in enumerate(path, start=1)}
    for field in event.fields:
        if field.code in application.answers:
            answers[own_steps.key_of(field)] = application.answers[field.code]
    return answers


def another_of(event: Event, application: Application, contact: Contact) -> dict[str, Any]:
    """What stays for one more participant: who applies, the organisation, the teacher, the contact."""
    stays = ("role", "school", "supervisor", "contact", "phone", "email")
    return {name: value for name, value in answers_of(event, application, contact).items() if name in stays}


def diploma(desk: Desk, event: Event, answers: Answers) -> dict[str, object]:
    """«Так будет в дипломе»: the values of the review."""
    filled = Filled(event, answers)
    people = full_names(event, answers)
    first, *others = people
    lines = [desk.say("review_author", name=name.formal, grade=_grade(desk, grade)) for name, grade in others]
    lines.append(desk.say("review_school", name=answers["school"]["name"]))
    if filled.nomination is not None:
        title = event.nomination_title(filled.nomination.code)
        lines.append(desk.say("review_nomination", title=Trusted(title)))
    if answers.get("supervisor"):
        lines.append(_supervisors(desk, event.common_fields.supervisor.title.lower(), answers["supervisor"]))
    fields = _fields(desk, event, answers)
    lines += [desk.say("review_field", title=Trusted(title), value=value) for title, value in fields]
    if not answers["school"]["code"]:
        lines.append(desk.say("review_school_unknown"))
    return {
        "where": desk.say("review_where.diploma" if event.submission else "review_where.certificate"),
        "name": first[0].formal,
        "grade": "" if filled.adult else _grade(desk, first[1]),
        "lines": Trusted("\n\n".join(filter(None, ("\n".join(lines), _reach(desk, event, answers))))),
    }


def _supervisors(desk: Desk, title: str, names: Sequence[str]) -> str:
    """«руководители Орлова Нина Петровна, Белов Олег Игоревич»; a title of the event's own stands as it is."""
    key = "review_supervisor" if len(names) == 1 else "review_supervisors"
    if len(names) > 1 and title != desk.say("supervisor_usual"):
        key = "review_supervisors_of"
    return desk.say(key, title=Trusted(title), names=", ".join(names))


def _reach(desk: Desk, event: Event, answers: Answers) -> str:
    """How to reach the applicant: in the application, but in no diploma."""
    contact = read_contact(answers)
    ways = " · ".join(way for way in (contact.phone, contact.email) if way)
    where = desk.say("review_where_to.diploma" if event.submission else "review_where_to.certificate")
    return desk.say("review_reach", where=where, ways=ways) if ways else ""


def _fields(desk: Desk, event: Event, answers: Answers) -> list[tuple[str, str]]:
    """Whatever else was answered."""
    common = [
        (desk.say(f"common_fields.{key.removeprefix('_')}"), _common_value(desk, key, answers[key]))
        for key in COMMON
        if answers.get(key) is not None
    ]
    return [*common, *own_steps.shown(event, answers)]


def _common_value(desk: Desk, key: str, value: object) -> str:
    return desk.say(f"button.{value}") if key == "_gender" else str(value)


def _grade(desk: Desk, grade: object) -> str:
    label = getattr(grade, "label", "")
    return desk.say("review_grade", grade=label) if label else ""


def _own(event: Event, filled: Filled) -> dict[str, object]:
    """The event's own fields of the application, and what has no column."""
    answers = filled.answers
    own: dict[str, object] = {
        field.code: answers[own_steps.key_of(field)]
        for field in event.fields
        if field.asked_of is AskedOf.APPLICATION
        and own_steps.key_of(field) in answers
        and own_steps.applies(event, field, answers)
    }
    own |= {key: answers[key] for key in COMMON if answers.get(key) is not None}
    if len(units.supported(event)) > 1:
        own[units.KEY] = filled.unit.kind.value
    return own


def _about_work(event: Event, kept: Mapping[str, object]) -> dict[str, object]:
    """What was told about the work: other questions ask for it."""
    codes = {field.code for field in event.fields if field.asked_of is AskedOf.WORK}
    return {key: value for key, value in kept.items() if key in codes or key in (*WORK_KEYS, REGULATION)}


#: What every work may be told about: its title and its description.
WORK_KEYS = ("_title", "_description")
#: Which regulation the applicant has read: its address, and the revision of the event's file.
REGULATION = "_regulation"


def more_buttons(application: Application) -> list[Button]:
    """For those who act for several: one more with the same school and teacher."""
    if application.applicant_role == "self":
        return []
    return [Button("another", f"another:{application.id}")]
