"""What an account's applications still lack, gathered with a few queries however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from bot.talk.model import Button
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant import deadlines
from handlers.participant.applying.missing import missing_of
from handlers.participant.own import ALIVE
from handlers.participant.works import composition, hand_in_rules
from handlers.seeing import Ledger, ledger_of_applicant
from storage.application_rows import Application
from storage.works import WorkVersion


class Lack(StrEnum):
    """What is missing, the most urgent first; the last two are for the parents to end."""

    CHANGES = "changes"
    FIELDS = "fields"
    #: Nobody has been asked, or the link is out of date.
    CONSENT = "consent"
    WORK = "work"
    PIECES = "pieces"
    ABOUT = "about"
    #: The parent has a link and has not answered.
    PARENT = "parent"
    REFUSED = "refused"


ORDER = tuple(Lack)
#: What an applicant can do nothing about now.
OF_OTHERS = frozenset({Lack.PARENT, Lack.REFUSED})


@dataclass(frozen=True, slots=True)
class Standing:
    """One application with what it lacks."""

    running: Running
    application: Application
    lacks: tuple[Lack, ...]
    #: So many parents have a link and have not answered.
    awaited: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that the applicant can do something about."""

    lack: Lack
    running: Running
    application: Application

    @property
    def order(self) -> tuple[int, int]:
        """Gaps come in this order, and keep it whatever is filled in between."""
        return ORDER.index(self.lack), self.application.id

    @property
    def place(self) -> str:
        """Where the walk through the gaps is, for a button: `work-12`."""
        return f"{self.lack}-{self.application.id}"


def gaps_of(found: Sequence[Standing]) -> list[Gap]:
    """All gaps that are the applicant's to fill, in their order."""
    mine = [Gap(lack, one.running, one.application) for one in found for lack in one.lacks if lack not in OF_OTHERS]
    return sorted(mine, key=lambda gap: gap.order)


def after(gaps: Sequence[Gap], place: str) -> Gap | None:
    """The first gap that comes after a place; of a place that is none, the first of all."""
    lack, _, written = place.partition("-")
    known = lack in ORDER and written.isascii() and written.isdecimal()
    passed = (ORDER.index(Lack(lack)), int(written)) if known else (-1, 0)
    return next((gap for gap in gaps if gap.order > passed), None)


async def way_on(case: Case, application: Application) -> list[Button]:
    """«Следующий пробел» for a teacher with several children here; nothing for anybody else."""
    if application.applicant_role is not Applicant.TEACHER:
        return []
    code = application.event_code
    several = len(await standings(case, code)) > 1
    return [Button("next_gap", f"next_gap:{code}")] if several else []


async def standings(case: Case, code: str | None = None) -> list[Standing]:
    """All that take part, of one event or of all: the ones that lack something first, then in their order."""
    mine = await case.storage.applications.of_person(case.person.id, code)
    events = {one: await event_of(case, one) for one in {application.event_code for application in mine}}
    ledger = await ledger_of_applicant(case, case.person.id)
    asked = await _asked(case)
    with_work = await case.storage.works.of_person(case.person.id)
    found = []
    for one in mine:
        running = events[one.event_code]
        if running is None or one.state not in ALIVE:
            continue
        open_ = running.stored.published_at is None and running.stored.archived_at is None
        lacks = [Lack.CHANGES] if one.state is ApplicationState.CHANGES_ASKED else []
        if open_ and deadlines.editing(case, running, one) is None:
            lacks += [Lack.FIELDS] if any(miss.is_due for miss in missing_of(running.event, one, case.now)) else []
        consents = _consents(running, one, ledger, asked) if open_ else []
        lacks += dict.fromkeys(consents)
        lacks += [Lack.WORK] if await _waits(case, running, one, has_work=one.id in with_work) else []
        lacks += [Lack.PIECES] if await _is_not_whole(case, running, one, with_work.get(one.id)) else []
        lacks += [Lack.ABOUT] if open_ and one.id in with_work and _is_untitled(running, one) else []
        in_order = tuple(sorted(lacks, key=ORDER.index))
        found.append(Standing(running, one, in_order, consents.count(Lack.PARENT)))
    return sorted(found, key=lambda one: (min(map(ORDER.index, one.lacks), default=len(ORDER)), one.application.id))


async def _asked(case: Case) -> frozenset[int]:
    """The participants whose parents have a link by which they can still answer."""
    links = await case.storage.consent_links.of_applicant(case.person.id)
    return frozenset(one for one, link in links.items() if link.used_at is None and case.now < link.expires_at)


def _consents(running: Running, application: Application, ledger: Ledger, asked: frozenset[int]) -> list[Lack]:
    """Of each participant without a consent, whose turn it is."""
    lacks = []
    for one in ledger.missing(running.event, application):
        if ledger.of(application, one).processing.state.is_no:
            lacks.append(Lack.REFUSED)
        else:
            lacks.append(Lack.PARENT if one is not None and one.id in asked else Lack.CONSENT)
    return lacks


async def _waits(case: Case, running: Running, one: Application, *, has_work: bool) -> bool:
    """Whether a work is awaited; where stages ask for works anew, having one is not all."""
    if running.event.stages:
        return await hand_in_rules.waits_for_work(case, running, one)
    return not has_work and await hand_in_rules.refusal(running, one, case, versions=0) is None


async def _is_not_whole(case: Case, running: Running, one: Application, work: WorkVersion | None) -> bool:
    """Whether a piece that must be handed in is not there, and still can be."""
    submission = running.event.submission_for(one.nomination)
    if work is None or submission is None or composition.is_whole(submission, work.pieces):
        return False
    return await hand_in_rules.refusal(running, one, case, versions=1) is None


def _is_untitled(running: Running, application: Application) -> bool:
    """Whether nobody knows what the work is called."""
    submission = running.event.submission
    return submission is not None and submission.title_required and not application.answers.get("_title")
