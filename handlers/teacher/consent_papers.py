"""Consents on paper: the blank to print, its scan, or the word that the original is at school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.contest.authorize import Action
from bot.contest.consent_states import Decision
from bot.contest.consents import Applicant, ConsentKind
from bot.contest.refusal import Refusal
from bot.documents.consent_paper import Paper, draw_papers
from bot.talk.incoming import Attachment
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import event_of
from handlers.guardian.categories import ALL, NONE, PUBLISH, SOME, category_steps, granted
from handlers.guardian.settling import settle, short
from handlers.kinds import Case, Desk, Draw
from handlers.organizer.wording import school
from handlers.participant.applications import absent
from handlers.participant.consents.consents import text_now, text_on
from handlers.participant.consents.consents_given import Subject, consents, may_be_asked, subject_of
from handlers.seeing import ledger_of
from handlers.teacher.gaps import way_on
from handlers.teacher.walking import beside
from storage.application_rows import Application, Participant
from storage.consents import PAPER

TALK = "consent_paper"
SCAN, ORIGINAL = "scan", "original"
MOST_SCANS = 4


async def blank(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """The papers of an applicant's own children; what has become somebody else's is left out."""
    papers = []
    for application_id, participant_id in about["children"]:
        application = await desk.storage.applications.get(application_id)
        if application is None or application.person_id != about["person_id"] or application.anonymised_at is not None:
            continue
        child = next((one for one in application.participants if one.id == participant_id), None)
        if child is not None:
            papers.append(await _paper(desk, application, child))
    return (lambda: draw_papers(papers)) if papers else None


async def _paper(desk: Desk, application: Application, child: Participant) -> Paper:
    running = await event_of(desk, application.event_code)
    texts = {kind: text_on(desk, kind, desk.now).full for kind in ConsentKind}
    wanted = {kind.value for kind in running.event.consents} if running else set()
    return Paper(
        child=child.name.formal,
        grade=child.grade.label if child.grade else "",
        school=school(desk, application),
        event=running.event.title if running else application.event_code,
        number=application.number,
        processing=texts[ConsentKind.PROCESSING],
        publication=texts[ConsentKind.PUBLICATION] if ConsentKind.PUBLICATION.value in wanted else "",
        with_work=running is not None and running.event.submission is not None,
    )


async def consent_scan(case: Case, argument: str) -> Outcome:
    """Ask for a picture of the signed paper."""
    subject = await _subject(case, argument, SCAN)
    return absent() if subject is None else Open(TALK, f"{SCAN}/{subject.place}", resume=False)


async def consent_original(case: Case, argument: str) -> Outcome:
    """A teacher says that the signed paper is at school."""
    subject = await _subject(case, argument, ORIGINAL)
    return absent() if subject is None else Open(TALK, f"{ORIGINAL}/{subject.place}", resume=False)


async def _subject(case: Case, argument: str, way: str) -> Subject | None:
    subject = await subject_of(case, argument, Action.CONFIRM_PAPER)
    if subject is None or subject.participant is None or not may_be_asked(subject):
        return None
    vouches = way == SCAN or subject.application.applicant_role is Applicant.TEACHER
    return subject if vouches else None


async def steps(case: Case, talk_subject: str) -> Sequence[Step]:
    """The scan, if there is one to send; what is allowed on the paper."""
    way, _, place = talk_subject.partition("/")
    subject = await _subject(case, place, way)
    if subject is None:
        return ()
    event = subject.running.event
    found = [Step("scan", receive=_receive, values=_values(subject), counted=False)] if way == SCAN else []
    if ConsentKind.PUBLICATION in subject.kinds:
        found += [
            Step(PUBLISH, options=_publish, values=_values(subject), counted=False),
            *category_steps(event, TALK, lambda _answers: True),
        ]
    text = f"consent_paper.sure_{way}"
    return [*found, Step("sure", options=_sure, values=_values(subject), counted=False, text=text)]


def _values(subject: Subject) -> Any:
    async def values(_case: Case, _answers: Answers) -> dict[str, object]:
        return {"who": short(subject.participant, subject.application)}

    return values


async def _receive(_case: Case, _answers: Answers, attachments: Sequence[Attachment]) -> str | Refusal:
    kept = [one.id for one in attachments if one.kind in ("photo", "doc") and one.id]
    return ",".join(kept[:MOST_SCANS]) if kept else Refusal("scan_expected")


async def _publish(case: Case, _answers: Answers) -> Sequence[Option]:
    return [
        Option(case.say("button.paper_all"), ALL),
        Option(case.say("button.publish_some"), SOME),
        Option(case.say("button.paper_none"), NONE),
    ]


async def _sure(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.paper_sure"), "yes", "positive")]


async def finish(case: Case, talk_subject: str, answers: Answers) -> Outcome:
    """Keep what the paper says."""
    way, _, place = talk_subject.partition("/")
    subject = await _subject(case, place, way)
    if subject is None or subject.participant is None:
        return absent()
    if way == ORIGINAL and subject.held.processing.state.is_no:
        return Reply("paper_against_no", buttons=[[Button("back_to_child", f"consents:{subject.place}")]])
    signed: Decision = "scan" if way == SCAN else "paper"
    for kind in subject.kinds:
        allowed = granted(subject.running.event, answers)
        refused = kind.value == ConsentKind.PUBLICATION and not allowed
        text = text_now(case, kind)
        await case.storage.consents.record(
            subject.application.id,
            kind,
            version=text.version,
            text_hash=text.hash,
            decision="refused" if refused else signed,
            channel=PAPER,
            person_id=case.person.id,
            participant_id=subject.participant.id,
            categories=allowed if kind is ConsentKind.PUBLICATION else None,
            scan=answers.get("scan"),
            at=case.incoming.said_at,
        )
    await settle(case, subject.running, subject.application)
    held = (await ledger_of(case, subject.application.id)).of(subject.application, subject.participant)
    if granted(subject.running.event, answers) and not held.publication.in_force:
        return [Reply("paper_against_no"), await consents(case, place)]
    standing = await consents(case, place)
    standing.buttons = beside(standing.buttons, await way_on(case, subject.application))
    return [Reply("paper_kept", who=Trusted(short(subject.participant, subject.application))), standing]


async def cancelled(case: Case, talk_subject: str) -> Reply:
    """Nothing was kept: the child's consents as they stand."""
    return await consents(case, talk_subject.partition("/")[2])


PAPERS = Talk(TALK, steps=steps, finish=finish, cancelled=cancelled)
