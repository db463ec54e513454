"""The consents of an application: how they stand for each participant, asking for them, taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.contest.authorize import Action
from bot.contest.consent_states import Category, ConsentState, PersonConsents
from bot.contest.consents import Applicant, ConsentKind
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.guardian.settling import short
from handlers.guardian.taking_back import can_take_back, kind_label, take_back, way_of
from handlers.kinds import Case
from handlers.participant.applications import absent
from handlers.participant.own import ALIVE, own_application
from handlers.seeing import Ledger, is_adult, ledger_of
from storage.application_rows import Application, Participant
from storage.consents import CHAT

#: So many children fit on a screen with a button each.
PAGE = 4
#: A consent that may be asked for: nobody has said no, and it does not hold.
OPEN_TO_ASK = (ConsentState.NOT_ASKED, ConsentState.WAITING, ConsentState.EXPIRED, ConsentState.REFUSED)
#: Where no works are handed in, nobody is asked about them.
UNASKED = frozenset({Category.WORK})


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose consents a button is about."""

    running: Running
    application: Application
    #: None: an application that names nobody.
    participant: Participant | None
    ledger: Ledger

    @property
    def place(self) -> str:
        """The argument of a button about this participant."""
        return f"{self.application.id}/{self.participant.id if self.participant else ''}"

    @property
    def held(self) -> PersonConsents:
        """Both consents."""
        return self.ledger.of(self.application, self.participant)

    @property
    def may_be_allowed(self) -> bool:
        """Whether publication alone is still to be agreed to: it was kept back, or taken back."""
        held, wanted = self.held, ConsentKind.PUBLICATION in self.kinds
        return wanted and held.processing.in_force and not held.publication.in_force

    @property
    def kinds(self) -> list[ConsentKind]:
        """The consents that the event asks for."""
        return [ConsentKind(kind.value) for kind in self.running.event.consents]


async def subject_of(case: Case, argument: str, action: Action) -> Subject | None:
    """What `<application>/<participant>` means to its owner; without a participant the only one, or the first."""
    written, _, who = argument.partition("/")
    found = await own_application(case, written, action)
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None:
        return None
    people = found.participants
    meant = next((one for one in people if str(one.id) == who), None) if who else next(iter(people), None)
    return None if who and meant is None else Subject(running, found, meant, await ledger_of(case, found.id))


async def consents(case: Case, argument: str) -> Reply:
    """How the consents stand: of the one participant, or of each; `<application>/<participant>` or `…//<page>`."""
    written, _, rest = argument.partition("/")
    who, _, page = rest.partition("/")
    subject = await subject_of(case, f"{written}/{who}", Action.VIEW_APPLICATION)
    if subject is None:
        return absent()
    if len(subject.application.participants) > 1 and not who:
        return _list(case, subject, int(page) if page.isdecimal() and len(page) < PAGE else 0)
    return _one(case, subject)


def _list(case: Case, subject: Subject, page: int) -> Reply:
    found = subject.application
    people = sorted(found.participants, key=lambda one: subject.ledger.of(found, one).processing.in_force)
    page = page if page * PAGE < len(people) else 0
    shown = people[page * PAGE : (page + 1) * PAGE]
    turns = [
        Button(label=label, go=f"consents:{found.id}//{to}")
        for label, to in (("‹", page - 1), ("Ещё ›", page + 1))
        if 0 <= to * PAGE < len(people)
    ]
    lines = [
        case.say("consents_of", who=short(one, found), lines=Trusted(_states(case, subject, one))) for one in shown
    ]
    return Reply(
        "consents",
        number=found.number,
        lines=Trusted("\n".join(lines)),
        buttons=[
            *([Button(label=short(one, found), go=f"consents:{found.id}/{one.id}")] for one in shown),
            [*turns, Button("open_application", f"application:{found.id}")],
        ],
    )


def _states(case: Case, subject: Subject, participant: Participant) -> str:
    held = subject.ledger.of(subject.application, participant)
    return ", ".join(
        case.say("consents_part", what=case.say(f"consent_short.{kind}"), decision=decision(case, held, kind))
        for kind in subject.kinds
    )


def _one(case: Case, subject: Subject) -> Reply:
    found, running = subject.application, subject.running
    lines = [
        case.say("consents_line", what=kind_label(case, running, kind), decision=decision(case, subject.held, kind))
        for kind in subject.kinds
    ]
    several = len(found.participants) > 1
    lines = [case.say("consents_name", who=short(subject.participant, found)), *lines] if several else lines
    withdraw = [
        [Button(f"withdraw_{kind}", f"consent_withdraw:{found.id}/{kind}{_suffix(subject)}")]
        for kind in reversed(subject.kinds)
        if can_take_back(subject.ledger, found, subject.participant, kind) and subject.held.of(kind).in_force
    ]
    back = [Button("open_application", f"application:{found.id}")]
    back = [*back, Button("all_of_application", f"consents:{found.id}")] if several else back
    rows = [*asking(subject), *withdraw, back]
    return Reply("consents", number=found.number, lines=Trusted("\n".join(lines)), buttons=rows)


def asking(subject: Subject) -> list[list[Button]]:
    """Ways to get what is missing: a link for a parent, paper."""
    if subject.participant is None or not may_be_asked(subject):
        return []
    place = subject.place
    link = Button("parent_link", f"parent_link:{place}", colour="primary")
    papers = [Button("consent_scan", f"consent_scan:{place}")]
    if subject.application.applicant_role is Applicant.TEACHER:
        papers.append(Button("consent_original", f"consent_original:{place}"))
    return [[link, Button("consent_blank", f"consent_blank:{place}")], papers]


def may_be_asked(subject: Subject) -> bool:
    """Whether a parent may still be asked about this participant."""
    found = subject.application
    if found.state not in ALIVE or found.anonymised_at is not None or is_adult(found):
        return False
    if found.applicant_role is Applicant.PARENT:
        return False
    held = subject.held
    return held.processing.state in OPEN_TO_ASK or subject.may_be_allowed


def decision(case: Case, held: PersonConsents, kind: ConsentKind) -> str:
    """«дано», «ждём родителя»; of a publication in part, of what."""
    standing = held.of(kind)
    told = case.say(f"consent_decisions.{standing.state}")
    if kind is ConsentKind.PROCESSING or not standing.in_force or standing.categories >= set(Category) - UNASKED:
        return told
    shown = [case.say(f"publication_of.{one}") for one in Category if one in standing.categories]
    return case.say("consent_in_part", decision=told, what=", ".join(shown))


async def consent_withdraw(case: Case, argument: str) -> Reply:
    """Ask whether the person means it; `<application>/<kind>` or `<application>/<kind>/<participant>`."""
    found = await _standing(case, argument)
    if found is None:
        return absent()
    subject, kind = found
    return Reply(
        f"consent_withdraw.{way_of(subject.running, subject.application, kind)}",
        number=subject.application.number,
        buttons=[
            [Button("withdraw_sure", f"consent_withdraw_sure:{argument}", colour="negative")],
            [Button("keep_application", f"consents:{subject.application.id}{_suffix(subject)}")],
        ],
    )


async def consent_withdraw_sure(case: Case, argument: str) -> Reply:
    """Take the consent back; without the first one nobody takes part, and nothing may be published."""
    found = await _standing(case, argument)
    if found is None:
        return absent()
    subject, kind = found
    done = await take_back(case, subject.running, subject.application, subject.participant, kind, channel=CHAT)
    return Reply(
        f"consent_withdrawn.{done.way}",
        number=subject.application.number,
        posts=done.posts_line(case),
        buttons=[[Button("applications", "applications")]],
    )


async def _standing(case: Case, argument: str) -> tuple[Subject, ConsentKind] | None:
    """Whose consent it is and which, if it can be taken back."""
    written, name, who = [*argument.split("/", 2), "", ""][:3]
    kind = next((kind for kind in ConsentKind if kind == name), None)
    subject = await subject_of(case, f"{written}/{who}", Action.WITHDRAW_CONSENT)
    if subject is None or kind is None or (not who and len(subject.application.participants) > 1):
        return None
    can = can_take_back(subject.ledger, subject.application, subject.participant, kind)
    return (subject, kind) if can else None


def _suffix(subject: Subject) -> str:
    """Which participant, where there are several."""
    several: Sequence[Participant] = subject.application.participants
    return f"/{subject.participant.id}" if len(several) > 1 and subject.participant else ""
