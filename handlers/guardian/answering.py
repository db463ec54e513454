"""A parent answers for a child: who they are, the first consent, and apart from it the second."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.contest.authorize import Action, Target
from bot.contest.consent_states import Category, Decision
from bot.contest.consents import OWN_SIGNATURE_AGE, ConsentKind
from bot.contest.grades import Grade
from bot.contest.names import NAME_LIMIT, FullName, read_full_name
from bot.contest.refusal import Refusal
from bot.talk.model import Aside, Button, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers, Draft
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.events import Running, event_of
from handlers.guardian.categories import ALL, NONE, PUBLISH, SOME, category_steps, granted
from handlers.guardian.invitation import MOST_DECLINED, TALK
from handlers.guardian.settling import settle, short, tell_answered
from handlers.kinds import Case
from handlers.participant.consents.consents import text_now
from storage.application_rows import Application, Participant
from storage.consents import LINK

FULL, YES, NO = "full", "yes", "no"
KINSHIPS = ("mother", "father", "guardian")
NOT_MINE = "not_mine"
PAPER_LIMIT = 150
#: In the 8th class one may be 14.
_GRADE_WITH_14 = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """About whom a parent is asked."""

    running: Running
    application: Application
    participant: Participant


async def asked(case: Case, subject: str) -> Asked | None:
    """What a link of the one who acts is about, while it can be answered."""
    participant_id = int(subject) if subject.isdecimal() and len(subject) < len(str(2**63)) else 0
    link = await case.storage.consent_links.opened(participant_id, case.person.id, at=case.now)
    application = await case.storage.applications.get(link.application_id) if link else None
    running = await event_of(case, application.event_code) if application else None
    if link is None or application is None or running is None or application.anonymised_at is not None:
        return None
    theirs = Target(running.code, guardians=frozenset((link.opened_by or 0,)))
    if not await may(case, Action.GIVE_CONSENT, theirs):
        return None
    child = next((one for one in application.participants if one.id == participant_id), None)
    return None if child is None else Asked(running, application, child)


async def steps(case: Case, subject: str) -> Sequence[Step]:
    """The questions; none where the link opens nothing (any more)."""
    found = await asked(case, subject)
    if found is None:
        return ()
    event = found.running.event
    found_steps = [
        _kinship(found),
        Step("name", parse=_read_name, accept=_keep_name, when=_is_theirs, counted=False, limit=NAME_LIMIT),
        Step("paper", parse=_read_paper, when=_is_guardian, counted=False, limit=PAPER_LIMIT),
        _processing(found),
    ]
    if ConsentKind.PUBLICATION.value in {kind.value for kind in event.consents}:
        found_steps += publication_steps(found, _agreed)
    return found_steps


def _kinship(found: Asked) -> Step:
    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        named = [Option(case.say(f"kinship.{one}"), one) for one in KINSHIPS]
        return [*named, Option(case.say("kinship.not_mine"), NOT_MINE)]

    async def values(case: Case, _answers: Answers) -> dict[str, object]:
        grade = found.participant.grade
        return {
            "who": found.participant.name.formal,
            "grade": case.say("review_grade", grade=grade.label) if grade else "",
            "title": Trusted(found.running.event.title),
            "operator": Trusted(case.facts.operator.name),
        }

    return Step("kinship", options=options, values=values, counted=False, columns=3)


def _is_theirs(answers: Answers) -> bool:
    return answers.get("kinship") in KINSHIPS


def _is_guardian(answers: Answers) -> bool:
    return answers.get("kinship") == "guardian"


def _agreed(answers: Answers) -> bool:
    return (answers.get("processing") or {}).get("decision") == "given"


async def _read_name(_case: Case, _answers: Answers, text: str) -> FullName | Refusal:
    return read_full_name(text)


async def _keep_name(_case: Case, answers: Answers, value: FullName) -> Answers:
    return {**answers, "name": value.formal}


async def _read_paper(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return text if any(char.isalpha() for char in text) else Refusal("guardian_paper_expected")


def _processing(found: Asked) -> Step:
    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [
            Option(case.say("button.full_text"), FULL),
            Option(case.say("consent_processing.parent_yes"), YES, "positive"),
            Option(case.say("consent_processing.parent_no"), NO),
        ]

    async def values(case: Case, _answers: Answers) -> dict[str, object]:
        teen = case.say("guardian_teen", age=OWN_SIGNATURE_AGE) if _may_be_14(found.participant.grade) else ""
        return {**_head(case, ConsentKind.PROCESSING), "who": short(found.participant, found.application), "teen": teen}

    async def accept(case: Case, answers: Answers, value: object) -> Answers | Aside:
        text = text_now(case, ConsentKind.PROCESSING)
        if value == FULL:
            return Aside(Reply("consent_full", text=Trusted(text.full)))
        decision: Decision = "given" if value == YES else "refused"
        return {**answers, "processing": {"decision": decision, "version": text.version, "hash": text.hash}}

    return Step("processing", options=options, accept=accept, values=values, when=_is_theirs, counted=False)


def publication_steps(found: Asked, when: Callable[[Answers], bool]) -> list[Step]:
    """What may be published: all, nothing, or each thing by itself; `when` it is asked."""
    return [_publication(found, when), *category_steps(found.running.event, TALK, when)]


def _publication(found: Asked, when: Callable[[Answers], bool]) -> Step:
    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [
            Option(case.say("button.full_text"), FULL),
            Option(case.say("button.publish_all"), ALL),
            Option(case.say("button.publish_some"), SOME),
            Option(case.say("button.publish_none"), NONE),
        ]

    async def values(case: Case, _answers: Answers) -> dict[str, object]:
        return {**_head(case, ConsentKind.PUBLICATION), "who": short(found.participant, found.application)}

    async def accept(case: Case, answers: Answers, value: object) -> Answers | Aside:
        text = text_now(case, ConsentKind.PUBLICATION)
        if value == FULL:
            return Aside(Reply("consent_full", text=Trusted(text.full)))
        return {**answers, PUBLISH: value, "publication": {"version": text.version, "hash": text.hash}}

    text = f"{TALK}.{PUBLISH}"
    return Step(PUBLISH, options=options, accept=accept, values=values, when=when, counted=False, text=text)


def _head(case: Case, kind: ConsentKind) -> dict[str, object]:
    head, bracket, rest = text_now(case, kind).short.strip().partition(" (")
    return {"head": Trusted(head), "rest": Trusted(bracket + rest)}


def _may_be_14(grade: Grade | None) -> bool:
    return grade is not None and (grade.number or 0) >= _GRADE_WITH_14


async def finish(case: Case, subject: str, answers: Answers) -> Outcome:
    """Keep both decisions, spend the link, tell who asked."""
    found = await asked(case, subject)
    if found is None:
        return Reply("guardian_link_bad", buttons=[[Button("my_consents", "my_consents")], [Button("to_menu", "menu")]])
    if answers.get("kinship") == NOT_MINE:
        return await _give_back(case, found)
    processing = answers["processing"]
    await _record(case, found, answers, ConsentKind.PROCESSING, processing, processing["decision"])
    agreed = processing["decision"] == "given"
    allowed = granted(found.running.event, answers)
    if agreed and "publication" in answers:
        decision: Decision = "given" if allowed else "refused"
        await _record(case, found, answers, ConsentKind.PUBLICATION, answers["publication"], decision)
    await case.storage.consent_links.use(int(subject), case.person.id, at=case.now)
    await tell_answered(case, found.running, found.application, found.participant, agreed=agreed)
    if agreed:
        await settle(case, found.running, found.application)
    return Reply(
        "guardian_agreed" if agreed else "guardian_refused",
        who=short(found.participant, found.application),
        allowed=told_allowed(case, allowed),
        buttons=[[Button("my_consents", "my_consents")], [Button("to_menu", "menu")]],
    )


async def _give_back(case: Case, found: Asked) -> Reply:
    """The link is for the right parent again; where it ends, whoever made it hears of that, not by whom."""
    child, application = found.participant, found.application
    if child.id is not None:
        link = await case.storage.consent_links.decline(child.id, case.person.id, at=case.now, most=MOST_DECLINED)
        if link is not None and link.declined >= MOST_DECLINED:
            again = Button("parent_link", f"parent_link:{application.id}/{child.id}", colour="primary")
            told = Reply(
                "guardian_link_ended", who=short(child, application), number=application.number, buttons=[[again]]
            )
            case.tell(link.created_by, told)
    return Reply("guardian_not_mine", buttons=[[Button("to_menu", "menu")]])


def told_allowed(case: Case, allowed: Collection[Category]) -> str:
    """«Публиковать можно: имя и класс, результат.»"""
    names = ", ".join(case.say(f"publication_short.{one}") for one in allowed)
    return case.say("guardian_allowed", names=names) if names else case.say("guardian_nothing_allowed")


async def _record(
    case: Case, found: Asked, answers: Answers, kind: ConsentKind, text: Answers, decision: Decision
) -> None:
    await case.storage.consents.record(
        found.application.id,
        kind,
        version=text["version"],
        text_hash=text["hash"],
        decision=decision,
        channel=LINK,
        person_id=case.person.id,
        participant_id=found.participant.id,
        signer=answers["name"],
        kinship=answers["kinship"],
        guardian_paper=answers.get("paper"),
        categories=granted(found.running.event, answers) if kind is ConsentKind.PUBLICATION else None,
        at=case.incoming.said_at,
    )


async def describe(case: Case, draft: Draft) -> str:
    """What is not finished, where the person comes back to it."""
    found = await asked(case, draft.subject)
    return case.say("guardian_draft", title=Trusted(found.running.event.short_title if found else ""))


async def is_open(case: Case, draft: Draft) -> bool:
    """Whether the link can still be answered."""
    return await asked(case, draft.subject) is not None


async def left(_case: Case, _subject: str) -> Reply:
    """Not now: the link stays theirs."""
    return Reply("guardian_left", buttons=[[Button("to_menu", "menu")]])


GUARDIAN = Talk(TALK, steps=steps, finish=finish, cancelled=left, kept=True)
