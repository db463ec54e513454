"""Pictures, documents and other things that can be attached."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from bot.sandbox.errors import wrong_parameter
from bot.sandbox.wire import Wire

MOST_ATTACHMENTS = 10
_ITEM = re.compile(
    r"(photo|video|audio_message|audio|doc|graffiti|wall|market|poll|question|story)(-?\d+)_(\d+)(?:_(\w+))?"
)
_MINE_ALONE = frozenset({"photo", "doc", "audio_message", "graffiti"})
"""Kinds that exist here only if they were uploaded here; the others may stand anywhere in VK."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    name: str
    data: bytes
    content_type: str


@dataclass(slots=True)
class Ticket:
    """Where one upload goes: the address given out by get*UploadServer."""

    kind: str  # photo, doc, audio_message, graffiti
    peer_id: int  # 0 = the community's hidden album


@dataclass(slots=True)
class Media:
    """All files in memory, and every attachable object under (kind, owner, id)."""

    files: dict[str, StoredFile] = field(default_factory=dict)
    objects: dict[tuple[str, int, int], Wire] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    uploaded: dict[str, Wire] = field(default_factory=dict)  # what `hash` or `file` stands for until saved
    last_id: int = 456_239_000

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def open_ticket(self, kind: str, peer_id: int) -> str:
        name = secrets.token_urlsafe(12)
        self.tickets[name] = Ticket(kind, peer_id)
        return name

    def keep_file(self, data: bytes, extension: str, content_type: str) -> str:
        """Keep the bytes; the name under which `/files/` serves them."""
        name = f"{secrets.token_hex(8)}.{extension}" if extension else secrets.token_hex(8)
        self.files[name] = StoredFile(name, data, content_type)
        return name

    def photo_file(self, name: str) -> StoredFile | None:
        """The bytes of `photo<owner>_<id>`, as a carousel names its pictures; None where there are none."""
        match = _ITEM.fullmatch(name)
        photo = self.objects.get(("photo", int(match[2]), int(match[3]))) if match and match[1] == "photo" else None
        largest = photo.get("orig_photo") if photo is not None else None
        address = largest.get("url") if isinstance(largest, dict) else None
        return self.files.get(str(address).rpartition("/")[2])

    def register(self, attachment: Wire) -> Wire:
        """Make an attachment object known, so that its name can be attached again."""
        kind = attachment.get("type")
        thing = attachment.get(kind) if isinstance(kind, str) else None
        if isinstance(kind, str) and isinstance(thing, dict):
            owner, number = thing.get("owner_id", thing.get("to_id")), thing.get("id")
            if isinstance(owner, int) and isinstance(number, int):
                self.objects[kind, owner, number] = thing
        return attachment

    def parse(self, text: str | None, *, peer_id: int, group_id: int) -> list[Wire]:
        """The objects that an `attachment` parameter names.

        Raises VkError 100 where a name is malformed, unknown, or another's without its access key.
        """
        names = [name.strip() for name in (text or "").split(",") if name.strip()]
        if len(names) > MOST_ATTACHMENTS:
            raise wrong_parameter(f"attachment should contain no more than {MOST_ATTACHMENTS} items")
        return [self._find(name, peer_id=peer_id, group_id=group_id) for name in names]

    def _find(self, name: str, *, peer_id: int, group_id: int) -> Wire:
        match = _ITEM.fullmatch(name)
        if match is None:
            raise wrong_parameter(f"attachment {name} is invalid")
        kind, owner, number, key = match[1], int(match[2]), int(match[3]), match[4]
        thing = self.objects.get((kind, owner, number))
        if thing is None:
            if kind in _MINE_ALONE:
                raise wrong_parameter(f"attachment {name} not found")
            thing = {"id": number, "owner_id": owner} | ({"access_key": key} if key else {})
        elif (needed := thing.get("access_key")) and key != needed and (key or owner not in (peer_id, -group_id)):
            raise wrong_parameter(f"attachment {name} access denied: access_key is needed")
        return {"type": kind, kind: thing}
