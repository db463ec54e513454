"""The questions that any event's file leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.contest.event import Event
from bot.contest.event.loading import read_event
from handlers.book import texts
from handlers.participant.applying import units
from handlers.participant.applying.questions import questions
from tests.talks.scenes import EVENTS

FILES = sorted(EVENTS.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_event_that_is_applied_for_in_the_chat_has_questions_with_texts(file: Path) -> None:
    event = read_event(file)
    assert isinstance(event, Event)
    if not units.supported(event):
        assert {unit.kind.value for unit in event.units} <= {"team", "pair", "bundle", "collective"}
        return
    for editing in (False, True):
        steps = questions(event, editing=editing)
        names = [step.name for step in steps]
        assert len(names) == len(set(names))
        assert [step.text for step in steps if step.text not in texts() or f"{step.text}_expects" not in texts()] == []
    assert units.possible(event)
