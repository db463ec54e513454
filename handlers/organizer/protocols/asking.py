"""The questions of a correction: what, of whom, which value; and how the answers become one correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.contest.awards import Outcome as Award
from bot.contest.awards import OutcomeKind
from bot.contest.event.awards import OwnNominations
from bot.contest.event.scoring import Criterion
from bot.contest.protocol_snapshot import Signers
from bot.contest.refusal import Refusal
from bot.contest.scoring import read_points
from bot.contest.text import clean
from bot.contest.trials import read_result
from bot.talk.model import Option, Step
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.jury.points import is_raw, said, scale_of, shown, trial_of, value_shown
from handlers.kinds import Case
from handlers.organizer.jury.judging import criteria
from handlers.organizer.protocols.changing import Correction, Kind
from handlers.organizer.record import Record, record_of
from handlers.organizer.results.awarding import key_of, label_of
from handlers.organizer.results.proposing import choices, is_compared
from handlers.organizer.results.special import holders, quoted, special_button, titles_of
from handlers.organizer.scope import the_event
from handlers.organizer.wording import who, who_and_grade
from storage.application_rows import Application

NAME_LIMIT, TITLE_LIMIT, MOST_PLACE = 100, 100, 999
NOBODY = ""
#: Somebody is taken out after the approval: a work that is not their own, a team that is no more.
LEAVING = (Award(OutcomeKind.DISQUALIFIED), Award(OutcomeKind.DROPPED_OUT))
_DROP = "drop/"


def _is(kind: Kind) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("what") == kind


def _names_somebody(answers: Answers) -> bool:
    return answers.get("what") not in (Kind.SIGNERS, Kind.DATA)


async def _record(case: Case, answers: Answers) -> Record:
    return await record_of(case, await the_event(case, str(answers["event"])))


async def _kinds(case: Case, answers: Answers) -> Sequence[Option]:
    """What can be put right at such an event."""
    running = await the_event(case, str(answers["event"]))
    event = running.event
    offered = [Kind.OUTCOME]
    offered += [Kind.PLACE] if is_compared(event) else []
    offered += [Kind.POINTS] if event.has_sheets else []
    offered += [Kind.SPECIAL] if special_button(running) else []
    return [Option(case.say(f"protocols.kind.{one}"), one.value) for one in (*offered, Kind.SIGNERS, Kind.DATA)]


async def _applications(case: Case, answers: Answers) -> Sequence[Option]:
    """Whom it may be about: who has not left; a place and points are only of those who are compared."""
    record = await _record(case, answers)
    match answers["what"]:
        case Kind.OUTCOME:
            found = list(record.staying)
        case Kind.SPECIAL:
            found = holders(record)
        case _:
            found = list(record.competing)
    return [Option(f"{one.number} {who(one)}", one.id) for one in found]


async def _about(case: Case, answers: Answers) -> dict[str, object]:
    record = await _record(case, answers)
    application = record.application(int(answers["application"]))
    decision = record.decisions.get(application.id)
    place = decision.result.place if decision else None
    return {
        "number": application.number,
        "who": who_and_grade(application),
        "now": decision.result.outcome.label if decision else case.say("org.mark.none"),
        "place": place if place is not None else case.say("protocols.no_place"),
    }


async def _outcomes(case: Case, answers: Answers) -> Sequence[Option]:
    running = await the_event(case, str(answers["event"]))
    leaving = [Option(case.say(f"protocols.leaves.{one.kind}"), key_of(one)) for one in LEAVING]
    return [*(Option(label_of(case, running, one), key_of(one)) for one in choices(running.event)), *leaving]


async def _read_place(_case: Case, _answers: Answers, text: str) -> int | Refusal:
    typed = clean(text).strip()
    if typed.isdecimal() and 0 < int(typed[:9]) <= MOST_PLACE:
        return int(typed)
    return Refusal("protocols.place_expected")


async def _jurors(case: Case, answers: Answers) -> Sequence[Option]:
    """Whose points: members without a conflict of interest about this work."""
    record = await _record(case, answers)
    mine = record.assigned.get(int(answers["application"]), ())
    conflicts = {one.person_id for one in mine if one.state == "conflict"}
    known = dict.fromkeys((*(one.person_id for one in mine), *(one.person_id for one in record.jury)))
    return [Option(record.juror_name(one), one) for one in known if one not in conflicts]


async def _about_points(case: Case, answers: Answers) -> dict[str, object]:
    record = await _record(case, answers)
    application = record.application(int(answers["application"]))
    asked = criteria(record.running.event, application)
    given = _given(record, application, int(answers["juror"]))
    return {
        "number": application.number,
        "who": who_and_grade(application),
        "juror": record.juror_name(int(answers["juror"])),
        "criteria": Trusted("\n".join(_criterion(case, one, given) for one in asked)),
        "count": len(asked),
    }


def _criterion(case: Case, one: Criterion, given: Mapping[str, Decimal]) -> str:
    scale = "" if one.max is None or is_raw(one) else f"{shown(one.min)}–{shown(one.max)}"
    now = value_shown(one, given[one.code]) if one.code in given else case.say("protocols.no_points")
    key = "protocols.criterion" if scale else "protocols.criterion_raw"
    return case.say(key, title=Trusted(one.title), scale=Trusted(scale), now=now)


def _given(record: Record, application: Application, juror: int) -> Mapping[str, Decimal]:
    return next((one.points for one in record.sheets.get(application.id, ()) if one.juror == juror), {})


async def _read_points(case: Case, answers: Answers, text: str) -> list[str] | Refusal:
    """All criteria in one message, in their order: «5 4 3,5»."""
    record = await _record(case, answers)
    asked = criteria(record.running.event, record.application(int(answers["application"])))
    typed = clean(text).replace(";", " ").split()
    if len(typed) != len(asked):
        return Refusal("protocols.points_expected", {"count": len(asked)})
    found: list[str] = []
    for one, word in zip(asked, typed, strict=True):
        value = read_result(word, trial_of(one)) if is_raw(one) else read_points(word, scale_of(one))
        if isinstance(value, Refusal):
            return said(value)
        found.append(str(value))
    return found


async def _specials(case: Case, answers: Answers) -> Sequence[Option]:
    """Titles to take back, and those that the event's file offers."""
    record = await _record(case, answers)
    held = titles_of(record, record.application(int(answers["application"])))
    rules = record.running.event.awards
    offered = rules.titles if isinstance(rules, OwnNominations) else rules.special
    drops = [
        Option(case.say("protocols.drop_title", title=title), f"{_DROP}{index}") for index, title in enumerate(held)
    ]
    return [*drops, *(Option(title, title) for title in offered if title not in held)]


async def _read_special(case: Case, answers: Answers, text: str) -> str | Refusal:
    running = await the_event(case, str(answers["event"]))
    title, rules = clean(text).strip('«»" '), running.event.awards
    written = isinstance(rules, OwnNominations) or rules.special_free
    return title if title and written else Refusal("choose_from_list")


async def _read_name(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return clean(text).strip() or Refusal("protocols.name_expected")


async def _without_name(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("protocols.leave_line"), NOBODY)]


async def read_reason(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    """Why the protocol is put right: it stands in the new version."""
    return clean(text).strip() or Refusal("protocols.reason_expected")


def correction_of(record: Record, answers: Answers) -> Correction:
    """The answers as one correction. Raises KeyError for an application that is not there."""
    kind, reason = Kind(str(answers["what"])), str(answers["reason"])
    if kind is Kind.DATA:
        return Correction(kind=kind, reason=reason)
    if kind is Kind.SIGNERS:
        signers = Signers(str(answers["chair"]), str(answers["secretary"]))
        return Correction(kind=kind, signers=signers, reason=reason)
    application = record.application(int(answers["application"]))
    made = Correction(kind=kind, application=application.id, reason=reason)
    match kind:
        case Kind.OUTCOME:
            known = {key_of(one): one for one in (*choices(record.running.event), *LEAVING)}
            return replace(made, outcome=known.get(str(answers["outcome"])))
        case Kind.PLACE:
            return replace(made, place=int(answers["place"]))
        case Kind.POINTS:
            asked = criteria(record.running.event, application)
            points = {one.code: Decimal(value) for one, value in zip(asked, answers["points"], strict=False)}
            return replace(made, juror=int(answers["juror"]), points=points)
    return replace(made, special=_titles(record, application, str(answers["special"])))


def _titles(record: Record, application: Application, chosen: str) -> tuple[str, ...]:
    held = titles_of(record, application)
    if chosen.startswith(_DROP):
        return tuple(title for index, title in enumerate(held) if f"{_DROP}{index}" != chosen)
    own = isinstance(record.running.event.awards, OwnNominations)
    return (chosen,) if own else tuple(dict.fromkeys((*held, chosen)))


async def _about_special(case: Case, answers: Answers) -> dict[str, object]:
    record = await _record(case, answers)
    application = record.application(int(answers["application"]))
    held = titles_of(record, application)
    return {
        "number": application.number,
        "who": who_and_grade(application),
        "now": quoted(held) if held else case.say("protocols.no_titles"),
    }


SIGNERS = (
    Step("chair", parse=_read_name, options=_without_name, limit=NAME_LIMIT, when=_is(Kind.SIGNERS)),
    Step("secretary", parse=_read_name, options=_without_name, limit=NAME_LIMIT, when=_is(Kind.SIGNERS)),
)
STEPS = (
    Step("what", options=_kinds, columns=2),
    Step("application", options=_applications, when=_names_somebody),
    Step("outcome", options=_outcomes, values=_about, when=_is(Kind.OUTCOME)),
    Step("place", parse=_read_place, values=_about, when=_is(Kind.PLACE)),
    Step("juror", options=_jurors, when=_is(Kind.POINTS)),
    Step("points", parse=_read_points, values=_about_points, when=_is(Kind.POINTS)),
    Step(
        "special",
        parse=_read_special,
        options=_specials,
        values=_about_special,
        limit=TITLE_LIMIT,
        when=_is(Kind.SPECIAL),
    ),
    *SIGNERS,
)
