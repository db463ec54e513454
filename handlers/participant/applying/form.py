"""From a draft's answers to the form that is kept, and back for editing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.applications import application_key
from bot.contest.event import Event, UnitKind
from bot.contest.event.fields import AskedOf
from bot.contest.naming import unit_of
from bot.talk.model import Button
from bot.talk.position import Answers
from handlers.participant.applying import members, own_steps, units
from handlers.participant.applying.contact_steps import contact_answers, read_contact
from handlers.participant.applying.filled import Filled, keep_grade, keep_name, nth
from handlers.participant.applying.members import COMMON
from handlers.participant.applying.roles import role_of
from handlers.participant.applying.roster_steps import DONE, ROSTER
from handlers.participant.applying.unit_steps import helper_key
from storage.application_rows import Application, Contact, Form, Participant

#: Where an application's own answers keep the form of a collective item, its helpers, the class of its eldest.
FORM, HELPERS, ELDEST = "_form", "_helpers", "_eldest"
#: Forms that «Добавить ещё участника» is called otherwise for.
_MORE = {UnitKind.TEAM: "another_team", UnitKind.COLLECTIVE: "another_item", UnitKind.PROJECT: "another_project"}


def form_of(event: Event, answers: Answers, kept: Mapping[str, object] | None = None) -> Form:
    """The form of complete answers. `kept`: own answers of before, of which those about the work stay."""
    filled = Filled(event, answers)
    role, category = filled.role, filled.category
    if role is None or category is None:
        raise ValueError("the application is not complete")
    people = tuple(_participant(event, filled, number) for number in filled.numbers)
    school = answers["school"]
    organisation = school["code"] or school["name"].casefold()
    called = filled.title if filled.titled != "project" else None
    return Form(
        applicant_role=role.applicant,
        category=category.value,
        nomination=filled.nomination.code if filled.nomination else None,
        age_group=filled.age_group.code if filled.age_group else None,
        organisation_code=school["code"],
        organisation_name=school["name"],
        supervisor=", ".join(answers.get("supervisor") or ()) or None,
        title=filled.title,
        headcount=filled.headcount,
        answers={**_about_work(event, kept or {}), **_own(event, filled)},
        duplicate_key=application_key(called, [one.name for one in people], organisation, event.code),
        participants=people,
    )


def contact_of(answers: Answers) -> Contact:
    """How to reach the applicant."""
    return read_contact(answers)


def answers_of(event: Event, application: Application, contact: Contact) -> dict[str, Any]:
    """The answers that would give this application again."""
    answers: dict[str, Any] = {
        **members.skipped(event, 1),
        **people_answers(event, application),
        "school": {"code": application.organisation_code, "name": application.organisation_name},
        "supervisor": application.supervisor.split(", ") if application.supervisor else [],
        **contact_answers(event, contact),
        **{key: value for key, value in application.answers.items() if key in COMMON},
    }
    if application.nomination is not None:
        path = event.nomination_path(application.nomination)
        answers |= {nth("nomination", level): one.code for level, one in enumerate(path, start=1)}
    for field in event.fields:
        if field.code in application.answers:
            answers[own_steps.key_of(field)] = application.answers[field.code]
    return answers


def people_answers(event: Event, application: Application) -> dict[str, Any]:
    """The part of them that says who takes part."""
    answers: dict[str, Any] = {
        "role": role_of(application.applicant_role, application.category).value,
        "unit": units.kind_of(event, application).value,
        **_unit_answers(event, application),
    }
    for number, person in enumerate(application.participants, start=1):
        answers |= _person_answers(event, person, number)
    return {**answers, "authors_done": True}


def another_of(event: Event, application: Application, contact: Contact) -> dict[str, Any]:
    """What stays for one more participant: who applies, the organisation, the teacher, the contact."""
    stays = ("role", "unit", "school", "supervisor", "contact", "phone", "email")
    return {name: value for name, value in answers_of(event, application, contact).items() if name in stays}


def _participant(event: Event, filled: Filled, number: int) -> Participant:
    name, member = filled.name(number), filled.member(number)
    if name is None:
        raise ValueError(f"person {number} has no name")
    captain = members.CAPTAIN if filled.answers.get(members.CAPTAIN) == number else None
    return Participant(
        name,
        None if filled.adult else filled.grade(number),
        member.code if member else captain,
        members.own_answers(event, filled.answers, number, several=filled.several),
    )


def _person_answers(event: Event, person: Participant, number: int) -> dict[str, Any]:
    answers: dict[str, Any] = {
        nth("name", number): keep_name(person.name),
        **members.skipped(event, number),
        **members.known_answers(event, person.answers, number),
    }
    if person.grade is not None:
        answers |= {nth("grade", number): keep_grade(person.grade), nth("letter", number): person.grade.letter}
    if person.role == members.CAPTAIN:
        answers[members.CAPTAIN] = number
    return answers


def _unit_answers(event: Event, application: Application) -> dict[str, Any]:
    """What was answered of a team, a collective, a project as a whole."""
    own = application.answers
    kept = own.get(HELPERS)
    helpers = kept if isinstance(kept, dict) else {}
    codes = [helper.code for unit in event.units for helper in getattr(unit, "helpers", ())]
    answers: dict[str, Any] = {helper_key(code): helpers.get(code, []) for code in codes}
    answers |= {key: own[name] for key, name in (("form", FORM), ("_eldest", ELDEST)) if name in own}
    if application.headcount is not None:
        answers["headcount"] = application.headcount
    return {**answers, "team": application.title, ROSTER: DONE}


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
    if filled.several:
        own |= _of_unit(filled)
    else:
        own |= {key: answers[key] for key in COMMON if answers.get(key) is not None}
    if filled.several or len(units.supported(event)) > 1:
        own[units.KEY] = filled.unit.kind.value
    return own


def _of_unit(filled: Filled) -> dict[str, object]:
    codes = [helper.code for helper in getattr(filled.unit, "helpers", ())]
    helpers = {code: names for code in codes if (names := filled.answers.get(helper_key(code)))}
    own: dict[str, object] = {HELPERS: helpers} if helpers else {}
    if filled.form is not None:
        own[FORM] = filled.form.code
    if filled.listed and filled.headcount is not None and "_eldest" in filled.answers:
        own[ELDEST] = filled.answers["_eldest"]
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
    kind = unit_of(application)
    return [Button(_MORE.get(kind, "another") if kind else "another", f"another:{application.id}")]
