"""To whom an announcement may go, with how many people that is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.applications import ApplicationState
from bot.contest.audiences import Audience, Base, people_in
from bot.contest.report.facts import year_of, year_title
from bot.contest.stages import cuts
from bot.talk.model import Option
from handlers.events import Running, all_events
from handlers.kinds import Case
from handlers.organizer.announcing.counting import AT_ONCE
from handlers.organizer.announcing.words import with_count

#: Who is asked for by the state of their applications, in this order.
STATES = tuple(state for state in ApplicationState if state is not ApplicationState.DRAFT)


async def bases(case: Case, running: Running | None) -> list[Option]:
    """The audiences that one may begin with; those that are empty are left out."""
    counted = await _of_event(case, running) if running else await _of_programme(case)
    return [Option(with_count(label, count), audience.to_json()) for label, audience, count in counted if count != 0]


async def _of_event(case: Case, running: Running) -> Sequence[tuple[str, Audience, int | None]]:
    audiences = [Audience(base, events=(running.code,)) for base in _plain(running)]
    audiences += [Audience(Base.PASSED, events=(running.code,), stage=cut.code) for cut in cuts(running.event)]
    audiences += [Audience(Base.STATE, events=(running.code,), state=state) for state in STATES]
    return [(_label(case, running, one), one, count) for one, count in await _counted(case, running, audiences)]


def _plain(running: Running) -> list[Base]:
    event = running.event
    found = [Base.APPLICANTS]
    found += [Base.WITHOUT_WORK] if event.submission is not None else []
    found += [Base.DRAFTS, *([Base.JURY] if event.has_sheets else []), Base.HOSTS]
    return found


async def _counted(case: Case, running: Running, audiences: Sequence[Audience]) -> list[tuple[Audience, int | None]]:
    """How many people each has; None: too many applications to count them within a step."""
    storage = case.storage.audiences
    of_few = await storage.size(running.code) <= AT_ONCE
    entries, passed = {}, [one.stage for one in audiences if one.stage]
    if of_few:
        for stage in ("", *passed):
            entries[stage] = [
                entry async for entry in storage.entries(Audience(Base.STATE, (running.code,), stage=stage))
            ]
    found: list[tuple[Audience, int | None]] = []
    for one in audiences:
        if not one.is_of_applications:
            found.append((one, len(await storage.people(one))))
        else:
            found.append((one, len(people_in(one, entries[one.stage])) if of_few else None))
    return found


def _label(case: Case, running: Running, audience: Audience) -> str:
    match audience.base:
        case Base.STATE:
            return case.say("announce.choose.state", state=ApplicationState(audience.state).label)
        case Base.PASSED:
            last = cuts(running.event)[-1]
            if audience.stage == last.code:
                return case.say("announce.choose.finalists")
            title = next(cut.title for cut in cuts(running.event) if cut.code == audience.stage)
            return case.say("announce.choose.passed", title=title)
    return case.say(f"announce.choose.{audience.base}")


async def _of_programme(case: Case) -> Sequence[tuple[str, Audience, int | None]]:
    """Everyone, and the people of the last school year that has events."""
    everyone = await case.storage.audiences.count_everyone()
    found: list[tuple[str, Audience, int | None]] = [
        (case.say("announce.choose.everyone"), Audience(Base.EVERYONE), everyone)
    ]
    by_year: dict[str, list[str]] = {}
    for running in await all_events(case):
        by_year.setdefault(year_of(running.event), []).append(running.code)
    for year in sorted(by_year, reverse=True)[:1]:
        codes, title = tuple(by_year[year]), year_title(year)
        applicants = Audience(Base.APPLICANTS, codes, year=year)
        found += [
            (case.say("announce.choose.of_year", year=title), applicants, None),
            (case.say("announce.choose.teachers"), Audience(Base.APPLICANTS, codes, year=year, role="teacher"), None),
            (case.say("announce.choose.parents"), Audience(Base.APPLICANTS, codes, year=year, role="parent"), None),
        ]
        for base in (Base.JURY, Base.HOSTS):
            audience = Audience(base, codes, year=year)
            count = len(await case.storage.audiences.people(audience))
            found.append((case.say(f"announce.choose.{base}"), audience, count))
    return found
