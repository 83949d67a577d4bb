"""Pieces of WordprocessingML as strings: writing them is far faster than building them node by node."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from bidkit.documents.cells import clean

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{_W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_BREAKS = re.compile("([\n\t])")
_EMU_A_TWIP = 635
_ALIAS_LIMIT = 60


def run(text: str, properties: str = "") -> str:
    """A run; line feeds and tabs become Word's. "" for no text."""
    if not text:
        return ""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    inner = "".join(
        {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in _BREAKS.split(_cleaned(text))
        if piece
    )
    return f"<w:r>{rpr}{inner}</w:r>"


def _cleaned(text: str) -> str:
    """`text` without what XML refuses; white space at its ends stays, for it parts runs."""
    bare = text.strip()
    start = text.find(bare) if bare else 0
    return text[:start] + clean(bare) + text[start + len(bare) :]


def paragraph(style: str, inner: str, properties: str = "") -> str:
    """A paragraph of a style id around ready runs."""
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{properties}</w:pPr>{inner}</w:p>"


def field(instruction: str, shown: str) -> str:
    """A field with the result that is shown until Word counts anew."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(number: int, name: str, inner: str) -> str:
    """`inner` between the ends of a bookmark."""
    return f"{bookmark_start(number, name)}{inner}{bookmark_end(number)}"


def bookmark_start(number: int, name: str) -> str:
    """The beginning of a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>'


def bookmark_end(number: int) -> str:
    """The end of a bookmark."""
    return f'<w:bookmarkEnd w:id="{number}"/>'


def control(tag: str, alias: str, inner: str) -> str:
    """A block control around paragraphs and tables."""
    name = quoteattr(" ".join(clean(alias).split())[:_ALIAS_LIMIT])
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={name}/><w:tag w:val={quoteattr(tag)}/></w:sdtPr>"
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def cell(width: int, inner: str) -> str:
    """A table cell around paragraphs."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def row(cells: str, *, header: bool = False) -> str:
    """A table row that does not break over pages; a header row is repeated on each."""
    repeat = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>"


def table(style: str, widths: tuple[int, ...], rows: str) -> str:
    """A table of fixed layout: programs need not read all of it to set its first page."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl><w:tblPr><w:tblStyle w:val={quoteattr(style)}/>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
        f'w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def picture(relation: str, number: int, name: str, width: int, height: int) -> str:
    """A run with an inline picture, sizes in twips; `name` is also its alternative text."""
    wide, high = width * _EMU_A_TWIP, height * _EMU_A_TWIP
    title = quoteattr(" ".join(clean(name).split()) or f"Picture {number}")
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name={title} descr={title}/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name={title}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
