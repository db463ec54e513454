"""After the results are out: whatever is corrected, everybody has one outcome and the documents of the scheme."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.awards import EXITS, Outcome, OutcomeKind
from bot.contest.balance import Balance, Standing, balance
from bot.contest.event import Event
from bot.contest.papers.changes import changes, facts
from bot.contest.papers.content import PaperContent
from bot.contest.papers.planning import planned
from bot.contest.papers.values import Entry
from bot.contest.schemes import awards_of
from tests.rules.test_papers_planning import SETTING, cases


@dataclass
class Paper:
    """One of a register that keeps every number that was ever given."""

    id: int
    key: str
    application_id: int | None
    content: PaperContent
    is_valid: bool = True


class Register:
    """What the table of papers does, in a list."""

    def __init__(self) -> None:
        self.papers: list[Paper] = []
        self._numbers = count(1)

    @property
    def held(self) -> list[Paper]:
        return [one for one in self.papers if one.is_valid]

    def follow(self, event: Event, entries: list[Entry]) -> None:
        """Issue, issue again, withdraw: as the job does."""
        todo = changes(planned(event, entries, (), SETTING), self.held)
        by_id = {one.id: one for one in self.papers}
        for paper_id, content in todo.changed:
            by_id[paper_id].content = content
        for paper_id in todo.overdue:
            by_id[paper_id].is_valid = False
        for one in todo.missing:
            self.papers.append(Paper(next(self._numbers), one.key, one.application_id, one.content))


def counted(entries: list[Entry]) -> Balance:
    return balance(Standing(one.state, True, one.outcome, one.size) for one in entries)


@settings(max_examples=40, deadline=None)
@given(cases(), st.data())
def test_after_any_corrections_there_is_one_outcome_each_and_exactly_the_papers_due(
    case: tuple[Event, list[Entry]], data: st.DataObject
) -> None:
    event, entries = case
    outcomes = [*awards_of(event.awards), Outcome(OutcomeKind.NOT_SUBMITTED), Outcome(OutcomeKind.ABSENT)]
    register = Register()
    register.follow(event, entries)
    for _ in range(data.draw(st.integers(1, 4))):
        before = {one.id: one.content for one in register.held}
        index = data.draw(st.integers(0, len(entries) - 1)) if entries else None
        if index is not None:
            outcome = data.draw(st.sampled_from(outcomes))
            state = data.draw(st.sampled_from([ApplicationState.ACCEPTED, *EXITS]))
            entries[index] = replace(entries[index], outcome=outcome, state=state)
        register.follow(event, entries)
        due = {one.key: facts(one.content) for one in planned(event, entries, (), SETTING)}
        assert {one.key: facts(one.content) for one in register.held} == due
        assert len(register.held) == len(due)
        moved = entries[index].application_id if index is not None else None
        others = {one.id: one.content for one in register.papers if one.application_id not in (None, moved)}
        assert all(before[id_] == content for id_, content in others.items() if id_ in before)
        found = counted(entries)
        assert found.closes
        assert sum(row.count for row in found.rows) == found.accepted == len(entries)
    assert max(Counter(one.id for one in register.papers).values(), default=1) == 1
