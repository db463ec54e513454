"""Several calls in one `execute`: VK counts them as one request.

The code is `return [API.messages.send({…}),…];` with each call's parameters as one JSON object, the form that the
Node library vk-io sends. A call that failed stands as `false` in the result, its error in `execute_errors`, in order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.vk.compose import Call
from bot.vk.errors import UnknownOutcome, VkError
from storage.packing import packed


def piece(call: Call) -> str:
    """One call in VKScript."""
    params = packed(call.params)
    for line_end in ("\u2028", "\u2029"):  # they end a line of script, and a string may not hold one
        params = params.replace(line_end, " ")
    return f"API.{call.method}({params})"


def script(pieces: Sequence[str]) -> str:
    """The code that makes all calls and returns the array of their results."""
    return "return [" + ",".join(pieces) + "];"


def results(answer: Mapping[str, Any], count: int) -> list[Any]:
    """Each call's result, a VkError where it failed.

    Raises UnknownOutcome where the answer does not fit the calls.
    """
    values = answer.get("response")
    if not isinstance(values, list) or len(values) != count:
        raise UnknownOutcome(f"execute answered {type(values).__name__} for {count} calls")
    errors = answer.get("execute_errors")
    waiting = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    failed = sum(value is False for value in values)
    if failed != len(waiting):
        raise UnknownOutcome(f"{failed} calls failed with {len(waiting)} errors")
    left = iter(waiting)
    return [_refusal(next(left)) if value is False else value for value in values]


def _refusal(error: Mapping[str, Any]) -> VkError | UnknownOutcome:
    code = error.get("error_code")
    if not isinstance(code, int):
        return UnknownOutcome("an error without a code")
    return VkError(code, str(error.get("error_msg", ""))[:200])
