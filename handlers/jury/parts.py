"""The jury: how one joins it, the desk, the digest, and scoring by tapping."""

from __future__ import annotations

from collections.abc import Mapping

from bot.talk.model import Route, Talk
from handlers.everyone.welcome import Describe, Door
from handlers.jury import desk, digest, invitation, remarks, scoring, showing
from handlers.kinds import Chore

ROUTES: Mapping[str, Route] = {
    "jury": desk.jury,
    "jury_list": desk.works,
    "jury_away": desk.away,
    "digest": digest.ask_digest,
    "jury_go": showing.go_on,
    "jury_work": showing.work,
    "jury_at": scoring.at,
    "jury_more": scoring.more,
    "jury_score": scoring.score,
    "jury_typed": scoring.typed,
    "jury_change": scoring.change,
    "jury_save": scoring.save,
    "jury_skip": scoring.skip,
    "jury_comment": remarks.comment,
    "jury_conflict": remarks.conflict,
}
TALKS: Mapping[str, Talk] = {
    talk.name: talk for talk in (invitation.JURY_JOIN, remarks.JURY_COMMENT, remarks.JURY_CONFLICT)
}
DOORS: tuple[Door, ...] = (invitation.door,)
#: What may be typed where no question is open.
PHRASES: tuple[Door, ...] = (invitation.typed_code,)
DESCRIBE: Mapping[str, Describe] = {"jury_join": invitation.describe}
CHORES: tuple[Chore, ...] = (digest.send_digests,)
