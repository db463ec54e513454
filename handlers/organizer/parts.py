"""The organizer's side: the desk, applications, deadlines, jury, results, announcements, roles."""

from __future__ import annotations

from bot.contest.applications import Act
from handlers.helping.parts import ROUTES as HELPING
from handlers.organizer import desk, more, roles
from handlers.organizer.announcing import parts as announcing
from handlers.organizer.charts import gathering as charts_gathering
from handlers.organizer.charts import showing as charts_showing
from handlers.organizer.exports import parts as exports
from handlers.organizer.jury import assigning, jurors
from handlers.organizer.moderation import apps, card, consent_scans, deciding, schools
from handlers.organizer.papers import mistakes, mistakes_deciding
from handlers.organizer.protocols import correcting, listing, making, signing
from handlers.organizer.report import parts as report
from handlers.organizer.results import awarding, protocol, publishing, ranking, settling, special, special_naming
from handlers.organizer.stages import stages, stages_answers, stages_fixing, stages_hosts
from handlers.organizer.time import attendance, copying, extending, giving_time, personal_deadlines, seats
from handlers.parts import Parts
from handlers.reminding import organizer_parts as reminding

PARTS = Parts(
    routes={
        "desk": desk.desk,
        "desk_typed": desk.desk_typed,
        "desk_event": desk.desk_event,
        "desk_more": more.more,
        "paperwork": more.paperwork,
        "mistakes_desk": mistakes.mistakes_desk,
        "paper_mistakes": mistakes.mistakes,
        "paper_mistake": mistakes.paper_mistake,
        "mistake_yes": mistakes_deciding.mistake_yes,
        "mistake_no": mistakes_deciding.mistake_no,
        "charts": charts_showing.charts,
        "charts_compare": charts_showing.compare,
        f"thought.{charts_gathering.THINKER}": charts_showing.thought,
        "longer": personal_deadlines.longer,
        "longer_give": giving_time.longer_give,
        "longer_for": giving_time.longer_for,
        "longer_revoke": personal_deadlines.longer_revoke,
        "longer_revoke_sure": personal_deadlines.longer_revoke_sure,
        "seats": seats.seats,
        "seat_offer": seats.seat_offer,
        "came": attendance.came,
        "came_mark": attendance.came_mark,
        "came_paste": attendance.came_paste,
        "came_word": attendance.came_word,
        "copy": copying.copy,
        "apps": apps.apps,
        "apps_typed": apps.apps_typed,
        "apps_filter": apps.apps_filter,
        "moderate": card.moderate,
        "consent_scans": consent_scans.consent_scans,
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
        "tie": settling.tie,
        "special": special.special,
        "name_special": special_naming.name_special,
        "drop_special": special.drop_special,
        "approve": protocol.approve,
        "approve_yes": protocol.approve_yes,
        "protocols": listing.protocols,
        "protocol": listing.protocol,
        "protocol_jurors": listing.jurors,
        "protocol_file": listing.file,
        "protocol_correct": correcting.correct,
        "protocol_signers": signing.signers,
        "publish": publishing.publish,
        "letters": publishing.show_letters,
        "publish_yes": publishing.publish_yes,
        "wall": publishing.wall,
        **announcing.ROUTES,
        "roles": roles.roles,
        "role_grant": roles.role_grant,
        "role_revoke": roles.role_revoke,
        "role_revoke_sure": roles.role_revoke_sure,
        **HELPING,
        **exports.ROUTES,
        "stages": stages.stages,
        "stage": stages.stage,
        "stage_hosts": stages_hosts.hosts,
        "stage_invite": stages_hosts.invite,
        "stage_area": stages_hosts.area,
        "stage_fix": stages_fixing.fix,
        "host_revoke": stages_hosts.revoke,
        "answers": stages_answers.answers,
        "answer_mark": stages_answers.mark,
        **report.ROUTES,
        **reminding.ROUTES,
    },
    talks=(
        *(deciding.asking(Act(act)) for act in deciding.READY),
        schools.SCHOOL,
        extending.EXTEND,
        giving_time.LONGER,
        seats.OFFER,
        attendance.CAME_LIST,
        attendance.CAME_WORD,
        copying.COPY,
        awarding.AWARD,
        settling.TIE,
        special_naming.SPECIAL,
        correcting.CORRECT,
        signing.TALK_OF_SIGNERS,
        *announcing.TALKS,
        roles.GRANT,
        mistakes_deciding.REFUSING,
        stages_fixing.FIX,
        *stages_hosts.TALKS,
        *report.TALKS,
        *reminding.TALKS,
    ),
    thinkers={
        charts_gathering.THINKER: charts_gathering.consider,
        **announcing.THINKERS,
        **exports.THINKERS,
        **report.THINKERS,
        **reminding.THINKERS,
    },
    chores=(stages_answers.call_markers, *announcing.CHORES),
    phrases=report.PHRASES,
    makers={mistakes.PREVIEW: mistakes.preview, making.MAKER: making.make, **announcing.MAKERS, **report.MAKERS},
)
