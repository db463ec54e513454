"""VK's methods, a module a section; `METHODS` is all of them."""

from __future__ import annotations

from bot.sandbox.methods.registry import METHODS, Method, call_method

__all__ = ["METHODS", "Method", "call_method"]
