"""What an application still lacks of its event's own fields: said in its card, and asked for before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.contest.event import Category, Event
from bot.contest.own_fields import Missing, Told, is_frozen, missing_fields
from bot.talk.model import Again, Reply
from bot.talk.texts import Trusted
from handlers.kinds import Case, Desk
from handlers.participant.applying import own_steps
from handlers.participant.wording import due
from storage.application_rows import Form


def missing_of(event: Event, form: Form, now: datetime) -> tuple[Missing, ...]:
    """What is missing in an application, stored or about to be."""
    members: list[Mapping[str, object]] = [person.answers for person in form.participants]
    return missing_fields(event, Told(Category(form.category), form.nomination, form.answers, members), now)


def ask_again(case: Case, event: Event, form: Form, *, editing: bool = False) -> Again | None:
    """Back to the questions without whose answers the application can't be sent now; what is frozen is let be."""
    now = case.incoming.said_at
    found = [one for one in missing_of(event, form, now) if one.is_due and not (editing and is_frozen(one.field, now))]
    if not found:
        return None
    keys = [own_steps.key_of(one.field, one.member or 1) for one in found]
    return Again(Reply("apply_incomplete", fields=Trusted(titles(found))), without=("review", *keys))


def missing_lines(desk: Desk, event: Event, form: Form, now: datetime) -> list[str]:
    """«Не хватает: тема», «Ещё понадобится до 12 апреля, 23:59: тема»: lines of the card."""
    found = missing_of(event, form, now)
    lacking = [one for one in found if one.is_due]
    lines = [desk.say("card_lacks", fields=Trusted(titles(lacking)))] if lacking else []
    for at in dict.fromkeys(one.due_at for one in found if not one.is_due and one.due_at):
        later = titles([one for one in found if one.due_at == at])
        lines.append(desk.say("card_lacks_later", fields=Trusted(later), at=due(desk, at)))
    return lines


def titles(found: list[Missing]) -> str:
    """«Тема», «Стаж»: each once, whomever it is asked of."""
    return ", ".join(dict.fromkeys(f"«{one.field.title}»" for one in found))
