"""A chat for each test: a sandbox and the real bot on a fresh database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.talks.chat import Chat, chat_with_sandbox


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """The bot runs; nobody has written to it yet."""
    async with chat_with_sandbox() as chat, chat.runs(tmp_path / "bot.db"):
        yield chat
