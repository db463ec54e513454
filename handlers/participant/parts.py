"""What this folder adds to the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.talk.model import Route, Talk
from handlers.everyone.welcome import Describe, Door
from handlers.participant import applications, apply, edit, events

ROUTES: Mapping[str, Route] = {
    "events": events.events,
    "event": events.event,
    "rules": events.rules,
    "apply": apply.apply,
    "another": apply.another,
    "applications": applications.applications,
    "application": applications.application,
    "withdraw": applications.withdraw,
    "withdraw_sure": applications.withdraw_sure,
    "edit": edit.edit,
}
TALKS: Mapping[str, Talk] = {talk.name: talk for talk in (apply.APPLY, edit.EDIT)}
DOORS: Sequence[Door] = (events.door,)
DESCRIBE: Mapping[str, Describe] = {apply.TALK: apply.describe}
