"""Special nominations: the jury names them after scoring, beside the award; and one of one's own for everybody.

Both are titles beside an outcome («Призёр, «Самый смелый сюжет»»). Where the scheme gives everybody a nomination of
their own, the next work without one is asked about until all have theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action
from bot.contest.awards import OutcomeKind
from bot.contest.event.awards import OwnNominations
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.record import Record, record_of
from handlers.organizer.scope import detail, of_event, whole
from handlers.organizer.wording import back_to_event, lines, who
from storage.application_rows import Application

#: So many works are listed on the screen; the others are counted.
MOST_LISTED = 40
#: Fewer titles than this have a button each that takes them back: a message has six rows of buttons.
MOST_REMOVED = 5


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
    return [one for one in record.competing if not titles_of(record, one) and may_hold(record, one)]


@of_event(Action.NAME_SPECIAL)
async def special(case: Case, running: Running, _more: str) -> Outcome:
    """Who has which, and what may be added or taken back."""
    return screen(case, await record_of(case, running))


@of_event(Action.NAME_SPECIAL)
async def drop_special(case: Case, running: Running, more: str) -> Outcome:
    """Take the nth title of an application back: `12/0`."""
    if running.stored.approved_at is not None:
        return stands(running)
    written_id, _, nth = more.partition("/")
    record = await record_of(case, running)
    application = next((one for one in holders(record) if one.id == whole(written_id)), None)
    titles = titles_of(record, application) if application else ()
    if application is not None and whole(nth) < len(titles):
        left = [title for index, title in enumerate(titles) if index != whole(nth)]
        await case.storage.outcomes.name_special(application.id, left)
        await note(case, running, application, left)
        record = await record_of(case, running)
    return screen(case, record)


def screen(case: Case, record: Record) -> Reply:
    """Who has which nomination, and who waits for one."""
    running = record.running
    open_ = running.stored.approved_at is None
    named = [(one, titles_of(record, one)) for one in holders(record) if titles_of(record, one)]
    waiting = without_own(record)
    rows = [
        case.say("org.special_line", number=one.number, who=who(one), titles=quoted(titles)) for one, titles in named
    ]
    more = len(rows) - MOST_LISTED
    key = "org.special_list" if named else "org.special_nobody" if holders(record) else "org.special_too_soon"
    own = isinstance(running.event.awards, OwnNominations)
    return Reply(
        key,
        head=case.say("org.special_head_own" if own else "org.special_head"),
        title=running.event.title,
        lines=lines([*rows[:MOST_LISTED], case.say("org.special_more", count=more) if more > 0 else ""]),
        waiting=_waiting(case, waiting),
        buttons=[
            [Button("org.special_add", f"name_special:{running.code}{_next(waiting)}", colour="primary")]
            if open_ and holders(record)
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


def stands(running: Running) -> Reply:
    """Approved: nothing changes any more."""
    return Reply("org.protocol_stands", buttons=[[back_to_event(running.code)]])


def holders(record: Record) -> list[Application]:
    """Who may get a special nomination: everybody who took part to the end and has an outcome, or a proposal."""
    return [one for one in record.staying if may_hold(record, one)]


def may_hold(record: Record, application: Application) -> bool:
    decision = record.decisions.get(application.id)
    if decision is None:
        return application.id in {one.id for one in record.competing}
    kind = decision.result.outcome.kind
    return kind.is_award or kind is OutcomeKind.PARTICIPANT


def titles_of(record: Record, application: Application) -> tuple[str, ...]:
    """The nominations that an application has."""
    decision = record.decisions.get(application.id)
    return decision.result.outcome.special if decision else ()


def quoted(titles: Sequence[str]) -> str:
    """«За музыку», «За доброту»."""
    return ", ".join(f"«{title}»" for title in titles)


async def note(case: Case, running: Running, application: Application, titles: Sequence[str]) -> None:
    """Keep in the audit log which nominations an application has from now on."""
    await case.storage.audit.add(
        case.person.id,
        Action.NAME_SPECIAL,
        f"application:{application.id}",
        detail(event=running.code, titles=list(titles)),
        at=case.now,
    )
