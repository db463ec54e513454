"""Writing a sheet for people to fill in: the heading stays in sight, choices drop down, mistakes are red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bot.contest.text import shorten
from bot.documents.safe_xlsx import safe_workbook

#: The hidden sheet with what the bot knows the file by, and the lists that drop down.
MARK, LISTS = "_бланк", "_списки"
#: So many rows below the last filled one have drop-downs and take text.
ROOM = 500
_COMMENT_CHARS = 300
_PROMPT_CHARS = 255
_PROMPT_TITLE_CHARS = 32
_A4 = 9
_HELP_WIDTH = 100
#: A letter is a little wider than the digit by which columns are measured.
_LETTER = 1.05
_LINE_POINTS, _MOST_LINES = 15, 10


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the sheet."""

    title: str
    width: int = 18
    choices: tuple[str, ...] = ()
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell with a mistake: row and column count from 0."""

    row: int
    column: int
    reason: str


@dataclass(frozen=True, slots=True)
class Form:
    """A workbook to fill in. `fields` None stands for a column that is not one of ours."""

    sheet: str
    fields: Sequence[Field | None]
    #: All rows of the sheet, with the heading among them.
    rows: Sequence[Sequence[str | None]]
    heading: int = 0
    wrong: Sequence[Wrong] = ()
    help_sheet: str = ""
    help_lines: Sequence[str] = ()
    #: What the bot knows the file by.
    mark: Sequence[tuple[str, str]] = ()


def draw(form: Form) -> bytes:
    """The workbook. Every cell is text: what people wrote is never taken for a formula or a link."""
    made = BytesIO()
    with safe_workbook(made) as book:
        _sheet(book, form)
        if form.help_lines:
            _help(book, form)
        _hidden(book, MARK, [list(pair) for pair in form.mark])
        _lists(book, form)
    return made.getvalue()


def _sheet(book: Workbook, form: Form) -> None:
    sheet = book.add_worksheet(form.sheet)
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    titles = {needed: _title_format(book, needed=needed) for needed in (False, True)}
    for column, field in enumerate(form.fields):
        sheet.set_column(column, column, _width(field), text)
    red = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, "bg_color": "#FFC7CE"})
    wrong = {(one.row, one.column): one.reason for one in form.wrong}
    for number, row in enumerate(form.rows):
        _make_room(
            sheet, number, [(value or "", _width(field)) for value, field in zip(row, form.fields, strict=False)]
        )
        for column, value in enumerate(row):
            field = form.fields[column] if column < len(form.fields) else None
            if number == form.heading and field is not None:
                sheet.write_string(number, column, value or "", titles[field.required])
            elif value is not None and (number, column) not in wrong:
                sheet.write_string(number, column, value, text)
    for (number, column), reason in wrong.items():
        _mark_wrong(sheet, form, number, column, reason, red)
    sheet.freeze_panes(form.heading + 1, 1)
    _for_paper(sheet)
    sheet.repeat_rows(form.heading)
    _drop_downs(sheet, form)


def _width(field: Field | None) -> int:
    return field.width if field else Field("").width


def _make_room(sheet: Worksheet, row: int, cells: Sequence[tuple[str, int]]) -> None:
    """As many lines as the texts need in their widths: not every program sees to that itself."""
    lines = max((-(-len(line) * _LETTER // width) for text, width in cells for line in text.split("\n")), default=1)
    if lines > 1:
        sheet.set_row(row, _LINE_POINTS * min(lines, _MOST_LINES))


def _for_paper(sheet: Worksheet) -> None:
    """A4 across, all columns side by side: some look their list through on paper."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _title_format(book: Workbook, *, needed: bool) -> Format:
    colour = "#D9E7F5" if needed else "#EEF1F4"
    return book.add_format({
        "bold": True, "bg_color": colour, "border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@",
    })  # fmt: skip


def _mark_wrong(sheet: Worksheet, form: Form, number: int, column: int, reason: str, red: Format) -> None:
    row = form.rows[number] if number < len(form.rows) else ()
    value = row[column] if column < len(row) else None
    sheet.write_string(number, column, value or "", red) if value else sheet.write_blank(number, column, None, red)
    sheet.write_comment(number, column, shorten(reason, _COMMENT_CHARS), {"x_scale": 2, "author": ""})


def _drop_downs(sheet: Worksheet, form: Form) -> None:
    first, last = form.heading + 1, len(form.rows) + ROOM
    listed = 0
    for column, field in enumerate(form.fields):
        if field is None:
            continue
        rule: dict[str, object] = {"validate": "any"}
        if field.choices:
            name = xl_col_to_name(listed)
            source = f"='{LISTS}'!${name}$1:${name}${len(field.choices)}"
            # A warning, not a ban: the bot says what is wrong better than a box that lets nothing pass.
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            listed += 1
        if field.hint:
            rule |= {"input_title": shorten(field.title, _PROMPT_TITLE_CHARS)}
            rule |= {"input_message": shorten(field.hint, _PROMPT_CHARS)}
        if len(rule) > 1:
            sheet.data_validation(first, column, last, column, rule)


def _help(book: Workbook, form: Form) -> None:
    sheet = book.add_worksheet(form.help_sheet)
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.set_column(0, 0, _HELP_WIDTH, text)
    _for_paper(sheet)
    bold = book.add_format({"bold": True, "font_size": 13, "text_wrap": True})
    for number, line in enumerate(form.help_lines):
        _make_room(sheet, number, [(line, _HELP_WIDTH)])
        sheet.write_string(number, 0, line, bold if number == 0 else text)


def _lists(book: Workbook, form: Form) -> None:
    lists = [field.choices for field in form.fields if field and field.choices]
    longest = max((len(one) for one in lists), default=0)
    rows = [[one[row] if row < len(one) else "" for one in lists] for row in range(longest)]
    _hidden(book, LISTS, rows)


def _hidden(book: Workbook, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value)
    sheet.very_hidden()
