"""«Тексты координатора»: what people write in the report themselves; every version stays."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.report.facts import year_title
from bot.contest.report.model import Section
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.kinds import Case
from handlers.organizer.report.years import back, finish_of_year, of_year, open_to
from handlers.organizer.scope import detail, not_available, whole

TALK = "report_text"
#: Of one message; a long text comes in several.
MESSAGE_LIMIT = 4096
#: Of a section: about fifteen pages.
SECTION_LIMIT = 40_000
DONE = "done"


@of_year(Action.VIEW_REPORT)
async def words(case: Case, year: str, _more: str) -> Outcome:
    """The sections, and which of them are written."""
    written = await case.storage.reports.words(year)
    rows = [[Button(label=_label(case, one, written), go=f"report_section:{year}/{one}")] for one in Section]
    return Reply("report.words", year=year_title(year), buttons=[*rows, [back(year)]])


def _label(case: Case, section: Section, written: dict[str, str]) -> str:
    sign = "report.section_written" if written.get(section) else "report.section_empty"
    return case.say(sign, title=section.label)


@of_year(Action.VIEW_REPORT)
async def section(case: Case, year: str, more: str) -> Outcome:
    """One section as it stands, or an earlier version: `<section>/<how many versions ago>`."""
    name, _, ago = more.partition("/")
    if name not in list(Section):
        return not_available()
    versions = await case.storage.reports.versions(year, name)
    at = min(whole(ago), max(len(versions) - 1, 0))
    text = versions[at].text if versions else ""
    way = f"{year}/{name}"
    turns = [
        Button(key, f"report_section:{way}/{to}")
        for key, to in (("report.older", at + 1), ("report.newer", at - 1))
        if 0 <= to < len(versions)
    ]
    if at:
        acts = [Button("report.restore", f"report_restore:{way}/{at}")] if text else []
    else:
        acts = [Button("report.write", f"report_write:{way}", colour="primary")]
        acts += [Button("report.clear", f"report_clear:{way}")] if text else []
    when = calendar.at(versions[at].written_at, case.facts.zone, now=case.now) if versions else ""
    return Reply(
        "report.section" if text else "report.section_none",
        title=Section(name).label,
        at=when,
        text=text,
        buttons=[acts, turns, [Button("report.words", f"report_words:{year}"), back(year)]],
    )


@of_year(Action.WRITE_REPORT)
async def write(_case: Case, year: str, name: str) -> Outcome:
    """Write a section anew."""
    return Open(TALK, f"{year}/{name}") if name in list(Section) else not_available()


@of_year(Action.WRITE_REPORT)
async def clear(case: Case, year: str, name: str) -> Outcome:
    """Take a section out of the report; what was written stays readable."""
    return await _kept(case, year, name, "", "report.cleared")


@of_year(Action.WRITE_REPORT)
async def restore(case: Case, year: str, more: str) -> Outcome:
    """An earlier version holds again, as the newest one."""
    name, _, ago = more.partition("/")
    versions = await case.storage.reports.versions(year, name)
    if not 0 < whole(ago) < len(versions):
        return not_available()
    return await _kept(case, year, name, versions[whole(ago)].text, "report.restored")


async def _kept(case: Case, year: str, name: str, text: str, told: str) -> Outcome:
    if name not in list(Section):
        return not_available()
    await case.storage.reports.write(year, name, text, by=case.person.id, at=case.now)
    facts = detail(section=name, characters=len(text))
    await case.storage.audit.add(case.person.id, Action.WRITE_REPORT, f"year:{year}", facts, at=case.now)
    rows = [[Button("report.words", f"report_words:{year}"), back(year)]]
    return Reply(told, title=Section(name).label, buttons=rows)


async def _steps(case: Case, subject: str) -> Sequence[Step]:
    """A message, then more of them until it is said that this is all."""
    if not await open_to(case, subject.partition("/")[0], Action.WRITE_REPORT):
        return ()
    return (
        Step("text", parse=_read, accept=_begin, counted=False, limit=MESSAGE_LIMIT, values=_values),
        Step("more", parse=_read, options=_ready, accept=_go_on, counted=False, limit=MESSAGE_LIMIT, values=_values),
    )


async def _read(_case: Case, _answers: Answers, text: str) -> str:
    return text.strip()


async def _begin(_case: Case, answers: Answers, value: str) -> Answers:
    return {**answers, "text": value}


async def _go_on(_case: Case, answers: Answers, value: str) -> Answers:
    """One more message is added, and the question asked again; «готово» ends it. What is too much is left out."""
    if value == DONE:
        return {**answers, "more": DONE}
    together = f"{answers['text']}\n{value}"
    return {**answers, "text": together} if len(together) <= SECTION_LIMIT else answers


async def _ready(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.report.done"), DONE, "positive")]


async def _values(_case: Case, answers: Answers) -> dict[str, object]:
    return {"characters": len(str(answers.get("text", ""))), "limit": SECTION_LIMIT}


@finish_of_year(Action.WRITE_REPORT)
async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    year, _, name = subject.partition("/")
    return await _kept(case, year, name, str(answers["text"]), "report.written")


async def _cancelled(case: Case, subject: str) -> Outcome:
    return await section(case, subject)


TEXT = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)
