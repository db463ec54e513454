"""Seals of buttons: a payload is user input, and one that we did not make for this person does nothing."""

from __future__ import annotations

import base64
import hmac

#: 128 bits, 22 characters: VK gives all payloads of a keyboard 1000 characters together.
SEAL_BYTES = 16
#: Whose buttons anybody may press: those of one text that goes to many. Who may do what is decided elsewhere.
EVERYBODY = 0


class Seal:
    """Signs what a button leads to, for the person it was sent to."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, person_id: int, go: str) -> str:
        """The mark that goes with a button of this person."""
        mark = hmac.digest(self._key, f"{person_id}\n{go}".encode(), "sha256")[:SEAL_BYTES]
        return base64.urlsafe_b64encode(mark).decode().rstrip("=")

    def fits(self, person_id: int, go: str, mark: str) -> bool:
        """Whether the mark is ours; takes the same time for every wrong one."""
        return hmac.compare_digest(self.of(person_id, go).encode(), mark.encode("utf-8", errors="replace"))
