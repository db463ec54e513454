"""From the record of an event to what its protocol says."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.contest.balance import Balance
from bot.contest.event import Event
from bot.contest.event.scoring import Ranking, Tie
from bot.contest.event.stages import StageFormat, StageKind
from bot.contest.programme import Programme
from bot.contest.protocol_facts import Broken, Facts, Field, Happening, Order, Rules, Way
from bot.contest.protocol_snapshot import Signers, Snapshot, Word
from bot.contest.ranking import Broken as Told
from handlers.kinds import Desk
from handlers.organizer.protocols.entering import Entering
from handlers.organizer.protocols.rounds import rounds_of
from handlers.organizer.protocols.words import words_of
from handlers.organizer.record import Record
from handlers.organizer.results.comparing import Comparison, field_title
from handlers.organizer.results.proposing import Proposed, is_compared


async def snapshot_of(
    desk: Desk,
    record: Record,
    found: Proposed,
    *,
    placed: Mapping[int, int] | None = None,
    signers: Signers | None = None,
) -> Snapshot:
    """Everything that the protocol says now; where nothing is decided yet, what the rules propose.

    `placed`: places that corrections have set, by application. `signers`: None for those who are named already.
    """
    placed = dict(sorted((placed or {}).items()))
    rounds, commissions = await rounds_of(desk, record)
    entering = Entering(desk, record, found, placed)
    fields = tuple(_field(desk, record.running.event, one, entering) for one in found.comparisons)
    compared = {entry.application for field in fields for entry in field.entries}
    judges = {sheet.juror for field in fields for entry in field.entries for sheet in entry.sheets}
    jury = tuple(dict.fromkeys((*(one.person_id for one in record.jury), *sorted(judges))))
    balance = record.balance
    facts = Facts(
        event=_happening(desk, record.running.event),
        rules=_rules(record.running.event),
        accepted=balance.accepted,
        people=balance.people,
        jury=jury,
        fields=fields,
        others=tuple(entering.alone(one) for one in record.counted if one.id not in compared),
        balance=_counts(balance),
        orders=_orders(record),
        rounds=rounds,
        placed=placed,
    )
    named = await desk.storage.protocols.signers(record.running.code) if signers is None else signers
    words: dict[Word, str] = {**words_of(record, jury, named), **commissions}
    return Snapshot(facts, words)


def _happening(desk: Desk, event: Event) -> Happening:
    final = next((stage for stage in event.stages if stage.kind is StageKind.FINAL), None)
    met = StageFormat.CALL if event.meeting is not None else StageFormat.REMOTE
    held = final.format if final else met
    organiser = event.organiser
    return Happening(
        code=event.code,
        kind=event.kind,
        title=event.title,
        status=event.status_line,
        organiser=desk.facts.directory.get(organiser).name_short
        if organiser in desk.facts.directory.codes
        else organiser,
        stage=final.title if final else "",
        place=desk.say(f"protocol_paper.place.{held}"),
        city=_city(desk, organiser) if held is StageFormat.ON_SITE else "",
    )


def _city(desk: Desk, organiser: str) -> str:
    """Where people come together: at the organiser's."""
    directory = desk.facts.directory
    return directory.municipality(organiser) if organiser in directory.codes else Programme.load().city


def _rules(event: Event) -> Rules:
    scoring, titles = event.scoring, {one.code: one.title for one in event.criteria}
    return Rules(
        way=_way(event),
        aggregation=scoring.aggregation,
        digits=scoring.digits,
        tie=scoring.tie,
        tie_by=tuple(titles.get(code, code) for code in scoring.tie_criteria),
        blind=event.jury is not None and event.jury.blind,
        least_percent=None if event.awards.least_percent is None else Decimal(event.awards.least_percent),
        least_entries=event.awards.least_entries,
    )


def _way(event: Event) -> Way:
    if not is_compared(event):
        return Way.ATTENDANCE
    if event.scoring.ranking is Ranking.SUM_OF_PLACES:
        return Way.PLACES
    return Way.POINTS if event.has_sheets else Way.TESTS


def _field(desk: Desk, event: Event, one: Comparison, entering: Entering) -> Field:
    categories = {key: desk.say(f"org.category.{key}") for key in ("pupil", "teacher", "preschooler", "student")}
    forms = {key: desk.say(f"org.unit.{key}") for key in ("person", "team", "pair", "collective", "project")}
    title = field_title(event, one.field, categories=categories, units=forms)
    return Field(
        title=title[:1].upper() + title[1:],
        lines=entering.lines(one),
        most=one.entries.max_points,
        entries=entering.compared(one),
        broken=tuple(_broken(event, told) for told in one.broken),
    )


def _broken(event: Event, told: Told) -> Broken:
    """By what two equal works were told apart: a criterion; empty: the time."""
    if event.scoring.tie is not Tie.CRITERIA:
        return Broken(told.above, told.below, "")
    code = event.scoring.tie_criteria[told.by]
    return Broken(told.above, told.below, next((one.title for one in event.criteria if one.code == code), code))


def _orders(record: Record) -> tuple[Order, ...]:
    """Of several decisions about the same works the last one."""
    last = {one.order.works: one for one in record.orders}
    return tuple(Order(one.id, one.order.levels, Tie(one.way)) for one in last.values())


def _counts(balance: Balance) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for row in balance.rows:
        titled = sum(count for _, count in row.titles)
        found += row.titles
        if row.count > titled:
            found.append((row.label, row.count - titled))
    return tuple(found)
