"""Organisations by municipality: from where an event's applications come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sender:
    """An organisation with its applications; `code` is None for one that the directory lacks."""

    code: str | None
    name: str
    applications: int


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality with what came from it."""

    name: str
    organisations: int
    applications: int


@dataclass(frozen=True, slots=True)
class Places:
    """All municipalities, the one with most organisations first; who belongs to none that is known stands apart."""

    known: tuple[Place, ...]
    unknown: tuple[Sender, ...]

    @property
    def organisations(self) -> int:
        """All organisations, those of no known municipality too."""
        return sum(one.organisations for one in self.known) + len(self.unknown)

    @property
    def applications(self) -> int:
        """All their applications."""
        return sum(one.applications for one in self.known) + self.unknown_applications

    @property
    def unknown_applications(self) -> int:
        """Applications that belong to no known municipality."""
        return sum(one.applications for one in self.unknown)


def by_municipality(senders: Iterable[Sender], municipality: Callable[[str], str | None]) -> Places:
    """The senders by municipality; `municipality` knows it by an organisation's code, or says None."""
    found: dict[str, list[Sender]] = {}
    unknown = []
    for one in senders:
        name = municipality(one.code) if one.code is not None else None
        if name is None:
            unknown.append(one)
        else:
            found.setdefault(name, []).append(one)
    places = [Place(name, len(each), sum(one.applications for one in each)) for name, each in found.items()]
    places.sort(key=lambda one: (-one.organisations, -one.applications, one.name))
    return Places(tuple(places), tuple(sorted(unknown, key=lambda one: (-one.applications, one.name))))
