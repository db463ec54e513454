"""What stands on the screen of a roster: who is on it, what was not understood, what is to be written next."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.event import Category, Event
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying.filled import Filled
from handlers.participant.applying.roster_reading import asks_grade, columns

#: So many mistakes are told at once.
MOST_TOLD = 10


def shown_people(event: Event, answers: Answers) -> list[str]:
    """«1. Соколова Вера Ильинична, 6А класс»."""
    filled = Filled(event, answers)
    return [f"{number}. {called(filled, number)}" for number in filled.numbers]


def called(filled: Filled, number: int) -> str:
    """«Соколова Вера Ильинична, 6А класс»."""
    name, grade = filled.name(number), filled.grade(number)
    return ", ".join([*([name.formal] if name else []), *([grade.label] if grade and not filled.adult else [])])


def head(case: Case, filled: Filled) -> str:
    """«Состав: 5 из 8», or how many there may be."""
    if filled.count:
        return case.say("roster_head.begun", count=filled.count, most=filled.most)
    if not filled.people.least:
        return case.say("roster_head.optional", most=filled.most)
    if filled.people.least == filled.most:
        return case.say("roster_head.exactly", most=filled.most)
    return case.say("roster_head.first", least=filled.people.least, most=filled.most)


def ask(case: Case, filled: Filled) -> str:
    lacking = filled.people.least - filled.count
    if not filled.count:
        graded, grade = asks_grade(filled), _example_grade(case, filled.event)
        example = case.say("roster_example.graded", grade=grade) if graded else case.say("roster_example.plain")
        what = columns(case, filled.event, filled)
        return case.say("roster_ask.first", columns=Trusted(what), example=Trusted(example))
    if lacking > 0:
        return case.say("roster_ask.more", count=lacking)
    if filled.count > filled.most:
        return case.say("roster_ask.over", count=filled.count - filled.most)
    return case.say("roster_ask.full" if filled.count == filled.most else "roster_ask.done")


def _example_grade(case: Case, event: Event) -> str:
    """A class that the event is for."""
    if Category.PUPIL not in event.audience.categories:
        return case.say("roster_example.group")
    return f"{event.audience.grades.first if event.audience.grades else 6}А"


def mistakes(case: Case, wrong: Sequence[str]) -> str:
    """The lines that were not understood, under what was."""
    if not wrong:
        return ""
    more = [case.say("roster_mistakes_more", count=len(wrong) - MOST_TOLD)] if len(wrong) > MOST_TOLD else []
    return "\n".join([case.say("roster_mistakes"), *wrong[:MOST_TOLD], *more])
