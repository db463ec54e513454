"""Which papers an event gives, to whom, by its award scheme: no more and no fewer.

Who did not come, has left or was disqualified gets none, and of whom the processing consent is not in force nothing
is printed. The same values give the same papers in the same order, each under a key of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.contest.event import Event
from bot.contest.event.awards import OwnNominations, Paper
from bot.contest.papers.content import Planned
from bot.contest.papers.letters import letters_of
from bot.contest.papers.making import Making
from bot.contest.papers.values import Entry, Juror, Setting
from bot.contest.schemes import papers
from bot.contest.text import fold


def planned(event: Event, entries: Iterable[Entry], jurors: Iterable[Juror], setting: Setting) -> list[Planned]:
    """All papers of a published event: those of its applications, letters to teachers, certificates of the jury."""
    making = Making(event, setting)
    with_papers = [entry for entry in entries if entry.may_have_papers]
    found = [paper for entry in with_papers for paper in of_entry(making, entry)]
    found += letters_of(making, with_papers)
    return found + [making.juror(juror) for juror in jurors if juror.scored]


def of_entry(making: Making, entry: Entry) -> list[Planned]:
    """The papers of one application that may have some."""
    if entry.outcome is None:
        return []
    rules = making.event.awards
    special = () if isinstance(rules, OwnNominations) else entry.outcome.special
    wanted = papers(rules, entry.outcome, entry.size) - Counter({Paper.DIPLOMA: len(special)})
    found: list[Planned] = []
    for paper, count in wanted.items():
        if entry.people and (count > 1 or entry.size == 1):
            found += [making.personal(entry, member, paper) for member in entry.named]
        else:
            found.append(making.whole(entry, paper))
    by_key = {fold(name): name for name in special}
    return found + [making.special(entry, key, name) for key, name in by_key.items()]
