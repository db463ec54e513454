"""How much of a stranger's table is read, and what a reading comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Of the file as it is sent.
FILE_BYTES = 5 * 1024 * 1024
#: Parts of the package that an XLSX is.
ENTRIES = 200
#: All parts unpacked.
UNPACKED_BYTES = 50 * 1024 * 1024
#: Unpacked to packed, of a single part; small parts may be anything.
RATIO = 100
RATIO_FROM_BYTES = 64 * 1024
SHEETS, ROWS, COLUMNS = 20, 10_000, 50
#: Longer texts belong into no cell: what is left tells a reader that it was too long.
CELL_CHARS = 5_000
#: All cells together, so that a table's rows can be handed on as one message.
TABLE_CHARS = 4_000_000
#: Of the process that reads.
MEMORY_BYTES = 512 * 1024 * 1024
PROCESSOR_S, WALL_S = 10, 20.0

MEGABYTE = 1024 * 1024
#: Why there is nothing to read at all.
TOO_BIG, EXPIRED = "table.too_big", "table.expired"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows from the sheet's first on, so that `rows[4]` is what the spreadsheet calls row 5. None: an empty cell."""

    name: str
    rows: tuple[tuple[str | None, ...], ...]
    #: False: put out of sight by whoever made the file.
    visible: bool = True


class RefusedTableError(Exception):
    """The file is no table that can be read; `key` and `values` are those of the text that says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values: Mapping[str, object] = values
