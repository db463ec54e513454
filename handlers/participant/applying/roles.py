"""Who applies, and for whom: what the application, the consents and the questions' wording depend on."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from bot.contest.consents import Applicant
from bot.contest.event import Category, Event


class ForWhom(StrEnum):
    """The applicant together with the participant."""

    PUPILS = "teacher"
    CHILD = "parent"
    PUPIL = "pupil"
    TEACHER = "self_teacher"
    STUDENT = "self_student"

    @property
    def applicant(self) -> Applicant:
        """Who applies, as it is kept."""
        return {ForWhom.PUPILS: Applicant.TEACHER, ForWhom.CHILD: Applicant.PARENT}.get(self, Applicant.SELF)

    @property
    def adult(self) -> Category | None:
        """The category of an adult who applies for themselves; None where a child takes part."""
        return {ForWhom.TEACHER: Category.TEACHER, ForWhom.STUDENT: Category.STUDENT}.get(self)


def offered(event: Event) -> Sequence[ForWhom]:
    """Who may apply for this event."""
    categories = set(event.audience.categories)
    roles: list[ForWhom] = []
    if categories & {Category.PUPIL, Category.PRESCHOOLER}:
        roles += [ForWhom.PUPILS, ForWhom.CHILD]
    if Category.PUPIL in categories:
        roles.append(ForWhom.PUPIL)
    roles += [role for role in (ForWhom.TEACHER, ForWhom.STUDENT) if role.adult in categories]
    return roles


def role_of(applicant: Applicant, category: str) -> ForWhom:
    """The same of a kept application."""
    if applicant is Applicant.TEACHER:
        return ForWhom.PUPILS
    if applicant is Applicant.PARENT:
        return ForWhom.CHILD
    return next((role for role in ForWhom if role.adult == category), ForWhom.PUPIL)
