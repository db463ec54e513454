"""The people on the other side of the dialogs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from bot.sandbox.wire import CHATS_FROM, Wire

CAST_FILE = Path(__file__).with_name("cast.yaml")
_COLORS = ("#5181b8", "#4bb34b", "#ffa000", "#e64646", "#792ec0", "#00a5a8", "#8a5a2b", "#d6336c")
_OPTIONAL_FIELDS = ("sex", "screen_name", "photo_50", "photo_100", "photo_200", "can_write_private_message")
_REFUSED_WITH = (18, 900, 901, 902, 1021)


@dataclass(slots=True)
class Person:
    id: int
    first_name: str
    last_name: str
    about: str = ""
    color: str = "#5181b8"
    sex: int = 0  # 1 a woman, 2 a man, 0 not said
    deactivated: str | None = None  # "deleted" or "banned"
    is_closed: bool = False
    allowed: bool = False  # may the community write to this person
    member: bool = False  # of the community
    refused_with: int | None = None  # VK's code that every message to this person meets

    @property
    def refusal(self) -> int | None:
        """VK's code for a message to this person now, or None where it would arrive."""
        if self.deactivated:
            return 18
        return self.refused_with or (None if self.allowed else 901)

    def as_user(self, fields: Sequence[str] = (), base_url: str = "") -> Wire:
        """As `users.get` answers; `fields` that are hidden or unknown are simply not there."""
        gone = self.deactivated is not None
        user: Wire = {
            "id": self.id,
            "first_name": "DELETED" if self.deactivated == "deleted" else self.first_name,
            "last_name": "" if self.deactivated == "deleted" else self.last_name,
        }
        if gone:
            return user | {"deactivated": self.deactivated}
        user |= {"can_access_closed": not self.is_closed, "is_closed": self.is_closed}
        picture = f"{base_url}/files/face-{self.id}.svg"
        known = {"sex": self.sex, "screen_name": f"id{self.id}", "can_write_private_message": 0,
                 "photo_50": picture, "photo_100": picture, "photo_200": picture}  # fmt: skip
        return user | {name: known[name] for name in _OPTIONAL_FIELDS if name in fields}


def load_cast() -> list[Wire]:
    """The usual cast from the file beside this module."""
    return cast("list[Wire]", yaml.safe_load(CAST_FILE.read_text(encoding="utf-8")))


def person_from(given: Mapping[str, object], *, next_id: int) -> Person:
    """A person as the control API or a cast describes one. Raises ValueError naming what is wrong."""
    known = {"id", "first_name", "last_name", "about", "color", "sex", "deactivated", "is_closed", "allowed",
             "member", "refused_with"}  # fmt: skip
    if unknown := sorted(given.keys() - known):
        raise ValueError(f"a person has no {unknown[0]}; known: {', '.join(sorted(known))}")
    identity = _whole(given.get("id", next_id), "id")
    if not 0 < identity < CHATS_FROM:
        raise ValueError("id must be a positive number below 2000000000")
    first_name = given.get("first_name")
    if not isinstance(first_name, str) or not first_name:
        raise ValueError("first_name is needed")
    deactivated = given.get("deactivated")
    if deactivated not in (None, "deleted", "banned"):
        raise ValueError('deactivated is "deleted" or "banned"')
    refused_with = given.get("refused_with")
    if refused_with is not None and refused_with not in _REFUSED_WITH:
        raise ValueError(f"refused_with is one of {_REFUSED_WITH}")
    return Person(
        id=identity,
        first_name=first_name,
        last_name=str(given.get("last_name", "")),
        about=str(given.get("about", "")),
        color=str(given.get("color") or _COLORS[identity % len(_COLORS)]),
        sex=_whole(given.get("sex", 0), "sex"),
        deactivated=deactivated,
        is_closed=bool(given.get("is_closed", False)),
        allowed=bool(given.get("allowed", False)),
        member=bool(given.get("member", False)),
        refused_with=refused_with,
    )


def _whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number")  # noqa: TRY004
    return value
