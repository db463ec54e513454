"""Who may do what: the one place that decides, by roles read from the database, never by a button's payload.

Default: no. There is no role «participant»: everybody may do with their own what is listed under `_OWN`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class RoleKind(StrEnum):
    """What a person may be beside a participant."""

    ADMIN = "admin"
    ORGANIZER = "organizer"
    JURY = "jury"
    #: Of a host school: holds a stage of an event at home.
    HOST = "host"

    @property
    def label(self) -> str:
        """«организатор»."""
        return _LABELS[self]


_LABELS = {
    RoleKind.ADMIN: "администратор",
    RoleKind.ORGANIZER: "организатор",
    RoleKind.JURY: "жюри",
    RoleKind.HOST: "опорная школа",
}


@dataclass(frozen=True, slots=True)
class Role:
    """A role at one event; without an event, at all of them."""

    kind: RoleKind
    event: str | None = None
    #: Of a host: the school in whose name they act.
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `person_id` is the one whose account the message came from."""

    person_id: int
    roles: frozenset[Role] = field(default_factory=frozenset)

    def has(self, kind: RoleKind, event: str | None) -> bool:
        """Whether the actor holds the role at `event`; where there is no event, only a role at all counts."""
        return any(role.kind is kind and (role.event is None or role.event == event) for role in self.roles)

    def hosts(self, event: str | None, organisation: str | None) -> bool:
        """Whether the actor holds a stage of `event` in the name of `organisation`."""
        return organisation is not None and Role(RoleKind.HOST, event, organisation) in self.roles


@dataclass(frozen=True, slots=True)
class Target:
    """What is acted upon, as the database knows it."""

    #: The event it belongs to; None for what belongs to none, as roles at all events.
    event: str | None = None
    #: Whose application or work it is: the account that applied.
    owner: int | None = None
    #: Who judges the work.
    jurors: frozenset[int] = field(default_factory=frozenset)
    #: The host school that holds the stage.
    host: str | None = None
    #: Parents who have answered for the child by a link of their own.
    guardians: frozenset[int] = field(default_factory=frozenset)


class Action(StrEnum):
    """Everything that somebody may be forbidden to do."""

    VIEW_EVENT = "view_event"
    APPLY = "apply"

    EDIT_APPLICATION = "edit_application"
    WITHDRAW_APPLICATION = "withdraw_application"
    GIVE_CONSENT = "give_consent"
    WITHDRAW_CONSENT = "withdraw_consent"
    SUBMIT_WORK = "submit_work"
    RECHECK_LINK = "recheck_link"
    VIEW_RESULT = "view_result"
    REQUEST_CONSENT = "request_consent"
    CONFIRM_PAPER = "confirm_paper"
    TAKE_TEST = "take_test"
    ATTEND = "attend"
    TAKE_SEAT = "take_seat"
    VIEW_PAPER = "view_paper"
    REPORT_PAPER_MISTAKE = "report_paper_mistake"
    ANSWER_JURY = "answer_jury"

    VIEW_APPLICATION = "view_application"
    VIEW_CONTACTS = "view_contacts"

    VIEW_WORK = "view_work"
    SCORE = "score"
    DECLARE_CONFLICT = "declare_conflict"
    ASK_AUTHOR = "ask_author"
    VIEW_DIGEST = "view_digest"

    VIEW_STAGE = "view_stage"
    ENTER_PROTOCOL = "enter_protocol"
    NAME_FINALISTS = "name_finalists"

    VIEW_COUNTS = "view_counts"
    LIST_APPLICATIONS = "list_applications"
    ACCEPT_APPLICATION = "accept_application"
    ASK_CHANGES = "ask_changes"
    REJECT_APPLICATION = "reject_application"
    DROP_OUT = "drop_out"
    DISQUALIFY = "disqualify"
    EXTEND_DEADLINE = "extend_deadline"
    INVITE_JURY = "invite_jury"
    REVOKE_JURY = "revoke_jury"
    ASSIGN_WORKS = "assign_works"
    VIEW_SHEETS = "view_sheets"
    VIEW_RANKING = "view_ranking"
    CLOSE_JUDGING = "close_judging"
    SET_OUTCOME = "set_outcome"
    APPROVE_RESULTS = "approve_results"
    PUBLISH_RESULTS = "publish_results"
    ANNOUNCE = "announce"
    EXPORT = "export"
    ANSWER_PERSON = "answer_person"
    VIEW_AUDIT = "view_audit"
    INVITE_HOST = "invite_host"
    OVERRIDE_QUOTA = "override_quota"
    ENTER_RESULTS = "enter_results"
    MARK_ANSWERS = "mark_answers"
    SETTLE_TIE = "settle_tie"
    NAME_SPECIAL = "name_special"
    EXTEND_FOR_ONE = "extend_for_one"
    MARK_ATTENDANCE = "mark_attendance"
    OFFER_SEAT = "offer_seat"
    CHASE_CONSENTS = "chase_consents"
    CHANGE_REMINDERS = "change_reminders"
    VIEW_CHARTS = "view_charts"
    VIEW_PROTOCOL = "view_protocol"
    CORRECT_PROTOCOL = "correct_protocol"
    MAKE_PAPERS = "make_papers"
    CORRECT_PAPER = "correct_paper"
    CHANGE_DESIGN = "change_design"
    VIEW_SCHOOL_YEAR = "view_school_year"

    GRANT_ROLE = "grant_role"
    REVOKE_ROLE = "revoke_role"
    VIEW_HEALTH = "view_health"
    COPY_EVENT = "copy_event"
    DESTROY_DATA = "destroy_data"
    CONFIRM_RESTORED = "confirm_restored"
    VIEW_REPORT = "view_report"
    WRITE_REPORT = "write_report"
    ANNOUNCE_TO_ALL = "announce_to_all"


_ANYBODY = frozenset((Action.VIEW_EVENT, Action.APPLY))

_OWN = frozenset((
    Action.EDIT_APPLICATION, Action.WITHDRAW_APPLICATION, Action.GIVE_CONSENT, Action.WITHDRAW_CONSENT,
    Action.SUBMIT_WORK, Action.RECHECK_LINK, Action.VIEW_RESULT, Action.VIEW_APPLICATION, Action.VIEW_CONTACTS,
    Action.VIEW_WORK, Action.REQUEST_CONSENT, Action.CONFIRM_PAPER, Action.TAKE_TEST, Action.ATTEND,
    Action.TAKE_SEAT, Action.VIEW_PAPER, Action.REPORT_PAPER_MISTAKE, Action.ANSWER_JURY,
))  # fmt: skip

#: A parent who was asked by a link, for their own child.
_GUARDIAN = frozenset((Action.GIVE_CONSENT, Action.WITHDRAW_CONSENT))

#: A host school, at the stage that it holds.
_HOST = frozenset((Action.VIEW_STAGE, Action.ENTER_PROTOCOL, Action.NAME_FINALISTS, Action.VIEW_SCHOOL_YEAR))

#: A juror: a work given to them, and not one's own.
_ASSIGNED = frozenset((Action.VIEW_WORK, Action.SCORE, Action.DECLARE_CONFLICT, Action.ASK_AUTHOR))

_JURY = frozenset((Action.VIEW_DIGEST, Action.MARK_ANSWERS))

_ORGANIZER = frozenset((
    Action.VIEW_APPLICATION, Action.VIEW_CONTACTS, Action.VIEW_WORK, Action.RECHECK_LINK, Action.VIEW_RESULT,
    Action.VIEW_COUNTS, Action.LIST_APPLICATIONS, Action.ACCEPT_APPLICATION, Action.ASK_CHANGES,
    Action.REJECT_APPLICATION, Action.DROP_OUT, Action.DISQUALIFY, Action.EXTEND_DEADLINE, Action.INVITE_JURY,
    Action.REVOKE_JURY, Action.ASSIGN_WORKS, Action.VIEW_SHEETS, Action.VIEW_RANKING, Action.CLOSE_JUDGING,
    Action.SET_OUTCOME, Action.APPROVE_RESULTS, Action.PUBLISH_RESULTS, Action.ANNOUNCE, Action.EXPORT,
    Action.ANSWER_PERSON, Action.VIEW_AUDIT, Action.VIEW_STAGE, Action.ENTER_PROTOCOL, Action.NAME_FINALISTS,
    Action.INVITE_HOST, Action.OVERRIDE_QUOTA, Action.ENTER_RESULTS, Action.MARK_ANSWERS, Action.SETTLE_TIE,
    Action.NAME_SPECIAL, Action.EXTEND_FOR_ONE, Action.MARK_ATTENDANCE, Action.OFFER_SEAT, Action.CHASE_CONSENTS,
    Action.VIEW_PAPER, Action.VIEW_CHARTS, Action.VIEW_PROTOCOL, Action.CORRECT_PROTOCOL, Action.MAKE_PAPERS,
    Action.CORRECT_PAPER, Action.CHANGE_DESIGN, Action.VIEW_SCHOOL_YEAR, Action.CHANGE_REMINDERS,
))  # fmt: skip

#: An admin stands in for any organizer, but does not judge, nor acts in a participant's place.
_ADMIN = _ORGANIZER | {
    Action.GRANT_ROLE, Action.REVOKE_ROLE, Action.VIEW_HEALTH, Action.COPY_EVENT, Action.DESTROY_DATA,
    Action.CONFIRM_RESTORED, Action.VIEW_REPORT, Action.WRITE_REPORT, Action.ANNOUNCE_TO_ALL,
}  # fmt: skip


def authorize(actor: Actor, action: Action, target: Target) -> bool:
    """Whether `actor` may do `action` to `target`. What is listed nowhere is nobody's."""
    own = target.owner is not None and target.owner == actor.person_id
    judges = actor.has(RoleKind.JURY, target.event)
    return (
        action in _ANYBODY
        or (own and action in _OWN)
        or (actor.person_id in target.guardians and action in _GUARDIAN)
        or (actor.hosts(target.event, target.host) and action in _HOST)
        or (judges and not own and actor.person_id in target.jurors and action in _ASSIGNED)
        or (judges and action in _JURY)
        or (actor.has(RoleKind.ORGANIZER, target.event) and action in _ORGANIZER)
        or (actor.has(RoleKind.ADMIN, target.event) and action in _ADMIN)
    )
