"""WordprocessingML as text: what people typed is escaped, and what XML cannot hold is left out."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: XML 1.0, section 2.2: the characters that a document may not have.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_of(text: str) -> str:
    """`text` as XML holds it, between tags."""
    return escape(_UNFIT.sub("", text))


def attribute(text: str) -> str:
    """`text` as XML holds it, in an attribute's quotes."""
    return escape(_UNFIT.sub("", text), {'"': "&quot;", "\n": " ", "\t": " "})


def fitting(text: str, *, most: int) -> str:
    """`text` for a place that escapes by itself: without what XML cannot hold, at most so long."""
    return _UNFIT.sub("", text)[:most]


def run(text: str, *, bold: bool = False) -> str:
    """Words; a new line stays one."""
    pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{text_of(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{pieces}</w:r>"


def paragraph(style: str, *runs: str, more: str = "") -> str:
    """A paragraph of the style with this id; `more`: further properties, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{"".join(runs)}</w:p>'


def mark(kind: str, *, dirty: bool = False) -> str:
    """A field's own mark; a dirty one is worked out anew when the file is opened."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"{" w:dirty=" + chr(34) + "true" + chr(34) if dirty else ""}/></w:r>'


def code(instruction: str) -> str:
    """What a field is to work out."""
    return f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'


def work_out(instruction: str, shown: str, *, dirty: bool = False) -> str:
    """A whole field, with what it shows until it is worked out."""
    return f"{mark('begin', dirty=dirty)}{code(instruction)}{mark('separate')}{run(shown)}{mark('end')}"


def bookmark(number: int, name: str, inside: str) -> str:
    """A place that can be pointed at."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{inside}<w:bookmarkEnd w:id="{number}"/>'
