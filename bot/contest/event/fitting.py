"""Who fits where: groups that nobody belongs to, nominations that nobody may enter, criteria that judge nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from bot.contest.event.base import Category, Count, Span
from bot.contest.event.model import Event
from bot.contest.event.people import AgeGroup, Nomination
from bot.contest.event.source import Place
from bot.contest.event.units import Bundle
from bot.contest.event.works import Submission
from bot.contest.grades import FIRST_GRADE, LAST_GRADE, PreschoolGroup

Found = Iterator[tuple[Place, str]]
_SCHOOL = Span(first=FIRST_GRADE, last=LAST_GRADE)


def fitting_faults(event: Event) -> Found:
    """What of the groups, nominations, criteria and works of an event never meets."""
    yield from _groups(event)
    for place, nomination in _tree(event.nominations, ()):
        if not any(nomination.fits(*person) for person in _people(event)):
            yield place, f"в номинацию {nomination.code} никто не попадает: проверьте categories, grades, groups"
    yield from _criteria(event)
    for stage, submission in enumerate((event.submission, *(one.submission for one in event.stages))):
        if submission is not None:
            place = ("submission",) if not stage else ("stages", stage - 1, "submission")
            yield from _pieces(event, submission, place)


def _people(event: Event) -> Iterator[tuple[Category, int | None, str | None]]:
    """Everybody who may take part, as nominations look at them: category, class and group."""
    for category in event.audience.categories:
        grades = _grades(event) if category is Category.PUPIL else (None,)
        groups = [group for group in event.age_groups if category in group.categories]
        for grade in grades:
            codes = [group.code for group in groups if group.grades is None or grade in group.grades]
            for code in codes or (None,):
                yield category, grade, code


def _grades(event: Event) -> tuple[int, ...]:
    return tuple(grade for grade in range(FIRST_GRADE, LAST_GRADE + 1) if grade in (event.audience.grades or _SCHOOL))


def _groups(event: Event) -> Found:
    """Each class belongs to one group: none is lost, none is in two."""
    if not event.age_groups:
        return
    for index, group in enumerate(event.age_groups):
        if Category.PUPIL in group.categories and group.grades and not set(_grades(event)) & set(_span(group.grades)):
            yield ("age_groups", index, "grades"), "таких классов нет среди участников (audience.grades)"
    for category in event.audience.categories:
        groups = [group for group in event.age_groups if category in group.categories]
        if not groups:
            yield ("age_groups",), f"никуда не попадает категория {category.value}"
        elif category is Category.PUPIL and not any(group.ages for group in groups):
            yield from _classes(event, groups)
        elif category is Category.PRESCHOOLER and all(group.preschool for group in groups):
            yield from _kindergarten(groups)
    yield from _years(event)


def _classes(event: Event, groups: list[AgeGroup]) -> Found:
    for grade in _grades(event):
        fitting = [group.code for group in groups if group.grades is None or grade in group.grades]
        if len(fitting) != 1:
            where = f"сразу в несколько: {', '.join(fitting)}" if fitting else "ни в одну группу"
            yield ("age_groups",), f"{grade} класс попадает {where}"


def _kindergarten(groups: list[AgeGroup]) -> Found:
    for one in PreschoolGroup:
        fitting = [group.code for group in groups if one in group.preschool]
        if len(fitting) != 1:
            where = f"сразу в несколько: {', '.join(fitting)}" if fitting else "никуда"
            yield ("age_groups",), f"группа детского сада {one.value} попадает {where}"


def _years(event: Event) -> Found:
    """Groups by age that overlap: the first would take all."""
    by_age = [(index, group) for index, group in enumerate(event.age_groups) if group.ages]
    for (_, one), (index, other) in combinations(by_age, 2):
        both = set(one.categories) & set(other.categories) and set(_span(one.ages)) & set(_span(other.ages))
        if both and (one.grades, one.preschool) == (other.grades, other.preschool):
            yield ("age_groups", index, "ages"), f"возраст пересекается с группой {one.code}"


def _span(span: Span | None) -> range:
    return range(span.first, span.last + 1) if span else range(0)


def _tree(nominations: tuple[Nomination, ...], above: Place) -> Iterator[tuple[Place, Nomination]]:
    for index, nomination in enumerate(nominations):
        place = (*above, "nominations" if not above else "children", index)
        yield place, nomination
        yield from _tree(nomination.children, place)


def _criteria(event: Event) -> Found:
    """Each criterion must judge something, each nomination must be judged by something."""
    if isinstance(event.unit, Bundle):
        return
    groups: dict[str, set[str | None]] = {leaf.code: set() for leaf in event.leaves}
    for person in _people(event):
        for leaf in event.nominations_for(*person):
            groups[leaf.code].add(person[2])
    for index, criterion in enumerate(event.criteria):
        if not criterion.nominations or not criterion.groups:
            continue
        below = [
            leaf for leaf in groups if {one.code for one in event.nomination_path(leaf)} & {*criterion.nominations}
        ]
        if not any(set(criterion.groups) & groups[leaf] for leaf in below):
            yield ("criteria", index), "не подходит ни к одной номинации: её возрастные группы другие"


def _pieces(event: Event, submission: Submission, place: Place) -> Found:
    """So many pieces as a work needs must be possible, in each nomination."""
    if submission.pieces.least > submission.pieces.most:
        return
    for leaf in (*event.leaves, *([] if event.leaves else [None])):
        rules = event.submission_for(leaf) if submission is event.submission else submission
        counts: list[Count] = []
        if rules is not None:
            counts = [*(rule.count for rule in rules.links), *(rule.count for rule in rules.files)]
        where = f"в номинации {leaf.code} " if leaf else ""
        if counts and sum(count.most for count in counts) < submission.pieces.least:
            yield (*place, "pieces"), f"{where}столько не сдать: least больше, чем можно по links и files вместе"
        if sum(count.least for count in counts) > submission.pieces.most:
            yield (*place, "pieces"), f"{where}least в links и files вместе больше, чем most в pieces"
