"""What this folder adds to the book."""

from __future__ import annotations

from handlers.participant import (
    about_work,
    applications,
    apply,
    checks,
    consents_given,
    drafts,
    edit,
    events,
    hand_in,
    meetings,
    withdrawing,
)
from handlers.parts import Parts

PARTS = Parts(
    routes={
        "events": events.events,
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
        "about": about_work.about,
        "recheck": checks.recheck,
        "job.check_link": checks.checked,
    },
    talks=(apply.APPLY, edit.EDIT, hand_in.SUBMIT, hand_in.SUBMIT_TO, about_work.ABOUT),
    doors=(events.door,),
    describe={drafts.APPLY: drafts.describe, about_work.TALK: about_work.describe},
    chores=(meetings.send_links,),
    catchers=(hand_in.catch, applications.catch),
)
