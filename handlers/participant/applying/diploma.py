"""«Так будет в дипломе»: an application in lines, for the review and the card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.contest.event import Event
from bot.contest.naming import quoted
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Desk
from handlers.participant.applying import members, own_steps
from handlers.participant.applying.contact_steps import read_contact
from handlers.participant.applying.filled import Filled, nth
from handlers.participant.applying.unit_steps import helper_key


def diploma(desk: Desk, event: Event, answers: Answers) -> dict[str, object]:
    """The values of the review."""
    filled = Filled(event, answers)
    head, people = _people(desk, event, filled)
    lines = [*people, desk.say("review_school", name=answers["school"]["name"])]
    if filled.nomination is not None:
        title = event.nomination_title(filled.nomination.code)
        lines.append(desk.say("review_nomination", title=Trusted(title)))
    if answers.get("supervisor"):
        lines.append(_supervisors(desk, event.common_fields.supervisor.title.lower(), answers["supervisor"]))
    lines += _helpers(desk, filled)
    fields = _fields(desk, event, filled)
    lines += [desk.say("review_field", title=Trusted(title), value=value) for title, value in fields]
    if not answers["school"]["code"]:
        lines.append(desk.say("review_school_unknown"))
    return {
        "where": desk.say("review_where.diploma" if event.submission else "review_where.certificate"),
        **head,
        "lines": Trusted("\n\n".join(filter(None, ("\n".join(lines), _reach(desk, event, answers))))),
    }


def people_lines(desk: Desk, event: Event, answers: Answers) -> list[str]:
    """The roster, the form, the topic, the helpers: what a single name in a card does not say."""
    filled = Filled(event, answers)
    if not filled.several:
        own = own_steps.shown_of_member(event, answers, 1)
        return [desk.say("review_field", title=Trusted(title), value=value) for title, value in own]
    _, lines = _people(desk, event, filled)
    people = [_person(desk, event, filled, number) for number in filled.numbers]
    if any(filled.member(number) for number in filled.numbers):
        lines = [desk.say("review_author", name=name, grade=Trusted(about)) for name, about in people]
    elif filled.title is None or filled.titled == "project":
        lines = [line for line in lines if not any(name in line for name, _ in people)]
    return [*lines, *_helpers(desk, filled)]


def _people(desk: Desk, event: Event, filled: Filled) -> tuple[dict[str, object], list[str]]:
    """What stands in bold, and the people below it."""
    if filled.title is not None and filled.titled != "project":
        return _titled(desk, event, filled)
    first, *others = [_person(desk, event, filled, number) for number in filled.numbers] or [("", "")]
    form = [desk.say("review_form", form=Trusted(filled.form.title))] if filled.form else []
    lines = [*form, *(desk.say("review_author", name=name, grade=Trusted(about)) for name, about in others)]
    if filled.title is not None:
        lines.append(desk.say("review_topic", title=filled.title))
    return {"name": first[0], "grade": Trusted(first[1])}, lines


def _titled(desk: Desk, event: Event, filled: Filled) -> tuple[dict[str, object], list[str]]:
    """«Ракета» (7 человек), and its roster."""
    count = filled.count if filled.headcount is None else filled.headcount
    about = desk.say("review_people", count=count)
    form = [desk.say("review_form", form=Trusted(filled.form.title))] if filled.form else []
    lines = []
    for number in filled.numbers:
        name, more = _person(desk, event, filled, number)
        captain = desk.say("review_captain") if filled.answers.get(members.CAPTAIN) == number else ""
        lines.append(desk.say("review_member", number=number, name=name, about=Trusted(f"{more}{captain}")))
    return {"name": quoted(str(filled.title)), "grade": about}, [*form, *lines]


def _person(desk: Desk, event: Event, filled: Filled, number: int) -> tuple[str, str]:
    """The name, and after it the class, or what is told of each of several."""
    name, member = filled.name(number), filled.member(number)
    about = [*([member.title.lower()] if member else [])]
    if not filled.adult and (grade := filled.grade(number)) is not None:
        about.append(grade.label)
    if filled.several:
        about += [value for _, value in _common(desk, filled.answers, number)]
        own = own_steps.shown_of_member(event, filled.answers, number)
        about += [f"{title.lower()}: {value}" for title, value in own]
    return (name.formal if name else ""), "".join(desk.say("review_grade", grade=one) for one in about)


def _helpers(desk: Desk, filled: Filled) -> list[str]:
    """«концертмейстер Белов Олег Игоревич»."""
    found = []
    for helper in getattr(filled.unit, "helpers", ()):
        names = filled.answers.get(helper_key(helper.code)) or []
        if names:
            title = Trusted(helper.title.lower())
            found.append(desk.say("review_supervisor", title=title, names=", ".join(names)))
    return found


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


def _fields(desk: Desk, event: Event, filled: Filled) -> list[tuple[str, str]]:
    """Whatever else was answered; of several people it stands with each."""
    told = own_steps.shown(event, filled.answers)
    if filled.several:
        return told
    return [*_common_titled(desk, filled.answers), *told, *own_steps.shown_of_member(event, filled.answers, 1)]


def _common_titled(desk: Desk, answers: Answers) -> list[tuple[str, str]]:
    return [(desk.say(f"common_fields.{key.removeprefix('_')}"), value) for key, value in _common(desk, answers, 1)]


def _common(desk: Desk, answers: Answers, number: int) -> list[tuple[str, str]]:
    given = ((key, answers.get(nth(key, number))) for key in members.COMMON)
    return [(key, _common_value(desk, key, value)) for key, value in given if value is not None]


def _common_value(desk: Desk, key: str, value: object) -> str:
    if key == "_gender":
        return desk.say(f"button.{value}")
    if key == "_birth_date" and isinstance(value, str):
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    return desk.say("review_experience", count=value) if key == "_experience" else str(value)
