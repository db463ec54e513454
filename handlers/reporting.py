"""The facts of a school year, with those hidden who may not be named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from bot.contest.consents import in_force_since
from bot.contest.organisations import Directory
from bot.contest.programme import Programme
from bot.contest.report.build import Beside, build_report
from bot.contest.report.counting import Rules
from bot.contest.report.facts import Facts, Held, year_before
from bot.contest.report.model import Report
from handlers.kinds import Desk
from handlers.seeing import Ledger, hiding_of_event


async def year_facts(desk: Desk, year: str, *, organisation: str | None = None, person: int | None = None) -> Facts:
    """All of a school year; of one organisation's applications or of one applicant's alone, where they are named."""
    reports = desk.storage.reports
    events = await reports.events(year)
    plain = [event for event, _ in events]
    names = {one.code: one.name_short for one in Directory.load().all}
    ledgers = await _ledgers(desk, year)
    is_whole = organisation is None and person is None

    def hides(application_id: int, participant_id: int) -> bool:
        return any(ledger.hides(application_id, participant_id) for ledger in ledgers.values())

    return Facts(
        year=year,
        events=tuple(
            Held(event, stored.approved_at is not None, stored.published_at is not None) for event, stored in events
        ),
        entries=await reports.entries(plain, hides=hides, organisation=organisation, person=person),
        experts=await reports.experts(plain, names) if is_whole else (),
        documents=await reports.documents(plain) if person is None else (),
        words=await reports.words(year),
    )


async def year_report(desk: Desk, year: str, rules: Rules, *, beside: Rules | None = None) -> Report:
    """The report of a school year («2020-21») by `rules`, and by `beside` for comparison. Reads, writes nothing."""
    facts = await year_facts(desk, year)
    earlier = year_before(year)
    before = await year_facts(desk, earlier)
    typed = await desk.storage.reports.typed(earlier)
    return build_report(
        facts,
        rules,
        directory=Directory.load(),
        programme=Programme.load(),
        made_at=desk.now,
        beside=Beside(beside, before, typed),
    )


async def _ledgers(desk: Desk, year: str) -> Mapping[str, Ledger]:
    """Who is hidden, at those events of the year where anybody may be."""
    zone = desk.facts.zone
    before = datetime.combine(in_force_since(desk.now.astimezone(zone).date()), time(), zone)
    events = [event for event, _ in await desk.storage.reports.events(year)]
    hiding = await desk.storage.reports.hiding(events, before=before)
    return {code: await hiding_of_event(desk, code) for code in sorted(hiding)}
