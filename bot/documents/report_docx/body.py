"""The blocks of a paper as WordprocessingML, with the numbers that tables and lists get on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.documents.report_docx import xml
from bot.documents.report_docx.parts import (
    Block,
    Contents,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Signatures,
    Space,
    Style,
    Table,
)
from bot.documents.report_docx.styles import IDS, NUMBERS

#: The width of the text on A4 between margins of 30 and 15 mm, in twentieths of a point.
WIDTH = 9354
#: The contents have headings down to this level.
LISTED = 2
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="DCE4F2"/>'
_UNTIL_COUNTED = "…"


class Body:
    """Writes blocks one after another."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._headings = [block for block in blocks if isinstance(block, Heading)]
        self._heading = 0
        self._table = 0
        #: How many numbered lists there are.
        self.lists = 0

    def xml(self) -> str:
        """All of them."""
        return "".join(self._block(block) for block in self._blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                drawn = self._numbered_heading(block)
            case Paragraph():
                drawn = _paragraph(block)
            case Items():
                drawn = self._items(block)
            case Table():
                drawn = self._whole_table(block)
            case Contents():
                drawn = "".join(self._contents(block))
            case PageBreak():
                drawn = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
            case Space(points):
                drawn = xml.paragraph(IDS[Style.HEAD], more=f'<w:spacing w:before="{points * 20}" w:after="0"/>')
            case Signatures(lines):
                drawn = "".join(_signature(*line, last=line is lines[-1]) for line in lines)
        return drawn

    def _numbered_heading(self, heading: Heading) -> str:
        self._heading += 1
        inside = xml.bookmark(self._heading, _name(self._heading), xml.run(heading.text))
        return xml.paragraph(f"Heading{heading.level}", inside)

    def _items(self, items: Items) -> str:
        if not items.numbered:
            return "".join(xml.paragraph(IDS["List Bullet"], xml.run(item)) for item in items.items)
        number = NUMBERS + self.lists
        self.lists += 1
        place = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        return "".join(xml.paragraph(IDS["List Number"], xml.run(item), more=place) for item in items.items)

    def _contents(self, contents: Contents) -> Iterator[str]:
        """The list of headings, each with its page: a field of its own, which every program works out on opening.

        LibreOffice leaves a whole field TOC as it finds it, without numbers.
        """
        yield xml.paragraph(IDS["TOC Heading"], xml.run(contents.title))
        shown = [(at, one) for at, one in enumerate(self._headings, 1) if one.level <= LISTED]
        for at, heading in shown:
            page = xml.work_out(f"PAGEREF {_name(at)} \\h", _UNTIL_COUNTED, dirty=True)
            inside = f"{xml.run(heading.text)}<w:r><w:tab/></w:r>{page}"
            link = f'<w:hyperlink w:anchor="{_name(at)}" w:history="1">{inside}</w:hyperlink>'
            yield xml.paragraph(f"TOC{heading.level}", link)

    def _whole_table(self, table: Table) -> str:
        caption = ""
        if table.numbered:
            self._table += 1
            number = xml.work_out("SEQ Таблица \\* ARABIC", str(self._table))
            caption = xml.paragraph(IDS["caption"], xml.run("Таблица "), number, xml.run(f". {table.caption}"))
        elif table.caption:
            caption = xml.paragraph(IDS["caption"], xml.run(table.caption, bold=True))
        note = xml.paragraph(IDS[Style.NOTE], xml.run(table.note)) if table.note else xml.paragraph("Cell")
        return f"{caption}{_table(table)}{note}"


def _name(number: int) -> str:
    return f"_Toc{number:08}"


def _paragraph(one: Paragraph) -> str:
    label = [xml.run(f"{one.label} ", bold=True)] if one.label else []
    return xml.paragraph(IDS[one.style], *label, xml.run(one.text))


def _signature(who: str, name: str, *, last: bool) -> str:
    tabs = '<w:tabs><w:tab w:val="left" w:pos="4200"/><w:tab w:val="left" w:pos="6700"/></w:tabs>'
    space = '<w:spacing w:before="360" w:after="0"/>'
    tab, keep = "<w:r><w:tab/></w:r>", "<w:keepLines/>" if last else "<w:keepNext/><w:keepLines/>"
    return xml.paragraph(
        IDS[Style.PLAIN], xml.run(who), tab, xml.run("__________________"), tab, xml.run(name), more=keep + tabs + space
    )


def _table(table: Table) -> str:
    whole = sum(table.widths)
    widths = [WIDTH * width // whole for width in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(table.head, widths, ["CellHead"] * len(widths), head=True)
    styles = [IDS["Ячейка, число"] if at in table.figures else IDS["Ячейка"] for at in range(len(widths))]
    last = len(table.rows) - 1 if table.total else -1
    rows = "".join(_row(row, widths, styles, bold=at == last) for at, row in enumerate(table.rows))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>'
    )


def _row(
    cells: Sequence[str], widths: Sequence[int], styles: Sequence[str], *, head: bool = False, bold: bool = False
) -> str:
    if len(cells) != len(widths):
        raise ValueError(f"{len(cells)} cells in a row of {len(widths)}")
    shade, repeated = (_SHADE, "<w:tblHeader/>") if head else ("", "")
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{xml.paragraph(style, xml.run(cell, bold=bold))}</w:tc>"
        for cell, width, style in zip(cells, widths, styles, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{drawn}</w:tr>"
