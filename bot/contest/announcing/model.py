"""An announcement as a value, and what may be done to it in which state.

draft → scheduled → gathering → running ↔ paused → done | stopped → recalled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class AnnouncementState(StrEnum):
    """Where an announcement stands."""

    #: Being written; nobody gets it.
    DRAFT = "draft"
    #: Confirmed; begins at `starts_at`, or as soon after it as night and a restored database allow.
    SCHEDULED = "scheduled"
    #: Begun: its recipients are being found.
    GATHERING = "gathering"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    #: Ended by somebody before everyone had it, or called off before it began.
    STOPPED = "stopped"
    #: Taken back as far as the messenger still lets.
    RECALLED = "recalled"


class Act(StrEnum):
    """What somebody does to an announcement."""

    CHANGE = "change"
    SCHEDULE = "schedule"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    RECALL = "recall"


#: From which states an act leads on; in any other it does nothing.
FROM: Mapping[Act, frozenset[AnnouncementState]] = {
    Act.CHANGE: frozenset({AnnouncementState.DRAFT, AnnouncementState.SCHEDULED}),
    Act.SCHEDULE: frozenset({AnnouncementState.DRAFT, AnnouncementState.SCHEDULED}),
    Act.START: frozenset({AnnouncementState.DRAFT, AnnouncementState.SCHEDULED}),
    Act.PAUSE: frozenset({AnnouncementState.GATHERING, AnnouncementState.RUNNING}),
    Act.RESUME: frozenset({AnnouncementState.PAUSED}),
    Act.STOP: frozenset(
        {
            AnnouncementState.SCHEDULED,
            AnnouncementState.GATHERING,
            AnnouncementState.RUNNING,
            AnnouncementState.PAUSED,
        }
    ),
    Act.RECALL: frozenset({AnnouncementState.DONE, AnnouncementState.STOPPED}),
}
#: It is on its way to people, or about to be.
UNDER_WAY = frozenset({AnnouncementState.GATHERING, AnnouncementState.RUNNING, AnnouncementState.PAUSED})
#: Nothing of it goes out any more.
OVER = frozenset({AnnouncementState.DONE, AnnouncementState.STOPPED, AnnouncementState.RECALLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One text for many, as it is stored."""

    id: int
    #: None: of the whole programme.
    event_code: str | None
    author_id: int
    #: Counts the changes of what is written here by hand; acts name the one that was seen.
    version: int
    #: With its placeholders.
    text: str
    #: As the messenger names them: `photo5_65_key`.
    attachments: tuple[str, ...]
    #: To whom: `key` and filters, as handlers understand them.
    audience: Mapping[str, Any]
    #: The recipients are found when it starts; else when it is confirmed.
    live: bool
    state: AnnouncementState
    created_at: datetime
    #: When it is to begin; None: nobody has said.
    starts_at: datetime | None = None
    #: When and by whom it was started or scheduled.
    started_at: datetime | None = None
    started_by: int | None = None
    #: When all recipients were known.
    gathered_at: datetime | None = None
    #: Who last paused, resumed, stopped or recalled it, and when.
    acted_at: datetime | None = None
    acted_by: int | None = None
    finished_at: datetime | None = None
    #: How many people it goes to; 0 until they are gathered.
    recipients: int = 0
    #: Up to which person, in the order of their ids, messages were made.
    fed_to: int = 0
    #: When messages had been made for all.
    fed_at: datetime | None = None
    #: Its messages wait for the morning or for the word of whoever restored the database.
    held: bool = False
    #: Since when nothing more is to be done or shown.
    closed_at: datetime | None = None

    @property
    def under_way(self) -> bool:
        """Whether it goes to people now, or would if nobody held it."""
        return self.state in UNDER_WAY

    def allows(self, act: Act) -> bool:
        """Whether the act leads anywhere from here."""
        return self.state in FROM[act]


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of an act on an announcement: only one of those who act at once does it."""

    #: False: it was done, or the announcement changed, before; `announcement` tells by whom and when.
    done: bool
    announcement: Announcement


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How far an announcement has come; each person is counted in one place."""

    #: Who was to get it: all below but those left out.
    planned: int
    sent: int
    #: How many of the sent have seen it, as far as the messenger tells.
    read: int = 0
    #: Not made yet: they come after the present ones.
    ahead: int = 0
    #: On the way now: waiting, paused, or tried again.
    on_the_way: int = 0
    #: Called off by a stop before they went.
    dropped: int = 0
    #: The messenger does not let us write to them: how many by its code.
    unreachable: Mapping[int, int] = field(default_factory=dict)
    #: It refused for another reason, by its code; 0: without one.
    failed: Mapping[int, int] = field(default_factory=dict)
    #: Who was left out before sending, by reason: `Left`, or `code:901` for those who can't be written to.
    left_out: Mapping[str, int] = field(default_factory=dict)
    #: Taken back, of those sent.
    recalled: int = 0
    #: To be taken back yet.
    recalling: int = 0
    #: The messenger would not take them back.
    not_recalled: int = 0
    #: Sent too long ago to be taken back.
    too_old: int = 0

    @property
    def settled(self) -> int:
        """With how many it is over, one way or the other."""
        return self.sent + self.dropped + sum(self.unreachable.values()) + sum(self.failed.values())

    @property
    def share(self) -> float:
        """How far it is, 0 to 1."""
        return self.settled / self.planned if self.planned else 1.0


class Left(StrEnum):
    """Why somebody of the audience is not written to; those who can't be are `code:<the messenger's code>`."""

    #: They asked not to get news.
    NO_NEWS = "no_news"
    #: The text needs a number of an application, and they have none.
    NO_NUMBER = "no_number"
    #: They were sent the very same text within a day.
    SAME_TEXT = "same_text"
    #: The bot does not know such a person.
    UNKNOWN = "unknown"


CODE = "code:"


def left_for_code(code: int) -> str:
    """The reason of those whom the messenger does not let us write to."""
    return f"{CODE}{code}"
