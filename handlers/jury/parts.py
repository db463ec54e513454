"""The jury: how one joins it, the desk, the digest, and scoring by tapping."""

from __future__ import annotations

from handlers.jury import asking, desk, digest, invitation, own_sheet, remarks, scoring, showing
from handlers.parts import Parts

PARTS = Parts(
    routes={
        "jury": desk.jury,
        "jury_list": desk.works,
        "jury_away": desk.away,
        "jury_sheet": own_sheet.own_sheet,
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
        "jury_ask": asking.ask,
        "jury_comment": remarks.comment,
        "jury_conflict": remarks.conflict,
    },
    talks=(invitation.JURY_JOIN, remarks.JURY_COMMENT, remarks.JURY_CONFLICT, asking.JURY_ASK),
    doors=(invitation.door,),
    phrases=(invitation.typed_code,),
    describe={"jury_join": invitation.describe},
    chores=(digest.send_digests, asking.tell_authors),
)
