"""A Word file of any length, written as Word saves it: properties on every run, numbering through styles."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from bench.invented import heading, sentence

PARAGRAPHS_A_PAGE = 27
_TABLE_EVERY = 4  # pages
_ROWS = 24
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RPR = (
    '<w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="SimSun" w:hint="eastAsia"/>'
    '<w:sz w:val="21"/></w:rPr>'
)

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.numbering+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/numbering" Target="numbering.xml"/></Relationships>'
)
_STYLES = (
    f'<w:styles {_NS}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>'
)
_NUMBERING = (
    f'<w:numbering {_NS}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="1"/>'
    '<w:lvlText w:val="第%1章"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:pStyle w:val="2"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def write_docx(path: Path, pages: int) -> Path:
    """`path`, holding about `pages` printed pages of invented tender text in both languages."""
    body = "".join(_page(number) for number in range(pages))
    document = f"<w:document {_NS}><w:body>{body}</w:body></w:document>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _ROOT_RELATIONS)
        archive.writestr("word/_rels/document.xml.rels", _RELATIONS)
        archive.writestr("word/styles.xml", _STYLES)
        archive.writestr("word/numbering.xml", _NUMBERING)
        archive.writestr("word/document.xml", document)
    return path


def _page(number: int) -> str:
    chinese = number % 2 == 0
    parts = [_paragraph(heading(number, chinese), "1" if number % 20 == 0 else "2")]
    if number % _TABLE_EVERY == _TABLE_EVERY - 1:
        parts.append(_table(number, chinese))
    else:
        start = number * PARAGRAPHS_A_PAGE
        parts += [_paragraph(sentence(n, chinese)) for n in range(start, start + PARAGRAPHS_A_PAGE)]
    return "".join(parts)


def _paragraph(text: str, style: str = "") -> str:
    properties = (
        f'<w:pStyle w:val="{style}"/>' if style else '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    )
    return f'<w:p w:rsidR="00A1B2C3"><w:pPr>{properties}</w:pPr>{"".join(_runs(text))}</w:p>'


def _runs(text: str) -> Iterator[str]:
    for start in range(0, len(text), 12):
        yield f'<w:r>{_RPR}<w:t xml:space="preserve">{escape(text[start : start + 12])}</w:t></w:r>'


def _table(number: int, chinese: bool) -> str:
    head = ("序号", "名称", "技术要求") if chinese else ("No.", "Item", "Specification")
    rows = [head] + [(str(n + 1), heading(n, chinese), sentence(number * _ROWS + n, chinese)) for n in range(_ROWS)]
    cells = ("".join(f"<w:tc><w:p>{''.join(_runs(cell))}</w:p></w:tc>" for cell in row) for row in rows)
    grid = '<w:gridCol w:w="900"/><w:gridCol w:w="2400"/><w:gridCol w:w="5600"/>'
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
