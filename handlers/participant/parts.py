"""What this folder adds to the book."""

from __future__ import annotations

from handlers.participant import applications, withdrawing
from handlers.participant.applying import apply, drafts, edit
from handlers.participant.consents import consents_given
from handlers.participant.events import attendance, bundles, calendar, events, finding, meetings, reminders, seats
from handlers.participant.stages import attempts, stages
from handlers.participant.works import about_work, checks, hand_in, inquiry_answers, work_parts
from handlers.parts import Parts

PARTS = Parts(
    routes={
        "events": finding.events,
        "events_find": finding.events_find,
        "events_modules": finding.events_modules,
        "events_months": finding.events_months,
        "suitable": finding.suitable,
        "suit": finding.suit,
        "suit_grade": finding.suit_grade,
        "ics": calendar.ics,
        "remind": reminders.remind,
        "remind_at": reminders.remind_at,
        "unremind": reminders.unremind,
        "reminders": reminders.reminders,
        "apply_waiting": seats.apply_waiting,
        "seat_take": seats.seat_take,
        "seat_again": seats.seat_again,
        "attend": attendance.attend,
        "attend_word": attendance.attend_word,
        "join": bundles.join,
        "join_go": bundles.join_go,
        "event": events.event,
        "rules": events.rules,
        "apply": apply.apply,
        "another": apply.another,
        "applications": applications.applications,
        "application": applications.application,
        "withdraw": withdrawing.withdraw,
        "withdraw_sure": withdrawing.withdraw_sure,
        "edit": edit.edit,
        "edit_anew": edit.edit_anew,
        "consents": consents_given.consents,
        "consent_withdraw": consents_given.consent_withdraw,
        "consent_withdraw_sure": consents_given.consent_withdraw_sure,
        "submit": hand_in.submit,
        "work_parts": work_parts.work_parts,
        "part_out": work_parts.part_out,
        "work_done": work_parts.work_done,
        "author_answer": inquiry_answers.answer,
        "about": about_work.about,
        "test": attempts.test,
        "test_of": attempts.test_of,
        "test_start": attempts.test_start,
        "recheck": checks.recheck,
        "job.check_link": checks.checked,
    },
    talks=(
        apply.APPLY,
        edit.EDIT,
        hand_in.SUBMIT,
        hand_in.SUBMIT_TO,
        about_work.ABOUT,
        attempts.ATTEMPT,
        inquiry_answers.AUTHOR_ANSWER,
    ),
    doors=(events.door,),
    describe={drafts.APPLY: drafts.describe, about_work.TALK: about_work.describe, attempts.TALK: attempts.describe},
    is_open={drafts.APPLY: drafts.can_be_sent},
    chores=(meetings.send_links, reminders.send_reminders, seats.offer_seats, stages.open_tests, stages.end_attempts),
    makers={calendar.MAKER: calendar.make},
    catchers=(hand_in.catch, attendance.catch, applications.catch, attendance.catch_wrong),
)
