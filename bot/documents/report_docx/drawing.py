"""An official paper as the bytes of a DOCX file: the same values give the same bytes."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from bot.documents.report_docx import xml
from bot.documents.report_docx.body import Body
from bot.documents.report_docx.parts import Paper
from bot.documents.report_docx.styles import IDS, numbering_xml, styles_xml

#: The oldest day that a ZIP archive can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
#: Margins of official papers (GOST R 7.0.97-2016, 3.3), in millimetres: top, right, bottom, left.
_MARGINS_MM = (20, 15, 20, 30)
_A4_MM = (210, 297)
_LATEST_WORD = "15"
_UNWANTED = ("/stylesWithEffects", "/thumbnail")
#: Where the blocks are, and what stands behind the last of them: the properties of the section.
_BODY, _END = "word/document.xml", b"<w:sectPr"


def draw_docx(paper: Paper) -> bytes:
    """The file of `paper`."""
    document = Document()
    body = Body(paper.blocks)
    inside = body.xml()
    _refit(document.styles.element, styles_xml())
    _refit(document.part.numbering_part.element, numbering_xml(body.lists))
    _set_page(document, paper)
    _set_words(document)
    _leave_out(document)
    _describe(document, paper)
    return _packed(document, inside)


def _refit(element: BaseOxmlElement, text: str) -> None:
    """Everything inside `element` gives way to what is inside `text`."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(text)))


def _set_page(document: Docx, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in _A4_MM)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, _MARGINS_MM)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = paper.title_page
    header = xml.paragraph(IDS["header"], xml.run(paper.header))
    footer = xml.paragraph(IDS["footer"], xml.work_out("PAGE", "1"))
    _refit(section.header._element, f'<w:hdr xmlns:w="{xml.W}">{header}</w:hdr>')  # noqa: SLF001 - it has no other door
    _refit(section.footer._element, f'<w:ftr xmlns:w="{xml.W}">{footer}</w:ftr>')  # noqa: SLF001


def _set_words(document: Docx) -> None:
    """Russian, and the newest mode of the program that opens it."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _LATEST_WORD)
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "ru-RU")
    for sign, value in (("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        for element in settings.iter(qn(sign)):
            element.set(qn("w:val"), value)


def _leave_out(document: Docx) -> None:
    """Parts of the template that say something else: other styles for Word 2010, a picture of an empty page."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_UNWANTED)]:
            del rels[key]


def _describe(document: Docx, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by = (
        xml.fitting(paper.title, most=255), xml.fitting(paper.author, most=255), xml.fitting(paper.author, most=255)
    )  # fmt: skip
    about.comments, about.keywords, about.language = "", xml.fitting(paper.keywords, most=255), "ru-RU"
    about.created = about.modified = paper.made_at.replace(tzinfo=None)
    about.revision = 1


def _packed(document: Docx, body: str) -> bytes:
    """The archive with `body` in it, and without the hour at which it was packed.

    The body goes in as text: to move so many elements from tree to tree takes seconds.
    """
    empty, full = io.BytesIO(), io.BytesIO()
    document.save(empty)
    with zipfile.ZipFile(empty) as old, zipfile.ZipFile(full, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            plain = zipfile.ZipInfo(entry.filename, _NO_TIME)
            plain.compress_type = zipfile.ZIP_DEFLATED
            data = old.read(entry)
            new.writestr(plain, data.replace(_END, body.encode() + _END, 1) if entry.filename == _BODY else data)
    return full.getvalue()
