"""Publishing the results: first who will hear what, then once and for all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.consents import Applicant
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.exports.button import export_button
from handlers.organizer.people import Reach, reach
from handlers.organizer.record import Record, record_of
from handlers.organizer.results.letters import Letter, letters, told
from handlers.organizer.results.protocol import balance_line
from handlers.organizer.results.wall import hidden_count, named_now, numbered, wall_lines
from handlers.organizer.scope import detail, of_event
from handlers.organizer.wording import back_to_event, lines
from handlers.seeing import ledger_of_event


@of_event(Action.PUBLISH_RESULTS)
async def publish(case: Case, running: Running, _more: str) -> Outcome:
    """Who will hear what, and what is in the way."""
    return _not_now(case, running) or await _dialog(case, await record_of(case, running))


@of_event(Action.PUBLISH_RESULTS)
async def show_letters(case: Case, running: Running, _more: str) -> Outcome:
    """One letter of each kind, as its first reader would see it."""
    if in_the_way := _not_now(case, running):
        return in_the_way
    record = await record_of(case, running)
    first: dict[str, Letter] = {}
    for letter in letters(case, record):
        first.setdefault(letter.kind, letter)
    samples = [letter.reply for letter in first.values()]
    return [Reply("org.letters", count=len(samples)), *samples, Reply("org.letters_end", buttons=_choice(running.code))]


@of_event(Action.PUBLISH_RESULTS)
async def publish_yes(case: Case, running: Running, _more: str) -> Outcome:
    """Publish; the second of two taps, or of two organizers, finds it done."""
    if in_the_way := _not_now(case, running):
        return in_the_way
    record = await record_of(case, running)
    if not record.balance.closes:
        return await _dialog(case, record)
    await case.storage.events.publish(running.code, by=case.person.id, at=case.now)
    sent = letters(case, record)
    for letter in sent:
        case.tell(letter.person_id, letter.reply, key=letter.key(running.code), bulk=True)
    people = await _reach(case, sent)
    await case.storage.publications.add(await named_now(case, record), "results", at=case.now)
    await case.storage.audit.add(
        case.person.id,
        Action.PUBLISH_RESULTS,
        f"event:{running.code}",
        detail(letters=len(sent), **{row.kind.value: row.count for row in record.balance.rows}),
        at=case.now,
    )
    return [
        Reply("org.published", title=running.event.title, count=len(people.reached), unreachable=people.line(case)),
        await _wall(case, record),
    ]


@of_event(Action.PUBLISH_RESULTS)
async def wall(case: Case, running: Running, _more: str) -> Outcome:
    """The list for the community's wall, ready to be copied."""
    if running.stored.published_at is None:
        return _not_now(case, running) or await _dialog(case, await record_of(case, running))
    return await _wall(case, await record_of(case, running))


async def _wall(case: Case, record: Record) -> Reply:
    ledger = await ledger_of_event(case, record.running.code)
    return Reply(
        "org.wall_text",
        title=record.running.event.title,
        status=record.running.event.status_line,
        lines=lines(wall_lines(case, record, ledger)),
        buttons=[[export_button(record.running.code, "outcomes"), back_to_event(record.running.code)]],
    )


def _not_now(case: Case, running: Running) -> Reply | None:
    """Published before, or the protocol is not approved yet."""
    stored, code = running.stored, running.code
    if stored.published_at is not None:
        return Reply(
            "org.published_already",
            at=_when(case, running),
            buttons=[[Button("org.wall", f"wall:{code}")], [back_to_event(code)]],
        )
    if stored.approved_at is None:
        rows = [[Button("org.approve", f"approve:{code}", colour="primary")], [back_to_event(code)]]
        return Reply("org.publish_unapproved", title=running.event.title, buttons=rows)
    return None


def _when(case: Case, running: Running) -> str:
    """«12:03» of today, «30 апреля, 12:03» of another day."""
    at, zone = running.stored.published_at or case.now, case.facts.zone
    today = calendar.local(at, zone).date() == calendar.local(case.now, zone).date()
    return calendar.clock(at, zone) if today else calendar.at(at, zone, now=case.now)


async def _dialog(case: Case, record: Record) -> Reply:
    running, found = record.running, letters(case, record)
    people = await _reach(case, found)
    outcomes = [letter for letter in found if letter.kind.startswith("outcome")]
    hearing = {letter.person_id for letter in outcomes} & set(people.reached)
    ledger = await ledger_of_event(case, running.code)
    listed = [one for one, outcome in told(record) if numbered(outcome)]
    hidden = sum(hidden_count(one, ledger) for one in listed)
    facts = [
        balance_line(case, record.balance),
        case.say("org.publish_people", people=len(hearing), **_participants(case, record, hearing)),
        _thanks(case, [letter for letter in found if letter.person_id in people.reached]),
        people.line(case),
        case.say("org.publish_hidden", count=hidden) if hidden else "",
    ]
    closes = record.balance.closes
    code = running.code
    return Reply(
        "org.publish",
        title=running.event.title,
        lines=lines(facts),
        buttons=_choice(code) if closes else [[Button("org.ranking", f"ranking:{code}"), back_to_event(code)]],
    )


def _participants(case: Case, record: Record, hearing: Collection[int]) -> dict[str, object]:
    """How many participants hear their outcome from those written to, and how many of them through a teacher."""
    heard = [one for one, _ in told(record) if one.person_id in hearing]
    through = sum(one.people for one in heard if one.applicant_role is Applicant.TEACHER)
    people = sum(one.people for one in heard)
    key = "org.publish_through_all" if through == people else "org.publish_through"
    return {"participants": people, "through": case.say(key, count=through) if through else ""}


def _thanks(case: Case, found: Sequence[Letter]) -> str:
    teachers = sum(letter.kind == "thanks.teacher" for letter in found)
    jury = sum(letter.kind == "jury_thanks" for letter in found)
    parts = [
        case.say("org.publish_teachers", count=teachers) if teachers else "",
        case.say("org.publish_jury", count=jury) if jury else "",
    ]
    named = " и ".join(part for part in parts if part)
    return case.say("org.publish_thanks", whom=named) if named else ""


async def _reach(case: Case, found: tuple[Letter, ...]) -> Reach:
    return await reach(case, (letter.person_id for letter in found))


def _choice(code: str) -> list[list[Button]]:
    go = Button("org.publish_yes", f"publish_yes:{code}", colour="primary")
    return [[Button("org.letters", f"letters:{code}")], [go, Button("org.not_now", f"desk_event:{code}")]]
