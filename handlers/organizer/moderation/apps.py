"""The list of an event's applications, a page at a time, all or in one state; searched by typing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action
from bot.contest.text import fold
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.exports.button import export_button, remember_search
from handlers.organizer.moderation.card import card
from handlers.organizer.moderation.works_shown import work_state
from handlers.organizer.scope import of_event, whole
from handlers.organizer.wording import back_to_event, lines, who_and_grade
from handlers.paging import paged
from handlers.seeing import applications_seen
from storage.application_rows import Application
from storage.works import WorkVersion

PAGE = 4
#: So many of those that were found are listed; the first have buttons, any is opened by its number.
MOST_FOUND = 15
ALL = "all"
#: The list as it is taken away.
EXPORTED = "applications"
#: A longer text names nobody.
MOST_TYPED = 100


@of_event(Action.LIST_APPLICATIONS)
async def apps(case: Case, running: Running, more: str) -> Outcome:
    """`more`: the state (or `all`) and the page's number; without a state those that wait, or all if none does."""
    wanted, _, written_page = more.partition("/")
    found = await applications_seen(case, running.code)
    waiting = any(one.state is ApplicationState.SENT for one in found)
    state = ApplicationState(wanted) if wanted in set(ApplicationState) else None
    if not wanted and waiting:
        state = ApplicationState.SENT
    found = [one for one in found if state in (None, one.state)]
    word = state or ALL
    _, shown, turns = paged(found, whole(written_page), PAGE, f"apps:{running.code}/{word}/")
    return await _list(
        case, running, "org.apps" if found else "org.apps_none", shown, turns, word,
        filter=case.say(f"org.filter.{word}"), count=len(found),
    )  # fmt: skip


@of_event(Action.LIST_APPLICATIONS)
async def apps_typed(case: Case, running: Running, _more: str) -> Outcome:
    """A surname, a school or a number written in sight of the list."""
    typed = case.incoming.text.strip()[:MOST_TYPED]
    found = [one for one in await applications_seen(case, running.code) if is_meant(one, typed)]
    if len(found) == 1:
        return await card(case, running, found[0])
    key = "org.apps_found" if found else "org.apps_not_found"
    more = case.say("org.apps_more", shown=MOST_FOUND) if len(found) > MOST_FOUND else ""
    hint = case.say("org.apps_by_number") if len(found) > PAGE else ""
    await remember_search(case, EXPORTED, typed)
    return await _list(case, running, key, found[:MOST_FOUND], [], typed=typed, count=len(found), more=more, hint=hint)


@of_event(Action.LIST_APPLICATIONS)
async def apps_filter(case: Case, running: Running, _more: str) -> Outcome:
    """Which applications to list."""
    counts = await case.storage.applications.count_by_state(running.code)
    options = [
        Button(label=_label(case, state, counts[state]), go=f"apps:{running.code}/{state}")
        for state in ApplicationState
        if counts.get(state)
    ]
    buttons = [Button(label=_label(case, ALL, sum(counts.values())), go=f"apps:{running.code}/{ALL}"), *options]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    return Reply("org.apps_filter", title=running.event.title, buttons=[*rows, [back_to_event(running.code)]])


async def _list(
    case: Case,
    running: Running,
    key: str,
    shown: Sequence[Application],
    turns: Sequence[Button],
    word: str = ALL,
    **values: object,
) -> Reply:
    works = await case.storage.works.of_event(running.code)
    return Reply(
        key,
        title=running.event.title,
        lines=lines([_line(case, running, one, works.get(one.id)) for one in shown]),
        buttons=[
            *([Button(label=f"{one.number} {who_and_grade(one)}", go=f"moderate:{one.id}")] for one in shown[:PAGE]),
            [*turns, Button("org.filter", f"apps_filter:{running.code}")],
            [
                export_button(running.code, EXPORTED, word, searched=str(values.get("typed", ""))),
                back_to_event(running.code),
            ],
        ],
        words=f"apps_typed:{running.code}",
        **values,  # type: ignore[arg-type]
    )


def is_meant(application: Application, typed: str) -> bool:
    """A number is the application's own; words are a part of the number, of a name, or of the school."""
    if typed.isdecimal():
        return application.ordinal == whole(typed)
    wanted = fold(typed)
    names = (one.name.formal for one in application.participants)
    known = [application.number, application.organisation_name, application.title or "", *names]
    return bool(wanted) and any(wanted in fold(one) for one in known)


def _label(case: Case, which: str, count: int) -> str:
    name = case.say(f"org.filter.{which}")
    return f"{name[:1].upper()}{name[1:]}: {count}"


def _line(case: Case, running: Running, application: Application, work: WorkVersion | None) -> str:
    stands = work_state(case, running.event, application, work) if work else case.say("org.no_work")
    return case.say(
        "org.apps_line",
        number=application.number,
        who=who_and_grade(application),
        state=application.state.label,
        work=case.say("org.apps_work", state=stands) if running.event.submission is not None else "",
    )
