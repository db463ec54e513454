"""«Цифры прошлого года»: typed in where the database has no year before, so that there is something to compare with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.contest.report.facts import year_before, year_title
from bot.contest.report.measures import TOTALS, Measure
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.kinds import Case
from handlers.organizer.report.years import back, finish_of_year, of_year, open_to
from handlers.organizer.scope import detail
from handlers.organizer.wording import bullets

TALK = "report_figure"
#: What a year is compared by.
MEASURES = (Measure.EVENTS, *TOTALS, Measure.MUNICIPALITIES, Measure.REGIONS, Measure.COUNTRIES, Measure.MEMBERS)
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0]?\d{3})*|\d{1,7}")
_NONE = ("нет", "-", "—", "–")
MOST_TYPED_CHARS = 20


@of_year(Action.VIEW_REPORT)
async def before(case: Case, year: str, _more: str) -> Outcome:
    """The figures of the year before that were typed in; or that the database has them."""
    earlier = year_before(year)
    if earlier in await case.storage.reports.years():
        return Reply("report.before_known", year=year_title(earlier), buttons=[[back(year)]])
    typed = await case.storage.reports.typed(earlier)
    told = [f"{one.label}: {typed[one]}" for one in MEASURES if one in typed]
    return Reply(
        "report.before" if told else "report.before_none",
        year=year_title(earlier),
        lines=bullets(told),
        buttons=[[Button("report.type", f"report_type:{year}", colour="primary")], [back(year)]],
    )


@of_year(Action.WRITE_REPORT)
async def type_figure(_case: Case, year: str, _more: str) -> Outcome:
    """Which figure, and how much."""
    return Open(TALK, year, resume=False)


async def _steps(case: Case, year: str) -> Sequence[Step]:
    if not await open_to(case, year, Action.WRITE_REPORT):
        return ()
    return (
        Step("measure", options=_measures, counted=False, columns=2),
        Step("value", parse=_read, counted=False, values=_values, limit=MOST_TYPED_CHARS),
    )


async def _measures(_case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(one.label, one.value) for one in MEASURES]


async def _values(_case: Case, answers: Answers) -> dict[str, object]:
    return {"label": Measure(answers["measure"]).label}


async def _read(_case: Case, _answers: Answers, text: str) -> int | Refusal:
    """The number; a minus or «нет» takes the figure back and is −1 here."""
    plain = text.strip().lower()
    if plain in _NONE:
        return -1
    return int(re.sub(r"\D", "", plain)) if _NUMBER.fullmatch(plain) else Refusal("report_figure.value_expects")


@finish_of_year(Action.WRITE_REPORT)
async def _finish(case: Case, year: str, answers: Answers) -> Outcome:
    measure, value = Measure(answers["measure"]), int(answers["value"])
    kept = None if value < 0 else value
    await case.storage.reports.type(year_before(year), measure.value, kept, by=case.person.id, at=case.now)
    facts = detail(figure=measure.value, value=kept)
    await case.storage.audit.add(case.person.id, Action.WRITE_REPORT, f"year:{year_before(year)}", facts, at=case.now)
    return await before(case, year)


async def _cancelled(case: Case, year: str) -> Outcome:
    return await before(case, year)


FIGURE = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)
