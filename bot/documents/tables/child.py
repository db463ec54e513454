"""The process that reads one table: bytes come in, JSON goes out, and whatever happens happens here.

    python -m bot.documents.tables.child < table.xlsx

A file that makes a parser run wild ends this process and nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from bot.documents.tables.limits import (
    FILE_BYTES,
    MEGABYTE,
    MEMORY_BYTES,
    PROCESSOR_S,
    TOO_BIG,
    RefusedTableError,
    Sheet,
)


def main() -> None:
    """Read the table on the standard input."""
    limit_resources()
    data = sys.stdin.buffer.read(FILE_BYTES + 1)
    sys.stdout.buffer.write(json.dumps(outcome(data), ensure_ascii=False).encode())


def outcome(data: bytes) -> Mapping[str, object]:
    """`sheets`, or `refused` with the key of a text and its values."""
    try:
        sheets = read(data)
    except RefusedTableError as refused:
        return {"refused": {"key": refused.key, "values": dict(refused.values)}}
    except MemoryError:
        return {"refused": {"key": "table.bomb", "values": {}}}
    return {"sheets": [{"name": one.name, "rows": one.rows, "visible": one.visible} for one in sheets]}


def read(data: bytes) -> list[Sheet]:
    """The sheets. Raises RefusedTableError."""
    from bot.documents.tables.package import COMPOUND, ZIP, check_package
    from bot.documents.tables.plain import read_plain
    from bot.documents.tables.workbook import read_workbook

    if not data:
        raise RefusedTableError("table.empty")
    if len(data) > FILE_BYTES:
        raise RefusedTableError(TOO_BIG, limit=FILE_BYTES // MEGABYTE)
    if data.startswith(COMPOUND):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise RefusedTableError("table.locked" if locked else "table.old_excel")
    if data.startswith(ZIP):
        check_package(data)
        return read_workbook(data)
    return [read_plain(data)]


def limit_resources() -> None:
    """No more memory and processor than a table needs, where the system can see to it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
