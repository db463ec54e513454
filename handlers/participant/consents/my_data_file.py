"""«Мои данные» as a file: everything that is stored about a person and about those for whom they act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.documents.own_data import as_json, as_text
from handlers.events import event_of
from handlers.kinds import Desk, Draw
from storage.application_rows import Application
from storage.consents import Consent

TEXT, JSON = "my_data_text", "my_data_json"
#: What things are called in the file for reading: texts `data_keys.<key>`.
KEYS = (
    "account", "id", "first_name", "last_name", "first_seen_at", "greeted_at", "no_news_at", "roles", "kind", "event",
    "applications", "number", "state", "reason", "created_at", "updated_at", "accepted_at", "category", "nomination",
    "age_group", "organisation", "supervisor", "title", "participants", "name", "grade", "role", "answers", "phone",
    "email", "works", "version", "url", "file_name", "size_bytes", "said_at", "check_state", "consents", "decision",
    "channel", "decided_at", "signer", "kinship", "guardian_paper", "categories", "text_hash", "outcome", "child",
    "my_consents", "links", "expires_at", "opened_at", "used_at", "drafts", "talk", "event_code", "before_minutes",
    "made_at", "until_at", "source", "messages", "first_at", "last_at", "reminders", "interests", "extensions",
    "files", "received", "sent", "jury", "full_name", "joined_at", "attendance", "seats", "application_id", "meeting",
    "came_at", "way", "since_at", "started_at", "contact", "papers", "paper_mistakes", "issued_at", "reissued_at",
    "withdrawn_at", "field", "was", "wanted", "reported_at", "help_words", "jury_questions", "jury_asked", "text",
    "side", "asked_at", "answered_at", "answer",
)  # fmt: skip


async def make_text(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """The file for reading."""
    data = await gathered(desk, int(about["person_id"]))
    labels = {key: desk.say(f"data_keys.{key}") for key in KEYS}
    name = desk.say("my_data_file")
    return lambda: as_text(data, labels, name=name)


async def make_json(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """The file for programs."""
    data = await gathered(desk, int(about["person_id"]))
    name = desk.say("my_data_file")
    return lambda: as_json(data, name=name)


async def gathered(desk: Desk, person_id: int) -> dict[str, Any]:
    """Everything, as values that JSON has; what is empty is left out."""
    storage = desk.storage
    person = await storage.people.get(person_id)
    consents = await storage.consents.of_applicant(person_id)
    mine = await storage.applications.of_person(person_id)
    found = {
        "account": _bare(asdict(person)) if person else {"id": person_id},
        "roles": [_bare(asdict(role)) for role in await storage.roles.of_person(person_id)],
        "jury": [
            {"event": one.event_code, "full_name": one.full_name, "joined_at": one.joined_at.isoformat()}
            for one in await storage.jury.memberships(person_id)
        ],
        "applications": [await _application(desk, one, consents.get(one.id, [])) for one in mine],
        "my_consents": [await _given(desk, one) for one in await storage.consents.by_person(person_id)],
        "links": [
            _bare({"expires_at": one.expires_at, "opened_at": one.opened_at, "used_at": one.used_at})
            for one in await storage.consent_links.opened_by(person_id)
        ],
        "drafts": [
            _bare({"talk": one.talk, "event_code": one.subject, "answers": dict(one.answers)})
            for one in await storage.memory.drafts(person_id)
        ],
        **await storage.own_data.of(person_id),
    }
    return {key: value for key, value in found.items() if value}


async def _application(desk: Desk, application: Application, consents: list[Consent]) -> dict[str, Any]:
    storage, running = desk.storage, await event_of(desk, application.event_code)
    contact = await storage.applications.contact(application.id)
    published = running is not None and running.stored.published_at is not None
    decided = await storage.outcomes.get(application.id) if published else None
    names = {one.id: one.name.formal for one in application.participants}
    return _bare(
        {
            "number": application.number,
            "event": running.event.title if running else application.event_code,
            "state": application.state.label,
            "reason": application.reason,
            "created_at": application.created_at,
            "updated_at": application.updated_at,
            "accepted_at": application.accepted_at,
            "category": application.category,
            "nomination": application.nomination,
            "age_group": application.age_group,
            "organisation": application.organisation_name,
            "supervisor": application.supervisor,
            "title": application.title,
            "answers": dict(application.answers),
            "contact": _bare({"phone": contact.phone, "email": contact.email}) if contact else None,
            "participants": [
                _bare(
                    {
                        "name": one.name.formal,
                        "grade": one.grade.label if one.grade else None,
                        "role": one.role,
                        "answers": dict(one.answers),
                    }
                )
                for one in application.participants
            ],
            "works": [
                _bare(
                    {
                        "version": work.version,
                        "url": work.url,
                        "file_name": work.file_name,
                        "size_bytes": work.size_bytes,
                        "said_at": work.said_at,
                        "check_state": work.check_state,
                    }
                )
                for work in await storage.works.versions(application.id)
            ],
            "consents": [{**_consent(one), "child": names.get(one.participant_id, "")} for one in consents],
            "outcome": decided.result.outcome.label if decided else None,
        }
    )


async def _given(desk: Desk, consent: Consent) -> dict[str, Any]:
    """What the person decided; of whom, as far as they are still known."""
    application = await desk.storage.applications.get(consent.application_id)
    people = application.participants if application else ()
    child = next((one.name.formal for one in people if one.id == consent.participant_id), "")
    return {**_consent(consent), "number": application.number if application else "", "child": child}


def _consent(one: Consent) -> dict[str, Any]:
    return _bare(
        {
            "kind": str(one.kind),
            "decision": one.decision,
            "version": one.version,
            "text_hash": one.text_hash,
            "channel": one.channel,
            "decided_at": one.decided_at,
            "signer": one.signer,
            "kinship": one.kinship,
            "guardian_paper": one.guardian_paper,
            "categories": sorted(one.categories) if one.categories is not None else None,
        }
    )


def _bare(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty; moments as ISO 8601."""
    plain = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()}
    return {key: value for key, value in plain.items() if value not in (None, "", [], {})}
