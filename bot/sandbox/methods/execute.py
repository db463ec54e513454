"""execute: up to 25 calls in one request."""

from __future__ import annotations

from bot.sandbox.errors import VkError
from bot.sandbox.ledger import Request
from bot.sandbox.methods.registry import call_method
from bot.sandbox.vkscript.parser import Frame, Returned, parse
from bot.sandbox.vkscript.values import Value, as_parameters
from bot.sandbox.wire import Wire
from bot.sandbox.world import World

MOST_CALLS = 25
MOST_TURNS = 10_000
_RUNTIME = "Runtime error occurred during code invocation"
_INVISIBLE = frozenset({"access_token", "v", "code", "func_v", "lang", "test_mode"})


class _Run:
    """The calls of one execute, counted, with the errors of those that failed."""

    __slots__ = ("errors", "request", "turns", "world")

    def __init__(self, world: World, request: Request) -> None:
        self.world = world
        self.request = request
        self.errors: list[Wire] = []
        self.turns = 0

    def api(self, method: str, given: Value) -> Value:
        """A call's answer; false where it failed, and its error among `execute_errors`."""
        if len(self.request.calls) >= MOST_CALLS:
            raise VkError(13, "Too many api calls", text=_RUNTIME)
        self.request.calls.append(method)
        try:
            if self.world.faults.all and (ordered := self.world.faults.for_call_inside(method)):
                raise ordered
            return call_method(self.world, method, as_parameters(given))
        except VkError as error:
            self.errors.append({"method": method, "error_code": error.code, "error_msg": error.text})
            return False

    def tick(self) -> None:
        self.turns += 1
        if self.turns > MOST_TURNS:
            raise VkError(13, "Too many operations", text=_RUNTIME)


def execute(world: World, params: dict[str, str], request: Request) -> Wire:
    """The whole answer, `execute_errors` beside `response`. Raises VkError 12, 13, 100."""
    code = params.get("code", "")
    if not code.strip():
        raise VkError(100, "code is undefined")
    run = _Run(world, request)
    frame = Frame(run.api, run.tick)
    frame.names["Args"] = {name: value for name, value in params.items() if name not in _INVISIBLE}
    result: Value = None
    try:
        for statement in parse(code):
            statement(frame)
    except Returned as returned:
        result = returned.value
    except RecursionError:
        raise VkError(13, "Too deep", text=_RUNTIME) from None
    answer: Wire = {"response": result}
    return answer | {"execute_errors": run.errors} if run.errors else answer
