"""What stands in a teacher's year: the pupils they entered, and what they did themselves: spoke, listened, judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.contest.consents import Applicant
from bot.contest.event.asking import SPEAKER
from bot.contest.event.base import Category
from bot.contest.event.units import UnitKind
from bot.contest.papers.content import PaperKind
from bot.contest.report.facts import Document, Entry, Held, year_title
from bot.contest.report.own_years import Own, TeacherYear, dates_of, lines_of, title_of
from handlers.kinds import Desk
from handlers.reporting import year_facts
from storage.paper_rows import Paper

#: So many names are offered to the teacher.
MOST_NAMES = 3


async def years_of(desk: Desk, person_id: int) -> list[str]:
    """The school years in which the account entered somebody, took part or judged, the latest first."""
    codes = {one.event_code for one in await desk.storage.applications.of_person(person_id)}
    codes |= {one.event_code for one in await desk.storage.jury.memberships(person_id)}
    years = await desk.storage.reports.years()
    return [year for year in years if codes & {event.code for event, _ in await desk.storage.reports.events(year)}]


async def names_of(desk: Desk, person_id: int) -> list[str]:
    """How the teacher may be called, the most frequent first: as a supervisor, as a juror, as a participant."""
    said: Counter[str] = Counter()
    for one in await desk.storage.applications.of_person(person_id):
        if one.applicant_role is Applicant.TEACHER and one.supervisor:
            said[one.supervisor.split(",")[0].strip()] += 1
        if one.applicant_role is Applicant.SELF and one.category == Category.TEACHER.value and one.participants:
            said[one.participants[0].name.formal] += 1
    said.update(one.full_name for one in await desk.storage.jury.memberships(person_id))
    return [name for name, _ in said.most_common(MOST_NAMES)]


async def gathered(desk: Desk, person_id: int, year: str, teacher: str) -> TeacherYear:
    """The teacher's year; nothing in it is about anybody whom another account has entered."""
    facts = await year_facts(desk, year, person=person_id)
    held, entries = {one.event.code: one for one in facts.events}, facts.entries
    roles = {one.id: one.applicant_role for one in await desk.storage.applications.of_person(person_id)}
    papers = [one for one in await desk.storage.papers.of_person(person_id) if one.event_code in held]
    pupils = [one for one in entries if roles.get(one.id) is Applicant.TEACHER]
    lines = lines_of(pupils, held, map(_document, papers), zone=desk.facts.zone)
    own = [one for one in entries if roles.get(one.id) is Applicant.SELF and one.category is Category.TEACHER]
    did = [
        *_took_part(desk, own, held, papers),
        *await _judged(desk, person_id, held, papers),
        *_thanks(desk, held, papers),
    ]
    return TeacherYear(
        year_title=year_title(year),
        made_at=desk.now,
        teacher=teacher,
        school=_school(desk, [*pupils, *own]),
        pupils=lines,
        own=tuple(did),
    )


def _document(paper: Paper) -> Document:
    return Document(paper.number, paper.event_code, paper.kind.label, paper.issued_at.date(), paper.application_id)


def _school(desk: Desk, entries: Sequence[Entry]) -> str:
    """Where most of the entries are from."""
    found = Counter(one.organisation_code or one.organisation for one in entries).most_common(1)
    if not found:
        return ""
    code = found[0][0]
    return desk.facts.directory.get(code).name_short if code in desk.facts.directory.codes else code


def _took_part(
    desk: Desk, entries: Sequence[Entry], held: Mapping[str, Held], papers: Sequence[Paper]
) -> Sequence[Own]:
    """As a speaker, a listener, a participant; where nobody came, nothing is said."""
    numbers: dict[int | None, list[str]] = defaultdict(list)
    for paper in papers:
        numbers[paper.application_id].append(paper.number)
    return [
        _own(desk, held[one.event], _part(one, held[one.event]), numbers[one.id])
        for one in entries
        if one.took_part and not any(person.hidden for person in one.people)
    ]


def _part(entry: Entry, held: Held) -> str:
    if entry.unit is UnitKind.ATTENDANCE:
        return "докладчик" if entry.role == SPEAKER else "слушатель"
    if not held.published or entry.outcome is None:
        return "участник"
    return entry.outcome_title or entry.outcome.label


async def _judged(desk: Desk, person_id: int, held: Mapping[str, Held], papers: Sequence[Paper]) -> Sequence[Own]:
    mine = {one.event_code for one in await desk.storage.jury.memberships(person_id)} & set(held)
    experts = await desk.storage.reports.experts([held[code].event for code in sorted(mine)], {})
    return [
        _own(
            desk,
            held[one.event],
            f"член жюри, оценено работ: {one.scored}",
            [paper.number for paper in papers if paper.kind is PaperKind.JUROR and paper.event_code == one.event],
        )
        for one in experts
        if one.person_id == person_id
    ]


def _thanks(desk: Desk, held: Mapping[str, Held], papers: Sequence[Paper]) -> Sequence[Own]:
    return [
        _own(desk, held[one.event_code], "подготовка участников: благодарственное письмо", [one.number])
        for one in papers
        if one.kind is PaperKind.THANKS
    ]


def _own(desk: Desk, held: Held, part: str, numbers: Sequence[str]) -> Own:
    return Own(held.key, title_of(held), dates_of(held, desk.facts.zone), part, tuple(numbers))
