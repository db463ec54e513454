"""Naming a special nomination: for whom, which; where everybody gets one of their own, the next work comes at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action
from bot.contest.event import Event
from bot.contest.event.awards import OwnNominations
from bot.contest.refusal import Refusal
from bot.contest.text import clean
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.record import Record, record_of
from handlers.organizer.results.proposing import proposed
from handlers.organizer.results.special import holders, note, quoted, screen, special, stands, titles_of, without_own
from handlers.organizer.scope import event_steps, finish_of_event, of_event, the_event, whole
from handlers.organizer.wording import who
from storage.application_rows import Application

TALK = "org_special"
SPECIAL_LIMIT = 100


@of_event(Action.NAME_SPECIAL)
async def name_special(case: Case, running: Running, written_id: str) -> Outcome:
    """Name one: for this application, or else for whoever is asked about."""
    if running.stored.approved_at is not None:
        return stands(running)
    record = await record_of(case, running)
    if not holders(record):
        return screen(case, record)
    one = record.application(whole(written_id)) if whole(written_id) in {one.id for one in holders(record)} else None
    return _ask(running, one)


def _ask(running: Running, one: Application | None, before: Reply | None = None) -> Open:
    """The question about one work has a subject of its own, so that the next one may follow its answer at once."""
    if one is None:
        return Open(TALK, running.code, answers={"event": running.code}, resume=False)
    answers = {"event": running.code, "application": one.id}
    return Open(TALK, f"{running.code}/{one.id}", answers=answers, resume=False, before=before)


def _titles(event: Event, record: Record) -> list[str]:
    """What the event's file offers; of nominations of one's own those that nobody has yet."""
    rules = event.awards
    if not isinstance(rules, OwnNominations):
        return list(rules.special)
    taken = {title for one in record.staying for title in titles_of(record, one)}
    return [title for title in rules.titles if title not in taken]


async def _applications(case: Case, answers: Answers) -> Sequence[Option]:
    record = await record_of(case, await the_event(case, str(answers["event"])))
    return [Option(f"{one.number} {who(one)}", one.id) for one in holders(record)]


async def _offered(case: Case, answers: Answers) -> Sequence[Option]:
    running = await the_event(case, str(answers["event"]))
    titles = _titles(running.event, await record_of(case, running))
    return [Option(title, title, "secondary" if nth else "primary") for nth, title in enumerate(titles)]


async def _about(case: Case, answers: Answers) -> dict[str, object]:
    record = await record_of(case, await the_event(case, str(answers["event"])))
    application = record.application(int(answers["application"]))
    return {"number": application.number, "who": who(application)}


async def _read(case: Case, answers: Answers, text: str) -> str | Refusal:
    running = await the_event(case, str(answers["event"]))
    title = clean(text).strip('«»"').strip()
    rules = running.event.awards
    written = isinstance(rules, OwnNominations) or rules.special_free
    offered = {one.casefold(): one for one in _titles(running.event, await record_of(case, running))}
    if found := offered.get(title.casefold()):
        return found
    return title if written and title else Refusal("choose_from_list")


@finish_of_event(Action.NAME_SPECIAL)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    if running.stored.approved_at is not None:
        return stands(running)
    record = await record_of(case, running)
    application = next((one for one in holders(record) if one.id == answers["application"]), None)
    result = None if application is None else proposed(record).results.get(application.id)
    if application is None or (application.id not in record.decisions and result is None):
        return Reply("org.special_too_early", buttons=[[Button("org.ranking", f"ranking:{running.code}")]])
    if application.id not in record.decisions and result is not None:
        await case.storage.outcomes.propose([result], by=case.person.id, at=case.now)
    title = str(answers["title"])
    own = isinstance(running.event.awards, OwnNominations)
    titles = (title,) if own else tuple(dict.fromkeys((*titles_of(record, application), title)))
    await case.storage.outcomes.name_special(application.id, titles)
    await note(case, running, application, titles)
    said = Reply("org.special_named", number=application.number, who=who(application), titles=quoted(titles))
    after = await record_of(case, running)
    if own and (waiting := without_own(after)):
        return _ask(running, waiting[0], before=said)
    return [said, screen(case, after)]


_steps = event_steps(
    Action.NAME_SPECIAL,
    Step("application", options=_applications),
    Step("title", parse=_read, options=_offered, values=_about, limit=SPECIAL_LIMIT),
)


async def _steps_of(case: Case, subject: str) -> Sequence[Step]:
    return await _steps(case, subject.partition("/")[0])


async def _end(case: Case, subject: str, answers: Answers) -> Outcome:
    return await _finish(case, subject.partition("/")[0], answers)


SPECIAL = Talk(TALK, _steps_of, _end, cancelled=special)
