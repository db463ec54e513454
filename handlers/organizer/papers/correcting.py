"""What putting a mistake right changes: worked out first, shown to the organizer, then carried out as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.contest.applications import application_key
from bot.contest.naming import is_titled
from bot.contest.papers.content import PaperContent, PaperKind, Planned
from bot.contest.papers.correcting import Change, Correction, Wrong, beside, changes, corrected, corrected_jurors
from bot.contest.papers.planning import planned
from bot.contest.papers.values import Entry, Juror, School
from bot.contest.text import fold
from handlers.events import Running
from handlers.kinds import Case, Desk
from handlers.organizer.papers.gathering import gather_some, school_of, series_of
from handlers.participant.applying.filled import read_kept_grade, read_name
from storage.application_rows import Application, Form
from storage.paper_mistakes import Mistake
from storage.paper_rows import Paper

_FORM = tuple(field.name for field in fields(Form))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of the data and of the papers."""

    #: The paper on which the mistake was found.
    paper: Paper
    #: Entries of the event that would change: as they are, as they are to be.
    entries: tuple[tuple[Entry, Entry], ...]
    jurors: tuple[tuple[Juror, Juror], ...]
    #: With the paper that is in force for it; None: it has none yet.
    changes: tuple[tuple[Paper | None, Change], ...]
    protocol: str

    @property
    def own(self) -> PaperContent | None:
        """The paper itself as it would be; None: it would stay as it is."""
        found = [change.after for paper, change in self.changes if paper is not None and paper.id == self.paper.id]
        return found[0].content if found and found[0] is not None else None

    @property
    def issued(self) -> list[tuple[Paper, Change]]:
        """Those of the changes whose paper has been issued."""
        return [(paper, change) for paper, change in self.changes if paper is not None]


async def outlook(desk: Desk, running: Running, mistake: Mistake) -> Outlook | None:
    """What confirming this mistake would do; None: its paper holds no more."""
    paper = await desk.storage.papers.get(mistake.paper_id)
    if paper is None or not paper.is_valid or paper.content is None:
        return None
    correction = correction_of(desk, paper, mistake)
    meant, of_juror = await _meant(desk, running, correction), correction.juror_id is not None
    gathered = await gather_some(desk, running, meant, jurors=of_juror)
    entries = beside(gathered.entries, correction)
    right, jurors = corrected(entries, correction), corrected_jurors(gathered.jurors, correction)
    before = planned(running.event, entries, gathered.jurors, gathered.setting)
    after = planned(running.event, right, jurors, gathered.setting)
    found = changes(before, after)
    return Outlook(
        paper,
        tuple((old, new) for old, new in zip(entries, right, strict=True) if old != new),
        tuple((old, new) for old, new in zip(gathered.jurors, jurors, strict=True) if old != new),
        tuple([(await _in_force(desk, change), change) for change in (*found, *_behind(paper, after, found))]),
        gathered.setting.protocol,
    )


async def _meant(desk: Desk, running: Running, correction: Correction) -> set[int]:
    """The applications whose papers may change: `beside` decides, from no more than these."""
    taught = {id_: names.split(", ") for id_, names in (await desk.storage.applications.taught(running.code)).items()}
    own = correction.application_id
    named = (*correction.named, *taught.get(own or 0, ()))
    spellings = {name for names in taught.values() for name in names}
    teachers = {fold(name) for name in named}
    known = {name for name in spellings if fold(name) in teachers}
    return {id_ for id_, names in taught.items() if not known.isdisjoint(names)} | ({own} if own is not None else set())


def correction_of(desk: Desk, paper: Paper, mistake: Mistake) -> Correction:
    """The mistake as the rules take it."""
    wrong, value = Wrong(mistake.field), _value(desk, Wrong(mistake.field), (mistake.answer or {}).get("value"))
    if paper.kind is PaperKind.THANKS:
        # A letter is addressed to a teacher, whom applications name as a supervisor.
        name = getattr(value, "formal", None)
        was = (paper.content.who,) if paper.content else ()
        return Correction(wrong=wrong, was=was, value=(name,) if name else None)
    if paper.kind is PaperKind.JUROR:
        return Correction(wrong=wrong, juror_id=paper.person_id, value=value)
    return Correction(
        wrong=wrong,
        application_id=paper.application_id,
        participant_id=(mistake.answer or {}).get("participant"),
        was=tuple(mistake.was.split(", ")) if wrong is Wrong.SUPERVISOR and mistake.was else (),
        value=value,
    )


def _value(desk: Desk, wrong: Wrong, kept: Any) -> Any:
    match wrong:
        case Wrong.NAME:
            return read_name(kept)
        case Wrong.GRADE:
            return read_kept_grade(kept, (kept or {}).get("letter"))
        case Wrong.SCHOOL if kept:
            return school_of(desk.facts.directory, kept["code"]) or School(kept["name"])
        case Wrong.SUPERVISOR if kept is not None:
            return tuple(kept)
    return kept if wrong is Wrong.TITLE else None


def _behind(paper: Paper, after: Sequence[Planned], found: Sequence[Change]) -> list[Change]:
    """The paper itself, where the data were put right before and it was not made anew since."""
    if any(change.before is not None and change.before.key == paper.key for change in found):
        return []
    due = next((one for one in after if one.key == paper.key and one.content != paper.content), None)
    return [Change(due, due)] if due is not None else []


async def _in_force(desk: Desk, change: Change) -> Paper | None:
    key = change.before.key if change.before is not None else change.after.key if change.after is not None else ""
    return await desk.storage.papers.by_key(key)


async def carry_out(case: Case, running: Running, found: Outlook, *, reason: str) -> list[Paper]:
    """Put the data right and make all papers anew that print them; those that are to be delivered.

    `reason` stays in the register and names nobody.
    """
    for old, new in found.entries:
        await _put_right(case, running, old, new)
    for _, juror in found.jurors:
        member = await case.storage.jury.get(juror.person_id, running.code)
        if member is not None:
            await case.storage.jury.join(
                juror.person_id,
                running.code,
                full_name=juror.full_name,
                organisation_code=member.organisation_code,
                at=case.now,
            )
    anew = [
        await _made_anew(case, paper, change.after, reason)
        for paper, change in found.issued
        if change.after is not None
    ]
    for paper, change in found.issued:
        if change.after is None:
            heir = next((one.id for one in anew if one.kind is paper.kind and one.person_id == paper.person_id), None)
            await case.storage.papers.withdraw(paper.id, reason=reason, at=case.now, replaced_by=heir)
    fresh = [
        change.after for paper, change in found.changes if paper is None and change.before is None and change.after
    ]
    if found.issued and fresh:
        anew += await case.storage.papers.issue_all(
            fresh,
            running.code,
            series=series_of(running.event),
            by=case.person.id,
            at=case.now,
            protocol=found.protocol,
        )
    return anew


async def _made_anew(case: Case, paper: Paper, after: Planned, reason: str) -> Paper:
    """The paper with its new words; where another one is for that already, that one, and this one is withdrawn."""
    held = await case.storage.papers.by_key(after.key)
    one = paper if held is None else held
    made = await case.storage.papers.reissue(
        one.id, after.content, reason=reason, by=case.person.id, at=case.now, key=after.key
    )
    if one.id != paper.id:
        await case.storage.papers.withdraw(paper.id, reason=reason, at=case.now, replaced_by=one.id)
    return made


async def _put_right(case: Case, running: Running, old: Entry, new: Entry) -> None:
    """The application as the corrected entry says."""
    for person, right in zip(old.people, new.people, strict=True):
        if person != right:
            await case.storage.applications.put_right(right.participant_id, right.name, right.grade)
    application = await case.storage.applications.get(old.application_id)
    if application is None:
        return
    school = new.school if old.school != new.school else None
    form = replace(
        Form(**{name: getattr(application, name) for name in _FORM}),
        title=new.title if old.title != new.title else application.title,
        supervisor=", ".join(new.supervisors) or None,
        organisation_code=school.code if school else application.organisation_code,
        organisation_name=school.name if school else application.organisation_name,
    )
    form = replace(form, duplicate_key=_key(application, form, running.code))
    await case.storage.applications.change(application.id, form, revision=application.revision, at=case.now)


def _key(application: Application, form: Form, event_code: str) -> str:
    title = form.title if is_titled(application) else None
    school = form.organisation_code or form.organisation_name.casefold()
    return application_key(title, [one.name for one in form.participants], school, event_code)
