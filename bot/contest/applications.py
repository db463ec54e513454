"""An application's way from a draft to the result: who may move it where, and who may apply at all.

Refusal keys: `application.not_now` (state, act), `application.reason_needed` (act), `apply.not_open` (title,
opens_at), `apply.closed` (title, closed_at), `apply.wrong_audience` (participant, audience),
`apply.wrong_nomination` (nomination, participant, audience), `application.edit_closed` (closed_at),
`application.withdraw_published`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.contest.refusal import Refusal
from bot.contest.text import fold


class ApplicationState(StrEnum):
    """Where an application stands. Its outcome is another thing: see `bot.contest.awards`."""

    DRAFT = "draft"
    SENT = "sent"
    CHANGES_ASKED = "changes_asked"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DROPPED_OUT = "dropped_out"
    DISQUALIFIED = "disqualified"

    @property
    def label(self) -> str:
        """The state as people are told it."""
        return _STATE_LABELS[self]


class Side(StrEnum):
    """Who acts: the one who applies, or the organizer (the bot itself where an event is not moderated)."""

    APPLICANT = "applicant"
    ORGANIZER = "organizer"


class Act(StrEnum):
    """What can be done with an application."""

    SEND = "send"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    ASK_CHANGES = "ask_changes"
    ACCEPT = "accept"
    REJECT = "reject"
    DROP_OUT = "drop_out"
    DISQUALIFY = "disqualify"

    @property
    def label(self) -> str:
        """The act as an infinitive: «отозвать»."""
        return _ACT_LABELS[self]

    @property
    def side(self) -> Side:
        """Who may do it."""
        return Side.APPLICANT if self in (Act.SEND, Act.EDIT, Act.WITHDRAW) else Side.ORGANIZER

    @property
    def needs_reason(self) -> bool:
        """Whether the applicant must be told why."""
        return self in (Act.ASK_CHANGES, Act.REJECT, Act.DROP_OUT, Act.DISQUALIFY)


_STATE_LABELS = {
    ApplicationState.DRAFT: "черновик",
    ApplicationState.SENT: "отправлена",
    ApplicationState.CHANGES_ASKED: "нужны исправления",
    ApplicationState.ACCEPTED: "принята",
    ApplicationState.REJECTED: "отклонена",
    ApplicationState.WITHDRAWN: "отозвана",
    ApplicationState.DROPPED_OUT: "выбыла",
    ApplicationState.DISQUALIFIED: "дисквалифицирована",
}

_ACT_LABELS = {
    Act.SEND: "отправить",
    Act.EDIT: "изменить",
    Act.WITHDRAW: "отозвать",
    Act.ASK_CHANGES: "вернуть на исправление",
    Act.ACCEPT: "принять",
    Act.REJECT: "отклонить",
    Act.DROP_OUT: "отметить как выбывшую",
    Act.DISQUALIFY: "дисквалифицировать",
}

_S = ApplicationState

#: Every allowed move. Once accepted, an application is never rejected or sent back: it drops out or is
#: disqualified, so that everyone accepted has an outcome.
MOVES: dict[tuple[ApplicationState, Act], ApplicationState] = {
    (_S.DRAFT, Act.EDIT): _S.DRAFT,
    (_S.DRAFT, Act.SEND): _S.SENT,
    (_S.SENT, Act.EDIT): _S.SENT,
    (_S.SENT, Act.WITHDRAW): _S.WITHDRAWN,
    (_S.SENT, Act.ASK_CHANGES): _S.CHANGES_ASKED,
    (_S.SENT, Act.ACCEPT): _S.ACCEPTED,
    (_S.SENT, Act.REJECT): _S.REJECTED,
    (_S.CHANGES_ASKED, Act.EDIT): _S.CHANGES_ASKED,
    (_S.CHANGES_ASKED, Act.SEND): _S.SENT,
    (_S.CHANGES_ASKED, Act.WITHDRAW): _S.WITHDRAWN,
    (_S.CHANGES_ASKED, Act.REJECT): _S.REJECTED,
    (_S.ACCEPTED, Act.EDIT): _S.ACCEPTED,
    (_S.ACCEPTED, Act.WITHDRAW): _S.WITHDRAWN,
    (_S.ACCEPTED, Act.DROP_OUT): _S.DROPPED_OUT,
    (_S.ACCEPTED, Act.DISQUALIFY): _S.DISQUALIFIED,
    (_S.REJECTED, Act.ACCEPT): _S.ACCEPTED,
}


def transition(state: ApplicationState, act: Act, *, reason: str = "") -> ApplicationState | Refusal:
    """Where `act` moves an application from `state`, or why it can't; some acts need a `reason`."""
    after = MOVES.get((state, act))
    if after is None:
        return Refusal("application.not_now", {"state": state.label, "act": act.label})
    if act.needs_reason and not reason.strip():
        return Refusal("application.reason_needed", {"act": act.label})
    return after


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may take part in an event or a nomination. Adults are those for whom no class is asked."""

    grades: frozenset[int] = frozenset()
    preschool: bool = False
    adults: bool = False

    def fits(self, grade: Grade | None) -> bool:
        """Whether a participant of `grade` (None: an adult) belongs to it."""
        if grade is None:
            return self.adults
        return self.preschool if grade.group else grade.number in self.grades

    @property
    def label(self) -> str:
        """«воспитанники детских садов, 1–4, 7 классы, взрослые»."""
        classes = f"{_ranges(self.grades)} класс{'ы' if len(self.grades) > 1 else ''}" if self.grades else ""
        parts = (
            "воспитанники детских садов" if self.preschool else "",
            classes,
            "взрослые" if self.adults else "",
        )
        return ", ".join(filter(None, parts))


def applying_refusal(
    title: str, *, opens_at: datetime, closes_at: datetime, now: datetime, grace_s: int = 0
) -> Refusal | None:
    """Why nobody may apply for the event `title` now, or None.

    `closes_at` itself is still in time, and so are `grace_s` seconds after it, of which nobody is told.
    """
    if now < opens_at:
        return Refusal("apply.not_open", {"title": title, "opens_at": opens_at})
    over = now > closes_at + timedelta(seconds=grace_s)
    return Refusal("apply.closed", {"title": title, "closed_at": closes_at}) if over else None


def audience_refusal(audience: Audience, grade: Grade | None) -> Refusal | None:
    """Why a participant of `grade` (None: an adult) may not take part, or None."""
    if audience.fits(grade):
        return None
    return Refusal("apply.wrong_audience", {"participant": _who(grade), "audience": audience.label})


def nomination_refusal(title: str, audience: Audience, grade: Grade | None) -> Refusal | None:
    """Why the nomination `title` does not fit a participant of `grade`, or None."""
    if audience.fits(grade):
        return None
    values = {"nomination": title, "participant": _who(grade), "audience": audience.label}
    return Refusal("apply.wrong_nomination", values)


def editing_refusal(state: ApplicationState, *, closes_at: datetime, now: datetime, grace_s: int = 0) -> Refusal | None:
    """Why an application may not be changed now, or None; `grace_s` as in `applying_refusal`.

    What the organizer asked to change may be changed after the deadline too.
    """
    moved = transition(state, Act.EDIT)
    if isinstance(moved, Refusal):
        return moved
    if now > closes_at + timedelta(seconds=grace_s) and state is not ApplicationState.CHANGES_ASKED:
        return Refusal("application.edit_closed", {"closed_at": closes_at})
    return None


def withdrawing_refusal(state: ApplicationState, *, published: bool) -> Refusal | None:
    """Why an application may not be withdrawn, or None; once results are published they stand."""
    moved = transition(state, Act.WITHDRAW)
    if isinstance(moved, Refusal):
        return moved
    return Refusal("application.withdraw_published") if published else None


def number(prefix: str, year: int, ordinal: int) -> str:
    """An application's number: «СК-2026-0042». `ordinal` counts from 1 within an event."""
    return f"{prefix}-{year}-{ordinal:04d}"


def duplicate_key(name: FullName, organisation: str, event: str) -> str:
    """One key for applications that may be of one person: the organizer is warned, nobody is refused."""
    return "|".join((event, organisation, name.key))


def application_key(title: str | None, names: Sequence[FullName], organisation: str, event: str) -> str:
    """The same for whatever takes part: a team or a collective by its `title`, others by their first author."""
    if title is not None or not names:
        return "|".join((event, organisation, "", fold(title or "")))
    return duplicate_key(names[0], organisation, event)


def _who(grade: Grade | None) -> str:
    return grade.label if grade else "взрослый"


def _ranges(numbers: frozenset[int]) -> str:
    """«1–4, 7»."""
    runs: list[list[int]] = []
    for value in sorted(numbers):
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
