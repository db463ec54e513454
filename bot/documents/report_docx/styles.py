"""The look of official papers: A4, Times New Roman, sober headings; every style is a real one of the document."""

from __future__ import annotations

from dataclasses import dataclass

from bot.documents.report_docx.parts import Style
from bot.documents.report_docx.xml import W, attribute

#: Where it is missing, offices put a font of the same widths in its place (Liberation Serif, PT Astra Serif).
FONT = "Times New Roman"
ACCENT = "1F3864"
QUIET = "595959"
MISSING = "C00000"
#: In twentieths of a point: 1.25 cm.
INDENT = 709
#: Line spacing in 240ths of a line.
_LINE = 276


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One paragraph style. Sizes in points, spaces in twentieths of a point."""

    name: str
    id: str
    size: float = 12
    bold: bool = False
    italic: bool = False
    colour: str = ""
    align: str = "left"
    before: int = 0
    after: int = 0
    line: int = 240
    indent: int = 0
    hanging: int = 0
    level: int | None = None
    keep: bool = False
    #: Further properties of the paragraph, in the order of the schema: those before spacing.
    more: str = ""
    based: str = "Normal"


_LINE_BELOW = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="{ACCENT}"/></w:pBdr>'
_BOX = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="{MISSING}"/>' for side in ("left",))
_RIGHT_TAB = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9354"/></w:tabs>'

LOOKS: tuple[_Look, ...] = (
    _Look(name=Style.BODY, id="Normal", align="both", after=80, line=_LINE, indent=INDENT, based=""),
    _Look(name=Style.PLAIN, id="Plain", after=60, line=_LINE),
    _Look(name=Style.HEAD, id="PageHead", align="center", after=60),
    _Look(name=Style.TITLE, id="Title", size=22, bold=True, colour=ACCENT, align="center", before=120, after=160),
    _Look(name=Style.SUBTITLE, id="Subtitle", size=15, align="center", after=120),
    _Look(name=Style.NOTE, id="TableNote", size=9.5, italic=True, colour=QUIET, before=60, after=200),
    _Look(name=Style.SOURCE, id="Source", size=9.5, italic=True, colour=QUIET, before=160, after=60, keep=True),
    _Look(name=Style.GAP, id="Gap", size=11, bold=True, colour=MISSING, after=120, more=f"<w:pBdr>{_BOX}</w:pBdr>"),
    _Look(
        name="heading 1", id="Heading1", size=16, bold=True, colour=ACCENT, before=360, after=160, level=0, keep=True,
        more=_LINE_BELOW,
    ),
    _Look(name="heading 2", id="Heading2", size=13.5, bold=True, colour=ACCENT, before=300, after=100, level=1,
          keep=True),
    _Look(name="heading 3", id="Heading3", size=12, bold=True, italic=True, before=200, after=80, level=2, keep=True),
    _Look(name="caption", id="Caption", size=11, before=200, after=80, keep=True),
    _Look(name="toc 1", id="TOC1", bold=True, before=80, after=40, more=_RIGHT_TAB),
    _Look(name="toc 2", id="TOC2", after=20, indent=0, hanging=-284, more=_RIGHT_TAB),
    _Look(name="TOC Heading", id="TOCHeading", size=16, bold=True, colour=ACCENT, after=160, more=_LINE_BELOW),
    _Look(name="Ячейка", id="Cell", size=10),
    _Look(name="Ячейка, число", id="CellFigure", size=10, align="center"),
    _Look(name="Заголовок столбца", id="CellHead", size=9, bold=True, align="center", keep=True),
    _Look(name="List Bullet", id="ListBullet", align="both", after=40, line=_LINE, more=
          '<w:numPr><w:numId w:val="1"/></w:numPr>'),
    _Look(name="List Number", id="ListNumber", align="both", after=60, line=_LINE),
    _Look(name="header", id="Header", size=9, italic=True, colour=QUIET, align="center"),
    _Look(name="footer", id="Footer", size=10, colour=QUIET, align="center"),
)  # fmt: skip
IDS = {look.name: look.id for look in LOOKS}

_FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}"
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
)
_BUILT_IN = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
#: The list with dashes, and the numbered one, of which each list begins anew.
BULLETS, NUMBERS = 1, 2


def styles_xml() -> str:
    """All styles of the document."""
    return f'<w:styles xmlns:w="{W}">{_DEFAULTS}{_BUILT_IN}{"".join(map(_style, LOOKS))}</w:styles>'


def numbering_xml(lists: int) -> str:
    """The lists: one with dashes, and so many numbered ones, each from 1."""
    starts = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbered = "".join(
        f'<w:num w:numId="{NUMBERS + at}"><w:abstractNumId w:val="1"/>{starts}</w:num>' for at in range(lists)
    )
    return (
        f'<w:numbering xmlns:w="{W}">{_list(0, "bullet", "–")}{_list(1, "decimal", "%1)")}'
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>{numbered}</w:numbering>'
    )


def _list(number: int, kind: str, sign: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{INDENT}" w:hanging="352"/></w:pPr></w:lvl></w:abstractNum>'
    )


def _style(look: _Look) -> str:
    default = ' w:default="1"' if look.id == "Normal" else ""
    half_points = round(look.size * 2)
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{look.id}"><w:name w:val="{attribute(look.name)}"/>'
        f"{f'<w:basedOn w:val={chr(34)}{look.based}{chr(34)}/>' if look.based else ''}<w:qFormat/>"
        f"<w:pPr>{'<w:keepNext/><w:keepLines/>' if look.keep else ''}{look.more}"
        f'<w:spacing w:before="{look.before}" w:after="{look.after}" w:line="{look.line}" w:lineRule="auto"/>'
        f'{_indent(look)}<w:jc w:val="{look.align}"/>'
        f"{'' if look.level is None else f'<w:outlineLvl w:val={chr(34)}{look.level}{chr(34)}/>'}</w:pPr>"
        f"<w:rPr>{'<w:b/>' if look.bold else ''}{'<w:i/>' if look.italic else ''}"
        f"{f'<w:color w:val={chr(34)}{look.colour}{chr(34)}/>' if look.colour else ''}"
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


def _indent(look: _Look) -> str:
    if look.id.startswith("List"):
        return ""
    if look.hanging:
        return f'<w:ind w:left="{-look.hanging}" w:firstLine="0"/>'
    return f'<w:ind w:firstLine="{look.indent}"/>'
