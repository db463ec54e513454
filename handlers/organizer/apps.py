"""The list of an event's applications, a page at a time, all or in one state."""

from __future__ import annotations

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.scope import of_event, whole
from handlers.organizer.wording import back_to_event, lines, link_state, who_and_grade
from storage.application_rows import Application
from storage.works import WorkVersion

PAGE = 4
ALL = "all"


@of_event(Action.LIST_APPLICATIONS)
async def apps(case: Case, running: Running, more: str) -> Outcome:
    """`more`: the state (or `all`) and the page's number."""
    wanted, _, written_page = more.partition("/")
    state = ApplicationState(wanted) if wanted in set(ApplicationState) else None
    found = await case.storage.applications.of_event(running.code, states=[state] if state else None)
    works = await case.storage.works.of_event(running.code)
    page = whole(written_page) if whole(written_page) * PAGE < len(found) else 0
    shown = found[page * PAGE : (page + 1) * PAGE]
    word = state or ALL
    turns = [
        Button(key, f"apps:{running.code}/{word}/{to}")
        for key, to in (("org.before", page - 1), ("org.after", page + 1))
        if 0 <= to * PAGE < len(found)
    ]
    return Reply(
        "org.apps" if found else "org.apps_none",
        title=running.event.title,
        filter=state.label if state else case.say("org.filter_all"),
        count=len(found),
        lines=lines([_line(case, one, works.get(one.id)) for one in shown]),
        buttons=[
            *([Button(label=f"{one.number} {who_and_grade(one)}", go=f"moderate:{one.id}")] for one in shown),
            [*turns, Button("org.filter", f"apps_filter:{running.code}")],
            [back_to_event(running.code)],
        ],
    )


@of_event(Action.LIST_APPLICATIONS)
async def apps_filter(case: Case, running: Running, _more: str) -> Outcome:
    """Which applications to list."""
    counts = await case.storage.applications.count_by_state(running.code)
    options = [
        Button(label=f"{state.label.capitalize()}: {counts[state]}", go=f"apps:{running.code}/{state}")
        for state in ApplicationState
        if counts.get(state)
    ]
    label = f"{case.say('org.filter_all').capitalize()}: {sum(counts.values())}"
    buttons = [Button(label=label, go=f"apps:{running.code}/{ALL}"), *options]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    return Reply("org.apps_filter", title=running.event.title, buttons=[*rows, [back_to_event(running.code)]])


def _line(case: Case, application: Application, work: WorkVersion | None) -> str:
    return case.say(
        "org.apps_line",
        number=application.number,
        who=who_and_grade(application),
        state=application.state.label,
        work=link_state(case, work) if work else case.say("org.no_work"),
    )
