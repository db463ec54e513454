"""What this folder adds to the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.talk.model import Route, Talk
from handlers.everyone.welcome import Catcher, Describe, Door
from handlers.kinds import Chore
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

ROUTES: Mapping[str, Route] = {
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
}
TALKS: Mapping[str, Talk] = {
    talk.name: talk for talk in (apply.APPLY, edit.EDIT, hand_in.SUBMIT, hand_in.SUBMIT_TO, about_work.ABOUT)
}
DOORS: Sequence[Door] = (events.door,)
DESCRIBE: Mapping[str, Describe] = {drafts.APPLY: drafts.describe, about_work.TALK: about_work.describe}
CHORES: Sequence[Chore] = (meetings.send_links,)
CATCHERS: Sequence[Catcher] = (hand_in.catch, applications.catch)
