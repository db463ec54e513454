"""A chat for each test: a sandbox and the real bot on a fresh database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.works import Works
from tests.talks.chat import Chat, chat_with_sandbox
from tests.talks.doctors import Offline


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """The bot runs, without a network for links; nobody has written to it yet."""
    async with chat_with_sandbox() as chat, chat.runs(tmp_path / "bot.db", works=Works(Offline())):
        yield chat
