"""Strict reading of a method's parameters, which all arrive as text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.sandbox.errors import VkError, wrong_parameter
from bot.sandbox.wire import Wire, loads_object

COMMON = frozenset({"access_token", "v", "lang", "test_mode", "captcha_sid", "captcha_key", "captcha_token"})
OLDEST, NEWEST = (5, 81), (5, 199)
_VERSION = re.compile(r"(\d{1,2})\.(\d{1,4})")
_FLAGS = {"1": True, "0": False, "true": True, "false": False, "True": True, "False": False, "": False}


class Params:
    """One call's parameters; each reader raises VkError 100 with VK's detail where the value is bad."""

    __slots__ = ("_raw",)

    def __init__(self, raw: Mapping[str, str]) -> None:
        self._raw = raw

    def __contains__(self, name: str) -> bool:
        return bool(self._raw.get(name))

    def refuse_unknown(self, allowed: frozenset[str]) -> None:
        """VK ignores a parameter it does not know; here it is an error, because it is a mistake."""
        if not self._raw.keys() <= allowed:
            unknown = sorted(self._raw.keys() - allowed - COMMON)
            if unknown:
                raise wrong_parameter(f"unknown parameter {unknown[0]}")

    def text(self, name: str, *, most: int | None = None) -> str | None:
        value = self._raw.get(name)
        if value and most is not None and len(value) > most:
            raise wrong_parameter(f"{name} should be less or equal to {most} letters length")
        return value

    def need_text(self, name: str, *, most: int | None = None) -> str:
        value = self.text(name, most=most)
        if not value:
            raise wrong_parameter(f"{name} is undefined")
        return value

    def integer(self, name: str, *, least: int | None = None, most: int | None = None) -> int | None:
        value = self._raw.get(name)
        if value is None or value == "":
            return None
        number = _integer(name, value)
        if least is not None and number < least:
            raise wrong_parameter(f"{name} should be greater or equal to {least}")
        if most is not None and number > most:
            raise wrong_parameter(f"{name} should be less or equal to {most}")
        return number

    def need_integer(self, name: str, *, least: int | None = None, most: int | None = None) -> int:
        number = self.integer(name, least=least, most=most)
        if number is None:
            raise wrong_parameter(f"{name} is undefined")
        return number

    def number(self, name: str) -> float | None:
        value = self._raw.get(name)
        if not value:
            return None
        try:
            return float(value)
        except ValueError:
            raise wrong_parameter(f"{name} not number") from None

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self._raw.get(name)
        if value is None:
            return default
        if value not in _FLAGS:
            raise wrong_parameter(f"{name} not boolean")
        return _FLAGS[value]

    def integers(self, name: str, *, most: int | None = None) -> list[int]:
        """A comma-joined list; empty where the parameter is absent."""
        value = self._raw.get(name)
        if not value:
            return []
        numbers = [_integer(name, part.strip()) for part in value.split(",") if part.strip()]
        if most is not None and len(numbers) > most:
            raise wrong_parameter(f"{name} should contain no more than {most} items")
        return numbers

    def words(self, name: str) -> list[str]:
        return [part.strip() for part in (self._raw.get(name) or "").split(",") if part.strip()]

    def json_object(self, name: str) -> Wire | None:
        value = self._raw.get(name)
        if not value:
            return None
        found = loads_object(value)
        if found is None:
            raise wrong_parameter(f"{name} contains incorrect JSON")
        return found

    def one_of(self, name: str, allowed: frozenset[str]) -> str | None:
        value = self._raw.get(name)
        if value and value not in allowed:
            raise wrong_parameter(f"{name} is invalid")
        return value or None


def check_version(raw: Mapping[str, str]) -> None:
    """Raise VkError 8 where `v` is absent or was switched off."""
    version = raw.get("v")
    if not version:
        raise VkError(8, "v (version) is required")
    found = _VERSION.fullmatch(version)
    if not found:
        raise VkError(8, "v (version) is invalid")
    if (int(found[1]), int(found[2])) < OLDEST:
        raise VkError(8, f'versions below 5.81 are deprecated. Version "{version}" was passed')
    if (int(found[1]), int(found[2])) > NEWEST:
        raise VkError(8, f'version "{version}" is unknown')


def _integer(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise wrong_parameter(f"{name} not integer") from None
