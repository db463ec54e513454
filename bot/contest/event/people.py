"""Who may take part, and in which age group and nomination."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.contest.event.base import Category, Code, Coded, Part, Span, Text
from bot.contest.event.works import WorkKind
from bot.contest.grades import PreschoolGroup


class Audience(Part):
    """Who may take part. `grades` binds pupils only, `ages` binds whom it can be asked of."""

    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    grades: Span | None = None
    ages: Span | None = None

    def admits(self, category: Category, *, grade: int | None = None, age: int | None = None) -> bool:
        """Whether such a person may take part; what is unknown (None) does not shut anybody out."""
        if category not in self.categories:
            return False
        if category is Category.PUPIL and not _within(self.grades, grade):
            return False
        return category is Category.TEACHER or _within(self.ages, age)


def _within(span: Span | None, value: int | None) -> bool:
    return span is None or value is None or value in span


class AgeGroup(Coded):
    """A group in which works are compared: by class, by age, by group of the kindergarten or by category alone."""

    categories: Annotated[tuple[Category, ...], Field(min_length=1)] = (Category.PUPIL,)
    grades: Span | None = None
    ages: Span | None = None
    #: Groups of the kindergarten, of preschoolers: so their age need not be asked.
    preschool: tuple[PreschoolGroup, ...] = ()

    def fits(
        self, category: Category, grade: int | None, age: int | None, preschool: PreschoolGroup | None = None
    ) -> bool:
        """Whether the person belongs here; a bound that cannot be checked is not met."""
        return (
            category in self.categories
            and (self.grades is None or grade in self.grades)
            and (self.ages is None or age in self.ages)
            and (not self.preschool or category is not Category.PRESCHOOLER or preschool in self.preschool)
        )


class Nomination(Coded):
    """A branch or a leaf of the tree of nominations; empty filters let everybody in.

    A child is reached only by those whom its parent lets in too.
    """

    description: Text | None = None
    categories: tuple[Category, ...] = ()
    grades: Span | None = None
    groups: tuple[Code, ...] = ()
    #: Kinds of works taken here; empty means all that the event takes.
    works: tuple[WorkKind, ...] = ()
    children: tuple[Nomination, ...] = ()

    def fits(self, category: Category, grade: int | None, group: str | None) -> bool:
        """Whether such a participant may enter here."""
        return (
            (not self.categories or category in self.categories)
            and (self.grades is None or category is not Category.PUPIL or grade in self.grades)
            and (not self.groups or group in self.groups)
        )

    def leaves_for(self, category: Category, grade: int | None, group: str | None) -> tuple[Nomination, ...]:
        """The leaves below (or this one, if it is a leaf) that fit, in the order of the file."""
        if not self.fits(category, grade, group):
            return ()
        if not self.children:
            return (self,)
        return tuple(leaf for child in self.children for leaf in child.leaves_for(category, grade, group))
