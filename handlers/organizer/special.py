"""Special nominations: the jury names them after scoring, beside the award; and one of one's own for everybody.

Both are titles beside an outcome («Призёр, «Самый смелый сюжет»»). Where the scheme gives everybody a nomination of
their own, the next work without one is asked about until all have theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action
from bot.contest.awards import OutcomeKind
from bot.contest.event import Event
from bot.contest.event.awards import OwnNominations
from bot.contest.refusal import Refusal
from bot.contest.text import clean
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.proposing import proposed
from handlers.organizer.record import Record, record_of
from handlers.organizer.scope import detail, event_steps, finish_of_event, of_event, the_event, whole
from handlers.organizer.wording import back_to_event, lines, who
from storage.application_rows import Application

TALK = "org_special"
SPECIAL_LIMIT = 100
#: So many works are listed on the screen; the others are counted.
MOST_LISTED = 40
#: So many titles of one work have a button that takes them back.
MOST_REMOVED = 8


def special_button(running: Running) -> list[Button]:
    """The way to the special nominations, where the event has them."""
    if isinstance(running.event.awards, OwnNominations):
        return [Button("org.own_nominations", f"special:{running.code}")]
    rules = running.event.awards
    return [Button("org.special", f"special:{running.code}")] if rules.special or rules.special_free else []


def without_own(record: Record) -> list[Application]:
    """Where everybody gets a nomination of their own: who waits for one; [] in other schemes."""
    if not isinstance(record.running.event.awards, OwnNominations):
        return []
    return [one for one in record.competing if not _named(record, one) and _may_hold(record, one)]


@of_event(Action.NAME_SPECIAL)
async def special(case: Case, running: Running, _more: str) -> Outcome:
    """Who has which, and what may be added or taken back."""
    return _screen(case, await record_of(case, running))


@of_event(Action.NAME_SPECIAL)
async def name_special(case: Case, running: Running, written_id: str) -> Outcome:
    """Name one: for this application, or else for whoever is asked about."""
    if running.stored.approved_at is not None:
        return _stands(running)
    record = await record_of(case, running)
    one = record.application(whole(written_id)) if whole(written_id) in {one.id for one in _holders(record)} else None
    return _ask(running, one)


@of_event(Action.NAME_SPECIAL)
async def drop_special(case: Case, running: Running, more: str) -> Outcome:
    """Take the nth title of an application back: `12/0`."""
    if running.stored.approved_at is not None:
        return _stands(running)
    written_id, _, nth = more.partition("/")
    record = await record_of(case, running)
    application = next((one for one in _holders(record) if one.id == whole(written_id)), None)
    titles = _named(record, application) if application else ()
    if application is not None and whole(nth) < len(titles):
        left = [title for index, title in enumerate(titles) if index != whole(nth)]
        await case.storage.outcomes.name_special(application.id, left)
        await _audit(case, running, application, left)
        record = await record_of(case, running)
    return _screen(case, record)


def _screen(case: Case, record: Record) -> Reply:
    running = record.running
    open_ = running.stored.approved_at is None
    named = [(one, _named(record, one)) for one in _holders(record) if _named(record, one)]
    waiting = without_own(record)
    rows = [
        case.say("org.special_line", number=one.number, who=who(one), titles=_quoted(titles)) for one, titles in named
    ]
    more = len(rows) - MOST_LISTED
    return Reply(
        "org.special_list" if named else "org.special_nobody",
        title=running.event.title,
        lines=lines([*rows[:MOST_LISTED], case.say("org.special_more", count=more) if more > 0 else ""]),
        waiting=_waiting(case, waiting),
        buttons=[
            [Button("org.special_add", f"name_special:{running.code}{_next(waiting)}", colour="primary")]
            if open_
            else [],
            *(_removals(case, running, named) if open_ else []),
            [Button("org.ranking", f"ranking:{running.code}"), back_to_event(running.code)],
        ],
    )


def _removals(case: Case, running: Running, named: Sequence[tuple[Application, tuple[str, ...]]]) -> list[list[Button]]:
    """A button for each title, while there are few of them; else a title is changed by naming the work again."""
    found = [
        Button(label=case.say("org.special_drop", number=one.number, title=title), go=_drop(running, one, nth))
        for one, titles in named
        for nth, title in enumerate(titles)
    ]
    return [[button] for button in found] if len(found) < MOST_REMOVED else []


def _drop(running: Running, one: Application, nth: int) -> str:
    return f"drop_special:{running.code}/{one.id}/{nth}"


def _waiting(case: Case, waiting: Sequence[Application]) -> str:
    if not waiting:
        return ""
    return case.say("org.own_waiting", count=len(waiting), whom="; ".join(who(one) for one in waiting[:MOST_REMOVED]))


def _next(waiting: Sequence[Application]) -> str:
    return f"/{waiting[0].id}" if waiting else ""


def _stands(running: Running) -> Reply:
    return Reply("org.protocol_stands", buttons=[[back_to_event(running.code)]])


def _ask(running: Running, one: Application | None, before: Reply | None = None) -> Open:
    """The question about one work has a subject of its own, so that the next one may follow its answer at once."""
    if one is None:
        return Open(TALK, running.code, answers={"event": running.code}, resume=False)
    answers = {"event": running.code, "application": one.id}
    return Open(TALK, f"{running.code}/{one.id}", answers=answers, resume=False, before=before)


def _holders(record: Record) -> list[Application]:
    """Who may get a special nomination: everybody who took part to the end and has an outcome, or a proposal."""
    return [one for one in record.staying if _may_hold(record, one)]


def _may_hold(record: Record, application: Application) -> bool:
    decision = record.decisions.get(application.id)
    if decision is None:
        return application.id in {one.id for one in record.competing}
    kind = decision.result.outcome.kind
    return kind.is_award or kind is OutcomeKind.PARTICIPANT


def _named(record: Record, application: Application) -> tuple[str, ...]:
    decision = record.decisions.get(application.id)
    return decision.result.outcome.special if decision else ()


def _quoted(titles: Sequence[str]) -> str:
    return ", ".join(f"«{title}»" for title in titles)


def _titles(event: Event, record: Record) -> list[str]:
    """What the event's file offers; of nominations of one's own those that nobody has yet."""
    rules = event.awards
    if not isinstance(rules, OwnNominations):
        return list(rules.special)
    taken = {title for one in record.staying for title in _named(record, one)}
    return [title for title in rules.titles if title not in taken]


async def _applications(case: Case, answers: Answers) -> Sequence[Option]:
    record = await record_of(case, await the_event(case, str(answers["event"])))
    return [Option(f"{one.number} {who(one)}", one.id) for one in _holders(record)]


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
        return _stands(running)
    record = await record_of(case, running)
    application = next((one for one in _holders(record) if one.id == answers["application"]), None)
    result = None if application is None else proposed(record).results.get(application.id)
    if application is None or (application.id not in record.decisions and result is None):
        return Reply("org.special_too_early", buttons=[[Button("org.ranking", f"ranking:{running.code}")]])
    if application.id not in record.decisions and result is not None:
        await case.storage.outcomes.propose([result], by=case.person.id, at=case.now)
    title = str(answers["title"])
    own = isinstance(running.event.awards, OwnNominations)
    titles = (title,) if own else tuple(dict.fromkeys((*_named(record, application), title)))
    await case.storage.outcomes.name_special(application.id, titles)
    await _audit(case, running, application, titles)
    said = Reply("org.special_named", number=application.number, who=who(application), titles=_quoted(titles))
    after = await record_of(case, running)
    if own and (waiting := without_own(after)):
        return _ask(running, waiting[0], before=said)
    return [said, _screen(case, after)]


async def _audit(case: Case, running: Running, application: Application, titles: Sequence[str]) -> None:
    await case.storage.audit.add(
        case.person.id,
        Action.NAME_SPECIAL,
        f"application:{application.id}",
        detail(event=running.code, titles=list(titles)),
        at=case.now,
    )


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
