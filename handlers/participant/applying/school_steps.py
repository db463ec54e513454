"""The question about the organisation: typed as people call it, found in the directory, confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.contest.refusal import Refusal
from bot.contest.text import clean
from bot.contest.words import wording
from bot.talk.model import Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.labels import label

NAME_LIMIT = 200
SHORTEST = 3
#: Longer lists help nobody to choose.
MOST_OFFERED = 4
MINE, OTHER, ABSENT = "=", "other", "absent"


def school_steps() -> list[Step]:
    """The organisation, which of those found, and its name if the directory lacks it."""
    return [
        Step(
            "school",
            parse=_parse,
            options=_known,
            accept=_accept,
            text="apply.school",
            limit=NAME_LIMIT,
        ),
        Step(
            "school_pick",
            options=_found,
            accept=_pick,
            values=_found_values,
            when=lambda answers: bool((answers.get("school") or {}).get("found")),
            counted=False,
            text="apply.school_pick",
        ),
        Step(
            "school_name",
            parse=_parse_name,
            options=_as_typed,
            accept=_accept_name,
            values=_typed_values,
            when=lambda answers: "unknown" in (answers.get("school") or {}),
            counted=False,
            text="apply.school_name",
            limit=NAME_LIMIT,
        ),
    ]


async def _parse(case: Case, _answers: Answers, text: str) -> object:
    if not any(char.isalnum() for char in text):
        return Refusal("school_expected")
    if found := _look_up(case, text):
        return {"typed": text, "found": found}
    return {"unknown": text} if _tells_apart(text) else Refusal("school_generic", {"typed": text})


def _look_up(case: Case, text: str) -> list[str]:
    """The codes of those that may be meant, the likeliest first."""
    matches = case.facts.directory.find(text)
    if matches and matches[0].certain:
        matches = matches[:1]
    return [match.organisation.code for match in matches[:MOST_OFFERED]]


def _tells_apart(text: str) -> bool:
    """Whether it can name one organisation: «школа» or a class alone is any."""
    said = wording(text)
    return bool(said.names) or bool(said.kinds and said.numbers)


async def _known(case: Case, _answers: Answers) -> Sequence[Option]:
    """The organisation of the last application of the same person."""
    for application in reversed(await case.storage.applications.of_person(case.person.id)):
        if application.organisation_code is not None:
            return [Option(label(application.organisation_name), f"{MINE}{application.organisation_code}")]
    return []


async def _accept(case: Case, answers: Answers, value: object) -> Answers:
    if isinstance(value, str):
        return {**answers, "school": _of_directory(case, value.removeprefix(MINE))}
    return {**answers, "school": value}


async def _found(case: Case, answers: Answers) -> Sequence[Option]:
    codes = answers["school"]["found"]
    if len(codes) == 1:
        named = [Option(case.say("button.yes"), codes[0], "positive")]
    else:
        named = [Option(label(case.facts.directory.get(code).name_short), code) for code in codes]
    more = [Option(case.say("button.other_school"), OTHER)] if len(codes) == 1 else []
    return [*named, *more, Option(case.say("button.absent_school"), ABSENT)]


async def _found_values(case: Case, answers: Answers) -> dict[str, object]:
    codes = answers["school"]["found"]
    if len(codes) > 1:
        return {"question": case.say("school_which")}
    place = case.facts.directory.municipality(codes[0])
    name = case.facts.directory.get(codes[0]).name_short
    where = "" if place.split()[0] in name else f" ({place})"
    return {"question": Trusted(case.say("school_is_it", name=Trusted(name), place=Trusted(where)))}


async def _pick(case: Case, answers: Answers, value: str) -> Answers:
    if value == OTHER:
        return without(answers, "school")
    if value == ABSENT:
        typed = answers["school"]["typed"]
        # Who was asked for the whole name and gave it is not asked for it again.
        return {**answers, "school": _as_named(typed) if answers["school"].get("whole") else {"unknown": typed}}
    return {**answers, "school": _of_directory(case, value)}


async def _typed_values(_case: Case, answers: Answers) -> dict[str, object]:
    return {"typed": answers["school"]["unknown"]}


async def _as_typed(case: Case, answers: Answers) -> Sequence[Option]:
    typed = answers["school"]["unknown"]
    found = [Option(case.say("button.as_typed"), typed)] if _is_name(typed) else []
    return [*found, Option(case.say("button.search_again"), OTHER)]


async def _parse_name(case: Case, answers: Answers, text: str) -> object:
    if "://" in text or not any(char.isalpha() for char in text):
        return Refusal("school_name_expected")
    if text != answers["school"]["unknown"] and (found := _look_up(case, text)):
        return {"typed": text, "found": found, "whole": True}
    return text if _is_name(text) else Refusal("school_generic", {"typed": text})


async def _accept_name(_case: Case, answers: Answers, value: str | Mapping[str, object]) -> Answers:
    if value == OTHER:
        return without(answers, "school")
    return {**answers, "school": _as_named(value) if isinstance(value, str) else value}


def _as_named(text: str) -> dict[str, str | None]:
    return {"code": None, "name": " ".join(clean(text).split())}


def _is_name(text: str) -> bool:
    return len(text) >= SHORTEST and "://" not in text and _tells_apart(text)


def _of_directory(case: Case, code: str) -> dict[str, str | None]:
    return {"code": code, "name": case.facts.directory.get(code).name_short}
