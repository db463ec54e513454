"""Reading an XLSX that has been looked into."""

from __future__ import annotations

from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from bot.documents.tables.cells import shown, trimmed
from bot.documents.tables.limits import COLUMNS, ROWS, SHEETS, TABLE_CHARS, RefusedTableError, Sheet


def read_workbook(data: bytes) -> list[Sheet]:
    """All sheets with their cached values, hidden rows like the others. Raises RefusedTableError."""
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        metadata = workbook.sheets_metadata
        if len(metadata) > SHEETS:
            raise RefusedTableError("table.too_many_sheets", limit=SHEETS)
        sheets = [
            Sheet(about.name, _rows(workbook.get_sheet_by_index(number)), about.visible is SheetVisibleEnum.Visible)
            for number, about in enumerate(metadata)
        ]
    except CalamineError as error:
        raise RefusedTableError("table.damaged") from error
    if sum(len(cell or "") for sheet in sheets for row in sheet.rows for cell in row) > TABLE_CHARS:
        raise RefusedTableError("table.bomb")
    if not any(sheet.rows for sheet in sheets):
        raise RefusedTableError("table.no_rows")
    return sheets


def _rows(sheet: CalamineSheet) -> tuple[tuple[str | None, ...], ...]:
    if sheet.end is None:
        return ()
    last_row, last_column = sheet.end
    if last_row >= ROWS:
        raise RefusedTableError("table.too_many_rows", limit=ROWS)
    if last_column >= COLUMNS:
        raise RefusedTableError("table.too_many_columns", limit=COLUMNS)
    cells = [[shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    _spread(cells, sheet)
    return trimmed(cells)


def _spread(cells: list[list[str | None]], sheet: CalamineSheet) -> None:
    """Cells merged downwards say the same in each of their rows: one school beside five children."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left != right or top >= len(cells) or left >= len(cells[top]):
            continue
        for row in range(top + 1, min(bottom, len(cells) - 1) + 1):
            cells[row][left] = cells[top][left]
