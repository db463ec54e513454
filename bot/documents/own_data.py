"""«Мои данные» as a file: for reading, and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents.file import File

_STEP = "    "


def as_text(data: Mapping[str, Any], labels: Mapping[str, str], *, name: str) -> File:
    """An outline in UTF-8 with a mark at its start, so that every editor reads it; `labels`: what keys are called."""
    lines = [line for key, value in data.items() for line in (*_lines(key, value, labels, 0), "")]
    return File(f"{name}.txt", "\n".join(lines).encode("utf-8-sig"))


def as_json(data: Mapping[str, Any], *, name: str) -> File:
    """The same as it is stored."""
    return File(f"{name}.json", json.dumps(data, ensure_ascii=False, indent=2).encode())


def _lines(key: str, value: Any, labels: Mapping[str, str], depth: int) -> list[str]:
    title, indent = labels.get(key, key), _STEP * depth
    if isinstance(value, Mapping):
        return [f"{indent}{title}:", *(line for k, v in value.items() for line in _lines(k, v, labels, depth + 1))]
    if isinstance(value, Sequence) and not isinstance(value, str):
        found = [f"{indent}{title}: {len(value)}"]
        for number, one in enumerate(value, start=1):
            found += _lines(f"{number}.", one, labels, depth + 1)
        return found
    return [f"{indent}{title}: {_plain(value)}"]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    return str(value).replace("\n", " / ")
