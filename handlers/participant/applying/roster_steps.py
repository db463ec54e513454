"""The list of a team: written a line each or one by one, shown with its numbers, corrected, ended with «Готово»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.contest.event import Event
from bot.contest.event.units import Team
from bot.contest.refusal import Refusal
from bot.contest.text import fold
from bot.talk.model import Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying import members, units
from handlers.participant.applying.filled import Filled
from handlers.participant.applying.grade_steps import fitting_only
from handlers.participant.applying.roster_reading import Read, columns, read
from handlers.participant.applying.roster_screen import ask, called, head, mistakes, shown_people

DONE, FIX, DROP = "done", "fix", "drop"
ROSTER = "roster"
#: What is said of the last message, until the next one.
TOLD = ("roster_wrong", "roster_over")
#: A message as long as a messenger lets one be.
LIST_LIMIT = 4000


def roster_steps(event: Event) -> list[Step]:
    """The list itself, whom to correct or take out of it, the corrected line, the captain."""
    if not any(units.may_be_listed(unit) for unit in units.supported(event)):
        return []
    captain = any(isinstance(unit, Team) and unit.captain for unit in event.units)
    return [_roster(event), _who(event), _line(event), *([_captain(event)] if captain else [])]


def _roster(event: Event) -> Step:
    async def parse(case: Case, answers: Answers, text: str) -> object:
        if fold(text) == fold(case.say("button.done")):
            return DONE
        return read(case, event, without(answers, *TOLD), text)

    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        filled = Filled(event, answers)
        if not filled.count:
            return [] if filled.people.least else [Option(case.say("button.no_list"), DONE)]
        done = [Option(case.say("button.done"), DONE, "positive")] if filled.count in filled.people else []
        return [*done, Option(case.say("button.correct"), FIX), Option(case.say("button.take_out"), DROP)]

    async def accept(_case: Case, answers: Answers, value: Any) -> Answers | Refusal:
        kept = without(answers, *TOLD)
        if isinstance(value, Read):
            told = {"roster_wrong": value.mistakes, "roster_over": value.over}
            return {**value.answers, **{key: what for key, what in told.items() if what}}
        if value == DONE and (refusal := _count_refusal(Filled(event, answers))):
            return refusal
        return fitting_only(event, {**kept, ROSTER: value})

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        filled = Filled(event, answers)
        parts = [
            "\n".join(shown_people(event, answers)),
            mistakes(case, answers.get("roster_wrong") or []),
            str(answers.get("roster_over") or ""),
            ask(case, filled),
        ]
        above = head(case, filled)
        return {"head": Trusted(above), "lines": Trusted("\n\n".join(part for part in parts if part))}

    return Step(
        ROSTER,
        parse=parse,
        options=options,
        accept=accept,
        values=values,
        when=lambda answers: Filled(event, answers).listed,
        text="apply.roster",
        limit=LIST_LIMIT,
    )


def _count_refusal(filled: Filled) -> Refusal | None:
    if filled.count < filled.people.least:
        return Refusal("roster.too_few", {"least": filled.people.least, "count": filled.count})
    return Refusal("roster.too_many", {"most": filled.most}) if filled.count > filled.most else None


def _pick_options(event: Event) -> Any:
    async def options(_case: Case, answers: Answers) -> Sequence[Option]:
        filled = Filled(event, answers)
        return [Option(f"{number}. {_plain(filled, number)}", number) for number in filled.numbers]

    return options


def _pick_parse(event: Event) -> Any:
    """A number of the list, or a part of a name."""

    async def parse(_case: Case, answers: Answers, text: str) -> object:
        filled = Filled(event, answers)
        typed = text.strip().rstrip(".")
        if typed.isascii() and typed.isdecimal() and int(typed[:4]) in filled.numbers:
            return int(typed)
        wanted = fold(text)
        found = [number for number in filled.numbers if wanted and wanted in fold(called(filled, number))]
        return found[0] if len(found) == 1 else Refusal("roster_who_expected", {"count": filled.count})

    return parse


def _plain(filled: Filled, number: int) -> str:
    name = filled.name(number)
    return f"{name.surname} {name.name}" if name else ""


def _who(event: Event) -> Step:
    async def accept(_case: Case, answers: Answers, value: int) -> Answers:
        if answers[ROSTER] == DROP:
            return without(members.without_member(event, answers, value), ROSTER)
        return {**answers, "roster_who": value}

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        return {"ask": case.say(f"roster_who.{answers[ROSTER]}")}

    return Step(
        "roster_who",
        parse=_pick_parse(event),
        options=_pick_options(event),
        accept=accept,
        values=values,
        when=lambda answers: answers.get(ROSTER) in (FIX, DROP),
        counted=False,
        text="apply.roster_who",
    )


def _line(event: Event) -> Step:
    """One line anew; what was asked of this person beside it is asked anew too."""

    async def parse(case: Case, answers: Answers, text: str) -> object:
        number = answers["roster_who"]
        return read(case, event, answers, " ".join(text.split("\n")), at=number)

    async def accept(_case: Case, _answers: Answers, value: Read) -> Answers:
        return without(value.answers, ROSTER, "roster_who")

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        filled = Filled(event, answers)
        who = called(filled, answers["roster_who"])
        return {"who": who, "columns": Trusted(columns(case, event, filled))}

    return Step(
        "roster_line",
        parse=parse,
        accept=accept,
        values=values,
        when=lambda answers: answers.get(ROSTER) == FIX and "roster_who" in answers,
        counted=False,
        text="apply.roster_line",
    )


def _captain(event: Event) -> Step:
    def when(answers: Answers) -> bool:
        filled = Filled(event, answers)
        return filled.listed and isinstance(filled.unit, Team) and filled.unit.captain

    return Step(
        members.CAPTAIN,
        parse=_pick_parse(event),
        options=_pick_options(event),
        when=when,
        text="apply.captain",
    )
