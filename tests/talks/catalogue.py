"""Which texts the code asks for, read from the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: The sandbox is the other side of the wire and knows no text of ours.
FOLDERS = (
    "handlers",
    "bot/contest",
    "bot/talk",
    "bot/pipeline",
    "bot/links",
    "bot/vk",
    "bot/documents",
    "bot/delivering",
)
#: Calls whose first argument is a key; `Button("x")` means `button.x`.
KEYED = {"Reply": "", "Refusal": "", "say": "", "render": "", "remark": "", "Button": "button."}
#: The place of the key among the arguments, where it is not the first.
PLACE = {"remark": 2}
#: A pattern that begins like this says nothing: the words that fill it stand in the code by themselves.
TOO_WIDE = "button."
SHORTEST_PREFIX = 3


@dataclass
class Asked:
    """What was found in the code."""

    #: Keys that a call names outright, with the file; each must be in the catalogue.
    named: set[tuple[str, str]] = field(default_factory=set)
    #: Keys with holes (`org.count.{state}`) as patterns; each must fit something.
    patterns: set[tuple[str, str]] = field(default_factory=set)
    #: Every word in quotes: what a variable may carry to a call.
    words: set[str] = field(default_factory=set)
    #: Names of steps that have no text of their own: `<talk>.<step>` must be there.
    steps: set[tuple[str, str]] = field(default_factory=set)

    def uses(self, key: str, talks: set[str]) -> bool:
        """Whether anything in the code may ask for this key."""
        asked = key.removesuffix("_expects")
        talk, _, step = asked.partition(".")
        return (
            bool({key, asked} & self.words)
            or key.removeprefix("button.") in self.words
            or (talk in talks and step in {name for name, _ in self.steps} | self.words)
            or any(self._fills(pattern, asked) for pattern, _ in self.patterns)
        )

    def _fills(self, pattern: str, key: str) -> bool:
        """Whether the key fits, and what fills the holes are words of the code (a `_` before them is left out)."""
        match = re.fullmatch(pattern, key)
        return match is not None and all(part.isdecimal() or {part, f"_{part}"} & self.words for part in match.groups())


@cache
def asked() -> Asked:
    """What all files ask for."""
    found = Asked()
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            _read(ast.parse(file.read_text(encoding="utf-8")), file.relative_to(ROOT).as_posix(), found)
    return found


def _read(tree: ast.Module, name: str, found: Asked) -> None:
    read = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):  # a call comes before its arguments
        if id(node) in read:
            continue
        if isinstance(node, ast.Call):
            read |= _read_call(node, name, found)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.words.add(node.value)
        elif isinstance(node, ast.JoinedStr) and (pattern := _pattern(node)):
            found.patterns.add((pattern, name))


def _read_call(call: ast.Call, name: str, found: Asked) -> set[int]:
    """Note the key; what need not be read again."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if called == "Step" and not any(keyword.arg == "text" for keyword in call.keywords):
        found.steps |= {(key, name) for argument in call.args[:1] for key in _constants(argument)}
    place = PLACE.get(called, 0)
    if called in KEYED and len(call.args) > place:
        key = call.args[place]
        found.named |= {(KEYED[called] + one, name) for one in _constants(key) if one}
        if called == "Button" and isinstance(key, ast.JoinedStr) and (pattern := _pattern(key)):
            found.patterns.add((re.escape(KEYED[called]) + pattern, name))
            return {id(key)}
    return set()


def _constants(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may come to, as far as they stand there."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _constants(node.body)
            yield from _constants(node.orelse)


def _pattern(node: ast.JoinedStr) -> str | None:
    first = node.values[0]
    prefix = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    if len(prefix) < SHORTEST_PREFIX or prefix == TOO_WIDE or not re.fullmatch(r"[a-z_]+[._][\w.]*", prefix):
        return None
    hole = r"([\w.]+)" if prefix.endswith(".") else r"(\w+)"
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else hole for part in node.values]
    return "".join(parts)
