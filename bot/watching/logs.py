"""How the log is written: lines for people, or JSON for machines; never with a token in them.

One event is one line: a line break inside a message would let somebody's text forge the next entry (ASVS 16.4.1).
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from bot.watching.correlation import ON_BEHALF_OF

LINE = "%(asctime)s %(levelname)s %(name)s:%(behalf)s %(message)s"
#: Community keys as VK makes them, wherever they turn up.
_TOKENS = re.compile(r"vk1\.[A-Za-z]\.[\w-]+")
_HIDDEN = "[key]"


def set_up(level: str, style: Literal["text", "json"], *secrets: str) -> None:
    """Log to standard error in this style; `secrets` are hidden, and so is whatever looks like a key of VK's."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Json(secrets) if style == "json" else _Lines(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)


def redacted(text: str, secrets: Sequence[str]) -> str:
    """The text without these, and without whatever looks like a key of VK's."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, _HIDDEN)
    return _TOKENS.sub(_HIDDEN, text)


class _Hiding(logging.Formatter):
    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__(LINE)
        self._secrets = secrets

    def _hidden(self, text: str) -> str:
        return redacted(text, self._secrets)


class _Lines(_Hiding):
    """For people: a traceback takes lines of its own, a message never does."""

    def format(self, record: logging.LogRecord) -> str:
        behalf = ON_BEHALF_OF.get()
        record.behalf = f" [{behalf}]" if behalf else ""
        return self._hidden(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        record.message = _one_line(record.message)
        return super().formatMessage(record)


class _Json(_Hiding):
    """For machines: an object a line."""

    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "for": ON_BEHALF_OF.get(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            facts["traceback"] = self.formatException(record.exc_info)
        return self._hidden(json.dumps({name: value for name, value in facts.items() if value}, ensure_ascii=False))


def _one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")
