"""Stages: who went on, results of trials, attempts, and who holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.contest.attempts import total
from bot.contest.authorize import RoleKind
from bot.contest.event.stages import Stage
from bot.contest.trials import Trial, trials_of, written
from bot.documents.exports.cells import Value
from handlers.host.scope import host_name
from handlers.organizer.exports.sources.entries import Entry, common, entries, row_with
from handlers.organizer.exports.wanted import Rows, Wanted, page_link, yes_or_nothing
from handlers.organizer.people import page_name
from storage.attempts import Try
from storage.spans import Span
from storage.stages import Standing

T = TypeVar("T")


async def standings(wanted: Wanted) -> Rows:
    """A row an application and stage, in the order of the applications."""
    desk, code = wanted.desk, wanted.running.code
    titles = {stage.code: stage.title for stage in wanted.running.event.stages}

    def values(one: Standing) -> dict[str, Value]:
        return {
            "stage": titles.get(one.stage_code, one.stage_code),
            "standing": desk.say(f"exports.standing.{one.state}"),
            "host": host_name(desk, one.host_code),
            "override": yes_or_nothing(holds=one.override_by is not None),
            "reason": one.reason,
            "decided": one.decided_at,
        }

    async for page in entries(wanted):
        found = await desk.storage.stages.of_event(code, _span(page))
        for row in _beside(wanted, page, found, lambda one: one.application_id, values):
            yield row


async def trials(wanted: Wanted) -> Rows:
    """A row a result."""
    storage, event = wanted.desk.storage, wanted.running.event
    stages = [(stage, trials_of(event, stage)) for stage in event.stages]
    async for page in entries(wanted):
        for stage, measured in stages:
            results = await storage.trials.results(wanted.running.code, stage.code, _span(page)) if measured else {}
            found = [
                (id_, trial, written(values[trial.code], trial.measure))
                for id_, values in results.items()
                for trial in measured
                if trial.code in values
            ]
            for row in _beside(wanted, page, found, lambda one: one[0], _result_in(stage)):
                yield row


async def attempts(wanted: Wanted) -> Rows:
    """A row an attempt."""
    stages = {stage.code: stage for stage in wanted.running.event.stages}

    def values(one: Try) -> dict[str, Value]:
        stage = stages.get(one.stage_code)
        return {
            "stage": stage.title if stage else one.stage_code,
            "attempt": one.number,
            "points": total(stage.questions, one.answers, one.marks) if stage and one.finished_at else None,
            "started": one.started_at,
            "finished": one.finished_at,
        }

    async for page in entries(wanted):
        found = await wanted.desk.storage.attempts.of_event(wanted.running.code, span=_span(page))
        for row in _beside(wanted, page, found, lambda one: one.application_id, values):
            yield row


async def hosts(wanted: Wanted) -> Rows:
    """A row a representative."""
    desk, directory = wanted.desk, wanted.desk.facts.directory
    for one in await desk.storage.roles.all():
        if one.role.kind is not RoleKind.HOST or one.role.event != wanted.running.code:
            continue
        code = one.role.organisation or ""
        values: dict[str, Value] = {
            "school": host_name(desk, code),
            "place": directory.municipality(code) if code in directory.codes else None,
            "page": await page_name(desk, one.person_id),
            "link": page_link(one.person_id),
            "since": one.granted_at,
        }
        yield [values[column.code] for column in wanted.columns]


def _span(page: list[Entry]) -> Span:
    return Span(page[0].application.ordinal - 1, page[-1].application.ordinal)


def _result_in(stage: Stage) -> Callable[[tuple[int, Trial, str]], dict[str, Value]]:
    return lambda one: {"stage": stage.title, "trial": one[1].title, "result": one[2]}


def _beside(
    wanted: Wanted,
    page: list[Entry],
    found: Iterable[T],
    application_of: Callable[[T], int],
    values: Callable[[T], dict[str, Value]],
) -> Iterable[list[Value]]:
    """Rows of what was found, each beside its application."""
    readers, by_id = common(wanted), {entry.application.id: entry for entry in page}
    for one in found:
        yield row_with(wanted, readers, by_id[application_of(one)], values(one))
