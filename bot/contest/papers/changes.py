"""What has to be done about papers that were issued, after the data have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from bot.contest.papers.content import PaperContent, Planned

NOBODY: Mapping[int, Sequence[str]] = MappingProxyType({})


class Held(Protocol):
    """A paper in force, as far as it is compared."""

    @property
    def id(self) -> int:
        """In the register."""

    @property
    def key(self) -> str:
        """What it is for."""

    @property
    def application_id(self) -> int | None:
        """None: of a letter, of a juror."""

    @property
    def content(self) -> PaperContent | None:
        """None: its people have been forgotten."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be issued, issued again, and withdrawn."""

    missing: tuple[Planned, ...]
    #: The paper's id, and what stands on it from now on.
    changed: tuple[tuple[int, PaperContent], ...]
    overdue: tuple[int, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to be done."""
        return bool(self.missing or self.changed or self.overdue)


def changes(due: Iterable[Planned], held: Iterable[Held], hidden: Mapping[int, Sequence[str]] = NOBODY) -> Changes:
    """What leads from the papers in force to those that are due.

    `hidden`: applications some of whose people may not be named any more, with how letters name these. Theirs stay as
    they were issued, as do the letters that name them: a consent that was taken back undoes nothing that was done
    before (152-ФЗ, article 9).
    """
    wanted = {one.key: one for one in due}
    in_force = {one.key: one for one in held}
    return Changes(
        tuple(one for key, one in wanted.items() if key not in in_force),
        tuple(
            (old.id, wanted[key].content)
            for key, old in in_force.items()
            if key in wanted and old.content is not None and facts(old.content) != facts(wanted[key].content)
            if not _is_left(old, hidden)
        ),
        tuple(
            old.id
            for key, old in in_force.items()
            if key not in wanted and old.content is not None and not _is_left(old, hidden)
        ),
    )


def facts(content: PaperContent) -> tuple[object, ...]:
    """What a paper says of somebody: who, from where, with what result.

    Not how it is put, nor by which protocol: a later version of the program must not issue everything again.
    """
    return (
        content.kind, content.award, content.name, content.who, content.school, content.nomination, content.topic,
        content.supervisors, content.result, content.people, content.groups,
    )  # fmt: skip


def _is_left(old: Held, hidden: Mapping[int, Sequence[str]]) -> bool:
    if old.application_id is not None:
        return old.application_id in hidden
    lines = [line for group in old.content.groups for line in group.people] if old.content else []
    return any(name in line for names in hidden.values() for name in names for line in lines)
