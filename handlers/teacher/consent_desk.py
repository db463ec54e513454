"""«Согласия»: how many parents have answered, whom to remind, and the link for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.contest.authorize import Action
from bot.contest.consents import Applicant
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.everyone.files import ask_file
from handlers.guardian.invitation import make_link
from handlers.guardian.settling import Child, children, short
from handlers.kinds import Case
from handlers.participant.applications import absent
from handlers.participant.consents.consents_given import PAGE, Subject, may_be_asked, subject_of
from handlers.seeing import ledger_of_applicant
from handlers.teacher.gaps import way_on
from storage.application_rows import Application

#: So many events are listed.
MOST_EVENTS = 5
#: Links in one message: with a name each they fit, and a teacher can forward them at once.
MOST_LINKS = 30


async def consents_desk(case: Case, argument: str) -> Outcome:
    """All events with a count, or one: `<event>` or `<event>/<page>`."""
    code, _, page = argument.partition("/")
    if not code:
        return await _events(case)
    running = await event_of(case, code)
    return absent() if running is None else await _event(case, running, int(page) if page.isdecimal() else 0)


async def phrase(case: Case, text: str) -> Outcome:
    """«согласия», typed where no question is open."""
    return await consents_desk(case, "") if text.strip().lower() == "согласия" else None


async def of_event(case: Case, code: str | None = None) -> list[Child]:
    """The children of the one who acts, of one event or of all."""
    ledger = await ledger_of_applicant(case, case.person.id)
    return children(await case.storage.applications.of_person(case.person.id, code), ledger)


def lacking(found: list[Child]) -> list[Child]:
    """Those whose consent to processing is still to come."""
    return [one for one in found if not one.held.processing.in_force]


async def _events(case: Case) -> Reply:
    by_event: dict[str, list[Child]] = {}
    for one in await of_event(case):
        by_event.setdefault(one.application.event_code, []).append(one)
    if not by_event:
        return Reply("no_children", buttons=[[Button("events", "events")], [Button("to_menu", "menu")]])
    lines, rows = [], []
    waiting_first = sorted(by_event.items(), key=lambda item: not lacking(item[1]))
    for code, found in waiting_first[:MOST_EVENTS]:
        running = await event_of(case, code)
        title = running.event.short_title if running else code
        lines.append(case.say("consents_desk_line", title=Trusted(title), **_count(found)))
        rows.append([Button(label=title, go=f"consents_desk:{code}")])
    return Reply("consents_desk", lines=Trusted("\n".join(lines)), buttons=[*rows, [Button("to_menu", "menu")]])


def _count(found: list[Child]) -> dict[str, object]:
    return {"got": len(found) - len(lacking(found)), "total": len(found)}


async def _event(case: Case, running: Running, page: int) -> Reply:
    found = await of_event(case, running.code)
    if not found:
        return Reply("no_children", buttons=[[Button("events", "events")], [Button("to_menu", "menu")]])
    missing = lacking(found)
    order = [*missing, *(one for one in found if one not in missing)]
    page = page if page * PAGE < len(order) else 0
    shown = order[page * PAGE : (page + 1) * PAGE]
    lines = [
        case.say(
            "consents_child",
            who=short(one.participant, one.application),
            processing=case.say(f"consent_decisions.{one.held.processing.state}"),
            publication=case.say(f"consent_decisions.{one.held.publication.state}"),
        )
        for one in shown
    ]
    turns = [
        Button(label=label, go=f"consents_desk:{running.code}/{to}")
        for label, to in (("‹", page - 1), ("Ещё ›", page + 1))
        if 0 <= to * PAGE < len(order)
    ]
    remind = [
        Button("remind_parents", f"remind_parents:{running.code}", colour="primary"),
        Button("consent_blanks", f"consent_blanks:{running.code}"),
    ]
    return Reply(
        "consents_desk_event",
        title=Trusted(running.event.title),
        lines=Trusted("\n".join(lines)),
        **_count(found),  # type: ignore[arg-type]
        buttons=[
            remind if missing else [],
            *([Button(label=short(one.participant, one.application), go=f"consents:{one.place}")] for one in shown),
            [*turns, Button("to_menu", "menu")],
        ],
    )


async def parent_link(case: Case, argument: str) -> Outcome:
    """A link for the parent of one child, with words to forward."""
    subject = await _asked(case, argument)
    if subject is None:
        return absent()
    link = await make_link(case, subject)
    title = Trusted(subject.running.event.title)
    who = short(subject.participant, subject.application)
    return [
        Reply("parent_link_made", who=who),
        Reply("parent_link_text", who=who, title=title, link=Trusted(link), code=Trusted(link.rpartition("=")[2])),
        Reply(
            "parent_link_then",
            buttons=[
                [Button("back_to_child", f"consents:{subject.place}"), _desk(subject)],
                await way_on(case, subject.application),
            ],
        ),
    ]


async def remind_parents(case: Case, code: str) -> Outcome:
    """Links for all who are missing, in one message to forward."""
    running = await event_of(case, code)
    if running is None:
        return absent()
    lines, way = [], list[Button]()
    ledger = await ledger_of_applicant(case, case.person.id)
    for one in lacking(await of_event(case, code))[:MOST_LINKS]:
        subject = Subject(running, one.application, one.participant, ledger)
        if may_be_asked(subject):
            link = await make_link(case, subject)
            lines.append(case.say("parent_links_line", who=short(one.participant, one.application), link=Trusted(link)))
            way = way or await way_on(case, one.application)
    if not lines:
        return Reply("nobody_to_remind", buttons=[[Button("all_consents", f"consents_desk:{code}")]])
    return [
        Reply("parent_links_made", count=len(lines)),
        Reply("parent_links_text", title=Trusted(running.event.title), lines=Trusted("\n".join(lines))),
        Reply("parent_link_then", buttons=[[Button("all_consents", f"consents_desk:{code}"), *way]]),
    ]


async def consent_blank(case: Case, argument: str) -> Outcome:
    """The paper of one child."""
    subject = await _asked(case, argument)
    if subject is None or subject.participant is None:
        return absent()
    about = {"children": [[subject.application.id, subject.participant.id]]}
    _ask_paper(case, about, [subject.application], go=f"consents:{subject.place}")
    return Reply("consent_blank_coming", buttons=[[Button("back_to_child", f"consents:{subject.place}")]])


async def consent_blanks(case: Case, code: str) -> Outcome:
    """The papers of all who are missing, in one file."""
    missing = lacking(await of_event(case, code))[:MOST_LINKS]
    if not missing:
        return Reply("nobody_to_remind", buttons=[[Button("all_consents", f"consents_desk:{code}")]])
    about = {"children": [[one.application.id, one.participant.id] for one in missing]}
    _ask_paper(case, about, [one.application for one in missing], go=f"consents_desk:{code}")
    return Reply("consent_blank_coming", buttons=[[Button("all_consents", f"consents_desk:{code}")]])


def _ask_paper(case: Case, about: Mapping[str, object], found: Sequence[Application], *, go: str) -> None:
    """Who applies alone has no school's safe to keep the original in."""
    taught = all(one.applicant_role is Applicant.TEACHER for one in found)
    ask_file(case, "consent_paper", about, text="consent_blank_ready" if taught else "consent_blank_alone", go=go)


async def _asked(case: Case, argument: str) -> Subject | None:
    subject = await subject_of(case, argument, Action.REQUEST_CONSENT)
    return subject if subject is not None and subject.participant is not None and may_be_asked(subject) else None


def _desk(subject: Subject) -> Button:
    return Button("all_consents", f"consents_desk:{subject.running.code}")
