"""The catalogue: every text renders, fits, and is asked for; every text that is asked for is there."""

from __future__ import annotations

import re
from string import Formatter

from bot.contest.text import length
from bot.talk.texts import BOLD
from bot.vk.limits import LABEL_CHARS, MESSAGE_CHARS, SNACKBAR_CHARS
from handlers.book import book, texts
from tests.talks.catalogue import asked

TEMPLATES = texts().templates
#: Numbers of each Russian plural form.
COUNTS = (1, 3, 5)


def samples(template: str, count: int) -> dict[str, object]:
    """A value for each name of the template: a number where a plural is formed, hostile words elsewhere."""
    return {
        name: count if spec and "|" in spec else f"«{name}» {{0}} **x**"
        for _, name, spec, _ in Formatter().parse(template)
        if name is not None
    }


def is_sound(template: str) -> bool:
    """Names are plain, plurals have three forms, what is bold begins and ends."""
    fields = [(name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None]
    pieces = BOLD.split(template)
    return (
        all(name.isidentifier() for name, _ in fields)
        and all(not spec or [bool(form.strip()) for form in spec.split("|")] == [True] * 3 for _, spec in fields)
        and "**" not in "".join(pieces)
    )


def fits(key: str, template: str) -> bool:
    """It renders with any values, and what stands on a button or pops up has room there."""
    if not all(length(texts().render(key, samples(template, count)).text) <= MESSAGE_CHARS for count in COUNTS):
        return False
    bare = length(texts().render(key, dict.fromkeys(samples(template, 1), 10)).text)
    return bare <= (LABEL_CHARS if key.startswith("button.") else SNACKBAR_CHARS if "popup" in key else MESSAGE_CHARS)


def is_typeset(template: str) -> bool:
    """Quotes are «ёлочки», a dash is long, no space is doubled or forgotten."""
    text = re.sub(r"\{[^{}]*\}", "x", template)
    wrong = re.search(r"\"|\w  | - | [,.;:!?](?!\w)|[ \t]\n", text)
    return wrong is None and text.count("«") == text.count("»")


def test_every_text_is_sound_renders_and_fits() -> None:
    assert [key for key, template in TEMPLATES.items() if not is_sound(template)] == []
    assert [key for key, template in TEMPLATES.items() if not fits(key, template)] == []


def test_every_text_is_typeset() -> None:
    assert [key for key, template in TEMPLATES.items() if not is_typeset(template)] == []


def test_no_text_that_a_call_names_is_missing() -> None:
    assert {(key, file) for key, file in asked().named if key not in TEMPLATES} == set()


def test_no_text_that_a_call_puts_together_is_missing() -> None:
    by_reply = {(pattern, file) for pattern, file in asked().patterns if _is_key(pattern)}
    assert {
        (pattern, file) for pattern, file in by_reply if not any(re.fullmatch(pattern, key) for key in TEMPLATES)
    } == set()


def _is_key(pattern: str) -> bool:
    """Whether a pattern begins as some texts do: others are routes and keys of the outbox."""
    family = pattern.replace("\\", "").partition(".")[0]
    return any(key.startswith(f"{family}.") for key in TEMPLATES)


def test_no_question_is_without_its_text() -> None:
    talks = set(book().talks)
    questions = {key.partition(".")[2] for key in TEMPLATES if key.partition(".")[0] in talks}
    assert {(step, file) for step, file in asked().steps if step not in questions} == set()


def test_no_text_is_unused() -> None:
    talks = set(book().talks)
    assert [key for key in TEMPLATES if not asked().uses(key, talks)] == []
