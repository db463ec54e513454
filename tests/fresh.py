"""A new database for a test: made once, then copied, for making one takes four times as long as opening it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from storage.opening import created

_made: list[bytes] = []


async def fresh(path: Path) -> Path:
    """A database without rows at `path`, unless there is one already."""
    if not path.exists():
        if not _made:
            _made.append(await _empty())
        path.write_bytes(_made[0])
    return path


async def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        await created(Path(folder) / "empty.db")
        return (Path(folder) / "empty.db").read_bytes()
