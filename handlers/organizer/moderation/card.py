"""One application as an organizer sees it, with what may be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.contest import calendar
from bot.contest.applications import MOVES, Act, ApplicationState
from bot.contest.authorize import Action, Target
from bot.contest.consent_states import Standing
from bot.contest.consents import ConsentKind
from bot.contest.event.fields import ChoiceField, EventField
from bot.contest.naming import is_hidden
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.jury.inquiries import inquiry_lines
from handlers.organizer.jury.sheets import sheet_lines
from handlers.organizer.moderation.consent_scans import scans_of
from handlers.organizer.moderation.works_shown import pieces_shown, work_state
from handlers.organizer.scope import of_application, of_event, whole
from handlers.organizer.wording import back_to_event, lines, nomination, school, who, who_in_full
from handlers.participant.applying.diploma import people_lines
from handlers.participant.applying.form import people_answers
from handlers.participant.labels import label
from handlers.seeing import Ledger, application_seen, ledger_of
from storage.application_rows import Application
from storage.works import WorkVersion

#: What a work is told about in the application's own answers.
WORK_KEYS = ("_title", "_description")
#: So many applications with the same link are named.
MOST_TWINS = 3
#: So many links have a button; the rest stand in the card.
MOST_LINKS = 4
#: States in which more time may be of use.
STAYING = (ApplicationState.SENT, ApplicationState.CHANGES_ASKED, ApplicationState.ACCEPTED)
#: What an organizer does about an application: the route and the right for it.
ACTS: Mapping[Act, Action] = {
    Act.ACCEPT: Action.ACCEPT_APPLICATION,
    Act.ASK_CHANGES: Action.ASK_CHANGES,
    Act.REJECT: Action.REJECT_APPLICATION,
    Act.DROP_OUT: Action.DROP_OUT,
    Act.DISQUALIFY: Action.DISQUALIFY,
}


@of_application(Action.VIEW_APPLICATION)
async def moderate(case: Case, running: Running, application: Application, _more: str) -> Outcome:
    """The card of one application."""
    return await card(case, running, application)


@of_event(Action.LIST_APPLICATIONS)
async def next_app(case: Case, running: Running, after: str) -> Outcome:
    """The next application that waits for an organizer: after this ordinal, or else from the beginning."""
    applications, sent = case.storage.applications, [ApplicationState.SENT]
    later = await applications.of_event(running.code, states=sent, limit=1, after=whole(after))
    found = later or await applications.of_event(running.code, states=sent, limit=1)
    if not found:
        return Reply("org.none_waiting", title=running.event.title, buttons=[[back_to_event(running.code)]])
    return await card(case, running, await application_seen(case, found[0]))


async def stale(case: Case, running: Running, application: Application) -> list[Reply]:
    """Somebody has changed the application since the button was sent: nothing was done, here is how it stands."""
    return [Reply("org.changed_meanwhile", number=application.number), await card(case, running, application)]


async def card(case: Case, running: Running, application: Application) -> Reply:
    """All that decides whether to accept it."""
    hidden = is_hidden(application)
    work = None if hidden else await case.storage.works.current(application.id)
    consents = await _consents(case, running, application)
    scanned = bool(await scans_of(case, application)) and await may(
        case, Action.VIEW_CONTACTS, Target(event=running.code)
    )
    reason = case.say("org.card.reason", reason=application.reason) if application.reason else ""
    found = [*await _about(case, running, application, work), consents, reason]
    return Reply(
        "org.card.text",
        number=application.number,
        state=application.state.label,
        lines=lines([who_in_full(application), consents, reason] if hidden else found),
        attachments=work.attachments if work else (),
        buttons=_buttons(running, application, work, scanned=scanned),
    )


async def _about(case: Case, running: Running, application: Application, work: WorkVersion | None) -> list[str]:
    return [
        case.say("org.card.who", who=who_in_full(application)),
        *people_lines(case, running.event, people_answers(running.event, application)),
        _school(case, application),
        nomination(running, application),
        _supervisor(case, application.supervisor or ""),
        *_answers(case, running, application),
        _work(case, running, application, work),
        *await sheet_lines(case, running, application),
        *await inquiry_lines(case, running, application),
        await _applicant(case, running, application),
        *await _twins(case, application, work),
    ]


def _supervisor(case: Case, name: str) -> str:
    if not name:
        return ""
    return case.say("org.card.supervisors" if "," in name else "org.card.supervisor", name=name)


def _school(case: Case, application: Application) -> str:
    name = school(case, application)
    return name if application.organisation_code else case.say("org.card.unknown_school", name=name)


def _answers(case: Case, running: Running, application: Application) -> list[str]:
    given = application.answers
    found = [case.say(f"org.card.{key}", text=str(given[key])) for key in WORK_KEYS if given.get(key)]
    return found + [
        case.say("org.card.answer", title=field.title, answer=_answer(case, field, given[field.code]))
        for field in running.event.fields
        if given.get(field.code) is not None
    ]


def _answer(case: Case, field: EventField, value: object) -> str:
    if isinstance(value, bool):
        return case.say("org.yes" if value else "org.no")
    if isinstance(field, ChoiceField):
        titles = {option.code: option.title for option in field.options}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(titles.get(str(one), str(one)) for one in chosen)
    return str(value)


def _work(case: Case, running: Running, application: Application, work: WorkVersion | None) -> str:
    if running.event.submission is None:
        return ""
    if work is None:
        return case.say("org.no_work").capitalize()
    at = calendar.at(work.said_at, case.facts.zone, now=case.now)
    name = pieces_shown(running.event, application, work)
    state = work_state(case, running.event, application, work)
    return case.say("org.card.work", version=work.version, at=at, state=state, name=name)


async def _consents(case: Case, running: Running, application: Application) -> str:
    """How both consents stand; of several people how many have them."""
    ledger = await ledger_of(case, application.id)
    whole_one = await case.storage.applications.get(application.id) or application
    people = [held for _, held in ledger.of_all(whole_one)]
    parts = []
    for kind in running.event.consents:
        held = [one.of(ConsentKind(kind.value)) for one in people]
        parts.append(case.say(f"org.consent.{kind}", decision=_decision(case, held)))
    if not parts:
        return ""
    names = _lacking(running, whole_one, ledger) if len(people) > 1 and application.state in STAYING else []
    lack = "\n" + case.say("org.card.lacking", names=", ".join(names)) if names else ""
    return case.say("org.card.consents", parts=", ".join(parts)) + lack


def _lacking(running: Running, application: Application, ledger: Ledger) -> list[str]:
    """Without whose consent to processing the application can't be accepted; who may not be named is a number."""
    missing = ledger.missing(running.event, application)
    shown = [one for one in missing if one is not None and not ledger.hides(application.id, one.id)]
    names = [f"{one.name.surname} {one.name.name}" for one in shown]
    return names + ([who(replace(application, participants=()))] if len(shown) < len(missing) else [])


def _decision(case: Case, held: Sequence[Standing]) -> str:
    if len(held) == 1:
        return case.say(f"org.decision.{held[0].state}")
    return case.say("org.decision.several", count=sum(one.in_force for one in held), total=len(held))


async def _applicant(case: Case, running: Running, application: Application) -> str:
    """Who applied and how to reach them: for those who may know it."""
    if not await may(case, Action.VIEW_CONTACTS, Target(event=running.code)):
        return ""
    contact = await case.storage.applications.contact(application.id)
    ways = [contact.phone, contact.email] if contact else []
    return case.say(
        "org.card.applicant",
        role=case.say(f"org.role.{application.applicant_role}"),
        person=application.person_id,
        ways=Trusted("".join(f", {way}" for way in ways if way)),
    )


async def _twins(case: Case, application: Application, work: WorkVersion | None) -> list[str]:
    """Applications that may be of the same participant, or have the very same link."""
    same = await case.storage.applications.duplicates(application.event_code, application.duplicate_key)
    twins = [one for one in same if one.id != application.id]
    found = [case.say("org.card.duplicate", number=one.number, state=one.state.label) for one in twins]
    for url in work.links if work is not None else ():
        same_link = await case.storage.works.same_url(application.event_code, url)
        others = [id_ for id_ in same_link if id_ != application.id]
        for id_ in others[:MOST_TWINS]:
            other = await case.storage.applications.get(id_)
            if other is not None:
                named = who(await application_seen(case, other))
                found.append(case.say("org.card.same_link", number=other.number, who=named))
        if len(others) > MOST_TWINS:
            found.append(case.say("org.card.same_link_more", count=len(others) - MOST_TWINS))
    return found


def _buttons(
    running: Running, application: Application, work: WorkVersion | None, *, scanned: bool
) -> list[list[Button]]:
    mark = f"{application.id}/{application.revision}"
    frozen = running.stored.approved_at is not None
    possible = [act for act in ACTS if (application.state, act) in MOVES and not frozen]
    acts = [_act(act, mark) for act in possible]
    papers = [Button("consent_scans", f"consent_scans:{application.id}")] if scanned else []
    if application.organisation_code is None and not is_hidden(application) and not frozen:
        papers.insert(0, Button("org.settle_school", f"settle_school:{mark}"))
    rows = [acts[:2], acts[2:], papers]
    stays = application.state in STAYING and not frozen
    longer = [Button("org.longer_for", f"longer_for:{application.id}")] if stays else []
    links = work.links if work is not None else ()
    if len(links) == 1:
        rows.append([Button("org.open_work", url=links[0])])
    elif links:
        rows += [[Button(label=label(url.removeprefix("https://")), url=url)] for url in links[:MOST_LINKS]]
    return [
        *rows,
        [Button("org.next_app", f"next_app:{running.code}/{application.ordinal}"), *longer],
        [Button("org.apps", f"apps:{running.code}"), back_to_event(running.code)],
    ]


def _act(act: Act, mark: str) -> Button:
    return Button(f"org.{act}", f"{act}:{mark}", colour="positive" if act is Act.ACCEPT else "secondary")


async def missing_consent(case: Case, running: Running, application: Application) -> Reply | None:
    """Why an application can't be accepted yet, or None: nobody takes part without the first consent."""
    ledger = await ledger_of(case, application.id)
    whole_one = await case.storage.applications.get(application.id) or application
    names = _lacking(running, whole_one, ledger)
    if not names:
        return None
    return Reply("org.no_consent", who=case.say("org.no_consent_of", names=", ".join(names)))
