"""VK's methods, a module a section; `METHODS` is all of them. `execute` stands apart: it calls the others."""

from __future__ import annotations

from bot.sandbox.methods import (
    callback_servers,
    groups,
    history,
    messages,
    photos_docs,
    send,
    users,
    utils_wall,
)
from bot.sandbox.methods.registry import METHODS, Method, call_method

SECTIONS = (callback_servers, groups, history, messages, photos_docs, send, users, utils_wall)
"""Importing a section enters its methods into the table."""

__all__ = ["METHODS", "SECTIONS", "Method", "call_method"]
