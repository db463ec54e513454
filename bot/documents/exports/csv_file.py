"""A long table as CSV that a Russian Excel opens by a double click: UTF-8 with its mark, semicolons, CRLF."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.documents.exports.cells import Value, guarded, plain
from bot.documents.exports.table import Table


class CsvWriter:
    """Writes rows as they come; to be used as a context."""

    def __init__(self, path: Path, table: Table) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";", lineterminator="\r\n")
        self._cells = [plain(one.kind, table.zone) for one in table.columns]
        self._writer.writerow([guarded(one.title) for one in table.columns])
        self.rows = 0

    def write(self, row: Sequence[Value]) -> None:
        """One row, a value for each column."""
        self._writer.writerow([cell(value) for cell, value in zip(self._cells, row, strict=True)])
        self.rows += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
