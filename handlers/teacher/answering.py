"""What a cell answers to a question: read by the question's own rules, with the way past it where the cell is empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.contest.event.fields import ChoiceField
from bot.contest.refusal import Refusal
from bot.contest.text import fold, too_long
from bot.talk.model import Option, Step
from bot.talk.position import Answers
from handlers.kinds import Case

#: Where numbers have lost their last digits: «8,9E+10» says no telephone.
_ROUNDED = "e+"
_BETWEEN = re.compile(r"[;\n]")
#: Questions that are asked anew of each person or level under a number: `name2`, `_age3`, `m_role2`.
_NUMBERED = ("name", "grade", "letter", "nomination")
_OF_PERSON = ("_", "m_")
#: Questions that nobody passes by saying «нет».
_OWN = ("f_", "m_", "team")
_NO_WAY_PAST = ("name", "grade", "school", *_OWN)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that can't be taken: row, column's key, and why."""

    line: int
    key: str
    refusal: Refusal


def column_of(step: str) -> str:
    """The column that answers a step: those of further people, and of lower levels, share it."""
    bare = step.rstrip("0123456789")
    named = bare if bare in _NUMBERED or bare.startswith(_OF_PERSON) else step
    return {"letter": "grade", "contact": "phone"}.get(named, named)


async def value_of(case: Case, step: Step, answers: Answers, text: str) -> Any:
    """What the cell says, or a Refusal."""
    if not text:
        return await _nothing(case, step, answers)
    if refusal := too_long(text, step.limit):
        return refusal
    if step.parse is None:
        return _chosen(await _options(case, step, answers), text)
    value = await step.parse(case, answers, text)
    lost = isinstance(value, Refusal) and _ROUNDED in text.casefold()
    return Refusal("bulk.number_lost") if lost else value


def ticked(asked: ChoiceField, text: str) -> list[str] | Refusal:
    """The options that the cell names, where there may be several."""
    options = [Option(one.title, one.code) for one in asked.options]
    found = [_chosen(options, part) for part in _BETWEEN.split(text) if part.strip()]
    refusal = next((one for one in found if isinstance(one, Refusal)), None)
    return refusal or list(dict.fromkeys(found))


async def _nothing(case: Case, step: Step, answers: Answers) -> Any:
    """An empty cell: «нет» where the question takes that, else its way past, if there is one."""
    if step.parse is not None and not step.name.startswith(_NO_WAY_PAST):
        value = await step.parse(case, answers, "нет")
        if not isinstance(value, Refusal):
            return value
    if step.parse is None or step.name.startswith(_OWN):
        options = await _options(case, step, answers)
        if any(one.value is None for one in options):
            return None
    return Refusal("bulk.needed")


async def _options(case: Case, step: Step, answers: Answers) -> Sequence[Option]:
    return await step.options(case, answers) if step.options else ()


def _chosen(options: Sequence[Option], text: str) -> Any:
    """The option that the cell names: in full, or so that no other can be meant; the last level of a nomination too."""
    wanted = fold(text)
    labels = [(fold(one.label), one.value) for one in options if one.value is not None]
    exact = [value for label, value in labels if label == wanted]
    parts = [value for label, value in labels if wanted.startswith(f"{label}:") or wanted.endswith(f": {label}")]
    near = [value for label, value in labels if wanted and wanted in label]
    for found in (exact, parts, near):
        if len(found) == 1:
            return found[0]
    return Refusal("bulk.not_in_list", {"choices": "; ".join(one.label for one in options if one.value is not None)})
