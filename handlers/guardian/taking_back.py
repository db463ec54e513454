"""Taking a consent back: what it ends, what it removes, and who hears of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.contest.applications import ApplicationState, withdrawing_refusal
from bot.contest.authorize import Action
from bot.contest.consent_states import ConsentState
from bot.contest.consents import ConsentKind
from bot.contest.event.units import Collective, Project, Team
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.guardian.settling import short
from handlers.kinds import Case
from handlers.participant.applying import units
from handlers.participant.organizers import tell_organizers, to_card
from handlers.seeing import Ledger, ledger_of
from storage.application_rows import Application, Participant
from storage.publications import Publication

#: Nothing was agreed to, so nothing can be taken back.
_NOTHING = (ConsentState.NOT_ASKED, ConsentState.REFUSED, ConsentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of it."""

    #: publication; processing: the application ended; processing_over: it had ended; left: one of several did.
    way: str
    #: Posts from which the bot can't remove anything.
    posts: tuple[Publication, ...] = ()

    def posts_line(self, case: Case) -> Trusted:
        """Where the name still stands, and who removes it."""
        addresses = sorted({one.address for one in self.posts if one.address})
        return Trusted(case.say("withdrawn_posts", posts=Trusted(", ".join(addresses))) if addresses else "")


def can_take_back(ledger: Ledger, application: Application, participant: Participant | None, kind: ConsentKind) -> bool:
    """Whether there is a consent to take back."""
    return ledger.of(application, participant).of(kind).state not in _NOTHING


def way_of(running: Running, application: Application, kind: ConsentKind) -> str:
    """What follows: see `TakenBack.way`."""
    if kind is ConsentKind.PUBLICATION:
        return "publication"
    if len(application.participants) > 1:
        return "left"
    refusal = withdrawing_refusal(application.state, published=running.stored.published_at is not None)
    return "processing" if refusal is None else "processing_over"


async def take_back(
    case: Case,
    running: Running,
    application: Application,
    participant: Participant | None,
    kind: ConsentKind,
    *,
    channel: str,
) -> TakenBack:
    """Carry it out, all at once: record, remove, end, forget, tell. Without processing, publication ends too."""
    way = way_of(running, application, kind)
    kinds = await _record(case, application, participant, kind, channel)
    posts = await _unpublish(case, application)
    if kind is ConsentKind.PROCESSING:
        await _forget(case, running, application, participant, way)
    elif application.person_id != case.person.id:
        _tell_applicant(case, running, application, participant)
    await _tell(case, running, application, way, kinds, posts)
    await case.storage.audit.add(
        case.person.id,
        Action.WITHDRAW_CONSENT,
        f"application:{application.id}",
        {"kinds": [str(one) for one in kinds], "way": way, "participant": participant.id if participant else None},
        at=case.now,
    )
    return TakenBack(way, posts)


async def _record(
    case: Case, application: Application, participant: Participant | None, kind: ConsentKind, channel: str
) -> list[ConsentKind]:
    ledger = await ledger_of(case, application.id)
    history = await case.storage.consents.history(application.id)
    ends = [kind, *(one for one in ConsentKind if kind is ConsentKind.PROCESSING and one is not kind)]
    standing = [one for one in ends if can_take_back(ledger, application, participant, one)]
    participant_id = participant.id if participant else None
    for one in standing:
        said = [past for past in history if past.kind is one and past.participant_id in (None, participant_id)]
        await case.storage.consents.record(
            application.id,
            one,
            version=said[-1].version,
            text_hash=said[-1].text_hash,
            decision="withdrawn",
            channel=channel,
            person_id=case.person.id,
            participant_id=participant_id,
            at=case.incoming.said_at,
        )
    return standing


async def _unpublish(case: Case, application: Application) -> tuple[Publication, ...]:
    """What the bot itself shows changes by itself; the posts that it can't change."""
    posts = []
    for one in await case.storage.publications.standing(application.id):
        if one.place == "results":
            await case.storage.publications.removed(one.id, at=case.now)
        else:
            posts.append(one)
    return tuple(posts)


async def _forget(
    case: Case, running: Running, application: Application, participant: Participant | None, way: str
) -> None:
    """End the participation and forget the names; what is counted stays."""
    forgetting = case.storage.forgetting
    if way == "left" and participant is not None and participant.id is not None:
        ended = running.stored.published_at is not None
        await forgetting.participant(participant.id, at=case.now, leaves=not ended)
        if not ended:
            await _watch_roster(case, running, application)
    else:
        if way == "processing":
            await case.storage.applications.set_state(
                application.id, ApplicationState.WITHDRAWN, reason=None, at=case.now
            )
        await forgetting.application(application.id, at=case.now)
    for person_id in {application.person_id, case.person.id}:
        await forgetting.talk_of(person_id)
    if application.person_id != case.person.id:
        told = Reply(
            f"consent_withdrawn_applicant.{'left' if way == 'left' else 'ended'}",
            number=application.number,
            title=Trusted(running.event.short_title),
            buttons=[[Button("open_application", f"application:{application.id}")]],
        )
        case.tell(application.person_id, told)


def _tell_applicant(case: Case, running: Running, application: Application, participant: Participant | None) -> None:
    """Who has entered the child goes on, but is not to name it anywhere either."""
    told = Reply(
        "consent_withdrawn_applicant.publication",
        who=short(participant, application),
        number=application.number,
        title=Trusted(running.event.short_title),
        buttons=[[Button("open_application", f"application:{application.id}")]],
    )
    case.tell(application.person_id, told)


async def _watch_roster(case: Case, running: Running, application: Application) -> None:
    """A team that is fewer than the event allows: an organizer decides what becomes of it."""
    kind = units.kind_of(running.event, application)
    unit = next((one for one in running.event.units if one.kind is kind), running.event.unit)
    count = unit.roster if isinstance(unit, Team) else unit.authors if isinstance(unit, Collective | Project) else None
    left = len(application.participants) - 1
    if count is not None and left < count.least:
        told = Reply(
            "roster_too_few", number=application.number, left=left, least=count.least, buttons=to_card(application)
        )
        await tell_organizers(case, running.code, told)


async def _tell(
    case: Case,
    running: Running,
    application: Application,
    way: str,
    kinds: list[ConsentKind],
    posts: tuple[Publication, ...],
) -> None:
    """The task of an organizer: what is left to remove by hand."""
    rows = [[Button("removed_from_post", f"post_removed:{one.id}")] for one in posts[:3]]
    notice = Reply(
        "consent_withdrawn_notice",
        number=application.number,
        title=Trusted(running.event.short_title),
        what=", ".join(kind_label(case, running, one) for one in kinds),
        todo=Trusted(case.say(f"consent_withdrawn_todo.{way}")),
        posts=TakenBack(way, posts).posts_line(case),
        buttons=[*to_card(application), *rows],
    )
    await tell_organizers(case, running.code, notice)


def kind_label(case: Case, running: Running, kind: ConsentKind) -> str:
    """«публикация имени и работы»."""
    bare = kind is ConsentKind.PUBLICATION and running.event.submission is None
    return case.say("consent_kinds.publication_name" if bare else f"consent_kinds.{kind}")
