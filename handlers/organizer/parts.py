"""The organizer's side: the desk, applications, deadlines, jury, results, announcements, roles."""

from __future__ import annotations

from bot.contest.applications import Act
from handlers.organizer import (
    announcing,
    apps,
    assigning,
    awarding,
    card,
    deciding,
    desk,
    extending,
    helping,
    jurors,
    protocol,
    publishing,
    ranking,
    roles,
    schools,
)
from handlers.parts import Parts

PARTS = Parts(
    routes={
        "desk": desk.desk,
        "desk_event": desk.desk_event,
        "apps": apps.apps,
        "apps_typed": apps.apps_typed,
        "apps_filter": apps.apps_filter,
        "moderate": card.moderate,
        "next_app": card.next_app,
        "accept": deciding.accept,
        **{act.value: deciding.opens(act) for act in deciding.READY},
        "settle_school": schools.settle_school,
        "extend": extending.extend,
        "jurors": jurors.jurors,
        "juror": jurors.juror,
        "jury_invite": jurors.jury_invite,
        "revoke": jurors.revoke,
        "revoke_sure": jurors.revoke_sure,
        "assign": assigning.assign_works,
        "assign_yes": assigning.assign_yes,
        "ranking": ranking.ranking,
        "take": ranking.take,
        "award": awarding.award,
        "approve": protocol.approve,
        "approve_yes": protocol.approve_yes,
        "publish": publishing.publish,
        "letters": publishing.show_letters,
        "publish_yes": publishing.publish_yes,
        "wall": publishing.wall,
        "announce": announcing.announce,
        "roles": roles.roles,
        "role_grant": roles.role_grant,
        "role_revoke": roles.role_revoke,
        "role_revoke_sure": roles.role_revoke_sure,
        "release_person": helping.release_person,
    },
    talks=(
        *(deciding.asking(Act(act)) for act in deciding.READY),
        schools.SCHOOL,
        extending.EXTEND,
        awarding.AWARD,
        announcing.ANNOUNCE,
        roles.GRANT,
    ),
)
