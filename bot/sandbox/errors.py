"""VK's error codes with VK's own words."""

from __future__ import annotations

from bot.sandbox.wire import Wire

TEXTS: dict[int, str] = {
    1: "Unknown error occurred",
    2: "Application is disabled. Enable your application or use test mode",
    3: "Unknown method passed",
    5: "User authorization failed",
    6: "Too many requests per second",
    7: "Permission to perform this action is denied",
    8: "Invalid request",
    9: "Flood control",
    10: "Internal server error",
    12: "Unable to compile code",
    13: "Runtime error occurred during code invocation",
    14: "Captcha needed",
    15: "Access denied",
    17: "Validation required",
    18: "User was deleted or banned",
    20: "Permission to perform this action is denied for non-standalone applications",
    27: "Group authorization failed: method is unavailable with group auth.",
    28: "Application authorization failed",
    29: "Rate limit reached",
    30: "This profile is private",
    36: "Method execution was interrupted due to timeout",
    43: "This section is temporary unavailable",
    100: "One of the parameters specified was missing or invalid",
    104: "Not found",
    113: "Invalid user id",
    125: "Invalid group id",
    129: "Invalid photo",
    150: "Invalid timestamp",
    203: "Access to group denied",
    214: "Access to adding post denied",
    219: "Advertisement post was recently added",
    220: "Too many recipients",
    222: "Hyperlinks are forbidden",
    224: "Too many ads posts",
    900: "Can't send messages for users from blacklist",
    901: "Can't send messages for users without permission",
    902: "Can't send messages to this user due to their privacy settings",
    909: "Can't edit this message, because it's too old",
    910: "Can't sent this message, because it's too big",
    911: "Keyboard format is invalid",
    912: "This is a chat bot feature, change this status in settings",
    913: "Too many forwarded messages",
    914: "Message is too long",
    917: "You don't have access to this chat",
    920: "Can't edit this kind of message",
    921: "Can't forward these messages",
    922: "You left this chat",
    924: "Can't delete this message for everybody",
    925: "You are not admin of this chat",
    927: "Chat does not exist",
    932: "Your community can't interact with this peer",
    935: "User not found in chat",
    936: "Contact not found",
    940: "Too many posts in messages",
    943: "Cannot use this intent",
    944: "Limits overflow for this intent",
    945: "Chat was disabled",
    946: "Chat not supported",
    949: "Can't edit pinned message yet",
    950: "Can't send message, reply timed out",
    962: "You can't access donut chat without subscription",
    969: "Message cannot be forwarded",
    979: "App action is restricted for conversations with communities",
    983: "You are restricted to write to a chat",
    984: "You has spam restriction",
    993: "Chat moved to MAX",
    995: "Messenger degradation",
    1021: "Can't send messages for users without conversation",
    1051: "Method is not available for this profile type",
    2000: "Servers number limit is reached",
    13000: "Content upload was denied due to active community strikes",
}


class VkError(Exception):
    """VK's refusal of a call.

    `detail` follows VK's text after a colon; `text` replaces it altogether; `more` are further members
    of the error object (error_subcode, redirect_uri, captcha fields).
    """

    def __init__(self, code: int, detail: str = "", *, text: str | None = None, more: Wire | None = None) -> None:
        base = TEXTS.get(code, "Unknown error occurred") if text is None else text
        self.code = code
        self.text = f"{base}: {detail}" if detail else base
        self.more = more or {}
        super().__init__(code, self.text)

    def body(self, method: str, params: dict[str, str]) -> Wire:
        """The error as the answer to a request: its parameters are echoed as text, without the token."""
        echo = {"method": method, "oauth": "1"} | params
        echoed = [{"key": key, "value": value} for key, value in echo.items() if key != "access_token"]
        return {"error": {"error_code": self.code, **self.more, "error_msg": self.text, "request_params": echoed}}

    def item(self) -> Wire:
        """The error as one recipient's result in an array of `messages.send`."""
        return {"code": self.code, "description": self.text}


def wrong_parameter(detail: str) -> VkError:
    """Error 100 with VK's detail."""
    return VkError(100, detail)
