"""The two consents, each on a screen of its own; for pupils of a teacher, what the parents have signed at school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.contest.consents import ADULT_AGE, ConsentKind, ConsentText, consent_text, kept_until
from bot.contest.event import Event
from bot.talk.model import Aside, Option, Reply, Step
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case, Desk
from handlers.participant.applying.filled import Filled
from handlers.participant.applying.roles import ForWhom
from storage.application_rows import Application
from storage.consents import CHAT, Consent, Decision

FULL, YES, NO, ASK = "full", "yes", "no", "ask"


def consent_steps(event: Event) -> list[Step]:
    """Asked before anything else is: nothing about a person is kept without the first of them."""
    return [_step(event, ConsentKind(kind.value)) for kind in event.consents]


def declined(answers: Answers) -> bool:
    """Whether the consent without which nobody takes part was refused."""
    return (answers.get(_name(ConsentKind.PROCESSING)) or {}).get("decision") == "refused"


def awaits_parents(event: Event, answers: Answers) -> bool:
    """Whether a parent is still to be asked: by a link, or because a pupil applies alone."""
    decided = answers.get(_name(ConsentKind.PROCESSING))
    if decided is None:
        return False
    filled = Filled(event, answers)
    young = filled.role is ForWhom.PUPIL and (filled.age is None or filled.age < ADULT_AGE)
    return young or decided["decision"] == "waiting"


async def record_all(case: Case, filled: Iterable[tuple[Application, Answers]]) -> None:
    """Keep what was decided about each participant, with the version and the hash of the text that was shown."""
    await case.storage.consents.record_all(
        Consent(
            application.id,
            kind,
            version=given["version"],
            text_hash=given["hash"],
            decision=given["decision"],
            channel=CHAT,
            person_id=case.person.id,
            participant_id=participant_id,
            decided_at=case.incoming.said_at,
        )
        for application, answers in filled
        for kind in ConsentKind
        if (given := answers.get(_name(kind))) is not None
        for participant_id in ([one.id for one in application.participants] or [None])
    )


def text_now(case: Case, kind: ConsentKind) -> ConsentText:
    """The text in force, as it is asked for today."""
    return text_on(case, kind, case.incoming.said_at)


def text_on(desk: Desk, kind: ConsentKind, moment: datetime) -> ConsentText:
    """The text in force, as it is asked for on the day of `moment`."""
    day = moment.astimezone(desk.facts.zone).date()
    return consent_text(kind, desk.facts.operator, until=kept_until(day))


def _name(kind: ConsentKind) -> str:
    return f"consent_{kind}"


def _step(event: Event, kind: ConsentKind) -> Step:
    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        who = _who(event, answers)
        by_link = who == "teacher" and kind is ConsentKind.PROCESSING
        return [
            Option(case.say("button.full_text"), FULL),
            Option(case.say(f"consent_{kind}.{who}_yes"), YES, "positive"),
            *([Option(case.say("consent_processing.teacher_later"), ASK)] if by_link else []),
            Option(case.say(f"consent_{kind}.{who}_no"), NO),
        ]

    async def accept(case: Case, answers: Answers, value: object) -> Answers | Aside:
        text = text_now(case, kind)
        if value == FULL:
            return Aside(Reply("consent_full", text=Trusted(text.full)))
        given: Decision = "paper" if _who(event, answers) == "teacher" else "given"
        asked: Decision = "waiting" if value == ASK else "refused"
        decision: Decision = given if value == YES else asked
        return {**answers, _name(kind): {"decision": decision, "version": text.version, "hash": text.hash}}

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        head, bracket, rest = text_now(case, kind).short.strip().partition(" (")
        who = _who(event, answers)
        bare = kind is ConsentKind.PUBLICATION and event.submission is None
        # Where no works are handed in, none can be published.
        ask = case.say(f"consent_bare_publication.{who}" if bare else f"consent_{kind}.{who}_ask")
        return {"head": Trusted(head), "rest": Trusted(bracket + rest), "ask": Trusted(ask)}

    def when(answers: Answers) -> bool:
        """Whoever leaves the first to the parents leaves them the second."""
        first = answers.get(_name(ConsentKind.PROCESSING)) or {}
        return kind is ConsentKind.PROCESSING or first.get("decision") != "waiting"

    return Step(
        _name(kind), options=options, accept=accept, values=values, when=when, counted=False, text="apply.consent"
    )


def _who(event: Event, answers: Answers) -> str:
    """Whose words the screen puts the question into."""
    match Filled(event, answers).role:
        case ForWhom.PUPILS:
            return "teacher"
        case ForWhom.CHILD:
            return "parent"
        case ForWhom.PUPIL:
            return "pupil"
    return "adult"
