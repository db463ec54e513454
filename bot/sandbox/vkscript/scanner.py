"""Words of VKScript: reads the code from left to right, each character once."""

from __future__ import annotations

import json
import re

from bot.sandbox.errors import VkError
from bot.sandbox.vkscript.values import Value

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SINGLE_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
_OPERATOR = re.compile(r"===|!==|==|!=|<=|>=|&&|\|\||\+=|-=|@\.|[-+*/%<>!=?:;,.(){}\[\]]")
_JSON = json.JSONDecoder(strict=False)
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class Scanner:
    """A place in the code and what stands there."""

    __slots__ = ("at", "code")

    def __init__(self, code: str) -> None:
        self.code = code
        self.at = 0
        self.skip_space()

    def skip_space(self) -> None:
        if (found := _SPACE.match(self.code, self.at)) is not None:
            self.at = found.end()

    @property
    def finished(self) -> bool:
        return self.at >= len(self.code)

    @property
    def here(self) -> str:
        """The character at this place, or nothing at the end."""
        return self.code[self.at : self.at + 1]

    def peek_operator(self) -> str:
        found = _OPERATOR.match(self.code, self.at)
        return found[0] if found is not None else ""

    def peek_name(self) -> str:
        found = _NAME.match(self.code, self.at)
        return found[0] if found is not None else ""

    def take(self, word: str) -> bool:
        """Step over `word` where it stands here."""
        if not self.code.startswith(word, self.at):
            return False
        self.at += len(word)
        self.skip_space()
        return True

    def take_operator(self, *words: str) -> str:
        """Step over the operator here where it is one of `words`; nothing otherwise."""
        found = self.peek_operator()
        if found not in words:
            return ""
        self.take(found)
        return found

    def take_keyword(self, word: str) -> bool:
        return self.peek_name() == word and self.take(word)

    def need(self, word: str) -> None:
        if not self.take(word):
            raise self.unexpected(f"expecting '{word}'")

    def need_name(self) -> str:
        found = self.peek_name()
        if not found:
            raise self.unexpected("expecting a name")
        self.take(found)
        return found

    def number(self) -> Value:
        found = _NUMBER.match(self.code, self.at)
        if found is None:
            raise self.unexpected("expecting a number")
        self.take(found[0])
        return float(found[0]) if "." in found[0] else int(found[0])

    def string(self) -> str:
        """The quoted text here."""
        if self.here == "'":
            found = _SINGLE_QUOTED.match(self.code, self.at)
            if found is None:
                raise self.unexpected("unclosed string")
            self.at = found.end()
            self.skip_space()
            return _ESCAPED.sub(_unescape, found[1])
        value = self.json_literal()
        if not isinstance(value, str):
            raise self.unexpected("unclosed string")
        return value

    def json_literal(self) -> Value:
        """The JSON value that begins here, or None (without a step) where it is no pure JSON.

        JSON's own scanner is written in C: a batch of ready parameters costs next to nothing.
        """
        try:
            value, end = _JSON.raw_decode(self.code, self.at)
        except (ValueError, RecursionError):
            return None
        self.at = end
        self.skip_space()
        return value

    def unexpected(self, why: str) -> VkError:
        """Error 12 about this place."""
        line = self.code.count("\n", 0, self.at) + 1
        return VkError(12, f"syntax error at line {line} near '{self.code[self.at : self.at + 20]}', {why}")


def _unescape(found: re.Match[str]) -> str:
    what = found[1]
    return chr(int(what[1:], 16)) if len(what) > 1 else _ESCAPES.get(what, what)
