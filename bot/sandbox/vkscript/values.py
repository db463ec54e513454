"""Values of VKScript and how its operators treat them."""

from __future__ import annotations

from typing import Any, TypeAlias

from bot.sandbox.errors import wrong_parameter

Value: TypeAlias = Any
"""What JSON has: None, bool, int, float, str, list, dict."""


def truthy(value: Value) -> bool:
    return bool(value)


def member(value: Value, name: Value) -> Value:
    """`value.name` or `value[name]`; null where there is no such thing, as in VKScript."""
    if isinstance(value, dict):
        return value.get(str(name))
    if isinstance(value, list | str):
        if name == "length":
            return len(value)
        if isinstance(name, int) and 0 <= name < len(value):
            return value[name]
    return None


def project(value: Value, name: str) -> Value:
    """`value@.name`: the member of every item."""
    return [member(item, name) for item in value] if isinstance(value, list) else None


def add(left: Value, right: Value) -> Value:
    """Numbers are added, lists joined, anything else joined as text."""
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left + right
    if isinstance(left, list) and isinstance(right, list):
        return left + right
    return as_text(left) + as_text(right)


def as_number(value: Value) -> float:
    try:
        return value if isinstance(value, int | float) else int(value)
    except (TypeError, ValueError):
        return 0


def as_text(value: Value) -> str:
    """As VKScript puts a value into a text or a parameter."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, list):
        return ",".join(as_text(item) for item in value)
    return "" if value is None else str(value)


def as_parameters(given: Value) -> dict[str, str]:
    """The one argument of an API call as parameters. Raises VkError 100 where an object stands for a text."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise wrong_parameter("parameters of a call should be an object")
    found = {}
    for name, value in given.items():
        if isinstance(value, str):
            found[name] = value
        elif isinstance(value, dict) or (isinstance(value, list) and any(isinstance(i, dict | list) for i in value)):
            raise wrong_parameter(f"{name} is invalid: a nested value should be a JSON string")
        elif value is not None:
            found[name] = ("1" if value else "0") if isinstance(value, bool) else as_text(value)
    return found
