"""VKScript into functions: `var`, assignment, `return`, `if`, `while`, expressions, API calls.

The whole code is parsed before the first call is made, so that a mistake at its end sends nothing.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.vkscript.scanner import Scanner
from bot.sandbox.vkscript.values import Value, add, as_number, as_text, member, project, truthy


class Returned(Exception):  # noqa: N818 - the way out of nested statements
    def __init__(self, value: Value) -> None:
        self.value = value
        super().__init__()


@dataclass(slots=True)
class Frame:
    """One run: its variables and the two things that reach outside."""

    api: Callable[[str, Value], Value]
    tick: Callable[[], None]
    names: dict[str, Value] = field(default_factory=dict)


Node = Callable[[Frame], Value]
_PRECEDENCE = {
    sign: level
    for level, signs in enumerate(("||", "&&", "=== !== == !=", "<= >= < >", "+ -", "* / %"))
    for sign in signs.split()
}
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None}


def parse(code: str) -> list[Node]:
    """The statements of `code`. Raises VkError 12."""
    scanner = Scanner(code)
    statements = []
    while not scanner.finished:
        statements.append(_statement(scanner))
    return statements


def _statement(scanner: Scanner) -> Node:
    word = scanner.peek_name()
    if word == "var":
        return _variables(scanner)
    if word == "return":
        return _return(scanner)
    if word in ("if", "while"):
        return _branch(scanner, loop=word == "while")
    if scanner.take("{"):
        return _block(scanner)
    if scanner.take(";"):
        return _constant(None)
    return _assignment(scanner)


def _block(scanner: Scanner) -> Node:
    statements = []
    while not scanner.take("}"):
        if scanner.finished:
            raise scanner.unexpected("expecting '}'")
        statements.append(_statement(scanner))

    def run(frame: Frame) -> None:
        for statement in statements:
            statement(frame)

    return run


def _variables(scanner: Scanner) -> Node:
    scanner.take("var")
    found: list[tuple[str, Node]] = []
    while True:
        name = scanner.need_name()
        found.append((name, _expression(scanner) if scanner.take_operator("=") else _constant(None)))
        if not scanner.take(","):
            break
    scanner.need(";")

    def run(frame: Frame) -> None:
        for name, value in found:
            frame.names[name] = value(frame)

    return run


def _return(scanner: Scanner) -> Node:
    scanner.take("return")
    value = _constant(None) if scanner.here in (";", "") else _expression(scanner)
    if not scanner.finished and scanner.here != "}":
        scanner.need(";")

    def run(frame: Frame) -> None:
        raise Returned(value(frame))

    return run


def _branch(scanner: Scanner, *, loop: bool) -> Node:
    scanner.take("while" if loop else "if")
    scanner.need("(")
    condition = _expression(scanner)
    scanner.need(")")
    body = _statement(scanner)
    other = _statement(scanner) if not loop and scanner.take_keyword("else") else _constant(None)

    def run_if(frame: Frame) -> None:
        (body if truthy(condition(frame)) else other)(frame)

    def run_while(frame: Frame) -> None:
        while truthy(condition(frame)):
            frame.tick()
            body(frame)

    return run_while if loop else run_if


def _assignment(scanner: Scanner) -> Node:
    name, start = scanner.peek_name(), scanner.at
    target = _expression(scanner)
    written = scanner.code[start : scanner.at].strip()
    sign = scanner.take_operator("=", "+=")
    if not sign:
        scanner.need(";")
        return target
    if written != name:
        raise scanner.unexpected("only a variable can be assigned to")
    value = _expression(scanner)
    scanner.need(";")

    def run(frame: Frame) -> None:
        given = value(frame)
        frame.names[name] = add(frame.names.get(name), given) if sign == "+=" else given

    return run


def _expression(scanner: Scanner, lowest: int = 0) -> Node:
    """Operators that bind at least as tightly as `lowest`, by climbing their precedence."""
    left = _unary(scanner)
    while (level := _PRECEDENCE.get(sign := scanner.peek_operator(), -1)) >= lowest:
        scanner.take(sign)
        left = _binary(sign, left, _expression(scanner, level + 1))
    return left


def _binary(sign: str, left: Node, right: Node) -> Node:
    if sign == "||":
        return lambda frame: left(frame) or right(frame)
    if sign == "&&":
        return lambda frame: left(frame) and right(frame)
    compute = _OPERATIONS[sign]
    return lambda frame: compute(left(frame), right(frame))


def _divide(left: Value, right: Value) -> Value:
    """As VKScript: whole where it comes out even, null where the divisor is nothing."""
    if not (divisor := as_number(right)):
        return None
    quotient = as_number(left) / divisor
    return int(quotient) if quotient.is_integer() else quotient


_OPERATIONS: dict[str, Callable[[Value, Value], Value]] = {
    "==": operator.eq, "===": operator.eq, "!=": operator.ne, "!==": operator.ne,
    "<": lambda left, right: as_number(left) < as_number(right),
    ">": lambda left, right: as_number(left) > as_number(right),
    "<=": lambda left, right: as_number(left) <= as_number(right),
    ">=": lambda left, right: as_number(left) >= as_number(right),
    "+": add,
    "-": lambda left, right: as_number(left) - as_number(right),
    "*": lambda left, right: as_number(left) * as_number(right),
    "/": _divide,
    "%": lambda left, right: as_number(left) % as_number(right) if as_number(right) else None,
}  # fmt: skip


def _unary(scanner: Scanner) -> Node:
    if scanner.take_operator("!"):
        value = _unary(scanner)
        return lambda frame: not truthy(value(frame))
    if scanner.take_operator("-"):
        number = _unary(scanner)
        return lambda frame: -as_number(number(frame))
    return _postfix(scanner, _primary(scanner))


def _primary(scanner: Scanner) -> Node:
    here = scanner.here
    if here in ("{", "["):
        return _literal(scanner)
    if here in ('"', "'"):
        return _constant(scanner.string())
    if here.isdigit():
        return _constant(scanner.number())
    return _in_brackets(scanner) if here == "(" else _named(scanner)


def _in_brackets(scanner: Scanner) -> Node:
    scanner.need("(")
    inner = _expression(scanner)
    scanner.need(")")
    return inner


def _named(scanner: Scanner) -> Node:
    """A word, a variable, an API call, or a turning of text into a number."""
    name = scanner.need_name()
    if name in _WORDS:
        return _constant(_WORDS[name])
    if name == "API":
        return _api_call(scanner)
    if name in ("parseInt", "parseDouble"):
        text = _in_brackets(scanner)
        return lambda frame: as_number(text(frame))
    return lambda frame: frame.names.get(name)


def _api_call(scanner: Scanner) -> Node:
    scanner.need(".")
    section = scanner.need_name()
    scanner.need(".")
    method = f"{section}.{scanner.need_name()}"
    scanner.need("(")
    given = _constant({}) if scanner.here == ")" else _expression(scanner)
    scanner.need(")")
    return lambda frame: frame.api(method, given(frame))


def _postfix(scanner: Scanner, value: Node) -> Node:
    while sign := scanner.take_operator(".", "[", "@."):
        if sign == "[":
            value = _indexed(value, _expression(scanner))
            scanner.need("]")
        elif scanner.peek_name() in ("push", "slice", "indexOf", "substr", "split") and sign == ".":
            value = _own_method(scanner, value)
        else:
            value = (_projected if sign == "@." else _member)(value, scanner.need_name())
    return value


def _indexed(value: Node, place: Node) -> Node:
    return lambda frame: member(value(frame), place(frame))


def _member(value: Node, name: str) -> Node:
    return lambda frame: member(value(frame), name)


def _projected(value: Node, name: str) -> Node:
    return lambda frame: project(value(frame), name)


def _own_method(scanner: Scanner, value: Node) -> Node:
    """`list.push(x)` and the few methods of lists and texts that VKScript has."""
    name = scanner.need_name()
    scanner.need("(")
    arguments = _listed(scanner, ")")

    def run(frame: Frame) -> Value:
        of, given = value(frame), [argument(frame) for argument in arguments]
        if name == "push" and isinstance(of, list):
            of.append(given[0] if given else None)
            return len(of)
        if name == "slice" and isinstance(of, list | str):
            return of[slice(*given[:2])]
        if name == "substr" and isinstance(of, str):
            start = as_number(given[0])
            return of[int(start) : int(start + as_number(given[1]))] if len(given) > 1 else of[int(start) :]
        if name == "split" and isinstance(of, str):
            return of.split(as_text(given[0]))
        if name == "indexOf" and isinstance(of, list | str):
            return of.index(given[0]) if given[0] in of else -1
        return None

    return run


def _literal(scanner: Scanner) -> Node:
    """An object or a list: pure JSON in one go, else member by member."""
    value = scanner.json_literal()
    if value is not None:
        return _constant(value)
    if scanner.take("["):
        items = _listed(scanner, "]")
        return lambda frame: [item(frame) for item in items]
    scanner.need("{")
    members: list[tuple[str, Node]] = []
    while not scanner.take("}"):
        name = scanner.string() if scanner.here in ('"', "'") else scanner.need_name()
        scanner.need(":")
        members.append((name, _expression(scanner)))
        if not scanner.take(","):
            scanner.need("}")
            break
    return lambda frame: {name: value(frame) for name, value in members}


def _listed(scanner: Scanner, end: str) -> list[Node]:
    found: list[Node] = []
    while not scanner.take(end):
        found.append(_expression(scanner))
        if not scanner.take(","):
            scanner.need(end)
            break
    return found


def _constant(value: Value) -> Node:
    return lambda _frame: value
