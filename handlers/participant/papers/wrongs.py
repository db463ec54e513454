"""What may be wrong on a paper: what is printed of it now, and how the right wording is kept and read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.contest.event import Category
from bot.contest.papers.content import PaperKind
from bot.contest.papers.correcting import Wrong
from bot.contest.refusal import Refusal
from bot.talk.position import Answers
from handlers.kinds import Case, Desk
from handlers.organizer.wording import school
from handlers.participant.applying.filled import read_kept_grade, read_name
from handlers.seeing import ledger_of
from storage.application_rows import Application, Participant
from storage.paper_rows import Paper

#: Papers that come from an application; the others name a teacher or a juror.
_OF_APPLICATION = frozenset(PaperKind) - {PaperKind.THANKS, PaperKind.JUROR}
_TAUGHT = frozenset((PaperKind.DIPLOMA, PaperKind.HONOUR, PaperKind.CERTIFICATE, PaperKind.TEAM_DIPLOMA))
_OF_ONE = (Wrong.NAME, Wrong.GRADE)


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper with the application it comes from."""

    paper: Paper
    #: None for a letter to a teacher and for a juror.
    application: Application | None

    @property
    def people(self) -> Sequence[Participant]:
        """Whom it may name wrongly: one, or the people of a team."""
        if self.application is None:
            return ()
        own = [one for one in self.application.participants if one.id == self.paper.participant_id]
        return own or self.application.participants

    @property
    def possible(self) -> list[Wrong]:
        """What can be wrong on it."""
        application = self.application
        if application is None:
            return [Wrong.NAME, Wrong.OTHER]
        found = [Wrong.NAME] if self.people else []
        shows_class = self.paper.content is not None and bool(self.paper.content.who)
        found += [Wrong.GRADE] if shows_class and any(one.grade for one in self.people) else []
        found += [Wrong.SCHOOL]
        taught = self.paper.kind in _TAUGHT and application.category != Category.TEACHER.value
        found += [Wrong.SUPERVISOR] if taught else []
        found += [Wrong.TITLE] if application.title else []
        return [*found, Wrong.OTHER]

    def person(self, answers: Answers) -> Participant | None:
        """Of whom the name or the class is wrong; None: nobody is chosen yet."""
        if len(self.people) == 1:
            return self.people[0]
        return next((one for one in self.people if one.id == answers.get("whose")), None)

    def subject(self, wrong: Wrong, answers: Answers) -> str:
        """What is named wrongly, whatever papers print it."""
        person = self.person(answers)
        if self.application is None or wrong is Wrong.OTHER:
            return f"paper:{self.paper.id}"
        return f"participant:{person.id}" if wrong in _OF_ONE and person else f"application:{self.application.id}"

    def was(self, desk: Desk, wrong: Wrong, answers: Answers) -> str:
        """As it is now, in words."""
        person, application = self.person(answers), self.application
        if application is None:
            return _addressee(self.paper) if wrong is Wrong.NAME else ""
        grade = person.grade if person else None
        return {
            Wrong.NAME: person.name.formal if person else "",
            Wrong.GRADE: grade.label if grade else "",
            Wrong.SCHOOL: school(desk, application),
            Wrong.SUPERVISOR: application.supervisor or "",
            Wrong.TITLE: application.title or "",
            Wrong.OTHER: "",
        }[wrong]


async def printed(case: Case, paper: Paper) -> Printed:
    """The paper with its application."""
    found = await case.storage.applications.get(paper.application_id) if paper.application_id else None
    return Printed(paper, found if paper.kind in _OF_APPLICATION else None)


async def is_hidden(desk: Desk, paper: Paper) -> bool:
    """Whether whom it names may not be named to anybody (any more): a consent was refused, taken back, or is over."""
    if paper.application_id is None:
        return False
    ledger = await ledger_of(desk, paper.application_id)
    return ledger.hides(paper.application_id, paper.participant_id)


def _addressee(paper: Paper) -> str:
    """The full name of a teacher or a juror."""
    if paper.content is None:
        return ""
    return paper.content.who if paper.kind is PaperKind.THANKS else paper.content.name


def wording(wrong: Wrong, value: Any) -> str:
    """The right wording as people read it."""
    match wrong:
        case Wrong.NAME:
            name = read_name(value)
            return name.formal if name else ""
        case Wrong.GRADE:
            grade = read_kept_grade(value, value.get("letter"))
            return grade.label if grade else ""
        case Wrong.SCHOOL:
            return str(value["name"])
        case Wrong.SUPERVISOR:
            return ", ".join(value)
    return str(value)


def answer(wrong: Wrong, answers: Answers, person: Participant | None) -> Mapping[str, Any]:
    """What is kept of the answers, so that it can be carried out later."""
    whose = {"participant": person.id} if wrong in _OF_ONE and person else {}
    return {**whose, "value": answers[wrong.value]}


def unchanged(wrong: Wrong, was: str, value: Any) -> Refusal | None:
    """That it stands so already."""
    return Refusal("mistake.same", {"value": was}) if was and wording(wrong, value) == was else None
