"""Who takes part in the year: schools with their teachers and children, the same people from event to event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bot.commands.year.people import Named, Names, feminine
from bot.contest.organisations import Directory

#: Accounts of the year begin here, away from the sandbox's own cast.
FIRST_ACCOUNT = 20_001


@dataclass(frozen=True, slots=True)
class Learner:
    """A child, a student or an adult who takes part."""

    named: Named
    grade: int | None = None
    #: Of preschoolers.
    age: int | None = None

    @property
    def name(self) -> str:
        """«Соколова Вера Ильинична»."""
        return self.named.name


@dataclass(eq=False)
class School:
    """One organisation of the year."""

    #: The directory's code; None: it is in no directory.
    code: str | None
    name: str
    names: Names
    _pupils: dict[tuple[str, int], list[Learner]] = field(default_factory=lambda: defaultdict(list))
    _teachers: list[Named] = field(default_factory=list)

    def learner(self, who: str, year: int, *, taken: set[str]) -> Learner:
        """A learner of this class or age who is not in `taken` yet: known from another event, or new."""
        known = self._pupils[who, year]
        for one in known:
            if one.name not in taken:
                break
        else:
            one = Learner(
                self.names.person(adult=who in ("teacher", "student")),
                year if who == "pupil" else None,
                year if who == "preschooler" else None,
            )
            known.append(one)
        taken.add(one.name)
        return one

    def teacher(self, number: int) -> Named:
        """A teacher of the school, always the same for the same number."""
        while len(self._teachers) <= number:
            self._teachers.append(self.names.person(adult=True))
        return self._teachers[number]


class Cast:
    """All schools and all accounts of the year."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._schools: dict[str, School] = {}
        self._accounts: dict[str, Mapping[str, Any]] = {}

    @cached_property
    def _directory(self) -> Directory:
        return Directory.load()

    def school(self, code_or_name: str) -> School:
        """The school of the directory, or one with this name."""
        if code_or_name not in self._schools:
            known = code_or_name in self._directory.codes
            code = code_or_name if known else None
            name = self._directory.get(code_or_name).name_short if known else code_or_name
            self._schools[code_or_name] = School(code, name, Names(f"{self._seed} {name}", code))
        return self._schools[code_or_name]

    def parent(self, child: Learner) -> Named:
        """Somebody of the child's family: a mother of the same surname."""
        surname = child.name.split()[0]
        known = surname if child.named.gender == "female" else feminine(surname)
        return Named(f"{known} Анна Игоревна", "female")

    def account(self, key: str, named: Named) -> Mapping[str, Any]:
        """The page of somebody, as the sandbox takes it; the same for the same `key`."""
        if key not in self._accounts:
            surname, name, *_ = named.name.split()
            sex = 1 if named.gender == "female" else 2
            face = {"id": FIRST_ACCOUNT + len(self._accounts), "first_name": name, "last_name": surname, "sex": sex}
            self._accounts[key] = face
        return self._accounts[key]
