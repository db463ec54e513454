"""A one-time link for a parent: made by who applies, opened by a parent under an account of their own."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.contest.consent_states import ConsentState
from bot.contest.consents import ConsentKind
from bot.talk.model import Button, Open, Outcome, Reply
from handlers.guardian.children import my_consents
from handlers.kinds import Case
from handlers.participant.consents.consents import text_now
from handlers.participant.consents.consents_given import Subject
from storage.consents import CHAT

TALK = "guardian"
#: A link that nobody has answered by then is of no use any more.
LINK_LIFE = timedelta(days=14)
#: Links for many children stand in one message, so that a wrong one is opened easily; a stranger does it more often.
MOST_DECLINED = 3
#: What a code begins with, so that it is never taken for another one.
PREFIX = "parent-"
_WORD = re.compile(r"parent[-_](.{1,100})", re.IGNORECASE)
#: Bare, with its prefix, or inside the link itself.
_TYPED = re.compile(
    r"(?:.{0,60}\bкод[:\s]\s*|.{0,200}[?&]ref=)?(parent[-_])?([A-Za-z0-9_-]{22})(?:[&#].{0,200})?\.?",
    re.IGNORECASE | re.DOTALL,
)


async def door(case: Case, word: str) -> Outcome:
    """A deep link with a parent's code."""
    found = _WORD.fullmatch(word)
    return await _enter(case, found[1]) if found else None


async def typed_code(case: Case, text: str) -> Outcome:
    """A code, or the whole link, that was sent as a message; a bare one that is none of ours may be another's."""
    found = _TYPED.fullmatch(text.strip())
    if found is None or not (found[1] or await case.storage.consent_links.is_known(found[2])):
        return None
    return await _enter(case, found[2])


async def _enter(case: Case, code: str) -> Outcome:
    """The first account that opens it has it, and sees by it later what was answered.

    For all the others it is as if there were none.
    """
    link = await case.storage.consent_links.open(code, case.person.id, at=case.now)
    if link is None and await case.storage.consent_links.was_answered_by(code, case.person.id):
        return await my_consents(case, "")
    if link is None:
        return Reply("guardian_link_bad", buttons=[[Button("my_consents", "my_consents")], [Button("to_menu", "menu")]])
    return Open(TALK, str(link.participant_id))


async def make_link(case: Case, subject: Subject) -> str:
    """A new link for the parent of this participant; the consents that nobody has answered are awaited now."""
    participant_id = subject.participant.id if subject.participant else None
    if participant_id is None:
        raise ValueError("nobody to ask about")
    code = await case.storage.consent_links.create(
        subject.application.id, participant_id, by=case.person.id, at=case.now, expires_at=case.now + LINK_LIFE
    )
    for kind in subject.kinds:
        if subject.held.of(kind).state in (ConsentState.NOT_ASKED, ConsentState.EXPIRED):
            await _await(case, subject, kind)
    return f"https://vk.me/{case.facts.community}?ref={PREFIX}{code}"


async def _await(case: Case, subject: Subject, kind: ConsentKind) -> None:
    text = text_now(case, kind)
    await case.storage.consents.record(
        subject.application.id,
        kind,
        version=text.version,
        text_hash=text.hash,
        decision="waiting",
        channel=CHAT,
        person_id=case.person.id,
        participant_id=subject.participant.id if subject.participant else None,
        at=case.now,
    )
