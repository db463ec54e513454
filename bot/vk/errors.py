"""What can come of a call to VK.

CallError
├── VkError          VK understood and refused; `code` says why
├── UnknownOutcome   something was sent, no sound answer came: it may have been done
└── Unreachable      no connection: nothing was sent
"""

from __future__ import annotations

import re

#: Community tokens as they look today; what looks like one is never shown.
TOKEN_LIKE = re.compile(r"vk[12]\.a\.[\w-]+|(?:access_token|key)=[^&\s\"']+|Bearer\s+\S+")
SHOWN_CHARS = 200


def redacted(text: str, *secrets: str) -> str:
    """The first 200 characters of `text` on one line, without tokens."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    return " ".join(TOKEN_LIKE.sub("***", text[: 4 * SHOWN_CHARS]).split())[:SHOWN_CHARS]


class CallError(Exception):
    """A call did not come to a good end."""

    code: int | None = None


class VkError(CallError):
    """VK's refusal. `subcode` as VK gives it, 1133 with code 15: the token lacks a right."""

    def __init__(self, code: int, message: str, subcode: int | None = None) -> None:
        super().__init__(code, message, subcode)
        self.code = code
        self.message = message
        self.subcode = subcode

    def __str__(self) -> str:
        return f"VK {self.code}: {self.message}"


class UnknownOutcome(CallError):  # noqa: N818 - what happened, in the words of the rest of the code
    """No answer, or one that is no VK answer (5xx, HTML, cut JSON): VK may have done it."""


class Unreachable(CallError):  # noqa: N818 - as above
    """The connection was not made: VK has not seen the call."""


class TokenRefusedError(Exception):
    """VK does not take the token, whatever is tried."""
